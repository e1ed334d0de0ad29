//! Linear algebra on numbers that carry derivatives, against references with 50 digits (`tests/data/linalg/`).

#![allow(missing_docs, unused_crate_dependencies)]
#![cfg(feature = "std")]

mod curves;
#[path = "../common/data.rs"]
mod data;
mod factors;
mod functions;
mod general;
mod spectra;
