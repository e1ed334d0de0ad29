//! Derivatives through integrators of ordinary differential equations: exact ones of the discrete map where the
//! integrator is the function, and those of the flow to the integrator's own accuracy.
//!
//! `tests/data/ode/README.md` says where the references come from.

use crate::reference::{Deviations, array, c, entry, json, largest, list, matrix, n, number, string, vector};
use serde_json::Value;
use tangents::{Number, Real, jacobian, value_and_jacobian};

// Integrators

fn axpy<T: Real, const N: usize>(y: [T; N], h: T, k: [T; N]) -> [T; N] {
    std::array::from_fn(|i| y[i] + h * k[i])
}

/// One step of the classical method of Runge and Kutta.
fn runge_kutta_4<T: Real, const N: usize>(rhs: impl Fn([T; N]) -> [T; N], y: [T; N], h: T) -> [T; N] {
    let half = h / c(2.0);
    let k1 = rhs(y);
    let k2 = rhs(axpy(y, half, k1));
    let k3 = rhs(axpy(y, half, k2));
    let k4 = rhs(axpy(y, h, k3));
    std::array::from_fn(|i| y[i] + h / c(6.0) * (k1[i] + c::<T>(2.0) * (k2[i] + k3[i]) + k4[i]))
}

/// Aitken and Neville's extrapolation from 1, 2, … 8 times so many substeps to infinitely many, of a method whose error
/// is a series in the `order`-th power of the substep.
fn extrapolate<T: Real, const N: usize>(order: i32, method: impl Fn(usize) -> [T; N]) -> [T; N] {
    let mut tableau: [[T; N]; 8] = std::array::from_fn(|j| method(j + 1));
    for k in 1..8 {
        for j in (k..8).rev() {
            let ratio = (n::<T>(j + 1) / n(j + 1 - k)).powi(order);
            let (coarse, fine) = (tableau[j - 1], tableau[j]);
            tableau[j] = std::array::from_fn(|i| fine[i] + (fine[i] - coarse[i]) / (ratio - T::one()));
        }
    }
    tableau[7]
}

/// One step of Gragg's midpoint rule, extrapolated from 2, 4, … 16 substeps: order 16.
fn gragg_16<T: Real, const N: usize>(rhs: impl Fn([T; N]) -> [T; N], y: [T; N], h: T) -> [T; N] {
    extrapolate(2, |m| {
        let h = h / n(2 * m);
        let first = (y, axpy(y, h, rhs(y)));
        (1..2 * m).fold(first, |(before, now), _| (now, axpy(before, c::<T>(2.0) * h, rhs(now)))).1
    })
}

/// Kick, drift, kick.
fn verlet<T: Real>(acceleration: impl Fn([T; 2]) -> [T; 2], [x, y, u, v]: [T; 4], h: T) -> [T; 4] {
    let half = h / c(2.0);
    let [u, v] = axpy([u, v], half, acceleration([x, y]));
    let [x, y] = axpy([x, y], h, [u, v]);
    let [u, v] = axpy([u, v], half, acceleration([x, y]));
    [x, y, u, v]
}

// Equations

fn decay_chain<T: Real>(y: [T; 2], k: &[T]) -> [T; 2] {
    [-k[0] * y[0], k[0] * y[0] - k[1] * y[1]]
}

fn logistic<T: Real>([y]: [T; 1], p: &[T]) -> [T; 1] {
    [p[0] * y * (T::one() - y / p[1])]
}

fn lotka_volterra<T: Real>([x, y]: [T; 2], p: &[T]) -> [T; 2] {
    [p[0] * x - p[1] * x * y, x * y - p[2] * y]
}

fn van_der_pol<T: Real>([x, y]: [T; 2], mu: &[T]) -> [T; 2] {
    [y, mu[0] * (T::one() - x * x) * y - x]
}

fn robertson<T: Real>(y: [T; 3], p: &[T]) -> [T; 3] {
    let (slow, back, fast) = (p[0] * y[0], p[1] * y[1] * y[2], p[2] * y[1] * y[1]);
    [back - slow, slow - back - fast, fast]
}

fn damped_pendulum<T: Real>([angle, speed]: [T; 2], p: &[T]) -> [T; 2] {
    [speed, -p[0] * angle.sin() - p[1] * speed]
}

fn brusselator<T: Real>([x, y]: [T; 2], p: &[T]) -> [T; 2] {
    let autocatalysis = x * x * y;
    [p[0] + autocatalysis - (p[1] + T::one()) * x, p[1] * x - autocatalysis]
}

fn kepler<T: Real>([x, y]: [T; 2], gm: T) -> [T; 2] {
    let cube = (x * x + y * y).sqrt().powi(3);
    [-gm * x / cube, -gm * y / cube]
}

// Maps

fn lotka_volterra_map<T: Real>(x: &[T]) -> [T; 2] {
    (0..100).fold([x[0], x[1]], |y, _| runge_kutta_4(|y| lotka_volterra(y, &x[2..]), y, c(0.1)))
}

fn van_der_pol_map<T: Real>(x: &[T]) -> [T; 2] {
    (0..60).fold([x[0], x[1]], |y, _| runge_kutta_4(|y| van_der_pol(y, &x[2..]), y, c(0.05)))
}

fn kepler_map<T: Real>(x: &[T]) -> [T; 4] {
    (0..200).fold([x[0], x[1], x[2], x[3]], |y, _| verlet(|y| kepler(y, x[4]), y, c(0.01)))
}

#[test]
fn jacobians_of_discrete_maps_are_exact() {
    let file = json("ode/discrete_integrators.json");
    let mut deviations = Deviations::default();
    macro_rules! compare {
        ($($name:literal $map:ident $n:literal;)*) => {$(
            let expected = entry(&file["problems"], "name", $name);
            let (f, j) = value_and_jacobian(|x| $map(x), &array::<$n>(&expected["x"]));
            deviations.row($name, &f, &vector(&expected["f"]));
            deviations.rows($name, &j, &matrix(&expected["J"]));
            let (f, j) = value_and_jacobian(|x| $map(x), &vector(&expected["x"]));
            deviations.row($name, &f, &vector(&expected["f"]));
            deviations.rows($name, &j, &matrix(&expected["J"]));
        )*};
    }
    compare! {
        "lv_rk4_h0.1_N100" lotka_volterra_map 5;
        "vdp_rk4_h0.05_N60" van_der_pol_map 3;
        "kepler_verlet_h0.01_N200" kepler_map 5;
    }
    deviations.none();
}

// Flows

/// State and parameters of a problem, in this order, as its file states them.
fn start<const D: usize>(problem: &Value) -> [f64; D] {
    let decimals = list(&problem["y0"]).iter().chain(list(&problem["p"]));
    decimals.map(|x| string(x).parse().unwrap()).collect::<Vec<_>>().try_into().unwrap()
}

/// `f` as a function of state and parameters in one slice.
macro_rules! flow {
    ($step:ident, $rhs:ident, $n:literal, $t:expr, $steps:expr) => {
        |x| {
            let (h, (y, p)) = (c($t / f64::from($steps)), x.split_at($n));
            (0..$steps).fold(<[_; $n]>::try_from(y).unwrap(), |y, _| $step(|y| $rhs(y, p), y, h))
        }
    };
}

/// State and sensitivities of one problem at one time against the reference; each column's errors may be `tolerance`
/// of what `scale` makes of the columns.
fn compare_flow<const N: usize, const D: usize>(
    deviations: &mut Deviations,
    what: &str,
    (y, j): ([f64; N], [[f64; D]; N]),
    out: &Value,
    tolerance: f64,
    scale: impl Fn(&[Vec<f64>], usize) -> f64,
) {
    let expected = vector(&out["y"]);
    deviations.row_within(what, &y, &expected, tolerance * largest(&expected));
    let columns = [matrix(&out["dydy0"]), matrix(&out["dydp"])].concat();
    for (k, expected) in columns.iter().enumerate() {
        let what = format!("{what}, column {k}");
        deviations.row_within(&what, &j.map(|row| row[k]), expected, tolerance * scale(&columns, k));
    }
}

/// Truncation is below rounding here. A step rounds its substeps, and the extrapolation's weights, whose absolute values
/// sum to 119, amplify that; the next steps carry it on to all components. So the bound is as many times 119 ulps as
/// there are steps, of the largest of all sensitivities.
#[test]
fn sensitivities_of_flows_are_those_of_the_references() {
    let file = json("ode/ode_sens.json");
    let mut deviations = Deviations::default();
    macro_rules! compare {
        ($($name:literal $rhs:ident $n:literal $d:literal, $steps_per_time:literal;)*) => {$(
            let problem = entry(&file["problems"], "name", $name);
            for out in list(&problem["out"]) {
                let t = number(&out["t"]);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number of steps")]
                let steps = (t * $steps_per_time) as u32;
                let found = value_and_jacobian(flow!(gragg_16, $rhs, $n, t, steps), &start::<$d>(problem));
                let scale = |columns: &[Vec<f64>], _| largest(&columns.concat());
                let tolerance = f64::from(steps) * 119.0 * f64::EPSILON;
                compare_flow(&mut deviations, &format!("{} at {t}", $name), found, out, tolerance, scale);
            }
        )*};
    }
    compare! {
        "decay_chain" decay_chain 2 4, 4.0;
        "logistic" logistic 1 3, 4.0;
        "lotka_volterra_sciml" lotka_volterra 2 5, 12.0;
        "vanderpol_mu2" van_der_pol 2 3, 16.0;
        "damped_pendulum" damped_pendulum 2 4, 8.0;
        "brusselator_ode" brusselator 2 4, 16.0;
    }
    deviations.none();
}

/// The error of the classical method falls by 2⁴ with half the step, in sensitivities as in the state.
#[test]
fn sensitivities_converge_with_the_order_of_the_method() {
    let file = json("ode/ode_sens.json");
    let problem = entry(&file["problems"], "name", "lotka_volterra_sciml");
    let out = &list(&problem["out"])[0];
    let expected = [matrix(&out["dydy0"]), matrix(&out["dydp"])].concat();
    let error = |steps: u32| {
        let j = jacobian(flow!(runge_kutta_4, lotka_volterra, 2, 1.0, steps), &start::<5>(problem));
        let off =
            expected.iter().enumerate().flat_map(|(k, column)| (0..2).map(move |i| j[i][k] - column[i]));
        off.fold(0.0, |largest: f64, off| largest.max(off.abs()))
    };
    for steps in [40, 80, 160] {
        let ratio = error(steps) / error(2 * steps);
        assert!((15.0..17.0).contains(&ratio), "{steps}: {ratio}");
    }
}

// A stiff flow

/// The solution of `a·x = b` by elimination without pivots, for a diagonally dominant matrix.
fn solve<T: Real, const N: usize>(mut a: [[T; N]; N], mut b: [T; N]) -> [T; N] {
    for k in 0..N {
        for i in k + 1..N {
            let factor = a[i][k] / a[k][k];
            a[i] = axpy(a[i], -factor, a[k]);
            b[i] = b[i] - factor * b[k];
        }
    }
    for k in (0..N).rev() {
        let known = T::sum((k + 1..N).map(|j| a[k][j] * b[j]));
        b[k] = (b[k] - known) / a[k][k];
    }
    b
}

/// One step of the linearly implicit Euler method, extrapolated from 1, 2, … 8 substeps: order 8. The Jacobian that it
/// needs is differentiated like everything else.
fn implicit_8<T: Number>(y: [T; 3], p: [T; 3], h: T) -> [T; 3] {
    let substep = |y: [T; 3], h: T| {
        let (f, j) = value_and_jacobian(|y| robertson([y[0], y[1], y[2]], &p.map(Into::into)), &y);
        let unit = |i, k| if i == k { T::one() } else { T::zero() };
        let matrix = std::array::from_fn(|i| std::array::from_fn(|k| unit(i, k) - h * j[i][k]));
        axpy(y, h, solve(matrix, f))
    };
    extrapolate(1, |m| (0..m).fold(y, |y, _| substep(y, h / n(m))))
}

/// Each step is `growth` times the last, as the solution slows down; the first resolves the initial layer, whose rate
/// is 1e3.
fn robertson_flow<T: Number>(x: &[T], t: f64, growth: f64) -> [T; 3] {
    let (mut y, p) = ([x[0], x[1], x[2]], [x[3], x[4], x[5]]);
    let (mut now, mut h) = (0.0, 1e-4_f64);
    while now < t {
        let step = h.min(t - now);
        y = implicit_8(y, p, c(step));
        now = if step < h { t } else { now + h };
        h *= growth;
    }
    y
}

/// What is off is the method's truncation: it falls sixteenfold with half the steps' length, the order that stiffness
/// leaves of 8.
#[test]
fn sensitivities_of_a_stiff_flow_are_those_of_the_references() {
    let file = json("ode/ode_sens.json");
    let problem = entry(&file["problems"], "name", "robertson");
    let mut deviations = Deviations::default();
    for (growth, tolerance) in [(1.2, 6.4e-9), (1.1, 4e-10)] {
        for out in list(&problem["out"]) {
            let t = number(&out["t"]);
            let found = value_and_jacobian(|x| robertson_flow(x, t, growth), &start::<6>(problem));
            let scale = |columns: &[Vec<f64>], k: usize| largest(&columns[k]);
            compare_flow(&mut deviations, &format!("at {t}, growth {growth}"), found, out, tolerance, scale);
        }
    }
    deviations.none();
}
