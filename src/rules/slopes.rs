//! The slopes of the table as functions, and the forms that are longer than a cell.
//!
//! Everything here is ordinary arithmetic on `T: Real`. Evaluated at a dual number a slope gives its own
//! derivative, and so every order follows from the one row.

use super::branches::defined;
use super::table::for_each_unary_rule;
use crate::real::Real;

macro_rules! emit_slopes {
    ($(($name:ident, $what:literal, $words:literal, $domain:expr, |$x:ident, $y:ident| $slope:expr))*) => {$(
        #[doc = concat!("Slope at `x` of the ", $what, ", of which `y` is the value: ", $words, ".")]
        #[inline]
        #[allow(unused_variables)]
        pub(crate) fn $name<T: Real>($x: T, $y: T) -> T {
            defined($y, $slope)
        }
    )*};
}

for_each_unary_rule!(emit_slopes);

/// `x`, with −0 made 0: the slope of a function that begins at zero is what it is to the right of zero.
#[inline]
fn unsigned_zero<T: Real>(x: T) -> T {
    x + T::zero()
}

/// `1 − x²` without the rounding of the square, which near ±1 is all there is.
#[inline]
fn one_minus_square<T: Real>(x: T) -> T {
    (T::one() - x) * (T::one() + x)
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

/// `1 / cosh²x`, correct until it underflows.
#[inline]
fn tanh_slope<T: Real>(x: T) -> T {
    let cosh = x.cosh();
    if cosh.is_finite() {
        let r = cosh.recip();
        r * r
    } else {
        // A constant: the derivatives of 1/cosh, where cosh has overflown, would be 0·∞.
        T::zero()
    }
}
