//! Why an algorithm of linear algebra can't answer: [`LinalgError`].

use core::fmt;

use crate::error::Error;

/// Why a matrix has no inverse, no factors or no derivatives of them.
///
/// Rows, columns and indices are counted from 0. Each variant speaks of the matrix of values, without derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LinalgError {
    /// A slice has another length than the shape asks for, or a matrix of run-time shape another shape.
    Length(Error),
    /// An entry of the matrix is infinite or NaN.
    NotFinite {
        /// The entry's row.
        row: usize,
        /// The entry's column.
        column: usize,
    },
    /// The matrix is singular: elimination finds no pivot in a column, all that is left of it is zero or, where a system is solved,
    /// rounding.
    Singular {
        /// The column, of the matrix as it was given; of [`solve_by`](super::solve_by()) that of the unknown that is known worst.
        column: usize,
    },
    /// The matrix isn't positive definite: the Cholesky factorization finds a pivot that isn't positive.
    NotPositive {
        /// The column of the pivot.
        column: usize,
    },
    /// A matrix that must be symmetric isn't: two entries differ by more than rounding.
    Asymmetric {
        /// The row of the one, which is the column of the other.
        row: usize,
        /// The column of the one, which is the row of the other.
        column: usize,
    },
    /// The columns depend on each other: up to rounding, one is a combination of those before it. (Of a matrix that is wider than
    /// high: the rows.) Where that rank isn't kept, nothing is differentiable.
    Deficient {
        /// The column.
        column: usize,
    },
    /// The matrix has a higher rank than the one that was stated, by its values or by what they do to first or higher order: a
    /// column isn't a combination of so many others.
    HigherRank {
        /// The column.
        column: usize,
    },
    /// What a plain solver has returned isn't the solution, and refinement didn't mend it: one of the equations isn't fulfilled.
    Inaccurate {
        /// The equation.
        row: usize,
    },
    /// Two eigenvalues are equal, up to rounding, and what is asked for isn't differentiable there.
    EqualEigenvalues {
        /// The one, in ascending order.
        first: usize,
        /// The other.
        second: usize,
    },
    /// Two singular values are equal, up to rounding, and what is asked for isn't differentiable there.
    EqualSingularValues {
        /// The one, in descending order.
        first: usize,
        /// The other.
        second: usize,
    },
    /// A singular value is zero, up to rounding: it has a kink there, and its vectors aren't differentiable.
    ZeroSingularValue {
        /// Which, in descending order.
        index: usize,
    },
    /// The matrix has no principal square root or logarithm: an eigenvalue is zero or on the negative real axis, or so near that
    /// it can't be told.
    NotPrincipal,
    /// An iteration for eigenvalues hasn't converged.
    NotConverged,
    /// It overflows: what is computed of a column is infinite or NaN, though the entries are finite.
    Overflow {
        /// The column.
        column: usize,
    },
}

#[cfg(feature = "alloc")]
impl LinalgError {
    /// That the slice called `what` is as long as it must be.
    pub(crate) fn check_length(what: &'static str, expected: usize, found: usize) -> Result<(), Self> {
        Error::check_length(what, expected, found).map_err(Self::Length)
    }
}

impl fmt::Display for LinalgError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(error) => error.fmt(f),
            Self::NotFinite { row, column } => {
                write!(f, "the entry ({row}, {column}) of the matrix is infinite or NaN")
            }
            Self::NotPositive { column } => {
                write!(f, "the matrix isn't positive definite: its pivot in column {column} isn't positive")
            }
            Self::Asymmetric { row, column } => {
                write!(f, "the matrix isn't symmetric in the entries ({row}, {column}) and ({column}, {row})")
            }
            Self::Deficient { column } => {
                write!(f, "the rank is deficient: column {column} depends on those before it")
            }
            Self::HigherRank { column } => {
                write!(f, "the rank is, or becomes, higher than stated: column {column} isn't a combination of others")
            }
            Self::Inaccurate { row } => {
                write!(f, "what the plain solver has returned isn't the solution: equation {row} isn't fulfilled")
            }
            Self::EqualEigenvalues { first, second } => {
                write!(
                    f,
                    "the eigenvalues {first} and {second} are equal: what is asked for has no derivatives"
                )
            }
            Self::EqualSingularValues { first, second } => {
                write!(
                    f,
                    "the singular values {first} and {second} are equal: what is asked for has no derivatives"
                )
            }
            Self::ZeroSingularValue { index } => {
                write!(f, "the singular value {index} is zero: what is asked for has no derivatives")
            }
            Self::NotPrincipal => f.write_str(
                "the matrix has an eigenvalue at zero or on the negative real axis, and so no principal root or logarithm",
            ),
            Self::NotConverged => f.write_str("the iteration for the eigenvalues hasn't converged"),
            Self::Overflow { column } => {
                write!(f, "column {column} overflows")
            }
            Self::Singular { column } => {
                write!(f, "the matrix is singular: elimination finds no pivot in column {column}")
            }
        }
    }
}

impl core::error::Error for LinalgError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Length(error) => Some(error),
            _ => None,
        }
    }
}
