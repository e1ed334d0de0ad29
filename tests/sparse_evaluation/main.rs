//! Sparse Jacobians and Hessians in compressed form: against closed forms, reference values, and the dense drivers bit for bit.
#![cfg(feature = "std")]

#[path = "../common/data.rs"]
mod data;
mod jacobians;
