//~ `Vec<f64>` doesn't name what a function takes
//~ arrays and `Vec`s are handed over as slices: write `[f64]`
//~ --> src/bin/function_of_vec.rs:10:17

use tangents::{Function, Number};

struct Product;

impl Function for Product {
    type From = Vec<f64>;
    type To = f64;

    fn call<T: Number>(&self, x: &Vec<T>) -> T {
        x[0] * x[1]
    }
}

fn main() {
    let _ = Product.gradient(&[1.0, 2.0]);
}
