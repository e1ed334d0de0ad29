//! Colourings of columns of which no two of one colour share a row.

use alloc::vec;
use alloc::vec::Vec;

use super::lists::{Lists, NONE, narrow, small};
use super::order::{Graph, Order};
use super::search::{self, Colors, Random};
use super::tabu;
use crate::sparse::{Pattern, SparseError};

/// Columns and rows of a matrix as the two sides of a graph. To colour rows, the transpose is taken.
pub(super) struct Bipartite {
    /// The rows of each column.
    rows: Lists,
    /// The columns of each row.
    columns: Lists,
}

impl Bipartite {
    pub(super) fn of_columns(pattern: &Pattern) -> Self {
        Self { rows: Lists::columns(pattern), columns: Lists::rows(pattern) }
    }

    pub(super) fn of_rows(pattern: &Pattern) -> Self {
        Self { rows: Lists::rows(pattern), columns: Lists::columns(pattern) }
    }

    /// The fewest colours of these orders. The longest row forbids fewer than it has entries.
    pub(super) fn color(&self, orders: &[Order]) -> Colors {
        let lower_bound = self.columns.longest();
        search::fewest(self, lower_bound, orders, Self::greedy, |colors, steps| {
            let pairs = self.columns.lengths().map(|length| length.saturating_mul(length));
            let pairs = pairs.fold(0, usize::saturating_add);
            if pairs.max(self.len().saturating_mul(colors.count)) <= tabu::LARGEST {
                tabu::search(self, colors, lower_bound, steps)
            } else {
                let color = |order: &[u32]| Colors::new(self.greedy(order));
                search::recolor(colors, lower_bound, steps, Some(Random::default()), color)
            }
        })
    }

    /// Gives each column, in this order, the first colour that no coloured column has with which it shares a row: algorithm 3.2 of
    /// "What Color Is Your Jacobian?".
    ///
    /// The first 64 colours that stand in a row are the bits of one word, so that a column asks its rows, not their columns.
    fn greedy(&self, order: &[u32]) -> Vec<u32> {
        let mut colors = vec![NONE; self.len()];
        let mut first = vec![0_u64; self.columns.len()];
        let mut further = None;
        for &v in order {
            let rows = self.rows.of(v);
            let taken = rows.iter().fold(0, |taken, &row| taken | first[row as usize]);
            let color = if taken == u64::MAX {
                let further = further.get_or_insert_with(|| Further::new(&self.columns, &colors));
                further.first_free(rows, &self.columns, &colors)
            } else {
                let color = taken.trailing_ones();
                for &row in rows {
                    first[row as usize] |= 1 << color;
                }
                color
            };
            if let Some(further) = &mut further {
                further.take(rows, color);
            }
            colors[v as usize] = color;
        }
        colors
    }
}

impl Graph for Bipartite {
    fn len(&self) -> usize {
        self.rows.len()
    }

    #[inline]
    fn for_neighbors(&self, v: u32, seen: &mut [u32], mut visit: impl FnMut(u32)) {
        seen[v as usize] = v;
        for &row in self.rows.of(v) {
            for &w in self.columns.of(row) {
                if seen[w as usize] != v {
                    seen[w as usize] = v;
                    visit(w);
                }
            }
        }
    }
}

/// All colours that stand in long rows, as sets of bits. Of a short row the columns are asked.
///
/// Without the sets a row of ρ entries would take ρ² steps.
struct Further {
    /// The set of each row, or [`NONE`] if it is short.
    set: Vec<u32>,
    sets: Vec<Set>,
    /// The colours that stand in the short rows of one column; empty between columns.
    short: Set,
}

#[derive(Clone, Default)]
struct Set {
    words: Vec<u64>,
    /// All words before this one are full.
    full: usize,
}

impl Set {
    fn word(&self, k: usize) -> u64 {
        self.words.get(k).copied().unwrap_or(0)
    }

    fn insert(&mut self, color: u32) {
        let k = color as usize / 64;
        if k >= self.words.len() {
            self.words.resize(k + 1, 0);
        }
        self.words[k] |= 1 << (color % 64);
        while self.word(self.full) == u64::MAX {
            self.full += 1;
        }
    }
}

impl Further {
    /// A row of more entries is long. One word holds as many.
    const SHORT: usize = 64;

    fn new(columns: &Lists, colors: &[u32]) -> Self {
        let mut further = Self { set: vec![NONE; columns.len()], sets: Vec::new(), short: Set::default() };
        for row in 0..small(columns.len()) {
            let columns = columns.of(row);
            if columns.len() > Self::SHORT {
                let mut set = Set::default();
                let colors = columns.iter().map(|&w| colors[w as usize]);
                colors.filter(|&color| color != NONE).for_each(|color| set.insert(color));
                further.set[row as usize] = narrow(further.sets.len());
                further.sets.push(set);
            }
        }
        further
    }

    /// The first colour that stands in none of these rows.
    fn first_free(&mut self, rows: &[u32], columns: &Lists, colors: &[u32]) -> u32 {
        let set = &self.set;
        let is_short = |row: &&u32| set[**row as usize] == NONE;
        let in_short = || {
            let columns = rows.iter().filter(is_short).flat_map(|&row| columns.of(row));
            columns.map(|&w| colors[w as usize]).filter(|&color| color != NONE)
        };
        in_short().for_each(|color| self.short.insert(color));

        let long =
            || rows.iter().filter(|row| !is_short(row)).map(|&row| &self.sets[set[row as usize] as usize]);
        let taken = |k| long().fold(self.short.word(k), |taken, set| taken | set.word(k));
        let mut k = long().map(|set| set.full).max().unwrap_or(0);
        while taken(k) == u64::MAX {
            k += 1;
        }
        let color = small(64 * k) + taken(k).trailing_ones();

        in_short().for_each(|color| self.short.words[color as usize / 64] = 0);
        self.short.full = 0;
        color
    }

    fn take(&mut self, rows: &[u32], color: u32) {
        for &row in rows {
            if let Some(set) = self.sets.get_mut(self.set[row as usize] as usize) {
                set.insert(color);
            }
        }
    }
}

/// That no two columns of one colour share a row.
pub(super) fn check(pattern: &Pattern, colors: &[usize], count: usize) -> Result<(), SparseError> {
    // The row in which each colour has been seen last, and at which column.
    let mut seen = vec![(usize::MAX, 0); count];
    for row in 0..pattern.rows() {
        for &second in pattern.row(row) {
            let (in_row, first) = core::mem::replace(&mut seen[colors[second]], (row, second));
            if in_row == row {
                return Err(SparseError::Collision { first, second });
            }
        }
    }
    Ok(())
}
