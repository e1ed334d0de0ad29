//! `vek` 0.17: rotations.

use compatibility::{Second, assert_close, second, to_second};
use vek::{Mat3, Quaternion, Vec3};

#[test]
fn rotation_about_an_axis() {
    let t = 0.4;
    let v = Vec3::new(Second::from(2.0), Second::from(0.0), Second::from(5.0));
    let turned = Mat3::rotation_z(second(t)) * v;
    assert_eq!(to_second(turned.x), [2.0 * t.cos(), -2.0 * t.sin(), -2.0 * t.cos()]);
    assert_eq!(to_second(turned.y), [2.0 * t.sin(), 2.0 * t.cos(), -2.0 * t.sin()]);
    assert_eq!(to_second(turned.z), [5.0, 0.0, 0.0]);

    let turned = Quaternion::rotation_z(second(t)) * v;
    assert_close(to_second(turned.x), [2.0 * t.cos(), -2.0 * t.sin(), -2.0 * t.cos()], 1e-15);
}

#[test]
fn at_angle_zero_too() {
    let turned = Quaternion::rotation_x(second(0.0)) * Vec3::unit_y();
    assert_eq!(to_second(turned.z), [0.0, 1.0, 0.0]);
}

#[test]
fn magnitude() {
    // √(x² + 16) at 3
    let v = Vec3::new(second(3.0), Second::from(4.0), Second::from(0.0));
    assert_close(to_second(v.magnitude()), [5.0, 0.6, 16.0 / 125.0], 1e-15);
}
