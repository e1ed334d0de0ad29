//! The functions of `Special`.

#![cfg(feature = "alloc")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/data.rs"]
mod data;
mod exponents;
mod functions;
#[path = "../../src/rules/special_table.rs"]
mod special_table;
