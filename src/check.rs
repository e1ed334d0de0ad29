//! [`check_grads`]: derivatives by duals against finite differences of values.

use core::fmt;

use num_traits::{Float, Zero};

use crate::drive::{Output, Point};
use crate::error::Error;
use crate::number::Dual;
use crate::random::{Distribution, Elements, Key, StandardUniform};
use crate::real::Real;

/// The number that carries a derivative along one direction and its derivative along another.
type Dual2<T> = Dual<Dual<T, 1>, 1>;

/// What [`check_grads`] checks, and how closely.
///
/// ```
/// use tangents::{CheckOptions, check_grads, random::Key};
///
/// let options = CheckOptions::order(1).step(1e-5).tolerances(1e-8, 1e-8).key(Key::new(137));
/// check_grads(|x| x[0].exp() * x[1], &[0.5, 2.0], options)?;
/// # Ok::<(), tangents::CheckError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckOptions {
    order: usize,
    step: Option<f64>,
    tolerances: Option<(f64, f64)>,
    key: Key,
}

impl CheckOptions {
    /// Checks the derivatives up to `order`, 1 or 2, with the default step and tolerances.
    pub fn order(order: usize) -> Self {
        Self { order, step: None, tolerances: None, key: Key::new(0) }
    }

    /// The step h of the central differences. By default 10⁻⁴ as in JAX, but ∛ε for types with an epsilon
    /// above 10⁻¹², for which 10⁻⁴ drowns in rounding: 0.0049 for `f32`.
    #[must_use]
    pub fn step(self, step: f64) -> Self {
        let step = Some(step);
        Self { step, ..self }
    }

    /// The absolute and the relative tolerance: `|AD − difference| ≤ atol + rtol·|difference|`. By default both
    /// are JAX's: 10⁻⁵ for `f64`, 2·10⁻³ for `f32`, 10⁻² for half precision, 10⁻¹ for coarser types.
    #[must_use]
    pub fn tolerances(self, atol: f64, rtol: f64) -> Self {
        let tolerances = Some((atol, rtol));
        Self { tolerances, ..self }
    }

    /// The key of the random directions; `Key::new(0)` by default.
    #[must_use]
    pub fn key(self, key: Key) -> Self {
        Self { key, ..self }
    }

    fn step_for<T: Real>(&self) -> T {
        T::lit(self.step.unwrap_or_else(|| match epsilon::<T>() {
            fine if fine < 1e-12 => 1e-4,
            coarse => Float::cbrt(coarse),
        }))
    }

    fn tolerances_for<T: Real>(&self) -> (f64, f64) {
        self.tolerances.unwrap_or_else(|| {
            let both = match epsilon::<T>() {
                epsilon if epsilon < 1e-12 => 1e-5,
                epsilon if epsilon < 1e-6 => 2e-3,
                epsilon if epsilon < 1e-3 => 1e-2,
                _ => 1e-1,
            };
            (both, both)
        })
    }
}

/// What [`check_grads`] has found right.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct CheckReport {
    /// The highest order checked.
    pub order: usize,
    /// How many derivatives were compared: components of the function's result times orders.
    pub comparisons: usize,
    /// The largest difference, as a fraction of its tolerance.
    pub worst: f64,
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { order, comparisons, worst } = self;
        write!(
            f,
            "derivatives to order {order} agree with finite differences ({comparisons} compared, the worst at \
             {:.0} % of its tolerance)",
            100.0 * worst
        )
    }
}

/// Why [`check_grads`] doesn't approve.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum CheckError {
    /// A derivative isn't what the finite difference says.
    Mismatch(Mismatch),
    /// This order can't be checked: it is neither 1 nor 2.
    Order(usize),
    /// The function returned results of different shapes.
    Shape(Error),
}

/// A derivative that isn't what the finite difference says, as numbers to act on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The order of the derivative.
    pub order: usize,
    /// The component of the function's result, counted in order from 0.
    pub component: usize,
    /// The derivative by duals, along the random direction (at order 2, along two).
    pub derivative: f64,
    /// The central difference.
    pub difference: f64,
    /// What the two may differ by.
    pub tolerance: f64,
    /// The step of the difference.
    pub step: f64,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { order, component, derivative, difference, tolerance, step } = self;
        write!(
            f,
            "derivative of order {order} of component {component}: {derivative} by duals, {difference} by finite \
             differences of step {step:e}; they differ by {:e}, more than the tolerance {tolerance:e}",
            (derivative - difference).abs()
        )
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch(mismatch) => mismatch.fmt(f),
            Self::Order(order) => write!(f, "order {order} can't be checked, only 1 and 2"),
            Self::Shape(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for CheckError {}

impl From<Error> for CheckError {
    fn from(error: Error) -> Self {
        Self::Shape(error)
    }
}

/// Checks the derivatives of `f` at `x` against central differences, along random directions: JAX's
/// `check_grads` in forward mode.
///
/// At order 1 the derivative `J·u` is compared with `(f(x + hu) − f(x − hu)) / 2h`, at order 2 `uᵀ·H·v` with
/// `(J(x + hv)·u − J(x − hv)·u) / 2h`, for every component of `f`'s result. The components of u and v are
/// uniform on [−1, 1). Two equal infinities agree, and so do two NaNs, as in JAX.
///
/// The tolerances are JAX's, but for its factor of the number of components: they don't widen with the result.
///
/// A rule that is wrong in a few of many coordinates moves `J·u` little; a wrong rule of relative size below
/// the tolerance isn't seen.
///
/// Cost: 3 evaluations of `f` at order 1, 5 at order 2, on twice nested numbers with one lane.
///
/// # Errors
///
/// [`CheckError::Mismatch`] with order, component, both values, tolerance and step;
/// [`CheckError::Order`] if the order is neither 1 nor 2; [`CheckError::Shape`] if `f` returns vectors of
/// different lengths.
///
/// ```
/// use tangents::{CheckError, CheckOptions, Dual, Real, check_grads};
///
/// let x = [2.4, 3.6];
/// assert!(check_grads(|x| x[0] * x[1].sin(), &x, CheckOptions::order(2)).is_ok());
///
/// /// A rule of one's own, with the sign forgotten.
/// fn cos<T: Real>(x: Dual<T, 1>) -> Dual<T, 1> {
///     x.chain(x.re.cos(), x.re.sin())
/// }
/// let verdict = check_grads(|x| x[0] * cos(x[1]), &x, CheckOptions::order(1));
/// assert!(matches!(verdict, Err(CheckError::Mismatch(_))));
/// ```
pub fn check_grads<X, F, R>(f: F, x: &X, options: CheckOptions) -> Result<CheckReport, CheckError>
where
    X: Point + ?Sized,
    F: Fn(&X::Argument<Dual2<X::Scalar>>) -> R,
    R: Output<Leaf = Dual2<X::Scalar>>,
{
    if !matches!(options.order, 1 | 2) {
        return Err(CheckError::Order(options.order));
    }
    let step = options.step_for::<X::Scalar>();
    let [u, v] = options.key.split().map(|key| line(key, x.dim(), step));
    let mut comparison = Comparison {
        step,
        tolerances: options.tolerances_for::<X::Scalar>(),
        report: CheckReport { order: options.order, comparisons: 0, worst: 0.0 },
    };

    // The first direction is in the outer lane: a rule given by `chain` acts on that lane, while the inner one
    // sees only the arithmetic by which the rule's value and slope were computed.
    let lift = |value, u: X::Scalar, v: X::Scalar| Dual::new(Dual::new(value, [v]), [Dual::constant(u)]);
    let zero = X::Scalar::zero();
    let y = evaluate(&f, x, |i, x| lift(x, u(i, x).tangent, v(i, x).tangent));
    let above = evaluate(&f, x, |i, x| lift(u(i, x).above, zero, zero));
    let below = evaluate(&f, x, |i, x| lift(u(i, x).below, zero, zero));
    comparison.compare(1, (&y, |y| y.eps[0].re), (&above, &below, |y| y.re.re))?;

    if options.order == 2 {
        let above = evaluate(&f, x, |i, x| lift(v(i, x).above, u(i, x).tangent, zero));
        let below = evaluate(&f, x, |i, x| lift(v(i, x).below, u(i, x).tangent, zero));
        comparison.compare(2, (&y, |y| y.eps[0].eps[0]), (&above, &below, |y| y.eps[0].re))?;
    }
    Ok(comparison.report)
}

/// A coordinate on a line through the point, a step to either side of it.
struct OnLine<T> {
    above: T,
    below: T,
    /// `(above − below) / 2h`: the direction as the rounded coordinates have it. With the direction as it was
    /// drawn, the rounding of `x ± h·v` would be taken for an error of the derivative.
    tangent: T,
}

/// The line through a point of `n` coordinates in a random direction, by index and coordinate.
fn line<T: Real>(key: Key, n: usize, step: T) -> impl Fn(usize, T) -> OnLine<T> {
    let unit = StandardUniform.elements(key, n as u64);
    move |i, x| {
        let fraction: f64 = unit.at(i as u64);
        let h = step * T::lit(2.0 * fraction - 1.0);
        let (above, below) = (x + h, x - h);
        OnLine { above, below, tangent: (above - below) / (step + step) }
    }
}

/// `f` at the point that `lift` makes of the coordinates of `x`.
fn evaluate<X: Point + ?Sized, D, R>(
    f: impl Fn(&X::Argument<D>) -> R,
    x: &X,
    lift: impl Fn(usize, X::Scalar) -> D,
) -> R {
    let mut indices = 0..;
    let lifted = x.map(|x_i| lift(indices.next().unwrap_or(0), x_i));
    f(X::argument(&lifted))
}

/// Compares component by component and keeps the account.
struct Comparison<T> {
    step: T,
    tolerances: (f64, f64),
    report: CheckReport,
}

impl<T: Real> Comparison<T> {
    /// Compares what `of_y` reads from `y` with the difference of what `of_sides` reads above and below.
    fn compare<R: Output>(
        &mut self,
        order: usize,
        (y, of_y): (&R, fn(&R::Leaf) -> T),
        (above, below, of_sides): (&R, &R, fn(&R::Leaf) -> T),
    ) -> Result<(), CheckError> {
        // (above, below) of each component, in the container of the result.
        let mut sides = y.map(&mut |_| (T::zero(), T::zero()));
        above.zip(&mut sides, &mut |y, sides| sides.0 = of_sides(y))?;
        below.zip(&mut sides, &mut |y, sides| sides.1 = of_sides(y))?;

        let (mut component, mut verdict) = (0, Ok(()));
        y.zip(&mut sides, &mut |y, &mut (above, below)| {
            // Equal infinities differ by nothing.
            let rise = if above == below { T::zero() } else { above - below };
            let difference = rise / (self.step + self.step);
            let compared = self.component(order, component, of_y(y), difference);
            verdict = verdict.and(compared);
            component += 1;
        })?;
        verdict
    }

    fn component(
        &mut self,
        order: usize,
        component: usize,
        derivative: T,
        difference: T,
    ) -> Result<(), CheckError> {
        let in_f64 = |x: T| x.to_f64().unwrap_or(f64::NAN);
        let (derivative, difference) = (in_f64(derivative), in_f64(difference));
        let (atol, rtol) = self.tolerances;
        let tolerance = atol + rtol * difference.abs();

        self.report.comparisons += 1;
        if derivative == difference || (derivative.is_nan() && difference.is_nan()) {
            return Ok(());
        }
        // Written so that a NaN on one side only is a mismatch.
        let distance = (derivative - difference).abs();
        if distance <= tolerance {
            self.report.worst = self.report.worst.max(distance / tolerance);
            return Ok(());
        }
        Err(CheckError::Mismatch(Mismatch {
            order,
            component,
            derivative,
            difference,
            tolerance,
            step: in_f64(self.step),
        }))
    }
}

/// The distance from 1 to the next number of `T`.
fn epsilon<T: Real>() -> f64 {
    T::epsilon().to_f64().unwrap_or(f64::EPSILON)
}
