//! The loop over the coordinates, in chunks of as many as there are lanes.

use core::convert::Infallible;
use core::ops::Range;

use num_traits::Zero;

use crate::drive::containers::sizes::check_sizes;
use crate::drive::containers::{FirstOrder, Gradient, Jacobian, Point, Values, map_all};
use crate::error::Error;
use crate::number::on::Carries;
use crate::real::Real;

/// Makes a pass for each chunk of the `n` coordinates of `lifted`, seeding the chunk's lanes before and clearing
/// them after; one without seeds if there are no coordinates, for the value. Returns what the last pass gave.
///
/// `lifted` holds constants, `coordinate` finds its i-th; `pass` evaluates and reads off the chunk.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn sweep<T: Real, D: FirstOrder<T>, L: ?Sized, R, E>(
    lifted: &mut L,
    n: usize,
    coordinate: impl Fn(&mut L, usize) -> &mut D,
    mut pass: impl FnMut(Range<usize>, &L) -> Result<R, E>,
) -> Result<R, E> {
    let mut start = 0;
    loop {
        let chunk = start..n.min(start + D::LANES);
        for (lane, i) in chunk.clone().enumerate() {
            coordinate(lifted, i).seed(lane);
        }
        let result = pass(chunk.clone(), lifted)?;
        if chunk.end == n {
            return Ok(result);
        }
        for i in chunk.clone() {
            let x = coordinate(lifted, i);
            *x = D::constant(x.primal());
        }
        start = chunk.end;
    }
}

/// Value and gradient with respect to the point `x`, whose coordinates `coordinate` finds in `lifted`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn sweep_gradient<X, V, D, L>(
    x: &X,
    lifted: &mut L,
    coordinate: impl Fn(&mut L, usize) -> &mut D,
    mut f: impl FnMut(&L) -> D,
) -> (X::Scalar, Gradient<X>)
where
    X: Point + ?Sized,
    V: Carries<X::Scalar>,
    D: FirstOrder<V>,
{
    let mut gradient = zeros(x);
    let Ok(value) = sweep(lifted, x.dim(), coordinate, |chunk, lifted| {
        let y = f(lifted);
        read_lanes::<X, V>(&mut gradient, chunk, &y);
        Ok::<_, Infallible>(y.primal().plain())
    });
    (value, gradient)
}

/// Value and Jacobian with respect to the point `x`, whose coordinates `coordinate` finds in `lifted`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn sweep_jacobian<X, V, D, L, R>(
    x: &X,
    lifted: &mut L,
    coordinate: impl Fn(&mut L, usize) -> &mut D,
    mut f: impl FnMut(&L) -> R,
) -> Result<(Values<R, X>, Jacobian<R, X>), Error>
where
    X: Point + ?Sized,
    V: Carries<X::Scalar>,
    D: FirstOrder<V>,
    R: Point<Scalar = D>,
{
    check_sizes::<D, R>();
    let mut rows = None;
    let y = sweep(lifted, x.dim(), coordinate, |chunk, lifted| {
        let y = f(lifted);
        let rows = rows.get_or_insert_with(|| map_all(&y, |_| zeros(x)));
        y.pair(rows, &mut |y, row| read_lanes::<X, V>(row, chunk.clone(), y))?;
        Ok(y)
    })?;
    let Some(jacobian) = rows else { unreachable!("a sweep makes at least one pass") };
    Ok((map_all(&y, |y| y.primal().plain()), jacobian))
}

/// A gradient of zeros.
#[inline]
pub(crate) fn zeros<X: Point + ?Sized>(x: &X) -> Gradient<X> {
    map_all(x, |_| X::Scalar::zero())
}

/// The lanes of `y` as the coordinates `chunk` of `gradient`.
#[cfg_attr(not(debug_assertions), inline(always))]
fn read_lanes<X: Point + ?Sized, V: Carries<X::Scalar>>(
    gradient: &mut Gradient<X>,
    chunk: Range<usize>,
    y: &impl FirstOrder<V>,
) {
    let mut i = chunk.start;
    while i < chunk.end {
        let neighbours = X::neighbours(gradient, i);
        let count = neighbours.len().min(chunk.end - i);
        assert!(count > 0, "`Point::neighbours` gives the coordinate {i} at least");
        y.write_lanes(i - chunk.start, V::in_place(&mut neighbours[..count]));
        i += count;
    }
}
