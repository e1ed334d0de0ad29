//~ the trait bound `File: Clone` is not satisfied
//~ --> src/bin/derive_fixed_field_that_is_not_clone.rs:11:10

use std::fs::File;
use tangents::Point;

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    #[point(fixed)]
    log: File,
}

fn main() {}
