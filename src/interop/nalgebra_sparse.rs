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
