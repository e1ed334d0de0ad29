//! `euclid` 0.22, feature `euclid`: rotations, transformations and angles.

use compatibility::{Second, assert_close, second, to_second};
use euclid::Angle;
use euclid::default::{Point2D, Rotation2D, Rotation3D, Transform2D, Vector2D, Vector3D};

#[test]
fn rotations() {
    let t = 0.4_f64;
    let expected = [2.0 * t.sin(), 2.0 * t.cos(), -2.0 * t.sin()];
    let (two, zero) = (Second::from(2.0), Second::from(0.0));
    let angle = Angle::radians(second(t));
    assert_eq!(to_second(Rotation2D::new(angle).transform_vector(Vector2D::new(two, zero)).y), expected);
    let about_z = Rotation3D::around_axis(Vector3D::new(zero, zero, two), angle);
    assert_close(to_second(about_z.transform_vector3d(Vector3D::new(two, zero, zero)).y), expected, 1e-15);
    assert_eq!(to_second(Transform2D::rotation(angle).transform_point(Point2D::new(two, zero)).y), expected);
}

#[test]
fn inverse_and_determinant() {
    // [[x, 1], [1, x]] has the determinant x² − 1 and the inverse x/(x² − 1) in its corner.
    let (x, one) = (second(2.0), Second::from(1.0));
    let m = Transform2D::new(x, one, one, x, one, one);
    assert_eq!(to_second(m.determinant()), [3.0, 4.0, 2.0]);
    assert_close(to_second(m.inverse().unwrap().m11), [2.0 / 3.0, -5.0 / 9.0, 28.0 / 27.0], 1e-15);
}

/// Their `fast_atan2` is an approximation; its value is theirs, and its slope that of the angle.
#[test]
fn angle_of_a_vector() {
    let angle = Vector2D::new(second(3.0), Second::from(4.0)).angle_from_x_axis().get();
    let theirs = Vector2D::new(3.0, 4.0).angle_from_x_axis().get();
    assert_eq!(to_second(angle)[0], theirs);
    assert_close(to_second(angle), [theirs, -4.0 / 25.0, 24.0 / 625.0], 1e-15);
}

#[test]
fn length() {
    let length = Vector2D::new(second(3.0), Second::from(4.0)).length();
    assert_close(to_second(length), [5.0, 0.6, 16.0 / 125.0], 1e-15);
}

#[test]
fn rounding_is_constant() {
    let v = Vector2D::new(second(2.5), second(-2.5));
    assert_eq!(v.round().to_array().map(to_second), [[3.0, 0.0, 0.0], [-2.0, 0.0, 0.0]]);
    assert_eq!(v.floor().to_array().map(to_second), [[2.0, 0.0, 0.0], [-3.0, 0.0, 0.0]]);
    assert_eq!(v.ceil().to_array().map(to_second), [[3.0, 0.0, 0.0], [-2.0, 0.0, 0.0]]);
}
