//~ `Cell<T>` is neither a point to differentiate at nor something that the differentiated function can return
//~ --> src/bin/derive_field_that_is_no_point.rs:10:13

use std::cell::Cell;
use tangents::Point;

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    length: Cell<T>,
}

fn main() {}
