use tangents::Point;

#[derive(Point)]
enum Shape<T> {
    Circle(T),
    Square(T),
}

fn main() {}
