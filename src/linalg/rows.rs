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
use super::solve::{identity, solve_on_slices};
use crate::rules::Number;

/// The side of the square matrix in `a`.
fn side<T>(a: &[T]) -> Result<usize, LinalgError> {
    let n = a.len().isqrt();
    LinalgError::check_length("square matrix", n * n, a.len())?;
    Ok(n)
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
