//! The algorithms of [`linalg`](super) on slices: a matrix of run-time shape, row by row, `Aᵢⱼ` at `i·n + j`.
//!
//! The shape of a square matrix follows from its length. Each function is the one of the same name for arrays, with its values and
//! derivatives to the bit, and its errors; besides, lengths that fit no shape are [`LinalgError::Length`].
//!
//! ```
//! use tangents::linalg::rows;
//!
//! let x = rows::solve(&[2.0, 0.0, 1.0, 1.0], &[2.0, 0.0])?;
//! assert_eq!(x, [1.0, -1.0]);
//! # Ok::<(), tangents::linalg::LinalgError>(())
//! ```

use alloc::vec::Vec;

use super::determinant::{LnDeterminant, determinant_on_slices, ln_determinant_on_slices};
use super::error::LinalgError;
use super::factor::{Ldl, Lu, cholesky_of, ldl_of, lu_of, solve_positive_of};
use super::functions::{exp_of, ln_of, sqrt_of};
use super::qr::{Qr, least_squares_of, pseudo_inverse_of, qr_of};
use super::rank::{least_squares_of_rank_of, pseudo_inverse_of_rank_of};
use super::singular::{Svd, singular_triplet_of, singular_values_of, svd_of};
use super::solve::{identity, solve_on_slices};
use super::symmetric::{SymmetricEigen, eigen_of, eigenpair_of, eigenvalues_of};
use crate::rules::Number;

/// The side of the square matrix in `a`.
fn side<T>(a: &[T]) -> Result<usize, LinalgError> {
    let n = a.len().isqrt();
    LinalgError::check_length("square matrix", n * n, a.len())?;
    Ok(n)
}

/// The rows of the matrix with `n` columns in `a`.
fn height<T>(a: &[T], n: usize) -> Result<usize, LinalgError> {
    let m = a.len().checked_div(n).unwrap_or(0);
    LinalgError::check_length("matrix with whole rows", m * n, a.len())?;
    Ok(m)
}

/// The solution of `A·X = B` for the columns of B, of which `b` has the rows: [`solve`](super::solve()) and
/// [`solve_columns`](super::solve_columns).
///
/// With A of n rows, `b` has the length n·m, and m is 1 for a vector.
///
/// # Errors
///
/// Those of [`solve`](super::solve()); [`LinalgError::Length`] if `a` isn't square or `b` hasn't whole columns.
///
/// ```
/// use tangents::Dual;
/// use tangents::linalg::rows;
///
/// // x/3, whose derivative at 3 is −1/3 times its value.
/// let x = rows::solve(&[Dual::<f64, 1>::variable(3.0, 0)], &[Dual::constant(1.5)])?;
/// assert_eq!((x[0].re, x[0].eps), (0.5, [-0.5 / 3.0]));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn solve<T: Number>(a: &[T], b: &[T]) -> Result<Vec<T>, LinalgError> {
    let n = side(a)?;
    let m = b.len().checked_div(n).unwrap_or(0);
    LinalgError::check_length("right side", n * m, b.len())?;
    solve_on_slices(a, n, |i| b[i], m)
}

/// The inverse: [`inverse`](super::inverse()).
///
/// # Errors
///
/// Those of [`solve`].
///
/// ```
/// use tangents::linalg::rows;
///
/// assert_eq!(rows::inverse(&[4.0, 2.0, 0.0, 0.5])?, [0.25, -1.0, 0.0, 2.0]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn inverse<T: Number>(a: &[T]) -> Result<Vec<T>, LinalgError> {
    let n = side(a)?;
    solve_on_slices(a, n, identity(n), n)
}

/// The determinant: [`determinant`](super::determinant()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square.
///
/// ```
/// use tangents::linalg::rows;
///
/// assert_eq!(rows::determinant(&[1.0, 2.0, 3.0, 4.0])?, -2.0);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn determinant<T: Number>(a: &[T]) -> Result<T, LinalgError> {
    Ok(determinant_on_slices(a, side(a)?))
}

/// Sign and logarithm of the determinant: [`ln_determinant`](super::ln_determinant()).
///
/// # Errors
///
/// Those of [`solve`].
///
/// ```
/// use tangents::linalg::rows;
///
/// let det = rows::ln_determinant(&[0.5, 0.0, 0.0, -4.0])?;
/// assert_eq!((det.sign, det.ln_abs), (-1.0, 2.0_f64.ln()));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn ln_determinant<T: Number>(a: &[T]) -> Result<LnDeterminant<T>, LinalgError> {
    ln_determinant_on_slices(a, side(a)?)
}

/// The LU factorization with partial pivoting: [`lu`](super::lu()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of [`lu`](super::lu()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let f = rows::lu(&[1.0, 2.0, 4.0, 4.0])?;
/// assert_eq!((f.lower, f.upper, f.rows), (vec![1.0, 0.0, 0.25, 1.0], vec![4.0, 4.0, 0.0, 1.0], vec![1, 0]));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn lu<T: Number>(a: &[T]) -> Result<Lu<Vec<T>, Vec<usize>>, LinalgError> {
    lu_of(a, side(a)?)
}

/// The Cholesky factor: [`cholesky`](super::cholesky()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of [`cholesky`](super::cholesky()).
///
/// ```
/// use tangents::linalg::rows;
///
/// assert_eq!(rows::cholesky(&[4.0, 2.0, 2.0, 5.0])?, [2.0, 0.0, 1.0, 2.0]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn cholesky<T: Number>(a: &[T]) -> Result<Vec<T>, LinalgError> {
    cholesky_of(a, side(a)?)
}

/// The solution of `A·X = B` with a positive definite A, for the columns of B, as in [`solve`]: [`solve_positive`](super::solve_positive()).
///
/// # Errors
///
/// [`LinalgError::Length`] as in [`solve`]; those of [`cholesky`](super::cholesky()).
///
/// ```
/// use tangents::linalg::rows;
///
/// assert_eq!(rows::solve_positive(&[4.0, 2.0, 2.0, 5.0], &[4.0, 10.0])?, [0.0, 2.0]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn solve_positive<T: Number>(a: &[T], b: &[T]) -> Result<Vec<T>, LinalgError> {
    let n = side(a)?;
    LinalgError::check_length("right side", b.len().checked_div(n).unwrap_or(0) * n, b.len())?;
    solve_positive_of(a, n, b)
}

/// The factorization L·D·Lᵀ: [`ldl`](super::ldl()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of [`ldl`](super::ldl()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let f = rows::ldl(&[4.0, 2.0, 2.0, -1.0])?;
/// assert_eq!((f.lower, f.diagonal), (vec![1.0, 0.0, 0.5, 1.0], vec![4.0, -2.0]));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn ldl<T: Number>(a: &[T]) -> Result<Ldl<Vec<T>, Vec<T>>, LinalgError> {
    ldl_of(a, side(a)?)
}

/// The QR factorization of a matrix with so many columns: [`qr`](super::qr()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` hasn't whole rows; those of [`qr`](super::qr()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let f = rows::qr(&[3.0, 4.0], 1)?;
/// assert!((f.r[0] - 5.0_f64).abs() < 1e-15 && (f.q[1] - 0.8).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn qr<T: Number>(a: &[T], columns: usize) -> Result<Qr<Vec<T>, Vec<T>>, LinalgError> {
    qr_of(a, height(a, columns)?, columns)
}

/// The least squares solutions of `A·X = B`, A having so many columns, for the columns of B, as in [`solve`]:
/// [`least_squares`](super::least_squares()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` hasn't whole rows or `b` hasn't whole columns; those of [`least_squares`](super::least_squares()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let x = rows::least_squares(&[2.0, 0.0, 0.0], &[3.0, 1.0, 1.0], 1)?;
/// assert!((x[0] - 1.5_f64).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn least_squares<T: Number>(a: &[T], b: &[T], columns: usize) -> Result<Vec<T>, LinalgError> {
    let m = height(a, columns)?;
    let right = b.len().checked_div(m).unwrap_or(0);
    LinalgError::check_length("right side", m * right, b.len())?;
    least_squares_of(a, m, columns, |i| b[i], right)
}

/// The pseudo-inverse of a matrix with so many columns: [`pseudo_inverse`](super::pseudo_inverse()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` hasn't whole rows; those of [`pseudo_inverse`](super::pseudo_inverse()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let x = rows::pseudo_inverse(&[3.0, 4.0], 1)?;
/// assert!((x[0] - 0.12_f64).abs() < 1e-15 && (x[1] - 0.16).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn pseudo_inverse<T: Number>(a: &[T], columns: usize) -> Result<Vec<T>, LinalgError> {
    pseudo_inverse_of(a, height(a, columns)?, columns)
}

/// The least squares solutions of least length of `A·X = B`, A having so many columns and that rank, for the columns of B, as in [`solve`]:
/// [`least_squares_of_rank`](super::least_squares_of_rank()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` hasn't whole rows or `b` hasn't whole columns; those of
/// [`least_squares_of_rank`](super::least_squares_of_rank()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let x = rows::least_squares_of_rank(&[1.0, 2.0, 1.0, 2.0], &[4.0, 6.0], 2, 1)?;
/// assert!((x[0] - 1.0_f64).abs() < 1e-15 && (x[1] - 2.0).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn least_squares_of_rank<T: Number>(
    a: &[T],
    b: &[T],
    columns: usize,
    rank: usize,
) -> Result<Vec<T>, LinalgError> {
    let m = height(a, columns)?;
    let right = b.len().checked_div(m).unwrap_or(0);
    LinalgError::check_length("right side", m * right, b.len())?;
    least_squares_of_rank_of(a, m, columns, rank, |i| b[i], right)
}

/// The pseudo-inverse of a matrix with so many columns, of that rank: [`pseudo_inverse_of_rank`](super::pseudo_inverse_of_rank()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` hasn't whole rows; those of [`least_squares_of_rank`](super::least_squares_of_rank()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let x = rows::pseudo_inverse_of_rank(&[1.0, 1.0, 1.0, 1.0], 2, 1)?;
/// assert!(x.iter().all(|x: &f64| (x - 0.25).abs() < 1e-15));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn pseudo_inverse_of_rank<T: Number>(
    a: &[T],
    columns: usize,
    rank: usize,
) -> Result<Vec<T>, LinalgError> {
    pseudo_inverse_of_rank_of(a, height(a, columns)?, columns, rank)
}

/// The eigenvalues of a symmetric matrix: [`symmetric_eigenvalues`](super::symmetric_eigenvalues()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of
/// [`symmetric_eigenvalues`](super::symmetric_eigenvalues()).
///
/// ```
/// use tangents::linalg::rows;
///
/// assert_eq!(rows::symmetric_eigenvalues(&[2.0, 0.0, 0.0, -1.0])?, [-1.0, 2.0]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn symmetric_eigenvalues<T: Number>(a: &[T]) -> Result<Vec<T>, LinalgError> {
    eigenvalues_of(a, side(a)?)
}

/// The eigenvalues and eigenvectors of a symmetric matrix: [`symmetric_eigen`](super::symmetric_eigen()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of
/// [`symmetric_eigen`](super::symmetric_eigen()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let pairs = rows::symmetric_eigen(&[2.0, 0.0, 0.0, -1.0])?;
/// assert_eq!((pairs.values, pairs.vectors), (vec![-1.0, 2.0], vec![0.0, 1.0, 1.0, 0.0]));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn symmetric_eigen<T: Number>(a: &[T]) -> Result<SymmetricEigen<Vec<T>, Vec<T>>, LinalgError> {
    eigen_of(a, side(a)?)
}

/// One eigenvalue of a symmetric matrix and its eigenvector: [`symmetric_eigenpair`](super::symmetric_eigenpair()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of
/// [`symmetric_eigenpair`](super::symmetric_eigenpair()).
///
/// # Panics
///
/// If there is no eigenvalue of this index.
///
/// ```
/// use tangents::linalg::rows;
///
/// assert_eq!(rows::symmetric_eigenpair(&[2.0, 0.0, 0.0, -1.0], 0)?, (-1.0, vec![0.0, 1.0]));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn symmetric_eigenpair<T: Number>(a: &[T], index: usize) -> Result<(T, Vec<T>), LinalgError> {
    eigenpair_of(a, side(a)?, index)
}

/// One singular value of a matrix with so many columns, and its vectors: [`singular_triplet`](super::singular_triplet()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` hasn't whole rows; those of [`singular_triplet`](super::singular_triplet()).
///
/// # Panics
///
/// If there is no singular value of this index.
///
/// ```
/// use tangents::linalg::rows;
///
/// let (u, s, v) = rows::singular_triplet(&[3.0, 4.0], 1, 0)?;
/// assert!((u[0] - 0.6_f64).abs() < 1e-14 && (s - 5.0).abs() < 1e-14 && (v[0] - 1.0).abs() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn singular_triplet<T: Number>(
    a: &[T],
    columns: usize,
    index: usize,
) -> Result<(Vec<T>, T, Vec<T>), LinalgError> {
    singular_triplet_of(a, height(a, columns)?, columns, index)
}

/// The singular values of a matrix with so many columns: [`singular_values`](super::singular_values()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` hasn't whole rows; those of [`singular_values`](super::singular_values()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let s = rows::singular_values(&[3.0, 4.0], 1)?;
/// assert!((s[0] - 5.0_f64).abs() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn singular_values<T: Number>(a: &[T], columns: usize) -> Result<Vec<T>, LinalgError> {
    singular_values_of(a, height(a, columns)?, columns)
}

/// The singular value decomposition of a matrix with so many columns: [`svd`](super::svd()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` hasn't whole rows; those of [`svd`](super::svd()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let f = rows::svd(&[3.0, 4.0], 1)?;
/// assert!((f.u[0] - 0.6_f64).abs() < 1e-15 && (f.v[0] - 1.0).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn svd<T: Number>(a: &[T], columns: usize) -> Result<Svd<Vec<T>, Vec<T>, Vec<T>>, LinalgError> {
    svd_of(a, height(a, columns)?, columns)
}

/// The exponential of a square matrix: [`exp`](super::exp()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of [`exp`](super::exp()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let x = rows::exp(&[0.0, 1.0, 0.0, 0.0])?;
/// assert_eq!(x, [1.0, 1.0, 0.0, 1.0]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn exp<T: Number>(a: &[T]) -> Result<Vec<T>, LinalgError> {
    exp_of(a, side(a)?)
}

/// The principal square root of a square matrix: [`sqrt`](super::sqrt()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of [`sqrt`](super::sqrt()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let x = rows::sqrt(&[4.0, 0.0, 0.0, 9.0])?;
/// assert!((x[0] - 2.0_f64).abs() < 1e-15 && (x[3] - 3.0).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn sqrt<T: Number>(a: &[T]) -> Result<Vec<T>, LinalgError> {
    sqrt_of(a, side(a)?)
}

/// The principal logarithm of a square matrix: [`ln`](super::ln()).
///
/// # Errors
///
/// [`LinalgError::Length`] if `a` isn't square; those of [`ln`](super::ln()).
///
/// ```
/// use tangents::linalg::rows;
///
/// let x = rows::ln(&[1.0, 1.0, 0.0, 1.0])?;
/// assert!((x[1] - 1.0_f64).abs() < 1e-14 && x[0].abs() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn ln<T: Number>(a: &[T]) -> Result<Vec<T>, LinalgError> {
    ln_of(a, side(a)?)
}
