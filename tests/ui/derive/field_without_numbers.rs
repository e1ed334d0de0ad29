use tangents::Point;

#[derive(Point)]
struct Spring<T> {
    stiffness: T,
    name: String,
    lengths: Vec<f64>,
}

fn main() {}
