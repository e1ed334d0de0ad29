//! `rolling-stats` 0.8: moments of a stream.

use compatibility::{First, assert_close, first, to_first};
use rolling_stats::Stats;

/// Of x, 2, 6 at 7, as in `statistical.rs`: the mean 5 with the slope ⅓, the variance 7 with the slope 2.
#[test]
fn moments() {
    let mut stats = Stats::<First>::new();
    for x in [first(7.0), First::from(2.0), First::from(6.0)] {
        stats.update(x);
    }
    assert_close(to_first(stats.mean), [5.0, 1.0 / 3.0], 1e-15);
    assert_close(to_first(stats.std_dev), [7_f64.sqrt(), 1.0 / 7_f64.sqrt()], 1e-14);
    assert_eq!(to_first(stats.max), [7.0, 1.0]);
}
