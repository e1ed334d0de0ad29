use tangents::Point;

struct End<T> {
    height: T,
}

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    ends: [End<T>; 2],
}

fn main() {}
