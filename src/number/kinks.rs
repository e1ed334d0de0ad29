//! Kinks, written once for every number: what [`branches`](crate::rules::branches) says of them, made of components.
//!
//! Every kink is that of |d| at d = 0 beside something smooth: max(x, y) is (x + y)/2 + |x − y|/2. At first order |d| adds
//! nothing, and at every higher order NaN in the components in whose direction d moves.
//!
//! What is called from outside is rarely called and not inlined, and writes over a copy ([`aside`]), so that the numbers stay
//! in registers where there is no kink.

use super::components::Components;
use super::lanes::aside;
use crate::number::inspect;
use crate::real::Real;
use crate::rules::branches;

/// |x| at x = ±0, of value `y`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn magnitude<T: Real, X: Components<T>>(x: X, y: T) -> X {
    #[cold]
    fn rewrite<T: Real, X: Components<T>>(x: &mut X, y: T) {
        *x = kinked(x.linear(y, T::zero()), *x);
    }
    aside(x, |x| rewrite(x, y))
}

/// |x| with a sign at x = ±0, of value `y`: if the sign is that of ±0, the slope in x jumps in its direction.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn signed_magnitude<T: Real, X: Components<T>>(x: X, sign: X, y: T) -> X {
    #[cold]
    fn rewrite<T: Real, X: Components<T>>(x: &mut X, sign: &X, y: T) {
        let magnitude = x.linear(y, T::zero());
        *x = if sign.re() == T::zero() {
            let jump = sign.undefined(T::zero(), inspect::undefined(sign.re()));
            kinked(magnitude.plus(jump).with_value(y), either(*x, *sign))
        } else {
            kinked(magnitude, *x)
        };
    }
    aside([x, sign], |[x, sign]| rewrite(x, sign, y))[0]
}

/// The average of two numbers of equal value, where a choice between them has its kink and the value `re`: smooth if they
/// are the same in every component.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn tie<T: Real, X: Components<T>>(x: X, y: X, re: T) -> X {
    #[cold]
    fn rewrite<T: Real, X: Components<T>>(x: &mut X, y: &X, re: T) {
        let average = |x, y| if inspect::identical(x, y) { x } else { half(x) + half(y) };
        *x = kinked(x.zip(*y, average).with_value(re), difference(*x, *y));
    }
    aside([x, y], |[x, y]| rewrite(x, y, re))[0]
}

/// max(x − y, 0) where x and y have equal values, of value `d`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn positive_difference<T: Real, X: Components<T>>(x: X, y: X, d: T) -> X {
    #[cold]
    fn rewrite<T: Real, X: Components<T>>(x: &mut X, y: &X, d: T) {
        let difference = difference(*x, *y);
        // What isn't known of both isn't known of the difference.
        let slope = |x, difference| half(difference) - inspect::nans(x);
        *x = kinked(x.zip(difference, slope).with_value(d), difference);
    }
    aside([x, y], |[x, y]| rewrite(x, y, d))[0]
}

/// The distance of a point from the origin at the origin, where it is the constant `h`: a kink in each of the coordinates.
#[cold]
pub(super) fn cone<T: Real, X: Components<T>>(h: X, coordinates: impl Iterator<Item = X>) -> X {
    let constant = h.with_value(T::zero());
    let (smooth, moving) = coordinates.fold((constant, constant), |(sum, moving), x| {
        (sum.plus(x.linear(T::zero(), T::zero())), either(moving, x))
    });
    kinked(smooth.with_value(h.re()), moving)
}

/// [`cone`] of two coordinates.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn cone2<T: Real, X: Components<T>>(x: X, y: X, h: T) -> X {
    #[cold]
    fn rewrite<T: Real, X: Components<T>>(x: &mut X, y: &X, h: T) {
        *x = kinked(x.linear2(*y, h, T::zero(), T::zero()), either(*x, *y));
    }
    aside([x, y], |[x, y]| rewrite(x, y, h))[0]
}

/// `f`, and NaN in the derivatives of a function of x and y that has none.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn undefined2<T: Real, X: Components<T>>(x: X, y: X, f: T) -> X {
    #[cold]
    fn rewrite<T: Real, X: Components<T>>(x: &mut X, y: &X, f: T) {
        let nan = branches::undefined2(x.re(), y.re());
        *x = either(*x, *y).undefined(inspect::with_value(nan, f), nan);
    }
    aside([x, y], |[x, y]| rewrite(x, y, f))[0]
}

/// The `smooth` part of a function with a kink where `d` is zero: the derivatives of first order are its own, those of
/// higher order, which don't exist, are NaN in the components in whose direction `d` moves.
///
/// A component of higher order is NaN also where `d` itself has one there and doesn't move at first order: |x²| is x² and
/// not 0.
fn kinked<T: Real, X: Components<T>>(smooth: X, d: X) -> X {
    let jumps = d.undefined(T::zero(), inspect::undefined(d.re()));
    // Of a nested component of first order, the value is of first order and what is inside isn't.
    let beyond = jumps.map_first(|c| inspect::with_value(c, T::zero()));
    // Minus 0 changes nothing, and plus 0 would the sign of a zero. The value's own components have been computed on T.
    smooth.zip(beyond, |s, jump| s - jump).with_value(smooth.re())
}

/// A number that moves in every direction in which `x` or `y` does, to be asked for that only: its components are zero or
/// NaN.
fn either<T: Real, X: Components<T>>(x: X, y: X) -> X {
    x.zip(y, |x, y| inspect::product(T::nan(), x) + inspect::product(T::nan(), y))
}

/// What of `x` and `y` differs, for a tie of values: zero where they are the same, also if both are infinite or NaN.
fn difference<T: Real, X: Components<T>>(x: X, y: X) -> X {
    x.zip(y, inspect::difference)
}

/// Half of a component, of which some may be NaN.
fn half<T: Real>(x: T) -> T {
    inspect::product(x, T::lit(0.5))
}
