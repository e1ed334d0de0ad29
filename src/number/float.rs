//! What all numbers share of the elementary functions: the piecewise ones, the questions, and num-traits' `Float`
//! and `FloatCore`. The smooth functions are with each number.
//!
//! The methods are inherent so that `x.sin()` means one thing however many numeric traits are in scope.

use core::num::FpCategory;

use num_traits::Float;
use num_traits::float::FloatCore;

use super::components::Components;
use super::kinks::{magnitude, positive_difference, signed_magnitude, tie, undefined2};
use super::rows::emit_forwards;
use super::{Dual, DualOrConstant, HyperDual, Taylor, for_each_number, for_every_number, variable_in_docs};
use crate::number::inspect;
use crate::real::Real;
use crate::rules::branches::{self, Choice};
use crate::rules::table::for_each_unary_rule;

/// Trait methods that are the inherent method of the same name.
macro_rules! forward {
    ($($name:ident($($arg:ident: $Arg:ty),*) -> $Out:ty;)*) => {$(
        #[inline]
        fn $name(self $(, $arg: $Arg)*) -> $Out {
            Self::$name(self $(, $arg)*)
        }
    )*};
}

/// Trait functions that give the constant that `T` gives.
macro_rules! constants {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name() -> Self {
            Self::constant(T::$name())
        }
    )*};
}

macro_rules! elementary {
    ($Number:ident) => {
        /// Piecewise functions, and functions of two or three variables; the cases are in [`rules`](crate::rules).
        #[allow(unreachable_pub)] // of the number that only drivers name
        impl<T: Real, const N: usize> $Number<T, N> {
            /// The absolute value; slope the sign of x, 0 at ±0, where no second derivative exists.
            #[inline]
            pub fn abs(self) -> Self {
                let y = self.re.abs();
                if self.re == T::zero() {
                    return magnitude(self, y);
                }
                self.linear(y, branches::abs(self.re))
            }

            /// The sign of the value, ±1, also of ±0; a constant.
            #[inline]
            pub fn signum(self) -> Self {
                Self::constant(self.re.signum())
            }

            /// The largest integer not above the value; a constant.
            #[inline]
            pub fn floor(self) -> Self {
                Self::constant(self.re.floor())
            }

            /// The smallest integer not below the value; a constant.
            #[inline]
            pub fn ceil(self) -> Self {
                Self::constant(self.re.ceil())
            }

            /// The nearest integer, halves away from zero; a constant.
            #[inline]
            pub fn round(self) -> Self {
                Self::constant(self.re.round())
            }

            /// The value without its fraction; a constant.
            #[inline]
            pub fn trunc(self) -> Self {
                Self::constant(self.re.trunc())
            }

            /// `x − trunc(x)`; slope 1.
            #[inline]
            pub fn fract(self) -> Self {
                let y = self.re.fract();
                self.linear(y, branches::defined(y, T::one()))
            }

            /// The reciprocal `1/x`; slope `−1/x²`, at the pole ±0 NaN.
            #[inline]
            pub fn recip(self) -> Self {
                self.under(self.re.recip())
            }

            /// Radians in degrees; slope 180/π.
            #[inline]
            pub fn to_degrees(self) -> Self {
                self.map(T::to_degrees)
            }

            /// Degrees in radians; slope π/180.
            #[inline]
            pub fn to_radians(self) -> Self {
                self.map(T::to_radians)
            }

            /// The larger of two numbers with its tangents; at a tie the average of both tangents, and no second derivative
            /// exists unless the tangents are equal.
            ///
            /// A NaN counts as missing, as in `f64::max`.
            #[inline]
            pub fn max(self, other: Self) -> Self {
                let re = self.re.max(other.re);
                self.chosen(other, &branches::max(self.re, other.re), re)
            }

            /// The smaller of two numbers with its tangents; at a tie as in [`max`](Self::max).
            ///
            /// A NaN counts as missing, as in `f64::min`.
            #[inline]
            pub fn min(self, other: Self) -> Self {
                let re = self.re.min(other.re);
                self.chosen(other, &branches::min(self.re, other.re), re)
            }

            #[inline]
            fn chosen(self, other: Self, choice: &Choice, re: T) -> Self {
                let chosen = match choice {
                    Choice::Left => self,
                    Choice::Right => other,
                    Choice::Tie => return tie(self, other, re),
                };
                chosen.with_value(re)
            }

            /// `self` within `min ..= max`, with the tangents of the branch that gives the value; on a bound those of
            /// `self.max(min).min(max)`, the average.
            ///
            /// # Panics
            ///
            /// Where `T::clamp` does: for `f64`, if `min > max` or either is NaN.
            #[inline]
            pub fn clamp(self, min: Self, max: Self) -> Self {
                let re = self.re.clamp(min.re, max.re);
                self.between(min, max).with_value(re)
            }

            /// The branches of [`clamp`](Self::clamp), in which the lower bound wins.
            #[inline]
            pub(crate) fn between(self, min: Self, max: Self) -> Self {
                if self.re < min.re {
                    min
                } else if self.re > max.re {
                    max
                } else if self.re == min.re || self.re == max.re {
                    let average = self.max(min).min(max);
                    average.with_value(inspect::with_value(average.re, self.re)) // ±0 as it is
                } else {
                    self
                }
            }

            /// `self − other` where that is positive, otherwise the constant 0; where they are equal, the average of both.
            #[inline]
            pub fn abs_sub(self, other: Self) -> Self {
                #[allow(deprecated)]
                let re = self.re.abs_sub(other.re);
                if self.re == other.re {
                    positive_difference(self, other, re)
                } else if self.re < other.re {
                    Self::constant(re)
                } else {
                    (self - other).with_value(re)
                }
            }

            /// The magnitude of `self` with the sign of `sign`; slopes ±1 in `self`, at ±0 as of [`abs`](Self::abs), and 0 in
            /// `sign`, NaN if both are ±0.
            #[inline]
            pub fn copysign(self, sign: Self) -> Self {
                let re = self.re.copysign(sign.re);
                if self.re == T::zero() {
                    return signed_magnitude(self, sign, re);
                }
                let same = self.re.is_sign_negative() == sign.re.is_sign_negative();
                (if same { self } else { -self }).with_value(re)
            }

            /// `self·a + b` with one rounding of the value; tangents `ẋ·a + x·ȧ + ḃ`.
            #[inline]
            pub fn mul_add(self, a: Self, b: Self) -> Self {
                (self * a + b).with_value(self.re.mul_add(a.re, b.re))
            }
        }

        /// What a number is: all of it is asked of the value (law 2).
        #[allow(unreachable_pub)] // as above
        impl<T: Real, const N: usize> $Number<T, N> {
            /// Whether the value is NaN.
            #[inline]
            pub fn is_nan(self) -> bool {
                self.re.is_nan()
            }

            /// Whether the value is ±∞.
            #[inline]
            pub fn is_infinite(self) -> bool {
                self.re.is_infinite()
            }

            /// Whether the value is neither infinite nor NaN.
            #[inline]
            pub fn is_finite(self) -> bool {
                self.re.is_finite()
            }

            /// Whether the value is neither zero, subnormal, infinite nor NaN.
            #[inline]
            pub fn is_normal(self) -> bool {
                self.re.is_normal()
            }

            /// Whether the value is subnormal.
            #[inline]
            pub fn is_subnormal(self) -> bool {
                self.re.is_subnormal()
            }

            /// The floating-point category of the value.
            #[inline]
            pub fn classify(self) -> FpCategory {
                self.re.classify()
            }

            /// Whether the value's sign bit is clear.
            #[inline]
            pub fn is_sign_positive(self) -> bool {
                self.re.is_sign_positive()
            }

            /// Whether the value's sign bit is set.
            #[inline]
            pub fn is_sign_negative(self) -> bool {
                self.re.is_sign_negative()
            }

            /// Mantissa, exponent and sign of the value; the tangents aren't in it.
            #[inline]
            pub fn integer_decode(self) -> (u64, i16, i8) {
                self.re.integer_decode()
            }
        }

        impl<T: Real, const N: usize> Float for $Number<T, N> {
            for_each_unary_rule!(emit_forwards []);

            forward! {
                recip() -> Self;
                abs() -> Self;
                signum() -> Self;
                floor() -> Self;
                ceil() -> Self;
                round() -> Self;
                trunc() -> Self;
                fract() -> Self;
                to_degrees() -> Self;
                to_radians() -> Self;
                max(other: Self) -> Self;
                min(other: Self) -> Self;
                clamp(min: Self, max: Self) -> Self;
                abs_sub(other: Self) -> Self;
                copysign(sign: Self) -> Self;
                mul_add(a: Self, b: Self) -> Self;
                powi(n: i32) -> Self;
                powf(n: Self) -> Self;
                log(base: Self) -> Self;
                hypot(other: Self) -> Self;
                atan2(other: Self) -> Self;
                sin_cos() -> (Self, Self);
                is_nan() -> bool;
                is_infinite() -> bool;
                is_finite() -> bool;
                is_normal() -> bool;
                is_subnormal() -> bool;
                is_sign_positive() -> bool;
                is_sign_negative() -> bool;
                classify() -> FpCategory;
                integer_decode() -> (u64, i16, i8);
            }

            constants! {
                nan infinity neg_infinity neg_zero min_value min_positive_value max_value epsilon
            }
        }
    };
}

for_every_number!(elementary);

/// What generic functions can't call, and so isn't for the number that only drivers name.
macro_rules! named {
    ($Number:ident) => {
        impl<T: Real, const N: usize> $Number<T, N> {
            /// The Euclidean quotient: the integer k with `0 ≤ x − k·y < |y|`; a constant, and without derivative where there
            /// is no remainder.
            #[inline]
            pub fn div_euclid(self, y: Self) -> Self {
                let (quotient, remainder) = ((self.re / y.re).trunc(), self.re % y.re);
                if remainder >= T::zero() {
                    Self::constant(quotient)
                } else if remainder < T::zero() {
                    let down = y.re > T::zero();
                    Self::constant(if down { quotient - T::one() } else { quotient + T::one() })
                } else {
                    undefined2(self, y, quotient)
                }
            }

            /// The Euclidean remainder `x − k·y` in `[0, |y|)`; slopes 1 in x and −k in y.
            #[inline]
            pub fn rem_euclid(self, y: Self) -> Self {
                let truncated = self % y;
                if truncated.re < T::zero() { truncated + y.abs() } else { truncated }
            }

            /// Whether every component but the value is exactly zero, in a nested number with all that the components carry.
            ///
            /// ```
            #[doc = concat!("use tangents::", stringify!($Number), ";")]
            ///
            #[doc = concat!("assert!(", stringify!($Number), "::<f64, 2>::constant(3.0).is_constant());")]
            #[doc = concat!("assert!(!", stringify!($Number), "::<f64, 2>::", variable_in_docs!($Number), ".is_constant());")]
            /// ```
            #[inline]
            pub fn is_constant(&self) -> bool {
                self.with_value(T::zero()).all(*self, |c, _| inspect::is_zero(c))
            }

            /// Whether `self` and `other` are the same number bit for bit, in value and derivatives.
            ///
            /// Unlike `==`, which compares values, it tells −0 from 0 and finds a NaN identical to itself.
            ///
            /// ```
            #[doc = concat!("use tangents::", stringify!($Number), ";")]
            ///
            #[doc = concat!("let (x, c) = (", stringify!($Number), "::<f64, 1>::", variable_in_docs!($Number), ", ", stringify!($Number), "::constant(3.0));")]
            /// assert!(x == c && !x.identical(&c));
            /// assert!(x.identical(&x));
            /// ```
            #[inline]
            pub fn identical(&self, other: &Self) -> bool {
                self.all(*other, inspect::identical)
            }
        }

        impl<T: Real, const N: usize> FloatCore for $Number<T, N> {
            forward! {
                recip() -> Self;
                abs() -> Self;
                signum() -> Self;
                floor() -> Self;
                ceil() -> Self;
                round() -> Self;
                trunc() -> Self;
                fract() -> Self;
                to_degrees() -> Self;
                to_radians() -> Self;
                max(other: Self) -> Self;
                min(other: Self) -> Self;
                clamp(min: Self, max: Self) -> Self;
                powi(n: i32) -> Self;
                is_nan() -> bool;
                is_infinite() -> bool;
                is_finite() -> bool;
                is_normal() -> bool;
                is_subnormal() -> bool;
                is_sign_positive() -> bool;
                is_sign_negative() -> bool;
                classify() -> FpCategory;
                integer_decode() -> (u64, i16, i8);
            }

            constants! {
                nan infinity neg_infinity neg_zero min_value min_positive_value max_value epsilon
            }
        }
    };
}

for_each_number!(named);
