//! How fast is `tangents` beside other crates, derivatives by hand and plain functions?
//!
//! `src/main.rs` has the commands.

mod data;
mod drivers;
pub mod growth;
mod jax;
pub mod measured;
mod number;
pub mod publish;
mod report;
pub mod runner;
pub mod shared;
pub mod workloads;
