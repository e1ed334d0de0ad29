//~ derivatives need one lane at least

use tangents::Point;

#[derive(Point)]
#[point(lanes = 0)]
struct Spring<T> {
    stiffness: T,
}

fn main() {}
