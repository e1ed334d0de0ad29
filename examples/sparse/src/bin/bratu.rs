//! The boundary-value problem of Bratu on 100 000 points, by Newton's method.
//!
//! ```text
//! u″ + λ·eᵘ = 0,  u(0) = u(1) = 0
//! ```
//!
//! is the temperature across a slab in which fuel burns, the faster the hotter it is. On n points inside, h = 1/(n + 1) apart, central
//! differences make it n equations, here multiplied by h²:
//!
//! ```text
//! uᵢ₋₁ − 2·uᵢ + uᵢ₊₁ + h²·λ·exp(uᵢ) = 0
//! ```
//!
//! Each has three unknowns, so the Jacobian has three diagonals, and columns that are three apart share no row: three colours, three
//! lanes, one evaluation of the equations for any n. A dense Jacobian would have 80 GB.
//!
//! The solution is known, u(x) = 2·ln(cosh(θ/4)/cosh((x − ½)·θ/2)) with θ = √(2λ)·cosh(θ/4), the smaller of two for λ below 3.5138.

use std::error::Error;

use faer::col::ColMut;
use faer::linalg::solvers::Solve;
use faer::sparse::SparseColMatRef;
use faer::sparse::linalg::solvers::{Lu, SymbolicLu};
use tangents::sparse::{JacobianPlan, Layout, SparseWorkspace};
use tangents::{Function, Number};
use tangents_examples_sparse::{columns, draw, max_norm, number};

const LAMBDA: f64 = 2.0;

/// The equations, for as many points as there are unknowns.
struct Bratu;

impl Function for Bratu {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)] // into drivers that are compiled for an instruction set
    fn call<T: Number>(&self, u: &[T]) -> Vec<T> {
        let factor = T::lit(LAMBDA * spacing(u.len()).powi(2));
        let at = |i: usize| u.get(i).copied().unwrap_or(T::zero()); // 0 at both ends
        (0..u.len())
            .map(|i| at(i.wrapping_sub(1)) - T::lit(2.0) * u[i] + at(i + 1) + factor * u[i].exp())
            .collect()
    }
}

fn spacing(n: usize) -> f64 {
    1.0 / number(n + 1)
}

fn main() -> Result<(), Box<dyn Error>> {
    // Where the entries are, found by running the function once; which columns share a lane; and where each entry goes.
    let n = 100_000;
    let mut u = vec![0.0; n];
    let plan = JacobianPlan::from_pattern(Bratu.jacobian_pattern(&u)?)?.with_layout(Layout::Columns);
    let symbolic = SymbolicLu::try_new(columns(&plan))?;

    let (mut step, mut values, mut workspace) = (vec![0.0; n], vec![0.0; plan.nnz()], SparseWorkspace::new());
    for iteration in 1.. {
        plan.value_and_jacobian_into(&Bratu, &u, &mut step, &mut values, &mut workspace)?;
        let jacobian = SparseColMatRef::new(columns(&plan), &values);
        let factors = Lu::try_new_with_symbolic(symbolic.clone(), jacobian)?;
        factors.solve_in_place(ColMut::from_slice_mut(&mut step));
        u.iter_mut().zip(&step).for_each(|(u, step)| *u -= step);
        println!("Newton's step {iteration}: {:.1e}", max_norm(&step));
        if max_norm(&step) < 1e-9 {
            break;
        }
        assert!(iteration < 10, "Newton's method must converge");
    }

    let theta = (0..100).fold(1.0, |theta: f64, _| (2.0 * LAMBDA).sqrt() * (theta / 4.0).cosh());
    let exact = |x: f64| 2.0 * ((theta / 4.0).cosh() / ((x - 0.5) * theta / 2.0).cosh()).ln();
    let errors: Vec<_> = u.iter().enumerate().map(|(i, u)| u - exact(number(i + 1) * spacing(n))).collect();
    let error = max_norm(&errors);
    println!("u(½) = {:.6}, largest error {error:.1e}", u[n / 2]);
    assert!(error < 1e-10);

    let small = JacobianPlan::from_pattern(Bratu.jacobian_pattern(&[0.0; 24])?)?;
    draw("bratu", "Bratu, 24 points", small.pattern(), small.coloring())?;
    Ok(())
}
