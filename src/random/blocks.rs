//! The bits of a wide block function: its blocks in a row, and element i the i-th piece of that row.

use core::cell::Cell;

use super::generator::Source;

/// How many words are computed before they are divided: they stay in the nearest cache.
const CHUNK: usize = 512;

/// A keyed function from a counter to a block of `W` words.
pub trait BlockFunction<const W: usize> {
    /// The block of a counter.
    fn block(&self, counter: u64) -> [u64; W];

    /// Overwrites `out` with the blocks of the counters `first`, `first + 1`, …
    #[inline]
    fn blocks(&self, first: u64, out: &mut [[u64; W]]) {
        for (block, i) in out.iter_mut().zip(first..) {
            *block = self.block(i);
        }
    }
}

/// The blocks of a block function in a row, each word low half first.
///
/// The block that was computed last is kept, since elements are mostly asked for in order.
#[derive(Clone, Debug)]
pub struct Blocks<B, const W: usize> {
    function: B,
    /// The counter of the block, if there is one yet.
    last: Cell<Option<u64>>,
    /// Word by word, so that none is copied but the one that is asked for.
    block: [Cell<u64>; W],
}

impl<B: BlockFunction<W>, const W: usize> Blocks<B, W> {
    #[inline]
    pub(crate) fn new(function: B) -> Self {
        Self { function, last: Cell::new(None), block: [const { Cell::new(0) }; W] }
    }

    /// Computes the block of a counter and keeps it.
    #[inline(never)] // it is long, and called at each place where an element is asked for
    fn refill(&self, counter: u64) {
        for (kept, word) in self.block.iter().zip(self.function.block(counter)) {
            kept.set(word);
        }
        self.last.set(Some(counter));
    }
}

impl<B: BlockFunction<W>, const W: usize> Source for Blocks<B, W> {
    #[inline]
    fn narrow(&self, width: u64, i: u64) -> u32 {
        let per_word = 64 / width;
        low_half(self.wide(i / per_word) >> (width * (i % per_word)))
    }

    #[inline]
    fn wide(&self, i: u64) -> u64 {
        let width = W as u64;
        #[expect(clippy::cast_possible_truncation, reason = "less than the width of a block")]
        let place = (i % width) as usize;
        if self.last.get() != Some(i / width) {
            self.refill(i / width);
        }
        self.block[place].get()
    }

    #[inline(always)]
    fn fill_narrow(&self, width: u64, first: u64, out: &mut [u32]) {
        if width != 32 {
            for (word, i) in out.iter_mut().zip(first..) {
                *word = self.narrow(width, i);
            }
            return;
        }
        let odd = usize::from(first % 2 == 1 && !out.is_empty());
        let (begun, rest) = out.split_at_mut(odd);
        for word in begun {
            *word = self.narrow(32, first);
        }
        let (pairs, ended) = rest.as_chunks_mut::<2>();
        let mut i = first.div_ceil(2);
        let mut words = [0; CHUNK];
        for pairs in pairs.chunks_mut(CHUNK) {
            let words = &mut words[..pairs.len()];
            self.fill_wide(i, words);
            for (pair, &mut word) in pairs.iter_mut().zip(words) {
                *pair = [word, word >> 32].map(low_half);
            }
            i = i.wrapping_add(pairs.len() as u64);
        }
        for word in ended {
            *word = low_half(self.wide(i));
        }
    }

    #[inline(always)]
    fn fill_wide(&self, first: u64, out: &mut [u64]) {
        let width = W as u64;
        #[expect(clippy::cast_possible_truncation, reason = "less than the width of a block")]
        let begun = (first.next_multiple_of(width) - first) as usize;
        let (begun, rest) = out.split_at_mut(begun.min(out.len()));
        let (blocks, ended) = rest.as_chunks_mut::<W>();
        let counter = first.div_ceil(width);
        for (word, i) in begun.iter_mut().zip(first..) {
            *word = self.wide(i);
        }
        self.function.blocks(counter, blocks);
        let after = (counter + blocks.len() as u64).wrapping_mul(width);
        for (word, i) in ended.iter_mut().zip(after..) {
            *word = self.wide(i);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
#[inline]
fn low_half(x: u64) -> u32 {
    x as u32
}
