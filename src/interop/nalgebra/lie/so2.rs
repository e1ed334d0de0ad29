//! Rotations of the plane as `Rotation2`.
//!
//! Here `nalgebra`'s own functions have their derivatives; these take more numbers, and complete the table.

use ::nalgebra::{Matrix2, Rotation2};
use num_traits::Float;

use super::AsNumber;

/// The rotation by `angle`, against the clock.
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::interop::nalgebra::lie::so2;
///
/// assert!((so2::exp(std::f64::consts::FRAC_PI_2) * Vector2::x() - Vector2::y()).norm() < 1e-15);
/// ```
pub fn exp<T: AsNumber>(angle: T) -> Rotation2<T> {
    let (sin, cos) = angle.into_number().sin_cos();
    let [m11, m12, m21, m22] = [cos, -sin, sin, cos].map(T::from_number);
    Rotation2::from_matrix_unchecked(Matrix2::new(m11, m12, m21, m22))
}

/// The angle of a rotation, from −π to π: the inverse of [`exp`].
///
/// It is smooth except at π. There it jumps by 2π, the value is π or −π by the sign of the sine, as of `atan2`, and the derivatives are
/// those of both sides.
///
/// ```
/// use tangents::derivative;
/// use tangents::interop::nalgebra::lie::so2;
///
/// assert!((so2::log(&so2::exp(3.0_f64)) - 3.0).abs() < 1e-15);
/// assert_eq!(derivative(|angle| so2::log(&so2::exp(angle)), 0.0), 1.0);
/// ```
pub fn log<T: AsNumber>(r: &Rotation2<T>) -> T {
    let m = r.matrix();
    T::from_number(m[(1, 0)].into_number().atan2(m[(0, 0)].into_number()))
}

/// r ⊞ angle, r turned by an angle.
///
/// ```
/// use tangents::interop::nalgebra::lie::so2::{box_minus, box_plus, exp};
///
/// let r = exp(3.0_f64);
/// assert!((box_minus(&box_plus(&r, 0.5), &r) - 0.5).abs() < 1e-15);
/// ```
#[doc(alias = "rplus")]
pub fn box_plus<T: AsNumber>(r: &Rotation2<T>, angle: T) -> Rotation2<T> {
    Rotation2::from_matrix_unchecked(product(r, &exp(angle), false))
}

/// r ⊟ s, the angle of s⁻¹·r, from −π to π; at the jump as [`log`].
///
/// ```
/// use tangents::interop::nalgebra::lie::so2::{box_minus, exp};
///
/// // Across π.
/// assert!((box_minus(&exp(-3.0_f64), &exp(3.0)) - (std::f64::consts::TAU - 6.0)).abs() < 1e-15);
/// ```
#[doc(alias = "rminus")]
pub fn box_minus<T: AsNumber>(r: &Rotation2<T>, s: &Rotation2<T>) -> T {
    log(&Rotation2::from_matrix_unchecked(product(s, r, true)))
}

/// The rotation at `t` on the shortest way from r, at 0, to s, at 1.
///
/// ```
/// use tangents::interop::nalgebra::lie::so2::{exp, log, slerp};
///
/// assert!((log(&slerp(&exp(1.0_f64), &exp(2.0), 0.25)) - 1.25).abs() < 1e-15);
/// ```
pub fn slerp<T: AsNumber>(r: &Rotation2<T>, s: &Rotation2<T>, t: T) -> Rotation2<T> {
    box_plus(r, T::from_number(box_minus(s, r).into_number() * t.into_number()))
}

/// The product of two rotations, or of the inverse of the first and the second.
fn product<T: AsNumber>(a: &Rotation2<T>, b: &Rotation2<T>, inverse: bool) -> Matrix2<T> {
    let entry = |m: &Rotation2<T>, i, j| m.matrix()[(i, j)].into_number();
    Matrix2::from_fn(|i, j| {
        let left = |k| if inverse { entry(a, k, i) } else { entry(a, i, k) };
        T::from_number(left(0) * entry(b, 0, j) + left(1) * entry(b, 1, j))
    })
}
