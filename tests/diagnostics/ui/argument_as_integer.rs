//~ `{integer}` doesn't choose among the function's arguments
//~ write `ARG0`, `ARG1`, … or a tuple like `(ARG0, ARG1)`

use num_traits::Float;
use tangents::jax::grad2;

fn weighted<T: Float>(w: &[T], x: &[T]) -> T {
    w[0] * x[0]
}

fn main() {
    let _ = grad2(weighted, 1)(&[1.0], &[2.0]);
}
