//! Derivatives of high order: Taylor series of functions of one variable and along curves.

use core::any::TypeId;

use super::{DIRECTION, fitting};
use crate::drive::containers::sizes::check_sizes;
use crate::drive::containers::{Argument, Of, Point, Values, map_all};
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::error::Error;
use crate::number::inspect::is_left;
use crate::number::{Taylor, coefficient_on_scale, scale};
use crate::real::Real;

/// The Taylor series of a function of one variable at `x`, to the order `K`: `f(x + t) = f(x) + f′(x)·t + …`.
///
/// Cost: one evaluation of `f` on power series, an operation of which takes of the order of K² products; a few more where a
/// coefficient isn't finite. Give the order where it isn't inferred: `taylor::<10, _>(f, x)`. An order that is known at
/// run time only is [`Function::taylor_coefficients`](crate::Function::taylor_coefficients)'.
///
/// A derivative needs more than a coefficient that has underflown: take it by [`nth_derivative`].
///
/// ```
/// use tangents::taylor;
///
/// let series = taylor::<3, _>(|x| x.recip(), 0.5);
/// assert_eq!(series.re, 2.0);
/// assert_eq!(series.coefficients, [-4.0, 8.0, -16.0]);
/// ```
#[inline]
#[track_caller]
pub fn taylor<const K: usize, T: Real>(f: impl Fn(Taylor<T, K>) -> Taylor<T, K>, x: T) -> Taylor<T, K> {
    let (series, s) = series_of(f, x, const { scale(K) }, K);
    series.taken_off_scale(s)
}

/// The K-th derivative `f⁽ᴷ⁾(x)` of a function of one variable.
///
/// Cost: as [`taylor`]. The order is always given: `nth_derivative::<10, _>(f, x)`. One that is known at run time only is
/// [`Function::nth_derivatives`](crate::Function::nth_derivatives)'.
///
/// The order may be one whose factorial is no number of the type any more: the series is computed in `t/2ˢ` in place of t.
///
/// ```
/// use tangents::nth_derivative;
///
/// assert_eq!(nth_derivative::<4, _>(|x| x.powi(5), 2.0), 240.0); // 5·4·3·2·x
/// ```
#[inline]
#[track_caller]
pub fn nth_derivative<const K: usize, T: Real>(f: impl Fn(Taylor<T, K>) -> Taylor<T, K>, x: T) -> T {
    let (series, s) = series_of(f, x, const { scale(K) }, K);
    series.derivative_off_scale(K, s)
}

/// The series of `f` at `x` to the order `order`, on the scale s or on the largest one below it on which it's finite, and
/// that scale.
///
/// On a smaller scale what has overflown may be a number. Where the function itself isn't finite, neither is the plain
/// series, which is then the one that is given.
#[inline]
#[track_caller]
pub(crate) fn series_of<const K: usize, T: Real>(
    f: impl Fn(Taylor<T, K>) -> Taylor<T, K>,
    x: T,
    s: u32,
    order: usize,
) -> (Taylor<T, K>, u32) {
    check_sizes::<Taylor<T, K>, ()>();
    let _running = Running::on([TypeId::of::<Taylor<T, K>>()], || is_left_over(&f(Taylor::constant(x))));
    let series = f(Taylor::variable_on_scale(x, s));
    if s == 0 || series.is_finite_to(order) { (series, s) } else { on_smaller_scale(f, x, s, order) }
}

#[cold]
fn on_smaller_scale<const K: usize, T: Real>(
    f: impl Fn(Taylor<T, K>) -> Taylor<T, K>,
    x: T,
    s: u32,
    order: usize,
) -> (Taylor<T, K>, u32) {
    let mut s = s;
    loop {
        s -= 1;
        let series = f(Taylor::variable_on_scale(x, s));
        if s == 0 || series.is_finite_to(order) {
            return (series, s);
        }
    }
}

/// The derivatives of `f` along a curve, `dᵏ/dtᵏ f(x(t))` at t = 0 for k up to `K`: JAX's `jet`.
///
/// The curve is given by its own derivatives, `x(t) = x + Σ series[k−1]·tᵏ/k!`; with `[v, 0, …]` it is the straight line
/// along v, and the results are the directional derivatives of every order. They come as the value and the derivatives
/// from the first to the K-th, each in the container of `f`'s result. The order is the length of `series`.
///
/// Cost: one evaluation of `f` on power series, whatever the dimension.
///
/// # Panics
///
/// If one of `series` hasn't the shape of `x`.
///
/// ```
/// use tangents::jet;
///
/// // x²y along (1 + t, 2 + t²): the second derivatives of the curve are (0, 2).
/// let (value, [first, second]) = jet(|x| x[0] * x[0] * x[1], &[1.0, 2.0], [&[1.0, 0.0], &[0.0, 2.0]]);
/// assert_eq!((value, first, second), (2.0, 4.0, 6.0)); // (1 + t)²·(2 + t²) = 2 + 4t + 3t² + …
/// ```
#[inline]
#[track_caller]
pub fn jet<const K: usize, X, F, R>(f: F, x: &X, series: [&X; K]) -> (Values<R, X>, [Values<R, X>; K])
where
    X: Point + ?Sized,
    F: Fn(&Argument<X, Taylor<X::Scalar, K>>) -> R,
    R: Point<Scalar = Taylor<X::Scalar, K>>,
{
    check_sizes::<Taylor<X::Scalar, K>, (R, [Values<R, X>; K])>();
    let (y, s) = jet_of(|lifted: &Of<X, Taylor<X::Scalar, K>>| f(X::argument(lifted)), x, &series);
    let derivatives = core::array::from_fn(|k| map_all(&y, |y| y.derivative_off_scale(k + 1, s)));
    (map_all(&y, |y| y.re), derivatives)
}

/// What `f` makes of the curve from `x` with these derivatives, K at most, and the scale that its series are on.
#[inline]
#[track_caller]
pub(crate) fn jet_of<const K: usize, X, R>(
    f: impl Fn(&Of<X, Taylor<X::Scalar, K>>) -> R,
    x: &X,
    series: &[&X],
) -> (R, u32)
where
    X: Point + ?Sized,
    R: Point<Scalar = Taylor<X::Scalar, K>>,
{
    let order = series.len();
    let _running = Running::on([TypeId::of::<Taylor<X::Scalar, K>>()], || {
        with_lifted(x, Taylor::constant, |lifted| is_left_in(&f(lifted), is_left_over))
    });
    // On the largest scale on which all series are finite, as `series_of`.
    let mut s = scale(order);
    loop {
        let y = with_lifted(x, Taylor::constant, |curve| {
            bend::<K, X>(curve, series, s)?;
            Ok(f(curve))
        });
        let y = fitting(DIRECTION, y);
        let finite = !is_left_in(&y, |y| !y.is_finite_to(order));
        if s == 0 || finite {
            return (y, s);
        }
        s -= 1;
    }
}

/// Gives the constants of a point these derivatives, on the scale s.
fn bend<const K: usize, X: Point + ?Sized>(
    curve: &mut Of<X, Taylor<X::Scalar, K>>,
    series: &[&X],
    s: u32,
) -> Result<(), Error> {
    for (k, derivative) in series.iter().enumerate() {
        derivative.pair(curve, &mut |&d, x_i: &mut Taylor<X::Scalar, K>| {
            x_i.coefficients[k] = coefficient_on_scale(d, k + 1, s);
        })?;
    }
    Ok(())
}

/// Whether a coefficient is left in it.
fn is_left_over<T: Real, const K: usize>(series: &Taylor<T, K>) -> bool {
    is_left(series.re, series.coefficients)
}
