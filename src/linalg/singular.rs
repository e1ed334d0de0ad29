//! Singular values and vectors.
//!
//! The symmetric matrix (0, A; Aᵀ, 0) has the eigenvalues ±σ and the eigenvectors (u, ±v)/√2 (Golub and Van Loan, *Matrix
//! Computations*, section 8.6): so all is as for [symmetric matrices](super::symmetric), nothing is squared, and a small singular value
//! keeps its digits beside a large one as an eigenvalue does.

use alloc::{vec, vec::Vec};
use core::ops::Range;

use super::arrays::{array, flat};
use super::error::LinalgError;
use super::scale::largest;
use super::solve::{check_finite, count};
use super::symmetric::{Pairs, SymmetricEigen};
use crate::rules::Number;

/// The singular value decomposition `A = u·diag(values)·vᵀ` of a matrix that isn't wider than high.
#[derive(Clone, Debug, PartialEq)]
pub struct Svd<U, S, V> {
    /// The left singular vectors, in columns, as many as A has.
    pub u: U,
    /// The singular values, descending.
    pub values: S,
    /// The right singular vectors, in columns.
    pub v: V,
}

/// The singular values of an M×N matrix with M ≥ N, in descending order.
///
/// A derivative is `uᵀ·Ȧ·v`. Where singular values are equal up to rounding, all is as for
/// [`symmetric_eigenvalues`](super::symmetric_eigenvalues): there are derivatives along one direction, in ascending order of their
/// values for a small step, and others are errors. A matrix that is wider than high has the singular values of its transpose.
///
/// Cost: as [`symmetric_eigenvalues`](super::symmetric_eigenvalues) of a matrix with M + N rows.
///
/// # Errors
///
/// [`LinalgError::ZeroSingularValue`] if one is zero up to rounding and anything moves: there it has a kink. [`LinalgError::EqualSingularValues`]
/// with the first pair that is equal and has no derivatives, [`LinalgError::NotFinite`]; [`LinalgError::Length`] if M < N.
///
/// ```
/// use tangents::linalg::singular_values;
///
/// let s: [f64; 2] = singular_values(&[[0.0, 2.0], [3.0, 0.0], [4.0, 0.0]])?;
/// assert!((s[0] - 5.0).abs() < 1e-14 && (s[1] - 2.0).abs() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
#[doc(alias = "svdvals")]
pub fn singular_values<T: Number, const M: usize, const N: usize>(
    a: &[[T; N]; M],
) -> Result<[T; N], LinalgError> {
    Ok(flat(&singular_values_of(a.as_flattened(), M, N)?))
}

/// The singular value decomposition of an M×N matrix with M ≥ N.
///
/// Of each pair of vectors the largest component of both is positive.
///
/// Cost: as [`singular_values`].
///
/// # Errors
///
/// [`LinalgError::EqualSingularValues`] with the first pair that is equal up to rounding, if anything moves;
/// [`LinalgError::ZeroSingularValue`] if one is zero up to rounding, whether anything moves or not; those of [`singular_values`].
///
/// ```
/// use tangents::linalg::svd;
///
/// let f = svd(&[[0.0, 2.0], [3.0, 0.0], [4.0, 0.0]])?;
/// assert!((f.u[1][0] - 0.6_f64).abs() < 1e-14 && (f.v[0][0] - 1.0).abs() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn svd<T: Number, const M: usize, const N: usize>(
    a: &[[T; N]; M],
) -> Result<Svd<[[T; N]; M], [T; N], [[T; N]; N]>, LinalgError> {
    let Svd { u, values, v } = svd_of(a.as_flattened(), M, N)?;
    Ok(Svd { u: array(&u), values: flat(&values), v: array(&v) })
}

/// One singular value of an M×N matrix with M ≥ N, by its place in descending order, and its left and right vectors: (u, σ, v).
///
/// Others may be equal, or zero: what they do to these is smooth.
///
/// Cost: as [`singular_values`].
///
/// # Errors
///
/// [`LinalgError::EqualSingularValues`] if this one is equal to a neighbour up to rounding, and anything moves;
/// [`LinalgError::ZeroSingularValue`] if it's zero up to rounding; those of [`singular_values`].
///
/// # Panics
///
/// If there is no such place.
///
/// ```
/// use tangents::linalg::singular_triplet;
/// use tangents::{Dual, gradient};
///
/// // The largest one of a matrix of rank 1: its gradient is u·vᵀ.
/// let largest = |x: &[Dual<f64, 4>]| singular_triplet(&[[x[0], x[1]], [x[2], x[3]]], 0).unwrap().1;
/// let g: [f64; 4] = gradient(largest, &[1.0, 1.0, 1.0, 1.0]);
/// assert!(g.iter().all(|g| (g - 0.5).abs() < 1e-15));
/// ```
pub fn singular_triplet<T: Number, const M: usize, const N: usize>(
    a: &[[T; N]; M],
    index: usize,
) -> Result<([T; M], T, [T; N]), LinalgError> {
    let (u, value, v) = singular_triplet_of(a.as_flattened(), M, N, index)?;
    Ok((flat(&u), value, flat(&v)))
}

/// [`singular_triplet`] on slices, of an m×n matrix.
pub(crate) fn singular_triplet_of<T: Number>(
    a: &[T],
    m: usize,
    n: usize,
    index: usize,
) -> Result<(Vec<T>, T, Vec<T>), LinalgError> {
    assert!(index < n, "there are {n} singular values, and none at {index}");
    let place = m + n - 1 - index;
    let zero = LinalgError::ZeroSingularValue { index };
    let SymmetricEigen { values, vectors } =
        pairs(a, m, n, place..place + 1, true).map_err(|error| match error {
            LinalgError::ZeroSingularValue { .. } => zero,
            error => error,
        })?;
    if values[0] <= largest(a.iter().copied()) * T::epsilon() * T::lit(ZERO) * count(m + n) {
        return Err(zero);
    }
    let scale = T::lit(core::f64::consts::SQRT_2);
    let mut vector = vectors.into_iter().skip(place).step_by(m + n).map(|x| x * scale);
    Ok((vector.by_ref().take(m).collect(), values[0], vector.collect()))
}

/// How many ulps of the largest singular value are zero, for each row and column.
const ZERO: f64 = 32.0;

/// [`singular_values`] on slices, of an m×n matrix.
pub(crate) fn singular_values_of<T: Number>(a: &[T], m: usize, n: usize) -> Result<Vec<T>, LinalgError> {
    let mut values = pairs(a, m, n, m..m + n, false)?.values;
    values.reverse();
    Ok(values)
}

/// [`svd`] on slices, of an m×n matrix.
pub(crate) fn svd_of<T: Number>(
    a: &[T],
    m: usize,
    n: usize,
) -> Result<Svd<Vec<T>, Vec<T>, Vec<T>>, LinalgError> {
    let SymmetricEigen { mut values, vectors } = pairs(a, m, n, m..m + n, true)?;
    if values
        .first()
        .zip(values.last())
        .is_some_and(|(&s, &l)| s <= l * T::epsilon() * T::lit(ZERO) * count(m + n))
    {
        return Err(LinalgError::ZeroSingularValue { index: n - 1 });
    }
    values.reverse();
    let scale = T::lit(core::f64::consts::SQRT_2);
    let side = m + n;
    // The last columns belong to the positive eigenvalues, the last one to the largest.
    let part = |rows: Range<usize>| -> Vec<T> {
        rows.flat_map(|i| (0..n).map(move |j| i * side + side - 1 - j)).map(|k| vectors[k] * scale).collect()
    };
    Ok(Svd { u: part(0..m), values, v: part(m..side) })
}

/// The eigenpairs of (0, A; Aᵀ, 0) in a range of those that are A's, which are the last n.
fn pairs<T: Number>(
    a: &[T],
    m: usize,
    n: usize,
    wanted: Range<usize>,
    vectors: bool,
) -> Result<SymmetricEigen<Vec<T>, Vec<T>>, LinalgError> {
    if m < n {
        LinalgError::check_length("column of a matrix that isn't wider than high", n, m)?;
    }
    check_finite(a, n)?;
    let side = m + n;
    let mut both = vec![T::zero(); side * side];
    for i in 0..m {
        for j in 0..n {
            both[i * side + m + j] = a[i * n + j];
            both[(m + j) * side + i] = a[i * n + j];
        }
    }
    // The index from the top, of eigenvalues that are ascending.
    let descending = |i: usize| side - 1 - i;
    Pairs { a: both, n: side, wanted, vectors }.found(a).map_err(|[first, second]| {
        // With a zero the pair is ±σ, or it and the zeros of a matrix that isn't square.
        if first < m {
            LinalgError::ZeroSingularValue { index: n - 1 }
        } else {
            LinalgError::EqualSingularValues { first: descending(second), second: descending(first) }
        }
    })
}
