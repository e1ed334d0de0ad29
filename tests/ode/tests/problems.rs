//! What `interop::diffsol` gives the solvers: patterns, evaluations counted, mass matrices, events, and what it refuses.

use std::cell::Cell;

use diffsol::matrix::sparsity::MatrixSparsity;
use diffsol::{
    ConstantOp, DenseMatrix, FaerSparseLU, FaerSparseMat, Matrix, NalgebraLU, NalgebraMat, NonLinearOp,
    NonLinearOpJacobian, NonLinearOpSens, OdeBuilder, OdeEquations, OdeSolverMethod, OdeSolverStopReason, Op,
    SensitivitiesOdeSolverMethod, Vector,
};
use ode::{Equation, Robertson, assert_rows, reference};
use tangents::interop::diffsol::{Equations, ProblemError};
use tangents::sparse::{Pattern, SparseError, SparseMatrix};
use tangents::{Function, Number, lambda};

/// The Brusselator on a line: two substances in each of some cells, which react and diffuse to the neighbours. The parameters are A, B and
/// the rate of diffusion.
struct Line {
    calls: Cell<usize>,
}

impl Function for Line {
    type From = (Vec<f64>, Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, (y, p, _): &(Vec<T>, Vec<T>, T)) -> Vec<T> {
        self.calls.set(self.calls.get() + 1);
        let n = y.len();
        let diffused = |i: usize| {
            let (left, right) = (y[if i < 2 { i } else { i - 2 }], y[if i + 2 < n { i + 2 } else { i }]);
            p[2] * (left - y[i] - y[i] + right)
        };
        let cell = |i: usize| {
            let (u, v) = (y[i], y[i + 1]);
            let made = u * u * v;
            [p[0] + made - (p[1] + T::one()) * u + diffused(i), p[1] * u - made + diffused(i + 1)]
        };
        (0..n).step_by(2).flat_map(cell).collect()
    }
}

const CELLS: usize = 40;
const RATES: [f64; 3] = [1.0, 3.0, 2.0];

/// A bump in the middle; the height of its foot is A.
struct Bump;

impl Function for Bump {
    type From = (Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, (p, _): &(Vec<T>, T)) -> Vec<T> {
        let bump = |i: u32| (-(f64::from(i) - 20.0).powi(2) / 20.0).exp();
        (0..40).flat_map(|i| [p[0] + T::lit(bump(i)), p[1] / p[0]]).collect()
    }
}

fn line() -> Equations<Line, Bump, Vec<f64>> {
    Equations::new(Line { calls: Cell::new(0) }, Bump, RATES.to_vec())
}

/// Where the Jacobian of the line has entries: written out by hand.
fn neighbours() -> Vec<(usize, usize)> {
    let n = 2 * CELLS;
    let near = |i: usize| [i.checked_sub(2), Some(i), Some(i ^ 1), Some(i + 2).filter(|&j| j < n)];
    let mut entries: Vec<_> =
        (0..n).flat_map(|i| near(i).into_iter().flatten().map(move |j| (i, j))).collect();
    entries.sort_unstable();
    entries
}

#[test]
fn the_pattern_is_the_equations_and_few_evaluations_give_the_jacobian() {
    let equations = line();
    let problem = equations.problem(OdeBuilder::<FaerSparseMat<f64>>::new()).unwrap();
    let rhs = problem.eqn.rhs();
    let sparsity = rhs.jacobian_sparsity().unwrap();
    let mut found = MatrixSparsity::<FaerSparseMat<f64>>::indices(&sparsity);
    found.sort_unstable();
    assert_eq!(found, neighbours());

    let y = problem.eqn.init().call(0.0);
    // ∂f/∂A is 1 in the first substance and 0 in the second; ∂f/∂B is −u and u.
    let sensitivities = rhs.sens(&y, 0.0);
    let (indices, values) = sensitivities.triplet_iter();
    for ((i, j), value) in indices.zip(values) {
        let u = y.get_index(i & !1);
        match (j, i % 2) {
            (0, 0) => assert_eq!(value, 1.0),
            (1, 0) => assert_eq!(value, -u),
            (1, 1) => assert_eq!(value, u),
            (2, _) => (),
            entry => panic!("there is no {entry:?}"),
        }
    }

    // The same on a dense matrix, whose every entry can be asked for.
    let dense = line().problem(OdeBuilder::<NalgebraMat<f64>>::new()).unwrap();
    let dense_y = dense.eqn.init().call(0.0);
    let expected = dense.eqn.rhs().jacobian(&dense_y, 0.0);
    let by_function = Line { calls: Cell::new(0) }.jacobian(&(dense_y.clone_as_vec(), RATES.to_vec(), 0.0));
    for (i, (row, _, _)) in by_function.iter().enumerate() {
        (0..2 * CELLS).for_each(|j| assert_eq!(expected.get_index(i, j), row[j]));
    }
    let jacobian = rhs.jacobian(&y, 0.0);
    let (indices, values) = jacobian.triplet_iter();
    indices.zip(values).for_each(|((i, j), value)| assert_eq!(value, expected.get_index(i, j)));
}

/// How often the line is evaluated by `run`, on an operator of the problem.
macro_rules! evaluations {
    ($M:ty, |$rhs:ident, $y:ident| $run:expr) => {{
        let line = Line { calls: Cell::new(0) };
        let problem = Equations::new(&line, Bump, RATES.to_vec()).problem(OdeBuilder::<$M>::new()).unwrap();
        let ($rhs, $y) = (problem.eqn.rhs(), problem.eqn.init().call(0.0));
        line.calls.set(0);
        let _ = $run;
        line.calls.get()
    }};
}

#[test]
fn evaluations_are_counted() {
    assert_eq!(evaluations!(FaerSparseMat<f64>, |rhs, y| rhs.call(&y, 0.0)), 1);
    // Of 80 columns at most 8 colours are left, in one evaluation; a perturbation check of debug builds adds none here.
    assert_eq!(evaluations!(FaerSparseMat<f64>, |rhs, y| rhs.jacobian(&y, 0.0)), 1);
    assert_eq!(evaluations!(NalgebraMat<f64>, |rhs, y| rhs.jacobian(&y, 0.0)), 1);
    assert_eq!(evaluations!(FaerSparseMat<f64>, |rhs, y| rhs.sens(&y, 0.0)), 1);
    assert_eq!(evaluations!(FaerSparseMat<f64>, |rhs, y| rhs.jac_mul(&y, 0.0, &y)), 1);
}

#[test]
fn sparse_and_dense_matrices_give_one_solution() {
    let times = [0.5, 1.0];
    macro_rules! solved {
        ($M:ty, $LS:ty) => {{
            let builder = OdeBuilder::<$M>::new().rtol(1e-9).atol([1e-11]).sens_rtol(1e-9).sens_atol([1e-11]);
            let problem = line().problem(builder).unwrap();
            let mut solver = problem.bdf_sens::<$LS>().unwrap();
            let (y, sensitivities, _) = solver.solve_dense_sensitivities(&times).unwrap();
            let column = |matrix: &_| {
                (0..2 * CELLS).map(|i| DenseMatrix::get_index(matrix, i, 1)).collect::<Vec<f64>>()
            };
            (column(&y), sensitivities.iter().map(column).collect::<Vec<_>>())
        }};
    }
    let (y, sensitivities) = solved!(NalgebraMat<f64>, NalgebraLU<f64>);
    let (sparse_y, sparse_sensitivities) = solved!(FaerSparseMat<f64>, FaerSparseLU<f64>);
    assert_rows("line", 1.0, &[sparse_y], &[y], 1e-7);
    assert_rows("line", 1.0, &sparse_sensitivities, &sensitivities, 1e-7);
}

/// Decay whose rate depends on the side of a threshold.
struct Threshold;

impl Function for Threshold {
    type From = (Vec<f64>, Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, (y, p, _): &(Vec<T>, Vec<T>, T)) -> Vec<T> {
        let pull = if y[0] > T::lit(0.5) { T::zero() } else { y[1] };
        vec![-p[0] * y[0], pull - y[1] - y[1]]
    }
}

#[test]
fn a_function_that_branches_is_refused_where_the_pattern_matters() {
    let start = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let _ = z;
        vec![T::one(), T::one()]
    });
    let equations = || Equations::new(Threshold, start, vec![1.0]);
    let refused = equations().problem(OdeBuilder::<FaerSparseMat<f64>>::new()).err().unwrap();
    let ProblemError::Sparse(SparseError::Question(question)) = &refused else { panic!("{refused}") };
    assert_eq!(question.asked(), ">");

    // A dense matrix needs none, and given the pattern of both branches a sparse one is right in both.
    let dense = equations().problem(OdeBuilder::<NalgebraMat<f64>>::new()).unwrap();
    let pattern = || Pattern::from_entries((2, 2), [(0, 0), (1, 1)]).unwrap();
    let sparse =
        equations().with_pattern(pattern()).problem(OdeBuilder::<FaerSparseMat<f64>>::new()).unwrap();
    for (y, slope) in [([1.0, 2.0], -2.0), ([0.25, 2.0], -1.0)] {
        let at = |context| Vector::from_vec(y.to_vec(), context);
        assert_eq!(dense.eqn.rhs().jacobian(&at(*dense.eqn.context()), 0.0).get_index(1, 1), slope);
        let jacobian = sparse.eqn.rhs().jacobian(&Vector::from_vec(y.to_vec(), *sparse.eqn.context()), 0.0);
        assert_eq!(jacobian.triplet_iter().1.collect::<Vec<_>>(), [-1.0, slope]);
    }

    let wrong = equations().with_pattern(Pattern::from_entries((3, 3), []).unwrap());
    let refused = wrong.problem(OdeBuilder::<NalgebraMat<f64>>::new()).err().unwrap();
    assert!(matches!(refused, ProblemError::Sparse(SparseError::Shape(_))), "{refused}");
    let mass = SparseMatrix::new(Pattern::from_entries((1, 1), [(0, 0)]).unwrap(), vec![1.0]).unwrap();
    let refused = equations().with_mass(mass).problem(OdeBuilder::<NalgebraMat<f64>>::new()).err().unwrap();
    assert!(matches!(refused, ProblemError::Sparse(SparseError::Shape(_))), "{refused}");
    // The state has three numbers, and the function returns two.
    let long = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let _ = z;
        vec![T::one(); 3]
    });
    let refused = Equations::new(Threshold, long, vec![1.0])
        .problem(OdeBuilder::<NalgebraMat<f64>>::new())
        .err()
        .unwrap();
    assert!(matches!(refused, ProblemError::Sparse(SparseError::Shape(_))), "{refused}");
}

/// Robertson's reactions with the sum of the substances in place of the third equation.
#[derive(Clone, Copy)]
struct Conserved;

impl Function for Conserved {
    type From = (Vec<f64>, Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, z: &(Vec<T>, Vec<T>, T)) -> Vec<T> {
        let slopes = Robertson.call(z);
        vec![slopes[0], slopes[1], z.0[0] + z.0[1] + z.0[2] - T::one()]
    }
}

#[test]
fn a_singular_mass_matrix_makes_an_equation_algebraic() {
    let expected = reference::<Robertson>();
    let mass =
        || SparseMatrix::new(Pattern::from_entries((3, 3), [(0, 0), (1, 1)]).unwrap(), vec![1.0; 2]).unwrap();
    let start = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let _ = z;
        vec![T::one(), T::zero(), T::zero()]
    });
    macro_rules! compare {
        ($M:ty, $LS:ty) => {{
            let builder = OdeBuilder::<$M>::new().rtol(1e-9).atol([1e-13]).sens_rtol(1e-9).sens_atol([1e-13]);
            let equations = Equations::new(Conserved, start, expected.parameters.clone()).with_mass(mass());
            let problem = equations.problem(builder).unwrap();
            let times: Vec<f64> = expected.states.iter().map(|state| state.t).collect();
            let mut solver = problem.bdf_sens::<$LS>().unwrap();
            let (y, sensitivities, _) = solver.solve_dense_sensitivities(&times).unwrap();
            for (j, state) in expected.states.iter().enumerate() {
                let column =
                    |matrix: &_| (0..3).map(|i| DenseMatrix::get_index(matrix, i, j)).collect::<Vec<f64>>();
                let rows: Vec<_> = sensitivities.iter().map(column).collect();
                assert_rows(Robertson::NAME, state.t, &[column(&y)], std::slice::from_ref(&state.y), 1e-6);
                assert_rows(Robertson::NAME, state.t, &rows, &state.by_parameters, 1e-5);
            }
        }};
    }
    compare!(NalgebraMat<f64>, NalgebraLU<f64>);
    compare!(FaerSparseMat<f64>, FaerSparseLU<f64>);
}

#[test]
fn the_solver_stops_at_an_event_and_goes_on_from_a_reset() {
    // A ball falls from h, by g, and keeps e of its speed: parameters (h, e, g).
    let fall = lambda!(|z: ([f64; 2], [f64; 3], f64)| -> [f64; 2] { [z.0[1], -z.1[2]] });
    let start = lambda!(|z: ([f64; 3], f64)| -> [f64; 2] { [z.0[0], T::zero()] });
    let floor = lambda!(|z: ([f64; 2], [f64; 3], f64)| -> f64 { z.0[0] });
    let bounce = lambda!(|z: ([f64; 2], [f64; 3], f64)| -> [f64; 2] { [T::zero(), -z.1[1] * z.0[1]] });
    let (h, e, g) = (1.5_f64, 0.75, 9.81);
    let builder =
        || OdeBuilder::<NalgebraMat<f64>>::new().rtol(1e-9).atol([1e-10]).sens_rtol(1e-9).sens_atol([1e-10]);

    let problem = Equations::new(fall, start, [h, e, g]).with_root(floor).problem(builder()).unwrap();
    let mut solver = problem.bdf::<NalgebraLU<f64>>().unwrap();
    let (_, _, reason) = solver.solve(2.0).unwrap();
    let time = (2.0 * h / g).sqrt();
    assert!(matches!(reason, OdeSolverStopReason::RootFound(t, 0) if (t - time).abs() < 1e-8), "{reason:?}");

    let equations = Equations::new(fall, start, [h, e, g]).with_root(floor).with_reset(bounce);
    let problem = equations.problem(builder()).unwrap();
    let mut solver = problem.bdf_sens::<NalgebraLU<f64>>().unwrap();
    let t = 1.0;
    let (y, sensitivities, _) = solver.solve_dense_sensitivities(&[t]).unwrap();
    // After the bounce x = v·(t − t₁) − g·(t − t₁)²/2 with v = e·√(2gh).
    let after = lambda!(|p: [f64]| -> f64 {
        let (two, t1) = (T::lit(2.0), (T::lit(2.0) * p[0] / p[2]).sqrt());
        let s = T::lit(1.0) - t1;
        p[1] * (two * p[2] * p[0]).sqrt() * s - p[2] * s * s / two
    });
    let (x, slopes) = after.value_and_gradient(&[h, e, g]);
    assert!((y.get_index(0, 0) - x).abs() < 1e-6, "{} {x}", y.get_index(0, 0));
    for (found, expected) in sensitivities.iter().zip(slopes) {
        let found = found.get_index(0, 0);
        assert!((found - expected).abs() < 1e-5, "{found} for {expected}");
    }
}
