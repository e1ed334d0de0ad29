//! `simba`'s traits of numbers, for `nalgebra` and what is built on it.
//!
//! With them a [`Dual`] is a `nalgebra::RealField`, over every `T` that can be printed and sent to another thread: over
//! `f32` and `f64`, nested to any depth, and over floats that have none of `simba`'s traits themselves. Each generation
//! of `simba` has a feature of its own, and a program can have all of them.
//!
//! ```
//! # #[cfg(feature = "simba")] {
//! use simba::scalar::RealField;
//! use tangents::derivative;
//!
//! /// The angle of (x, 1) from the first axis.
//! fn angle<T: RealField + Copy>(x: T) -> T {
//!     T::one().atan2(x)
//! }
//!
//! assert_eq!(derivative(angle, 1.0), -0.5);
//! # }
//! ```
//!
//! # Conversions
//!
//! Primitive numbers are subsets of the dual numbers, as `simba` has them of each other: every one converts, and back,
//! even where digits are lost. So converting back gives the value and drops the tangents, when it is asked for by name
//! (`nalgebra::try_convert::<_, f64>(x)`): the control flow of `nalgebra`'s `exp` asks for it, and unwraps what it gets.
//! `m.cast()` of a matrix of plain numbers is that of constants.
//!
//! # Zero
//!
//! `sinc` and `sinhc` have their derivatives at 0 too, of every order, and close to all their digits up to |x| = 3; beyond
//! it, orders far above |x| lose digits. `cosc` and `coshc` are 1 there by `simba`'s convention, and rise without bound
//! beside it: their slope is −∞. `signum` is a constant everywhere, and `abs`, `modulus`, `norm1`, `hypot` have the slopes
//! of the methods of [`Dual`].

use core::fmt::{Debug, Display};

use num_traits::{AsPrimitive, Float, FloatConst, Signed, ToPrimitive};

use crate::number::inspect;
use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;

/// Trait methods that are the inherent method of the same name.
macro_rules! forward {
    ($($name:ident($($arg:ident: $Arg:ty),*) -> $Out:ty;)*) => {$(
        #[inline]
        fn $name(self $(, $arg: $Arg)*) -> $Out {
            Self::$name(self $(, $arg)*)
        }
    )*};
}

/// Constants of `FloatConst` under `simba`'s names.
macro_rules! constants {
    ($($name:ident $NAME:ident)*) => {$(
        #[inline]
        fn $name() -> Self {
            <Self as FloatConst>::$NAME()
        }
    )*};
}

/// Primitive numbers as subsets.
macro_rules! primitive_subsets {
    ($simba:ident $Number:ident; $($P:ident $to_primitive:ident)*) => {$(
        /// A constant, and back the value as `as` converts it.
        impl<T: Real, const N: usize> $simba::scalar::SubsetOf<$Number<T, N>> for $P {
            #[inline]
            fn to_superset(&self) -> $Number<T, N> {
                <$Number<T, N> as num_traits::NumCast>::from(*self).unwrap_or_else(Float::nan)
            }

            #[inline]
            fn from_superset_unchecked(number: &$Number<T, N>) -> Self {
                // None of an integer that is out of range, which `as` brings to the bound.
                number.$to_primitive().unwrap_or_else(|| number.to_f64().unwrap_or(f64::NAN).as_())
            }

            #[inline]
            fn is_in_subset(_: &$Number<T, N>) -> bool {
                true
            }
        }
    )*};
}

/// The traits of one generation of `simba`. What differs between generations is how the one lane is stated.
macro_rules! simba_traits {
    ($Number:ident, $simba:ident, $($lanes:tt)*) => {
        /// One lane in the sense of SIMD, whatever number of tangents.
        impl<T: Real, const N: usize> $simba::simd::SimdValue for $Number<T, N> {
            type Element = Self;
            type SimdBool = bool;

            $($lanes)*

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn splat(number: Self) -> Self {
                number
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn extract(&self, _: usize) -> Self {
                *self
            }

            // The trait asks for `unsafe`; with one lane there is nothing to check, here and in `replace_unchecked`.
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn extract_unchecked(&self, _: usize) -> Self {
                *self
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn replace(&mut self, _: usize, number: Self) {
                *self = number;
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn replace_unchecked(&mut self, _: usize, number: Self) {
                *self = number;
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn select(self, cond: bool, other: Self) -> Self {
                if cond { self } else { other }
            }
        }

        impl<T: Real, const N: usize> $simba::simd::PrimitiveSimdValue for $Number<T, N> {}

        impl<T: Real, const N: usize> $simba::scalar::Field for $Number<T, N> {}

        primitive_subsets! {
            $simba $Number;
            i8 to_i8 i16 to_i16 i32 to_i32 i64 to_i64 i128 to_i128 isize to_isize
            u8 to_u8 u16 to_u16 u32 to_u32 u64 to_u64 u128 to_u128 usize to_usize
            f32 to_f32 f64 to_f64
        }

        /// Itself, with its tangents.
        impl<T: Real, const N: usize> $simba::scalar::SubsetOf<Self> for $Number<T, N> {
            #[inline]
            fn to_superset(&self) -> Self {
                *self
            }

            #[inline]
            fn from_superset_unchecked(number: &Self) -> Self {
                *number
            }

            #[inline]
            fn is_in_subset(_: &Self) -> bool {
                true
            }
        }

        simba_traits!(@precision $simba $Number f32 f64);
        simba_traits!(@precision $simba $Number f64 f32);

        /// A real number among the complex ones; what a real number is of them, `simba` says by its implementation for
        /// `f64`.
        impl<T, const N: usize> $simba::scalar::ComplexField for $Number<T, N>
        where
            T: Real + Send + Sync + Debug + Display,
        {
            type RealField = Self;

            forward! {
                floor() -> Self;
                ceil() -> Self;
                round() -> Self;
                trunc() -> Self;
                fract() -> Self;
                abs() -> Self;
                recip() -> Self;
                mul_add(a: Self, b: Self) -> Self;
                hypot(other: Self) -> Self;
                sin() -> Self;
                cos() -> Self;
                tan() -> Self;
                asin() -> Self;
                acos() -> Self;
                atan() -> Self;
                sinh() -> Self;
                cosh() -> Self;
                tanh() -> Self;
                asinh() -> Self;
                acosh() -> Self;
                atanh() -> Self;
                sin_cos() -> (Self, Self);
                log(base: Self) -> Self;
                log2() -> Self;
                log10() -> Self;
                ln() -> Self;
                ln_1p() -> Self;
                sqrt() -> Self;
                cbrt() -> Self;
                exp() -> Self;
                exp2() -> Self;
                exp_m1() -> Self;
                powi(n: i32) -> Self;
                powf(n: Self) -> Self;
            }

            #[inline]
            fn from_real(re: Self) -> Self {
                re
            }

            #[inline]
            fn real(self) -> Self {
                self
            }

            #[inline]
            fn imaginary(self) -> Self {
                Real::lit(0.0)
            }

            #[inline]
            fn conjugate(self) -> Self {
                self
            }

            #[inline]
            fn modulus(self) -> Self {
                self.abs()
            }

            #[inline]
            fn modulus_squared(self) -> Self {
                self * self
            }

            #[inline]
            fn norm1(self) -> Self {
                self.abs()
            }

            #[inline]
            fn argument(self) -> Self {
                let zero: Self = Real::lit(0.0);
                if self >= zero { zero } else { FloatConst::PI() }
            }

            #[inline]
            fn to_exp(self) -> (Self, Self) {
                let (zero, one): (Self, Self) = (Real::lit(0.0), Real::lit(1.0));
                if self == zero {
                    // The kink of a magnitude; the sign of a zero stays, as in `simba`'s for `f64`.
                    (if self.is_sign_negative() { -self.abs() } else { self.abs() }, one)
                } else if self > zero {
                    (self, one)
                } else {
                    (-self, -one)
                }
            }

            #[inline]
            fn signum(self) -> Self {
                Signed::signum(&self)
            }

            #[inline]
            fn scale(self, factor: Self) -> Self {
                self * factor
            }

            #[inline]
            fn unscale(self, factor: Self) -> Self {
                self / factor
            }

            #[inline]
            fn powc(self, n: Self) -> Self {
                self.powf(n)
            }

            #[inline]
            fn sinc(self) -> Self {
                cardinal(self, self.sin(), -1.0)
            }

            #[inline]
            fn sinhc(self) -> Self {
                cardinal(self, self.sinh(), 1.0)
            }

            #[inline]
            fn cosc(self) -> Self {
                cocardinal(self, self.cos())
            }

            #[inline]
            fn coshc(self) -> Self {
                cocardinal(self, self.cosh())
            }

            #[inline]
            fn is_finite(&self) -> bool {
                Self::is_finite(*self)
            }

            #[inline]
            fn try_sqrt(self) -> Option<Self> {
                (self >= <Self as Real>::lit(0.0)).then(|| self.sqrt())
            }
        }

        impl<T, const N: usize> $simba::scalar::RealField for $Number<T, N>
        where
            T: Real + Send + Sync + Debug + Display,
        {
            forward! {
                copysign(sign: Self) -> Self;
                max(other: Self) -> Self;
                min(other: Self) -> Self;
                atan2(other: Self) -> Self;
            }

            #[inline]
            fn is_sign_positive(&self) -> bool {
                Self::is_sign_positive(*self)
            }

            #[inline]
            fn is_sign_negative(&self) -> bool {
                Self::is_sign_negative(*self)
            }

            // Not `Self::clamp`, which panics where min > max.
            #[inline]
            fn clamp(self, min: Self, max: Self) -> Self {
                self.between(min, max)
            }

            #[inline]
            fn min_value() -> Option<Self> {
                Some(Float::min_value())
            }

            #[inline]
            fn max_value() -> Option<Self> {
                Some(Float::max_value())
            }

            constants! {
                pi PI
                two_pi TAU
                frac_pi_2 FRAC_PI_2
                frac_pi_3 FRAC_PI_3
                frac_pi_4 FRAC_PI_4
                frac_pi_6 FRAC_PI_6
                frac_pi_8 FRAC_PI_8
                frac_1_pi FRAC_1_PI
                frac_2_pi FRAC_2_PI
                frac_2_sqrt_pi FRAC_2_SQRT_PI
                e E
                log2_e LOG2_E
                log10_e LOG10_E
                ln_2 LN_2
                ln_10 LN_10
            }
        }
    };
    (@precision $simba:ident $Number:ident $P:ident $Q:ident) => {
        /// The other precision, tangents too.
        impl<const N: usize> $simba::scalar::SubsetOf<$Number<$Q, N>> for $Number<$P, N> {
            #[inline]
            fn to_superset(&self) -> $Number<$Q, N> {
                self.as_()
            }

            #[inline]
            fn from_superset_unchecked(number: &$Number<$Q, N>) -> Self {
                number.as_()
            }

            #[inline]
            fn is_in_subset(_: &$Number<$Q, N>) -> bool {
                true
            }
        }
    };
}

/// The traits of one generation for every number.
macro_rules! for_each_number {
    ($($generation:tt)*) => {
        simba_traits!(Dual, $($generation)*);
        simba_traits!(HyperDual, $($generation)*);
        simba_traits!(Taylor, $($generation)*);
    };
}

#[cfg(feature = "simba")]
use ::simba as simba_0_10;

#[cfg(feature = "simba")]
for_each_number!(simba_0_10, const LANES: usize = 1;);
#[cfg(feature = "simba_0_9")]
for_each_number!(simba_0_9, const LANES: usize = 1;);
#[cfg(feature = "simba_0_8")]
for_each_number!(
    simba_0_8,
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn lanes() -> usize {
        1
    }
);

/// f(x)/x of f = sin (`sign` −1) or sinh (`sign` 1), and 1 at x = 0.
///
/// As a quotient it has the bits of the primal, but tangents that cancel, the more the higher their order is above |x|, and
/// that are NaN at 0. The series Σ (±x²)ᵏ/(2k + 1)! has good tangents, of every order, and a value that may be some ulps
/// off. So up to |x| = 3, where its terms begin to cancel, it is the series, plus what its value lacks, as a constant.
fn cardinal<S: Real>(x: S, f: S, sign: f64) -> S {
    let quotient = quotient(f, x);
    if x.abs() > S::lit(3.0) || x.is_nan() {
        return quotient;
    }
    let square = x * x * S::lit(sign);
    let (mut series, mut term, mut k) = (S::one(), S::one(), S::zero());
    loop {
        k = k + S::one();
        term = term * square / (S::lit(2.0) * k * (S::lit(2.0) * k + S::one()));
        let sum = series + term;
        // Not the value alone: at x = 0 it is there with the first term, and each order of tangents has a term of its own.
        if inspect::identical(sum, series) {
            break;
        }
        series = sum;
    }
    if x == S::zero() {
        return series;
    }
    // A whole number of these units, since both are above 1/32; rounding makes a constant of it.
    let unit = S::epsilon() * S::lit(1.0 / 64.0);
    series + ((quotient - series) / unit).round() * unit
}

/// f(x)/x of f = cos or cosh, and 1 at x = 0.
fn cocardinal<S: Real>(x: S, f: S) -> S {
    if x == S::zero() {
        // The slope is −∞ to either side; the cube root has an infinite one, and value 0.
        S::one() - x.cbrt()
    } else {
        quotient(f, x)
    }
}

/// f/x of an f(x), with lanes that are zero where those of x are; a quotient as such has NaN beside an infinite value.
#[inline]
fn quotient<S: Real>(f: S, x: S) -> S {
    let quotient = f / x;
    if quotient.is_finite() {
        quotient
    } else if quotient.is_nan() {
        x.sin() // x is ±∞ or NaN
    } else if f.is_infinite() {
        f.copysign(quotient) // x is large
    } else {
        x.recip() // x is next to 0, and f is 1
    }
}
