//! The numbers and their laws.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/data.rs"]
mod data;
mod dual;
mod hyper;
mod laws;
#[cfg(feature = "alloc")]
mod orders;
#[path = "../common/panics.rs"]
mod panics;
mod product;
#[path = "../../src/rules/special_table.rs"]
mod special_table;
mod squares;
mod taylor;
mod traits;
