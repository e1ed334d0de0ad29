//! Does any input panic, or break a law? A fuzz target per family of functions.
//!
//! A family takes bytes, reads them as numbers, programs, lengths, parameters and keys, and panics if a law doesn't hold
//! or if what it calls panics. That goes with debug assertions and checks of overflow, in a release build too. What
//! panics by contract isn't asked for, shapes that don't fit aside: no `clamp` of bounds that aren't in order, no order of many
//! millions drawn whole. Integer orders of Bessel functions and polygammas are up to 64, samples up to 8 elements.
//!
//! | family | |
//! |---|---|
//! | `arithmetic` | programs of all operations: value bit for bit, each lane as alone, zero lanes stay zero |
//! | `parsing` | `FromStr` of any text; what is printed in any format is parsed back |
//! | `drivers` | points of 0 to 70 coordinates: all forms agree; wrong lengths are errors of a `Workspace`, which writes nothing then; drivers panic because of them and of ragged results |
//! | `sampling` | distributions, keys, orders and streams with any parameters: a typed error, or a sample within its bounds |
//! | `special` | `Special`: value bit for bit, each lane as alone, zero lanes stay zero |
//! | `orders` | the same two on `HyperDual` and `Taylor`: value bit for bit, first order as `Dual`, nothing out of nothing |
//! | `checking` | `check_grads` and its kin with any options, and wrong derivatives: a verdict |
//!
//! `cargo test` runs 20 000 inputs of each. Three ways to look further, the first two on stable Rust:
//!
//! ```sh
//! TANGENTS_CASES=100 cargo test --manifest-path tests/fuzz/Cargo.toml
//! cargo run --release --manifest-path tests/fuzz/Cargo.toml --bin search -- all 60 1  # seconds each, and the seed
//! cargo +nightly fuzz run --fuzz-dir tests/fuzz drivers -- -max_total_time=60
//! ```
//!
//! The first two take random bytes and changes of them, the last is led by coverage: `cargo-fuzz` with libFuzzer, which needs
//! a C++ compiler. `search` prints a failing input, made as small as it could, which `search FAMILY HEX_DIGITS replay` runs
//! again; and it ends at an input that takes longer than 10 s.
//!
//! The longest search so far, `search all 40 1`, on one core: arithmetic 5.6 million inputs, parsing 2.0 million,
//! drivers 0.56 million, sampling 6.0 million, special 0.73 million, checking 3.1 million, none of which fails. It was after a first one
//! had found one failure: a `Binomial` with p = −0 and a huge number of trials didn't come to an end.
//! `orders` has since had 1.2 million inputs, and `drivers` 240 000 with those of higher order.
//!
//! Led by coverage, 68 minutes in all, 43 of them after the last mend of a derivative: arithmetic 0.63 million inputs, parsing 1.0
//! million, drivers 0.16 million, sampling 1.4 million, special 0.31 million, orders 0.12 million, checking 0.22 million. Before that,
//! `drivers`, `orders`, `special` and `arithmetic` had failed within seconds to seven minutes, six times in all, by what was new then: poles
//! and ties in nested numbers, and constants beside values that overflow. After it, `drivers` failed once, by its own oracle: the slope
//! of a series beside one that underflows.

// The functions by index, the numbers of any depth and the corners are those of the crate's own tests.
#[path = "../../common/mod.rs"]
pub mod common;
#[path = "../../../src/rules/special_table.rs"]
mod special_table;

mod arithmetic;
mod checking;
mod cursor;
mod drivers;
mod inputs;
mod orders;
mod panics;
mod parsing;
mod program;
mod sampling;
mod second_order;
mod special;

pub use arithmetic::arithmetic;
pub use checking::checking;
pub use drivers::drivers;
pub use inputs::Inputs;
pub use orders::orders;
pub use panics::without_report;
pub use parsing::parsing;
pub use sampling::sampling;
pub use special::special;

/// A family: its name, and what panics if an input breaks one of its laws.
pub type Family = (&'static str, fn(&[u8]));

/// All families.
pub const FAMILIES: [Family; 7] = [
    ("arithmetic", arithmetic),
    ("parsing", parsing),
    ("drivers", drivers),
    ("sampling", sampling),
    ("special", special),
    ("orders", orders),
    ("checking", checking),
];

/// The program of a fuzz target: libFuzzer's under `--cfg fuzzing`, otherwise one that says how to build that.
#[macro_export]
macro_rules! target {
    ($family:ident) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::$family(data));

        #[cfg(not(fuzzing))]
        fn main() {
            eprintln!("Built without `--cfg fuzzing`: see src/lib.rs, or run `search` instead.");
        }
    };
}
