//! The drivers at slices and `Vec`s of any length, and the methods of `Workspace`, which write into buffers.

use std::cell::Cell;
use std::fmt::Debug;

use tangents::{
    Dual, Error, ValueGradientHessian, Workspace, gradient, hessian, hvp, jacobian, jvp, value_and_gradient,
    value_and_hvp, value_and_jacobian, value_and_jvp, value_gradient_and_hessian,
};

use crate::common::{Number, same};
use crate::cursor::Cursor;
use crate::panics::returns_or_panics;
use crate::program::{Fold, same_lane};
use crate::second_order::second_order;

/// The same derivatives from every driver and every width of chunk. Lengths that don't fit are errors of a `Workspace`, and then
/// nothing is written; drivers panic then.
pub fn drivers(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    match cursor.below(9) {
        0 => gradients::<f64>(&Case::read(&mut cursor, 71)),
        1 => gradients::<f32>(&Case::read(&mut cursor, 71)),
        2 => gradients::<Dual<f64, 1>>(&Case::read(&mut cursor, 71)),
        3 => jacobians::<f64>(&Case::read(&mut cursor, 71)),
        4 => jacobians::<f32>(&Case::read(&mut cursor, 71)),
        5 => hessians(&Case::read(&mut cursor, 20)),
        6 => along::<f64>(&Case::read(&mut cursor, 71)),
        7 => second_order(&Case::read(&mut cursor, 20)),
        _ => ragged::<f64>(&Case::read(&mut cursor, 71)),
    }
}

/// A function at a point, with lengths to get wrong.
pub struct Case<T> {
    pub f: Fold,
    pub x: Vec<T>,
    pub v: Vec<T>,
    /// The length of a result.
    pub m: usize,
    /// The length of a buffer that may or may not fit.
    pub len: usize,
    /// What is in a buffer before.
    before: T,
}

impl<T: Number> Case<T> {
    fn read(cursor: &mut Cursor, longest: usize) -> Self {
        let f = Fold::read(cursor);
        let (n, m) = (cursor.below(longest), cursor.below(6));
        let len = match cursor.below(4) {
            0 => cursor.below(256),
            1 => n + 1,
            2 => n.saturating_sub(1),
            _ => n * m,
        };
        let before = cursor.number();
        Self { f, x: cursor.numbers(n), v: cursor.numbers(n), m, len, before }
    }

    pub fn n(&self) -> usize {
        self.x.len()
    }

    pub fn buffer(&self, len: usize) -> Vec<T> {
        vec![self.before; len]
    }

    /// That a buffer is as it was.
    fn untouched(&self, buffer: &[T]) {
        assert!(buffer.iter().all(|&x| same(x, self.before)), "written in spite of an error");
    }

    /// That `call` returns if `fits` holds, and otherwise panics since `what` has `found` coordinates, or components.
    #[track_caller]
    pub fn expect_or_panic<R>(&self, fits: bool, what: &str, found: usize, call: impl FnOnce() -> R) {
        let unfit = Error::Shape { expected: self.n(), found };
        let panic = format!("the {what} must have the shape of the point: {unfit}");
        returns_or_panics(call, (!fits).then_some(panic));
    }

    /// That `result` is the error of a length if `fits` doesn't hold, and then nothing was written.
    pub fn expect<R: Debug>(&self, fits: bool, result: &Result<R, Error>, buffers: &[&[T]]) {
        assert_eq!(fits, result.is_ok(), "{result:?} at n = {}, len = {}", self.n(), self.len);
        if let Err(error) = result {
            assert!(matches!(error, Error::Length { .. }), "{error}");
            assert!(!error.to_string().is_empty());
            for buffer in buffers {
                self.untouched(buffer);
            }
        }
    }
}

pub fn expect_same<T: Number>(what: &str, a: &[T], b: &[T]) {
    assert_eq!(a.len(), b.len(), "{what}");
    for (i, (&a, &b)) in a.iter().zip(b).enumerate() {
        assert!(same_lane(a, b), "{what}: component {i} is {a:?} and {b:?}");
    }
}

/// As that, but that 0 and −0 are one: see law 5 in the crate's tests.
pub fn expect_equal(what: &str, a: &[f64], b: &[f64]) {
    // What is added turns −0 into 0.
    let unsigned = |x: &[f64]| x.iter().map(|x| x + 0.0).collect::<Vec<_>>();
    expect_same(what, &unsigned(a), &unsigned(b));
}

fn gradients<T: Number>(case: &Case<T>) {
    let Case { f, x, .. } = case;
    let (value, g) = value_and_gradient(|x| f.run(x), x.as_slice());
    assert!(same(value, f.run(x)), "the value is {value:?}");
    expect_same("gradient at a Vec", &gradient(|x| f.run(x), x), &g);

    gradients_with::<T, 8>(case, value, &g, &mut Workspace::new());
    gradients_with::<T, 3>(case, value, &g, &mut Workspace::with_lanes());
    gradients_with::<T, 17>(case, value, &g, &mut Workspace::with_lanes());
}

fn gradients_with<T: Number, const C: usize>(
    case: &Case<T>,
    value: T,
    g: &[T],
    workspace: &mut Workspace<T, C>,
) {
    let Case { f, x, .. } = case;
    let mut buffer = case.buffer(case.len);
    let result = workspace.gradient(|x| f.run(x), x, &mut buffer);
    case.expect(case.len == case.n(), &result, &[&buffer]);

    let mut buffer = case.buffer(case.n());
    let again = workspace.value_and_gradient(|x| f.run(x), x, &mut buffer).expect("it fits");
    expect_same("Workspace::gradient", &buffer, g);
    assert!(same(again, value));
}

fn jacobians<T: Number>(case: &Case<T>) {
    let Case { f, x, m, .. } = case;
    let (value, rows) = value_and_jacobian(|x| f.run_many(x, *m), x);
    expect_same("value", &value, &f.run_many(x, *m));
    let again = jacobian(|x| f.run_many(x, *m), x.as_slice());
    expect_same("jacobian at a slice", &again.concat(), &rows.concat());
    assert!(rows.len() == *m && rows.iter().all(|row| row.len() == case.n()));

    jacobians_with::<T, 8>(case, &value, &rows.concat(), &mut Workspace::new());
    jacobians_with::<T, 3>(case, &value, &rows.concat(), &mut Workspace::with_lanes());
}

fn jacobians_with<T: Number, const C: usize>(
    case: &Case<T>,
    value: &[T],
    jacobian: &[T],
    workspace: &mut Workspace<T, C>,
) {
    let (Case { f, x, m, len, .. }, n) = (case, case.n());
    let into = |x: &[Dual<T, C>], y: &mut [Dual<T, C>]| y.copy_from_slice(&f.run_many(x, y.len()));

    let mut buffer = case.buffer(*len);
    let result = workspace.jacobian(into, x, &mut buffer);
    case.expect(if n == 0 { *len == 0 } else { len % n == 0 }, &result, &[&buffer]);

    let (mut values, mut buffer) = (case.buffer(*m), case.buffer(*len));
    let result = workspace.value_and_jacobian(into, x, &mut values, &mut buffer);
    case.expect(*len == m * n, &result, &[&values, &buffer]);

    let (mut values, mut buffer) = (case.buffer(*m), case.buffer(m * n));
    workspace.value_and_jacobian(into, x, &mut values, &mut buffer).expect("it fits");
    expect_same("Workspace::value_and_jacobian", &values, value);
    expect_same("Workspace::value_and_jacobian", &buffer, jacobian);
}

fn hessians(case: &Case<f64>) {
    let Case { f, x, .. } = case;
    let ValueGradientHessian { value, gradient: g, hessian: h } = value_gradient_and_hessian(|x| f.run(x), x);
    assert!(same(value, f.run(x)), "the value is {value:?}");
    expect_equal("gradient beside the Hessian", &g, &gradient(|x| f.run(x), x));
    expect_same("hessian at a slice", &hessian(|x| f.run(x), x.as_slice()).concat(), &h.concat());

    hessians_with::<8>(case, value, &g, &mut Workspace::new());
    hessians_with::<3>(case, value, &g, &mut Workspace::with_lanes());
    let mut buffer = case.buffer(h.concat().len());
    Workspace::new().hessian(|x| f.run(x), x, &mut buffer).expect("it fits");
    expect_same("Workspace::hessian", &buffer, &h.concat());
}

fn hessians_with<const C: usize>(case: &Case<f64>, value: f64, g: &[f64], workspace: &mut Workspace<f64, C>) {
    let (Case { f, x, len, .. }, n) = (case, case.n());
    let mut buffer = case.buffer(*len);
    let result = workspace.value_and_hessian(|x| f.run(x), x, &mut buffer);
    case.expect(*len == n * n, &result, &[&buffer]);

    let (mut gradient, mut hessian) = (case.buffer(*len), case.buffer(n * n));
    let result = workspace.value_gradient_and_hessian(|x| f.run(x), x, &mut gradient, &mut hessian);
    case.expect(*len == n, &result, &[&gradient, &hessian]);

    let (mut gradient, mut hessian) = (case.buffer(n), case.buffer(*len));
    let result = workspace.value_gradient_and_hessian(|x| f.run(x), x, &mut gradient, &mut hessian);
    let fits = *len == n * n;
    case.expect(fits, &result, &[&gradient, &hessian]);
    if fits {
        expect_equal("gradient beside the Hessian", &gradient, g);
        assert!(same(result.expect("it fits"), value));
    }
}

fn along<T: Number>(case: &Case<T>) {
    let (Case { f, x, v, m, len, before }, n) = (case, case.n());
    let (value, jv) = value_and_jvp(|x| f.run_many(x, *m), x, v);
    expect_same("value", &value, &f.run_many(x, *m));
    let (y, hv) = value_and_hvp(|x| f.run(x), x, v);
    assert!(same(y, f.run(x)), "the value is {y:?}");

    let mut wrong = v.clone();
    wrong.resize(*len, *before);
    let fits = *len == n;
    case.expect_or_panic(fits, "direction", *len, || jvp(|x| f.run_many(x, *m), x, &wrong));
    case.expect_or_panic(fits, "direction", *len, || hvp(|x| f.run(x), x.as_slice(), wrong.as_slice()));
    along_with::<T, 8>(case, [&value, &jv, &hv], &wrong, &mut Workspace::new());
    along_with::<T, 3>(case, [&value, &jv, &hv], &wrong, &mut Workspace::with_lanes());
}

fn along_with<T: Number, const C: usize>(
    case: &Case<T>,
    [value, jv, hv]: [&[T]; 3],
    wrong: &[T],
    workspace: &mut Workspace<T, C>,
) {
    let (Case { f, x, v, m, len, .. }, n) = (case, case.n());
    let fits = *len == n;
    let into = |x: &[Dual<T, 1>], y: &mut [Dual<T, 1>]| y.copy_from_slice(&f.run_many(x, y.len()));

    let mut tangent = case.buffer(*m);
    let result = workspace.jvp(into, x, wrong, &mut tangent);
    case.expect(fits, &result, &[&tangent]);

    let (mut values, mut tangent) = (case.buffer(*m), case.buffer(*len));
    let result = workspace.value_and_jvp(into, x, v, &mut values, &mut tangent);
    case.expect(len == m, &result, &[&values, &tangent]);

    let (mut values, mut tangent) = (case.buffer(*m), case.buffer(*m));
    workspace.value_and_jvp(into, x, v, &mut values, &mut tangent).expect("it fits");
    expect_same("Workspace::value_and_jvp", &values, value);
    expect_same("Workspace::value_and_jvp", &tangent, jv);

    for (v, len) in [(wrong, n), (v, *len)] {
        let mut product = case.buffer(len);
        let result = workspace.hvp(|x| f.run(x), x, v, &mut product);
        case.expect(fits, &result, &[&product]);
    }
    let mut product = case.buffer(n);
    workspace.value_and_hvp(|x| f.run(x), x, v, &mut product).expect("it fits");
    expect_same("Workspace::value_and_hvp", &product, hv);
}

/// A function whose result changes its length from call to call: a panic as soon as there are two passes.
fn ragged<T: Number>(case: &Case<T>) {
    let (Case { f, x, m, .. }, calls) = (case, Cell::new(0));
    let of_two_lengths = || {
        calls.set(calls.get() + 1);
        if calls.get() % 2 == 1 { *m } else { m + 1 }
    };
    let panic = of_two_shapes(case.n(), *m, m + 1);
    let rows = returns_or_panics(|| jacobian(|x| f.run_many(x, of_two_lengths()), x), panic);
    assert!(rows.is_none_or(|rows| rows.len() == *m));
    // The inner vectors count as well.
    calls.set(0);
    let growing = || {
        calls.set(calls.get() + 1);
        calls.get().min(3)
    };
    let inside = || jacobian(|x| [f.run_many(x, 1), f.run_many(x, growing())], x.as_slice());
    let rows = returns_or_panics(inside, of_two_shapes(case.n(), 1, 2));
    assert!(rows.is_none_or(|rows| rows[1].len() == 1));
}

/// The panic of a call at `n` coordinates whose function returns `first` results in the first pass and `later` in the second,
/// if there is a second.
pub fn of_two_shapes(n: usize, first: usize, later: usize) -> Option<String> {
    let unfit = Error::Shape { expected: first, found: later };
    (n > 8)
        .then(|| format!("the function returned results of two shapes in two passes over one point: {unfit}"))
}
