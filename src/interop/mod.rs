//! What this crate is to other crates: their traits on its types, and the generators and threads that they lend.
//!
//! Each part is behind a feature with the crate's name:
//!
//! | feature | crate | what it adds |
//! |---|---|---|
//! | `approx` | `approx` 0.5 | `AbsDiffEq`, `RelativeEq` and `UlpsEq` of values |
//! | `nalgebra` | `nalgebra` 0.35 | vectors and matrices of dual numbers, as points and results of every driver, Jacobians and Hessians as matrices; [samples](crate::random::Sample) in `SMatrix` and `SVector`, and of [run-time shape](crate::random::SampleShaped) in `DMatrix` and `DVector` |
//! | `proptest` | `proptest` 1.11 | strategies for dual numbers, points and keys |
//! | `rand_chacha` | `rand_chacha` 0.10 | the [generators](crate::random::Generator) `ChaCha8`, `ChaCha12` and `ChaCha20` |
//! | `rand_core` | `rand_core` 0.10 | [`CounterRng`](crate::random::CounterRng) as `Rng` and `SeedableRng`, for `rand` 0.10, `rand_distr` 0.6 and others |
//! | `rand_core_0_9` | `rand_core` 0.9 | the same as `RngCore` and `SeedableRng`, for `rand` 0.9 |
//! | `rayon` | `rayon` 1 | `ParallelDistribution`: samples drawn on many threads, with identical bits |
//! | `simba` | `simba` 0.10 | `ComplexField` and `RealField`: what makes of dual numbers the numbers of `nalgebra` 0.35, whose feature has it on |
//! | `simba_0_9`, `simba_0_8` | `simba` 0.9, 0.8 | the same for `nalgebra` 0.33 and 0.34, and for 0.32 |
// One file per foreign crate. Nothing outside this room imports it: a feature adds implementations and changes none.

#[cfg(feature = "approx")]
mod approx;
#[cfg(feature = "nalgebra")]
pub mod nalgebra;
#[cfg(feature = "proptest")]
pub mod proptest;
#[cfg(feature = "rand_chacha")]
pub mod rand_chacha;
#[cfg(any(feature = "rand_core", feature = "rand_core_0_9"))]
pub mod rand_core;
#[cfg(feature = "rayon")]
pub mod rayon;
#[cfg(any(feature = "simba", feature = "simba_0_8", feature = "simba_0_9"))]
pub mod simba;
