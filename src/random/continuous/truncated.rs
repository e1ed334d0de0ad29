//! The truncated normal distribution.

use num_traits::{Float, FloatConst, One, Zero};

use super::mills::mass_from;
use super::uniform::PlainRange;
use crate::random::bits::from_word;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::{Slopes, UnitFloat, Variate};
use crate::random::xla::Xla;

/// The normal distribution with mean 0 and standard deviation 1, between two bounds: √2·erf⁻¹(u) with u uniform on
/// erf(lower/√2) … erf(upper/√2).
///
/// Samples lie between the bounds without the bounds; if no float lies between, a sample is one of them. For others than
/// the standard normal scale the bounds: `sigma * x + mu` with x between `(lower - mu) / sigma` and
/// `(upper - mu) / sigma`.
///
/// The bounds may be dual numbers. With F the distribution function between the bounds, at a fixed quantile of x
/// ∂x/∂lower = (1 − F(x))·exp((x² − lower²)/2) and ∂x/∂upper = F(x)·exp((x² − upper²)/2). An infinite bound is a constant.
///
/// In a tail erf has few digits, and samples few different values. Where it has the same value at both bounds (both
/// beyond 5.4 at `f32`, 8.3 at `f64`, on one side of 0), every sample is the number next to the bound that is farther from
/// 0, as in JAX. Derivatives are right for the sample there too.
///
/// JAX: `jax.random.truncated_normal(key, lower, upper)`.
///
/// ```
/// use tangents::random::{Distribution, Key, TruncatedNormal};
///
/// let positive: [f64; 100] = TruncatedNormal::new(0.0, f64::INFINITY)?.sample(Key::new(0));
/// assert!(positive.iter().all(|&x| x > 0.0));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TruncatedNormal<T> {
    lower: T,
    upper: T,
}

impl<T: Variate> TruncatedNormal<T> {
    /// The standard normal distribution between two bounds, which may be infinite.
    ///
    /// # Errors
    ///
    /// [`Error::EmptyRange`] if not lower < upper, a bound that is NaN included.
    pub fn new(lower: T, upper: T) -> Result<Self, Error> {
        if lower < upper { Ok(Self { lower, upper }) } else { Err(Error::EmptyRange) }
    }
}

impl<T: Variate> Distribution<T> for TruncatedNormal<T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let bounds = [self.lower, self.upper];
        let [lower, upper] = bounds.map(T::plain);
        let range = PlainRange::new(of_root_two(lower).xla_erf(), of_root_two(upper).xla_erf());
        // Not zero for the subnormal number beside 0, as in JAX: 0 is the bound.
        let (lowest, highest) = (lower.above(), upper.below());
        from_word(key, len, move |bits| {
            let x = T::Plain::SQRT_2() * range.at(T::Plain::unit(bits)).xla_erf_inv();
            T::implicit(bounds, x.max(lowest).min(highest), &Truncated)
        })
    }
}

/// x/√2, as XLA computes a quotient by a constant: by its reciprocal.
#[inline]
fn of_root_two<F: UnitFloat>(x: F) -> F {
    x * F::SQRT_2().recip()
}

/// The slopes of a truncated normal sample in its bounds.
struct Truncated;

impl<F: UnitFloat> Slopes<F, 2> for Truncated {
    fn slopes<T: Variate<Plain = F>>(&self, bounds: [T; 2], x: T) -> [T; 2] {
        let ([lower, upper], y) = (bounds.map(T::plain), x.plain());
        if y - lower <= upper - y {
            slopes_from(bounds, x)
        } else {
            let [upper_slope, lower_slope] = slopes_from([-bounds[1], -bounds[0]], -x);
            [lower_slope, upper_slope]
        }
    }
}

/// The slopes where the lower bound isn't farther than the upper one.
fn slopes_from<T: Variate>(bounds: [T; 2], x: T) -> [T; 2] {
    let ([lower, upper], y) = (bounds.map(T::plain), x.plain());
    let gap = y - lower;
    if gap * (lower.abs() + gap) > T::Plain::one() {
        let own = scaled(lower_slope(lower, upper, y), || half_square(x) - half_square(bounds[0]));
        let other = scaled(lower_slope(-upper, -lower, -y), || half_square(x) - half_square(bounds[1]));
        return [own, other];
    }
    // Near the bound the sample moves with it, and the next order is the derivative of how much less it does.
    let gap = T::implicit(bounds, gap, &GapSlope);
    let [own, other] = gap_slopes(bounds, gap);
    [T::one() + own, other]
}

/// The slopes of the gap between the lower bound and a sample near it.
struct GapSlope;

impl<F: UnitFloat> Slopes<F, 2> for GapSlope {
    fn slopes<T: Variate<Plain = F>>(&self, bounds: [T; 2], gap: T) -> [T; 2] {
        gap_slopes(bounds, gap)
    }
}

fn gap_slopes<T: Variate>(bounds: [T; 2], gap: T) -> [T; 2] {
    let half = T::lit(0.5);
    let ([lower, upper], width) = (bounds.map(T::plain), gap.plain());
    let x = bounds[0] + gap;
    // (x² − lower²)/2
    let exponent = gap * (bounds[0] + half * gap);
    let below = mass_below(lower, upper, lower + width);
    // exp(exponent)·(1 − below) − 1, at the values and beside them.
    let value = exponent.plain().exp_m1() * (T::Plain::one() - below) - below;
    let own =
        T::lift(value) + T::lift(T::Plain::one() + value) * (exponent - T::lift(exponent.plain())).exp_m1();
    let other =
        scaled(lower_slope(-upper, -lower, -(lower + width)), || half_square(x) - half_square(bounds[1]));
    [own, other]
}

/// A slope with the lanes of exp(exponent), where that has the value 1; zero if it has underflown, or its bound is
/// infinite: then the exponent's lanes may be infinite.
fn scaled<T: Variate>(slope: T::Plain, exponent: impl FnOnce() -> T) -> T {
    if slope.is_zero() { T::zero() } else { T::lift(slope) * exponent().exp() }
}

/// (x² − c²)/2 with c the value of x: zero with the lanes of x²/2, of which no square overflows.
fn half_square<T: Variate>(x: T) -> T {
    let c = T::lift(x.plain());
    (x - c) * (T::lit(0.5) * x + T::lit(0.5) * c)
}

/// ∂x/∂lower: (1 − F)·exp((x² − lower²)/2), in which 1 − F is the mass above x over all mass.
///
/// Masses are in units of a density: of the largest one between the bounds, so that nothing overflows. Not from the
/// uniform number behind x: in a tail erf has fewer digits than x.
fn lower_slope<F: UnitFloat>(lower: F, upper: F, x: F) -> F {
    if lower.is_infinite() {
        F::zero()
    } else if lower >= F::zero() {
        // In units of the density at x, by which the exponential is gone.
        mass_from(x, upper - x) / mass_from(lower, upper - lower)
    } else {
        let exponent = (x - lower) * (F::lit(0.5) * x + F::lit(0.5) * lower);
        exponent.exp() * mass_below(-upper, -lower, -x)
    }
}

/// F(x): the mass between the lower bound and x over that between the bounds.
fn mass_below<F: UnitFloat>(lower: F, upper: F, x: F) -> F {
    // The density at x in units of that at c, |x| ≥ |c|.
    let density = |x: F, c: F| ((c - x) * (F::lit(0.5) * c + F::lit(0.5) * x)).exp();
    let zero = F::zero();
    if lower >= zero {
        mass_from(lower, x - lower) / mass_from(lower, upper - lower)
    } else if upper <= zero {
        density(x, upper) * mass_from(-x, x - lower) / mass_from(-upper, upper - lower)
    } else {
        let all = mass_from(zero, -lower) + mass_from(zero, upper);
        let below = if x <= zero {
            density(x, zero) * mass_from(-x, x - lower)
        } else {
            mass_from(zero, -lower) + mass_from(zero, x)
        };
        below / all
    }
}

#[cfg(test)]
mod tests {
    use super::super::references::{assert_close, derivatives, reference};
    use super::*;

    #[test]
    fn slopes_are_those_of_the_quantile_in_the_tails_and_beside_the_bounds_too() {
        let fields = ["lower", "upper", "x", "lower_first", "lower_second", "upper_first", "upper_second"];
        let mut compared = 0;
        for [lower, upper, x, expected @ ..] in reference("truncated normal", fields) {
            for (variable, expected) in expected.chunks(2).enumerate() {
                let bound = [lower, upper][variable];
                let found = derivatives(&Truncated, [lower, upper], variable, x);
                if bound.is_infinite() {
                    assert_eq!(found, [0.0; 2]);
                    continue;
                }
                compared += 1;
                let at = (lower, upper, x, variable);
                assert_close(found[0], expected[0], 2e-14 * expected[0] + f64::MIN_POSITIVE, at);
                // It is the slope times x·slope − bound.
                let scale = expected[0] * (x.abs() * expected[0] + bound.abs());
                let tolerance = 1e-10 * expected[1].abs() + 1e-14 * scale;
                assert_close(found[1], expected[1], tolerance, at);
            }
        }
        assert!(compared > 100);
    }
}
