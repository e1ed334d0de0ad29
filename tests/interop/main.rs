//! What other crates see of this one, each behind the feature with its name.

#![allow(missing_docs, unused_crate_dependencies)]

#[cfg(feature = "nalgebra")]
mod nalgebra;
#[cfg(feature = "rand_chacha")]
mod rand_chacha;
#[cfg(feature = "rand_core")]
mod rand_core;
#[cfg(feature = "rand_core_0_9")]
mod rand_core_0_9;
#[cfg(feature = "rayon")]
mod rayon;
