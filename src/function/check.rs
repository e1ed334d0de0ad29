//! Checks of a function value, of an order that is known at run time.

use super::{At, Function, Returned};
use crate::check::{self, CheckError, CheckOptions, CheckReport};
use crate::drive::{Orders, UpTo};

/// What `$check` makes of the options for the cheapest numbers that carry the order. One that none carry is refused by the check.
macro_rules! on_cheapest {
    ($options:ident => $check:expr) => {
        on_cheapest!(@order $options, 1 2 3, 4 => $check)
    };
    (@order $options:ident, $($order:literal)*, $highest:literal => $check:expr) => {
        match $options.asked() {
            $($order => {
                let $options = $options.on::<UpTo<$order>>();
                $check
            })*
            _ => {
                let $options = $options.on::<UpTo<$highest>>();
                $check
            }
        }
    };
}

#[track_caller]
pub(super) fn check_grads<F, X, O>(f: &F, x: &X, options: CheckOptions<O>) -> Result<CheckReport, CheckError>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
    O: Orders,
{
    on_cheapest!(options => check::check_grads(|x| Returned::<F::To, _>(f.call(x)), x, options))
}

#[track_caller]
pub(super) fn check_grads_in_f64<F, X, O>(
    f: &F,
    x: &X,
    options: CheckOptions<O>,
) -> Result<CheckReport, CheckError>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
    O: Orders,
{
    on_cheapest!(options => check::check_grads_in_f64(
        |x| Returned::<F::To, _>(f.call(x)),
        |x| Returned::<F::To, _>(f.call(x)),
        x,
        options,
    ))
}
