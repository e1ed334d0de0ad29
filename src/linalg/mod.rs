//! Linear algebra on numbers that carry derivatives.

#[cfg(feature = "alloc")]
mod arrays;
pub(crate) mod determinant;
#[cfg(all(feature = "alloc", feature = "nalgebra"))]
pub(crate) mod eigenvalues;
mod error;
#[cfg(feature = "alloc")]
pub(crate) mod factor;
#[cfg(feature = "alloc")]
pub(crate) mod functions;
#[cfg(feature = "alloc")]
mod jacobi;
#[cfg(feature = "alloc")]
pub(crate) mod qr;
#[cfg(feature = "alloc")]
pub(crate) mod singular;
#[cfg(feature = "alloc")]
mod splitting;
#[cfg(feature = "alloc")]
pub(crate) mod symmetric;
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
#[cfg(feature = "alloc")]
pub use factor::{Ldl, Lu, cholesky, ldl, lu, solve_positive};
#[cfg(feature = "alloc")]
pub use functions::{exp, ln, sqrt};
pub use product::{matmul, matmul_into, matvec, matvec_into};
#[cfg(feature = "alloc")]
pub use qr::{Qr, least_squares, pseudo_inverse, qr};
#[cfg(feature = "alloc")]
pub use singular::{Svd, singular_values, svd};
pub use solve::{inverse, solve, solve_columns};
#[cfg(feature = "alloc")]
pub use symmetric::{SymmetricEigen, symmetric_eigen, symmetric_eigenvalues};
