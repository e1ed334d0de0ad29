//! Closures that solvers ask for a value and, if they pass a slice for it, a gradient: `slsqp`'s, and `nlopt`'s, which are the same.

use tangents::{Function, Number};

/// The closure that gives value and gradient of a function. Without a gradient it runs the function on plain numbers.
pub fn callback<F>(f: F) -> impl Fn(&[f64], Option<&mut [f64]>, &mut ()) -> f64
where
    F: Function<From = [f64], To = f64>,
{
    move |x, gradient, ()| {
        let Some(gradient) = gradient else { return f.call(x) };
        let (value, slopes) = f.value_and_gradient(x);
        gradient.copy_from_slice(&slopes);
        value
    }
}

/// A constraint gᵢ(x) ≥ 0 of a function that returns several, as these solvers take it: each alone, and to be kept below zero.
#[derive(Clone, Copy, Debug)]
pub struct Constraint<F> {
    /// g
    pub function: F,
    /// i
    pub index: usize,
    /// By how much it may be violated. `slsqp` gives the best point that violates nothing at all, and rounding alone may violate; `nlopt`
    /// takes a tolerance with each constraint, so 0 does there.
    pub tolerance: f64,
}

impl<F: Function<From = [f64], To = Vec<f64>>> Function for Constraint<F> {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        -(self.function.call(x)[self.index] + T::lit(self.tolerance))
    }
}
