//! Traces of derivatives: the Laplacian and the divergence.

use core::any::TypeId;

use num_traits::Zero;

use super::fitting;
use crate::drive::containers::sizes::check_sizes;
use crate::drive::containers::{
    Argument, DualAt, FirstOrder, Gradient, Of, Point, SecondOrder, coordinate_of, each, map_all,
};
use crate::drive::sweeps::chunks::{sweep, zeros};
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::number::HyperDual;
use crate::real::Real;

/// The Laplacian `Σᵢ ∂²f/∂xᵢ²` of a scalar-valued function, the trace of its Hessian, which isn't formed.
///
/// Cost: n evaluations of `f` on numbers of 3 components, at least one.
///
/// ```
/// use tangents::laplacian;
///
/// assert_eq!(laplacian(|x| x[0] * x[0] * x[1] + x[1].powi(3), &[3.0, 2.0]), 16.0); // 2y + 6y
/// ```
#[inline]
#[track_caller]
pub fn laplacian<X, F>(f: F, x: &X) -> X::Scalar
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDual<X::Scalar, 1>>) -> HyperDual<X::Scalar, 1>,
{
    value_and_laplacian(f, x).1
}

/// The value and the Laplacian of a scalar-valued function.
///
/// Cost: as [`laplacian`]; the value comes with it.
///
/// ```
/// use tangents::value_and_laplacian;
///
/// assert_eq!(value_and_laplacian(|x| x[0] * x[0] * x[1], &[3.0, 2.0]), (18.0, 4.0));
/// ```
#[inline]
#[track_caller]
pub fn value_and_laplacian<X, F>(f: F, x: &X) -> (X::Scalar, X::Scalar)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDual<X::Scalar, 1>>) -> HyperDual<X::Scalar, 1>,
{
    let f = |lifted: &Of<X, HyperDual<X::Scalar, 1>>| f(X::argument(lifted));
    let _running = Running::on([TypeId::of::<HyperDual<X::Scalar, 1>>()], || {
        with_lifted(x, HyperDual::constant, |lifted| SecondOrder::<X::Scalar>::left_over(&f(lifted)))
    });
    with_lifted(x, HyperDual::constant, |lifted| sum_of_seconds(lifted, x.dim(), coordinate_of::<X, _>, f))
}

/// Value and Laplacian of `f` at the constants in `lifted`, each of which is the variable in one pass.
#[inline]
pub(crate) fn sum_of_seconds<T: Real, L: ?Sized>(
    lifted: &mut L,
    n: usize,
    coordinate: impl Fn(&mut L, usize) -> &mut HyperDual<T, 1>,
    f: impl Fn(&L) -> HyperDual<T, 1>,
) -> (T, T) {
    let (mut value, mut sum) = (T::zero(), T::zero());
    for i in 0..n {
        let x = coordinate(lifted, i);
        *x = HyperDual::variable(x.re, 0);
        let y = f(lifted);
        let x = coordinate(lifted, i);
        *x = HyperDual::constant(x.re);
        value = y.re;
        sum = sum + y.second(0, 0);
    }
    (if n == 0 { f(lifted).re } else { value }, sum)
}

/// The divergence `Σᵢ ∂fᵢ/∂xᵢ` of a vector field, the trace of its Jacobian, which isn't formed.
///
/// The field returns a vector of the kind of the point: `[D; N]` at `[T; N]`, `Vec<D>` at a slice.
///
/// Cost: as the [`gradient`](crate::gradient()): one evaluation of `f` on N lanes for `[T; N]`, ⌈n/8⌉ on 8 lanes for a
/// slice or `Vec` (at least one).
///
/// # Panics
///
/// If the field's vector hasn't the shape of `x`.
///
/// ```
/// use tangents::divergence;
///
/// assert_eq!(divergence(|x| [x[0] * x[1], x[1] * x[1]], &[3.0, 2.0]), 6.0); // y + 2y
/// ```
#[inline]
#[track_caller]
pub fn divergence<X, F, R>(f: F, x: &X) -> X::Scalar
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> R,
    R: Point<Scalar = DualAt<X>, Family = X::Family>,
{
    value_and_divergence(f, x).1
}

/// The value and the divergence of a vector field.
///
/// Cost and panics: as [`divergence`]; the value comes with it.
///
/// ```
/// use tangents::value_and_divergence;
///
/// assert_eq!(value_and_divergence(|x| [x[0] * x[1], x[1] * x[1]], &[3.0, 2.0]), ([6.0, 4.0], 6.0));
/// ```
#[inline]
#[track_caller]
pub fn value_and_divergence<X, F, R>(f: F, x: &X) -> (Gradient<X>, X::Scalar)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, DualAt<X>>) -> R,
    R: Point<Scalar = DualAt<X>, Family = X::Family>,
{
    check_sizes::<DualAt<X>, R>();
    let f = |lifted: &Of<X, DualAt<X>>| f(X::argument(lifted));
    let _running = Running::on([TypeId::of::<DualAt<X>>()], || {
        with_lifted(x, DualAt::<X>::constant, |lifted| is_left_in(&f(lifted), FirstOrder::left_over))
    });
    let mut sum = X::Scalar::zero();
    let swept = with_lifted(x, DualAt::<X>::constant, |lifted| {
        sweep(lifted, x.dim(), coordinate_of::<X, _>, |chunk, lifted| {
            let y = f(lifted);
            // Of one shape: a component is paired with the coordinate that it is differentiated in.
            y.pair(&mut zeros(x), &mut |_, _: &mut X::Scalar| ())?;
            let mut i = 0;
            each(&y, |y_i| {
                if chunk.contains(&i) {
                    sum += y_i.lane(i - chunk.start);
                }
                i += 1;
            });
            Ok(map_all(&y, FirstOrder::primal))
        })
    });
    (fitting("the vector of the field must have the shape of the point", swept), sum)
}
