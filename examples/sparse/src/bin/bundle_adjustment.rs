//! Bundle adjustment: where cameras stood and what they saw, from the pictures that they took.
//!
//! A camera is nine numbers, a rotation vector ω, a translation t, the focal length f, and two factors k₁, k₂ of distortion; a point X
//! three. Of each observation there are two residuals,
//!
//! ```text
//! P = R(ω)·X + t,  p = −(P₁, P₂)/P₃,  r = f·(1 + k₁·|p|² + k₂·|p|⁴)·p − observed
//! ```
//!
//! and of f, k₁ and k₂ of each camera another, their distance from what is known of the camera. ½·Σr² is to be small; the model and the
//! form of the files are those of *Bundle Adjustment in the Large* (Agarwal and others 2010).
//!
//! An observation depends on the 12 numbers of its camera and its point, however many there are. So J has blocks of 2 × 9 and 2 × 3,
//! and the Gauss–Newton matrix `JᵀJ` has blocks for each camera, each point, and each pair that saw each other. The method of Levenberg
//! and Marquardt goes by steps `−(JᵀJ + μ·diag(JᵀJ))⁻¹·Jᵀr`. The matrix is made block by block: nothing is coloured but the picture.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the indices in the files

use std::array;
use std::error::Error;

use faer::Side;
use faer::col::ColMut;
use faer::linalg::solvers::Solve;
use faer::sparse::SparseColMatRef;
use faer::sparse::linalg::solvers::{Llt, SymbolicLlt};
use tangents::sparse::{Coloring, LeastSquares, Order};
use tangents::{Function, Number, lambda};
use tangents_examples_sparse::{draw, max_norm, symmetric};

/// The two residuals of an observation, of its camera's nine numbers and its point's three; ω isn't zero.
struct Observation {
    seen: [f64; 2],
}

impl Function for Observation {
    type From = [f64];
    type To = [f64; 2];

    #[inline(always)] // into loops that are compiled for an instruction set
    fn call<T: Number>(&self, x: &[T]) -> [T; 2] {
        let [omega, translation, [focal, k1, k2], point] =
            array::from_fn(|k| [x[3 * k], x[3 * k + 1], x[3 * k + 2]]);
        let dot = |a: [T; 3], b: [T; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        let angle = dot(omega, omega).sqrt();
        let (axis, (sin, cos)) = (omega.map(|omega| omega / angle), angle.sin_cos());
        let along = dot(axis, point) * (T::one() - cos);
        let [x, y, z] = array::from_fn(|k| {
            let (l, m) = ((k + 1) % 3, (k + 2) % 3);
            let across = axis[l] * point[m] - axis[m] * point[l];
            point[k] * cos + across * sin + axis[k] * along + translation[k]
        });
        let p = [-x / z, -y / z];
        let square = p[0] * p[0] + p[1] * p[1];
        let scale = focal * (T::one() + square * (k1 + square * k2));
        array::from_fn(|k| scale * p[k] - T::lit(self.seen[k]))
    }
}

/// Solves the problem of a file, whose observations alone cost `cost` where it starts, and draws J if it has a `name`.
fn adjust(file: &str, cost: f64, name: Option<&str>) -> Result<(), Box<dyn Error>> {
    let numbers = file.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
    let [cameras, points, observations] = [numbers[0], numbers[1], numbers[2]].map(|number| number as usize);
    let (seen, start) = numbers[3..].split_at(4 * observations);
    assert_eq!(start.len(), 9 * cameras + 3 * points);

    // Each block with its variables: all cameras' come first, then all points'.
    let observed = seen.chunks_exact(4).map(|row| {
        let (camera, point) = (9 * row[0] as usize, 9 * cameras + 3 * row[1] as usize);
        let variables: [_; 12] = array::from_fn(|k| if k < 9 { camera + k } else { point + k - 9 });
        (Observation { seen: [row[2], row[3]] }, variables)
    });
    let known = (0..9 * cameras).filter(|i| i % 9 >= 6).map(|i| {
        let (value, error) = (start[i], if i % 9 == 6 { 10.0 } else { 0.01 });
        let distance = lambda!([value: f64 = value, error: f64 = error] |x: [f64]| -> f64 {
            (x[0] - T::lit(value)) / T::lit(error)
        });
        (distance, [i])
    });
    let problem = LeastSquares::new(start.len(), (observed.collect::<Vec<_>>(), known.collect::<Vec<_>>()))?;

    let pattern = problem.gauss_newton_pattern();
    let symbolic = SymbolicLlt::try_new(symmetric(pattern), Side::Lower)?;
    let mut x = start.to_vec();
    let mut at = problem.value_gradient_and_gauss_newton(&x)?;
    assert!((at.value / cost - 1.0).abs() < 1e-12);
    let (first, mut damping) = (max_norm(&at.gradient), 1e-4);
    let mut iterations = 0;
    while max_norm(&at.gradient) > 1e-6 * first {
        let damp = |(i, j, &a): (_, _, &f64)| if i == j { a * (1.0 + damping) } else { a };
        let damped: Vec<_> = at.gauss_newton.triplets().map(damp).collect();
        let matrix = SparseColMatRef::new(symmetric(pattern), &damped);
        let mut step = at.gradient.clone();
        Llt::try_new_with_symbolic(symbolic.clone(), matrix, Side::Lower)?
            .solve_in_place(ColMut::from_slice_mut(&mut step));
        let next: Vec<_> = x.iter().zip(&step).map(|(x, step)| x - step).collect();
        if problem.value(&next)? < at.value {
            (x, damping) = (next, damping / 10.0);
            at = problem.value_gradient_and_gauss_newton(&x)?;
        } else {
            damping *= 10.0;
        }
        iterations += 1;
        assert!(iterations < 50, "the method must converge");
    }
    let (value, gradient) = (at.value, max_norm(&at.gradient) / first);
    println!("{cameras} cameras, {points} points: {cost:.2} fell to {value:.2} in {iterations} steps");
    assert!(value < 0.6 * cost && gradient <= 1e-6);

    if let Some(name) = name {
        let pattern = problem.jacobian_pattern();
        let title = format!("Bundle adjustment, {cameras} cameras and {points} points");
        draw(name, &title, pattern, &Coloring::of_columns(pattern, Order::ALL))?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    // The costs at the start are from the same model in 60 digits; see data/README.md.
    adjust(include_str!("../../data/dubrovnik_3_7.txt"), 2_764.219_984_422_168, Some("bundle_adjustment"))?;
    adjust(include_str!("../../data/synthetic_4_80.txt"), 236.337_694_762_147_58, None)
}
