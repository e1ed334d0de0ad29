//! Linear algebra on numbers that carry derivatives.

pub(crate) mod determinant;
mod error;
// Those who solve are built on it.
#[allow(dead_code)]
pub(crate) mod lu;
mod product;
#[cfg(feature = "alloc")]
pub mod rows;
pub(crate) mod solve;
mod triangular;

pub use determinant::{LnDeterminant, determinant, ln_determinant};
pub use error::LinalgError;
pub use product::{matmul, matmul_into, matvec, matvec_into};
pub use solve::{inverse, solve, solve_columns};
