//~ too large for the stack: take a slice
use tangents::jax::{ARG0, grad2};
use tangents::Real;

fn f<T: Real>(a: &[T], b: &[T]) -> T {
    a[0] * b[0]
}

fn main() {
    grad2(f, ARG0)(&[1.0_f64; 512], &[1.0]);
}
