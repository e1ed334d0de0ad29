//! `argmin`'s own examples, with their starts and settings, as function values: what is written by hand there is compared, and what they
//! find is the published minimum.

use argmin::core::{CostFunction, Error, Executor, Gradient, Hessian, IterState, Jacobian, Solver, State};
use argmin::solver::conjugategradient::NonlinearConjugateGradient;
use argmin::solver::conjugategradient::beta::PolakRibiere;
use argmin::solver::gaussnewton::{GaussNewton, GaussNewtonLS};
use argmin::solver::gradientdescent::SteepestDescent;
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::newton::NewtonCG;
use argmin::solver::quasinewton::{DFP, SR1, SR1TrustRegion};
use argmin::solver::trustregion::Steihaug;
use nalgebra_0_34::{DMatrix, DVector};
use tangents::interop::argmin::{LeastSquares, Minimize};
use tangents::{Function, Number};

use crate::Nalgebra;

struct Rosenbrock;

impl Function for Rosenbrock {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        (T::one() - x[0]).powi(2) + T::lit(100.0) * (x[1] - x[0].powi(2)).powi(2)
    }
}

/// Its minima are at −2.903534 in every variable, the root of 4x³ − 32x + 5.
struct StyblinskiTang;

impl Function for StyblinskiTang {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        let c = T::lit;
        c(0.5) * T::sum(x.iter().map(|&x| x.powi(4) - c(16.0) * x.powi(2) + c(5.0) * x))
    }
}

/// The rate of a reaction beside its measurements, Wikipedia's example of the method of Gauss and Newton.
struct Rates;

impl Rates {
    const DATA: [(f64, f64); 7] = [
        (0.038, 0.050),
        (0.194, 0.127),
        (0.425, 0.094),
        (0.626, 0.2122),
        (1.253, 0.2729),
        (2.5, 0.2665),
        (3.74, 0.3317),
    ];
}

impl Function for Rates {
    type From = [f64];
    type To = [f64; 7];

    fn call<T: Number>(&self, p: &[T]) -> [T; 7] {
        Self::DATA.map(|(s, rate)| T::lit(rate) - p[0] * T::lit(s) / (p[1] + T::lit(s)))
    }
}

/// The gradient and the Hessian of Rosenbrock's function, and the Jacobian of the rates.
mod by_hand {
    pub(super) fn gradient(x: &[f64]) -> [f64; 2] {
        let valley = x[1] - x[0] * x[0];
        [-2.0 * (1.0 - x[0]) - 400.0 * x[0] * valley, 200.0 * valley]
    }

    pub(super) fn hessian(x: &[f64]) -> [f64; 4] {
        [2.0 - 400.0 * x[1] + 1200.0 * x[0] * x[0], -400.0 * x[0], -400.0 * x[0], 200.0]
    }

    pub(super) fn jacobian(p: &[f64]) -> Vec<[f64; 2]> {
        let row = |&(s, _): &(f64, f64)| [-s / (p[1] + s), p[0] * s / (p[1] + s).powi(2)];
        super::Rates::DATA.iter().map(row).collect()
    }
}

#[track_caller]
fn assert_close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance * expected.abs().max(1.0), "{found} for {expected}");
    }
}

#[test]
fn derivatives_are_those_by_hand() {
    let problem: Minimize<Rosenbrock, Nalgebra> = Minimize::new(Rosenbrock);
    for x in [[-1.2, 1.0], [0.25, 0.5], [1.0, 1.0]] {
        let x = DVector::from_row_slice(&x);
        assert_close(problem.gradient(&x).unwrap().as_slice(), &by_hand::gradient(x.as_slice()), 1e-15);
        assert_close(problem.hessian(&x).unwrap().as_slice(), &by_hand::hessian(x.as_slice()), 1e-15);
    }
    let problem: LeastSquares<Rates, Nalgebra> = LeastSquares::new(Rates);
    let p = DVector::from_row_slice(&[0.9, 0.2]);
    let transposed = problem.jacobian(&p).unwrap().transpose();
    assert_close(transposed.as_slice(), &by_hand::jacobian(p.as_slice()).concat(), 1e-15);
}

/// The best point that a solver finds, in the vectors of `argmin`'s feature `vec`.
fn on_vecs<S>(solver: S, start: [f64; 2], iterations: u64) -> Vec<f64>
where
    S: Solver<Minimize<Rosenbrock>, IterState<Vec<f64>, Vec<f64>, (), (), (), f64>>,
{
    let configured = Executor::new(Minimize::new(Rosenbrock), solver)
        .configure(|state| state.param(start.to_vec()).max_iters(iterations));
    configured.run().unwrap().state().get_best_param().unwrap().clone()
}

/// It takes many steps: after the 100 of the example it is in the valley.
#[test]
fn steepestdescent() {
    let found = on_vecs(SteepestDescent::new(MoreThuenteLineSearch::new()), [1.2, 1.2], 100);
    assert!(Rosenbrock.call(&found[..]) < 1e-2, "{found:?}");
}

/// The example stops after 20.
#[test]
fn nonlinear_cg() {
    let solver = NonlinearConjugateGradient::new(MoreThuenteLineSearch::new(), PolakRibiere::new())
        .restart_iters(10)
        .restart_orthogonality(0.1);
    assert_close(&on_vecs(solver, [1.2, 1.2], 60), &[1.0, 1.0], 1e-7);
}

/// The problem as the example writes it.
struct ByHand;

impl CostFunction for ByHand {
    type Param = DVector<f64>;
    type Output = f64;

    fn cost(&self, x: &DVector<f64>) -> Result<f64, Error> {
        Ok(Rosenbrock.call(x.as_slice()))
    }
}

impl Gradient for ByHand {
    type Param = DVector<f64>;
    type Gradient = DVector<f64>;

    fn gradient(&self, x: &DVector<f64>) -> Result<DVector<f64>, Error> {
        Ok(DVector::from_row_slice(&by_hand::gradient(x.as_slice())))
    }
}

impl Hessian for ByHand {
    type Param = DVector<f64>;
    type Hessian = DMatrix<f64>;

    fn hessian(&self, x: &DVector<f64>) -> Result<DMatrix<f64>, Error> {
        Ok(DMatrix::from_row_slice(2, 2, &by_hand::hessian(x.as_slice())))
    }
}

/// It stops in the valley, where it stops with the derivatives by hand.
#[test]
fn newton_cg() {
    fn found<P>(problem: P) -> DVector<f64>
    where
        NewtonCG<MoreThuenteLineSearch<DVector<f64>, DVector<f64>, f64>, f64>:
            Solver<P, IterState<DVector<f64>, DVector<f64>, (), DMatrix<f64>, (), f64>>,
    {
        let configured = Executor::new(problem, NewtonCG::new(MoreThuenteLineSearch::new()))
            .configure(|state| state.param(DVector::from_row_slice(&[-1.2, 1.0])).max_iters(100));
        configured.run().unwrap().state().get_best_param().unwrap().clone()
    }
    let here = found(Minimize::<Rosenbrock, Nalgebra>::new(Rosenbrock));
    assert!(Rosenbrock.call(here.as_slice()) < 1e-4, "{here}");
    assert_close(here.as_slice(), found(ByHand).as_slice(), 1e-9);
}

/// Rows of the unit matrix.
fn identity(n: usize) -> Vec<Vec<f64>> {
    (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect()
}

#[test]
fn dfp() {
    let problem: Minimize<Rosenbrock> = Minimize::new(Rosenbrock);
    let search = MoreThuenteLineSearch::new().with_c(1e-4, 0.9).unwrap();
    let result = Executor::new(problem, DFP::new(search))
        .configure(|state| state.param(vec![-1.2, 1.0]).inv_hessian(identity(2)).max_iters(1000))
        .run()
        .unwrap();
    assert_close(result.state().get_best_param().unwrap(), &[1.0, 1.0], 1e-7);
}

/// The least value is −39.16616570377142 in each variable, as `argmin`'s collection of test functions states it.
#[track_caller]
fn is_a_minimum_of_styblinski_and_tang(x: &[f64]) {
    for x in x {
        assert!((4.0 * x.powi(3) - 32.0 * x + 5.0).abs() < 1e-5 && *x < -2.9, "{x}");
    }
    let value = StyblinskiTang.call(x);
    assert_close(&[value / 8.0], &[-39.166_165_703_771_42], 1e-12);
}

#[test]
fn sr1() {
    let problem: Minimize<StyblinskiTang> = Minimize::new(StyblinskiTang);
    let search = MoreThuenteLineSearch::new().with_c(1e-4, 0.9).unwrap();
    let result = Executor::new(problem, SR1::new(search))
        .configure(|state| state.param(vec![5.0; 8]).inv_hessian(identity(8)).max_iters(1000))
        .run()
        .unwrap();
    is_a_minimum_of_styblinski_and_tang(result.state().get_best_param().unwrap());
}

/// The solver's tolerance leaves five digits.
#[test]
fn sr1_trustregion() {
    let problem: Minimize<Rosenbrock> = Minimize::new(Rosenbrock);
    let result = Executor::new(problem, SR1TrustRegion::new(Steihaug::new().with_max_iters(20)))
        .configure(|state| state.param(vec![-1.2, 1.0]).hessian(identity(2)).max_iters(1000))
        .run()
        .unwrap();
    assert_close(result.state().get_best_param().unwrap(), &[1.0, 1.0], 1e-5);
}

/// Wikipedia finds 0.362 and 0.556; the gradient by hand vanishes.
#[track_caller]
fn fits_the_rates(p: &[f64]) {
    assert_close(p, &[0.362, 0.556], 5e-4);
    let (residuals, rows) = (Rates.call(p), by_hand::jacobian(p));
    for j in 0..2 {
        let slope: f64 = rows.iter().zip(residuals).map(|(row, r)| row[j] * r).sum();
        assert!(slope.abs() < 1e-6, "{slope}");
    }
}

#[test]
fn gaussnewton() {
    let problem: LeastSquares<Rates, Nalgebra> = LeastSquares::new(Rates);
    let result = Executor::new(problem, GaussNewton::<f64>::new())
        .configure(|state| state.param(DVector::from_row_slice(&[0.9, 0.2])).max_iters(10))
        .run()
        .unwrap();
    fits_the_rates(result.state().get_best_param().unwrap().as_slice());
}

#[test]
fn gaussnewton_linesearch() {
    let problem: LeastSquares<Rates, Nalgebra> = LeastSquares::new(Rates);
    let start = DVector::from_row_slice(&[0.9, 0.2]);
    assert!(problem.cost(&start).unwrap() > 0.1);
    let result = Executor::new(problem, GaussNewtonLS::new(MoreThuenteLineSearch::new()))
        .configure(|state| state.param(start).max_iters(10))
        .run()
        .unwrap();
    fits_the_rates(result.state().get_best_param().unwrap().as_slice());
}
