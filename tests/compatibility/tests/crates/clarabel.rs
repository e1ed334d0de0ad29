//! `clarabel` 0.11: derivatives of the solution of a quadratic programme.
//!
//! Minimize ½px² + ½y² − x − y subject to x + y ≤ 1 and x, y ≥ 0. Where only the first constraint is active, px = y and
//! x + y = 1, so x = 1/(1 + p) and the multiplier is 1 − px = 1/(1 + p) too.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus};
use compatibility::Second;
use compatibility::{assert_close, second, to_second};

#[test]
fn derivatives_of_the_solution() {
    let c = Second::from;
    let p = CscMatrix::from(&[[second(2.0), c(0.0)], [c(0.0), c(1.0)]]);
    let q = [c(-1.0), c(-1.0)];
    let a = CscMatrix::from(&[[c(1.0), c(1.0)], [c(-1.0), c(0.0)], [c(0.0), c(-1.0)]]);
    let b = [c(1.0), c(0.0), c(0.0)];
    // Equilibration divides by largest entries, and where two are equal `max` has no second derivative.
    let settings =
        DefaultSettings { verbose: false, equilibrate_enable: false, ..DefaultSettings::default() };
    let mut solver = DefaultSolver::new(&p, &q, &a, &b, &[NonnegativeConeT(3)], settings).unwrap();
    solver.solve();
    assert_eq!(solver.solution.status, SolverStatus::Solved);

    // The method ends within its tolerance of 1e-8, and its derivatives are of what it ends with.
    let x = [1.0 / 3.0, -1.0 / 9.0, 2.0 / 27.0];
    assert_close(to_second(solver.solution.x[0]), x, 1e-6);
    assert_close(to_second(solver.solution.x[1]), [1.0 - x[0], -x[1], -x[2]], 1e-6);
    assert_close(to_second(solver.solution.z[0]), x, 1e-6);
}
