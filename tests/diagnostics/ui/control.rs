//! The forms of the other files, done right: what fails there, fails for the reason given.

use num_traits::Float;
use tangents::jax::{ARG1, grad2};
use tangents::{Workspace, derivative, grad, gradient, hessian, jacobian};

fn sum_of_squares<T: Float>(x: &[T]) -> T {
    x.iter().fold(T::zero(), |sum, &xi| sum + xi * xi)
}

fn weighted<T: Float>(w: &[T], x: &[T]) -> T {
    w[0] * x[0]
}

fn main() {
    let _ = gradient(|x| x[0] * x[1], &[1.0, 2.0]);
    let _ = gradient(|x| x[0] * 2.0, &[1.0]);
    let _ = jacobian(|x| [x[0]], &[1.0]);
    let _ = jacobian(|x| Some(x[0]), &[1.0]);
    let _ = gradient(|x| x.0 * x.1, &(1.0, 2.0));
    let _ = gradient(|x| x[0][1], &[[1.0, 2.0]]);
    let _ = grad2(weighted, ARG1)(&[1.0], &[2.0]);
    let _ = grad(sum_of_squares)(&[1.0, 2.0]);
    let _ = hessian(sum_of_squares, &[1.0, 2.0]);
    let _ = derivative(|x| x * x, 3.0);
    let frequency = 2.0_f32;
    let _ = derivative(|x| (x * frequency).sin() + (2.0 * x).sin() + (f64::from(frequency) * x).sin(), 1.0_f32);
    let _ = Workspace::new().gradient(sum_of_squares, &[1.0], &mut [0.0]);
}
