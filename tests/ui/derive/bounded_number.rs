use tangents::{Point, Real};

#[derive(Point)]
struct Spring<T: Real> {
    stiffness: T,
}

#[derive(Point)]
struct Damper<T>
where
    Vec<T>: Clone,
{
    damping: T,
}

fn main() {}
