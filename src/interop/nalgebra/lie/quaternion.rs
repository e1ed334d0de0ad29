//! Rotations of space as `UnitQuaternion`.
//!
//! A quaternion and its negative are one rotation. All functions take either, and go the shorter way.

use ::nalgebra::{Quaternion, Unit, UnitQuaternion, Vector3};

use super::{AsNumber, algebra, numbers, vector};

/// w, x, y, z.
#[inline]
pub(super) fn parts<T: AsNumber>(q: &UnitQuaternion<T>) -> algebra::Quaternion<T::Number> {
    let [x, y, z, w] = core::array::from_fn(|i| q.as_ref().coords[i].into_number());
    [w, x, y, z]
}

#[inline]
pub(super) fn of_parts<T: AsNumber>([w, x, y, z]: algebra::Quaternion<T::Number>) -> UnitQuaternion<T> {
    let coords = [x, y, z, w].map(T::from_number);
    Unit::new_unchecked(Quaternion { coords: coords.into() })
}

/// The rotation by θ = |φ| about φ: cos(θ/2) + sin(θ/2)/θ·φ.
///
/// Smooth everywhere, at φ = 0 too, where `UnitQuaternion::from_scaled_axis` and `new` give a constant.
///
/// ```
/// use nalgebra::{Matrix3, Vector3};
/// use tangents::interop::nalgebra::{jacobian, lie::quaternion};
///
/// let q = quaternion::exp(&Vector3::new(0.0, 0.0, std::f64::consts::FRAC_PI_2));
/// assert!((q * Vector3::x() - Vector3::y()).norm() < 1e-15);
///
/// let j = jacobian(|phi| quaternion::exp(phi).imag(), &Vector3::<f64>::zeros());
/// assert_eq!(j, Matrix3::from_diagonal_element(0.5));
/// ```
#[doc(alias = "expmap")]
pub fn exp<T: AsNumber>(phi: &Vector3<T>) -> UnitQuaternion<T> {
    of_parts(algebra::exp(numbers(phi)))
}

/// The rotation vector φ of a rotation, its axis times its angle |φ| ≤ π: the inverse of [`exp`].
///
/// Smooth for every rotation by less than π, at the identity too. Beside π the derivatives across the axis are right as long as
/// the quaternion tells the axis.
///
/// # Edges
///
/// At π, where the real part w is 0, φ and −φ are the same rotation, and the logarithm jumps from one to the other. The value is
/// one of the two; a derivative is NaN in the components along which w moves, and that of rotating the axis in the others.
///
/// ```
/// use nalgebra::{UnitQuaternion, Vector3};
/// use tangents::interop::nalgebra::{jacobian, lie::quaternion};
///
/// let phi = Vector3::new(0.3, -0.2, 3.0);
/// let q = quaternion::exp(&phi);
/// assert!((quaternion::log(&q) - phi).norm() < 1e-15);
/// assert!((quaternion::log(&UnitQuaternion::new_unchecked(-q.into_inner())) - phi).norm() < 1e-15);
///
/// let through = jacobian(|phi| quaternion::log(&quaternion::exp(phi)), &Vector3::<f64>::zeros());
/// assert_eq!(through, nalgebra::Matrix3::identity());
/// ```
#[doc(alias = "logmap")]
pub fn log<T: AsNumber>(q: &UnitQuaternion<T>) -> Vector3<T> {
    vector(algebra::log(parts(q)))
}

/// q ⊞ v = q·exp(v): q, turned by v in its own frame.
///
/// ```
/// use nalgebra::{UnitQuaternion, Vector3};
/// use tangents::interop::nalgebra::lie::quaternion::{box_minus, box_plus};
///
/// let q = UnitQuaternion::from_euler_angles(0.1, 0.2, 0.3);
/// let v = Vector3::new(0.4, 0.5, 0.6);
/// assert!((box_minus(&box_plus(&q, &v), &q) - v).norm() < 1e-15);
/// ```
#[doc(alias = "rplus")]
pub fn box_plus<T: AsNumber>(q: &UnitQuaternion<T>, v: &Vector3<T>) -> UnitQuaternion<T> {
    of_parts(algebra::compose(parts(q), algebra::exp(numbers(v))))
}

/// q ⊟ p = log(p⁻¹·q): the v with p ⊞ v = q, |v| ≤ π.
///
/// Edges: those of [`log`], where the two differ by π.
///
/// ```
/// use nalgebra::{UnitQuaternion, Vector3};
/// use tangents::interop::nalgebra::lie::quaternion::box_minus;
///
/// let p = UnitQuaternion::from_axis_angle(&Vector3::z_axis(), 1.0);
/// let q = UnitQuaternion::from_axis_angle(&Vector3::z_axis(), 1.5);
/// assert!((box_minus(&q, &p) - Vector3::new(0.0, 0.0, 0.5)).norm() < 1e-15);
/// ```
#[doc(alias = "rminus")]
pub fn box_minus<T: AsNumber>(q: &UnitQuaternion<T>, p: &UnitQuaternion<T>) -> Vector3<T> {
    vector(algebra::log(algebra::compose(algebra::conjugate(parts(p)), parts(q))))
}

/// The rotation at `t` on the shortest way from p, at 0, to q, at 1: p·exp(t·log(p⁻¹·q)).
///
/// Smooth in p, q and t, also where p and q are equal or nearly so, and where one is nearly the other's negative, which is the
/// same rotation. `t` may lie outside of 0 and 1. At 1 it is the one of q and −q that is nearer to p.
///
/// Edges: those of [`log`], where p and q differ by π, and there are two ways. The value is on one of them, and has its
/// derivative in `t`.
///
/// ```
/// use nalgebra::{UnitQuaternion, Vector3};
/// use tangents::derivative;
/// use tangents::interop::nalgebra::lie::quaternion::{exp, log, slerp};
///
/// let [p, q] = [Vector3::new(0.0, 0.0, 1.0), Vector3::new(0.0, 0.0, 2.0)].map(|phi| exp(&phi));
/// assert!((log(&slerp(&p, &q, 0.25)) - Vector3::new(0.0, 0.0, 1.25)).norm() < 1e-15);
///
/// // It stands still from p to p, however p moves.
/// let rest = derivative(|t| slerp(&exp(&Vector3::new(t, t, t)), &exp(&Vector3::new(t, t, t)), t).i, 0.0);
/// assert_eq!(rest, 0.5);
/// ```
pub fn slerp<T: AsNumber>(p: &UnitQuaternion<T>, q: &UnitQuaternion<T>, t: T) -> UnitQuaternion<T> {
    of_parts(algebra::slerp(parts(p), parts(q), t.into_number()))
}

/// The shortest rotation that takes the direction of a to that of b. None if there is no such one: if the vectors are opposite up to
/// rounding, or if one is zero or not finite.
///
/// The vectors may have any length. Smooth where they are parallel; and beside opposite ones right as long as their components
/// tell the axis, which turns the faster the nearer they are.
///
/// ```
/// use nalgebra::{Matrix3, Vector3};
/// use tangents::interop::nalgebra::{jacobian, lie::quaternion::{log, rotation_between}};
///
/// let q = rotation_between(&Vector3::x(), &Vector3::new(0.0, 2.0, 0.0)).unwrap();
/// assert!((q * Vector3::x() - Vector3::y()).norm() < 1e-15);
/// assert_eq!(rotation_between(&Vector3::x(), &Vector3::new(-1.0, 0.0, 0.0)), None);
///
/// // Of the parallel vectors z and z + v: z × v.
/// let j = jacobian(|b| log(&rotation_between(&Vector3::z(), b).unwrap()), &Vector3::<f64>::z());
/// assert_eq!(j, Matrix3::new(0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0));
/// ```
pub fn rotation_between<T: AsNumber>(a: &Vector3<T>, b: &Vector3<T>) -> Option<UnitQuaternion<T>> {
    algebra::rotation_between(numbers(a), numbers(b)).map(of_parts)
}
