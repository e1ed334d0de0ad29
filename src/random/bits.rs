//! Random bits, and the elements that are made of one word of them each.

use core::marker::PhantomData;

use super::generator::{Generator, Source};
use super::key::Key;
use super::sample::{Distribution, Elements, Sample};

/// How many words are drawn before they are made into elements: the words of a chunk stay in the nearest cache.
const CHUNK: usize = 512;

/// An unsigned integer all of whose bits are drawn: `u8`, `u16`, `u32` or `u64`.
pub trait Word: Copy + Default + Sample<Element = Self> {
    /// Element `i` of a sample.
    fn draw(source: &impl Source, i: u64) -> Self;

    /// Overwrites `out` with the elements `first`, `first + 1`, …
    fn draw_many(source: &impl Source, first: u64, out: &mut [Self]);
}

macro_rules! narrow_words {
    ($($word:ty: $width:literal;)*) => {$(
        #[expect(clippy::cast_possible_truncation, reason = "the element is the low bits")]
        impl Word for $word {
            #[inline]
            fn draw(source: &impl Source, i: u64) -> Self {
                source.narrow($width, i) as Self
            }

            #[inline(always)]
            fn draw_many(source: &impl Source, first: u64, out: &mut [Self]) {
                let mut words = [0; CHUNK];
                for (chunk, i) in out.chunks_mut(CHUNK).zip((first..).step_by(CHUNK)) {
                    let words = &mut words[..chunk.len()];
                    source.fill_narrow($width, i, words);
                    for (element, &word) in chunk.iter_mut().zip(&*words) {
                        *element = word as Self;
                    }
                }
            }
        }
    )*};
}

narrow_words! {
    u8: 8;
    u16: 16;
}

impl Word for u32 {
    #[inline]
    fn draw(source: &impl Source, i: u64) -> Self {
        source.narrow(32, i)
    }

    #[inline(always)]
    fn draw_many(source: &impl Source, first: u64, out: &mut [Self]) {
        source.fill_narrow(32, first, out);
    }
}

impl Word for u64 {
    #[inline]
    fn draw(source: &impl Source, i: u64) -> Self {
        source.wide(i)
    }

    #[inline(always)]
    fn draw_many(source: &impl Source, first: u64, out: &mut [Self]) {
        source.fill_wide(first, out);
    }
}

/// The elements that a function makes of one word each.
#[derive(Clone, Copy, Debug)]
pub(super) struct FromWord<S, W, F> {
    source: S,
    element: F,
    word: PhantomData<W>,
}

/// The elements `element(word)`, of a sample of `len` words.
#[inline]
pub(super) fn from_word<G: Generator, W: Word, T, F: Fn(W) -> T>(
    key: Key<G>,
    len: u64,
    element: F,
) -> FromWord<G::Source, W, F> {
    FromWord { source: key.generator().source(len), element, word: PhantomData }
}

impl<S: Source, W: Word, T, F: Fn(W) -> T> Elements<T> for FromWord<S, W, F> {
    #[inline]
    fn at(&self, i: u64) -> T {
        (self.element)(W::draw(&self.source, i))
    }

    #[inline(always)]
    fn write(&self, first: u64, out: &mut [T]) {
        let mut words = [W::default(); CHUNK];
        for (chunk, i) in out.chunks_mut(CHUNK).zip((first..).step_by(CHUNK)) {
            let words = &mut words[..chunk.len()];
            W::draw_many(&self.source, i, words);
            for (element, &word) in chunk.iter_mut().zip(&*words) {
                *element = (self.element)(word);
            }
        }
    }
}

/// The elements that a function makes of two words each: of element i and of element `len` + i of a sample twice as
/// long, JAX's `(2, …)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct FromTwoWords<S, W, F> {
    source: S,
    len: u64,
    element: F,
    word: PhantomData<W>,
}

/// The elements `element(first, second)`, of a sample of twice `len` words.
#[inline]
pub(super) fn from_two_words<G: Generator, W: Word, T, F: Fn(W, W) -> T>(
    key: Key<G>,
    len: u64,
    element: F,
) -> FromTwoWords<G::Source, W, F> {
    FromTwoWords { source: key.generator().source(2 * len), len, element, word: PhantomData }
}

impl<S: Source, W: Word, T, F: Fn(W, W) -> T> Elements<T> for FromTwoWords<S, W, F> {
    #[inline]
    fn at(&self, i: u64) -> T {
        (self.element)(W::draw(&self.source, i), W::draw(&self.source, self.len + i))
    }

    #[inline(always)]
    fn write(&self, first: u64, out: &mut [T]) {
        let mut words = [[W::default(); CHUNK]; 2];
        for (chunk, i) in out.chunks_mut(CHUNK).zip((first..).step_by(CHUNK)) {
            let [firsts, seconds] = words.each_mut().map(|words| &mut words[..chunk.len()]);
            W::draw_many(&self.source, i, firsts);
            W::draw_many(&self.source, self.len + i, seconds);
            for (element, (&first, &second)) in chunk.iter_mut().zip(firsts.iter().zip(&*seconds)) {
                *element = (self.element)(first, second);
            }
        }
    }
}

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
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<W> {
        Words(key.generator().source(len))
    }
}

/// The words themselves, which need no chunks.
struct Words<S>(S);

impl<S: Source, W: Word> Elements<W> for Words<S> {
    #[inline]
    fn at(&self, i: u64) -> W {
        W::draw(&self.0, i)
    }

    #[inline(always)]
    fn write(&self, first: u64, out: &mut [W]) {
        W::draw_many(&self.0, first, out);
    }
}

/// Draws random bits as `u8`, `u16`, `u32` or `u64`, or as nested arrays of one of them.
///
/// [`Threefry2x32`](super::Threefry2x32) says how they come from the key.
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
pub fn bits<S: Sample<Element: Word>>(key: Key<impl Generator>) -> S {
    Bits.sample(key)
}
