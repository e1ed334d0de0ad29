//! Piecewise functions, and functions of two variables: slopes and choices, with the cases argued.
//!
//! Each function takes arguments and value on `T: Real` and gives the slopes on `T`, so that nested numbers
//! get every order from them. Where the derivative doesn't exist there is a convention: a bounded
//! subdifferential gives one of its members, an unbounded slope is the honest infinity or NaN.

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
        i32::MIN => T::lit(f64::from(n)) * (x.powi(n) / x), // there is no n − 1
        _ => T::lit(f64::from(n)) * x.powi(n - 1),
    }
}

/// Slope of xʸ in x, for constant y: y·xʸ⁻¹.
///
/// - y = 0: constant, as for `powi`; a limit of exponents, not of bases, decides 0⁰ = 1.
/// - x = 0, 0 < y < 1: +∞, the function rises vertically.
/// - x < 0: a number for integer y, otherwise NaN as the value.
#[inline]
pub(crate) fn powf_base<T: Real>(x: T, y: T) -> T {
    if y.is_zero() { T::zero() } else { y * x.powf(y - T::one()) }
}

/// Slopes of p = xʸ in x and y, both variable: y·xʸ⁻¹ and p·ln x. After the cases of Ceres' `jet.h`:
///
/// - x > 0: as written.
/// - x = 0, y > 0: in y, 0ʸ is constant 0 to either side, so 0; as written it would be 0·(−∞).
/// - x = 0, y = 0: the value jumps from 0 to 1 as y → 0⁺, slope −∞; in x NaN, since 0·x⁻¹ has no limit along
///   all paths of y.
/// - x = 0, y < 0: the value is infinite, and so are the slopes.
/// - x < 0, integer y: in x as written. In y NaN: xʸ isn't defined beside an integer. A lane of y that is
///   exactly zero doesn't see that NaN (law 4).
#[inline]
pub(crate) fn powf<T: Real>(x: T, y: T, p: T) -> (T, T) {
    let dx = y * x.powf(y - T::one());
    let dy = if x.is_zero() && y > T::zero() { T::zero() } else { p * x.ln() };
    (dx, dy)
}

/// Slopes of f, the logarithm of x to base b, in x and b: 1 / (x·ln b) and −f / (b·ln b).
#[inline]
pub(crate) fn log<T: Real>(x: T, b: T, f: T) -> (T, T) {
    let ln_b = b.ln();
    // x + 0: at −0 the slope is what it is to the right of zero, as for `ln`.
    let dx = (x + T::zero()).recip() / ln_b;
    let db = -(f / ln_b) / b;
    (defined(f, dx), defined(f, db))
}

/// Slopes of h = √(x² + y²): x/h and y/h.
///
/// At the origin the subdifferential is the unit disc; its centre is taken.
#[inline]
pub(crate) fn hypot<T: Real>(x: T, y: T, h: T) -> (T, T) {
    if h.is_zero() { (T::zero(), T::zero()) } else { (x / h, y / h) }
}

/// Slopes of atan2(y, x) in y and x: x / (x² + y²) and −y / (x² + y²).
///
/// Divided by the distance twice, so that no square overflows or underflows. At the origin every direction has
/// its own limit: 0/0.
#[inline]
pub(crate) fn atan2<T: Real>(y: T, x: T) -> (T, T) {
    let h = x.hypot(y);
    ((x / h) / h, -((y / h) / h))
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
