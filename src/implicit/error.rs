//! Why a solution has no derivatives: [`ImplicitError`].

use core::convert::Infallible;
use core::fmt;

#[cfg(feature = "std")]
use crate::sparse::SparseError;

/// Why a solution can't be given, or has no derivatives.
///
/// `E` is the solver's own error, and `L` that of a linear solver that is [brought along](super#sparse-and-matrix-free). Unknowns and
/// equations are counted from 0, in the order of [`Point::ravel`](crate::Point::ravel).
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ImplicitError<E = Infallible, L = Infallible> {
    /// The solver failed.
    Solver(E),
    /// The linear solver failed, or the factorization.
    Linear(L),
    /// The linear solver, or the factors, gave a `d` that doesn't solve `J·d = r`, and refinement didn't mend it; or a plan gave
    /// another matrix than J.
    ///
    /// Where the equations' own terms cancel, so that their derivatives aren't known that well, set `linear_tolerance`.
    Inaccurate {
        /// `‖J·d − r‖/‖r‖`; of sparse factors the largest `|J·d − r|ᵢ` beside the sizes of the terms of the equation i.
        residual: f64,
        /// The largest one that is tolerated, with what rounding may leave.
        largest: f64,
    },
    /// The sparse derivatives can't be evaluated.
    #[cfg(feature = "std")]
    Sparse(SparseError),
    /// There aren't as many equations as unknowns, or not as many bounds.
    Shape {
        /// How many unknowns the solver found.
        unknowns: usize,
        /// How many equations or bounds there are.
        equations: usize,
    },
    /// More unknowns than fit on the stack, without an allocator.
    TooMany {
        /// How many there are.
        unknowns: usize,
        /// How many there may be.
        largest: usize,
    },
    /// An equation, or its derivative, is infinite or NaN at the solution.
    NotFinite {
        /// The equation.
        equation: usize,
    },
    /// The Jacobian in the unknowns is singular at the solution, up to rounding: the solution has no derivative.
    Singular {
        /// The first unknown whose column depends on those before it; with factors that are brought along the one that is known worst.
        unknown: usize,
    },
    /// The Hessian in the unknowns isn't positive definite at the solution: it's no minimum, or one that isn't isolated.
    NoMinimum {
        /// The first unknown with which the leading part of the Hessian isn't positive definite. With a linear solver that is
        /// brought along: the one that moves most in a direction in which the objective has no positive curvature.
        unknown: usize,
    },
    /// What the solver gave isn't a solution: a step of Newton's method from there isn't small.
    Unsolved {
        /// The first unknown whose step isn't small.
        unknown: usize,
        /// The step's size.
        step: f64,
        /// The largest size it may have.
        largest: f64,
    },
    /// The solution lies outside the bounds.
    OutOfBounds {
        /// The unknown.
        unknown: usize,
    },
    /// An unknown is at a bound by chance: the minimum is there without the bound, and goes off on one side only. So it has a
    /// derivative on either side, but not one.
    WeaklyActive {
        /// The unknown.
        unknown: usize,
    },
}

impl<E, L> ImplicitError<E, L> {
    /// An error that isn't a solver's, beside a solver's errors.
    pub(super) fn of_any_solver(error: ImplicitError<Infallible, L>) -> Self {
        match error {
            ImplicitError::Solver(never) => match never {},
            ImplicitError::Linear(error) => Self::Linear(error),
            ImplicitError::Inaccurate { residual, largest } => Self::Inaccurate { residual, largest },
            #[cfg(feature = "std")]
            ImplicitError::Sparse(error) => Self::Sparse(error),
            ImplicitError::Shape { unknowns, equations } => Self::Shape { unknowns, equations },
            ImplicitError::TooMany { unknowns, largest } => Self::TooMany { unknowns, largest },
            ImplicitError::NotFinite { equation } => Self::NotFinite { equation },
            ImplicitError::Singular { unknown } => Self::Singular { unknown },
            ImplicitError::NoMinimum { unknown } => Self::NoMinimum { unknown },
            ImplicitError::Unsolved { unknown, step, largest } => Self::Unsolved { unknown, step, largest },
            ImplicitError::OutOfBounds { unknown } => Self::OutOfBounds { unknown },
            ImplicitError::WeaklyActive { unknown } => Self::WeaklyActive { unknown },
        }
    }
}

impl<E: fmt::Display, L: fmt::Display> fmt::Display for ImplicitError<E, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Solver(error) => error.fmt(f),
            Self::Linear(error) => error.fmt(f),
            Self::Inaccurate { residual, largest } => write!(
                f,
                "what the linear solver or the factors gave isn't a solution: the residual J·d − r is {residual:e} beside the terms \
                 of the equations, and {largest:e} is tolerated; the factors may be of another matrix (one that is singular, or \
                 transposed by its layout), or a plan's pattern may lack an entry, which its `verify` names"
            ),
            #[cfg(feature = "std")]
            Self::Sparse(error) => error.fmt(f),
            Self::Shape { unknowns, equations } => {
                write!(f, "there are {unknowns} unknowns, but {equations} equations or bounds")
            }
            Self::TooMany { unknowns, largest } => {
                write!(f, "there are {unknowns} unknowns; without an allocator there may be {largest}")
            }
            Self::NotFinite { equation } => {
                write!(f, "the equation {equation} or its derivative is infinite or NaN at the solution")
            }
            Self::Singular { unknown } => write!(
                f,
                "the Jacobian in the unknowns is singular at the solution, up to rounding: the column of unknown {unknown} depends \
                 on others"
            ),
            Self::NoMinimum { unknown } => write!(
                f,
                "the Hessian in the unknowns isn't positive definite at the solution, as is seen with unknown {unknown}"
            ),
            Self::Unsolved { unknown, step, largest } => write!(
                f,
                "what the solver gave isn't a solution: a Newton step changes unknown {unknown} by {step:e}, and {largest:e} is \
                 tolerated"
            ),
            Self::OutOfBounds { unknown } => write!(f, "unknown {unknown} lies outside its bounds"),
            Self::WeaklyActive { unknown } => write!(
                f,
                "unknown {unknown} is at its bound, and the minimum is there without it: the derivatives on the two sides differ"
            ),
        }
    }
}

/// Solvers' errors needn't be errors themselves, as `String` and `Box<dyn Error>` aren't: `?` works with them too. Their message is in that of
/// this error; so it has no source.
impl<E, L> core::error::Error for ImplicitError<E, L>
where
    E: fmt::Debug + fmt::Display,
    L: fmt::Debug + fmt::Display,
{
}
