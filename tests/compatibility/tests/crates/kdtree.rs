//! `kdtree` 0.8: distance to the nearest neighbour.

use compatibility::{First, first, to_first};
use kdtree::KdTree;
use kdtree::distance::squared_euclidean;

#[test]
fn distance_to_the_nearest() {
    let mut tree = KdTree::with_capacity(2, 2);
    for (name, x, y) in [("a", 0.0, 0.0), ("b", 1.0, 2.0), ("c", 4.0, 1.0), ("d", 5.0, 5.0), ("e", -2.0, 3.0)]
    {
        tree.add([First::from(x), First::from(y)], name).unwrap();
    }
    // (x − 4)² + 1 of the query (x, 2) at 3
    let nearest = tree.nearest(&[first(3.0), First::from(2.0)], 1, &squared_euclidean).unwrap();
    assert_eq!((to_first(nearest[0].0), *nearest[0].1), ([2.0, -2.0], "c"));
}
