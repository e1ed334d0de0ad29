//! Eigenvalues of general matrices, by `nalgebra`'s iteration, which needs the standard library.

use alloc::vec::Vec;

use ::nalgebra::allocator::Allocator;
use ::nalgebra::constraint::{DimEq, ShapeConstraint};
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{Complex, DMatrix, DefaultAllocator, Dim, Matrix, OVector, Scalar, Schur, U1};

use super::square;
use crate::linalg::LinalgError;
use crate::linalg::eigenvalues::eigenvalues_near;
use crate::linalg::solve::check_finite;
use crate::rules::Number;

/// How many steps `nalgebra`'s iteration may take for each row.
const STEPS: usize = 1000;

/// The eigenvalues of a general matrix, by their real parts, and then by their imaginary ones.
///
/// A derivative is `uᴴ·Ȧ·v / uᴴ·v`, with the right and the left eigenvector. The values are `nalgebra`'s, of `f64`, made exact by Newton's
/// method in the matrix's own float; derivatives of every order follow from the same equations.
///
/// Eigenvalues that are nearer to each other than 8·√ε times the largest entry, ε being an ulp of 1, or that have a condition number above
/// 1/√ε, are refused: those of a matrix that isn't diagonalizable have no derivatives, and are found so. For a symmetric matrix take [`symmetric_eigenvalues`](super::symmetric_eigenvalues).
///
/// Cost: for each eigenvalue, and pair of complex ones, 4 factorizations and an inverse with the side N + 1, or 2·N + 2.
///
/// # Errors
///
/// [`LinalgError::EqualEigenvalues`] with the first pair that is equal, if anything moves; [`LinalgError::NotConverged`],
/// [`LinalgError::NotFinite`]; [`LinalgError::Length`] if the matrix isn't square.
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::eigenvalues;
/// use tangents::{Dual, derivative};
///
/// // ±√−x
/// let im = |x: Dual<f64, 1>| eigenvalues(&Matrix2::new(0.0.into(), -x, 1.0.into(), 0.0.into())).unwrap()[1].im;
/// assert!((derivative(im, 4.0) - 0.25).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn eigenvalues<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<OVector<Complex<T>, R>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R>,
{
    let (entries, n) = square(a)?;
    check_finite(&entries, n)?;
    let near = plain_eigenvalues(DMatrix::from_row_iterator(n, n, entries.iter().map(value)))?;
    let found = eigenvalues_near(&entries, n, &near)?;
    let r = a.shape_generic().0;
    Ok(OVector::from_fn_generic(r, U1, |i, _| Complex::new(found[i][0], found[i][1])))
}

fn value<T: Number>(x: &T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}

/// The eigenvalues by parts, in order.
fn plain_eigenvalues(a: DMatrix<f64>) -> Result<Vec<[f64; 2]>, LinalgError> {
    if a.is_empty() {
        return Ok(Vec::new()); // which nalgebra's iteration doesn't expect
    }
    let steps = STEPS.saturating_mul(a.nrows());
    let schur = Schur::try_new(a, f64::EPSILON, steps).ok_or(LinalgError::NotConverged)?;
    let mut values: Vec<[f64; 2]> = schur.complex_eigenvalues().iter().map(|x| [x.re, x.im]).collect();
    values.sort_by(|x, y| x[0].total_cmp(&y[0]).then(x[1].total_cmp(&y[1])));
    Ok(values)
}
