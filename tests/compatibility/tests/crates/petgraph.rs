//! `petgraph` 0.8: shortest paths with numbers as weights.

use compatibility::{First, first, to_first};
use petgraph::algo::{astar, dijkstra};
use petgraph::graph::{Graph, NodeIndex};

/// Two ways from 0 to 3: 0 → 1 → 3 of length x + x², and 0 → 2 → 3 of length 5x.
fn graph(x: First) -> Graph<(), First> {
    Graph::from_edges([(0, 1, x), (1, 3, x * x), (0, 2, x * 2.0), (2, 3, x * 3.0)])
}

#[test]
fn the_derivative_is_that_of_the_shortest_path() {
    let end = NodeIndex::new(3);
    // At 3 the first way is shorter, 12 < 15; at 5 the second, 25 < 30.
    for (x, expected) in [(3.0, [12.0, 7.0]), (5.0, [25.0, 5.0])] {
        let graph = graph(first(x));
        let lengths = dijkstra(&graph, NodeIndex::new(0), Some(end), |e| *e.weight());
        assert_eq!(to_first(lengths[&end]), expected);
        let goal = |node| node == end;
        let (length, path) =
            astar(&graph, NodeIndex::new(0), goal, |e| *e.weight(), |_| First::from(0.0)).unwrap();
        assert_eq!((to_first(length), path.len()), (expected, 3));
    }
}
