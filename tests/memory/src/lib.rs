//! Does anything that is `unsafe` read or write where it mustn't? Run it under Miri:
//!
//! ```sh
//! cargo +nightly miri test --manifest-path tests/memory/Cargo.toml
//! cargo +nightly miri test --manifest-path tests/memory/Cargo.toml --target s390x-unknown-linux-gnu
//! ```
//!
//! The first interprets the vectors of x86-64, the second the lanes one by one, on a machine of the other byte order.
//! Miri is a component of the nightly toolchain: `rustup +nightly component add miri rust-src`.
//!
//! The blocks are in `number/lanes` (loads, stores and turned rows of every length), in `number/hyper/packed.rs` (rows
//! that are never written), in `number/dual_or_constant` (lanes that a constant doesn't initialise), in `number/inspect.rs` (a
//! number recognised behind `NumCast`), in `number/on` (numbers over a float as numbers over that float on a set), in
//! `dispatch.rs` and in the traits of `bytemuck`. Operands are small integers, so every result is exact and the tests compare
//! with formulas, and run without Miri too.
