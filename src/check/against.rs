//! [`check_against`]: one way to a derivative against another, both by duals.

use num_traits::Zero;

use super::judge::finite_or_zero;
use super::line::{Along, Line};
use super::options::CheckOptions;
use super::place::Place;
use super::report::{CheckError, CheckReport, Direction, Found, Mismatch, Source};
use super::trial::{in_f64, tangents};
use crate::drive::containers::map_all;
use crate::drive::sweeps::depth::{HIGHEST, Orders};
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{Argument, Name, Point};
use crate::random::Key;

/// Checks one way to compute a function, `f`, against another, `reference`: values, and derivatives by duals up to the order of
/// `options`.
///
/// The first may have a rule of its own in it, by [`apply`](crate::Number::apply) or [`chain`](crate::Dual::chain), where
/// the second is ordinary arithmetic.
///
/// No differences are taken: both derivatives are exact up to rounding, so
/// [`tolerances`](CheckOptions::tolerances) may be a few ulps where both forms are well conditioned. Where there is
/// no such reference, [`check_rule`](crate::check_rule) and [`check_grads`](crate::check_grads()) compare with differences
/// of the function's own values.
///
/// Cost: one evaluation of `f` and one of `reference` for each direction, on the numbers of `options`.
///
/// # Errors
///
/// As [`check_grads`](crate::check_grads()); in a [`Mismatch`], `difference` is the derivative of `reference`, `step`
/// is 0, and order 0 stands for the value.
///
/// ```
/// use tangents::check::{CheckError, CheckOptions, check_against};
/// use tangents::{Number, Real, Rule};
///
/// fn logistic<T: Real>(x: T) -> T {
///     T::one() / (T::one() + (-x).exp())
/// }
///
/// /// With its slope from its value.
/// struct Logistic;
///
/// impl Rule for Logistic {
///     fn value<T: Number>(&self, x: T) -> T {
///         logistic(x)
///     }
///
///     fn slope<T: Number>(&self, x: T) -> T {
///         let y = x.apply(self);
///         y * (T::one() - y)
///     }
/// }
///
/// let options = CheckOptions::order(2).tolerances(1e-15, 1e-14);
/// check_against(|x| x[0].apply(Logistic), |x| logistic(x[0]), &[0.3], options)?;
/// # Ok::<(), CheckError>(())
/// ```
#[track_caller]
pub fn check_against<X, F, G, R, O>(
    f: F,
    reference: G,
    x: &X,
    options: CheckOptions<O>,
) -> Result<CheckReport, CheckError>
where
    X: Point + ?Sized,
    O: Orders,
    F: Fn(&Argument<X, O::Number<X::Scalar>>) -> R,
    G: Fn(&Argument<X, O::Number<X::Scalar>>) -> R,
    R: Point<Scalar = O::Number<X::Scalar>>,
{
    let order = options.order_in_range()?;
    let settings = options.settle::<X::Scalar, X::Scalar>()?;
    let (place, dim) = ((x,), x.dim());
    let constant = |x| O::lift(x, [X::Scalar::zero(); HIGHEST]);
    let _running = Running::on(O::types::<X::Scalar>(), || {
        let lifted = place.lift(|_, x| constant(x), constant).0;
        let lifted = X::argument::<O::Number<X::Scalar>>(&lifted);
        is_left_in(&f(lifted), O::left_over) || is_left_in(&reference(lifted), O::left_over)
    });
    let mut report = CheckReport::new(order);
    let mut found = Found::default();

    let runs = if settings.per_coordinate { dim } else { settings.directions };
    for run in 0..runs {
        let keys: [Key; HIGHEST] = settings.key_of(if settings.per_coordinate { 0 } else { run }).split();
        let mut lines = keys.map(|key| Line::new(Along::Random(key), settings.step, settings.epsilon, dim));
        let direction = if settings.per_coordinate {
            lines[0] = Line::new(Along::Coordinate(run), settings.step, settings.epsilon, dim);
            Direction::Coordinate(run)
        } else {
            Direction::Random(run)
        };
        let lifted = place.lift(|i, x| O::lift(x, tangents(lines, order, i, x)), constant).0;
        let lifted = X::argument::<O::Number<X::Scalar>>(&lifted);
        let (y, expected) = (f(lifted), reference(lifted));
        // The reference's derivatives, in the container of the result.
        let mut right = map_all(&expected, |y| {
            core::array::from_fn::<_, { HIGHEST + 1 }, _>(|k| in_f64(O::partial(y, k.min(order))))
        });
        let mut component = 0;
        y.pair(&mut right, &mut |y, right| {
            for (order, &difference) in right.iter().enumerate().take(order + 1) {
                let derivative = in_f64(O::partial(y, order));
                let tolerance = settings.atol
                    + finite_or_zero(settings.rtol * difference.abs())
                    + finite_or_zero(settings.floor * right[0].abs());
                let distance = (derivative - difference).abs();
                report.comparisons += 1;
                if derivative == difference || (derivative.is_nan() && difference.is_nan()) {
                } else if distance <= tolerance {
                    report.worst = report.worst.max(distance / tolerance);
                } else {
                    found.add_wrong(Mismatch {
                        order,
                        direction,
                        name: if settings.per_coordinate { x.name(run) } else { Name::NONE },
                        component,
                        derivative,
                        difference,
                        uncertainty: 0.0,
                        tolerance,
                        step: 0.0,
                        others: 0,
                        source: Source::Function,
                    });
                }
            }
            component += 1;
        })?;
    }
    match found.wrong {
        Some(mismatch) => Err(CheckError::Mismatch(mismatch)),
        None => report.of_something(dim, &settings),
    }
}
