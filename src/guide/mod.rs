//! Pages to read, from what a dual number is to where to go from other libraries.
//!
//! | page | about |
//! |---|---|
//! | [numbers] | what dual, hyper-dual and Taylor numbers are |
//! | [writing] | functions that can be differentiated: constants, branches, loops, buffers, random inputs |
//! | [calls] | which call to take, and what it costs |
//! | [points] | arrays, slices, structures, vectors and matrices |
//! | [functions] | function values: every derivative as a method, the fastest way |
//! | [rules](crate::rules#a-rule-of-your-own) | rules of your own, C code, tables |
//! | [higher_orders] | second derivatives, series, Laplacians |
//! | [nesting] | calls within calls, and what debug builds catch |
//! | [kinks] | kinks, poles, NaN, lanes that are zero |
//! | [checking] | derivatives against differences of values |
//! | [random](crate::random) | random numbers that can be repeated: JAX's keys |
//! | [sparse] | patterns, colours, sums of terms |
//! | [solves] | linear systems, eigenvalues, what a solver finds |
//! | [solvers] | other people's optimisers and integrators, from one function value |
//! | [other_crates] | code of others |
//! | [speed] | what decides it, and what to measure |
//! | [from_jax], [from_forwarddiff], [from_num_dual], [from_ceres] | calls side by side |

#![allow(clippy::doc_markdown)]

#[doc = include_str!("numbers.md")]
pub mod numbers {}

#[doc = include_str!("writing.md")]
pub mod writing {}

#[doc = include_str!("calls.md")]
pub mod calls {}

#[doc = include_str!("points.md")]
pub mod points {}

#[cfg(feature = "alloc")]
#[doc = include_str!("functions.md")]
pub mod functions {}

#[doc = include_str!("higher_orders.md")]
pub mod higher_orders {}

#[doc = include_str!("nesting.md")]
pub mod nesting {}

#[doc = include_str!("kinks.md")]
pub mod kinks {}

#[doc = include_str!("checking.md")]
pub mod checking {}

#[cfg(feature = "std")]
#[doc = include_str!("sparse.md")]
pub mod sparse {}

#[doc = include_str!("solves.md")]
pub mod solves {}

#[cfg(feature = "std")]
#[doc = include_str!("solvers.md")]
pub mod solvers {}

#[doc = include_str!("other_crates.md")]
pub mod other_crates {}

#[doc = include_str!("speed.md")]
pub mod speed {}

#[doc(alias(
    "vmap",
    "jacrev",
    "vjp",
    "linearize",
    "scan",
    "custom_jvp",
    "pytree",
    "ravel",
    "custom_root",
    "jit"
))]
#[doc = include_str!("from_jax.md")]
pub mod from_jax {}

#[doc = include_str!("from_forwarddiff.md")]
pub mod from_forwarddiff {}

#[doc = include_str!("from_num_dual.md")]
pub mod from_num_dual {}

#[doc = include_str!("from_ceres.md")]
pub mod from_ceres {}
