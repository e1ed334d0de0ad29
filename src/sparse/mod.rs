//! Sparse Jacobians and Hessians: where entries may be, found by running the function; columns that share a pass; the entries.

mod coloring;
mod error;
mod matrix;
mod pattern;
pub(crate) mod tracer;

pub use self::coloring::{Coloring, Order, Recovery};
pub use self::error::{Question, SparseError};
pub use self::matrix::SparseMatrix;
pub use self::pattern::Pattern;
pub use self::tracer::{Patterns, patterns, patterns_at};
