//! The function whose Hessian solvers of constrained problems ask for: [`Lagrangian`].

use super::{Function, Returned};
use crate::drive::containers::each;
use crate::rules::Number;

/// σ·f(x) + Σ λᵢ·gᵢ(x), the Lagrangian of an objective f and of constraints g.
///
/// Interior-point methods and sequential quadratic programming take its Hessian. The pattern of that doesn't depend on the multipliers,
/// so one plan serves all of them; [`guide::solvers`](crate::guide::solvers) shows how.
///
/// A call costs one of f and one of g. What isn't a number in them isn't one in the sum, whatever its factor is: in a phase that looks for
/// a point that is feasible, where σ is 0, f must be defined.
///
/// # Panics
///
/// A call, and so each derivative, if there aren't as many multipliers as constraints.
///
/// ```
/// use tangents::function::Lagrangian;
/// use tangents::{Function, lambda};
///
/// let (f, g) = (lambda!(|x: [f64]| -> f64 { x[0] * x[0] * x[1] }), lambda!(|x: [f64]| -> [f64; 1] { [x[0] + x[1] * x[1]] }));
/// let lagrangian = Lagrangian { objective: &f, constraints: &g, factor: 2.0, multipliers: &[3.0] };
/// assert_eq!(lagrangian.gradient(&[1.0, 4.0]), [19.0, 26.0]);
/// assert_eq!(lagrangian.hessian(&[1.0, 4.0]), [[16.0, 4.0], [4.0, 6.0]]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Lagrangian<'a, F: ?Sized, G: ?Sized> {
    /// f
    pub objective: &'a F,
    /// g, which returns any container of numbers.
    pub constraints: &'a G,
    /// σ
    pub factor: f64,
    /// λ, one for each constraint.
    pub multipliers: &'a [f64],
}

impl<F, G> Function for Lagrangian<'_, F, G>
where
    F: Function<From = [f64], To = f64> + ?Sized,
    G: Function<From = [f64]> + ?Sized,
{
    type From = [f64];
    type To = f64;

    #[inline]
    #[track_caller]
    fn call<T: Number>(&self, x: &[T]) -> T {
        let mut multipliers = self.multipliers.iter();
        let (mut sum, mut constraints) = (T::lit(self.factor) * self.objective.call(x), 0);
        each(&Returned::<G::To, T>(self.constraints.call(x)), |&g| {
            constraints += 1;
            if let Some(&multiplier) = multipliers.next() {
                sum += T::lit(multiplier) * g;
            }
        });
        assert!(
            constraints == self.multipliers.len(),
            "{constraints} constraints, but {} multipliers",
            self.multipliers.len()
        );
        sum
    }
}
