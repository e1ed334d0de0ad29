//! Every function of one and of two numbers against values and derivatives to third and to second order from 50-digit
//! arithmetic, at ordinary points and at corners: `data/elementwise/README.md`.
//!
//! Errors are in units of the last place of the true number, and may be as many times larger as the problem magnifies a
//! relative change of its argument, |x·f⁽ᵏ⁺¹⁾/f⁽ᵏ⁾|.

use crate::data::{json, list};
use crate::functions::by_name;
use serde_json::Value;
use tangents::{Dual, HyperDual, Special};

type Nested = Dual<Dual<Dual<f64, 1>, 1>, 1>;
type Second = Dual<Dual<f64, 2>, 2>;

/// Ulps of value and derivatives: what the library gives, and the goals of the crate.
const GOALS: [f64; 4] = [4.0, 4.0, 16.0, 64.0];

fn unary<T: Special>(name: &str, x: T) -> T {
    let c = T::lit;
    if let Some(y) = by_name(name, x) {
        return y;
    }
    match name {
        "expm1" => x.exp_m1(),
        "log" => x.ln(),
        "log1p" => x.ln_1p(),
        "rsqrt" => x.sqrt().recip(),
        "reciprocal" => x.recip(),
        "square" => x * x,
        "abs" => x.abs(),
        "powi_0" => x.powi(0),
        "powi_1" => x.powi(1),
        "powi_2" => x.powi(2),
        "powi_3" => x.powi(3),
        "powi_5" => x.powi(5),
        "powi_m1" => x.powi(-1),
        "powi_m2" => x.powi(-2),
        "powi_m3" => x.powi(-3),
        "powf_2p5" => x.powf(c(2.5)),
        "powf_0p5" => x.powf(c(0.5)),
        "powf_m0p5" => x.powf(c(-0.5)),
        "powf_third" => x.powf(c(1.0 / 3.0)),
        "powf_2p0" => x.powf(c(2.0)),
        "powf_3p0" => x.powf(c(3.0)),
        "powf_1p0" => x.powf(c(1.0)),
        "powf_0p0" => x.powf(c(0.0)),
        "powf_m1p0" => x.powf(c(-1.0)),
        "const_2_pow_x" => c(2.0).powf(x),
        "x_pow_x" => x.powf(x),
        "erfinv" => x.erf_inv(),
        "lgamma" => Special::ln_gamma(x),
        "sinc" => x.normalized_sinc(),
        "deg2rad" => x.to_radians(),
        "rad2deg" => x.to_degrees(),
        "abs_cubed" => x.abs().powi(3),
        "x_abs_x" => x * x.abs(),
        name => panic!("no function {name}"),
    }
}

fn binary<T: Special>(name: &str, x: T, y: T) -> T {
    match name {
        "add" => x + y,
        "sub" => x - y,
        "mul" => x * y,
        "div" => x / y,
        "pow" => x.powf(y),
        "atan2" => x.atan2(y),
        "fmod_rem" => x % y,
        "mod" => x - y * (x / y).floor(),
        "maximum" => x.max(y),
        "minimum" => x.min(y),
        "hypot" => x.hypot(y),
        "copysign" => x.copysign(y),
        "xlogy" => x.xlogy(y),
        "xlog1py" => x.xlog1py(y),
        name => panic!("no function {name}"),
    }
}

fn number(hex: &Value) -> Option<f64> {
    hex.as_str().map(|hex| f64::from_bits(u64::from_str_radix(hex, 16).unwrap()))
}

fn ulps(found: f64, truth: f64) -> f64 {
    // A derivative that has no room in an f64 may be infinite or NaN, an overflow on the way to it.
    if found == truth || (!found.is_finite() && !truth.is_finite()) {
        return 0.0;
    }
    let size = truth.abs().max(f64::MIN_POSITIVE);
    let error = (found - truth).abs() / (size.next_up() - size);
    if error.is_nan() { f64::INFINITY } else { error }
}

fn rows(kind: &str) -> Vec<Value> {
    list(&json("elementwise/elementwise.json")[kind]).to_vec()
}

#[test]
fn functions_of_one_number_are_right_to_third_order() {
    let (mut compared, mut failures) = (0, Vec::new());
    for row in rows("unary") {
        let (name, x) = (row[0].as_str().unwrap(), number(&row[1]).unwrap());
        let y: Nested = unary(name, Dual::variable(Dual::variable(Dual::variable(x, 0), 0), 0));
        let found = [y.re.re.re, y.eps[0].re.re, y.eps[0].eps[0].re, y.eps[0].eps[0].eps[0]];
        let packed: HyperDual<f64, 1> = unary(name, HyperDual::variable(x, 0));
        let of_packed = [packed.re, packed.gradient[0], packed.second(0, 0)];
        let truth = [2, 3, 4, 5].map(|i| number(&row[i]));
        let mut condition = 1.0_f64;
        for k in 0..4 {
            let Some(true_value) = truth[k] else { continue };
            if let Some(next) = truth.get(k + 1).copied().flatten() {
                condition = (x * next / true_value).abs().max(1.0);
            }
            let of_packed = of_packed.get(k).map(|&of_packed| ("packed", of_packed));
            for (what, found) in of_packed.into_iter().chain([("nested", found[k])]) {
                let (error, allowed) = (ulps(found, true_value), GOALS[k] * condition);
                compared += 1;
                // Written so that a NaN among the conditions, 0/0 at a zero, allows what the goal does.
                if error > allowed || (allowed.is_nan() && error > GOALS[k]) {
                    failures.push(format!(
                        "{name}({x:e}), {what}, order {k}: {found:e}, not {true_value:e}: {error:.1} ulps"
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {compared}:\n{}", failures.len(), failures.join("\n"));
    assert!(compared > 9500, "{compared}");
}

#[test]
fn functions_of_two_numbers_are_right_to_second_order() {
    let (mut compared, mut failures) = (0, Vec::new());
    for row in rows("binary") {
        let (name, x, y) = (row[0].as_str().unwrap(), number(&row[1]).unwrap(), number(&row[2]).unwrap());
        let lift = |value: f64, lane: usize| -> Second { Dual::variable(Dual::variable(value, lane), lane) };
        let z = binary(name, lift(x, 0), lift(y, 1));
        let found = [z.re.re, z.eps[0].re, z.eps[1].re, z.eps[0].eps[0], z.eps[0].eps[1], z.eps[1].eps[1]];
        let packed: HyperDual<f64, 2> = binary(name, HyperDual::variable(x, 0), HyperDual::variable(y, 1));
        let [[xx, xy], [_, yy]] = packed.hessian();
        let of_packed = [packed.re, packed.gradient[0], packed.gradient[1], xx, xy, yy];
        let truth = [3, 4, 5, 6, 7, 8].map(|i| number(&row[i]));
        for (k, order) in [0, 1, 1, 2, 2, 2].into_iter().enumerate() {
            let Some(true_value) = truth[k] else { continue };
            for (what, found) in [("nested", found[k]), ("packed", of_packed[k])] {
                let error = ulps(found, true_value);
                compared += 1;
                if error > GOALS[order] {
                    failures.push(format!(
                        "{name}({x:e}, {y:e}), {what}, number {k}: {found:e}, not {true_value:e}: {error:.1} ulps"
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {compared}:\n{}", failures.len(), failures.join("\n"));
    assert!(compared > 4000, "{compared}");
}
