//! The functions of `Special`.

#![cfg(feature = "alloc")]

#[path = "../common/mod.rs"]
mod common;
mod exponents;
mod functions;
#[path = "../../src/rules/special_table.rs"]
mod special_table;
