//! Sparse matrices of `sprs`, from those of this crate.
//!
//! A [`SparseMatrix`] becomes a `CsMat` in the same [layout](crate::sparse::Layout); nothing is copied. A plan that is evaluated often
//! writes the values into the matrix itself.
//!
//! ```
//! use sprs::CsMat;
//! use tangents::sparse::{JacobianPlan, Layout, SparseWorkspace};
//! use tangents::{Function, lambda};
//!
//! let f = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[0] * w[1]).collect() });
//! let x = [1.0, 2.0, 3.0];
//! let plan = JacobianPlan::from_pattern(f.jacobian_pattern(&x)?)?.with_layout(Layout::Columns);
//! let mut jacobian = CsMat::from(plan.jacobian(&f, &x)?);
//! assert!(jacobian.is_csc());
//! assert_eq!(jacobian.data(), [2.0, 1.0, 3.0, 2.0]);
//!
//! let mut workspace = SparseWorkspace::new();
//! plan.jacobian_into(&f, &[4.0, 5.0, 6.0], jacobian.data_mut(), &mut workspace)?;
//! assert_eq!(jacobian.data(), [5.0, 4.0, 6.0, 5.0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use sprs::CsMat;

use crate::sparse::{Layout, SparseMatrix};

impl<T> From<SparseMatrix<T>> for CsMat<T> {
    fn from(matrix: SparseMatrix<T>) -> Self {
        let (shape, layout) = ((matrix.rows(), matrix.columns()), matrix.layout());
        let (indptr, indices, values) = matrix.into_parts();
        let made = match layout {
            Layout::Rows => Self::try_new(shape, indptr, indices, values),
            Layout::Columns => Self::try_new_csc(shape, indptr, indices, values),
        };
        match made {
            Ok(matrix) => matrix,
            Err((.., error)) => unreachable!("the pointers rise, and so do the indices of a row: {error}"),
        }
    }
}
