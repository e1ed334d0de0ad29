//! The multinomial distribution.

use alloc::{vec, vec::Vec};

use super::binomial::Successes;
use super::counts::{Count, Draw};
use super::cumsum::reverse_cumsum;
use super::rounds::CHUNK;
use crate::dispatch::{Job, widest};
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::{UnitFloat, flush};

/// The multinomial distribution: how many of n trials fall into each category. Needs the feature `alloc`.
///
/// The count of each category in turn is [`Binomial`](crate::random::Binomial), of the trials that are left and with the
/// category's share of the probability that is left. Category j has probability pⱼ/Σ p.
///
/// `W` is a container of floats `F`, `[f32; 3]` or `Vec<f64>`. A sample is a row of vectors of counts, one count for
/// each category: `[i32; 3]` is one, `[[i32; 3]; 7]` seven, and a `Vec<[i32; 3]>` or a slice any number. One that ends
/// within a vector has the first counts of its last. The whole sample is drawn before the first count is known, as of
/// the binomial distribution a count may depend on all others.
///
/// A count has no pathwise derivative, so n and p can't be dual numbers.
///
/// JAX: `jax.random.multinomial(key, n, p, shape=shape)`, the last length of the shape being the number of categories.
///
/// ```
/// use tangents::random::{Distribution, Key, Multinomial};
///
/// let votes: [[i32; 3]; 2] = Multinomial::new(100.0, [0.5_f32, 0.3, 0.2])?.sample(Key::new(137));
/// assert_eq!(votes, [[54, 22, 24], [42, 40, 18]]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Multinomial<F, W> {
    n: F,
    /// Of each category, its share in its own and all later ones' probability.
    shares: W,
}

impl<F: UnitFloat, W: AsRef<[F]> + AsMut<[F]> + Clone> Multinomial<F, W> {
    /// The multinomial distribution of n trials with these probabilities, which needn't sum up to one.
    ///
    /// # Errors
    ///
    /// [`Error::Negative`] if n is negative, infinite or NaN; [`Error::Empty`] if there are no probabilities;
    /// [`Error::Weights`] if one is negative, infinite or NaN, or if their sum is zero or infinite. JAX checks nothing.
    ///
    /// ```
    /// use tangents::random::{Error, Multinomial};
    ///
    /// assert_eq!(Multinomial::new(10.0, [0.5, -0.5]), Err(Error::Weights));
    /// ```
    pub fn new(n: F, p: W) -> Result<Self, Error> {
        let n = Error::check_nonnegative("number of trials", n)?;
        let mut shares = p;
        shares.as_mut().iter_mut().for_each(|p| *p = flush(*p));
        Error::check_weights(shares.as_ref())?;
        let mut remaining = shares.clone();
        reverse_cumsum(remaining.as_mut());
        for (share, &remaining) in shares.as_mut().iter_mut().zip(remaining.as_ref()) {
            let divisor = if remaining.is_zero() { F::one() } else { remaining };
            *share = (*share / divisor).min(F::one());
        }
        Ok(Self { n, shares })
    }
}

impl<C: Count, F: UnitFloat, W: AsRef<[F]>> Distribution<C> for Multinomial<F, W> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<C> {
        let shares = self.shares.as_ref();
        let counts = widest(Vectors { n: self.n, shares, key, rows: len.div_ceil(shares.len() as u64) });
        move |i| C::count(counts[usize::try_from(i).expect("an index into the sample")])
    }
}

/// The counts of vectors, to be drawn.
struct Vectors<'a, F, G> {
    n: F,
    shares: &'a [F],
    key: Key<G>,
    rows: u64,
}

impl<F: UnitFloat, G: Generator> Job for Vectors<'_, F, G> {
    type Output = Vec<F>;

    #[inline(always)]
    fn run(self) -> Vec<F> {
        if self.rows == 0 {
            return Vec::new();
        }
        let categories = self.shares.len();
        let mut left = vec![self.n; usize::try_from(self.rows).expect("a sample that fits into memory")];
        let mut counts = vec![F::zero(); left.len() * categories];
        for ((j, share), key) in
            self.shares.chunks(1).enumerate().zip((0..).map(|j| self.key.child(categories as u64, j)))
        {
            let mut drawn = vec![F::zero(); left.len()];
            let successes = Successes::new(&left, share, key, self.rows);
            for (chunk, first) in drawn.chunks_mut(CHUNK).zip((0..).step_by(CHUNK)) {
                successes.draw(first, chunk);
            }
            for ((left, vector), &count) in left.iter_mut().zip(counts.chunks_mut(categories)).zip(&drawn) {
                vector[j] = count;
                *left = *left - count;
            }
        }
        counts
    }
}
