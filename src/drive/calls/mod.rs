//! The direct calls: a function and a point in, derivatives out.

pub(crate) mod derivative;
pub(crate) mod directional;
pub(crate) mod gradient;
pub(crate) mod hessian;
pub(crate) mod jacobian;
pub(crate) mod mixed;
pub(crate) mod taylor;
pub(crate) mod trace;

use crate::error::Error;

/// What a call found, or a panic: which shape doesn't fit is the caller's bug.
#[inline]
#[track_caller]
pub(crate) fn fitting<R>(what: &str, found: Result<R, Error>) -> R {
    match found {
        Ok(found) => found,
        Err(error) => panic!("{what}: {error}"),
    }
}

/// That two passes over one point gave results of one shape.
pub(crate) const RESULTS: &str = "the function returned results of two shapes in two passes over one point";

/// That a direction is of the point's shape.
pub(crate) const DIRECTION: &str = "the direction must have the shape of the point";
