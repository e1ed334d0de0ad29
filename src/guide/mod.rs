//! Pages to read: which call to take, function values, what the numbers are, how calls nest, and JAX's words.

#![allow(clippy::doc_markdown)]

#[doc = include_str!("calls.md")]
pub mod calls {}

#[cfg(feature = "alloc")]
#[doc = include_str!("functions.md")]
pub mod functions {}

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
