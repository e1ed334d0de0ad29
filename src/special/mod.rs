//! The trait [`Special`], of functions that people miss in `Float`, and their values.
//!
//! `functions` has the trait, `plain` the table of the values of `f32` and `f64`, a file per family the algorithms, and
//! `slices` and `blends` what is written once for every number.

mod bessel;
mod beta;
mod blends;
mod erf;
mod functions;
mod gamma;
mod lambert;
mod logistic;
mod normal;
mod plain;
mod slices;
pub(crate) mod turns;

pub use functions::Special;
pub(crate) use gamma::{BERNOULLI_BY_INDEX, LARGE};
pub(crate) use normal::hazard;
