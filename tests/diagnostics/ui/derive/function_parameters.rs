//~ none of those has `L`: implement `Function` by hand, for a structure with a `PhantomData<L>`
//~ --> src/bin/derive_function_parameters.rs:8:22
//~ none of those has `'a`: implement `Function` by hand, for a structure with a `PhantomData<&'a ()>`

use tangents::{Point, Real, function};

#[function(number = T)]
fn labelled<T: Real, L>(x: &Labelled<'static, L, T>) -> T {
    x.value
}

#[function]
fn of_bytes<'a, T: Real>(x: &Labelled<'a, u8, T>) -> T {
    x.value
}

#[derive(Point)]
#[point(number = T)]
struct Labelled<'a, L, T> {
    value: T,
    #[point(fixed)]
    labels: &'a [L],
}

fn main() {}
