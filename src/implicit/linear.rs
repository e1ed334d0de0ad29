//! How the linear systems of the derivatives are solved: [`Linear`].

use super::equations::{Equations, Of};
use super::error::ImplicitError;
use super::solution::{Implicit, Outcome};
use crate::drive::{Argument, Point};
use crate::number::over::Over;
use crate::rules::Number;

/// A way to solve the linear systems of the derivatives: [`Dense`](super::Dense) factors, which is the default, and with the feature
/// `alloc` or `std` what is [brought along](super#sparse-and-matrix-free).
///
/// It can't be implemented elsewhere.
pub trait Linear<E: Equations>: sealed::Sealed + Sized {
    /// The error of a linear solver that is brought along.
    type Error;

    /// The solution on the parameters' own number.
    #[doc(hidden)]
    #[allow(clippy::type_complexity)] // the solution
    #[track_caller]
    fn solved<X, S, Y, P, D>(
        of: &Implicit<E, Self>,
        p: &X,
        solve: S,
    ) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error, Self::Error>>
    where
        X: Point<Family = E::Parameters, Scalar: Over<P, D>> + ?Sized,
        S: FnOnce(&Argument<X, f64>) -> Y,
        Y: Outcome<Of<E::Unknowns, f64>>,
        P: Number;
}

pub(super) mod sealed {
    #[allow(unreachable_pub)]
    pub trait Sealed {}
}
