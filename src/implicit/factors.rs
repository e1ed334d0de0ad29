//! Factors of the plain Jacobian in the unknowns, or of a Hessian.

use super::memory::Memory;
use crate::linalg::lu;
use crate::number::over::Over;
use crate::rules::Number;

/// How many unknowns there may be on the stack.
pub(super) const FEW: usize = 16;

/// A slice with a number for each unknown.
pub(super) type Vector<T> = Memory<T, FEW>;

/// A slice with a number for each pair of unknowns, row by row.
pub(super) type Matrix<T> = Memory<T, { FEW * FEW }>;

/// The factors of a matrix A: those of `S·A`, with a diagonal S of powers of 2.
pub(super) struct Factors<P> {
    factors: Matrix<P>,
    swaps: Vector<usize>,
    scales: Vector<P>,
}

impl<P: Number> Factors<P> {
    /// The factors of a matrix that is finite, by elimination with pivots.
    ///
    /// Its rows are scaled before, so that an equation in other units is solved as it was in its own.
    ///
    /// # Errors
    ///
    /// The first column of which but rounding is left, or `None` if there is no memory.
    pub(super) fn pivoted(mut a: Matrix<P>, n: usize) -> Result<Self, Option<usize>> {
        let mut scales = Vector::filled(P::one(), n).ok_or(None)?;
        let mut largest = Vector::filled(P::zero(), n).ok_or(None)?;
        let mut swaps = Vector::filled(0, n).ok_or(None)?;
        for (row, scale) in a.chunks_exact_mut(n).zip(&mut *scales) {
            *scale = power_of_2(row.iter().fold(P::zero(), |size, x| size.max(x.abs())));
            for (x, largest) in row.iter_mut().zip(&mut *largest) {
                *x = *x * *scale;
                *largest = largest.max(x.abs());
            }
        }
        lu::factorize(&mut a, &mut swaps).map_err(Some)?;
        match (0..n).find(|&k| is_rounding(a[k * n + k].abs(), largest[k], n)) {
            Some(column) => Err(Some(column)),
            None => Ok(Self { factors: a, swaps, scales }),
        }
    }

    /// The factors of a matrix that is finite and symmetric, `L·D·Lᵀ` with the rows of `D·Lᵀ` in its upper part.
    ///
    /// # Errors
    ///
    /// The index at which it isn't positive definite, or `None` if there is no memory.
    pub(super) fn positive_definite(mut a: Matrix<P>, n: usize) -> Result<Self, Option<usize>> {
        let scales = Vector::filled(P::one(), n).ok_or(None)?;
        let mut swaps = Vector::filled(0, n).ok_or(None)?;
        let mut diagonal = Vector::filled(P::zero(), n).ok_or(None)?;
        for (k, x) in diagonal.iter_mut().enumerate() {
            *x = a[k * n + k].abs();
        }
        for (k, swap) in swaps.iter_mut().enumerate() {
            *swap = k;
            let (above, below) = a.split_at_mut((k + 1) * n);
            let row = &above[k * n + k..];
            if row[0] <= P::zero() || is_rounding(row[0], diagonal[k], n) {
                return Err(Some(k));
            }
            for below in below.chunks_exact_mut(n) {
                let factor = below[k] / row[0];
                below[k] = factor;
                for (below, &row) in below[k + 1..].iter_mut().zip(&row[1..]) {
                    *below = *below - factor * row;
                }
            }
        }
        Ok(Self { factors: a, swaps, scales })
    }

    /// `b := A⁻¹·b`, each component by itself.
    pub(super) fn solve<T: Over<P, D>, D>(&self, b: &mut [T]) {
        let n = b.len();
        for (b, &scale) in b.iter_mut().zip(&*self.scales) {
            *b = b.times_plain(scale);
        }
        for (k, &swap) in self.swaps.iter().enumerate() {
            b.swap(k, swap);
        }
        for (i, row) in self.factors.chunks_exact(n).enumerate() {
            for (k, &factor) in row[..i].iter().enumerate() {
                b[i] = b[i] - b[k].times_plain(factor);
            }
        }
        for (i, row) in self.factors.chunks_exact(n).enumerate().rev() {
            for (k, &factor) in row.iter().enumerate().skip(i + 1) {
                b[i] = b[i] - b[k].times_plain(factor);
            }
            b[i] = b[i].by_plain(row[i]);
        }
    }
}

/// Whether a pivot is but what rounding leaves of a column whose entries were of this size.
fn is_rounding<P: Number>(pivot: P, size: P, n: usize) -> bool {
    // NaN is no pivot either.
    !matches!(
        pivot.partial_cmp(&(P::epsilon() * P::lit(n as f64) * size)),
        Some(core::cmp::Ordering::Greater)
    )
}

/// The power of 2 that brings a number of this size near 1, or 1 if there is none.
fn power_of_2<P: Number>(size: P) -> P {
    const EXPONENT: u64 = 0x7FF << 52;
    let size = size.to_f64().unwrap_or(1.0);
    let power = f64::from_bits(size.to_bits() & EXPONENT);
    let scale = P::lit(power.recip());
    if scale > P::zero() && scale.is_finite() { scale } else { P::one() }
}
