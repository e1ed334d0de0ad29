//! `statistical` 1: moments.

use compatibility::{First, assert_close, first, to_first};
use statistical::{mean, median, standard_deviation, variance};

#[test]
fn moments() {
    // x, 2, 6 at 4: the mean is 4, and the sum of squares x² + 40 − (x + 8)²/3 = 8 has the slope 2x − 2(x + 8)/3 = 0.
    let sample = [first(4.0), First::from(2.0), First::from(6.0)];
    assert_close(to_first(mean(&sample)), [4.0, 1.0 / 3.0], 1e-15);
    assert_close(to_first(variance(&sample, None)), [4.0, 0.0], 1e-15);
    assert_eq!(to_first(median(&sample)), [4.0, 1.0]);

    // At 7 the sum of squares is 14, with the slope 4.
    let sample = [first(7.0), First::from(2.0), First::from(6.0)];
    assert_close(to_first(variance(&sample, None)), [7.0, 2.0], 1e-14);
    assert_close(to_first(standard_deviation(&sample, None)), [7_f64.sqrt(), 1.0 / 7_f64.sqrt()], 1e-14);
}
