//! `quaternion-core` 0.6: rotations.

use compatibility::{Second, assert_close, second, to_second};
use quaternion_core::{from_axis_angle, norm, point_rotation, slerp};

#[test]
fn rotation() {
    let (zero, one) = (Second::from(0.0), Second::from(1.0));
    let t = 0.4_f64;
    let q = from_axis_angle([zero, zero, one], second(t));
    let turned = point_rotation(q, [one * 2.0, zero, zero]);
    assert_close(to_second(turned[1]), [2.0 * t.sin(), 2.0 * t.cos(), -2.0 * t.sin()], 1e-14);
    assert_close(to_second(norm(q)), [1.0, 0.0, 0.0], 1e-15);
}

/// Half way from the identity to the rotation by t is the rotation by t/2: a quaternion with sin(t/4).
#[test]
fn interpolation() {
    let (zero, one) = (Second::from(0.0), Second::from(1.0));
    let t = 1.2_f64;
    let q = from_axis_angle([zero, zero, one], second(t));
    let half = slerp((one, [zero; 3]), q, one * 0.5);
    let (sin, cos) = (t / 4.0).sin_cos();
    assert_close(to_second(half.1[2]), [sin, cos / 4.0, -sin / 16.0], 1e-14);
}
