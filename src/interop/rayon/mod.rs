//! Derivatives and samples computed on the threads of `rayon`, bit for bit those of one thread.

mod drivers;
#[cfg(feature = "random")]
mod samples;
mod sparse;

pub use drivers::{gradient, hessian, jacobian, value_and_gradient, value_gradient_and_hessian};
#[cfg(feature = "random")]
pub use samples::ParallelDistribution;
pub use sparse::{sparse_hessian, sparse_jacobian};
