//! Derivatives of what a solver found.

// Indices and rounded parameters.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]

mod bounds;
mod edges;
mod linear;
mod matrix_free;
mod numbers;
mod refusals;
mod sparse;
mod values;
