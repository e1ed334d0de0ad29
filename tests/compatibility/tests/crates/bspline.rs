//! `bspline` 1: the cardinal cubic, in the parameter and in the control points.

use bspline::BSpline;
use compatibility::{First, Second, first, second, to_first, to_second};

/// Knots 0, 1, … 7 and control points 0, 0, 1, 0: on 3 ≤ t ≤ 4 the point is (1 + 3u + 3u² − 3u³)/6 with u = t − 3.
#[test]
fn cardinal_cubic() {
    let knots = (0..8).map(Second::from).collect();
    let points = [0.0, 0.0, 1.0, 0.0].map(Second::from).to_vec();
    let u = 0.5;
    let expected = [
        (1.0 + 3.0 * u + 3.0 * u * u - 3.0 * u * u * u) / 6.0,
        (3.0 + 6.0 * u - 9.0 * u * u) / 6.0,
        (6.0 - 18.0 * u) / 6.0,
    ];
    let found = to_second(BSpline::new(3, points, knots).point(second(3.5)));
    compatibility::assert_close(found, expected, 1e-15);
}

#[test]
fn in_a_control_point() {
    let knots: Vec<f64> = (0..8).map(f64::from).collect();
    let points = vec![First::from(0.0), First::from(0.0), first(2.0), First::from(0.0)];
    // Plain knots with control points that are duals: a dual times a plain number is all it asks.
    let found = to_first(BSpline::new(3, points, knots).point(3.5));
    let basis = (1.0 + 1.5 + 0.75 - 0.375) / 6.0;
    compatibility::assert_close(found, [2.0 * basis, basis], 1e-15);
}
