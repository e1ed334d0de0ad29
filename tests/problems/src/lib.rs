//! Whole problems, with the derivatives that others have published for them.

#![cfg(test)]

#[path = "../../common/data.rs"]
mod data;
#[allow(unreachable_pub)]
#[path = "../../common/nist.rs"]
mod dataset;
mod gradbench;
mod mgh;
mod nist;
mod ode;
mod reference;
