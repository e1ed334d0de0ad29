//! The smooth functions of a series.

use super::super::components::Components;
use super::super::kinks::cone2;
use super::super::lanes;
use super::super::rows::{emit_methods, see};
use super::Taylor;
use super::compose::{compose, repeated_product};
use super::recurrences::{
    self, Pair, angle, exponential, power, power_by_ratios, resting, root_of_squares, sine_and_cosine,
    squares_across,
};
use super::series::{self, number, scaled_by_index};
use crate::number::inspect;
use crate::real::Real;
use crate::rules::branches;
use crate::rules::table::for_each_unary_rule;

/// The function of that name in `recurrences`.
macro_rules! by_recurrence {
    ($x:expr, $name:ident(), $($row:tt)*) => {
        recurrences::$name($x, $x.re.$name())
    };
}

for_each_unary_rule!(emit_methods [Taylor, Real, by_recurrence]);

/// Smooth functions with an argument of their own, or two; the cases are in [`rules`](crate::rules).
impl<T: Real, const K: usize> Taylor<T, K> {
    /// `xⁿ`; slope `n·xⁿ⁻¹`, and 0 for n = 0, also at x = 0.
    #[inline]
    pub fn powi(self, n: i32) -> Self {
        let y = self.re.powi(n);
        let slope = branches::powi(self.re, n);
        if n == 0 {
            return Self::new(y, series::linear(slope, self.coefficients));
        }
        let factors = u32::try_from(n).ok();
        self.power(y, T::lit(f64::from(n)), slope, factors, |k| self.re.powi(n.saturating_sub(k)))
    }

    /// `xʸ`; slopes `y·xʸ⁻¹` in x and `xʸ·ln x` in y.
    ///
    /// With a constant exponent ln x isn't computed, and integers behave as in [`powi`](Self::powi): negative bases and
    /// 0 have their derivatives.
    #[inline]
    pub fn powf(self, y: Self) -> Self {
        let p = self.re.powf(y.re);
        if y.is_constant() {
            return self.powf_constant(p, y.re);
        }
        let dx = branches::powf_base(self.re, y.re, p);
        let dy = branches::powf_exponent(self.re, y.re, p);
        // As a dual number: the slope in y counts only where y changes.
        let mut first = self.first_of_power(p, y.re, dx);
        if !inspect::is_zero(y.coefficients[0]) {
            first = first + inspect::scaled(dy, y.coefficients[0]);
        }
        let mut power = if self.re > T::zero() {
            // x^y₀·e^((y − y₀)·ln x), and not e^(y·ln x): the coefficients of a power fall off faster than those of its
            // logarithm, and would be what is left of them.
            let exponent = (y - y.re) * self.ln();
            let weighted = scaled_by_index(&exponent.coefficients);
            let varying = Self::new(T::one(), exponential(&exponent.coefficients, &weighted, T::one()));
            let power = if p.is_normal() {
                self.powf_constant(p, y.re) * varying
            } else {
                // In two halves, since p may have over- or underflown where its coefficients don't.
                let y = y.re * T::lit(0.5);
                let half = self.powf_constant(self.re.powf(y), y);
                half * varying * half
            };
            self.unless_lost(power, y)
        } else {
            self.powf_at_most_zero(y, p)
        };
        power.re = p;
        power.coefficients[0] = first;
        power
    }

    /// The `power` xʸ, with the coefficients of [`power_log`](Self::power_log) from the first one on that isn't finite.
    #[inline]
    fn unless_lost(self, mut power: Self, y: Self) -> Self {
        if let Some(k) = power.coefficients.iter().position(|&c| !inspect::is_finite(c))
            && self.re.is_finite()
            && y.re.is_finite()
        {
            power.coefficients[k..].copy_from_slice(&self.power_log(y, 0, 0).coefficients[k..]);
        }
        power
    }

    /// `xʸ⁻ᵏ·(ln x)ⁿ` for x > 0.
    ///
    /// From the values of all products that its derivatives to the order K are sums of. That with k + i and n + j − i follows
    /// from those with i or j larger by one, and is right up to the order K less the larger of i and j.
    #[cold]
    pub(in crate::number) fn power_log(self, y: Self, k: i32, n: i32) -> Self {
        let add = |k: i32, i: usize| k.saturating_add(i32::try_from(i).unwrap_or(i32::MAX));
        let value = |i: usize, j: usize| match add(n, j) - add(0, i) {
            logs @ 0.. => branches::power_log(self.re, y.re, add(k, i), logs),
            _ => T::zero(),
        };
        let mut row: [Self; K] = core::array::from_fn(|j| Self::constant(value(K, j)));
        let mut last = Self::constant(value(K, K));
        for i in (0..K).rev() {
            let mut right = Self::constant(value(i, K));
            for j in (0..K).rev() {
                let (below, beside) = (row[j], core::mem::replace(&mut last, row[j]));
                let logs = add(n, j) - add(0, i);
                let of_log = if logs > 0 { below * T::lit(logs.into()) } else { Self::constant(T::zero()) };
                let dx = (y - T::lit(add(k, i).into())) * beside + of_log;
                right = self.chain2(y, value(i, j), [dx, right]);
                row[j] = right;
            }
            last = Self::constant(value(i, K));
        }
        row.first().copied().unwrap_or(last)
    }

    /// The logarithm to any base; slopes `1 / (x·ln b)` in x and `−log_b x / (b·ln b)` in b.
    #[inline]
    pub fn log(self, base: Self) -> Self {
        let y = self.re.log(base.re);
        let (dx, db) = branches::log(self.re, base.re, y);
        let finite = inspect::is_finite(dx) && inspect::is_finite(db);
        let divides = lanes::reciprocal_keeps_digits;
        let mut log = if finite && divides(self.re) && divides(base.re) {
            let (ln_x, ln_b) = (self.ln(), base.ln());
            Self::new(y, series::quotient(&ln_x.coefficients, y, ln_b.re, &ln_b.coefficients))
        } else {
            self.log_by_slopes(base, y)
        };
        if let [first, ..] = &mut log.coefficients[..] {
            let db = inspect::scaled(db, base.coefficients[0]);
            *first = inspect::scaled(dx, self.coefficients[0]) + db;
        }
        log
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
        let (x, y) = (&self.coefficients, &other.coefficients);
        // The value alone decides: what isn't finite in a component of h stays there.
        if !h.is_finite() {
            return self.linear2(other, h, dx, dy);
        }
        let along = series::linear2(dx, *x, dy, *y);
        let squares = series::add(squares_across(x, dx, &along, h), squares_across(y, dy, &along, h));
        let root = root_of_squares(h, &along, &squares);
        if inspect::is_finite(h) {
            return Self::new(h, root);
        }
        Self::new(h, resting(root, |k| !(inspect::is_zero(x[k]) && inspect::is_zero(y[k]))))
    }

    /// The angle of the point (`x`, `self`) from the first axis, in (−π, π]; slopes `x/(x² + y²)` in `self` and
    /// `−y/(x² + y²)` in `x`, at the origin NaN.
    #[inline]
    pub fn atan2(self, x: Self) -> Self {
        let value = self.re.atan2(x.re);
        let (dy, dx) = branches::atan2(self.re, x.re);
        let h = self.re.hypot(x.re);
        if dy.is_nan() {
            return self.linear2(x, value, dy, dx);
        }
        if !(inspect::is_finite(dy) && inspect::is_finite(dx) && inspect::is_finite(h)) {
            let (dy, dx) = branches::atan2(self, x);
            return self.chain2(x, value, [dy, dx]);
        }
        Self::new(value, angle(self, x, h, (dy, dx)))
    }

    /// Sine and cosine at once.
    #[inline]
    pub fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = self.re.sin_cos();
        let (s, c) = sine_and_cosine(&self.coefficients, sin, cos, Pair::Circular);
        (Self::new(sin, s), Self::new(cos, c))
    }
}

/// Products up to this number of factors are multiplied out, which is exact about zeros, also at x = 0.
const FACTORS: u32 = 64;

impl<T: Real, const K: usize> Taylor<T, K> {
    /// xᵃ with value `y` and slope `slope` at the value; `factors` is a where that is a positive integer, `lower` gives
    /// xᵃ⁻ᵏ at the value.
    #[inline]
    fn power(self, y: T, a: T, slope: T, factors: Option<u32>, lower: impl Fn(i32) -> T) -> Self {
        let lost = branches::loses_slope(self.re, y, a, slope);
        let finite =
            inspect::is_finite(self.re) && inspect::is_finite(y) && (lost || inspect::is_finite(slope));
        // The recurrence divides by x₀. Below K factors it would divide what cancels to zero by every power of it.
        let short = factors.is_some_and(|n| n <= FACTORS || usize::try_from(n).is_ok_and(|n| n <= K));
        // Nor may it beside a positive integer, if the coefficients are differentiated: the derivative of y/x is a difference.
        let beside = a >= T::lit(0.75) && branches::beside_an_integer(a);
        let regular = inspect::is_primitive::<T>() || factors.is_some() || !beside;
        let mut coefficients = match factors {
            Some(n) if finite && short => repeated_product(self.re, &self.coefficients, n),
            // A huge exponent would overflow when it is multiplied by the order.
            _ if finite
                && y.is_normal()
                && self.re != T::zero()
                && a.abs() < T::max_value().sqrt()
                && regular =>
            {
                if slope.is_normal() {
                    power(self, a, slope)
                } else {
                    power_by_ratios(self, y, a)
                }
            }
            _ => self.power_from_derivatives(a, slope, lower),
        };
        if K > 0 {
            coefficients[0] = self.first_of_power(y, a, slope);
        }
        Self::new(y, coefficients)
    }

    /// The first coefficient of xᵃ with value `y` and slope `slope` at the value, as a dual number has it.
    #[inline]
    fn first_of_power(self, y: T, a: T, slope: T) -> T {
        let first = self.coefficients[0];
        if branches::loses_slope(self.re, y, a, slope) {
            branches::tangent_of_power(self.re, y, a, first)
        } else {
            inspect::scaled(slope, first)
        }
    }

    /// The coefficients of xᵃ from the derivatives of the power at the value, `a(a − 1)…(a − k + 1)/k!·xᵃ⁻ᵏ`: where
    /// the value has under- or overflown, and at x = 0.
    #[cold]
    fn power_from_derivatives(self, a: T, slope: T, lower: impl Fn(i32) -> T) -> [T; K] {
        let mut binomial = a;
        let mut f = [slope; K]; // and so it stays at a pole, NaN
        for k in 2..=K {
            if slope.is_nan() {
                break;
            }
            let ratio = (a - number::<T>(k - 1)) / number(k);
            binomial = binomial * ratio;
            let next = f[k - 2] * ratio / self.re;
            // The derivatives of this one are differences if the exponent is beside k or a larger integer.
            let apart = inspect::is_primitive::<T>()
                || !branches::beside_an_integer(a)
                || a < number::<T>(k) - T::lit(0.5);
            f[k - 1] = if apart && f[k - 2].is_normal() && next.is_normal() {
                next
            } else {
                inspect::product(binomial, lower(i32::try_from(k).unwrap_or(i32::MAX)))
            };
        }
        compose(&self.coefficients, &f)
    }

    /// xᵃ for a constant exponent, whose value is `p`.
    #[inline]
    fn powf_constant(self, p: T, a: T) -> Self {
        let slope = branches::powf_base(self.re, a, p);
        // Not if a nested exponent has derivatives of its own.
        let factors = a.to_u32().filter(|&n| n > 0 && inspect::identical(a, T::lit(f64::from(n))));
        self.power(p, a, slope, factors, |k| branches::powf_less(self.re, a, T::lit(f64::from(k))))
    }

    /// The logarithm to any base whose value is y, where the coefficients of ln x or ln b would overflow on the way.
    ///
    /// From its slopes: that in the base is made of the logarithm, of which each round gives one coefficient more.
    #[cold]
    fn log_by_slopes(self, base: Self, y: T) -> Self {
        if !y.is_finite() {
            let (dx, db) = branches::log(self, base, Self::value(y));
            return self.chain2(base, y, [dx, db]);
        }
        let ln_b = base.ln();
        let dx = ln_b.recip() / self;
        // b·ln b from its own slope: a product would take one coefficient of ln b more.
        let divisor = base.chain(base.re * ln_b.re, ln_b + T::one());
        (0..K).fold(Self::constant(y), |log, _| self.chain2(base, y, [dx, -(log / divisor)]))
    }

    /// xʸ where x is 0 or negative and y isn't constant.
    ///
    /// Below the first order at which y changes, it is the power with constant exponent. At x = 0 so it is up to the order
    /// y, since a product of xʸ⁻ʲ with logarithms of x vanishes for j < y; beyond, and at negative x, there is no
    /// derivative. While x stays 0 and y is positive, so does the power.
    #[cold]
    fn powf_at_most_zero(self, y: Self, p: T) -> Self {
        let mut power = self.powf_constant(p, y.re);
        let at_zero = self.re == T::zero();
        let first = |x: &[T; K]| x.iter().position(|&c| !inspect::is_zero(c)).unwrap_or(K);
        let mut changes = first(&y.coefficients);
        if at_zero && y.re > T::zero() {
            changes = changes.max(first(&self.coefficients));
        }
        for k in changes + 1..=K {
            if !(at_zero && number::<T>(k) <= y.re) {
                power.coefficients[k - 1] = T::nan();
            }
        }
        power
    }
}
