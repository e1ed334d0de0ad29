//! `check_grads` approves of right derivatives and catches planted faults.

#![cfg(all(feature = "alloc", feature = "random"))]

use proptest::prelude::*;
use tangents::check::{
    CheckError, CheckOptions, Direction, check_against, check_grads_in_f64, check_grads2, check_grads3,
    check_grads4,
};
use tangents::random::Key;
use tangents::{
    Dual, Error, Function, Number, Real, assert_grads, check_derivative, check_gradient, check_grads,
    derivative,
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
        assert!((mismatch.difference - 0.7_f64.cos()).abs() < 1e-6, "along the coordinate, not against it");
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
fn messages_say_every_number_once() {
    type D = Dual<Dual<f64, 1>, 1>;
    // The slopes are 0.5 where they are 2.
    let halved = |x: D| x.chain(x.re * 2.0, Dual::lit(0.5));
    let options = CheckOptions::order(1).tolerances(0.0, 1e-6);
    let message = |verdict: Result<_, CheckError>| verdict.unwrap_err().to_string();
    let rule = |n: usize| {
        let wrong = move |x: &[D]| [0, 1, 2].map(|i| if i < n { halved(x[0]) } else { x[0] * 2.0 });
        let right = |x: &[D]| [x[0] * 2.0; 3];
        message(check_against(wrong, right, &[0.0], options.per_coordinate()))
    };
    let first = "derivative of order 1 of component 0 along coordinate 0: 0.5 by the function, 2 by the reference; \
                 they differ by 1.5e0, more than the tolerance 2.0e-6";
    assert_eq!(rule(1), first);
    assert_eq!(rule(2), format!("{first} (1 more differs)"));
    assert_eq!(rule(3), format!("{first} (2 more differ)"));

    // A value that is wrong, in the second component; an exponent where zeros would hide the digits.
    let values = |wrong: f64, right: f64| {
        let rule = move |_: &[D]| [D::lit(1.0), D::lit(wrong)];
        let reference = move |_: &[D]| [D::lit(1.0), D::lit(right)];
        message(check_against(rule, reference, &[0.0], options))
    };
    for (wrong, right, shown) in [
        (0.0, 12.5, "0 by the function, 12.5 by the reference"),
        (1.5e-4, 9e8, "0.00015 by the function, 900000000 by the reference"),
        (9e-5, 1.5e9, "9e-5 by the function, 1.5e9 by the reference"),
        (f64::INFINITY, -1e-7, "inf by the function, -1e-7 by the reference"),
    ] {
        let found = values(wrong, right);
        let expected = format!("value of component 1 along random direction 0: {shown}; they differ by ");
        assert!(found.starts_with(&expected), "{found}");
    }

    let difference = message(check_grads(|x| halved(x[0]), &[0.0], CheckOptions::order(1).strict()));
    assert!(difference.contains("0.5 by duals, 2 by finite differences of step "), "{difference}");
    let undecided = message(check_grads(|x| x[0].sqrt(), &[0.0], CheckOptions::order(1).strict()));
    assert!(undecided.contains("undecided at the tolerance"), "{undecided}");

    let report = |x: f64, options: CheckOptions| {
        // Waves that the first step is too long for, a corner, and a line.
        let corner = |x: D| if x > 0.0 { x } else { -x };
        check_grads(|x| [x[0] * 2.0, (x[0] * 1e6).sin(), corner(x[1])], &[0.1, x], options).unwrap()
    };
    let options = options.per_coordinate().accept_inconclusive();
    let found = report(0.0, options);
    assert_eq!((found.comparisons, found.extrapolated, found.inconclusive), (6, 2, 1));
    let text = found.to_string();
    let start = "derivatives to order 1 agree with finite differences (6 compared, 2 of them with extrapolated ones, \
                 1 undecided, the worst at ";
    assert!(text.starts_with(start) && text.ends_with(" % of its tolerance)"), "{text}");
    let text = report(1.0, options).to_string();
    assert!(text.contains("(6 compared, 1 of them with extrapolated ones, the worst at "), "{text}");
    let text = check_grads(|x| x[0] * 2.0, &[0.5], CheckOptions::order(2)).unwrap().to_string();
    let expected = "derivatives to order 2 agree with finite differences (2 compared, the worst at 0 % of its tolerance)";
    assert_eq!(text, expected);
}

#[test]
fn the_tolerance_is_that_of_the_documentation() {
    // ε^⅖·|difference| + ε^⅔·|f|/s with s = ¼·max(1, |x|).
    let tolerance = |x: f64, size: f64| {
        let wrong = |x: &[Dual<f64, 1>]| sine(x[0], 1.0) + size;
        match check_grads(wrong, &[x], CheckOptions::first_order().strict()) {
            Err(CheckError::Mismatch(found)) => found.tolerance / found.difference.abs(),
            other => panic!("{other:?}"),
        }
    };
    let epsilon = f64::EPSILON;
    for (x, size) in [(8.0_f64, 0.0), (8.0, 1e4), (0.5, 1e4), (-20.0, 1e5)] {
        let floor =
            epsilon.powf(2.0 / 3.0) * (size + x.sin()).abs() / (0.25 * x.abs().max(1.0)) / x.cos().abs();
        let expected = epsilon.powf(0.4) + floor;
        let found = tolerance(x, size);
        assert!((found / expected - 1.0).abs() < 1e-2, "{x} {size}: {found}, not {expected}");
    }
}

#[test]
fn the_worst_is_the_largest_fraction_of_a_tolerance() {
    let options = CheckOptions::order(1).tolerances(0.0, 1e-3);
    let check = |relative: [f64; 2]| {
        check_grads(move |x| [sine(x[0], relative[0]), sine(x[0], relative[1])], &[0.7], options)
            .unwrap()
            .worst
    };
    let rule = |relative: [f64; 2]| {
        let wrong = move |x: &[Dual<Dual<f64, 1>, 1>]| relative.map(|relative| sine(x[0], relative));
        check_against(wrong, |x| [x[0].sin(); 2], &[0.7], options).unwrap().worst
    };
    for relative in [[2e-4, 5e-4], [5e-4, -2e-4], [5e-4, 0.0]] {
        let (check, rule) = (check(relative), rule(relative));
        assert!((check - 0.5).abs() < 1e-3 && (rule - 0.5).abs() < 1e-3, "{check} {rule}");
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
    // By branches: the slope is that of one side, where `abs` has the middle, which differences confirm.
    let corner = |x: &[Dual<Dual<f64, 1>, 1>]| if x[0] > 0.0 { x[0] + x[1] } else { x[1] - x[0] };
    check_grads(|x| x[0].abs() + x[1], &[0.0, 1.0], options.strict()).unwrap();
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
fn differences_in_f64_start_from_the_value_in_f64() {
    // The f32 value is off by 0.01, which at short steps would look like a corner and hide a wrong slope.
    fn f<T: Real>(x: T) -> T {
        (x * T::lit(1e4)).sin() + T::lit(1e6)
    }
    let wrong = |x: &[Dual<f32, 1>]| x[0].chain(f(x[0].re), (x[0].re * 1e4).cos() * 1.1e4);
    let verdict = check_grads_in_f64(wrong, |x| f(x[0]), &[0.3_f32], CheckOptions::first_order().strict());
    assert!(matches!(verdict, Err(CheckError::Mismatch(_))), "{verdict:?}");
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
    let report = check_against(|x| sine(x[0], 0.0), |x| x[0].sin(), &[0.7], options).unwrap();
    assert_eq!((report.comparisons, report.worst), (3, 0.0));
    for (relative, order) in [(1e-12, 1), (1e-3, 1)] {
        match check_against(|x| sine(x[0], relative), |x| x[0].sin(), &[0.7], options) {
            Err(CheckError::Mismatch(found)) => {
                assert_eq!((found.order, found.step), (order, 0.0), "{found}");
            }
            other => panic!("{other:?}"),
        }
    }
    let verdict = check_against(exp_with_constant_slope_of, |x| x[0].exp(), &[0.7], options.per_coordinate());
    assert!(matches!(verdict, Err(CheckError::Mismatch(found)) if found.order == 2), "{verdict:?}");
}

fn exp_with_constant_slope_of(x: &[Dual<Dual<f64, 1>, 1>]) -> Dual<Dual<f64, 1>, 1> {
    exp_with_constant_slope(x[0])
}

#[test]
fn the_tolerance_of_a_rule_is_a_sum_of_three() {
    type D = Dual<Dual<f64, 1>, 1>;
    // A value of 4 and a slope of 2, off by less or more than atol + rtol·2 or, in a strict check, the floor.
    let verdict = |off: f64, options: CheckOptions| {
        check_against(
            move |x| x[0].chain(D::lit(4.0).re, Dual::lit(2.0 + off)),
            |x| x[0].chain(D::lit(4.0).re, Dual::lit(2.0)),
            &[0.0],
            options.per_coordinate(),
        )
    };
    let given = CheckOptions::order(1).tolerances(1e-3, 1e-2);
    assert!(verdict(0.0209, given).is_ok() && verdict(0.0211, given).is_err());
    // ε^⅖·2 + ε^⅔·4: the second is a ten-thousandth of the first.
    let strict = CheckOptions::order(1).strict();
    let (relative, floor) = (2.0 * f64::EPSILON.powf(0.4), 4.0 * f64::EPSILON.powf(2.0 / 3.0));
    assert!(
        verdict(relative + 0.9 * floor, strict).is_ok() && verdict(relative + 1.1 * floor, strict).is_err()
    );

    match verdict(f64::NAN, given) {
        Err(CheckError::Mismatch(found)) => {
            assert!(
                found.derivative.is_nan() && found.difference == 2.0 && found.uncertainty == 0.0,
                "{found}"
            );
        }
        other => panic!("a NaN beside a number: {other:?}"),
    }
    assert!(check_against(|x| x[0] * 2.0, |x| x[0] * f64::NAN, &[0.0], given).is_err());
    check_against(|x| x[0] * f64::NAN, |x| x[0] * f64::NAN, &[0.0], given).unwrap();
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
    assert_eq!(verdict, Err(CheckError::Shape(Error::Shape { expected: 1, found: 2 })));
}

#[test]
fn a_nan_on_one_side_is_a_mismatch_and_on_both_is_none() {
    let spoiled = |x: &[Dual<Dual<f64, 1>, 1>]| x[0].chain(x[0].re, Dual::constant(f64::NAN));
    assert!(check_grads(spoiled, &[1.0], CheckOptions::order(1)).is_err());
    check_grads(|x| x[0].ln(), &[-1.0], CheckOptions::order(1)).unwrap();
}

#[test]
fn what_is_not_finite_verifies_nothing_in_a_strict_check() {
    let undecided = |verdict| matches!(verdict, Err(CheckError::Inconclusive(_)));
    let strict = CheckOptions::order(2).strict();
    assert!(undecided(check_grads(|x| x[0].ln(), &[-1.0], strict)));
    // Infinite on both sides of the point, with a derivative that is lost, that is infinite, that is NaN.
    for slope in [0.0, f64::INFINITY, f64::NAN] {
        let overflown = |x: &[Dual<Dual<f64, 1>, 1>]| x[0].chain(Dual::lit(f64::INFINITY), Dual::lit(slope));
        let verdict = check_grads(overflown, &[1.0], strict);
        assert!(undecided(verdict), "{slope}: {verdict:?}");
    }
    // Overflown a step above only: shorter steps decide.
    let x = f64::MAX.ln() - 1e-5;
    check_grads(|x| x[0].exp(), &[x], CheckOptions::first_order().strict()).unwrap();
    let wrong = |x: &[Dual<f64, 1>]| x[0].chain(x[0].re.exp(), f64::INFINITY);
    assert!(check_grads(wrong, &[x], CheckOptions::first_order().strict()).is_err());
}

#[test]
fn a_point_at_infinity_is_undecided_and_the_other_coordinates_are_checked() {
    for x in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        for options in [CheckOptions::order(1), CheckOptions::order(1).strict()] {
            let lost = check_grads(|x| x[0].chain(x[0].re.tanh(), Dual::lit(0.0)), &[x], options);
            assert!(matches!(lost, Err(CheckError::Inconclusive(_))), "{x}: {lost:?}");
        }
        let options = CheckOptions::order(1).strict();
        let verdict = check_grads(|x| x[0].tanh() * 0.0 + x[1].sin(), &[f64::INFINITY, 1.0], options);
        let Err(CheckError::Inconclusive(undecided)) = verdict else { panic!("{verdict:?}") };
        assert_eq!((undecided.direction, undecided.others), (Direction::Coordinate(0), 0));
        let verdict = check_grads(|x| x[0].tanh() * 0.0 + sine(x[1], 0.01), &[f64::INFINITY, 1.0], options);
        let Err(CheckError::Mismatch(wrong)) = verdict else { panic!("{verdict:?}") };
        assert_eq!(wrong.direction, Direction::Coordinate(1));
    }
}

#[test]
fn a_rule_whose_reference_is_infinite_is_not_within_any_tolerance() {
    let options = CheckOptions::order(1).tolerances(1e-10, 1e-10);
    let reference = |x: &[Dual<Dual<f64, 1>, 1>]| x[0].chain(Dual::lit(1.0), Dual::lit(f64::INFINITY));
    let lost = |_: &[Dual<Dual<f64, 1>, 1>]| Dual::lit(1.0);
    assert!(matches!(check_against(lost, reference, &[1.0], options), Err(CheckError::Mismatch(_))));
    let overflown = |x: &[Dual<Dual<f64, 1>, 1>]| x[0].chain(Dual::lit(f64::INFINITY), Dual::lit(2.0));
    let wrong = |x: &[Dual<Dual<f64, 1>, 1>]| x[0].chain(Dual::lit(f64::INFINITY), Dual::lit(3.0));
    assert!(check_against(wrong, overflown, &[1.0], options.strict()).is_err());
    check_against(reference, reference, &[1.0], options).unwrap();
}

/// A peak of width 0.01: beyond a step of some hundredths it is 0 to either side.
fn peak<T: Real>(x: T) -> T {
    (-(x / T::lit(0.01)).powi(2)).exp()
}

#[test]
fn a_derivative_that_is_lost_is_caught_with_every_option() {
    type D = Dual<Dual<f64, 1>, 1>;
    fn lost(f: impl Fn(f64) -> f64) -> impl Fn(&[D]) -> D {
        move |x| D::lit(f(x[0].re.re))
    }
    let base = [CheckOptions::order(1), CheckOptions::order(2)];
    let steps = [None, Some(1e-10), Some(1e-7), Some(1e-3), Some(0.1), Some(0.25)];
    let tolerances = [None, Some((0.0, 1e-3)), Some((1e-3, 0.0)), Some((1e-2, 0.5))];
    let functions: [(&str, fn(f64) -> f64, f64); 6] = [
        ("sin", f64::sin, 0.5),
        ("exp", f64::exp, 0.0),
        ("tanh", f64::tanh, 0.3),
        ("peak", peak, 0.005),
        ("waves of length 1", |x| (x * std::f64::consts::TAU).sin(), 0.1),
        ("square", |x| x * x, 1e3),
    ];
    for (name, f, x) in functions {
        for options in base {
            for options in [options, options.per_coordinate(), options.strict(), options.directions(3)] {
                for step in steps {
                    for given in tolerances {
                        let options = step.map_or(options, |step| options.step(step));
                        let options = given.map_or(options, |(atol, rtol)| options.tolerances(atol, rtol));
                        let verdict = check_grads(lost(f), &[x], options);
                        assert!(
                            matches!(verdict, Err(CheckError::Mismatch(_))),
                            "{name}, {options:?}: {verdict:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_wave_of_which_the_first_step_is_a_half_hides_no_lost_derivative() {
    let waves = |x: f64| (x * 1e4 * std::f64::consts::PI).sin() + x;
    for (x, options) in [(0.31234, CheckOptions::order(1)), (0.111_14, CheckOptions::order(1).strict())] {
        // What is left of the slope is that of x, which the difference of one wave gives.
        let verdict =
            check_grads(|x| x[0].chain(Dual::lit(waves(x[0].re.re)), Dual::lit(1.0)), &[x], options);
        assert!(matches!(verdict, Err(CheckError::Mismatch(_))), "{verdict:?}");
    }
}

#[test]
fn what_bends_within_the_first_step_is_approved_all_the_same() {
    for step in [1e-4, 0.1, 0.25] {
        let options = CheckOptions::order(2).step(step);
        for x in [0.0, 0.005, 0.02] {
            check_grads(|x| peak(x[0]), &[x], options.per_coordinate()).unwrap();
            check_grads(|x| peak(x[0]), &[x], options.strict()).unwrap();
        }
        check_grads(|x| x[0].powi(4) + x[0].cos(), &[0.0], options.strict()).unwrap();
        check_grads(|x| (x[0] * 1e4 * std::f64::consts::PI).sin() + x[0], &[0.31234], options.strict())
            .unwrap();
    }
}

#[test]
fn lengths_that_change_are_errors_in_every_check() {
    type D = Dual<Dual<f64, 1>, 1>;
    let options = CheckOptions::order(1);
    let ragged = |lengths: &'static [usize]| {
        let calls = std::cell::Cell::new(0);
        move |x: &[D]| {
            calls.set(calls.get() + 1);
            vec![x[0]; lengths[(calls.get() - 1).min(lengths.len() - 1)]]
        }
    };
    for lengths in [&[2, 1][..], &[1, 2], &[1, 1, 0], &[0, 1], &[1, 0]] {
        let verdict = check_grads(ragged(lengths), &[1.0], options);
        assert!(matches!(verdict, Err(CheckError::Shape(Error::Shape { .. }))), "{lengths:?}: {verdict:?}");
    }
    let (one, two) = (|x: &[D]| vec![x[0]], |x: &[D]| vec![x[0], x[0]]);
    assert!(matches!(check_grads_in_f64(one, two, &[1.0], options), Err(CheckError::Shape(_))));
    assert!(matches!(check_against(one, two, &[1.0], options), Err(CheckError::Shape(_))));
}

#[test]
fn nothing_compared_is_an_error_unless_accepted() {
    type D = Dual<Dual<f64, 1>, 1>;
    let nowhere: [f64; 0] = [];
    let one = |_: &[D]| D::lit(1.0);
    for options in [
        CheckOptions::order(1),
        CheckOptions::order(2).strict(),
        CheckOptions::order(2).per_coordinate(),
        CheckOptions::order(1).directions(3).accept_inconclusive(),
    ] {
        let accepting = options.accept_empty();
        assert_eq!(check_grads(one, &nowhere, options), Err(CheckError::Nothing));
        assert_eq!(check_grads(one, &Vec::<f64>::new(), options), Err(CheckError::Nothing));
        assert_eq!(check_grads(|_: &[D]| Vec::<D>::new(), &[1.0], options), Err(CheckError::Nothing));
        assert_eq!(check_grads(|_: &[D]| -> [D; 0] { [] }, &[1.0], options), Err(CheckError::Nothing));
        let empty = check_grads_in_f64(|_: &[D]| Vec::<D>::new(), |_: &[D]| Vec::<D>::new(), &[1.0], options);
        assert_eq!(empty, Err(CheckError::Nothing));
        assert_eq!(check_grads2(|_, _| D::lit(1.0), &nowhere, &nowhere, options), Err(CheckError::Nothing));
        assert_eq!(check_against(one, one, &nowhere, options), Err(CheckError::Nothing));
        assert_eq!(
            check_against(|_: &[D]| Vec::<D>::new(), |_: &[D]| Vec::<D>::new(), &[1.0], options),
            Err(CheckError::Nothing)
        );
        check_grads(one, &nowhere, accepting).unwrap();
        let report = check_grads(|_: &[D]| Vec::<D>::new(), &[1.0], accepting).unwrap();
        assert_eq!(report.comparisons, 0);
        check_against(one, one, &nowhere, accepting).unwrap();
        // One argument of two that has coordinates is something.
        check_grads2(|x, _| x[0] * 2.0, &[1.0], &nowhere, options).unwrap();
    }
    let options = CheckOptions::first_order();
    let verdict = check_gradient(|_| 1.0, |_| nowhere, &nowhere, options);
    assert_eq!(verdict, Err(CheckError::Nothing));
    assert!(verdict.unwrap_err().to_string().contains("nothing was compared"));
}

#[test]
#[should_panic(expected = "nothing was compared")]
fn the_assertion_panics_where_nothing_is_compared() {
    assert_grads(|x: &[Dual<Dual<f64, 1>, 1>]| x[1..].to_vec(), &[1.0], CheckOptions::order(1));
}

/// Whether setting an option panics, at this file's line.
fn is_refused(set: impl Fn() -> CheckOptions + std::panic::UnwindSafe) -> bool {
    std::panic::catch_unwind(set).is_err()
}

#[test]
fn options_that_verify_nothing_are_refused_where_they_are_set() {
    let options = CheckOptions::order(1);
    let beyond = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, -1e-4, -1.0];
    for step in [0.0, -0.0, 1e10, 0.25 + f64::EPSILON, 1.0, 9e-11, 1e-300, f64::MIN_POSITIVE]
        .into_iter()
        .chain(beyond)
    {
        assert!(is_refused(move || options.step(step)), "step {step}");
        assert!(is_refused(move || options.strict().step(step)), "strict, step {step}");
    }
    for step in [1e-10, 1e-4, 0.25] {
        assert!(!is_refused(move || options.step(step)), "step {step}");
    }
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -f64::MIN_POSITIVE, -1.0] {
        assert!(is_refused(move || options.tolerances(bad, 1e-5)), "atol {bad}");
        assert!(is_refused(move || options.tolerances(1e-5, bad)), "rtol {bad}");
    }
    for rtol in [1.0, 10.0, f64::MAX] {
        assert!(is_refused(move || options.tolerances(0.0, rtol)), "rtol {rtol}");
    }
    for (atol, rtol) in [(0.0, 0.0), (-0.0, 0.999), (1e6, 1e-15)] {
        assert!(!is_refused(move || options.tolerances(atol, rtol)), "{atol} {rtol}");
    }
    for directions in [0, (1 << 31) + 1, usize::MAX] {
        assert!(is_refused(move || options.directions(directions)), "{directions} directions");
    }
    assert!(!is_refused(move || options.directions(1)) && !is_refused(move || options.directions(1 << 31)));
}

#[test]
fn a_step_that_is_lost_in_rounding_is_refused_for_the_type() {
    // ε^⅔ is 3.7·10⁻¹¹ for f64 and 2.4·10⁻⁵ for f32.
    check_grads(|x| x[0].sin(), &[0.5], CheckOptions::order(1).step(1e-10)).unwrap();
    for step in [1e-10, 2e-6, 2.3e-5] {
        let options = CheckOptions::order(1).step(step);
        assert_eq!(check_grads(|x| x[0].sin(), &[0.5_f32], options), Err(CheckError::Step(step)));
        assert_eq!(
            check_against(|x| x[0].sin(), |x| x[0].sin(), &[0.5_f32], options),
            Err(CheckError::Step(step))
        );
        check_grads_in_f64(|x| x[0].sin(), |x| x[0].sin(), &[0.5_f32], options).unwrap();
    }
    check_grads(|x| x[0].sin(), &[0.5_f32], CheckOptions::order(1).step(2.5e-5)).unwrap();
    let message = CheckError::Step(1e-10).to_string();
    assert!(message.contains("1.0e-10") && message.contains("too short"), "{message}");
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

/// The points at which a check has evaluated the values of a function of three numbers.
fn points_taken(options: CheckOptions<tangents::point::UpTo<1>>) -> Vec<[f64; 3]> {
    let points = std::cell::RefCell::new(Vec::new());
    let f = |x: &[f64]| {
        points.borrow_mut().push([x[0], x[1], x[2]]);
        x[0] + x[1] + x[2]
    };
    check_gradient(f, |_| [1.0; 3], &[0.0; 3], options).unwrap();
    let mut points = points.into_inner();
    points.retain(|point| *point != [0.0; 3]);
    points
}

#[test]
fn coordinates_directions_and_keys_are_those_that_were_asked_for() {
    let options = CheckOptions::first_order();
    let single = points_taken(options);
    assert_eq!(single.len(), 2);
    assert_ne!(single, points_taken(options.key(Key::new(1))));
    // Above and below along each of four directions, no two of which are one.
    let several = points_taken(options.directions(4));
    assert_eq!((several.len(), &several[..2]), (8, &single[..]));
    for (i, point) in several.iter().enumerate() {
        assert!(!several[..i].contains(point), "{several:?}");
    }
    let coordinates = points_taken(options.per_coordinate());
    assert_eq!(coordinates.len(), 6);
    assert!(coordinates.iter().all(|point| point.iter().filter(|x| **x != 0.0).count() == 1));
}

/// How far from the point a check has evaluated `f`, in ascending order.
fn steps_taken(f: impl Fn(f64) -> f64, x: f64, options: CheckOptions<tangents::point::UpTo<1>>) -> Vec<f64> {
    let steps = std::cell::RefCell::new(Vec::new());
    let _ = check_derivative(
        |at| {
            steps.borrow_mut().push((at - x).abs());
            f(at)
        },
        |_| 0.5,
        x,
        options,
    );
    let mut steps = steps.into_inner();
    steps.retain(|&step| step > 0.0);
    steps.sort_by(f64::total_cmp);
    steps
}

#[test]
fn steps_are_those_of_the_documentation() {
    let strict = CheckOptions::first_order().strict();
    let near = |a: f64, b: f64| (a / b - 1.0).abs() < 0.1;
    // The first step, and where coordinates are large, a thousand roundings of them.
    assert!(steps_taken(|x| 0.5 * x, 1.0, strict).iter().all(|&step| near(step, 1e-4)));
    assert!(steps_taken(|x| 0.5 * x, 1.0, strict.step(1e-2)).iter().all(|&step| near(step, 1e-2)));
    assert!(steps_taken(|x| 0.5 * x, 4e8, strict).iter().all(|&step| near(step, 1e-4)));
    assert!(
        steps_taken(|x| 0.5 * x, 1e12, strict).iter().all(|&step| near(step, 1e12 * 1024.0 * f64::EPSILON))
    );

    // Of what can't be decided all rows are taken: from a quarter of the length to √ε of that.
    let noise = |x: f64| (x * 1e15 + 1.0).sin();
    for x in [0.0, 1.0, 100.0] {
        let steps = steps_taken(noise, x, strict);
        let (short, long) = (steps[0], steps[steps.len() - 1]);
        let reach = 0.25 * x.max(1.0);
        assert!(near(long, reach), "{x}: {long}");
        let finest = reach * f64::EPSILON.sqrt();
        assert!((finest..1.8 * finest).contains(&short), "{x}: {short}");
        // 34 rows, the finest and the first, to either side.
        assert_eq!(steps.len(), 2 * (34 + 2), "{x}");
    }
    // A second length where the coordinate is below a hundredth of the first, along a random direction too: a length is
    // how far the coordinate moves.
    for options in [strict, CheckOptions::first_order()] {
        for (x, lengths) in [(0.0, 1), (1.1e-2, 1), (0.9e-2, 2), (1e-6, 2)] {
            let steps = steps_taken(noise, x, options);
            assert_eq!(steps.len(), 2 + lengths * 2 * (34 + 1), "{x}");
            let is_there = |wanted: f64| steps.iter().any(|&step| (step / wanted - 1.0).abs() < 1e-3);
            assert!(is_there(0.25) && (lengths == 1 || is_there(0.25 * x)), "{x}: {steps:?}");
        }
    }

    // With the derivative, the value at the point, the first step, and the finest and 34 more.
    let evaluations = std::cell::Cell::new(0);
    let counted = |x: f64| {
        evaluations.set(evaluations.get() + 1);
        noise(x)
    };
    assert!(check_derivative(counted, |_| 0.5, 0.0, strict).is_err());
    assert_eq!(evaluations.get(), 1 + 1 + 2 * (1 + 1 + 34));
}

// Function values

/// A product of sines.
struct Wave;

impl Function for Wave {
    type From = [f64];
    type To = [f64; 2];

    fn call<T: Number>(&self, x: &[T]) -> [T; 2] {
        [x[0].sin() * x[1].exp(), x[0] * x[1]]
    }
}

/// x², with a slope that is a constant: wrong at the second order only.
struct Square;

impl tangents::Rule for Square {
    fn value<T: Number>(&self, x: T) -> T {
        x * x
    }

    fn slope<T: Number>(&self, x: T) -> T {
        T::lit(2.0) * x.stop_gradient()
    }
}

/// The function of that rule.
struct Wrong;

impl Function for Wrong {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        x[0].apply(Square)
    }
}

#[test]
fn checks_take_any_order_up_to_4_at_run_time() {
    for order in 1..=4 {
        for options in [CheckOptions::order(order), CheckOptions::order(order).strict()] {
            assert_eq!(Wave.check_grads(&[0.3, -0.4], options).unwrap().order, order);
        }
    }
    assert!(matches!(Wave.check_grads(&[0.3, -0.4], CheckOptions::order(5)), Err(CheckError::Order(5))));
    assert!(matches!(Wave.check_grads(&[0.3, -0.4], CheckOptions::order(0)), Err(CheckError::Order(0))));
    assert_eq!(Wave.check_grads_in_f64(&[2.4_f32, 3.6], CheckOptions::order(2).strict()).unwrap().order, 2);
    assert!(Wrong.check_grads(&[0.7], CheckOptions::order(1)).is_ok());
    assert!(matches!(Wrong.check_grads(&[0.7], CheckOptions::order(2)), Err(CheckError::Mismatch(_))));
}
