//! What is done on `Dual` in the other files, `HyperDual` and `Taylor` can do too: one algorithm of each family of traits.
//!
//! M(x) = [[x, 1, 0], [1, 3, 1], [0, 1, x²]] has the determinant 3x³ − x² − x, whose derivatives at 2 are 31, 34, 18.

use cgmath::SquareMatrix;
use clarabel::algebra::FloatT;
use compatibility::assert_close;
use num_complex::Complex;
use tangents::{HyperDual, Real, Taylor};

use crate::nalgebra::eigenvalues;

type Hyper = HyperDual<f64, 1>;
type Series = Taylor<f64, 3>;

fn elements<T: Real>(x: T) -> [T; 9] {
    let (o, l) = (T::zero(), T::one());
    [x, l, o, l, T::lit(3.0), l, o, l, x * x]
}

fn by_nalgebra<T: Real + nalgebra::RealField>(x: T) -> T {
    nalgebra::Matrix3::from_row_slice(&elements(x)).lu().determinant()
}

fn by_nalgebra_0_34<T: Real + nalgebra_0_34::RealField>(x: T) -> T {
    nalgebra_0_34::Matrix3::from_row_slice(&elements(x)).lu().determinant()
}

fn by_nalgebra_0_32<T: Real + nalgebra_0_32::RealField>(x: T) -> T {
    nalgebra_0_32::Matrix3::from_row_slice(&elements(x)).lu().determinant()
}

fn by_faer<T: Real + faer::traits::RealField>(x: T) -> T {
    let m = elements(x);
    faer::Mat::from_fn(3, 3, |i, j| m[3 * i + j]).determinant()
}

fn by_cgmath<T: Real + cgmath::BaseFloat>(x: T) -> T {
    let [a, b, c, d, e, f, g, h, i] = elements(x);
    cgmath::Matrix3::new(a, b, c, d, e, f, g, h, i).determinant()
}

/// Two plane transformations, since `euclid` has no general 3 × 3 matrix: (3x − 1)x² − x.
fn by_euclid<T: Real + euclid::Trig>(x: T) -> T {
    let (o, l) = (T::zero(), T::one());
    let block: euclid::default::Transform2D<T> = euclid::Transform2D::new(x, l, l, T::lit(3.0), o, o);
    block.determinant() * x * x - x
}

/// The first coefficient of its transform is the sum: of the six products of the rule of Sarrus.
fn by_rustfft<T: Real + rustfft::FftNum>(x: T) -> T {
    let [a, b, c, d, e, f, g, h, i] = elements(x);
    let mut products = [a * e * i, b * f * g, c * d * h, -(c * e * g), -(b * d * i), -(a * f * h)]
        .map(|p| Complex::new(p, T::zero()));
    rustfft::FftPlanner::new().plan_fft_forward(6).process(&mut products);
    products[0].re
}

#[test]
fn determinants() {
    for y in [
        by_nalgebra(Hyper::variable(2.0, 0)),
        by_nalgebra_0_34(Hyper::variable(2.0, 0)),
        by_nalgebra_0_32(Hyper::variable(2.0, 0)),
        by_faer(Hyper::variable(2.0, 0)),
        by_cgmath(Hyper::variable(2.0, 0)),
        by_euclid(Hyper::variable(2.0, 0)),
        by_rustfft(Hyper::variable(2.0, 0)),
    ] {
        assert_close([y.re, y.gradient[0], y.second(0, 0)], [18.0, 31.0, 34.0], 1e-13);
    }
    for y in [
        by_nalgebra(Series::variable(2.0)),
        by_nalgebra_0_34(Series::variable(2.0)),
        by_nalgebra_0_32(Series::variable(2.0)),
        by_faer(Series::variable(2.0)),
        by_cgmath(Series::variable(2.0)),
        by_euclid(Series::variable(2.0)),
        by_rustfft(Series::variable(2.0)),
    ] {
        assert_close([0, 1, 2, 3].map(|k| y.derivative(k)), [18.0, 31.0, 34.0, 18.0], 1e-13);
    }
}

#[test]
fn eigenvalues_by_faer() {
    let m = elements(Hyper::variable(2.0, 0));
    let found =
        faer::Mat::from_fn(3, 3, |i, j| m[3 * i + j]).self_adjoint_eigenvalues(faer::Side::Lower).unwrap();
    for (y, expected) in found.into_iter().zip(eigenvalues()) {
        assert_close([y.re, y.gradient[0], y.second(0, 0)], expected, 1e-12);
    }
    let m = elements(Series::variable(2.0));
    let found =
        faer::Mat::from_fn(3, 3, |i, j| m[3 * i + j]).self_adjoint_eigenvalues(faer::Side::Lower).unwrap();
    for (y, expected) in found.into_iter().zip(eigenvalues()) {
        assert_close([0, 1, 2].map(|k| y.derivative(k)), expected, 1e-12);
    }
}

/// `clarabel` asks for all that a float has, down to how it is printed.
#[test]
fn traits_of_clarabel() {
    fn is_float<T: FloatT>() {}
    is_float::<Hyper>();
    is_float::<Series>();
}
