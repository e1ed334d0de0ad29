//! Samples that take several rounds of uniform numbers: with each round keys are split off, the same for all elements.
//!
//! JAX goes on with a round until all elements of a sample are done. What an element is doesn't depend on the others
//! where terms are summed up to a limit. But a rejection takes the last number that it accepts, and so another one if
//! it must go on for the sake of another element: its elements are functions of the whole sample.

use core::array::from_fn;

use super::bits::Word;
use super::generator::Generator;
use super::key::Key;
use super::variate::UnitFloat;
use crate::dispatch::{Job, widest};

/// How many elements go through the rounds together.
pub(super) const CHUNK: usize = 128;

/// JAX's bound for the number of rounds. It is never reached: ten rounds more are needed by one sample in 10⁸.
const MOST_ROUNDS: u32 = i32::MAX as u32;

/// Uniform numbers on [0, 1): those of the elements `first`, `first + 1`, … of a sample.
#[inline(always)]
fn uniform<F: UnitFloat, G: Generator>(key: Key<G>, len: u64, first: u64, out: &mut [F]) {
    let mut words = [F::Bits::default(); CHUNK];
    let words = &mut words[..out.len()];
    F::Bits::draw_many(&key.generator().source(len), first, words);
    for (u, &word) in out.iter_mut().zip(&*words) {
        *u = F::unit(word);
    }
}

/// A sum of random terms that each element takes until it passes a limit.
pub(super) trait Terms<F> {
    /// The key of the next round and that of this one's numbers.
    fn split<G: Generator>(key: Key<G>) -> [Key<G>; 2];

    /// Whether element `i` needs another term.
    fn goes_on(&self, i: u64, sum: F) -> bool;

    /// The term of element `i` from a uniform number.
    fn term(&self, i: u64, u: F) -> F;
}

/// Overwrites `counts`, at most a chunk, with the numbers of terms within the limit: for elements `first`,
/// `first + 1`, …; −1 where the empty sum isn't within.
#[inline(always)]
pub(super) fn count_terms<F: UnitFloat, G: Generator, T: Terms<F>>(
    terms: &T,
    mut key: Key<G>,
    len: u64,
    first: u64,
    counts: &mut [F],
) {
    let mut sums = [F::zero(); CHUNK];
    let mut numbers = [F::zero(); CHUNK];
    let (sums, numbers) = (&mut sums[..counts.len()], &mut numbers[..counts.len()]);
    counts.fill(-F::one());
    for _ in 0..MOST_ROUNDS {
        let mut all_done = true;
        for ((count, &sum), i) in counts.iter_mut().zip(&*sums).zip(first..) {
            let goes_on = terms.goes_on(i, sum);
            *count = if goes_on { *count + F::one() } else { *count };
            all_done &= !goes_on;
        }
        if all_done {
            break;
        }
        let subkey;
        [key, subkey] = T::split(key);
        uniform(subkey, len, first, numbers);
        for ((sum, &u), i) in sums.iter_mut().zip(&*numbers).zip(first..) {
            *sum = *sum + terms.term(i, u);
        }
    }
}

/// What a rejection draws from two uniform numbers.
pub(super) trait Proposals<F> {
    /// The proposal for element `i`, and whether it is accepted.
    fn propose(&self, i: u64, u: F, v: F) -> (F, bool);
}

/// A sample of elements drawn by rejection.
#[derive(Clone, Copy)]
pub(super) struct Rejection<P, G> {
    proposals: P,
    key: Key<G>,
    len: u64,
    /// How many rounds it takes until each element has accepted a proposal.
    rounds: u32,
}

impl<P, G: Generator> Rejection<P, G> {
    /// Cost: about one round for each of the `len` elements.
    pub(super) fn new<F: UnitFloat>(proposals: P, key: Key<G>, len: u64) -> Self
    where
        P: Proposals<F>,
    {
        let mut rejection = Self { proposals, key, len, rounds: 0 };
        rejection.rounds = widest(CountRounds { rejection: &rejection, float: core::marker::PhantomData });
        rejection
    }

    /// Draws the proposals of one round for `elements` of `first`, `first + 1`, …
    #[inline(always)]
    fn round<F: UnitFloat>(
        &self,
        keys: [Key<G>; 2],
        first: u64,
        elements: usize,
        mut proposed: impl FnMut(usize, F, bool),
    ) where
        P: Proposals<F>,
    {
        let mut numbers = [[F::zero(); CHUNK]; 2];
        let [us, vs] = numbers.each_mut().map(|numbers| &mut numbers[..elements]);
        uniform(keys[0], self.len, first, us);
        uniform(keys[1], self.len, first, vs);
        for ((j, i), (&u, &v)) in (first..).enumerate().zip(us.iter().zip(&*vs)) {
            let (number, accepted) = self.proposals.propose(i, u, v);
            proposed(j, number, accepted);
        }
    }

    /// Overwrites `out`, at most a chunk, with the elements `first`, `first + 1`, …
    #[inline(always)]
    pub(super) fn draw<F: UnitFloat>(&self, first: u64, out: &mut [F])
    where
        P: Proposals<F>,
    {
        let mut key = self.key;
        for _ in 0..self.rounds {
            let keys: [Key<G>; 2];
            (key, keys) = next(key);
            self.round(keys, first, out.len(), |j, number, accepted| {
                out[j] = if accepted { number } else { out[j] };
            });
        }
    }
}

/// The key of the next round and those of this one.
#[inline]
fn next<G: Generator>(key: Key<G>) -> (Key<G>, [Key<G>; 2]) {
    let [key, u, v] = key.split();
    (key, [u, v])
}

/// The rounds of a rejection, to be counted.
struct CountRounds<'a, F, P, G> {
    rejection: &'a Rejection<P, G>,
    float: core::marker::PhantomData<F>,
}

impl<F: UnitFloat, P: Proposals<F>, G: Generator> Job for CountRounds<'_, F, P, G> {
    type Output = u32;

    #[inline(always)]
    fn run(self) -> u32 {
        let Rejection { key, len, .. } = *self.rejection;
        let mut most = 0;
        for first in (0..len).step_by(CHUNK) {
            let elements = usize::try_from(len - first).map_or(CHUNK, |left| left.min(CHUNK));
            // What is beyond the end of the sample needs no proposal.
            let mut accepted: [bool; CHUNK] = from_fn(|j| j >= elements);
            let (mut key, mut rounds) = (key, 0);
            while rounds < MOST_ROUNDS && accepted.contains(&false) {
                let keys;
                (key, keys) = next(key);
                self.rejection.round(keys, first, elements, |j, _, now| accepted[j] |= now);
                rounds += 1;
            }
            most = most.max(rounds);
        }
        most
    }
}
