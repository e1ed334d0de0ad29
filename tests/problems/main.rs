//! Whole problems, with the derivatives that others have published for them.

#![cfg(feature = "alloc")]

mod gradbench;
mod mgh;
mod nist;
mod ode;
mod reference;
