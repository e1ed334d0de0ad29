//! `check_grads` and its kin at any point, with any options: a verdict, never a panic.

use std::cell::Cell;

use tangents::check::{
    CheckError, CheckOptions, CheckReport, check_against, check_grads_in_f64, check_grads2,
};
use tangents::point::Orders;
use tangents::random::Key;
use tangents::{Dual, check_derivative, check_gradient, check_grads, derivative, gradient};

use crate::common::Number;
use crate::cursor::Cursor;
use crate::program::Fold;

/// Every check of a function, also of a wrong derivative and of a ragged function.
pub fn checking(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    let options = cursor.bytes::<40>();
    match cursor.below(8) {
        0 => grads::<f64>(&options, &mut cursor),
        1 => grads::<f32>(&options, &mut cursor),
        2 => {
            let (f, n) = (Fold::read(&mut cursor), cursor.below(4));
            let x: Vec<f64> = cursor.floats(n);
            let order = Cursor::new(&options).below(6);
            verdict(check_grads(|x| f.run(x), &x, read(CheckOptions::high_order(order), &options)));
        }
        3 => {
            let (f, n) = (Fold::read(&mut cursor), cursor.below(10));
            let x: Vec<f32> = cursor.numbers(n);
            verdict(check_grads_in_f64(|x| f.run(x), |x| f.run(x), &x, second(&options)));
        }
        4 => {
            let (f, x, factor) = (Fold::read(&mut cursor), cursor.float(), cursor.float());
            let df = |x| factor * derivative(|x| f.run(&[x, x]), x);
            verdict(check_derivative(|x| f.run(&[x, x]), df, x, first(&options)));
        }
        5 => {
            let (f, n, factor) = (Fold::read(&mut cursor), cursor.below(10), cursor.float());
            let x: Vec<f64> = cursor.floats(n);
            let df = |x: &[f64]| gradient(|x| f.run(x), x).iter().map(|g| g * factor).collect::<Vec<_>>();
            verdict(check_gradient(|x| f.run(x), df, &x, first(&options)));
        }
        6 => rule(&options, &mut cursor),
        _ => {
            let (f, n, calls) = (Fold::read(&mut cursor), cursor.below(10), Cell::new(0));
            let x: Vec<f64> = cursor.floats(n);
            let ragged = |x: &[Dual<f64, 1>]| {
                calls.set(calls.get() + 1);
                f.run_many(x, calls.get() % 3)
            };
            verdict(check_grads(ragged, &x, first(&options)));
        }
    }
}

fn first(options: &[u8]) -> CheckOptions<tangents::point::UpTo<1>> {
    read(CheckOptions::first_order(), options)
}

fn second(options: &[u8]) -> CheckOptions {
    read(CheckOptions::order(Cursor::new(options).below(4)), options)
}

/// The options that the bytes say, the order aside, which the first byte does.
fn read<O: Orders>(mut options: CheckOptions<O>, bytes: &[u8]) -> CheckOptions<O> {
    let mut cursor = Cursor::new(bytes);
    cursor.byte();
    let which = cursor.byte();
    let (step, [atol, rtol]) = (cursor.float(), [cursor.float(), cursor.float()]);
    // Others are refused where they are set.
    if which & 1 != 0 && (1e-10..=0.25).contains(&step) {
        options = options.step(step);
    }
    if which & 2 != 0 && (0.0..f64::INFINITY).contains(&atol) && (0.0..1.0).contains(&rtol) {
        options = options.tolerances(atol, rtol);
    }
    if which & 4 != 0 {
        options = options.strict();
    }
    if which & 8 != 0 {
        options = options.per_coordinate();
    }
    if which & 16 != 0 {
        options = options.directions(1 + cursor.below(4));
    }
    if which & 32 != 0 {
        options = options.accept_inconclusive();
    }
    if which & 64 != 0 {
        options = options.accept_empty();
    }
    options.key(Key::new(cursor.integer()))
}

fn grads<T: Number>(options: &[u8], cursor: &mut Cursor) {
    let (f, n, m) = (Fold::read(cursor), cursor.below(10), cursor.below(4));
    let x: Vec<T> = cursor.numbers(n);
    let options = second(options);
    match m {
        0 => verdict(check_grads(|x| f.run(x), x.as_slice(), options)),
        1 => verdict(check_grads(|x| [f.run(x), x.iter().copied().sum()], &x, options)),
        2 => verdict(check_grads(|x| f.run_many(x, 3), &x, options)),
        _ => verdict(check_grads2(|x, y| f.run(x) + y[0], &x, &[cursor.number::<T>()], options)),
    }
}

/// A rule with a slope that is anything.
fn rule(options: &[u8], cursor: &mut Cursor) {
    let (f, slope) = (Fold::read(cursor), cursor.float());
    let x = [cursor.float(), cursor.float()];
    let rule = |x: &[Dual<Dual<f64, 1>, 1>]| x[0].chain(f.run(&[x[0].re, x[1].re]), Dual::constant(slope));
    verdict(check_against(rule, |x| f.run(x), &x, second(options)));
}

/// That a verdict can be told.
fn verdict(result: Result<CheckReport, CheckError>) {
    let text = match &result {
        Ok(report) => report.to_string(),
        Err(error) => error.to_string(),
    };
    assert!(!text.is_empty() && !format!("{result:?}").is_empty());
}
