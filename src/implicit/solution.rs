//! The solution on the parameters' own number: the solver's value, and derivatives by the equations.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::any::TypeId;
#[cfg(feature = "alloc")]
use core::cell::{Cell, RefCell};
use core::convert::Infallible;

use num_traits::ToPrimitive;

use super::bounds::Bounds;
use super::equations::{
    Equations, Minimum, Of, Place, chunks, container, count, enumerate, lift, on_lanes, variable,
};
use super::error::ImplicitError;
use super::factors::{Factors, larger};
use super::memory::Memory;
use crate::drive::sweeps::nesting::Running;
use crate::drive::{Argument, Family, Point};
use crate::function::fastest;
use crate::number::Dual;
use crate::number::inspect::is_left;
#[cfg(feature = "alloc")]
use crate::number::inspect::is_primitive;
use crate::number::on::{self, FloatOf};
use crate::number::over::{Over, Work};
use crate::rules::Number;
#[cfg(feature = "alloc")]
use crate::rules::VectorRule;

/// What a solver returns: the solution, or a `Result` of it.
///
/// It can't be implemented elsewhere.
#[diagnostic::on_unimplemented(
    message = "the solver must return plain numbers in the container of the unknowns, or a `Result` of them; it returns `{Self}`",
    label = "not plain unknowns",
    note = "a solver computes with its own argument, which has the parameters' values as `f64`, and not with variables from outside"
)]
pub trait Outcome<S>: sealed::Sealed<S> {
    /// The solver's error.
    type Error;

    #[doc(hidden)]
    fn into_result(self) -> Result<S, Self::Error>;
}

mod sealed {
    pub trait Sealed<S> {}
    impl<S> Sealed<S> for S {}
    impl<S, E> Sealed<S> for Result<S, E> {}
}

impl<S> Outcome<S> for S {
    type Error = Infallible;

    #[inline]
    fn into_result(self) -> Result<S, Infallible> {
        Ok(self)
    }
}

impl<S, E> Outcome<S> for Result<S, E> {
    type Error = E;

    #[inline]
    fn into_result(self) -> Self {
        self
    }
}

/// Equations whose solutions are differentiated: what [`root`](super::root), [`fixed_point`](super::fixed_point),
/// [`minimum`](super::minimum) and [`least_squares`](super::least_squares) return.
#[derive(Clone, Copy, Debug)]
pub struct Implicit<E> {
    equations: E,
    tolerance: Option<f64>,
    absolute: f64,
}

impl<E: Equations> Implicit<E> {
    pub(super) fn new(equations: E) -> Self {
        Self { equations, tolerance: None, absolute: 0.0 }
    }

    /// The same with another tolerance than 10⁻⁶, or 10⁻³ in `f32`: the largest step of Newton's method, relative to the largest unknown, that may be left
    /// to do at the solution.
    ///
    /// Derivatives are about as accurate as the solution.
    ///
    /// ```
    /// use tangents::implicit::{self, ImplicitError};
    /// use tangents::{Dual, lambda};
    ///
    /// let root = implicit::root(lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 }));
    /// let p = Dual::<f64, 1>::variable(4.0, 0);
    /// assert!(matches!(root.at(&p, |_| 2.01), Err(ImplicitError::Unsolved { .. })));
    /// assert!((root.tolerance(0.01).at(&p, |_| 2.01).unwrap().eps[0] - 0.25).abs() < 0.01 * 0.25);
    /// ```
    pub fn tolerance(self, relative: f64) -> Self {
        Self { tolerance: Some(relative), ..self }
    }

    /// The same with a step that may be left however small the unknowns are, 0 if nothing is said; the relative tolerance is added to it.
    ///
    /// It is for solutions near 0, in the unknowns' unit.
    ///
    /// ```
    /// use tangents::{Dual, implicit, lambda};
    ///
    /// // Bisection ends at 10⁻¹², not at 0.
    /// let root = implicit::root(lambda!(|z: (f64, f64)| -> f64 { z.0.sin() - z.1 }));
    /// let p = Dual::<f64, 1>::variable(0.0, 0);
    /// assert!(root.at(&p, |_| 1e-12).is_err());
    /// assert_eq!(root.absolute_tolerance(1e-9).at(&p, |_| 1e-12).unwrap().eps, [1.0]);
    /// ```
    pub fn absolute_tolerance(self, absolute: f64) -> Self {
        Self { absolute, ..self }
    }

    /// The solution at the parameters `p`, with the derivatives that follow from theirs.
    ///
    /// `solve` gets the values of the parameters, as a function value gets its argument, and is called once. It returns the
    /// container of the unknowns, or a `Result` of it. What is in the container and isn't an unknown, as the fixed fields of a
    /// structure, is a constant in the result. Parameters that aren't differentiated pass to the equations as they are.
    ///
    /// # Errors
    ///
    /// [`ImplicitError::Solver`] with the solver's error. The others come only where derivatives are asked for; the [module](super) says
    /// what is refused.
    ///
    /// # Panics
    ///
    /// In debug builds, if the equations take in a variable of a call around this one on numbers that the Jacobian is
    /// computed on.
    #[track_caller]
    pub fn at<X, Y>(
        &self,
        p: &X,
        solve: impl FnOnce(&Argument<X, f64>) -> Y,
    ) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error>>
    where
        X: Point<Family = E::Parameters> + ?Sized,
        Y: Outcome<Of<E::Unknowns, f64>>,
    {
        X::Scalar::on_plain(Solving { of: self, p, solve, bounds: None })
    }
}

impl<F> Implicit<Minimum<F>>
where
    Minimum<F>: Equations,
{
    /// The minimum within the bounds `lower ≤ x ≤ upper`, with the derivatives that follow from those of the parameters and the bounds.
    ///
    /// An unknown at a bound stays there: its derivatives are the bound's, those of a constant if that is one. The others are the
    /// minimum for it where it is. An unknown is at a bound if the solver returns the bound's value, or what is beyond it by less than
    /// the tolerance; infinite bounds are none. Where lower and upper bound agree the unknown is held.
    ///
    /// # Errors
    ///
    /// Those of [`at`](Self::at), and
    ///
    /// - [`ImplicitError::OutOfBounds`] for an unknown outside of its bounds, or whose bounds have nothing between them;
    /// - [`ImplicitError::Unsolved`] for one at a bound, where the objective falls away from the bound;
    /// - [`ImplicitError::WeaklyActive`] for one at a bound at which the minimum would be without the bound too, up to the tolerance. There
    ///   the derivatives on the two sides differ.
    ///
    /// Source: Fiacco, *Introduction to Sensitivity and Stability Analysis in Nonlinear Programming*, 1983, theorem 3.2.2: strict
    /// complementarity and a positive definite Hessian in what is free.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// use tangents::{Number, implicit, jacobian, lambda};
    ///
    /// // The point nearest to (p₀, p₁) with x₁ ≤ p₂, by a metric that isn't diagonal.
    /// fn nearest<T: Number>(p: &[T]) -> [T; 2] {
    ///     let f = lambda!(|z: ([f64; 2], Vec<f64>)| -> f64 {
    ///         let (x, p) = z;
    ///         let d = [x[0] - p[0], x[1] - p[1]];
    ///         d[0] * d[0] + d[0] * d[1] + d[1] * d[1]
    ///     });
    ///     let solve = |p: &[f64]| if p[1] <= p[2] { [p[0], p[1]] } else { [p[0] + (p[1] - p[2]) / 2.0, p[2]] };
    ///     let none = T::infinity();
    ///     implicit::minimum(f).at_within(p, &[-none, -none], &[none, p[2]], solve).unwrap()
    /// }
    ///
    /// assert_eq!(jacobian(nearest, &[1.0, 2.0, 3.0]), [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
    /// assert_eq!(jacobian(nearest, &[1.0, 2.0, 1.0]), [[1.0, 0.5, -0.5], [0.0, 0.0, 1.0]]);
    /// # }
    /// ```
    #[track_caller]
    pub fn at_within<X, Y>(
        &self,
        p: &X,
        lower: &Of<<Minimum<F> as Equations>::Unknowns, X::Scalar>,
        upper: &Of<<Minimum<F> as Equations>::Unknowns, X::Scalar>,
        solve: impl FnOnce(&Argument<X, f64>) -> Y,
    ) -> Result<Of<<Minimum<F> as Equations>::Unknowns, X::Scalar>, ImplicitError<Y::Error>>
    where
        X: Point<Family = <Minimum<F> as Equations>::Parameters> + ?Sized,
        Y: Outcome<Of<<Minimum<F> as Equations>::Unknowns, f64>>,
    {
        X::Scalar::on_plain(Solving { of: self, p, solve, bounds: Some([lower, upper]) })
    }
}

/// A solver's work, and what follows it.
struct Solving<'a, E: Equations, X: Point + ?Sized, S> {
    of: &'a Implicit<E>,
    p: &'a X,
    solve: S,
    bounds: Option<[&'a Of<E::Unknowns, X::Scalar>; 2]>,
}

impl<E, X, S, Y> Work<X::Scalar> for Solving<'_, E, X, S>
where
    E: Equations,
    X: Point<Family = E::Parameters> + ?Sized,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<E::Unknowns, f64>>,
{
    type Output = Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error>>;

    #[inline]
    #[track_caller]
    fn run<P: Number, D>(self) -> Self::Output
    where
        X::Scalar: Over<P, D>,
    {
        on_lanes!(E::Unknowns, solved::<W, E, X, S, Y, P, D>(self))
    }
}

/// The work on plain numbers `P`, with memory for `W` unknowns on the stack, and numbers of as many lanes.
#[track_caller]
fn solved<const W: usize, E, X, S, Y, P, D>(
    solving: Solving<'_, E, X, S>,
) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error>>
where
    E: Equations,
    X: Point<Family = E::Parameters, Scalar: Over<P, D>> + ?Sized,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<E::Unknowns, f64>>,
    P: Number,
{
    let Solving { of: Implicit { equations, tolerance, absolute }, p, solve, bounds } = solving;
    let (solution, x) = found::<W, E::Unknowns, X, P, D, _, _>(p, solve)?;
    if X::Scalar::ORDER == 0 || x.is_empty() {
        return Ok(container::<E::Unknowns, _>(&solution, |i| Over::of_value(x[i])));
    }

    let n = x.len();
    let (mut factors, mut left) = (Factors::<P, W>::new(n), Memory::<P, W>::filled(P::zero(), n));
    let plain = p.lift(&mut |p| p.value(), &mut |p| p.value());
    let linearizing = Linearizing {
        equations,
        solution: &solution,
        parameters: &plain,
        x: &x,
        factors: &mut factors,
        left: &mut left,
        factorize: bounds.is_none(),
    };
    {
        let _running = Running::on([TypeId::of::<Dual<P, W>>()], || linearizing.is_confused());
        fastest::<P, _>(n, linearizing).map_err(ImplicitError::of_any_solver)?;
    }
    let tolerance = tolerance.map_or_else(default_tolerance, P::lit);
    let largest = tolerance * x.iter().fold(P::zero(), |size, &x| larger(size, x.abs())) + P::lit(*absolute);
    let mut y = Memory::<X::Scalar, W>::filled(Over::of_value(P::zero()), n);
    for (y, &x) in y.iter_mut().zip(&*x) {
        *y = Over::of_value(x);
    }
    let mut held = Memory::<bool, W>::filled(false, n);
    if let Some(bounds) = bounds {
        let bounds = Bounds::<_, W>::new::<E::Unknowns, _>(bounds, n)?;
        bounds.hold(&x, largest, &mut factors, &mut left, |i, bound| {
            held[i] = true;
            y[i] = bound.with_plain(x[i]);
        })?;
        factorized::<E, P, W>(&mut factors).map_err(ImplicitError::of_any_solver)?;
    }
    let parameters = p.lift(&mut |&p| p, &mut |&p| p);
    let place = Place { solution: &solution, unknowns: n, parameters };
    let mut rest = Memory::<X::Scalar, W>::filled(Over::of_value(P::zero()), n);
    let (y, rest, x, held, left) = (&mut *y, &mut *rest, &*x, &*held, &*left);
    for order in 1..=X::Scalar::ORDER {
        equations.each(&place, |i| y[i], |i, left| rest[i] = left);
        for (i, rest) in rest.iter_mut().enumerate() {
            *rest = if held[i] { Over::of_value(P::zero()) } else { rest.of_order(order) };
            if order == 1 {
                // What is left of the plain equations goes with it: a step of Newton's method.
                *rest = rest.with_plain(left[i]);
            }
        }
        factors.solve(rest);
        if order == 1 {
            check_step(rest.iter().map(|step| step.value().abs()), largest)?;
        }
        for (i, (y, &rest)) in y.iter_mut().zip(&*rest).enumerate() {
            *y = (*y - rest).with_plain(x[i]);
        }
    }
    Ok(container::<E::Unknowns, _>(&solution, |i| y[i]))
}

/// That the unknowns' steps are small.
fn check_step<P: Number, F>(steps: impl Iterator<Item = P>, largest: P) -> Result<(), ImplicitError<F>> {
    let is_large = |(_, step): &(usize, P)| step.is_nan() || *step > largest;
    match steps.enumerate().find(is_large) {
        Some((unknown, step)) => Err(unsolved(unknown, step, largest)),
        None => Ok(()),
    }
}

/// The tolerance if none is given.
pub(crate) fn default_tolerance<P: Number>() -> P {
    P::lit(if P::epsilon() < P::lit(1e-12) { 1e-6 } else { 1e-3 })
}

/// The solution in its container, and its unknowns as plain numbers.
fn found<const W: usize, U, X, P, D, S, Y>(
    p: &X,
    solve: S,
) -> Result<(Of<U, f64>, Memory<P, W>), ImplicitError<Y::Error>>
where
    U: Family,
    X: Point<Scalar: Over<P, D>> + ?Sized,
    P: Number,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<U, f64>>,
{
    #[cfg(feature = "alloc")]
    if !is_primitive::<P>() {
        return found_by_rule::<W, U, X, P, D, S, Y>(p, solve);
    }
    let plain = |p: &X::Scalar| p.to_f64().unwrap_or(f64::NAN);
    let at = p.lift(&mut |p| plain(p), &mut |p| plain(p));
    let solution = solve(X::argument(&at)).into_result().map_err(ImplicitError::Solver)?;
    let unknowns = count::<U, f64>(&solution);
    if cfg!(not(feature = "alloc")) && unknowns > W {
        return Err(ImplicitError::TooMany { unknowns, largest: W });
    }
    let mut x = Memory::filled(P::zero(), unknowns);
    enumerate::<U, f64>(&solution, |i, found| x[i] = P::lit(found));
    Ok((solution, x))
}

/// The same as a rule of the number: one that isn't the CPU's may know more than its value, as what it depends on.
#[cfg(feature = "alloc")]
fn found_by_rule<const W: usize, U, X, P, D, S, Y>(
    p: &X,
    solve: S,
) -> Result<(Of<U, f64>, Memory<P, W>), ImplicitError<Y::Error>>
where
    U: Family,
    X: Point<Scalar: Over<P, D>> + ?Sized,
    P: Number,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<U, f64>>,
{
    struct Solver<'a, U: Family, X: ?Sized, S, Y: Outcome<Of<U, f64>>> {
        p: &'a X,
        solve: Cell<Option<S>>,
        found: RefCell<Option<Result<Of<U, f64>, Y::Error>>>,
    }

    impl<U, X, S, Y> VectorRule for Solver<'_, U, X, S, Y>
    where
        U: Family,
        X: Point + ?Sized,
        S: FnOnce(&Argument<X, f64>) -> Y,
        Y: Outcome<Of<U, f64>>,
    {
        fn value<T: Number>(&self, parameters: &[T]) -> Vec<T> {
            let next = Cell::new(0);
            let plain = |_: &X::Scalar| {
                let i = next.replace(next.get() + 1);
                parameters[i].to_f64().unwrap_or(f64::NAN)
            };
            let at = self.p.lift(&mut |p| plain(p), &mut |p| plain(p));
            let Some(solve) = self.solve.take() else { unreachable!("a rule is run once on plain numbers") };
            let found = solve(X::argument(&at)).into_result();
            let mut x = Vec::new();
            if let Ok(found) = &found {
                enumerate::<U, f64>(found, |_, found| x.push(T::lit(found)));
            }
            self.found.replace(Some(found));
            x
        }

        fn jvp<T: Number>(&self, _: &[T], _: &[T]) -> Vec<T> {
            unreachable!("a plain number has no derivatives")
        }
    }

    let parameters = RefCell::new(Vec::new());
    let push = |p: &X::Scalar| parameters.borrow_mut().push(p.value());
    p.lift(&mut |p| push(p), &mut |p| push(p));
    let rule = Solver::<U, X, S, Y> { p, solve: Cell::new(Some(solve)), found: RefCell::new(None) };
    let found = P::apply_vector(&parameters.into_inner(), &rule);
    let Some(solution) = rule.found.into_inner() else { unreachable!("the rule has been run") };
    let solution = solution.map_err(ImplicitError::Solver)?;
    let mut x = Memory::filled(P::zero(), found.len());
    x.copy_from_slice(&found);
    Ok((solution, x))
}

/// The plain part of the work: the Jacobian of the equations in the unknowns, and their left sides.
struct Linearizing<'a, E: Equations, P, const W: usize> {
    equations: &'a E,
    solution: &'a Of<E::Unknowns, f64>,
    parameters: &'a Of<E::Parameters, P>,
    x: &'a [P],
    factors: &'a mut Factors<P, W>,
    left: &'a mut [P],
    /// Whether the Jacobian is to be factorized too.
    factorize: bool,
}

impl<E: Equations, P: Number, const W: usize> Linearizing<'_, E, P, W> {
    /// Whether the equations take in a variable of the type that the Jacobian's numbers have.
    fn is_confused(&self) -> bool {
        let parameters = lift::<E::Parameters, _, _>(self.parameters, Dual::<P, W>::constant);
        let place = Place { solution: self.solution, unknowns: self.x.len(), parameters };
        let mut is_confused = false;
        let left = |_, y: Dual<P, W>| is_confused |= is_left(y.re, y.eps);
        self.equations.each(&place, |i| Dual::constant(self.x[i]), left);
        is_confused
    }
}

impl<E: Equations, P: Number, const W: usize> on::Work<P> for Linearizing<'_, E, P, W> {
    type Output = Result<(), ImplicitError<Infallible>>;

    // Its one caller is compiled for an instruction set.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<P>>(self) -> Self::Output {
        let Self { equations, solution, parameters, x, factors, left, factorize } = self;
        let n = x.len();
        let parameters = lift::<E::Parameters, _, _>(parameters, |p| Dual::<V, W>::constant(V::of(p)));
        let place = Place { solution, unknowns: n, parameters };
        for chunk in chunks(n, W) {
            let mut count = 0;
            let write = |i, y: Dual<V, W>| {
                count += 1;
                if i < n {
                    left[i] = y.re.plain();
                    factors.write(i, &chunk, V::plain_array(&y.eps));
                }
            };
            equations.each(&place, |i| variable(V::of(x[i]), i, &chunk), write);
            if count != n {
                return Err(ImplicitError::Shape { unknowns: n, equations: count });
            }
        }
        let not_finite = left.iter().position(|left| !left.is_finite()).or_else(|| factors.not_finite());
        if let Some(equation) = not_finite {
            return Err(ImplicitError::NotFinite { equation });
        }
        if factorize { factorized::<E, P, W>(factors) } else { Ok(()) }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn factorized<E: Equations, P: Number, const W: usize>(
    factors: &mut Factors<P, W>,
) -> Result<(), ImplicitError<Infallible>> {
    if E::OF_A_MINIMUM {
        factors.positive_definite().map_err(|unknown| ImplicitError::NoMinimum { unknown })
    } else {
        factors.pivoted().map_err(|unknown| ImplicitError::Singular { unknown })
    }
}

pub(super) fn unsolved<P: Number, F>(unknown: usize, step: P, largest: P) -> ImplicitError<F> {
    let plain = |x: P| x.to_f64().unwrap_or(f64::NAN);
    ImplicitError::Unsolved { unknown, step: plain(step), largest: plain(largest) }
}
