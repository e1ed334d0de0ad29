//~ this field has no numbers `T` to differentiate at
//~ mark it `#[point(fixed)]` and it is cloned
//~ --> src/bin/derive_field_without_numbers.rs:11:11
//~ --> src/bin/derive_field_without_numbers.rs:12:14

use tangents::Point;

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    name: String,
    lengths: Vec<f64>,
}

fn main() {}
