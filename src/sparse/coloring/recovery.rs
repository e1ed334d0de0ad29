//! A symmetric matrix out of its product with the colours' columns: [`Recovery`].

use alloc::vec;
use alloc::vec::Vec;

use super::Coloring;
use super::lists::{Lists, NONE, check_small, narrow};
use super::symmetric::Trees;
use crate::error::Error;
use crate::rules::Number;
use crate::sparse::{Pattern, SparseError};

/// How the entries of a symmetric matrix H are found in B = H·S, where column c of S is the sum of the unit vectors of colour c.
///
/// With a star colouring each entry stands in B alone: H[i, j] = B[i, c] for the colour c of j, or else H[j, i] = B[j, c] for the colour c of i.
/// With an acyclic colouring the vertices of two colours are a forest, and B[l, c] is an entry of H for each leaf l whose parent p
/// has colour c. It is one of the summands of B[p, c] for the colour c of l: subtract it, take the leaf away, and go on. Both write
/// the entry and its mirror image, so that the result is symmetric to the bit.
///
/// Rounding: what is read is rounded once, in B; what is found by substitution has the errors of all entries in its subtree.
///
/// Source: A. H. Gebremedhin, A. Pothen, A. Tarafdar, A. Walther, "Efficient Computation of Sparse Hessians Using Coloring and
/// Automatic Differentiation", INFORMS Journal on Computing 21 (2009).
///
/// ```
/// use tangents::sparse::{Coloring, Order, Pattern, Recovery};
///
/// // H = [[4, 1, 0], [1, 5, 2], [0, 2, 6]]: columns 0 and 2 have one colour.
/// let pattern = Pattern::new((3, 3), vec![0, 2, 5, 7], vec![0, 1, 0, 1, 2, 1, 2])?;
/// let coloring = Coloring::star(&pattern, Order::Natural)?;
/// assert_eq!(coloring.colors(), [0, 1, 0]);
///
/// let mut b = [4.0, 1.0 + 2.0, 6.0, /* second column */ 1.0, 5.0, 2.0];
/// let mut values = [0.0; 7];
/// Recovery::direct(&pattern, &coloring)?.recover(&mut b, &mut values);
/// assert_eq!(values, [4.0, 1.0, 1.0, 5.0, 2.0, 2.0, 6.0]);
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    colors: Vec<u32>,
    count: usize,
    /// The number of entries of the pattern.
    nnz: usize,
    diagonal: Vec<Diagonal>,
    edges: Vec<Edge>,
    substitutes: bool,
}

/// An entry on the diagonal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Diagonal {
    vertex: u32,
    place: u32,
}

/// An entry off the diagonal and its mirror image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edge {
    /// The row of B in which the entry is read, in the parent's colour.
    leaf: u32,
    parent: u32,
    /// Where the entry stands among those of the pattern, and where its mirror image.
    places: [u32; 2],
}

impl Edge {
    fn reversed(self) -> Self {
        Self { leaf: self.parent, parent: self.leaf, ..self }
    }
}

impl Recovery {
    /// That each entry is read.
    ///
    /// Cost: time and memory proportional to the number of entries.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] and [`SparseError::Asymmetric`] if the pattern isn't symmetric or hasn't as many columns as there are
    /// colours; [`SparseError::Collision`] and [`SparseError::TwoColoredPath`] if it isn't a star colouring;
    /// [`SparseError::TooLarge`] from 2³² − 1 rows or entries on.
    pub fn direct(pattern: &Pattern, coloring: &Coloring) -> Result<Self, SparseError> {
        let mut recovery = Self::prepare(pattern, coloring, false)?;
        let colors = &recovery.colors;
        // Whether each entry's column is the only one of its colour in its row.
        let mut alone = vec![true; pattern.nnz()];
        let mut seen = vec![(NONE, 0); coloring.count()];
        for (i, row) in (0..).zip(pattern.indptr().windows(2)) {
            for place in row[0]..row[1] {
                let color = colors[pattern.indices()[place]] as usize;
                let (in_row, other) = core::mem::replace(&mut seen[color], (i, place));
                if in_row == i {
                    alone[place] = false;
                    alone[other] = false;
                }
            }
        }
        for edge in &mut recovery.edges {
            let [lower, upper] = edge.places;
            if !alone[lower as usize] {
                *edge = edge.reversed();
                if !alone[upper as usize] {
                    return Err(two_colored_path(pattern, colors, edge.leaf as usize, edge.parent as usize));
                }
            }
        }
        Ok(recovery)
    }

    /// That the entries are found from the leaves on.
    ///
    /// Cost: time and memory proportional to the number of entries.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] and [`SparseError::Asymmetric`] if the pattern isn't symmetric or hasn't as many columns as there are
    /// colours; [`SparseError::Collision`] and [`SparseError::TwoColoredCycle`] if it isn't an acyclic colouring;
    /// [`SparseError::TooLarge`] from 2³² − 1 rows or entries on.
    pub fn by_substitution(pattern: &Pattern, coloring: &Coloring) -> Result<Self, SparseError> {
        let mut recovery = Self::prepare(pattern, coloring, true)?;
        let colors = &recovery.colors;
        recovery.edges = leaves_first(&recovery.edges, colors, coloring.count())?;
        Ok(recovery)
    }

    /// The recovery without an order of the edges.
    fn prepare(pattern: &Pattern, coloring: &Coloring, substitutes: bool) -> Result<Self, SparseError> {
        coloring.check_length(pattern.columns())?;
        let (diagonal, edges) = entries(pattern)?;
        let colors: Vec<_> = coloring.colors().iter().map(|&color| narrow(color)).collect();
        let clash = edges.iter().find(|edge| colors[edge.leaf as usize] == colors[edge.parent as usize]);
        if let Some(edge) = clash {
            return Err(SparseError::Collision { first: edge.parent as usize, second: edge.leaf as usize });
        }
        let (count, nnz) = (coloring.count(), pattern.nnz());
        Ok(Self { colors, count, nnz, diagonal, edges, substitutes })
    }

    /// Whether entries are subtracted from B as they are found.
    pub fn substitutes(&self) -> bool {
        self.substitutes
    }

    /// Where each entry is read in B, `(row, color, place)`, in no order; by substitution that is where it is a summand.
    pub(in crate::sparse) fn reads(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let color = |vertex: u32| self.colors[vertex as usize] as usize;
        let diagonal =
            self.diagonal.iter().map(move |of| (of.vertex as usize, color(of.vertex), of.place as usize));
        let edges = self.edges.iter().flat_map(move |edge| {
            edge.places.map(|place| (edge.leaf as usize, color(edge.parent), place as usize))
        });
        diagonal.chain(edges)
    }

    /// Writes the entries of H in the order of the pattern's, without allocating.
    ///
    /// `compressed` has the columns of B one after another: B[i, c] is at c·n + i. If the recovery [substitutes](Self::substitutes),
    /// it is used up, otherwise left as it is.
    ///
    /// # Panics
    ///
    /// If `compressed` hasn't n numbers for each colour, or `values` not one for each entry.
    #[track_caller]
    pub fn recover<T: Number>(&self, compressed: &mut [T], values: &mut [T]) {
        let n = self.colors.len();
        assert_eq!(
            compressed.len(),
            n * self.count,
            "the columns of B must be as many as colours, and as long as H"
        );
        assert_eq!(values.len(), self.nnz, "there must be a value for each entry");
        let at = |row: u32, of: u32| self.colors[of as usize] as usize * n + row as usize;
        for &Diagonal { vertex, place } in &self.diagonal {
            values[place as usize] = compressed[at(vertex, vertex)];
        }
        for &Edge { leaf, parent, places } in &self.edges {
            let value = compressed[at(leaf, parent)];
            for place in places {
                values[place as usize] = value;
            }
            if self.substitutes {
                let sum = &mut compressed[at(parent, leaf)];
                *sum -= value;
            }
        }
    }
}

/// The entries of a symmetric pattern: those on the diagonal, and those below it with their mirror images, row after row.
fn entries(pattern: &Pattern) -> Result<(Vec<Diagonal>, Vec<Edge>), SparseError> {
    Error::check_shape(pattern.rows(), pattern.columns())?;
    check_small(pattern)?;
    let mut diagonal = Vec::new();
    let mut edges = Vec::with_capacity(pattern.nnz() / 2);
    // For each row above the place of its first entry whose mirror image hasn't been met: they are met from left to right.
    let mut next = vec![0; pattern.rows()];
    for i in 0..pattern.rows() {
        let mut places = pattern.range(i).peekable();
        while let Some(place) = places.next_if(|&place| pattern.indices()[place] < i) {
            let j = pattern.indices()[place];
            let mirror = next[j];
            if mirror == pattern.range(j).end || pattern.indices()[mirror] != i {
                return Err(pattern.check_symmetric().expect_err("an entry without a mirror image"));
            }
            next[j] += 1;
            edges.push(Edge { leaf: narrow(i), parent: narrow(j), places: [narrow(place), narrow(mirror)] });
        }
        if let Some(place) = places.next_if(|&place| pattern.indices()[place] == i) {
            diagonal.push(Diagonal { vertex: narrow(i), place: narrow(place) });
        }
        next[i] = places.next().unwrap_or(pattern.range(i).end);
    }
    // Entries above the diagonal whose mirror images haven't been met.
    if 2 * edges.len() + diagonal.len() < pattern.nnz() {
        pattern.check_symmetric()?;
    }
    Ok((diagonal, edges))
}

/// The path of four vertices of two colours in whose middle `i` and `j` stand.
fn two_colored_path(pattern: &Pattern, colors: &[u32], i: usize, j: usize) -> SparseError {
    let other = |at: usize, like: usize| {
        let mut others = pattern.row(at).iter().filter(|&&k| k != like && colors[k] == colors[like]);
        *others.next().expect("a second neighbour of the colour")
    };
    SparseError::TwoColoredPath { vertices: [other(i, j), i, j, other(j, i)] }
}

/// The edges, those of each pair of colours together, and each after those of its leaf's subtree.
fn leaves_first(edges: &[Edge], colors: &[u32], count: usize) -> Result<Vec<Edge>, SparseError> {
    let pair = |edge: &Edge| {
        let (a, b) = (colors[edge.leaf as usize], colors[edge.parent as usize]);
        (a.min(b), a.max(b))
    };
    let sorted = |edges: &[Edge], key: &dyn Fn(&Edge) -> u32| -> Vec<_> {
        let keys: Vec<_> = edges.iter().map(key).collect();
        Lists::places(count, &keys).all().iter().map(|&place| edges[place as usize]).collect()
    };
    let edges = sorted(&sorted(edges, &|edge| pair(edge).1), &|edge| pair(edge).0);

    let mut peeled = Vec::with_capacity(edges.len());
    // Of each vertex how many edges of the pair are left, and the exclusive or of their numbers: of a leaf, its edge.
    let mut left = vec![(0_u32, 0_u32); colors.len()];
    for forest in edges.chunk_by(|e, f| pair(e) == pair(f)) {
        for (number, edge) in (0..).zip(forest) {
            for vertex in [edge.leaf, edge.parent] {
                let (degree, numbers) = &mut left[vertex as usize];
                *degree += 1;
                *numbers ^= number;
            }
        }
        let before = peeled.len();
        for mut leaf in forest.iter().flat_map(|edge| [edge.leaf, edge.parent]) {
            while let (1, number) = left[leaf as usize] {
                let edge = forest[number as usize];
                let edge = if edge.leaf == leaf { edge } else { edge.reversed() };
                peeled.push(edge);
                left[leaf as usize] = (0, 0);
                let (degree, numbers) = &mut left[edge.parent as usize];
                *degree -= 1;
                *numbers ^= number;
                leaf = edge.parent;
            }
        }
        if peeled.len() - before < forest.len() {
            let mut trees = Trees::new(colors.len());
            let closing = forest.iter().find(|edge| !trees.unite(edge.leaf, edge.parent));
            let closing = closing.expect("a cycle among edges that can't be peeled");
            return Err(SparseError::TwoColoredCycle {
                first: closing.parent as usize,
                second: closing.leaf as usize,
            });
        }
    }
    Ok(peeled)
}
