//! Whatever takes a generator takes `tangents::random::CounterRng`: `rand` of two versions, `rand_distr`, `proptest`.
//!
//! The tests in `tests/` use it there as anybody would, and compare with what can be computed without the other crate.
