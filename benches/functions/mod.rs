//! The functions that the benches differentiate, each beside its derivative written by hand.

// Each bench is a crate of its own and uses some of these.
#![allow(dead_code, unreachable_pub)]
// Dimensions and indices are small.
#![allow(clippy::cast_precision_loss)]
// A function that is called in one place is inlined there, and so is a closure in it. Here each is called in several
// places, and whether it is inlined would differ among what is compared: hence the attributes, and loops, no folds.
#![allow(clippy::inline_always)]

pub(crate) mod helmholtz;

use std::f64::consts::{E, TAU};
use std::ops::Mul;

use num_traits::{Float, FloatConst};

/// A coordinate of a point where the functions are smooth and none of their terms vanishes.
fn coordinate(i: usize) -> f64 {
    0.5 + 0.37 * (i % 7) as f64
}

/// A point of fixed dimension.
pub(crate) fn point<const N: usize>() -> [f64; N] {
    std::array::from_fn(coordinate)
}

/// A point of a dimension known at run time.
pub(crate) fn point_of(n: usize) -> Vec<f64> {
    (0..n).map(coordinate).collect()
}

/// Fails if `found` isn't `expected` up to a relative error that rounding explains.
#[track_caller]
pub(crate) fn check(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "the number of entries");
    let scale = expected.iter().fold(0.0_f64, |max, e| max.max(e.abs()));
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() <= 1e-12 * scale, "entry {i} is {f}, by hand {e}");
    }
}

/// Rosenbrock: Σ (100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²).
#[inline(always)]
pub(crate) fn rosenbrock<T: Float>(x: &[T]) -> T {
    let hundred = T::from(100.0).unwrap();
    let mut sum = T::zero();
    for x in x.windows(2) {
        let (a, b) = (x[1] - x[0] * x[0], T::one() - x[0]);
        sum = sum + hundred * a * a + b * b;
    }
    sum
}

#[inline(always)]
pub(crate) fn rosenbrock_gradient(x: &[f64], g: &mut [f64]) -> f64 {
    let last = x.len() - 1;
    let (mut value, mut from_before) = (0.0, 0.0);
    for i in 0..last {
        let (a, b) = (x[i + 1] - x[i] * x[i], 1.0 - x[i]);
        value += 100.0 * a * a + b * b;
        g[i] = from_before - 400.0 * a * x[i] - 2.0 * b;
        from_before = 200.0 * a;
    }
    g[last] = from_before;
    value
}

#[inline(always)]
pub(crate) fn rosenbrock_hessian<const N: usize>(x: &[f64; N]) -> [[f64; N]; N] {
    let mut h = [[0.0; N]; N];
    for i in 0..N - 1 {
        h[i][i] += 1200.0 * x[i] * x[i] - 400.0 * x[i + 1] + 2.0;
        h[i + 1][i + 1] += 200.0;
        h[i][i + 1] = -400.0 * x[i];
        h[i + 1][i] = -400.0 * x[i];
    }
    h
}

/// Ackley: 20 + e − 20·exp(−0.2·√(Σxᵢ²/n)) − exp(Σcos(2πxᵢ)/n).
#[inline(always)]
pub(crate) fn ackley<T: Float + FloatConst>(x: &[T]) -> T {
    let lit = |c: f64| T::from(c).unwrap();
    let n = T::from(x.len()).unwrap();
    let (mut squares, mut cosines) = (T::zero(), T::zero());
    for &x in x {
        squares = squares + x * x;
        cosines = cosines + (T::TAU() * x).cos();
    }
    lit(20.0) + T::E() - lit(20.0) * (lit(-0.2) * (squares / n).sqrt()).exp() - (cosines / n).exp()
}

#[inline(always)]
pub(crate) fn ackley_gradient(x: &[f64], g: &mut [f64]) -> f64 {
    let n = x.len() as f64;
    let r = (x.iter().map(|x| x * x).sum::<f64>() / n).sqrt();
    let mut cosines = 0.0;
    for (g, x) in g.iter_mut().zip(x) {
        let (sin, cos) = (TAU * x).sin_cos();
        cosines += cos;
        *g = sin;
    }
    let (bowl, waves) = ((-0.2 * r).exp(), (cosines / n).exp());
    for (g, x) in g.iter_mut().zip(x) {
        *g = 4.0 * bowl / (n * r) * x + waves * TAU / n * *g;
    }
    20.0 + E - 20.0 * bowl - waves
}

#[inline(always)]
pub(crate) fn ackley_hessian<const N: usize>(x: &[f64; N]) -> [[f64; N]; N] {
    let n = N as f64;
    let r = (x.iter().map(|x| x * x).sum::<f64>() / n).sqrt();
    let turns = x.map(|x| (TAU * x).sin_cos());
    let bowl = 4.0 * (-0.2 * r).exp() / (n * r);
    let waves = (turns.iter().map(|t| t.1).sum::<f64>() / n).exp() * TAU * TAU / n;
    let mut h = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..N {
            let product = bowl * x[i] * x[j] / (n * r) * (0.2 + 1.0 / r);
            h[i][j] = -product - waves * turns[i].0 * turns[j].0 / n;
        }
        h[i][i] += bowl + waves * turns[i].1;
    }
    h
}

/// The 20 × 10 matrix of [`affine`].
pub(crate) fn matrix() -> [[f64; 10]; 20] {
    std::array::from_fn(|i| std::array::from_fn(|j| coordinate(3 * i + j)))
}

/// `matrix · x`.
#[inline(always)]
pub(crate) fn affine<T: Float + Mul<f64, Output = T>>(matrix: &[[f64; 10]; 20], x: &[T]) -> [T; 20] {
    let mut y = [T::zero(); 20];
    for (y, row) in y.iter_mut().zip(matrix) {
        for (&m, &x) in row.iter().zip(x) {
            *y = *y + x * m;
        }
    }
    y
}

#[inline(always)]
pub(crate) fn affine_jacobian(matrix: &[[f64; 10]; 20], x: &[f64; 10]) -> ([f64; 20], [[f64; 10]; 20]) {
    (affine(matrix, x), *matrix)
}

/// Broyden's tridiagonal function: yᵢ = (3 − 2xᵢ)·xᵢ − xᵢ₋₁ − 2xᵢ₊₁ + 1, with x₋₁ = xₙ = 0.
#[inline(always)]
pub(crate) fn broyden<T: Float>(x: &[T], y: &mut [T]) {
    let (two, three) = (T::from(2.0).unwrap(), T::from(3.0).unwrap());
    let n = x.len();
    for i in 0..n {
        let mut sum = (three - two * x[i]) * x[i] + T::one();
        if i > 0 {
            sum = sum - x[i - 1];
        }
        if i + 1 < n {
            sum = sum - two * x[i + 1];
        }
        y[i] = sum;
    }
}

/// The value in `y`, the Jacobian row by row in `j`.
#[inline(always)]
pub(crate) fn broyden_jacobian(x: &[f64], y: &mut [f64], j: &mut [f64]) {
    let n = x.len();
    broyden(x, y);
    j.fill(0.0);
    for i in 0..n {
        j[i * n + i] = 3.0 - 4.0 * x[i];
        if i > 0 {
            j[i * n + i - 1] = -1.0;
        }
        if i + 1 < n {
            j[i * n + i + 1] = -2.0;
        }
    }
}
