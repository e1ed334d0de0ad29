//! `nalgebra`'s vectors and matrices: of dual numbers, as points, as results, and as samples.
//!
//! Everything in [`interop::simba`](super::simba) is here too: a [`Dual`](crate::Dual) is a `nalgebra::RealField`, and
//! a function over that differentiates as it is.
//!
//! ```
//! use nalgebra::{Matrix2, RealField, SVector, Vector2};
//! use tangents::gradient;
//! use tangents::interop::nalgebra::{hessian, jacobian};
//!
//! fn rosenbrock<T: RealField + Copy>(x: &SVector<T, 2>) -> T {
//!     (T::one() - x[0]).powi(2) + (x[1] - x[0] * x[0]).powi(2) * nalgebra::convert(100.0)
//! }
//!
//! let x = Vector2::new(1.0, 2.0);
//! assert_eq!(gradient(rosenbrock, &x), Vector2::new(-400.0, 200.0));
//! assert_eq!(hessian(rosenbrock, &x), Matrix2::new(402.0, -400.0, -400.0, 200.0));
//! assert_eq!(jacobian(|x| Vector2::new(x[0] * x[1], x[1].powi(2)), &x), Matrix2::new(2.0, 1.0, 0.0, 4.0));
//!
//! // A matrix is a point too: the gradient of the determinant is the matrix of cofactors.
//! let m = Matrix2::new(1.0, 2.0, 3.0, 4.0);
//! assert_eq!(gradient(Matrix2::determinant, &m), Matrix2::new(4.0, -3.0, -2.0, 1.0));
//! ```
//!
//! # Which call
//!
//! [`gradient`](crate::gradient()), [`jvp`](crate::jvp), [`hvp`](crate::hvp), their `value_and_…`, [`grad`](crate::grad)
//! and its kin for several arguments take vectors and matrices as they take arrays; functions of them take `&SVector`,
//! `&DMatrix` and so on, and those that want a slice, `x.as_slice()`. Results come in the containers that go in.
//!
//! Jacobians and Hessians are containers of containers there, entry by entry: for a function from matrices to matrices,
//! `j[(r, c)]` is the matrix of the derivatives of entry (r, c). For functions of vectors, [`jacobian`], [`hessian`] and
//! [`jacfwd`] of this module do the same and give matrices.
//!
//! # Decompositions
//!
//! `determinant`, `try_inverse`, `lu`, `qr`, `cholesky`, `svd`, `symmetric_eigen`, `schur`, `exp` and `pow` run on dual
//! numbers of any order, and what they return carries its derivatives. They branch as on plain numbers, and where they
//! compare with zero, a value counts and not its tangents. That loses derivatives where an entry is zero, or within
//! rounding of it, and its tangent isn't:
//!
//! - `symmetric_eigen`, `svd` and `schur` leave a matrix alone that is diagonal already (`schur`: triangular), and a part of it
//!   that has come apart from the rest. So at a diagonal matrix, eigenvalues have their first derivatives, `∂λᵢ =
//!   (∂A)ᵢᵢ`; but their second derivatives lack the terms of the tangents off the diagonal or are NaN, and eigenvectors
//!   are constants, which they aren't.
//! - At a triangular matrix that isn't diagonal, even the first derivatives of `eigenvalues` and `schur` lack the terms of
//!   the tangents below the diagonal.
//! - An iteration ends when the values have converged. The tangents have then too; a smaller tolerance than the default
//!   brings them no nearer, and one that is never met but by zeros spoils them.
//! - Eigenvalues that coincide have no derivatives, one by one, and neither have the singular values at zero or their
//!   vectors; what comes out there is finite or not, and means nothing.
//! - A column of zeros isn't reflected by `qr`, whatever its tangents.
//! - `Rotation3::new` and `UnitQuaternion::from_scaled_axis` of a vector that is exactly zero are the identity, constant.
//!   Angles about fixed axes (`from_euler_angles`, `from_axis_angle`, `Rotation2`) have their derivatives at zero too.
//! - `try_inverse`, `lu().solve` and `cholesky` of singular matrices give `None`, as of plain ones.
//! - `rank`, `is_identity` and all comparisons look at values. `==` too.
//!
//! A rule that differentiates a decomposition as a whole doesn't have these gaps: `A·v = λ·v` gives λ̇ = vᵀ·Ȧ·v / vᵀv.

mod drivers;
mod lanes;
mod output;
mod point;
mod product;
mod rows;
mod sample;

pub use drivers::{hessian, jacfwd, jacobian, value_and_hessian, value_and_jacobian, value_gradient_hessian};
pub use lanes::{join, lane, seed, split, values};
pub use product::{mul_plain, plain_mul};
pub use rows::Rows;
