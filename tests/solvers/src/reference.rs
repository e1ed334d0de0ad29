//! What the tests compare with: NIST's certified fits, and solutions of nonlinear programs from mpmath.

use std::fs::read_to_string;

use serde_json::Value;

pub use crate::nist::Dataset;

fn text(name: &str) -> String {
    let path = format!("{}/../data/{name}", env!("CARGO_MANIFEST_DIR"));
    read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// NIST's data set of that name.
///
/// # Panics
///
/// If there is no such file, or if it isn't of NIST's form.
pub fn dataset(name: &str) -> Dataset {
    Dataset::parse(&text(&format!("nist/{name}.dat")))
}

/// The solution of a nonlinear program.
#[derive(Clone, Debug)]
pub struct Optimum {
    /// The point that the problem starts from.
    pub start: Vec<f64>,
    /// The solution.
    pub x: Vec<f64>,
    /// The least value.
    pub f: f64,
    /// The multipliers of the constraints c in f − Σ λᵢcᵢ.
    pub multipliers: Vec<f64>,
}

impl Optimum {
    /// The solution of the program of that name, from `tests/data/nlp/`.
    ///
    /// # Panics
    ///
    /// If there is none.
    pub fn read(name: &str) -> Self {
        let all: Value = serde_json::from_str(&text("nlp/solutions.json")).unwrap();
        let program = all.as_array().unwrap().iter().find(|program| program["name"] == name);
        let program = program.unwrap_or_else(|| panic!("no program {name}"));
        let list = |key: &str| program[key].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
        Self {
            start: list("start"),
            x: list("x"),
            f: program["f"].as_f64().unwrap(),
            multipliers: list("multipliers"),
        }
    }
}

/// That each number is within `tolerance` of the one expected, relative to 1 or to a larger one.
///
/// # Panics
///
/// If it isn't.
#[track_caller]
pub fn assert_close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        let error = (found - expected).abs() / expected.abs().max(1.0);
        assert!(error <= tolerance, "{i}: {found} for {expected}, an error of {error:e}");
    }
}
