//! The graph of a symmetric matrix, and its star and acyclic colourings.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::lists::{Lists, NONE, check_small, narrow};
use super::order::{Graph, Order};
use super::search::{self, Colors, Random};
use crate::sparse::{Pattern, SparseError};

/// Vertices i and j are neighbours if the matrix has an entry (i, j) off the diagonal.
///
/// The diagonal asks for nothing: neighbours differ in colour, so (i, i) is the only entry of its row with the colour of i.
pub(super) struct Adjacency {
    neighbors: Lists,
}

impl Adjacency {
    pub(super) fn new(pattern: &Pattern) -> Result<Self, SparseError> {
        pattern.check_symmetric()?;
        check_small(pattern)?;
        Ok(Self { neighbors: Lists::others(pattern) })
    }

    /// The neighbours of `v` that have a colour, and it.
    fn colored(&self, v: u32, colors: &[u32]) -> impl Iterator<Item = (u32, u32)> {
        self.neighbors.of(v).iter().map(|&w| (w, colors[w as usize])).filter(|&(_, color)| color != NONE)
    }

    /// The fewest colours of these orders, of which `greedy` makes star or acyclic colourings.
    pub(super) fn color(
        &self,
        orders: &[Order],
        lower_bound: usize,
        greedy: impl Fn(&Self, &[u32]) -> Vec<u32>,
    ) -> Colors {
        search::fewest(self, lower_bound, orders, &greedy, |colors, rounds| {
            let color = |order: &[u32]| Colors::new(greedy(self, order));
            search::recolor(colors, lower_bound, rounds, Some(Random::default()), color)
        })
    }

    /// A number of colours that every acyclic colouring has: the smallest k with (k − 1)·n − k(k − 1)/2 edges or more.
    ///
    /// Two classes of p and q vertices are a forest of p + q − 1 edges or fewer. Over all pairs of k classes that is so many.
    pub(super) fn fewest_of_acyclic(&self) -> usize {
        let (n, edges) = (self.len(), self.neighbors.all().len() / 2);
        let most = |k: usize| (k - 1) * n - k * (k - 1) / 2;
        (1..=n).find(|&k| most(k) >= edges).unwrap_or(0)
    }

    /// A number of colours that every star colouring has, which is an acyclic one: three, if an edge lies between two others.
    pub(super) fn fewest_of_star(&self) -> usize {
        let inner = |v: &u32| self.neighbors.of(*v).len() > 1;
        let mut inner_vertices = (0..narrow(self.len())).filter(inner);
        let has_inner_edge = inner_vertices.any(|v| self.neighbors.of(v).iter().any(inner));
        self.fewest_of_acyclic().max(if has_inner_edge { 3 } else { 0 })
    }

    /// Gives each vertex, in this order, the first colour with which neighbours differ and no path of four vertices has two colours:
    /// algorithm 4.1 of "New Acyclic and Star Coloring Algorithms".
    ///
    /// The paths through v that would have two colours if v had colour c are v – w – x – y with w and y of one colour and x of c, and
    /// w′ – v – w – x with w and w′ of one colour and x of c.
    pub(super) fn star(&self, order: &[u32]) -> Vec<u32> {
        let mut colors = vec![NONE; self.len()];
        let mut forbidden = Forbidden::default();
        let mut around = Around::new(&self.neighbors);
        // What the vertex of a slot is in its star, and one neighbour of the slot's colour.
        let mut stars = vec![(Star::Edge, NONE); self.neighbors.all().len()];
        for &v in order {
            for (w, a) in self.colored(v, &colors) {
                forbidden.forbid(a, v);
                let (slot, is_first) = around.own_slot(v, a);
                stars[slot] = (if is_first { Star::Edge } else { Star::Hub }, w);
            }
            for (w, a) in self.colored(v, &colors) {
                if forbidden.are_all() {
                    break;
                }
                let (slot, _) = around.own_slot(v, a);
                let is_hub = stars[slot].0 == Star::Hub;
                for slot in around.slots(w) {
                    if is_hub || stars[slot].0 == Star::Spoke {
                        forbidden.forbid(around.color[slot], v);
                    }
                }
            }
            let (color, is_new) = forbidden.first_free(v);
            for (w, a) in self.colored(v, &colors) {
                let (at_v, _) = around.own_slot(v, a);
                let (at_w, is_first) = around.slot(w, color, is_new);
                if stars[at_v].0 == Star::Hub {
                    stars[at_w] = (Star::Spoke, v);
                } else if is_first {
                    stars[at_w] = (Star::Edge, v);
                } else {
                    stars[at_v].0 = Star::Spoke;
                    // The star of w was an edge, or has v as one spoke more.
                    let (star, x) = stars[at_w];
                    if star == Star::Edge {
                        stars[at_w].0 = Star::Hub;
                        let (at_x, _) = around.slot(x, a, false);
                        stars[at_x].0 = Star::Spoke;
                    }
                }
            }
            colors[v as usize] = color;
        }
        colors
    }

    /// Gives each vertex, in this order, the first colour with which neighbours differ and no cycle has two colours: algorithm 3.1 of
    /// "New Acyclic and Star Coloring Algorithms".
    ///
    /// The vertices of two colours are a forest. Two neighbours of v that have one colour and stand in one tree of it and of colour c
    /// would close a cycle if v had colour c.
    pub(super) fn acyclic(&self, order: &[u32]) -> Vec<u32> {
        let mut colors = vec![NONE; self.len()];
        let mut forbidden = Forbidden::default();
        let mut around = Around::new(&self.neighbors);
        let mut trees = Trees::new(self.neighbors.all().len());
        // The vertex from which each tree has been met last, at the tree's root.
        let mut met = vec![NONE; self.neighbors.all().len()];
        for &v in order {
            for (_, a) in self.colored(v, &colors) {
                forbidden.forbid(a, v);
            }
            for (w, _) in self.colored(v, &colors) {
                if forbidden.are_all() {
                    break;
                }
                for slot in around.slots(w) {
                    let color = around.color[slot];
                    if forbidden.may_have(color, v) {
                        let met = &mut met[trees.root(narrow(slot)) as usize];
                        if core::mem::replace(met, v) == v {
                            forbidden.forbid(color, v);
                        }
                    }
                }
            }
            let (color, is_new) = forbidden.first_free(v);
            for (w, a) in self.colored(v, &colors) {
                let (at_v, _) = around.own_slot(v, a);
                let (at_w, _) = around.slot(w, color, is_new);
                trees.unite(narrow(at_v), narrow(at_w));
            }
            colors[v as usize] = color;
        }
        colors
    }
}

impl Graph for Adjacency {
    fn len(&self) -> usize {
        self.neighbors.len()
    }

    #[inline]
    fn for_neighbors(&self, v: u32, _: &mut [u32], visit: impl FnMut(u32)) {
        self.neighbors.of(v).iter().copied().for_each(visit);
    }
}

/// Which colours a vertex may not have.
#[derive(Default)]
struct Forbidden {
    /// The last vertex to which each colour has been forbidden.
    to: Vec<u32>,
    /// How many colours are forbidden to the vertex at hand.
    count: usize,
}

impl Forbidden {
    fn forbid(&mut self, color: u32, v: u32) {
        let to = &mut self.to[color as usize];
        self.count += usize::from(*to != v);
        *to = v;
    }

    fn may_have(&self, color: u32, v: u32) -> bool {
        self.to[color as usize] != v
    }

    fn are_all(&self) -> bool {
        self.count == self.to.len()
    }

    /// The first colour that `v` may have, and whether it is a new one. What is forbidden to the next vertex comes next.
    fn first_free(&mut self, v: u32) -> (u32, bool) {
        let is_new = self.are_all();
        if is_new {
            self.to.push(NONE);
        }
        self.count = 0;
        let color = self.to.iter().position(|&to| to != v);
        (narrow(color.expect("a colour that isn't forbidden")), is_new)
    }
}

/// For each vertex the colours that its neighbours have, each once, in a slot.
///
/// Going through them rather than the neighbours makes a vertex of many neighbours cheap.
struct Around<'g> {
    neighbors: &'g Lists,
    /// How many slots of each vertex are taken.
    taken: Vec<u32>,
    color: Vec<u32>,
    /// The slot of each colour around the vertex at hand, and that vertex.
    own: Vec<(u32, u32)>,
}

impl<'g> Around<'g> {
    fn new(neighbors: &'g Lists) -> Self {
        let color = vec![NONE; neighbors.all().len()];
        Self { neighbors, taken: vec![0; neighbors.len()], color, own: Vec::new() }
    }

    fn slots(&self, v: u32) -> Range<usize> {
        let start = self.neighbors.start(v);
        start..start + self.taken[v as usize] as usize
    }

    fn take(&mut self, v: u32, color: u32) -> usize {
        let slot = self.slots(v).end;
        self.taken[v as usize] += 1;
        self.color[slot] = color;
        slot
    }

    /// The slot of a colour around `v`, and whether it is taken just now, as for a new colour.
    fn slot(&mut self, v: u32, color: u32, is_new: bool) -> (usize, bool) {
        let found = if is_new { None } else { self.slots(v).find(|&slot| self.color[slot] == color) };
        found.map_or_else(|| (self.take(v, color), true), |slot| (slot, false))
    }

    /// The same around the vertex at hand, which had no slots before.
    fn own_slot(&mut self, v: u32, color: u32) -> (usize, bool) {
        if self.own.len() <= color as usize {
            self.own.resize(color as usize + 1, (0, NONE));
        }
        let (slot, of) = self.own[color as usize];
        if of == v {
            return (slot as usize, false);
        }
        let slot = self.take(v, color);
        self.own[color as usize] = (narrow(slot), v);
        (slot, true)
    }
}

/// What a vertex is in the star of its colour and another one.
#[derive(Clone, Copy, PartialEq)]
enum Star {
    /// One of two vertices.
    Edge,
    Hub,
    Spoke,
}

/// Disjoint sets of numbers: of slots, those of one tree of two colours.
pub(super) struct Trees {
    parent: Vec<u32>,
}

impl Trees {
    pub(super) fn new(count: usize) -> Self {
        Self { parent: (0..narrow(count)).collect() }
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let above = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    /// Makes one set of two, and says whether they were two. The smaller root stays one.
    pub(super) fn unite(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b) as usize] = a.min(b);
        a != b
    }
}
