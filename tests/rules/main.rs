//! The functions of `Float` and their rules: values from outside, edges, kinks, poles.

#[cfg(feature = "alloc")]
mod black_box;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/data.rs"]
mod data;
mod edges;
mod elementwise;
mod exponents;
mod extremes;
#[path = "../common/functions.rs"]
mod functions;
#[cfg(feature = "alloc")]
mod kinks;
mod overflow;
mod poles;
#[cfg(feature = "alloc")]
mod rule;
mod walk;
#[cfg(feature = "alloc")]
mod zoo;
