//! `levenberg-marquardt` 0.15, feature `simba_0_9`: derivatives of the solution of equations.
//!
//! u² + v = 11p − 1 and u + 2v² = 5 have the solution (3, 1) at p = 1. By the implicit function theorem its derivative
//! by p is J⁻¹(11, 0) with J = [[2u, 1], [1, 4v]] = [[6, 1], [1, 4]], of determinant 23: 44/23 and −11/23.

use compatibility::{First, assert_close, first, to_first};
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra::storage::Owned;
use nalgebra::{Matrix2, U2, Vector2};
use nalgebra_0_34 as nalgebra;

struct Equations {
    p: First,
    x: Vector2<First>,
}

impl LeastSquaresProblem<First, U2, U2> for Equations {
    type ResidualStorage = Owned<First, U2>;
    type JacobianStorage = Owned<First, U2, U2>;
    type ParameterStorage = Owned<First, U2>;

    fn set_params(&mut self, x: &Vector2<First>) {
        self.x = *x;
    }

    fn params(&self) -> Vector2<First> {
        self.x
    }

    fn residuals(&self) -> Option<Vector2<First>> {
        let [u, v] = self.x.into();
        Some(Vector2::new(u * u + v - self.p * 11.0 + 1.0, u + v * v * 2.0 - 5.0))
    }

    fn jacobian(&self) -> Option<Matrix2<First>> {
        let [u, v] = self.x.into();
        Some(Matrix2::new(u * 2.0, First::from(1.0), First::from(1.0), v * 4.0))
    }
}

fn solve(start: Vector2<First>) -> [[f64; 2]; 2] {
    let problem = Equations { p: first(1.0), x: start };
    let (solved, report) = LevenbergMarquardt::new().minimize(problem);
    assert!(report.termination.was_successful(), "{report:?}");
    solved.x.map(to_first).into()
}

#[test]
fn derivatives_of_the_solution() {
    // The steps are Newton's near the solution, so tangents are a step behind the values: one step more sets them right.
    let [u, v] = solve(Vector2::new(2.5, 1.5).map(First::from));
    assert_close([u[0], v[0]], [3.0, 1.0], 1e-12);
    assert_close([u[1], v[1]], [44.0 / 23.0, -11.0 / 23.0], 1e-6);
    let problem = Equations { p: first(1.0), x: Vector2::new(u[0], v[0]).map(First::from) };
    let step = problem.jacobian().unwrap().lu().solve(&problem.residuals().unwrap()).unwrap();
    assert_close([-step[0].eps[0], -step[1].eps[0]], [44.0 / 23.0, -11.0 / 23.0], 1e-12);
}

/// Where derivatives end: started at the solution, it has nothing to do, and returns the start, a constant.
#[test]
fn a_start_at_the_solution_has_no_derivative() {
    assert_eq!(solve(Vector2::new(3.0, 1.0).map(First::from)), [[3.0, 0.0], [1.0, 0.0]]);
}
