//! A generator with a state, for code that wants one: a position in the stream of a key.

use super::generator::Generator;
use crate::dispatch::{Job, widest};

/// How many numbers are computed at once: enough to fill the widest vectors.
const BUFFER: usize = 128;

/// The position after which the stream begins anew, in words: 2⁶⁴ numbers of two words.
const WORDS: u128 = 1 << 65;

/// An endless stream of random words that belongs to a key: the counter-based generator as one with a state.
///
/// The stream is that of the samples of 64 bits: [`next_u64`](Self::next_u64) gives the elements of
/// [`bits`](super::bits)`::<[u64; n]>(key)` one after another, in the partitionable layout. Seen as words of 32 bits
/// it has the low half of each number first; seen as bytes, the low byte first. It begins anew after 2⁶⁵ words.
///
/// A position in it is a number of words, and reaching any position costs one block: [`position`](Self::position),
/// [`seek`](Self::seek), [`jump`](Self::jump).
///
/// With the feature `rand_core` it has the traits of the `rand` crates, so `rand`, `rand_distr` and whatever else
/// takes a generator takes it.
///
/// ```
/// use tangents::random::Key;
///
/// let mut rng = Key::new(137).rng();
/// let (low, high) = (rng.next_u32(), rng.next_u32());
/// let mut again = Key::new(137).rng();
/// assert_eq!(again.next_u64(), u64::from(high) << 32 | u64::from(low));
///
/// again.seek(0);
/// assert_eq!(again.next_u32(), low);
/// ```
#[derive(Clone, Debug)]
pub struct CounterRng<G> {
    generator: G,
    /// The number of words that have been given out, modulo `WORDS`.
    position: u128,
    /// The numbers from `start` on, if `start` is below 2⁶⁴.
    buffer: [u64; BUFFER],
    start: u128,
}

impl<G: Generator> CounterRng<G> {
    #[inline]
    pub(super) fn new(generator: G) -> Self {
        Self { generator, position: 0, buffer: [0; BUFFER], start: u128::MAX }
    }

    /// The next word of 32 bits.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// let mut rng = Key::new(137).rng();
    /// assert_eq!([rng.next_u32(), rng.next_u32()], [0x25e7_3fc4, 0x44b3_660c]);
    /// ```
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        let number = self.number(self.position >> 1);
        let half = number >> (32 * (self.position & 1));
        self.jump(1);
        #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
        let word = half as u32;
        word
    }

    /// The next two words as one number, the first word low.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// let mut rng = Key::new(137).rng();
    /// assert_eq!(rng.next_u64(), 0x44b3_660c_25e7_3fc4);
    /// ```
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        if self.position & 1 == 0 {
            let number = self.number(self.position >> 1);
            self.jump(2);
            number
        } else {
            let (low, high) = (self.next_u32(), self.next_u32());
            u64::from(high) << 32 | u64::from(low)
        }
    }

    /// Overwrites `bytes` with the next words, low byte first; of a last word that isn't needed whole, the rest is
    /// skipped.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// let mut rng = Key::new(137).rng();
    /// let mut bytes = [0; 5];
    /// rng.fill_bytes(&mut bytes);
    /// assert_eq!(bytes, [0xc4, 0x3f, 0xe7, 0x25, 0x0c]);
    /// assert_eq!(rng.position(), 2);
    /// ```
    #[inline]
    pub fn fill_bytes(&mut self, bytes: &mut [u8]) {
        let mut numbers = bytes.chunks_exact_mut(8);
        for number in &mut numbers {
            number.copy_from_slice(&self.next_u64().to_le_bytes());
        }
        for word in numbers.into_remainder().chunks_mut(4) {
            word.copy_from_slice(&self.next_u32().to_le_bytes()[..word.len()]);
        }
    }

    /// How many words of 32 bits stand before the next one, modulo 2⁶⁵.
    #[inline]
    pub fn position(&self) -> u128 {
        self.position
    }

    /// Goes to a position, modulo 2⁶⁵, at the cost of a block.
    #[inline]
    pub fn seek(&mut self, position: u128) {
        self.position = position % WORDS;
    }

    /// Goes `words` words on, or back if they are negative, modulo 2⁶⁵, at the cost of a block.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// let mut rng = Key::new(0).rng();
    /// let first = rng.next_u32();
    /// rng.jump(1 << 64);
    /// rng.jump(-(1 << 64) - 1);
    /// assert_eq!(rng.next_u32(), first);
    /// ```
    #[inline]
    pub fn jump(&mut self, words: i128) {
        // Two's complement makes a step back a step on, since 2⁶⁵ divides 2¹²⁸.
        self.seek(self.position.wrapping_add(words.cast_unsigned()));
    }

    /// Number `i` of the stream.
    #[inline]
    fn number(&mut self, i: u128) -> u64 {
        let start = i - i % BUFFER as u128;
        if self.start != start {
            self.refill(start);
        }
        let place = (i - start) as usize;
        self.buffer[place]
    }

    #[cold]
    fn refill(&mut self, start: u128) {
        #[expect(clippy::cast_possible_truncation, reason = "the position is below 2⁶⁵ words")]
        let first = start as u64;
        widest(Refill { generator: self.generator, first, out: &mut self.buffer });
        self.start = start;
    }
}

/// Two generators are equal if they give the same numbers from here on.
impl<G: Generator> PartialEq for CounterRng<G> {
    fn eq(&self, other: &Self) -> bool {
        self.generator == other.generator && self.position == other.position
    }
}

impl<G: Generator> Eq for CounterRng<G> {}

/// Part of the endless stream, to be computed.
struct Refill<'a, G> {
    generator: G,
    first: u64,
    out: &'a mut [u64],
}

impl<G: Generator> Job for Refill<'_, G> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.generator.fill_stream(self.first, self.out);
    }
}
