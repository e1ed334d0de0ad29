//! Functions of matrices, and their norm.

use ::nalgebra::allocator::Allocator;
use ::nalgebra::constraint::{DimEq, ShapeConstraint};
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Scalar};

use super::{matrix, rows, square};
use crate::linalg::LinalgError;
use crate::linalg::functions::{exp_of, ln_of, sqrt_of};
use crate::rules::Number;

/// The exponential of a square matrix: [`linalg::exp`](crate::linalg::exp()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of [`linalg::exp`](crate::linalg::exp()).
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::exp;
///
/// assert_eq!(exp(&Matrix2::new(0.0, 1.0, 0.0, 0.0))?, Matrix2::new(1.0, 1.0, 0.0, 1.0));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn exp<T, R, C>(a: &Matrix<T, R, C, impl RawStorage<T, R, C>>) -> Result<OMatrix<T, R, C>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let ((entries, n), (r, c)) = (square(a)?, a.shape_generic());
    Ok(matrix(r, c, &exp_of(&entries, n)?))
}

/// The principal square root of a square matrix: [`linalg::sqrt`](crate::linalg::sqrt()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of [`linalg::sqrt`](crate::linalg::sqrt()).
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::sqrt;
///
/// let x = sqrt(&Matrix2::new(1.0, 2.0, 0.0, 1.0))?;
/// assert!((x - Matrix2::new(1.0, 1.0, 0.0, 1.0)).norm() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn sqrt<T, R, C>(a: &Matrix<T, R, C, impl RawStorage<T, R, C>>) -> Result<OMatrix<T, R, C>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let ((entries, n), (r, c)) = (square(a)?, a.shape_generic());
    Ok(matrix(r, c, &sqrt_of(&entries, n)?))
}

/// The principal logarithm of a square matrix: [`linalg::ln`](crate::linalg::ln()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of [`linalg::ln`](crate::linalg::ln()).
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::ln;
///
/// let x = ln(&Matrix2::new(1.0, 1.0, 0.0, 1.0))?;
/// assert!((x - Matrix2::new(0.0, 1.0, 0.0, 0.0)).norm() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn ln<T, R, C>(a: &Matrix<T, R, C, impl RawStorage<T, R, C>>) -> Result<OMatrix<T, R, C>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let ((entries, n), (r, c)) = (square(a)?, a.shape_generic());
    Ok(matrix(r, c, &ln_of(&entries, n)?))
}

/// The norm of a vector, or Frobenius' of a matrix: the root of the sum of all squares, by
/// [`Special::norm`](crate::Special::norm).
///
/// It doesn't overflow before it must. At zero it has a kink: the first derivative there is 0, the middle of the slopes, and higher
/// ones are NaN; `nalgebra`'s own `norm` overflows, and its second ones are infinite at zero.
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::gradient;
/// use tangents::interop::nalgebra::linalg::norm;
///
/// assert_eq!(gradient(norm, &Vector2::new(0.0, -2.0)), Vector2::new(0.0, -1.0));
/// assert_eq!(gradient(norm, &Vector2::new(0.0, 0.0)), Vector2::new(0.0, 0.0));
/// ```
pub fn norm<T, R, C, S>(a: &Matrix<T, R, C, S>) -> T
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
{
    T::norm(&rows(a))
}
