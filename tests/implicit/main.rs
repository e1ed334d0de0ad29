//! Derivatives of what a solver found.

#![cfg(feature = "alloc")]

#[path = "../common/data.rs"]
mod data;

mod bounds;
mod numbers;
mod refusals;
mod values;
