//! Patterns that are found by running a function.

#![cfg(feature = "std")]

#[path = "../common/data.rs"]
mod data;
mod functions;
#[path = "../common/panics.rs"]
mod panics;
mod problems;
mod programs;
mod questions;
mod runs;
#[path = "../../src/rules/special_table.rs"]
mod special_table;
#[path = "../../src/rules/table.rs"]
mod table;
