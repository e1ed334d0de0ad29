//! `optimization_engine` 0.12: projections. Its optimizers want a number of your own: they ask for constants that a
//! number made of any other can't have.

use compatibility::{First, assert_close, first, to_first};
use optimization_engine::constraints::{Ball2, Constraint, Rectangle, Simplex};

#[test]
fn projections() {
    // (x, 4) onto the unit ball: x/√(x² + 16) has the derivative 16/(x² + 16)^(3/2).
    let mut point = [first(3.0), First::from(4.0)];
    Ball2::new(None, First::from(1.0)).project(&mut point).unwrap();
    assert_close(to_first(point[0]), [0.6, 16.0 / 125.0], 1e-15);
    assert_close(to_first(point[1]), [0.8, -12.0 / 125.0], 1e-15);

    let (low, high) = ([First::from(0.0); 2], [First::from(1.0); 2]);
    let mut point = [first(3.0), first(0.5)];
    Rectangle::new(Some(&low), Some(&high)).project(&mut point).unwrap();
    assert_eq!(point.map(to_first), [[1.0, 0.0], [0.5, 1.0]]);

    // Onto x + y = 1, x, y ≥ 0.
    let mut point = [first(0.9), First::from(0.5)];
    Simplex::new(First::from(1.0)).project(&mut point).unwrap();
    assert_close(point.map(to_first).concat(), [0.7, 0.5, 0.3, -0.5], 1e-15);
}
