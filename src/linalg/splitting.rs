//! How equal eigenvalues split: the derivatives of the eigenvalues of a block whose values are all equal.
//!
//! Let the block be λ + S, with an S that has no value. At the first order k at which S isn't a multiple of the identity, it must be a
//! plain matrix M times one number, as where everything moves along one direction. Then the eigenvalues move as those of M (Rellich;
//! Kato, *Perturbation Theory for Linear Operators*, chapter II), and in M's eigenvectors the block comes apart: what is left beside
//! its parts in the order m tells in the order 2m − k, above k + 1. In several directions at once there are no derivatives.

use alloc::{vec, vec::Vec};

use super::jacobi;
use super::solve::count;
use crate::number::over::Over;
use crate::rules::Number;

/// A block of an `r×r` matrix of numbers with equal values.
pub(super) struct Block<'s, P, T> {
    pub(super) entries: Vec<T>,
    pub(super) r: usize,
    /// For each order, the size up to which an entry is taken for rounding.
    pub(super) rounding: &'s [P],
}

impl<P: Number, T> Block<'_, P, T> {
    /// The eigenvalues, whose values are those of the entries; nothing, if they aren't differentiable, or not known to be.
    ///
    /// Where they split along a direction they are in ascending order for a small step along it.
    pub(super) fn eigenvalues<D>(&self, first: usize) -> Option<Vec<T>>
    where
        T: Over<P, D>,
    {
        let r = self.r;
        for order in first..=T::ORDER {
            let mean = T::sum((0..r).map(|i| self.entries[i * (r + 1)])).by_plain(count(r));
            let part: Vec<T> = (0..r * r)
                .map(|k| if k % (r + 1) == 0 { self.entries[k] - mean } else { self.entries[k] })
                .map(|x| x.of_order(order))
                .collect();
            let largest = part.iter().copied().fold(T::zero(), |l, x| if size(x) > size(l) { x } else { l });
            if exceeds(size(largest), self.rounding[order]) {
                return self.split(order, &part, largest);
            }
        }
        Some((0..r).map(|i| self.entries[i * (r + 1)]).collect())
    }

    /// The eigenvalues, of which those of `part`, of this order, aren't all equal; `largest` is its largest entry.
    fn split<D>(&self, order: usize, part: &[T], largest: T) -> Option<Vec<T>>
    where
        T: Over<P, D>,
    {
        let (r, rounding) = (self.r, self.rounding[order]);
        let along = if is_negative(largest) { -largest } else { largest };
        let square = product(along, along);
        let m: Vec<P> = part.iter().map(|&x| product(x, along) / square).collect();
        // Is there an entry that isn't along the one direction?
        let across = |(&x, &m): (&T, &P)| size(x - along.times_plain(m)) > rounding;
        if part.iter().zip(&m).any(across) {
            return None;
        }
        let (values, vectors) = jacobi::eigen(m, r);
        let rotated = self.rotated(&vectors);
        let equal = rounding / size(along) * P::lit(4.0);
        let mut eigenvalues = Vec::new();
        let mut start = 0;
        while start < r {
            let end = (start + 1..r).find(|&i| values[i] - values[i - 1] > equal).unwrap_or(r);
            for order_beside in order + 1..=T::ORDER {
                let tells = 2 * order_beside - order <= T::ORDER;
                let mut beside = (start..end).flat_map(|i| (end..r).map(move |j| (i, j)));
                let is_coupled = |(i, j): (usize, usize)| {
                    size(rotated[i * r + j].of_order(order_beside)) > self.rounding[order_beside]
                };
                if tells && beside.any(is_coupled) {
                    return None;
                }
            }
            let of = |k: usize| rotated[(start + k / (end - start)) * r + start + k % (end - start)];
            let entries = (0..(end - start) * (end - start)).map(of).collect();
            let block = Block { entries, r: end - start, rounding: self.rounding };
            eigenvalues.extend(block.eigenvalues(order + 1)?);
            start = end;
        }
        Some(eigenvalues)
    }

    /// `Wᵀ·B·W`
    fn rotated<D>(&self, w: &[P]) -> Vec<T>
    where
        T: Over<P, D>,
    {
        let r = self.r;
        let (mut half, mut rotated) = (vec![T::zero(); r * r], vec![T::zero(); r * r]);
        for i in 0..r {
            for j in 0..r {
                half[i * r + j] = T::sum((0..r).map(|k| self.entries[i * r + k].times_plain(w[k * r + j])));
            }
        }
        for i in 0..r {
            for j in 0..r {
                rotated[i * r + j] = T::sum((0..r).map(|k| half[k * r + j].times_plain(w[k * r + i])));
            }
        }
        rotated
    }
}

/// Whether x is above y; a NaN is.
fn exceeds<P: Number>(x: P, y: P) -> bool {
    x.is_nan() || x > y
}

/// The largest size of a coefficient; a NaN is larger than all.
pub(super) fn size<P: Number, D, T: Over<P, D>>(x: T) -> P {
    let mut size = P::zero();
    x.each_coefficient(&mut |c| {
        if exceeds(c.abs(), size) {
            size = c.abs();
        }
    });
    size
}

/// Whether the first coefficient that isn't zero is negative.
fn is_negative<P: Number, D, T: Over<P, D>>(x: T) -> bool {
    let mut first = P::zero();
    x.each_coefficient(&mut |c| {
        if first == P::zero() {
            first = c;
        }
    });
    first < P::zero()
}

/// The sum of the products of the coefficients.
fn product<P: Number, D, T: Over<P, D>>(x: T, y: T) -> P {
    let (mut of_x, mut sum) = (Vec::new(), P::zero());
    x.each_coefficient(&mut |c| of_x.push(c));
    let mut of_x = of_x.into_iter();
    y.each_coefficient(&mut |c| sum += c * of_x.next().unwrap_or(P::zero()));
    sum
}
