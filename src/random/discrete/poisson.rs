//! The Poisson distribution.

use num_traits::{Float, NumCast};

use super::counts::{Count, Draw, Drawn, Parameter, float_of};
use super::rounds::{CHUNK, Proposals, Rejection, Terms, count_terms};
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::flush;
use crate::random::xla::Xla;

/// The Poisson distribution: how many events there are in a time in which λ are expected.
///
/// Below λ = 10, the events are counted whose exponential waiting times have a sum below λ (Knuth). From there on it is
/// Hörmann's transformed rejection (1993). As in JAX, all is computed in `f32`, whatever the type of λ; so above some
/// millions, where the spacing of `f32` is 1, the last digits of a count mean nothing. A count that is too large for
/// its type is the largest of the type.
///
/// From λ = 10 on, *an element depends on the number of elements*, also in
/// [`Layout::Partitionable`](crate::random::Layout::Partitionable): JAX goes on until every element of the sample has
/// accepted a number, and takes the last one accepted. So drawing a piece goes through the whole sample first, and
/// parameters that vary from element to element must be given together, as a container.
///
/// A count has no pathwise derivative, so λ can't be a dual number. [`Parameter`] says what it can be.
///
/// JAX: `jax.random.poisson(key, lam, shape, dtype)`.
///
/// ```
/// use tangents::random::{Distribution, Key, Poisson};
///
/// let events: [i32; 5] = Poisson::new(42.0)?.sample(Key::new(137));
/// assert_eq!(events, [44, 46, 46, 41, 42]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson<R> {
    rate: R,
}

impl<R: Parameter> Poisson<R> {
    /// The Poisson distribution with rate λ, or with several that the elements take one after another.
    ///
    /// # Errors
    ///
    /// [`Error::Negative`] if a rate is negative, NaN, or infinite in `f32`; [`Error::Empty`] if there is none. JAX
    /// checks neither.
    ///
    /// ```
    /// use tangents::random::{Error, Poisson};
    ///
    /// assert_eq!(Poisson::new(-1.0), Err(Error::Negative { parameter: "rate" }));
    /// ```
    pub fn new(rate: R) -> Result<Self, Error> {
        let rates = rate.floats();
        if rates.is_empty() {
            return Err(Error::Empty);
        }
        for &rate in rates {
            Error::check_nonnegative("rate", single(rate))?;
        }
        Ok(Self { rate })
    }
}

/// The `f32` nearest to a rate.
#[inline]
fn single<F: Float>(rate: F) -> f32 {
    flush(<f32 as NumCast>::from(rate).unwrap_or(f32::INFINITY))
}

/// From which rate on it is rejection.
const LARGE: f32 = 10.0;

/// The rate at which JAX runs the rejection for the elements that don't need it.
const IDLE: f32 = 1e5;

impl<C: Count, R: Parameter> Distribution<C> for Poisson<R> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<C> {
        let rates = Rates(self.rate.floats());
        let large = (0..len).zip(rates.0).any(|(i, _)| rates.of(i) >= LARGE);
        let rejection =
            large.then(|| Rejection::new(Proposed { rates, only: Hormann::new(rates.busy(0)) }, key, len));
        Drawn::new(Events { rates, key, len, rejection })
    }
}

#[derive(Clone, Copy)]
struct Rates<'a, F>(&'a [F]);

impl<F: Float> Rates<'_, F> {
    #[inline]
    fn of(self, i: u64) -> f32 {
        single(float_of(self.0, i))
    }

    /// The rate at which element `i` takes part in the rejection.
    #[inline]
    fn busy(self, i: u64) -> f32 {
        let rate = self.of(i);
        if rate < LARGE { IDLE } else { rate }
    }
}

struct Events<'a, F, G> {
    rates: Rates<'a, F>,
    key: Key<G>,
    len: u64,
    rejection: Option<Rejection<Proposed<'a, F>, G>>,
}

impl<F: Float, G: Generator> Draw<f32> for Events<'_, F, G> {
    #[inline(always)]
    fn draw(&self, first: u64, counts: &mut [f32]) {
        count_terms(&Waiting(self.rates), self.key, self.len, first, counts);
        for (count, i) in counts.iter_mut().zip(first..) {
            *count = if self.rates.of(i) == 0.0 { 0.0 } else { *count };
        }
        if let Some(rejection) = &self.rejection {
            let mut large = [0.0; CHUNK];
            let large = &mut large[..counts.len()];
            rejection.draw(first, large);
            for ((count, &large), i) in counts.iter_mut().zip(&*large).zip(first..) {
                *count = if self.rates.of(i) < LARGE { *count } else { large };
            }
        }
    }
}

/// Exponential waiting times, summed up to a small rate.
struct Waiting<'a, F>(Rates<'a, F>);

impl<F: Float> Terms<f32> for Waiting<'_, F> {
    #[inline]
    fn split<G: Generator>(key: Key<G>) -> [Key<G>; 2] {
        key.split()
    }

    #[inline]
    fn goes_on(&self, i: u64, sum: f32) -> bool {
        let rate = self.0.of(i);
        sum < if rate < LARGE { rate } else { 0.0 }
    }

    #[inline(always)]
    fn term(&self, _: u64, u: f32) -> f32 {
        -u.xla_ln()
    }
}

/// The proposals of elements with these rates; `only` for all elements if it is a single rate.
#[derive(Clone, Copy)]
struct Proposed<'a, F> {
    rates: Rates<'a, F>,
    only: Hormann,
}

impl<F: Float> Proposals<f32> for Proposed<'_, F> {
    #[inline(always)]
    fn propose(&self, i: u64, u: f32, v: f32) -> (f32, bool) {
        let hormann = if self.rates.0.len() == 1 { self.only } else { Hormann::new(self.rates.busy(i)) };
        hormann.propose(u, v)
    }
}

/// W. Hörmann: *The transformed rejection method for generating Poisson random variables*, Insurance: Mathematics and
/// Economics 12 (1993), algorithm PTRS, in his names; products and sums fused as XLA does.
#[derive(Clone, Copy)]
struct Hormann {
    rate: f32,
    ln_rate: f32,
    a: f32,
    b: f32,
    inv_alpha: f32,
    v_r: f32,
}

impl Hormann {
    #[inline]
    fn new(rate: f32) -> Self {
        let root = rate.sqrt();
        // b, plus what follows it in a denominator.
        let b = |more: f32| root.mul_add(2.53, 0.931 + more);
        Self {
            rate,
            ln_rate: rate.xla_ln(),
            a: b(0.0).mul_add(0.02483, -0.059),
            b: b(0.0),
            inv_alpha: 1.1328 / b(-3.4) + 1.1239,
            v_r: 0.9277 - 3.6224 / b(-2.0),
        }
    }

    #[inline(always)]
    fn propose(self, u: f32, v: f32) -> (f32, bool) {
        let Self { rate, ln_rate, a, b, inv_alpha, v_r } = self;
        let u = u - 0.5;
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b).mul_add(u, rate) + 0.43).floor();
        let accepted_at_once = us >= 0.07 && v <= v_r;
        let rejected = k < 0.0 || us < 0.013 && v > us;
        let accepted = || {
            let s = (v * inv_alpha / (a / (us * us) + b)).xla_ln();
            s <= k.mul_add(ln_rate, -rate) - ln_factorial(k)
        };
        (k, accepted_at_once || !rejected && accepted())
    }
}

/// ln k! as XLA computes ln Γ(k + 1): by the approximation of Lanczos with g = 7 and nine terms.
#[inline(always)]
fn ln_factorial(k: f32) -> f32 {
    #[expect(clippy::excessive_precision, reason = "as published")]
    const TERMS: [(f32, f32); 8] = [
        (676.520_368_121_885_1, 1.0),
        (-1_259.139_216_722_402_8, 2.0),
        (771.323_428_777_653_13, 3.0),
        (-176.615_029_162_140_6, 4.0),
        (12.507_343_278_686_905, 5.0),
        (-0.138_571_095_265_720_12, 6.0),
        (9.984_369_578_019_572e-6, 7.0),
        (1.505_632_735_149_311_6e-7, 8.0),
    ];
    #[expect(clippy::excessive_precision, reason = "as published")]
    const HALF_LN_TAU: f32 = 0.918_938_533_204_672_74;
    #[expect(clippy::excessive_precision, reason = "as published")]
    const LN_7_5: f32 = 2.014_903_020_542_264_7;
    let sum = TERMS.iter().fold(1.0, |sum, (factor, shift)| sum + factor / (k + shift));
    let ln_t = (k * (1.0 / 7.5)).xla_ln_1p() + LN_7_5;
    ((k + 0.5) - (k + 7.5) / ln_t).mul_add(ln_t, HALF_LN_TAU) + sum.xla_ln()
}
