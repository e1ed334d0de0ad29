//! Maxwell's distributions, each element from several random numbers; and the normal numbers and signs of others.

use num_traits::Float;

use super::standard::StandardNormal;
use super::uniform::StandardUniform;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements, Sample};
use crate::random::variate::{UnitFloat, Variate};

/// The Maxwell distribution with scale 1: the length of a vector of three standard normal numbers.
///
/// JAX: `jax.random.maxwell(key)`.
///
/// ```
/// use tangents::random::{Key, maxwell, normal};
///
/// let speed: f64 = maxwell(Key::new(0));
/// let [x, y, z] = normal::<[f64; 3]>(Key::new(0));
/// assert_eq!(speed, (x * x + y * y + z * z).sqrt());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Maxwell;

impl<T: Variate> Distribution<T> for Maxwell {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let normal = plain_normal::<T::Plain, G>(key, 3 * len);
        move |i| {
            let [x, y, z] = [3 * i, 3 * i + 1, 3 * i + 2].map(|j| normal.at(j));
            T::lift((x * x + y * y + z * z).sqrt())
        }
    }
}

/// Draws [`Maxwell`]: `f32`, `f64` or duals over them, or nested arrays.
///
/// JAX: `jax.random.maxwell(key, shape, dtype)`.
#[inline]
pub fn maxwell<S: Sample<Element: Variate>>(key: Key<impl Generator>) -> S {
    Maxwell.sample(key)
}

/// The double-sided Maxwell distribution with location 0 and scale 1: [`Maxwell`] with a random sign.
///
/// JAX: `jax.random.double_sided_maxwell(key, loc, scale)` is [`LocationScale`](crate::random::LocationScale) of it.
///
/// ```
/// use tangents::random::{Distribution, DoubleSidedMaxwell, Key, LocationScale};
///
/// let velocity = LocationScale::with(DoubleSidedMaxwell, 1.0, 300.0)?;
/// let sample: [f64; 3] = velocity.sample(Key::new(0));
/// assert!(sample.iter().all(|v| v.abs() < 3000.0));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DoubleSidedMaxwell;

impl<T: Variate> Distribution<T> for DoubleSidedMaxwell {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let [maxwell_key, sign_key] = key.split();
        let length = Distribution::<T::Plain>::elements(&Maxwell, maxwell_key, len);
        let sign = signs::<T::Plain, G>(sign_key, len);
        move |i| T::lift(sign.at(i) * length.at(i))
    }
}

/// Standard normal floats.
#[inline]
pub(in crate::random) fn plain_normal<F: UnitFloat, G: Generator>(key: Key<G>, len: u64) -> impl Elements<F> {
    StandardNormal.elements(key, len)
}

/// Random signs, ±1, each from a uniform float: −1 where it isn't below ½.
#[inline]
pub(in crate::random) fn signs<F: UnitFloat, G: Generator>(key: Key<G>, len: u64) -> impl Elements<F> {
    let uniform = Distribution::<F>::elements(&StandardUniform, key, len);
    move |i| if uniform.at(i) < F::lit(0.5) { F::one() } else { -F::one() }
}
