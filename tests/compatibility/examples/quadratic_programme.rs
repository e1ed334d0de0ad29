//! How does an optimum move when its problem does? The solution of a quadratic programme by `clarabel`, differentiated.
//!
//! A portfolio of two assets with the variances 1 and s and no covariance: minimize ½(x² + sy²) subject to x + y = 1 and
//! x, y ≥ 0. Where both assets are held, x = sy, so x = s/(1 + s) and y = 1/(1 + s).

use clarabel::algebra::{CscMatrix, FloatT};
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, ZeroConeT};
use tangents::{Real, jacobian, value_and_derivative};

/// The shares, and the optimal risk.
fn optimum<T: Real + FloatT>(s: T) -> ([T; 2], T) {
    let c = T::lit;
    let covariances = CscMatrix::from(&[[c(1.0), c(0.0)], [c(0.0), s]]);
    let constraints = CscMatrix::from(&[[c(1.0), c(1.0)], [c(-1.0), c(0.0)], [c(0.0), c(-1.0)]]);
    let bounds = [c(1.0), c(0.0), c(0.0)];
    let cones = [ZeroConeT(1), NonnegativeConeT(2)];
    // The default tolerance is 1e-8.
    let settings = DefaultSettings {
        verbose: false,
        tol_gap_abs: c(1e-13),
        tol_gap_rel: c(1e-13),
        tol_feas: c(1e-13),
        ..DefaultSettings::default()
    };
    let mut solver = DefaultSolver::new(&covariances, &[c(0.0); 2], &constraints, &bounds, &cones, settings)
        .expect("the shapes agree");
    solver.solve();
    assert_eq!(solver.solution.status, SolverStatus::Solved);
    ([solver.solution.x[0], solver.solution.x[1]], solver.solution.obj_val)
}

fn main() {
    let shares = jacobian(|s| optimum(s[0]).0, &[3.0_f64]);
    println!("∂(x, y)/∂s = {shares:?}");
    // ±1/(1 + s)²
    assert!((shares[0][0] - 1.0 / 16.0).abs() < 1e-9, "{shares:?}");
    assert!((shares[1][0] + 1.0 / 16.0).abs() < 1e-9, "{shares:?}");

    let (risk, slope) = value_and_derivative(|s| optimum(s).1, 3.0_f64);
    println!("risk {risk}, by s {slope}");
    // s/(2(1 + s)), and by the envelope theorem ½y².
    assert!((risk - 3.0 / 8.0).abs() < 1e-9, "{risk}");
    assert!((slope - 1.0 / 32.0).abs() < 1e-9, "{slope}");
}

#[test]
fn it_agrees_with_the_closed_form() {
    main();
}
