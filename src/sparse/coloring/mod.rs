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

impl Coloring {
    /// Colours that are given, counted from 0.
    pub fn from_colors(colors: Vec<usize>) -> Self {
        let count = colors.iter().max().map_or(0, |&last| last + 1);
        Self { colors, count }
    }
    pub(super) fn greedy(pattern: &super::Pattern) -> Self {
        let t = pattern.transpose();
        let mut colors = alloc::vec![usize::MAX; pattern.columns()];
        let mut met = alloc::vec![usize::MAX; pattern.columns() + 1];
        for j in 0..pattern.columns() {
            for &i in t.row(j) {
                for &k in pattern.row(i) {
                    if colors[k] != usize::MAX {
                        met[colors[k]] = j;
                    }
                }
            }
            colors[j] = (0..).find(|&c| met[c] != j).unwrap();
        }
        Self::from_colors(colors)
    }
}
