//! What this crate is to other crates: their traits on its types, and the generators and threads that they lend.
//!
//! Each part is behind a feature with the crate's name:
//!
//! | feature | crate | what it adds |
//! |---|---|---|
//! | `approx` | `approx` 0.5 | `AbsDiffEq`, `RelativeEq` and `UlpsEq` of values |
//! | `approx_0_4` | `approx` 0.4 | the same, for `cgmath` |
//! | `argmin` | `argmin` 0.11 | problems with gradient, Hessian and Jacobian, from a function that is written once |
//! | `bytemuck` | `bytemuck` 1 | `Zeroable` and `Pod`: numbers as bytes and as slices of their coefficients |
//! | `diffsol` | `diffsol` 0.19 | right-hand sides, Jacobians, sensitivities, events and sparsity of its problems, from a function that is written once |
//! | `euclid` | `euclid` 0.22 | `Trig`, `ApproxEq`, `Floor`, `Ceil`, `Round`: rotations, transformations and angles |
//! | `faer` | `faer` 0.24 | `ComplexField` and `RealField`: products and decompositions |
//! | `nalgebra` | `nalgebra` 0.35 | vectors and matrices of dual numbers, as points and results of every driver, Jacobians and Hessians as matrices; rotations and rigid motions; with `random` [samples](crate::random::Sample) in `SMatrix` and `SVector`, and of [run-time shape](crate::random::SampleShaped) in `DMatrix` and `DVector` |
//! | `nalgebra-sparse` | `nalgebra-sparse` 0.12 | [sparse matrices](crate::sparse) as `CsrMatrix` and `CscMatrix`; Cholesky's factors for [implicit functions](crate::implicit) |
//! | `ndarray` | `ndarray` 0.17 | `ScalarOperand`; arrays as points and results, Jacobians and Hessians as `Array2` |
//! | `num-complex` | `num-complex` 0.4 | derivatives of functions of complex numbers: holomorphic ones, their Jacobians, and Wirtinger's |
//! | `proptest` | `proptest` 1.11 | strategies for numbers, points and keys |
//! | `rand` | `rand` 0.10 | `StandardUniform`, `Open01`, `OpenClosed01`, and `Uniform` between numbers, with derivatives |
//! | `rand_chacha` | `rand_chacha` 0.10 | the [generators](crate::random::Generator) `ChaCha8`, `ChaCha12` and `ChaCha20` |
//! | `rand_core` | `rand_core` 0.10 | [`CounterRng`](crate::random::CounterRng) as `Rng` and `SeedableRng`, for `rand` 0.10, `rand_distr` 0.6 and others |
//! | `rand_core_0_9` | `rand_core` 0.9 | the same as `RngCore` and `SeedableRng`, for `rand` 0.9 |
//! | `rand_distr` | `rand_distr` 0.6 | `StandardNormal` and `Exp1`, hence the distributions with numbers as parameters |
//! | `rayon` | `rayon` 1 | `gradient`, `jacobian`, `hessian`, `sparse_jacobian`, `sparse_hessian`, and with `random` `ParallelDistribution`: derivatives at slices and samples on many threads, with identical bits |
//! | `serde` | `serde` 1 | `Serialize` and `Deserialize` of numbers, with `random` of keys, and with `std` of sparse patterns, matrices and plans |
//! | `simba` | `simba` 0.10 | `ComplexField` and `RealField`: what makes of dual numbers the numbers of `nalgebra` 0.35, whose feature has it on |
//! | `simba_0_9`, `simba_0_8` | `simba` 0.9, 0.8 | the same for `nalgebra` 0.33 and 0.34, and for 0.32 |
//! | `sprs` | `sprs` 0.11 | [sparse matrices](crate::sparse) as `CsMat` |
//!
//! What needs no feature, what loses derivatives and where, and how a newtype serves a crate that isn't here:
//! `docs/compatibility.md`.
// One file per foreign crate. Nothing outside this room imports it: a feature adds implementations and changes none.

#[cfg(any(feature = "approx", feature = "approx_0_4"))]
mod approx;
#[cfg(feature = "argmin")]
pub mod argmin;
#[cfg(feature = "bytemuck")]
pub mod bytemuck;
#[cfg(feature = "diffsol")]
pub mod diffsol;
#[cfg(feature = "euclid")]
pub mod euclid;
#[cfg(feature = "faer")]
pub mod faer;
#[cfg(feature = "nalgebra")]
pub mod nalgebra;
#[cfg(feature = "nalgebra-sparse")]
pub mod nalgebra_sparse;
#[cfg(feature = "ndarray")]
pub mod ndarray;
#[cfg(feature = "num-complex")]
pub mod num_complex;
#[cfg(feature = "proptest")]
pub mod proptest;
#[cfg(feature = "rand")]
pub mod rand;
#[cfg(feature = "rand_chacha")]
pub mod rand_chacha;
#[cfg(any(feature = "rand_core", feature = "rand_core_0_9"))]
pub mod rand_core;
#[cfg(feature = "rand_distr")]
pub mod rand_distr;
#[cfg(feature = "rayon")]
pub mod rayon;
#[cfg(feature = "serde")]
pub mod serde;
#[cfg(any(feature = "simba", feature = "simba_0_8", feature = "simba_0_9"))]
pub mod simba;
#[cfg(feature = "sprs")]
pub mod sprs;
