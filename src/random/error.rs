//! What can be wrong with the parameters of a distribution.

use core::fmt;

use super::variate::{UnitFloat, Variate};

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
    /// A parameter that must be finite is infinite or NaN.
    NonFinite {
        /// Which parameter.
        parameter: &'static str,
    },
    /// A parameter that must be positive and finite isn't.
    NonPositive {
        /// Which parameter.
        parameter: &'static str,
    },
    /// A parameter that must not be negative nor infinite is so, or is NaN.
    Negative {
        /// Which parameter.
        parameter: &'static str,
    },
    /// A probability lies outside [0, 1] or is NaN.
    Probability,
    /// Weights are negative, infinite or NaN, or sum up to zero or to infinity.
    Weights,
    /// There is nothing to choose from.
    Empty,
    /// More is to be drawn without replacement than there is.
    TooManyDraws {
        /// How many are to be drawn.
        draws: usize,
        /// How many there are to draw from.
        items: usize,
    },
    /// A slice has another length than it must have.
    Length {
        /// Which slice.
        what: &'static str,
        /// The length it must have.
        expected: usize,
        /// The length it has.
        found: usize,
    },
    /// There is no such axis.
    Axis {
        /// The axis, counted from 0.
        axis: usize,
        /// The number of axes there are.
        axes: usize,
    },
    /// A covariance matrix isn't positive definite.
    NotPositiveDefinite,
}

impl Error {
    /// That the value of a parameter is finite.
    pub(super) fn check_finite<T: Variate>(parameter: &'static str, x: T) -> Result<T, Self> {
        if x.is_finite() { Ok(x) } else { Err(Self::NonFinite { parameter }) }
    }

    /// That the value of a parameter is positive and finite.
    pub(super) fn check_positive<T: Variate>(parameter: &'static str, x: T) -> Result<T, Self> {
        if x > T::zero() && x.is_finite() { Ok(x) } else { Err(Self::NonPositive { parameter }) }
    }

    /// That the value of a parameter is zero, or positive and finite.
    pub(super) fn check_nonnegative<T: Variate>(parameter: &'static str, x: T) -> Result<T, Self> {
        if x >= T::zero() && x.is_finite() { Ok(x) } else { Err(Self::Negative { parameter }) }
    }

    /// That a probability is one.
    pub(super) fn check_probability<T: Variate>(p: T) -> Result<T, Self> {
        if p >= T::zero() && p <= T::one() { Ok(p) } else { Err(Self::Probability) }
    }

    /// That weights are such, and that they have a sum.
    pub(super) fn check_weights<P: UnitFloat>(weights: &[P]) -> Result<(), Self> {
        if weights.is_empty() {
            return Err(Self::Empty);
        }
        let sum = P::sum(weights);
        if weights.iter().all(|&weight| weight >= P::zero()) && sum > P::zero() && sum.is_finite() {
            Ok(())
        } else {
            Err(Self::Weights)
        }
    }

    /// That there is enough to draw from without replacement.
    #[cfg(feature = "alloc")]
    pub(super) fn check_draws(draws: usize, items: usize) -> Result<(), Self> {
        if draws <= items { Ok(()) } else { Err(Self::TooManyDraws { draws, items }) }
    }

    /// That a slice is as long as it must be.
    pub(super) fn check_length(what: &'static str, expected: usize, found: usize) -> Result<(), Self> {
        if expected == found { Ok(()) } else { Err(Self::Length { what, expected, found }) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyRange => f.write_str("the lower bound of the range is not below the upper one"),
            Self::NonFiniteRange => f.write_str("the range or its length is infinite or NaN"),
            Self::NonFinite { parameter } => write!(f, "the {parameter} is infinite or NaN"),
            Self::NonPositive { parameter } => write!(f, "the {parameter} is not positive and finite"),
            Self::Negative { parameter } => write!(f, "the {parameter} is negative, infinite or NaN"),
            Self::Probability => f.write_str("the probability is not between 0 and 1"),
            Self::Weights => f.write_str(
                "the weights must be finite and not negative, with a sum that is positive and finite",
            ),
            Self::Empty => f.write_str("there is nothing to choose from"),
            Self::TooManyDraws { draws, items } => {
                write!(f, "{draws} draws without replacement from {items} items")
            }
            Self::Length { what, expected, found } => {
                write!(f, "the {what} has length {found}, but must have length {expected}")
            }
            Self::Axis { axis, axes } => write!(f, "there is no axis {axis} in a shape of {axes} axes"),
            Self::NotPositiveDefinite => f.write_str("the covariance matrix is not positive definite"),
        }
    }
}

impl core::error::Error for Error {}
