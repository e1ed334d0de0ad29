//! Sparse Jacobians and Hessians: where entries may be, found by running the function; columns that share a pass; the entries.

mod coloring;
mod error;
mod matrix;
mod pattern;
mod terms;

pub use self::coloring::Coloring;
pub use self::error::{Question, SparseError};
pub use self::matrix::SparseMatrix;
pub use self::pattern::Pattern;
pub use self::terms::{
    LeastSquares, Projection, Residual, ResidualBlocks, TermSum, Terms, ValueGradientGaussNewton, blocks,
};
