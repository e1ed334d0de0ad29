//! What operators and numeric traits must know of a series.

use core::array::from_fn;

use super::super::components::Components;
use super::super::kinks::undefined2;
use super::{Taylor, series};
use crate::number::inspect::{self, Mask, masked};
use crate::real::Real;

impl<T: Real, const K: usize> Components<T> for Taylor<T, K> {
    #[inline]
    fn re(&self) -> T {
        self.re
    }

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
        if slope.is_nan() {
            return self.undefined(y, slope);
        }
        Self::new(y, series::linear(slope, self.coefficients))
    }

    #[inline]
    fn linear2(self, other: Self, y: T, dx: T, dy: T) -> Self {
        if dx.is_nan() || dy.is_nan() {
            return undefined2(self, other, y);
        }
        Self::new(y, series::linear2(dx, self.coefficients, dy, other.coefficients))
    }

    #[cold]
    fn undefined(self, y: T, nan: T) -> Self {
        // A coefficient is reached by a step of that length or by shorter ones. Not by powers of the series: they may
        // underflow.
        let steps = self.coefficients.map(|c| inspect::product(nan, c));
        let mut reached = steps;
        for k in 1..K {
            let shorter = (0..k).map(|j| inspect::product(steps[j], reached[k - j - 1]));
            reached[k] = shorter.fold(steps[k], |sum, product| sum + product);
        }
        Self::new(y, reached)
    }

    #[inline]
    fn map_first(mut self, f: impl Fn(T) -> T) -> Self {
        if let [first, ..] = &mut self.coefficients[..] {
            *first = f(*first);
        }
        self
    }
}
