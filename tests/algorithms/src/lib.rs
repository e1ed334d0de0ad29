//! Whole algorithms against references with 50 digits: linear algebra, implicit functions, rotations.

#![cfg(test)]

#[path = "../../common/mod.rs"]
mod common;
#[path = "../../common/data.rs"]
mod data;
mod implicit;
mod linalg;
mod rotations;
