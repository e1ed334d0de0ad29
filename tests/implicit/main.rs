//! Derivatives of what a solver found.

#![cfg(feature = "alloc")]
// Indices and rounded parameters.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]

#[path = "../common/data.rs"]
mod data;

mod bounds;
mod numbers;
mod refusals;
mod values;
