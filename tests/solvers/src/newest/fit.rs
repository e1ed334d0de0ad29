//! `levenberg-marquardt` with the residuals that a function value returns.

use tangents::Function;

use super::levenberg_marquardt::LeastSquaresProblem;
use super::nalgebra::{DMatrix, DVector, Dyn, U1, VecStorage};

/// The problem of least squares of the residuals that a function returns, at parameters.
#[derive(Clone, Debug)]
pub struct Fit<F> {
    /// The residuals.
    pub residuals: F,
    /// Where the solver starts, and then what it has found.
    pub parameters: DVector<f64>,
}

impl<F: Function<From = [f64], To = Vec<f64>>> LeastSquaresProblem<f64, Dyn, Dyn> for Fit<F> {
    type ResidualStorage = VecStorage<f64, Dyn, U1>;
    type JacobianStorage = VecStorage<f64, Dyn, Dyn>;
    type ParameterStorage = VecStorage<f64, Dyn, U1>;

    fn set_params(&mut self, parameters: &DVector<f64>) {
        self.parameters.copy_from(parameters);
    }

    fn params(&self) -> DVector<f64> {
        self.parameters.clone()
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        Some(self.residuals.call(self.parameters.as_slice()).into())
    }

    fn jacobian(&self) -> Option<DMatrix<f64>> {
        let rows = self.residuals.jacobian(self.parameters.as_slice());
        Some(DMatrix::from_fn(rows.len(), self.parameters.len(), |i, j| rows[i][j]))
    }
}
