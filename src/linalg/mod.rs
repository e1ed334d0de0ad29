//! Linear algebra on numbers that carry derivatives.

// Those who solve are built on it.
#[allow(dead_code)]
pub(crate) mod lu;
mod product;

pub use product::{matmul, matmul_into, matvec, matvec_into};
