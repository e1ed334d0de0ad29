//! Integrators on dual numbers, of the variational equation, and with sensitivities of their own, against derivatives of the flow.

use std::cell::Cell;

use differential_equations::prelude::*;
use differential_equations::traits::Real as RealField;
use diffsol::{
    DenseMatrix, FaerSparseLU, FaerSparseMat, Matrix, NalgebraLU, NalgebraMat, OdeBuilder,
    SensitivitiesOdeSolverMethod,
};
use ode::{
    Brusselator, DecayChain, Equation, Logistic, LotkaVolterra, Pendulum, Robertson, VanDerPol, assert_rows,
    reference,
};
use ode_solvers::{DVector, Dop853, OutputType};
use tangents::interop::diffsol::Equations;
use tangents::ode::Variational;
use tangents::{Dual, Function, HyperDual, Number, Taylor, value_and_jacobian};

/// That a solution, and its derivatives in initial state and parameters, are those of the equation.
macro_rules! compare {
    ($E:ident, $tolerance:expr, |$start:ident, $parameters:ident, $t:ident| $solution:expr) => {{
        let expected = reference::<$E>();
        let (x, n) = ([&*expected.start, &*expected.parameters].concat(), expected.start.len());
        for state in &expected.states {
            let (y, jacobian) = value_and_jacobian(
                |x| {
                    let ($start, $parameters, $t) = (x[..n].to_vec(), x[n..].to_vec(), state.t);
                    $solution
                },
                &x,
            );
            let rows: Vec<Vec<f64>> =
                (0..x.len()).map(|k| jacobian.iter().map(|row| row[k]).collect()).collect();
            assert_rows($E::NAME, state.t, &[y], std::slice::from_ref(&state.y), $tolerance);
            assert_rows($E::NAME, state.t, &rows[..n], &state.by_start, $tolerance);
            assert_rows($E::NAME, state.t, &rows[n..], &state.by_parameters, $tolerance);
        }
    }};
}

// On dual numbers

/// An equation on one number, as `differential-equations` wants it.
#[derive(Debug)]
struct On<E, T>(E, Vec<T>);

impl<E: Equation, T: Number + RealField, const N: usize> ODE<T, [T; N]> for On<E, T> {
    fn diff(&self, t: T, y: &[T; N], dy: &mut [T; N]) {
        dy.copy_from_slice(&self.0.call(&(y.to_vec(), self.1.clone(), t)));
    }
}

fn explicit<const N: usize, E: Equation, T: Number + RealField>(
    equation: E,
    start: &[T],
    parameters: Vec<T>,
    t: f64,
) -> Vec<T> {
    let method = ExplicitRungeKutta::dop853().rtol(T::lit(1e-12)).atol(T::lit(1e-12));
    let (problem, start) = (On(equation, parameters), <[T; N]>::try_from(start).expect("N numbers"));
    let solution = IVP::ode(&problem, T::lit(0.0), T::lit(t), start).method(method).solve();
    solution.expect("the equation isn't stiff").last().expect("there is an end").1.to_vec()
}

fn implicit<const N: usize, E: Equation, T: Number + RealField>(
    equation: E,
    start: &[T],
    parameters: Vec<T>,
    t: f64,
) -> Vec<T> {
    let method = ImplicitRungeKutta::radau5().rtol(T::lit(1e-10)).atol(T::lit(1e-13));
    let (problem, start) = (On(equation, parameters), <[T; N]>::try_from(start).expect("N numbers"));
    let solution = IVP::ode(&problem, T::lit(0.0), T::lit(t), start).method(method).solve();
    solution.expect("it solves stiff equations").last().expect("there is an end").1.to_vec()
}

#[test]
fn on_dual_numbers() {
    macro_rules! each {
        ($($E:ident $solve:ident $n:literal $tolerance:literal;)*) => {$(
            compare!($E, $tolerance, |start, parameters, t| $solve::<$n, _, _>($E, &start, parameters, t));
        )*};
    }
    each! {
        DecayChain explicit 2 1e-9;
        Logistic explicit 1 1e-9;
        LotkaVolterra explicit 2 1e-9;
        VanDerPol explicit 2 1e-9;
        Pendulum explicit 2 1e-9;
        Brusselator explicit 2 1e-9;
    }
}

/// The stages of an implicit method are iterated until their values have converged, and its steps suit the values: of the tangents of
/// a stiff equation, whose transients are faster, one or two digits are left. The ways below don't lose them.
#[test]
fn implicit_methods_on_dual_numbers_keep_values_and_lose_digits_of_tangents() {
    let expected = reference::<Robertson>();
    for state in &expected.states {
        let y = implicit::<3, _, _>(Robertson, &expected.start, expected.parameters.clone(), state.t);
        assert_rows(Robertson::NAME, state.t, &[y], std::slice::from_ref(&state.y), 1e-6);
    }
    compare!(Robertson, 5e-2, |start, parameters, t| implicit::<3, _, _>(Robertson, &start, parameters, t));
}

// Of plain numbers, with the coefficients of the numbers as unknowns

fn variational<E: Equation, T: Number>(equation: E, start: Vec<T>, parameters: Vec<T>, t: f64) -> Vec<T> {
    let equation = Variational::new(equation, start, parameters);
    let system = System(|t: f64, z: &DVector<f64>, dz: &mut DVector<f64>| {
        equation.derivative(t, z.as_slice(), dz.as_mut_slice());
    });
    let mut integrator = Dop853::new(system, 0.0, t, t, equation.start().into(), 1e-12, 1e-12);
    // Of dense output the end is left out.
    integrator.set_output(OutputType::Sparse);
    integrator.integrate().expect("the equation isn't stiff");
    equation.solution(integrator.y_out().last().expect("there is an end").as_slice())
}

/// A closure as `ode_solvers` wants it.
struct System<F>(F);

impl<F: Fn(f64, &DVector<f64>, &mut DVector<f64>)> ode_solvers::System<f64, DVector<f64>> for System<F> {
    fn system(&self, t: f64, z: &DVector<f64>, dz: &mut DVector<f64>) {
        (self.0)(t, z, dz);
    }
}

#[test]
fn of_the_variational_equation() {
    macro_rules! each {
        ($($E:ident)*) => {$(
            compare!($E, 1e-10, |start, parameters, t| variational($E, start, parameters, t));
        )*};
    }
    each! { DecayChain Logistic LotkaVolterra VanDerPol Pendulum Brusselator }
}

/// What swings around 0, twenty radians in a second.
#[derive(Clone, Copy, Debug)]
struct Swing;

impl Function for Swing {
    type From = (Vec<f64>, Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, (y, _, _): &(Vec<T>, Vec<T>, T)) -> Vec<T> {
        vec![T::lit(20.0) * y[1], T::lit(-20.0) * y[0]]
    }
}

impl Equation for Swing {
    const NAME: &str = "swing";
}

#[test]
fn step_control_sees_tangents_of_the_variational_equation_only() {
    // At rest nothing happens to the values, so that any step will do; the derivative by the initial state is cos 20t.
    let (t, exact) = (3.0, 60_f64.cos());
    let start = || vec![Dual::<f64, 1>::variable(0.0, 0), 0.0.into()];
    let on_duals = explicit::<2, _, _>(Swing, &start(), vec![], t)[0].eps[0];
    let with_tangents = variational(Swing, start(), vec![], t)[0].eps[0];
    assert!((with_tangents - exact).abs() < 1e-9, "{with_tangents} for {exact}");
    assert!((on_duals - exact).abs() > 0.1, "{on_duals} for {exact}");
}

/// That a state comes back from its unknowns, each once.
fn assert_comes_back<T: Number + std::fmt::Debug>(state: Vec<T>, unknowns: usize) {
    let printed = format!("{state:?}");
    let equation = Variational::new(DecayChain, state, vec![T::one(); 2]);
    let start = equation.start();
    assert_eq!(start.len(), unknowns, "{printed}");
    assert_eq!(format!("{:?}", equation.solution(&start)), printed);
    // No two of them are one.
    let mut sorted = start;
    sorted.sort_by(f64::total_cmp);
    assert!(sorted.windows(2).all(|pair| pair[0] < pair[1]), "{printed}");
}

#[test]
fn unknowns_are_the_coefficients_of_every_number() {
    let count = Cell::new(0.0);
    let next = || {
        count.set(count.get() + 1.0);
        count.get()
    };
    let dual = || Dual::<f64, 3>::new(next(), [next(), next(), next()]);
    assert_comes_back(vec![dual(), dual()], 8);
    let hyper = || {
        let (value, gradient) = (next(), [next(), next(), next(), next()]);
        let entries: [f64; 10] = std::array::from_fn(|_| next());
        HyperDual::<f64, 4>::from_fn(value, gradient, |i, j| {
            let (i, j) = (i.min(j), i.max(j));
            entries[i * (7 - i) / 2 + j]
        })
    };
    assert_comes_back(vec![hyper(), hyper()], 2 * 15);
    let taylor = || Taylor::<f64, 3>::new(next(), [next(), next(), next()]);
    assert_comes_back(vec![taylor(), taylor()], 8);
    let nested = || Dual::<Taylor<f64, 3>, 2>::new(taylor(), [taylor(), taylor()]);
    assert_comes_back(vec![nested(), nested()], 24);
}

#[test]
#[should_panic(expected = "the state has 8 unknowns, not 7")]
fn another_number_of_unknowns_is_the_callers_bug() {
    let state = vec![Dual::<f64, 3>::constant(1.0); 2];
    let _ = Variational::new(DecayChain, state.clone(), state).solution(&[0.0; 7]);
}

// With sensitivities of their own

/// An equation whose first parameters are the initial state.
#[derive(Clone, Copy)]
struct FromStart<E>(E, usize);

impl<E: Equation> Function for FromStart<E> {
    type From = (Vec<f64>, Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, (y, p, t): &(Vec<T>, Vec<T>, T)) -> Vec<T> {
        self.0.call(&(y.clone(), p[self.1..].to_vec(), *t))
    }
}

/// That state.
struct Start(usize);

impl Function for Start {
    type From = (Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, (p, _): &(Vec<T>, T)) -> Vec<T> {
        p[..self.0].to_vec()
    }
}

/// The columns of a matrix of a solution.
fn column(matrix: &impl DenseMatrix<T = f64>, j: usize) -> Vec<f64> {
    (0..matrix.nrows()).map(|i| matrix.get_index(i, j)).collect()
}

fn builder<M: Matrix<T = f64>>(atol: f64) -> OdeBuilder<M> {
    OdeBuilder::new().rtol(1e-10).atol([atol]).sens_rtol(1e-10).sens_atol([atol])
}

/// That the sensitivities of a solver of `diffsol` are those of the equation.
macro_rules! compare_solver {
    ($E:ident on $M:ty, $method:ident $LS:ty, $tolerance:expr) => {{
        let expected = reference::<$E>();
        let (x, n) = ([&*expected.start, &*expected.parameters].concat(), expected.start.len());
        let equations = Equations::new(FromStart($E, n), Start(n), x);
        let problem = equations.problem(builder::<$M>(1e-13)).expect("it doesn't branch");
        let times: Vec<f64> = expected.states.iter().map(|state| state.t).collect();
        let mut solver = problem.$method::<$LS>().expect("it has a state");
        let (y, sensitivities, _) = solver.solve_dense_sensitivities(&times).expect("it can be solved");
        for (j, state) in expected.states.iter().enumerate() {
            let rows: Vec<_> = sensitivities.iter().map(|of| column(of, j)).collect();
            assert_rows($E::NAME, state.t, &[column(&y, j)], std::slice::from_ref(&state.y), $tolerance);
            assert_rows($E::NAME, state.t, &rows[..n], &state.by_start, $tolerance);
            assert_rows($E::NAME, state.t, &rows[n..], &state.by_parameters, $tolerance);
        }
    }};
}

#[test]
fn of_diffsol_with_dense_matrices() {
    macro_rules! each {
        ($($E:ident)*) => {$(
            compare_solver!($E on NalgebraMat<f64>, bdf_sens NalgebraLU<f64>, 1e-6);
        )*};
    }
    each! { DecayChain Logistic LotkaVolterra VanDerPol Robertson Pendulum Brusselator }
    compare_solver!(Pendulum on NalgebraMat<f64>, esdirk34_sens NalgebraLU<f64>, 1e-6);
    compare_solver!(Robertson on NalgebraMat<f64>, esdirk34_sens NalgebraLU<f64>, 1e-6);
}

#[test]
fn of_diffsol_with_sparse_matrices() {
    macro_rules! each {
        ($($E:ident)*) => {$(
            compare_solver!($E on FaerSparseMat<f64>, bdf_sens FaerSparseLU<f64>, 1e-6);
        )*};
    }
    each! { DecayChain Robertson Brusselator }
}
