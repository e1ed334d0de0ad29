//~ `Cell<T>` is neither a point to differentiate at nor something that the differentiated function can return
//~ --> src/bin/derive_fixed_field_that_is_no_point.rs:11:13

use std::cell::Cell;
use tangents::Point;

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    #[point(fixed)]
    length: Cell<T>,
}

fn main() {}
