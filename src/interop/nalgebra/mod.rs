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
//! Of a point that is a structure they aren't; its Jacobian is a vector of structures, `rows`, and as a matrix
//! `DMatrix::from_row_iterator(m, n, rows.iter().flat_map(Point::ravel))`.
//!
//! The numbers of a point must be known: write `Vector3::<f64>::zeros()` where an alias `Vector3<T>` alone would let the compiler ask for
//! type annotations.
//!
//! [`FieldFunction`] is a function over `RealField` as a value, with these derivatives as methods.
//!
//! # Derivatives within
//!
//! A generic function that calls a driver itself has both bounds, `T: Number + RealField`. Functions that both have are then called by
//! their trait, `ComplexField::sqrt(x)`. What comes from outside goes to the numbers of the inner call by `Dual::constant`: a vector or
//! matrix by `v.map(Dual::constant)`, a quaternion by `UnitQuaternion::new_unchecked(q.coords.map(Dual::constant).into())`.
//!
//! ```
//! use nalgebra::{ComplexField, RealField, Vector2};
//! use tangents::Number;
//! use tangents::interop::nalgebra::{FieldNumber, hessian, jacobian};
//!
//! /// The hand of an arm with two links.
//! fn hand<T: FieldNumber>(q: &Vector2<T>) -> Vector2<T> {
//!     Vector2::new(q[0].cos() + (q[0] + q[1]).cos(), q[0].sin() + (q[0] + q[1]).sin())
//! }
//!
//! /// |sin q₁|, by the Jacobian.
//! fn manipulability<T: Number + RealField>(q: &Vector2<T>) -> T {
//!     let j = jacobian(hand, q);
//!     ComplexField::sqrt((j * j.transpose()).determinant())
//! }
//!
//! let h = hessian(manipulability, &Vector2::new(0.3, 0.5));
//! assert!((h[(1, 1)] + 0.5_f64.sin()).abs() < 1e-14);
//! ```
//!
//! Such a function is called by closures. It isn't a [`FieldFunction`], whose numbers aren't known to be points, nor a
//! [`Function`](crate::Function), whose numbers are no `RealField`.
//!
//! Numbers of nested calls are large, 3648 bytes for a Jacobian within a Hessian at seven variables, and a function over them
//! keeps many matrices of them on the stack. Where a thread of 2 MiB overflows, as a test's is, give it more (`RUST_MIN_STACK`,
//! [`stack_size`](std::thread::Builder::stack_size)), or take [`jvp`](crate::jvp) along one direction after another.
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
//!   (∂A)ᵢᵢ`; but their second derivatives lack the terms of the tangents off the diagonal or are NaN. Eigenvectors are
//!   constants, which they aren't, and singular vectors have wrong derivatives.
//! - At a triangular matrix that isn't diagonal, even the first derivatives of `eigenvalues` and `schur` lack the terms of
//!   the tangents below the diagonal.
//! - Beside such a zero, where rounding has left 10⁻¹⁷ as cos(π/2) does, the reflections of `svd` and `symmetric_eigen` have wrong first
//!   derivatives too, of singular values and eigenvalues that are all simple, and by any factor: at rows (0, 1.7, 2.4), (10⁻¹⁷, 3.8, 0), (5.2,
//!   0, 0) of 30 in a direction of size 1. A Jacobian of an arm has such entries.
//! - An iteration ends when the values have converged. The tangents have then too; a smaller tolerance than the default
//!   brings them no nearer, and one that is never met but by zeros spoils them.
//! - Eigenvalues that coincide have no derivatives, one by one, and neither have the singular values at zero or their
//!   vectors; what comes out there is finite or not, and means nothing.
//! - A column of zeros isn't reflected by `qr`, whatever its tangents, nor eliminated by `lu`: `determinant` from 4 × 4 on
//!   has a wrong derivative there, unless that column is the last.
//! - `try_inverse`, `lu().solve` and `cholesky` of singular matrices give `None`, as of plain ones.
//! - `rank`, `is_identity` and all comparisons look at values. `==` too.
//!
//! The module [`linalg`] differentiates each algorithm as a whole, and has none of these gaps.
//!
//! # Rotations
//!
//! [`lie`] has exponential and logarithm, differences and sums, `slerp` and Jacobians of rotations and rigid motions, with
//! derivatives of every order at the identity too. Use it, and not `nalgebra`'s own functions, wherever a rotation is made of a
//! rotation vector or taken apart.
//!
//! A rotation that is the identity in its value is a constant to most of `nalgebra`, whatever its tangents, silently:
//! `Rotation3::new`, `Rotation3::from_axis_angle`, `UnitQuaternion::from_scaled_axis`, `scaled_axis`, `ln`, `powf`, `slerp`,
//! `rotation_between`, `Isometry3::rotation`, `Matrix4::new_rotation`, `from_matrix`. And `Rotation3` takes angles from a
//! cosine, whose digits are gone near 0 and π: `angle`, `scaled_axis` and `powf` of a rotation by 10⁻⁷ are off by 1 %, and
//! have a second derivative without a digit that is right. So an arm at its zero position doesn't move at all:
//!
//! ```
//! use nalgebra::{Isometry3, Matrix3, Point3, RealField, Vector3};
//! use tangents::interop::nalgebra::{FieldNumber, jacobian, lie::se3};
//!
//! // Three joints on the first axis, one apart, each with an axis of its own, and a tool at (3, 0, 0).
//! const AXES: [Vector3<f64>; 3] =
//!     [Vector3::new(0.0, 0.0, 1.0), Vector3::new(0.0, 1.0, 0.0), Vector3::new(0.0, 0.0, 1.0)];
//!
//! fn lost<T: RealField + Copy>(angles: &Vector3<T>) -> Vector3<T> {
//!     let tool = AXES.iter().zip(angles).fold(Isometry3::identity(), |place, (axis, &angle)| {
//!         let turn = Isometry3::rotation(axis.map(|part| nalgebra::convert::<f64, T>(part) * angle));
//!         place * turn * Isometry3::translation(T::one(), T::zero(), T::zero())
//!     });
//!     tool.translation.vector
//! }
//! assert_eq!(jacobian(lost, &Vector3::<f64>::zeros()), Matrix3::zeros());
//!
//! fn right<T: FieldNumber>(angles: &Vector3<T>) -> Vector3<T> {
//!     let tool = AXES.iter().zip(angles).fold(Isometry3::identity(), |place, (axis, &angle)| {
//!         let axis = axis.map(|part| nalgebra::convert::<f64, T>(part) * angle);
//!         let turn = se3::exp(&nalgebra::Vector6::new(T::zero(), T::zero(), T::zero(), axis.x, axis.y, axis.z));
//!         place * turn * Isometry3::translation(T::one(), T::zero(), T::zero())
//!     });
//!     tool.translation.vector
//! }
//! let expected = Matrix3::new(0.0, 0.0, 0.0, 3.0, 0.0, 1.0, 0.0, -2.0, 0.0);
//! assert_eq!(jacobian(right, &Vector3::<f64>::zeros()), expected);
//! ```
//!
//! This crate can't mend it from its side. `UnitQuaternion::new` compares |φ|² with a tolerance, and at φ = 0 that is the constant
//! 0 to first order: no comparison could tell it from that of a constant. `from_axis_angle` asks `angle != 0`, where a
//! comparison that saw tangents would help; but by the crate's laws control flow is that of the plain program.
//!
//! `UnitQuaternion::from_axis_angle`, `from_euler_angles`, `Rotation2` and `UnitComplex` have their derivatives at zero too.
//! `docs/compatibility.md` lists what each function loses at 0, at π and beside them, as it comes out.

mod drivers;
mod field_number;
mod function;
mod lanes;
pub mod lie;
#[cfg(feature = "alloc")]
pub mod linalg;
mod point;
mod product;
mod rows;
#[cfg(feature = "random")]
mod sample;

pub use drivers::{
    HessianMatrix, JacobianMatrix, hessian, jacfwd, jacobian, value_and_hessian, value_and_jacobian,
    value_gradient_and_hessian,
};
pub use field_number::{AsNumber, FieldNumber};
pub use function::FieldFunction;
pub use lanes::{join, lane, seed, split, values};
pub use product::{mul_plain, plain_mul};
pub use rows::Rows;
