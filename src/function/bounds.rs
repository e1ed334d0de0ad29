//! The bounds of functions and of their points: [`ScalarValued`] and [`At`].

use super::Function;
use crate::drive::{Family, Point, View};

/// A function that returns one number: a [`Function`] with `To = f64`.
///
/// It is implemented for all of them. A generic function of your own asks for `Function<From = [f64], To = f64>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't return one number",
    label = "its `To` isn't `f64`",
    note = "gradients, Hessians and their products are of a function that returns a number, `To = f64`; of several results take \
            `jacobian`, `hessians` and `jvp`"
)]
pub trait ScalarValued: Function<To = f64> {}

#[diagnostic::do_not_recommend]
impl<F: Function<To = f64> + ?Sized> ScalarValued for F {}

/// A point that a function of `V`s can be evaluated at.
///
/// It is implemented for every [`Point`] whose [`Family`] is handed over as a `V`: with `V = [f64]`, for arrays, slices and `Vec`s
/// of numbers.
#[diagnostic::on_unimplemented(
    message = "a function of `{V}` can't be evaluated at `{Self}`",
    label = "not a point of `{V}`",
    note = "`f64` stands for a number of either precision; arrays, slices and `Vec`s are points of `[f64]`, a structure with \
            `#[derive(Point)]` is one of `Model<f64>`"
)]
pub trait At<V: View + ?Sized>: Point<Family: Family<View = V>> {}

#[diagnostic::do_not_recommend]
impl<V: View + ?Sized, X: Point<Family: Family<View = V>> + ?Sized> At<V> for X {}
