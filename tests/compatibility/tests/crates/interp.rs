//! `interp` 2: linear interpolation, in the point and in the data.

use compatibility::{First, first, to_first};
use interp::{InterpMode, interp};

#[test]
fn linear() {
    let c = First::from;
    let x = [c(0.0), c(1.0), c(3.0)];
    let between = |at, y| to_first(interp(&x, &[c(0.0), y, c(8.0)], at, &InterpMode::Extrapolate));
    // From 2 at 1 to 8 at 3: 5 at 2, with slope 3.
    assert_eq!(between(first(2.0), c(2.0)), [5.0, 3.0]);
    assert_eq!(between(c(2.0), first(2.0)), [5.0, 0.5]);
    assert_eq!(between(first(4.0), c(2.0)), [11.0, 3.0]);
}
