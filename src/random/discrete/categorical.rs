//! The categorical distribution, over logarithms of weights.

use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::integer::{CHUNK, Integer};
use crate::random::continuous::{Gumbel, Mode};
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::UnitFloat;

/// The distribution of an index j with probability exp(ℓⱼ)/Σₖ exp(ℓₖ).
///
/// An element is the index of the largest of ℓⱼ + gⱼ, with [`Gumbel`] numbers gⱼ; of equal ones the first. So an
/// element takes as many random numbers as there are categories; for many draws from many categories
/// [`WeightedChoice`](crate::random::WeightedChoice) is faster.
///
/// `L` is a container of logits in the float `P`, `[f32; 6]`, `Vec<f64>` or `&[f64]`, and the index any integer type.
/// Logits needn't be normalised; −∞ is a category that never occurs. An index has no pathwise derivative, so logits
/// can't be dual numbers.
///
/// JAX: `jax.random.categorical(key, logits, shape=shape, mode=mode)`. Element i takes the Gumbel numbers i·n … i·n + n
/// − 1, so logits that differ from row to row are those of `axis=-1`: `elements(key, len).at(i)` with the logits of
/// row i.
///
/// # Panics
///
/// Drawing panics if the index type can't hold the largest index.
///
/// ```
/// use tangents::random::{Categorical, Distribution, Key};
///
/// let weather = Categorical::new([0.7_f32.ln(), 0.2_f32.ln(), 0.1_f32.ln()])?;
/// let week: [usize; 7] = weather.sample(Key::new(137));
/// assert_eq!(week, [1, 0, 0, 0, 0, 1, 0]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Categorical<L, P> {
    logits: L,
    gumbel: Gumbel,
    float: PhantomData<P>,
}

impl<L: AsRef<[P]>, P: UnitFloat> Categorical<L, P> {
    /// The distribution with these logits, unnormalised logarithms of probabilities.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if there are none, [`Error::NonFinite`] if one is NaN or +∞, [`Error::Weights`] if all are
    /// −∞. JAX checks nothing.
    ///
    /// ```
    /// use tangents::random::{Categorical, Error};
    ///
    /// assert!(Categorical::new([0.0, f64::NEG_INFINITY]).is_ok());
    /// assert_eq!(Categorical::new([f64::NEG_INFINITY; 2]), Err(Error::Weights));
    /// ```
    pub fn new(logits: L) -> Result<Self, Error> {
        let all = logits.as_ref();
        if all.is_empty() {
            return Err(Error::Empty);
        }
        if all.iter().any(|&logit| logit.is_nan() || logit == P::infinity()) {
            return Err(Error::NonFinite { parameter: "logit" });
        }
        if all.iter().all(|&logit| logit == P::neg_infinity()) {
            return Err(Error::Weights);
        }
        Ok(Self { logits, gumbel: Gumbel::default(), float: PhantomData })
    }

    /// The same distribution, by uniform numbers spaced in another way.
    #[must_use]
    pub fn with_mode(self, mode: Mode) -> Self {
        Self { gumbel: Gumbel::default().with_mode(mode), ..self }
    }

    /// Draws several different indices: one by one, each with the probabilities of those that are left. Needs the
    /// feature `alloc`.
    ///
    /// They are the indices of the largest ℓⱼ + gⱼ, the largest first (Vieira 2014). A category with logit −∞ comes
    /// last, after all others are drawn.
    ///
    /// JAX: `jax.random.categorical(key, logits, shape=(draws,), replace=False)`.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyDraws`] if there are fewer categories than `draws`.
    ///
    /// ```
    /// use tangents::random::{Categorical, Error, Key};
    ///
    /// let categorical = Categorical::new([0.5_f32, -1.0, 2.0])?;
    /// assert_eq!(categorical.sample_without_replacement(Key::new(137), 2)?, [2, 1]);
    ///
    /// let error = categorical.sample_without_replacement(Key::new(137), 4);
    /// assert_eq!(error, Err(Error::TooManyDraws { draws: 4, items: 3 }));
    /// # Ok::<(), tangents::random::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    pub fn sample_without_replacement(
        &self,
        key: Key<impl Generator>,
        draws: usize,
    ) -> Result<Vec<usize>, Error> {
        let logits = self.logits.as_ref();
        Error::check_draws(draws, logits.len())?;
        let mut scores: Vec<P> = self.gumbel.sample_vec(key, logits.len());
        for (score, &logit) in scores.iter_mut().zip(logits) {
            *score = *score + logit;
        }
        Ok(largest(&scores, draws))
    }
}

/// The indices of the `count` largest numbers, the largest first, and of equal ones the first first.
///
/// None is NaN.
#[cfg(feature = "alloc")]
pub(in crate::random) fn largest<P: UnitFloat>(numbers: &[P], count: usize) -> Vec<usize> {
    let descending = |&i: &usize, &j: &usize| {
        let order = numbers[j].partial_cmp(&numbers[i]);
        order.unwrap_or(core::cmp::Ordering::Equal).then(i.cmp(&j))
    };
    let mut indices: Vec<usize> = (0..numbers.len()).collect();
    if count < indices.len() {
        indices.select_nth_unstable_by(count, descending);
        indices.truncate(count);
    }
    indices.sort_unstable_by(descending);
    indices
}

impl<I: Integer, L: AsRef<[P]>, P: UnitFloat> Distribution<I> for Categorical<L, P> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<I> {
        let logits = self.logits.as_ref();
        let _: I = index(logits.len() - 1);
        Largest { logits, gumbels: self.gumbel.elements(key, len * logits.len() as u64) }
    }
}

/// An index as another integer type.
///
/// # Panics
///
/// Panics if the type can't hold it.
#[inline]
pub(in crate::random) fn index<I: Integer>(i: usize) -> I {
    I::from(i).expect("the index type should hold the largest index")
}

/// The indices of the largest sums.
struct Largest<'a, P, E> {
    logits: &'a [P],
    gumbels: E,
}

impl<I: Integer, P: UnitFloat, E: Elements<P>> Elements<I> for Largest<'_, P, E> {
    #[inline]
    fn at(&self, i: u64) -> I {
        let first = i * self.logits.len() as u64;
        let mut best = Best::none();
        for ((j, &logit), gumbel) in self.logits.iter().enumerate().zip(first..) {
            best.offer(j, self.gumbels.at(gumbel) + logit);
        }
        index(best.index)
    }

    #[inline(always)]
    fn write(&self, first: u64, out: &mut [I]) {
        // The numbers of an element may be spread over chunks, and a chunk may hold those of many elements.
        let mut chunk = [P::zero(); CHUNK];
        let mut used = CHUNK;
        let mut next = first * self.logits.len() as u64;
        let mut left = out.len() * self.logits.len();
        for element in out {
            let mut best = Best::none();
            for (j, &logit) in self.logits.iter().enumerate() {
                if used == CHUNK {
                    used = 0;
                    self.gumbels.write(next, &mut chunk[..left.min(CHUNK)]);
                    next += CHUNK as u64;
                    left = left.saturating_sub(CHUNK);
                }
                best.offer(j, chunk[used] + logit);
                used += 1;
            }
            *element = index(best.index);
        }
    }
}

/// The largest number so far, and its index.
struct Best<P> {
    number: P,
    index: usize,
}

impl<P: UnitFloat> Best<P> {
    #[inline]
    fn none() -> Self {
        Self { number: P::neg_infinity(), index: 0 }
    }

    #[inline]
    fn offer(&mut self, index: usize, number: P) {
        if number > self.number {
            *self = Self { number, index };
        }
    }
}
