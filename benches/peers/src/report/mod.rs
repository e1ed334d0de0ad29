//! `docs/benchmarks.md`, and the charts of the documents.

mod chart;
mod lines;
mod markdown;

pub use chart::chart;
pub use lines::{Curve, Panel, lines};
pub use markdown::markdown;

use crate::measured::Measured;

/// All that the report is made of.
pub struct Report {
    /// The name of a build and what was measured with it.
    pub builds: Vec<(&'static str, Vec<Measured>)>,
    /// Whether the machine was busy.
    pub draft: bool,
    /// Lines that say where and with what it was measured.
    pub surroundings: Vec<String>,
    /// What is known of the limits; written by hand.
    pub bounds: String,
}
