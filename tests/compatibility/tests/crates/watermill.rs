//! `watermill` 0.1: moments and quantiles of a stream.

use compatibility::{First, assert_close, first, to_first};
use watermill::ewmean::EWMean;
use watermill::stats::Univariate;
use watermill::variance::Variance;

/// Of x, 2, 6 at 7, as in `statistical.rs`: the variance 7 with the slope 2.
#[test]
fn variance() {
    let mut variance = Variance::new(1);
    for x in [first(7.0), First::from(2.0), First::from(6.0)] {
        variance.update(x);
    }
    assert_close(to_first(variance.get()), [7.0, 2.0], 1e-14);
}

/// From 2, αy + (1 − α)2 of the second, 4: in α it is 2α + 2.
#[test]
fn exponential_smoothing() {
    let mut mean = EWMean::new(first(0.25));
    mean.update(First::from(2.0));
    mean.update(First::from(4.0));
    assert_close(to_first(mean.get()), [2.5, 2.0], 1e-15);
}
