//! `tangents::random`.

#![cfg(feature = "random")]

#[cfg(feature = "alloc")]
mod continuous;
#[path = "../common/data.rs"]
mod data;
#[cfg(feature = "alloc")]
mod discrete;
mod golden;
mod keys;
#[cfg(feature = "alloc")]
mod pathwise;
mod rng;
