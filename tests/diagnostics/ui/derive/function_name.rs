//~ the structure beside the function would be called `Square`, as the function is: `#[function(name = SquareFunction)]`
//~ the structure beside the function would be called `Model`, as one of its types is
//~ `#[function]` takes `name = Name`, `number = T` and `crate = "…"`

use tangents::{Point, Real, function};

#[function]
#[allow(non_snake_case)]
fn Square<T: Real>(x: T) -> T {
    x * x
}

#[function(Cubed)]
fn cube<T: Real>(x: T) -> T {
    x * x * x
}

#[derive(Point)]
struct Model<T>(T);

#[function]
fn model<T: Real>(x: &Model<T>) -> T {
    x.0
}

fn main() {}
