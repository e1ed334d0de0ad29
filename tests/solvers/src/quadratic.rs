//! Sequential quadratic programming with `clarabel`, which solves the quadratic programs: the Lagrangian's Hessian and the constraints'
//! Jacobian come as compressed columns.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, SupportedConeT, ZeroConeT,
};
use tangents::Function;
use tangents::function::Lagrangian;
use tangents::sparse::{HessianPlan, JacobianPlan, Layout, SparseMatrix};

/// A point, the multipliers of the constraints there, and how many steps led there.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The point.
    pub x: Vec<f64>,
    /// A multiplier for each constraint.
    pub multipliers: Vec<f64>,
    /// The number of quadratic programs that were solved.
    pub steps: usize,
}

/// The matrix in the words of `clarabel`.
fn columns(matrix: SparseMatrix<f64>) -> CscMatrix<f64> {
    let (rows, columns) = (matrix.rows(), matrix.columns());
    let (pointers, indices, values) = matrix.into_parts();
    CscMatrix::new(rows, columns, pointers, indices, values)
}

/// Minimises a convex f subject to cᵢ(x) = 0 for the first `equations` constraints, which are linear, and cᵢ(x) ≥ 0 for the others,
/// which are concave, by whole steps from `x`: Newton's method on the conditions of Karush, Kuhn and Tucker. It converges from near
/// the solution. A method for every start and every function would shorten steps and make the Hessian positive.
///
/// # Errors
///
/// If a pattern doesn't hold at every point, if a quadratic program isn't solved, and if steps don't end within 50.
pub fn minimize<F, C>(
    objective: &F,
    constraints: &C,
    equations: usize,
    x: &[f64],
) -> Result<Solution, Box<dyn std::error::Error>>
where
    F: Function<From = [f64], To = f64>,
    C: Function<From = [f64], To = Vec<f64>>,
{
    let mut x = x.to_vec();
    let jacobians =
        JacobianPlan::from_pattern(constraints.jacobian_pattern(&x)?)?.with_layout(Layout::Columns);
    // f − Σ λᵢcᵢ
    let mut multipliers = vec![-1.0; jacobians.rows()];
    let lagrangian = Lagrangian { objective, constraints, factor: 1.0, multipliers: &multipliers };
    let hessians = HessianPlan::from_pattern(lagrangian.hessian_pattern(&x)?)?;
    let cones: [SupportedConeT<f64>; 2] =
        [ZeroConeT(equations), NonnegativeConeT(jacobians.rows() - equations)];
    for steps in 1..=50 {
        let lagrangian = Lagrangian { objective, constraints, factor: 1.0, multipliers: &multipliers };
        // Symmetric: its rows are its columns.
        let hessian = columns(hessians.hessian(&lagrangian, &x)?).to_triu();
        let (value, mut jacobian) = jacobians.value_and_jacobian(constraints, &x)?;
        // c + J·d = s with s in the cones, which is written −J·d + s = c.
        jacobian.values_mut().iter_mut().for_each(|slope| *slope = -*slope);
        let settings = DefaultSettings {
            verbose: false,
            tol_feas: 1e-13,
            tol_gap_abs: 1e-13,
            tol_gap_rel: 1e-13,
            ..DefaultSettings::default()
        };
        let gradient = objective.gradient(&x);
        let mut solver =
            DefaultSolver::new(&hessian, &gradient, &columns(jacobian), &value, &cones, settings)?;
        solver.solve();
        let found = &solver.solution;
        if !matches!(found.status, SolverStatus::Solved | SolverStatus::AlmostSolved) {
            return Err(format!("step {steps}: {:?}", found.status).into());
        }
        x.iter_mut().zip(&found.x).for_each(|(x, step)| *x += step);
        multipliers = found.z.iter().map(|z| -z).collect();
        let is_small = |(x, step): (&f64, &f64)| step.abs() <= 1e-11 * (1.0 + x.abs());
        if x.iter().zip(&found.x).all(is_small) {
            return Ok(Solution { x, multipliers: found.z.clone(), steps });
        }
    }
    Err("no convergence in 50 steps".into())
}
