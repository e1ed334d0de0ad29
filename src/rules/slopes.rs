//! The slopes of the table as functions, and the forms that are longer than a cell.
//!
//! Everything here is ordinary arithmetic on `T: Real`. Evaluated at a dual number a slope gives its own
//! derivative, and so every order follows from the one row.

use super::branches::within;
use super::table::for_each_unary_rule;
use crate::number::inspect;
use crate::real::Real;

/// The slope of every row as a function of x and the value y, made `$defined` where y is NaN.
macro_rules! emit_slopes {
    (
        [$Bound:ident, $defined:ident]
        $((
            $name:ident $(($n:ident: $Order:ty))?, $what:literal, $words:literal,
            |$x:tt $(, $y:tt)?| $slope:expr $(, $($second:tt)*)?
        ))*
    ) => {$(
        #[doc = concat!("Slope at `x` of the ", $what, ", of which `y` is the value: ", $words, ".")]
        #[inline]
        pub(crate) fn $name<T: $Bound>($($n: $Order,)? x: T, y: T) -> T {
            let ($x $(, $y)?, ..) = (x, y);
            $defined(y, $slope)
        }
    )*};
}

pub(super) use emit_slopes;

/// The rows of the elementary functions ask for themselves where the value is NaN.
#[cfg_attr(not(debug_assertions), inline(always))]
fn as_it_is<T>(_: T, slope: T) -> T {
    slope
}

for_each_unary_rule!(emit_slopes [Real, as_it_is]);

/// `x`, with −0 made 0: the slope of a function that begins at zero is what it is to the right of zero.
#[inline]
fn unsigned_zero<T: Real>(x: T) -> T {
    x + T::zero()
}

/// `1 − x²`: near ±1 as a product, without the rounding of the square, which is all there is of it; near 0 as it
/// stands, because the derivative of the product is the difference of 1 − x and 1 + x, which there cancels.
#[inline]
fn one_minus_square<T: Real>(x: T) -> T {
    if x.abs() < T::lit(0.5) { T::one() - x * x } else { (T::one() - x) * (T::one() + x) }
}

/// `1 / (x·ln 10)`, for large x as a quotient: the product overflows.
#[inline]
fn log10_slope<T: Real>(x: T) -> T {
    if x <= T::one() { (x * T::LN_10()).recip() } else { T::LOG10_E() / x }
}

/// `1 / (1 + x²)`, for large x through the reciprocal, whose square doesn't overflow.
#[inline]
fn atan_slope<T: Real>(x: T) -> T {
    if x.abs() <= T::one() {
        (T::one() + x * x).recip()
    } else {
        let r = x.recip();
        let square = r * r;
        square / (T::one() + square)
    }
}

/// `eˣ`, from y = eˣ − 1 where y + 1 doesn't cancel.
#[inline]
fn exp_m1_slope<T: Real>(x: T, y: T) -> T {
    if y > T::lit(-0.5) { y + T::one() } else { x.exp() }
}

/// `2ˣ·ln 2`, of which the power may overflow and the slope not.
#[inline]
fn exp2_slope<T: Real>(x: T, y: T) -> T {
    if inspect::is_finite(y) {
        y * T::LN_2()
    } else {
        inspect::product((x - T::one()).exp2(), T::LN_2() + T::LN_2())
    }
}

/// So large a number is its own `√(x² + 1)`, and far from the square root of the largest.
const LARGE: f64 = 1e12;

/// `1 / cosh²x`: from y = tanh x where 1 − y² doesn't cancel, otherwise `4e/(1 + e)²` with `e = e^(−2|x|)`, correct until
/// it underflows.
#[inline]
fn tanh_slope<T: Real>(x: T, y: T) -> T {
    let square = y * y;
    if square < T::lit(0.5) {
        return T::one() - square;
    }
    let magnitude = x.abs();
    let e = (-(magnitude + magnitude)).exp(); // not a product with −2, at infinity with its zero tangent
    let sum = T::one() + e;
    T::lit(4.0) * e / (sum * sum)
}

/// `1 / √(x² + 1)`, for large x without the square.
#[inline]
fn asinh_slope<T: Real>(x: T) -> T {
    let magnitude = x.abs();
    if magnitude < T::lit(LARGE) { (x * x + T::one()).sqrt().recip() } else { magnitude.recip() }
}
