//! The algorithms of [`linalg`](crate::linalg) on matrices of `nalgebra`, of static and of dynamic shape.
//!
//! Each is run once, on plain values; the derivatives are solved for afterwards. `nalgebra`'s own methods run on numbers with
//! derivatives too, but take longer, and lose what [the page above](super#decompositions) says.
//!
//! Each function is the one of the same name for arrays, with its values and derivatives to the bit, and its errors; besides,
//! matrices of run-time shape that don't fit are [`LinalgError::Length`].
//!
//! ```
//! use nalgebra::{Matrix2, Vector2};
//! use tangents::interop::nalgebra::linalg;
//! use tangents::{Dual, derivative};
//!
//! // The second unknown of (x, 1; 1, 2)·y = (1, 0): −1/(2x − 1).
//! let y = |x: Dual<f64, 1>| {
//!     let a = Matrix2::new(x, 1.0.into(), 1.0.into(), 2.0.into());
//!     linalg::solve(&a, &Vector2::new(1.0.into(), 0.0.into())).unwrap()[1]
//! };
//! assert_eq!(derivative(y, 1.0), 2.0);
//! ```

#[cfg(feature = "std")]
mod eigenvalues;
mod factors;
mod functions;
mod solve_by;
mod spectra;

use alloc::vec::Vec;

use ::nalgebra::allocator::Allocator;
use ::nalgebra::constraint::{DimEq, ShapeConstraint};
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Scalar};

use crate::linalg::determinant::{determinant_on_slices, ln_determinant_on_slices};
use crate::linalg::solve::{identity, solve_on_slices};
use crate::linalg::{LinalgError, LnDeterminant};
use crate::rules::Number;

#[cfg(feature = "std")]
pub use eigenvalues::{Eigen, eigen, eigenvalues};
pub use factors::{
    cholesky, ldl, least_squares, least_squares_of_rank, lu, pseudo_inverse, pseudo_inverse_of_rank, qr,
    solve_positive,
};
pub use functions::{exp, ln, norm, sqrt};
pub use solve_by::solve_by;
pub use spectra::{
    singular_triplet, singular_values, svd, symmetric_eigen, symmetric_eigenpair, symmetric_eigenvalues,
};

/// The entries, row by row.
fn rows<T: Number + Scalar, R: Dim, C: Dim>(m: &Matrix<T, R, C, impl RawStorage<T, R, C>>) -> Vec<T> {
    (0..m.nrows()).flat_map(|i| (0..m.ncols()).map(move |j| m[(i, j)])).collect()
}

/// The entries of a square matrix, row by row, and its side.
fn square<T: Number + Scalar, R: Dim, C: Dim>(
    m: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<(Vec<T>, usize), LinalgError> {
    LinalgError::check_length("side of the square matrix", m.nrows(), m.ncols())?;
    Ok((rows(m), m.nrows()))
}

/// The matrix with these entries, row by row.
fn matrix<T: Number + Scalar, R: Dim, C: Dim>(r: R, c: C, rows: &[T]) -> OMatrix<T, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    OMatrix::from_fn_generic(r, c, |i, j| rows[i * c.value() + j])
}

/// The solution of `A·X = B` for a vector or a matrix B: [`linalg::solve`](crate::linalg::solve()) and
/// [`linalg::solve_columns`](crate::linalg::solve_columns).
///
/// # Errors
///
/// Those of [`linalg::solve`](crate::linalg::solve()); [`LinalgError::Length`] if the shapes don't fit.
///
/// ```
/// use nalgebra::{DMatrix, DVector};
/// use tangents::interop::nalgebra::linalg::solve;
///
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 1.0, 1.0]);
/// assert_eq!(solve(&a, &DVector::from_vec(vec![2.0, 0.0]))?, DVector::from_vec(vec![1.0, -1.0]));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn solve<T, R, C, L, M>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
    b: &Matrix<T, L, M, impl RawStorage<T, L, M>>,
) -> Result<OMatrix<T, C, M>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    L: Dim,
    M: Dim,
    ShapeConstraint: DimEq<R, C> + DimEq<R, L>,
    DefaultAllocator: Allocator<C, M>,
{
    let (entries, n) = square(a)?;
    LinalgError::check_length("right side", n, b.nrows())?;
    let m = b.ncols();
    let x = solve_on_slices(&entries, n, |i| b[(i / m, i % m)], m)?;
    Ok(matrix(a.shape_generic().1, b.shape_generic().1, &x))
}

/// The inverse: [`linalg::inverse`](crate::linalg::inverse()).
///
/// # Errors
///
/// Those of [`linalg::solve`](crate::linalg::solve()); [`LinalgError::Length`] if the matrix isn't square.
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::inverse;
/// use tangents::jvp;
///
/// let (a, v) = (Matrix2::new(4.0, 2.0, 0.0, 0.5), Matrix2::new(0.0, 0.0, 1.0, 0.0));
/// let x = inverse(&a)?;
/// assert_eq!(jvp(|a: &_| inverse(a).unwrap(), &a, &v), -(x * v * x));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn inverse<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<OMatrix<T, R, C>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let (entries, n) = square(a)?;
    let x = solve_on_slices(&entries, n, identity(n), n)?;
    let (r, c) = a.shape_generic();
    Ok(matrix(r, c, &x))
}

/// The determinant: [`linalg::determinant`](crate::linalg::determinant()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square.
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::gradient;
/// use tangents::interop::nalgebra::linalg::determinant;
///
/// let singular = Matrix2::new(1.0, 2.0, 2.0, 4.0);
/// assert_eq!(gradient(|a| determinant(a).unwrap(), &singular), Matrix2::new(4.0, -2.0, -2.0, 1.0));
/// ```
pub fn determinant<T, R, C>(a: &Matrix<T, R, C, impl RawStorage<T, R, C>>) -> Result<T, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
{
    let (entries, n) = square(a)?;
    Ok(determinant_on_slices(&entries, n))
}

/// Sign and logarithm of the determinant: [`linalg::ln_determinant`](crate::linalg::ln_determinant()).
///
/// # Errors
///
/// Those of [`linalg::solve`](crate::linalg::solve()); [`LinalgError::Length`] if the matrix isn't square.
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::gradient;
/// use tangents::interop::nalgebra::linalg::{inverse, ln_determinant};
///
/// let a = Matrix2::new(2.0, 0.0, 4.0, 4.0);
/// assert_eq!(gradient(|a| ln_determinant(a).unwrap().ln_abs, &a), inverse(&a)?.transpose());
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn ln_determinant<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<LnDeterminant<T>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
{
    let (entries, n) = square(a)?;
    ln_determinant_on_slices(&entries, n)
}
