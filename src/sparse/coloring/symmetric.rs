//! The graph of a symmetric matrix, and its star and acyclic colourings.

use alloc::vec;
use alloc::vec::Vec;

use super::lists::{Lists, NONE, narrow};
use super::order::Graph;
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
        Ok(Self { neighbors: Lists::rows(pattern, |i, j| i != j) })
    }

    /// One colour colours vertices without neighbours only.
    pub(super) fn lower_bound(&self) -> usize {
        usize::from(self.len() > 0) + usize::from(self.neighbors.items() > 0)
    }

    /// Gives each vertex, in this order, the first colour with which neighbours differ and no path of four vertices has two colours:
    /// algorithm 4.1 of "New Acyclic and Star Coloring Algorithms".
    ///
    /// The paths through v that would have two colours if v had colour c are v – w – x – y with w and y of one colour and x of c, and
    /// w′ – v – w – x with w and w′ of one colour and x of c.
    pub(super) fn star(&self, order: &[u32]) -> Vec<u32> {
        let mut colors = vec![NONE; self.len()];
        let mut forbidden = Vec::new();
        let mut stars = Stars {
            around: Around::new(&self.neighbors),
            neighbor: vec![NONE; self.neighbors.items()],
            role: vec![Role::Edge; self.neighbors.items()],
        };
        // The last vertex that has a neighbour of each colour, and whether it has several.
        let mut met = Vec::new();
        for &v in order {
            let colored =
                || self.neighbors.of(v).iter().map(|&w| (w, colors[w as usize])).filter(|w| w.1 != NONE);
            for (_, a) in colored() {
                forbidden[a as usize] = v;
                let (by, _) = met[a as usize];
                met[a as usize] = (v, by == v);
            }
            for (w, a) in colored() {
                let (_, several) = met[a as usize];
                for slot in stars.around.slots(w) {
                    if several || stars.role[slot] == Role::Spoke {
                        forbidden[stars.around.color[slot] as usize] = v;
                    }
                }
            }
            let color = first_free(&mut forbidden, v);
            met.resize(forbidden.len(), (NONE, false));
            for (w, a) in colored() {
                stars.join((v, color), (w, a));
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
        let mut forbidden = Vec::new();
        let mut around = Around::new(&self.neighbors);
        let mut trees = Trees::new(self.neighbors.items());
        let mut visited = vec![NONE; self.neighbors.items()];
        for &v in order {
            let colored =
                || self.neighbors.of(v).iter().map(|&w| (w, colors[w as usize])).filter(|w| w.1 != NONE);
            for (_, a) in colored() {
                forbidden[a as usize] = v;
            }
            for (w, _) in colored() {
                for slot in around.slots(w) {
                    let color = around.color[slot] as usize;
                    if forbidden[color] != v {
                        let tree = trees.root(narrow(slot)) as usize;
                        if visited[tree] == v {
                            forbidden[color] = v;
                        }
                        visited[tree] = v;
                    }
                }
            }
            let color = first_free(&mut forbidden, v);
            for (w, a) in colored() {
                let (at_v, _) = around.slot(v, a);
                let (at_w, _) = around.slot(w, color);
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

/// The first colour that isn't forbidden to `v`, or a new one.
fn first_free(forbidden: &mut Vec<u32>, v: u32) -> u32 {
    let color = forbidden.iter().position(|&to| to != v).unwrap_or_else(|| {
        forbidden.push(NONE);
        forbidden.len() - 1
    });
    narrow(color)
}

/// For each vertex the colours that its neighbours have, each once, in a slot.
///
/// Going through them rather than the neighbours makes a vertex of many neighbours cheap.
struct Around<'g> {
    neighbors: &'g Lists,
    /// How many colours there are around each vertex.
    colors: Vec<u32>,
    color: Vec<u32>,
}

impl<'g> Around<'g> {
    fn new(neighbors: &'g Lists) -> Self {
        Self { neighbors, colors: vec![0; neighbors.len()], color: vec![NONE; neighbors.items()] }
    }

    fn slots(&self, v: u32) -> core::ops::Range<usize> {
        let start = self.neighbors.start(v);
        start..start + self.colors[v as usize] as usize
    }

    /// The slot of a colour, and whether it is new.
    fn slot(&mut self, v: u32, color: u32) -> (usize, bool) {
        let slots = self.slots(v);
        match self.color[slots.clone()].iter().position(|&c| c == color) {
            Some(k) => (slots.start + k, false),
            None => {
                self.colors[v as usize] += 1;
                self.color[slots.end] = color;
                (slots.end, true)
            }
        }
    }
}

/// What a vertex is in the star of its colour and another one.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// One of two: the star is an edge.
    Edge,
    Hub,
    Spoke,
}

/// The stars of two colours.
struct Stars<'g> {
    around: Around<'g>,
    /// A neighbour of the colour of the slot.
    neighbor: Vec<u32>,
    role: Vec<Role>,
}

impl Stars<'_> {
    /// Takes in the edge from `v`, of colour `c`, to `w`, of colour `a`.
    fn join(&mut self, (v, c): (u32, u32), (w, a): (u32, u32)) {
        let (at_v, first_of_v) = self.around.slot(v, a);
        let (at_w, first_of_w) = self.around.slot(w, c);
        debug_assert!(first_of_v || first_of_w, "a path of two colours");
        if first_of_v {
            self.neighbor[at_v] = w;
        } else {
            self.make_hub(at_v, c);
            self.role[at_w] = Role::Spoke;
        }
        if first_of_w {
            self.neighbor[at_w] = v;
        } else {
            self.make_hub(at_w, a);
            self.role[at_v] = Role::Spoke;
        }
    }

    /// Makes the vertex of a slot the hub of its star; `color` is the vertex' own.
    fn make_hub(&mut self, slot: usize, color: u32) {
        if self.role[slot] == Role::Edge {
            self.role[slot] = Role::Hub;
            let (spoke, _) = self.around.slot(self.neighbor[slot], color);
            self.role[spoke] = Role::Spoke;
        }
    }
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
