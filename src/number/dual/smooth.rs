//! The smooth functions of a dual number: its value's function, and the slope of the rules.

use super::super::kinks::cone2;
use super::super::lanes;
use super::super::rows::{emit_methods, see};
use super::Dual;
use crate::number::inspect;
use crate::real::Real;
use crate::rules::table::for_each_unary_rule;
use crate::rules::{branches, slopes};

/// The value of `T`, and the slope of the rules at the value.
macro_rules! by_slope {
    ($x:expr, polygamma($n:ident), $($row:tt)*) => {{
        let (x, y) = ($x.re, $x.re.polygamma($n));
        let slope = slopes::polygamma($n, x, y);
        slopes::polygamma_exponent($n, x).map_or_else(|| $x.chain(y, slope), |a| $x.power(y, a, slope))
    }};
    ($x:expr, $name:ident($($n:ident)?), $($row:tt)*) => {{
        let y = $x.re.$name($($n)?);
        $x.chain(y, slopes::$name($($n,)? $x.re, y))
    }};
}

pub(super) use by_slope;

for_each_unary_rule!(emit_methods [Dual, Real, by_slope]);

/// Smooth functions with an argument of their own, or two; the cases are in [`rules`](crate::rules).
impl<T: Real, const N: usize> Dual<T, N> {
    /// `xⁿ`; slope `n·xⁿ⁻¹`, and 0 for n = 0, also at x = 0.
    #[inline]
    pub fn powi(self, n: i32) -> Self {
        if n == 2 && inspect::is_primitive::<T>() {
            // Bit for bit what follows, in so few instructions that they are inlined: a sum of squares took four times as long.
            return self.chain(self.re.powi(2), self.re + self.re);
        }
        let (y, slope) = (self.re.powi(n), branches::powi(self.re, n));
        self.power(y, T::lit(f64::from(n)), slope)
    }

    /// `xʸ`; slopes `y·xʸ⁻¹` in x and `xʸ·ln x` in y.
    ///
    /// With a constant exponent, one whose lanes are all zero, ln x isn't computed, and integers behave as in
    /// [`powi`](Self::powi): negative bases and 0 have their derivatives.
    #[inline]
    pub fn powf(self, y: Self) -> Self {
        let p = self.re.powf(y.re);
        let dx = branches::powf_base(self.re, y.re, p);
        if branches::loses_slope(self.re, p, y.re, dx) {
            return lanes::aside(self, |x| x.make_powf(&y, p));
        }
        if y.is_constant() && !inspect::hides_components::<T>() {
            return self.chain(p, dx);
        }
        Self::new(p, lanes::chain_either(dx, self.eps, branches::powf_exponent(self.re, y.re, p), y.eps))
    }

    /// [`powf`](Self::powf) with the constant exponent `y`.
    #[inline]
    pub(in crate::number) fn powf_of_constant(self, y: T) -> Self {
        let p = self.re.powf(y);
        self.power(p, y, branches::powf_base(self.re, y, p))
    }

    /// [`powf`](Self::powf) of the constant `x` with the exponent `self`.
    #[inline]
    pub(in crate::number) fn constant_powf(self, x: T) -> Self {
        let p = x.powf(self.re);
        self.chain(p, branches::powf_exponent(x, self.re, p))
    }

    /// Writes xʸ, of value `p`, over x where the slope in x is lost.
    #[cold]
    pub(in crate::number) fn make_powf(&mut self, y: &Self, p: T) {
        let dy = branches::powf_exponent(self.re, y.re, p);
        self.make_power(p, y.re);
        self.eps = lanes::plus_either(self.eps, dy, y.eps);
    }

    /// xᵃ with value `y` and slope `slope` at the value.
    #[inline]
    pub(in crate::number) fn power(self, y: T, a: T, slope: T) -> Self {
        if branches::loses_slope(self.re, y, a, slope) {
            return lanes::aside(self, |x| x.make_power(y, a));
        }
        self.chain(y, slope)
    }

    /// Writes xᵃ, of value `y`, over x, by its ratio to its value.
    #[cold]
    fn make_power(&mut self, y: T, a: T) {
        *self = Self::new(y, self.eps.map(|c| branches::tangent_of_power(self.re, y, a, c)));
    }

    /// `xʸ⁻ᵏ·(ln x)ⁿ` for x > 0.
    pub(in crate::number) fn power_log(self, y: Self, k: i32, n: i32) -> Self {
        let (dx, dy) = branches::power_log_slopes(self.re, y.re, k, n);
        self.chain2(y, branches::power_log(self.re, y.re, k, n), [dx, dy])
    }

    /// The logarithm to any base; slopes `1 / (x·ln b)` in x and `−log_b x / (b·ln b)` in b.
    #[inline]
    pub fn log(self, base: Self) -> Self {
        let y = self.re.log(base.re);
        let (dx, db) = branches::log(self.re, base.re, y);
        self.chain2(base, y, [dx, db])
    }

    /// `√(x² + y²)` without overflow of the squares; slopes `x/h` and `y/h`; at the origin 0, and no second
    /// derivative exists.
    #[inline]
    pub fn hypot(self, other: Self) -> Self {
        let h = self.re.hypot(other.re);
        if h == T::zero() {
            return cone2(self, other, h);
        }
        let (dx, dy) = branches::hypot(self.re, other.re, h);
        self.chain2(other, h, [dx, dy])
    }

    /// The angle of the point (`x`, `self`) from the first axis, in (−π, π]; slopes `x/(x² + y²)` in `self` and
    /// `−y/(x² + y²)` in `x`, at the origin NaN.
    #[inline]
    pub fn atan2(self, x: Self) -> Self {
        let angle = self.re.atan2(x.re);
        let (dy, dx) = branches::atan2(self.re, x.re);
        self.chain2(x, angle, [dy, dx])
    }

    /// Sine and cosine at once.
    #[inline]
    pub fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = self.re.sin_cos();
        (self.chain(sin, cos), self.chain(cos, -sin))
    }
}
