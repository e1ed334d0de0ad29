//! Piecewise functions, and functions of two variables: slopes and choices, with the cases argued.
//!
//! Each function takes arguments and value on `T: Real` and gives the slopes on `T`, so that nested numbers
//! get every order from them. An unbounded slope is the honest infinity or NaN.
//!
//! # Kinks
//!
//! Where a function has a kink, its slopes to all sides have a bounded hull, the subdifferential, and the middle of that is
//! taken: 0 of |x| at 0, the average of a tie. A function that is smooth because its kinks cancel, as max(x, 0) + min(x, 0),
//! then has its own slope, since the middle of a sum is the sum of the middles where any other member needn't be. The
//! second derivative doesn't exist at a kink; it is NaN, and so are all higher ones, in the components in whose direction
//! the argument moves. Not 0: the second derivative of a function whose kinks cancel is anything.
//!
//! So a kink is more than a slope, and `number/kinks.rs` makes it of components: the slopes here are those beside it.
//!
//! # No derivative at all
//!
//! A slope that isn't defined is NaN as a function of its arguments ([`inspect::undefined`]), and not the constant NaN, whose
//! derivative is 0.

use crate::number::inspect::{self, Make, Operation};
use crate::real::Real;

/// Whether one reciprocal r = 1/x can stand for divisions by x: whether neither it nor its powers lose digits.
///
/// The powers to r⁴ are in the tangents of a nested r; they are normal numbers if x⁴ is neither too small nor too large. The
/// value decides, for every order alike.
#[inline]
pub(crate) fn reciprocal_keeps_digits<T: Real>(x: T) -> bool {
    let (square, smallest) = (x * x, T::min_positive_value());
    let fourth = square * square;
    fourth > smallest && fourth < smallest.recip()
}

/// The slope of a function at a point where its value is `y`: outside the domain, where `y` is NaN, NaN.
///
/// Many slopes are finite where the function isn't defined, as 1/x of ln x at x = −1.
#[inline]
pub(crate) fn defined<T: Real>(y: T, slope: T) -> T {
    if y.is_nan() { y } else { slope }
}

/// The slope of a function whose domain is open: outside, where its value y is NaN, and on its border, where y is infinite
/// and the function has a pole, NaN.
#[inline]
pub(crate) fn within<T: Real>(inside: bool, y: T, slope: impl FnOnce() -> T) -> T {
    if inside { slope() } else { inspect::undefined(y) }
}

/// NaN as a function of both numbers.
#[inline]
pub(crate) fn undefined2<T: Real>(x: T, y: T) -> T {
    inspect::product(inspect::undefined(x), inspect::undefined(y))
}

/// Slope of |x| where x isn't 0: the sign of x.
#[inline]
pub(crate) fn abs<T: Real>(x: T) -> T {
    if x.is_sign_negative() { -T::one() } else { T::one() }
}

/// Which of two numbers a choice takes.
pub(crate) enum Choice {
    Left,
    Right,
    Tie,
}

/// What max(x, y) takes; a NaN loses against a number, as in `f64::max`.
#[inline]
pub(crate) fn max<T: Real>(x: T, y: T) -> Choice {
    if x > y || y.is_nan() {
        Choice::Left
    } else if y > x || x.is_nan() {
        Choice::Right
    } else {
        Choice::Tie
    }
}

/// What min(x, y) takes; a NaN loses against a number, as in `f64::min`.
#[inline]
pub(crate) fn min<T: Real>(x: T, y: T) -> Choice {
    if x < y || y.is_nan() {
        Choice::Left
    } else if y < x || x.is_nan() {
        Choice::Right
    } else {
        Choice::Tie
    }
}

/// Slope of xⁿ: n·xⁿ⁻¹; at the pole, x = 0 with a negative n, NaN.
///
/// For n = 0 the function is constant, and 0·x⁻¹ would be NaN at x = 0. For n = 1 the slope is x⁰, constant
/// in its turn, which keeps 0 clean to every order.
#[inline]
pub(crate) fn powi<T: Real>(x: T, n: i32) -> T {
    let factor = T::lit(f64::from(n));
    match n {
        0 => T::zero(),
        i32::MIN => powi_underflown(x, n, factor), // there is no n − 1
        _ => {
            let power = x.powi(n - 1);
            if power.is_normal() { factor * power } else { powi_underflown(x, n, factor) }
        }
    }
}

/// Whether the slope of y = xᵃ under- or overflows where y doesn't, and is lost before it meets a tangent as large or small.
/// The tangent then is [`tangent_of_power`].
#[inline]
pub(crate) fn loses_slope<T: Real>(x: T, y: T, a: T, slope: T) -> bool {
    !slope.is_normal() && a != T::zero() && y.is_normal() && x.is_normal()
}

/// `a·y·(c/x)`: the tangent of y = xᵃ where x has the tangent c, zero where that is exactly zero (law 4).
#[cold]
pub(crate) fn tangent_of_power<T: Real>(x: T, y: T, a: T, c: T) -> T {
    let (whole, ratio) = (a * y, ratio(c, x));
    // a·y may overflow where the tangent doesn't; the value alone decides.
    if whole.is_finite() {
        inspect::scaled(whole, ratio)
    } else {
        inspect::scaled(a, inspect::scaled(y, ratio))
    }
}

/// `c/x` for an x that isn't zero: zero where c is exactly zero, also beside a component of x that isn't finite.
#[inline]
pub(crate) fn ratio<T: Real>(c: T, x: T) -> T {
    let ratio = c / x;
    let spoilt = !inspect::is_primitive::<T>() && inspect::is_zero(c) && !inspect::is_finite(ratio);
    if spoilt { inspect::with_value(T::zero(), ratio) } else { ratio }
}

/// n·xⁿ⁻¹ where xⁿ⁻¹ isn't a normal number, or n − 1 no exponent: n times the half of the power, times the other half.
#[cold]
fn powi_underflown<T: Real>(x: T, n: i32, factor: T) -> T {
    let (most, least) = (n / 2, n - n / 2 - 1);
    if n < 0 && x == T::zero() {
        return inspect::undefined(x.powi(n));
    }
    inspect::product(inspect::product(factor, x.powi(most)), x.powi(least))
}

/// Beside so large an integer, y − 1, y − 2, … don't vanish in any order that is asked for.
const LARGE_EXPONENT: f64 = 64.0;

/// Whether one of the factors y, y − 1, y − 2, … of the derivatives of xʸ vanishes or nearly does; also at the negative
/// integers, whose powers are exact.
#[inline]
pub(crate) fn beside_an_integer<T: Real>(y: T) -> bool {
    let n = y.round();
    n.abs() <= T::lit(LARGE_EXPONENT) && (y == n || (y >= T::lit(0.75) && (y - n).abs() < T::lit(0.25)))
}

/// Slope of xʸ in x: y·xʸ⁻¹. The cases are those of Ceres' `jet.h`, and a pole:
///
/// - y = 0: the power is constant 1, so 0 as for `powi`, also at x = 0, where as written it would be 0·∞.
/// - x = 0, 0 < y < 1: +∞, the function rises vertically.
/// - x = 0, y < 0: NaN, the function has a pole.
/// - x < 0: a number for integer y, otherwise NaN as the value.
///
/// As y·p/x of the power p it takes no other power. But the derivatives of that are differences that leave y − 1, y − 2, …
/// as factors: where one of them nearly vanishes, [beside an integer](beside_an_integer), and at integers, whose higher
/// derivatives are exactly zero from some order on, it is the power with an exponent less by 1.
#[inline]
pub(crate) fn powf_base<T: Real>(x: T, y: T, p: T) -> T {
    // Of a plain float too, whose slope is then the same to the bit.
    if !has_room(p)
        && let Some(slope) = powf_base_without_room(x, y)
    {
        return slope;
    }
    if !beside_an_integer(y) && p.is_normal() {
        let product = y * p;
        let slope = if product.is_normal() { product / x } else { y * (p / x) };
        if slope.is_normal() {
            return slope;
        }
    }
    let power = powf_less(x, y, T::one());
    if power.is_normal() { inspect::product(y, power) } else { powf_base_underflown(x, y, p, power) }
}

/// xʸ⁻ᵏ, with what y − k has lost to rounding (Knuth's two-sum): times ln x it can be a hundred ulps of the power.
#[inline]
pub(crate) fn powf_less<T: Real>(x: T, y: T, k: T) -> T {
    let exponent = y - k;
    let power = x.powf(exponent);
    let back = exponent - y;
    let lost = (y - (exponent - back)) - (k + back);
    if lost == T::zero() || !power.is_normal() || x < T::zero() {
        power
    } else {
        power + power * (lost * x.ln())
    }
}

/// y·xʸ⁻¹ where xʸ⁻¹, which is `power`, isn't a normal number: as a product that stays one where the slope does.
#[cold]
fn powf_base_underflown<T: Real>(x: T, y: T, p: T, power: T) -> T {
    if x == T::zero() {
        return if y < T::zero() { inspect::undefined(p) } else { inspect::product(y, power) };
    }
    let underflown = power.abs() < T::min_positive_value() && x.is_finite();
    let slope = if !underflown {
        power
    } else if y.abs() > T::lit(LARGE_EXPONENT) {
        let half = x.abs().powf(y * T::lit(0.5));
        let slope = (y * half) * (half / x);
        if p.is_sign_negative() { -slope } else { slope }
    } else if y < T::zero() {
        (y * p) / x
    } else if y > T::lit(2.75) {
        (y * powf_less(x, y, T::lit(2.0))) * x
    } else {
        power // loses a bit
    };
    if underflown && slope.is_normal() { slope } else { inspect::product(y, power) }
}

/// Slope of p = xʸ in y: p·ln x. The cases are those of Ceres' `jet.h`, and a pole:
///
/// - x = 0, y > 0: 0ʸ is constant 0 to either side, so 0; as written it would be 0·(−∞).
/// - x = 0, y = 0: the value jumps from 0 to 1 as y → 0⁺, slope −∞.
/// - x = 0, y < 0: NaN, a pole.
/// - x < 0, integer y: NaN, since xʸ isn't defined beside an integer. A lane of y that is exactly zero doesn't
///   see that NaN (law 4).
#[inline]
pub(crate) fn powf_exponent<T: Real>(x: T, y: T, p: T) -> T {
    if x > T::zero() && differentiates(x, p) {
        inspect::product(p, x.ln())
    } else {
        powf_exponent_at_end(x, y, p)
    }
}

/// The slope of xʸ in x where xʸ has no room and xʸ⁻¹ is a normal number.
#[cold]
fn powf_base_without_room<T: Real>(x: T, y: T) -> Option<T> {
    let regular = x > T::zero()
        && x.is_finite()
        && y.abs() <= T::lit(LARGE_EXPONENT)
        && powf_less(x, y, T::one()).is_normal();
    regular.then(|| inspect::product(y, power_log(x, y, 1, 0)))
}

/// Whether a power p is a normal number, and so far from the largest that it may be multiplied by powers of y and ln x.
#[inline]
fn has_room<T: Real>(p: T) -> bool {
    let size = p.abs();
    size >= T::min_positive_value() && size < T::max_value() * T::epsilon()
}

/// Whether p = xʸ may be a factor of slopes: whether it is a normal number and, as are its derivatives in a nested number,
/// so are p/x to p/x⁴.
#[inline]
fn differentiates<T: Real>(x: T, p: T) -> bool {
    p.is_normal()
        && (inspect::is_primitive::<T>()
            || (reciprocal_keeps_digits(x) && (p / (x * x) / (x * x)).is_normal()))
}

#[cold]
fn powf_exponent_at_end<T: Real>(x: T, y: T, p: T) -> T {
    let ln = x.ln();
    if x < T::zero() {
        inspect::product(ln, p * p + T::one()) // not p, whose zero would win
    } else if x == T::zero() && y < T::zero() {
        inspect::undefined(p)
    } else if x > T::zero() && x.is_finite() && y.is_finite() {
        power_log(x, y, 0, 1)
    } else {
        inspect::product(p, ln)
    }
}

/// `xʸ⁻ᵏ·(ln x)ⁿ` for x > 0: what all derivatives of a power are sums of, whose derivatives are such products again.
///
/// As a product of a power and a logarithm it would have derivatives with factors that over- or underflow where they don't.
#[cold]
pub(crate) fn power_log<T: Real>(x: T, y: T, k: i32, n: i32) -> T {
    T::from(Operation { x, y, make: Make::PowerLog(k, n) }).unwrap_or_else(|| {
        let (k, log) = (T::lit(k.into()), x.ln().powi(n));
        let power = powf_less(x, y, k);
        if power.is_normal() {
            return power * log;
        }
        // Half of the exponent is enough where the product is a normal number.
        let (half, one_half) = (T::lit(0.5) * y, T::lit(0.5) * k);
        let half = powf_less(x, half, one_half);
        half * log * half
    })
}

/// Slopes of [`power_log`] in x and y: `xʸ⁻ᵏ⁻¹·((y − k)·(ln x)ⁿ + n·(ln x)ⁿ⁻¹)` and `xʸ⁻ᵏ·(ln x)ⁿ⁺¹`.
///
/// As long as xʸ⁻ᵏ is a normal number, that in x is a quotient by x, whose derivatives meet tangents as large as x in time.
pub(crate) fn power_log_slopes<T: Real>(x: T, y: T, k: i32, n: i32) -> (T, T) {
    let factor = y - T::lit(k.into());
    let divides = !beside_an_integer(factor) && has_room(powf_less(x, y, T::lit(k.into())));
    let next = if divides { k } else { k + 1 };
    let of_power = inspect::product(factor, power_log(x, y, next, n));
    let of_log = if n == 0 { T::zero() } else { T::lit(n.into()) * power_log(x, y, next, n - 1) };
    let dx = of_power + of_log;
    (if divides { dx / x } else { dx }, power_log(x, y, k, n + 1))
}

/// Slopes of f, the logarithm of x to base b, in x and b: 1 / (x·ln b) and −f / (b·ln b); at the poles, x = 0 and b = 1, NaN.
#[inline]
pub(crate) fn log<T: Real>(x: T, b: T, f: T) -> (T, T) {
    let ln_b = b.ln();
    if x == T::zero() || ln_b == T::zero() || f.is_nan() {
        let slope = inspect::undefined(f);
        return (slope, slope);
    }
    // Not by the reciprocals of x and b, which overflow where the slopes don't.
    let over = |numerator: T, x: T| {
        let slope = numerator / x;
        if slope.is_finite() { slope } else { inspect::product(numerator, x.recip()) }
    };
    // At b = 0 the logarithm falls vertically from 0.
    let db = if b == T::zero() { ln_b * x.ln() } else { -over(f / ln_b, b) };
    (over(ln_b.recip(), x), db)
}

/// Whether derivatives of ratios overflow at a distance `h` from the origin.
#[inline]
pub(crate) fn near_origin<T: Real>(h: T) -> bool {
    h * h < T::min_positive_value()
}

/// `x·y` in the slopes of a norm: near the origin a zero wins over an infinity, and what overflows is infinite and not NaN.
#[inline]
pub(crate) fn product_in_norm<T: Real>(near_origin: bool, x: T, y: T) -> T {
    #[cold]
    fn masked<T: Real>(x: T, y: T) -> T {
        inspect::product(x, y)
    }
    if near_origin { masked(x, y) } else { x * y }
}

/// Slopes of h = √(x² + y²): x/h and y/h.
///
/// Written with the ratio of the smaller to the larger, r: the larger's slope is ±1/√(1 + r²), whose derivative is small
/// where r is; that of y/h is the difference of 1/h and y²/h³, and cancels where |y| ≫ |x|.
///
/// Not at the origin, where it has a kink.
#[inline]
pub(crate) fn hypot<T: Real>(x: T, y: T, h: T) -> (T, T) {
    let near = near_origin(h);
    let larger_and_smaller = |large: T, small: T| {
        let r = small / large;
        if r.is_nan() {
            let nan = undefined2(x, y);
            return (nan, nan);
        }
        let c = (T::one() + product_in_norm(near, r, r)).sqrt().recip().copysign(large);
        (c, product_in_norm(near, r, c))
    };
    if x.abs() >= y.abs() {
        larger_and_smaller(x, y)
    } else {
        let (dy, dx) = larger_and_smaller(y, x);
        (dx, dy)
    }
}

/// Slopes of atan2(y, x) in y and x: x / (x² + y²) and −y / (x² + y²).
///
/// Written with the ratio of the smaller to the larger, r: no square over- or underflows, and at an infinity the
/// slopes are 0. At the origin every direction has its own limit: 0/0.
#[inline]
pub(crate) fn atan2<T: Real>(y: T, x: T) -> (T, T) {
    let steep = y.abs() > x.abs();
    let r = if steep { x / y } else { y / x };
    if r.is_nan() {
        let nan = undefined2(x, y);
        return (nan, nan);
    }
    let c = (T::one() + r * r).recip();
    if steep { (r * c / y, -(c / y)) } else { (c / x, -(r * c / x)) }
}

/// Slopes of the remainder r = x − k·y, k an integer, in x and y: 1 and −k.
///
/// Serves the truncated remainder `%` and the Euclidean one. Between the jumps k is constant; at a jump the
/// slopes are those of the piece that r is on. k is recovered from r because x/y may round up to an integer
/// that isn't reached. Without a remainder (y = 0, x = ∞) NaN.
#[inline]
pub(crate) fn rem<T: Real>(x: T, y: T, r: T) -> (T, T) {
    let k = ((x - r) / y).round();
    (defined(r, T::one()), defined(r, -k))
}
