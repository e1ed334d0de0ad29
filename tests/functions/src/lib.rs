//! Function values: what the drivers' methods give, in every instruction set, and that it is what the direct calls give; and
//! functions that bring their own rule.

#![cfg(test)]

mod black_box;
#[path = "../../common/mod.rs"]
mod common;
mod fallible;
mod function;
mod lambda;
#[path = "../../common/panics.rs"]
mod panics;
mod rule;
