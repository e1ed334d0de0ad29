//! Sparse Jacobians and Hessians: where entries may be, found by running the function; columns that share a pass; the entries.

mod coloring;
mod compressed;
mod dense_rows;
mod error;
mod hessian;
mod jacobian;
mod matrix;
mod pattern;
mod product;
mod recipe;
mod terms;
pub(crate) mod tracer;
mod workspace;

use crate::drive::calls::RESULTS;

pub use self::coloring::{Coloring, Order, Recovery};
pub use self::error::{Question, SparseError};
pub use self::hessian::HessianPlan;
pub use self::jacobian::JacobianPlan;
pub use self::matrix::{Layout, SparseMatrix};
pub use self::pattern::Pattern;
pub use self::terms::{
    LeastSquares, Projection, Residual, ResidualBlocks, TermSum, Terms, ValueGradientGaussNewton, blocks,
};
pub use self::tracer::{Patterns, patterns, patterns_at};
pub use self::workspace::SparseWorkspace;

/// What was evaluated by a plan for the function and the point at hand, or a panic.
#[track_caller]
pub(crate) fn evaluated<R>(found: Result<R, SparseError>) -> R {
    match found {
        Ok(found) => found,
        Err(SparseError::Shape(error)) => panic!("{RESULTS}: {error}"),
        Err(error) => panic!("{error}"),
    }
}
