//! The data sets of NIST's nonlinear regressions, as their files state them (`tests/data/nist/`).

use std::ops::Range;

/// What is observed, and the model's certified parameters.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Two points to start from.
    pub starts: [Vec<f64>; 2],
    /// The parameters, certified to 11 digits.
    pub certified: Vec<f64>,
    /// The sum of the squares of the residuals there.
    pub certified_rss: f64,
    /// The responses.
    pub y: Vec<f64>,
    /// What each depends on.
    pub x: Vec<Vec<f64>>,
}

impl Dataset {
    /// The data set that the text of a file states.
    ///
    /// # Panics
    ///
    /// If it isn't of NIST's form.
    pub fn parse(file: &str) -> Self {
        let lines: Vec<_> = file.lines().map(str::trim).collect();
        let section = |title: &str| &lines[line_range(&lines, title)];
        let parameters: Vec<_> = section("Starting Values")
            .iter()
            .map(|line| numbers(line.split_once('=').expect("a parameter is given a value").1))
            .collect();
        let column = |i: usize| parameters.iter().map(|row| row[i]).collect();
        let rss =
            section("Certified Values").iter().find_map(|line| line.strip_prefix("Residual Sum of Squares:"));
        let rows: Vec<_> = section("Data").iter().map(|line| numbers(line)).collect();
        Self {
            starts: [column(0), column(1)],
            certified: column(2),
            certified_rss: numbers(rss.expect("a certified sum"))[0],
            y: rows.iter().map(|row| row[0]).collect(),
            x: rows.iter().map(|row| row[1..].to_vec()).collect(),
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
