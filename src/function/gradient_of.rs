//! The gradient of a function value as a function value: [`GradientOf`].

use alloc::vec::Vec;

use super::Function;
use crate::rules::Number;

/// The gradient of a scalar-valued function of a slice, as a function value: [`grad`](crate::grad()) of it.
///
/// Use it like any function value. Its Jacobian is the Hessian, its Jacobian-vector products are Hessian-vector products.
/// A call costs a gradient.
///
/// ```
/// use tangents::function::GradientOf;
/// use tangents::{Function, lambda};
///
/// let f = lambda!(|x: [f64]| -> f64 { x[0] * x[0] * x[1] });
/// let g = GradientOf(f);
/// assert_eq!(g.call(&[3.0, 2.0]), [12.0, 9.0]);
/// assert_eq!(g.jacobian(&[3.0, 2.0]), [[4.0, 6.0], [6.0, 0.0]]);
/// assert_eq!(g.jvp(&[3.0, 2.0], &[1.0, 0.0]), [4.0, 6.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradientOf<F>(pub F);

impl<F: Function<From = [f64], To = f64>> Function for GradientOf<F> {
    type From = [f64];
    type To = Vec<f64>;

    #[inline]
    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        self.0.gradient(x)
    }
}
