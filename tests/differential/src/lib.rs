#![doc = include_str!("../README.md")]
// A library so that it is built once; its documentation isn't read. A panic is a failure that was found.
#![allow(missing_docs, missing_debug_implementations, clippy::missing_panics_doc)]

pub mod answer;
pub mod case;
pub mod functions;
pub mod generate;
pub mod modes;
pub mod reference;
pub mod tree;
