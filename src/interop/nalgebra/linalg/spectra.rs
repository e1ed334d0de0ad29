//! Eigenvalues, eigenvectors, singular values and vectors.

use ::nalgebra::allocator::Allocator;
use ::nalgebra::constraint::{DimEq, ShapeConstraint};
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, OVector, Scalar, U1};

use super::{matrix, rows, square};
use crate::linalg::singular::{singular_triplet_of, singular_values_of, svd_of};
use crate::linalg::symmetric::{eigen_of, eigenpair_of, eigenvalues_of};
use crate::linalg::{LinalgError, Svd, SymmetricEigen};
use crate::rules::Number;

/// The eigenvalues of a symmetric matrix, ascending: [`linalg::symmetric_eigenvalues`](crate::linalg::symmetric_eigenvalues()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of
/// [`linalg::symmetric_eigenvalues`](crate::linalg::symmetric_eigenvalues()).
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::linalg::symmetric_eigenvalues;
/// use tangents::jvp;
///
/// // At a diagonal matrix, off the diagonal: nalgebra's own has zeros there, of the second order too.
/// let (a, v) = (Matrix2::new(1.0, 0.0, 0.0, 1.0), Matrix2::new(0.0, 2.0, 2.0, 0.0));
/// let moved = jvp(|a: &_| symmetric_eigenvalues(a).unwrap(), &a, &v);
/// assert!((moved - Vector2::new(-2.0, 2.0)).norm() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn symmetric_eigenvalues<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<OVector<T, R>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R>,
{
    let (entries, n) = square(a)?;
    Ok(matrix(a.shape_generic().0, U1, &eigenvalues_of(&entries, n)?))
}

/// The eigenvalues and eigenvectors of a symmetric matrix: [`linalg::symmetric_eigen`](crate::linalg::symmetric_eigen()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of [`linalg::symmetric_eigen`](crate::linalg::symmetric_eigen()).
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::linalg::symmetric_eigen;
///
/// let pairs = symmetric_eigen(&Matrix2::new(2.0, 0.0, 0.0, -1.0))?;
/// assert_eq!(pairs.values, Vector2::new(-1.0, 2.0));
/// assert_eq!(pairs.vectors, Matrix2::new(0.0, 1.0, 1.0, 0.0));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn symmetric_eigen<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<SymmetricEigen<OVector<T, R>, OMatrix<T, R, C>>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R, C> + Allocator<R>,
{
    let ((entries, n), (r, c)) = (square(a)?, a.shape_generic());
    let SymmetricEigen { values, vectors } = eigen_of(&entries, n)?;
    Ok(SymmetricEigen { values: matrix(r, U1, &values), vectors: matrix(r, c, &vectors) })
}

/// The singular values of a matrix that isn't wider than high, descending: [`linalg::singular_values`](crate::linalg::singular_values()).
///
/// # Errors
///
/// Those of [`linalg::singular_values`](crate::linalg::singular_values()).
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::interop::nalgebra::linalg::singular_values;
///
/// assert!((singular_values(&Vector2::new(3.0, 4.0))?[0] - 5.0_f64).abs() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn singular_values<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<OVector<T, C>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<C>,
{
    let (m, n) = a.shape_generic();
    Ok(matrix(n, U1, &singular_values_of(&rows(a), m.value(), n.value())?))
}

/// The singular value decomposition of a matrix that isn't wider than high: [`linalg::svd`](crate::linalg::svd()).
///
/// # Errors
///
/// Those of [`linalg::svd`](crate::linalg::svd()).
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::interop::nalgebra::linalg::svd;
///
/// let f = svd(&Vector2::new(3.0, 4.0))?;
/// assert!((f.u - Vector2::new(0.6, 0.8)).norm() < 1e-15 && (f.v[0] - 1.0_f64).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn svd<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<Svd<OMatrix<T, R, C>, OVector<T, C>, OMatrix<T, C, C>>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C> + Allocator<C, C> + Allocator<C>,
{
    let (m, n) = a.shape_generic();
    let Svd { u, values, v } = svd_of(&rows(a), m.value(), n.value())?;
    Ok(Svd { u: matrix(m, n, &u), values: matrix(n, U1, &values), v: matrix(n, n, &v) })
}

/// One eigenvalue of a symmetric matrix and its eigenvector, by its place in ascending order:
/// [`linalg::symmetric_eigenpair`](crate::linalg::symmetric_eigenpair()).
///
/// # Errors
///
/// [`LinalgError::Length`] if the matrix isn't square; those of
/// [`linalg::symmetric_eigenpair`](crate::linalg::symmetric_eigenpair()).
///
/// # Panics
///
/// If there is no such place.
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::linalg::symmetric_eigenpair;
///
/// let pair = symmetric_eigenpair(&Matrix2::new(2.0, 0.0, 0.0, -1.0), 0)?;
/// assert_eq!(pair, (-1.0, Vector2::new(0.0, 1.0)));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn symmetric_eigenpair<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
    index: usize,
) -> Result<(T, OVector<T, R>), LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R>,
{
    let (entries, n) = square(a)?;
    let (value, vector) = eigenpair_of(&entries, n, index)?;
    Ok((value, matrix(a.shape_generic().0, U1, &vector)))
}

/// One singular value and its vectors, `(u, σ, v)`, by its place in descending order:
/// [`linalg::singular_triplet`](crate::linalg::singular_triplet()).
///
/// # Errors
///
/// Those of [`linalg::singular_triplet`](crate::linalg::singular_triplet()).
///
/// # Panics
///
/// If there is no such place.
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::interop::nalgebra::linalg::singular_triplet;
///
/// let (u, value, v) = singular_triplet(&Vector2::new(3.0, 4.0), 0)?;
/// assert!((u - Vector2::new(0.6, 0.8)).norm() < 1e-15 && (value - 5.0_f64).abs() < 1e-14 && (v[0] - 1.0).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn singular_triplet<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
    index: usize,
) -> Result<(OVector<T, R>, T, OVector<T, C>), LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R> + Allocator<C>,
{
    let (m, n) = a.shape_generic();
    let (u, value, v) = singular_triplet_of(&rows(a), m.value(), n.value(), index)?;
    Ok((matrix(m, U1, &u), value, matrix(n, U1, &v)))
}
