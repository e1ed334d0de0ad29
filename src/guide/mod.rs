//! Pages to read: which call to take, function values, sparse derivatives, what the numbers are, how calls nest, and JAX's words.

#![allow(clippy::doc_markdown)]

#[doc = include_str!("calls.md")]
pub mod calls {}

#[cfg(feature = "alloc")]
#[doc = include_str!("functions.md")]
pub mod functions {}

#[cfg(feature = "std")]
#[doc = include_str!("sparse.md")]
pub mod sparse {}

#[doc = include_str!("numbers.md")]
pub mod numbers {}

#[doc = include_str!("nesting.md")]
pub mod nesting {}

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
