//! Derivatives against finite differences.

use ::nalgebra::{SVector, Vector3, Vector6};
use tangents::assert_grads;
use tangents::check::{CheckOptions, check_grads_in_f64};
use tangents::interop::nalgebra::FieldNumber;
use tangents::interop::nalgebra::lie::{quaternion, se3, so3};

use super::v3;

fn log_of_product<T: FieldNumber>(x: &SVector<T, 6>) -> Vector3<T> {
    let x = x.as_slice();
    quaternion::log(&(quaternion::exp(&v3(x)) * quaternion::exp(&v3(&x[3..]))))
}

fn log_of_matrices<T: FieldNumber>(x: &SVector<T, 6>) -> Vector3<T> {
    let x = x.as_slice();
    so3::log(&(so3::exp(&v3(x)) * so3::exp(&v3(&x[3..]))))
}

fn there_and_back<T: FieldNumber>(x: &SVector<T, 6>) -> Vector6<T> {
    let fixed = Vector6::new(0.5, -0.25, 1.0, 0.25, 0.5, -0.125).map(::nalgebra::convert);
    se3::log(&se3::box_plus(&se3::exp(&fixed), x))
}

fn halfway<T: FieldNumber>(x: &SVector<T, 6>) -> Vector3<T> {
    let x = x.as_slice();
    quaternion::slerp(&quaternion::exp(&v3(x)), &quaternion::exp(&v3(&x[3..])), ::nalgebra::convert(0.375))
        .imag()
}

fn between<T: FieldNumber>(x: &SVector<T, 6>) -> Vector3<T> {
    quaternion::log(&quaternion::rotation_between(&v3(x.as_slice()), &v3(&x.as_slice()[3..])).unwrap())
}

/// The points of each function: at and near the identity, near π, in between.
const POINTS: [[f32; 6]; 6] = [
    [0.0; 6],
    [0.0, 0.0, 0.0, 1e-7, -1e-7, 2e-7],
    [0.5, 0.25, -1.0, -0.5, -0.25, 1.0],
    [1e-4, 0.0, -1e-4, 0.25, 0.5, 1.0],
    [0.0, 3.0, 0.0, 0.125, 0.0, 0.0],
    [2.0, -1.0, 0.5, 0.25, -0.25, -0.125],
];

/// Against differences in f64, of first and second derivatives.
macro_rules! assert_derivatives {
    ($f:ident at $points:expr) => {
        for x in $points {
            let x = SVector::from(x);
            // A derivative that is zero on paper comes out as a rounding.
            assert_grads($f, &x.map(f64::from), CheckOptions::order(2).tolerances(1e-10, 1e-7));
            check_grads_in_f64($f, $f, &x, CheckOptions::order(2)).unwrap();
        }
    };
}

#[test]
fn derivatives_of_logarithms_are_differences() {
    assert_derivatives!(log_of_product at POINTS);
    assert_derivatives!(log_of_matrices at POINTS);
}

#[test]
fn derivatives_of_rigid_motions_are_differences() {
    assert_derivatives!(there_and_back at POINTS);
}

#[test]
fn derivatives_of_slerp_and_the_rotation_between_are_differences() {
    assert_derivatives!(halfway at POINTS);
    let parallel = [1.0, 2.0, -0.5, 2.0, 4.0, -1.0];
    assert_derivatives!(between at [parallel, [1.0, 0.0, 0.0, 0.0, 2.0, 0.0], [1.0, 2.0, 3.0, -1.0, -2.0, -2.0]]);
}
