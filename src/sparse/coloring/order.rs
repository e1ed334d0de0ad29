//! In which order vertices are coloured: [`Order`].

use alloc::vec;
use alloc::vec::Vec;
use core::slice;

use super::lists::{NONE, small};
#[cfg(feature = "random")]
use crate::random::{Key, permutation};

/// The order in which a greedy colouring takes the vertices: each gets the first colour that none of those before it forbids.
///
/// The neighbours of a column are the columns with which it shares a row, those of a row the rows with which it shares a column;
/// in a symmetric matrix, whose colouring is a [star](super::Coloring::star) or [acyclic](super::Coloring::acyclic) one, those in
/// whose rows it has an entry. A vertex' degree is the number of its neighbours. Of several vertices of one degree the one comes
/// first that does in `ColPack`.
///
/// The colouring is then made anew, one colour after another, as long as that saves colours (iterated greedy: Culberson 1992). So
/// one of columns or rows never has more colours than first fit gives in the same order, and sometimes fewer.
///
/// Wherever an order is asked for, several may be given, `[Order::Natural, Order::SmallestLast]` or [`Order::ALL`]: the
/// colouring of the fewest colours is returned, and the first of those with equally few.
///
/// No order is best on every matrix. [`Natural`](Self::Natural) is the cheapest, and gives a band matrix the fewest colours that
/// there can be. [`SmallestLast`](Self::SmallestLast) needs fewer than the others on most irregular ones. Where the matrix is evaluated
/// very often, `[Order::Natural, Order::Search(1000)]` is worth its time.
///
/// Cost: that of [`Natural`](Self::Natural) and of the random order grows with the number of vertices, that of the others with
/// the number of pairs of neighbours, which for columns is up to Σρᵢ² over the rows' numbers of entries.
///
/// Source: A. H. Gebremedhin, D. Nguyen, Md. M. A. Patwary, A. Pothen, "`ColPack`: Software for graph coloring and related problems
/// in scientific computing", ACM TOMS 40 (2013), section 5.
///
/// ```
/// use tangents::sparse::{Coloring, Order, Pattern};
///
/// // The columns are a path, 0 – 2 – 3 – 1, whose inner ones have the most neighbours.
/// let pattern = Pattern::from_entries((3, 4), [(0, 0), (0, 2), (1, 2), (1, 3), (2, 3), (2, 1)])?;
/// let coloring = Coloring::of_columns(&pattern, Order::LargestFirst);
/// assert_eq!(coloring.colors(), [1, 0, 0, 1]);
/// assert_eq!(Coloring::of_columns(&pattern, Order::ALL).count(), 2);
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// As they are numbered.
    Natural,
    /// By degree, the largest first (Welsh and Powell 1967).
    LargestFirst,
    /// The last is one of smallest degree, and the same holds of each when those behind it are taken away (Matula 1968).
    SmallestLast,
    /// The next has the most neighbours among those before it (Coleman and Moré 1983).
    IncidenceDegree,
    /// The next has the most neighbours among those behind it.
    DynamicLargestFirst,
    /// Not an order of its own: a search that starts from the fewest colours that the orders before this one have given, or from the
    /// natural order, if it is the first. It ends when as many steps as the number says have saved no colour.
    ///
    /// For columns and rows a step moves one of them from its colour to another one (tabu search: Hertz and de Werra 1987), which
    /// takes memory for all pairs of neighbours, and of vertices and colours. For symmetric matrices, and where these pairs are
    /// more than 2²⁶, a step colours all vertices anew, class by class, in every second step in a random order of classes (iterated
    /// greedy: Culberson 1992). Both are the same on each run.
    Search(usize),
    /// The [permutation] of the key. Needs the feature `random`.
    #[cfg(feature = "random")]
    Random(Key),
}

impl Order {
    /// The orders of the vertices' numbers and degrees.
    pub const ALL: [Self; 5] = [
        Self::Natural,
        Self::LargestFirst,
        Self::SmallestLast,
        Self::IncidenceDegree,
        Self::DynamicLargestFirst,
    ];

    /// The vertices of the graph in this order.
    pub(super) fn of(self, graph: &impl Graph) -> Vec<u32> {
        let n = small(graph.len());
        match self {
            Self::Natural | Self::Search(_) => (0..n).collect(),
            Self::LargestFirst => {
                let degrees = degrees(graph);
                let mut order: Vec<_> = (0..n).collect();
                order.sort_by_key(|&v| core::cmp::Reverse(degrees[v as usize]));
                order
            }
            Self::SmallestLast => {
                let mut order = dynamic(graph, degrees(graph), Next::Smallest, |degree| degree - 1);
                order.reverse();
                order
            }
            Self::IncidenceDegree => dynamic(graph, vec![0; graph.len()], Next::Largest, |degree| degree + 1),
            Self::DynamicLargestFirst => dynamic(graph, degrees(graph), Next::Largest, |degree| degree - 1),
            #[cfg(feature = "random")]
            Self::Random(key) => {
                permutation(key, graph.len()).into_iter().map(super::lists::narrow).collect()
            }
        }
    }
}

/// One order is the list of it alone.
impl AsRef<[Self]> for Order {
    fn as_ref(&self) -> &[Self] {
        slice::from_ref(self)
    }
}

/// Vertices and who is whose neighbour.
pub(super) trait Graph {
    /// The number of vertices.
    fn len(&self) -> usize;

    /// Calls `visit` with each neighbour of `v`, once. `seen` is a number for each vertex, which isn't `v` before the call.
    fn for_neighbors(&self, v: u32, seen: &mut [u32], visit: impl FnMut(u32));
}

/// The number of neighbours of each vertex.
fn degrees(graph: &impl Graph) -> Vec<u32> {
    let mut seen = vec![NONE; graph.len()];
    let degree = |v| {
        let mut degree = 0;
        graph.for_neighbors(v, &mut seen, |_| degree += 1);
        degree
    };
    (0..small(graph.len())).map(degree).collect()
}

/// Which vertex is taken next.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Smallest,
    Largest,
}

/// Takes the vertex of extreme degree, changes those of its neighbours that are left by one, and so on to the last.
///
/// The vertices of each degree are a stack. Who leaves it from the middle gives its place to the top: `ColPack` breaks ties in this
/// way.
fn dynamic(graph: &impl Graph, mut degrees: Vec<u32>, next: Next, change: impl Fn(u32) -> u32) -> Vec<u32> {
    const TAKEN: u32 = NONE;
    let mut stacks: Vec<Vec<u32>> = Vec::new();
    let mut places = vec![0; degrees.len()];
    let push = |stacks: &mut Vec<Vec<u32>>, places: &mut [u32], v: u32, degree: u32| {
        if stacks.len() <= degree as usize {
            stacks.resize_with(degree as usize + 1, Vec::new);
        }
        let stack = &mut stacks[degree as usize];
        places[v as usize] = small(stack.len());
        stack.push(v);
    };
    for (v, &degree) in (0..).zip(&degrees) {
        push(&mut stacks, &mut places, v, degree);
    }

    let mut seen = vec![NONE; degrees.len()];
    let mut order = Vec::with_capacity(degrees.len());
    let mut degree = match next {
        Next::Smallest => 0,
        Next::Largest => stacks.len(),
    };
    while order.len() < degrees.len() {
        // By taking one the extreme has moved by one at most.
        let taken = match next {
            Next::Smallest => {
                degree = degree.saturating_sub(1);
                degree +=
                    stacks[degree..].iter().position(|stack| !stack.is_empty()).expect("a vertex is left");
                stacks[degree].pop()
            }
            Next::Largest => {
                let up_to = (degree + 2).min(stacks.len());
                degree =
                    stacks[..up_to].iter().rposition(|stack| !stack.is_empty()).expect("a vertex is left");
                stacks[degree].pop()
            }
        };
        let v = taken.expect("a stack that isn't empty");
        degrees[v as usize] = TAKEN;
        order.push(v);
        graph.for_neighbors(v, &mut seen, |w| {
            let before = degrees[w as usize];
            if before == TAKEN {
                return;
            }
            let stack = &mut stacks[before as usize];
            let top = stack.pop().expect("the stack that the vertex is on");
            if top != w {
                places[top as usize] = places[w as usize];
                stack[places[w as usize] as usize] = top;
            }
            degrees[w as usize] = change(before);
            push(&mut stacks, &mut places, w, degrees[w as usize]);
        });
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sparse::Pattern;
    use crate::sparse::coloring::distance2::Bipartite;
    use crate::sparse::coloring::symmetric::Adjacency;

    /// What each order promises, by counting neighbours before and behind each vertex.
    fn keeps_its_promise(graph: &impl Graph) {
        let n = small(graph.len());
        let mut seen = vec![NONE; graph.len()];
        let mut neighbors = vec![Vec::new(); graph.len()];
        for v in 0..n {
            graph.for_neighbors(v, &mut seen, |w| neighbors[v as usize].push(w));
        }
        let among =
            |v: u32, others: &[u32]| neighbors[v as usize].iter().filter(|w| others.contains(w)).count();
        let all: Vec<_> = (0..n).collect();
        for order in Order::ALL {
            let vertices = order.of(graph);
            let mut sorted = vertices.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, all, "{order:?} must have each vertex once");
            for (k, &v) in vertices.iter().enumerate() {
                let (before, behind) = vertices.split_at(k);
                let up_to = &vertices[..=k];
                match order {
                    Order::LargestFirst => {
                        assert!(behind.iter().all(|&w| among(w, &all) <= among(v, &all)));
                    }
                    Order::SmallestLast => {
                        assert!(up_to.iter().all(|&w| among(w, up_to) >= among(v, up_to)));
                    }
                    Order::IncidenceDegree => {
                        assert!(behind.iter().all(|&w| among(w, before) <= among(v, before)));
                    }
                    Order::DynamicLargestFirst => {
                        assert!(behind.iter().all(|&w| among(w, behind) <= among(v, behind)));
                    }
                    _ => assert_eq!(v as usize, k),
                }
            }
        }
    }

    #[test]
    fn orders_are_by_the_degrees_that_they_name() {
        // Entries here and there, and their mirror images.
        let entry = |k: usize| ((k * k + 3 * k) % 29, (7 * k + k * k * k) % 29);
        let entries = (0..70).flat_map(|k| [entry(k), (entry(k).1, entry(k).0), (k % 29, k % 29)]);
        let pattern = Pattern::from_entries((29, 29), entries).unwrap();
        keeps_its_promise(&Adjacency::new(&pattern).unwrap());
        keeps_its_promise(&Bipartite::of_columns(&pattern));
        let wide = Pattern::from_entries((20, 40), (0..90).map(|k| ((k * k) % 20, (3 * k + k * k * k) % 40)));
        keeps_its_promise(&Bipartite::of_columns(&wide.unwrap()));
    }
}
