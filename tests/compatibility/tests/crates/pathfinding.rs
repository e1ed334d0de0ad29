//! `pathfinding` 4: shortest paths with ordered numbers as costs.

use compatibility::{First, first, to_first};
use ordered_float::OrderedFloat;
use pathfinding::directed::dijkstra::dijkstra;

#[test]
fn the_derivative_is_that_of_the_shortest_path() {
    let shortest = |x: First| {
        let edges = [(0, 1, x), (1, 3, x * x), (0, 2, x * 2.0), (2, 3, x * 3.0)];
        let next = |&from: &i32| {
            edges.into_iter().filter(move |e| e.0 == from).map(|(_, to, cost)| (to, OrderedFloat(cost)))
        };
        dijkstra(&0, next, |&node| node == 3).unwrap().1.into_inner()
    };
    assert_eq!(to_first(shortest(first(3.0))), [12.0, 7.0]);
    assert_eq!(to_first(shortest(first(5.0))), [25.0, 5.0]);
}
