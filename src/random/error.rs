//! What can be wrong with the parameters of a distribution.

use core::fmt;

/// The reason why a distribution can't be made from its parameters.
///
/// Distributions check their parameters when they are made, so no sample is begun with bad ones.
///
/// ```
/// use tangents::random::{Error, Uniform};
///
/// assert_eq!(Uniform::new(3.0..3.0), Err(Error::EmptyRange));
/// assert_eq!(Uniform::new(0.0..f64::NAN), Err(Error::NonFiniteRange));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Error {
    /// The lower bound of a range isn't below the upper one.
    EmptyRange,
    /// A bound of a range, or the distance between its bounds, is infinite or NaN.
    NonFiniteRange,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptyRange => "the lower bound of the range is not below the upper one",
            Self::NonFiniteRange => "the range or its length is infinite or NaN",
        })
    }
}

impl core::error::Error for Error {}
