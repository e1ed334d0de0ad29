//! Sparse derivatives: patterns found by running functions, colourings, compressed evaluation, sums of small terms.

#![cfg(test)]

mod coloring;
#[path = "../../common/counting.rs"]
mod counting;
#[path = "../../common/data.rs"]
mod data;
mod evaluation;
#[path = "../../common/panics.rs"]
mod panics;
mod problems;
#[path = "../../../src/rules/special_table.rs"]
mod special_table;
#[path = "../../../src/rules/table.rs"]
mod table;
mod terms;
mod tracer;
