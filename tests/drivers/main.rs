//! The drivers and transforms.

#![cfg(feature = "alloc")]

mod calls;
mod compose;
mod compose_orders;
mod inference;
mod nesting;
#[path = "../common/panics.rs"]
mod panics;
mod points;
mod second_order;
mod stack;
