//! Sparse matrices of `nalgebra-sparse`, from those of this crate.
//!
//! A [`SparseMatrix`] becomes a `CsrMatrix` or a `CscMatrix`: nothing is copied if its [layout](crate::sparse::Layout) is that already,
//! otherwise it is brought into order in linear time. A plan that is evaluated often writes the values into the matrix itself.
//!
//! ```
//! use nalgebra_sparse::CscMatrix;
//! use tangents::sparse::{JacobianPlan, Layout, SparseWorkspace};
//! use tangents::{Function, lambda};
//!
//! let f = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[0] * w[1]).collect() });
//! let x = [1.0, 2.0, 3.0];
//! let plan = JacobianPlan::from_pattern(f.jacobian_pattern(&x)?)?.with_layout(Layout::Columns);
//! let mut jacobian = CscMatrix::from(plan.jacobian(&f, &x)?);
//! assert_eq!(jacobian.values(), [2.0, 1.0, 3.0, 2.0]);
//!
//! let mut workspace = SparseWorkspace::new();
//! plan.jacobian_into(&f, &[4.0, 5.0, 6.0], jacobian.values_mut(), &mut workspace)?;
//! assert_eq!(jacobian.values(), [5.0, 4.0, 6.0, 5.0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use nalgebra_sparse::factorization::{CholeskyError, CscCholesky};
use nalgebra_sparse::na::DMatrixViewMut;
use nalgebra_sparse::pattern::SparsityPattern;
use nalgebra_sparse::{CscMatrix, CsrMatrix};

use crate::sparse::{Layout, Pattern, SparseMatrix};

/// Offsets and indices that a [`Pattern`] has checked.
fn sparsity(lanes: usize, width: usize, indptr: Vec<usize>, indices: Vec<usize>) -> SparsityPattern {
    match SparsityPattern::try_from_offsets_and_indices(lanes, width, indptr, indices) {
        Ok(pattern) => pattern,
        Err(error) => unreachable!("the offsets rise, and so do the indices of a row: {error}"),
    }
}

impl From<Pattern> for SparsityPattern {
    /// The pattern of compressed rows.
    fn from(pattern: Pattern) -> Self {
        let (rows, columns) = (pattern.rows(), pattern.columns());
        let (indptr, indices) = pattern.into_parts();
        sparsity(rows, columns, indptr, indices)
    }
}

macro_rules! matrices {
    ($($Matrix:ident in $Layout:ident of $lanes:ident by $width:ident;)*) => {$(
        impl<T: Clone> From<SparseMatrix<T>> for $Matrix<T> {
            fn from(matrix: SparseMatrix<T>) -> Self {
                let matrix = matrix.into_layout(Layout::$Layout);
                let (lanes, width) = (matrix.$lanes(), matrix.$width());
                let (indptr, indices, values) = matrix.into_parts();
                match Self::try_from_pattern_and_values(sparsity(lanes, width, indptr, indices), values) {
                    Ok(matrix) => matrix,
                    Err(error) => unreachable!("a value for each entry: {error}"),
                }
            }
        }
    )*};
}

matrices! {
    CsrMatrix in Rows of rows by columns;
    CscMatrix in Columns of columns by rows;
}

/// Cholesky's factors of a sparse matrix, for [`Implicit::sparse`](crate::implicit::Implicit::sparse) of a minimum.
///
/// The columns are eliminated as they stand: `nalgebra-sparse` doesn't look for an order with less fill. Of the values above the
/// diagonal none is read; if the matrix isn't symmetric, the factors are those of another one, which `Implicit::sparse` notices.
///
/// # Errors
///
/// [`CholeskyError`] if the matrix isn't positive definite.
///
/// # Panics
///
/// If the matrix isn't square.
///
/// ```
/// use tangents::interop::nalgebra_sparse::cholesky;
/// use tangents::{Dual, derivative, implicit, lambda};
///
/// // Σ exp(xᵢ) − p·xᵢ is least where each xᵢ is ln p.
/// let f = lambda!(|z: (Vec<f64>, f64)| -> f64 { T::sum(z.0.iter().map(|&x| x.exp() - z.1 * x)) });
/// let minimum = implicit::minimum(f).sparse(cholesky);
/// let x = |p: Dual<f64, 1>| minimum.at(&p, |p| vec![p.ln(); 50]).unwrap()[7];
/// assert!((derivative(x, 2.0) - 0.5).abs() < 1e-15);
/// ```
pub fn cholesky(matrix: &SparseMatrix<f64>) -> Result<impl FnMut(&mut [f64]) + use<>, CholeskyError> {
    // Where none is stored, `CscCholesky` would write elsewhere.
    if (0..matrix.rows()).any(|i| matrix.get(i, i).is_none()) {
        return Err(CholeskyError::NotPositiveDefinite);
    }
    let factors = CscCholesky::factor(&CscMatrix::from(matrix.clone()))?;
    Ok(move |b: &mut [f64]| {
        let n = b.len();
        factors.solve_mut(DMatrixViewMut::from_slice(b, n, 1));
    })
}
