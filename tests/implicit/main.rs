//! Derivatives of what a solver found.

#![cfg(feature = "alloc")]

mod first;
