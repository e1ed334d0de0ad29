//! The function whose Hessian solvers of constrained problems ask for: [`Lagrangian`].

use tangents::{Function, Number};

/// σ·f(x) + Σ λᵢ·gᵢ(x), the Lagrangian of an objective f and constraints g.
#[derive(Clone, Copy, Debug)]
pub struct Lagrangian<'a, F, G> {
    /// f
    pub objective: &'a F,
    /// g
    pub constraints: &'a G,
    /// σ
    pub factor: f64,
    /// λ, one for each constraint.
    pub multipliers: &'a [f64],
}

impl<F, G> Function for Lagrangian<'_, F, G>
where
    F: Function<From = [f64], To = f64>,
    G: Function<From = [f64], To = Vec<f64>>,
{
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        let constraints = self.constraints.call(x);
        assert_eq!(constraints.len(), self.multipliers.len(), "a multiplier for each constraint");
        let terms = constraints.iter().zip(self.multipliers).map(|(&g, &multiplier)| g * T::lit(multiplier));
        T::lit(self.factor) * self.objective.call(x) + T::sum(terms)
    }
}
