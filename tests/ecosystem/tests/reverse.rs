//! A number of reverse mode, `echidna`'s, runs generic functions, and a `Dual` over it gives products with the Hessian.

use echidna::Reverse;
use tangents::{Dual, Function, Real, hvp, lambda};

/// Rosenbrock's function in any number of variables.
fn rosenbrock<T: Real>(x: &[T]) -> T {
    T::sum(x.windows(2).map(|w| (T::one() - w[0]).powi(2) + T::lit(100.0) * (w[1] - w[0] * w[0]).powi(2)))
}

/// The product of the Hessian at `x` with `v`: the gradient, by reverse mode, of the derivative along `v`, by forward mode. It takes a few
/// evaluations of the function, however many variables there are.
fn reverse_hvp(
    f: impl Fn(&[Dual<Reverse<f64>, 1>]) -> Dual<Reverse<f64>, 1>,
    x: &[f64],
    v: &[f64],
) -> Vec<f64> {
    let along = |x: &[Reverse<f64>]| {
        let x: Vec<_> = x.iter().zip(v).map(|(&x, &v)| Dual::new(x, [Reverse::constant(v)])).collect();
        f(&x).eps[0]
    };
    echidna::grad(along, x)
}

#[track_caller]
fn assert_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-13 * expected.abs().max(1.0), "{found} for {expected}");
    }
}

/// A thousand variables at which nothing is symmetric.
fn point() -> Vec<f64> {
    (0..1000).map(|i| 0.3 + (0.7 * f64::from(i)).sin()).collect()
}

#[test]
fn gradient_of_many_variables() {
    let x = point();
    let found = echidna::grad(rosenbrock::<Reverse<f64>>, &x);
    // One generic function serves both.
    assert_close(&found, &lambda!(|x: [f64]| -> f64 { rosenbrock(x) }).gradient(&x));

    let inner = |i: usize| {
        200.0 * (x[i] - x[i - 1] * x[i - 1]) - 400.0 * x[i] * (x[i + 1] - x[i] * x[i]) - 2.0 * (1.0 - x[i])
    };
    let by_hand: Vec<_> = (1..999).map(inner).collect();
    assert_close(&found[1..999], &by_hand);
}

#[test]
fn hessian_vector_product_of_many_variables() {
    let (x, v) = (point(), (0..1000).map(|i| f64::from(i).cos()).collect::<Vec<_>>());
    let found = reverse_hvp(rosenbrock, &x, &v);
    assert_close(&found, &hvp(rosenbrock, &x, &v));

    let inner = |i: usize| {
        let diagonal = 202.0 - 400.0 * x[i + 1] + 1200.0 * x[i] * x[i];
        -400.0 * x[i - 1] * v[i - 1] + diagonal * v[i] - 400.0 * x[i] * v[i + 1]
    };
    let by_hand: Vec<_> = (1..999).map(inner).collect();
    assert_close(&found[1..999], &by_hand);
}

/// Functions of two variables whose product is in every argument, so that its derivative along (1, −1) vanishes where both are equal, and
/// the tape has what it depends on all the same.
macro_rules! of_a_tangent_that_vanishes {
    ($($name:ident: |$p:ident, $x:ident| $f:expr;)*) => {$(
        #[test]
        fn $name() {
            fn f<T: Real>(x: &[T]) -> T {
                let ($p, $x) = (x[0] * x[1], x[0]);
                let _ = $x;
                $f
            }
            for x in [[0.3, 0.7], [0.5, 0.5], [1.0, 1.0], [1.0, 0.5]] {
                for v in [[1.0, 0.0], [0.0, 1.0], [1.0, -1.0], [0.5, 2.0]] {
                    assert_close(&reverse_hvp(f, &x, &v), &hvp(f, &x, &v));
                }
            }
        }
    )*};
}

of_a_tangent_that_vanishes! {
    quotient: |p, x| p / (x + p);
    literal_quotient: |p, x| T::lit(3.0) / p;
    exp: |p, x| p.exp();
    ln: |p, x| p.ln();
    log: |p, x| (p + T::lit(2.0)).log(p + T::lit(3.0));
    sqrt: |p, x| p.sqrt();
    cbrt: |p, x| p.cbrt();
    powi: |p, x| p.powi(3);
    constant_exponent: |p, x| p.powf(T::lit(2.5));
    exponent_that_vanishes: |p, x| (x + T::one()).powf(p);
    base_and_exponent: |p, x| p.powf(p);
    sin: |p, x| p.sin();
    tanh: |p, x| p.tanh();
    atan2: |p, x| x.atan2(p);
    hypot: |p, x| x.hypot(p);
    mul_add: |p, x| p.mul_add(x, p);
    abs: |p, x| p.abs() * x;
    min: |p, x| p.min(x + T::one());
}

#[test]
fn what_is_linear_has_no_second_derivatives() {
    assert_eq!(reverse_hvp(|x| x[0] + x[1], &[1.0, 2.0], &[3.0, 4.0]), [0.0, 0.0]);
}
