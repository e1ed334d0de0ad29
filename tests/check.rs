//! `check_grads` approves of right derivatives and catches planted faults.

#![cfg(feature = "alloc")]

use proptest::prelude::*;
use tangents::random::Key;
use tangents::{
    CheckError, CheckOptions, Direction, Dual, Error, Real, assert_grads, check_derivative, check_gradient,
    check_grads, check_grads_in_f64, check_grads2, check_grads3, check_grads4, check_rule, derivative,
};

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
    for part in
        ["order 1", "component 0", "coordinate 0", "by duals", "step", "good to ±", "differ by", "tolerance"]
    {
        assert!(message.contains(part), "no {part:?} in {message:?}");
    }
}

#[test]
fn other_orders_are_refused() {
    for order in [0, 3] {
        let verdict = check_grads(|x| x[0], &[1.0], CheckOptions::order(order));
        assert_eq!(verdict, Err(CheckError::Order(order)));
    }
    for order in [0, 5] {
        let verdict = check_grads(|x| x[0], &[1.0], CheckOptions::high_order(order));
        assert_eq!(verdict, Err(CheckError::Order(order)));
    }
}

#[test]
fn a_wrong_coordinate_of_many_is_named_in_every_mode() {
    let f = |x: &[Dual<Dual<f64, 1>, 1>]| {
        Dual::sum(x.iter().enumerate().map(|(i, &x)| sine(x, if i == 37 || i == 70 { 1e-2 } else { 0.0 })))
    };
    let x: [f64; 100] = std::array::from_fn(|i| f64::from(u32::try_from(i).expect("below 100")) / 100.0);
    for options in
        [CheckOptions::order(1), CheckOptions::order(2).strict(), CheckOptions::order(2).directions(3)]
    {
        match check_grads(f, &x, options) {
            Err(CheckError::Mismatch(found)) => {
                assert_eq!((found.direction, found.others), (Direction::Coordinate(37), 1), "{found}");
            }
            other => panic!("{other:?}"),
        }
    }
}

/// exp, with derivatives that are lost from a given order on.
fn exp_right_to_order(order: usize, x: Deep) -> Deep {
    let e = x.re.re.re.re.exp();
    match order {
        1 => x.chain(x.re.exp(), Dual::constant(Dual::constant(Dual::constant(e)))),
        2 => x.chain(x.re.exp(), x.re.chain(x.re.re.exp(), Dual::constant(Dual::constant(e)))),
        3 => {
            let inner = x.re.re.chain(x.re.re.re.exp(), Dual::constant(e));
            x.chain(x.re.exp(), x.re.chain(x.re.re.exp(), inner))
        }
        _ => x.exp(),
    }
}

type Deep = Dual<Dual<Dual<Dual<f64, 1>, 1>, 1>, 1>;

#[test]
fn every_order_is_checked_by_itself() {
    for right_to in 1..=4 {
        for order in 1..=4 {
            for options in [CheckOptions::high_order(order), CheckOptions::high_order(order).strict()] {
                let verdict = check_grads(|x: &[Deep]| exp_right_to_order(right_to, x[0]), &[0.7], options);
                match verdict {
                    Ok(report) => {
                        assert!(order <= right_to && report.order == order, "{right_to} {order}: {report}");
                    }
                    Err(CheckError::Mismatch(found)) => {
                        assert!(
                            order > right_to && found.order == right_to + 1,
                            "{right_to} {order}: {found}"
                        );
                    }
                    Err(other) => panic!("{other}"),
                }
            }
        }
    }
}

#[test]
fn high_orders_are_approved_for_every_kind_of_result_and_precision() {
    for order in 1..=4 {
        let options = CheckOptions::high_order(order);
        check_grads(|x| (x[0] * x[1].sin()).exp() / x[1], &[0.3, 1.2], options.strict()).unwrap();
        check_grads(|x| [x[0] * x[1], (x[1] * x[0]).ln()], &[0.3_f32, 1.2], options).unwrap();
        check_grads(|x| x.iter().map(|x| x * x.tanh()).collect::<Vec<_>>(), &vec![1.0; 9], options.strict())
            .unwrap();
    }
}

#[test]
fn all_of_several_arguments_are_checked_and_the_wrong_one_is_named() {
    let options = CheckOptions::order(2).strict();
    check_grads2(|w, x| w[0] * x[0].sin(), &[3.0], &[2.0, 1.0], options).unwrap();
    check_grads3(|w, x, b| [w[0] * x[0], b.exp()], &[3.0], &vec![2.0], &0.5_f64, options).unwrap();
    check_grads4(|a, b, c, d| a[0] * b[0] + c[0] / d[0], &[3.0], &[2.0], &[0.5], &[4.0], options).unwrap();

    let verdict = check_grads3(|_, x, b| sine(x[1], 1e-3) * b[0], &[3.0], &[2.0, 1.0], &[0.5], options);
    match verdict {
        Err(CheckError::Mismatch(found)) => {
            assert_eq!(found.direction, Direction::CoordinateOf { argument: 1, coordinate: 1 });
            assert!(found.to_string().contains("along coordinate 1 of argument 1:"), "{found}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn first_derivatives_are_checked_on_the_plainest_duals() {
    // A rule for one type only.
    let rule = |x: Dual<f64, 1>| x.chain(x.re.sin(), x.re.cos());
    check_grads(|x| rule(x[0]) * x[1], &[0.3, 2.0], CheckOptions::first_order().strict()).unwrap();
}

#[test]
fn what_differences_cannot_decide_is_inconclusive_and_may_be_accepted() {
    let options = CheckOptions::order(1);
    let corner = |x: &[Dual<Dual<f64, 1>, 1>]| x[0].abs() + x[1];
    let Err(CheckError::Inconclusive(undecided)) = check_grads(corner, &[0.0, 1.0], options.strict()) else {
        panic!("a corner");
    };
    assert_eq!(undecided.direction, Direction::Coordinate(0));
    let report = check_grads(corner, &[0.0, 1.0], options.strict().accept_inconclusive()).unwrap();
    assert_eq!((report.comparisons, report.inconclusive), (2, 1));

    // The end of the domain.
    let verdict = check_grads(|x| x[0].sqrt(), &[0.0], options);
    assert!(matches!(verdict, Err(CheckError::Inconclusive(_))), "{verdict:?}");
}

#[test]
fn a_difference_that_is_too_coarse_is_no_mismatch() {
    let options = CheckOptions::order(2);
    // 16 waves in a step of the first difference; domains that end and poles that are nearer than that step; steps
    // that are shorter than the spacing of numbers.
    check_grads(|x| (x[0] * 1e6).sin(), &[0.1_f64], options).unwrap();
    check_grads(|x| x[0].sqrt(), &[1e-6], options).unwrap();
    check_grads(|x| x[0].ln(), &[1e-9], options).unwrap();
    check_grads(|x| x[0].recip(), &[1e-7], options).unwrap();
    check_grads(|x| x[0].exp(), &[300.0], options).unwrap();
    check_grads(|x| x[0].powi(3), &[1e20], options).unwrap();
    check_grads(|x| x[0].powi(3), &[1e12_f32], options.strict()).unwrap();
}

#[test]
fn a_large_coordinate_is_moved_all_the_same() {
    for x in [1e12, 1e17, 1e30] {
        let verdict = check_grads(
            |x| x[0].chain(x[0].re.ln(), x[0].re.recip() * 1.01),
            &[x],
            CheckOptions::order(1).strict(),
        );
        assert!(matches!(verdict, Err(CheckError::Mismatch(_))), "{x}: {verdict:?}");
    }
}

#[test]
fn differences_in_f64_decide_for_f32_what_its_own_do_not() {
    fn f<T: Real>(x: &[T]) -> T {
        (x[0] * T::lit(300.0)).sin() * x[1].exp()
    }
    check_grads_in_f64(f, f, &[0.3_f32, 1.0], CheckOptions::order(2).strict()).unwrap();

    let faulty = |x: &[Dual<f32, 1>]| sine(x[0], 5e-3) + x[1];
    let right = |x: &[Dual<f64, 1>]| x[0].sin() + x[1];
    let verdict = check_grads_in_f64(faulty, right, &[0.3, 100.0], CheckOptions::first_order().strict());
    assert!(matches!(verdict, Err(CheckError::Mismatch(found)) if found.uncertainty < 1e-9), "{verdict:?}");
}

#[test]
fn derivatives_by_hand_are_checked_on_plain_numbers() {
    let options = CheckOptions::first_order().strict();
    check_derivative(f64::sin, f64::cos, 0.7, options).unwrap();
    check_derivative(|x: f32| x.exp(), |x| derivative(Dual::exp, x), 0.7, options).unwrap();
    let verdict = check_derivative(f64::sin, |x| -x.cos(), 0.7, options);
    assert!(verdict.unwrap_err().to_string().contains("by hand"));

    let f = |x: &[f64]| x.iter().map(|x| x.powi(3)).sum::<f64>();
    check_gradient(f, |x| x.iter().map(|x| 3.0 * x * x).collect(), &vec![1.0, -2.0, 0.5], options).unwrap();
    let verdict = check_gradient(f, |x| [3.0 * x[0] * x[0], 2.0 * x[1]], &[1.0, -2.0], options);
    assert!(
        matches!(verdict, Err(CheckError::Mismatch(found)) if found.direction == Direction::Coordinate(1)),
        "{verdict:?}"
    );
}

#[test]
fn a_rule_is_compared_with_a_reference_to_the_last_digits() {
    let options = CheckOptions::order(2).tolerances(0.0, 1e-15);
    let report = check_rule(|x| sine(x[0], 0.0), |x| x[0].sin(), &[0.7], options).unwrap();
    assert_eq!((report.comparisons, report.worst), (3, 0.0));
    for (relative, order) in [(1e-12, 1), (1e-3, 1)] {
        match check_rule(|x| sine(x[0], relative), |x| x[0].sin(), &[0.7], options) {
            Err(CheckError::Mismatch(found)) => {
                assert_eq!((found.order, found.step), (order, 0.0), "{found}");
            }
            other => panic!("{other:?}"),
        }
    }
    let verdict = check_rule(exp_with_constant_slope_of, |x| x[0].exp(), &[0.7], options.per_coordinate());
    assert!(matches!(verdict, Err(CheckError::Mismatch(found)) if found.order == 2), "{verdict:?}");
}

fn exp_with_constant_slope_of(x: &[Dual<Dual<f64, 1>, 1>]) -> Dual<Dual<f64, 1>, 1> {
    exp_with_constant_slope(x[0])
}

#[test]
#[should_panic(expected = "derivative of order 1 of component 0 along coordinate 0")]
fn the_assertion_panics_with_the_message() {
    assert_grads(|x| sine(x[0], 0.5), &[0.7], CheckOptions::order(1));
}

#[test]
fn unwrapping_shows_the_message() {
    let verdict = check_grads(|x| sine(x[0], 0.5), &[0.7], CheckOptions::order(1)).unwrap_err();
    assert_eq!(format!("{verdict:?}"), verdict.to_string());
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
        check_grads(|p| (p[0] * p[1]).sin() + p[0].atan2(p[1]), &[x, y], options)?;
        check_grads(|p| (p[0] * p[1]).sin() + p[0].atan2(p[1]), &[x, y], options.strict())?;
    }

    // Along a direction that is all but perpendicular to the coordinate no fault shows, so the direction
    // is the one of the default key.
    #[test]
    fn a_wrong_sign_is_caught_at_any_point(x in -1.2..1.2_f64) {
        let verdict = check_grads(|p| sine(p[0], -2.0), &[x], CheckOptions::order(1));
        prop_assert!(verdict.is_err());
    }
}
