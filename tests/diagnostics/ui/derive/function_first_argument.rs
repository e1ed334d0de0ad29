//~ a function without arguments has no derivatives
//~ the first argument is what the function is differentiated by, and this one has no numbers `T`
//~ --> src/bin/derive_function_first_argument.rs:22:27
//~ take a slice, `&[T]`
//~ --> src/bin/derive_function_first_argument.rs:27:23
//~ take a slice, `&[[T; 2]]`
//~ a function that is differentiated doesn't change its argument
//~ --> src/bin/derive_function_first_argument.rs:37:25
//~ what is differentiated is a container of numbers by name: take `&[T]`
//~ --> src/bin/derive_function_first_argument.rs:42:26
//~ what is differentiated holds its numbers, and no references to them
//~ --> src/bin/derive_function_first_argument.rs:47:28

use tangents::{Real, function};

#[function]
fn nothing<T: Real>() -> T {
    T::zero()
}

#[function]
fn data_first<T: Real>(a: &[f64], x: &[T]) -> T {
    x[0] * T::lit(a[0])
}

#[function]
fn vector<T: Real>(x: &Vec<T>) -> T {
    x[0]
}

#[function]
fn vector_by_value<T: Real>(x: std::vec::Vec<[T; 2]>) -> T {
    x[0][1]
}

#[function]
fn changing<T: Real>(x: &mut [T]) -> T {
    x[0]
}

#[function]
fn by_trait<T: Real>(x: &impl AsRef<[T]>) -> T {
    x.as_ref()[0]
}

#[function]
fn references<T: Real>(x: &[&T]) -> T {
    *x[0]
}

fn main() {}
