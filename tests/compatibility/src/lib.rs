//! Other people's algorithms on this crate's numbers, each against a closed form: what `docs/compatibility.md` says of a
//! crate is what its test in `tests/crates/` shows.
//!
//! Here is what those tests share.

use std::fmt::Debug;

use tangents::Dual;

/// A value and its derivative.
pub type First = Dual<f64, 1>;

/// A value, its derivative and its second derivative, by nesting.
pub type Second = Dual<Dual<f64, 1>, 1>;

/// The variable at the value `x`.
#[must_use]
pub fn first(x: f64) -> First {
    First::variable(x, 0)
}

/// The variable at the value `x`, to the second order.
#[must_use]
pub fn second(x: f64) -> Second {
    Second::variable(first(x), 0)
}

/// Value and derivative.
#[must_use]
pub fn to_first(y: First) -> [f64; 2] {
    [y.re, y.eps[0]]
}

/// Value, derivative and second derivative.
#[must_use]
pub fn to_second(y: Second) -> [f64; 3] {
    [y.re.re, y.eps[0].re, y.eps[0].eps[0]]
}

/// Each number is as expected, relative to the expected one or, if that is smaller, to 1.
///
/// # Panics
///
/// If one isn't.
#[track_caller]
pub fn assert_close(actual: impl AsRef<[f64]> + Debug, expected: impl AsRef<[f64]> + Debug, tolerance: f64) {
    let (a, e) = (actual.as_ref(), expected.as_ref());
    assert_eq!(a.len(), e.len(), "{actual:?} should be {expected:?}");
    let close = |(a, e): (&f64, &f64)| (a - e).abs() <= tolerance * e.abs().max(1.0);
    assert!(a.iter().zip(e).all(close), "{actual:?} should be {expected:?} to {tolerance:e}");
}
