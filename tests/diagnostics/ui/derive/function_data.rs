//~ the arguments after the first are data, which aren't differentiated: they are plain numbers, as `f64`, and `T::lit(x)` makes a constant of one
//~ --> src/bin/derive_function_data.rs:16:35
//~ the structure holds this and needs a name for its type: write a type parameter, `metric: &D` with `D: Trait`
//~ --> src/bin/derive_function_data.rs:21:40
//~ its data stay as they are: take `&` without `mut`
//~ --> src/bin/derive_function_data.rs:26:37
//~ give this argument a name, which the structure's field has too
//~ --> src/bin/derive_function_data.rs:31:30
//~ --> src/bin/derive_function_data.rs:31:50
//~ the structure beside the function can't know whether there is this argument
//~ --> src/bin/derive_function_data.rs:36:32

use tangents::{Real, function};

#[function]
fn two<T: Real>(x: &[T], weights: &[T]) -> T {
    x[0] * weights[0]
}

#[function]
fn by_trait<T: Real>(x: &[T], metric: &impl Fn(f64) -> f64) -> T {
    x[0] * T::lit(metric(1.0))
}

#[function]
fn changed<T: Real>(x: &[T], calls: &mut usize) -> T {
    x[0]
}

#[function]
fn unnamed<T: Real>(x: &[T], (a, b): (f64, f64), _: f64) -> T {
    x[0] * T::lit(a * b)
}

#[function]
fn sometimes<T: Real>(x: &[T], #[cfg(test)] a: f64) -> T {
    x[0]
}

fn main() {}
