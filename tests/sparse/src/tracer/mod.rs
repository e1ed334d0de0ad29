//! Patterns that are found by running a function.

mod functions;
mod problems;
mod programs;
mod questions;
mod runs;
