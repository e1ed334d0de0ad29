//! `num-complex` 0.4: holomorphic functions. The real and the imaginary part have tangents of their own, and the
//! derivative by z is that by its real part.

use compatibility::{Second, assert_close, second, to_second};
use num_complex::Complex;
use num_traits::Zero;

/// The value and both derivatives at a complex point, given the numbers as real and imaginary parts.
fn parts(y: Complex<Second>) -> [[f64; 3]; 2] {
    [to_second(y.re), to_second(y.im)]
}

fn z() -> Complex<Second> {
    Complex::new(second(0.5), Second::from(1.25))
}

#[test]
fn exp_is_its_own_derivative() {
    let e = Complex::new(0.5, 1.25).exp();
    let [re, im] = parts(z().exp());
    assert_close(re, [e.re; 3], 1e-15);
    assert_close(im, [e.im; 3], 1e-15);
}

#[test]
fn ln_sqrt_and_powers() {
    let w = Complex::new(0.5, 1.25);
    for (y, expected) in [
        (z().ln(), [w.ln(), w.inv(), -w.powi(-2)]),
        (z().sqrt(), [w.sqrt(), (w.sqrt() * 2.0).inv(), -(w.sqrt() * w * 4.0).inv()]),
        (z().powi(3), [w.powi(3), w.powi(2) * 3.0, w * 6.0]),
        (z().sin(), [w.sin(), w.cos(), -w.sin()]),
        (z().inv(), [w.inv(), -w.powi(-2), w.powi(-3) * 2.0]),
    ] {
        let [re, im] = parts(y);
        assert_close(re, expected.map(|e| e.re), 1e-14);
        assert_close(im, expected.map(|e| e.im), 1e-14);
    }
}

#[test]
fn the_derivative_along_the_imaginary_axis_is_i_times_it() {
    let z = Complex::new(Second::from(0.5), second(1.25));
    let e = Complex::new(0.5, 1.25).exp();
    let [re, im] = parts(z.exp());
    assert_close(re, [e.re, -e.im, -e.re], 1e-15);
    assert_close(im, [e.im, e.re, -e.im], 1e-15);
}

#[test]
fn a_constant_is_one() {
    assert!(Complex::<Second>::zero().is_zero());
}
