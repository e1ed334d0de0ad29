//! What the tests compare with: NIST's certified fits, and solutions of nonlinear programs from mpmath.

use std::fs::read_to_string;
use std::ops::Range;

use serde_json::Value;

fn text(name: &str) -> String {
    let path = format!("{}/../data/{name}", env!("CARGO_MANIFEST_DIR"));
    read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A nonlinear regression of NIST's, as its file states it.
#[derive(Clone, Debug)]
pub struct Regression {
    /// Two points to start from.
    pub starts: [Vec<f64>; 2],
    /// The parameters, certified to 11 digits.
    pub certified: Vec<f64>,
    /// The sum of the squares of the residuals there.
    pub certified_rss: f64,
    /// What is observed: pairs x, y.
    pub observations: Vec<(f64, f64)>,
}

impl Regression {
    /// The regression of that name.
    ///
    /// # Panics
    ///
    /// If there is no such file, or if it isn't of NIST's form.
    pub fn read(name: &str) -> Self {
        let file = text(&format!("nist/{name}.dat"));
        let lines: Vec<_> = file.lines().map(str::trim).collect();
        let section = |title: &str| &lines[line_range(&lines, title)];
        let parameters: Vec<_> = section("Starting Values")
            .iter()
            .map(|line| numbers(line.split_once('=').expect("a parameter is given a value").1))
            .collect();
        let column = |i: usize| parameters.iter().map(|row| row[i]).collect();
        let rss =
            section("Certified Values").iter().find_map(|line| line.strip_prefix("Residual Sum of Squares:"));
        let observation = |line: &&str| match numbers(line)[..] {
            [y, x] => (x, y),
            _ => panic!("{name}: {line}"),
        };
        Self {
            starts: [column(0), column(1)],
            certified: column(2),
            certified_rss: numbers(rss.expect("a certified sum"))[0],
            observations: section("Data").iter().map(observation).collect(),
        }
    }
}

fn numbers(line: &str) -> Vec<f64> {
    line.split_whitespace().map(|word| word.parse().unwrap_or_else(|_| panic!("{line}"))).collect()
}

/// The lines that the head of a file promises: "Data (lines 61 to 188)".
fn line_range(lines: &[&str], title: &str) -> Range<usize> {
    let promise = lines.iter().find_map(|line| {
        let start = line.to_lowercase().find(&title.to_lowercase())?;
        line[start + title.len()..].trim_start().strip_prefix("(lines")?.strip_suffix(')')
    });
    let (first, last) = promise.and_then(|range| range.split_once("to")).expect("a range of lines");
    first.trim().parse::<usize>().unwrap() - 1..last.trim().parse().unwrap()
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
