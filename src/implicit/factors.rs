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

/// A matrix A, and then the factors of `S·A` with a diagonal S of powers of 2.
pub(super) struct Factors<P> {
    /// The matrix, row by row.
    pub(super) matrix: Matrix<P>,
    swaps: Vector<usize>,
    scales: Vector<P>,
    /// What a pivot must be larger than, lest it be but what rounding left of its column.
    least: Vector<P>,
    n: usize,
}

impl<P: Number> Factors<P> {
    /// Those of an n×n matrix that is yet to be written.
    #[inline]
    pub(super) fn new(n: usize) -> Self {
        Self {
            matrix: Matrix::filled(P::zero(), n * n),
            swaps: Vector::filled(0, n),
            scales: Vector::filled(P::one(), n),
            least: Vector::filled(P::zero(), n),
            n,
        }
    }

    /// Factorizes the matrix, which is finite, by elimination with pivots.
    ///
    /// Its rows are scaled before, so that an equation in other units is solved as it was in its own.
    ///
    /// # Errors
    ///
    /// The first column of which but rounding is left.
    pub(super) fn pivoted(&mut self) -> Result<(), usize> {
        let Self { matrix, swaps, scales, least, n } = self;
        for (row, scale) in matrix.chunks_exact_mut(*n).zip(&mut **scales) {
            *scale = power_of_2(row.iter().fold(P::zero(), |size, x| larger(size, x.abs())));
            for (x, least) in row.iter_mut().zip(&mut **least) {
                *x = *x * *scale;
                *least = larger(*least, x.abs());
            }
        }
        lu::factorize(matrix, swaps)?;
        let is_rounding = |&k: &usize| matrix[k * *n + k].abs() <= least[k] * rounding(*n);
        (0..*n).find(is_rounding).map_or(Ok(()), Err)
    }

    /// Factorizes the matrix, which is finite and symmetric, as `L·D·Lᵀ` with the rows of `D·Lᵀ` in its upper part.
    ///
    /// # Errors
    ///
    /// The index at which it isn't positive definite.
    pub(super) fn positive_definite(&mut self) -> Result<(), usize> {
        let Self { matrix, swaps, least, n, .. } = self;
        let n = *n;
        for (k, least) in least.iter_mut().enumerate() {
            *least = matrix[k * n + k].abs() * rounding(n);
        }
        for (k, swap) in swaps.iter_mut().enumerate() {
            *swap = k;
            let (above, below) = matrix.split_at_mut((k + 1) * n);
            let row = &above[k * n + k..];
            // What overflows in the elimination is NaN in the end.
            if row[0] <= least[k] || row[0].is_nan() {
                return Err(k);
            }
            for below in below.chunks_exact_mut(n) {
                let factor = below[k] / row[0];
                below[k] = factor;
                for (below, &row) in below[k + 1..].iter_mut().zip(&row[1..]) {
                    *below = *below - factor * row;
                }
            }
        }
        Ok(())
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
        // By columns: the numbers that one solution is subtracted from don't wait for each other.
        for k in 0..n {
            let (known, below) = b.split_at_mut(k + 1);
            subtract(below, known[k], self.matrix[k * n + k..].iter().skip(n).step_by(n));
        }
        for k in (0..n).rev() {
            let (above, known) = b.split_at_mut(k);
            known[0] = known[0].by_plain(self.matrix[k * n + k]);
            subtract(above, known[0], self.matrix[k..].iter().step_by(n));
        }
    }
}

/// `b −= x·factors`
#[inline]
fn subtract<'f, P: Number, D, T: Over<P, D>>(b: &mut [T], x: T, factors: impl Iterator<Item = &'f P>) {
    for (b, &factor) in b.iter_mut().zip(factors) {
        *b = *b - x.times_plain(factor);
    }
}

/// How much of a column of a matrix of n rows is rounding.
fn rounding<P: Number>(n: usize) -> P {
    P::epsilon() * P::lit(n as f64)
}

/// The larger one of two numbers that aren't NaN.
#[inline]
pub(super) fn larger<P: Number>(x: P, y: P) -> P {
    if x < y { y } else { x }
}

/// The power of 2 that brings a number of this size near 1, or 1 if there is none.
fn power_of_2<P: Number>(size: P) -> P {
    const EXPONENT: u64 = 0x7FF << 52;
    let size = size.to_f64().unwrap_or(1.0);
    let power = f64::from_bits(size.to_bits() & EXPONENT);
    let scale = P::lit(power.recip());
    if scale > P::zero() && scale.is_finite() { scale } else { P::one() }
}
