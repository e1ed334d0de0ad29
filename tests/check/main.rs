//! The checks of derivatives, on functions that are right and on ones that aren't.

#![cfg(all(feature = "alloc", feature = "random"))]

mod faults;
mod grads;
