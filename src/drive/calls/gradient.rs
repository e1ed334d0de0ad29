//! Gradients of scalar-valued functions.

use core::any::TypeId;

use crate::drive::containers::{Argument, DualAt, FirstOrder, Gradient, Of, Point, coordinate_of};
use crate::drive::sweeps::chunks::sweep_gradient;
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::Running;
use crate::number::on::Carries;

/// The gradient `∂f/∂xᵢ` of a scalar-valued function, in a container of the same kind as the point.
///
/// Cost: one evaluation of `f` on N lanes for `[T; N]`, ⌈n/8⌉ on 8 lanes for a slice or `Vec` of length n (one
/// if it is empty, with an empty gradient).
///
/// ```
/// use tangents::gradient;
///
/// assert_eq!(gradient(|x| x[0] * x[1].sin(), &[1.0, 0.0]), [0.0, 1.0]);
///
/// # #[cfg(feature = "alloc")] {
/// let point: Vec<f64> = (0..100).map(f64::from).collect();
/// let g = gradient(|x| x.iter().map(|xi| xi * xi).sum(), &point);
/// assert_eq!(g[99], 198.0);
/// # }
/// ```
#[doc(alias("grad", "vjp", "jacrev", "backward"))]
#[inline]
#[track_caller]
pub fn gradient<X, F>(f: F, x: &X) -> Gradient<X>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> DualAt<X>,
{
    value_and_gradient(f, x).1
}

/// The value and the gradient of a scalar-valued function.
///
/// Cost: as [`gradient`]; the value comes with it.
///
/// ```
/// use tangents::value_and_gradient;
///
/// assert_eq!(value_and_gradient(|x| x[0] * x[1], &[2.0, 3.0]), (6.0, [3.0, 2.0]));
/// ```
#[inline]
#[track_caller]
pub fn value_and_gradient<X, F>(f: F, x: &X) -> (X::Scalar, Gradient<X>)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> DualAt<X>,
{
    gradient_on::<X, X::Scalar, DualAt<X>, _>(|lifted| f(X::argument(lifted)), x)
}

/// [`value_and_gradient`] on numbers `D` over `V` in place of the point's.
#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
pub(crate) fn gradient_on<X, V, D, F>(f: F, x: &X) -> (X::Scalar, Gradient<X>)
where
    X: Point + ?Sized,
    V: Carries<X::Scalar>,
    D: FirstOrder<V>,
    F: Fn(&Of<X, D>) -> D,
{
    let constant = |x| D::constant(V::of(x));
    let _running =
        Running::on([TypeId::of::<D>()], || with_lifted(x, constant, |lifted| f(lifted).left_over()));
    with_lifted(x, constant, |lifted| sweep_gradient::<X, V, D, _>(x, lifted, coordinate_of::<X, _>, f))
}
