//~ `#[derive(Point)]` is for structures, and this is an enum
//~ --> src/bin/derive_enumeration.rs:7:1

use tangents::Point;

#[derive(Point)]
enum Shape<T> {
    Circle(T),
    Square(T),
}

fn main() {}
