//! Derivatives along a direction: Jacobian-vector and Hessian-vector products.

use core::any::TypeId;
use core::convert::Infallible;

use num_traits::Zero;

use super::lifted::with_lifted;
use super::nesting::{Running, is_left_in};
use super::output::Output;
use super::point::{Lanes, Point, SecondOrder};
use super::sweep::sweep;
use crate::error::Error;
use crate::number::{Dual, HyperDual};
use crate::real::Real;

/// The dual number that carries a gradient and its derivative along a direction.
pub(super) type DualAlong<X> = <X as Point>::Dual<Dual<<X as Point>::Scalar, 1>>;

/// The Jacobian-vector product `J·v = d/dt f(x + t·v)` at t = 0, in the container of `f`'s result.
///
/// Cost: one evaluation of `f` on numbers with one lane, whatever the dimension.
///
/// # Errors
///
/// At a slice or `Vec` the result is a `Result`: [`Error::Length`] if `v` isn't as long as `x`.
///
/// ```
/// use tangents::jvp;
///
/// assert_eq!(jvp(|x| x[0] * x[1], &[2.0, 3.0], &[1.0, 0.5]), 4.0);
/// // The velocity of a curve is its JVP along the one axis.
/// assert_eq!(jvp(|t| [t[0].cos(), t[0].sin()], &[0.0], &[1.0]), [0.0, 1.0]);
/// ```
#[inline]
#[track_caller]
pub fn jvp<X, F, R>(f: F, x: &X, v: &X) -> X::Outcome<R::Of<X::Scalar>>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<Dual<X::Scalar, 1>>) -> R,
    R: Output<Leaf = Dual<X::Scalar, 1>>,
{
    X::outcome(evaluate_along(f, x, v).map(|y| y.map(&mut |y| y.eps[0])))
}

/// The value and the Jacobian-vector product `(f(x), J·v)`: JAX's `jvp`.
///
/// Cost and errors: as [`jvp`]; the value comes with it.
///
/// ```
/// use tangents::value_and_jvp;
///
/// assert_eq!(value_and_jvp(|x| [x[0] * x[1], x[1]], &[2.0, 3.0], &[1.0, 0.5]), ([6.0, 3.0], [4.0, 0.5]));
/// ```
#[inline]
#[track_caller]
pub fn value_and_jvp<X, F, R>(f: F, x: &X, v: &X) -> X::Outcome<(R::Of<X::Scalar>, R::Of<X::Scalar>)>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<Dual<X::Scalar, 1>>) -> R,
    R: Output<Leaf = Dual<X::Scalar, 1>>,
{
    X::outcome(evaluate_along(f, x, v).map(|y| (y.map(&mut |y| y.re), y.map(&mut |y| y.eps[0]))))
}

/// The Hessian-vector product `H·v = d/dt ∇f(x + t·v)` at t = 0, in the container of the point.
///
/// Cost: that of the [`gradient`](crate::gradient), each lane a number with one lane of its own; the Hessian
/// isn't formed.
///
/// # Errors
///
/// At a slice or `Vec` the result is a `Result`: [`Error::Length`] if `v` isn't as long as `x`.
///
/// ```
/// use tangents::hvp;
///
/// assert_eq!(hvp(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0]), [4.0, 6.0]);
/// ```
#[inline]
#[track_caller]
pub fn hvp<X, F>(f: F, x: &X, v: &X) -> X::Outcome<X::Of<X::Scalar>>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<DualAlong<X>>) -> DualAlong<X>,
{
    X::outcome(sweep_along(f, x, v).map(|(_, hv)| hv))
}

/// The value and the Hessian-vector product `(f(x), H·v)`.
///
/// Cost and errors: as [`hvp`]; the value comes with it.
///
/// ```
/// use tangents::value_and_hvp;
///
/// let (value, hv) = value_and_hvp(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0]);
/// assert_eq!((value, hv), (18.0, [4.0, 6.0]));
/// ```
#[inline]
#[track_caller]
pub fn value_and_hvp<X, F>(f: F, x: &X, v: &X) -> X::Outcome<(X::Scalar, X::Of<X::Scalar>)>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<DualAlong<X>>) -> DualAlong<X>,
{
    X::outcome(sweep_along(f, x, v))
}

/// The second derivative along a direction, `vᵀ·H·v = d²/dt² f(x + t·v)` at t = 0.
///
/// Cost: one evaluation of `f` on numbers of 3 components, whatever the dimension.
///
/// # Errors
///
/// At a slice or `Vec` the result is a `Result`: [`Error::Length`] if `v` isn't as long as `x`.
///
/// ```
/// use tangents::vhv;
///
/// assert_eq!(vhv(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5]), 10.0); // 4 + 2·½·6
/// ```
#[inline]
#[track_caller]
pub fn vhv<X, F>(f: F, x: &X, v: &X) -> X::Outcome<X::Scalar>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<HyperDual<X::Scalar, 1>>) -> HyperDual<X::Scalar, 1>,
{
    X::outcome(bend_along(f, x, v).map(|y| y.second(0, 0)))
}

/// The value and the first and second derivatives along a direction, `(f(x), vᵀ·∇f, vᵀ·H·v)`: all that a line search
/// needs.
///
/// Cost and errors: as [`vhv`]; value and slope come with it.
///
/// ```
/// use tangents::value_jvp_vhv;
///
/// let (value, slope, curvature) = value_jvp_vhv(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5]);
/// assert_eq!((value, slope, curvature), (18.0, 16.5, 10.0));
/// ```
#[inline]
#[track_caller]
pub fn value_jvp_vhv<X, F>(f: F, x: &X, v: &X) -> X::Outcome<(X::Scalar, X::Scalar, X::Scalar)>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<HyperDual<X::Scalar, 1>>) -> HyperDual<X::Scalar, 1>,
{
    X::outcome(bend_along(f, x, v).map(|y| (y.re, y.gradient[0], y.second(0, 0))))
}

#[inline]
#[track_caller]
fn bend_along<X, F>(f: F, x: &X, v: &X) -> Result<HyperDual<X::Scalar, 1>, Error>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<HyperDual<X::Scalar, 1>>) -> HyperDual<X::Scalar, 1>,
{
    let f = |lifted: &X::Of<HyperDual<X::Scalar, 1>>| f(X::argument(lifted));
    let _running = Running::on([TypeId::of::<HyperDual<X::Scalar, 1>>()], || {
        with_lifted(x, HyperDual::constant, |lifted| SecondOrder::<X::Scalar>::left_over(&f(lifted)))
    });
    with_lifted_along(x, v, HyperDual::constant, |x_i, v_i| x_i.gradient[0] = v_i, |lifted| f(lifted))
}

#[inline]
#[track_caller]
fn evaluate_along<X, F, R>(f: F, x: &X, v: &X) -> Result<R, Error>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<Dual<X::Scalar, 1>>) -> R,
    R: Output<Leaf = Dual<X::Scalar, 1>>,
{
    let f = |lifted: &X::Of<Dual<X::Scalar, 1>>| f(X::argument(lifted));
    let _running = Running::on([TypeId::of::<Dual<X::Scalar, 1>>()], || {
        with_lifted(x, Dual::constant, |lifted| is_left_in(&f(lifted), Lanes::<X::Scalar>::left_over))
    });
    with_lifted_along(x, v, Dual::constant, |x_i, v_i| x_i.eps[0] = v_i, |lifted| f(lifted))
}

#[inline]
#[track_caller]
fn sweep_along<X, F>(f: F, x: &X, v: &X) -> Result<(X::Scalar, X::Of<X::Scalar>), Error>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<DualAlong<X>>) -> DualAlong<X>,
{
    let f = |lifted: &X::Of<DualAlong<X>>| f(X::argument(lifted));
    let _running = Running::on(types_along::<X::Scalar, DualAlong<X>>(), || {
        with_lifted(x, lift_twice, |lifted| left_over_along::<X::Scalar, _>(&f(lifted)))
    });
    with_lifted_along(x, v, lift_twice, set_direction, |lifted| {
        let mut hv = x.map(|_| X::Scalar::zero());
        let Ok(value) = sweep(lifted, x.dim(), X::coordinate, |chunk, lifted| {
            let y = f(lifted);
            for (lane, i) in chunk.enumerate() {
                *X::coordinate(&mut hv, i) = y.lane(lane).eps[0];
            }
            Ok::<_, Infallible>(y.primal().re)
        });
        (value, hv)
    })
}

/// What `run` makes of the point `x` as `lift` makes its coordinates, with the tangents `v` as `set` puts them there.
#[inline]
fn with_lifted_along<X: Point + ?Sized, D, R>(
    x: &X,
    v: &X,
    lift: impl Fn(X::Scalar) -> D,
    set: impl Fn(&mut D, X::Scalar),
    run: impl FnOnce(&mut X::Of<D>) -> R,
) -> Result<R, Error> {
    Error::check_length("tangent", x.dim(), v.dim())?;
    Ok(with_lifted(x, lift, |lifted| {
        let mut i = 0;
        v.map(|v_i| {
            set(X::coordinate(lifted, i), v_i);
            i += 1;
        });
        run(lifted)
    }))
}

/// `x` as a constant of both levels.
#[inline]
pub(super) fn lift_twice<T: Real, D: Lanes<Dual<T, 1>>>(x: T) -> D {
    D::constant(Dual::constant(x))
}

/// Puts the direction's component into the inner lane of a coordinate.
#[inline]
pub(super) fn set_direction<T: Real, D: Lanes<Dual<T, 1>>>(x_i: &mut D, v_i: T) {
    *x_i = D::constant(Dual::new(x_i.primal().re, [v_i]));
}

/// The types of both levels.
pub(super) fn types_along<T: Real, D: Lanes<Dual<T, 1>>>() -> [TypeId; 2] {
    [TypeId::of::<Dual<T, 1>>(), TypeId::of::<D>()]
}

/// Whether a tangent is left on either level.
pub(super) fn left_over_along<T: Real, D: Lanes<Dual<T, 1>>>(y: &D) -> bool {
    y.left_over() || Lanes::<T>::left_over(&y.primal())
}
