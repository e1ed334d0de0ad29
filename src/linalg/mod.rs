//! Linear algebra on numbers that carry derivatives: whole algorithms, run once on plain values.
//!
//! An elimination or an iteration that is run on numbers with derivatives takes many times as long, and loses what it
//! decides by values: an entry that is zero and moves, an iteration that has converged before its derivatives have. Here each
//! algorithm is run once, on plain values, and each order of the derivatives is solved for from the orders below, with the
//! factors of the values. Where elimination loses nothing and is as fast it is run on numbers. Everything works on every number of
//! the crate, at any nesting, and values are those of plain numbers to the bit.
//!
//! ```
//! # #[cfg(feature = "alloc")] {
//! use tangents::linalg::{solve, symmetric_eigenvalues};
//! use tangents::{Number, hessian, jacobian};
//!
//! /// Two masses on three springs.
//! fn stiffness<T: Number>(k: &[T]) -> [[T; 2]; 2] {
//!     [[k[0] + k[1], -k[1]], [-k[1], k[1] + k[2]]]
//! }
//!
//! let k = [1.0_f64, 1.0, 1.0];
//! // How a load of 3 on the first mass moves both, and how that depends on the springs.
//! let moved = jacobian(|k| solve(&stiffness(k), &[3.0.into(), 0.0.into()]).unwrap(), &k);
//! assert!((moved[1][1] - 1.0 / 3.0).abs() < 1e-15);
//! // The lowest frequency, squared, is most sensitive to the outer springs.
//! let lowest = |k: &[tangents::HyperDual<f64, 3>]| symmetric_eigenvalues(&stiffness(k)).unwrap()[0];
//! assert!((hessian(lowest, &k)[0][2] - 0.25).abs() < 1e-14);
//! # }
//! ```
//!
//! | what | functions | of the values | where something is lost on numbers |
//! |---|---|---|---|
//! | systems | [`solve`], [`solve_columns`], [`inverse`], [`solve_positive`] | one factorization | |
//! | | [`solve_by`], for matrices that are large or sparse | the caller's | |
//! | determinants | [`determinant`], [`ln_determinant`] | one factorization | at a singular matrix |
//! | factors | [`lu`](fn@lu), [`cholesky`], [`ldl`] | elimination in numbers | |
//! | | [`qr`] | reflections | a column that is zero below its diagonal |
//! | least squares | [`least_squares`], [`pseudo_inverse`] | reflections | the same |
//! | | of a deficient rank that is stated: [`least_squares_of_rank`], [`pseudo_inverse_of_rank`] | elimination, reflections | the same |
//! | spectra | [`symmetric_eigenvalues`], [`symmetric_eigen`], [`singular_values`], [`svd`] | Jacobi's method, tridiagonal matrices | everywhere that a part has come apart, as in a diagonal matrix |
//! | | one of them: [`symmetric_eigenpair`], [`singular_triplet`] | the same | the same |
//! | | of general matrices: `eigenvalues`, `eigen`, in `interop::nalgebra::linalg` | `nalgebra`'s | a triangular matrix |
//! | functions | [`exp`], [`sqrt`], [`ln`] | products and inverses of numbers | |
//! | products | [`matmul`], [`matvec`] | | |
//!
//! These are on arrays; [`rows`] has them on slices, for shapes that are known at run time, and `interop::nalgebra::linalg` on
//! `nalgebra`'s matrices. Systems, determinants and products need no allocator; the others need the feature `alloc`.
//!
//! # What can't be given is an error
//!
//! A singular matrix, a deficient rank, equal eigenvalues: [`LinalgError`] says which column or pair. Values decide, up to
//! rounding: a matrix with singular values is singular, and its tangents don't matter. Nothing but a zero pivot is singular to the
//! factorizations themselves and to what takes one without solving, `lu`, `ldl`, `cholesky`, `ln_determinant`; of a matrix that is
//! singular but for rounding these give what elimination leaves, as other libraries do. Which matrices those are, no test knows
//! exactly. A network of three conductances that is joined to nothing has a singular matrix; of 4096 with decimals from 0.01 to 10⁶,
//! one in six has full rank to [`qr`] and [`least_squares`], and one in a thousand a solution by [`solve`](solve()) and its kin.
//!
//! A derivative has the condition of its problem. With the condition number κ, some κ ulps are lost of a solution, and of the
//! k-th derivative as many of something that has grown by κᵏ.
//!
//! # Symmetric matrices
//!
//! What wants a symmetric matrix A takes (A + Aᵀ)/2, after it has seen that the values are symmetric up to rounding. So a gradient in
//! the entries is symmetric, as JAX's is: not twice as large in one triangle and zero in the other.

#[cfg(feature = "alloc")]
mod arrays;
pub(crate) mod determinant;
#[cfg(all(feature = "nalgebra", feature = "std"))]
pub(crate) mod eigenvalues;
mod error;
#[cfg(feature = "alloc")]
pub(crate) mod factor;
#[cfg(feature = "alloc")]
pub(crate) mod functions;
#[cfg(feature = "alloc")]
mod jacobi;
pub(crate) mod lu;
mod product;
#[cfg(feature = "alloc")]
pub(crate) mod qr;
#[cfg(feature = "alloc")]
pub(crate) mod rank;
#[cfg(feature = "alloc")]
pub(crate) mod refined;
pub(crate) mod regular;
#[cfg(feature = "alloc")]
pub mod rows;
pub(crate) mod scale;
#[cfg(feature = "alloc")]
pub(crate) mod singular;
pub(crate) mod solve;
#[cfg(feature = "alloc")]
pub(crate) mod solve_by;
#[cfg(feature = "alloc")]
mod splitting;
#[cfg(feature = "alloc")]
pub(crate) mod symmetric;
mod triangular;
#[cfg(feature = "alloc")]
mod tridiagonal;

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
pub use rank::{least_squares_of_rank, pseudo_inverse_of_rank};
#[cfg(feature = "alloc")]
pub use singular::{Svd, singular_triplet, singular_values, svd};
pub use solve::{inverse, solve, solve_columns};
#[cfg(feature = "alloc")]
pub use solve_by::{System, solve_by};
#[cfg(feature = "alloc")]
pub use symmetric::{SymmetricEigen, symmetric_eigen, symmetric_eigenpair, symmetric_eigenvalues};
