//! Problems of `diffsol`: right-hand side, Jacobians, sensitivities, events and sparsity from functions that are written once.
//!
//! `diffsol` solves stiff equations, and equations with a mass matrix, with sensitivities if it's given products with two Jacobians, which
//! it takes as closures, or from its own language through LLVM. Here they come from a [`Function`] of the state, the parameters and
//! the time, on stable Rust.
//!
//! ```
//! use diffsol::{NalgebraLU, NalgebraMat, OdeBuilder, SensitivitiesOdeSolverMethod, DenseMatrix};
//! use tangents::interop::diffsol::Equations;
//! use tangents::lambda;
//!
//! // Robertson's reactions: y′ = f(y, k, t).
//! let reactions = lambda!(|z: ([f64; 3], [f64; 3], f64)| -> [f64; 3] {
//!     let (y, k, _) = z;
//!     let (slow, back, fast) = (k[0] * y[0], k[1] * y[1] * y[2], k[2] * y[1] * y[1]);
//!     [back - slow, slow - back - fast, fast]
//! });
//! let start = lambda!(|z: ([f64; 3], f64)| -> [f64; 3] { let _ = z; [T::one(), T::zero(), T::zero()] });
//!
//! let builder = OdeBuilder::<NalgebraMat<f64>>::new().rtol(1e-8).atol([1e-10]).sens_rtol(1e-8).sens_atol([1e-10]);
//! let problem = Equations::new(reactions, start, [0.04, 1e4, 3e7]).problem(builder)?;
//! let mut solver = problem.bdf_sens::<NalgebraLU<f64>>()?;
//! let (y, sensitivities, _) = solver.solve_dense_sensitivities(&[0.4])?;
//! assert!((y.get_index(0, 0) - 0.985172113861).abs() < 1e-6);
//! assert!((sensitivities[0].get_index(0, 0) + 0.355952565983).abs() < 1e-5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Sparse matrices
//!
//! With a sparse matrix, as `OdeBuilder::<FaerSparseMat<f64>>`, the Jacobians' patterns are found by [running the
//! function](Function::jacobian_pattern) once on numbers that know what they depend on. So they hold for every state, every parameter and every time;
//! `diffsol` itself finds patterns by NaNs, at the initial state, and misses what is in a branch not taken there. A function that branches on them has no
//! such pattern: [`problem`](Equations::problem) returns the question that it asks. Then give the
//! [pattern](Equations::with_pattern) of all branches together.
//!
//! A Jacobian is evaluated in passes over the colours of its columns, several in one evaluation: see
//! [`JacobianPlan`](crate::sparse::JacobianPlan). Dense matrices have the same plan where there is a pattern, and a full one where there isn't.
//!
//! # What is evaluated
//!
//! | `diffsol` asks for | evaluations of the function |
//! |---|---|
//! | the right-hand side | one on plain numbers |
//! | the Jacobian, ∂f/∂p | ⌈colours/16⌉ on 16 lanes; of few colours on 4 or 8 |
//! | products of the Jacobian with the sensitivities in m parameters | ⌈m/8⌉ on 8 lanes |
//!
//! Numbers are `f64`. The matrix is any of `diffsol`'s with the default context, in one batch.

mod error;
mod mass;
mod operator;
mod part;
mod start;

use alloc::vec::Vec;
use core::fmt;

use ::diffsol::{Matrix, OdeBuilder, OdeEquations, OdeEquationsRef, OdeSolverProblem, Op, Vector};

pub use self::error::ProblemError;
pub use self::mass::Mass;
pub use self::operator::At;
use self::operator::{Operator, Patterns};
use self::part::Shapes;
use self::start::Initial;
pub use self::start::Start;
use crate::drive::Family;
use crate::function::Function;
use crate::implicit::{Of, count, enumerate, lift};
use crate::sparse::{Pattern, SparseError, SparseMatrix};

/// An equation `M·y′ = f(y, p, t)` with its initial state `y₀(p, t₀)`, to be made a problem of `diffsol`.
///
/// `f` is a [`Function`] with `From = (Y, P, f64)` and `To = Y`, the initial state one with `From = (P, f64)` and `To = Y`; `Y` and `P` name
/// containers, as `[f64; 3]`, `Vec<f64>` or `Model<f64>` with `#[derive(Point)]`.
pub struct Equations<F, I, P: Family, G = F, R = F> {
    function: F,
    initial: I,
    parameters: Of<P, f64>,
    mass: Option<SparseMatrix<f64>>,
    root: Option<G>,
    reset: Option<R>,
    pattern: Option<Pattern>,
}

impl<F, I, Y, P> Equations<F, I, P>
where
    F: Function<From = (Y, P, f64), To = Y>,
    I: Function<From = (P, f64), To = Y>,
    Y: Family,
    P: Family,
{
    /// The equation of `function`, from `initial`, at these parameters.
    pub fn new(function: F, initial: I, parameters: Of<P, f64>) -> Self {
        Self { function, initial, parameters, mass: None, root: None, reset: None, pattern: None }
    }
}

impl<F, I, Y, P, G, R> Equations<F, I, P, G, R>
where
    F: Function<From = (Y, P, f64), To = Y>,
    I: Function<From = (P, f64), To = Y>,
    G: Function<From = (Y, P, f64)>,
    R: Function<From = (Y, P, f64), To = Y>,
    Y: Family,
    P: Family,
{
    /// The same with the mass matrix M, which is constant. It may be singular: where a row is zero, the equation is algebraic.
    ///
    /// The functions of [`ode`](crate::ode) know of no mass matrix: they take y′ itself, as [`event`](crate::ode::event()#mass-matrices) says.
    ///
    /// ```
    /// use diffsol::{DenseMatrix, NalgebraLU, NalgebraMat, OdeBuilder, OdeSolverMethod};
    /// use tangents::interop::diffsol::Equations;
    /// use tangents::lambda;
    /// use tangents::sparse::{Pattern, SparseMatrix};
    ///
    /// // x′ = −p·x, and y = x².
    /// let f = lambda!(|z: ([f64; 2], f64, f64)| -> [f64; 2] { [-z.1 * z.0[0], z.0[1] - z.0[0] * z.0[0]] });
    /// let start = lambda!(|z: (f64, f64)| -> [f64; 2] { let _ = z; [T::one(), T::one()] });
    /// let mass = SparseMatrix::new(Pattern::from_entries((2, 2), [(0, 0)])?, vec![1.0])?;
    /// let builder = OdeBuilder::<NalgebraMat<f64>>::new().rtol(1e-8).atol([1e-8]);
    /// let problem = Equations::new(f, start, 0.5).with_mass(mass).problem(builder)?;
    /// let (solution, _) = problem.bdf::<NalgebraLU<f64>>()?.solve_dense(&[2.0])?;
    /// assert!((solution.get_index(1, 0) - (-2_f64).exp()).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_mass(self, mass: SparseMatrix<f64>) -> Self {
        Self { mass: Some(mass), ..self }
    }

    /// The same with the pattern of ∂f/∂y, for a function that branches. It must have the entries of every branch: what it lacks
    /// goes [unnoticed](crate::sparse::JacobianPlan#patterns-that-dont-hold) into others.
    ///
    /// ```
    /// use diffsol::{FaerSparseMat, OdeBuilder};
    /// use tangents::interop::diffsol::Equations;
    /// use tangents::lambda;
    /// use tangents::sparse::Pattern;
    ///
    /// // A valve opens above 1.
    /// let f = lambda!(|z: ([f64; 2], f64, f64)| -> [f64; 2] {
    ///     let open = if z.0[0] > T::one() { z.0[0] - T::one() } else { T::zero() };
    ///     [z.1 - open, open - z.0[1]]
    /// });
    /// let start = lambda!(|z: (f64, f64)| -> [f64; 2] { let _ = z; [T::zero(); 2] });
    /// let builder = || OdeBuilder::<FaerSparseMat<f64>>::new();
    /// let question = Equations::new(f, start, 2.0).problem(builder()).err().unwrap();
    /// assert!(question.to_string().contains("asks `>`"));
    /// let pattern = Pattern::from_entries((2, 2), [(0, 0), (1, 0), (1, 1)])?;
    /// assert!(Equations::new(f, start, 2.0).with_pattern(pattern).problem(builder()).is_ok());
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    #[must_use]
    pub fn with_pattern(self, pattern: Pattern) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    /// The same with events, where one of the numbers that `root` returns changes its sign.
    ///
    /// `diffsol` stops there. It locates the event on values; [`ode::event`](crate::ode::event()) gives the derivatives of its time, of the
    /// state as `diffsol` has it with its sensitivities:
    ///
    /// ```
    /// use diffsol::{NalgebraLU, NalgebraMat, OdeBuilder, OdeSolverMethod, OdeSolverStopReason, SensitivitiesOdeSolverMethod};
    /// use tangents::interop::diffsol::Equations;
    /// use tangents::{Dual, lambda, ode};
    ///
    /// // y′ = −p·y from 1 is ½ after ln 2/p.
    /// let f = lambda!(|z: ([f64; 1], f64, f64)| -> [f64; 1] { [-z.1 * z.0[0]] });
    /// let start = lambda!(|z: (f64, f64)| -> [f64; 1] { let _ = z; [T::one()] });
    /// let half = lambda!(|z: ([f64; 1], f64, f64)| -> f64 { z.0[0] - T::lit(0.5) });
    /// let halves = lambda!(|z: ([f64; 1], f64, f64)| -> [f64; 1] { [z.0[0] - T::lit(0.5)] });
    ///
    /// let builder = OdeBuilder::<NalgebraMat<f64>>::new().rtol(1e-9).atol([1e-9]).sens_rtol(1e-9).sens_atol([1e-9]);
    /// let problem = Equations::new(f, start, 2.0).with_root(halves).problem(builder)?;
    /// let mut solver = problem.bdf_sens::<NalgebraLU<f64>>()?;
    /// solver.set_stop_time(10.0)?;
    /// let t = loop {
    ///     match solver.step()? {
    ///         OdeSolverStopReason::RootFound(t, _) => break t,
    ///         OdeSolverStopReason::TstopReached => panic!("it falls forever"),
    ///         _ => (),
    ///     }
    /// };
    /// // The state there, with a lane for each parameter.
    /// let (y, slopes) = (solver.interpolate(t)?, solver.interpolate_sens(t)?);
    /// let y = [Dual::new(y.batch_as_slice(0)[0], [slopes.batch_as_slice(0)[0]])];
    /// let (time, _) = ode::event(f, half).at(&y, &Dual::variable(2.0, 0), t.into())?;
    /// assert!((time.re - 2_f64.ln() / 2.0).abs() < 1e-6);
    /// assert!((time.eps[0] + 2_f64.ln() / 4.0).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_root<N>(self, root: N) -> Equations<F, I, P, N, R>
    where
        N: Function<From = (Y, P, f64)>,
    {
        let Self { function, initial, parameters, mass, reset, pattern, .. } = self;
        Equations { function, initial, parameters, mass, root: Some(root), reset, pattern }
    }

    /// The same with the state from which `diffsol` goes on after an event.
    ///
    /// It corrects the sensitivities for the time of the event; in that, the derivatives of `root` and `reset` in time are differences,
    /// which are its own.
    #[must_use]
    pub fn with_reset<N>(self, reset: N) -> Equations<F, I, P, G, N>
    where
        N: Function<From = (Y, P, f64), To = Y>,
    {
        let Self { function, initial, parameters, mass, root, pattern, .. } = self;
        Equations { function, initial, parameters, mass, root, reset: Some(reset), pattern }
    }

    /// The problem, with the builder's tolerances and times. The builder's parameters are replaced, and it needs no equations.
    ///
    /// Cost: one evaluation of each function on plain numbers, and one on numbers that find patterns.
    ///
    /// # Errors
    ///
    /// - [`ProblemError::Sparse`] with [`SparseError::Question`] if the matrix is sparse and the equation has no pattern that holds everywhere,
    ///   with [`SparseError::Shape`] if the equation, the reset, the mass matrix or a given pattern has another shape than the initial state's;
    /// - [`ProblemError::Diffsol`] with what `diffsol` finds.
    #[allow(clippy::type_complexity)] // the problem says what it is made of
    pub fn problem<M: Matrix<T = f64>>(
        self,
        builder: OdeBuilder<M>,
    ) -> Result<OdeSolverProblem<Problem<M, F, I, G, R, Y, P>>, ProblemError> {
        let Self { function, initial, parameters, mass, root, reset, pattern } = self;
        let start = initial.call(&(lift::<P, f64, f64>(&parameters, |p| p), 0.0));
        let shapes = || {
            Shapes::<Y, P>::new(lift::<Y, f64, f64>(&start, |y| y), lift::<P, f64, f64>(&parameters, |p| p))
        };
        let states = count::<Y, f64>(&start);
        let mut flat = Vec::new();
        enumerate::<P, f64>(&parameters, |_, p| flat.push(p));

        let found = Patterns::of(&function, &shapes());
        let patterns = match (found, pattern) {
            (Ok(found), given) => {
                Patterns { jacobian: given.unwrap_or(found.jacobian), sensitivities: found.sensitivities }
            }
            (Err(SparseError::Question(_)), Some(given)) => {
                Patterns { jacobian: given, ..Patterns::full(states, &shapes())? }
            }
            (Err(SparseError::Question(_)), None) if !M::is_sparse() => Patterns::full(states, &shapes())?,
            (Err(error), _) => return Err(error.into()),
        };
        let problem = Problem {
            rhs: Operator::new(function, shapes(), patterns)?.returning(states)?,
            initial: Operator::somewhere(Initial(initial), shapes())?,
            root: root.map(|root| Operator::somewhere(root, shapes())).transpose()?,
            reset: reset.map(|reset| Operator::somewhere(reset, shapes())?.returning(states)).transpose()?,
            mass: mass.map(|mass| Mass::new(mass, states)).transpose()?,
            parameters: M::V::from_vec(flat.clone(), M::C::default()),
        };
        Ok(builder.p(flat).build_from_eqn(problem)?)
    }
}

/// The equations of a problem, as `diffsol` takes them: what [`Equations::problem`] makes.
pub struct Problem<M: Matrix, F, I, G, R, Y: Family, P: Family> {
    rhs: Operator<M, F, Y, P>,
    initial: Operator<M, Initial<I>, Y, P>,
    root: Option<Operator<M, G, Y, P>>,
    reset: Option<Operator<M, R, Y, P>>,
    mass: Option<Mass<M>>,
    parameters: M::V,
}

impl<M, F, I, G, R, Y, P> Op for Problem<M, F, I, G, R, Y, P>
where
    M: Matrix<T = f64>,
    F: Function<From = (Y, P, f64)>,
    Y: Family,
    P: Family,
{
    type T = f64;
    type V = M::V;
    type M = M;
    type C = M::C;

    fn context(&self) -> &M::C {
        self.parameters.context()
    }

    fn nstates(&self) -> usize {
        self.rhs.at(&self.parameters).nstates()
    }

    fn nout(&self) -> usize {
        self.nstates()
    }

    fn nparams(&self) -> usize {
        self.parameters.len()
    }

    fn statistics(&self) -> ::diffsol::op::OpStatistics {
        self.rhs.at(&self.parameters).statistics()
    }
}

impl<'a, M, F, I, G, R, Y, P> OdeEquationsRef<'a> for Problem<M, F, I, G, R, Y, P>
where
    M: Matrix<T = f64>,
    F: Function<From = (Y, P, f64), To = Y>,
    I: Function<From = (P, f64), To = Y>,
    G: Function<From = (Y, P, f64)>,
    R: Function<From = (Y, P, f64), To = Y>,
    Y: Family,
    P: Family,
{
    type Rhs = At<'a, M, F, Y, P>;
    type Init = Start<'a, M, I, Y, P>;
    type Root = At<'a, M, G, Y, P>;
    type Reset = At<'a, M, R, Y, P>;
    type Mass = &'a Mass<M>;
    /// There is none: what comes out is the state.
    type Out = At<'a, M, F, Y, P>;
}

impl<M, F, I, G, R, Y, P> OdeEquations for Problem<M, F, I, G, R, Y, P>
where
    M: Matrix<T = f64>,
    F: Function<From = (Y, P, f64), To = Y>,
    I: Function<From = (P, f64), To = Y>,
    G: Function<From = (Y, P, f64)>,
    R: Function<From = (Y, P, f64), To = Y>,
    Y: Family,
    P: Family,
{
    fn rhs(&self) -> At<'_, M, F, Y, P> {
        self.rhs.at(&self.parameters)
    }

    fn init(&self) -> Start<'_, M, I, Y, P> {
        Start(self.initial.at(&self.parameters))
    }

    fn root(&self) -> Option<At<'_, M, G, Y, P>> {
        self.root.as_ref().map(|root| root.at(&self.parameters))
    }

    fn reset(&self) -> Option<At<'_, M, R, Y, P>> {
        self.reset.as_ref().map(|reset| reset.at(&self.parameters))
    }

    fn mass(&self) -> Option<&Mass<M>> {
        self.mass.as_ref()
    }

    fn set_params(&mut self, p: &M::V) {
        self.parameters.copy_from(p);
    }

    fn get_params(&self, p: &mut M::V) {
        p.copy_from(&self.parameters);
    }
}

/// What they are made of is functions, which have no form to be printed.
macro_rules! debug {
    ($([$($generics:tt)*] $Type:ty, $name:literal;)*) => {$(
        impl<$($generics)*> fmt::Debug for $Type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($name).finish_non_exhaustive()
            }
        }
    )*};
}

debug! {
    [F, I, P: Family, G, R] Equations<F, I, P, G, R>, "Equations";
    [M: Matrix, F, I, G, R, Y: Family, P: Family] Problem<M, F, I, G, R, Y, P>, "Problem";
    [M: Matrix, F, Y: Family, P: Family] At<'_, M, F, Y, P>, "At";
    [M: Matrix] Mass<M>, "Mass";
    [M: Matrix, I, Y: Family, P: Family] Start<'_, M, I, Y, P>, "Start";
}
