//! Minima within bounds.

use num_traits::Float;
use tangents::implicit::{ImplicitError, least_squares, minimum};
use tangents::{Dual, Number, Taylor, hessian, jacobian, lambda};

/// The corner of ½·(x₀ − p₀)² + ½·(x₁ − p₁)² + c·x₀·x₁ within 0 ≤ x₀ and x₁ ≤ b; it gets the solution.
fn corner<T: Number>(p: [T; 2], b: T, x: [f64; 2]) -> Result<[T; 2], ImplicitError> {
    let f = lambda!(|z: ([f64; 2], [f64; 2])| -> f64 {
        let ([x, y], [p, q]) = *z;
        ((x - p).powi(2) + (y - q).powi(2)) * T::lit(0.5) + T::lit(0.5) * x * y
    });
    minimum(f).at_within(&p, &[T::zero(), T::neg_infinity()], &[T::infinity(), b], |_| x)
}

fn variables() -> ([Dual<f64, 3>; 2], Dual<f64, 3>) {
    ([Dual::variable(3.0, 0), Dual::variable(5.0, 1)], Dual::variable(2.0, 2))
}

#[test]
fn what_is_at_a_bound_has_the_bounds_derivatives() {
    // x₁ = b; x₀ is the minimum for it, p₀ − b/2.
    let (p, b) = variables();
    let [x, y] = corner(p, b, [2.0, 2.0]).unwrap();
    assert_eq!((x.re, x.eps, y.re, y.eps), (2.0, [1.0, 0.0, -0.5], 2.0, [0.0, 0.0, 1.0]));
}

#[test]
fn so_it_has_in_higher_orders() {
    // The bound is t², and so x₀ = 3 − t²/2.
    let b = Taylor::<f64, 3>::variable(2.0_f64.sqrt()).powi(2);
    let [x, y] = corner([3.0, 5.0].map(Taylor::constant), b, [3.0 - b.re / 2.0, b.re]).unwrap();
    assert_eq!(y.coefficients, b.coefficients);
    assert_eq!(x.coefficients, b.coefficients.map(|b| -b / 2.0));
}

#[test]
fn without_active_bounds_it_is_the_minimum() {
    let f = |p: &[Dual<f64, 2>]| corner([p[0], p[1]], 10.0.into(), [2.0, 4.0]).unwrap();
    assert_eq!(jacobian(f, &[4.0, 5.0]), [[4.0 / 3.0, -2.0 / 3.0], [-2.0 / 3.0, 4.0 / 3.0]]);
}

#[test]
fn equal_bounds_hold_an_unknown_whatever_the_gradient_says() {
    let f = lambda!(|z: ([f64; 2], f64)| -> f64 {
        let ([x, y], p) = *z;
        (x - p).powi(2) + (y - x * p).powi(2)
    });
    let p = Dual::<f64, 1>::variable(2.0, 0);
    let (low, high) = ([1.0.into(), Dual::neg_infinity()], [1.0.into(), Dual::infinity()]);
    let [x, y] = minimum(f).at_within(&p, &low, &high, |&p| [1.0, p]).unwrap();
    assert_eq!((x.eps, y.eps), ([0.0], [1.0]));
}

#[test]
fn chance_at_a_bound_has_no_derivative() {
    // Without the bound the minimum is at x₁ = 2 too: x = (p₀ − 1, …), y = p₁ − x/2.
    let (p, b) = variables();
    let p = [p[0], p[1] - 2.0];
    assert_eq!(corner(p, b, [2.0, 2.0]).unwrap_err(), ImplicitError::WeaklyActive { unknown: 1 });
}

#[test]
fn what_leaves_the_bound_is_no_minimum() {
    let (p, b) = variables();
    let error = corner([p[0], p[1] - 3.5], b, [2.0, 2.0]).unwrap_err();
    assert!(matches!(error, ImplicitError::Unsolved { unknown: 1, .. }), "{error}");
    let error = corner([p[0], p[1]], b, [2.1, 2.0]).unwrap_err();
    assert!(matches!(error, ImplicitError::Unsolved { unknown: 0, .. }), "{error}");
}

#[test]
fn what_is_outside_is_refused() {
    let (p, b) = variables();
    assert_eq!(corner(p, b, [2.0, 2.1]).unwrap_err(), ImplicitError::OutOfBounds { unknown: 1 });
    assert_eq!(corner(p, b, [-1.0, 2.0]).unwrap_err(), ImplicitError::OutOfBounds { unknown: 0 });
}

/// The x nearest to p₀ and, times y, to p₁, where y is at its bound p₂: (p₀ + p₁·p₂)/(1 + p₂²).
fn fit<T: Number>(p: &[T]) -> T {
    let r = lambda!(|z: ([f64; 2], Vec<f64>)| -> [f64; 2] {
        let (x, p) = z;
        [x[0] - p[0], x[0] * x[1] - p[1]]
    });
    let (low, high) = ([T::neg_infinity(); 2], [T::infinity(), p[2]]);
    let solve = |p: &[f64]| [(p[0] + p[1] * p[2]) / (1.0 + p[2] * p[2]), p[2]];
    least_squares(r).at_within(p, &low, &high, solve).unwrap()[0]
}

#[test]
fn a_bounded_fit_has_second_derivatives() {
    let p = [1.0, 4.0, 1.0];
    let h = hessian(fit, &p);
    let closed = hessian(|p| (p[0] + p[1] * p[2]) / (p[2] * p[2] + 1.0), &p);
    for (h, closed) in h.as_flattened().iter().zip(closed.as_flattened()) {
        assert!((h - closed).abs() < 1e-14, "{h} {closed}");
    }
}
