//! The one error of the drivers: a run-time shape that doesn't fit, or an order that there isn't.

use core::fmt;

/// Why a driver can't answer: a run-time shape that doesn't fit, or a run-time order that is too high.
///
/// Fixed shapes and orders are checked by the compiler and never meet it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Error {
    /// A slice has another length than it must have. Nothing has been written and nothing evaluated.
    Length {
        /// Which slice.
        what: &'static str,
        /// The length it must have.
        expected: usize,
        /// The length it has.
        found: usize,
    },
    /// A container has another shape than its counterpart.
    Shape {
        /// How many numbers or parts the one has.
        expected: usize,
        /// How many the other has.
        found: usize,
    },
    /// The order of a derivative is above the largest that a driver is compiled for. Nothing has been evaluated.
    Order {
        /// The largest order.
        largest: usize,
        /// The order asked for.
        found: usize,
    },
}

impl Error {
    /// That a container has the shape of its counterpart, as far as these counts tell.
    pub(crate) fn check_shape(expected: usize, found: usize) -> Result<(), Self> {
        if expected == found { Ok(()) } else { Err(Self::Shape { expected, found }) }
    }

    /// That the slice called `what` is as long as it must be.
    pub(crate) fn check_length(what: &'static str, expected: usize, found: usize) -> Result<(), Self> {
        if expected == found { Ok(()) } else { Err(Self::Length { what, expected, found }) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { what, expected, found } => {
                write!(f, "the {what} has length {found}, but must have length {expected}")
            }
            Self::Shape { expected, found } => {
                write!(f, "it has {found} numbers or parts where there must be {expected}")
            }
            Self::Order { largest, found } => {
                write!(f, "a derivative of order {found} is asked for, but the orders end at {largest}")
            }
        }
    }
}

impl core::error::Error for Error {}
