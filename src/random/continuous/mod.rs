//! Distributions of floats and of vectors of floats.

mod composed;
mod gamma;
mod implicit;
mod mills;
mod of_gamma;
mod parametric;
#[cfg(test)]
mod references;
mod rows;
mod standard;
mod truncated;
mod uniform;
mod wald;

pub use composed::{DoubleSidedMaxwell, Maxwell, maxwell};
pub use gamma::{Gamma, LogGamma};
pub use of_gamma::{Beta, ChiSquare, FisherF, GeneralizedNormal, StudentT};
pub use parametric::{LogNormal, Pareto, Rayleigh, Triangular, Weibull};
#[cfg(feature = "alloc")]
pub use rows::Orthogonal;
pub use rows::{Ball, Dirichlet, MultivariateNormal};
pub(super) use standard::Either;
pub use standard::{
    Cauchy, Exponential, Gumbel, Laplace, LocationScale, Logistic, Mode, Normal, StandardNormal, cauchy,
    exponential, gumbel, laplace, logistic, normal,
};
pub use truncated::TruncatedNormal;
#[cfg(feature = "alloc")]
pub use uniform::uniform_vec;
pub use uniform::{StandardUniform, Uniform, uniform, uniform_fill};
pub use wald::Wald;
