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
/// whose rows it has an entry. A vertex' degree is the number of its neighbours. Which of several vertices of one degree comes
/// first is as in `ColPack`, so that the numbers of colours are those that are published for it.
///
/// Wherever an order is asked for, several may be given, `&[Order::Natural, Order::SmallestLast]` or [`Order::ALL`]: the
/// colouring of the fewest colours is returned, and the first of those with equally few.
///
/// No order is best on every matrix. [`Natural`](Self::Natural) is the cheapest, and gives a band matrix the fewest colours that
/// there can be. [`SmallestLast`](Self::SmallestLast) needs fewer than the others on most irregular ones.
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
/// // Two rows share columns 1 and 2 with each other, and each has one more.
/// let pattern = Pattern::from_entries((2, 4), [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (1, 3)])?;
/// let natural = Coloring::of_columns(&pattern, Order::Natural);
/// assert_eq!(natural.colors(), [0, 1, 2, 0]);
/// let best = Coloring::of_columns(&pattern, Order::ALL);
/// assert_eq!(best.count(), 3);
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
    /// By colour: the classes of the fewest colours that the orders before this one have given, or the natural order, if it is the
    /// first. They are coloured anew, in turn the smallest class first and the classes in a random order, which is the same on each
    /// run, until as many rounds as the number says have saved no colour.
    Iterated(usize),
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
            Self::Natural | Self::Iterated(_) => (0..n).collect(),
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
