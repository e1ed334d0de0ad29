//~ the structure's definition must not bound its number `T`
//~ --> src/bin/derive_bounded_number.rs:8:18
//~ --> src/bin/derive_bounded_number.rs:15:5

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
