//! Gradients stacked into a matrix, a row each.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use ::nalgebra::allocator::Allocator;
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{Const, DefaultAllocator, Dim, Matrix, OMatrix, Scalar, U1};

#[cfg(feature = "alloc")]
use ::nalgebra::Dyn;

/// A container of gradients that are vectors: what is a matrix, with the gradients as its rows.
///
/// | f returns | at a point `SVector<T, N>` | at a `DVector<T>` |
/// |---|---|---|
/// | `SVector<D, M>`, `[D; M]` | `SMatrix<T, M, N>` | `OMatrix<T, Const<M>, Dyn>` |
/// | `DVector<D>`, `Vec<D>` | `OMatrix<T, Dyn, Const<N>>` | `DMatrix<T>` |
#[diagnostic::on_unimplemented(
    message = "the Jacobian or Hessian isn't a matrix: `{Self}` isn't a vector of gradients that are vectors",
    note = "the point must be a vector, and the function return a vector, array or `Vec` of numbers; a number has a \
            `gradient`, and of matrices `tangents::jacobian` gives the derivatives entry by entry"
)]
pub trait Rows {
    /// The matrix.
    type Matrix;

    /// The matrix, with as many columns as the point has coordinates.
    fn stack(self, columns: usize) -> Self::Matrix;
}

/// The matrix of `n` columns whose rows are given.
fn matrix<'a, T, M, N, S>(
    rows: M,
    columns: usize,
    row: impl Fn(usize) -> &'a Matrix<T, N, U1, S>,
) -> OMatrix<T, M, N>
where
    T: Scalar,
    M: Dim,
    N: Dim,
    S: RawStorage<T, N> + 'a,
    DefaultAllocator: Allocator<M, N>,
{
    OMatrix::from_fn_generic(rows, N::from_usize(columns), |i, j| row(i)[j].clone())
}

impl<T, M, N, S, Q> Rows for Matrix<Matrix<T, N, U1, S>, M, U1, Q>
where
    T: Scalar,
    M: Dim,
    N: Dim,
    S: RawStorage<T, N>,
    Q: RawStorage<Matrix<T, N, U1, S>, M>,
    DefaultAllocator: Allocator<M, N>,
{
    type Matrix = OMatrix<T, M, N>;

    #[inline]
    fn stack(self, columns: usize) -> Self::Matrix {
        matrix(self.shape_generic().0, columns, |i| &self[i])
    }
}

impl<T, N, S, const M: usize> Rows for [Matrix<T, N, U1, S>; M]
where
    T: Scalar,
    N: Dim,
    S: RawStorage<T, N>,
    DefaultAllocator: Allocator<Const<M>, N>,
{
    type Matrix = OMatrix<T, Const<M>, N>;

    #[inline]
    fn stack(self, columns: usize) -> Self::Matrix {
        matrix(Const, columns, |i| &self[i])
    }
}

#[cfg(feature = "alloc")]
impl<T, N, S> Rows for Vec<Matrix<T, N, U1, S>>
where
    T: Scalar,
    N: Dim,
    S: RawStorage<T, N>,
    DefaultAllocator: Allocator<Dyn, N>,
{
    type Matrix = OMatrix<T, Dyn, N>;

    #[inline]
    fn stack(self, columns: usize) -> Self::Matrix {
        matrix(Dyn(self.len()), columns, |i| &self[i])
    }
}
