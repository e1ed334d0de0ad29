use tangents::Point;

#[derive(Point)]
struct Spring {
    stiffness: f64,
}

fn main() {}
