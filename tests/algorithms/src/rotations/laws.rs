//! The laws of the groups, on random rotations.

use std::f64::consts::PI;

use ::nalgebra::{Matrix3, Matrix6, UnitComplex, UnitQuaternion, Vector3, Vector6};
use proptest::prelude::*;
use tangents::interop::nalgebra::jacobian;
use tangents::interop::nalgebra::lie::{complex, quaternion, se3, so2, so3};

use super::near;
use crate::common::cases;

/// A rotation vector, of any direction and length up to `longest`, tiny ones too.
fn rotation_vector(longest: f64) -> impl Strategy<Value = Vector3<f64>> {
    let angle =
        prop_oneof![3 => 0.0..longest, 1 => (-14.0..0.0).prop_map(|e| 10.0_f64.powf(e)), 1 => Just(0.0)];
    (angle, -1.0..1.0, -PI..PI).prop_map(|(angle, z, around): (f64, f64, f64)| {
        let r = (1.0 - z * z).sqrt();
        Vector3::new(r * around.cos(), r * around.sin(), z) * angle
    })
}

fn screw(longest: f64) -> impl Strategy<Value = Vector6<f64>> {
    (rotation_vector(3.0), rotation_vector(longest))
        .prop_map(|(rho, phi)| Vector6::new(rho.x, rho.y, rho.z, phi.x, phi.y, phi.z))
}

/// As rotations: of either sign.
fn same(p: &UnitQuaternion<f64>, q: &UnitQuaternion<f64>) -> bool {
    let (p, q) = (p.coords, q.coords);
    (p - q).norm().min((p + q).norm()) < 1e-14
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn logarithm_and_exponential_are_inverse(phi in rotation_vector(3.1), xi in screw(3.1), any in rotation_vector(20.0)) {
        prop_assert!((quaternion::log(&quaternion::exp(&phi)) - phi).norm() <= 2e-15 * phi.norm());
        // A matrix has 1 beside the angle.
        prop_assert!((so3::log(&so3::exp(&phi)) - phi).norm() <= 4e-15 * phi.norm());
        prop_assert!(near(&se3::log(&se3::exp(&xi)), &xi));
        let angle = phi.x;
        prop_assert!((so2::log(&so2::exp(angle)) - angle).abs() <= 1e-15);
        prop_assert!((complex::log(&complex::exp(angle)) - angle).abs() <= 1e-15);

        let q = quaternion::exp(&any);
        prop_assert!(same(&quaternion::exp(&quaternion::log(&q)), &q));
        let r = so3::exp(&any);
        prop_assert!(near(so3::exp(&so3::log(&r)).matrix(), r.matrix()));
        prop_assert!(near(r.matrix(), q.to_rotation_matrix().matrix()));
        prop_assert!(near(&(r.matrix() * r.matrix().transpose()), &Matrix3::identity()));
        prop_assert!((q.coords.norm() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn box_plus_and_box_minus_are_inverse(a in screw(20.0), b in screw(20.0), v in screw(3.1)) {
        let phi = Vector3::new(v[3], v[4], v[5]);
        let [x, y] = [a, b].map(|a| se3::exp(&a));
        prop_assert!(near(&se3::box_minus(&se3::box_plus(&x, &v), &x), &v));
        prop_assert!(near(&se3::box_plus(&x, &se3::box_minus(&y, &x)).to_matrix(), &y.to_matrix()));
        prop_assert!(near(&se3::box_plus(&x, &v).to_matrix(), &(x * se3::exp(&v)).to_matrix()));

        let [p, q] = [x.rotation, y.rotation];
        prop_assert!(near(&quaternion::box_minus(&quaternion::box_plus(&p, &phi), &p), &phi));
        prop_assert!(same(&quaternion::box_plus(&p, &quaternion::box_minus(&q, &p)), &q));
        let [r, s] = [p, q].map(UnitQuaternion::to_rotation_matrix);
        prop_assert!(near(&so3::box_minus(&so3::box_plus(&r, &phi), &r), &phi));
        prop_assert!(near(so3::box_plus(&r, &so3::box_minus(&s, &r)).matrix(), s.matrix()));

        let [z, w] = [a, b].map(|a| complex::exp(a[3]));
        prop_assert!((complex::box_minus(&complex::box_plus(&z, v[4]), &z) - v[4]).abs() < 1e-14);
        prop_assert!((complex::box_plus(&z, complex::box_minus(&w, &z)).into_inner() - w.into_inner()).norm() < 1e-14);
        let [r, s] = [a, b].map(|a| so2::exp(a[3]));
        prop_assert!((so2::box_minus(&so2::box_plus(&r, v[4]), &r) - v[4]).abs() < 1e-14);
        prop_assert!(near(so2::box_plus(&r, so2::box_minus(&s, &r)).matrix(), s.matrix()));
    }

    #[test]
    fn jacobians_are_those_of_the_exponential(xi in screw(3.1)) {
        let phi = Vector3::new(xi[3], xi[4], xi[5]);
        let of_exp = jacobian(|x| so3::box_minus(&so3::exp(x), &so3::exp(&phi).cast()), &phi);
        prop_assert!(near(&so3::right_jacobian(&phi), &of_exp));
        let of_exp = jacobian(|x| quaternion::box_minus(&quaternion::exp(x), &quaternion::exp(&phi).cast()), &phi);
        prop_assert!(near(&so3::right_jacobian(&phi), &of_exp));
        prop_assert!(near(&so3::left_jacobian(&phi), &(so3::exp(&phi) * so3::right_jacobian(&phi))));
        prop_assert!(near(&(so3::left_jacobian_inverse(&phi) * so3::left_jacobian(&phi)), &Matrix3::identity()));
        prop_assert!(near(&(so3::right_jacobian_inverse(&phi) * so3::right_jacobian(&phi)), &Matrix3::identity()));

        let x = se3::exp(&xi);
        let of_exp = jacobian(|xi| se3::box_minus(&se3::exp(xi), &x.cast()), &xi);
        prop_assert!(near(&se3::right_jacobian(&xi), &of_exp));
        prop_assert!(near(&se3::left_jacobian(&xi), &(se3::adjoint(&x) * se3::right_jacobian(&xi))));
        prop_assert!(near(&(se3::left_jacobian_inverse(&xi) * se3::left_jacobian(&xi)), &Matrix6::identity()));
        prop_assert!(near(&(se3::right_jacobian_inverse(&xi) * se3::right_jacobian(&xi)), &Matrix6::identity()));
    }

    #[test]
    fn slerp_runs_from_end_to_end_at_even_speed(a in rotation_vector(20.0), v in rotation_vector(3.1), t in -1.0..2.0) {
        let p = quaternion::exp(&a);
        let q = quaternion::box_plus(&p, &v);
        let opposite = UnitQuaternion::new_unchecked(-q.into_inner());
        for q in [q, opposite] {
            prop_assert_eq!(quaternion::slerp(&p, &q, 0.0), p);
            prop_assert!(same(&quaternion::slerp(&p, &q, 1.0), &q));
            prop_assert!(same(&quaternion::slerp(&p, &q, t), &quaternion::box_plus(&p, &(v * t))));
        }
        let [r, s] = [p, q].map(UnitQuaternion::to_rotation_matrix);
        prop_assert!(near(so3::slerp(&r, &s, t).matrix(), so3::box_plus(&r, &(v * t)).matrix()));
        if v.norm() > 0.01 {
            prop_assert!((p.slerp(&q, t).angle_to(&quaternion::slerp(&p, &q, t))).abs() < 1e-7);
        }
        let angle = |t: f64| so2::log(&so2::slerp(&so2::exp(a.x), &so2::exp(a.x + v.x), t));
        prop_assert!((UnitComplex::new(angle(t)).angle_to(&UnitComplex::new(a.x + v.x * t))).abs() < 1e-13);
        let z = complex::slerp(&complex::exp(a.x), &complex::exp(a.x + v.x), t);
        prop_assert!(z.angle_to(&UnitComplex::new(a.x + v.x * t)).abs() < 1e-13);
    }

    #[test]
    fn the_rotation_between_takes_one_to_the_other(
        a in rotation_vector(9.0).prop_filter("not zero", |a| a.norm() > 0.0),
        turn in rotation_vector(PI - 1e-3),
    ) {
        let b = quaternion::exp(&turn) * a * 1.75;
        let q = quaternion::rotation_between(&a, &b).unwrap();
        let r = so3::rotation_between(&a, &b).unwrap();
        let (a, b) = (a.normalize(), b.normalize());
        prop_assert!((q.coords.norm() - 1.0).abs() < 1e-15);
        prop_assert!(q.w >= 0.0 && q.imag().dot(&(a + b)).abs() < 1e-15);
        prop_assert!((q * a - b).norm() < 2e-15, "{}", (q * a - b).norm());
        prop_assert!((r * a - b).norm() < 2e-15);
    }
}
