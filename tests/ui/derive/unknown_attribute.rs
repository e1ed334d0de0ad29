use tangents::Point;

#[derive(Point)]
#[point(lane = 2)]
struct Spring<T> {
    stiffness: T,
}

#[derive(Point)]
struct Damper<T> {
    #[point(constant)]
    damping: T,
}

fn main() {}
