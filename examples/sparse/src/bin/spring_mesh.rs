//! A net of springs that hangs from two nails, by Newton's method on its energy.
//!
//! Its points x are at rest where the energy is least,
//!
//! ```text
//! E(x) = Σ ½·k·(|xₐ − x_b| − l)²  +  Σ m·g·yₐ  +  Σ ½·K·|xₐ − nail|²
//! ```
//!
//! summed over springs, points and nails. Each term has four coordinates at most, so gradient and Hessian cost what the terms cost, and
//! the Hessian has entries only where a spring joins two points.
//!
//! A spring that is pressed would rather turn aside: its Hessian has a negative eigenvalue, and where many are pressed, as they are here
//! at first, that of the sum isn't positive definite, and Newton's step may lead uphill. If each term's Hessian is made positive
//! semidefinite, the sum is too, and Cholesky's factorization finds a step downhill.

use std::error::Error;

use faer::Side;
use faer::col::ColMut;
use faer::linalg::solvers::Solve;
use faer::sparse::SparseColMatRef;
use faer::sparse::linalg::solvers::{Llt, SymbolicLlt};
use tangents::sparse::{Coloring, Order, Projection, SparseMatrix, TermSum, Terms, blocks};
use tangents::{Function, Number, lambda};
use tangents_examples_sparse::{draw, max_norm, number, symmetric};

const STIFFNESS: f64 = 100.0;
const WEIGHT: f64 = 1.0;
const NAIL: f64 = 1e4;

/// ½·k·(|a − b| − l)² of two points in the plane.
struct Spring {
    length: f64,
}

impl Function for Spring {
    type From = [f64];
    type To = f64;

    #[inline(always)] // into loops that are compiled for an instruction set
    fn call<T: Number>(&self, x: &[T]) -> T {
        let stretch = (x[0] - x[2]).hypot(x[1] - x[3]) - T::lit(self.length);
        T::lit(0.5 * STIFFNESS) * stretch.powi(2)
    }
}

/// The energy of `side` × `side` points, each joined to its neighbours and across the squares, with nails in the upper corners.
fn net(side: usize) -> Result<TermSum<impl Terms>, Box<dyn Error>> {
    let point = |i: usize, j: usize| side * i + j;
    let pairs = (0..side).flat_map(|i| {
        (0..side).flat_map(move |j| [(0, 1), (1, 0), (1, 1)].map(|(k, l)| ((i, j), (i + k, j + l))))
    });
    let across = (1..side).flat_map(|i| (1..side).map(move |j| ((i, j - 1), (i - 1, j))));
    let springs = pairs.filter(|&(_, (i, j))| i < side && j < side).chain(across).map(|(a, b)| {
        let length = if a.0 == b.0 || a.1 == b.1 { 1.0 } else { 2.0_f64.sqrt() };
        (Spring { length }, blocks::<2, _, 4>([point(a.0, a.1), point(b.0, b.1)]))
    });
    let weights =
        (0..side * side).map(|k| (lambda!(|x: [f64]| -> f64 { T::lit(WEIGHT) * x[0] }), [2 * k + 1]));
    let nails = [(point(0, 0), 0.0), (point(0, side - 1), number(side - 1))].map(|(k, at)| {
        let nail = lambda!([at: f64 = at] |x: [f64]| -> f64 {
            T::lit(0.5 * NAIL) * ((x[0] - T::lit(at)).powi(2) + x[1].powi(2))
        });
        (nail, [2 * k, 2 * k + 1])
    });
    let (springs, weights): (Vec<_>, Vec<_>) = (springs.collect(), weights.collect());
    Ok(TermSum::new(2 * side * side, (springs, weights, nails))?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let side = 24;
    let energy = net(side)?;
    let entries = symmetric(energy.pattern());
    let symbolic = SymbolicLlt::try_new(entries, Side::Lower)?;
    let factor = |hessian: &SparseMatrix<f64>| {
        let matrix = SparseColMatRef::new(entries, hessian.values());
        Llt::try_new_with_symbolic(symbolic.clone(), matrix, Side::Lower)
    };

    // The net, pressed together.
    let mut x: Vec<_> =
        (0..side * side).flat_map(|k| [0.6 * number(k % side), -0.6 * number(k / side)]).collect();
    let mut at = energy.value_gradient_and_hessian(&x)?;
    let mut projected = 0;
    for iteration in 1.. {
        let factors = factor(&at.hessian).or_else(|_not_definite| {
            projected += 1;
            let at = energy.value_gradient_and_projected_hessian(&x, Projection::Clamp(1e-9))?;
            Ok::<_, Box<dyn Error>>(factor(&at.hessian)?)
        })?;
        let mut step = at.gradient.clone();
        factors.solve_in_place(ColMut::from_slice_mut(&mut step));

        // Half as far until the energy falls as its slope promises, up to rounding.
        let slope: f64 = at.gradient.iter().zip(&step).map(|(g, s)| g * s).sum();
        let to = |length: f64| x.iter().zip(&step).map(|(x, s)| x - length * s).collect::<Vec<_>>();
        let mut length = 1.0;
        while energy.value(&to(length))? > at.value - 1e-4 * length * slope + 1e-12 * at.value.abs() {
            length /= 2.0;
        }
        x = to(length);
        at = energy.value_gradient_and_hessian(&x)?;
        let force = max_norm(&at.gradient);
        println!("step {iteration}: {length} of Newton's, energy {:.6}, largest force {force:.1e}", at.value);
        if force < 1e-9 {
            break;
        }
        assert!(iteration < 50, "Newton's method must converge");
    }

    // At rest, and the two nails carry the net.
    let pull = -NAIL * (x[1] + x[2 * (side - 1) + 1]);
    println!("{projected} Hessians projected; the nails pull {pull:.6}");
    assert!(projected > 0 && max_norm(&at.gradient) < 1e-9);
    assert!((pull / (WEIGHT * number(side * side)) - 1.0).abs() < 1e-9);

    let pattern = net(5)?.pattern().clone();
    draw("spring_mesh", "Net of 5 × 5 points, Hessian", &pattern, &Coloring::star(&pattern, Order::ALL)?)?;
    Ok(())
}
