//! How far the derivatives of elementary functions are from the true ones: `points.py` says where those come from.

#[path = "../../common/functions.rs"]
mod functions;

use functions::by_name;
use num_dual::{Dual2_64, Dual3_64, Dual64, DualNum};
use serde_json::Value;
use tangents::{Dual, Special};

/// Three times nested: the third derivative is the coefficient of all three symbols.
type Nested<T> = Dual<Dual<Dual<T, 1>, 1>, 1>;

/// What one crate gives at a point: value and three derivatives, or nothing where it lacks the function.
type Jet = [Option<f64>; 4];

/// The errors of one function, in ulps of the true number.
#[derive(Clone, Debug)]
pub struct Row {
    /// The function.
    pub name: String,
    /// The least and the largest argument.
    pub domain: (f64, f64),
    /// Errors of value and derivatives at all points, and whether the point is well conditioned.
    pub ours: [Vec<(f64, bool)>; 4],
    /// JAX's, without the value.
    pub jax: [Vec<(f64, bool)>; 4],
    /// num-dual's; empty where it lacks the function.
    pub num_dual: [Vec<(f64, bool)>; 4],
}

/// A derivative is well conditioned where a relative change of x isn't magnified beyond this, or not much more than in
/// the derivative before it: not beside its zeros.
const WELL_CONDITIONED: f64 = 10.0;

/// The largest error and that which 99 % of the points don't exceed, at well-conditioned points or at all.
#[must_use]
pub fn max_and_99(errors: &[(f64, bool)], all: bool) -> Option<(f64, f64)> {
    let mut errors: Vec<f64> =
        errors.iter().filter(|(_, well)| all || *well).map(|&(error, _)| error).collect();
    errors.sort_by(f64::total_cmp);
    Some((*errors.last()?, errors[(errors.len() - 1) * 99 / 100]))
}

/// The precision of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// `f32`
    Single,
    /// `f64`
    Double,
}

/// The functions of `points.json`, evaluated.
///
/// # Panics
///
/// If the file isn't what `points.py` writes.
#[must_use]
pub fn rows(precision: Precision) -> Vec<Row> {
    let file: Value = serde_json::from_str(include_str!("../points.json")).expect("JSON");
    file["functions"].as_array().expect("functions").iter().map(|function| row(function, precision)).collect()
}

fn row(function: &Value, precision: Precision) -> Row {
    let name = function["fn"].as_str().expect("a name").to_owned();
    let mut row = Row {
        name,
        domain: (f64::INFINITY, f64::NEG_INFINITY),
        ours: Default::default(),
        jax: Default::default(),
        num_dual: Default::default(),
    };
    let (points, ulp): (_, fn(f64) -> f64) = match precision {
        Precision::Single => (&function["single"], ulp_of_single),
        Precision::Double => (&function["double"], ulp_of_double),
    };
    for point in points.as_array().expect("points") {
        let [x, truth, conditions, jax] = [0, 1, 2, 3].map(|i| &point[i]);
        let x = bits(x);
        row.domain = (row.domain.0.min(x), row.domain.1.max(x));
        let (ours, theirs) = match precision {
            #[expect(clippy::cast_possible_truncation, reason = "x is an f32")]
            Precision::Single => (ours(&row.name, x as f32), [None; 4]),
            Precision::Double => (ours(&row.name, x), num_dual(&row.name, x)),
        };
        let jax = if jax.is_null() {
            [None; 4]
        } else {
            [None, Some(0), Some(1), Some(2)].map(|k: Option<usize>| k.map(|k| bits(&jax[k])))
        };
        let mut before = 0.0;
        for k in 0..4 {
            let condition = if k == 0 { 0.0 } else { conditions[k - 1].as_f64().expect("a number") };
            let well = condition <= WELL_CONDITIONED * f64::max(1.0, before);
            before = condition;
            let enter = |jet: Jet, errors: &mut [Vec<_>; 4]| {
                if let Some(error) = jet[k].and_then(|y| error(y, &truth[k], ulp)) {
                    errors[k].push((error, well));
                }
            };
            enter(ours, &mut row.ours);
            enter(jax, &mut row.jax);
            enter(theirs, &mut row.num_dual);
        }
    }
    row
}

fn bits(hex: &Value) -> f64 {
    f64::from_bits(u64::from_str_radix(hex.as_str().expect("bits"), 16).expect("bits"))
}

/// The error of `y` in ulps of the true number; infinite if it is NaN.
fn error(y: f64, truth: &Value, ulp: fn(f64) -> f64) -> Option<f64> {
    let (nearest, rest) = (bits(truth.get(0)?), truth[1].as_f64().expect("the rest"));
    if nearest == 0.0 {
        return Some(if y == 0.0 { 0.0 } else { f64::INFINITY });
    }
    let error = ((y - nearest) - rest).abs() / ulp(nearest.abs());
    Some(if error.is_nan() { f64::INFINITY } else { error })
}

fn ulp_of_double(size: f64) -> f64 {
    size.next_up() - size
}

#[expect(clippy::cast_possible_truncation, reason = "the place of the number among those of f32 is wanted")]
fn ulp_of_single(size: f64) -> f64 {
    let size = size as f32;
    f64::from(size.next_up()) - f64::from(size)
}

fn ours<T: Special>(name: &str, x: T) -> Jet {
    let x: Nested<T> = Dual::variable(Dual::variable(Dual::variable(x, 0), 0), 0);
    let y = function(name, x);
    [y.re.re.re, y.eps[0].re.re, y.eps[0].eps[0].re, y.eps[0].eps[0].eps[0]].map(|y| y.to_f64())
}

fn function<T: Special>(name: &str, x: T) -> T {
    let c = T::lit;
    match name {
        "powi(3)" => x.powi(3),
        "powi(-2)" => x.powi(-2),
        "powi(7)" => x.powi(7),
        "powf(2.5)" => x.powf(c(2.5)),
        "powf(-0.3)" => x.powf(c(-0.3)),
        "powf(1)" => x.powf(c(1.0)),
        "2.5.powf(x)" => c(2.5).powf(x),
        "x.powf(x)" => x.powf(x),
        "atan2(x, 0.75)" => x.atan2(c(0.75)),
        "atan2(0.75, x)" => c(0.75).atan2(x),
        "hypot(x, 0.75)" => x.hypot(c(0.75)),
        "x.log(3)" => x.log(c(3.0)),
        "2.log(x)" => c(2.0).log(x),
        "x / (x + 0.75)" => x / (x + c(0.75)),
        "0.75 / x" => c(0.75) / x,
        "erf_inv" => x.erf_inv(),
        "gamma" => Special::gamma(x),
        "ln_gamma" => Special::ln_gamma(x),
        "normalized_sinc" => x.normalized_sinc(),
        "lambert_w0" => x.lambert_w0(),
        "bessel_j0" => x.bessel_j0(),
        "bessel_y1" => x.bessel_y1(),
        name => by_name(name, x).unwrap_or_else(|| panic!("no function {name}")),
    }
}

fn num_dual(name: &str, x: f64) -> Jet {
    let first = num_dual_function(name, Dual64::from(x).derivative());
    let second = num_dual_function(name, Dual2_64::from(x).derivative());
    let third = num_dual_function(name, Dual3_64::from(x).derivative());
    [first.map(|y| y.re), first.map(|y| y.eps), second.map(|y| y.v2), third.map(|y| y.v3)]
}

fn num_dual_function<D: DualNum<Primitive = f64> + Copy>(name: &str, x: D) -> Option<D> {
    let c = D::from;
    Some(match name {
        "sin" => x.sin(),
        "cos" => x.cos(),
        "tan" => x.tan(),
        "asin" => x.asin(),
        "acos" => x.acos(),
        "atan" => x.atan(),
        "sinh" => x.sinh(),
        "cosh" => x.cosh(),
        "tanh" => x.tanh(),
        "asinh" => x.asinh(),
        "acosh" => x.acosh(),
        "atanh" => x.atanh(),
        "exp" => x.exp(),
        "exp2" => x.exp2(),
        "exp_m1" => x.exp_m1(),
        "ln" => x.ln(),
        "log2" => x.log2(),
        "log10" => x.log10(),
        "ln_1p" => x.ln_1p(),
        "sqrt" => x.sqrt(),
        "cbrt" => x.cbrt(),
        "recip" => x.recip(),
        "powi(3)" => x.powi(3),
        "powi(-2)" => x.powi(-2),
        "powi(7)" => x.powi(7),
        "powf(2.5)" => x.powf(2.5),
        "powf(-0.3)" => x.powf(-0.3),
        "powf(1)" => x.powf(1.0),
        "2.5.powf(x)" => c(2.5).powd(x),
        "x.powf(x)" => x.powd(x),
        "atan2(x, 0.75)" => x.atan2(c(0.75)),
        "atan2(0.75, x)" => c(0.75).atan2(x),
        "x.log(3)" => x.log(3.0),
        "x / (x + 0.75)" => x / (x + c(0.75)),
        "0.75 / x" => c(0.75) / x,
        _ => return None,
    })
}
