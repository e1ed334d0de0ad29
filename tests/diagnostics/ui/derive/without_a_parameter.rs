//~ a point is generic over its numbers: write `struct Spring<T>`, and `T` in place of `f64` in its fields
//~ --> src/bin/derive_without_a_parameter.rs:7:8

use tangents::Point;

#[derive(Point)]
struct Spring {
    stiffness: f64,
}

fn main() {}
