//! The equilibrium of vapour and liquid of a mixture, by the equation of Rachford and Rice (1952): how the part that is vapour
//! changes with temperature and pressure, to the second order.
//!
//! The flash is solved by bisection on plain numbers. `implicit` gives the derivatives of what it finds.
//!
//! Run it with `cargo run --release --example flash`.

use tangents::{Function, Number, implicit, lambda};

/// Propane, butane and pentane: part of the mixture, critical temperature in K, critical pressure in bar, acentric factor.
const MIXTURE: [[f64; 4]; 3] =
    [[0.3, 369.8, 42.5, 0.152], [0.4, 425.1, 38.0, 0.200], [0.3, 469.7, 33.7, 0.252]];

/// How much denser each substance is in the vapour than in the liquid, by Wilson (1968).
fn equilibrium_ratios<T: Number>(temperature: T, pressure: T) -> [T; 3] {
    MIXTURE.map(|[_, critical_temperature, critical_pressure, acentric_factor]| {
        let exponent = T::one() - T::lit(critical_temperature) / temperature;
        T::lit(critical_pressure) / pressure * (T::lit(5.373 * (1.0 + acentric_factor)) * exponent).exp()
    })
}

/// Σ zᵢ·(Kᵢ − 1)/(1 + v·(Kᵢ − 1)), which falls with v.
fn rachford_rice<T: Number>(v: T, ratios: &[T; 3]) -> T {
    let one = T::one();
    T::sum(MIXTURE.iter().zip(ratios).map(|(s, &k)| T::lit(s[0]) * (k - one) / (one + v * (k - one))))
}

fn bisect(ratios: &[f64]) -> Result<f64, &'static str> {
    let excess = |v| rachford_rice(v, ratios.try_into().expect("three ratios"));
    if !(excess(0.0) > 0.0 && excess(1.0) < 0.0) {
        return Err("there is one phase only");
    }
    let halve = |(low, high): (f64, f64), _| {
        let middle = f64::midpoint(low, high);
        if excess(middle) > 0.0 { (middle, high) } else { (low, middle) }
    };
    Ok((0..60).fold((0.0, 1.0), halve).0)
}

fn main() {
    let vapour = lambda!(|state: [f64]| -> f64 {
        let residual = lambda!(|z: (f64, [f64; 3])| -> f64 { rachford_rice(z.0, &z.1) });
        let ratios = equilibrium_ratios(state[0], state[1]);
        implicit::root(residual).at(&ratios, bisect).expect("two phases")
    });
    let state = [320.0, 6.0];
    let v = vapour.value_gradient_and_hessian(&state);
    let ([dt, dp], [[tt, tp], [_, pp]]) = (v.gradient, v.hessian);
    println!("vapour at {} K and {} bar: {:.6}", state[0], state[1], v.value);
    println!("change by K {dt:.6}, by bar {dp:.6}");
    println!("second derivatives by K² {tt:.6}, K·bar {tp:.6}, bar² {pp:.6}");

    // The flash solved again at states beside this one.
    let at = |t: f64, p: f64| vapour.call(&[state[0] + t, state[1] + p]);
    let slopes = [(at(0.01, 0.0) - at(-0.01, 0.0)) / 0.02, (at(0.0, 1e-3) - at(0.0, -1e-3)) / 2e-3];
    let mixed = (at(0.02, 2e-3) - at(0.02, -2e-3) - at(-0.02, 2e-3) + at(-0.02, -2e-3)) / 1.6e-4;
    assert!((dt / slopes[0] - 1.0).abs() < 1e-6 && (dp / slopes[1] - 1.0).abs() < 1e-6);
    assert!((tp / mixed - 1.0).abs() < 1e-4, "{tp} {mixed}");
    println!("flashes beside it agree: yes");
}
