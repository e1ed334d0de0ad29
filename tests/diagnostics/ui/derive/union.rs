//~ `#[derive(Point)]` is for structures, and this is a union

use tangents::Point;

#[derive(Point)]
union Bits<T: Copy> {
    one: T,
    two: T,
}

fn main() {}
