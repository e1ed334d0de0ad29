//! Sets of variables, each known by a handle of 32 bits.
//!
//! A handle is 0 for the empty set, or the index of a single variable with the highest bit set, or where the set stands in one
//! growing vector of words: the number of its variables and they themselves in increasing order, or a *join*, two handles whose
//! union it is.
//!
//! A union with at most [`EAGER`] variables on both sides together is written out. A larger one is left as a join while it is
//! sure to have more than half as many variables as both sides together; otherwise it's written out too. So a sum over n
//! variables, whose partial sums are n sets, takes O(n) words, and yet a walk through a set takes a time in proportion to its
//! size: the parts of a join have less than twice as many variables as the join.
//!
//! Sets that are equal share a handle where it costs little to see it: a union that one side contains is that side, unions
//! that were made lately or joined once are found again, and so are large sets that were written out.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The handle of the empty set.
pub(super) const EMPTY: u32 = 0;

/// The bit that tells a single variable from a place.
const VARIABLE: u32 = 1 << 31;

/// What stands at the place of a join, where a set that is written out has its length.
const JOIN: u32 = u32::MAX;

/// The most variables, of both sides together, of a union that is written out at once.
const EAGER: usize = 32;

/// The number of unions that are remembered: the logarithm to base 2.
const REMEMBERED: u32 = 10;

/// The sets of a run.
pub(super) struct Sets {
    /// Sets that are written out and joins, one after the other; the first word isn't used.
    words: Vec<u32>,
    /// Unions that were made lately: two handles and that of their union, at the place that the handles hash to.
    recent: Vec<[u32; 3]>,
    /// All joins, by their handles.
    joins: HashMap<u64, u32, BuildHasherDefault<Mix>>,
    /// Sets of more than [`EAGER`] variables that are written out, by what they hash to.
    large: HashMap<u64, u32, BuildHasherDefault<Mix>>,
}

impl Sets {
    pub(super) fn new() -> Self {
        Self {
            words: vec![0],
            recent: vec![[EMPTY; 3]; 1 << REMEMBERED],
            joins: HashMap::default(),
            large: HashMap::default(),
        }
    }

    /// The set of the variable `i` alone.
    ///
    /// # Panics
    ///
    /// If there are 2³¹ variables before it.
    pub(super) fn variable(i: usize) -> u32 {
        match u32::try_from(i) {
            Ok(i) if i < VARIABLE => i | VARIABLE,
            _ => panic!("patterns are found for up to 2³¹ variables"),
        }
    }

    /// The union of two sets.
    pub(super) fn union(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (a.min(b), a.max(b));
        if a == b || a == EMPTY {
            return b;
        }
        let place = (mixed(pair(a, b)) >> (u64::BITS - REMEMBERED)) as usize;
        if let [x, y, union] = self.recent[place]
            && (x, y) == (a, b)
        {
            return union;
        }
        let union = self.made(a, b);
        self.recent[place] = [a, b, union];
        union
    }

    /// Shows `f` each variable of a set; one of a join maybe several times, and in no order.
    pub(super) fn for_each(&self, set: u32, mut f: impl FnMut(u32)) {
        if set == EMPTY {
            return;
        }
        let mut rest = Vec::new();
        let mut next = Some(set);
        while let Some(set) = next {
            if let Some([a, b]) = self.parts(set) {
                rest.push(b);
                next = Some(a);
            } else {
                self.flat(set, &mut [0]).iter().for_each(|&i| f(i));
                next = rest.pop();
            }
        }
    }

    /// Appends the variables of a set, in increasing order.
    pub(super) fn append_to(&self, set: u32, variables: &mut Vec<usize>) {
        let start = variables.len();
        self.for_each(set, |i| variables.push(i as usize));
        if self.is_join(set) {
            variables[start..].sort_unstable();
            let mut kept = start;
            for i in start..variables.len() {
                if i == start || variables[i] != variables[kept - 1] {
                    variables[kept] = variables[i];
                    kept += 1;
                }
            }
            variables.truncate(kept);
        }
    }

    /// How many variables a set has at most: exactly so many if it isn't a join.
    pub(super) fn most(&self, set: u32) -> usize {
        self.sizes(set)[1]
    }

    fn made(&mut self, a: u32, b: u32) -> u32 {
        let ([least_a, most_a], [least_b, most_b]) = (self.sizes(a), self.sizes(b));
        let most = most_a + most_b;
        if most <= EAGER {
            return self.merged(a, b);
        }
        let (large, small) = if most_a < most_b { (b, a) } else { (a, b) };
        if self.contains(large, small) {
            return large;
        }
        let least = least_a.max(least_b);
        if most >= 2 * least {
            return self.written_out(a, b);
        }
        if let Some(&join) = self.joins.get(&pair(a, b)) {
            return join;
        }
        let join = self.next();
        self.words.extend([JOIN, a, b, word(least), word(most)]);
        self.joins.insert(pair(a, b), join);
        join
    }

    /// The union of two small sets.
    fn merged(&mut self, a: u32, b: u32) -> u32 {
        let (mut one, mut other) = ([0], [0]);
        let (x, y) = (self.flat(a, &mut one), self.flat(b, &mut other));
        let mut union = [0; EAGER];
        let (mut i, mut j, mut k) = (0, 0, 0);
        while i < x.len() && j < y.len() {
            union[k] = x[i].min(y[j]);
            (i, j, k) = (i + usize::from(x[i] <= y[j]), j + usize::from(y[j] <= x[i]), k + 1);
        }
        for &rest in x[i..].iter().chain(&y[j..]) {
            union[k] = rest;
            k += 1;
        }
        if k == x.len() {
            a
        } else if k == y.len() {
            b
        } else {
            self.push(&union[..k])
        }
    }

    /// Whether a large set is known to contain a small one: neither is a join, and the one has few variables.
    fn contains(&self, large: u32, small: u32) -> bool {
        if self.is_join(large) || self.is_join(small) {
            return false;
        }
        let (mut one, mut other) = ([0], [0]);
        let (large, small) = (self.flat(large, &mut one), self.flat(small, &mut other));
        small.len() <= EAGER && small.iter().all(|i| large.binary_search(i).is_ok())
    }

    /// The union of two sets as a set that isn't a join.
    fn written_out(&mut self, a: u32, b: u32) -> u32 {
        let mut variables = Vec::new();
        let mut largest = (EMPTY, 0);
        let mut rest = vec![a, b];
        while let Some(set) = rest.pop() {
            if let Some(parts) = self.parts(set) {
                rest.extend(parts);
            } else {
                let mut one = [0];
                let part = self.flat(set, &mut one);
                if part.len() > largest.1 {
                    largest = (set, part.len());
                }
                variables.extend_from_slice(part);
            }
        }
        // By merging what is in order.
        variables.sort();
        variables.dedup();
        if variables.len() == largest.1 {
            return largest.0;
        }
        let hash = variables.iter().fold(0, |hash, &i| mixed(hash ^ u64::from(i)).rotate_left(29));
        if let Some(&set) = self.large.get(&hash)
            && self.flat(set, &mut [0]) == variables
        {
            return set;
        }
        let set = self.push(&variables);
        self.large.insert(hash, set);
        set
    }

    fn push(&mut self, variables: &[u32]) -> u32 {
        let set = self.next();
        self.words.push(word(variables.len()));
        self.words.extend_from_slice(variables);
        set
    }

    /// The handle of the set that is written next.
    fn next(&self) -> u32 {
        match u32::try_from(self.words.len()) {
            Ok(next) if next < VARIABLE => next,
            _ => panic!("the sets of variables of one run take more than 8 GiB"),
        }
    }

    fn is_join(&self, set: u32) -> bool {
        self.parts(set).is_some()
    }

    /// The sets of which this one is the join, if it is one.
    fn parts(&self, set: u32) -> Option<[u32; 2]> {
        if set & VARIABLE != 0 || self.words[set as usize] != JOIN {
            return None;
        }
        Some([self.words[set as usize + 1], self.words[set as usize + 2]])
    }

    /// How many variables a set has at least and at most.
    fn sizes(&self, set: u32) -> [usize; 2] {
        if set & VARIABLE != 0 {
            return [1; 2];
        }
        let place = set as usize;
        match self.words[place] {
            JOIN => [self.words[place + 3] as usize, self.words[place + 4] as usize],
            length => [length as usize; 2],
        }
    }

    /// The variables of a set that isn't a join; a single one stands in `one`.
    fn flat<'a>(&'a self, set: u32, one: &'a mut [u32; 1]) -> &'a [u32] {
        if set & VARIABLE != 0 {
            *one = [set ^ VARIABLE];
            return one;
        }
        let place = set as usize;
        &self.words[place + 1..][..self.words[place] as usize]
    }
}

/// A number of variables as a word; there are fewer than 2³¹, and at most twice as many in the parts of a join.
#[allow(clippy::cast_possible_truncation)]
fn word(count: usize) -> u32 {
    count as u32
}

fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// A hash whose highest bits depend on all bits of x: by the golden ratio.
pub(super) fn mixed(x: u64) -> u64 {
    (x ^ x >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The hash of one word.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }

    fn write_u64(&mut self, x: u64) {
        let hash = mixed(self.0 ^ x);
        self.0 = hash ^ hash >> 32;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{EMPTY, Sets};

    fn members(sets: &Sets, set: u32) -> Vec<usize> {
        let mut members = Vec::new();
        sets.append_to(set, &mut members);
        members
    }

    /// A generator that needs no crate: xorshift.
    fn random(state: &mut u64) -> usize {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        usize::try_from(*state >> 33).unwrap()
    }

    #[test]
    fn unions_are_those_of_the_standard_library() {
        let mut state = 0x2545_F491_4F6C_DD1D;
        for n in [3, 40, 300] {
            let mut sets = Sets::new();
            let mut known = vec![(EMPTY, BTreeSet::new())];
            known.extend((0..n).map(|i| (Sets::variable(i), BTreeSet::from([i]))));
            for _ in 0..2000 {
                let (a, b) = (random(&mut state) % known.len(), random(&mut state) % known.len());
                let union = sets.union(known[a].0, known[b].0);
                let expected: BTreeSet<_> = &known[a].1 | &known[b].1;
                let members = members(&sets, union);
                assert!(members.iter().eq(&expected), "{members:?} {expected:?}");
                assert!(sets.most(union) <= (2 * members.len()).max(1));
                known.push((union, expected));
            }
        }
    }

    #[test]
    fn sums_take_memory_in_proportion_to_their_length() {
        let (mut sets, n) = (Sets::new(), 100_000);
        let mut sum = |sets: &mut Sets| (0..n).fold(EMPTY, |sum, i| sets.union(sum, Sets::variable(i)));
        let first = sum(&mut sets);
        assert!(sets.words.len() < 10 * n, "{}", sets.words.len());
        // The same sum again has the same handle; only its beginning, which small sets are, is made again.
        let words = sets.words.len();
        assert_eq!(sum(&mut sets), first);
        assert!(sets.words.len() < words + 1000, "{}", sets.words.len() - words);
        assert_eq!(members(&sets, first).len(), n);
    }

    #[test]
    fn equal_large_sets_share_a_handle() {
        let mut sets = Sets::new();
        let sum = |sets: &mut Sets, order: &[usize]| {
            order.iter().fold(EMPTY, |sum, &i| sets.union(sum, Sets::variable(i)))
        };
        let up: Vec<_> = (0..500).collect();
        let down: Vec<_> = (0..500).rev().collect();
        let (up, down) = (sum(&mut sets, &up), sum(&mut sets, &down));
        let both = sets.union(up, down);
        assert_eq!(sets.union(both, up), both);
        assert_eq!(sets.union(both, down), both);
        assert_eq!(sets.union(both, Sets::variable(77)), both);
    }
}
