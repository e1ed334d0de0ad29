//! Function values: what the drivers' methods give, in every instruction set, and that it is what the direct calls give.

#![cfg(test)]

mod fallible;
mod function;
mod lambda;
#[path = "../../common/panics.rs"]
mod panics;
