//! `argmin`'s solvers on function values.

use nalgebra_0_34::{DMatrix, DVector};
use tangents::interop::argmin::Container;

mod examples;
mod solvers;

/// Vectors and matrices of the `nalgebra` that `argmin-math` is made for.
struct Nalgebra;

impl Container for Nalgebra {
    type Scalar = f64;
    type Vector = DVector<f64>;
    type Matrix = DMatrix<f64>;

    fn slice(vector: &DVector<f64>) -> &[f64] {
        vector.as_slice()
    }

    fn vector(elements: Vec<f64>) -> DVector<f64> {
        elements.into()
    }

    fn matrix(rows: usize, columns: usize, row_major: Vec<f64>) -> DMatrix<f64> {
        DMatrix::from_row_iterator(rows, columns, row_major)
    }
}
