//! The Wald distribution.

use super::composed::plain_normal;
use super::mills::scaled_mills;
use super::uniform::StandardUniform;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::{Slopes, UnitFloat, Variate};
use crate::real::Real;

/// The Wald distribution, or inverse Gaussian, with λ = 1: the time at which a Brownian motion with drift 1/mean
/// first reaches 1.
///
/// Drawn from a normal and a uniform number by choosing between two roots (Michael, Schucany and Haas 1976). The
/// choice jumps as the mean moves, so the derivative in a dual mean isn't that of the formula; it is the implicit one,
/// at a fixed quantile: dx/dm = 2·x^(3/2)/m² · Φ(−t)/φ(t) with t = (x/m + 1)/√x.
///
/// Samples are positive and finite at every mean.
///
/// JAX: `jax.random.wald(key, mean)`. There the smaller root is a difference that cancels: from means of some tens on
/// (`f32`; some thousands at `f64`) more and more digits are lost, from 10⁴ (10⁸) on samples are zero or negative, and
/// beyond 10¹⁹ (10¹⁵⁴) NaN. Here it isn't computed as a difference, so samples differ there. JAX's derivative is that of the formula, and biased.
///
/// ```
/// use tangents::random::{Distribution, Key, Wald};
///
/// let time: [f64; 3] = Wald::new(2.0)?.sample(Key::new(0));
/// assert!(time.iter().all(|&t| t > 0.0));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wald<T> {
    mean: T,
}

impl<T: Variate> Wald<T> {
    /// The Wald distribution with this mean.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if the mean isn't positive and finite.
    pub fn new(mean: T) -> Result<Self, Error> {
        Error::check_positive("mean", mean).map(|mean| Self { mean })
    }
}

impl<T: Variate> Distribution<T> for Wald<T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let mean = self.mean;
        let [normal_key, uniform_key] = key.split();
        let normal = plain_normal::<T::Plain, G>(normal_key, len);
        let uniform = Distribution::<T::Plain>::elements(&StandardUniform, uniform_key, len);
        move |i| T::implicit([mean], wald(mean.plain(), normal.at(i), uniform.at(i)), &WaldSlope)
    }
}

/// The root mean/ρ or mean·ρ of (x − mean)² = mean²·y·x, with y the square of the normal number.
fn wald<F: UnitFloat>(mean: F, normal: F, uniform: F) -> F {
    let half = F::lit(0.5) * (normal * normal);
    let (below, above) = if mean <= F::one() {
        let w = mean * half;
        let rho = F::one() + (w + (w * (w + F::lit(2.0))).sqrt());
        (mean / rho, mean * rho)
    } else {
        // ρ/mean, since ρ may overflow.
        let reciprocal = mean.recip();
        let quotient = reciprocal + (half + (half * (half + F::lit(2.0) * reciprocal)).sqrt());
        (quotient.recip(), mean * (mean * quotient))
    };
    if uniform <= mean / (mean + below) { below } else { above }
}

struct WaldSlope;

impl<F: UnitFloat> Slopes<F, 1> for WaldSlope {
    fn slopes<T: Variate<Plain = F>>(&self, [mean]: [T; 1], x: T) -> [T; 1] {
        let excess = ((x - mean) / mean).plain();
        if mean > T::one() || excess.abs() > F::lit(0.5) {
            return [slope(mean, x)];
        }
        // Near a small mean the slope is about x/m, and the next order is the derivative of what it is more.
        let excess = T::implicit([mean], excess, &ExcessSlope);
        [T::one() + excess + scaled_excess_slope(mean, excess)]
    }
}

/// The slope of the excess x/m − 1.
struct ExcessSlope;

impl<F: UnitFloat> Slopes<F, 1> for ExcessSlope {
    fn slopes<T: Variate<Plain = F>>(&self, [mean]: [T; 1], excess: T) -> [T; 1] {
        [scaled_excess_slope(mean, excess) / mean]
    }
}

/// dx/dm at a fixed quantile of x inverse Gaussian with mean m and λ = 1; at x = 0 its limit 0.
///
/// F(x; m) = Φ((x/m − 1)/√x) + e^(2/m)·Φ(−t) with t = (x/m + 1)/√x. The normal densities at both arguments
/// cancel in ∂F/∂m, and with M(t) = Φ(−t)/φ(t), Mills's ratio,
///
/// ```text
/// ∂F/∂m = −2/m²·e^(2/m)·Φ(−t),   ∂F/∂x = x^(−3/2)·e^(2/m)·φ(t)
/// dx/dm = 2·(x/m)²·M(t)/√x = 2·(x/m)²·t·M(t)/(x/m + 1)
/// ```
///
/// The relative error is below 1e-14 at `f64` and 1e-5 at `f32`.
fn slope<T: Real>(mean: T, x: T) -> T {
    let ratio = x / mean;
    let v = ratio + T::one();
    let [mills, _] = scaled_mills(x / v / v);
    // Not the square of the ratio, which may overflow.
    T::lit(2.0) * ratio * (ratio * mills / v)
}

/// m·de/dm for e = x/m − 1: what [`slope`] is more than x/m, without their difference.
fn scaled_excess_slope<T: Real>(mean: T, excess: T) -> T {
    let ratio = T::one() + excess;
    let v = T::lit(2.0) + excess;
    let [_, complement] = scaled_mills(mean * ratio / v / v);
    ratio * (excess - T::lit(2.0) * ratio * complement) / v
}

#[cfg(test)]
mod tests {
    use super::super::references::{assert_close, derivatives, reference};
    use super::*;

    const FIELDS: [&str; 4] = ["mean", "x", "first", "second"];

    #[test]
    #[allow(clippy::cast_possible_truncation)]
    fn slopes_are_those_of_the_quantile() {
        for [mean, x, expected, expected_second] in reference("wald", FIELDS) {
            let at = [mean, x];
            let [first, second] = derivatives(&WaldSlope, [mean], 0, x);
            assert_close(first, expected, 1e-14 * expected, at);
            // Of the quantities that it is a sum of: for a small mean the slope is about x/m, with x/m − 1 of size √m.
            let scale = expected_second.abs() + expected * mean.max(mean * mean).sqrt().recip();
            assert_close(second, expected_second, 2e-14 * scale, at);
            let [single, _] = derivatives(&WaldSlope, [mean as f32], 0, x as f32);
            assert_close(single, expected, 1e-5 * expected, at);
        }
    }

    #[test]
    fn slopes_are_those_of_the_quantile_at_the_smallest_and_the_largest_means() {
        for [mean, x, expected, expected_second] in reference("wald at extreme means", FIELDS) {
            let at = [mean, x];
            let [first, second] = derivatives(&WaldSlope, [mean], 0, x);
            assert_close(first, expected, 1e-14 * expected, at);
            assert_close(second, expected_second, 1e-13 * expected_second.abs(), at);
        }
    }

    #[test]
    fn slopes_are_finite_at_zero_and_far_in_the_tails() {
        for mean in [1e-30, 1e-4, 1.0, 1e4, 1e30] {
            for x in [0.0, 1e-300, 1e-30, 1e-3, 1.0, 1e4, 1e30] {
                let derivatives = derivatives(&WaldSlope, [mean], 0, x);
                assert!(derivatives[0] >= 0.0 && derivatives.iter().all(|d| d.is_finite()), "{mean}, {x}");
            }
        }
    }

    #[test]
    fn nan_stays_nan() {
        for x in [1e-3, 1.0, 30.0, 1e3, f64::NAN] {
            assert!(slope(x, f64::NAN).is_nan() && slope(f64::NAN, x).is_nan(), "{x}");
        }
    }
}
