//~ f32
//~ f64
//~ Point>::Scalar
// As in plain_result.rs.

use num_traits::Float;
use tangents::jax::{ARG1, grad2};

fn weighted<T: Float>(w: &[T], x: &[T]) -> T {
    w[0] * x[0]
}

fn main() {
    let _ = grad2(weighted, ARG1)(&[1.0_f32], &[2.0_f64]);
}
