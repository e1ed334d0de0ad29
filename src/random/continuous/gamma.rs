//! The gamma distribution and its logarithm.
//!
//! Drawn by rejection: G. Marsaglia, W. W. Tsang: *A simple method for generating gamma variables*, ACM TOMS 26 (2000).
//! A rejection has no derivative, but the distribution has: at a fixed quantile the sample is a smooth function of
//! its shape, and that derivative is the sample's (implicit reparameterisation; Figurnov, Mohamed and Mnih 2018).

use super::composed::plain_normal;
use super::implicit::{LARGE, gamma_excess_slope, log_gamma_slope, with_log};
use super::standard::Exponential;
use super::uniform::StandardUniform;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::{Slopes, UnitFloat, Variate, flush};

/// The gamma distribution with shape `a` and scale 1.
///
/// For another scale multiply. `a` may be a dual number: the derivative is that at a fixed quantile, to every order.
/// A shape far below 1 gives samples that underflow to 0; [`LogGamma`] keeps them.
///
/// JAX: `jax.random.gamma(key, a)`.
///
/// ```
/// use tangents::derivative;
/// use tangents::random::{Distribution, Gamma, Key};
///
/// // The mean of Gamma(a) is a, so the mean of the derivatives is 1.
/// let mean_of = |a| {
///     let sample = Gamma::new(a).unwrap().sample_array::<2000>(Key::new(0));
///     sample.into_iter().fold(a * 0.0, |sum, x| sum + x) / 2000.0
/// };
/// let slope: f64 = derivative(mean_of, 2.5);
/// assert!((slope - 1.0).abs() < 0.05);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma<T> {
    a: T,
}

/// The logarithm of a [`Gamma`] sample, which doesn't underflow where the shape is small.
///
/// Of another rejection than [`Gamma`] below shape 1: for the same key it isn't the logarithm of the same sample to
/// the last digit.
///
/// JAX: `jax.random.loggamma(key, a)`.
///
/// ```
/// use tangents::random::{Distribution, Key, LogGamma};
///
/// let tiny: [f64; 3] = LogGamma::new(1e-4)?.sample(Key::new(0));
/// assert!(tiny.iter().all(|x| x.is_finite()));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogGamma<T> {
    a: T,
}

impl<T: Variate> Gamma<T> {
    /// The gamma distribution with shape `a`.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if the shape isn't positive and finite.
    pub fn new(a: T) -> Result<Self, Error> {
        Error::check_positive("shape a", a).map(|a| Self { a })
    }
}

impl<T: Variate> LogGamma<T> {
    /// The distribution of the logarithm of a gamma sample with shape `a`.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if the shape isn't positive and finite.
    pub fn new(a: T) -> Result<Self, Error> {
        Error::check_positive("shape a", a).map(|a| Self { a })
    }
}

impl<T: Variate> Distribution<T> for Gamma<T> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let (a, gammas) = (self.a, Gammas::new(self.a, key, len));
        move |i| T::implicit([a], gammas.sample(i), &GammaSlope)
    }
}

impl<T: Variate> Distribution<T> for LogGamma<T> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let (a, gammas) = (self.a, Gammas::new(self.a, key, len));
        move |i| T::implicit([a], gammas.log(i), &LogGammaSlope)
    }
}

/// The values of gamma samples, and what is made of the same random numbers where they leave the range of the floats.
#[derive(Clone, Copy)]
pub(in crate::random) struct Gammas<F, G> {
    a: F,
    key: Key<G>,
    len: u64,
}

impl<F: UnitFloat, G: Generator> Gammas<F, G> {
    /// Those of the value of a shape.
    pub(in crate::random) fn new<T: Variate<Plain = F>>(a: T, key: Key<G>, len: u64) -> Self {
        Self { a: a.plain(), key, len }
    }

    /// Sample i.
    pub(in crate::random) fn sample(self, i: u64) -> F {
        let (d, v, rest) = accepted(self.key.child(self.len, i), self.a);
        let sample = if self.a >= F::one() {
            d * v
        } else {
            // Γ(a) is Γ(a + 1) times a power of a uniform number.
            let u = F::one() - one(&StandardUniform, rest);
            d * v * u.powf(F::one() / self.a)
        };
        flush(sample)
    }

    /// The logarithm of sample i, which is −∞ only where it overflows.
    pub(in crate::random) fn log(self, i: u64) -> F {
        let (d, v, rest) = accepted(self.key.child(self.len, i), self.a);
        let sample = d.xla_ln() + v.xla_ln();
        if self.a >= F::one() {
            return sample;
        }
        let waiting = one::<F, G>(&Exponential, rest);
        let reciprocal = F::one() / self.a;
        if waiting.is_zero() {
            sample
        } else if reciprocal.is_infinite() {
            sample - waiting / self.a
        } else {
            sample - waiting * reciprocal
        }
    }

    /// The logarithm of sample i in units of 2⁶⁴, where it overflows otherwise: what orders such samples.
    pub(in crate::random) fn scaled_log(self, i: u64) -> F {
        let (_, _, rest) = accepted(self.key.child(self.len, i), self.a);
        -(one::<F, G>(&Exponential, rest) * F::lit(2.0).powi(-64) / self.a)
    }

    /// Sample i to the power of its shape, which is below 1: a number of size 1 even where the sample underflows.
    pub(in crate::random) fn power_of_shape(self, i: u64) -> F {
        let (d, v, rest) = accepted(self.key.child(self.len, i), self.a);
        (d * v).powf(self.a) * (F::one() - one(&StandardUniform, rest))
    }
}

/// The slope of a gamma sample in its shape.
pub(in crate::random) struct GammaSlope;

impl<F: UnitFloat> Slopes<F, 1> for GammaSlope {
    fn slopes<T: Variate<Plain = F>>(&self, [a]: [T; 1], x: T) -> [T; 1] {
        let value = x.plain();
        if value.is_zero() {
            // A sample that has underflown has a derivative that has too; its logarithm is gone.
            return [T::zero()];
        }
        let excess = (value - a.plain()) / a.plain();
        if a.plain() < F::lit(LARGE) || excess.abs() > F::lit(0.5) {
            // By the logarithm: the second derivative of that of a small x would overflow on the way.
            let ln_x = T::implicit([a], value.ln(), &LogGammaSlope);
            return [with_log(value, ln_x) * log_gamma_slope(a, ln_x)];
        }
        // The slope is about 1, and the next order is the derivative of what it is more.
        let excess = T::implicit([a], excess, &ExcessSlope);
        [(T::one() + excess) * (T::one() + gamma_excess_slope(a, excess.ln_1p()))]
    }
}

/// The slope of x/a − 1 for a gamma sample x.
struct ExcessSlope;

impl<F: UnitFloat> Slopes<F, 1> for ExcessSlope {
    fn slopes<T: Variate<Plain = F>>(&self, [a]: [T; 1], excess: T) -> [T; 1] {
        [(T::one() + excess) * gamma_excess_slope(a, excess.ln_1p()) / a]
    }
}

/// The slope of the logarithm of a gamma sample.
pub(in crate::random) struct LogGammaSlope;

impl<F: UnitFloat> Slopes<F, 1> for LogGammaSlope {
    fn slopes<T: Variate<Plain = F>>(&self, [a]: [T; 1], ln_x: T) -> [T; 1] {
        [log_gamma_slope(a, ln_x)]
    }
}

/// The slope of ln(x/a) for a gamma sample x.
pub(in crate::random) struct LogOverShapeSlope;

impl<F: UnitFloat> Slopes<F, 1> for LogOverShapeSlope {
    fn slopes<T: Variate<Plain = F>>(&self, [a]: [T; 1], mu: T) -> [T; 1] {
        [gamma_excess_slope(a, mu) / a]
    }
}

/// The same slope in the reciprocal p = 1/a of the shape, whose own derivative may overflow.
pub(in crate::random) struct LogOverReciprocalSlope;

impl<F: UnitFloat> Slopes<F, 1> for LogOverReciprocalSlope {
    fn slopes<T: Variate<Plain = F>>(&self, [p]: [T; 1], mu: T) -> [T; 1] {
        [-(gamma_excess_slope(p.recip(), mu) / p)]
    }
}

/// Marsaglia's and Tsang's d and v, whose product has the gamma distribution with shape `a`, or `a` + 1 if that is
/// below 1; and a key that has not been used.
fn accepted<F: UnitFloat, G: Generator>(key: Key<G>, a: F) -> (F, F, Key<G>) {
    let third = F::lit(1.0 / 3.0);
    let a = if a >= F::one() { a } else { a + F::one() };
    let d = a - third;
    let c = third * d.sqrt().recip();
    let [mut key, rest] = key.split();
    loop {
        let (normal_key, uniform_key);
        [key, normal_key, uniform_key] = key.split();
        let (x, v) = positive(normal_key, c);
        let (x2, v) = (x * x, v * v * v);
        let u = one::<F, G>(&StandardUniform, uniform_key);
        let squeezed = u < F::lit(-0.0331).mul_add(x2 * x2, F::one());
        if squeezed || u.xla_ln() < d.mul_add(F::one() - v + v.xla_ln(), x2 * F::lit(0.5)) {
            return (d, v, rest);
        }
    }
}

/// A standard normal x with v = 1 + cx positive.
fn positive<F: UnitFloat, G: Generator>(mut key: Key<G>, c: F) -> (F, F) {
    loop {
        let subkey;
        [key, subkey] = key.split();
        let x = plain_normal::<F, G>(subkey, 1).at(0);
        // Fused as in XLA: the logarithm of a product near 1 keeps few of the digits that another rounding changes.
        let v = x.mul_add(c, F::one());
        if v > F::zero() {
            return (x, v);
        }
    }
}

/// The one element of a sample without shape.
fn one<F: UnitFloat, G: Generator>(distribution: &impl Distribution<F>, key: Key<G>) -> F {
    distribution.elements(key, 1).at(0)
}

#[cfg(test)]
mod tests {
    use super::super::references::{assert_close, derivatives, reference};
    use super::*;

    #[test]
    fn slopes_of_samples_of_large_shapes_are_those_of_the_quantile() {
        for [a, x, expected, expected_second] in reference("large gamma", ["a", "x", "first", "second"]) {
            let [first, second] = derivatives(&GammaSlope, [a], 0, x);
            assert_close(first, expected, 1e-14 * expected, [a, x]);
            // Of the size of a^(−3/2), and not of 1/a².
            assert_close(second, expected_second, 1e-11 * expected_second.abs(), [a, x]);
        }
    }
}
