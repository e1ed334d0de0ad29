//! What a check has found: the report, and errors that a person can act on.

use core::fmt;

use super::options::Settings;
use crate::drive::Name;
use crate::error::Error;

/// What [`check_grads`](crate::check_grads) has found right.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct CheckReport {
    /// The highest order checked.
    pub order: usize,
    /// How many derivatives were compared: components of the function's result, times directions, times orders.
    pub comparisons: usize,
    /// How many of them needed extrapolated differences.
    pub extrapolated: usize,
    /// How many couldn't be decided; 0 unless
    /// [`CheckOptions::accept_inconclusive`](crate::check::CheckOptions::accept_inconclusive) lets them pass.
    pub inconclusive: usize,
    /// The largest difference, as a fraction of its tolerance.
    pub worst: f64,
}

impl CheckReport {
    pub(super) fn new(order: usize) -> Self {
        Self { order, comparisons: 0, extrapolated: 0, inconclusive: 0, worst: 0.0 }
    }

    /// The report, unless nothing was compared at this many coordinates and that isn't accepted.
    pub(super) fn of_something(self, dim: usize, settings: &Settings) -> Result<Self, CheckError> {
        let nothing = self.comparisons == 0 || dim == 0;
        if nothing && !settings.accept_empty { Err(CheckError::Nothing) } else { Ok(self) }
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { order, comparisons, extrapolated, inconclusive, worst } = self;
        write!(f, "derivatives to order {order} agree with finite differences ({comparisons} compared, ")?;
        if *extrapolated > 0 {
            write!(f, "{extrapolated} of them with extrapolated ones, ")?;
        }
        if *inconclusive > 0 {
            write!(f, "{inconclusive} undecided, ")?;
        }
        write!(f, "the worst at {:.0} % of its tolerance)", 100.0 * worst)
    }
}

/// Why [`check_grads`](crate::check_grads) doesn't approve.
///
/// [`Debug`](fmt::Debug) writes the same message as [`Display`](fmt::Display), so that `unwrap` and tests that return
/// the error show it.
#[derive(Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum CheckError {
    /// A derivative isn't what the finite difference says.
    Mismatch(Mismatch),
    /// A derivative and the finite difference disagree, but by no more than the error of the difference itself:
    /// noise, a coordinate that is rounded away, or a corner, a jump or the end of the domain at the point or near it.
    Inconclusive(Mismatch),
    /// This order can't be checked.
    Order(usize),
    /// This step is too short for values of this type: their rounding is all that it shows.
    Step(f64),
    /// Nothing was compared: the point has no coordinates, or the function returned no numbers.
    Nothing,
    /// The function returned results of different shapes.
    Shape(Error),
}

/// Along what a derivative was taken last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Direction {
    /// A random direction, counted from 0.
    Random(usize),
    /// A coordinate, counted from 0.
    Coordinate(usize),
    /// A coordinate of one of several arguments, both counted from 0.
    CoordinateOf {
        /// Which argument.
        argument: usize,
        /// The coordinate in it.
        coordinate: usize,
    },
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random(direction) => write!(f, "random direction {direction}"),
            Self::Coordinate(coordinate) => write!(f, "coordinate {coordinate}"),
            Self::CoordinateOf { argument, coordinate } => {
                write!(f, "coordinate {coordinate} of argument {argument}")
            }
        }
    }
}

/// Where the derivative of a [`Mismatch`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// The function, run on dual numbers.
    Duals,
    /// A derivative that was written by hand.
    Hand,
    /// The function that was compared with a reference.
    Function,
    /// A rule, run on a [`Taylor`](crate::Taylor) number.
    Taylor,
    /// A rule, run on a [`HyperDual`](crate::HyperDual) number.
    HyperDual,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Duals => "by duals",
            Self::Hand => "by hand",
            Self::Function => "by the function",
            Self::Taylor => "on `Taylor`",
            Self::HyperDual => "on `HyperDual`",
        })
    }
}

/// A derivative that isn't what the finite difference says, as numbers to act on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The order of the derivative.
    pub order: usize,
    /// Along what it was taken; above order 1, after derivatives along random directions.
    pub direction: Direction,
    /// The name of the coordinate, if that is the direction: `weights[1][2]`. Of an argument that is a number it is empty.
    pub name: Name,
    /// The component of the function's result, counted in order from 0.
    pub component: usize,
    /// The derivative by duals, or by hand.
    pub derivative: f64,
    /// The central difference, extrapolated; NaN if none is finite.
    pub difference: f64,
    /// The error of the difference, by its own estimate; infinite if there is no estimate.
    pub uncertainty: f64,
    /// What derivative and difference may differ by.
    pub tolerance: f64,
    /// The smallest step that the difference was made from.
    pub step: f64,
    /// How many other derivatives of this order are wrong, or undecided, too.
    pub others: u32,
    /// What `derivative` is: "by duals", "by hand".
    pub source: Source,
}

impl Mismatch {
    fn describe(&self, f: &mut fmt::Formatter<'_>, conclusion: &str) -> fmt::Result {
        let Self {
            order,
            direction,
            name,
            component,
            derivative,
            difference,
            uncertainty,
            tolerance,
            step,
            others,
            source,
        } = self;
        match order {
            0 => write!(f, "value of component {component} along {direction}")?,
            _ => write!(f, "derivative of order {order} of component {component} along {direction}")?,
        }
        match (name, direction) {
            (name, Direction::Coordinate(i) | Direction::CoordinateOf { coordinate: i, .. })
                if name.tells_more_than(*i) =>
            {
                write!(f, " ({name}): ")?;
            }
            _ => f.write_str(": ")?,
        }
        write!(f, "{} {source}, {} by ", Shown(*derivative), Shown(*difference))?;
        if *step == 0.0 {
            f.write_str("the reference; ")?;
        } else {
            write!(f, "finite differences of step {step:.1e}, good to ±{uncertainty:.1e}; ")?;
        }
        write!(f, "they differ by {:.1e}, {conclusion} {tolerance:.1e}", (derivative - difference).abs())?;
        match others {
            0 => Ok(()),
            1 => f.write_str(" (1 more differs)"),
            _ => write!(f, " ({others} more differ)"),
        }
    }
}

/// All digits of a number, with an exponent where zeros would hide them.
struct Shown(f64);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(x) = self;
        if (1e-4..1e9).contains(&x.abs()) || *x == 0.0 || !x.is_finite() {
            write!(f, "{x}")
        } else {
            write!(f, "{x:e}")
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe(f, "more than the tolerance")
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch(mismatch) => mismatch.fmt(f),
            Self::Inconclusive(undecided) => undecided.describe(
                f,
                "which may be the differences' own error (noise, values that \
                 are rounded away, or a corner, a jump or the end of the domain nearby): undecided at the tolerance",
            ),
            Self::Order(order) => write!(
                f,
                "order {order} can't be checked: `CheckOptions::order` goes from 1 to 2, `first_order` is 1, \
                 `high_order` goes from 1 to 4"
            ),
            Self::Step(step) => {
                write!(f, "a step of {step:.1e} is too short for these numbers: rounding is all that it shows")
            }
            Self::Nothing => f.write_str(
                "nothing was compared: the point has no coordinates, or the function returned no numbers \
                 (`CheckOptions::accept_empty` lets that pass)",
            ),
            Self::Shape(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for CheckError {}

impl From<Error> for CheckError {
    fn from(error: Error) -> Self {
        Self::Shape(error)
    }
}

/// What of a group of derivatives is wrong or undecided: the first, which counts the others.
#[derive(Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) wrong: Option<Mismatch>,
    pub(super) undecided: Option<Mismatch>,
}

impl Found {
    pub(super) fn add_wrong(&mut self, mismatch: Mismatch) {
        add(&mut self.wrong, mismatch);
    }

    pub(super) fn add_undecided(&mut self, mismatch: Mismatch) {
        add(&mut self.undecided, mismatch);
    }
}

fn add(found: &mut Option<Mismatch>, mismatch: Mismatch) {
    match found {
        Some(first) => first.others += 1,
        None => *found = Some(mismatch),
    }
}
