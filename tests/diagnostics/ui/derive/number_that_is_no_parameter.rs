//~ `f64` isn't a type parameter of `Spring`

use tangents::Point;

#[derive(Point)]
#[point(number = f64)]
struct Spring<T> {
    stiffness: T,
}

fn main() {}
