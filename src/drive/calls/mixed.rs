//! Single derivatives of higher order, and all of third order.

use core::any::TypeId;
use core::convert::Infallible;

use num_traits::{One, Zero};

use super::hessian::zeros_squared;
use crate::drive::containers::sizes::check_sizes;
use crate::drive::containers::{
    Argument, FirstOrder, HyperDualAlong, Of, Point, SecondOrder, ThirdDerivatives, coordinate_of,
};
use crate::drive::sweeps::blocks::sweep_blocks;
use crate::drive::sweeps::depth::{HIGHEST, Orders, UpTo};
use crate::drive::sweeps::lifted::{result, with_lifted};
use crate::drive::sweeps::nesting::Running;
use crate::number::Dual;

/// One partial derivative, `∂ᵐf/∂xᵢ∂xⱼ…`, with respect to the coordinates whose indices are given; the same may be given
/// several times. The order m is the number of indices, up to 4; with none it is the value.
///
/// Cost: one evaluation of `f` on numbers of 2ᵐ components, whatever the dimension.
///
/// # Panics
///
/// If an index isn't below the number of coordinates.
///
/// ```
/// use tangents::partial;
///
/// let x = [2.0, 3.0];
/// assert_eq!(partial(|x| x[0].powi(3) * x[1], &x, [1]), 8.0);
/// assert_eq!(partial(|x| x[0].powi(3) * x[1], &x, [0, 1]), 12.0); // 3x²
/// assert_eq!(partial(|x| x[0].powi(3) * x[1], &x, [0, 0, 0]), 18.0); // 6y
/// ```
#[inline]
#[track_caller]
pub fn partial<X, F, const M: usize>(f: F, x: &X, indices: [usize; M]) -> X::Scalar
where
    X: Point + ?Sized,
    UpTo<M>: Orders,
    F: Fn(&Argument<X, <UpTo<M> as Orders>::Number<X::Scalar>>) -> <UpTo<M> as Orders>::Number<X::Scalar>,
{
    value_and_partial(f, x, indices).1
}

/// The value and one partial derivative, `(f(x), ∂ᵐf/∂xᵢ∂xⱼ…)`.
///
/// Cost: as [`partial`]; the value comes with it.
///
/// # Panics
///
/// If an index isn't below the number of coordinates.
///
/// ```
/// use tangents::value_and_partial;
///
/// assert_eq!(value_and_partial(|x| x[0].powi(3) * x[1], &[2.0, 3.0], [0, 1]), (24.0, 12.0));
/// ```
#[inline]
#[track_caller]
pub fn value_and_partial<X, F, const M: usize>(f: F, x: &X, indices: [usize; M]) -> (X::Scalar, X::Scalar)
where
    X: Point + ?Sized,
    UpTo<M>: Orders,
    F: Fn(&Argument<X, <UpTo<M> as Orders>::Number<X::Scalar>>) -> <UpTo<M> as Orders>::Number<X::Scalar>,
{
    let n = x.dim();
    for i in indices {
        assert!(i < n, "a derivative in coordinate {i}, but the point has {n}, counted from 0");
    }
    let f = |lifted: &Of<X, <UpTo<M> as Orders>::Number<X::Scalar>>| f(X::argument(lifted));
    let constant = |x_k| UpTo::<M>::lift(x_k, [X::Scalar::zero(); HIGHEST]);
    let _running = Running::on(UpTo::<M>::types::<X::Scalar>(), || {
        with_lifted(x, constant, |lifted| UpTo::<M>::left_over(&f(lifted)))
    });
    with_lifted(x, constant, |lifted| {
        for i in indices {
            let mut tangents = [X::Scalar::zero(); HIGHEST];
            for (tangent, &index) in tangents.iter_mut().zip(&indices) {
                if index == i {
                    *tangent = X::Scalar::one();
                }
            }
            let x_i = coordinate_of::<X, _>(lifted, i);
            *x_i = UpTo::<M>::lift(UpTo::<M>::partial(x_i, 0), tangents);
        }
        let y = f(lifted);
        (UpTo::<M>::partial(&y, 0), UpTo::<M>::partial(&y, M))
    })
}

/// All third derivatives `T[i][j][k] = ∂³f/∂xᵢ∂xⱼ∂xₖ` of a scalar-valued function, a Hessian for each i.
///
/// Cost: n times that of the [`hessian`](crate::hessian()), each component a dual number of one lane.
///
/// ```
/// use tangents::third_derivatives;
///
/// let t = third_derivatives(|x| x[0] * x[0] * x[1], &[3.0, 2.0]);
/// assert_eq!(t, [[[0.0, 2.0], [2.0, 0.0]], [[2.0, 0.0], [0.0, 0.0]]]);
/// ```
#[inline]
#[track_caller]
pub fn third_derivatives<X, F>(f: F, x: &X) -> ThirdDerivatives<X>
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDualAlong<X>>) -> HyperDualAlong<X>,
{
    value_and_third_derivatives(f, x).1
}

/// The value and all third derivatives of a scalar-valued function.
///
/// Cost: as [`third_derivatives`]; the value comes with it. At a point without coordinates it is one evaluation.
///
/// ```
/// use tangents::value_and_third_derivatives;
///
/// let (value, t) = value_and_third_derivatives(|x| x[0].powi(4), &[2.0]);
/// assert_eq!((value, t), (16.0, [[[48.0]]]));
/// ```
#[inline]
#[track_caller]
pub fn value_and_third_derivatives<X, F>(f: F, x: &X) -> (X::Scalar, ThirdDerivatives<X>)
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, HyperDualAlong<X>>) -> HyperDualAlong<X>,
{
    type Along<X> = Dual<<X as Point>::Scalar, 1>;
    type Third<X> = HyperDualAlong<X>;

    check_sizes::<Third<X>, ThirdDerivatives<X>>();
    let f = |lifted: &Of<X, Third<X>>| f(X::argument(lifted));
    let constant = |x_k| Third::<X>::constant(Dual::constant(x_k));
    let [inner, own] = Third::<X>::types();
    let _running = Running::on([TypeId::of::<Along<X>>(), inner, own], || {
        with_lifted(x, constant, |lifted| {
            let y = f(lifted);
            y.left_over() || FirstOrder::<X::Scalar>::left_over(&y.primal())
        })
    });
    let (mut i, mut value) = (0, None);
    let slice = || {
        let mut slice = zeros_squared(x);
        with_lifted(x, constant, |lifted| {
            let x_i = coordinate_of::<X, _>(lifted, i);
            *x_i = Third::<X>::constant(Dual::variable(x_i.primal().re, 0));
            let Ok(()) = sweep_blocks(lifted, x.dim(), coordinate_of::<X, _>, |block, lifted| {
                let y = f(lifted);
                block.second(&y, |j, k, h: Along<X>| {
                    *coordinate_of::<X, _>(coordinate_of::<X, _>(&mut slice, j), k) = h.eps[0];
                });
                value = Some(y.primal().re);
                Ok::<_, Infallible>(())
            });
        });
        i += 1;
        slice
    };
    let third = result(x, slice, || zeros_squared(x));
    let value = value.unwrap_or_else(|| with_lifted(x, constant, |lifted| f(lifted).primal().re));
    (value, third)
}
