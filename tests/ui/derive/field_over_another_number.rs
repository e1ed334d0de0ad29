use tangents::{Dual, Point};

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    lengths: Vec<Dual<T, 2>>,
}

fn main() {}
