//! [`check_rule`] and its kin: the slope of a rule against differences, and its orders against one another.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::check_grads;
use super::judge::finite_or_zero;
use super::options::CheckOptions;
use super::report::{CheckError, CheckReport, Direction, Mismatch, Source};
use super::trial::in_f64;
use crate::drive::Name;
use crate::drive::sweeps::depth::{HIGHEST, Orders};
use crate::number::{HyperDual, Taylor};
#[cfg(feature = "alloc")]
use crate::rules::VectorRule;
use crate::rules::{Number, Rule, RuleN};

/// Checks a [`Rule`] at `x`: its slope against differences of its value, up to the order of `options` the derivatives of the
/// slope against differences of those of one order less, and the derivatives on [`HyperDual`] and [`Taylor`] against those on
/// nested duals.
///
/// It is [`check_grads`] of `x.apply(rule)`, with its options, tolerances and verdicts; a derivative that the slope loses on
/// its way, through an `f64`, is found at order 2. Of [`Opaque`](crate::rules::Opaque) rules check the
/// [first order](CheckOptions::first_order), since they have no other. Check where the slope takes another branch, and at the
/// edges.
///
/// Cost: that of [`check_grads`], and one evaluation on each of the three numbers.
///
/// # Errors
///
/// As [`check_grads`]; in a [`Mismatch`] of step 0, `derivative` is the one on the number that `source` names, and
/// `difference` the one on nested duals.
///
/// ```
/// use tangents::check::{CheckError, CheckOptions};
/// use tangents::{Number, Rule, check_rule};
///
/// /// ln(1 + eˣ)
/// struct Softplus;
///
/// impl Rule for Softplus {
///     fn value<T: Number>(&self, x: T) -> T {
///         x.max(T::zero()) + (-x.abs()).exp().ln_1p()
///     }
///
///     fn slope<T: Number>(&self, x: T) -> T {
///         x.sigmoid()
///     }
/// }
///
/// for x in [-30.0, -1.0, 0.0, 2.5] {
///     check_rule(Softplus, x, CheckOptions::order(2).strict())?;
/// }
/// # Ok::<(), CheckError>(())
/// ```
///
/// ```should_panic
/// # use tangents::check::CheckOptions;
/// # use tangents::{Number, Rule, check_rule};
/// struct Cos;
///
/// impl Rule for Cos {
///     fn value<T: Number>(&self, x: T) -> T {
///         x.cos()
///     }
///
///     fn slope<T: Number>(&self, x: T) -> T {
///         x.sin() // the sign is forgotten
///     }
/// }
///
/// check_rule(Cos, 0.7, CheckOptions::order(1)).unwrap();
/// ```
#[track_caller]
pub fn check_rule<T, R, O>(rule: R, x: T, options: CheckOptions<O>) -> Result<CheckReport, CheckError>
where
    T: Number,
    R: Rule,
    O: Orders,
    O::Number<T>: Number,
{
    let report = check_grads(|x| x[0].apply(&rule), &[x], options)?;
    let nested = O::lift(x, [T::one(); HIGHEST]).apply(&rule);
    let hyper = HyperDual::variable(x, 0).apply(&rule);
    let series = Taylor::variable(x).apply(&rule);
    Agreement { report, options }.of(0, nested, hyper, series)
}

/// Checks a [`RuleN`], of several variables, as [`check_rule`] checks one of one variable.
///
/// [`HyperDual`] and [`Taylor`] are compared with nested duals along the direction (1, 1, … 1).
///
/// # Errors
///
/// As [`check_rule`].
///
/// ```
/// use tangents::rules::RuleN;
/// use tangents::check::{CheckError, CheckOptions, check_rule_n};
/// use tangents::Number;
///
/// /// The kinetic energy ½·m·v².
/// struct Energy;
///
/// impl RuleN<2> for Energy {
///     fn value<T: Number>(&self, [m, v]: [T; 2]) -> T {
///         T::lit(0.5) * m * v * v
///     }
///
///     fn slopes<T: Number>(&self, [m, v]: [T; 2]) -> [T; 2] {
///         [T::lit(0.5) * v * v, m * v]
///     }
/// }
///
/// check_rule_n(Energy, [3.0, -2.0], CheckOptions::order(2).strict())?;
/// # Ok::<(), CheckError>(())
/// ```
#[track_caller]
pub fn check_rule_n<T, R, O, const N: usize>(
    rule: R,
    x: [T; N],
    options: CheckOptions<O>,
) -> Result<CheckReport, CheckError>
where
    T: Number,
    R: RuleN<N>,
    O: Orders,
    O::Number<T>: Number,
{
    let report = check_grads(|x| Number::apply_n(core::array::from_fn(|i| x[i]), &rule), &x, options)?;
    let nested = Number::apply_n(x.map(|x| O::lift(x, [T::one(); HIGHEST])), &rule);
    let hyper = Number::apply_n(x.map(|x| HyperDual::variable(x, 0)), &rule);
    let series = Number::apply_n(x.map(Taylor::variable), &rule);
    Agreement { report, options }.of(0, nested, hyper, series)
}

/// Checks a [`VectorRule`] as [`check_rule`] checks one of one variable.
///
/// [`HyperDual`] and [`Taylor`] are compared with nested duals along the direction (1, 1, … 1).
///
/// # Errors
///
/// As [`check_rule`].
///
/// ```
/// use tangents::rules::VectorRule;
/// use tangents::check::{CheckError, CheckOptions, check_vector_rule};
/// use tangents::Number;
///
/// /// The running sum, which is linear.
/// struct RunningSum;
///
/// impl VectorRule for RunningSum {
///     fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
///         x.iter().scan(T::zero(), |sum, &x| { *sum = *sum + x; Some(*sum) }).collect()
///     }
///
///     fn jvp<T: Number>(&self, _: &[T], v: &[T]) -> Vec<T> {
///         T::apply_vector(v, self)
///     }
/// }
///
/// check_vector_rule(RunningSum, &[1.0, 3.0, -2.0], CheckOptions::order(2).strict())?;
/// # Ok::<(), CheckError>(())
/// ```
#[cfg(feature = "alloc")]
#[track_caller]
pub fn check_vector_rule<T, R, O>(
    rule: R,
    x: &[T],
    options: CheckOptions<O>,
) -> Result<CheckReport, CheckError>
where
    T: Number,
    R: VectorRule,
    O: Orders,
    O::Number<T>: Number,
{
    let report = check_grads(|x| Number::apply_vector(x, &rule), x, options)?;
    let nested: Vec<_> = x.iter().map(|&x| O::lift(x, [T::one(); HIGHEST])).collect();
    let hyper: Vec<_> = x.iter().map(|&x| HyperDual::variable(x, 0)).collect();
    let series: Vec<_> = x.iter().map(|&x| Taylor::variable(x)).collect();
    let (nested, hyper) = (Number::apply_vector(&nested, &rule), Number::apply_vector(&hyper, &rule));
    let series = Number::apply_vector(&series, &rule);
    let mut agreement = Agreement { report, options };
    for (component, ((nested, hyper), series)) in nested.into_iter().zip(hyper).zip(series).enumerate() {
        agreement.report = agreement.of(component, nested, hyper, series)?;
    }
    Ok(agreement.report)
}

/// The derivatives of one function on several numbers against one another.
struct Agreement<O> {
    report: CheckReport,
    options: CheckOptions<O>,
}

impl<O: Orders> Agreement<O> {
    fn of<T: Number>(
        &self,
        component: usize,
        nested: O::Number<T>,
        hyper: HyperDual<T, 1>,
        series: Taylor<T, HIGHEST>,
    ) -> Result<CheckReport, CheckError> {
        let settings = self.options.settle::<T, T>()?;
        let mut report = self.report;
        for order in 0..=report.order {
            let expected = in_f64(O::partial(&nested, order));
            let found = [
                (in_f64(series.derivative(order)), Source::Taylor),
                (in_f64([hyper.re, hyper.gradient[0], hyper.second(0, 0)][order.min(2)]), Source::HyperDual),
            ];
            let value = in_f64(O::partial(&nested, 0)).abs();
            let tolerance = settings.atol
                + settings.tiny
                + finite_or_zero(settings.rtol * expected.abs())
                + finite_or_zero(settings.floor * value);
            // A hyper-dual number ends with the second order.
            for (derivative, source) in found.into_iter().take(if order <= 2 { 2 } else { 1 }) {
                let distance = (derivative - expected).abs();
                report.comparisons += 1;
                // Infinite on one number may be NaN on another: there is no derivative.
                if derivative == expected || !(derivative.is_finite() || expected.is_finite()) {
                } else if distance <= tolerance {
                    report.worst = report.worst.max(distance / tolerance);
                } else {
                    return Err(CheckError::Mismatch(Mismatch {
                        order,
                        direction: Direction::Random(0),
                        name: Name::NONE,
                        component,
                        derivative,
                        difference: expected,
                        uncertainty: 0.0,
                        tolerance,
                        step: 0.0,
                        others: 0,
                        source,
                    }));
                }
            }
        }
        Ok(report)
    }
}
