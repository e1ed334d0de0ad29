//! The functions of `Float` and their rules: values from outside, edges, kinks, poles.

#[path = "../common/data.rs"]
mod data;
mod edges;
mod elementwise;
mod exponents;
mod extremes;
#[cfg(feature = "alloc")]
mod kinks;
mod overflow;
mod poles;
mod walk;
#[cfg(feature = "alloc")]
mod zoo;
