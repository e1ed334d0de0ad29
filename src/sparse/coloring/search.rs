//! The fewest colours of several greedy colourings: [`fewest`].

use alloc::vec::Vec;

use super::Order;
use super::lists::{Lists, narrow};
use super::order::Graph;

/// A colouring is made anew until this many rounds have saved no colour.
const PATIENCE: usize = 2;

/// The colours of vertices, of which none is left out.
#[derive(Clone)]
pub(super) struct Colors {
    pub(super) of: Vec<u32>,
    pub(super) count: usize,
}

impl Colors {
    pub(super) fn new(of: Vec<u32>) -> Self {
        let count = of.iter().max().map_or(0, |&last| last as usize + 1);
        Self { of, count }
    }

    /// The vertices, those of one colour together: the smallest class first, and of equal ones the last, or in a random order of
    /// classes.
    fn by_class(&self, random: Option<&mut Random>) -> Vec<u32> {
        let classes = Lists::places(self.count, &self.of);
        let mut order: Vec<_> = (0..narrow(self.count)).rev().collect();
        match random {
            Some(random) => random.shuffle(&mut order),
            None => order.sort_by_key(|&color| classes.of(color).len()),
        }
        let mut vertices = Vec::with_capacity(self.of.len());
        for color in order {
            vertices.extend_from_slice(classes.of(color));
        }
        vertices
    }
}

/// The first of the colourings with the fewest colours; no order at all is the natural one. Fewer than `lower_bound` there can't be.
///
/// Each is improved by `PATIENCE` rounds of [`recolor`], and where the list says so, by `search`.
pub(super) fn fewest<G: Graph>(
    graph: &G,
    lower_bound: usize,
    orders: &[Order],
    greedy: impl Fn(&G, &[u32]) -> Vec<u32>,
    search: impl Fn(Colors, usize) -> Colors,
) -> Colors {
    let color = |order: &[u32]| Colors::new(greedy(graph, order));
    let mut best: Option<Colors> = None;
    for &order in if orders.is_empty() { &[Order::Natural] } else { orders } {
        let colors = match (order, &best) {
            (Order::Search(_), Some(best)) => best.clone(),
            _ => recolor(color(&order.of(graph)), lower_bound, PATIENCE, None, color),
        };
        let colors = match order {
            Order::Search(steps) => search(colors, steps),
            _ => colors,
        };
        let count = colors.count;
        if best.as_ref().is_none_or(|best| count < best.count) {
            best = Some(colors);
        }
        if count <= lower_bound {
            break;
        }
    }
    best.expect("an order")
}

/// Colours anew class by class, until `patience` rounds have saved no colour: iterated greedy (J. C. Culberson, "Iterated Greedy Graph
/// Coloring and the Difficulty Landscape", 1992). The smallest class comes first, in every second round a random one, if asked for.
///
/// In distance-2 colourings all vertices of a class may always have one colour. So the k-th class
/// gets one of the first k colours, so that there are never more than before. Of star and acyclic colourings that isn't sure, and
/// the best is kept.
pub(super) fn recolor(
    mut colors: Colors,
    lower_bound: usize,
    patience: usize,
    mut random: Option<Random>,
    color: impl Fn(&[u32]) -> Colors,
) -> Colors {
    let mut fewest = colors.clone();
    let mut idle = 0;
    while idle < patience && fewest.count > lower_bound {
        let random = random.as_mut().filter(|_| idle % 2 == 1);
        colors = color(&colors.by_class(random));
        idle += 1;
        if colors.count < fewest.count {
            fewest.clone_from(&colors);
            idle = 0;
        }
    }
    fewest
}

/// Numbers that are the same on each run, and don't need the feature `random`: Knuth's linear congruential generator.
#[derive(Default)]
pub(super) struct Random(u64);

impl Random {
    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// Fisher and Yates.
    fn shuffle(&mut self, items: &mut [u32]) {
        for k in (1..items.len()).rev() {
            items.swap(k, self.below(k + 1));
        }
    }
}
