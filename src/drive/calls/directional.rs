//! Derivatives along a direction: Jacobian-vector and Hessian-vector products.

use core::any::TypeId;
use core::convert::Infallible;

use super::{DIRECTION, fitting};
use crate::drive::containers::{
    Argument, DualAlong, FirstOrder, Gradient, Of, Point, SecondOrder, Values, coordinate_of, map_all,
};
use crate::drive::sweeps::chunks::{sweep, zeros};
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::error::Error;
use crate::number::{Dual, HyperDual};
use crate::real::Real;

/// The value, the gradient and a Hessian-vector product of a scalar-valued function, as [`value_gradient_and_hvp`] gives
/// them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGradientHvp<T, G> {
    /// `f(x)`.
    pub value: T,
    /// `∂f/∂xᵢ`.
    pub gradient: G,
    /// `H·v`.
    pub hvp: G,
}

/// The value and the first two derivatives of a scalar-valued function along a direction, as [`value_jvp_and_vhv`] gives
/// them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueJvpVhv<T> {
    /// `f(x)`.
    pub value: T,
    /// The slope, `∇f·v`.
    pub jvp: T,
    /// The curvature, `vᵀ·H·v`.
    pub vhv: T,
}

/// The Jacobian-vector product `J·v = d/dt f(x + t·v)` at t = 0, in the container of `f`'s result.
///
/// Cost: one evaluation of `f` on numbers with one lane, whatever the dimension.
///
/// # Panics
///
/// If `v` hasn't the shape of `x`.
///
/// ```
/// use tangents::jvp;
///
/// assert_eq!(jvp(|x| x[0] * x[1], &[2.0, 3.0], &[1.0, 0.5]), 4.0);
/// // The velocity of a curve is its JVP along the one axis.
/// assert_eq!(jvp(|t| [t[0].cos(), t[0].sin()], &[0.0], &[1.0]), [0.0, 1.0]);
/// ```
#[doc(alias("pushforward", "directional_derivative"))]
#[inline]
#[track_caller]
pub fn jvp<X, F, R>(f: F, x: &X, v: &X) -> Values<R, X>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, Dual<X::Scalar, 1>>) -> R,
    R: Point<Scalar = Dual<X::Scalar, 1>>,
{
    map_all(&evaluate_along(f, x, v), |y| y.eps[0])
}

/// The value and the Jacobian-vector product `(f(x), J·v)`: JAX's `jvp`.
///
/// Cost and panics: as [`jvp`]; the value comes with it.
///
/// ```
/// use tangents::value_and_jvp;
///
/// assert_eq!(value_and_jvp(|x| [x[0] * x[1], x[1]], &[2.0, 3.0], &[1.0, 0.5]), ([6.0, 3.0], [4.0, 0.5]));
/// ```
#[inline]
#[track_caller]
pub fn value_and_jvp<X, F, R>(f: F, x: &X, v: &X) -> (Values<R, X>, Values<R, X>)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, Dual<X::Scalar, 1>>) -> R,
    R: Point<Scalar = Dual<X::Scalar, 1>>,
{
    let y = evaluate_along(f, x, v);
    (map_all(&y, |y| y.re), map_all(&y, |y| y.eps[0]))
}

/// The Hessian-vector product `H·v = d/dt ∇f(x + t·v)` at t = 0, in the container of the point.
///
/// Cost: that of the [`gradient`](crate::gradient), each lane a number with one lane of its own; the Hessian
/// isn't formed.
///
/// # Panics
///
/// If `v` hasn't the shape of `x`.
///
/// ```
/// use tangents::hvp;
///
/// assert_eq!(hvp(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0]), [4.0, 6.0]);
/// ```
#[doc(alias("hessian_vector_product"))]
#[inline]
#[track_caller]
pub fn hvp<X, F>(f: F, x: &X, v: &X) -> Gradient<X>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAlong<X>>) -> DualAlong<X>,
{
    value_and_hvp(f, x, v).1
}

/// The value and the Hessian-vector product `(f(x), H·v)`.
///
/// Cost and panics: as [`hvp`]; the value comes with it.
///
/// ```
/// use tangents::value_and_hvp;
///
/// let (value, hv) = value_and_hvp(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0]);
/// assert_eq!((value, hv), (18.0, [4.0, 6.0]));
/// ```
#[inline]
#[track_caller]
pub fn value_and_hvp<X, F>(f: F, x: &X, v: &X) -> (X::Scalar, Gradient<X>)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAlong<X>>) -> DualAlong<X>,
{
    let mut hvp = zeros(x);
    let value = sweep_along(f, x, v, |i, y_i| *coordinate_of::<X, _>(&mut hvp, i) = y_i.eps[0]);
    (value, hvp)
}

/// The value, the gradient and the Hessian-vector product `(f(x), ∇f, H·v)`: what truncated Newton methods need.
///
/// Cost and panics: as [`hvp`]; value and gradient come with it.
///
/// ```
/// use tangents::value_gradient_and_hvp;
///
/// let at = value_gradient_and_hvp(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0]);
/// assert_eq!((at.value, at.gradient, at.hvp), (18.0, [12.0, 9.0], [4.0, 6.0]));
/// ```
#[inline]
#[track_caller]
pub fn value_gradient_and_hvp<X, F>(f: F, x: &X, v: &X) -> ValueGradientHvp<X::Scalar, Gradient<X>>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAlong<X>>) -> DualAlong<X>,
{
    let (mut gradient, mut hvp) = (zeros(x), zeros(x));
    let value = sweep_along(f, x, v, |i, y_i| {
        *coordinate_of::<X, _>(&mut gradient, i) = y_i.re;
        *coordinate_of::<X, _>(&mut hvp, i) = y_i.eps[0];
    });
    ValueGradientHvp { value, gradient, hvp }
}

/// The second derivative along a direction, `vᵀ·H·v = d²/dt² f(x + t·v)` at t = 0.
///
/// Cost: one evaluation of `f` on numbers of 3 components, whatever the dimension.
///
/// # Panics
///
/// If `v` hasn't the shape of `x`.
///
/// ```
/// use tangents::vhv;
///
/// assert_eq!(vhv(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5]), 10.0); // 4 + 2·½·6
/// ```
#[doc(alias("curvature"))]
#[inline]
#[track_caller]
pub fn vhv<X, F>(f: F, x: &X, v: &X) -> X::Scalar
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDual<X::Scalar, 1>>) -> HyperDual<X::Scalar, 1>,
{
    value_jvp_and_vhv(f, x, v).vhv
}

/// The value and the second derivative along a direction, `(f(x), vᵀ·H·v)`.
///
/// Cost and panics: as [`vhv`]; the value comes with it.
///
/// ```
/// use tangents::value_and_vhv;
///
/// assert_eq!(value_and_vhv(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5]), (18.0, 10.0));
/// ```
#[inline]
#[track_caller]
pub fn value_and_vhv<X, F>(f: F, x: &X, v: &X) -> (X::Scalar, X::Scalar)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDual<X::Scalar, 1>>) -> HyperDual<X::Scalar, 1>,
{
    let ValueJvpVhv { value, vhv, .. } = value_jvp_and_vhv(f, x, v);
    (value, vhv)
}

/// The value and the first and second derivatives along a direction, `(f(x), ∇f·v, vᵀ·H·v)`: all that a line search
/// needs.
///
/// Cost and panics: as [`vhv`]; value and slope come with it.
///
/// ```
/// use tangents::value_jvp_and_vhv;
///
/// let along = value_jvp_and_vhv(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5]);
/// assert_eq!((along.value, along.jvp, along.vhv), (18.0, 16.5, 10.0));
/// ```
#[inline]
#[track_caller]
pub fn value_jvp_and_vhv<X, F>(f: F, x: &X, v: &X) -> ValueJvpVhv<X::Scalar>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDual<X::Scalar, 1>>) -> HyperDual<X::Scalar, 1>,
{
    let f = |lifted: &Of<X, HyperDual<X::Scalar, 1>>| f(X::argument(lifted));
    let _running = Running::on([TypeId::of::<HyperDual<X::Scalar, 1>>()], || {
        with_lifted(x, HyperDual::constant, |lifted| SecondOrder::<X::Scalar>::left_over(&f(lifted)))
    });
    let set = |x_i: &mut HyperDual<X::Scalar, 1>, v_i| x_i.gradient[0] = v_i;
    let y = fitting(DIRECTION, with_lifted_along(x, v, HyperDual::constant, set, |lifted| f(lifted)));
    ValueJvpVhv { value: y.re, jvp: y.gradient[0], vhv: y.second(0, 0) }
}

#[inline]
#[track_caller]
fn evaluate_along<X, F, R>(f: F, x: &X, v: &X) -> R
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, Dual<X::Scalar, 1>>) -> R,
    R: Point<Scalar = Dual<X::Scalar, 1>>,
{
    let f = |lifted: &Of<X, Dual<X::Scalar, 1>>| f(X::argument(lifted));
    let _running = Running::on([TypeId::of::<Dual<X::Scalar, 1>>()], || {
        with_lifted(x, Dual::constant, |lifted| is_left_in(&f(lifted), FirstOrder::<X::Scalar>::left_over))
    });
    let set = |x_i: &mut Dual<X::Scalar, 1>, v_i| x_i.eps[0] = v_i;
    fitting(DIRECTION, with_lifted_along(x, v, Dual::constant, set, |lifted| f(lifted)))
}

/// The value of `f`; hands `read` each coordinate's derivative, which carries its own along `v`.
#[inline]
#[track_caller]
fn sweep_along<X, F>(f: F, x: &X, v: &X, mut read: impl FnMut(usize, Dual<X::Scalar, 1>)) -> X::Scalar
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAlong<X>>) -> DualAlong<X>,
{
    let f = |lifted: &Of<X, DualAlong<X>>| f(X::argument(lifted));
    let _running = Running::on(types_along::<X::Scalar, DualAlong<X>>(), || {
        with_lifted(x, lift_twice, |lifted| left_over_along::<X::Scalar, _>(&f(lifted)))
    });
    let swept = with_lifted_along(x, v, lift_twice, set_direction, |lifted| {
        let Ok(value) = sweep(lifted, x.dim(), coordinate_of::<X, _>, |chunk, lifted| {
            let y = f(lifted);
            for (lane, i) in chunk.enumerate() {
                read(i, y.lane(lane));
            }
            Ok::<_, Infallible>(y.primal().re)
        });
        value
    });
    fitting(DIRECTION, swept)
}

/// What `run` makes of the point `x` as `lift` makes its numbers, with the tangents `v` as `set` puts them there.
#[inline]
fn with_lifted_along<X: Point + ?Sized, D, R>(
    x: &X,
    v: &X,
    lift: impl Fn(X::Scalar) -> D,
    set: impl Fn(&mut D, X::Scalar),
    run: impl FnOnce(&mut Of<X, D>) -> R,
) -> Result<R, Error> {
    with_lifted(x, lift, |lifted| {
        v.pair(lifted, &mut |&v_i, x_i| set(x_i, v_i))?;
        Ok(run(lifted))
    })
}

/// `x` as a constant of both levels.
#[inline]
pub(crate) fn lift_twice<T: Real, D: FirstOrder<Dual<T, 1>>>(x: T) -> D {
    D::constant(Dual::constant(x))
}

/// Puts the direction's component into the inner lane of a coordinate.
#[inline]
pub(crate) fn set_direction<T: Real, D: FirstOrder<Dual<T, 1>>>(x_i: &mut D, v_i: T) {
    *x_i = D::constant(Dual::new(x_i.primal().re, [v_i]));
}

/// The types of both levels.
pub(crate) fn types_along<T: Real, D: FirstOrder<Dual<T, 1>>>() -> [TypeId; 2] {
    [TypeId::of::<Dual<T, 1>>(), TypeId::of::<D>()]
}

/// Whether a tangent is left on either level.
pub(crate) fn left_over_along<T: Real, D: FirstOrder<Dual<T, 1>>>(y: &D) -> bool {
    y.left_over() || FirstOrder::<T>::left_over(&y.primal())
}
