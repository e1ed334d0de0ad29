//~ a structure takes `number = T`, `lanes = 12` and `crate = "…"`; `fixed` stands on a field
//~ a field takes `fixed` alone
//~ --> src/bin/derive_unknown_attribute.rs:15:13

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
