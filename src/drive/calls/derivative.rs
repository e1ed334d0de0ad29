//! Derivatives of functions of one variable.

use core::any::TypeId;

use crate::drive::containers::FirstOrder;
use crate::drive::sweeps::nesting::Running;
use crate::number::Dual;
use crate::real::Real;

/// The derivative `f′(x)` of a function of one variable.
///
/// Cost: one evaluation of `f` on a number with one lane. For the velocity of a curve, a function that returns
/// several numbers, use [`jvp`](crate::jvp).
///
/// ```
/// use tangents::derivative;
///
/// assert_eq!(derivative(|x| x.powi(3), 2.0), 12.0);
/// // Calls nest: the second derivative.
/// assert_eq!(derivative(|x| derivative(|y| y.powi(3), x), 2.0), 12.0);
/// ```
#[inline]
#[track_caller]
pub fn derivative<T: Real>(f: impl Fn(Dual<T, 1>) -> Dual<T, 1>, x: T) -> T {
    value_and_derivative(f, x).1
}

/// The value and the derivative `(f(x), f′(x))` of a function of one variable.
///
/// Cost: one evaluation of `f`, as [`derivative`].
///
/// ```
/// use tangents::value_and_derivative;
///
/// assert_eq!(value_and_derivative(|x| x.recip(), 2.0), (0.5, -0.25));
/// ```
#[inline]
#[track_caller]
pub fn value_and_derivative<T: Real>(f: impl Fn(Dual<T, 1>) -> Dual<T, 1>, x: T) -> (T, T) {
    let _running =
        Running::on([TypeId::of::<Dual<T, 1>>()], || FirstOrder::<T>::left_over(&f(Dual::constant(x))));
    let y = f(Dual::variable(x, 0));
    (y.re, y.eps[0])
}
