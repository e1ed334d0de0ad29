//! Derivatives by hand on trial, against differences of the function they are of.

use core::cell::Cell;

use super::options::CheckOptions;
use super::report::{CheckError, CheckReport, Source};
use super::trial::Trial;
use crate::drive::calls::fitting;
use crate::drive::containers::coordinate_of;
use crate::drive::sweeps::depth::UpTo;
use crate::drive::sweeps::lifted::Held;
use crate::drive::{Argument, Gradient, Of, Point};
use crate::number::Dual;
use crate::rules::Number;
use num_traits::Zero;

/// Checks a derivative that was written by hand, `df`, against central differences of `f` at `x`.
///
/// Both are ordinary functions of numbers; neither has to run on duals. Where `f` does,
/// [`derivative`](crate::derivative) is exact, and comparing with it is the sharper test.
///
/// Cost: 3 evaluations in all, up to some 70 more where the first difference disagrees.
///
/// # Errors
///
/// As [`check_grads`](crate::check_grads()).
///
/// ```
/// use tangents::check::{CheckError, CheckOptions};
/// use tangents::check_derivative;
///
/// let options = CheckOptions::first_order().strict();
/// check_derivative(|x: f64| x.tanh(), |x| 1.0 - x.tanh().powi(2), 0.7, options)?;
///
/// let verdict = check_derivative(|x: f64| x.tanh(), |x| 1.0 - x.tanh(), 0.7, options);
/// assert!(matches!(verdict, Err(CheckError::Mismatch(_))));
/// # Ok::<(), CheckError>(())
/// ```
pub fn check_derivative<T: Number>(
    f: impl Fn(T) -> T,
    df: impl Fn(T) -> T,
    x: T,
    options: CheckOptions<UpTo<1>>,
) -> Result<CheckReport, CheckError> {
    let differentiated = |(x,): &mut (Held<[Dual<T, 1>; 1]>,)| x[0].chain(f(x[0].re), df(x[0].re));
    let sampled = |(x,): &mut (Held<[Dual<T, 1>; 1]>,)| Dual::constant(f(x[0].re));
    Trial { place: (&[x],), differentiated, sampled, convert: |x| x, source: Source::Hand }.run(&options)
}

/// Checks a gradient that was written by hand, `df`, against central differences of the scalar-valued `f` at `x`.
///
/// Both are ordinary functions of numbers; neither has to run on duals. `df` returns a container of the kind of
/// the point: an array at an array, a `Vec` at a slice. By default the gradient is checked along a random direction;
/// [`CheckOptions::strict`] and [`CheckOptions::per_coordinate`] go through its coordinates.
///
/// # Errors
///
/// As [`check_grads`](crate::check_grads()).
///
/// # Panics
///
/// If the gradient has another shape than the point.
///
/// ```
/// use tangents::check::{CheckError, CheckOptions, Direction};
/// use tangents::check_gradient;
///
/// let f = |x: &[f64]| x[0] * x[1].sin();
/// let options = CheckOptions::first_order().strict();
/// check_gradient(f, |x| [x[1].sin(), x[0] * x[1].cos()], &[2.4, 3.6], options)?;
///
/// // With a sign forgotten:
/// match check_gradient(f, |x| [x[1].sin(), -x[0] * x[1].cos()], &[2.4, 3.6], options) {
///     Err(CheckError::Mismatch(found)) => assert_eq!(found.direction, Direction::Coordinate(1)),
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), CheckError>(())
/// ```
#[track_caller]
pub fn check_gradient<X: Point + ?Sized>(
    f: impl Fn(&Argument<X, X::Scalar>) -> X::Scalar,
    df: impl Fn(&Argument<X, X::Scalar>) -> Gradient<X>,
    x: &X,
    options: CheckOptions<UpTo<1>>,
) -> Result<CheckReport, CheckError> {
    let primal = |lifted: &mut Of<X, Dual<X::Scalar, 1>>| {
        let mut indices = 0..;
        x.map_coordinates(|x| indices.next().map_or(x, |i| coordinate_of::<X, _>(lifted, i).re))
    };
    // The panic is the caller's, which closures can't tell.
    let misshapen = Cell::new(None);
    let differentiated = |(lifted,): &mut (Held<Of<X, Dual<X::Scalar, 1>>>,)| {
        let at = primal(lifted);
        let mut gradient = df(X::argument(&at));
        let (mut indices, mut along) = (0.., X::Scalar::zero());
        let paired = x.pair(&mut gradient, &mut |_, g| {
            along += indices.next().map_or(*g, |i| *g * coordinate_of::<X, _>(lifted, i).eps[0]);
        });
        if let Err(error) = paired {
            misshapen.set(Some(error));
        }
        Dual::new(f(X::argument(&at)), [along])
    };
    let sampled =
        |(lifted,): &mut (Held<Of<X, Dual<X::Scalar, 1>>>,)| Dual::constant(f(X::argument(&primal(lifted))));
    let trial = Trial { place: (x,), differentiated, sampled, convert: |x| x, source: Source::Hand };
    let verdict = trial.run(&options);
    let shape = misshapen.take().map_or(Ok(()), Err);
    fitting("the gradient by hand must have the shape of the point", shape);
    verdict
}
