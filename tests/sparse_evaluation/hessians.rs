//! Hessians.

use tangents::function::InstructionSet;
use tangents::sparse::{Coloring, HessianPlan, Order, Pattern, SparseWorkspace};
use tangents::{Function, Number};

/// A sum of terms in the two variables of each entry of a pattern, which have no common structure.
struct Energy<'a>(&'a Pattern);

impl Function for Energy<'_> {
    type From = [f64];
    type To = f64;

    #[inline(always)]
    fn call<T: Number>(&self, x: &[T]) -> T {
        T::sum(self.0.entries().filter(|(i, j)| i <= j).map(|(i, j)| {
            let (x, y) = (x[i], x[j]);
            match (i + 2 * j) % 4 {
                0 => (x * y).sin() + x * x,
                1 => x.exp() * y / (y * y + T::one()),
                2 => (x - y).powi(4),
                _ => (x * x + y * y + T::lit(0.5)).sqrt() * x,
            }
        }))
    }
}
