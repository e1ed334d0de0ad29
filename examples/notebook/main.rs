//! The notebook that this crate comes from, section by section: gradients of a paraboloid, a gradient with
//! respect to a chosen argument, a Jacobian that must equal a random matrix, and the checks.
//!
//! Run it with `cargo run --release --example notebook`. Everything is in `f32`, as in the notebook.

mod printed;

use num_traits::Float;
use tangents::check::{CheckError, CheckOptions};
use tangents::jax::{ARG0, ARG1, grad2, jacfwd2, value_and_grad2};
use tangents::random::{Key, Layout, uniform};
use tangents::{Dual, Point, check_grads, grad, point, value_and_grad};

use self::printed::{numpy, python};

/// f(x) = Σ xᵢ²
fn paraboloid<T: Float>(x: &[T]) -> T {
    x.iter().fold(T::zero(), |sum, &xi| sum + xi * xi)
}

/// ∇f(x) = 2x, by hand
fn paraboloid_grad(x: &[f32]) -> Vec<f32> {
    x.iter().map(|xi| 2.0 * xi).collect()
}

/// f(coeff, x) = Σ coeffᵢ·xᵢ²
fn paraboloid2<T: Float>(coeff: &[T], x: &[T]) -> T {
    coeff.iter().zip(x).fold(T::zero(), |sum, (&ci, &xi)| sum + ci * xi * xi)
}

/// matrix @ input, the matrix row by row
fn affine_transform<T: Float>(input: &[T], matrix: &[T]) -> Vec<T> {
    matrix
        .chunks(input.len())
        .map(|row| row.iter().zip(input).fold(T::zero(), |sum, (&m, &x)| sum + m * x))
        .collect()
}

const POINTS: [[f32; 2]; 3] = [[0.2, 0.3], [2.4, 3.6], [4.4, 2.1]];
const COEFF: [f32; 5] = [3.0, 2.0, 5.0, 1.0, 4.0];
const X: [f32; 5] = [2.0, 1.0, 3.0, 2.0, 4.0];

fn main() -> Result<(), CheckError> {
    gradients();
    argnums();
    jacobians();
    checks()
}

fn gradients() {
    println!("# 1. The gradient of a paraboloid");
    println!("paraboloid(x) = sum(x**2)");
    let grad_fn = grad(paraboloid);
    for x in &POINTS {
        let explicit = numpy(&paraboloid_grad(x));
        let by_duals = numpy(&grad_fn(x));
        println!("x = {}: explicit gradient {explicit}, grad(paraboloid) {by_duals}", numpy(x));
    }
}

fn argnums() {
    println!("\n# 2. The gradient with respect to a chosen argument");
    println!("paraboloid2(coeff, x) = sum(coeff * x**2)");
    println!("coeff = {}, x = {}", numpy(&COEFF), numpy(&X));

    let wrt_x = grad2(paraboloid2, ARG1)(&COEFF, &X);
    println!("grad(paraboloid2, argnums=1)(coeff, x): {}", numpy(&wrt_x));
    let wrt_coeff = grad2(paraboloid2, ARG0)(&COEFF, &X);
    println!("grad(paraboloid2, argnums=0)(coeff, x): {}", numpy(&wrt_coeff));
    let (wrt_coeff, wrt_x) = grad2(paraboloid2, (ARG0, ARG1))(&COEFF, &X);
    println!("grad(paraboloid2, argnums=(0, 1))(coeff, x): ({}, {})", numpy(&wrt_coeff), numpy(&wrt_x));
}

fn jacobians() {
    println!("\n# 3. The Jacobian of an affine transform");
    println!("affine_transform(input, matrix) = matrix @ input");
    for (layout, versions) in [(Layout::Partitionable, "since"), (Layout::Original, "before")] {
        println!("with the streams of JAX {versions} 0.5:");
        let key = Key::new(137).with_layout(layout);
        let [key1, key2] = key.split();
        println!("  key = PRNGKey(137) = {key}, split into {key1} and {key2}");
        let input: [f32; 10] = uniform(key1);
        let trans_matrix: [[f32; 10]; 20] = uniform(key2);
        println!("  input = {}", numpy(&input));
        println!("  trans_matrix[0] = {}", numpy(&trans_matrix[0]));

        let jac = jacfwd2(affine_transform, ARG0)(&input, trans_matrix.as_flattened());
        println!("  jacfwd(affine_transform)(input, trans_matrix)[0] = {}", numpy(&jac[0]));
        println!("  every entry equals the matrix: {}", python(jac == trans_matrix));
    }
}

fn checks() -> Result<(), CheckError> {
    println!("\n# 4. Values with gradients, and the checks");
    for x in &POINTS {
        let (value, gradient) = value_and_grad(paraboloid)(x);
        println!("value_and_grad(paraboloid)({}) = ({value}, {})", numpy(x), numpy(&gradient));
        verdict("paraboloid", paraboloid, x)?;
    }
    let (value, gradient) = value_and_grad2(paraboloid2, ARG1)(&COEFF, &X);
    println!("value_and_grad(paraboloid2, argnums=1)(coeff, x) = ({value}, {})", numpy(&gradient));
    verdict("paraboloid2 in x", |x| paraboloid2(&COEFF.map(Into::into), x), &X)?;
    verdict("paraboloid2 in coeff", |coeff| paraboloid2(coeff, &X.map(Into::into)), &COEFF)?;

    let [key1, key2] = Key::new(137).split();
    let (input, trans_matrix): ([f32; 10], [f32; 200]) = (uniform(key1), uniform(key2));
    verdict("affine_transform", |x| affine_transform(x, &trans_matrix.map(Into::into)), &input)
}

/// Prints what `check_grads` finds at first and second order.
fn verdict<X, F, R>(name: &str, f: F, x: &X) -> Result<(), CheckError>
where
    X: Point<Scalar = f32>,
    F: Fn(&point::Argument<X, Dual<Dual<f32, 1>, 1>>) -> R,
    R: Point<Scalar = Dual<Dual<f32, 1>, 1>>,
{
    let report = check_grads(f, x, CheckOptions::order(2))?;
    println!("check_grads({name}, order=2): {report}");
    Ok(())
}
