//~ `[f64; 2]` doesn't name what a function takes
//~ arrays and `Vec`s are handed over as slices: write `[f64]`
//~ --> src/bin/function_of_array.rs:10:17

use tangents::{Function, Number};

struct Product;

impl Function for Product {
    type From = [f64; 2];
    type To = f64;

    fn call<T: Number>(&self, x: &[T; 2]) -> T {
        x[0] * x[1]
    }
}

fn main() {
    let _ = Product.gradient(&[1.0, 2.0]);
}
