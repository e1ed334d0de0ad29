//! The transforms, in JAX's words: a function in, its derivative function out.
//!
//! [`grad`], [`value_and_grad`] and [`jacfwd`] stand at the root of the crate too. Functions of several arguments say how many
//! they have, [`grad2`] to [`jacfwd4`], and take `argnums`: [`ARG1`], or a tuple as `(ARG0, ARG1)`. Functions that return
//! something beside their value have their own, [`grad_aux`] and its kin.
//!
//! Give them a generic `fn`, or a closure that only hands its argument to one, `grad(|p| loss(p, &batch))`: in a closure that
//! computes with its argument, the argument's type isn't known yet. The argument comes by reference; of a function of one number
//! take `grad(|x| f(*x))`. What they return can be cloned if the function can; of one that can't, hand over a reference.
//!
//! ```
//! use num_traits::Float;
//! use tangents::grad;
//! use tangents::jax::{ARG1, grad2};
//!
//! fn weighted<T: Float>(w: &[T], x: &[T]) -> T {
//!     w.iter().zip(x).fold(T::zero(), |sum, (&wi, &xi)| sum + wi * xi * xi)
//! }
//!
//! let g = grad2(weighted, ARG1);
//! assert_eq!(g(&[1.0, 2.0], &[3.0, 4.0]), [6.0, 16.0]);
//! ```

mod argnums;
mod several;

use core::cell::Cell;

pub use argnums::{ARG0, ARG1, ARG2, ARG3, Arg, Argnums, Args2, Args3, Args4, Arguments, JacobianIn, Pick};
pub use several::*;

use crate::drive::{Argument, DualAt, Gradient, Jacobian, Point, gradient, jacobian, value_and_gradient};

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
pub fn grad<X, F>(f: F) -> impl Fn(&X) -> Gradient<X> + Clone
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> DualAt<X> + Clone,
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
pub fn value_and_grad<X, F>(f: F) -> impl Fn(&X) -> (X::Scalar, Gradient<X>) + Clone
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> DualAt<X> + Clone,
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
/// The Jacobian function panics where [`jacobian`](crate::jacobian()) does.
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
pub fn jacfwd<X, F, R>(f: F) -> impl Fn(&X) -> Jacobian<R, X> + Clone
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> R + Clone,
    R: Point<Scalar = DualAt<X>>,
{
    move |x| jacobian(&f, x)
}

/// [`grad`] of a function that returns its value and something else: JAX's `grad(f, has_aux=True)`.
///
/// The gradient function returns the gradient and what else `f` returned, as `f` returned it in its last pass. Numbers in that are
/// those that `f` ran on, with tangents of the last pass: their values are
/// [`aux.map_numbers(|x| x.re)`](crate::Point::map_numbers).
///
/// ```
/// use num_traits::Float;
/// use tangents::jax::grad_aux;
///
/// fn product<T: Float>(x: &[T]) -> (T, usize) {
///     (x[0] * x[1], x.len())
/// }
///
/// assert_eq!(grad_aux(product)(&[2.0, 3.0]), ([3.0, 2.0], 2));
/// ```
#[doc(alias = "has_aux")]
pub fn grad_aux<X, F, A>(f: F) -> impl Fn(&X) -> (Gradient<X>, A) + Clone
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> (DualAt<X>, A) + Clone,
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
/// The result is `((value, aux), gradient)`; numbers in `aux` are as [`grad_aux`] says.
///
/// ```
/// use num_traits::Float;
/// use tangents::jax::value_and_grad_aux;
///
/// fn product<T: Float>(x: &[T]) -> (T, usize) {
///     (x[0] * x[1], x.len())
/// }
///
/// assert_eq!(value_and_grad_aux(product)(&[2.0, 3.0]), ((6.0, 2), [3.0, 2.0]));
/// ```
#[doc(alias = "has_aux")]
pub fn value_and_grad_aux<X, F, A>(f: F) -> impl Fn(&X) -> ((X::Scalar, A), Gradient<X>) + Clone
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> (DualAt<X>, A) + Clone,
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
/// use tangents::jax::jacfwd_aux;
///
/// fn product<T: Float>(x: &[T]) -> ([T; 1], usize) {
///     ([x[0] * x[1]], x.len())
/// }
///
/// assert_eq!(jacfwd_aux(product)(&[2.0, 3.0]), ([[3.0, 2.0]], 2));
/// ```
pub fn jacfwd_aux<X, F, R, A>(f: F) -> impl Fn(&X) -> (Jacobian<R, X>, A) + Clone
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> (R, A) + Clone,
    R: Point<Scalar = DualAt<X>>,
{
    move |x| {
        let aux = Aux::new();
        let jacobian = jacobian(|x| aux.keep(f(x)), x);
        (jacobian, aux.last())
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
