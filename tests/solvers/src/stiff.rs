//! Equations of `differential-equations` with the Jacobian that its implicit methods ask for, which by default they take by differences.

use differential_equations::linalg::Matrix;
use differential_equations::ode::ODE;
use tangents::Function;

/// The equation y′ = f(y, t).
#[derive(Clone, Copy, Debug)]
pub struct Equation<F>(pub F);

impl<F, const N: usize> ODE<f64, [f64; N]> for Equation<F>
where
    F: Function<From = ([f64; N], f64), To = [f64; N]>,
{
    fn diff(&self, t: f64, y: &[f64; N], slope: &mut [f64; N]) {
        *slope = self.0.call(&(*y, t));
    }

    fn jacobian(&self, t: f64, y: &[f64; N], jacobian: &mut Matrix<f64>) {
        for (i, (by_state, _)) in self.0.jacobian(&(*y, t)).into_iter().enumerate() {
            for (j, slope) in by_state.into_iter().enumerate() {
                jacobian[(i, j)] = slope;
            }
        }
    }
}
