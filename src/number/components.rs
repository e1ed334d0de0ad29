//! What a number must know of its components for operators and numeric traits to be written once for all numbers.

use crate::number::inspect::Mask;
use crate::real::Real;

/// A truncated polynomial with coefficients in `T`: its value, and the components that carry derivatives.
pub(super) trait Components<T: Real>: Copy {
    /// The value.
    fn re(&self) -> T;

    /// The same number with another value.
    fn with_value(self, re: T) -> Self;

    /// `f` of every component, the value's first.
    fn map(self, f: impl Fn(T) -> T) -> Self;

    /// `f` of every component and its counterpart, the value's first.
    fn zip(self, other: Self, f: impl Fn(T, T) -> T) -> Self;

    /// Whether `f` holds of every component and its counterpart.
    fn all(self, other: Self, f: impl Fn(T, T) -> bool) -> bool;

    /// `self + other`
    fn plus(self, other: Self) -> Self;

    /// `self − other`
    fn minus(self, other: Self) -> Self;

    /// `self · s`
    fn scaled(self, s: T) -> Self;

    /// `self · other`
    fn times(self, other: Self) -> Self;

    /// `self · other`, each product of two components under the mask.
    fn times_masked(self, other: Self, mask: Mask) -> Self;

    /// `self / other`, the value by one division.
    fn over(self, other: Self) -> Self;

    /// `q`, the quotient of a plain number by the value, with the derivatives of the quotient by `self`. Where a
    /// component is zero because a variable isn't in `self`, it stays so (law 4).
    fn under(self, q: T) -> Self;

    /// `y`, with the derivatives of `slope·self`, the slope being constant; zero components stay zero (law 4).
    fn linear(self, y: T, slope: T) -> Self;

    /// `y`, with the derivatives of `dx·self + dy·other`, the slopes being constants; zero components stay zero in
    /// each term (law 4).
    fn linear2(self, other: Self, y: T, dx: T, dy: T) -> Self;

    /// `y`, with the derivatives of a function of `self` that has none: `nan`, in every order, in the components in whose
    /// direction `self` moves; the others are zero.
    fn undefined(self, y: T, nan: T) -> Self;

    /// The same number with `f` of the components of first order.
    fn map_first(self, f: impl Fn(T) -> T) -> Self;
}
