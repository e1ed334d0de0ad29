#![doc = include_str!("../README.md")]
// A library for the sake of one build, of which nobody reads the pages; what panics is a failure found.
#![allow(missing_docs, missing_debug_implementations, clippy::missing_panics_doc)]

pub mod answer;
pub mod case;
pub mod functions;
pub mod generate;
pub mod modes;
pub mod reference;
pub mod tree;
