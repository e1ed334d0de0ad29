//! Nonlinear programs by Ipopt's callbacks: structure as triplets once, values in their order at each point. `ripopt` is the solver;
//! the C interface of Ipopt and the crate `ipopt` ask for the same under names like `eval_jac_g`.

use std::cell::RefCell;

use ripopt::NlpProblem;
use tangents::Function;
use tangents::function::Lagrangian;
use tangents::sparse::{HessianPlan, JacobianPlan, SparseError, SparseWorkspace};

/// Minimise f(x) subject to bounds of x and of g(x); a bound may be infinite, and equal bounds make an equation.
#[derive(Debug)]
pub struct Program<F, G> {
    objective: F,
    constraints: G,
    bounds: Vec<(f64, f64)>,
    constraint_bounds: Vec<(f64, f64)>,
    start: Vec<f64>,
    jacobian: JacobianPlan,
    hessian: HessianPlan,
    /// Which of the Hessian's values are those of its lower triangle.
    lower: Vec<usize>,
    workspace: RefCell<SparseWorkspace<f64>>,
}

impl<F, G> Program<F, G>
where
    F: Function<From = [f64], To = f64>,
    G: Function<From = [f64], To = Vec<f64>>,
{
    /// The program, with the patterns of its derivatives, which hold at every point.
    ///
    /// # Errors
    ///
    /// [`SparseError`] if a function asks for values, so that there is no such pattern.
    ///
    /// # Panics
    ///
    /// If there are more or fewer bounds than variables or constraints.
    pub fn new(
        objective: F,
        constraints: G,
        bounds: Vec<(f64, f64)>,
        constraint_bounds: Vec<(f64, f64)>,
        start: Vec<f64>,
    ) -> Result<Self, SparseError> {
        assert_eq!(bounds.len(), start.len(), "bounds of each variable");
        let jacobian = JacobianPlan::from_pattern(constraints.jacobian_pattern(&start)?)?;
        assert_eq!(constraint_bounds.len(), jacobian.rows(), "bounds of each constraint");
        let multipliers = vec![1.0; jacobian.rows()];
        let lagrangian = Lagrangian {
            objective: &objective,
            constraints: &constraints,
            factor: 1.0,
            multipliers: &multipliers,
        };
        let hessian = HessianPlan::from_pattern(lagrangian.hessian_pattern(&start)?)?;
        let entries = hessian.pattern().entries().enumerate();
        let lower = entries.filter(|(_, (i, j))| j <= i).map(|(place, _)| place).collect();
        let workspace = RefCell::new(SparseWorkspace::new());
        Ok(Self {
            objective,
            constraints,
            bounds,
            constraint_bounds,
            start,
            jacobian,
            hessian,
            lower,
            workspace,
        })
    }

    /// f
    pub fn objective_function(&self) -> &F {
        &self.objective
    }

    /// g
    pub fn constraint_function(&self) -> &G {
        &self.constraints
    }

    /// The plan of the constraints' Jacobian.
    pub fn jacobian(&self) -> &JacobianPlan {
        &self.jacobian
    }

    /// The plan of the Lagrangian's Hessian.
    pub fn hessian(&self) -> &HessianPlan {
        &self.hessian
    }
}

/// Whether an evaluation succeeded: what the solver does where one didn't is its own affair, but it must know.
fn all_finite(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite())
}

impl<F, G> NlpProblem for Program<F, G>
where
    F: Function<From = [f64], To = f64>,
    G: Function<From = [f64], To = Vec<f64>>,
{
    fn num_variables(&self) -> usize {
        self.start.len()
    }

    fn num_constraints(&self) -> usize {
        self.constraint_bounds.len()
    }

    fn bounds(&self, lower: &mut [f64], upper: &mut [f64]) {
        for (i, &bound) in self.bounds.iter().enumerate() {
            (lower[i], upper[i]) = bound;
        }
    }

    fn constraint_bounds(&self, lower: &mut [f64], upper: &mut [f64]) {
        for (i, &bound) in self.constraint_bounds.iter().enumerate() {
            (lower[i], upper[i]) = bound;
        }
    }

    fn initial_point(&self, x: &mut [f64]) {
        x.copy_from_slice(&self.start);
    }

    fn objective(&self, x: &[f64], _: bool, value: &mut f64) -> bool {
        *value = self.objective.call(x);
        value.is_finite()
    }

    fn gradient(&self, x: &[f64], _: bool, gradient: &mut [f64]) -> bool {
        gradient.copy_from_slice(&self.objective.gradient(x));
        all_finite(gradient)
    }

    fn constraints(&self, x: &[f64], _: bool, values: &mut [f64]) -> bool {
        values.copy_from_slice(&self.constraints.call(x));
        all_finite(values)
    }

    fn jacobian_structure(&self) -> (Vec<usize>, Vec<usize>) {
        self.jacobian.pattern().entries().unzip()
    }

    fn jacobian_values(&self, x: &[f64], _: bool, values: &mut [f64]) -> bool {
        let workspace = &mut self.workspace.borrow_mut();
        self.jacobian.jacobian_into(&self.constraints, x, values, workspace).is_ok() && all_finite(values)
    }

    fn hessian_structure(&self) -> (Vec<usize>, Vec<usize>) {
        self.hessian.pattern().entries().filter(|(i, j)| j <= i).unzip()
    }

    fn hessian_values(
        &self,
        x: &[f64],
        _: bool,
        factor: f64,
        multipliers: &[f64],
        values: &mut [f64],
    ) -> bool {
        let (objective, constraints) = (&self.objective, &self.constraints);
        let lagrangian = Lagrangian { objective, constraints, factor, multipliers };
        let mut both = vec![0.0; self.hessian.nnz()];
        let workspace = &mut self.workspace.borrow_mut();
        let evaluated = self.hessian.hessian_into(&lagrangian, x, &mut both, workspace);
        for (value, &place) in values.iter_mut().zip(&self.lower) {
            *value = both[place];
        }
        evaluated.is_ok() && all_finite(values)
    }
}
