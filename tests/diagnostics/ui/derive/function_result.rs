//~ a function that is differentiated returns numbers: `T`, `[T; 2]`, `Vec<T>`
//~ --> src/bin/derive_function_result.rs:13:4
//~ the result has no numbers `T`, so no derivatives: write `T` in place of `f64`
//~ --> src/bin/derive_function_result.rs:16:31
//~ what is returned has a name
//~ --> src/bin/derive_function_result.rs:21:31
//~ the result holds its numbers, and no references to them
//~ --> src/bin/derive_function_result.rs:26:35

use tangents::{Real, function};

#[function]
fn nothing<T: Real>(x: &[T]) {}

#[function]
fn plain<T: Real>(x: &[T]) -> [f64; 2] {
    [0.0; 2]
}

#[function]
fn by_trait<T: Real>(x: T) -> impl Into<Option<T>> {
    Some(x)
}

#[function]
fn reference<T: Real>(x: &[T]) -> &T {
    &x[0]
}

fn main() {}
