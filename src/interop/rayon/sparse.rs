//! Sparse derivatives in compressed form.

use alloc::vec::Vec;

use ::rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::function::Function;
use crate::rules::Number;
use crate::sparse::{HessianPlan, JacobianPlan, SparseError, SparseMatrix};

/// [`JacobianPlan::jacobian`] at a slice, the groups of colours on many threads: the same bits.
///
/// Cost: as there, as many evaluations at a time as the current `rayon` pool has threads. There are ⌈colours/[lanes]⌉ of them:
/// where that is one, [`with_lanes(4)`](JacobianPlan::with_lanes) makes more. [Dense rows](JacobianPlan::dense_rows) are evaluated on
/// one thread.
///
/// [lanes]: JacobianPlan::lanes
///
/// # Errors
///
/// Those of [`JacobianPlan::jacobian`].
///
/// ```
/// use tangents::interop::rayon::sparse_jacobian;
/// use tangents::sparse::JacobianPlan;
/// use tangents::{Function, lambda};
///
/// let f = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[0] * w[1]).collect() });
/// let x = [1.0, 2.0, 3.0];
/// let plan = JacobianPlan::from_pattern(f.jacobian_pattern(&x)?)?;
/// assert_eq!(sparse_jacobian(&plan, &f, &x)?.values(), [2.0, 1.0, 3.0, 2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[track_caller]
pub fn sparse_jacobian<F, T>(plan: &JacobianPlan, f: &F, x: &[T]) -> Result<SparseMatrix<T>, SparseError>
where
    F: Function<From = [f64]> + Sync + ?Sized,
    T: Number + Send + Sync,
{
    plan.check_nesting(f, x);
    let passes: Result<Vec<_>, _> =
        (0..plan.passes()).into_par_iter().map(|number| plan.pass(number, f, x)).collect();
    plan.gathered(f, x, passes?)
}

/// [`HessianPlan::hessian`] at a slice, the chunks of rows on many threads: the same bits.
///
/// Cost: as there, as many evaluations at a time as the current `rayon` pool has threads.
///
/// # Errors
///
/// Those of [`HessianPlan::hessian`].
///
/// ```
/// use tangents::interop::rayon::sparse_hessian;
/// use tangents::sparse::HessianPlan;
/// use tangents::{Function, lambda};
///
/// let f = lambda!(|x: [f64]| -> f64 { T::sum(x.windows(2).map(|w| w[0] * w[1])) });
/// let x = [1.0, 2.0, 3.0];
/// let plan = HessianPlan::from_pattern(f.hessian_pattern(&x)?)?;
/// assert_eq!(sparse_hessian(&plan, &f, &x)?.to_dense(), [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[track_caller]
pub fn sparse_hessian<F, T>(plan: &HessianPlan, f: &F, x: &[T]) -> Result<SparseMatrix<T>, SparseError>
where
    F: Function<From = [f64], To = f64> + Sync + ?Sized,
    T: Number + Send + Sync,
{
    plan.check_nesting(f, x);
    let blocks: Result<Vec<_>, _> =
        (0..plan.blocks()).into_par_iter().map(|number| plan.block(number, f, x)).collect();
    plan.gathered(blocks?)
}
