//! Jacobians of vector-valued functions.

use core::any::TypeId;

use super::lifted::with_lifted;
use super::nesting::{Running, is_left_in};
use super::output::Output;
use super::point::{Lanes, Point};
use super::sweep::sweep_jacobian;
use crate::error::Error;

/// The Jacobian `J[i][j] = ∂fᵢ/∂xⱼ` of a vector-valued function.
///
/// The container of `f`'s result holds a row per component, a row being a gradient: `[[T; N]; M]` for
/// `[D; M]` at `[T; N]`, `Vec<[T; N]>` for `Vec<D>`, and so on.
///
/// Cost: one evaluation of `f` on N lanes for `[T; N]`, ⌈n/8⌉ on 8 lanes for a slice or `Vec` (at least one).
///
/// # Errors
///
/// At a slice or `Vec` the result is a `Result`: [`Error::Ragged`] if `f` returns vectors of different lengths
/// in different passes. At an array it is the Jacobian.
///
/// ```
/// use tangents::jacobian;
///
/// let polar = jacobian(|x| [x[0] * x[1].cos(), x[0] * x[1].sin()], &[2.0, 0.0]);
/// assert_eq!(polar, [[1.0, 0.0], [0.0, 2.0]]);
///
/// # #[cfg(feature = "alloc")] {
/// let squares = jacobian(|x| x.iter().map(|xi| xi * xi).collect::<Vec<_>>(), &vec![1.0, 3.0])?;
/// assert_eq!(squares, [[2.0, 0.0], [0.0, 6.0]]);
/// # }
/// # Ok::<(), tangents::Error>(())
/// ```
#[inline]
#[track_caller]
pub fn jacobian<X, F, R>(f: F, x: &X) -> X::Outcome<R::Of<X::Of<X::Scalar>>>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> R,
    R: Output<Leaf = X::Dual<X::Scalar>>,
{
    X::outcome(try_value_and_jacobian(f, x).map(|(_, jacobian)| jacobian))
}

/// The value and the Jacobian of a vector-valued function.
///
/// Cost and errors: as [`jacobian`]; the value comes with it.
///
/// ```
/// use tangents::value_and_jacobian;
///
/// let (value, jacobian) = value_and_jacobian(|x| [x[0] * x[1], x[0]], &[2.0, 3.0]);
/// assert_eq!(value, [6.0, 2.0]);
/// assert_eq!(jacobian, [[3.0, 2.0], [1.0, 0.0]]);
/// ```
#[inline]
#[track_caller]
pub fn value_and_jacobian<X, F, R>(f: F, x: &X) -> X::Outcome<(R::Of<X::Scalar>, R::Of<X::Of<X::Scalar>>)>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> R,
    R: Output<Leaf = X::Dual<X::Scalar>>,
{
    X::outcome(try_value_and_jacobian(f, x))
}

#[inline]
#[track_caller]
pub(crate) fn try_value_and_jacobian<X, F, R>(
    f: F,
    x: &X,
) -> Result<(R::Of<X::Scalar>, R::Of<X::Of<X::Scalar>>), Error>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> R,
    R: Output<Leaf = X::Dual<X::Scalar>>,
{
    let f = |lifted: &X::Of<X::Dual<X::Scalar>>| f(X::argument(lifted));
    let _running = Running::on([TypeId::of::<X::Dual<X::Scalar>>()], || {
        with_lifted(x, X::Dual::constant, |lifted| is_left_in(&f(lifted), Lanes::left_over))
    });
    with_lifted(x, X::Dual::constant, |lifted| sweep_jacobian(x, lifted, X::coordinate, f))
}
