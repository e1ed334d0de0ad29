//! What other crates see of this one, each behind the feature with its name.

#![allow(missing_docs, unused_crate_dependencies)]

#[cfg(feature = "approx")]
mod approx;
#[cfg(feature = "bytemuck")]
mod bytemuck;
#[cfg(feature = "approx")]
#[path = "../common/mod.rs"]
mod common;
mod foreign;
#[cfg(all(feature = "nalgebra", feature = "random"))]
mod nalgebra;
#[cfg(all(feature = "nalgebra", feature = "std"))]
mod nalgebra_decompositions;
#[cfg(all(feature = "nalgebra", feature = "std"))]
mod nalgebra_points;
#[cfg(feature = "ndarray")]
mod ndarray;
#[cfg(all(feature = "num-complex", feature = "alloc"))]
mod num_complex;
#[cfg(feature = "alloc")]
#[path = "../common/panics.rs"]
mod panics;
#[cfg(feature = "proptest")]
mod proptest;
#[cfg(feature = "rand")]
mod rand;
#[cfg(feature = "rand_chacha")]
mod rand_chacha;
#[cfg(feature = "rand_core")]
mod rand_core;
#[cfg(feature = "rand_core_0_9")]
mod rand_core_0_9;
#[cfg(feature = "rand_distr")]
mod rand_distr;
#[cfg(all(feature = "rayon", feature = "random"))]
mod rayon;
#[cfg(all(feature = "serde", feature = "random"))]
mod serde;
#[cfg(all(feature = "std", any(feature = "simba", feature = "simba_0_8", feature = "simba_0_9")))]
mod simba;
