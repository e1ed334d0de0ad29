use std::fs::File;
use tangents::Point;

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    #[point(fixed)]
    log: File,
}

fn main() {}
