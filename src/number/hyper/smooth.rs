//! The smooth functions of a hyper-dual number: its value's function, the slope of the rules, and the second derivative.
//!
//! The second derivative is the slope's own, computed by evaluating the slope on a dual number; a row of the table
//! that knows a faster form has it as its last cell.

use super::super::components::Components;
use super::super::kinks::cone2;
use super::super::rows::{emit_methods, see};
use super::super::{Dual, lanes};
use super::{HyperDual, arithmetic};
use crate::number::inspect;
use crate::real::Real;
use crate::rules::table::for_each_unary_rule;
use crate::rules::{branches, slopes};

/// The slopes of a function of two variables at x and y, where it has the value f, and the slopes' own derivatives, as
/// [`chain2`](HyperDual::chain2) takes them: both from the rule `slopes`, first on numbers, then on duals.
#[inline]
fn differentiated2<T: Real>(
    [x, y, f]: [T; 3],
    slopes: impl Fn(T, T, T) -> (T, T),
    on_duals: impl Fn(Dual<T, 2>, Dual<T, 2>, Dual<T, 2>) -> (Dual<T, 2>, Dual<T, 2>),
) -> ([T; 2], [T; 3]) {
    let (fx, fy) = slopes(x, y, f);
    let (dx, dy) = on_duals(Dual::variable(x, 0), Dual::variable(y, 1), Dual::new(f, [fx, fy]));
    ([fx, fy], [dx.eps[0], dx.eps[1], dy.eps[1]])
}

/// The value of `T`, the slope of the rules at the value, and the second derivative: the slope's own, or the row's.
macro_rules! by_slopes {
    ($x:expr, polygamma($n:ident), $($row:tt)*) => {{
        let (x, y) = ($x.re, $x.re.polygamma($n));
        let df = slopes::polygamma($n, x, y);
        let f = $x.differentiable(y, df, |x, y| slopes::polygamma($n, x, y));
        slopes::polygamma_exponent($n, x).map_or(f, |a| $x.power(f, a, df))
    }};
    ($x:expr, $name:ident($($n:ident)?), |$($args:tt),*| $slope:expr) => {{
        let y = $x.re.$name($($n)?);
        $x.differentiable(y, slopes::$name($($n,)? $x.re, y), |x, y| slopes::$name($($n,)? x, y))
    }};
    ($x:expr, $name:ident(), |$($args:tt),*| $slope:expr, |$y:tt $(, $s:tt)?| $second:expr) => {{
        let (x, y) = ($x.re, $x.re.$name());
        let df = slopes::$name(x, y);
        let ($y $(, $s)?, ..) = (y, df);
        $x.chain(y, df, branches::defined(y, $second))
    }};
}

pub(super) use by_slopes;

for_each_unary_rule!(emit_methods [HyperDual, Real, by_slopes]);

/// Smooth functions with an argument of their own, or two; the cases are in [`rules`](crate::rules).
impl<T: Real, const N: usize> HyperDual<T, N> {
    /// `xⁿ`; slope `n·xⁿ⁻¹`, and 0 for n = 0, also at x = 0.
    #[inline]
    pub fn powi(self, n: i32) -> Self {
        if n == 2 && inspect::is_primitive::<T>() {
            // As in `Dual::powi`.
            return self.chain(self.re.powi(2), self.re + self.re, T::lit(2.0));
        }
        let y = self.re.powi(n);
        let df = branches::powi(self.re, n);
        let power = self.differentiable(y, df, |x, _| branches::powi(x, n));
        self.power(power, T::lit(f64::from(n)), df)
    }

    /// `xʸ`; slopes `y·xʸ⁻¹` in x and `xʸ·ln x` in y.
    ///
    /// With a constant exponent, one whose derivatives are all zero, ln x isn't computed, and integers behave as in
    /// [`powi`](Self::powi): negative bases and 0 have their derivatives.
    #[inline]
    pub fn powf(self, y: Self) -> Self {
        let p = self.re.powf(y.re);
        if y.is_constant() {
            return self.powf_constant(y.re, p);
        }
        let ([fx, fy], ddf) = differentiated2(
            [self.re, y.re, p],
            |x, y, p| (branches::powf_base(x, y, p), branches::powf_exponent(x, y, p)),
            |x, y, p| (branches::powf_base(x, y, p), branches::powf_exponent(x, y, p)),
        );
        // The gradient as a dual number has it, to the sign of a zero.
        let gradient = lanes::chain_either(fx, self.gradient, fy, y.gradient);
        let power = Self { gradient, ..self.chain2(y, p, [fx, fy], ddf) };
        if ddf[0].is_normal() && !branches::loses_slope(self.re, p, y.re, fx) {
            return power;
        }
        lanes::aside(power, |power| self.rest_of_powf(y, power))
    }

    /// xᵃ for a constant exponent, whose value is `p`.
    #[inline]
    fn powf_constant(self, a: T, p: T) -> Self {
        let df = branches::powf_base(self.re, a, p);
        let power = self.differentiable(p, df, |x, p| branches::powf_base(x, Dual::constant(a), p));
        self.power(power, a, df)
    }

    /// Writes over `power` the gradient that a dual number has where the slope in x is lost, and over the entries in which y
    /// doesn't move what xʸ has with a constant exponent: so they are the same whatever other lanes there are (law 3).
    #[cold]
    fn rest_of_powf(self, y: Self, power: &mut Self) {
        if branches::loses_slope(self.re, power.re, y.re, branches::powf_base(self.re, y.re, power.re)) {
            let mut first = self.first_order();
            first.make_powf(&y.first_order(), power.re);
            power.gradient = first.eps;
        }
        let constant = self.powf_constant(y.re, power.re);
        let moves = |i: usize, j: usize| {
            ![y.gradient[i], y.gradient[j], y.second(i, j)].into_iter().all(inspect::is_zero)
        };
        let second =
            |i: usize, j: usize| if moves(i, j) { power.second(i, j) } else { constant.second(i, j) };
        *power = Self::from_fn(power.re, power.gradient, second);
    }

    /// `xʸ⁻ᵏ·(ln x)ⁿ` for x > 0.
    pub(in crate::number) fn power_log(self, y: Self, k: i32, n: i32) -> Self {
        let value = branches::power_log(self.re, y.re, k, n);
        let slopes = |x, y, _| branches::power_log_slopes(x, y, k, n);
        self.chained(y, value, slopes, |x, y, _| branches::power_log_slopes(x, y, k, n))
    }

    /// The logarithm to any base; slopes `1 / (x·ln b)` in x and `−log_b x / (b·ln b)` in b.
    #[inline]
    pub fn log(self, base: Self) -> Self {
        self.chained(base, self.re.log(base.re), branches::log, branches::log)
    }

    /// `√(x² + y²)` without overflow of the squares; slopes `x/h` and `y/h`; at the origin 0, and no second
    /// derivative exists.
    #[inline]
    pub fn hypot(self, other: Self) -> Self {
        let h = self.re.hypot(other.re);
        if h == T::zero() {
            return cone2(self, other, h);
        }
        self.chained(other, h, branches::hypot, branches::hypot)
    }

    /// The angle of the point (`x`, `self`) from the first axis, in (−π, π]; slopes `x/(x² + y²)` in `self` and
    /// `−y/(x² + y²)` in `x`, at the origin NaN.
    #[inline]
    pub fn atan2(self, x: Self) -> Self {
        let angle = self.re.atan2(x.re);
        self.chained(x, angle, |y, x, _| branches::atan2(y, x), |y, x, _| branches::atan2(y, x))
    }

    /// Sine and cosine at once.
    #[inline]
    pub fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = self.re.sin_cos();
        (self.chain(sin, cos, -sin), self.chain(cos, -sin, -cos))
    }

    /// A function of value y and slope `df`; `slope` is the rule for its slope on duals, which gives the second derivative.
    #[inline]
    pub(super) fn differentiable(
        self,
        y: T,
        df: T,
        slope: impl Fn(Dual<T, 1>, Dual<T, 1>) -> Dual<T, 1>,
    ) -> Self {
        let ddf = slope(Dual::new(self.re, [T::one()]), Dual::new(y, [df])).eps[0];
        if ddf.is_normal() || !self.re.is_normal() {
            return self.chain(y, df, ddf);
        }
        lanes::aside(self, |x| x.make_in_units(y, (df, ddf), slope))
    }

    /// Writes the function of value y, whose second derivative `ddf` isn't a normal number, over x.
    #[cold]
    fn make_in_units(
        &mut self,
        y: T,
        (df, ddf): (T, T),
        slope: impl Fn(Dual<T, 1>, Dual<T, 1>) -> Dual<T, 1>,
    ) {
        // In units of x₀ the second derivative is as large as the slope.
        let x = self.re;
        let bent = slope(Dual::new(x, [x]), Dual::new(y, [x * df])).eps[0];
        *self = if bent.is_normal() {
            arithmetic::chain_in_units(self, y, df, bent)
        } else {
            self.chain(y, df, ddf)
        };
    }

    /// xᵃ, of which `power` has the second derivatives and `slope` is the slope at the value.
    #[inline]
    pub(super) fn power(self, power: Self, a: T, slope: T) -> Self {
        if branches::loses_slope(self.re, power.re, a, slope) {
            return lanes::aside(self, |x| x.make_power(power.re, a, slope));
        }
        power
    }

    /// Writes xᵃ, of value `y`, over x, by its ratio to its value.
    #[cold]
    fn make_power(&mut self, y: T, a: T, slope: T) {
        let gradient = self.first_order().power(y, a, slope).eps;
        let ratio = self.map(|c| branches::ratio(c, self.re));
        *self = Self { gradient, ..ratio.chain(y, a * y, a * (a - T::one()) * y) };
    }

    /// A function of `self` and `y` of which f is the value, and `slopes` the rule for the two slopes given both
    /// arguments and the value: on numbers, and on duals, which gives the second derivatives.
    #[inline]
    pub(super) fn chained(
        self,
        y: Self,
        f: T,
        slopes: impl Fn(T, T, T) -> (T, T),
        on_duals: impl Fn(Dual<T, 2>, Dual<T, 2>, Dual<T, 2>) -> (Dual<T, 2>, Dual<T, 2>),
    ) -> Self {
        let (df, ddf) = differentiated2([self.re, y.re, f], slopes, on_duals);
        self.chain2(y, f, df, ddf)
    }
}
