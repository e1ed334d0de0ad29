//! Choosing among items, evenly or by weights, with and without replacement.

use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::categorical::index;
#[cfg(feature = "alloc")]
use super::categorical::largest;
use super::cumsum::cumsum;
use super::integer::{Integer, UniformInt};
#[cfg(feature = "alloc")]
use super::permutation::permutation;
#[cfg(feature = "alloc")]
use crate::random::continuous::Gumbel;
use crate::random::continuous::StandardUniform;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::{UnitFloat, flush};

/// The choice of an index below n, each equally likely.
///
/// With replacement it is [`UniformInt`] on `0..n`, so the type of n decides about the random bits: `i32` is JAX's
/// default, `i64` and `usize` are that under `jax_enable_x64`.
///
/// JAX: `jax.random.choice(key, n, shape)`, with `replace=False`
/// [`sample_without_replacement`](Self::sample_without_replacement).
///
/// ```
/// use tangents::random::{Choice, Distribution, Key};
///
/// let indices: [i32; 4] = Choice::new(20)?.sample(Key::new(137));
/// assert_eq!(indices, [5, 4, 2, 12]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Choice<I> {
    n: I,
    indices: UniformInt<I>,
}

impl<I: Integer> Choice<I> {
    /// The choice among n.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if n isn't positive.
    pub fn new(n: I) -> Result<Self, Error> {
        let indices = UniformInt::new(I::zero()..n).map_err(|_| Error::Empty)?;
        Ok(Self { n, indices })
    }

    /// Draws several different indices: the beginning of a [permutation]. Needs the feature `alloc`.
    ///
    /// Cost: that of the whole permutation. The type of n has no influence.
    ///
    /// JAX: `jax.random.choice(key, n, (draws,), replace=False)`.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyDraws`] if n is below `draws`.
    ///
    /// # Panics
    ///
    /// Panics if n is too large for the address space.
    ///
    /// ```
    /// use tangents::random::{Choice, Error, Key};
    ///
    /// let lots = Choice::new(49)?.sample_without_replacement(Key::new(137), 6)?;
    /// assert_eq!(lots, [7, 15, 6, 45, 41, 33]);
    /// assert_eq!(
    ///     Choice::new(3)?.sample_without_replacement(Key::new(137), 4),
    ///     Err(Error::TooManyDraws { draws: 4, items: 3 }),
    /// );
    /// # Ok::<(), Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    pub fn sample_without_replacement(
        &self,
        key: Key<impl Generator>,
        draws: usize,
    ) -> Result<Vec<I>, Error> {
        let n = self.n.to_usize().expect("n should fit into the address space");
        Error::check_draws(draws, n)?;
        Ok(permutation(key, n).into_iter().take(draws).map(index).collect())
    }
}

impl<I: Integer> Distribution<I> for Choice<I> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<I> {
        self.indices.elements(key, len)
    }
}

/// The choice of an index by weights: index j with probability wⱼ/Σₖ wₖ.
///
/// With Wⱼ = w₀ + … + wⱼ, an element is the first j for which Wⱼ is at least (1 − u)·Σ w, u uniform on [0, 1) in the
/// precision of the weights. It is found in log₂ n steps.
///
/// `W` is a container of weights in the float `P`, `[f32; 5]` or `Vec<f64>`, and the index any integer type. An index
/// has no pathwise derivative, so weights can't be dual numbers.
///
/// JAX: `jax.random.choice(key, n, shape, p=weights)`.
///
/// # Panics
///
/// Drawing panics if the index type can't hold the largest index.
///
/// ```
/// use tangents::random::{Distribution, Key, WeightedChoice};
///
/// let weather = WeightedChoice::new([7.0_f32, 2.0, 1.0])?;
/// let week: [usize; 7] = weather.sample(Key::new(137));
/// assert_eq!(week, [0, 0, 0, 0, 1, 0, 0]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedChoice<W, P> {
    weights: W,
    cumulative: W,
    float: PhantomData<P>,
}

impl<W: AsRef<[P]> + AsMut<[P]> + Clone, P: UnitFloat> WeightedChoice<W, P> {
    /// The choice by these weights, which needn't sum up to one.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if there are none, [`Error::Weights`] if one is negative, infinite or NaN, or if their sum is
    /// zero or infinite. JAX checks nothing.
    ///
    /// ```
    /// use tangents::random::{Error, WeightedChoice};
    ///
    /// assert!(WeightedChoice::new([0.0, 1.5]).is_ok());
    /// assert_eq!(WeightedChoice::new([0.0, 0.0]), Err(Error::Weights));
    /// ```
    pub fn new(mut weights: W) -> Result<Self, Error> {
        weights.as_mut().iter_mut().for_each(|weight| *weight = flush(*weight));
        Error::check_weights(weights.as_ref())?;
        let mut cumulative = weights.clone();
        cumsum(cumulative.as_mut());
        Ok(Self { weights, cumulative, float: PhantomData })
    }

    /// Draws several different indices: one by one, each with the probabilities of those that are left. Needs the
    /// feature `alloc`.
    ///
    /// They are the indices of the largest ln wⱼ + gⱼ, with [`Gumbel`] numbers gⱼ, the largest first. An item of
    /// weight zero comes last, after all others are drawn.
    ///
    /// JAX: `jax.random.choice(key, n, (draws,), replace=False, p=weights)`.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyDraws`] if there are fewer weights than `draws`.
    ///
    /// ```
    /// use tangents::random::{Key, WeightedChoice};
    ///
    /// let podium = WeightedChoice::new([1.0_f32, 2.0, 3.0, 4.0])?.sample_without_replacement(Key::new(137), 3)?;
    /// assert_eq!(podium, [1, 2, 3]);
    /// # Ok::<(), tangents::random::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    pub fn sample_without_replacement(
        &self,
        key: Key<impl Generator>,
        draws: usize,
    ) -> Result<Vec<usize>, Error> {
        let weights = self.weights.as_ref();
        Error::check_draws(draws, weights.len())?;
        let mut scores: Vec<P> = Gumbel::default().sample_vec(key, weights.len());
        for (score, &weight) in scores.iter_mut().zip(weights) {
            *score = *score + weight.xla_ln();
        }
        Ok(largest(&scores, draws))
    }
}

impl<I: Integer, W: AsRef<[P]>, P: UnitFloat> Distribution<I> for WeightedChoice<W, P> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<I> {
        let cumulative = self.cumulative.as_ref();
        let last = cumulative.len() - 1;
        let _: I = index(last);
        let uniform = Distribution::<P>::elements(&StandardUniform, key, len);
        move |i| index(first_not_below(cumulative, cumulative[last] * (P::one() - uniform.at(i))))
    }
}

/// The index of the first number that isn't below `x`; the last number isn't.
///
/// Sums in XLA's order may go down by a rounding error. So the order of comparisons is JAX's.
///
/// JAX: `jax.numpy.searchsorted(numbers, x)`.
fn first_not_below<P: UnitFloat>(numbers: &[P], x: P) -> usize {
    let (mut low, mut high) = (0, numbers.len());
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        *if x <= numbers[middle] { &mut high } else { &mut low } = middle;
    }
    // Of all numbers only the first may not have been compared.
    if low == 0 && x <= numbers[0] { 0 } else { high }
}

/// Chooses among items, each equally likely. Needs the feature `alloc`.
///
/// With `replace`, an item may be chosen several times. The indices are those of [`Choice`] of an `i32`, as in JAX by
/// default, or of an `i64` if there are too many items for it. For JAX under `jax_enable_x64`, draw
/// `Choice::new(items.len())` and take the items with these indices.
///
/// JAX: `jax.random.choice(key, items, (draws,), replace)`. Items may be arrays: `axis=0`.
///
/// # Errors
///
/// [`Error::Empty`] if there are no items, [`Error::TooManyDraws`] if without replacement there are fewer items than
/// `draws`.
///
/// ```
/// use tangents::random::{Key, choice};
///
/// let names = ["Ada", "Blaise", "Carl", "Daniel"];
/// let pair = choice(Key::new(137), &names, 2, false)?;
/// assert_eq!(pair, [&"Daniel", &"Ada"]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[cfg(feature = "alloc")]
pub fn choice<T>(
    key: Key<impl Generator>,
    items: &[T],
    draws: usize,
    replace: bool,
) -> Result<Vec<&T>, Error> {
    let n = items.len();
    if !replace {
        Ok(pick(items, Choice::new(n)?.sample_without_replacement(key, draws)?))
    } else if let Ok(n) = i32::try_from(n) {
        Ok(pick::<T, i32>(items, Choice::new(n)?.sample_vec(key, draws)))
    } else {
        Ok(pick::<T, usize>(items, Choice::new(n)?.sample_vec(key, draws)))
    }
}

/// Chooses among items by weights. Needs the feature `alloc`.
///
/// With `replace`, an item may be chosen several times. The indices are those of [`WeightedChoice`].
///
/// JAX: `jax.random.choice(key, items, (draws,), replace, p=weights)`.
///
/// # Errors
///
/// [`Error::Length`] if there aren't as many weights as items, otherwise as [`WeightedChoice::new`] and
/// [`WeightedChoice::sample_without_replacement`].
///
/// ```
/// use tangents::random::{Key, weighted_choice};
///
/// let names = ["Ada", "Blaise", "Carl", "Daniel"];
/// let winners = weighted_choice(Key::new(137), &names, &[0.5_f32, 0.0, 0.3, 0.2], 10, true)?;
/// assert!(!winners.contains(&&"Blaise"));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[cfg(feature = "alloc")]
pub fn weighted_choice<'a, T, P: UnitFloat>(
    key: Key<impl Generator>,
    items: &'a [T],
    weights: &[P],
    draws: usize,
    replace: bool,
) -> Result<Vec<&'a T>, Error> {
    Error::check_length("slice of weights", items.len(), weights.len())?;
    let choice = WeightedChoice::<Vec<P>, P>::new(weights.to_vec())?;
    let indices = if replace {
        choice.sample_vec(key, draws)
    } else {
        choice.sample_without_replacement(key, draws)?
    };
    Ok(pick::<T, usize>(items, indices))
}

/// The items with these indices.
#[cfg(feature = "alloc")]
fn pick<T, I: Integer>(items: &[T], indices: Vec<I>) -> Vec<&T> {
    indices.into_iter().map(|i| &items[i.to_usize().expect("an index into a slice")]).collect()
}
