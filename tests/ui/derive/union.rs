use tangents::Point;

#[derive(Point)]
union Bits<T: Copy> {
    one: T,
    two: T,
}

fn main() {}
