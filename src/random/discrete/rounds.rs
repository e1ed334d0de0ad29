//! Samples that take several rounds of uniform numbers: with each round keys are split off, the same for all elements.
//!
//! JAX goes on with a round until all elements of a sample are done. What an element is doesn't depend on the others
//! where terms are summed up to a limit. But a rejection takes the last number that it accepts, and so another one if
//! it must go on for the sake of another element: its elements are functions of the whole sample.

use core::marker::PhantomData;

use crate::dispatch::{Job, widest};
use crate::random::bits::Word;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::variate::UnitFloat;

/// How many elements go through the rounds together.
pub(in crate::random) const CHUNK: usize = 128;

/// The bound for the number of terms of a sum: JAX's for 32-bit integers.
const MOST_TERMS: u32 = i32::MAX as u32;

/// The bound for the number of rounds of a rejection. JAX's is that for sums, and neither is ever reached: even if a
/// round accepted only half of its proposals, a sample of 10⁹ elements would need more with a probability of 10⁻¹⁰.
const MOST_ROUNDS: usize = 64;

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
pub(in crate::random) trait Terms<F> {
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
pub(in crate::random) fn count_terms<F: UnitFloat, G: Generator, T: Terms<F>>(
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
    for _ in 0..MOST_TERMS {
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
pub(in crate::random) trait Proposals<F> {
    /// The proposal for element `i`, and whether it is accepted.
    fn propose(&self, i: u64, u: F, v: F) -> (F, bool);
}

/// A sample of elements drawn by rejection.
#[derive(Clone, Copy)]
pub(in crate::random) struct Rejection<P, G> {
    proposals: P,
    len: u64,
    /// How many rounds it takes until each element has accepted a proposal.
    rounds: usize,
    /// For each round the keys of u and v.
    keys: [[Key<G>; 2]; MOST_ROUNDS],
}

impl<P, G: Generator> Rejection<P, G> {
    /// Cost: about one proposal for each of the `len` elements.
    pub(in crate::random) fn new<F: UnitFloat>(proposals: P, key: Key<G>, len: u64) -> Self
    where
        P: Proposals<F>,
    {
        let rejection = Self { proposals, len, rounds: 0, keys: [[key; 2]; MOST_ROUNDS] };
        widest(CountRounds { rejection, next: key, float: PhantomData })
    }

    /// Makes the proposals of a round for those of the elements `first`, `first + 1`, … that are `wanted`.
    #[inline(always)]
    fn accept<F: UnitFloat>(
        &self,
        round: usize,
        first: u64,
        wanted: &mut [bool],
        mut accepted: impl FnMut(usize, F),
    ) where
        P: Proposals<F>,
    {
        let mut numbers = [[F::zero(); CHUNK]; 2];
        let [us, vs] = numbers.each_mut().map(|numbers| &mut numbers[..wanted.len()]);
        uniform(self.keys[round][0], self.len, first, us);
        uniform(self.keys[round][1], self.len, first, vs);
        for (j, (wanted, i)) in wanted.iter_mut().zip(first..).enumerate() {
            if *wanted {
                let (number, good) = self.proposals.propose(i, us[j], vs[j]);
                if good {
                    accepted(j, number);
                    *wanted = false;
                }
            }
        }
    }

    /// Overwrites `out`, at most a chunk, with the elements `first`, `first + 1`, …
    #[inline(always)]
    pub(in crate::random) fn draw<F: UnitFloat>(&self, first: u64, out: &mut [F])
    where
        P: Proposals<F>,
    {
        let mut wanted = [true; CHUNK];
        let wanted = &mut wanted[..out.len()];
        // The last number accepted is the first one from behind.
        for round in (0..self.rounds).rev() {
            if !wanted.contains(&true) {
                break;
            }
            self.accept(round, first, wanted, |j, number| out[j] = number);
        }
    }
}

/// A rejection whose rounds are to be counted, and the key of the next round that has none.
struct CountRounds<F, P, G> {
    rejection: Rejection<P, G>,
    next: Key<G>,
    float: PhantomData<F>,
}

impl<F: UnitFloat, P: Proposals<F>, G: Generator> Job for CountRounds<F, P, G> {
    type Output = Rejection<P, G>;

    #[inline(always)]
    fn run(self) -> Rejection<P, G> {
        let Self { mut rejection, mut next, .. } = self;
        for first in (0..rejection.len).step_by(CHUNK) {
            let elements = usize::try_from(rejection.len - first).map_or(CHUNK, |left| left.min(CHUNK));
            let mut wanted = [true; CHUNK];
            let wanted = &mut wanted[..elements];
            for round in 0..MOST_ROUNDS {
                if !wanted.contains(&true) {
                    break;
                }
                if round == rejection.rounds {
                    let [key, u, v] = next.split();
                    rejection.keys[round] = [u, v];
                    rejection.rounds += 1;
                    next = key;
                }
                rejection.accept(round, first, wanted, |_, _| {});
            }
        }
        rejection
    }
}
