//! Random numbers that can be repeated: the counter-based generator of `jax.random`, bit for bit.
//!
//! Most generators are a state that moves on with each number drawn. This one is a pure function:
//! the *block function* [`threefry2x32`] encrypts a counter with a key, and the result is the
//! random number. Element i of a sample depends on the key and on i, not on what was drawn before
//! or on which thread. The state to carry is the [`Key`] alone, two words.
//!
//! # Use a key once, and split it for more
//!
//! The same key gives the same numbers each time. So a key is used once, and where several samples
//! are wanted it is first [split](Key::split) into keys that are unrelated to it and to each other:
//!
//! ```
//! use tangents::random::{Distribution, Key, Uniform, uniform};
//!
//! let key = Key::new(137);
//! let [key1, key2, key3] = key.split();
//! let input: [f32; 10] = uniform(key1);
//! let matrix: [[f32; 10]; 20] = uniform(key2); // row-major: 20 rows of 10
//! let noise: f64 = Uniform::new(-1e-3..1e-3)?.sample(key3);
//!
//! assert_eq!(input, uniform::<[f32; 10]>(key1)); // the same key again: the same numbers
//! assert_ne!(input, matrix[0]);
//! assert!(noise.abs() <= 1e-3);
//! # Ok::<(), tangents::random::Error>(())
//! ```
//!
//! A loop carries one key along, `[key, subkey] = key.split()`, or derives a key for each step by
//! [`key.fold_in(step)`](Key::fold_in).
//!
//! # In JAX's words
//!
//! | `jax.random` | here |
//! |---|---|
//! | `PRNGKey(seed)` | [`Key::new`]`(seed)` |
//! | the same under `jax_enable_x64` | [`Key::new_x64`]`(seed)` |
//! | `key(seed, impl=…)` | [`Key::<G>::from_seed`](Key::from_seed)`(seed)` with another [`Generator`] |
//! | `wrap_key_data(data)`, `key_data(key)` | [`Key::from_data`]`(data)`, [`key.data()`](Key::data) |
//! | `split(key)` | [`let [k1, k2] = key.split()`](Key::split) |
//! | `split(key, n)` | [`key.split_vec(n)`](Key::split_vec) |
//! | `fold_in(key, data)` | [`key.fold_in(data)`](Key::fold_in) |
//! | `jax_threefry_partitionable` | [`key.with_layout(layout)`](Key::with_layout) |
//! | `bits(key, (3,), "uint8")` | [`bits`]`::<[u8; 3]>(key)` |
//! | `uniform(key)` | [`uniform`]`::<f32>(key)` |
//! | `uniform(key, (20, 10), "float64")` | [`uniform`]`::<[[f64; 10]; 20]>(key)` |
//! | `uniform(key, (n,))` | [`uniform_vec`]`::<f32>(key, n)`, [`uniform_fill`]`(key, &mut slice)` |
//! | `uniform(key, minval=a, maxval=b)` | [`Uniform::new`]`(a..b)?.sample(key)` |
//! | `normal`, `exponential`, `gumbel`, `laplace`, `logistic`, `cauchy`, `maxwell`, `rademacher` | functions of these names: [`normal`]`::<[f32; 10]>(key)` |
//! | `normal(key, (n,))` | [`StandardNormal`]`.`[`sample_vec`](Distribution::sample_vec)`(key, n)`, `.`[`fill`](Distribution::fill)`(key, &mut slice)` |
//! | `normal(key) * sigma + mu` | the same, or [`Normal::new`]`(mu, sigma)?.sample(key)`; [`LocationScale`] of any |
//! | `randint(key, shape, a, b, dtype)` | [`UniformInt::new`]`(a..b)?` |
//! | `bernoulli(key, p)`, `mode="high"` | [`Bernoulli::new`]`(p)?`, `.with_mode(`[`Mode::High`]`)` |
//! | `categorical(key, logits)` | [`Categorical::new`]`(logits)?` |
//! | `choice(key, a, p=p)`, `permutation(key, n)`, `permutation(key, x)` | [`Choice`], [`permutation`], [`shuffle`] |
//! | `poisson`, `binomial`, `geometric`, `multinomial` | [`Poisson`], [`Binomial`], [`Geometric`], [`Multinomial`] |
//! | `gamma`, `loggamma`, `beta`, `chisquare`, `t`, `f`, `generalized_normal` | [`Gamma`], [`LogGamma`], [`Beta`], [`ChiSquare`], [`StudentT`], [`FisherF`], [`GeneralizedNormal`] |
//! | `truncated_normal`, `lognormal`, `rayleigh`, `weibull_min`, `pareto`, `triangular`, `wald` | [`TruncatedNormal`], [`LogNormal`], [`Rayleigh`], [`Weibull`], [`Pareto`], [`Triangular`], [`Wald`] |
//! | `double_sided_maxwell(key, loc, scale)` | [`LocationScale::with`]`(`[`DoubleSidedMaxwell`]`, loc, scale)?` |
//! | `dirichlet`, `ball`, `multivariate_normal`, `orthogonal` | [`Dirichlet`], [`Ball`], [`MultivariateNormal`], [`Orthogonal`] |
//!
//! The shape and the type of a sample are those of the value asked for. JAX's numbers before
//! version 0.5.0 are those of [`Layout::Original`].
//!
//! # What stays the same
//!
//! With the default generator the numbers are those of JAX, in both layouts; the tests compare them with JAX 0.10.2 on
//! x86-64 CPUs. Bits, integers, uniform floats, and in `f32` the normal, exponential, Gumbel, Laplace, logistic and
//! truncated normal distributions are JAX's bit for bit, and so are they in `f64` where the standard library's
//! logarithm is the GNU C library's, as JAX's is; what takes powers and exponentials, as the gamma distribution, agrees
//! to 10⁻⁵ in `f32` and 10⁻¹² in `f64`.
//!
//! Without the feature `std`, and on other systems than GNU/Linux, the logarithm of `f64` is another library's, and
//! samples that take one may differ in the last place. Nothing depends on the features of the CPU, on the number of
//! threads, or on how a sample is divided among them. A release that changes a number says so in the changelog, under
//! *Numerics*.
//!
//! # Derivatives
//!
//! A location, a scale, a bound or a shape may be a [dual number](crate::Dual), and the sample is then a differentiable
//! function of it at fixed random bits: see [`Variate`]. Gamma samples, and all that is made of them, are drawn by
//! rejection and differentiated at a fixed quantile. Integers have no such derivative, and the parameters of their
//! distributions are plain floats by type.
//!
//! # Generators with a state
//!
//! [`key.rng()`](Key::rng) is an endless stream for code that wants to be given a generator; with the feature
//! `rand_core` it is one of the `rand` crates'.
//!
//! The default generator is made for simulation and tests. It is not for secrets: twenty rounds of Threefry
//! pass the statistical test batteries, but nobody claims that they resist an attack.

mod bits;
mod blocks;
mod continuous;
mod discrete;
mod erf;
mod error;
mod generator;
mod key;
mod rng;
mod sample;
mod threefry2x32;
mod threefry4x64;
mod variate;
mod xla;

pub use bits::{Bits, Word, bits};
pub use continuous::*;
pub use discrete::*;
pub use error::Error;
pub use generator::{Generator, Source};
pub use key::Key;
pub use rng::CounterRng;
pub use sample::{Distribution, Elements, Sample, SampleShaped};
pub use threefry2x32::{Layout, Threefry2x32, Threefry2x32Source, threefry2x32, threefry2x32_hash};
pub use threefry4x64::{Threefry4x64, threefry4x64};
pub use variate::{Slopes, UnitFloat, Variate};

// What a wide generator is made of.
#[cfg(feature = "rand_chacha")]
pub(crate) use blocks::{BlockFunction, Blocks};
#[cfg(feature = "rand_chacha")]
pub(crate) use generator::write_words;
