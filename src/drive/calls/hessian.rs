//! Hessians, of scalar-valued and of vector-valued functions.

use core::convert::Infallible;

use num_traits::Zero;

use super::{RESULTS, fitting};
use crate::drive::containers::sizes::check_sizes;
use crate::drive::containers::{
    Argument, Gradient, Hessian, Hessians, HyperDualAt, Jacobian, Of, Point, SecondOrder, Values,
    coordinate_of, map_all,
};
use crate::drive::sweeps::blocks::{Block, sweep_blocks};
use crate::drive::sweeps::chunks::zeros;
use crate::drive::sweeps::lifted::{result, with_lifted};
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::number::on::Carries;

/// The value, the gradient and the Hessian of a scalar-valued function, as [`value_gradient_and_hessian`] gives them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGradientHessian<T, G, H> {
    /// `f(x)`.
    pub value: T,
    /// `∂f/∂xᵢ`.
    pub gradient: G,
    /// `∂²f/∂xᵢ∂xⱼ`.
    pub hessian: H,
}

/// The value, the Jacobian and the Hessians of a vector-valued function, as [`value_jacobian_and_hessians`] gives them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueJacobianHessians<V, J, H> {
    /// `fₖ(x)`.
    pub value: V,
    /// `∂fₖ/∂xᵢ`.
    pub jacobian: J,
    /// `∂²fₖ/∂xᵢ∂xⱼ`.
    pub hessians: H,
}

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
#[doc(alias("jacfwd_grad"))]
#[inline]
#[track_caller]
pub fn hessian<X, F>(f: F, x: &X) -> Hessian<X>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> HyperDualAt<X>,
{
    value_gradient_and_hessian(f, x).hessian
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
pub fn value_and_hessian<X, F>(f: F, x: &X) -> (X::Scalar, Hessian<X>)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> HyperDualAt<X>,
{
    let ValueGradientHessian { value, hessian, .. } = value_gradient_and_hessian(f, x);
    (value, hessian)
}

/// The value, the gradient and the Hessian of a scalar-valued function: all that a Newton step needs.
///
/// Cost: as [`hessian`]; value and gradient come with it.
///
/// ```
/// use tangents::value_gradient_and_hessian;
///
/// let at = value_gradient_and_hessian(|x| x[0] * x[0] * x[1], &[3.0, 2.0]);
/// assert_eq!(at.value, 18.0);
/// assert_eq!(at.gradient, [12.0, 9.0]);
/// assert_eq!(at.hessian, [[4.0, 6.0], [6.0, 0.0]]);
/// ```
#[inline]
#[track_caller]
pub fn value_gradient_and_hessian<X, F>(
    f: F,
    x: &X,
) -> ValueGradientHessian<X::Scalar, Gradient<X>, Hessian<X>>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> HyperDualAt<X>,
{
    hessian_on::<X, X::Scalar, HyperDualAt<X>>(|lifted| f(X::argument(lifted)), x)
}

/// [`value_gradient_and_hessian`] on numbers `D` over `V` in place of the point's.
#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
pub(crate) fn hessian_on<X, V, D>(
    f: impl Fn(&Of<X, D>) -> D,
    x: &X,
) -> ValueGradientHessian<X::Scalar, Gradient<X>, Hessian<X>>
where
    X: Point + ?Sized,
    V: Carries<X::Scalar>,
    D: SecondOrder<V>,
{
    check_sizes::<D, Hessian<X>>();
    let constant = |x| D::constant(V::of(x));
    let _running = Running::on(D::types(), || with_lifted(x, constant, |lifted| f(lifted).left_over()));
    let mut gradient = zeros(x);
    let mut hessian = zeros_squared(x);
    let value = with_lifted(x, constant, |lifted| {
        let Ok(value) = sweep_blocks(lifted, x.dim(), coordinate_of::<X, _>, |block, lifted| {
            let y = f(lifted);
            read_first::<X, V>(block, &y, &mut gradient);
            read_second::<X, V>(block, &y, &mut hessian);
            Ok::<_, Infallible>(y.primal().plain())
        });
        value
    });
    ValueGradientHessian { value, gradient, hessian }
}

/// The Hessian of each component of a vector-valued function, `∂²fₖ/∂xᵢ∂xⱼ`: a Hessian in place of each number of the
/// result, `[[[T; N]; N]; M]` for `[D; M]` at `[T; N]`.
///
/// Cost: as [`hessian`], whatever the number of components.
///
/// # Panics
///
/// If `f` returns results of different shapes in different passes over a point.
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
pub fn hessians<X, F, R>(f: F, x: &X) -> Hessians<R, X>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> R,
    R: Point<Scalar = HyperDualAt<X>>,
{
    value_jacobian_and_hessians(f, x).hessians
}

/// The value and the Hessian of each component of a vector-valued function.
///
/// Cost and panics: as [`hessians`]; the value comes with it.
///
/// ```
/// use tangents::value_and_hessians;
///
/// let (value, [hessian]) = value_and_hessians(|x| [x[0] * x[1]], &[3.0, 2.0]);
/// assert_eq!((value, hessian), ([6.0], [[0.0, 1.0], [1.0, 0.0]]));
/// ```
#[inline]
#[track_caller]
pub fn value_and_hessians<X, F, R>(f: F, x: &X) -> (Values<R, X>, Hessians<R, X>)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> R,
    R: Point<Scalar = HyperDualAt<X>>,
{
    let ValueJacobianHessians { value, hessians, .. } = value_jacobian_and_hessians(f, x);
    (value, hessians)
}

/// The value, the Jacobian and the Hessian of each component of a vector-valued function.
///
/// Cost and panics: as [`hessians`]; value and Jacobian come with it.
///
/// ```
/// use tangents::value_jacobian_and_hessians;
///
/// let at = value_jacobian_and_hessians(|x| [x[0] * x[1]], &[3.0, 2.0]);
/// assert_eq!((at.value, at.jacobian, at.hessians), ([6.0], [[2.0, 3.0]], [[[0.0, 1.0], [1.0, 0.0]]]));
/// ```
#[inline]
#[track_caller]
pub fn value_jacobian_and_hessians<X, F, R>(
    f: F,
    x: &X,
) -> ValueJacobianHessians<Values<R, X>, Jacobian<R, X>, Hessians<R, X>>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> R,
    R: Point<Scalar = HyperDualAt<X>>,
{
    hessians_on::<X, X::Scalar, HyperDualAt<X>, R>(|lifted| f(X::argument(lifted)), x)
}

/// [`value_jacobian_and_hessians`] on numbers `D` over `V` in place of the point's.
#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
pub(crate) fn hessians_on<X, V, D, R>(
    f: impl Fn(&Of<X, D>) -> R,
    x: &X,
) -> ValueJacobianHessians<Values<R, X>, Jacobian<R, X>, Hessians<R, X>>
where
    X: Point + ?Sized,
    V: Carries<X::Scalar>,
    D: SecondOrder<V>,
    R: Point<Scalar = D>,
{
    check_sizes::<D, R>();
    let constant = |x| D::constant(V::of(x));
    let _running = Running::on(D::types(), || {
        with_lifted(x, constant, |lifted| is_left_in(&f(lifted), SecondOrder::left_over))
    });
    let swept = with_lifted(x, constant, |lifted| {
        let mut found = None;
        sweep_blocks(lifted, x.dim(), coordinate_of::<X, _>, |block, lifted| {
            let y = f(lifted);
            // Of the numbers nothing is kept: they are large.
            let ValueJacobianHessians { value, jacobian, hessians } = found.get_or_insert_with(|| {
                let value = map_all(&y, |_| X::Scalar::zero());
                let (jacobian, hessians) = (map_all(&y, |_| zeros(x)), map_all(&y, |_| zeros_squared(x)));
                ValueJacobianHessians { value, jacobian, hessians }
            });
            y.pair(value, &mut |y, value| *value = y.primal().plain())?;
            y.pair(jacobian, &mut |y, gradient| read_first::<X, V>(block, y, gradient))?;
            y.pair(hessians, &mut |y, hessian| read_second::<X, V>(block, y, hessian))
        })?;
        let Some(found) = found else { unreachable!("a sweep makes at least one pass") };
        Ok(found)
    });
    fitting(RESULTS, swept)
}

/// A Hessian of zeros.
#[inline]
pub(super) fn zeros_squared<X: Point + ?Sized>(x: &X) -> Hessian<X> {
    result(x, || zeros(x), || zeros(x))
}

/// What `y` has of a block as entries of the gradient.
#[cfg_attr(not(debug_assertions), inline(always))]
fn read_first<X: Point + ?Sized, V: Carries<X::Scalar>>(
    block: &Block,
    y: &impl SecondOrder<V>,
    gradient: &mut Gradient<X>,
) {
    block.first(y, |i, g: V| *coordinate_of::<X, _>(gradient, i) = g.plain());
}

/// What `y` has of a block as entries of the Hessian.
#[cfg_attr(not(debug_assertions), inline(always))]
fn read_second<X: Point + ?Sized, V: Carries<X::Scalar>>(
    block: &Block,
    y: &impl SecondOrder<V>,
    hessian: &mut Hessian<X>,
) {
    block.second(y, |i, j, h: V| *coordinate_of::<X, _>(coordinate_of::<X, _>(hessian, i), j) = h.plain());
}
