//! Factors and least squares.

use alloc::vec::Vec;

use ::nalgebra::allocator::Allocator;
use ::nalgebra::constraint::{DimEq, ShapeConstraint};
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, OVector, Scalar, U1};

use super::{matrix, rows, square};
use crate::linalg::factor::{cholesky_of, ldl_of, lu_of, solve_positive_of};
use crate::linalg::qr::{least_squares_of, pseudo_inverse_of, qr_of};
use crate::linalg::rank::{least_squares_of_rank_of, pseudo_inverse_of_rank_of};
use crate::linalg::{Ldl, LinalgError, Lu, Qr};
use crate::rules::Number;

/// The LU factorization with partial pivoting: [`linalg::lu`](crate::linalg::lu()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of [`linalg::lu`](crate::linalg::lu()).
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::lu;
///
/// let f = lu(&Matrix2::new(1.0, 2.0, 4.0, 4.0))?;
/// assert_eq!((f.lower, f.upper), (Matrix2::new(1.0, 0.0, 0.25, 1.0), Matrix2::new(4.0, 4.0, 0.0, 1.0)));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn lu<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<Lu<OMatrix<T, R, C>, Vec<usize>>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let ((entries, n), (r, c)) = (square(a)?, a.shape_generic());
    let Lu { lower, upper, rows } = lu_of(&entries, n)?;
    Ok(Lu { lower: matrix(r, c, &lower), upper: matrix(r, c, &upper), rows })
}

/// The lower Cholesky factor: [`linalg::cholesky`](crate::linalg::cholesky()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of [`linalg::cholesky`](crate::linalg::cholesky()).
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::cholesky;
///
/// assert_eq!(cholesky(&Matrix2::new(4.0, 2.0, 2.0, 5.0))?, Matrix2::new(2.0, 0.0, 1.0, 2.0));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn cholesky<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<OMatrix<T, R, C>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let ((entries, n), (r, c)) = (square(a)?, a.shape_generic());
    Ok(matrix(r, c, &cholesky_of(&entries, n)?))
}

/// The solution of `A·X = B` with a positive definite A: [`linalg::solve_positive`](crate::linalg::solve_positive()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the shapes don't fit; those of [`linalg::solve_positive`](crate::linalg::solve_positive()).
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::linalg::solve_positive;
///
/// let x = solve_positive(&Matrix2::new(4.0, 2.0, 2.0, 5.0), &Vector2::new(4.0, 10.0))?;
/// assert_eq!(x, Vector2::new(0.0, 2.0));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn solve_positive<T, R, C, L, M>(
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
    let x = solve_positive_of(&entries, n, &rows(b))?;
    Ok(matrix(a.shape_generic().1, b.shape_generic().1, &x))
}

/// The factorization L·D·Lᵀ: [`linalg::ldl`](crate::linalg::ldl()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of [`linalg::ldl`](crate::linalg::ldl()).
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::linalg::ldl;
///
/// let f = ldl(&Matrix2::new(4.0, 2.0, 2.0, -1.0))?;
/// assert_eq!((f.lower, f.diagonal), (Matrix2::new(1.0, 0.0, 0.5, 1.0), Vector2::new(4.0, -2.0)));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn ldl<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<Ldl<OMatrix<T, R, C>, OVector<T, R>>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R, C> + Allocator<R>,
{
    let ((entries, n), (r, c)) = (square(a)?, a.shape_generic());
    let Ldl { lower, diagonal } = ldl_of(&entries, n)?;
    Ok(Ldl { lower: matrix(r, c, &lower), diagonal: matrix(r, U1, &diagonal) })
}

/// The QR factorization of a matrix that isn't wider than high: [`linalg::qr`](crate::linalg::qr()).
///
/// # Errors
///
/// Those of [`linalg::qr`](crate::linalg::qr()).
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::interop::nalgebra::linalg::qr;
///
/// let f = qr(&Vector2::new(3.0, 4.0))?;
/// assert!((f.r[0] - 5.0_f64).abs() < 1e-15 && (f.q - Vector2::new(0.6, 0.8)).norm() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn qr<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<Qr<OMatrix<T, R, C>, OMatrix<T, C, C>>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C> + Allocator<C, C>,
{
    let (m, n) = a.shape_generic();
    let Qr { q, r } = qr_of(&rows(a), m.value(), n.value())?;
    Ok(Qr { q: matrix(m, n, &q), r: matrix(n, n, &r) })
}

/// The least squares solutions of `A·X = B`, for a vector or a matrix B: [`linalg::least_squares`](crate::linalg::least_squares()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the shapes don't fit; those of [`linalg::least_squares`](crate::linalg::least_squares()).
///
/// ```
/// use nalgebra::{Matrix3x2, Vector2, Vector3};
/// use tangents::interop::nalgebra::linalg::least_squares;
///
/// // A line through (0, 1), (1, 3), (2, 5).
/// let x = least_squares(&Matrix3x2::new(1.0, 0.0, 1.0, 1.0, 1.0, 2.0), &Vector3::new(1.0, 3.0, 5.0))?;
/// assert!((x - Vector2::new(1.0, 2.0)).norm() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn least_squares<T, R, C, L, M>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
    b: &Matrix<T, L, M, impl RawStorage<T, L, M>>,
) -> Result<OMatrix<T, C, M>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    L: Dim,
    M: Dim,
    ShapeConstraint: DimEq<R, L>,
    DefaultAllocator: Allocator<C, M>,
{
    let (m, n) = (a.nrows(), a.shape_generic().1);
    LinalgError::check_length("right side", m, b.nrows())?;
    let right = b.ncols();
    let x = least_squares_of(&rows(a), m, n.value(), |i| b[(i / right, i % right)], right)?;
    Ok(matrix(n, b.shape_generic().1, &x))
}

/// The pseudo-inverse of a matrix of full rank: [`linalg::pseudo_inverse`](crate::linalg::pseudo_inverse()).
///
/// # Errors
///
/// Those of [`linalg::pseudo_inverse`](crate::linalg::pseudo_inverse()).
///
/// ```
/// use nalgebra::{RowVector2, Vector2};
/// use tangents::interop::nalgebra::linalg::pseudo_inverse;
///
/// let x = pseudo_inverse(&Vector2::new(3.0, 4.0))?;
/// assert!((x - RowVector2::new(0.12, 0.16)).norm() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn pseudo_inverse<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<OMatrix<T, C, R>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<C, R>,
{
    let (m, n) = a.shape_generic();
    Ok(matrix(n, m, &pseudo_inverse_of(&rows(a), m.value(), n.value())?))
}

/// The least squares solutions of least length of `A·X = B`, A having the rank that is stated:
/// [`linalg::least_squares_of_rank`](crate::linalg::least_squares_of_rank()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the shapes don't fit; those of
/// [`linalg::least_squares_of_rank`](crate::linalg::least_squares_of_rank()).
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::linalg::least_squares_of_rank;
///
/// let x = least_squares_of_rank(&Matrix2::new(1.0, 2.0, 1.0, 2.0), &Vector2::new(4.0, 6.0), 1)?;
/// assert!((x - Vector2::new(1.0, 2.0)).norm() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn least_squares_of_rank<T, R, C, L, M>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
    b: &Matrix<T, L, M, impl RawStorage<T, L, M>>,
    rank: usize,
) -> Result<OMatrix<T, C, M>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    L: Dim,
    M: Dim,
    ShapeConstraint: DimEq<R, L>,
    DefaultAllocator: Allocator<C, M>,
{
    let (m, n) = (a.nrows(), a.shape_generic().1);
    LinalgError::check_length("right side", m, b.nrows())?;
    let right = b.ncols();
    let x = least_squares_of_rank_of(&rows(a), m, n.value(), rank, |i| b[(i / right, i % right)], right)?;
    Ok(matrix(n, b.shape_generic().1, &x))
}

/// The pseudo-inverse of a matrix of the rank that is stated:
/// [`linalg::pseudo_inverse_of_rank`](crate::linalg::pseudo_inverse_of_rank()).
///
/// # Errors
///
/// Those of [`linalg::least_squares_of_rank`](crate::linalg::least_squares_of_rank()).
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::pseudo_inverse_of_rank;
///
/// let x = pseudo_inverse_of_rank(&Matrix2::new(1.0, 1.0, 1.0, 1.0), 1)?;
/// assert!((x - Matrix2::repeat(0.25)).norm() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn pseudo_inverse_of_rank<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
    rank: usize,
) -> Result<OMatrix<T, C, R>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<C, R>,
{
    let (m, n) = a.shape_generic();
    Ok(matrix(n, m, &pseudo_inverse_of_rank_of(&rows(a), m.value(), n.value(), rank)?))
}
