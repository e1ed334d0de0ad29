//! Linear algebra on numbers that carry derivatives.

mod product;

pub use product::{matmul, matmul_into, matvec, matvec_into};
