//! `ninterp` 0.11: linear and cubic interpolation on grids.

use compatibility::{First, first, to_first};
use ndarray::arr1;
use ninterp::prelude::*;

#[test]
fn bilinear() {
    // Between 0, 1 and 2, 7 at the corners: f = x + 2y + 4xy on the unit square, with rows of x.
    let c = |x: f64| First::from(x);
    let f = Interp2D::new(
        arr1(&[c(0.0), c(1.0)]),
        arr1(&[c(0.0), c(1.0)]),
        ndarray::arr2(&[[c(0.0), c(2.0)], [c(1.0), c(7.0)]]),
        strategy::Linear,
        Extrapolate::Error,
    )
    .unwrap();
    assert_eq!(to_first(f.interpolate(&[first(0.25), c(0.5)]).unwrap()), [1.75, 3.0]);
    assert_eq!(to_first(f.interpolate(&[c(0.25), first(0.5)]).unwrap()), [1.75, 3.0]);
}
