//! Piecewise functions, and functions of two variables: slopes and choices, with the cases argued.
//!
//! Each function takes arguments and value on `T: Real` and gives the slopes on `T`, so that nested numbers
//! get every order from them. Where the derivative doesn't exist there is a convention: a bounded
//! subdifferential gives one of its members, an unbounded slope is the honest infinity or NaN.

use crate::inspect;
use crate::real::Real;

/// The slope of a function at a point where its value is `y`: outside the domain, where `y` is NaN, NaN.
///
/// Many slopes are finite where the function isn't defined, as 1/x of ln x at x = −1.
#[inline]
pub(crate) fn defined<T: Real>(y: T, slope: T) -> T {
    if y.is_nan() { y } else { slope }
}

/// Slope of |x|: the sign of x, and at ±0 the sign bit.
///
/// Any number in [−1, 1] is a subgradient at 0. With the sign bit, |x| is exactly x or −x, so that the second
/// derivative of |x|² at 0 is 2, as of x², and not 0.
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

/// Slope of xⁿ: n·xⁿ⁻¹.
///
/// For n = 0 the function is constant, and 0·x⁻¹ would be NaN at x = 0. For n = 1 the slope is x⁰, constant
/// in its turn, which keeps 0 clean to every order.
#[inline]
pub(crate) fn powi<T: Real>(x: T, n: i32) -> T {
    match n {
        0 => T::zero(),
        i32::MIN => inspect::product(T::lit(f64::from(n)), x.powi(n) / x), // there is no n − 1
        _ => inspect::product(T::lit(f64::from(n)), x.powi(n - 1)),
    }
}

/// Slope of xʸ in x: y·xʸ⁻¹. The cases are those of Ceres' `jet.h`:
///
/// - y = 0: the power is constant 1, so 0 as for `powi`, also at x = 0, where as written it would be 0·∞.
/// - x = 0, 0 < y < 1: +∞, the function rises vertically.
/// - x < 0: a number for integer y, otherwise NaN as the value.
///
/// As y·p/x of the power p it takes no other power. But the derivatives of that are differences that leave y − 1, y − 2, …
/// as factors: where one of them nearly vanishes, beside the positive integers, and at integers, whose higher derivatives
/// are exactly zero from some order on, it is the power with an exponent less by 1.
#[inline]
pub(crate) fn powf_base<T: Real>(x: T, y: T, p: T) -> T {
    let below_all = y < T::lit(0.75) && y.fract() != T::zero();
    let apart = below_all || (y - y.round()).abs() >= T::lit(0.25);
    if apart && x.is_normal() && p.is_normal() {
        let slope = y * (p / x);
        if slope.is_normal() {
            return slope;
        }
    }
    let exponent = y - T::one();
    let power = x.powf(exponent);
    if y == T::zero() && !power.is_finite() {
        return T::zero();
    }
    // What y − 1 has lost to rounding (Knuth's two-sum): times ln x it can be a hundred ulps of the power.
    let back = exponent - y;
    let lost = (y - (exponent - back)) - (T::one() + back);
    if lost == T::zero() || !power.is_normal() {
        inspect::product(y, power)
    } else {
        y * (power + power * (lost * x.ln()))
    }
}

/// Slope of p = xʸ in y: p·ln x. The cases are those of Ceres' `jet.h`:
///
/// - x = 0, y > 0: 0ʸ is constant 0 to either side, so 0; as written it would be 0·(−∞).
/// - x = 0, y = 0: the value jumps from 0 to 1 as y → 0⁺, slope −∞.
/// - x = 0, y < 0: the value is infinite, and so is the slope.
/// - x < 0, integer y: NaN, since xʸ isn't defined beside an integer. A lane of y that is exactly zero doesn't
///   see that NaN (law 4).
#[inline]
pub(crate) fn powf_exponent<T: Real>(x: T, y: T, p: T) -> T {
    if x == T::zero() && y > T::zero() { T::zero() } else { inspect::product(p, x.ln()) }
}

/// Slopes of f, the logarithm of x to base b, in x and b: 1 / (x·ln b) and −f / (b·ln b).
#[inline]
pub(crate) fn log<T: Real>(x: T, b: T, f: T) -> (T, T) {
    let ln_b = b.ln();
    // x + 0: at −0 the slope is what it is to the right of zero, as for `ln`.
    let dx = inspect::product((x + T::zero()).recip(), ln_b.recip());
    let db = -inspect::product(inspect::product(f, ln_b.recip()), b.recip());
    (defined(f, dx), defined(f, db))
}

/// Slopes of h = √(x² + y²): x/h and y/h.
///
/// Written with the ratio of the smaller to the larger, r: the larger's slope is ±1/√(1 + r²), whose derivative is small
/// where r is; that of y/h is the difference of 1/h and y²/h³, and cancels where |y| ≫ |x|.
///
/// At the origin the subdifferential is the unit disc; its centre is taken.
#[inline]
pub(crate) fn hypot<T: Real>(x: T, y: T, h: T) -> (T, T) {
    if h == T::zero() {
        return (T::zero(), T::zero());
    }
    let larger_and_smaller = |large: T, small: T| {
        let r = small / large;
        let c = (T::one() + r * r).sqrt().recip().copysign(large);
        (c, r * c)
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
        return (T::nan(), T::nan());
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
