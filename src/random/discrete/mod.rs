//! Distributions of truth values, integers, choices, orders and counts.

mod bernoulli;
mod binomial;
mod categorical;
mod choice;
mod counts;
mod cumsum;
mod integer;
#[cfg(feature = "alloc")]
mod multinomial;
#[cfg(feature = "alloc")]
mod permutation;
mod poisson;
mod rounds;

pub use bernoulli::{Bernoulli, Rademacher, Sign, rademacher};
pub use binomial::Binomial;
pub use categorical::Categorical;
pub use choice::{Choice, WeightedChoice};
#[cfg(feature = "alloc")]
pub use choice::{choice, weighted_choice};
pub use counts::{Count, Geometric, Parameter};
pub use integer::{Integer, UniformInt, randint};
#[cfg(feature = "alloc")]
pub use multinomial::Multinomial;
#[cfg(feature = "alloc")]
pub use permutation::{permutation, shuffle, shuffle_axis};
pub use poisson::Poisson;
