//! The mass matrix as an operator of `diffsol`: [`Mass`].

use alloc::vec::Vec;

use ::diffsol::matrix::sparsity::MatrixSparsity;
use ::diffsol::{DiffsolError, LinearOp, Matrix, MatrixCommon, Op, Vector, VectorIndex};

use super::error::ProblemError;
use crate::error::Error;
use crate::sparse::{SparseError, SparseMatrix};

/// A mass matrix that is constant.
pub struct Mass<M: Matrix> {
    matrix: SparseMatrix<f64>,
    sparsity: M::Sparsity,
    context: M::C,
}

impl<M: Matrix<T = f64>> Mass<M> {
    pub(super) fn new(matrix: SparseMatrix<f64>, states: usize) -> Result<Self, ProblemError> {
        for found in [matrix.rows(), matrix.columns()] {
            Error::check_shape(states, found).map_err(SparseError::from)?;
        }
        let entries = matrix.pattern().entries().collect();
        let sparsity = M::Sparsity::try_from_indices(states, states, entries).map_err(DiffsolError::from)?;
        Ok(Self { matrix, sparsity, context: M::C::default() })
    }
}

impl<M: Matrix<T = f64>> Op for Mass<M> {
    type T = f64;
    type V = M::V;
    type M = M;
    type C = M::C;

    fn context(&self) -> &M::C {
        &self.context
    }

    fn nstates(&self) -> usize {
        self.matrix.columns()
    }

    fn nout(&self) -> usize {
        self.matrix.rows()
    }

    fn nparams(&self) -> usize {
        0
    }
}

impl<M: Matrix<T = f64>> LinearOp for Mass<M> {
    fn gemv_inplace(&self, x: &M::V, _: f64, beta: f64, y: &mut M::V) {
        y.for_each_batch_host([x], |y, [x], _| {
            for (y, product) in y.iter_mut().zip(self.matrix.matvec(x)) {
                *y = product + beta * *y;
            }
        });
    }

    fn matrix_inplace(&self, _: f64, y: &mut M) {
        let pattern = self.matrix.pattern();
        let places: Vec<_> = pattern.entries().collect();
        let places = self.sparsity.get_index(&places, self.context.clone());
        let order = <<M as MatrixCommon>::V as Vector>::Index::from_vec(
            (0..pattern.nnz()).collect(),
            self.context.clone(),
        );
        let values = M::V::from_vec(self.matrix.values().to_vec(), self.context.clone());
        y.set_data_with_indices(&places, &order, &values);
    }

    fn sparsity(&self) -> Option<M::Sparsity> {
        Some(self.sparsity.clone())
    }
}
