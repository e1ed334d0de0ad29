//! `enterpolation` 0.3: curves, in the parameter and in the control points.

use compatibility::{First, Second, assert_close, first, second, to_first, to_second};
use enterpolation::bezier::Bezier;
use enterpolation::bspline::BSpline;
use enterpolation::linear::Linear;
use enterpolation::{Curve, Signal};

/// Control points 0, 1, 4: 2t(1 − t) + 4t² = 2t + 2t².
#[test]
fn bezier() {
    let points = [0.0, 1.0, 4.0].map(Second::from);
    let curve = Bezier::builder().elements(points).normalized::<Second>().constant::<3>().build().unwrap();
    assert_close(to_second(curve.eval(second(0.25))), [0.625, 3.0, 4.0], 1e-15);
    assert_eq!(curve.domain(), [Second::from(0.0), Second::from(1.0)]);
}

#[test]
fn linear() {
    let points = [First::from(0.0), first(2.0), First::from(8.0)];
    let knots = [0.0, 1.0, 3.0].map(First::from);
    let line = Linear::builder().elements(points).knots(knots).build().unwrap();
    assert_eq!(to_first(line.eval(First::from(2.0))), [5.0, 0.5]);
}

/// The cardinal cubic, as in `bspline.rs`.
#[test]
fn bspline() {
    let points = [0.0, 0.0, 1.0, 0.0].map(Second::from);
    let knots = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0].map(Second::from);
    let curve = BSpline::builder().elements(points).knots(knots).constant::<4>().build().unwrap();
    let expected = [(1.0 + 1.5 + 0.75 - 0.375) / 6.0, (3.0 + 3.0 - 2.25) / 6.0, (6.0 - 9.0) / 6.0];
    assert_close(to_second(curve.eval(second(3.5))), expected, 1e-15);
}
