//! `argmin`'s solvers find known minima of functions that are written once and differentiated.

use argmin::core::{Executor, State};
use argmin::solver::gaussnewton::GaussNewton;
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::newton::Newton;
use argmin::solver::quasinewton::{BFGS, LBFGS};
use argmin::solver::trustregion::{Steihaug, TrustRegion};
use tangents::interop::argmin::{LeastSquares, Minimize};
use tangents::{Function, Number};

use crate::Nalgebra;

/// Rosenbrock's function in any number of variables, with its minimum 0 at (1, …, 1).
#[derive(Clone)]
struct Rosenbrock;

impl Function for Rosenbrock {
    type From = [f64];
    type To = f64;

    fn call<D: Number>(&self, x: &[D]) -> D {
        let pairs = x.iter().zip(&x[1..]);
        D::sum(pairs.map(|(&a, &b)| D::lit(100.0) * (b - a * a).powi(2) + (D::one() - a).powi(2)))
    }
}

/// The residuals of which it is the sum of squares.
struct Parts;

impl Function for Parts {
    type From = [f64];
    type To = Vec<f64>;

    fn call<D: Number>(&self, x: &[D]) -> Vec<D> {
        let pairs = x.iter().zip(&x[1..]);
        pairs.flat_map(|(&a, &b)| [D::lit(10.0) * (b - a * a), D::one() - a]).collect()
    }
}

/// That `x` is the minimum to ten digits.
#[track_caller]
fn is_the_minimum(x: &[f64]) {
    assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-10), "{x:?}");
}

#[test]
fn bfgs_on_vecs() {
    let problem: Minimize<Rosenbrock> = Minimize::new(Rosenbrock);
    let solver = BFGS::new(MoreThuenteLineSearch::new())
        .with_tolerance_grad(1e-12)
        .unwrap()
        .with_tolerance_cost(0.0)
        .unwrap();
    let identity = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
    let result = Executor::new(problem, solver)
        .configure(|state| state.param(vec![-1.2, 1.0]).inv_hessian(identity).max_iters(100))
        .run()
        .unwrap();
    is_the_minimum(result.state().get_best_param().unwrap());
}

/// Eleven variables: more than one chunk of lanes.
#[test]
fn lbfgs_on_vecs() {
    let problem: Minimize<Rosenbrock> = Minimize::new(Rosenbrock);
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7)
        .with_tolerance_grad(1e-11)
        .unwrap()
        .with_tolerance_cost(0.0)
        .unwrap();
    // Not from −1.2, where another minimum is near.
    let result = Executor::new(problem, solver)
        .configure(|state| state.param(vec![0.0; 11]).max_iters(500))
        .run()
        .unwrap();
    is_the_minimum(result.state().get_best_param().unwrap());
}

#[test]
fn a_trust_region_on_vecs() {
    let problem: Minimize<Rosenbrock> = Minimize::new(Rosenbrock);
    let result = Executor::new(problem, TrustRegion::new(Steihaug::<Vec<f64>, f64>::new()))
        .configure(|state| state.param(vec![-1.2, 1.0]).max_iters(100))
        .run()
        .unwrap();
    is_the_minimum(result.state().get_best_param().unwrap());
}

/// From (−1.2, 1), Newton's method with whole steps is known to arrive in 6 steps.
#[test]
fn newton_on_nalgebra() {
    let problem: Minimize<Rosenbrock, Nalgebra> = Minimize::new(Rosenbrock);
    let result = Executor::new(problem, Newton::<f64>::new())
        .configure(|state| state.param(vec![-1.2, 1.0].into()).max_iters(7))
        .run()
        .unwrap();
    is_the_minimum(result.state().get_param().unwrap().as_slice());
}

/// The second residual is linear and the first is linear in the other variable, so two steps are enough.
#[test]
fn gauss_newton_on_nalgebra() {
    let problem: LeastSquares<Parts, Nalgebra> = LeastSquares::new(Parts);
    let result = Executor::new(problem, GaussNewton::<f64>::new())
        .configure(|state| state.param(vec![-1.2, 1.0].into()).max_iters(3))
        .run()
        .unwrap();
    is_the_minimum(result.state().get_param().unwrap().as_slice());
}
