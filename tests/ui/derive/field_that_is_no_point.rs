use std::cell::Cell;
use tangents::Point;

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    length: Cell<T>,
}

fn main() {}
