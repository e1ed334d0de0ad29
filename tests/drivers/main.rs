//! The drivers and transforms.

#![cfg(feature = "alloc")]

mod calls;
mod compose;
mod compose_orders;
mod inference;
mod nesting;
mod second_order;
mod stack;
