//~ which type parameter is the number? Say it on the structure: `#[point(number = L)]` or `#[point(number = T)]`

use tangents::Point;

#[derive(Point)]
struct Labelled<L, T> {
    #[point(fixed)]
    label: L,
    value: T,
}

fn main() {}
