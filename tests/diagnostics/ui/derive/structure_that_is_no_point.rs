//~ `[End<T>; 2]` is neither a point to differentiate at nor something that the differentiated function can return
//~ structures with `#[derive(Point)]`
//~ --> src/bin/derive_structure_that_is_no_point.rs:14:11

use tangents::Point;

struct End<T> {
    height: T,
}

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    ends: [End<T>; 2],
}

fn main() {}
