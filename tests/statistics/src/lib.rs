//! Tests whether the samples of `tangents::random` have the distributions that they should have.
//!
//! The crate's own tests compare samples with JAX's, bit for bit. These are about what no such comparison shows: that
//! the distribution is the one that is named, and that bits, keys and seeds look unrelated.
//!
//! # How often they are wrong
//!
//! The seeds are fixed, so what passes once always passes. What a failure means is told by the *false-alarm
//! probability*: how likely it were with fresh keys though all is well. A check fails if its p-value is at most
//! [`ALPHA`] = 10⁻⁹. How often that happens is
//!
//! - by [`kolmogorov_smirnov`] never more, whatever the size of the sample;
//! - by [`chi_square`] at most 1.2 times as much, down to cells with an expectation of 10: for two and three cells its
//!   tests add up the probabilities of all counts that fail;
//! - by [`mean`], [`variance`] and [`correlation`], which are normal approximations, at most five times as much, for the
//!   most skewed terms that pass ([`SKEWNESS`]).
//!
//! There are fewer than 2000 checks, fewer than 400 of them of the last kind. So with fresh keys the probability of any
//! false alarm is below 2000 · 1.2·10⁻⁹ + 400 · 5·10⁻⁹ < 5·10⁻⁶.
//!
//! # What they find
//!
//! `tests/extremes.rs` draws at the ends of the parameters, where samples must be in their support and have derivatives.
//! `tests/power.rs` has samples that are slightly wrong, and each statistic rejects them.

pub mod cdf;
mod goodness;
mod moments;

pub use goodness::{chi_square, fits_counts, kolmogorov_smirnov};
pub use moments::{Moments, SKEWNESS, average, correlation, mean, normal_tails, variance};

/// The p-value at which a check fails: its false-alarm probability.
pub const ALPHA: f64 = 1e-9;

/// Fails if a p-value is at most [`ALPHA`], or NaN.
///
/// # Panics
///
/// Then.
#[track_caller]
pub fn assert_plausible(p: f64, what: &str) {
    assert!(p > ALPHA, "{what}: p = {p:e}");
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2⁵³")]
pub fn real(n: usize) -> f64 {
    n as f64
}
