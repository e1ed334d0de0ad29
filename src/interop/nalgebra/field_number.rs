//! The numbers of functions over `RealField`, which this crate knows more of than that bound says.

use ::nalgebra::{RealField, Scalar};

use crate::rules::Number;

/// A type that is a [`Number`], whether a bound says so or not: every `T: Number`, and every `T: `[`FieldNumber`].
///
/// It is the bound of the functions of [`lie`](super::lie), and has no methods for others: so it may stand beside
/// [`RealField`] and make no call ambiguous. It is implemented for every `Number`; there is nothing to implement by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't known to be a number that rotations are made of",
    label = "not a `Number` nor a `FieldNumber`",
    note = "in a generic function write `T: FieldNumber` in place of `T: RealField + Copy`, which it implies",
    note = "the numbers of a `Function` are no `RealField`: implement `FieldFunction` for a function over that"
)]
pub trait AsNumber: Scalar + Copy {
    /// The type itself.
    #[doc(hidden)]
    type Number: Number;

    #[doc(hidden)]
    fn into_number(self) -> Self::Number;

    #[doc(hidden)]
    fn from_number(number: Self::Number) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Number> AsNumber for T {
    type Number = T;

    #[inline(always)]
    fn into_number(self) -> T {
        self
    }

    #[inline(always)]
    fn from_number(number: T) -> T {
        number
    }
}

/// A number of [`FieldFunction`](super::FieldFunction): a [`RealField`] that the functions of [`lie`](super::lie) take.
///
/// `f32`, `f64` and `Dual`, `HyperDual` and `Taylor` over them, nested to any depth. A function `T: RealField + Copy` runs
/// on it as it is; one that calls functions of `lie` and computes with `RealField`'s methods has this for its bound.
///
/// ```
/// use nalgebra::{RealField, UnitQuaternion, Vector3};
/// use tangents::interop::nalgebra::FieldNumber;
/// use tangents::interop::nalgebra::lie::quaternion;
///
/// /// The rotation by the angle about an axis that is turned by the angle itself.
/// fn turned<T: FieldNumber>(angle: T) -> UnitQuaternion<T> {
///     quaternion::exp(&Vector3::new(angle.cos() * angle, angle.sin() * angle, T::zero()))
/// }
///
/// assert_eq!(turned(0.0), UnitQuaternion::identity());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't known to be a number of `FieldFunction`",
    label = "not a `FieldNumber`",
    note = "in a generic function write `T: FieldNumber` in place of `T: RealField + Copy`, which it implies",
    note = "the numbers of a `Function` are no `RealField`: implement `FieldFunction` for a function over that"
)]
pub trait FieldNumber: RealField + Copy + AsNumber {}

#[diagnostic::do_not_recommend]
impl<T: RealField + Number> FieldNumber for T {}
