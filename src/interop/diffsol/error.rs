//! Why there is no problem: [`ProblemError`].

use core::fmt;

use ::diffsol::DiffsolError;

use crate::sparse::SparseError;

/// Why a problem of `diffsol` can't be made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ProblemError {
    /// The pattern of a Jacobian can't be found, as the equation [asks a question](SparseError::Question), or one that was given or the mass
    /// matrix has another shape than the equation.
    Sparse(SparseError),
    /// What `diffsol` objects to.
    Diffsol(DiffsolError),
}

impl From<SparseError> for ProblemError {
    fn from(error: SparseError) -> Self {
        Self::Sparse(error)
    }
}

impl From<DiffsolError> for ProblemError {
    fn from(error: DiffsolError) -> Self {
        Self::Diffsol(error)
    }
}

impl fmt::Display for ProblemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sparse(error) => error.fmt(f),
            Self::Diffsol(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ProblemError {}
