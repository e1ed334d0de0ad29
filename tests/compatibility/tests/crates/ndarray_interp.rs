//! `ndarray-interp` 0.6: linear interpolation; and with the feature `ndarray`, splines.

use compatibility::{First, assert_close, first, to_first};
use ndarray::arr1;
use ndarray_interp::interp1d::Interp1DBuilder;
use ndarray_interp::interp1d::cubic_spline::CubicSpline;

#[test]
fn linear() {
    let c = First::from;
    let line = Interp1DBuilder::new(arr1(&[c(0.0), first(2.0), c(8.0)])).x(arr1(&[c(0.0), c(1.0), c(3.0)]));
    assert_eq!(to_first(line.build().unwrap().interp_scalar(c(2.0)).unwrap()), [5.0, 0.5]);
}

/// Not a knot in the middle: it is the parabola yx(2 − x).
#[test]
fn spline() {
    let c = First::from;
    let data = arr1(&[c(0.0), first(2.0), c(0.0)]);
    let spline = Interp1DBuilder::new(data).strategy(CubicSpline::new()).build().unwrap();
    assert_close(to_first(spline.interp_scalar(c(0.5)).unwrap()), [1.5, 0.75], 1e-15);
}
