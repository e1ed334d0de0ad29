//! Distributions of `rand_distr` 0.6 whose parameters are numbers of this crate.
//!
//! `StandardNormal` and `Exp1` give constants, and with them (and those of [`interop::rand`](super::rand)) every
//! continuous distribution of the crate can be constructed with numbers and sampled. Values are those of plain
//! parameters, bit for bit.
//!
//! ```
//! use rand_distr::{Distribution, Normal};
//! use tangents::random::Key;
//! use tangents::{Real, gradient};
//!
//! // x = μ + σ·z
//! let g = gradient(|p| Normal::new(p[0], p[1]).unwrap().sample(&mut Key::new(3).rng()), &[1.0, 2.0]);
//! let z: f64 = rand_distr::StandardNormal.sample(&mut Key::new(3).rng());
//! assert_eq!(g, [1.0, z]);
//! ```
//!
//! # Which samples have their derivatives
//!
//! The derivative of a sample is taken at fixed random bits (pathwise). Its mean is the derivative of the mean where the
//! sample is a continuous function of the parameter:
//!
//! | distribution | algorithm | derivatives |
//! |---|---|---|
//! | `Normal`, `LogNormal`, `Exp`, `Uniform`, `Cauchy`, `Gumbel`, `Frechet`, `Weibull`, `Pareto`, `Triangular` | a transformation | right in every parameter |
//! | `SkewNormal` | a transformation | right in every parameter, except that in the shape at exactly 0 and ±1, where a shortcut gives 0 |
//! | `Gamma` | rejection | right in the scale, **wrong in the shape**, and 0 in a shape of exactly 1 |
//! | `ChiSquared`, `StudentT`, `FisherF`, `Beta`, `Dirichlet` | rejection | **wrong** in their parameters; of exactly 1 degree of freedom, 0 |
//! | `Pert`, `PertBuilder` | rejection | right if minimum, mode and maximum move together or stretch, **wrong** in the shape |
//! | `InverseGaussian`, `NormalInverseGaussian` | a choice of two roots | **wrong**, the choice depends on the parameters |
//! | `Poisson`, `Zeta`, `Zipf` | whole numbers | 0, and whole numbers have no others |
//!
//! What is wrong can't be seen from the sample: the probability of acceptance, or of the root, changes with the parameter,
//! and the derivative lacks that part: of the mean 1 % with `Gamma` of shape 1.5, 25 % with `Beta` of shapes 2 and 1, 16 %
//! with `InverseGaussian`. The distributions of [`random`](crate::random) don't lose it:
//! [`Gamma`](crate::random::Gamma), [`Beta`](crate::random::Beta), [`ChiSquare`](crate::random::ChiSquare),
//! [`StudentT`](crate::random::StudentT), [`FisherF`](crate::random::FisherF),
//! [`Dirichlet`](crate::random::Dirichlet) and [`Wald`](crate::random::Wald) are differentiated at a fixed quantile.

use ::rand::{Rng, distr::Distribution};
use ::rand_distr::{Exp1, StandardNormal};

use super::rand::constants;
use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;

constants!(Dual: StandardNormal Exp1);
constants!(HyperDual: StandardNormal Exp1);
constants!(Taylor: StandardNormal Exp1);
