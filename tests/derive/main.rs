//! The macros of the feature `derive`.

#![cfg(all(feature = "derive", feature = "alloc", feature = "random"))]

mod function;
mod point;
