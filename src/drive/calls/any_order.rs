//! Derivatives of an order that is known at run time only.

use alloc::vec::Vec;

use super::taylor::series_of;
use crate::error::Error;
use crate::number::{Taylor, scale};
use crate::real::Real;

/// A function of one variable that computes on every number, for derivatives of an order that is known at run time only.
///
/// The order of a [`Taylor`] is part of its type, and a closure or a `fn` that is handed over has one type; a value of a
/// type of yours can carry the generic function.
///
/// ```
/// use tangents::{Analytic, Real, nth_derivatives};
///
/// struct Gaussian {
///     width: f64,
/// }
///
/// impl Analytic for Gaussian {
///     fn eval<D: Real>(&self, x: D) -> D {
///         let x = x / D::lit(self.width);
///         (-(x * x)).exp()
///     }
/// }
///
/// let order = 4; // from the command line, say
/// let derivatives = nth_derivatives(&Gaussian { width: 1.0 }, 0.0, order)?;
/// assert_eq!(derivatives, [1.0, 0.0, -2.0, 0.0, 12.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
pub trait Analytic {
    /// The value at `x`.
    fn eval<D: Real>(&self, x: D) -> D;
}

/// The derivatives `f(x), f′(x), … f⁽ⁿ⁾(x)` of a function of one variable, n being `order`.
///
/// Cost: one evaluation of `f` on power series of the order 2, 4, 8, 16, 32, 64 or 128, the smallest that suffices; `f`
/// is compiled for all of them.
///
/// # Errors
///
/// [`Error::Order`] if `order` is above 128.
///
/// ```
/// use tangents::{Analytic, Real, nth_derivatives};
///
/// struct Reciprocal;
/// impl Analytic for Reciprocal {
///     fn eval<D: Real>(&self, x: D) -> D {
///         x.recip()
///     }
/// }
/// assert_eq!(nth_derivatives(&Reciprocal, 1.0, 3)?, [1.0, -1.0, 2.0, -6.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn nth_derivatives<T: Real>(f: &impl Analytic, x: T, order: usize) -> Result<Vec<T>, Error> {
    at_order(f, x, order, Read::Derivatives)
}

/// The Taylor coefficients `f(x), f′(x), f″(x)/2, … f⁽ⁿ⁾(x)/n!` of a function of one variable, n being `order`.
///
/// Cost: as [`nth_derivatives`].
///
/// # Errors
///
/// [`Error::Order`] if `order` is above 128.
///
/// ```
/// use tangents::{Analytic, Real, taylor_coefficients};
///
/// struct Reciprocal;
/// impl Analytic for Reciprocal {
///     fn eval<D: Real>(&self, x: D) -> D {
///         x.recip()
///     }
/// }
/// assert_eq!(taylor_coefficients(&Reciprocal, 1.0, 3)?, [1.0, -1.0, 1.0, -1.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn taylor_coefficients<T: Real>(f: &impl Analytic, x: T, order: usize) -> Result<Vec<T>, Error> {
    at_order(f, x, order, Read::Coefficients)
}

/// What is read of a series.
#[derive(Clone, Copy)]
enum Read {
    Coefficients,
    Derivatives,
}

#[track_caller]
fn at_order<T: Real>(f: &impl Analytic, x: T, order: usize, read: Read) -> Result<Vec<T>, Error> {
    macro_rules! smallest_of {
        ($($K:literal)* | $largest:literal) => {{
            $(smallest_of!(@try $K);)*
            smallest_of!(@try $largest);
            Err(Error::Order { largest: $largest, found: order })
        }};
        (@try $K:literal) => {
            if order <= $K {
                return Ok(read_series::<T, $K>(|x| f.eval(x), x, order, read));
            }
        };
    }
    smallest_of!(2 4 8 16 32 64 | 128)
}

#[track_caller]
fn read_series<T: Real, const K: usize>(
    f: impl Fn(Taylor<T, K>) -> Taylor<T, K>,
    x: T,
    order: usize,
    read: Read,
) -> Vec<T> {
    let (series, s) = series_of(f, x, scale(order), order);
    let orders = 0..=order;
    match read {
        Read::Coefficients => {
            let series = series.taken_off_scale(s);
            orders.map(|k| series.coefficient(k)).collect()
        }
        Read::Derivatives => orders.map(|k| series.derivative_off_scale(k, s)).collect(),
    }
}
