use std::cell::Cell;
use tangents::Point;

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    #[point(fixed)]
    length: Cell<T>,
}

fn main() {}
