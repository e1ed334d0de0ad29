//! Sparse Jacobians and Hessians: where entries may be, found by running the function; columns that share a pass; the entries.
//!
//! [`Function::sparse_jacobian`] and [`sparse_hessian`](crate::Function::sparse_hessian) do everything in
//! one call. The [guide](crate::guide::sparse) says when it pays, and which way to take for a Hessian. The steps are values of their own:
//!
//! | | |
//! |---|---|
//! | [`Pattern`] | where a matrix may have entries: found by [`Function::jacobian_pattern`] and its kin or by [`patterns`], or given by hand |
//! | [`Coloring`], [`Order`] | which columns share a pass |
//! | [`Recovery`] | how a symmetric matrix is found in its products with few vectors |
//! | [`JacobianPlan`], [`HessianPlan`] | what evaluates the derivatives of functions with one pattern, at many points |
//! | [`SparseWorkspace`] | the memory of a thread that evaluates them |
//! | [`SparseMatrix`], [`Layout`] | what comes out |
//! | [`TermSum`], [`LeastSquares`] | sums of small terms, with gradient, Hessian and Gauss–Newton matrix for what the terms cost |

mod coloring;
mod compressed;
mod dense_rows;
mod error;
mod hessian;
mod jacobian;
mod matrix;
#[cfg(feature = "rayon")]
mod parts;
mod pattern;
mod product;
mod recipe;
mod terms;
pub(crate) mod tracer;
#[cfg(feature = "random")]
mod verify;
mod workspace;

use crate::drive::calls::RESULTS;
use crate::drive::{Family, Gradient, ValueGradientHessian};
use crate::function::{At, Function, ScalarValued};

pub use self::coloring::{Coloring, Order, Recovery};
pub use self::error::{Question, SparseError};
pub use self::hessian::HessianPlan;
pub use self::jacobian::JacobianPlan;
pub use self::matrix::{Layout, SparseMatrix};
pub use self::pattern::Pattern;
pub use self::terms::{
    LeastSquares, Projection, Residual, ResidualBlocks, TermSum, Terms, ValueGradientGaussNewton, blocks,
};
pub use self::tracer::{Patterns, patterns, patterns_at};
pub use self::workspace::SparseWorkspace;

/// [`Function::value_and_sparse_jacobian`]
#[allow(clippy::type_complexity)] // the value and the Jacobian
#[track_caller]
pub(crate) fn value_and_jacobian<F, X>(
    f: &F,
    x: &X,
) -> (<F::To as Family>::Of<X::Scalar>, SparseMatrix<X::Scalar>)
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    let plan = JacobianPlan::from_pattern(f.jacobian_pattern_at(x));
    evaluated(plan.and_then(|plan| plan.value_and_jacobian(f, x)))
}

/// [`Function::value_gradient_and_sparse_hessian`]
#[track_caller]
pub(crate) fn value_gradient_and_hessian<F, X>(
    f: &F,
    x: &X,
) -> ValueGradientHessian<X::Scalar, Gradient<X>, SparseMatrix<X::Scalar>>
where
    F: ScalarValued + ?Sized,
    X: At<F::From> + ?Sized,
{
    let plan = HessianPlan::from_pattern(f.hessian_pattern_at(x));
    evaluated(plan.and_then(|plan| plan.value_gradient_and_hessian(f, x)))
}

/// What was evaluated by a plan for the function and the point at hand, or a panic.
#[track_caller]
pub(crate) fn evaluated<R>(found: Result<R, SparseError>) -> R {
    match found {
        Ok(found) => found,
        Err(SparseError::Shape(error)) => panic!("{RESULTS}: {error}"),
        Err(error) => panic!("{error}"),
    }
}
