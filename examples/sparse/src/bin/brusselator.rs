//! The Brusselator, two substances that react with each other and spread in a square, by an implicit method.
//!
//! ```text
//! ∂u/∂t = 1 + u²·v − 4.4·u + α·∇²u + s,   u = 22·(y·(1 − y))^1.5 at t = 0
//! ∂v/∂t = 3.4·u − u²·v     + α·∇²v,       v = 27·(x·(1 − x))^1.5 at t = 0
//! ```
//!
//! with α = 0.1, opposite sides of the square joined, and a source s, which is 5 from t = 1.1 on in the disc of radius 0.1 around
//! (0.3, 0.6): the problem BRUSS-2D of Hairer and Wanner, *Solving Ordinary Differential Equations II*, IV.10. On 32 × 32 points, with ∇²
//! from a point and its four neighbours, these are 2048 equations z′ = f(z).
//!
//! A step of TR-BDF2 (Bank and others 1985) goes by the trapezoidal rule to t + γh, γ = 2 − √2, and from there by backward differences to
//! t + h. Each stage is an equation z − c·f(z) = r with c = γh/2, so one factorization of I − c·J serves Newton's method in both.
//! A row of J has six entries, for five points of the one substance and one of the other. So a handful of colours does for all 2048
//! columns, and one evaluation of f gives I − c·J. Pattern, colours and the order of elimination are found once, before the first step.

use std::error::Error;
use std::f64::consts::SQRT_2;

use faer::col::ColMut;
use faer::linalg::solvers::Solve;
use faer::sparse::SparseColMatRef;
use faer::sparse::linalg::solvers::{Lu, SymbolicLu};
use tangents::sparse::{Coloring, JacobianPlan, Layout, Order, SparseWorkspace};
use tangents::{Function, Number};
use tangents_examples_sparse::{columns, draw, max_norm, number};

/// z − c·f(z) on `side` × `side` points, where z has u and v of each point in turn.
struct Stage {
    side: usize,
    source: bool,
    c: f64,
}

impl Function for Stage {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)] // into drivers that are compiled for an instruction set
    fn call<T: Number>(&self, z: &[T]) -> Vec<T> {
        let (n, c) = (self.side, T::lit(self.c));
        let alpha = T::lit(0.1 * number(n).powi(2));
        let mut results = Vec::with_capacity(z.len());
        for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
            let at = |i: usize, j: usize, k: usize| z[2 * (n * (i % n) + j % n) + k];
            let [u, v] = [0, 1].map(|k| at(i, j, k));
            let [spread_u, spread_v] = [0, 1].map(|k| {
                let around = at(i + n - 1, j, k) + at(i + 1, j, k) + at(i, j + n - 1, k) + at(i, j + 1, k);
                alpha * (around - T::lit(4.0) * at(i, j, k))
            });
            let inside = (number(j) / number(n) - 0.3).hypot(number(i) / number(n) - 0.6) <= 0.1;
            let inflow = T::lit(if self.source && inside { 6.0 } else { 1.0 });
            let reaction = u * u * v;
            results.push(u - c * (inflow + reaction - T::lit(4.4) * u + spread_u));
            results.push(v - c * (T::lit(3.4) * u - reaction + spread_v));
        }
        results
    }
}

/// u and v at t = 0.
fn start(side: usize) -> Vec<f64> {
    let hump = |k: usize| (number(k) / number(side) * (1.0 - number(k) / number(side))).powf(1.5);
    (0..side * side).flat_map(|k| [22.0 * hump(k / side), 27.0 * hump(k % side)]).collect()
}

const GAMMA: f64 = 2.0 - SQRT_2;

/// The solution at t = 5.5 with `steps` steps in each 1.1.
fn integrate(
    side: usize,
    plan: &JacobianPlan,
    symbolic: &SymbolicLu<usize>,
    steps: u32,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut z = start(side);
    let (mut value, mut values, mut workspace) = (z.clone(), vec![0.0; plan.nnz()], SparseWorkspace::new());
    for n in 0..5 * steps {
        let stage = Stage { side, source: n >= steps, c: GAMMA / 2.0 * 1.1 / f64::from(steps) };
        plan.value_and_jacobian_into(&stage, &z, &mut value, &mut values, &mut workspace)?;
        let factors =
            Lu::try_new_with_symbolic(symbolic.clone(), SparseColMatRef::new(columns(plan), &values))?;
        let newton = |r: &[f64], mut z: Vec<f64>| {
            for _ in 0..30 {
                let mut step: Vec<_> = stage.call(&z).iter().zip(r).map(|(value, r)| value - r).collect();
                factors.solve_in_place(ColMut::from_slice_mut(&mut step));
                z.iter_mut().zip(&step).for_each(|(z, step)| *z -= step);
                if max_norm(&step) < 1e-8 {
                    return Ok(z);
                }
            }
            Err("Newton's method doesn't converge: take shorter steps")
        };
        // r is z + c·f(z) where the step begins, and then what backward differences make of both points.
        let middle = newton(&combined(2.0, &z, -1.0, &value), z.clone())?;
        let weight = 1.0 / (GAMMA * (2.0 - GAMMA));
        z = newton(&combined(weight, &middle, 1.0 - weight, &z), middle)?;
    }
    Ok(z)
}

fn combined(a: f64, x: &[f64], b: f64, y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| a * x + b * y).collect()
}

fn plan(side: usize) -> Result<JacobianPlan, Box<dyn Error>> {
    let pattern = Stage { side, source: true, c: 1.0 }.jacobian_pattern(&start(side))?;
    let coloring = Coloring::of_columns(&pattern, Order::ALL);
    Ok(JacobianPlan::new(pattern, coloring)?.with_layout(Layout::Columns))
}

fn main() -> Result<(), Box<dyn Error>> {
    let side = 32;
    let prepared = plan(side)?;
    println!("{:?}, {} colours", prepared.pattern(), prepared.coloring().count());
    let symbolic = SymbolicLu::try_new(columns(&prepared))?;

    // The method is of second order: half the step, a quarter of the error, and of the change from one solution to the next.
    let [coarse, middle, fine] = [10, 20, 40].map(|steps| integrate(side, &prepared, &symbolic, steps));
    let (coarse, middle, fine) = (coarse?, middle?, fine?);
    let [first, second] =
        [(&coarse, &middle), (&middle, &fine)].map(|(a, b)| max_norm(&combined(1.0, a, -1.0, b)));
    println!("u = {:.3}, v = {:.3} at the origin; changes of {first:.1e}, {second:.1e}", fine[0], fine[1]);
    assert!((3.8..4.2).contains(&(first / second)));

    let small = plan(6)?;
    draw("brusselator", "Brusselator, 6 × 6 points", small.pattern(), small.coloring())?;
    Ok(())
}
