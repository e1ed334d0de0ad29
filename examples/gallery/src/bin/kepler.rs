//! An orbit around the sun, by Taylor series of order 20: after 120 periods its energy is off by roundings.
//!
//! The equation y′ = f(y) tells the coefficients of the solution's series, (k + 1)·yₖ₊₁ = the coefficient of tᵏ in f(y), which depends
//! on those of y up to the k-th. So f runs on [`Taylor`] numbers once for each order, each time on a series that is right one order farther.
//! The length of a step: Jorba and Zou 2005, *A software package for the numerical integration of ODEs by means of high-order Taylor
//! methods*, section 3.2.

use std::error::Error;
use std::f64::consts::TAU;

use tangents::{Real, Taylor};
use tangents_examples_gallery::{Plot, grid, save};

const ORDER: usize = 20;
const ECCENTRICITY: f64 = 0.5;
const PERIODS: f64 = 120.0;

/// Position and velocity.
type State<T> = [T; 4];

/// Newton's law with the sun at the origin, in units in which the major semiaxis is 1 and the period 2π.
fn law<T: Real>([x, y, vx, vy]: State<T>) -> State<T> {
    let square = x * x + y * y;
    let cube = square * square.sqrt();
    [vx, vy, -x / cube, -y / cube]
}

/// The solution through `state` as a series in the time.
fn series(state: State<f64>) -> State<Taylor<f64, ORDER>> {
    let mut solution = state.map(Taylor::constant);
    for (k, order) in (0..ORDER).zip(1..) {
        let slope = law(solution);
        for (y, slope) in solution.iter_mut().zip(&slope) {
            y.coefficients[k] = slope.coefficient(k) / f64::from(order);
        }
    }
    solution
}

/// The distance of the nearest singularity, as the last two coefficients tell it, by e², and a margin.
fn step(solution: &State<Taylor<f64, ORDER>>) -> f64 {
    let norm = |k: usize| solution.iter().map(|y| y.coefficient(k).abs()).fold(0.0, f64::max);
    let radius = (norm(0) / norm(ORDER - 1)).powf(1.0 / 19.0).min((norm(0) / norm(ORDER)).powf(1.0 / 20.0));
    radius * (-2.0 - 0.7_f64 / 19.0).exp()
}

fn energy([x, y, vx, vy]: State<f64>) -> f64 {
    0.5 * (vx * vx + vy * vy) - 1.0 / x.hypot(y)
}

fn main() -> Result<(), Box<dyn Error>> {
    let start = [1.0 - ECCENTRICITY, 0.0, 0.0, ((1.0 + ECCENTRICITY) / (1.0 - ECCENTRICITY)).sqrt()];
    let (mut state, mut time, mut drift, mut orbit) = (start, 0.0, Vec::new(), Vec::new());
    while time < PERIODS * TAU {
        let solution = series(state);
        let h = step(&solution).min(PERIODS * TAU - time);
        if time < TAU {
            // Between the steps too, since the solution is a polynomial in the time.
            orbit.extend(grid(0.0..h, 6).map(|t| (solution[0].eval(t), solution[1].eval(t))));
        }
        (state, time) = (solution.map(|y| y.eval(h)), time + h);
        drift.push((time / TAU, (energy(state) / -0.5 - 1.0) / (f64::EPSILON / 2.0)));
    }

    // Energy −1/2 for every orbit of semiaxis 1, and after whole periods the planet is where it was.
    let worst = drift.iter().fold(0.0, |worst: f64, (_, error)| worst.max(error.abs()));
    let distance = (state[0] - start[0]).hypot(state[1] - start[1]);
    println!("energy off by at most {worst} roundings, the planet by {distance:.1e}");
    assert!(worst < 450.0 && distance < 5e-11);

    let orbit = Plot::new("An orbit of eccentricity ½", ("x", -1.8..1.0), ("y", -1.05..1.05))
        .curve("orbit", orbit)
        .scatter("sun", [(0.0, 0.0)]);
    let axes = (("periods", 0.0..PERIODS), ("roundings, 2⁻⁵³", -250.0..250.0));
    let energy = Plot::new("Relative error of the energy", axes.0, axes.1)
        .curve("error", drift.into_iter().step_by(12));
    save("kepler", &[orbit, energy])
}
