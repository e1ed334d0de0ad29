//! wip
#![no_std]
#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod drive;
mod error;
mod number;
pub mod random;
mod real;
pub mod rules;

pub use drive::*;
pub use error::Error;
pub use number::{Dual, ParseDualError};
pub use real::Real;
