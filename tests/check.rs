//! `check_grads` approves of right derivatives and catches planted faults.

#![cfg(feature = "alloc")]

use proptest::prelude::*;
use tangents::random::Key;
use tangents::{CheckError, CheckOptions, Dual, Error, Real, check_grads};

/// The sine with a slope that is wrong by the factor `1 + relative`.
fn sine<T: Real, const N: usize>(x: Dual<T, N>, relative: f64) -> Dual<T, N> {
    x.chain(x.re.sin(), x.re.cos() * T::lit(1.0 + relative))
}

/// The exponential with the right slope, whose own derivative is lost: as if taken from a table.
fn exp_with_constant_slope(x: Dual<Dual<f64, 1>, 1>) -> Dual<Dual<f64, 1>, 1> {
    x.chain(x.re.exp(), Dual::constant(x.re.re.exp()))
}

#[test]
fn right_derivatives_are_approved_at_both_orders_and_both_precisions() {
    for order in [1, 2] {
        let options = CheckOptions::order(order);
        let report = check_grads(|x| (x[0] * x[1].sin()).exp(), &[0.3, 1.2], options).unwrap();
        assert_eq!((report.order, report.comparisons), (order, order));
        assert!(report.worst < 0.1, "{report}");
        check_grads(|x| (x[0] * x[1].sin()).exp(), &[0.3_f32, 1.2], options).unwrap();
        check_grads(|x| [x[0] * x[1], x[1].ln()], &[0.3_f32, 1.2], options).unwrap();
        check_grads(|x| x.powi(3), &2.0_f64, options).unwrap();
        check_grads(|x| x.iter().map(|x| x * x * x).collect::<Vec<_>>(), &vec![1.0; 9], options).unwrap();
    }
}

#[test]
fn a_slope_that_is_wrong_by_a_ten_thousandth_is_caught() {
    for relative in [1e-4, -1e-4, 1e-3, 1e-2, -2.0] {
        let verdict = check_grads(|x| sine(x[0], relative), &[0.7], CheckOptions::order(1));
        let Err(CheckError::Mismatch(mismatch)) = verdict else {
            panic!("relative fault {relative}: {verdict:?}");
        };
        assert_eq!((mismatch.order, mismatch.component), (1, 0));
        let found = mismatch.derivative / mismatch.difference - 1.0;
        assert!((found - relative).abs() < 1e-6, "the fault shows as {found}, not as {relative}");
    }
    check_grads(|x| sine(x[0], 0.0), &[0.7], CheckOptions::order(2)).unwrap();
}

#[test]
fn a_wrong_component_is_named() {
    let verdict = check_grads(|x| [x[0].sin(), sine(x[1], 1e-2), x[1]], &[0.7, 0.2], CheckOptions::order(1));
    assert!(matches!(verdict, Err(CheckError::Mismatch(mismatch)) if mismatch.component == 1), "{verdict:?}");
}

#[test]
fn a_lost_second_derivative_passes_at_order_1_and_is_caught_at_order_2() {
    let f = |x: &[Dual<Dual<f64, 1>, 1>]| exp_with_constant_slope(x[0]);
    check_grads(f, &[0.7], CheckOptions::order(1)).unwrap();
    let verdict = check_grads(f, &[0.7], CheckOptions::order(2));
    assert!(matches!(verdict, Err(CheckError::Mismatch(mismatch)) if mismatch.order == 2), "{verdict:?}");
}

#[test]
fn the_message_has_what_a_person_needs() {
    let verdict = check_grads(|x| sine(x[0], 0.5), &[0.7], CheckOptions::order(1).step(1e-3));
    let message = verdict.unwrap_err().to_string();
    for part in ["order 1", "component 0", "by duals", "step 1e-3", "tolerance"] {
        assert!(message.contains(part), "no {part:?} in {message:?}");
    }
}

#[test]
fn other_orders_are_refused() {
    for order in [0, 3] {
        let verdict = check_grads(|x| x[0], &[1.0], CheckOptions::order(order));
        assert_eq!(verdict, Err(CheckError::Order(order)));
    }
}

#[test]
fn a_shape_that_changes_is_an_error() {
    let calls = std::cell::Cell::new(0);
    let ragged = |x: &[Dual<Dual<f64, 1>, 1>]| {
        calls.set(calls.get() + 1);
        vec![x[0]; calls.get()]
    };
    let verdict = check_grads(ragged, &[1.0], CheckOptions::order(1));
    assert_eq!(verdict, Err(CheckError::Shape(Error::Ragged { first: 1, later: 2 })));
}

#[test]
fn a_nan_on_one_side_is_a_mismatch_and_on_both_is_none() {
    let spoiled = |x: &[Dual<Dual<f64, 1>, 1>]| x[0].chain(x[0].re, Dual::constant(f64::NAN));
    assert!(check_grads(spoiled, &[1.0], CheckOptions::order(1)).is_err());
    check_grads(|x| x[0].ln(), &[-1.0], CheckOptions::order(1)).unwrap();
}

#[test]
fn a_point_without_coordinates_has_nothing_to_mismatch() {
    let nothing: [f64; 0] = [];
    check_grads(|_| Dual::constant(Dual::constant(1.0)), &nothing, CheckOptions::order(2)).unwrap();
}

proptest! {
    #[test]
    fn a_right_derivative_is_approved_along_any_direction(
        seed in any::<i64>(), x in -2.0..2.0_f64, y in 0.1..3.0_f64,
    ) {
        let options = CheckOptions::order(2).key(Key::new(seed));
        let verdict = check_grads(|p| (p[0] * p[1]).sin() + p[0].atan2(p[1]), &[x, y], options);
        prop_assert!(verdict.is_ok(), "{:?}", verdict);
    }

    // Along a direction that is all but perpendicular to the coordinate no fault shows, so the direction
    // is the one of the default key.
    #[test]
    fn a_wrong_sign_is_caught_at_any_point(x in -1.2..1.2_f64) {
        let verdict = check_grads(|p| sine(p[0], -2.0), &[x], CheckOptions::order(1));
        prop_assert!(verdict.is_err());
    }
}
