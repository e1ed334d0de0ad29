//! The special functions over every exponent of `f32` and `f64`: value and three derivatives against references.
//!
//! A result that is a normal number comes out to a few units in the last place, times the condition, whatever over- or
//! underflows on the way to it. `tests/data/special/README.md` says where the references come from.

use std::fmt::Write;

use crate::data::{json, json_of, known, list};
use crate::special_table::for_each_special_rule;
use serde_json::Value;
use tangents::{Dual, HyperDual, Special, Taylor};

// Measuring

/// A float, as the spacing and the range of its numbers.
trait Format: Special + Into<f64> {
    const NAME: &'static str;
    const EPSILON: f64;
    const SMALLEST: f64;
    const LARGEST: f64;

    /// `x`, if it is one of the format's numbers.
    fn exact(x: f64) -> Option<Self>;
}

impl Format for f64 {
    const NAME: &'static str = "f64";
    const EPSILON: f64 = Self::EPSILON;
    const SMALLEST: f64 = Self::MIN_POSITIVE;
    const LARGEST: f64 = Self::MAX;

    fn exact(x: f64) -> Option<Self> {
        Some(x)
    }
}

impl Format for f32 {
    const NAME: &'static str = "f32";
    const EPSILON: f64 = Self::EPSILON as f64;
    const SMALLEST: f64 = Self::MIN_POSITIVE as f64;
    const LARGEST: f64 = Self::MAX as f64;

    #[allow(clippy::cast_possible_truncation)]
    fn exact(x: f64) -> Option<Self> {
        Some(x as Self).filter(|&rounded| f64::from(rounded) == x)
    }
}

/// What the value and the derivatives of order 1, 2 and 3 may differ by, in epsilons, where the condition is at most 1.
const LIMITS: [f64; 4] = [4.0, 4.0, 16.0, 64.0];

/// Whether `found` stands for `expected`, which a relative change of x changes by `condition` times as much.
fn agrees<F: Format>(found: f64, expected: f64, limit: f64, condition: f64) -> bool {
    let close = || (found - expected).abs() <= limit * condition * F::EPSILON * expected.abs();
    // Beside the largest number, the neighbours in a family that it is made of may have overflown.
    if expected.abs() > F::LARGEST / 4.0 {
        let overflown = found.is_infinite() && found.is_sign_negative() == expected.is_sign_negative();
        found.is_nan() || overflown || close()
    } else if expected.abs() < F::SMALLEST {
        (found - expected).abs() <= F::SMALLEST
    } else {
        close()
    }
}

/// Orders 0 to 3 by each number: dual numbers read from the inside and from the outside, hyper-dual numbers over dual ones,
/// and series.
type Orders = [(&'static str, [f64; 4]); 4];

macro_rules! by_every_number {
    ($Float:ty: |$x:ident| $f:expr) => {
        |x: $Float| -> Orders {
            let dual = |$x: Dual<Dual<Dual<$Float, 1>, 1>, 1>| $f;
            let hyper = |$x: HyperDual<Dual<$Float, 1>, 1>| $f;
            let taylor = |$x: Taylor<$Float, 3>| $f;
            let d = dual(Dual::variable(Dual::variable(Dual::variable(x, 0), 0), 0));
            let h = hyper(HyperDual::variable(Dual::variable(x, 0), 0));
            let t = taylor(Taylor::variable(x));
            let wide = |d: [$Float; 4]| d.map(f64::from);
            let second = h.second(0, 0);
            [
                ("inside", wide([d.re.re.re, d.re.re.eps[0], d.re.eps[0].eps[0], d.eps[0].eps[0].eps[0]])),
                ("outside", wide([d.re.re.re, d.eps[0].re.re, d.eps[0].eps[0].re, d.eps[0].eps[0].eps[0]])),
                ("hyper", wide([h.re.re, h.gradient[0].re, second.re, second.eps[0]])),
                ("taylor", wide([0, 1, 2, 3].map(|k| t.derivative(k)))),
            ]
        }
    };
}

/// A function of an integer, which not each has, and a number.
struct Function {
    name: &'static str,
    of_f64: fn(i32, f64) -> Orders,
    of_f32: fn(i32, f32) -> Orders,
}

/// Every row of the table of rules.
macro_rules! functions {
    ([] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {
        const FUNCTIONS: &[Function] = &[$(Function {
            name: stringify!($name),
            of_f64: |_n, x| (by_every_number!(f64: |x| x.$name($(<$Order>::try_from(_n).unwrap())?)))(x),
            of_f32: |_n, x| (by_every_number!(f32: |x| x.$name($(<$Order>::try_from(_n).unwrap())?)))(x),
        }),*];
    };
}

for_each_special_rule!(functions []);

fn compare<F: Format>(
    deviations: &mut String,
    title: &str,
    points: &Value,
    recurrences: f64,
    f: impl Fn(F) -> Orders,
) -> usize {
    let limits = LIMITS.map(|limit| limit * (1.0 + recurrences / 50.0));
    let mut compared = 0;
    for point in points.as_array().unwrap() {
        let numbers: Vec<_> = point.as_array().unwrap().iter().map(known).collect();
        let x = numbers[0].unwrap();
        let Some(exact) = F::exact(x) else { continue };
        for (way, found) in f(exact) {
            for order in 0..4 {
                let Some(expected) = numbers[order + 1] else { continue };
                let condition = numbers[order + 2].map_or(1.0, |next| (x * next / expected).abs());
                let condition = if condition.is_finite() { condition.max(1.0) } else { 1.0 };
                compared += 1;
                if !agrees::<F>(found[order], expected, limits[order], condition) {
                    let off = (found[order] - expected).abs() / expected.abs() / F::EPSILON / condition;
                    writeln!(
                        deviations,
                        "{} {title} {way} order {order}, x = {x:e}: {:e}, not {expected:e}: off by {off:.1}, condition {condition:.1e}",
                        F::NAME, found[order],
                    )
                    .unwrap();
                }
            }
        }
    }
    compared
}

// Two variables

/// The orders in a and in b of the derivatives to the third, in the order of the references.
const ORDERS: [(usize, usize); 10] =
    [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2), (3, 0), (2, 1), (1, 2), (0, 3)];

type Derivatives = [f64; 10];

macro_rules! of_two {
    ($name:ident, $Float:ty) => {
        |a: $Float, b: $Float| -> Vec<(&'static str, Derivatives)> {
            let lift = |x: $Float, k| {
                Dual::<Dual<Dual<$Float, 2>, 2>, 2>::variable(Dual::variable(Dual::variable(x, k), k), k)
            };
            let d = lift(a, 0).$name(lift(b, 1));
            let lift = |x: $Float, k| HyperDual::<Dual<$Float, 2>, 2>::variable(Dual::variable(x, k), k);
            let h = lift(a, 0).$name(lift(b, 1));
            let along_a = Taylor::<$Float, 3>::variable(a).$name(Taylor::constant(b));
            let along_b = Taylor::<$Float, 3>::constant(a).$name(Taylor::variable(b));
            let lane = |i: usize, k: usize| usize::from(k >= i);
            let dual = ORDERS.map(|(i, j)| {
                f64::from(match i + j {
                    0 => d.re.re.re,
                    1 => d.eps[lane(i, 0)].re.re,
                    2 => d.eps[lane(i, 0)].eps[lane(i, 1)].re,
                    _ => d.eps[lane(i, 0)].eps[lane(i, 1)].eps[lane(i, 2)],
                })
            });
            let hyper = ORDERS.map(|(i, j)| {
                f64::from(match i + j {
                    0 => h.re.re,
                    1 => h.gradient[lane(i, 0)].re,
                    2 => h.second(lane(i, 0), lane(i, 1)).re,
                    _ => h.second(lane(i, 0), lane(i, 1)).eps[lane(i, 2)],
                })
            });
            let taylor = ORDERS.map(|(i, j)| match (i, j) {
                (i, 0) => along_a.derivative(i).into(),
                (0, j) => along_b.derivative(j).into(),
                _ => f64::NAN,
            });
            vec![("dual", dual), ("hyper", hyper), ("taylor", taylor)]
        }
    };
}

fn compare_of_two<F: Format>(
    deviations: &mut String,
    title: &str,
    points: &Value,
    f: impl Fn(F, F) -> Vec<(&'static str, Derivatives)>,
) -> usize {
    let mut compared = 0;
    for point in points.as_array().unwrap() {
        let numbers: Vec<_> = point.as_array().unwrap().iter().map(known).collect();
        let (a, b) = (numbers[0].unwrap(), numbers[1].unwrap());
        let (Some(exact_a), Some(exact_b)) = (F::exact(a), F::exact(b)) else { continue };
        let expected = |i: usize, j: usize| {
            numbers[2 + ORDERS.iter().position(|&order| order == (i, j)).unwrap()].unwrap_or(f64::NAN)
        };
        // A mixed derivative of B is the difference of products of the others.
        let cancels = |i: usize, j: usize| {
            let product =
                if title == "beta" { expected(i, 0) * expected(0, j) / expected(0, 0) } else { 0.0 };
            (product / expected(i, j)).abs()
        };
        // The condition of the highest orders is of the size of that of the order before.
        let condition = |i: usize, j: usize| {
            let relative = |x: f64, next: f64| (x * next / expected(i, j)).abs();
            let both = [relative(a, expected(i + 1, j)), relative(b, expected(i, j + 1))];
            both.into_iter().filter(|c| c.is_finite()).fold(1.0, f64::max)
        };
        for (way, found) in f(exact_a, exact_b) {
            for (k, &(i, j)) in ORDERS.iter().enumerate() {
                if way == "taylor" && i * j > 0 || expected(i, j).is_nan() {
                    continue;
                }
                let condition = if i + j < 3 {
                    condition(i, j)
                } else {
                    let below = [i.checked_sub(1).map(|i| (i, j)), j.checked_sub(1).map(|j| (i, j))];
                    below.into_iter().flatten().map(|(i, j)| condition(i, j)).fold(1.0, f64::max)
                };
                let condition = condition.max(cancels(i, j));
                // Where the value overflows, so do the derivatives; a difference of what overflows isn't known; and of B the
                // slopes are multiples, which must not underflow by themselves.
                let relative = (expected(i, j) / expected(0, 0)).abs();
                let lost = title == "beta" && relative < F::SMALLEST && expected(0, 0) != 0.0;
                if condition > 1.0 / F::EPSILON || expected(0, 0).abs() > F::LARGEST || lost {
                    continue;
                }
                compared += 1;
                if !agrees::<F>(found[k], expected(i, j), LIMITS[i + j], condition) {
                    let expected = expected(i, j);
                    let off = (found[k] - expected).abs() / expected.abs() / F::EPSILON / condition;
                    writeln!(
                        deviations,
                        "{} {title} {way} order {i},{j}, x = {a:e}, {b:e}: {:e}, not {expected:e}: off by {off:.1}, condition {condition:.1e}",
                        F::NAME, found[k],
                    )
                    .unwrap();
                }
            }
        }
    }
    compared
}

#[test]
fn derivatives_over_every_exponent_are_those_of_the_references() {
    let (mut deviations, mut compared) = (String::new(), 0);
    // Another walk than the one that is kept, as `exponents.py --dense` writes it.
    let walk = std::env::var("TANGENTS_EXPONENTS").map_or_else(
        |_| json("special/exponents.json"),
        |file| json_of(&std::fs::read_to_string(file).unwrap()),
    );
    for entry in list(&walk) {
        let (name, points) = (entry["fn"].as_str().unwrap(), &entry["points"]);
        let n = entry["n"].as_i64().map(|n| i32::try_from(n).unwrap());
        let title = n.map_or(name.into(), |n| format!("{name}({n})"));
        let d = &mut deviations;
        compared += match name {
            "beta" => {
                compare_of_two::<f64>(d, name, points, of_two!(beta, f64))
                    + compare_of_two::<f32>(d, name, points, of_two!(beta, f32))
            }
            "ln_beta" => {
                compare_of_two::<f64>(d, name, points, of_two!(ln_beta, f64))
                    + compare_of_two::<f32>(d, name, points, of_two!(ln_beta, f32))
            }
            _ => {
                let f = FUNCTIONS.iter().find(|f| f.name == name).unwrap();
                let n = n.unwrap_or(0);
                // The errors of J and Y grow with the order, as their documentation says.
                let recurrences =
                    if ["bessel_jn", "bessel_yn"].contains(&name) { f64::from(n.abs()) } else { 0.0 };
                compare::<f64>(d, &title, points, recurrences, |x| (f.of_f64)(n, x))
                    + compare::<f32>(d, &title, points, recurrences, |x| (f.of_f32)(n, x))
            }
        };
    }
    println!("{compared} numbers compared");
    assert!(deviations.is_empty(), "\n{deviations}");
}

#[test]
fn the_fourth_derivatives_of_the_normal_law_are_those_of_the_references() {
    macro_rules! fourth {
        ($name:ident) => {
            |x: f64| {
                let twice = HyperDual::<HyperDual<f64, 1>, 1>::variable(HyperDual::variable(x, 0), 0).$name();
                [Taylor::<f64, 4>::variable(x).$name().derivative(4), twice.second(0, 0).second(0, 0)]
            }
        };
    }
    let functions: [(&str, fn(f64) -> [f64; 2]); 3] =
        [("ndtr", fourth!(ndtr)), ("log_ndtr", fourth!(log_ndtr)), ("ndtri", fourth!(ndtri))];
    let file = json("special/exponents.json");
    for (name, f) in functions {
        let entry = file.as_array().unwrap().iter().find(|entry| entry["fn"] == name).unwrap();
        for point in entry["points"].as_array().unwrap() {
            let d: Vec<_> = point.as_array().unwrap().iter().map(known).collect();
            let (Some(x), Some(third), Some(fourth)) = (d[0], d[4], d[5]) else { continue };
            // The condition is of the size of that of the order before.
            let condition =
                Some((x * fourth / third).abs()).filter(|c| c.is_finite()).unwrap_or(1.0).max(1.0);
            for found in f(x) {
                assert!(
                    agrees::<f64>(found, fourth, 256.0, condition),
                    "{name} at {x:e}: {found:e}, not {fourth:e}"
                );
            }
        }
    }
}
