//! Factors of the plain Jacobian in the unknowns, or of a Hessian.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::ops::Range;

use super::memory::Memory;
#[cfg(feature = "alloc")]
use crate::linalg::lu;
use crate::linalg::scale::power_of_2;
use crate::number::over::Over;
use crate::rules::Number;

/// A matrix A, and then the factors of `S·A·U` with diagonals S and U of powers of 2.
///
/// Up to `W` rows it stands on the stack, and rows have that length, so that the compiler knows how long their loops are.
pub(super) struct Factors<P, const W: usize> {
    /// The matrix, row by row, then its upper factor, with zeros below the diagonal.
    few: [[P; W]; W],
    /// The lower factor, column by column, without its diagonal.
    lower: [[P; W]; W],
    /// A larger matrix, row by row, then both factors.
    #[cfg(feature = "alloc")]
    many: Vec<P>,
    /// The row that was swapped with each.
    swaps: Memory<usize, W>,
    scales: Memory<P, W>,
    /// Of the columns, if they aren't all 1.
    units: Option<Memory<P, W>>,
    n: usize,
}

impl<P: Number, const W: usize> Factors<P, W> {
    /// Those of an n×n matrix that is yet to be written.
    #[inline]
    pub(super) fn new(n: usize) -> Self {
        Self {
            few: [[P::zero(); W]; W],
            lower: [[P::zero(); W]; W],
            #[cfg(feature = "alloc")]
            many: if n > W { alloc::vec![P::zero(); n * n] } else { Vec::new() },
            swaps: Memory::filled(0, n),
            scales: Memory::filled(P::one(), n),
            units: None,
            n,
        }
    }

    /// Writes the columns `chunk` of a row.
    #[inline]
    pub(super) fn write(&mut self, row: usize, chunk: &Range<usize>, entries: &[P; W]) {
        #[cfg(feature = "alloc")]
        if self.n > W {
            self.many[row * self.n..][chunk.clone()].copy_from_slice(&entries[..chunk.len()]);
            return;
        }
        debug_assert_eq!(chunk.start, 0, "all columns at once");
        self.few[row] = *entries;
    }

    /// An entry of the matrix.
    #[inline]
    pub(super) fn entry(&mut self, row: usize, column: usize) -> &mut P {
        #[cfg(feature = "alloc")]
        if self.n > W {
            return &mut self.many[row * self.n + column];
        }
        &mut self.few[row][column]
    }

    /// The first row with an infinity or a NaN.
    #[inline]
    pub(super) fn not_finite(&self) -> Option<usize> {
        // x·0 is 0 or NaN, and asks nothing.
        let is_not_finite = |row: &[P]| gathered(row, |sum, x| sum + x * P::zero()).is_nan();
        #[cfg(feature = "alloc")]
        if self.n > W {
            return self.many.chunks_exact(self.n).position(is_not_finite);
        }
        self.few.iter().position(|row| is_not_finite(row))
    }

    /// Factorizes the matrix, which is finite, by elimination with pivots.
    ///
    /// Its rows are scaled before, so that an equation in other units is solved as it was in its own; and so are columns, if unknowns
    /// have very different units.
    ///
    /// # Errors
    ///
    /// The first column in which only rounding is left.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn pivoted(&mut self) -> Result<(), usize> {
        self.scale_columns();
        #[cfg(feature = "alloc")]
        if self.n > W {
            return self.pivoted_many();
        }
        let Self { few, lower, swaps, scales, n, .. } = self;
        let mut largest = [P::zero(); W];
        for (row, scale) in few.iter_mut().zip(&mut **scales) {
            *scale = scaled(row, &mut largest);
        }
        for (k, swap) in swaps.iter_mut().enumerate() {
            let (mut pivot, mut size) = (k, few[k][k].abs());
            for (i, row) in few[..*n].iter().enumerate() {
                if i > k && row[k].abs() > size {
                    (pivot, size) = (i, row[k].abs());
                }
            }
            // What overflows in the elimination is NaN in the end.
            if size <= largest[k] * rounding(*n) || size.is_nan() {
                return Err(k);
            }
            *swap = pivot;
            if pivot > k {
                few.swap(k, pivot);
                for column in &mut lower[..k] {
                    column.swap(k, pivot);
                }
            }
            eliminate(few, lower, k, *n);
        }
        Ok(())
    }

    /// Brings columns near 1 if their sizes differ by more than `UNITS`: beside large ones, what is left of small ones would look like
    /// rounding.
    #[inline]
    fn scale_columns(&mut self) {
        let n = self.n;
        let mut largest = Memory::<P, W>::filled(P::zero(), n);
        for i in 0..n {
            for (k, largest) in largest.iter_mut().enumerate() {
                *largest = larger(*largest, self.entry(i, k).abs());
            }
        }
        let most = gathered(&largest, larger);
        if largest.iter().all(|&x| x * P::lit(UNITS) >= most) {
            return;
        }
        for scale in &mut *largest {
            *scale = power_of_2(*scale);
        }
        for i in 0..n {
            for (k, &scale) in largest.iter().enumerate() {
                *self.entry(i, k) *= scale;
            }
        }
        self.units = Some(largest);
    }

    #[cfg(feature = "alloc")]
    fn pivoted_many(&mut self) -> Result<(), usize> {
        let Self { many, swaps, scales, n, .. } = self;
        let mut largest = alloc::vec![P::zero(); *n];
        for (row, scale) in many.chunks_exact_mut(*n).zip(&mut **scales) {
            *scale = scaled(row, &mut largest);
        }
        lu::factorize(many, swaps)?;
        let is_rounding = |&k: &usize| many[k * *n + k].abs() <= largest[k] * rounding(*n);
        (0..*n).find(is_rounding).map_or(Ok(()), Err)
    }

    /// Factorizes the matrix, which is finite and symmetric, as `L·D·Lᵀ` with the rows of `D·Lᵀ` in its upper part.
    ///
    /// # Errors
    ///
    /// The index at which it isn't positive definite.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn positive_definite(&mut self) -> Result<(), usize> {
        let n = self.n;
        for k in 0..n {
            self.scales[k] = self.entry(k, k).abs() * rounding(n);
        }
        for k in 0..n {
            let pivot = *self.entry(k, k);
            if pivot <= self.scales[k] || pivot.is_nan() {
                return Err(k);
            }
            self.swaps[k] = k;
            self.scales[k] = P::one();
            #[cfg(feature = "alloc")]
            if n > W {
                self.eliminate_many(k);
                continue;
            }
            eliminate(&mut self.few, &mut self.lower, k, n);
        }
        Ok(())
    }

    #[cfg(feature = "alloc")]
    fn eliminate_many(&mut self, k: usize) {
        let n = self.n;
        let (above, below) = self.many.split_at_mut((k + 1) * n);
        let row = &above[k * n + k..];
        for below in below.chunks_exact_mut(n) {
            let factor = below[k] / row[0];
            below[k] = factor;
            for (below, &row) in below[k + 1..].iter_mut().zip(&row[1..]) {
                *below -= factor * row;
            }
        }
    }

    /// `b := A⁻¹·b`, each component by itself.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn solve<T: Over<P, D>, D>(&self, b: &mut [T]) {
        for (b, &scale) in b.iter_mut().zip(&*self.scales) {
            *b = b.times_plain(scale);
        }
        for (k, &swap) in self.swaps.iter().enumerate() {
            b.swap(k, swap);
        }
        self.substitute(b);
        if let Some(units) = &self.units {
            for (b, &unit) in b.iter_mut().zip(&**units) {
                *b = b.times_plain(unit);
            }
        }
    }

    #[inline]
    fn substitute<T: Over<P, D>, D>(&self, b: &mut [T]) {
        let n = self.n;
        #[cfg(feature = "alloc")]
        if n > W {
            return substitute(n, |i, k| self.many[i * n + k], |i, k| self.many[i * n + k], b);
        }
        substitute(n.min(W), |i, k| self.lower[k][i], |i, k| self.few[i][k], b);
    }
}

/// What `f` makes of 0 and all numbers, in four parts that don't wait for each other.
#[cfg_attr(not(debug_assertions), inline(always))]
fn gathered<P: Number>(row: &[P], f: impl Fn(P, P) -> P) -> P {
    let mut parts = [P::zero(); 4];
    for four in row.chunks(4) {
        for (part, &x) in parts.iter_mut().zip(four) {
            *part = f(*part, x);
        }
    }
    let [a, b, c, d] = parts;
    f(f(a, b), f(c, d))
}

/// Multiplies a row by a power of 2, which it returns, and notes in `largest` the sizes of each column.
#[cfg_attr(not(debug_assertions), inline(always))]
fn scaled<P: Number>(row: &mut [P], largest: &mut [P]) -> P {
    let scale = power_of_2(gathered(row, |size, x| larger(size, x.abs())));
    for (x, largest) in row.iter_mut().zip(largest) {
        *x *= scale;
        *largest = larger(*largest, x.abs());
    }
    scale
}

/// Subtracts multiples of the row k from those below it, of n.
#[cfg_attr(not(debug_assertions), inline(always))]
fn eliminate<P: Number, const W: usize>(few: &mut [[P; W]; W], lower: &mut [[P; W]; W], k: usize, n: usize) {
    let row = few[k];
    let pivot = row[k];
    for (below, lower) in few[k + 1..n].iter_mut().zip(&mut lower[k][k + 1..n]) {
        let factor = below[k] / pivot;
        *lower = factor;
        // Whole rows, whose length is known: what lies before the pivot is zero.
        for (below, &row) in below.iter_mut().zip(&row) {
            *below -= factor * row;
        }
        below[k] = P::zero();
    }
}

/// `b := U⁻¹·L⁻¹·b`, by columns: the numbers that one solution is subtracted from don't wait for each other.
#[inline]
fn substitute<P: Number, D, T: Over<P, D>>(
    n: usize,
    lower: impl Fn(usize, usize) -> P,
    upper: impl Fn(usize, usize) -> P,
    b: &mut [T],
) {
    for k in 0..n {
        let (known, rest) = b.split_at_mut(k + 1);
        for (b, i) in rest.iter_mut().zip(k + 1..n) {
            *b -= known[k].times_plain(lower(i, k));
        }
    }
    for k in (0..n).rev() {
        let (rest, known) = b.split_at_mut(k);
        known[0] = known[0].by_plain(upper(k, k));
        for (i, b) in rest.iter_mut().enumerate() {
            *b -= known[0].times_plain(upper(i, k));
        }
    }
}

/// How much larger one column may be than another without being scaled.
const UNITS: f64 = 65536.0;

/// How much of a column of a matrix of n rows is rounding.
fn rounding<P: Number>(n: usize) -> P {
    P::epsilon() * P::from(n).unwrap_or_else(P::one)
}

/// The larger one of two numbers that aren't NaN.
#[inline]
pub(super) fn larger<P: Number>(x: P, y: P) -> P {
    if x < y { y } else { x }
}
