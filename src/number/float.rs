//! The elementary functions: inherent methods of [`Dual`], and num-traits' `Float` and `FloatCore` over them.
//!
//! The methods are inherent so that `x.sin()` means one thing however many numeric traits are in scope.

use core::num::FpCategory;

use num_traits::Float;
use num_traits::float::FloatCore;

use super::{Dual, lanes};
use crate::real::Real;
use crate::rules::branches::{self, Choice};
use crate::rules::slopes;
use crate::rules::table::for_each_unary_rule;

macro_rules! emit_methods {
    ($(($name:ident, $what:literal, $words:literal, $domain:expr, |$x:ident, $y:ident| $slope:expr))*) => {
        /// Smooth functions of one variable: a row each of the table in [`rules`](crate::rules).
        impl<T: Real, const N: usize> Dual<T, N> {$(
            #[doc = concat!("The ", $what, "; slope ", $words, ".")]
            #[inline]
            pub fn $name(self) -> Self {
                let y = self.re.$name();
                self.chain(y, slopes::$name(self.re, y))
            }
        )*}
    };
}

for_each_unary_rule!(emit_methods);

/// Piecewise functions, and functions of two or three variables; the cases are in [`rules`](crate::rules).
impl<T: Real, const N: usize> Dual<T, N> {
    /// The absolute value; slope the sign of x, at ±0 by the sign bit.
    #[inline]
    pub fn abs(self) -> Self {
        self.chain(self.re.abs(), branches::abs(self.re))
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
        self.chain(y, branches::defined(y, T::one()))
    }

    /// The reciprocal `1/x`; slope `−1/x²`, infinite at ±0.
    #[inline]
    pub fn recip(self) -> Self {
        let q = self.re.recip();
        Self::new(q, lanes::quotient_of_plain(q, self.eps, self.re))
    }

    /// Radians in degrees; slope 180/π.
    #[inline]
    pub fn to_degrees(self) -> Self {
        Self::new(self.re.to_degrees(), self.eps.map(T::to_degrees))
    }

    /// Degrees in radians; slope π/180.
    #[inline]
    pub fn to_radians(self) -> Self {
        Self::new(self.re.to_radians(), self.eps.map(T::to_radians))
    }

    /// The larger of two numbers with its tangents; at a tie the average of both tangents.
    ///
    /// A NaN counts as missing, as in `f64::max`.
    #[inline]
    pub fn max(self, other: Self) -> Self {
        let choice = branches::max(self.re, other.re);
        Self::new(self.re.max(other.re), self.chosen(other, &choice))
    }

    /// The smaller of two numbers with its tangents; at a tie the average of both tangents.
    ///
    /// A NaN counts as missing, as in `f64::min`.
    #[inline]
    pub fn min(self, other: Self) -> Self {
        let choice = branches::min(self.re, other.re);
        Self::new(self.re.min(other.re), self.chosen(other, &choice))
    }

    #[inline]
    fn chosen(self, other: Self, choice: &Choice) -> [T; N] {
        match choice {
            Choice::Left => self.eps,
            Choice::Right => other.eps,
            Choice::Tie => lanes::average(self.eps, other.eps),
        }
    }

    /// `self` within `min ..= max`, with the tangents of the branch that gives the value; on a bound, `self`'s.
    ///
    /// # Panics
    ///
    /// Where `T::clamp` does: for `f64`, if `min > max` or either is NaN.
    #[inline]
    pub fn clamp(self, min: Self, max: Self) -> Self {
        let re = self.re.clamp(min.re, max.re);
        if self.re < min.re {
            Self::new(re, min.eps)
        } else if self.re > max.re {
            Self::new(re, max.eps)
        } else {
            Self::new(re, self.eps)
        }
    }

    /// `self − other` where that is positive, otherwise the constant 0.
    #[inline]
    pub fn abs_sub(self, other: Self) -> Self {
        #[allow(deprecated)]
        let re = self.re.abs_sub(other.re);
        if self.re <= other.re { Self::constant(re) } else { Self::new(re, lanes::sub(self.eps, other.eps)) }
    }

    /// The magnitude of `self` with the sign of `sign`; slope ±1 in `self`, 0 in `sign`.
    #[inline]
    pub fn copysign(self, sign: Self) -> Self {
        let re = self.re.copysign(sign.re);
        if self.re.is_sign_negative() == sign.re.is_sign_negative() {
            Self::new(re, self.eps)
        } else {
            Self::new(re, lanes::neg(self.eps))
        }
    }

    /// `self·a + b` with one rounding of the value; tangents `ẋ·a + x·ȧ + ḃ`.
    #[inline]
    pub fn mul_add(self, a: Self, b: Self) -> Self {
        let product = lanes::combine(a.re, self.eps, self.re, a.eps);
        Self::new(self.re.mul_add(a.re, b.re), lanes::add(product, b.eps))
    }

    /// `xⁿ`; slope `n·xⁿ⁻¹`, and 0 for n = 0, also at x = 0.
    #[inline]
    pub fn powi(self, n: i32) -> Self {
        self.chain(self.re.powi(n), branches::powi(self.re, n))
    }

    /// `xʸ`; slopes `y·xʸ⁻¹` in x and `xʸ·ln x` in y.
    ///
    /// With a constant exponent, one whose lanes are all zero, ln x isn't computed, and integers behave as in
    /// [`powi`](Self::powi): negative bases and 0 have their derivatives.
    #[inline]
    pub fn powf(self, y: Self) -> Self {
        let p = self.re.powf(y.re);
        let dx = branches::powf_base(self.re, y.re);
        if y.is_constant() {
            return self.chain(p, dx);
        }
        let dy = branches::powf_exponent(self.re, y.re, p);
        Self::new(p, lanes::chain_either(dx, self.eps, dy, y.eps))
    }

    /// The logarithm to any base; slopes `1 / (x·ln b)` in x and `−log_b x / (b·ln b)` in b.
    #[inline]
    pub fn log(self, base: Self) -> Self {
        let y = self.re.log(base.re);
        let (dx, db) = branches::log(self.re, base.re, y);
        self.chain2(base, y, dx, db)
    }

    /// `√(x² + y²)` without overflow of the squares; slopes `x/h` and `y/h`, at the origin 0.
    #[inline]
    pub fn hypot(self, other: Self) -> Self {
        let h = self.re.hypot(other.re);
        let (dx, dy) = branches::hypot(self.re, other.re, h);
        self.chain2(other, h, dx, dy)
    }

    /// The angle of the point (`x`, `self`) from the first axis, in (−π, π]; slopes `x/(x² + y²)` in `self` and
    /// `−y/(x² + y²)` in `x`, at the origin NaN.
    #[inline]
    pub fn atan2(self, x: Self) -> Self {
        let angle = self.re.atan2(x.re);
        let (dy, dx) = branches::atan2(self.re, x.re);
        self.chain2(x, angle, dy, dx)
    }

    /// Sine and cosine at once.
    #[inline]
    pub fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = self.re.sin_cos();
        (self.chain(sin, cos), self.chain(cos, -sin))
    }

    /// The Euclidean quotient: the integer k with `0 ≤ x − k·y < |y|`; a constant.
    #[inline]
    pub fn div_euclid(self, y: Self) -> Self {
        let quotient = (self.re / y.re).trunc();
        Self::constant(if self.re % y.re >= T::zero() {
            quotient
        } else if y.re > T::zero() {
            quotient - T::one()
        } else if y.re < T::zero() {
            quotient + T::one()
        } else {
            quotient // NaN
        })
    }

    /// The Euclidean remainder `x − k·y` in `[0, |y|)`; slopes 1 in x and −k in y.
    #[inline]
    pub fn rem_euclid(self, y: Self) -> Self {
        let truncated = self % y;
        if truncated.re < T::zero() { truncated + y.abs() } else { truncated }
    }
}

/// What a number is: all of it is asked of the value (law 2).
impl<T: Real, const N: usize> Dual<T, N> {
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

macro_rules! emit_forward {
    ($(($name:ident, $($rest:tt)*))*) => {
        forward! { $($name() -> Self;)* }
    };
}

impl<T: Real, const N: usize> Float for Dual<T, N> {
    for_each_unary_rule!(emit_forward);

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

impl<T: Real, const N: usize> FloatCore for Dual<T, N> {
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
