//! Lists of small integers, one after another in one array: [`Lists`].

use alloc::vec;
use alloc::vec::Vec;

use crate::sparse::{Pattern, SparseError};

/// No vertex, no colour.
pub(super) const NONE: u32 = u32::MAX;

/// For each of some keys a list of numbers. With 32 bits each a graph takes half the memory of its [`Pattern`].
pub(super) struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// The columns of each row.
    pub(super) fn rows(pattern: &Pattern) -> Self {
        small(pattern.rows());
        small(pattern.columns());
        small(pattern.nnz());
        let narrow = |indices: &[usize]| indices.iter().map(|&index| narrow(index)).collect();
        Self { starts: narrow(pattern.indptr()), items: narrow(pattern.indices()) }
    }

    /// The columns of each row, without the row itself.
    pub(super) fn others(pattern: &Pattern) -> Self {
        let mut lists = Self::rows(pattern);
        let mut kept = 0;
        let mut start = 0;
        for i in 0..lists.len() {
            let end = lists.starts[i + 1] as usize;
            for place in start..end {
                lists.items[kept] = lists.items[place];
                kept += usize::from(lists.items[place] as usize != i);
            }
            start = end;
            lists.starts[i + 1] = narrow(kept);
        }
        lists.items.truncate(kept);
        lists
    }

    /// The rows of each column.
    pub(super) fn columns(pattern: &Pattern) -> Self {
        let mut starts = starts(pattern.columns(), pattern.indices().iter().copied());
        let mut items = vec![0; pattern.nnz()];
        for i in 0..small(pattern.rows()) {
            for &j in pattern.row(i as usize) {
                items[starts[j] as usize] = i;
                starts[j] += 1;
            }
        }
        Self::with_passed(starts, items)
    }

    /// For each key below `keys` the places at which it stands in `of`, in increasing order.
    pub(super) fn places(keys: usize, of: &[u32]) -> Self {
        let mut starts = starts(keys, of.iter().map(|&key| key as usize));
        let mut items = vec![0; of.len()];
        for (place, &key) in (0..small(of.len())).zip(of) {
            items[starts[key as usize] as usize] = place;
            starts[key as usize] += 1;
        }
        Self::with_passed(starts, items)
    }

    /// The lists of `keys` keys that `append` writes, one after another.
    pub(super) fn filled(keys: usize, mut append: impl FnMut(u32, &mut Vec<u32>)) -> Self {
        let mut lists = Self { starts: vec![0], items: Vec::new() };
        for key in 0..small(keys) {
            append(key, &mut lists.items);
            lists.starts.push(small(lists.items.len()));
        }
        lists
    }

    /// The lists whose starts have been moved to their ends while they were filled.
    fn with_passed(mut starts: Vec<u32>, items: Vec<u32>) -> Self {
        starts.rotate_right(1);
        starts[0] = 0;
        Self { starts, items }
    }

    /// The number of lists.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The list of a key.
    #[inline]
    pub(super) fn of(&self, key: u32) -> &[u32] {
        &self.items[self.start(key)..self.start(key + 1)]
    }

    /// Where the list of a key starts among all items.
    #[inline]
    pub(super) fn start(&self, key: u32) -> usize {
        self.starts[key as usize] as usize
    }

    /// The items of all lists, one list after another.
    pub(super) fn all(&self) -> &[u32] {
        &self.items
    }

    /// The lengths of the lists.
    pub(super) fn lengths(&self) -> impl Iterator<Item = usize> {
        self.starts.windows(2).map(|ends| (ends[1] - ends[0]) as usize)
    }

    /// The length of the longest list.
    pub(super) fn longest(&self) -> usize {
        self.lengths().max().unwrap_or(0)
    }
}

/// Where the list of each key starts if it has an item for each time it stands in `of`; one number more than keys, and the last
/// unused.
fn starts(keys: usize, of: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0; small(keys) as usize + 1];
    let mut total = 0_usize;
    for key in of {
        starts[key] += 1;
        total += 1;
    }
    small(total);
    let mut sum = 0;
    for start in &mut starts {
        let count = *start;
        *start = sum;
        sum += count;
    }
    starts
}

/// A number of rows, columns or entries in 32 bits.
///
/// # Panics
///
/// If it needs more, or is the largest of them, which stands for none.
#[track_caller]
pub(super) fn small(count: usize) -> u32 {
    let small = u32::try_from(count).ok().filter(|&count| count != NONE);
    small.expect("a colouring takes fewer than 2³² − 1 rows, columns and entries")
}

/// That the rows, columns and entries of a pattern are [`small`] numbers.
pub(super) fn check_small(pattern: &Pattern) -> Result<(), SparseError> {
    let largest = pattern.rows().max(pattern.columns()).max(pattern.nnz());
    if largest < NONE as usize { Ok(()) } else { Err(SparseError::TooLarge) }
}

/// An index below a number that is [`small`].
#[expect(clippy::cast_possible_truncation, reason = "the number that it is below has been checked")]
pub(super) fn narrow(index: usize) -> u32 {
    index as u32
}
