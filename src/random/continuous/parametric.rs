//! Distributions of floats with parameters that are drawn by inversion: lognormal, Rayleigh, Weibull, Pareto,
//! triangular.
//!
//! Each is a function of the parameters and of one random number that doesn't depend on them, so a sample with dual
//! parameters has its derivatives by that function.

use num_traits::{Float, One, Zero};

use super::implicit::vanishing_exp;
use super::standard::{Exponential, Mapped, StandardNormal};
use crate::random::bits::from_word;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::{UnitFloat, Variate};
use crate::random::xla::Xla;
use crate::real::Real;

/// The lognormal distribution: exp(σ·z) with z [standard normal](StandardNormal).
///
/// σ may be a dual number.
///
/// JAX: `jax.random.lognormal(key, sigma)`.
///
/// ```
/// use tangents::random::{Distribution, Key, LogNormal, normal};
///
/// let key = Key::new(0);
/// let x: f64 = LogNormal::new(0.5)?.sample(key);
/// assert_eq!(x, (0.5 * normal::<f64>(key)).exp());
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal<T> {
    sigma: T,
}

impl<T: Variate> LogNormal<T> {
    /// The distribution whose logarithm is normal with standard deviation σ.
    ///
    /// # Errors
    ///
    /// [`Error::Negative`] if σ is negative, infinite or NaN.
    pub fn new(sigma: T) -> Result<Self, Error> {
        Error::check_nonnegative("standard deviation", sigma).map(|sigma| Self { sigma })
    }
}

impl<T: Variate> Distribution<T> for LogNormal<T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let sigma = self.sigma;
        Mapped { elements: StandardNormal.elements(key, len), map: move |z: T| (z * sigma).exp() }
    }
}

/// The Rayleigh distribution: scale · √(−2 ln u) with u uniform on [0, 1).
///
/// The scale may be a dual number. u = 0, one in 2²³ at `f32`, gives ∞, as in JAX.
///
/// JAX: `jax.random.rayleigh(key, scale)`.
///
/// ```
/// use tangents::random::{Distribution, Key, Rayleigh};
///
/// let x: [f64; 3] = Rayleigh::new(2.0)?.sample(Key::new(0));
/// assert!(x.iter().all(|&x| x > 0.0));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rayleigh<T> {
    scale: T,
}

impl<T: Variate> Rayleigh<T> {
    /// The Rayleigh distribution with this scale: the length of a vector of two normal numbers with that standard
    /// deviation.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if the scale isn't positive and finite.
    pub fn new(scale: T) -> Result<Self, Error> {
        Error::check_positive("scale", scale).map(|scale| Self { scale })
    }
}

impl<T: Variate> Distribution<T> for Rayleigh<T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let scale = self.scale;
        from_word(key, len, move |bits| {
            let u = T::Plain::unit(bits);
            scale * T::lift((u.xla_ln() * <T::Plain as Real>::lit(-2.0)).sqrt())
        })
    }
}

/// The Weibull distribution: scale · e^(1/concentration) with e [exponential](Exponential).
///
/// Both parameters may be dual numbers.
///
/// JAX: `jax.random.weibull_min(key, scale, concentration)`.
///
/// ```
/// use tangents::random::{Distribution, Key, Weibull, exponential};
///
/// let key = Key::new(0);
/// let x: f64 = Weibull::new(3.0, 1.0)?.sample(key);
/// assert_eq!(x, 3.0 * exponential::<f64>(key));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull<T> {
    scale: T,
    concentration: T,
}

impl<T: Variate> Weibull<T> {
    /// The Weibull distribution with this scale and this concentration (its shape parameter k).
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if one of them isn't positive and finite.
    pub fn new(scale: T, concentration: T) -> Result<Self, Error> {
        let scale = Error::check_positive("scale", scale)?;
        let concentration = Error::check_positive("concentration", concentration)?;
        Ok(Self { scale, concentration })
    }
}

impl<T: Variate> Distribution<T> for Weibull<T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let Self { scale, concentration } = *self;
        let exponent = T::one() / concentration;
        let map = move |e: T| {
            let power = e.powf(exponent);
            if power.plain().is_normal() || e.plain().is_zero() {
                power * scale
            } else {
                // The power has left the range of the floats, and scale may bring it back.
                vanishing_exp(e.ln() / concentration + scale.ln())
            }
        };
        Mapped { elements: Exponential.elements(key, len), map }
    }
}

/// The Pareto distribution on [1, ∞): exp(e/b) with e [exponential](Exponential).
///
/// b may be a dual number.
///
/// JAX: `jax.random.pareto(key, b)`.
///
/// ```
/// use tangents::random::{Distribution, Key, Pareto};
///
/// let x: [f64; 3] = Pareto::new(2.5)?.sample(Key::new(0));
/// assert!(x.iter().all(|&x| x >= 1.0));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pareto<T> {
    b: T,
}

impl<T: Variate> Pareto<T> {
    /// The Pareto distribution with this shape parameter, by which the tail falls off: P(x > t) = t⁻ᵇ.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if b isn't positive and finite.
    pub fn new(b: T) -> Result<Self, Error> {
        Error::check_positive("shape parameter b", b).map(|b| Self { b })
    }
}

impl<T: Variate> Distribution<T> for Pareto<T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let b = self.b;
        Mapped { elements: Exponential.elements(key, len), map: move |e: T| (e / b).exp() }
    }
}

/// The triangular distribution: a density that rises linearly from `left` to `mode` and falls to `right`.
///
/// With u uniform on [0, 1): left + √(u·(right − left)·(mode − left)) where u < (mode − left)/(right − left),
/// otherwise right − √((1 − u)·(right − left)·(right − mode)). All three may be dual numbers.
///
/// JAX: `jax.random.triangular(key, left, mode, right)`.
///
/// ```
/// use tangents::random::{Distribution, Key, Triangular};
///
/// let x: [f64; 100] = Triangular::new(-1.0, 0.25, 2.0)?.sample(Key::new(0));
/// assert!(x.iter().all(|x| (-1.0..2.0).contains(x)));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular<T> {
    left: T,
    mode: T,
    right: T,
}

impl<T: Variate> Triangular<T> {
    /// The triangular distribution on `left` … `right` with its peak at `mode`.
    ///
    /// # Errors
    ///
    /// [`Error::NonFiniteRange`] if a number is infinite or NaN or right − left overflows; [`Error::EmptyRange`] if
    /// not left ≤ mode ≤ right and left < right.
    pub fn new(left: T, mode: T, right: T) -> Result<Self, Error> {
        if !((right - left).is_finite() && mode.is_finite()) {
            return Err(Error::NonFiniteRange);
        }
        if left <= mode && mode <= right && left < right {
            Ok(Self { left, mode, right })
        } else {
            Err(Error::EmptyRange)
        }
    }
}

impl<T: Variate> Distribution<T> for Triangular<T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let Self { left, mode, right } = *self;
        let peak = ((mode - left) / (right - left)).plain();
        from_word(key, len, move |bits| {
            let u = T::Plain::unit(bits);
            // Only the side that is taken is computed: at a mode in a corner the other's root has no slope.
            if u < peak {
                left + root(u, right - left, mode - left)
            } else {
                right - root(T::Plain::one() - u, right - left, right - mode)
            }
        })
    }
}

/// √(fraction·span·side)
#[inline]
fn root<T: Variate>(fraction: T::Plain, span: T, side: T) -> T {
    let product = T::lift(fraction) * span * side;
    if product.plain().is_normal() {
        product.sqrt()
    } else {
        // It has left the range of the floats, in which the root is.
        T::lift(fraction.sqrt()) * (span.sqrt() * side.sqrt())
    }
}
