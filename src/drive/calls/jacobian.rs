//! Jacobians of vector-valued functions.

use core::any::TypeId;

use super::{RESULTS, fitting};
use crate::drive::containers::{Argument, DualAt, FirstOrder, Jacobian, Of, Point, Values, coordinate_of};
use crate::drive::sweeps::chunks::sweep_jacobian;
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::number::on::Carries;

/// The Jacobian `J[i][j] = ∂fᵢ/∂xⱼ` of a vector-valued function.
///
/// The container of `f`'s result holds a row per number, a row being a gradient: `[[T; N]; M]` for
/// `[D; M]` at `[T; N]`, `Vec<[T; N]>` for `Vec<D>`, and so on.
///
/// Cost: one evaluation of `f` on N lanes for `[T; N]`, ⌈n/8⌉ on 8 lanes for a slice or `Vec` (at least one).
///
/// # Panics
///
/// If `f` returns results of different shapes in different passes over a point.
///
/// ```
/// use tangents::jacobian;
///
/// let polar = jacobian(|x| [x[0] * x[1].cos(), x[0] * x[1].sin()], &[2.0, 0.0]);
/// assert_eq!(polar, [[1.0, 0.0], [0.0, 2.0]]);
///
/// # #[cfg(feature = "alloc")] {
/// let squares = jacobian(|x| x.iter().map(|xi| xi * xi).collect::<Vec<_>>(), &vec![1.0, 3.0]);
/// assert_eq!(squares, [[2.0, 0.0], [0.0, 6.0]]);
/// # }
/// ```
#[doc(alias("jacfwd", "jacrev", "vjp", "linearize", "vmap"))]
#[inline]
#[track_caller]
pub fn jacobian<X, F, R>(f: F, x: &X) -> Jacobian<R, X>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> R,
    R: Point<Scalar = DualAt<X>>,
{
    value_and_jacobian(f, x).1
}

/// The value and the Jacobian of a vector-valued function.
///
/// Cost and panics: as [`jacobian`]; the value comes with it.
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
pub fn value_and_jacobian<X, F, R>(f: F, x: &X) -> (Values<R, X>, Jacobian<R, X>)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> R,
    R: Point<Scalar = DualAt<X>>,
{
    jacobian_on::<X, X::Scalar, DualAt<X>, R>(|lifted| f(X::argument(lifted)), x)
}

/// [`value_and_jacobian`] on numbers `D` over `V` in place of the point's.
#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
pub(crate) fn jacobian_on<X, V, D, R>(f: impl Fn(&Of<X, D>) -> R, x: &X) -> (Values<R, X>, Jacobian<R, X>)
where
    X: Point + ?Sized,
    V: Carries<X::Scalar>,
    D: FirstOrder<V>,
    R: Point<Scalar = D>,
{
    let constant = |x| D::constant(V::of(x));
    let _running = Running::on([TypeId::of::<D>()], || {
        with_lifted(x, constant, |lifted| is_left_in(&f(lifted), FirstOrder::left_over))
    });
    let swept = with_lifted(x, constant, |lifted| {
        sweep_jacobian::<X, V, D, _, R>(x, lifted, coordinate_of::<X, _>, f)
    });
    fitting(RESULTS, swept)
}
