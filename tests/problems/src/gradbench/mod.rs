//! Problems of the benchmarks `GradBench`, `ADBench`, cmpad and of Ceres's autodiff benchmarks, at the sizes that forward
//! mode is for, written as a user of this crate writes them.
//!
//! `tests/data/gradbench/README.md` says where data and references come from.

mod camera;
mod dense;
mod hand;
mod lstm;
mod mixture;
mod pose;
mod shading;
mod vec3;
