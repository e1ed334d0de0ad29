//! What the tests against published problems share: their data, and the comparison row by row.

// Each test file compiles its own copy and uses a part of it.
#![allow(dead_code, unreachable_pub)]

use std::fmt::Write;

use serde_json::Value;
use tangents::Real;

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

/// A file below `tests/data/`.
pub fn text(path: &str) -> String {
    let path = format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A JSON file below `tests/data/`.
pub fn json(path: &str) -> Value {
    // Without the feature, one number in fourteen isn't read as the nearest f64.
    let number: f64 = serde_json::from_str("0.39049333933125124").unwrap();
    assert_eq!(number.to_string(), "0.39049333933125124", "serde_json lacks its feature `float_roundtrip`");
    serde_json::from_str(&text(path)).unwrap()
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

pub fn string(value: &Value) -> &str {
    value.as_str().unwrap()
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

pub fn count(value: &Value) -> usize {
    value.as_u64().unwrap().try_into().unwrap()
}

pub fn vector(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

pub fn matrix(value: &Value) -> Vec<Vec<f64>> {
    list(value).iter().map(vector).collect()
}

/// A vector of fixed length.
pub fn array<const N: usize>(value: &Value) -> [f64; N] {
    vector(value).try_into().unwrap()
}

/// The entry of a list whose `key` is `name`.
pub fn entry<'v>(entries: &'v Value, key: &str, name: &str) -> &'v Value {
    let found = list(entries).iter().find(|entry| entry[key] == name);
    found.unwrap_or_else(|| panic!("no reference for {name}"))
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
