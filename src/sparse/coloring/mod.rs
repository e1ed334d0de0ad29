//! Which columns of a matrix share a pass: [`Coloring`].

use alloc::vec::Vec;

/// A colour for each column of a matrix, or for each row: those of one colour are evaluated together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coloring {
    colors: Vec<usize>,
    count: usize,
}

impl Coloring {
    /// The colours, counted from 0.
    pub fn colors(&self) -> &[usize] {
        &self.colors
    }

    /// The number of colours.
    pub fn count(&self) -> usize {
        self.count
    }
}
