//! What operators and numeric traits must know of a series.

use core::array::from_fn;

use super::super::components::Components;
use super::{Taylor, series};
use crate::inspect::{Mask, masked};
use crate::real::Real;

impl<T: Real, const K: usize> Components<T> for Taylor<T, K> {
    #[inline]
    fn with_value(self, re: T) -> Self {
        Self::new(re, self.coefficients)
    }

    #[inline]
    fn map(self, f: impl Fn(T) -> T) -> Self {
        Self::new(f(self.re), self.coefficients.map(f))
    }

    #[inline]
    fn zip(self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        Self::new(f(self.re, other.re), from_fn(|k| f(self.coefficients[k], other.coefficients[k])))
    }

    #[inline]
    fn all(self, other: Self, f: impl Fn(T, T) -> bool) -> bool {
        f(self.re, other.re) && (0..K).all(|k| f(self.coefficients[k], other.coefficients[k]))
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        self.zip(other, |x, y| x + y)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self.zip(other, |x, y| x - y)
    }

    #[inline]
    fn scaled(self, s: T) -> Self {
        self.map(|c| c * s)
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        let coefficients = series::product(self.re, &self.coefficients, other.re, &other.coefficients);
        Self::new(self.re * other.re, coefficients)
    }

    fn times_masked(self, other: Self, mask: Mask) -> Self {
        let (x, y) = (&self.coefficients, &other.coefficients);
        let coefficients = series::product_masked(self.re, x, other.re, y, mask);
        Self::new(masked(self.re, other.re, mask), coefficients)
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let q = self.re / other.re;
        Self::new(q, series::quotient(&self.coefficients, q, other.re, &other.coefficients))
    }

    #[inline]
    fn under(self, q: T) -> Self {
        Self::new(q, series::quotient_of_plain(q, self.re, &self.coefficients))
    }

    #[inline]
    fn linear(self, y: T, slope: T) -> Self {
        Self::new(y, series::linear(slope, self.coefficients))
    }

    #[inline]
    fn linear2(self, other: Self, y: T, dx: T, dy: T) -> Self {
        Self::new(y, series::linear2(dx, self.coefficients, dy, other.coefficients))
    }
}
