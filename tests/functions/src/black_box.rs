//! Black boxes as rules: how often they are called, and what differences are worth.

use std::cell::Cell;

use tangents::check::{CheckOptions, check_vector_rule};
use tangents::rules::Opaque;
use tangents::{Dual, Number, Taylor, derivative, hessian, jacobian};

fn polar(x: &[f64]) -> Vec<f64> {
    vec![x[0] * x[1].cos(), x[0] * x[1].sin()]
}

fn polar_jvp(x: &[f64], v: &[f64]) -> Vec<f64> {
    let (sin, cos) = x[1].sin_cos();
    vec![cos * v[0] - x[0] * sin * v[1], sin * v[0] + x[0] * cos * v[1]]
}

#[test]
fn a_black_box_is_called_once_per_evaluation_and_its_jvp_for_each_lane_that_moves() {
    let (values, products) = (Cell::new(0), Cell::new(0));
    let value = |x: &[f64]| {
        values.set(values.get() + 1);
        polar(x)
    };
    let jvp = |x: &[f64], v: &[f64]| {
        products.set(products.get() + 1);
        polar_jvp(x, v)
    };
    let rule = Opaque::of_vectors(value, jvp);
    f64::apply_vector(&[2.0, 0.5], rule);
    assert_eq!((values.take(), products.take()), (1, 0));
    // Two lanes of four move.
    Number::apply_vector(&[Dual::<f64, 4>::variable(2.0, 0), Dual::variable(0.5, 3)], rule);
    assert_eq!((values.take(), products.take()), (1, 2));
    // 20 variables are three passes.
    let x: Vec<f64> = vec![0.1; 20];
    jacobian(|x| Number::apply_vector(&[x[0] + x[10], x[19]], rule), &x);
    assert_eq!((values.take(), products.take()), (3, 3));
}

#[test]
fn one_that_gives_its_jacobian_is_called_once_per_point() {
    let calls = Cell::new(0);
    let simulate = |x: &[f64]| {
        calls.set(calls.get() + 1);
        let columns = [polar_jvp(x, &[1.0, 0.0]), polar_jvp(x, &[0.0, 1.0])];
        (polar(x), (0..2).map(|i| columns.iter().map(|c| c[i]).collect()).collect())
    };
    let rule = Opaque::of_vectors_with_jacobian(simulate);
    let x: Vec<f64> = vec![0.1; 20];
    let f = |x: &[Dual<f64, 8>]| Number::apply_vector(&[x[0] + x[10], x[19]], &rule);
    let j = jacobian(f, &x);
    assert_eq!(calls.take(), 1);
    assert_eq!((j[0][0], j[0][10], j[0][19]), (0.1_f64.cos(), 0.1_f64.cos(), -0.2 * 0.1_f64.sin()));
    let y = jacobian(f, &x.iter().map(|x| x + 1.0).collect::<Vec<_>>());
    assert_eq!((calls.take(), y[0][0]), (1, 1.1_f64.cos()));
    // Its second derivatives aren't known.
    let h = hessian(|x| Number::apply_vector(x, &rule)[0], &[2.0, 0.5]);
    assert!(h.as_flattened().iter().all(|h: &f64| h.is_nan()));
    check_vector_rule(&rule, &[2.0, 0.5], CheckOptions::first_order().strict()).unwrap();
}

#[test]
#[should_panic(expected = "the rows of the Jacobian")]
fn a_jacobian_of_another_length_panics() {
    f64::apply_vector(&[1.0], Opaque::of_vectors_with_jacobian(|x: &[f64]| (x.to_vec(), vec![])));
}

#[test]
fn differences_have_eleven_digits_of_smooth_functions() {
    let functions: [(fn(f64) -> f64, fn(f64) -> f64); 4] = [
        (f64::sin, f64::cos),
        (f64::exp, f64::exp),
        (|x| x / (1.0 + x * x), |x| (1.0 - x * x) / (1.0 + x * x).powi(2)),
        (|x| (1.0 + x * x).ln(), |x| 2.0 * x / (1.0 + x * x)),
    ];
    for (f, slope) in functions {
        let rule = Opaque::by_differences(f, 1.0);
        for k in -20..=20 {
            let x = f64::from(k) / 10.0;
            let found: f64 = derivative(|x| x.apply(&rule), x);
            assert!(
                (found - slope(x)).abs() <= 1e-11 * (f(x).abs() + slope(x).abs() + 1.0),
                "{x}: {found} {}",
                slope(x)
            );
        }
    }
}

#[test]
fn their_steps_follow_the_size_of_the_variable() {
    let rule = Opaque::by_differences(f64::ln, 1e-30);
    for x in [1e-20, 1e-3, 7.0, 1e30] {
        let found: f64 = derivative(|x| x.apply(&rule), x);
        assert!((found * x - 1.0).abs() < 1e-9, "{x}: {found}");
    }
    // One coordinate is large, the other one small: along (10⁹, 1) the small one says how far to go.
    let product = Opaque::of_vectors_by_differences(|x: &[f64]| vec![x[0].sin() * x[1]], 1.0);
    let x = [Dual::new(0.5, [1.0]), Dual::new(2e9, [1e9])];
    let [y] = <[_; 1]>::try_from(Number::apply_vector(&x, &product)).unwrap();
    let expected = 0.5_f64.cos() * 2e9 + 0.5_f64.sin() * 1e9;
    assert!((y.eps[0] / expected - 1.0).abs() < 1e-11);
}

#[test]
fn they_give_the_first_order_alone() {
    let sine = Opaque::by_differences(f64::sin, 1.0);
    let x = Taylor::<f64, 2>::variable(0.3).apply(&sine);
    assert!(
        x.re == 0.3_f64.sin()
            && (x.coefficients[0] - 0.3_f64.cos()).abs() < 1e-11
            && x.coefficients[1].is_nan()
    );
    assert_eq!(Dual::<f64, 1>::constant(0.3).apply(&sine).eps, [0.0]);
}

#[test]
fn calls_of_differences_are_counted() {
    let calls = Cell::new(0);
    let f = |x: &[f64]| {
        calls.set(calls.get() + 1);
        polar(x)
    };
    let rule = Opaque::of_vectors_by_differences(&f, 1.0);
    jacobian(|x| Number::apply_vector(x, &rule), &[2.0, 0.5]);
    assert_eq!(calls.get(), 1 + 2 * 4);
}
