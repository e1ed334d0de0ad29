//! Pairs of variables that interact, as pairs of sets: each variable of the one set with each of the other.

use super::sets::{EMPTY, Sets, mixed};

/// The number of pairs that are remembered: the logarithm to base 2.
const REMEMBERED: u32 = 8;

/// How many pairs are kept before those that were recorded twice are sought.
const MANY: usize = 1 << 16;

/// The pairs of a run.
pub(super) struct Pairs {
    /// The pairs, the smaller handle first; one may be there several times.
    recorded: Vec<[u32; 2]>,
    /// Pairs that were recorded lately, at the place that they hash to.
    recent: Vec<[u32; 2]>,
    /// At how many pairs those that are there twice are sought.
    full: usize,
}

impl Pairs {
    pub(super) fn new() -> Self {
        Self { recorded: Vec::new(), recent: vec![[EMPTY; 2]; 1 << REMEMBERED], full: MANY }
    }

    /// Records that each variable of `a` interacts with each of `b`.
    pub(super) fn record(&mut self, a: u32, b: u32) {
        if a == EMPTY || b == EMPTY {
            return;
        }
        let pair = [a.min(b), a.max(b)];
        let place =
            (mixed(u64::from(pair[0]) << 32 | u64::from(pair[1])) >> (u64::BITS - REMEMBERED)) as usize;
        if self.recent[place] == pair {
            return;
        }
        self.recent[place] = pair;
        if self.recorded.len() == self.full {
            self.thin_out();
            // So that the sort is paid for by as many pairs as it sorts.
            self.full = MANY.max(2 * self.recorded.len());
        }
        self.recorded.push(pair);
    }

    fn thin_out(&mut self) {
        self.recorded.sort_unstable();
        self.recorded.dedup();
    }

    /// The rows of the symmetric pattern of `n` variables: where each starts, and the columns.
    pub(super) fn rows(mut self, sets: &Sets, n: usize) -> (Vec<usize>, Vec<usize>) {
        self.thin_out();
        let partners = self.partners(sets, n);
        let (mut indptr, mut indices) = (Vec::with_capacity(n + 1), Vec::new());
        indptr.push(0);
        // In which row each column was found last, counted from 1.
        let mut found = vec![0; n];
        for row in 0..n {
            let start = indices.len();
            for &set in partners.of(row) {
                // A row that is full has nothing more to find.
                if indices.len() == start + n {
                    break;
                }
                sets.for_each(set, |i| {
                    let i = i as usize;
                    if found[i] != row + 1 {
                        found[i] = row + 1;
                        indices.push(i);
                    }
                });
            }
            indices[start..].sort_unstable();
            indptr.push(indices.len());
        }
        (indptr, indices)
    }

    /// For each variable the sets that it interacts with.
    fn partners(&self, sets: &Sets, n: usize) -> Partners {
        let mut starts = vec![0; n + 1];
        self.for_each(sets, |i, _| starts[i as usize + 1] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let (mut next, mut partners) = (starts.clone(), vec![EMPTY; sum]);
        self.for_each(sets, |i, set| {
            partners[next[i as usize]] = set;
            next[i as usize] += 1;
        });
        Partners { starts, sets: partners }
    }

    /// Shows `f` each variable with each set that it interacts with.
    fn for_each(&self, sets: &Sets, mut f: impl FnMut(u32, u32)) {
        for &[a, b] in &self.recorded {
            sets.for_each(a, |i| f(i, b));
            if a != b {
                sets.for_each(b, |i| f(i, a));
            }
        }
    }
}

/// Sets for each variable, one after the other.
struct Partners {
    starts: Vec<usize>,
    sets: Vec<u32>,
}

impl Partners {
    fn of(&self, i: usize) -> &[u32] {
        &self.sets[self.starts[i]..self.starts[i + 1]]
    }
}
