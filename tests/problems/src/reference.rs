//! What the tests against published problems share: their formulas' constants, and the comparison row by row.

#![allow(unreachable_pub)]

use std::fmt::Write;

use tangents::Real;

pub use crate::data::*;

/// A constant of a formula.
pub fn c<T: Real>(x: f64) -> T {
    T::lit(x)
}

/// An index or a count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub fn n<T: Real>(i: usize) -> T {
    T::lit(i as f64)
}

pub fn sum_of_squares<T: Real>(f: impl IntoIterator<Item = T>) -> T {
    T::sum(f.into_iter().map(|f| f * f))
}

pub fn largest(row: &[f64]) -> f64 {
    row.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()))
}

/// How far an entry may be off, relative to the largest of its row.
pub const ROW: f64 = 1e-13;

/// Where results leave their references.
#[derive(Default)]
pub struct Deviations(String);

impl Deviations {
    /// Compares a row by its largest entry.
    pub fn row(&mut self, what: &str, found: &[f64], expected: &[f64]) {
        self.scaled_row(what, found, expected, largest(expected));
    }

    /// Compares a row whose entries are sums of terms as large as `scale`, which may cancel.
    pub fn scaled_row(&mut self, what: &str, found: &[f64], expected: &[f64], scale: f64) {
        self.row_within(what, found, expected, ROW * scale);
    }

    /// Compares a row by an absolute bound.
    pub fn row_within(&mut self, what: &str, found: &[f64], expected: &[f64], bound: f64) {
        assert_eq!(found.len(), expected.len(), "{what}");
        for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
            let off = (found - expected).abs();
            // Not `>`: a NaN deviates.
            let within = off <= bound;
            if !within {
                writeln!(
                    self.0,
                    "{what}[{i}]: {found:e}, not {expected:e}: off by {off:.1e}, {bound:.1e} allowed"
                )
                .unwrap();
            }
        }
    }

    /// Compares each row by its own largest entry.
    pub fn rows(&mut self, what: &str, found: &[impl AsRef<[f64]>], expected: &[Vec<f64>]) {
        assert_eq!(found.len(), expected.len(), "{what}");
        for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
            self.row(&format!("{what}[{i}]"), found.as_ref(), expected);
        }
    }

    pub fn none(self) {
        assert!(self.0.is_empty(), "\n{}", self.0);
    }
}
