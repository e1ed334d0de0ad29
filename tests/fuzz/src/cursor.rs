//! Bytes, read as what the functions under test take.

use tangents::random::Key;

use crate::common::{EDGES, Number};

/// A place in the bytes of an input. Behind their end there are zeros, so every input means something.
pub struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// The beginning of `data`.
    pub fn new(data: &'a [u8]) -> Self {
        Self { rest: data }
    }

    /// Whether all bytes have been read.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The bytes that haven't been read.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub fn byte(&mut self) -> u8 {
        let Some((&byte, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        byte
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    pub fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// A number below `n`, which is at most 256.
    pub fn below(&mut self, n: usize) -> usize {
        usize::from(self.byte()) % n
    }

    /// Any float: a corner, a small integer, a number with a fraction, or any bits, of an `f32` or an `f64`.
    pub fn float(&mut self) -> f64 {
        match self.byte() {
            tag @ 0..=79 => EDGES[usize::from(tag) % EDGES.len()],
            tag @ 80..=111 => f64::from(tag) - 96.0,
            112..=175 => f64::from(i16::from_le_bytes(self.bytes())) / 1024.0,
            176..=207 => f64::from(f32::from_bits(u32::from_le_bytes(self.bytes()))),
            208..=255 => f64::from_bits(u64::from_le_bytes(self.bytes())),
        }
    }

    pub fn floats(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.float()).collect()
    }

    /// A number of any depth with any components.
    pub fn number<T: Number>(&mut self) -> T {
        T::build(&mut || self.float())
    }

    pub fn numbers<T: Number>(&mut self, n: usize) -> Vec<T> {
        (0..n).map(|_| self.number()).collect()
    }

    /// Any integer, often a small one or the end of a range.
    pub fn integer(&mut self) -> i64 {
        match self.byte() {
            tag @ 0..=127 => i64::from(tag) - 64,
            128..=159 => i64::from(i32::from_le_bytes(self.bytes())),
            tag @ 160..=191 => {
                let bounds =
                    [i64::MIN, i64::MAX, i32::MIN.into(), i32::MAX.into(), u32::MAX.into(), 255, -128, 127];
                bounds[usize::from(tag) % bounds.len()]
            }
            192..=255 => i64::from_le_bytes(self.bytes()),
        }
    }

    /// A key of the default generator, in either layout.
    pub fn key(&mut self) -> Key {
        use tangents::random::Layout;

        let layout = if self.flag() { Layout::Original } else { Layout::Partitionable };
        Key::from_data([u32::from_le_bytes(self.bytes()), u32::from_le_bytes(self.bytes())])
            .with_layout(layout)
    }
}
