//! What this crate is to other crates: their traits on its types, and the generators and threads that they lend.
//!
//! Each part is behind a feature with the crate's name:
//!
//! | feature | crate | what it adds |
//! |---|---|---|
//! | `proptest` | `proptest` 1.11 | strategies for dual numbers, points and keys |
// One file per foreign crate. Nothing outside this room imports it: a feature adds implementations and changes none.

#[cfg(feature = "proptest")]
pub mod proptest;
