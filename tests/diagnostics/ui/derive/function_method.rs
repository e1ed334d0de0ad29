//~ `#[function]` stands before a `fn` outside of an `impl`, and this is a method
//~ --> src/bin/derive_function_method.rs:12:24

use tangents::{Real, function};

struct Model {
    scale: f64,
}

impl Model {
    #[function]
    fn predict<T: Real>(&self, x: &[T]) -> T {
        x[0] * T::lit(self.scale)
    }
}

fn main() {}
