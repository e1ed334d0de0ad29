//! Why there is no time of an event, or no state at another time: [`OdeError`].

use core::fmt;

use crate::error::Error;

/// Why the time of an event, or the state at another time, can't be given.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum OdeError {
    /// The equation returned another shape than the state's, or the order of the number is above the largest, 128.
    Shape(Error),
    /// The event function, or its derivative in time, is infinite or NaN.
    NotFinite,
    /// The event function doesn't cross zero but touches it: along the solution its derivative in time is zero, up to rounding. The time of
    /// the event has no derivative.
    Grazing {
        /// The derivative in time.
        slope: f64,
    },
    /// The state isn't at the event: a step of Newton's method from there isn't small.
    Unsolved {
        /// The size of the step, in time.
        step: f64,
        /// The largest that it may have.
        largest: f64,
    },
    /// Two times that must have one value have two.
    Times {
        /// The time of the state.
        from: f64,
        /// The time that it was asked for.
        to: f64,
    },
}

impl From<Error> for OdeError {
    fn from(error: Error) -> Self {
        Self::Shape(error)
    }
}

impl fmt::Display for OdeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(error) => error.fmt(f),
            Self::NotFinite => {
                f.write_str("the event function or its derivative in time is infinite or NaN at the event")
            }
            Self::Grazing { slope } => write!(
                f,
                "the event function touches zero and doesn't cross it: its derivative in time is {slope:e}, which is rounding, so that \
                 the time of the event has no derivative"
            ),
            Self::Unsolved { step, largest } => write!(
                f,
                "the state isn't at the event: a step of Newton's method in time is {step:e}, and may be {largest:e}"
            ),
            Self::Times { from, to } => write!(
                f,
                "the state is known at the time {from} and asked for at {to}, but they may differ in their derivatives only"
            ),
        }
    }
}

impl core::error::Error for OdeError {}
