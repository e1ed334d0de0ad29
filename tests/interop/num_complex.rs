//! Derivatives of functions of complex numbers are those of the closed forms; where `num-complex` loses them, as the
//! documentation says, that is shown too.

use ::num_complex::{Complex, Complex64};
use ::proptest::prelude::*;
use num_traits::{Float, One, Zero};
use tangents::interop::num_complex::{
    chain, holomorphic, holomorphic_gradient, holomorphic_gradient_vec, holomorphic_jacobian,
    holomorphic_jacobian_vec, value_and_holomorphic, wirtinger,
};
use tangents::{Dual, HyperDual, Real, Taylor, jacobian};

use crate::panics::{assert_panics, two_shapes};

const I: Complex64 = Complex64::I;

/// Relative agreement, or absolute below 1.
#[track_caller]
fn close(found: Complex64, expected: Complex64, tolerance: f64) {
    let error = (found - expected).norm() / expected.norm().max(1.0);
    assert!(error <= tolerance, "{found} for {expected}: {error:e}");
}

/// A name, a function, and a closed form of its derivative by functions of plain complex numbers.
macro_rules! table {
    ($($name:ident |$z:ident| $f:expr => $slope:expr;)*) => {
        $(fn $name<T: Float>($z: Complex<T>) -> Complex<T> {
            $f
        })*

        /// Checks each function at a point by all drivers.
        fn at_each(point: Complex64) {$(
            let slope = |$z: Complex64| -> Complex64 { $slope };
            let expected = slope(point);
            let (value, found) = value_and_holomorphic($name, point);
            // The value is the primal's bit for bit.
            assert_eq!(value, $name(point), stringify!($name));
            assert_eq!(found, holomorphic($name, point));
            close(found, expected, 1e-13);
            let (found, conjugate) = wirtinger($name, point);
            close(found, expected, 1e-13);
            assert!(conjugate.norm() <= 1e-13 * expected.norm().max(1.0), "{}: {conjugate}", stringify!($name));
        )*}
    };
}

table! {
    square |z| z * z => z * 2.0;
    inverse |z| z.inv() => -(z * z).inv();
    quotient |z| (z + Complex::one()) / (z * z + Complex::one()) =>
        (1.0 - z * 2.0 - z * z) / (z * z + 1.0).powi(2);
    power |z| z.powi(5) => z.powi(4) * 5.0;
    negative_power |z| z.powi(-3) => z.powi(-4) * -3.0;
    real_power |z| z.powf(T::from(1.5).unwrap()) => z.powf(0.5) * 1.5;
    complex_power |z| z.powc(Complex::new(T::from(0.5).unwrap(), T::from(-1.25).unwrap())) =>
        z.powc(Complex::new(-0.5, -1.25)) * Complex::new(0.5, -1.25);
    own_power |z| z.powc(z) => z.powc(z) * (z.ln() + 1.0);
    exp |z| z.exp() => z.exp();
    exp_of_base |z| z.expf(T::from(3.0).unwrap()) => z.expf(3.0) * 3.0.ln();
    ln |z| z.ln() => z.inv();
    log |z| z.log(T::from(3.0).unwrap()) => (z * 3.0.ln()).inv();
    sqrt |z| z.sqrt() => (z.sqrt() * 2.0).inv();
    cbrt |z| z.cbrt() => (z.cbrt().powi(2) * 3.0).inv();
    sin |z| z.sin() => z.cos();
    cos |z| z.cos() => -z.sin();
    tan |z| z.tan() => z.cos().powi(-2);
    sinh |z| z.sinh() => z.cosh();
    cosh |z| z.cosh() => z.sinh();
    tanh |z| z.tanh() => z.cosh().powi(-2);
    asin |z| z.asin() => (1.0 - z * z).sqrt().inv();
    acos |z| z.acos() => -(1.0 - z * z).sqrt().inv();
    atan |z| z.atan() => (z * z + 1.0).inv();
    asinh |z| z.asinh() => (z * z + 1.0).sqrt().inv();
    acosh |z| z.acosh() => ((z - 1.0).sqrt() * (z + 1.0).sqrt()).inv();
    atanh |z| z.atanh() => (1.0 - z * z).inv();
}

#[test]
fn derivatives_are_those_of_the_closed_forms() {
    for re in [-1.75, -0.6, 0.3, 1.2] {
        for im in [-1.3, -0.4, 0.7, 1.6] {
            at_each(Complex::new(re, im));
        }
    }
}

proptest! {
    #[test]
    fn elementary_functions_anywhere(re in -3.0..3.0, im in -3.0..3.0) {
        let z = Complex::new(re, im);
        prop_assume!(z.norm() > 0.1 && z.cos().norm() > 0.1);
        close(holomorphic(exp, z), z.exp(), 1e-14);
        close(holomorphic(ln, z), z.inv(), 1e-14);
        close(holomorphic(sin, z), z.cos(), 1e-14);
        close(holomorphic(sinh, z), z.cosh(), 1e-14);
        close(holomorphic(tan, z), z.cos().powi(-2), 1e-12);
        close(holomorphic(power, z), z.powi(4) * 5.0, 1e-13);
        close(holomorphic(own_power, z), z.powc(z) * (z.ln() + 1.0), 1e-12);
    }
}

#[test]
fn orders_nest() {
    let z = Complex::new(0.4, -1.1);
    let second = holomorphic(|z| holomorphic(|z| holomorphic(sin, z), z), z);
    close(second, -z.cos(), 1e-14);
    let fourth = holomorphic(|z| holomorphic(|z| holomorphic(|z| holomorphic(power, z), z), z), z);
    close(fourth, z * 120.0, 1e-13);
    // By the packed number: (u_xx, v_xx) of a holomorphic function is f″.
    let w = exp(Complex::new(HyperDual::<f64, 1>::variable(z.re, 0), HyperDual::constant(z.im)));
    close(Complex::new(w.re.second(0, 0), w.im.second(0, 0)), z.exp(), 1e-14);
    // And its Taylor series.
    let w = exp(Complex::new(Taylor::<f64, 5>::variable(z.re), Taylor::constant(z.im)));
    close(Complex::new(w.re.derivative(5), w.im.derivative(5)), z.exp(), 1e-14);
}

#[test]
fn gradients_and_jacobians() {
    let z = [Complex::new(0.4, -1.1), Complex::new(-0.7, 0.2), Complex::new(1.5, 1.0)];
    // sin(z₀·z₁) + z₂³
    let g = holomorphic_gradient(|z| (z[0] * z[1]).sin() + z[2].powi(3), &z);
    let cos = (z[0] * z[1]).cos();
    for (found, expected) in g.into_iter().zip([z[1] * cos, z[0] * cos, z[2] * z[2] * 3.0]) {
        close(found, expected, 1e-14);
    }
    let j = holomorphic_jacobian(|z| [z[0] * z[1], z[2].exp()], &z);
    assert_eq!(j[0], [z[1], z[0], Complex::zero()]);
    assert_eq!(j[1][..2], [Complex::zero(); 2]);
    close(j[1][2], z[2].exp(), 1e-15);
}

#[test]
fn slices_of_any_length() {
    for n in [0_i32, 1, 8, 9, 20] {
        let z: Vec<Complex64> =
            (0..n).map(|k| Complex::new(f64::from(k) - 4.5, f64::from(k * k % 7))).collect();
        let g = holomorphic_gradient_vec(|z| z.iter().map(|z| z * z).sum(), &z);
        assert_eq!(g, z.iter().map(|z| z * 2.0).collect::<Vec<_>>());
        let j = holomorphic_jacobian_vec(|z| z.iter().map(|z| z * z).collect(), &z);
        for (i, row) in j.iter().enumerate() {
            for (k, entry) in row.iter().enumerate() {
                assert_eq!(*entry, if i == k { z[k] * 2.0 } else { Complex::zero() });
            }
        }
        assert_eq!(j.len(), z.len());
    }
    let passes = std::cell::Cell::new(0);
    let ragged = |z: &[Complex<Dual<f64, 8>>]| {
        passes.set(passes.get() + 1);
        z[..passes.get()].to_vec()
    };
    let ones = [Complex64::one(); 9];
    assert_panics(&two_shapes(1, 2), || _ = holomorphic_jacobian_vec(ragged, &ones));
}

#[test]
fn what_is_not_holomorphic_has_a_derivative_in_the_conjugate() {
    let z = Complex::new(3.0, 4.0);
    // |z| has ∂/∂z = z̄/(2|z|) and ∂/∂z̄ = z/(2|z|); re z has ½ and ½; arg z has −i/(2z) and i/(2z̄).
    let (a, b) = wirtinger(|z| Complex::from(z.norm()), z);
    close(a, z.conj() / 10.0, 1e-15);
    close(b, z / 10.0, 1e-15);
    assert_eq!(wirtinger(|z| Complex::from(z.re), z), (Complex::new(0.5, 0.0), Complex::new(0.5, 0.0)));
    let (a, b) = wirtinger(|z| Complex::from(z.arg()), z);
    close(a, -I / (z * 2.0), 1e-15);
    close(b, I / (z.conj() * 2.0), 1e-15);
}

/// The table of the module's documentation.
#[test]
fn what_the_documentation_says_is_lost_is_lost() {
    let at = Complex::new;
    let zero = Complex64::zero();
    // On the imaginary axis; and along the imaginary direction on the real one.
    assert_eq!(holomorphic(sqrt, at(0.0, 1.0)), zero);
    assert_eq!(holomorphic(cbrt, at(0.0, 1.0)), zero);
    let turned = |f: fn(Complex<Dual<f64, 1>>) -> Complex<Dual<f64, 1>>, z: Complex64| {
        holomorphic(|z| f(z * Complex::i()), z / I)
    };
    assert_eq!(turned(sqrt, at(4.0, 0.0)), I);
    assert_eq!(turned(sqrt, at(-4.0, 0.0)), zero);
    assert_eq!(turned(cbrt, at(8.0, 0.0)), I);
    // Along the real direction it is right.
    assert_eq!(holomorphic(sqrt, at(4.0, 0.0)), at(0.25, 0.0));
    assert_eq!(holomorphic(sqrt, at(-4.0, 0.0)), at(0.0, -0.25));
    close(holomorphic(asin, at(0.6, 0.0)), at(1.25, 0.0), 1e-15);

    let is_lost = |found: Complex64, expected: Complex64| assert!((found - expected).norm() > 0.1, "{found}");
    let slope = |z: Complex64| (1.0 - z * z).sqrt().inv();
    is_lost(holomorphic(asin, at(0.0, 0.75)), slope(at(0.0, 0.75)));
    is_lost(holomorphic(acos, at(0.0, 0.75)), -slope(at(0.0, 0.75)));
    is_lost(
        holomorphic(acosh, at(1.0, 1.0)),
        ((at(1.0, 1.0) - 1.0).sqrt() * (at(1.0, 1.0) + 1.0).sqrt()).inv(),
    );
    is_lost(turned(asinh, at(0.75, 0.0)), I / 1.25);
    is_lost(holomorphic(asinh, at(0.0, 0.5)), (1.0 - 0.25_f64).sqrt().recip().into());
    is_lost(turned(asin, at(0.75, 0.0)), I * slope(at(0.75, 0.0)));

    let in_the_exponent =
        holomorphic(|w| Complex::new(Dual::constant(2.0), Dual::constant(0.0)).powc(w), zero);
    assert_eq!(in_the_exponent, zero);
    assert!(holomorphic(ln, zero).im.is_nan() || holomorphic(ln, zero).re.is_infinite());
    assert_eq!(holomorphic(atan, I), zero);
}

#[test]
fn chain_is_a_rule_that_loses_nothing() {
    fn root<T: Real, const N: usize>(z: Complex<Dual<T, N>>) -> Complex<Dual<T, N>> {
        let root = Complex::new(z.re.re, z.im.re).sqrt();
        chain(z, root, (root + root).inv())
    }
    for z in [I, -I, Complex::new(4.0, 0.0), Complex::new(-4.0, 0.0), Complex::new(1.0, -2.0)] {
        let expected = (z.sqrt() * 2.0).inv();
        close(holomorphic(root, z), expected, 1e-15);
        let (dz, conjugate) = wirtinger(root, z);
        close(dz, expected, 1e-15);
        close(conjugate, Complex::zero(), 1e-15);
    }
    // And the second derivative, −1/(4·z^(3/2)), off the axes of the root itself.
    let z = Complex::new(1.0, -2.0);
    close(holomorphic(|z| holomorphic(root, z), z), -(z * z.sqrt() * 4.0).inv(), 1e-15);
}

#[test]
fn paths_of_a_real_variable() {
    // d/dt of e^((1 + 2i)·t) at t = 0.5
    let c = Complex::new(1.0, 2.0);
    let velocity: [Complex<[f64; 1]>; 1] =
        jacobian(|t| [(Complex::new(Dual::constant(1.0), Dual::constant(2.0)) * t[0]).exp()], &[0.5]);
    let [Complex { re: [re], im: [im] }] = velocity;
    close(Complex::new(re, im), c * (c * 0.5).exp(), 1e-15);
}

#[test]
fn numbers_are_left_operands() {
    let x = Dual::<f64, 1>::variable(3.0, 0);
    let c = Complex::new(2.0, -1.0);
    let z = Complex::new(x, Dual::constant(0.0));
    let lifted = Complex::new(Dual::constant(2.0), Dual::constant(-1.0));
    for (found, expected) in [
        (x + c, z + lifted),
        (x - c, z - lifted),
        (x * c, z * lifted),
        (x / c, z / lifted),
        (x + lifted, z + lifted),
        (x - lifted, z - lifted),
        (x * lifted, z * lifted),
        (x / lifted, z / lifted),
        (lifted * x, lifted * z),
        (lifted / x, lifted / z),
    ] {
        let error = (found - expected).norm();
        assert!(error.re < 1e-15 && error.eps[0].abs() < 1e-15, "{found} for {expected}");
    }
}
