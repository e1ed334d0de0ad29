//! Random bits: the one place where key, index and layout become numbers.

use super::key::{Key, Layout};
use super::sample::{Distribution, Sample};
use super::threefry::{halves, hash_word, join, threefry2x32};

/// The random bits of a sample: element i of `len`, at any width.
///
/// Nothing is stored but the key: each element is computed from it and from its index.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    key: Key,
    len: u64,
}

impl Stream {
    #[inline]
    pub(super) fn new(key: Key, len: u64) -> Self {
        Self { key, len }
    }

    /// Element `i` at a width of 8, 16 or 32 bits, in the low bits of a word. What stands above
    /// them is not part of the element.
    #[inline]
    fn narrow(&self, width: u64, i: u64) -> u32 {
        match self.key.layout() {
            // A block for each element, however narrow: that keeps the counter equal to the index.
            Layout::Partitionable => {
                let [high, low] = threefry2x32(self.key.data(), halves(i));
                high ^ low
            }
            // Each word holds several elements, low end first.
            Layout::Original => {
                let per_word = 32 / width;
                let word = original_word(self.key, self.len.div_ceil(per_word), i / per_word);
                word >> (width * (i % per_word))
            }
        }
    }

    /// Element `i` at a width of 64 bits.
    #[inline]
    fn wide(&self, i: u64) -> u64 {
        join(match self.key.layout() {
            Layout::Partitionable => threefry2x32(self.key.data(), halves(i)),
            Layout::Original => [i, self.len + i].map(|j| original_word(self.key, 2 * self.len, j)),
        })
    }
}

/// Word `j` of `words` in the original layout.
// Not inlined: it leaves the loop over the other layout small enough to be vectorised.
#[inline(never)]
fn original_word(key: Key, words: u64, j: u64) -> u32 {
    // The counters of one hash are 32-bit words, and JAX leaves out the last one.
    const LONGEST: u64 = u32::MAX as u64;
    let full_hashes = words / LONGEST;
    if full_hashes == 0 {
        return hash_word(key.data(), words, j);
    }
    // Longer samples are a sequence of hashes, each with a key of its own.
    let (hash, i) = (j / LONGEST, j % LONGEST);
    let len = if hash < full_hashes { LONGEST } else { words % LONGEST };
    hash_word(key.child(full_hashes + 1, hash).data(), len, i)
}

/// A type that a stream gives elements of: words as they are, floats on [0, 1).
pub trait Draw {
    /// Element `i` of the stream.
    fn draw(stream: &Stream, i: u64) -> Self;
}

#[expect(clippy::cast_possible_truncation, reason = "the element is the low bits")]
impl Draw for u8 {
    #[inline]
    fn draw(stream: &Stream, i: u64) -> Self {
        stream.narrow(8, i) as u8
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the element is the low bits")]
impl Draw for u16 {
    #[inline]
    fn draw(stream: &Stream, i: u64) -> Self {
        stream.narrow(16, i) as u16
    }
}

impl Draw for u32 {
    #[inline]
    fn draw(stream: &Stream, i: u64) -> Self {
        stream.narrow(32, i)
    }
}

impl Draw for u64 {
    #[inline]
    fn draw(stream: &Stream, i: u64) -> Self {
        stream.wide(i)
    }
}

/// An unsigned integer all of whose bits are drawn: `u8`, `u16`, `u32` or `u64`.
pub trait Word: Draw + Sample<Element = Self> {}

impl Word for u8 {}
impl Word for u16 {}
impl Word for u32 {}
impl Word for u64 {}

/// The distribution of [`bits`]: every value of an unsigned integer equally likely.
///
/// JAX: `jax.random.bits(key, shape, dtype)`.
///
/// ```
/// use tangents::random::{Bits, Distribution, Key};
///
/// let mut words = [0_u16; 3];
/// Bits.fill(Key::new(137), &mut words);
/// assert_eq!(words, [0x59c8, 0xe005, 0xe9cc]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bits;

impl<W: Word> Distribution<W> for Bits {
    #[inline]
    fn elements(&self, key: Key, len: u64) -> impl Fn(u64) -> W {
        let stream = Stream::new(key, len);
        move |i| W::draw(&stream, i)
    }
}

/// Draws random bits as `u8`, `u16`, `u32` or `u64`, or as nested arrays of one of them.
///
/// With (a, b) = [`threefry2x32`]`(key, i)` for element i: a ‖ b at 64 bits, a ⊕ b at 32, its low
/// bits at 16 and 8. [`Layout::Original`] takes the words of a
/// [hash](super::threefry2x32_hash) instead, several elements to a word at 16 and 8 bits.
///
/// JAX: `jax.random.bits(key, shape, dtype)`.
///
/// ```
/// use tangents::random::{Key, bits};
///
/// let byte: u8 = bits(Key::new(137));
/// assert_eq!(byte, 0xc8);
///
/// let words: [[u32; 2]; 2] = bits(Key::new(137));
/// assert_eq!(words, [[0x6154_59c8, 0xfb9d_e005], [0xbf88_e9cc, 0x5c4c_ac4e]]);
/// ```
#[inline]
pub fn bits<S: Sample<Element: Word>>(key: Key) -> S {
    Bits.sample(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    // JAX's own outputs of this size fill gigabytes, so this follows its source instead.
    #[test]
    fn the_original_layout_hashes_long_samples_in_runs_with_keys_of_their_own() {
        const LONGEST: u64 = u32::MAX as u64;
        let key = Key::new(42).with_layout(Layout::Original);

        let stream = Stream::new(key, LONGEST + 3);
        let [first, second] = key.split();
        for i in [0, 1, 1 << 31, LONGEST - 1] {
            assert_eq!(u32::draw(&stream, i), hash_word(first.data(), LONGEST, i), "element {i}");
        }
        for i in 0..3 {
            assert_eq!(
                u32::draw(&stream, LONGEST + i),
                hash_word(second.data(), 3, i),
                "element 2³² − 1 + {i}"
            );
        }
    }

    #[test]
    fn the_partitionable_layout_counts_past_32_bits() {
        let key = Key::new(42);
        let stream = Stream::new(key, u64::MAX);
        let far = 7 << 32 | 5;
        let block = threefry2x32(key.data(), [7, 5]);
        assert_eq!(u64::draw(&stream, far), join(block));
        assert_eq!(u32::draw(&stream, far), block[0] ^ block[1]);
    }
}
