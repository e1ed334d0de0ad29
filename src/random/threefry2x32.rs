//! Threefry-2x32 with 20 rounds, alone and as JAX's hash of an array, and the generator of JAX in both layouts.
//!
//! J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: *Parallel random numbers: as easy as
//! 1, 2, 3*, SC'11, section 3.3. Threefry is the cipher Threefish with less mixing: additions,
//! rotations and exclusive-ors only, a fresh piece of key every four rounds.

use core::array::from_fn;
use core::fmt;

use super::generator::{Generator, Source, write_words};

/// Threefish's constant: an all-zero key must not give an all-zero key schedule.
const PARITY: u32 = 0x1BD1_1BDA;

/// Rotation distances of the eight rounds after which the pattern repeats, four per injected key.
const ROTATIONS: [[u32; 4]; 2] = [[13, 15, 26, 6], [17, 29, 16, 24]];

/// Twenty rounds: five injections of the key, four rounds before each.
const INJECTIONS: u32 = 5;

/// How many counters are encrypted at once.
///
/// A round is a chain of three operations, each waiting for the one before it, so one vector of counters leaves most
/// of a CPU idle: with 512-bit vectors, two of them gave 1.8, eight gave 3.3 numbers a nanosecond; with 256-bit ones
/// it makes no difference.
const LANES: usize = 128;

/// Encrypts one counter with Threefry-2x32, 20 rounds: the function behind every random number of
/// the default generator.
///
/// For a fixed key it is a bijection of the 2⁶⁴ counters, so distinct counters give distinct
/// blocks. Words come high half first, as everywhere in JAX: counter i is `[i >> 32, i]`.
///
/// JAX: `jax.extend.random.threefry2x32_p`. Random123: `threefry2x32_R(20, counter, key)`.
///
/// ```
/// use tangents::random::threefry2x32;
///
/// // One of the known answers that Random123 publishes.
/// let key = [0x1319_8a2e, 0x0370_7344];
/// let counter = [0x243f_6a88, 0x85a3_08d3];
/// assert_eq!(threefry2x32(key, counter), [0xc492_3a9c, 0x483d_f7a0]);
/// ```
#[inline]
pub fn threefry2x32(key: [u32; 2], counter: [u32; 2]) -> [u32; 2] {
    let (a, b) = encrypt(key, counter[0], counter[1]);
    [a, b]
}

/// What a round does to a word, or to the same word of each of several counters.
trait Words: Copy {
    fn plus(self, key: u32) -> Self;
    fn mixed(self, other: Self, distance: u32) -> (Self, Self);
}

/// Not an array of one: the closures of an unoptimised build take longer than the cipher.
impl Words for u32 {
    #[inline(always)]
    fn plus(self, key: u32) -> Self {
        self.wrapping_add(key)
    }

    #[inline(always)]
    fn mixed(self, other: Self, distance: u32) -> (Self, Self) {
        let sum = self.wrapping_add(other);
        (sum, other.rotate_left(distance) ^ sum)
    }
}

impl<const L: usize> Words for [u32; L] {
    #[inline(always)]
    fn plus(self, key: u32) -> Self {
        self.map(|x| x.wrapping_add(key))
    }

    #[inline(always)]
    fn mixed(self, other: Self, distance: u32) -> (Self, Self) {
        let sum = from_fn(|j| self[j].wrapping_add(other[j]));
        (sum, from_fn(|j| other[j].rotate_left(distance) ^ sum[j]))
    }
}

/// Encrypts counters, each a word of `x0` and a word of `x1`.
#[inline(always)]
fn encrypt<W: Words>(key: [u32; 2], x0: W, x1: W) -> (W, W) {
    let schedule = [key[0], key[1], key[0] ^ key[1] ^ PARITY];
    let (mut x0, mut x1) = (x0.plus(schedule[0]), x1.plus(schedule[1]));
    // Half-open: `1..=5` isn't unrolled.
    for group in 0..INJECTIONS {
        for &distance in &ROTATIONS[group as usize % 2] {
            (x0, x1) = x0.mixed(x1, distance);
        }
        let (k0, k1) = (schedule[(group as usize + 1) % 3], schedule[(group as usize + 2) % 3]);
        (x0, x1) = (x0.plus(k0), x1.plus(k1.wrapping_add(group + 1)));
    }
    (x0, x1)
}

/// Overwrites `out` with what `word` makes of the blocks of the counters `first`, `first + 1`, …
#[inline(always)]
fn fill<T>(key: [u32; 2], first: u64, out: &mut [T], word: impl Fn(u32, u32) -> T) {
    let mut i = first;
    let mut chunks = out.chunks_exact_mut(LANES);
    for chunk in &mut chunks {
        let [high, low] = halves(i);
        let lows = from_fn::<_, LANES, _>(|j| low.wrapping_add(low_half(j as u64)));
        let highs = lows.map(|l| high.wrapping_add(u32::from(l < low)));
        let (a, b) = encrypt(key, highs, lows);
        for (j, out) in chunk.iter_mut().enumerate() {
            *out = word(a[j], b[j]);
        }
        i = i.wrapping_add(LANES as u64);
    }
    for out in chunks.into_remainder() {
        let [a, b] = threefry2x32(key, halves(i));
        *out = word(a, b);
        i = i.wrapping_add(1);
    }
}

/// Replaces an array of counters by their hash, as JAX's `threefry_2x32(key, count)` does.
///
/// With n counters c and h = ⌈n/2⌉, the blocks are (aᵢ, bᵢ) = threefry2x32(key, (cᵢ, cₕ₊ᵢ)) and
/// the hash is a₀ … aₕ₋₁ b₀ … bₕ₋₁. An odd n is completed with a counter 0, whose word is dropped.
/// This is what [`Layout::Original`] draws all its bits from.
///
/// JAX: `jax.extend.random.threefry_2x32`.
///
/// ```
/// use tangents::random::{threefry2x32, threefry2x32_hash};
///
/// let key = [0, 137];
/// let mut counts = [0, 1, 2, 3];
/// threefry2x32_hash(key, &mut counts);
///
/// let ([a0, b0], [a1, b1]) = (threefry2x32(key, [0, 2]), threefry2x32(key, [1, 3]));
/// assert_eq!(counts, [a0, a1, b0, b1]);
/// ```
pub fn threefry2x32_hash(key: [u32; 2], counts: &mut [u32]) {
    let (firsts, seconds) = counts.split_at_mut(counts.len().div_ceil(2));
    let mut seconds = seconds.iter_mut();
    for first in firsts {
        let mut padding = 0;
        let second = seconds.next().unwrap_or(&mut padding);
        [*first, *second] = threefry2x32(key, [*first, *second]);
    }
}

/// Word `i` of the hash of the counters 0, 1, … `len` − 1, without the words before it.
#[inline]
fn hash_word(key: [u32; 2], len: u64, i: u64) -> u32 {
    let half = len.div_ceil(2);
    let in_first_half = i < half;
    let first = if in_first_half { i } else { i - half };
    let second = first + half;
    let padded = if second < len { second } else { 0 };
    let [a, b] = threefry2x32(key, [low_half(first), low_half(padded)]);
    if in_first_half { a } else { b }
}

/// The halves of a 64-bit counter, high half first.
#[inline]
fn halves(x: u64) -> [u32; 2] {
    [low_half(x >> 32), low_half(x)]
}

/// The inverse of [`halves`].
#[inline]
fn join(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
#[inline]
fn low_half(x: u64) -> u32 {
    x as u32
}

/// How counters are laid out over the elements of a sample; JAX has had two ways.
///
/// The same key gives unrelated numbers in the two layouts, so a program that is to repeat the
/// numbers of another must use the layout of the other.
///
/// ```
/// use tangents::random::{Key, Layout, uniform};
///
/// let key = Key::new(137);
/// assert_eq!(key.layout(), Layout::Partitionable);
/// let today: f32 = uniform(key);
/// let before_2025: f32 = uniform(key.with_layout(Layout::Original));
/// assert_ne!(today, before_2025);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Element i has counter i, whatever the size of the sample: `jax_threefry_partitionable=True`,
    /// the default since JAX 0.5.0 (January 2025).
    #[default]
    Partitionable,
    /// The elements share blocks in a way that depends on how many they are:
    /// `jax_threefry_partitionable=False`, the default before JAX 0.5.0.
    Original,
}

/// The generator of JAX: [`threefry2x32`] with 20 rounds, in one of two [`Layout`]s.
///
/// With T = threefry2x32(key; counter) and (a, b) = T(i):
///
/// - partitionable: derived key i is (a, b); element i of a sample is a ‖ b at 64 bits, a ⊕ b at 32, its low bits at
///   16 and 8;
/// - original: keys and elements are words of the [hash](threefry2x32_hash) of 0, 1, …, several elements to a word
///   at 16 and 8 bits.
///
/// JAX: `impl="threefry2x32"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Threefry2x32 {
    pub(super) words: [u32; 2],
    pub(super) layout: Layout,
}

impl Threefry2x32 {
    #[inline]
    fn with_words(self, words: [u32; 2]) -> Self {
        Self { words, ..self }
    }
}

impl Generator for Threefry2x32 {
    type Source = Threefry2x32Source;

    #[inline]
    fn from_seed(seed: u64) -> Self {
        Self { words: halves(seed), layout: Layout::Partitionable }
    }

    #[inline]
    fn child(self, n: u64, i: u64) -> Self {
        self.with_words(match self.layout {
            Layout::Partitionable => threefry2x32(self.words, halves(i)),
            Layout::Original => [2 * i, 2 * i + 1].map(|j| hash_word(self.words, 2 * n, j)),
        })
    }

    #[inline]
    fn fold_in(self, data: u32) -> Self {
        self.with_words(threefry2x32(self.words, [0, data]))
    }

    #[inline]
    fn source(self, len: u64) -> Threefry2x32Source {
        Threefry2x32Source { generator: self, len }
    }

    /// The stream is that of the partitionable layout, which alone has no length.
    #[inline(always)]
    fn fill_stream(self, first: u64, out: &mut [u64]) {
        fill(self.words, first, out, join);
    }
}

/// The bits of a sample by [`Threefry2x32`].
#[derive(Clone, Copy, Debug)]
pub struct Threefry2x32Source {
    generator: Threefry2x32,
    len: u64,
}

impl Source for Threefry2x32Source {
    #[inline]
    fn narrow(&self, width: u64, i: u64) -> u32 {
        match self.generator.layout {
            // A block for each element, however narrow: that keeps the counter equal to the index.
            Layout::Partitionable => {
                let [high, low] = threefry2x32(self.generator.words, halves(i));
                high ^ low
            }
            // Each word holds several elements, low end first.
            Layout::Original => {
                let per_word = 32 / width;
                let word = original_word(self.generator, self.len.div_ceil(per_word), i / per_word);
                word >> (width * (i % per_word))
            }
        }
    }

    #[inline]
    fn wide(&self, i: u64) -> u64 {
        let [high, low] = match self.generator.layout {
            Layout::Partitionable => threefry2x32(self.generator.words, halves(i)),
            Layout::Original => [i, self.len + i].map(|j| original_word(self.generator, 2 * self.len, j)),
        };
        join(high, low)
    }

    #[inline(always)]
    fn fill_narrow(&self, width: u64, first: u64, out: &mut [u32]) {
        match self.generator.layout {
            Layout::Partitionable => fill(self.generator.words, first, out, |a, b| a ^ b),
            Layout::Original => {
                for (word, i) in out.iter_mut().zip(first..) {
                    *word = self.narrow(width, i);
                }
            }
        }
    }

    #[inline(always)]
    fn fill_wide(&self, first: u64, out: &mut [u64]) {
        match self.generator.layout {
            Layout::Partitionable => fill(self.generator.words, first, out, join),
            Layout::Original => {
                for (word, i) in out.iter_mut().zip(first..) {
                    *word = self.wide(i);
                }
            }
        }
    }
}

/// Word `j` of `words` in the original layout.
#[inline(never)]
fn original_word(generator: Threefry2x32, words: u64, j: u64) -> u32 {
    // The counters of one hash are 32-bit words, and JAX leaves out the last one.
    const LONGEST: u64 = u32::MAX as u64;
    let full_hashes = words / LONGEST;
    if full_hashes == 0 {
        return hash_word(generator.words, words, j);
    }
    // Longer samples are a sequence of hashes, each with a key of its own.
    let (hash, i) = (j / LONGEST, j % LONGEST);
    let len = if hash < full_hashes { LONGEST } else { words % LONGEST };
    hash_word(generator.child(full_hashes + 1, hash).words, len, i)
}

/// Writes the words as `NumPy` prints an array of two integers, both as wide as the wider.
impl fmt::Display for Threefry2x32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_words(f, self.words.map(u64::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_hash_is_found_without_the_words_before_it() {
        let key = [0x7922_e4ff, 0x8306_bdf3];
        for len in 0..20_u32 {
            let mut counts = [0; 20];
            let counts = &mut counts[..len as usize];
            counts.iter_mut().zip(0..).for_each(|(count, i)| *count = i);
            threefry2x32_hash(key, counts);
            for (&word, i) in counts.iter().zip(0..) {
                assert_eq!(hash_word(key, len.into(), i), word, "word {i} of {len}");
            }
        }
    }

    #[test]
    fn halves_and_join_are_inverse() {
        for x in [0, 1, 0xffff_ffff, 0x1_0000_0000, u64::MAX] {
            let [high, low] = halves(x);
            assert_eq!(join(high, low), x);
        }
        assert_eq!(halves(0x0123_4567_89ab_cdef), [0x0123_4567, 0x89ab_cdef]);
    }

    // JAX's own outputs of this size fill gigabytes, so this follows its source instead.
    #[test]
    fn the_original_layout_hashes_long_samples_in_runs_with_keys_of_their_own() {
        const LONGEST: u64 = u32::MAX as u64;
        let original = Threefry2x32 { words: [0, 42], layout: Layout::Original };

        let source = original.source(LONGEST + 3);
        let [first, second] = [0, 1].map(|i| original.child(2, i));
        for i in [0, 1, 1 << 31, LONGEST - 1] {
            assert_eq!(source.narrow(32, i), hash_word(first.words, LONGEST, i), "element {i}");
        }
        for i in 0..3 {
            assert_eq!(
                source.narrow(32, LONGEST + i),
                hash_word(second.words, 3, i),
                "element 2³² − 1 + {i}"
            );
        }
    }

    #[test]
    fn the_partitionable_layout_counts_past_32_bits() {
        let generator = Threefry2x32::from_seed(42);
        let source = generator.source(u64::MAX);
        let far = 7 << 32 | 5;
        let [a, b] = threefry2x32(generator.words, [7, 5]);
        assert_eq!(source.wide(far), join(a, b));
        assert_eq!(source.narrow(32, far), a ^ b);
    }

    #[test]
    fn elements_drawn_at_once_are_those_drawn_one_by_one_also_where_the_high_half_of_the_counter_changes() {
        let source = Threefry2x32::from_seed(7).source(u64::MAX);
        for first in [0, 1, (1 << 32) - 77, (1 << 40) + 5] {
            let (mut narrow, mut wide) = ([0; 3 * LANES + 5], [0; 3 * LANES + 5]);
            source.fill_narrow(32, first, &mut narrow);
            source.fill_wide(first, &mut wide);
            for (i, (&narrow, &wide)) in (first..).zip(narrow.iter().zip(&wide)) {
                assert_eq!(narrow, source.narrow(32, i), "element {i}");
                assert_eq!(wide, source.wide(i), "element {i}");
            }
        }
    }
}
