//! How does the solution of a differential equation depend on its parameters? Somebody else's integrator on dual numbers.
//!
//! Lotka and Volterra's predators and prey, x′ = ax − bxy and y′ = xy − cy, by the method of Dormand and Prince of order 8
//! in `differential-equations`, which is generic over `simba`'s `RealField`.

use differential_equations::prelude::*;
use differential_equations::traits::Real as RealField;
use serde_json::Value;
use tangents::{Real, value_and_jacobian};

#[derive(Debug)]
struct LotkaVolterra<T> {
    a: T,
    b: T,
    c: T,
}

impl<T: Real + RealField> ODE<T, [T; 2]> for LotkaVolterra<T> {
    fn diff(&self, _: T, &[x, y]: &[T; 2], dydt: &mut [T; 2]) {
        *dydt = [self.a * x - self.b * x * y, x * y - self.c * y];
    }
}

/// Prey and predators at the time t, from 1 and 1.
fn population<T: Real + RealField>(p: &[T], t: f64) -> [T; 2] {
    let system = LotkaVolterra { a: p[0], b: p[1], c: p[2] };
    let method = ExplicitRungeKutta::dop853().rtol(T::lit(1e-12)).atol(T::lit(1e-12));
    let solution = IVP::ode(&system, T::lit(0.0), T::lit(t), [T::lit(1.0); 2]).method(method).solve();
    *solution.expect("the equation isn't stiff").last().expect("there is an end").1
}

fn main() {
    // The references, of the equation and not of an integrator: see tests/data/ode/README.md.
    let file: Value = serde_json::from_str(include_str!("../../data/ode/ode_sens.json")).expect("it is JSON");
    let problems = file["problems"].as_array().expect("a list");
    let problem = problems.iter().find(|p| p["name"] == "lotka_volterra_sciml").expect("it is in the list");

    for reference in problem["out"].as_array().expect("a list") {
        let number = |value: &Value| value.as_f64().expect("a number");
        let t = number(&reference["t"]);
        let (y, j) = value_and_jacobian(|p| population(p, t), &[1.5, 1.0, 3.0]);
        println!("t = {t}: y = {y:?}, ∂y/∂(a, b, c) = {j:?}");
        for i in 0..2 {
            assert!((y[i] - number(&reference["y"][i])).abs() < 1e-9);
            for k in 0..3 {
                // Derivatives grow along the orbit, and errors with them.
                assert!((j[i][k] - number(&reference["dydp"][k][i])).abs() < 1e-8);
            }
        }
    }
}

#[test]
fn it_agrees_with_the_references() {
    main();
}
