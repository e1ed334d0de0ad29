//! Patterns, found by running a function once on numbers that know which variables they depend on.
//!
//! A [`Tracer`](number::Tracer) is the value that the function computes anyway, so that its loops end and its branches are those
//! of the value, and a handle to a [set](sets) of variables in a store of the [run](run). An operation computes the value and
//! makes a handle: of a sum the union of both sets, of a constant none. Of the results the sets are the rows of the Jacobian's
//! pattern. For the Hessian's an operation that isn't linear records which sets [interact](pairs), of a product the one factor's
//! with the other's; the pairs of variables in them are the pattern.
//!
//! # Choices
//!
//! Pairs are kept of the whole run and not by number, as in the *shared* Hessian tracer of `SparseConnectivityTracer.jl`: a number
//! stays small, an operation that is linear costs nothing for second order, and pairs that never reach the result are the price.
//! A set is a sorted run of words, or a join of two sets where that saves words without costing more than twice the time to read:
//! [`sets`] has the argument. Bit sets would take n/8 bytes for each partial sum of a long sum, n²/8 for all.

mod number;
mod pairs;
mod run;
mod sets;
mod special;

use self::number::Tracer;
use self::run::{Dependence, Holds, Running};
use super::{Pattern, Question};
use crate::drive::containers::each;
use crate::drive::sweeps::lifted::Held;
use crate::function::{At, Function, Returned};

/// The patterns of a function's first and second derivatives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Patterns {
    /// The pattern of the Jacobian: a row for each number of the result, a column for each coordinate of the point.
    pub jacobian: Pattern,
    /// The pattern of the Hessian, or of the sum of all results' Hessians: a row and a column for each coordinate.
    pub hessian: Pattern,
}

/// The patterns of Jacobian and Hessian that hold at every point of the shape of `x`, from one run of `f`.
///
/// They are those of [`jacobian_pattern`](Function::jacobian_pattern) and [`hessian_pattern`](Function::hessian_pattern).
///
/// # Errors
///
/// [`Question`] if `f` asks something whose answer may differ from point to point.
///
/// ```
/// use tangents::{lambda, sparse};
///
/// let f = lambda!(|x: [f64]| -> Vec<f64> { vec![x[0] * x[1], x[1] + x[2].exp()] });
/// let patterns = sparse::patterns(&f, &[1.0, 2.0, 3.0])?;
/// assert_eq!(patterns.jacobian.to_string(), "××·\n·××\n");
/// assert_eq!(patterns.hessian.to_string(), "·×·\n×··\n··×\n");
/// # Ok::<(), tangents::sparse::Question>(())
/// ```
pub fn patterns<F, X>(f: &F, x: &X) -> Result<Patterns, Question>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    Traced::new(f, x, Holds::Everywhere, true).everywhere(Traced::both)
}

/// The patterns of Jacobian and Hessian that hold at `x`, from one run of `f`.
///
/// They are those of [`jacobian_pattern_at`](Function::jacobian_pattern_at) and
/// [`hessian_pattern_at`](Function::hessian_pattern_at).
///
/// ```
/// use tangents::{lambda, sparse};
///
/// let f = lambda!(|x: [f64]| -> f64 { if x[0] > T::zero() { x[0] * x[1] } else { x[2] } });
/// let patterns = sparse::patterns_at(&f, &[1.0, 2.0, 3.0]);
/// assert_eq!(patterns.jacobian.to_string(), "××·\n");
/// assert_eq!(patterns.hessian.to_string(), "·×·\n×··\n···\n");
/// ```
pub fn patterns_at<F, X>(f: &F, x: &X) -> Patterns
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    Traced::new(f, x, Holds::Here, true).both()
}

/// [`Function::jacobian_pattern`]
pub(crate) fn jacobian_pattern<F, X>(f: &F, x: &X) -> Result<Pattern, Question>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    Traced::new(f, x, Holds::Everywhere, false).everywhere(Traced::jacobian)
}

/// [`Function::jacobian_pattern_at`]
pub(crate) fn jacobian_pattern_at<F, X>(f: &F, x: &X) -> Pattern
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    Traced::new(f, x, Holds::Here, false).jacobian()
}

/// [`Function::questions`]
pub(crate) fn questions<F, X>(f: &F, x: &X) -> Vec<Question>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    Traced::new(f, x, Holds::Everywhere, false).running.questions()
}

/// [`Function::hessian_pattern`]
pub(crate) fn hessian_pattern<F, X>(f: &F, x: &X) -> Result<Pattern, Question>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    Traced::new(f, x, Holds::Everywhere, true).everywhere(Traced::hessian)
}

/// [`Function::hessian_pattern_at`]
pub(crate) fn hessian_pattern_at<F, X>(f: &F, x: &X) -> Pattern
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    Traced::new(f, x, Holds::Here, true).hessian()
}

/// A run whose function has returned and whose store is still there.
struct Traced {
    running: Running,
    /// The number of variables.
    variables: usize,
    /// What each number of the result depends on.
    results: Vec<Dependence>,
}

impl Traced {
    fn new<F, X>(f: &F, x: &X, holds: Holds, pairs: bool) -> Self
    where
        F: Function + ?Sized,
        X: At<F::From> + ?Sized,
    {
        let running = Running::begin(holds, pairs);
        let mut variables = 0;
        let variable = |re| {
            let on = running.variable(variables);
            variables += 1;
            Tracer { re, on }
        };
        let lifted = Held::lift(x, variable, Tracer::constant);
        let mut results = Vec::new();
        each(&Returned::<F::To, _>(f.call(X::argument(&lifted))), |y| results.push(running.own(y.on)));
        Self { running, variables, results }
    }

    /// What `pattern` makes of the run, if no question was asked.
    fn everywhere<P>(&self, pattern: impl FnOnce(&Self) -> P) -> Result<P, Question> {
        match self.running.questions().first() {
            Some(&question) => Err(question),
            None => Ok(pattern(self)),
        }
    }

    fn jacobian(&self) -> Pattern {
        let (indptr, indices) = self.running.rows(&self.results);
        Pattern::from_parts(self.variables, indptr, indices)
    }

    fn hessian(&self) -> Pattern {
        let (indptr, indices) = self.running.pairs(self.variables);
        Pattern::from_parts(self.variables, indptr, indices)
    }

    fn both(&self) -> Patterns {
        Patterns { jacobian: self.jacobian(), hessian: self.hessian() }
    }
}
