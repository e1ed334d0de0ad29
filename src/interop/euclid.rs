//! `euclid`'s traits of numbers, for its angles, rotations and transformations.
//!
//! ```
//! use euclid::default::{Rotation2D, Vector2D};
//! use euclid::Angle;
//! use tangents::value_and_derivative;
//!
//! // Where (2, 0) is when it is turned by the angle t, and how fast it moves there.
//! let turned = |t| Rotation2D::new(Angle::radians(t)).transform_vector(Vector2D::new(2.0.into(), 0.0.into()));
//! let (y, dy) = value_and_derivative(|t| turned(t).y, 0.0);
//! assert_eq!((y, dy), (0.0, 2.0));
//! ```
//!
//! `Trig::fast_atan2`, which `euclid` takes angles from, is an approximation to three digits. Its value is the
//! approximation's, and its derivatives are those of the function that it approximates.

use euclid::Trig;
use euclid::approxeq::ApproxEq;
use euclid::num::{Ceil, Floor, Round};

use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;

macro_rules! euclid_traits {
    ($($Number:ident)*) => {$(
        impl<T: Real + Trig, const N: usize> Trig for $Number<T, N> {
            #[inline]
            fn sin(self) -> Self {
                Self::sin(self)
            }

            #[inline]
            fn cos(self) -> Self {
                Self::cos(self)
            }

            #[inline]
            fn tan(self) -> Self {
                Self::tan(self)
            }

            #[inline]
            fn fast_atan2(y: Self, x: Self) -> Self {
                let mut angle = y.atan2(x);
                angle.re = T::fast_atan2(y.re, x.re);
                angle
            }

            #[inline]
            fn degrees_to_radians(degrees: Self) -> Self {
                let mut radians = degrees.to_radians();
                radians.re = T::degrees_to_radians(degrees.re);
                radians
            }

            #[inline]
            fn radians_to_degrees(radians: Self) -> Self {
                let mut degrees = radians.to_degrees();
                degrees.re = T::radians_to_degrees(radians.re);
                degrees
            }
        }

        /// By value, as every comparison.
        impl<T: Real + ApproxEq<T>, const N: usize> ApproxEq<Self> for $Number<T, N> {
            #[inline]
            fn approx_epsilon() -> Self {
                Self::constant(T::approx_epsilon())
            }

            #[inline]
            fn approx_eq_eps(&self, other: &Self, epsilon: &Self) -> bool {
                self.re.approx_eq_eps(&other.re, &epsilon.re)
            }
        }

        euclid_traits!(@constant $Number: Round round, Floor floor, Ceil ceil);
    )*};
    (@constant $Number:ident: $($Trait:ident $name:ident),*) => {$(
        /// A constant.
        impl<T: Real + $Trait, const N: usize> $Trait for $Number<T, N> {
            #[inline]
            fn $name(self) -> Self {
                Self::constant($Trait::$name(self.re))
            }
        }
    )*};
}

euclid_traits!(Dual HyperDual Taylor);
