//! `tangents::random`.

#![cfg(feature = "random")]

#[cfg(feature = "alloc")]
mod continuous;
#[cfg(feature = "alloc")]
mod discrete;
#[cfg(feature = "alloc")]
mod extremes;
mod golden;
mod keys;
#[cfg(feature = "alloc")]
mod pathwise;
mod rng;
