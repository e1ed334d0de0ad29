//! Derivatives of a function value of an order that is known at run time only.

use alloc::vec::Vec;

use super::{At, Function, Returned};
use crate::drive::calls::taylor::{jet_of, series_of};
use crate::drive::{Family, Of};
use crate::error::Error;
use crate::number::{Taylor, scale};
use crate::rules::Number;

/// What `$run` makes with `K` being the smallest order that suffices, of those that functions are compiled for.
macro_rules! smallest_order {
    ($order:expr, $K:ident => $run:expr) => {
        smallest_order!(@of [2 4 8 16 32 64 128], $order, $K => $run)
    };
    (@of [$($k:literal)*], $order:expr, $K:ident => $run:expr) => {{
        let order = $order;
        $(if order <= $k {
            const $K: usize = $k;
            return $run;
        })*
        Err(Error::Order { largest: 128, found: order })
    }};
}

#[track_caller]
pub(super) fn nth_derivatives<F, T: Number>(f: &F, x: T, order: usize) -> Result<Vec<T>, Error>
where
    F: Function<From = f64, To = f64> + ?Sized,
{
    smallest_order!(order, K => {
        let (series, s) = series_of(|x: Taylor<T, K>| f.call(&x), x, scale(order), order);
        Ok((0..=order).map(|k| series.derivative_off_scale(k, s)).collect())
    })
}

#[track_caller]
pub(super) fn taylor_coefficients<F, T: Number>(f: &F, x: T, order: usize) -> Result<Vec<T>, Error>
where
    F: Function<From = f64, To = f64> + ?Sized,
{
    smallest_order!(order, K => {
        let (series, s) = series_of(|x: Taylor<T, K>| f.call(&x), x, scale(order), order);
        let series = series.taken_off_scale(s);
        Ok((0..=order).map(|k| series.coefficient(k)).collect())
    })
}

/// The container of the family `F` with the numbers of the point `X`.
type Values<F, X> = <F as Family>::Of<<X as crate::drive::Point>::Scalar>;

#[track_caller]
pub(super) fn jet<F, X>(
    f: &F,
    x: &X,
    series: &[&X],
) -> Result<(Values<F::To, X>, Vec<Values<F::To, X>>), Error>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    smallest_order!(series.len(), K => {
        let along = |lifted: &Of<X, Taylor<X::Scalar, K>>| Returned::<F::To, _>(f.call(X::argument(lifted)));
        let (y, s) = jet_of::<K, X, _>(along, x, series);
        let of = |derivative: &dyn Fn(&Taylor<X::Scalar, K>) -> X::Scalar| {
            F::To::map(&y.0, &mut |y| derivative(y), &mut |y| derivative(y))
        };
        Ok((of(&|y| y.re), (1..=series.len()).map(|k| of(&|y| y.derivative_off_scale(k, s))).collect()))
    })
}
