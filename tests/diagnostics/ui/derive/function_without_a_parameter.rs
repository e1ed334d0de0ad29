//~ it's generic over them: write `fn square<T: Real>`, with `T` in place of `f64` or `impl Float`
//~ --> src/bin/derive_function_without_a_parameter.rs:7:4

use tangents::function;

#[function]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {
    // It's there with an error too.
    square(2.0);
}
