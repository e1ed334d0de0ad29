//! Rotations and rigid motions of `interop::nalgebra::lie`.

mod arm;
mod differences;
mod edges;
mod laws;
mod references;

use ::nalgebra::{SMatrix, Vector3, Vector6};
use tangents::interop::nalgebra::FieldNumber;

fn v3<T: FieldNumber>(x: &[T]) -> Vector3<T> {
    Vector3::from_column_slice(&x[..3])
}

fn v6<T: FieldNumber>(x: &[T]) -> Vector6<T> {
    Vector6::from_column_slice(&x[..6])
}

fn near<const R: usize, const C: usize>(a: &SMatrix<f64, R, C>, b: &SMatrix<f64, R, C>) -> bool {
    (a - b).norm() <= 4e-14 * (1.0 + b.norm())
}
