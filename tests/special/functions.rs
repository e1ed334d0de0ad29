//! The special functions: derivatives of every order against references, edges and laws.
//!
//! `tests/data/special/README.md` says where the references come from.

use std::fmt::Write;

use crate::common::{Number, all_zero, any_number, any_tangent, build, cases, same};
use crate::data;
use crate::special_table::for_each_special_rule;
use num_traits::Float;
use proptest::prelude::*;
use serde_json::Value;
use tangents::{
    Dual, HyperDual, Special, Taylor, ValueGradientHessian, derivative, nth_derivative,
    value_gradient_and_hessian,
};

/// A number; what overflows is `null` or spelled out.
fn number(value: &Value) -> f64 {
    data::known(value).unwrap_or(f64::INFINITY)
}

fn vector(value: &Value) -> Vec<f64> {
    data::list(value).iter().map(number).collect()
}

fn matrix(value: &Value) -> Vec<Vec<f64>> {
    data::list(value).iter().map(vector).collect()
}

// Measuring

/// A float, as the spacing of its numbers.
trait Format: Special + Into<f64> {
    const DIGITS: i32;
    const MIN_EXPONENT: i32;

    /// `x`, if it is one of the format's numbers.
    fn exact(x: f64) -> Option<Self>;
}

impl Format for f64 {
    const DIGITS: i32 = 53;
    const MIN_EXPONENT: i32 = -1021;

    fn exact(x: f64) -> Option<Self> {
        Some(x)
    }
}

impl Format for f32 {
    const DIGITS: i32 = 24;
    const MIN_EXPONENT: i32 = -125;

    #[allow(clippy::cast_possible_truncation)]
    fn exact(x: f64) -> Option<Self> {
        Some(x as Self).filter(|&rounded| f64::from(rounded) == x)
    }
}

/// How many units in the last place of `expected` in the format `F` lie between it and `found`.
fn ulps<F: Format>(found: F, expected: f64) -> f64 {
    let found: f64 = found.into();
    if found == expected {
        return 0.0;
    }
    let exponent = (i32::from(Float::integer_decode(expected).1) + 53).max(F::MIN_EXPONENT);
    // In two steps, since the spacing of subnormal numbers is below the normal ones.
    (found - expected).abs() / 2.0_f64.powi(exponent / 2) / 2.0_f64.powi(exponent - exponent / 2 - F::DIGITS)
}

/// What the value and the derivatives of order 1, 2 and 3 may differ by, in units in the last place, where the condition
/// number of the problem is at most 1.
const ULPS: [f64; 4] = [4.0, 4.0, 16.0, 64.0];

/// By how much a relative error of x is multiplied on the way to the k-th derivative: |x·f⁽ᵏ⁺¹⁾/f⁽ᵏ⁾|, at least 1.
fn condition(x: f64, d: &[f64], order: usize) -> f64 {
    let condition = (x * d[order + 1] / d[order]).abs();
    if condition.is_finite() { condition.max(1.0) } else { 1.0 }
}

#[derive(Default)]
struct Report {
    deviations: String,
    table: String,
}

impl Report {
    /// Compares a function at its points; `found` gives orders 0 to 3.
    fn compare<F: Format>(&mut self, name: &str, points: &Value, found: impl Fn(F) -> [F; 4]) {
        let (mut largest, mut in_units) = ([0.0_f64; 4], [0.0_f64; 4]);
        for point in points.as_array().unwrap() {
            let (x, expected) = (number(&point["x"]), vector(&point["d"]));
            let Some(exact) = F::exact(x) else { continue };
            let found = found(exact);
            for order in 0..4 {
                let Some(_) = expected.get(order + 1) else { continue };
                let smallest = 2.0_f64.powi(F::MIN_EXPONENT);
                if expected[order].is_infinite() {
                    continue;
                }
                if F::DIGITS == 24
                    && (expected[order].abs() > f32::MAX.into() || expected[order].abs() < smallest)
                {
                    continue;
                }
                let off = ulps(found[order], expected[order]);
                let scale = condition(x, &expected, order);
                largest[order] = largest[order].max(off);
                in_units[order] = in_units[order].max(off / scale);
                // Not `>`: a NaN deviates.
                let within = off <= ULPS[order] * scale;
                if !within {
                    writeln!(
                        self.deviations,
                        "f{}, {name}, order {order}, x = {x:e}: {:e}, not {:e}: {off:.1} ulps, limit {:.1}",
                        if F::DIGITS == 24 { 32 } else { 64 },
                        found[order].into(),
                        expected[order],
                        ULPS[order] * scale,
                    )
                    .unwrap();
                }
            }
        }
        writeln!(
            self.table,
            "f{} {name:16} ulps {largest:9.1?}, by condition {in_units:5.1?}",
            if F::DIGITS == 24 { 32 } else { 64 }
        )
        .unwrap();
    }

    fn none(self) {
        println!("{}", self.table);
        assert!(self.deviations.is_empty(), "\n{}", self.deviations);
    }
}

macro_rules! orders {
    (|$x:ident| $body:expr) => {
        |$x| {
            [
                $body,
                derivative(|$x| $body, $x),
                derivative(|$x| derivative(|$x| $body, $x), $x),
                derivative(|$x| derivative(|$x| derivative(|$x| $body, $x), $x), $x),
            ]
        }
    };
}

/// Orders 0 to 3 of a function at a point of each format; the integer is its order, if it has one.
struct Function {
    name: &'static str,
    has_order: bool,
    of_f64: fn(i32, f64) -> [f64; 4],
    of_f32: fn(i32, f32) -> [f32; 4],
}

/// Every row of the table of rules.
macro_rules! functions_of_one {
    ([] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {
        const FUNCTIONS: &[Function] = &[$(Function {
            name: stringify!($name),
            has_order: <[&str]>::len(&[$(stringify!($n))?]) == 1,
            of_f64: |_n, x| orders!(|x| Special::$name(x $(, <$Order>::try_from(_n).unwrap())?))(x),
            of_f32: |_n, x| orders!(|x| Special::$name(x $(, <$Order>::try_from(_n).unwrap())?))(x),
        }),*];
    };
}

for_each_special_rule!(functions_of_one []);

fn function_of_one(name: &str) -> &'static Function {
    FUNCTIONS.iter().find(|f| f.name == name).unwrap_or_else(|| panic!("no function {name}"))
}

fn points<'a>(entries: &'a Value, name: &str) -> &'a Value {
    &data::entry(entries, "fn", name)["points"]
}

#[test]
fn derivatives_are_those_of_the_references_to_ulps() {
    let file = data::json("special/special.json");
    let has = |f: &&Function| file["unary"].as_array().unwrap().iter().any(|entry| entry["fn"] == f.name);
    let mut report = Report::default();
    // Those of the normal law are in `exponents.json`.
    let of_one_number = || FUNCTIONS.iter().filter(|f| !f.has_order);
    assert_eq!(of_one_number().filter(has).count(), of_one_number().count() - 3);
    for f in of_one_number().filter(has) {
        let points = points(&file["unary"], f.name);
        report.compare(f.name, points, |x| (f.of_f64)(0, x));
        report.compare(f.name, points, |x| (f.of_f32)(0, x));
    }
    report.none();
}

#[test]
fn derivatives_of_families_are_those_of_the_references_to_ulps() {
    let file = data::json("special/special.json");
    let mut report = Report::default();
    for family in file["families"].as_array().unwrap() {
        let name = family["fn"].as_str().unwrap();
        let f = function_of_one(name);
        let n = i32::try_from(family["n"].as_i64().unwrap()).unwrap();
        let title = format!("{name}({n})");
        report.compare(&title, &family["points"], |x| (f.of_f64)(n, x));
        report.compare(&title, &family["points"], |x| (f.of_f32)(n, x));
    }
    report.none();
}

#[test]
fn derivatives_are_those_of_the_zoo_to_ulps() {
    let file = data::json("zoo/unary.json");
    let names = [
        ("sigmoid", "sigmoid"),
        ("softplus", "softplus"),
        ("erf", "erf"),
        ("erfc", "erfc"),
        ("gamma", "gamma"),
        ("ln_gamma", "lgamma"),
        ("digamma", "digamma"),
        ("bessel_j0", "bessel_j0"),
        ("bessel_j1", "bessel_j1"),
        ("sinc", "sinc sin(x)/x"),
    ];
    let mut report = Report::default();
    for (ours, zoos) in names {
        let f = function_of_one(ours);
        report.compare(ours, points(&file["unary"], zoos), |x| (f.of_f64)(0, x));
    }
    report.none();
}

#[test]
fn derivatives_are_nearer_to_the_truth_than_jaxs() {
    let file = data::json("special/jax.json");
    for f in file["unary"].as_array().unwrap() {
        let name = f["fn"].as_str().unwrap();
        let ours = function_of_one(name);
        let (mut largest, mut jaxs) = ([0.0_f64; 4], [0.0_f64; 4]);
        for point in f["points"].as_array().unwrap() {
            let expected = vector(&point["d"]);
            let found = (ours.of_f64)(0, number(&point["x"]));
            for order in 0..4 {
                if expected[order] == 0.0 {
                    assert!(found[order].abs() < 1e-15, "{name}, order {order}");
                    continue;
                }
                let jax = ulps(number(&point["jax"][order]), expected[order]);
                largest[order] = largest[order].max(ulps(found[order], expected[order]));
                jaxs[order] = jaxs[order].max(jax);
            }
        }
        println!("{name:16} ulps {largest:9.1?}, JAX {jaxs:9.1?}");
        for order in 0..4 {
            assert!(
                largest[order] <= jaxs[order].max(ULPS[order]),
                "{name}, order {order}: {largest:?}, JAX {jaxs:?}"
            );
        }
    }
}

// Several variables

/// What a function of a slice is with its derivatives.
type ToSecondOrder = ValueGradientHessian<f64, Vec<f64>, Vec<Vec<f64>>>;

/// Value, gradient and Hessian of a function of a slice.
type Field = (&'static str, fn(&[f64]) -> ToSecondOrder);

const FIELDS: &[Field] = &[
    ("beta", |x| value_gradient_and_hessian(|x| Special::beta(x[0], x[1]), x)),
    ("ln_beta", |x| value_gradient_and_hessian(|x| Special::ln_beta(x[0], x[1]), x)),
    ("logaddexp", |x| value_gradient_and_hessian(|x| Special::logaddexp(x[0], x[1]), x)),
    ("xlogy", |x| value_gradient_and_hessian(|x| Special::xlogy(x[0], x[1]), x)),
    ("xlog1py", |x| value_gradient_and_hessian(|x| Special::xlog1py(x[0], x[1]), x)),
    ("logsumexp", |x| value_gradient_and_hessian(Special::logsumexp, x)),
    ("norm", |x| value_gradient_and_hessian(Special::norm, x)),
    ("norm_squared", |x| value_gradient_and_hessian(Special::norm_squared, x)),
];

/// A value of which the condition number says more than the limit: function, point, how many times the limit, why.
const SEVERAL_EXCEPTIONS: &[(&str, &[f64], f64, &str)] = &[
    ("beta", &[1e-8, 3.0], 1e7, "∂²B/∂a∂b is a difference of terms of the size of 1/a"),
    ("beta", &[100.0, 0.001], 20.0, "∂²B/∂a∂b is a difference of terms of the size of 1/b"),
];

/// Compares value, gradient and Hessian, each entry by itself; a first derivative may be off by its condition number, the
/// largest of |xⱼ·∂²f/∂xᵢ∂xⱼ / ∂f/∂xᵢ|, and so may the value.
fn compare_several(deviations: &mut String, name: &str, f: fn(&[f64]) -> ToSecondOrder, points: &Value) {
    let mut largest = [0.0_f64; 3];
    for point in points.as_array().unwrap() {
        let x = vector(&point["x"]);
        let ValueGradientHessian { value, gradient, hessian } = f(&x);
        let (expected, expected_gradient, expected_hessian) =
            (number(&point["f"]), vector(&point["grad"]), matrix(&point["hess"]));
        let n = x.len();
        let condition = |of: f64, derivatives: &[f64]| {
            let largest = x.iter().zip(derivatives).map(|(x, d)| (x * d / of).abs());
            largest.filter(|c| c.is_finite()).fold(1.0, f64::max)
        };
        let excepted =
            SEVERAL_EXCEPTIONS.iter().find(|row| (row.0, row.1) == (name, &x[..])).map_or(1.0, |row| row.2);
        let mut check = |order: usize, found: f64, expected: f64, condition: f64| {
            let off = ulps(found, expected);
            largest[order] = largest[order].max(off);
            let limit = ULPS[order] * condition * excepted;
            let within = off <= limit;
            if !within {
                writeln!(
                    deviations,
                    "{name}{x:?}, order {order}: {found:e}, not {expected:e}: {off:.1} ulps, limit {limit:.1}"
                )
                .unwrap();
            }
        };
        check(0, value, expected, condition(expected, &expected_gradient));
        for i in 0..n {
            let slope = expected_gradient[i];
            check(1, gradient[i], slope, condition(slope, &expected_hessian[i]));
            for j in 0..n {
                // The condition of a second derivative is of the order of that of the first.
                let second = expected_hessian[i][j];
                check(2, hessian[i][j], second, condition(slope, &expected_hessian[i]));
            }
        }
    }
    println!("{name:16} ulps {largest:9.1?}");
}

#[test]
fn gradients_and_hessians_are_those_of_the_references_to_ulps() {
    let (file, jax) = (data::json("special/special.json"), data::json("special/jax.json"));
    let mut deviations = String::new();
    for (name, f) in FIELDS {
        let kind = if ["logsumexp", "norm", "norm_squared"].contains(name) { "slices" } else { "binary" };
        compare_several(&mut deviations, name, *f, points(&file[kind], name));
        if name.starts_with("xlog") {
            compare_several(&mut deviations, name, *f, points(&jax["binary"], name));
        }
    }
    assert!(deviations.is_empty(), "\n{deviations}");
}

#[test]
fn third_derivatives_of_logsumexp_keep_their_digits_on_every_number() {
    type Duals<T> = Dual<Dual<T, 4>, 4>;
    let file = data::json("special/special.json");
    let mut deviations = String::new();
    for point in points(&file["third"], "logsumexp").as_array().unwrap() {
        let x = vector(&point["x"]);
        let lifted = |k: usize, x| Dual::<f64, 4>::new(x, std::array::from_fn(|i| f64::from(i == k)));
        let duals: Vec<Dual<Duals<f64>, 4>> = x
            .iter()
            .enumerate()
            .map(|(k, &x)| {
                let inner = Dual::new(lifted(k, x), std::array::from_fn(|i| lifted(4, f64::from(i == k))));
                Dual::new(inner, std::array::from_fn(|i| Dual::constant(lifted(4, f64::from(i == k)))))
            })
            .collect();
        let packed: Vec<_> = x
            .iter()
            .enumerate()
            .map(|(k, &x)| HyperDual::<HyperDual<f64, 4>, 4>::variable(HyperDual::variable(x, k), k))
            .collect();
        let (of_duals, of_packed) = (Special::logsumexp(&duals), Special::logsumexp(&packed));
        let mut probabilities = packed.clone();
        Special::softmax_in_place(&mut probabilities);
        let thirds = point["third"].as_array().unwrap();
        let largest =
            thirds.iter().flat_map(matrix).flatten().fold(0.0, |largest: f64, d| largest.max(d.abs()));
        for (i, rows) in thirds.iter().enumerate() {
            for (j, row) in matrix(rows).into_iter().enumerate() {
                for (k, want) in row.into_iter().enumerate() {
                    let found = [
                        ("duals", of_duals.eps[i].eps[j].eps[k]),
                        ("packed", of_packed.gradient[i].second(j, k)),
                        ("packed, outer", of_packed.second(i, j).gradient[k]),
                        ("softmax", probabilities[i].re.second(j, k)),
                    ];
                    for (number, found) in found {
                        // Of a softmax of more than two numbers, second derivatives may cancel.
                        if number == "softmax" && x.len() > 2 {
                            continue;
                        }
                        // Of more than two numbers, in units of the largest.
                        let off = if x.len() == 2 {
                            ulps(found, want)
                        } else {
                            (found - want).abs() / largest / f64::EPSILON
                        };
                        let within = off <= ULPS[3];
                        if !within {
                            writeln!(
                                deviations,
                                "{number}, {i}{j}{k} at {x:?}: {found:e}, not {want:e}: {off:.0}"
                            )
                            .unwrap();
                        }
                    }
                }
            }
        }
    }
    assert!(deviations.is_empty(), "\n{deviations}");
}

/// The slopes √π/2·e^(y²) at y = erf⁻¹ x, from mpmath: neither the rounding of y nor that of y² is left in them.
#[test]
fn slopes_of_erf_inv_keep_their_digits_towards_its_ends() {
    for (x, want) in [
        (0.75, 1.717_499_769_367_452_3),
        (0.999, 198.939_517_764_424_76),
        (1.0 - 2.0_f64.powi(-20), 145_647.244_888_128_7),
        (1.0 - 2.0_f64.powi(-40), 106_817_285_124.659_14),
        (1.0 - 2.0_f64.powi(-52), 382_389_054_906_526.1),
    ] {
        for x in [x, -x] {
            let off = ulps(Dual::<f64, 1>::variable(x, 0).erf_inv().eps[0], want);
            assert!(off <= 3.0, "{x}: {off}");
        }
    }
}

/// Below ½, where 1 − x is rounded and its difference from x is small; from mpmath.
#[test]
fn the_second_derivative_of_logit_keeps_its_digits_beside_a_half() {
    for (x, want) in
        [(0.499_999_999_97, -9.600_000_794_307_562e-10), (0.499_999_9, -3.200_000_000_092_274_3e-6)]
    {
        let found = Dual::<Dual<f64, 1>, 1>::variable(Dual::variable(x, 0), 0).logit().eps[0].eps[0];
        assert!(ulps(found, want) <= 4.0, "{x}: {found:e}");
    }
}

/// At zeros of j₀ and of j₁, from which the recurrence has its units: from mpmath.
#[test]
fn spherical_bessel_functions_keep_their_digits_at_zeros_of_the_first_two() {
    for (n, x, want) in [
        (8, 4.493_409_457_909_064, 0.002_794_561_677_253_706),
        (12, 7.725_251_836_937_707, 0.001_806_095_058_490_798_6),
        (8, std::f64::consts::PI, 0.000_211_667_591_282_020_66),
        (9, TAU, 0.008_724_055_838_685_147),
    ] {
        let found = x.spherical_jn(n);
        assert!(ulps(found, want) <= 4.0, "{n} {x}: {found:e}");
    }
}

#[test]
fn softmax_is_the_gradient_of_logsumexp() {
    let file = data::json("special/special.json");
    for point in points(&file["slices"], "logsumexp").as_array().unwrap() {
        let x = vector(&point["x"]);
        let mut p: Vec<Dual<f64, 8>> = x.iter().map(|&x| Dual::constant(x)).collect();
        for (k, p) in p.iter_mut().enumerate() {
            p.eps[k] = 1.0;
        }
        Dual::softmax_in_place(&mut p);
        for (i, (p, slope)) in p.iter().zip(vector(&point["grad"])).enumerate() {
            assert!(ulps(p.re, slope) <= 4.0, "p{i} of {x:?}: {:e}, not {slope:e}", p.re);
            for (j, expected) in vector(&point["hess"][i]).into_iter().enumerate() {
                let off = ulps(p.eps[j], expected);
                assert!(off <= 16.0, "∂p{i}/∂x{j} of {x:?}: {:e}, not {expected:e}: {off}", p.eps[j]);
            }
        }
    }
}

// Edges

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
const TAU: f64 = std::f64::consts::TAU;

type D2 = Dual<f64, 2>;

/// Function, x, f(x), f′(x); a lane seeded with zero must stay zero in each.
type Edge = (&'static str, fn(D2) -> D2, f64, f64, f64);

macro_rules! edges {
    ($($name:ident $(($n:expr))? at $x:expr => $value:expr, $slope:expr;)*) => {
        &[$((
            concat!(stringify!($name), $("(", stringify!($n), ")",)? " at ", stringify!($x)),
            |x| x.$name($($n)?),
            $x,
            $value,
            $slope,
        )),*]
    };
}

const EDGES: &[Edge] = edges! {
    erf at INF => 1.0, 0.0;
    erf at -INF => -1.0, 0.0;
    erf at 1e200 => 1.0, 0.0;
    erfc at INF => 0.0, 0.0;
    erfc at -INF => 2.0, 0.0;
    erfc at 30.0 => 0.0, 0.0;
    erf_inv at 1.0 => INF, NAN;
    erf_inv at -1.0 => -INF, NAN;
    erf_inv at 1.5 => NAN, NAN;
    erf_inv at INF => NAN, NAN;
    ndtr at INF => 1.0, 0.0;
    ndtr at -INF => 0.0, 0.0;
    ndtr at -1e200 => 0.0, 0.0;
    log_ndtr at INF => 0.0, 0.0;
    log_ndtr at -INF => -INF, INF;
    log_ndtr at -1e200 => -INF, 1e200;
    ndtri at 0.0 => -INF, NAN;
    ndtri at -0.0 => -INF, NAN;
    ndtri at 1.0 => INF, NAN;
    ndtri at -0.5 => NAN, NAN;
    ndtri at 1.5 => NAN, NAN;
    gamma at 0.0 => INF, NAN;
    gamma at -0.0 => -INF, NAN;
    gamma at -1.0 => NAN, NAN;
    gamma at INF => INF, INF;
    gamma at -INF => NAN, NAN;
    gamma at 172.0 => INF, INF;
    gamma at 1e-310 => INF, -INF;
    gamma at -185.3 => -0.0, 0.0;
    ln_gamma at 0.0 => INF, NAN;
    ln_gamma at -0.0 => INF, NAN;
    ln_gamma at -1.0 => INF, NAN;
    ln_gamma at INF => INF, INF;
    ln_gamma at -INF => INF, NAN;
    digamma at 0.0 => -INF, NAN;
    digamma at -0.0 => INF, NAN;
    digamma at -3.0 => NAN, NAN;
    digamma at INF => INF, 0.0;
    digamma at -INF => NAN, NAN;
    polygamma(1) at 0.0 => INF, NAN;
    polygamma(2) at 0.0 => -INF, NAN;
    polygamma(2) at -0.0 => INF, NAN;
    polygamma(1) at -2.0 => NAN, NAN;
    polygamma(1) at INF => 0.0, 0.0;
    polygamma(1) at 1e-200 => INF, -INF;
    polygamma(400) at 2.0 => -INF, INF;
    bessel_j0 at INF => 0.0, 0.0;
    bessel_j1 at -INF => 0.0, 0.0;
    bessel_jn(0) at 0.0 => 1.0, 0.0;
    bessel_jn(1) at 0.0 => 0.0, 0.5;
    bessel_jn(-1) at 0.0 => 0.0, -0.5;
    bessel_jn(7) at 0.0 => 0.0, 0.0;
    bessel_jn(-10_001) at 1.0 => 0.0, 0.0;
    bessel_jn(10_000) at 1.0 => 0.0, 0.0;
    bessel_y0 at 0.0 => -INF, NAN;
    bessel_y1 at 0.0 => -INF, NAN;
    bessel_yn(2) at 0.0 => -INF, NAN;
    bessel_y0 at -1.0 => NAN, NAN;
    bessel_y1 at -1.0 => NAN, NAN;
    bessel_yn(3) at -1.0 => NAN, NAN;
    bessel_y0 at INF => 0.0, 0.0;
    bessel_yn(3) at INF => 0.0, 0.0;
    bessel_i0 at INF => INF, INF;
    bessel_i0 at -INF => INF, -INF;
    bessel_i1 at -INF => -INF, INF;
    bessel_i0 at 715.0 => INF, INF;
    bessel_in(0) at 0.0 => 1.0, 0.0;
    bessel_in(-1) at 0.0 => 0.0, 0.5;
    bessel_in(5) at 0.0 => 0.0, 0.0;
    bessel_in(1000) at 1.0 => 0.0, 0.0;
    spherical_jn(0) at 0.0 => 1.0, 0.0;
    spherical_jn(1) at 0.0 => 0.0, 1.0 / 3.0;
    spherical_jn(4) at INF => 0.0, 0.0;
    spherical_jn(u32::MAX) at 1.0 => 0.0, 0.0;
    sinc at 0.0 => 1.0, 0.0;
    sinc at -0.0 => 1.0, 0.0;
    sinc at INF => 0.0, 0.0;
    sinc at 5e-324 => 1.0, 0.0;
    normalized_sinc at 0.0 => 1.0, 0.0;
    normalized_sinc at 1.0 => 0.0, -1.0;
    normalized_sinc at -2.0 => 0.0, -0.5;
    normalized_sinc at 1e17 => 0.0, 1e-17;
    normalized_sinc at -INF => 0.0, 0.0;
    sigmoid at INF => 1.0, 0.0;
    sigmoid at -INF => 0.0, 0.0;
    sigmoid at 1e4 => 1.0, 0.0;
    sigmoid at -1e4 => 0.0, 0.0;
    logit at 0.0 => -INF, NAN;
    logit at -0.0 => -INF, NAN;
    logit at 1.0 => INF, NAN;
    logit at -0.5 => NAN, NAN;
    logit at 1.5 => NAN, NAN;
    logit at INF => NAN, NAN;
    softplus at INF => INF, 1.0;
    softplus at -INF => 0.0, 0.0;
    softplus at 1e300 => 1e300, 1.0;
    log1mexp at 0.0 => -INF, NAN;
    log1mexp at -0.0 => -INF, NAN;
    log1mexp at -1.0 => NAN, NAN;
    log1mexp at INF => 0.0, 0.0;
    lambert_w0 at 0.0 => 0.0, 1.0;
    lambert_w0 at -0.367_879_441_171_442_33 => -1.0, INF;
    lambert_w0 at -0.4 => NAN, NAN;
    lambert_w0 at INF => INF, 0.0;
    lambert_w0 at 5e-324 => 5e-324, 1.0;
    lambert_wm1 at -0.367_879_441_171_442_33 => -1.0, -INF;
    lambert_wm1 at -0.0 => -INF, NAN;
    lambert_wm1 at 0.0 => -INF, NAN;
    lambert_wm1 at 1.0 => NAN, NAN;
    lambert_wm1 at -0.4 => NAN, NAN;
};

/// Whether they are one number; 0 and −0 are.
fn is(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

#[test]
fn edges_are_those_of_the_table() {
    let mut wrong = String::new();
    for &(name, f, x, value, slope) in EDGES {
        let y = f(Dual::new(x, [1.0, 0.0]));
        if !is(y.re, value) || !is(y.eps[0], slope) || y.eps[1] != 0.0 {
            writeln!(wrong, "{name}: {:?}, {:?}, not {value:?}, {slope:?}, 0", y.re, y.eps).unwrap();
        }
        let constant = f(D2::constant(x));
        if !constant.is_constant() {
            writeln!(wrong, "{name} of a constant: {:?}", constant.eps).unwrap();
        }
    }
    for f in FUNCTIONS {
        if !(f.of_f64)(2, NAN).iter().all(|d| d.is_nan()) {
            writeln!(wrong, "{} of NaN: {:?}", f.name, (f.of_f64)(2, NAN)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Derivatives of order 1 to 3 by each number: nested, packed over nested, and series.
fn every_order(
    nested: impl Fn(Dual<Dual<Dual<f64, 2>, 2>, 2>) -> Dual<Dual<Dual<f64, 2>, 2>, 2>,
    packed: impl Fn(HyperDual<Dual<f64, 2>, 2>) -> HyperDual<Dual<f64, 2>, 2>,
    series: impl Fn(Taylor<f64, 3>) -> Taylor<f64, 3>,
    x: f64,
) -> [[f64; 3]; 4] {
    let n = nested(Dual::variable(Dual::variable(Dual::variable(x, 0), 0), 0));
    let p = packed(HyperDual::variable(Dual::variable(x, 0), 0));
    let s = series(Taylor::variable(x));
    assert!(n.eps[1].is_constant() && n.eps[1].re.re == 0.0, "{n:?}");
    assert!(p.gradient[1].is_constant() && p.gradient[1].re == 0.0, "{p:?}");
    [
        [n.re.re.eps[0], n.re.eps[0].eps[0], n.eps[0].eps[0].eps[0]],
        [n.eps[0].re.re, n.eps[0].eps[0].re, n.eps[0].eps[0].eps[0]],
        [p.gradient[0].re, p.second(0, 0).re, p.second(0, 0).eps[0]],
        [1, 2, 3].map(|k| s.derivative(k)),
    ]
}

macro_rules! every_order {
    ($($name:ident $(($n:expr))? at $x:expr;)*) => {
        [$((
            concat!(stringify!($name), $("(", stringify!($n), ")",)? " at ", stringify!($x)),
            every_order(|x| x.$name($($n)?), |x| x.$name($($n)?), |x| x.$name($($n)?), $x),
        )),*]
    };
}

#[test]
fn a_pole_has_no_derivative_of_any_order() {
    let poles = every_order! {
        erf_inv at 1.0; erf_inv at -1.0; ndtri at 0.0; ndtri at 1.0; gamma at 0.0; gamma at -0.0; gamma at -2.0;
        ln_gamma at 0.0; ln_gamma at -0.0; ln_gamma at -1.0; digamma at 0.0; digamma at -3.0; polygamma(1) at 0.0;
        polygamma(2) at -0.0; bessel_y0 at 0.0; bessel_y1 at 0.0; bessel_yn(3) at 0.0; bessel_yn(-2) at 0.0;
        logit at 0.0; logit at 1.0; log1mexp at 0.0; lambert_wm1 at 0.0; lambert_wm1 at -0.0;
    };
    for (name, derivatives) in poles {
        assert!(derivatives.as_flattened().iter().all(|d| d.is_nan()), "{name}: {derivatives:?}");
    }
}

#[test]
fn a_vertical_tangent_and_an_overflow_have_no_finite_derivative_of_higher_order() {
    let infinite = every_order! {
        lambert_w0 at -0.367_879_441_171_442_33; lambert_wm1 at -0.367_879_441_171_442_33; gamma at 200.0;
        gamma at 1e-310; bessel_i0 at 720.0; bessel_i1 at -720.0; bessel_in(3) at 720.0; bessel_y1 at 1e-310;
        bessel_yn(3) at 1e-200; polygamma(1) at 1e-200;
    };
    for (name, derivatives) in infinite {
        for [first, second, third] in derivatives {
            assert!(
                first.is_infinite() && !second.is_finite() && !third.is_finite(),
                "{name}: {derivatives:?}"
            );
        }
    }
    // What grows as the exponential does overflows at every order.
    for (name, derivatives) in every_order! { bessel_in(0) at 720.0; bessel_in(5) at 720.0; } {
        assert_eq!(derivatives, [[INF; 3]; 4], "{name}");
    }
}

#[test]
fn what_has_died_away_is_zero_at_every_order() {
    let dead = every_order! {
        erf at 30.0; erfc at -40.0; ndtr at 60.0; log_ndtr at 60.0; sigmoid at 1500.0; sigmoid at -1500.0;
        softplus at -800.0; log1mexp at 800.0; sinc at INF; bessel_j0 at INF; spherical_jn(3) at -INF;
        normalized_sinc at INF; lambert_w0 at INF;
    };
    for (name, derivatives) in dead {
        assert!(derivatives.as_flattened().iter().all(|&d| d == 0.0), "{name}: {derivatives:?}");
    }
}

#[test]
fn the_beta_family_is_right_off_the_positive_quadrant() {
    let near = |found: f64, expected: f64, epsilon: f64| {
        assert!((found - expected).abs() <= 8.0 * epsilon * expected.abs(), "{found:e}, not {expected:e}");
    };
    // From mpmath at 60 digits; −4π where a + b = −1.
    let pi = std::f64::consts::PI;
    let zero = of_two(Special::beta, -0.5, -0.5);
    assert_eq!(zero[0], 0.0);
    near(zero[1], -4.0 * pi, f64::EPSILON);
    near(zero[2], -4.0 * pi, f64::EPSILON);
    near(Special::beta(200.0, -0.5), -50.038_498_336_683_89, f64::EPSILON);
    // Where B overflows and its logarithm doesn't; and at a pole of Γ(a) alone.
    let tiny = 2.0_f64.powi(-1022);
    near(Special::ln_beta(tiny / 16.0, tiny / 4.0), 711.392_150_805_818_1, f64::EPSILON);
    assert_eq!(Special::ln_beta(-1.0, 3.0), INF);
    let log = of_two(Special::ln_beta, 1e15, -0.5);
    for (found, expected) in
        log.into_iter().zip([18.534_900_320_939_986, 5.000_000_000_000_003e-16, -34.502_286_420_932_11])
    {
        near(found, expected, f64::EPSILON);
    }
    let (a, b) = (Dual::<f32, 2>::variable(28875.0, 0), Dual::variable(-3.08, 1));
    let f = a.ln_beta(b);
    for (found, expected) in [f.re, f.eps[0], f.eps[1]].into_iter().zip([
        32.276_763_613_747_974,
        0.000_106_674_200_577_800_49,
        3.243_671_380_495_62,
    ]) {
        near(found.into(), expected, f32::EPSILON.into());
    }
}

type Nested = Dual<Dual<f64, 2>, 2>;
type Binary = fn(Nested, Nested) -> Nested;

#[test]
fn mixed_derivatives_at_poles_are_nan() {
    let lift = |x, k| Nested::variable(Dual::variable(x, k), k);
    let poles: [(Binary, f64, f64); 4] = [
        (Special::beta, 0.0, 1.5),
        (Special::beta, -1.0, 0.5),
        (Special::ln_beta, 0.0, 1.5),
        (Special::ln_beta, 0.5, -1.5),
    ];
    for (f, a, b) in poles {
        let f = f(lift(a, 0), lift(b, 1));
        assert!(f.eps.iter().flat_map(|f| f.eps).all(f64::is_nan), "{f:?}");
    }
    // x·ln y at (0, 0): linear in x, and 1/y mixed.
    let f = lift(0.0, 0).xlogy(lift(0.0, 1));
    let mixed = [f.eps[0].eps[1], f.eps[1].eps[0]];
    assert!(mixed.iter().all(|d| !d.is_finite()) && f.eps[1].eps[1] == 0.0, "{f:?}");
    // At y = 0 alone a pole, in the mixed derivatives too.
    for (f, y) in [(Special::xlogy as fn(_, _) -> Dual<Dual<f64, 2>, 2>, 0.0), (Special::xlog1py, -1.0)] {
        for x in [2.75, -3.0, 1e-183] {
            let f = f(lift(x, 0), lift(y, 1));
            let along_y = [f.eps[0].eps[1], f.eps[1].eps[0], f.eps[1].eps[1]];
            assert!(along_y.iter().all(|d| !d.is_finite()), "{f:?}");
        }
    }
}

#[test]
fn constants_stay_constants_where_values_overflow() {
    let x = Dual::<f64, 2>::new(-f64::MAX, [0.0, 1.0]);
    assert!(x.stumpff_c2().re.is_infinite() && x.stumpff_c2().eps[0] == 0.0);
    let nan = Dual::<f64, 2>::new(NAN, [0.0, 1.0]).stumpff_c2();
    assert!(nan.eps[0] == 0.0 && nan.eps[1].is_nan());
}

#[test]
fn far_derivatives_of_sigmoid_do_not_overflow_on_the_way() {
    // f‴ = e·(1 − 4e + e²)/(1 + e)⁴ with e = e⁻⁷⁹, times the cube of a scale; by mpmath.
    let scale = 3.6e12_f32;
    let f = |x: Taylor<f32, 3>| (x * scale).sigmoid();
    let third = nth_derivative::<3, _>(f, -79.0 / scale);
    let x = f64::from(-79.0 / scale * scale);
    let expected = x.exp() * f64::from(scale).powi(3);
    assert!((f64::from(third) / expected - 1.0).abs() < 1e-5, "{third}, not {expected}");
}

/// The function and its slopes, with the lane that stays zero.
fn of_two(f: impl Fn(Dual<f64, 3>, Dual<f64, 3>) -> Dual<f64, 3>, x: f64, y: f64) -> [f64; 4] {
    let f = f(Dual::new(x, [1.0, 0.0, 0.0]), Dual::new(y, [0.0, 1.0, 0.0]));
    [f.re, f.eps[0], f.eps[1], f.eps[2]]
}

#[track_caller]
fn expect(found: impl AsRef<[f64]>, expected: impl AsRef<[f64]>) {
    let (found, expected) = (found.as_ref(), expected.as_ref());
    let same = found.len() == expected.len() && found.iter().zip(expected).all(|(&a, &b)| is(a, b));
    assert!(same, "{found:?}, not {expected:?}");
}

#[test]
fn edges_of_functions_of_two_are_those_of_the_table() {
    expect(of_two(Special::xlogy, 0.0, 0.0), [0.0, -INF, 0.0, 0.0]);
    expect(of_two(Special::xlogy, 0.0, 2.0), [0.0, 2.0_f64.ln(), 0.0, 0.0]);
    expect(of_two(Special::xlogy, 1.0, 0.0), [-INF, -INF, NAN, 0.0]);
    expect(of_two(Special::xlogy, 0.0, NAN), [NAN, NAN, NAN, 0.0]);
    expect(of_two(Special::xlogy, 1.0, -1.0), [NAN, NAN, NAN, 0.0]);
    expect(of_two(Special::xlog1py, 0.0, -1.0), [0.0, -INF, 0.0, 0.0]);
    expect(of_two(Special::xlog1py, 1.0, -1.0), [-INF, -INF, NAN, 0.0]);
    // The mixed derivative of x·ln y at x = 0 is 1/y.
    let mixed = |x: Dual<f64, 1>| derivative(|y| Dual::constant(x).xlogy(y), Dual::constant(4.0));
    assert_eq!(derivative(mixed, 0.0), 0.25);
    // A constant x = 0 doesn't see the infinite logarithm.
    let y = Dual::<f64, 1>::variable(0.0, 0);
    expect([Dual::constant(0.0).xlogy(y).re, Dual::constant(0.0).xlogy(y).eps[0]], [0.0, 0.0]);
    // Poles, zeros, and infinite arguments of B.
    expect(of_two(Special::beta, 0.0, 1.0), [INF, NAN, NAN, 0.0]);
    expect(of_two(Special::beta, 0.5, -0.0), [-INF, NAN, NAN, 0.0]);
    expect(of_two(Special::beta, 0.0, 0.0), [INF, NAN, NAN, 0.0]);
    expect(of_two(Special::beta, -1.0, 0.5), [NAN, NAN, NAN, 0.0]);
    expect(of_two(Special::beta, -3.0, 2.0), [NAN, NAN, NAN, 0.0]);
    expect(&of_two(Special::beta, 1e-310, 2.0)[..1], [INF]);
    expect(of_two(Special::ln_beta, -1.0, 0.5), [INF, NAN, NAN, 0.0]);
    expect(of_two(Special::ln_beta, -3.0, 2.0), [NAN, NAN, NAN, 0.0]);
    expect(of_two(Special::ln_beta, 0.5, -0.5), [-INF, NAN, NAN, 0.0]);
    expect([Special::beta(INF, 2.0), Special::ln_beta(2.0, INF), Special::beta(-INF, 2.0)], [0.0, -INF, NAN]);
    // A zero of B has a slope, though that of its logarithm is infinite.
    let zero = of_two(Special::beta, 0.5, -0.5);
    assert!(zero[0] == 0.0 && ulps(zero[1], -TAU) <= 4.0 && ulps(zero[2], -TAU) <= 4.0, "{zero:?}");
    expect(of_two(Special::beta, NAN, 1.0), [NAN, NAN, NAN, 0.0]);
}

/// The value and slopes of a function of a slice.
fn of_slice<const N: usize>(f: impl Fn(&[Dual<f64, N>]) -> Dual<f64, N>, x: [f64; N]) -> Vec<f64> {
    let x: [_; N] = std::array::from_fn(|k| Dual::variable(x[k], k));
    let f = f(&x);
    [&[f.re][..], &f.eps].concat()
}

#[test]
fn edges_of_functions_of_slices_are_those_of_the_table() {
    expect([f64::logsumexp(&[])], [-INF]);
    expect(of_slice(Special::logsumexp, [-INF, -INF]), [-INF, 0.0, 0.0]);
    expect(of_slice(Special::logsumexp, [-INF, 3.0]), [3.0, 0.0, 1.0]);
    expect(of_slice(Special::logsumexp, [3.0, INF]), [INF, 0.0, 1.0]);
    expect(of_slice(Special::logsumexp, [7.0]), [7.0, 1.0]);
    assert!(f64::logsumexp(&[1.0, NAN]).is_nan());
    assert!(f64::logsumexp(&[NAN, -INF]).is_nan());
    expect(f64::softmax([-INF, 0.0, 0.0]), [0.0, 0.5, 0.5]);
    assert!(f64::softmax([-INF, -INF]).iter().all(|p| p.is_nan()));
    assert!(f64::softmax([INF, 1.0]).iter().all(|p| p.is_nan()));
    assert!(f64::softmax([NAN, 1.0]).iter().all(|p| p.is_nan()));
    f64::softmax_in_place(&mut []);

    expect([f64::norm(&[])], [0.0]);
    expect(of_slice(Special::norm, [0.0, 0.0]), [0.0, 0.0, 0.0]);
    expect(of_slice(Special::norm, [-0.0]), [0.0, 0.0]);
    expect(of_slice(Special::norm, [-2.0]), [2.0, -1.0]);
    expect(of_slice(Special::norm, [INF, 1.0]), [INF, 1.0, 0.0]);
    expect([f64::norm(&[NAN, -INF])], [INF]);
    expect([f64::norm(&[NAN, 1.0])], [NAN]);
    expect([f64::norm(&[5e-324, 0.0])], [5e-324]);
    // The squares overflow, and underflow.
    for unit in [2.0_f64.powi(1020), f64::from_bits(1 << 10)] {
        let found = of_slice(Special::norm, [3.0 * unit, 4.0 * unit]);
        assert!(
            found[0] == 5.0 * unit && ulps(found[1], 0.6) <= 2.0 && ulps(found[2], 0.8) <= 2.0,
            "{found:?}"
        );
    }
    let safe = |x: &[Dual<f64, 2>]| Special::safe_norm(x, 0.5.into());
    expect(of_slice(safe, [0.0, 0.0]), [0.5, 0.0, 0.0]);
    expect(of_slice(safe, [0.25, 0.0]), [0.5, 0.0, 0.0]);
    expect(of_slice(safe, [0.0, 2.0]), [2.0, 0.0, 1.0]);
    expect(of_slice(safe, [NAN, 0.0]), [NAN, NAN, NAN]);
    expect(of_slice(|x| x[0].hypot3(x[1], x[2]), [0.0, 0.0, 0.0]), [0.0; 4]);
    expect(of_slice(|x| x[0].hypot3(x[1], x[2]), [0.0, -3.0, 0.0]), [3.0, 0.0, -1.0, 0.0]);

    // Second derivatives where the norm isn't smooth, and where it is.
    let second = |x: f64| derivative(|x| derivative(|x| Special::norm(&[x, x]), x), x);
    expect([second(0.0), second(2.0)], [NAN, 0.0]);
}

#[test]
fn blends_have_their_ends_exactly() {
    let blend = |x: &[Dual<f64, 3>]| x[0].lerp(x[1], x[2]);
    expect(of_slice(blend, [0.1, 0.7, 0.0]), [0.1, 1.0, 0.0, 0.7 - 0.1]);
    expect(of_slice(blend, [0.1, 0.7, 1.0]), [0.7, 0.0, 1.0, 0.7 - 0.1]);

    let step = |x: f64| {
        let f = |x: Dual<_, 1>| x.smoothstep(Dual::constant(1.0.into()), Dual::constant(3.0.into()));
        let x = Dual::new(Dual::new(x, [1.0]), [Dual::<f64, 1>::constant(1.0)]);
        let y = f(x);
        [y.re.re, y.re.eps[0], y.eps[0].eps[0]]
    };
    expect(step(0.0), [0.0, 0.0, 0.0]);
    expect(step(1.0), [0.0, 0.0, NAN]);
    expect(step(1.5), [0.15625, 0.5625, 0.75]);
    expect(step(2.0), [0.5, 0.75, 0.0]);
    expect(step(2.5), [0.84375, 0.5625, -0.75]);
    expect(step(3.0), [1.0, 0.0, NAN]);
    expect(step(NAN), [NAN, NAN, NAN]);
    // 6·t·(1 − t) with 1 − t = 2⁻⁴⁰.
    let slope = derivative(|x| x.smoothstep(0.0.into(), 1.0.into()), 1.0 - 2.0_f64.powi(-40));
    assert!(ulps(slope, 6.0 * 2.0_f64.powi(-40) * (1.0 - 2.0_f64.powi(-40))) <= 2.0);
}

#[test]
fn what_is_not_selected_does_not_enter() {
    let root = |x: f64| derivative(|x| Special::select(x > 0.0, x.sqrt(), x * 0.0), x);
    expect([root(0.0), root(-1.0), root(4.0)], [0.0, 0.0, 0.25]);
    let both = derivative(|x| Special::select(true, x, x / 0.0), 1.0);
    assert_eq!(both, 1.0);
}

#[test]
fn stop_gradient_stops_every_order() {
    let x: Dual<Dual<f64, 2>, 2> = build(&[1.0, 2.0, 3.0]);
    let stopped = x.stop_gradient();
    assert!(stopped.is_constant() && stopped.re.is_constant());
    assert_eq!(stopped.re.re, 1.0);
    assert_eq!(derivative(|x| derivative(|x| x.stop_gradient() * x * x, x), 3.0), 6.0);
}

#[test]
fn inverses_invert() {
    for k in 1..200 {
        let p = f64::from(k) / 200.0;
        assert!(ulps(Special::erf(p.erf_inv()), p) <= 4.0, "{p}");
        assert!((p.logit().sigmoid() - p).abs() <= 4.0 * f64::EPSILON * p, "{p}");
        let x = -p / std::f64::consts::E;
        for w in [x.lambert_w0(), x.lambert_wm1()] {
            assert!(ulps(w * w.exp(), x) <= 8.0, "{x}: {w}");
        }
        let x = (-f64::from(k) * 3.4).exp();
        assert!(ulps((-x.lambert_w0()).exp() * x, x.lambert_w0()) <= 8.0, "{x}");
        assert!((-x).lambert_wm1() < -1.0 || x > 0.36);
    }
}

// Laws

macro_rules! functions {
    (
        [$($by_hand:literal |$a:ident, $b:ident| $f:expr;)*]
        $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*
    ) => {
        const LAWFUL: &[&str] = &[$(stringify!($name),)* $($by_hand),*];

        /// The function `LAWFUL[k]` of `x` and, where it is one of two, `y`; of the order 3, where it has one.
        fn function<T: Number + Special>(k: usize, x: T, y: T) -> T {
            let functions: &[fn(T, T) -> T] =
                &[$(|x, _| x.$name($(<$Order>::try_from(3).unwrap())?),)* $(|$a, $b| $f),*];
            functions[k](x, y)
        }
    };
}

for_each_special_rule!(functions [
    "polygamma(1)" |x, _y| x.polygamma(1);
    "bessel_yn(-2)" |x, _y| x.bessel_yn(-2);
    "bessel_in(4)" |x, _y| x.bessel_in(4);
    "spherical_jn(2)" |x, _y| x.spherical_jn(2);
    "beta" |x, y| x.beta(y);
    "ln_beta" |x, y| x.ln_beta(y);
    "xlogy" |x, y| x.xlogy(y);
    "xlog1py" |x, y| x.xlog1py(y);
    "logsumexp" |x, y| T::logsumexp(&[x, y, T::one()]);
    "softmax.0" |x, y| T::softmax([x, y, T::zero()])[0];
    "softmax.2" |x, y| T::softmax([x, y, T::zero()])[2];
    "norm" |x, y| T::norm(&[x, y]);
    "hypot3" |x, y| x.hypot3(y, T::one());
    "safe_norm" |x, y| T::safe_norm(&[x], y);
    "lerp" |x, y| x.lerp(T::one(), y);
    "smoothstep" |x, y| x.smoothstep(T::zero(), y);
    "select" |x, y| T::select(x < y, x, y);
    "stop_gradient" |x, _y| x.stop_gradient();
]);

type Checked = Result<(), TestCaseError>;

fn value_is_bitwise_the_primal<T: Number + Special>(a: &[f64], b: &[f64]) -> Checked {
    let (x, y): (Dual<T, 3>, Dual<T, 3>) = (build(a), build(b));
    for (k, name) in LAWFUL.iter().enumerate() {
        let (dual, primal) = (function(k, x, y).re, function(k, x.re, y.re));
        prop_assert!(same(dual, primal), "{name}: {dual:?}, primal {primal:?}");
    }
    Ok(())
}

fn a_lane_is_independent<T: Number + Special>(a: &[f64], b: &[f64]) -> Checked {
    let (x, y): (Dual<T, 3>, Dual<T, 3>) = (build(a), build(b));
    for (k, name) in LAWFUL.iter().enumerate() {
        let whole = function(k, x, y);
        for lane in 0..3 {
            let of = |x: Dual<T, 3>| Dual::<T, 1>::new(x.re, [x.eps[lane]]);
            let alone = function(k, of(x), of(y)).eps[0];
            prop_assert!(same(whole.eps[lane], alone), "{name}: {:?}, alone {alone:?}", whole.eps[lane]);
        }
    }
    Ok(())
}

/// Functions that are made of products and quotients, in which an infinite or NaN value times a zero lane is NaN.
const OF_PRODUCTS: &[&str] = &["logsumexp", "softmax.0", "softmax.2", "lerp", "smoothstep"];

fn a_constant_stays_constant<T: Number + Special>(a: &[f64], b: &[f64]) -> Checked {
    let (x, y): (T, T) = (build(a), build(b));
    for (k, name) in LAWFUL.iter().enumerate() {
        let f = function(k, Dual::<T, 2>::constant(x), Dual::constant(y));
        let finite = x
            .components()
            .iter()
            .chain(&y.components())
            .all(|c| *c == 0.0 || (1e-30..1e30).contains(&c.abs()));
        if (finite && !f.is_nan()) || !OF_PRODUCTS.contains(name) {
            prop_assert!(f.eps.iter().all(|&lane| all_zero(lane)), "{name} of {x:?}, {y:?}: {:?}", f.eps);
        }
    }
    Ok(())
}

fn components() -> impl Strategy<Value = Vec<f64>> {
    (any_number(), prop::collection::vec(any_tangent(), 11)).prop_map(|(x, lanes)| [vec![x], lanes].concat())
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn value_of_every_function_is_bitwise_the_primal(a in components(), b in components()) {
        value_is_bitwise_the_primal::<f64>(&a, &b)?;
        value_is_bitwise_the_primal::<f32>(&a, &b)?;
        value_is_bitwise_the_primal::<Dual<f64, 2>>(&a, &b)?;
    }

    #[test]
    fn a_lane_of_every_function_is_independent(a in components(), b in components()) {
        a_lane_is_independent::<f64>(&a, &b)?;
        a_lane_is_independent::<f32>(&a, &b)?;
        a_lane_is_independent::<Dual<f64, 2>>(&a, &b)?;
    }

    #[test]
    fn every_function_of_a_constant_is_constant(a in components(), b in components()) {
        a_constant_stays_constant::<f64>(&a, &b)?;
        a_constant_stays_constant::<f32>(&a, &b)?;
        a_constant_stays_constant::<Dual<f64, 2>>(&a, &b)?;
    }
}

#[test]
fn an_f32_is_the_rounded_f64() {
    for k in 0..1000_u16 {
        let x = f32::from(k) / 64.0 - 4.0;
        let wide = f64::from(x);
        #[allow(clippy::cast_possible_truncation)]
        let pairs = [
            (Special::erf(x), Special::erf(wide) as f32),
            (Special::gamma(x), Special::gamma(wide) as f32),
            (x.bessel_j0(), wide.bessel_j0() as f32),
            (x.sigmoid(), wide.sigmoid() as f32),
            (x.lambert_w0(), wide.lambert_w0() as f32),
        ];
        assert!(pairs.iter().all(|(a, b)| a == b || (a.is_nan() && b.is_nan())), "{x}: {pairs:?}");
    }
}
