//! Derivatives of what a solver found.

mod bounds;
mod equations;
mod error;
mod factors;
mod memory;
mod solution;

pub use equations::{Equations, FixedPoint, HalfSquare, Minimum, Root};
pub use error::ImplicitError;
pub use solution::{Implicit, Outcome};

use crate::drive::Family;
use crate::function::Function;

/// Roots
pub fn root<F, U: Family, P: Family>(residual: F) -> Implicit<Root<F>>
where
    F: Function<From = (U, P)>,
{
    Implicit::new(Root(residual))
}

/// Fixed points
pub fn fixed_point<F, U: Family, P: Family>(function: F) -> Implicit<FixedPoint<F>>
where
    F: Function<From = (U, P)>,
{
    Implicit::new(FixedPoint(function))
}

/// Minima
pub fn minimum<F, U: Family, P: Family>(objective: F) -> Implicit<Minimum<F>>
where
    F: Function<From = (U, P), To = f64>,
{
    Implicit::new(Minimum(objective))
}

/// Least squares
pub fn least_squares<F, U: Family, P: Family>(residuals: F) -> Implicit<Minimum<HalfSquare<F>>>
where
    F: Function<From = (U, P)>,
{
    Implicit::new(Minimum(HalfSquare(residuals)))
}
