//! Why a sparse derivative can't be given: [`SparseError`].

use core::fmt;
use core::panic::Location;

use crate::error::Error;

/// Why a pattern, a colouring or a sparse derivative can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SparseError {
    /// The row pointers don't start at 0, decrease, or don't end at the number of indices.
    Pointers {
        /// The row whose pointer is the first wrong one.
        row: usize,
    },
    /// A column index isn't below the number of columns, or a row index not below the number of rows.
    OutOfRange {
        /// The row of the entry.
        row: usize,
        /// The column of the entry.
        column: usize,
    },
    /// The column indices of a row don't increase.
    Unsorted {
        /// The row.
        row: usize,
    },
    /// A pattern that must be symmetric has an entry whose mirror image is missing.
    Asymmetric {
        /// The row of the entry.
        row: usize,
        /// The column of the entry.
        column: usize,
    },
    /// Two columns of one colour share a row, or two rows a column: their derivatives can't be told apart. In the colouring of a
    /// symmetric matrix: two vertices of one colour have an entry.
    Collision {
        /// The one.
        first: usize,
        /// The other.
        second: usize,
    },
    /// Four vertices of two colours, each with an entry with the next: the one in the middle can't be read.
    TwoColoredPath {
        /// The vertices in the order of the path.
        vertices: [usize; 4],
    },
    /// A cycle of vertices of two colours: its entries can't be found by substitution.
    TwoColoredCycle {
        /// One vertex of the cycle.
        first: usize,
        /// The next.
        second: usize,
    },
    /// A derivative that isn't zero where the pattern has no entry.
    Missing {
        /// The row of the entry.
        row: usize,
        /// The column of the entry.
        column: usize,
    },
    /// A row is named that the pattern doesn't have.
    NoSuchRow {
        /// The row.
        row: usize,
    },
    /// There are more entries or columns than an evaluation can number: 2³² and more.
    TooLarge,
    /// A term of a sum has a variable that there isn't.
    Variable {
        /// The term, counted over all lists.
        term: usize,
        /// Its variable.
        variable: usize,
        /// How many variables there are.
        variables: usize,
    },
    /// A term that should take the place of another has other variables, or another number of results; or there are more or fewer
    /// terms.
    OtherTerm {
        /// The first such term, counted over all lists.
        term: usize,
    },
    /// The function asked a question whose answer depends on values, so its pattern holds at one point only.
    Question(Question),
    /// A slice, point or result has another length than it must have.
    Shape(Error),
}

/// A question whose answer depends on the values of a function's variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// The method or operator, such as `partial_cmp` or `is_nan`.
    pub(super) asked: &'static str,
    pub(super) tie: bool,
    pub(super) place: &'static Location<'static>,
}

impl Question {
    /// The method or operator that asked, such as `"partial_cmp"` or `"is_nan"`.
    pub fn asked(&self) -> &'static str {
        self.asked
    }

    /// The line that asked. Of a comparison that a library makes for its caller, as the standard one of two slices, it is a line there.
    pub fn place(&self) -> &'static Location<'static> {
        self.place
    }

    /// Whether two equal numbers were compared, or a zero was asked for [`is_zero`](num_traits::Zero::is_zero): a little
    /// beside the point the answer is another one.
    ///
    /// So the point is on the border of two branches. The derivative is that of the one that is taken, and wrong if that puts another number
    /// in the place of an equal one.
    pub fn is_tie(&self) -> bool {
        self.tie
    }
}

impl From<Error> for SparseError {
    fn from(error: Error) -> Self {
        Self::Shape(error)
    }
}

impl From<Question> for SparseError {
    fn from(question: Question) -> Self {
        Self::Question(question)
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the function asks `{}` of a number that depends on its variables, at {}, so that its pattern may differ from point to \
             point; `jacobian_pattern_at` and `hessian_pattern_at` follow the branches of one point",
            self.asked, self.place
        )
    }
}

impl fmt::Display for SparseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pointers { row } => {
                write!(
                    f,
                    "the pointers of row {row} don't delimit a range of the indices that follows the row before"
                )
            }
            Self::OutOfRange { row, column } => {
                write!(f, "the entry in row {row} and column {column} lies outside the matrix")
            }
            Self::Unsorted { row } => write!(f, "the column indices of row {row} don't increase"),
            Self::Asymmetric { row, column } => write!(
                f,
                "a symmetric pattern with the entry in row {row} and column {column} must have the one in row {column} and column {row}"
            ),
            Self::Collision { first, second } => {
                write!(f, "{first} and {second} have one colour, but an entry in common")
            }
            Self::TwoColoredPath { vertices: [a, b, c, d] } => {
                write!(
                    f,
                    "the path {a}, {b}, {c}, {d} has two colours, so that the entry of {b} and {c} can't be read"
                )
            }
            Self::TwoColoredCycle { first, second } => write!(
                f,
                "a cycle through {first} and {second} has two colours, so that its entries can't be found by substitution"
            ),
            Self::Missing { row, column } => write!(
                f,
                "the derivative in row {row} and column {column} isn't zero, but the pattern has no entry there"
            ),
            Self::NoSuchRow { row } => write!(f, "the pattern has no row {row}"),
            Self::TooLarge => {
                f.write_str("the matrix has more entries or columns than can be numbered in 32 bits")
            }
            Self::OtherTerm { term } => write!(
                f,
                "the term {term} has other variables, or another number of results, than the one whose place it takes"
            ),
            Self::Variable { term, variable, variables } => {
                write!(
                    f,
                    "the term {term} has the variable {variable}, but there are {variables}, counted from 0"
                )
            }
            Self::Question(question) => question.fmt(f),
            Self::Shape(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Question {}
impl core::error::Error for SparseError {}
