//! Solutions by plain factors of the caller's.

use ::nalgebra::allocator::Allocator;
use ::nalgebra::constraint::{DimEq, ShapeConstraint};
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Scalar};

use super::{matrix, rows};
use crate::linalg::{self, LinalgError, System};
use crate::rules::Number;

/// Its [`plain`](System::plain) is a matrix of the same, static or dynamic, shape.
impl<T: Scalar + Copy, R: Dim, C: Dim, S: RawStorage<T, R, C>> System<T> for Matrix<T, R, C, S>
where
    DefaultAllocator: Allocator<R, C>,
{
    type Plain = OMatrix<f64, R, C>;

    fn side(&self) -> Result<usize, LinalgError> {
        LinalgError::check_length("side of the square matrix", self.nrows(), self.ncols())?;
        Ok(self.nrows())
    }

    fn plain(&self, values: &[f64]) -> OMatrix<f64, R, C> {
        let (r, c) = self.shape_generic();
        matrix(r, c, values)
    }

    fn each(&self, mut visit: impl FnMut(usize, usize, T)) {
        for i in 0..self.nrows() {
            (0..self.ncols()).for_each(|j| visit(i, j, self[(i, j)]));
        }
    }
}

/// The solution of `A·X = B` by a plain solver of the caller's: [`linalg::solve_by`](crate::linalg::solve_by()), for a vector or a
/// matrix B.
///
/// # Errors
///
/// [`LinalgError::Length`] if the shapes don't fit; those of [`linalg::solve_by`](crate::linalg::solve_by()).
///
/// ```
/// use nalgebra::{DMatrix, DVector, DVectorViewMut};
/// use tangents::interop::nalgebra::linalg::solve_by;
/// use tangents::linalg::LinalgError;
/// use tangents::{Dual, derivative};
///
/// // By nalgebra's LU with full pivoting: −1/(2x − 1), as in the page above.
/// let y = |x: Dual<f64, 1>| {
///     let a = DMatrix::from_row_slice(2, 2, &[x, 1.0.into(), 1.0.into(), 2.0.into()]);
///     solve_by(&a, &DVector::from_vec(vec![1.0.into(), 0.0.into()]), |a| {
///         let lu = a.clone().full_piv_lu();
///         Ok::<_, LinalgError>(move |x: &mut [f64]| {
///             lu.solve_mut(&mut DVectorViewMut::from_slice(x, 2));
///         })
///     })
///     .unwrap()[1]
/// };
/// assert!((derivative(y, 1.0) - 2.0).abs() < 1e-15);
/// ```
pub fn solve_by<T, R, C, L, M, X, S, F, E>(
    a: &Matrix<T, R, C, X>,
    b: &Matrix<T, L, M, impl RawStorage<T, L, M>>,
    factorize: F,
) -> Result<OMatrix<T, C, M>, E>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    L: Dim,
    M: Dim,
    X: RawStorage<T, R, C>,
    F: FnOnce(&OMatrix<f64, R, C>) -> Result<S, E>,
    S: FnMut(&mut [f64]),
    E: From<LinalgError>,
    ShapeConstraint: DimEq<R, C> + DimEq<R, L>,
    DefaultAllocator: Allocator<R, C> + Allocator<C, M>,
{
    LinalgError::check_length("right side", a.nrows(), b.nrows())?;
    let x = linalg::solve_by(a, &rows(b), factorize)?;
    Ok(matrix(a.shape_generic().1, b.shape_generic().1, &x))
}
