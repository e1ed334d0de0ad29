//~ `Squares` doesn't return one number
//~ of several results take `jacobian`, `hessians` and `jvp`
//~ --> src/bin/gradient_of_several_results.rs:20:13
//~ --> src/bin/gradient_of_several_results.rs:21:13

use tangents::{Function, Number};

struct Squares;

impl Function for Squares {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        x.iter().map(|&x| x * x).collect()
    }
}

fn main() {
    let _ = Squares.gradient(&[1.0, 2.0]);
    let _ = Squares.value_and_hessian(&[1.0, 2.0]);
}
