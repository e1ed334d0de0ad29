//! `cgmath` 0.18, feature `approx_0_4`: rotations, inverses, interpolation.

use cgmath::{InnerSpace, Matrix, Matrix3, Quaternion, Rad, Rotation, Rotation3, SquareMatrix, Vector3};
use compatibility::{Second, assert_close, second, to_second};

fn vector(x: f64, y: f64, z: f64) -> Vector3<Second> {
    Vector3::new(x, y, z).map(Second::from)
}

#[test]
fn rotations() {
    let t = 0.4_f64;
    let expected = [2.0 * t.sin(), 2.0 * t.cos(), -2.0 * t.sin()];
    let turned = Matrix3::from_angle_z(Rad(second(t))) * vector(2.0, 0.0, 0.0);
    assert_eq!(to_second(turned.y), expected);
    let turned = Quaternion::from_angle_z(Rad(second(t))).rotate_vector(vector(2.0, 0.0, 0.0));
    assert_close(to_second(turned.y), expected, 1e-15);
}

#[test]
fn determinant_and_inverse() {
    // M(x) = [[x, 1, 0], [1, 3, 1], [0, 1, x²]], as in `nalgebra.rs`.
    let (x, o, l) = (second(2.0), Second::from(0.0), Second::from(1.0));
    let m = Matrix3::new(x, l, o, l, l * 3.0, l, o, l, x * x).transpose();
    assert_eq!(to_second(m.determinant()), [18.0, 31.0, 34.0]);
    let expected = [1.0 / 18.0, -31.0 / 324.0, 2.0 * 961.0 / 5832.0 - 34.0 / 324.0];
    assert_close(to_second(m.invert().unwrap()[0][2]), expected, 1e-15);
}

#[test]
fn magnitude_and_angle() {
    let v = Vector3::new(second(3.0), Second::from(4.0), Second::from(0.0));
    assert_close(to_second(v.magnitude()), [5.0, 0.6, 16.0 / 125.0], 1e-15);
    // The angle to the first axis is atan2(4, x).
    assert_close(
        to_second(v.angle(vector(1.0, 0.0, 0.0)).0),
        [4_f64.atan2(3.0), -4.0 / 25.0, 24.0 / 625.0],
        1e-15,
    );
}
