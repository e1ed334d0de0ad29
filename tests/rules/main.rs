//! The functions of `Float` and their rules: values from outside, edges, kinks, poles.

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
mod walk;
#[cfg(feature = "alloc")]
mod zoo;
