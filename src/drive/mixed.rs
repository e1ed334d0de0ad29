//! Single derivatives of higher order, and all of third order.

use core::any::TypeId;
use core::convert::Infallible;

use num_traits::{One, Zero};

use super::block::sweep_blocks;
use super::depth::{Orders, UpTo};
use super::hessian::zeros;
use super::lifted::{check_sizes, result, with_lifted};
use super::nesting::Running;
use super::point::{Lanes, Point, SecondOrder};
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
    F: Fn(&X::Argument<<UpTo<M> as Orders>::Number<X::Scalar>>) -> <UpTo<M> as Orders>::Number<X::Scalar>,
{
    let n = x.dim();
    for i in indices {
        assert!(i < n, "a derivative in coordinate {i}, but the point has {n}, counted from 0");
    }
    let f = |lifted: &X::Of<<UpTo<M> as Orders>::Number<X::Scalar>>| f(X::argument(lifted));
    let _running = Running::on(UpTo::<M>::types::<X::Scalar>(), || {
        let constant = |x_k| UpTo::<M>::lift(x_k, [X::Scalar::zero(); super::depth::HIGHEST]);
        with_lifted(x, constant, |lifted| UpTo::<M>::left_over(&f(lifted)))
    });
    let mut k = 0;
    let lift = |x_k| {
        let seed = |&i: &usize| if i == k { X::Scalar::one() } else { X::Scalar::zero() };
        let mut tangents = [X::Scalar::zero(); super::depth::HIGHEST];
        for (tangent, i) in tangents.iter_mut().zip(&indices) {
            *tangent = seed(i);
        }
        k += 1;
        UpTo::<M>::lift(x_k, tangents)
    };
    with_lifted(x, lift, |lifted| UpTo::<M>::partial(&f(lifted), M))
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
pub fn third_derivatives<X, F>(f: F, x: &X) -> X::Of<X::Of<X::Of<X::Scalar>>>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<X::Second<Dual<X::Scalar, 1>>>) -> X::Second<Dual<X::Scalar, 1>>,
{
    type Along<X> = Dual<<X as Point>::Scalar, 1>;
    type Third<X> = <X as Point>::Second<Along<X>>;

    let f = |lifted: &X::Of<Third<X>>| f(X::argument(lifted));
    let [inner, own] = Third::<X>::types();
    let _running = Running::on([TypeId::of::<Along<X>>(), inner, own], || {
        let constant = |x_k| Third::<X>::constant(Dual::constant(x_k));
        with_lifted(x, constant, |lifted| {
            let y = f(lifted);
            y.left_over() || Lanes::<X::Scalar>::left_over(&y.primal())
        })
    });
    check_sizes::<Third<X>, X::Of<X::Of<X::Of<X::Scalar>>>>();
    let mut i = 0;
    result(x, |_| {
        let mut k = 0;
        let lift = |x_k| {
            let along = if k == i { Dual::variable(x_k, 0) } else { Dual::constant(x_k) };
            k += 1;
            Third::<X>::constant(along)
        };
        let slice = with_lifted(x, lift, |lifted| {
            let mut slice = result(x, |_| zeros(x));
            let Ok(()) = sweep_blocks(lifted, x.dim(), X::coordinate, |block, lifted| {
                let y = f(lifted);
                block.second(&y, |j, k, h: Along<X>| {
                    *X::coordinate(X::coordinate(&mut slice, j), k) = h.eps[0];
                });
                Ok::<_, Infallible>(())
            });
            slice
        });
        i += 1;
        slice
    })
}
