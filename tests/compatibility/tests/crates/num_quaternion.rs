//! `num-quaternion` 1: rotations.

use compatibility::{Second, assert_close, second, to_first, to_second};
use num_quaternion::UnitQuaternion;

#[test]
fn rotation_from_a_vector() {
    let t = 0.4_f64;
    let zero = Second::from(0.0);
    let turned = UnitQuaternion::from_rotation_vector(&[zero, zero, second(t)]).rotate_vector([
        zero + 2.0,
        zero,
        zero,
    ]);
    assert_close(to_second(turned[0]), [2.0 * t.cos(), -2.0 * t.sin(), -2.0 * t.cos()], 1e-14);
    assert_close(to_second(turned[1]), [2.0 * t.sin(), 2.0 * t.cos(), -2.0 * t.sin()], 1e-14);
}

#[test]
fn rotation_from_angles_at_zero() {
    let zero = compatibility::First::from(0.0);
    let q = UnitQuaternion::from_euler_angles(compatibility::first(0.0), zero, zero);
    assert_eq!(to_first(q.into_inner().x), [0.0, 0.5]);
}
