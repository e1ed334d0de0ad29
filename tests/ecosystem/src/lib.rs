//! Whatever takes a generator takes `tangents::random::CounterRng`: `rand` of two versions, `rand_distr`, `proptest`; and
//! what takes a number takes a `tangents::Dual`: `nalgebra` of several versions.
//!
//! The tests in `tests/` use it there as anybody would, and compare with what can be computed without the other crate.
