//! What a key is made of: the generators, each a keyed block function.

use core::fmt::{self, Debug};
use core::hash::Hash;

/// A keyed block function that gives bits and further keys: what `impl=` chooses in `jax.random.key`.
///
/// | generator | key | block | derived keys and bits |
/// |---|---|---|---|
/// | [`Threefry2x32`](super::Threefry2x32), 20 rounds | 64 bits | 64 bits | JAX's, bit for bit; the default |
/// | [`Threefry4x64`](super::Threefry4x64), 20 rounds | 256 bits | 256 bits | below |
/// | `ChaCha8`, `ChaCha12`, `ChaCha20` in [`interop::rand_chacha`](crate::interop), feature `rand_chacha` | 256 bits | 512 bits | below; the bits are those of the crate `rand_chacha` |
///
/// The wide generators follow the way of JAX's own wide one, `threefry4x32`: a seed is hashed into a key, and derived
/// keys come from counters of their own, which no sample uses. Unlike there, no bit of a block is given away: the
/// words of the blocks, each low half first, stand in a row, and element i of a sample is the i-th piece of that row.
///
/// Implement it for a block function of your own; [`Source`] is the only other thing to write.
pub trait Generator: Copy + Eq + Hash + Debug + Send + Sync + 'static {
    /// What the bits of a sample come from.
    type Source: Source;

    /// The generator of a seed.
    fn from_seed(seed: u64) -> Self;

    /// The generator of key `i` of a split into `n`.
    fn child(self, n: u64, i: u64) -> Self;

    /// The generator that belongs to a number.
    fn fold_in(self, data: u32) -> Self;

    /// The bits of a sample of `len` elements.
    fn source(self, len: u64) -> Self::Source;

    /// Overwrites `out` with the numbers `first`, `first + 1`, … of the endless stream of
    /// [`CounterRng`](super::CounterRng).
    #[inline(always)]
    fn fill_stream(self, first: u64, out: &mut [u64]) {
        self.source(u64::MAX).fill_wide(first, out);
    }
}

/// The bits of a sample: element i at any width, a pure function of i.
pub trait Source {
    /// Element `i` at a width of 8, 16 or 32 bits, in the low bits of a word. What stands above them is not part of
    /// the element.
    fn narrow(&self, width: u64, i: u64) -> u32;

    /// Element `i` at a width of 64 bits.
    fn wide(&self, i: u64) -> u64;

    /// Overwrites `out` with the elements `first`, `first + 1`, … at a width of 8, 16 or 32 bits, each as
    /// [`narrow`](Self::narrow) gives it.
    #[inline]
    fn fill_narrow(&self, width: u64, first: u64, out: &mut [u32]) {
        for (word, i) in out.iter_mut().zip(first..) {
            *word = self.narrow(width, i);
        }
    }

    /// Overwrites `out` with the elements `first`, `first + 1`, … at a width of 64 bits.
    #[inline]
    fn fill_wide(&self, first: u64, out: &mut [u64]) {
        for (word, i) in out.iter_mut().zip(first..) {
            *word = self.wide(i);
        }
    }
}

/// Writes words as `NumPy` prints an array of integers, all as wide as the widest.
pub(crate) fn write_words<const N: usize>(f: &mut fmt::Formatter<'_>, words: [u64; N]) -> fmt::Result {
    let widest = words.into_iter().max().and_then(u64::checked_ilog10);
    let digits = widest.map_or(1, |log| log + 1) as usize;
    for (i, word) in words.into_iter().enumerate() {
        let before = if i == 0 { '[' } else { ' ' };
        write!(f, "{before}{word:digits$}")?;
    }
    f.write_str("]")
}
