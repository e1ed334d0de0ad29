//! The edges: half a turn, opposite vectors, the identity.

use std::f64::consts::PI;

use ::nalgebra::{Matrix3, Quaternion, Rotation3, SVector, UnitQuaternion, Vector3};
use tangents::interop::nalgebra::lie::{quaternion, so3};
use tangents::interop::nalgebra::{FieldNumber, jacobian};
use tangents::{Dual, Taylor, derivative, hessian};

use super::near;

type D = Dual<f64, 2>;

fn unit<T: FieldNumber>([w, x, y, z]: [T; 4]) -> UnitQuaternion<T> {
    UnitQuaternion::new_unchecked(Quaternion::new(w, x, y, z))
}

/// In lane 0 the axis turns, in lane 1 the angle grows.
#[test]
fn at_half_a_turn_the_logarithm_has_the_derivatives_of_its_axis_only() {
    let o = D::constant(0.0);
    let q = unit([D::new(0.0, [0.0, -0.5]), o, D::new(0.0, [1.0, 0.0]), D::constant(1.0)]);
    let log = quaternion::log(&q);
    assert_eq!(log.map(|part| part.re), Vector3::new(0.0, 0.0, PI));
    assert_eq!(log.map(|part| part.eps[0]), Vector3::new(0.0, PI, 0.0));
    assert!(log.iter().all(|part| part.eps[1].is_nan()));

    let half_turn = so3::log(&q.to_rotation_matrix());
    assert_eq!(half_turn.map(|part| part.re), Vector3::new(0.0, 0.0, PI));
    assert_eq!(half_turn.map(|part| part.eps[0]), Vector3::new(0.0, PI, 0.0));
    assert!(half_turn.iter().all(|part| part.eps[1].is_nan()));

    // A constant has no derivative that could be wrong, and the value has the length π about any axis.
    assert_eq!(
        so3::log(&Rotation3::from_matrix_unchecked(Matrix3::from_diagonal(&Vector3::new(-1.0, 1.0, -1.0)))).y,
        PI
    );

    // Of two halves of a turn apart: the angle's share t has its derivative.
    let ends = [unit([1.0, 0.0, 0.0, 0.0]), unit([0.0, 0.0, 0.0, 1.0])];
    let speed = derivative(|t| quaternion::slerp(&ends[0].cast(), &ends[1].cast(), t).k, 0.0);
    assert_eq!(speed, PI / 2.0);
}

#[test]
fn a_quaternion_and_its_negative_have_one_logarithm() {
    for phi in [[0.0; 3], [1e-12, 0.0, -1e-12], [0.5, -1.0, 2.0], [0.0, 3.0, 0.5]] {
        let through = |negative: bool| {
            jacobian(
                |phi| {
                    let q = quaternion::exp(phi).into_inner();
                    let q = if negative { -q } else { q };
                    quaternion::log(&UnitQuaternion::new_unchecked(q))
                },
                &Vector3::<f64>::from(phi),
            )
        };
        assert_eq!(through(true), through(false));
        assert!(near(&through(false), &Matrix3::identity()));
    }
}

/// As what rounding leaves of products.
#[test]
fn a_real_part_above_one_is_that_of_the_identity() {
    let q = unit([1.0 + 4.0 * f64::EPSILON, 1e-9, -2e-9, 0.0]);
    let error = quaternion::log(&q) - Vector3::new(2e-9, -4e-9, 0.0);
    assert!(error.norm() < 1e-23);
    let q = unit([D::new(1.0 + f64::EPSILON, [0.0, 1.0]), 0.0.into(), D::new(0.0, [1.0, 0.0]), 0.0.into()]);
    assert!((quaternion::log(&q).y.eps[0] - 2.0).abs() < 1e-15);
}

#[test]
fn between_opposite_vectors_there_is_no_shortest_rotation() {
    let a = Vector3::new(0.1, 0.2, -0.3);
    for b in [-a, a * -3.0, a * -0.7, Vector3::zeros(), a * f64::INFINITY, a * f64::NAN] {
        assert_eq!(quaternion::rotation_between(&a, &b), None, "{b}");
        assert_eq!(so3::rotation_between(&b, &a), None);
        assert!(quaternion::rotation_between(&a.cast::<D>(), &b.cast::<D>()).is_none());
    }
    assert!(quaternion::rotation_between(&a, &(a * -3.0 + Vector3::new(0.0, 1e-12, 0.0))).is_some());
    let a = Vector3::new(0.1_f32, 0.2, -0.3);
    assert!(quaternion::rotation_between(&a, &(a * -3.0)).is_none());
    assert!(quaternion::rotation_between(&a, &(a * 1e-30)).is_some());
}

/// Rounding chooses the axis; it must be perpendicular to both.
#[test]
fn between_nearly_opposite_vectors_the_rotation_takes_one_to_the_other() {
    let (a, across): (Vector3<f64>, _) = (Vector3::new(0.48, -0.6, 0.64), Vector3::new(0.8, 0.64, 0.0));
    for exponent in 1..15 {
        let b = -1.5 * a + across * 0.1_f64.powi(exponent);
        let q = quaternion::rotation_between(&a, &b).unwrap();
        assert!((q * a - b.normalize()).norm() < 2e-15, "{exponent}");
        assert!((q.coords.norm() - 1.0).abs() < 1e-15);
    }
}

#[test]
fn beyond_all_numbers_there_is_no_rotation() {
    for x in [f64::INFINITY, f64::NAN] {
        assert!(quaternion::exp(&Vector3::new(x, 0.0, 0.0)).w.is_nan());
        assert!(so3::log(&so3::exp(&Vector3::new(x, 0.0, 0.0))).x.is_nan());
    }
    assert_eq!(quaternion::exp(&Vector3::new(1e-300, 0.0, 0.0)).i, 5e-301);
}

#[test]
fn hat_and_vee_are_inverse() {
    let phi = Vector3::new(1.0, -2.0, 3.0);
    assert_eq!(so3::vee(&so3::hat(&phi)), phi);
    assert_eq!(
        so3::vee(&Matrix3::new(1.0, 0.0, 4.0, 2.0, 1.0, 0.0, 0.0, 6.0, 1.0)),
        Vector3::new(3.0, 2.0, 1.0)
    );
}

/// The logarithm of exp(φ + tv) is linear in t, and every derivative above the first is zero.
#[test]
fn derivatives_of_high_order_are_right() {
    for phi in [[0.0; 3], [1e-7, 2e-7, 0.0], [1.0, -0.5, 0.25]] {
        let v = [0.25, 0.5, -0.125];
        let line: [Taylor<f64, 8>; 3] = [0, 1, 2].map(|i| {
            let mut x = Taylor::variable(phi[i]);
            x.coefficients[0] = v[i];
            x
        });
        for log in [quaternion::log(&quaternion::exp(&line.into())), so3::log(&so3::exp(&line.into()))] {
            for (i, part) in log.iter().enumerate() {
                assert!((part.coefficients[0] - v[i]).abs() < 1e-15);
                assert!(part.coefficients[1..].iter().all(|c| c.abs() < 1e-15), "{part:?}");
            }
        }
    }
}

/// cos(θ/2) has the Hessian −I/4.
#[test]
fn second_derivatives_at_the_identity_are_there() {
    let h = hessian(|phi: &SVector<_, 3>| quaternion::exp(phi).w, &Vector3::<f64>::zeros());
    for (i, row) in h.iter().enumerate() {
        for (k, &entry) in row.iter().enumerate() {
            assert_eq!(entry, if i == k { -0.25 } else { 0.0 });
        }
    }
}
