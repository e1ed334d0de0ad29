//! Derivatives through other people's integrators, each against references of the equation that don't come from an integrator here:
//! `tests/data/ode/README.md` says from where.
//!
//! Here are the equations, written once as function values, and what is read from the data.

use serde_json::Value;
use tangents::{Function, Number};

/// A differential equation: `y′ = f(y, p, t)`.
pub trait Equation: Function<From = (Vec<f64>, Vec<f64>, f64), To = Vec<f64>> + Copy {
    /// Its name in the data.
    const NAME: &str;
}

macro_rules! equations {
    ($($(#[$doc:meta])* $Name:ident $name:literal |$y:ident, $p:ident, $t:ident| [$($dy:expr),*];)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $Name;

        impl Function for $Name {
            type From = (Vec<f64>, Vec<f64>, f64);
            type To = Vec<f64>;

            #[inline]
            fn call<T: Number>(&self, ($y, $p, $t): &(Vec<T>, Vec<T>, T)) -> Vec<T> {
                let _ = $t;
                vec![$($dy),*]
            }
        }

        impl Equation for $Name {
            const NAME: &str = $name;
        }
    )*};
}

equations! {
    /// A substance that decays into one that decays.
    DecayChain "decay_chain" |y, k, t| [-k[0] * y[0], k[0] * y[0] - k[1] * y[1]];
    /// Growth that ends.
    Logistic "logistic" |y, p, t| [p[0] * y[0] * (T::one() - y[0] / p[1])];
    /// Prey and predators.
    LotkaVolterra "lotka_volterra_sciml" |y, p, t| [p[0] * y[0] - p[1] * y[0] * y[1], y[0] * y[1] - p[2] * y[1]];
    /// The oscillator of van der Pol.
    VanDerPol "vanderpol_mu2" |y, p, t| [y[1], p[0] * (T::one() - y[0] * y[0]) * y[1] - y[0]];
    /// Robertson's reactions, which are stiff.
    Robertson "robertson" |y, p, t| [
        p[1] * y[1] * y[2] - p[0] * y[0],
        p[0] * y[0] - p[1] * y[1] * y[2] - p[2] * y[1] * y[1],
        p[2] * y[1] * y[1]
    ];
    /// A pendulum with friction.
    Pendulum "damped_pendulum" |y, p, t| [y[1], -p[0] * y[0].sin() - p[1] * y[1]];
    /// Two reacting substances.
    Brusselator "brusselator_ode" |y, p, t| [
        p[0] + y[0] * y[0] * y[1] - (p[1] + T::one()) * y[0],
        p[1] * y[0] - y[0] * y[0] * y[1]
    ];
}

/// Where and when a state is known.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The initial state.
    pub start: Vec<f64>,
    /// The parameters.
    pub parameters: Vec<f64>,
    /// The states at some times.
    pub states: Vec<State>,
}

/// A state, and its derivatives: `by_parameters[k][i]` is ∂yᵢ/∂pₖ.
#[derive(Clone, Debug)]
pub struct State {
    /// The time.
    pub t: f64,
    /// The state.
    pub y: Vec<f64>,
    /// In the parameters.
    pub by_parameters: Vec<Vec<f64>>,
    /// In the initial state.
    pub by_start: Vec<Vec<f64>>,
}

/// The numbers of a list; exact decimals may be strings.
///
/// # Panics
///
/// If it isn't a list of numbers.
#[must_use]
pub fn numbers(list: &Value) -> Vec<f64> {
    let number = |x: &Value| x.as_f64().or_else(|| x.as_str()?.parse().ok()).expect("a number");
    list.as_array().expect("a list").iter().map(number).collect()
}

/// What is known of an equation.
///
/// # Panics
///
/// If the data isn't of its form.
#[must_use]
pub fn reference<E: Equation>() -> Reference {
    let file: Value = serde_json::from_str(include_str!("../../data/ode/ode_sens.json")).expect("it is JSON");
    let problems = file["problems"].as_array().expect("a list");
    let problem = problems.iter().find(|p| p["name"] == E::NAME).expect("it is in the list");
    let rows = |list: &Value| list.as_array().expect("a list").iter().map(numbers).collect();
    let state = |out: &Value| State {
        t: numbers(&Value::Array(vec![out["t"].clone()]))[0],
        y: numbers(&out["y"]),
        by_parameters: rows(&out["dydp"]),
        by_start: rows(&out["dydy0"]),
    };
    Reference {
        start: numbers(&problem["y0"]),
        parameters: numbers(&problem["p"]),
        states: problem["out"].as_array().expect("a list").iter().map(state).collect(),
    }
}

/// That derivatives are right: each row, relative to the largest number in it.
///
/// # Panics
///
/// If they aren't.
pub fn assert_rows(what: &str, t: f64, found: &[Vec<f64>], expected: &[Vec<f64>], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (k, (found, expected)) in found.iter().zip(expected).enumerate() {
        let size = expected.iter().fold(0.0_f64, |size, x| size.max(x.abs()));
        for (found, expected) in found.iter().zip(expected) {
            let error = (found - expected).abs() / size;
            assert!(error <= tolerance, "{what} at {t}, row {k}: {found} for {expected}, off by {error:e}");
        }
    }
}
