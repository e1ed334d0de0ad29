//! Gradients of scalar-valued functions.

use core::any::TypeId;

use super::lifted::with_lifted;
use super::nesting::Running;
use super::point::{Lanes, Point};
use super::sweep::sweep_gradient;

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
#[inline]
#[track_caller]
pub fn gradient<X, F>(f: F, x: &X) -> X::Of<X::Scalar>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> X::Dual<X::Scalar>,
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
pub fn value_and_gradient<X, F>(f: F, x: &X) -> (X::Scalar, X::Of<X::Scalar>)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> X::Dual<X::Scalar>,
{
    let f = |lifted: &X::Of<X::Dual<X::Scalar>>| f(X::argument(lifted));
    let _running = Running::on([TypeId::of::<X::Dual<X::Scalar>>()], || {
        with_lifted(x, X::Dual::constant, |lifted| f(lifted).left_over())
    });
    with_lifted(x, X::Dual::constant, |lifted| sweep_gradient(x, lifted, X::coordinate, f))
}
