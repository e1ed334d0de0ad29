//! `bacon-sci` 0.16, feature `simba_0_8`: quadrature, splines, root finding.

use bacon_sci::integrate::{integrate, integrate_gaussian};
use bacon_sci::interp::spline_free;
use bacon_sci::roots::{bisection, newton};
use compatibility::{First, assert_close, first, to_first};
use nalgebra_0_32::{SMatrix, SVector};

/// ∫₀¹ exp(px) dx = (eᵖ − 1)/p, and its derivative by p is ∫ x exp(px) dx = (peᵖ − eᵖ + 1)/p².
#[test]
fn quadrature() {
    let (p, e) = (first(2.0), 2_f64.exp());
    let expected = [(e - 1.0) / 2.0, (e + 1.0) / 4.0];
    let (zero, one) = (First::from(0.0), First::from(1.0));
    let integral = integrate(zero, one, |x: First| (p * x).exp(), First::from(1e-12)).unwrap();
    assert_close(to_first(integral), expected, 1e-11);
    let integral = integrate_gaussian(zero, one, |x: First| (p * x).exp(), First::from(1e-10)).unwrap();
    assert_close(to_first(integral), expected, 1e-9);
}

/// The natural spline through (0, 0), (1, y), (2, 0) has the value 11y/16 at ½.
#[test]
fn a_spline_in_its_data() {
    let xs = [0.0, 1.0, 2.0].map(First::from);
    let ys = [First::from(0.0), first(2.0), First::from(0.0)];
    let spline = spline_free(&xs, &ys, First::from(1e-12)).unwrap();
    assert_close(to_first(spline.evaluate(First::from(0.5)).unwrap()), [11.0 / 8.0, 11.0 / 16.0], 1e-15);
}

/// x² = p has the solution √p: Newton's method has its derivative too, once the value has converged.
#[test]
fn newtons_method() {
    let p = first(2.0);
    let f = |x: &[First]| SVector::from([x[0] * x[0] - p]);
    let jacobian = |x: &[First]| SMatrix::from([[x[0] * 2.0]]);
    let root = newton::<_, _, _, 1>(&[First::from(1.5)], f, jacobian, First::from(1e-10), 100).unwrap();
    assert_close(to_first(root[0]), [2_f64.sqrt(), 0.5 / 2_f64.sqrt()], 1e-12);
}

/// Where derivatives end: bisection halves an interval whose ends are constants.
#[test]
fn bisection_has_no_derivative() {
    let p = first(2.0);
    let root =
        bisection((First::from(0.0), First::from(2.0)), |x| x * x - p, First::from(1e-12), 100).unwrap();
    assert_close([root.re], [2_f64.sqrt()], 1e-11);
    assert!(root.is_constant());
}
