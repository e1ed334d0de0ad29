//! Tabu search for fewer colours than greedy colourings find: [`search`].

use alloc::vec;
use alloc::vec::Vec;

use super::lists::{Lists, NONE, narrow};
use super::order::Graph;
use super::search::{Colors, Random};

/// So many pairs of neighbours there may be, and so many pairs of a vertex and a colour: they take a gigabyte.
pub(super) const LARGEST: usize = 1 << 26;

/// Takes away one colour after another, until `patience` moves haven't removed the clashes which that makes.
///
/// Sources: A. Hertz, D. de Werra, "Using Tabu Search Techniques for Graph Coloring", Computing 39 (1987); the time for which a move
/// back is forbidden is that of P. Galinier, J.-K. Hao, "Hybrid Evolutionary Algorithms for Graph Coloring", J. Comb. Optim. 3 (1999).
pub(super) fn search(graph: &impl Graph, mut colors: Colors, lower_bound: usize, patience: usize) -> Colors {
    let mut seen = vec![NONE; graph.len()];
    let neighbors = Lists::filled(graph.len(), |v, list| graph.for_neighbors(v, &mut seen, |w| list.push(w)));
    let mut random = Random::default();
    while colors.count > lower_bound.max(1) {
        match Clashes::with_one_fewer(&neighbors, &colors).resolve(patience, &mut random) {
            Some(of) => colors = Colors::new(of),
            None => break,
        }
    }
    colors
}

/// Colours with which some neighbours clash.
struct Clashes<'g> {
    neighbors: &'g Lists,
    colors: Vec<u32>,
    count: usize,
    /// How many neighbours of each vertex have each colour.
    around: Vec<u32>,
    /// The vertices that clash with a neighbour.
    clashing: Vec<u32>,
    /// Where each of them stands in the list, or [`NONE`].
    place: Vec<u32>,
    /// The number of pairs that clash.
    pairs: i64,
}

impl<'g> Clashes<'g> {
    /// Gives the vertices of the smallest class the colours that clash least.
    fn with_one_fewer(neighbors: &'g Lists, colors: &Colors) -> Self {
        let count = colors.count - 1;
        let classes = Lists::places(colors.count, &colors.of);
        let smallest = (0..narrow(colors.count)).min_by_key(|&color| classes.of(color).len());
        let smallest = smallest.expect("a class");
        // The last colour takes the number that is free.
        let renumbered = |color| if color as usize == count { smallest } else { color };
        let of = colors.of.iter().map(|&color| if color == smallest { NONE } else { renumbered(color) });
        let mut clashes = Self {
            neighbors,
            colors: of.collect(),
            count,
            around: vec![0; colors.of.len() * count],
            clashing: Vec::new(),
            place: vec![NONE; colors.of.len()],
            pairs: 0,
        };
        for v in 0..narrow(colors.of.len()) {
            let color = clashes.colors[v as usize];
            if color != NONE {
                clashes.count_around(v, color);
            }
        }
        for &v in classes.of(smallest) {
            let color = (0..narrow(count)).min_by_key(|&color| clashes.around(v, color)).expect("a colour");
            clashes.colors[v as usize] = color;
            clashes.count_around(v, color);
            clashes.pairs += i64::from(clashes.around(v, color));
        }
        for v in 0..narrow(colors.of.len()) {
            clashes.list(v);
        }
        clashes
    }

    fn around(&self, v: u32, color: u32) -> u32 {
        self.around[v as usize * self.count + color as usize]
    }

    /// Takes down that `v` has this colour.
    fn count_around(&mut self, v: u32, color: u32) {
        for &w in self.neighbors.of(v) {
            self.around[w as usize * self.count + color as usize] += 1;
        }
    }

    /// Enters `v` among those that clash, or takes it out.
    fn list(&mut self, v: u32) {
        let clashes = self.around(v, self.colors[v as usize]) > 0;
        let place = self.place[v as usize];
        if clashes && place == NONE {
            self.place[v as usize] = narrow(self.clashing.len());
            self.clashing.push(v);
        } else if !clashes && place != NONE {
            self.place[v as usize] = NONE;
            self.clashing.swap_remove(place as usize);
            if let Some(&moved) = self.clashing.get(place as usize) {
                self.place[moved as usize] = place;
            }
        }
    }

    /// Moves one vertex after another, each time the one and to the colour that leave the fewest clashes, though that may be more
    /// than before. The way back is forbidden for a while, unless there are fewer clashes than ever.
    fn resolve(mut self, patience: usize, random: &mut Random) -> Option<Vec<u32>> {
        let mut allowed_from = vec![0; self.around.len()];
        let mut fewest = self.pairs;
        for step in 0..patience {
            if self.pairs == 0 {
                return Some(self.colors);
            }
            let mut best = (i64::MAX, 0, 0);
            let mut equals = 0;
            for &v in &self.clashing {
                let own = self.colors[v as usize];
                let now = i64::from(self.around(v, own));
                for color in (0..narrow(self.count)).filter(|&color| color != own) {
                    let change = i64::from(self.around(v, color)) - now;
                    let allowed = allowed_from[v as usize * self.count + color as usize] <= step;
                    if change > best.0 || !(allowed || self.pairs + change < fewest) {
                        continue;
                    }
                    equals = if change < best.0 { 1 } else { equals + 1 };
                    // Each of equal moves with equal probability.
                    if random.below(equals) == 0 {
                        best = (change, v, color);
                    }
                }
            }
            let (change, v, color) = best;
            if equals == 0 {
                continue;
            }
            let before = self.move_to(v, color);
            self.pairs += change;
            fewest = fewest.min(self.pairs);
            let wait = 6 * self.clashing.len() / 10 + random.below(10);
            allowed_from[v as usize * self.count + before as usize] = step + 1 + wait;
        }
        (self.pairs == 0).then_some(self.colors)
    }

    /// Gives `v` another colour, and returns the one before.
    fn move_to(&mut self, v: u32, color: u32) -> u32 {
        let before = core::mem::replace(&mut self.colors[v as usize], color);
        for &w in self.neighbors.of(v) {
            self.around[w as usize * self.count + before as usize] -= 1;
            self.around[w as usize * self.count + color as usize] += 1;
            self.list(w);
        }
        self.list(v);
        before
    }
}
