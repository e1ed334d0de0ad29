//! Solutions with derivatives as a user asks for them: [`Implicit`].

use core::convert::Infallible;

use super::dense::{Dense, solved_within};
use super::equations::{Equations, Minimum, Of};
use super::error::ImplicitError;
use super::linear::Linear;
use crate::drive::{Argument, Point};
use crate::number::over::{Over, Work};
use crate::rules::Number;

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
///
/// `L` is how the linear systems of the derivatives are solved: by dense factors, unless it's said otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Implicit<E, L = Dense> {
    pub(super) equations: E,
    #[cfg_attr(not(feature = "alloc"), allow(dead_code))]
    pub(super) linear: L,
    pub(super) tolerance: Option<f64>,
    pub(super) absolute: f64,
}

impl<E: Equations> Implicit<E> {
    pub(super) fn new(equations: E) -> Self {
        Self { equations, linear: Dense, tolerance: None, absolute: 0.0 }
    }
}

impl<E: Equations, L> Implicit<E, L> {
    /// The same with another linear solver.
    #[cfg(feature = "alloc")]
    pub(super) fn with_linear<M>(self, linear: M) -> Implicit<E, M> {
        let Self { equations, tolerance, absolute, .. } = self;
        Implicit { equations, linear, tolerance, absolute }
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
    ) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error, L::Error>>
    where
        L: Linear<E>,
        X: Point<Family = E::Parameters> + ?Sized,
        Y: Outcome<Of<E::Unknowns, f64>>,
    {
        X::Scalar::on_plain(Solving { of: self, p, solve })
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
        X::Scalar::on_plain(SolvingWithin { of: self, p, solve, bounds: [lower, upper] })
    }
}

/// A solver's work, and what follows it.
struct Solving<'a, E, L, X: ?Sized, S> {
    of: &'a Implicit<E, L>,
    p: &'a X,
    solve: S,
}

impl<E, L, X, S, Y> Work<X::Scalar> for Solving<'_, E, L, X, S>
where
    E: Equations,
    L: Linear<E>,
    X: Point<Family = E::Parameters> + ?Sized,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<E::Unknowns, f64>>,
{
    type Output = Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error, L::Error>>;

    #[inline]
    #[track_caller]
    fn run<P: Number, D>(self) -> Self::Output
    where
        X::Scalar: Over<P, D>,
    {
        L::solved::<X, S, Y, P, D>(self.of, self.p, self.solve)
    }
}

/// The same within bounds.
struct SolvingWithin<'a, E: Equations, X: Point + ?Sized, S> {
    of: &'a Implicit<E>,
    p: &'a X,
    solve: S,
    bounds: [&'a Of<E::Unknowns, X::Scalar>; 2],
}

impl<E, X, S, Y> Work<X::Scalar> for SolvingWithin<'_, E, X, S>
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
        solved_within::<E, X, S, Y, P, D>(self.of, self.p, self.solve, Some(self.bounds))
    }
}
