//~ `Arg<2>` isn't one of the function's arguments
//~ `grad2` and its kin have two arguments

use num_traits::Float;
use tangents::jax::{ARG0, ARG2, grad2};

fn weighted<T: Float>(w: &[T], x: &[T]) -> T {
    w[0] * x[0]
}

fn main() {
    let _ = grad2(weighted, (ARG0, ARG2))(&[1.0], &[2.0]);
}
