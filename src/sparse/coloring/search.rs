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
    fn new(of: Vec<u32>) -> Self {
        let count = of.iter().max().map_or(0, |&last| last as usize + 1);
        Self { of, count }
    }

    /// The vertices, those of one colour together: the smallest class first, and of equal ones the last, or in a random order of
    /// classes.
    fn by_class(&self, shuffle: Option<&mut Shuffle>) -> Vec<u32> {
        let classes = Lists::places(self.count, &self.of);
        let mut order: Vec<_> = (0..narrow(self.count)).rev().collect();
        match shuffle {
            Some(shuffle) => shuffle.apply(&mut order),
            None => order.sort_by_key(|&color| classes.of(color).len()),
        }
        let mut vertices = Vec::with_capacity(self.of.len());
        order.into_iter().for_each(|color| vertices.extend_from_slice(classes.of(color)));
        vertices
    }
}

/// The first of the colourings with the fewest colours; no order at all is the natural one. Fewer than `lower_bound` there can't be.
///
/// Each is made anew in the order of its classes, the smallest first: iterated greedy (J. C. Culberson, "Iterated Greedy Graph
/// Coloring and the Difficulty Landscape", 1992). If all vertices of a class may have one colour whatever has been coloured before
/// them, as in distance-2 colourings, the k-th class gets one of the first k colours, so that there are never more than before. Of
/// star and acyclic colourings that isn't sure, and the best is kept.
pub(super) fn fewest<G: Graph>(
    graph: &G,
    lower_bound: usize,
    orders: &[Order],
    greedy: impl Fn(&G, &[u32]) -> Vec<u32>,
) -> Colors {
    let color = |order: &[u32]| Colors::new(greedy(graph, order));
    let mut best: Option<Colors> = None;
    let mut shuffle = Shuffle(0);
    for &order in if orders.is_empty() { &[Order::Natural] } else { orders } {
        let (start, patience, shuffled) = match order {
            Order::Iterated(rounds) => (best.clone(), rounds, true),
            _ => (None, PATIENCE, false),
        };
        let mut colors = start.unwrap_or_else(|| color(&order.of(graph)));
        let mut fewest = colors.clone();
        let mut idle = 0;
        while idle < patience && fewest.count > lower_bound {
            let at_random = shuffled && idle % 2 == 1;
            colors = color(&colors.by_class(at_random.then_some(&mut shuffle)));
            idle += 1;
            if colors.count < fewest.count {
                fewest.clone_from(&colors);
                idle = 0;
            }
        }
        let count = fewest.count;
        if best.as_ref().is_none_or(|best| count < best.count) {
            best = Some(fewest);
        }
        if count <= lower_bound {
            break;
        }
    }
    best.expect("an order")
}

/// A random order that is the same on each run and without the feature `random`: Knuth's linear congruential generator.
struct Shuffle(u64);

impl Shuffle {
    /// Fisher and Yates.
    fn apply(&mut self, items: &mut [u32]) {
        for k in (1..items.len()).rev() {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let upper = (self.0 >> 33) as usize;
            items.swap(k, upper % (k + 1));
        }
    }
}
