//! Sets of variables, each known by a handle of 32 bits.
//!
//! A handle is 0 for the empty set, or the index of a single variable with the highest bit set, or where the set stands in one
//! growing vector of words: the number of its variables and they themselves in increasing order, or a *join*, two handles whose
//! union it is. A set of more than half of [`EAGER`] variables, of which joins are made, has a word behind it for the
//! last of them.
//!
//! A union with at most [`EAGER`] variables on both sides together is written out. A larger one is left as a join while it is
//! sure to have more than half as many variables as both sides together; otherwise it's written out too. So a sum over n
//! variables, whose partial sums are n sets, takes O(n) words, and yet a walk through a set takes a time in proportion to its
//! size: the parts of a join have less than twice as many variables as the join.
//!
//! Sets that are equal share a handle where it costs little to see it: a union that one side contains is that side; unions that
//! were made lately, and large ones that were written out, are found again, and so is the join that was made last of a set, so
//! that a sum which is made again is found step by step.

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

/// Of how many variables one may be new in a set that is written as a join.
const FEW: usize = 8;

/// The most large unions that are remembered; what is forgotten is made again.
const MANY: usize = 1 << 20;

/// The sets of a run.
pub(super) struct Sets {
    /// Sets that are written out and joins, one after the other; the first word isn't used.
    words: Vec<u32>,
    /// Unions that were made lately: two handles and that of their union, at the place that the handles hash to.
    recent: Vec<[u32; 3]>,
    /// Large unions that were written out, by the handles of both sides.
    unions: HashMap<u64, u32, BuildHasherDefault<Mix>>,
    /// Large sets that were written out, by what they hash to.
    large: HashMap<u64, u32, BuildHasherDefault<Mix>>,
}

impl Sets {
    pub(super) fn new() -> Self {
        Self {
            words: vec![0],
            recent: vec![[EMPTY; 3]; 1 << REMEMBERED],
            unions: HashMap::default(),
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
        if let Some(union) = self.by_parts(a, b) {
            return union;
        }
        let least = least_a.max(least_b);
        if most >= 2 * least {
            if let Some(&union) = self.unions.get(&pair(a, b)) {
                return union;
            }
            if self.unions.len() == MANY {
                self.unions.clear();
            }
            let union = self.written_out(a, b);
            self.unions.insert(pair(a, b), union);
            return union;
        }
        self.join(large, [a, b], least, most)
    }

    /// The union of a join and one of its parts, or of two joins whose larger part is the same.
    ///
    /// In a triangular system all sums go over the same sets, each with a variable of its own.
    fn by_parts(&mut self, a: u32, b: u32) -> Option<u32> {
        let (of_a, of_b) = (self.parts(a), self.parts(b));
        if of_a.is_some_and(|parts| parts.contains(&b)) {
            return Some(a);
        }
        if of_b.is_some_and(|parts| parts.contains(&a)) {
            return Some(b);
        }
        let ([large, x], [same, y]) = (self.ordered(of_a?), self.ordered(of_b?));
        if large != same {
            return None;
        }
        let rest = self.union(x, y);
        if rest == x {
            return Some(a);
        }
        if rest == y {
            return Some(b);
        }
        let ([least_large, most_large], [least_rest, most_rest]) = (self.sizes(large), self.sizes(rest));
        let disjoint = [a, b].iter().all(|&join| self.is_exact(join));
        let least = if disjoint { least_large + least_rest } else { least_large.max(least_rest) };
        let most = most_large + most_rest;
        (most < 2 * least).then(|| self.join(large, [large.min(rest), large.max(rest)], least, most))
    }

    /// The larger part first.
    fn ordered(&self, [a, b]: [u32; 2]) -> [u32; 2] {
        if self.most(a) < self.most(b) { [b, a] } else { [a, b] }
    }

    /// Whether it's known how many variables a set has. Then the parts of a join have none in common.
    fn is_exact(&self, set: u32) -> bool {
        let [least, most] = self.sizes(set);
        least == most
    }

    /// The join of two sets of which the one is `large`.
    fn join(&mut self, large: u32, [a, b]: [u32; 2], least: usize, most: usize) -> u32 {
        let last = self.last_join(large);
        let join = self.words[last];
        if join != EMPTY && self.parts(join) == Some([a, b]) {
            return join;
        }
        let join = self.next();
        self.words.extend([JOIN, a, b, word(least), word(most), EMPTY]);
        self.words[last] = join;
        join
    }

    /// Where it stands which join was made last of a set of more than half of [`EAGER`] variables.
    fn last_join(&self, set: u32) -> usize {
        let place = set as usize;
        match self.words[place] {
            JOIN => place + 5,
            length => place + 1 + length as usize,
        }
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

    /// The union of two sets, as one that is there, as a join of one that is there and what is beyond it, or written out.
    fn written_out(&mut self, a: u32, b: u32) -> u32 {
        let mut parts = Vec::new();
        let mut rest = vec![a, b];
        while let Some(set) = rest.pop() {
            match self.parts(set) {
                Some(parts) => rest.extend(parts),
                None => parts.push(set),
            }
        }
        let Some(&largest) = parts.iter().max_by_key(|&&part| (self.most(part), part)) else { return EMPTY };
        let beyond = self.beyond(largest, &parts);
        let all = self.most(largest) + beyond.len();
        if beyond.is_empty() {
            return largest;
        }
        if all > EAGER && FEW * beyond.len() <= all {
            let beyond = match beyond[..] {
                [i] => i | VARIABLE,
                _ => self.push(&beyond),
            };
            return self.join(largest, [largest.min(beyond), largest.max(beyond)], all, all);
        }
        let mut union = Vec::with_capacity(all);
        let mut beyond = beyond.into_iter().peekable();
        for &i in self.flat(largest, &mut [0]) {
            union.extend(std::iter::from_fn(|| beyond.next_if(|&other| other < i)));
            union.push(i);
        }
        union.extend(beyond);
        let hash = union.iter().fold(0, |hash, &i| mixed(hash ^ u64::from(i)).rotate_left(29));
        if let Some(&set) = self.large.get(&hash)
            && self.flat(set, &mut [0]) == union
        {
            return set;
        }
        let set = self.push(&union);
        self.large.insert(hash, set);
        set
    }

    /// The variables that are in one of the parts and not in the largest, in increasing order.
    fn beyond(&self, largest: u32, parts: &[u32]) -> Vec<u32> {
        let mut one = [0];
        let largest_set = self.flat(largest, &mut one);
        let others = || parts.iter().filter(|&&part| part != largest);
        let (mut first, mut last, mut count) = (u32::MAX, 0, 0);
        for &part in others() {
            let mut one = [0];
            let part = self.flat(part, &mut one);
            (first, last, count) = (first.min(part[0]), last.max(part[part.len() - 1]), count + part.len());
        }
        if first > last {
            return Vec::new();
        }
        let span = (last - first) as usize / 64 + 1;
        if span > count + largest_set.len() {
            let mut beyond: Vec<_> = Vec::with_capacity(count);
            others().for_each(|&part| beyond.extend_from_slice(self.flat(part, &mut [0])));
            beyond.sort_unstable();
            beyond.dedup();
            let mut there = largest_set.iter().copied().peekable();
            beyond.retain(|&i| {
                while there.next_if(|&other| other < i).is_some() {}
                there.peek() != Some(&i)
            });
            return beyond;
        }
        // They are near each other: a bit for each from the first to the last.
        let mut bits = vec![0_u64; span];
        let place = |i: u32| ((i - first) as usize / 64, 1_u64 << ((i - first) % 64));
        for &part in others() {
            for &i in self.flat(part, &mut [0]) {
                let (word, bit) = place(i);
                bits[word] |= bit;
            }
        }
        for &i in largest_set.iter().filter(|&&i| (first..=last).contains(&i)) {
            let (word, bit) = place(i);
            bits[word] &= !bit;
        }
        let mut beyond = Vec::new();
        for (base, mut bits) in (first..).step_by(64).zip(bits) {
            while bits != 0 {
                beyond.push(base + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
        beyond
    }

    fn push(&mut self, variables: &[u32]) -> u32 {
        let set = self.next();
        self.words.push(word(variables.len()));
        self.words.extend_from_slice(variables);
        if variables.len() > EAGER / 2 {
            self.words.push(EMPTY); // no join was made of it
        }
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
        for &byte in bytes {
            self.write_u64(byte.into());
        }
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
        // Side by side, and far from each other.
        for (n, stride) in [(3, 1), (40, 1), (300, 1), (300, 10_000)] {
            let mut sets = Sets::new();
            let mut known = vec![(EMPTY, BTreeSet::new())];
            known.extend((0..n).map(|i| (Sets::variable(i * stride), BTreeSet::from([i * stride]))));
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
        let sum = |sets: &mut Sets| (0..n).fold(EMPTY, |sum, i| sets.union(sum, Sets::variable(i)));
        let first = sum(&mut sets);
        assert!(sets.words.len() < 10 * n, "{}", sets.words.len());
        // The same sum again has the same handle; only its beginning, which small sets are, is made again.
        let words = sets.words.len();
        assert_eq!(sum(&mut sets), first);
        assert!(sets.words.len() < words + 1000, "{}", sets.words.len() - words);
        assert_eq!(members(&sets, first).len(), n);
    }

    /// The variables of `x_i = b_i − Σ x_j` over j < i.
    #[test]
    fn sets_of_triangular_systems_take_few_words() {
        let (mut sets, n) = (Sets::new(), 400);
        let mut x: Vec<_> = (0..n).map(Sets::variable).collect();
        for i in 0..n {
            for j in 0..i {
                x[i] = sets.union(x[i], x[j]);
            }
            assert!(members(&sets, x[i]).into_iter().eq(0..=i));
        }
        // Written out, the sums would have n³/6 variables, 11 million.
        assert!(sets.words.len() < 16 * n * n, "{}", sets.words.len());
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
