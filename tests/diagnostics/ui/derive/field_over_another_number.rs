//~ --> src/bin/derive_field_over_another_number.rs:8:14

use tangents::{Dual, Point};

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    lengths: Vec<Dual<T, 2>>,
}

fn main() {}
