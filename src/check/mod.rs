//! [`check_grads`] and its kin: derivatives against finite differences of values.

mod against;
mod by_hand;
mod judge;
mod line;
mod options;
mod place;
mod report;
mod rule;
mod several;
mod trial;

use trial::{Trial, in_f64};

use crate::drive::sweeps::depth::Orders;
use crate::drive::sweeps::lifted::Held;
use crate::drive::{Argument, Of, Point};

pub use against::check_against;
pub use by_hand::{check_derivative, check_gradient};

pub use options::CheckOptions;
pub use report::{CheckError, CheckReport, Direction, Mismatch, Source};
#[cfg(feature = "alloc")]
pub use rule::check_vector_rule;
pub use rule::{check_rule, check_rule_n};
pub use several::{check_grads2, check_grads3, check_grads4};

/// Checks the derivatives of `f` at `x` against central differences, along a random direction: JAX's `check_grads` in
/// forward mode.
///
/// At order k the derivative `Dᵏf(x)[u₁ … uₖ]`, by duals, is compared with the difference along uₖ of the derivative of
/// one order less, `(Dᵏ⁻¹f(x + h·uₖ)[u₁ … uₖ₋₁] − Dᵏ⁻¹f(x − h·uₖ)[u₁ … uₖ₋₁]) / 2h`: at order 1 `J·u` with a difference
/// of values, at order 2 `u₁ᵀ·H·u₂` with one of `J·u₁`; for every component of `f`'s result. The components of the
/// directions are standard normal. Two equal infinities agree, and so do two NaNs, as in JAX, unless the check is strict.
///
/// The recommended check is [`CheckOptions::strict`]: each coordinate by itself, with tolerances as tight as
/// differences allow.
///
/// Where derivative and difference disagree, the difference is tested itself before the derivative is called wrong:
/// further differences, of steps from a quarter of the coordinate's size down to √ε of that, are extrapolated to step
/// 0 (Richardson; Ridders 1982), which gives some five digits more and an estimate of the error. Only a derivative
/// that is outside the tolerance *and* outside the error of the difference is a [`CheckError::Mismatch`]; where the
/// differences can't tell (noise, a corner, the end of the domain) it is [`CheckError::Inconclusive`]. If the direction
/// was a random one, a mismatch is then looked for along the coordinates, so that the error can name the wrong one.
///
/// What it catches, of wrong slopes of a given relative size that are planted in 1 coordinate of n by
/// [`Dual::chain`](crate::Dual::chain):
///
/// | relative size | wrong sign | 10⁻¹ | 10⁻² | 10⁻³ | 10⁻⁴ | 10⁻⁵ |
/// |---|---|---|---|---|---|---|
/// | `f64` strict, n = 1, 10, 100 | all | all | all | all | all | all |
/// | `f32` strict, n = 1 | all | all | 99 % | 11 % | 0 | 0 |
/// | `f32` strict, n = 100 | all | all | 40 % | 0 | 0 | 0 |
/// | `f32` in [`f64`](check_grads_in_f64) strict, n = 100 | all | all | all | 0 | 0 | 0 |
/// | `f64` along JAX's one direction, n = 1 | all | all | all | all | 99 % | 12 % |
/// | `f64` along JAX's one direction, n = 100 | all | all | all | 75 % | 30 % | 0 |
///
/// and of 10 000 random compositions of smooth functions, and as many of functions with poles and ends of their domain,
/// strict and at orders 1 and 2, none is called wrong, neither at `f64` nor at `f32`; undecided are none but 12 of the
/// second kind: one at `f64`, whose value is infinite, and 11 at `f32`, near poles, at slopes too steep for its steps, or
/// with a coordinate that is rounded away; there [`check_grads_in_f64`] helps. These counts are a test.
///
/// A rule that is wrong by less than the tolerance isn't seen, nor is one that is wrong elsewhere than at `x`, nor one that
/// forgets a wave of which the first step is a whole number; another [`step`](CheckOptions::step) shows that one.
///
/// In proptest, `?` makes a failed case of the error; see `interop::proptest` for points, and for a verdict that
/// rejects the undecided. For `#[test]` there is [`assert_grads`]; `unwrap` says the same.
///
/// Cost: 1 + 2·k evaluations of `f` up to order k along a direction, 3·k·n per coordinate, on numbers that
/// [`CheckOptions::order`] and its kin choose; where a difference disagrees, up to some 70 more, 35 for `f32`.
///
/// # Errors
///
/// [`CheckError::Mismatch`] and [`CheckError::Inconclusive`] with order, direction, component, both values, tolerance,
/// error and step; [`CheckError::Order`] if the order isn't one that `options` can check; [`CheckError::Step`] if their step
/// is too short for the numbers; [`CheckError::Nothing`] if nothing was compared; [`CheckError::Shape`] if `f` returns
/// vectors of different lengths.
///
/// ```
/// use tangents::check::{CheckError, CheckOptions, Direction};
/// use tangents::{Dual, Real, check_grads};
///
/// let x = [2.4, 3.6];
/// check_grads(|x| x[0] * x[1].sin(), &x, CheckOptions::order(2))?;
/// check_grads(|x| [x[0].exp(), x[0] * x[1].sin()], &x, CheckOptions::order(2).strict())?;
///
/// /// A rule of one's own, with the sign forgotten.
/// fn cos<T: Real>(x: Dual<T, 1>) -> Dual<T, 1> {
///     x.chain(x.re.cos(), x.re.sin())
/// }
/// match check_grads(|x| x[0] * cos(x[1]), &x, CheckOptions::order(1)) {
///     Err(CheckError::Mismatch(found)) => assert_eq!(found.direction, Direction::Coordinate(1)),
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), CheckError>(())
/// ```
#[track_caller]
pub fn check_grads<X, F, R, O>(f: F, x: &X, options: CheckOptions<O>) -> Result<CheckReport, CheckError>
where
    X: Point + ?Sized,
    O: Orders,
    F: Fn(&Argument<X, O::Number<X::Scalar>>) -> R,
    R: Point<Scalar = O::Number<X::Scalar>>,
{
    let f = |(x,): &mut (Held<Of<X, O::Number<X::Scalar>>>,)| f(X::argument::<O::Number<X::Scalar>>(x));
    Trial { place: (x,), differentiated: &f, sampled: &f, convert: |x| x, source: Source::Duals }
        .run_on_duals(&options)
}

/// Checks the derivatives of `f` at `x` against central differences that are taken in `f64`, of the same function in
/// that precision, `reference`: for `f32` and coarser types, whose own differences are good to some three digits.
///
/// A generic function is given twice. Options, tolerances and report are those of [`check_grads`]. The differences
/// have no noise to speak of, so what is undecided otherwise is decided here, also where `f32` isn't good enough for
/// the derivative itself. Both results must be of one container, which is what the last bound says.
///
/// # Errors
///
/// As [`check_grads`].
///
/// ```
/// use num_traits::Float;
/// use tangents::check::{CheckOptions, check_grads_in_f64};
///
/// fn f<T: Float>(x: &[T]) -> T {
///     x[0] * x[1].sin()
/// }
///
/// check_grads_in_f64(f, f, &[2.4_f32, 3.6], CheckOptions::order(2).strict())?;
/// # Ok::<(), tangents::check::CheckError>(())
/// ```
#[track_caller]
pub fn check_grads_in_f64<X, F, G, R, Q, O>(
    f: F,
    reference: G,
    x: &X,
    options: CheckOptions<O>,
) -> Result<CheckReport, CheckError>
where
    X: Point + ?Sized,
    O: Orders,
    F: Fn(&Argument<X, O::Number<X::Scalar>>) -> R,
    G: Fn(&Argument<X, O::Number<f64>>) -> Q,
    R: Point<Scalar = O::Number<X::Scalar>>,
    Q: Point<Scalar = O::Number<f64>, Family = R::Family>,
{
    let differentiated =
        |(x,): &mut (Held<Of<X, O::Number<X::Scalar>>>,)| f(X::argument::<O::Number<X::Scalar>>(x));
    let sampled = |(x,): &mut (Held<Of<X, O::Number<f64>>>,)| reference(X::argument::<O::Number<f64>>(x));
    Trial { place: (x,), differentiated, sampled, convert: in_f64, source: Source::Duals }
        .run_on_duals(&options)
}

/// Panics with the message of [`check_grads`] unless it approves: its form for `#[test]`.
///
/// The panic is reported at the caller.
///
/// # Panics
///
/// If [`check_grads`] returns an error.
///
/// ```
/// use tangents::check::CheckOptions;
/// use tangents::assert_grads;
///
/// assert_grads(|x| x[0] * x[1].sin(), &[2.4, 3.6], CheckOptions::order(2).strict());
/// ```
///
/// ```should_panic
/// use tangents::check::CheckOptions;
/// use tangents::assert_grads;
///
/// // A slope with the sign forgotten.
/// assert_grads(|x| x[0].chain(x[0].re.cos(), x[0].re.sin()), &[2.4], CheckOptions::order(1));
/// ```
#[track_caller]
pub fn assert_grads<X, F, R, O>(f: F, x: &X, options: CheckOptions<O>) -> CheckReport
where
    X: Point + ?Sized,
    O: Orders,
    F: Fn(&Argument<X, O::Number<X::Scalar>>) -> R,
    R: Point<Scalar = O::Number<X::Scalar>>,
{
    match check_grads(f, x, options) {
        Ok(report) => report,
        Err(error) => panic!("{error}"),
    }
}
