use tangents::Point;

#[derive(Point)]
struct Labelled<L, T> {
    #[point(fixed)]
    label: L,
    value: T,
}

fn main() {}
