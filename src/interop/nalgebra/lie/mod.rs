//! Rotations and rigid motions: exponential and logarithm, differences and sums, Jacobians, with all their derivatives.
//!
//! What `nalgebra`'s own constructors lose at the identity and near π ([see there](super#rotations)) these have: values and
//! derivatives of every order are right at the identity, beside it at any distance, and up to π, where a logarithm ends.
//!
//! ```
//! use nalgebra::{UnitQuaternion, Vector3};
//! use tangents::interop::nalgebra::{jacobian, lie::quaternion};
//!
//! // Where the point (1, 0, 0) goes if it is turned a little: ∂(φ × x)/∂φ.
//! let turn = |phi: &Vector3<_>| quaternion::exp(phi) * Vector3::x();
//! let j = jacobian(turn, &Vector3::<f64>::zeros());
//! assert_eq!(j.column(2), Vector3::y());
//!
//! // Not with nalgebra's constructor: at zero it gives a constant.
//! let lost = jacobian(|phi| UnitQuaternion::from_scaled_axis(*phi) * Vector3::x(), &Vector3::<f64>::zeros());
//! assert_eq!(lost.column(2), Vector3::zeros());
//! ```
//!
//! | module | group | type | tangent |
//! |---|---|---|---|
//! | [`so2`] | SO(2) | `Rotation2` | angle |
//! | [`complex`] | SO(2) | `UnitComplex` | angle |
//! | [`so3`] | SO(3) | `Rotation3` | `Vector3`, axis times angle |
//! | [`quaternion`] | SO(3), twice | `UnitQuaternion` | `Vector3`, axis times angle |
//! | [`se3`] | SE(3) | `Isometry3` | `Vector6`, translation before rotation |
//!
//! Each has `exp`, `log`, `box_plus` and `box_minus`; `so3` and `se3` have the left and right Jacobians and their inverses,
//! which are those of `quaternion` too; rotations have `slerp`, those of space `rotation_between`.
//!
//! # Conventions
//!
//! Those of Sophus and manif. Steps are taken in the frame of the body, on the right:
//!
//! - `box_plus(x, v)` = x·exp(v), and `box_minus(y, x)` = log(x⁻¹·y), so `box_plus(x, box_minus(y, x))` is y.
//! - The left Jacobian J and the right one R of the exponential are exp(φ + δ) = exp(J·δ)·exp(φ) = exp(φ)·exp(R·δ) for small δ.
//!
//! GTSAM has the rotation first in a tangent of SE(3). Ceres' manifolds of quaternions step on the left, and by twice the angle:
//! `quaternion::exp(&(v * 2.0)) * q`.
//!
//! # Numbers
//!
//! Every function takes plain floats, `Dual`, `HyperDual` and `Taylor` at any nesting, and the numbers of function values, of
//! [`Function`](crate::Function) and [`FieldFunction`](super::FieldFunction): [`AsNumber`]. In a generic
//! function of your own that computes with `RealField` too, the bound is [`FieldNumber`](super::FieldNumber).
//!
//! Data are numbers of another type: in a closure `so3::exp(phi) * p.cast()`, in a function over `T: Number` `p.map(T::lit)`. There
//! `nalgebra` multiplies a `Rotation3` by vectors, but neither a `UnitQuaternion` nor an `Isometry3`, which want `RealField`: take `so3`, and
//! `R·p + t`.
//!
//! A rotation of dual numbers must be one in its derivatives too, as it is where it comes from these functions, from products,
//! inverses and `new_normalize`; else a derivative is that of a function that this page doesn't define.
//!
//! # Accuracy
//!
//! The formulas are functions of θ² without a branch at small angles and without cancellation; the tests compare values and
//! derivatives to third order with references of 50 digits, at angles from 0 over 10⁻¹² to beside π, in `f64` and `f32`.
//! Formulas: Solà, Deray, Atchuthan 2018, *A micro Lie theory for state estimation in robotics*; how they are computed stands
//! in the sources.

mod algebra;
pub mod complex;
pub mod quaternion;
pub mod se3;
pub mod so2;
pub mod so3;

use ::nalgebra::{Matrix3, Vector3};

use super::AsNumber;

/// The numbers of a vector.
#[inline]
fn numbers<T: AsNumber>(v: &Vector3<T>) -> [T::Number; 3] {
    core::array::from_fn(|i| v[i].into_number())
}

#[inline]
fn vector<T: AsNumber>(v: [T::Number; 3]) -> Vector3<T> {
    v.map(T::from_number).into()
}

#[inline]
fn matrix<T: AsNumber>(m: &[[T::Number; 3]; 3]) -> Matrix3<T> {
    Matrix3::from_fn(|r, c| T::from_number(m[r][c]))
}
