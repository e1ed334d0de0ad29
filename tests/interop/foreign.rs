//! Another crate's functions, generic over `num_traits::Float`, differentiate unchanged: those of `num-complex`.
//!
//! A complex function `u + iv` of `x + iy` is a map from (x, y) to (u, v). Where it has a derivative f′, its Jacobian
//! is [[Re f′, −Im f′], [Im f′, Re f′]] by the equations of Cauchy and Riemann.

use std::ops::Rem;

use num_complex::{Complex, Complex64};
use num_traits::{Float, Zero};
use tangents::{
    Dual, HyperDual, ValueGradientHessian, jacobian, value_and_jacobian, value_gradient_and_hessian,
};

/// Points of all quadrants, away from the branch cuts on the axes.
const POINTS: [Complex64; 5] = [
    Complex64::new(0.6, 0.8),
    Complex64::new(-1.3, 0.4),
    Complex64::new(-0.2, -1.7),
    Complex64::new(2.5, -0.3),
    Complex64::new(0.05, 0.02),
];

/// A function of the crate, at `f64`, at dual numbers and at nested ones, and its first two derivatives.
struct Case {
    name: &'static str,
    plain: fn(Complex64) -> Complex64,
    dual: fn(Complex<Dual<f64, 2>>) -> Complex<Dual<f64, 2>>,
    packed: fn(Complex<HyperDual<f64, 2>>) -> Complex<HyperDual<f64, 2>>,
    first: fn(Complex64) -> Complex64,
    second: fn(Complex64) -> Complex64,
}

macro_rules! cases {
    ($($name:ident: |$z:ident| $f:expr, |$z1:ident| $first:expr, |$z2:ident| $second:expr;)*) => {
        [$(Case {
            name: stringify!($name),
            plain: |$z| $f,
            dual: |$z| $f,
            packed: |$z| $f,
            first: |$z1| $first,
            second: |$z2| $second,
        }),*]
    };
}

fn real<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

fn quotient<T: Float>(z: Complex<T>) -> Complex<T> {
    (z * z + T::one()) / (z.exp() + z)
}

fn cases() -> [Case; 20] {
    cases! {
        exp: |z| z.exp(), |z| z.exp(), |z| z.exp();
        ln: |z| z.ln(), |z| z.inv(), |z| -z.powi(-2);
        sqrt: |z| z.sqrt(), |z| 0.5 / z.sqrt(), |z| -0.25 / (z * z.sqrt());
        cbrt: |z| z.cbrt(), |z| z.cbrt() / (3.0 * z), |z| -2.0 * z.cbrt() / (9.0 * z * z);
        sin: |z| z.sin(), |z| z.cos(), |z| -z.sin();
        cos: |z| z.cos(), |z| -z.sin(), |z| -z.cos();
        tan: |z| z.tan(), |z| 1.0 / z.cos().powi(2), |z| 2.0 * z.tan() / z.cos().powi(2);
        sinh: |z| z.sinh(), |z| z.cosh(), |z| z.sinh();
        cosh: |z| z.cosh(), |z| z.sinh(), |z| z.cosh();
        tanh: |z| z.tanh(), |z| 1.0 / z.cosh().powi(2), |z| -2.0 * z.tanh() / z.cosh().powi(2);
        asin: |z| z.asin(), |z| 1.0 / (1.0 - z * z).sqrt(), |z| z / ((1.0 - z * z).sqrt() * (1.0 - z * z));
        atan: |z| z.atan(), |z| 1.0 / (1.0 + z * z), |z| -2.0 * z / (1.0 + z * z).powi(2);
        asinh: |z| z.asinh(), |z| 1.0 / (1.0 + z * z).sqrt(), |z| -z / ((1.0 + z * z).sqrt() * (1.0 + z * z));
        atanh: |z| z.atanh(), |z| 1.0 / (1.0 - z * z), |z| 2.0 * z / (1.0 - z * z).powi(2);
        powi: |z| z.powi(-3), |z| -3.0 * z.powi(-4), |z| 12.0 * z.powi(-5);
        powu: |z| z.powu(4), |z| 4.0 * z.powu(3), |z| 12.0 * z.powu(2);
        powf: |z| z.powf(real(2.5)), |z| 2.5 * z.powf(1.5), |z| 3.75 * z.powf(0.5);
        powc: |z| z.powc(z), |z| z.powc(z) * (z.ln() + 1.0), |z| z.powc(z) * ((z.ln() + 1.0).powi(2) + 1.0 / z);
        inv: |z| z.inv(), |z| -z.powi(-2), |z| 2.0 * z.powi(-3);
        quotient: |z| quotient(z), |z| {
            let (n, d) = (z * z + 1.0, z.exp() + z);
            (2.0 * z * d - n * (z.exp() + 1.0)) / (d * d)
        }, |z| {
            let (n, d, d1) = (z * z + 1.0, z.exp() + z, z.exp() + 1.0);
            2.0 / d - 4.0 * z * d1 / (d * d) - n * z.exp() / (d * d) + 2.0 * n * d1 * d1 / (d * d * d)
        };
    }
}

#[track_caller]
fn assert_close(found: f64, expected: f64, scale: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-13 * scale, "{what}: {found:e}, not {expected:e}");
}

#[test]
fn complex_functions_have_the_jacobian_of_cauchy_and_riemann() {
    for case in cases() {
        for z in POINTS {
            let what = format!("{} at {z}", case.name);
            let (value, j) = value_and_jacobian(
                |x| {
                    let w = (case.dual)(Complex::new(x[0], x[1]));
                    [w.re, w.im]
                },
                &[z.re, z.im],
            );
            let expected = (case.plain)(z);
            assert_eq!(value.map(f64::to_bits), [expected.re, expected.im].map(f64::to_bits), "{what}");
            let slope = (case.first)(z);
            let expected = [[slope.re, -slope.im], [slope.im, slope.re]];
            for (found, expected) in j.iter().flatten().zip(expected.iter().flatten()) {
                assert_close(*found, *expected, slope.norm(), &what);
            }
        }
    }
}

#[test]
fn complex_functions_have_the_second_derivatives_of_cauchy_and_riemann() {
    for case in cases() {
        for z in POINTS {
            let what = format!("{} at {z}", case.name);
            let ValueGradientHessian { hessian: u, .. } =
                value_gradient_and_hessian(|x| (case.packed)(Complex::new(x[0], x[1])).re, &[z.re, z.im]);
            let ValueGradientHessian { hessian: v, .. } =
                value_gradient_and_hessian(|x| (case.packed)(Complex::new(x[0], x[1])).im, &[z.re, z.im]);
            let s = (case.second)(z);
            // The real and imaginary part of f″·(dx + i·dy)².
            let expected = [[[s.re, -s.im], [-s.im, -s.re]], [[s.im, s.re], [s.re, -s.im]]];
            for (found, expected) in
                [u, v].iter().flatten().flatten().zip(expected.iter().flatten().flatten())
            {
                assert_close(*found, *expected, s.norm().max((case.first)(z).norm()), &what);
            }
        }
    }
}

#[test]
fn the_polar_form_has_its_closed_jacobian_both_ways() {
    for z in POINTS {
        let (r, phi) = z.to_polar();
        let (sin, cos) = phi.sin_cos();
        let to_polar = jacobian(
            |x| {
                let (r, phi) = Complex::new(x[0], x[1]).to_polar();
                [r, phi]
            },
            &[z.re, z.im],
        );
        let expected = [[cos, sin], [-sin / r, cos / r]];
        for (found, expected) in to_polar.iter().flatten().zip(expected.iter().flatten()) {
            assert_close(*found, *expected, 1.0 + 1.0 / r, "to_polar");
        }
        let from_polar = jacobian(
            |x| {
                let z = Complex::from_polar(x[0], x[1]);
                [z.re, z.im]
            },
            &[r, phi],
        );
        let expected = [[cos, -r * sin], [sin, r * cos]];
        for (found, expected) in from_polar.iter().flatten().zip(expected.iter().flatten()) {
            assert_close(*found, *expected, 1.0 + r, "from_polar");
        }
    }
}

/// Generic code waits for a zero with `is_zero`, which asks the value: the last remainder is 0 in its value alone.
#[test]
fn euclids_algorithm_ends() {
    fn gcd<T: Zero + Rem<Output = T> + Copy>(a: T, b: T) -> T {
        if b.is_zero() { a } else { gcd(b, a % b) }
    }
    assert_eq!(gcd(Dual::<f64, 1>::variable(12.0, 0), Dual::constant(8.0)).re, 4.0);
    assert_eq!(gcd(HyperDual::<f64, 1>::variable(12.0, 0), HyperDual::constant(8.0)).re, 4.0);
}
