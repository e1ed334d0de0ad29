//! The transforms: a function in, its derivative function out, in JAX's words.

use core::cell::Cell;

use super::gradient::{gradient, value_and_gradient};
use super::jacobian::try_value_and_jacobian;
use super::output::Output;
use super::point::Point;
use super::sweep::shaped;

/// Transforms a scalar-valued function into its gradient function: JAX's `grad(f)`.
///
/// The gradient function takes the point by reference and returns a container of the same kind. It can itself
/// be transformed.
///
/// Cost: each call is one of [`gradient`](crate::gradient()). In a composition, `jacfwd(grad(f))`, the inner function
/// is given slices: it runs in chunks of 8 lanes and allocates, which [`hessian`](crate::hessian()) doesn't.
///
/// ```
/// use num_traits::Float;
/// use tangents::{grad, jacfwd};
///
/// fn paraboloid<T: Float>(x: &[T]) -> T {
///     x.iter().fold(T::zero(), |sum, &xi| sum + xi * xi)
/// }
///
/// let g = grad(paraboloid);
/// assert_eq!(g(&[2.4, 3.6]), [4.8, 7.2]);
///
/// # #[cfg(feature = "alloc")] {
/// let hessian = jacfwd(grad(paraboloid));
/// assert_eq!(hessian(&[2.4, 3.6]), [[2.0, 0.0], [0.0, 2.0]]);
/// # }
/// ```
pub fn grad<X, F>(f: F) -> impl Fn(&X) -> X::Of<X::Scalar>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> X::Dual<X::Scalar>,
{
    move |x| gradient(&f, x)
}

/// Transforms a scalar-valued function into the one that returns value and gradient: JAX's `value_and_grad(f)`.
///
/// Cost: each call is one of [`value_and_gradient`](crate::value_and_gradient()).
///
/// ```
/// use num_traits::Float;
/// use tangents::value_and_grad;
///
/// fn product<T: Float>(x: &[T]) -> T {
///     x[0] * x[1]
/// }
///
/// assert_eq!(value_and_grad(product)(&[2.0, 3.0]), (6.0, [3.0, 2.0]));
/// ```
pub fn value_and_grad<X, F>(f: F) -> impl Fn(&X) -> (X::Scalar, X::Of<X::Scalar>)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> X::Dual<X::Scalar>,
{
    move |x| value_and_gradient(&f, x)
}

/// Transforms a vector-valued function into its Jacobian function: JAX's `jacfwd(f)`.
///
/// The Jacobian function returns a row, a gradient, per component of `f`'s result, in the container of that
/// result. It can itself be transformed.
///
/// Cost: each call is one of [`jacobian`](crate::jacobian()).
///
/// # Panics
///
/// The Jacobian function panics if `f` returns vectors of different lengths in different passes over one slice
/// or `Vec`; [`jacobian`](crate::jacobian()) returns that as an error.
///
/// ```
/// use num_traits::Float;
/// use tangents::jacfwd;
///
/// fn polar<T: Float>(x: &[T]) -> [T; 2] {
///     [x[0] * x[1].cos(), x[0] * x[1].sin()]
/// }
///
/// assert_eq!(jacfwd(polar)(&[2.0, 0.0]), [[1.0, 0.0], [0.0, 2.0]]);
/// ```
pub fn jacfwd<X, F, R>(f: F) -> impl Fn(&X) -> R::Of<X::Of<X::Scalar>>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> R,
    R: Output<Leaf = X::Dual<X::Scalar>>,
{
    move |x| shaped(try_value_and_jacobian(&f, x)).1
}

/// [`grad`] of a function that returns its value and something else: JAX's `grad(f, has_aux=True)`.
///
/// The gradient function returns the gradient and what else `f` returned, as `f` returned it in its last pass.
///
/// ```
/// use num_traits::Float;
/// use tangents::grad_aux;
///
/// fn product<T: Float>(x: &[T]) -> (T, usize) {
///     (x[0] * x[1], x.len())
/// }
///
/// assert_eq!(grad_aux(product)(&[2.0, 3.0]), ([3.0, 2.0], 2));
/// ```
pub fn grad_aux<X, F, A>(f: F) -> impl Fn(&X) -> (X::Of<X::Scalar>, A)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> (X::Dual<X::Scalar>, A),
{
    let f = value_and_grad_aux(f);
    move |x| {
        let ((_, aux), gradient) = f(x);
        (gradient, aux)
    }
}

/// [`value_and_grad`] of a function that returns its value and something else: JAX's
/// `value_and_grad(f, has_aux=True)`.
///
/// The result is `((value, aux), gradient)`.
///
/// ```
/// use num_traits::Float;
/// use tangents::value_and_grad_aux;
///
/// fn product<T: Float>(x: &[T]) -> (T, usize) {
///     (x[0] * x[1], x.len())
/// }
///
/// assert_eq!(value_and_grad_aux(product)(&[2.0, 3.0]), ((6.0, 2), [3.0, 2.0]));
/// ```
pub fn value_and_grad_aux<X, F, A>(f: F) -> impl Fn(&X) -> ((X::Scalar, A), X::Of<X::Scalar>)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> (X::Dual<X::Scalar>, A),
{
    move |x| {
        let aux = Aux::new();
        let (value, gradient) = value_and_gradient(|x| aux.keep(f(x)), x);
        ((value, aux.last()), gradient)
    }
}

/// [`jacfwd`] of a function that returns its result and something else: JAX's `jacfwd(f, has_aux=True)`.
///
/// The result is `(Jacobian, aux)`.
///
/// # Panics
///
/// As [`jacfwd`].
///
/// ```
/// use num_traits::Float;
/// use tangents::jacfwd_aux;
///
/// fn product<T: Float>(x: &[T]) -> ([T; 1], usize) {
///     ([x[0] * x[1]], x.len())
/// }
///
/// assert_eq!(jacfwd_aux(product)(&[2.0, 3.0]), ([[3.0, 2.0]], 2));
/// ```
pub fn jacfwd_aux<X, F, R, A>(f: F) -> impl Fn(&X) -> (R::Of<X::Of<X::Scalar>>, A)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Dual<X::Scalar>>) -> (R, A),
    R: Output<Leaf = X::Dual<X::Scalar>>,
{
    move |x| {
        let aux = Aux::new();
        let swept = try_value_and_jacobian(|x| aux.keep(f(x)), x);
        (shaped(swept).1, aux.last())
    }
}

/// What a function returned beside its result in its latest pass.
pub(super) struct Aux<A>(Cell<Option<A>>);

impl<A> Aux<A> {
    pub(super) fn new() -> Self {
        Self(Cell::new(None))
    }

    /// Parts a result from what came with it and keeps that.
    pub(super) fn keep<R>(&self, (result, aux): (R, A)) -> R {
        self.0.set(Some(aux));
        result
    }

    pub(super) fn last(self) -> A {
        match self.0.into_inner() {
            Some(aux) => aux,
            None => unreachable!("a driver makes at least one pass"),
        }
    }
}
