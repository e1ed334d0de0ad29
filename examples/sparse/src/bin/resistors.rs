//! What moves the potential inside a chain of 10 000 resistors: sparse systems of numbers that carry derivatives.
//!
//! Between 0 V at one end and 1 V at the other the currents balance at every node,
//!
//! ```text
//! gᵢ·(uᵢ − uᵢ₋₁) = gᵢ₊₁·(uᵢ₊₁ − uᵢ),  gᵢ = p₀ + p₁·i/n
//! ```
//!
//! a system with three diagonals. The entries of its matrix are numbers of the conductances' type. faer's Cholesky factorization of the plain values
//! solves it, once; the derivatives, here to the second order, are solved for with the same factors.
//!
//! The potential is known: that of resistors in series, uᵢ = Σ₀..ᵢ 1/g / Σ 1/g.

use std::error::Error;

use tangents::linalg::solve_by;
use tangents::sparse::{Layout, Pattern, SparseMatrix};
use tangents::{HyperDual, Number};
use tangents_examples_sparse::{cholesky, number};

const NODES: usize = 10_000;

fn main() -> Result<(), Box<dyn Error>> {
    let pattern = Pattern::from_entries(
        (NODES, NODES),
        (0..NODES).flat_map(|i| (i.saturating_sub(1)..NODES.min(i + 2)).map(move |j| (i, j))),
    )?;
    let p = [HyperDual::<f64, 2>::variable(2.0, 0), HyperDual::variable(3.0, 1)];
    let g = conductances(p);
    let entry = |(i, j): (usize, usize)| if i == j { g[i] + g[i + 1] } else { -g[i.max(j)] };
    let values = pattern.entries().map(entry).collect();
    // Columns and rows of a symmetric matrix are the same, so it is in columns, as faer has it, without a copy.
    let matrix = SparseMatrix::in_layout(pattern, Layout::Columns, values)?;
    let mut right = vec![p[0] * 0.0; NODES];
    right[NODES - 1] = g[NODES]; // the end at 1 V
    let u = solve_by(&matrix, &right, cholesky)?;

    let middle = NODES / 3;
    let resistance = |g: &[HyperDual<f64, 2>]| g.iter().fold(p[0] * 0.0, |sum, g| sum + g.recip());
    let exact = resistance(&g[..=middle]) / resistance(&g);
    println!(
        "u = {:.6}, gradient {:?}, second {:?}",
        u[middle].re,
        u[middle].gradient,
        u[middle].second(0, 1)
    );
    // The matrix' condition number is some 10⁸.
    let close = |x: f64, exact: f64| assert!((x - exact).abs() < 1e-9 * exact.abs(), "{x} for {exact}");
    close(u[middle].re, exact.re);
    for i in 0..2 {
        close(u[middle].gradient[i], exact.gradient[i]);
        close(u[middle].second(i, 1), exact.second(i, 1));
    }

    // Factors of another matrix are noticed.
    let error = solve_by(&matrix, &right, |a| {
        let mut other = a.clone();
        other.values_mut()[0] *= 2.0;
        cholesky(&other)
    });
    println!("{}", error.expect_err("the equations aren't fulfilled"));
    Ok(())
}

fn conductances<T: Number>([first, slope]: [T; 2]) -> Vec<T> {
    (0..=NODES).map(|i| first + slope * T::lit(number(i) / number(NODES))).collect()
}
