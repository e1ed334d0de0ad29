//! Hessians of scalar-valued functions, by nested dual numbers.

use core::ops::Range;

use num_traits::Zero;

use super::point::{Lanes, Point};
use crate::real::Real;

/// The dual number over dual numbers of a point: second derivatives in the lanes of its lanes.
pub(super) type Dual2<X> = <X as Point>::Dual<<X as Point>::Dual<<X as Point>::Scalar>>;

/// The Hessian `H[i][j] = ∂²f/∂xᵢ∂xⱼ` of a scalar-valued function: a gradient container of gradient containers,
/// `[[T; N]; N]` for `[T; N]`. It is symmetric to the bit.
///
/// Cost: one evaluation of `f` on nested numbers of (N + 1)² components for `[T; N]`; for a slice or `Vec` one
/// on 81 components for each pair of chunks, c(c + 1)/2 with c = ⌈n/8⌉ (at least one).
///
/// ```
/// use tangents::hessian;
///
/// let h = hessian(|x| x[0] * x[0] * x[1], &[3.0, 2.0]);
/// assert_eq!(h, [[4.0, 6.0], [6.0, 0.0]]);
/// ```
#[inline]
pub fn hessian<X, F>(f: F, x: &X) -> X::Of<X::Of<X::Scalar>>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<Dual2<X>>) -> Dual2<X>,
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
pub fn value_and_hessian<X, F>(f: F, x: &X) -> (X::Scalar, X::Of<X::Of<X::Scalar>>)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<Dual2<X>>) -> Dual2<X>,
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
pub fn value_gradient_hessian<X, F>(f: F, x: &X) -> (X::Scalar, X::Of<X::Scalar>, X::Of<X::Of<X::Scalar>>)
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<Dual2<X>>) -> Dual2<X>,
{
    let mut gradient = x.map(|_| X::Scalar::zero());
    let mut hessian = x.map(|_| x.map(|_| X::Scalar::zero()));
    let value = sweep_pairs(
        &mut x.map(constant::<X::Scalar, X::Dual<X::Scalar>, Dual2<X>>),
        x.dim(),
        X::coordinate,
        |lifted| f(X::argument(lifted)),
        |i, g| *X::coordinate(&mut gradient, i) = g,
        |i, j, h| *X::coordinate(X::coordinate(&mut hessian, i), j) = h,
    );
    (value, gradient, hessian)
}

/// `x` as a constant of both levels.
#[inline]
pub(super) fn constant<T: Real, D: Lanes<T>, D2: Lanes<D>>(x: T) -> D2 {
    D2::constant(D::constant(x))
}

/// Runs `f` once for each pair of chunks, the second not before the first: the outer lanes of `D2` carry the
/// first chunk, the inner lanes of `D` the second. Hands on every entry of gradient and Hessian and returns the
/// value.
#[inline]
pub(super) fn sweep_pairs<T: Real, D: Lanes<T>, D2: Lanes<D>, L: ?Sized>(
    lifted: &mut L,
    n: usize,
    coordinate: impl Fn(&mut L, usize) -> &mut D2,
    f: impl Fn(&L) -> D2,
    mut gradient: impl FnMut(usize, T),
    mut hessian: impl FnMut(usize, usize, T),
) -> T {
    let lanes = D::LANES.min(D2::LANES);
    let chunk = |start: usize| start..n.min(start + lanes);
    let lane_in = |chunk: &Range<usize>, i| chunk.contains(&i).then(|| i - chunk.start);

    let (mut rows, mut columns) = (chunk(0), chunk(0));
    loop {
        let seeded = rows.clone().chain(columns.clone());
        for i in seeded.clone() {
            let x = coordinate(lifted, i);
            let x_i = x.primal().primal();
            let inner = match lane_in(&columns, i) {
                Some(lane) => D::variable(x_i, lane),
                None => D::constant(x_i),
            };
            *x = match lane_in(&rows, i) {
                Some(lane) => D2::variable(inner, lane),
                None => D2::constant(inner),
            };
        }
        let y = f(lifted);
        for i in seeded {
            let x = coordinate(lifted, i);
            *x = constant(x.primal().primal());
        }

        for (row, i) in rows.clone().enumerate() {
            gradient(i, y.lane(row).primal());
            for (column, j) in columns.clone().enumerate().filter(|&(_, j)| j >= i) {
                // In a block on the diagonal both entries of a pair are at hand; one serves both.
                let entry = y.lane(row).lane(column);
                hessian(i, j, entry);
                hessian(j, i, entry);
            }
        }
        (rows, columns) = if columns.end < n {
            (rows, chunk(columns.end))
        } else if rows.end < n {
            (chunk(rows.end), chunk(rows.end))
        } else {
            return y.primal().primal();
        };
    }
}
