//~ too large for the stack: take a slice
use tangents::Real;

fn f<T: Real>(x: &[T]) -> T {
    x[0]
}

fn main() {
    tangents::hessian(f, &[1.0_f64; 70]);
}
