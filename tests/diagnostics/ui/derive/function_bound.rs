//~ `T` doesn't implement `std::fmt::Display`
//~ --> src/bin/derive_function_bound.rs:12:10
//~ required by a bound in `shown`
//~ the trait bound `T: From<f64>` is not satisfied
//~ required by a bound in `converted`

use std::fmt::Display;

use tangents::{Real, function};

#[function]
fn shown<T: Real + Display>(x: T) -> T {
    x
}

#[function]
fn converted<T: Real>(x: T) -> T
where
    f64: Into<T>,
{
    x * 2.0.into()
}

fn main() {}
