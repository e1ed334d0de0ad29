//! A generator with a state, for code that wants one: a position in the stream of a key.

use super::generator::Generator;
use crate::dispatch::{Job, widest};

/// How many numbers are computed at once: enough to fill the widest vectors.
const BUFFER: usize = 128;

/// As many words of 32 bits.
const WORDS: usize = 2 * BUFFER;

/// An endless stream of random words that belongs to a key: the counter-based generator as one with a state.
///
/// The stream is that of the samples of 64 bits: [`next_u64`](Self::next_u64) gives the elements of
/// [`bits`](super::bits)`::<[u64; n]>(key)` one after another, in the partitionable layout. Seen as words of 32 bits
/// it has the low half of each number first; seen as bytes, the low byte first. It begins anew after 2⁶⁵ words.
///
/// A position in it is a number of words, and any one is reached at once: [`position`](Self::position),
/// [`seek`](Self::seek), [`jump`](Self::jump). It costs what the next 128 numbers cost, which are computed together.
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
    /// The numbers `start`, `start + 1`, … of the stream, unless all have been given out.
    buffer: [u64; BUFFER],
    /// A multiple of the buffer's length.
    start: u64,
    /// The place of the next word in the buffer, or behind it.
    word: usize,
}

impl<G: Generator> CounterRng<G> {
    #[inline]
    pub(super) fn new(generator: G) -> Self {
        // As if the buffer before the first had been given out.
        Self { generator, buffer: [0; BUFFER], start: 0_u64.wrapping_sub(BUFFER as u64), word: WORDS }
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
        if self.word >= WORDS {
            self.refill(self.next_start());
        }
        let word = self.buffer[self.word / 2] >> (32 * (self.word % 2));
        self.word += 1;
        #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
        let word = word as u32;
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
        if self.word % 2 == 1 {
            let (low, high) = (self.next_u32(), self.next_u32());
            return u64::from(high) << 32 | u64::from(low);
        }
        if self.word >= WORDS {
            self.refill(self.next_start());
        }
        let number = self.buffer[self.word / 2];
        self.word += 2;
        number
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
        let begun = if self.word % 2 == 1 { bytes.len().min(4) } else { 0 };
        let (begun, rest) = bytes.split_at_mut(begun);
        let (numbers, ended) = rest.as_chunks_mut::<8>();
        self.fill_words(begun);

        // What is in the buffer; then many numbers at once, past it; then what is in the next buffer.
        let left = &self.buffer[self.word / 2..];
        let (first, rest) = numbers.split_at_mut(left.len().min(numbers.len()));
        write(first, left);
        self.word += 2 * first.len();
        let (buffers, last) = rest.as_chunks_mut::<BUFFER>();
        if !buffers.is_empty() {
            widest(FillBytes { generator: self.generator, first: self.next_start(), out: buffers });
            self.start = self.start.wrapping_add((buffers.len() * BUFFER) as u64);
        }
        if !last.is_empty() {
            self.refill(self.next_start());
            write(last, &self.buffer);
            self.word = 2 * last.len();
        }

        self.fill_words(ended);
    }

    /// Overwrites a few bytes.
    #[inline]
    fn fill_words(&mut self, bytes: &mut [u8]) {
        for word in bytes.chunks_mut(4) {
            word.copy_from_slice(&self.next_u32().to_le_bytes()[..word.len()]);
        }
    }

    /// How many words of 32 bits stand before the next one, modulo 2⁶⁵.
    #[inline]
    pub fn position(&self) -> u128 {
        let end_of_stream = 1 << 65;
        (u128::from(self.start) * 2 + self.word as u128) % end_of_stream
    }

    /// Goes to a position, modulo 2⁶⁵, in the same short time wherever it is.
    #[inline]
    pub fn seek(&mut self, position: u128) {
        let start = position / WORDS as u128 * BUFFER as u128;
        #[expect(clippy::cast_possible_truncation, reason = "modulo 2⁶⁴ numbers")]
        let start = start as u64;
        if self.word >= WORDS || self.start != start {
            self.refill(start);
        }
        self.word = (position % WORDS as u128) as usize;
    }

    /// Goes `words` words on, or back if they are negative, modulo 2⁶⁵, in the same short time however many they are.
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
        self.seek(self.position().wrapping_add(words.cast_unsigned()));
    }

    /// The index of the number after those in the buffer.
    #[inline]
    fn next_start(&self) -> u64 {
        self.start.wrapping_add(BUFFER as u64)
    }

    /// Fills the buffer with the numbers from `start` on, of which none have been given out.
    #[cold]
    fn refill(&mut self, start: u64) {
        widest(Fill { generator: self.generator, first: start, out: &mut self.buffer });
        self.start = start;
        self.word = 0;
    }
}

/// Two generators are equal if they give the same numbers from here on.
impl<G: Generator> PartialEq for CounterRng<G> {
    fn eq(&self, other: &Self) -> bool {
        (self.generator, self.position()) == (other.generator, other.position())
    }
}

impl<G: Generator> Eq for CounterRng<G> {}

/// Part of the endless stream, to be computed as numbers.
struct Fill<'a, G> {
    generator: G,
    first: u64,
    out: &'a mut [u64],
}

impl<G: Generator> Job for Fill<'_, G> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.generator.fill_stream(self.first, self.out);
    }
}

/// Part of the endless stream, to be computed as bytes.
struct FillBytes<'a, G> {
    generator: G,
    first: u64,
    out: &'a mut [[[u8; 8]; BUFFER]],
}

impl<G: Generator> Job for FillBytes<'_, G> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut numbers = [0; BUFFER];
        let mut first = self.first;
        // As many numbers at a time as divide the length of the stream, so that its end isn't passed on the way.
        for out in self.out {
            self.generator.fill_stream(first, &mut numbers);
            write(out, &numbers);
            first = first.wrapping_add(BUFFER as u64);
        }
    }
}

/// Writes numbers as bytes, low byte first.
#[inline(always)]
fn write(bytes: &mut [[u8; 8]], numbers: &[u64]) {
    for (bytes, number) in bytes.iter_mut().zip(numbers) {
        *bytes = number.to_le_bytes();
    }
}
