//! Hessians, of scalar-valued and of vector-valued functions.

use core::convert::Infallible;

use num_traits::Zero;

use super::block::{Block, sweep_blocks};
use super::lifted::{check_sizes, result, with_lifted};
use super::nesting::{Running, is_left_in};
use super::output::Output;
use super::point::{Point, SecondOrder};
use crate::error::Error;

/// The number that carries the second derivatives at a point.
pub(super) type Second<X> = <X as Point>::Second<<X as Point>::Scalar>;

/// The Hessian `H[i][j] = ∂²f/∂xᵢ∂xⱼ` of a scalar-valued function: a gradient container of gradient containers,
/// `[[T; N]; N]` for `[T; N]`. It is symmetric to the bit.
///
/// Cost: one evaluation of `f` on a [`HyperDual`](crate::HyperDual) for `[T; N]`, each entry once; for a slice or `Vec` one
/// on nested numbers of 81 components for each pair of chunks, c(c + 1)/2 with c = ⌈n/8⌉ (at least one). An array's numbers
/// have N² components each, and a function keeps some on the stack: above 65 coordinates it doesn't compile, take a slice.
///
/// ```
/// use tangents::hessian;
///
/// let h = hessian(|x| x[0] * x[0] * x[1], &[3.0, 2.0]);
/// assert_eq!(h, [[4.0, 6.0], [6.0, 0.0]]);
/// ```
#[inline]
#[track_caller]
pub fn hessian<X, F>(f: F, x: &X) -> X::Of<X::Of<X::Scalar>>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Second<X::Scalar>>) -> X::Second<X::Scalar>,
{
    value_gradient_hessian(f, x).2
}

/// The value and the Hessian of a scalar-valued function.
///
/// Cost: as [`hessian`]; the value comes with it.
///
/// ```
/// use tangents::value_and_hessian;
///
/// let (value, h) = value_and_hessian(|x| x[0] * x[1], &[3.0, 2.0]);
/// assert_eq!(value, 6.0);
/// assert_eq!(h, [[0.0, 1.0], [1.0, 0.0]]);
/// ```
#[inline]
#[track_caller]
pub fn value_and_hessian<X, F>(f: F, x: &X) -> (X::Scalar, X::Of<X::Of<X::Scalar>>)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Second<X::Scalar>>) -> X::Second<X::Scalar>,
{
    let (value, _, hessian) = value_gradient_hessian(f, x);
    (value, hessian)
}

/// The value, the gradient and the Hessian of a scalar-valued function: all that a Newton step needs.
///
/// Cost: as [`hessian`]; value and gradient come with it.
///
/// ```
/// use tangents::value_gradient_hessian;
///
/// let (value, g, h) = value_gradient_hessian(|x| x[0] * x[0] * x[1], &[3.0, 2.0]);
/// assert_eq!(value, 18.0);
/// assert_eq!(g, [12.0, 9.0]);
/// assert_eq!(h, [[4.0, 6.0], [6.0, 0.0]]);
/// ```
#[inline]
#[track_caller]
pub fn value_gradient_hessian<X, F>(f: F, x: &X) -> (X::Scalar, X::Of<X::Scalar>, X::Of<X::Of<X::Scalar>>)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Second<X::Scalar>>) -> X::Second<X::Scalar>,
{
    check_sizes::<Second<X>, X::Of<X::Of<X::Scalar>>>();
    let f = |lifted: &X::Of<Second<X>>| f(X::argument(lifted));
    let _running = Running::on(Second::<X>::types(), || {
        with_lifted(x, Second::<X>::constant, |lifted| f(lifted).left_over())
    });
    let mut gradient = zeros(x);
    let mut hessian = result(x, |_| zeros(x));
    let value = with_lifted(x, Second::<X>::constant, |lifted| {
        let Ok(value) = sweep_blocks(lifted, x.dim(), X::coordinate, |block, lifted| {
            let y = f(lifted);
            read_block::<X, _>(block, &y, &mut gradient, &mut hessian);
            Ok::<_, Infallible>(y.primal())
        });
        value
    });
    (value, gradient, hessian)
}

/// The Hessian of each component of a vector-valued function, `∂²fₖ/∂xᵢ∂xⱼ`: a Hessian in place of each number of the
/// result, `[[[T; N]; N]; M]` for `[D; M]` at `[T; N]`.
///
/// Cost: as [`hessian`], whatever the number of components.
///
/// # Errors
///
/// At a slice or `Vec` the result is a `Result`: [`Error::Ragged`] if `f` returns vectors of different lengths in different
/// passes.
///
/// ```
/// use tangents::hessians;
///
/// let [product, square] = hessians(|x| [x[0] * x[1], x[0] * x[0]], &[3.0, 2.0]);
/// assert_eq!(product, [[0.0, 1.0], [1.0, 0.0]]);
/// assert_eq!(square, [[2.0, 0.0], [0.0, 0.0]]);
/// ```
#[inline]
#[track_caller]
pub fn hessians<X, F, R>(f: F, x: &X) -> X::Outcome<R::Of<X::Of<X::Of<X::Scalar>>>>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Second<X::Scalar>>) -> R,
    R: Output<Leaf = X::Second<X::Scalar>>,
{
    X::outcome(try_value_jacobian_hessians(f, x).map(|(_, _, hessians)| hessians))
}

/// The value, the Jacobian and the Hessian of each component of a vector-valued function.
///
/// Cost and errors: as [`hessians`]; value and Jacobian come with it.
///
/// ```
/// use tangents::value_jacobian_hessians;
///
/// let (value, jacobian, [hessian]) = value_jacobian_hessians(|x| [x[0] * x[1]], &[3.0, 2.0]);
/// assert_eq!((value, jacobian, hessian), ([6.0], [[2.0, 3.0]], [[0.0, 1.0], [1.0, 0.0]]));
/// ```
#[inline]
#[track_caller]
pub fn value_jacobian_hessians<X, F, R>(
    f: F,
    x: &X,
) -> X::Outcome<(R::Of<X::Scalar>, R::Of<X::Of<X::Scalar>>, R::Of<X::Of<X::Of<X::Scalar>>>)>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Second<X::Scalar>>) -> R,
    R: Output<Leaf = X::Second<X::Scalar>>,
{
    X::outcome(try_value_jacobian_hessians(f, x))
}

#[inline]
#[track_caller]
fn try_value_jacobian_hessians<X, F, R>(
    f: F,
    x: &X,
) -> Result<(R::Of<X::Scalar>, R::Of<X::Of<X::Scalar>>, R::Of<X::Of<X::Of<X::Scalar>>>), Error>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Second<X::Scalar>>) -> R,
    R: Output<Leaf = X::Second<X::Scalar>>,
{
    check_sizes::<Second<X>, R>();
    let f = |lifted: &X::Of<Second<X>>| f(X::argument(lifted));
    let _running = Running::on(Second::<X>::types(), || {
        with_lifted(x, Second::<X>::constant, |lifted| is_left_in(&f(lifted), SecondOrder::left_over))
    });
    with_lifted(x, Second::<X>::constant, |lifted| {
        let mut results = None;
        sweep_blocks(lifted, x.dim(), X::coordinate, |block, lifted| {
            let y = f(lifted);
            // Of the numbers nothing is kept: they are large.
            let (value, jacobian, hessians) = results.get_or_insert_with(|| {
                let zeros_squared = || result(x, |_| zeros(x));
                (y.map(&mut |_| X::Scalar::zero()), y.map(&mut |_| zeros(x)), y.map(&mut |_| zeros_squared()))
            });
            y.zip(value, &mut |y, value| *value = y.primal())?;
            y.zip(jacobian, &mut |y, gradient| block.first(y, |i, g| *X::coordinate(gradient, i) = g))?;
            y.zip(hessians, &mut |y, hessian| {
                block.second(y, |i, j, h| *X::coordinate(X::coordinate(hessian, i), j) = h);
            })
        })?;
        let Some(results) = results else { unreachable!("a sweep makes at least one pass") };
        Ok(results)
    })
}

/// A gradient of zeros.
#[inline]
pub(super) fn zeros<X: Point + ?Sized>(x: &X) -> X::Of<X::Scalar> {
    x.map(|_| X::Scalar::zero())
}

/// What `y` has of a block as entries of gradient and Hessian.
#[inline]
fn read_block<X: Point + ?Sized, D: SecondOrder<X::Scalar>>(
    block: &Block,
    y: &D,
    gradient: &mut X::Of<X::Scalar>,
    hessian: &mut X::Of<X::Of<X::Scalar>>,
) {
    block.first(y, |i, g| *X::coordinate(gradient, i) = g);
    block.second(y, |i, j, h| *X::coordinate(X::coordinate(hessian, i), j) = h);
}
