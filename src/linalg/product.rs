//! Products of matrices, of plain numbers or of those that carry derivatives, with several sums side by side.
//!
//! A sum waits for each of its additions, and what it reads is read by its neighbours too: so a few neighbours are added
//! up at once, in registers. Each is added from the first term to the last, as a loop over it alone would do it.

use core::array::from_fn;
use core::ops::Mul;

use crate::error::Error;
use crate::real::Real;

/// How many sums are added up at once: of numbers with 8 lanes, as many as fill the registers. Not 4, which the compiler
/// gathers from four rows into a vector, and takes twice as long.
const SIDE_BY_SIDE: usize = if cfg!(target_feature = "avx") { 3 } else { 2 };

/// The product `A·x` of a matrix and a vector: `yᵢ = Σₖ Aᵢₖ·xₖ`, added from the first k to the last.
///
/// Either may be of plain numbers and the other of numbers that carry derivatives, or both of the same kind. A plain number
/// multiplies the lanes of the other one; it isn't made a number with lanes first.
///
/// The vector is a slice, since that is what a function gets of a point that is an array.
///
/// Cost: a multiplication and an addition of numbers per entry of A; no allocation.
///
/// # Panics
///
/// If `x` hasn't length N.
///
/// ```
/// use tangents::{jacobian, matvec};
///
/// let a = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
/// assert_eq!(jacobian(|x| matvec(&a, x), &[0.5, 0.25]), a);
/// ```
#[inline]
#[track_caller]
pub fn matvec<A, X, Y, const M: usize, const N: usize>(a: &[[A; N]; M], x: &[X]) -> [Y; M]
where
    A: Copy + Mul<X, Output = Y>,
    X: Copy,
    Y: Real,
{
    assert_eq!(x.len(), N, "the length of x and the columns of A, in A·x");
    let mut y = [Y::zero(); M];
    rows_times(a.as_flattened(), x, &mut y);
    y
}

/// [`matvec`] on slices: the matrix row by row, `Aᵢₖ` at `i·n + k` for an `x` of length n, and the product written into `y`.
///
/// Cost: as [`matvec`].
///
/// # Errors
///
/// [`Error::Length`] if `a` hasn't m·n entries, m being the length of `y`. With n = 0 the product is 0.
///
/// ```
/// use tangents::{Dual, matvec_into};
///
/// let x = [Dual::new(1.0, [1.0, 0.0]), Dual::new(2.0, [0.0, 1.0])];
/// let mut y = [Dual::constant(0.0); 2];
/// matvec_into(&[1.0, 2.0, 3.0, 4.0], &x, &mut y)?;
/// assert_eq!(y.map(|y| (y.re, y.eps)), [(5.0, [1.0, 2.0]), (11.0, [3.0, 4.0])]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[inline]
pub fn matvec_into<A, X, Y>(a: &[A], x: &[X], y: &mut [Y]) -> Result<(), Error>
where
    A: Copy + Mul<X, Output = Y>,
    X: Copy,
    Y: Real,
{
    Error::check_length("matrix", y.len().saturating_mul(x.len()), a.len())?;
    rows_times(a, x, y);
    Ok(())
}

/// The product `A·B` of two matrices: `Cᵢⱼ = Σₖ Aᵢₖ·Bₖⱼ`, added from the first k to the last.
///
/// Either may be of plain numbers, as in [`matvec`].
///
/// Cost: M·K·N multiplications and additions of numbers; no allocation.
///
/// ```
/// use tangents::{Dual, jacobian, matmul};
///
/// let square = |x: &[Dual<f64, 4>]| matmul(&[[x[0], x[1]], [x[2], x[3]]], &[[x[0], x[1]], [x[2], x[3]]]);
/// // ∂(X²)/∂X₀₁ = E·X + X·E, with E having a one at (0, 1).
/// let j = jacobian(square, &[1.0, 2.0, 3.0, 4.0]);
/// assert_eq!(j.map(|row| row.map(|derivatives| derivatives[1])), [[3.0, 5.0], [0.0, 3.0]]);
/// ```
#[inline]
pub fn matmul<A, B, C, const M: usize, const K: usize, const N: usize>(
    a: &[[A; K]; M],
    b: &[[B; N]; K],
) -> [[C; N]; M]
where
    A: Copy + Mul<B, Output = C>,
    B: Copy,
    C: Real,
{
    let mut c = [[C::zero(); N]; M];
    for (a, c) in a.iter().zip(&mut c) {
        row_times(a, b.as_flattened(), c);
    }
    c
}

/// [`matmul`] on slices: A is m×k, B is k×n and C is m×n, each row by row, with the `k` that is given.
///
/// Cost: as [`matmul`].
///
/// # Errors
///
/// [`Error::Length`] if `a` or `b` hasn't whole rows or columns of length `k`, or `c` not m·n entries; and with k = 0, where
/// m and n aren't known, if `c` isn't empty.
///
/// ```
/// use tangents::matmul_into;
///
/// let mut c = [0.0; 2];
/// matmul_into(&[1.0, 2.0, 3.0, 4.0], &[1.0, 10.0], &mut c, 2)?;
/// assert_eq!(c, [21.0, 43.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[inline]
pub fn matmul_into<A, B, C>(a: &[A], b: &[B], c: &mut [C], k: usize) -> Result<(), Error>
where
    A: Copy + Mul<B, Output = C>,
    B: Copy,
    C: Real,
{
    let (m, n) = (a.len().checked_div(k).unwrap_or(0), b.len().checked_div(k).unwrap_or(0));
    Error::check_length("left matrix", m * k, a.len())?;
    Error::check_length("right matrix", k * n, b.len())?;
    Error::check_length("product", m.saturating_mul(n), c.len())?;
    if n > 0 {
        for (a, c) in a.chunks_exact(k).zip(c.chunks_exact_mut(n)) {
            row_times(a, b, c);
        }
    }
    Ok(())
}

/// `y = A·x`, some rows at once; `a` has as many entries as that takes.
#[inline]
fn rows_times<A: Copy + Mul<X, Output = Y>, X: Copy, Y: Real>(a: &[A], x: &[X], y: &mut [Y]) {
    let n = x.len();
    let mut i = 0;
    while i + SIDE_BY_SIDE <= y.len() {
        let sums: [Y; SIDE_BY_SIDE] = dot(from_fn(|r| &a[(i + r) * n..][..n]), x);
        y[i..i + SIDE_BY_SIDE].copy_from_slice(&sums);
        i += SIDE_BY_SIDE;
    }
    while i < y.len() {
        [y[i]] = dot([&a[i * n..][..n]], x);
        i += 1;
    }
}

/// The products of some rows with one vector.
#[inline]
fn dot<A: Copy + Mul<X, Output = Y>, X: Copy, Y: Real, const R: usize>(rows: [&[A]; R], x: &[X]) -> [Y; R] {
    let rows = rows.map(|row| &row[..x.len()]);
    let Some((&first, _)) = x.split_first() else { return [Y::zero(); R] };
    // From the first term, and not from zero: the sum of one −0 is −0.
    let mut sums = rows.map(|row| row[0] * first);
    for k in 1..x.len() {
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = *sum + row[k] * x[k];
        }
    }
    sums
}

/// A row of `C = A·B`, some columns at once; `b` has a row as long as `c` for each entry of `a`.
#[inline]
fn row_times<A: Copy + Mul<B, Output = C>, B: Copy, C: Real>(a: &[A], b: &[B], c: &mut [C]) {
    let n = c.len();
    let mut j = 0;
    while j + SIDE_BY_SIDE <= n {
        let sums: [C; SIDE_BY_SIDE] = combination(a, b, n, j);
        c[j..j + SIDE_BY_SIDE].copy_from_slice(&sums);
        j += SIDE_BY_SIDE;
    }
    while j < n {
        [c[j]] = combination(a, b, n, j);
        j += 1;
    }
}

/// The products of a row with some columns of `b`, from the column `j` on.
#[inline]
fn combination<A: Copy + Mul<B, Output = C>, B: Copy, C: Real, const R: usize>(
    a: &[A],
    b: &[B],
    n: usize,
    j: usize,
) -> [C; R] {
    let mut terms = a.iter().zip(b.chunks_exact(n)).map(|(a, b)| (*a, &b[j..j + R]));
    let Some((first, b)) = terms.next() else { return [C::zero(); R] };
    let mut sums = from_fn(|r| first * b[r]);
    for (a, b) in terms {
        for (sum, b) in sums.iter_mut().zip(b) {
            *sum = *sum + a * *b;
        }
    }
    sums
}
