//! Sparse Jacobians and Hessians: where entries may be, found by running the function; columns that share a pass; the entries.

mod coloring;
mod dense_rows;
mod error;
mod jacobian;
mod matrix;
mod pattern;
mod recipe;
mod terms;
pub(crate) mod tracer;
mod workspace;

pub use self::coloring::{Coloring, Order, Recovery};
pub use self::error::{Question, SparseError};
pub use self::jacobian::JacobianPlan;
pub use self::matrix::{Layout, SparseMatrix};
pub use self::pattern::Pattern;
pub use self::terms::{
    LeastSquares, Projection, Residual, ResidualBlocks, TermSum, Terms, ValueGradientGaussNewton, blocks,
};
pub use self::tracer::{Patterns, patterns, patterns_at};
pub use self::workspace::SparseWorkspace;
