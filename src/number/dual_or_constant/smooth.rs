//! The smooth functions: those of `T` of a constant, and those of a dual number of what moves.

use super::super::Dual;
use super::super::rows::{emit_methods, see};
use super::DualOrConstant;
use crate::real::Real;
use crate::rules::branches;
use crate::rules::table::for_each_unary_rule;

/// The function of either.
macro_rules! by_number {
    ($x:expr, $name:ident($($n:ident)?), $($row:tt)*) => {
        $x.of_either(|x| x.$name($($n)?), |x| x.$name($($n)?))
    };
}

pub(super) use by_number;

for_each_unary_rule!(emit_methods [DualOrConstant, Real, by_number]);

/// Smooth functions with an argument of their own, or two.
impl<T: Real, const N: usize> DualOrConstant<T, N> {
    #[inline]
    pub(crate) fn powi(self, n: i32) -> Self {
        self.of_either(|x| x.powi(n), |x| x.powi(n))
    }

    #[inline]
    pub(crate) fn powf(self, y: Self) -> Self {
        match (self.dual(), y.dual()) {
            (Some(x), Some(y)) => Self::moving(x.powf(y)),
            (Some(x), None) => Self::moving(x.powf_of_constant(y.re)),
            (None, Some(y)) => Self::moving(y.constant_powf(self.re)),
            (None, None) => Self::constant(self.re.powf(y.re)),
        }
    }

    /// `xʸ⁻ᵏ·(ln x)ⁿ` for x > 0.
    pub(in crate::number) fn power_log(self, y: Self, k: i32, n: i32) -> Self {
        self.of_both(y, |x, y| branches::power_log(x, y, k, n), |x, y| x.power_log(y, k, n))
    }

    #[inline]
    pub(crate) fn log(self, base: Self) -> Self {
        self.of_both(base, T::log, Dual::log)
    }

    #[inline]
    pub(crate) fn hypot(self, other: Self) -> Self {
        self.of_both(other, T::hypot, Dual::hypot)
    }

    #[inline]
    pub(crate) fn atan2(self, x: Self) -> Self {
        self.of_both(x, T::atan2, Dual::atan2)
    }

    #[inline]
    pub(crate) fn sin_cos(self) -> (Self, Self) {
        if let Some(x) = self.dual() {
            let (sin, cos) = x.sin_cos();
            (Self::moving(sin), Self::moving(cos))
        } else {
            let (sin, cos) = self.re.sin_cos();
            (Self::constant(sin), Self::constant(cos))
        }
    }
}
