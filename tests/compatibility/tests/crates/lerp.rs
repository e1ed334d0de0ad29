//! `lerp` 0.5: linear interpolation.

use compatibility::{First, first, to_first};
use lerp::Lerp;

#[test]
fn between() {
    assert_eq!(to_first(First::from(2.0).lerp(First::from(8.0), first(0.5))), [5.0, 6.0]);
    assert_eq!(to_first(first(2.0).lerp(First::from(8.0), First::from(0.25))), [3.5, 0.75]);
    // A number with a plain parameter.
    assert_eq!(to_first(first(2.0).lerp(First::from(8.0), 0.25)), [3.5, 0.75]);
}
