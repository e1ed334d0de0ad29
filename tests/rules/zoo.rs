//! The function zoo: derivatives of every order against references computed at 80 and more digits.
//!
//! `tests/data/zoo/README.md` says where the references come from.

use std::f64::consts::{E, PI};
use std::fmt::Write;

use crate::data::{json, matrix, number, vector};
use num_traits::Float;
use serde_json::Value;
use tangents::{Dual, HyperDual, Real, derivative, gradient, hessian, hvp, jvp, value_gradient_and_hessian};

fn name(entry: &Value, key: &str) -> String {
    entry[key].as_str().unwrap().to_owned()
}

// The functions of several variables

/// A constant of a formula.
fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

fn sum<T: Float>(terms: impl IntoIterator<Item = T>) -> T {
    terms.into_iter().fold(T::zero(), |sum, term| sum + term)
}

fn sum_of_squares<T: Float>(x: &[T]) -> T {
    sum(x.iter().map(|&x| x * x))
}

/// `i`, the index of a coordinate counted from 1, as a number.
fn index<T: Float>(i: usize) -> T {
    T::from(i + 1).unwrap()
}

fn vec2num_1<T: Float>(x: &[T]) -> T {
    (x[0].exp() + x[2].ln() * x[3]) / x[4]
}

fn vec2num_2<T: Float>(x: &[T]) -> T {
    x[0] * x[1] + x[0].sin()
}

fn outer_norm<T: Float>(x: &[T]) -> T {
    let squares = x.iter().flat_map(|&a| x.iter().map(move |&b| (a * b).powi(2)));
    sum(squares).sqrt()
}

fn neg_cubes<T: Float>(x: &[T]) -> T {
    sum(x.iter().map(|&x| (-x).powi(3)))
}

fn relu_sum<T: Float>(x: &[T]) -> T {
    sum(x.iter().map(|x| x.max(T::zero())))
}

fn rosenbrock_1<T: Float>(x: &[T]) -> T {
    sum(x.windows(2).map(|x| (T::one() - x[0]).powi(2) + c::<T>(100.0) * (x[1] - x[0].powi(2)).powi(2)))
}

fn rosenbrock_2<T: Float>(x: &[T]) -> T {
    let (a, b) = (x[0], c::<T>(100.0) * x[0]);
    sum(x.windows(2).map(|x| (a - x[0]).powi(2) + b * (x[1] - x[0].powi(2)).powi(2)))
}

fn rosenbrock_4<T: Float>(x: &[T]) -> T {
    sum(x.windows(2).map(|x| (T::one() + x[0]).powi(2) + c::<T>(100.0) * (x[1] + x[0].powi(2)).abs().powi(2)))
}

fn ackley<T: Float>(x: &[T]) -> T {
    let n = T::from(x.len()).unwrap();
    let waves = sum(x.iter().map(|&x| (c::<T>(2.0 * PI) * x).cos()));
    c::<T>(-20.0) * (c::<T>(-0.2) * (sum_of_squares(x) / n).sqrt()).exp() - (waves / n).exp() + c(20.0) + c(E)
}

fn self_weighted_logit<T: Float>(x: &[T]) -> T {
    (T::one() + (-sum_of_squares(x)).exp()).recip()
}

fn sum_plus_prod<T: Float>(x: &[T]) -> T {
    sum(x.iter().copied()) + x.iter().fold(T::one(), |product, &x| product * x)
}

fn beale<T: Float>(x: &[T]) -> T {
    let (x, y) = (x[0], x[1]);
    let term = |constant, n| (c::<T>(constant) - x + x * y.powi(n)).powi(2);
    term(1.5, 1) + term(2.25, 2) + term(2.625, 3)
}

fn goldstein_price<T: Float>(x: &[T]) -> T {
    let (x, y) = (x[0], x[1]);
    let n = |n: f64| c::<T>(n);
    let left = n(19.0) - n(14.0) * x + n(3.0) * x * x - n(14.0) * y + n(6.0) * x * y + n(3.0) * y * y;
    let right = n(18.0) - n(32.0) * x + n(12.0) * x * x + n(48.0) * y - n(36.0) * x * y + n(27.0) * y * y;
    (n(1.0) + (x + y + n(1.0)).powi(2) * left) * (n(30.0) + (n(2.0) * x - n(3.0) * y).powi(2) * right)
}

fn himmelblau<T: Float>(x: &[T]) -> T {
    let (x, y) = (x[0], x[1]);
    (x * x + y - c(11.0)).powi(2) + (x + y * y - c(7.0)).powi(2)
}

fn mccormick<T: Float>(x: &[T]) -> T {
    let (x, y) = (x[0], x[1]);
    (x + y).sin() + (x - y).powi(2) - c::<T>(1.5) * x + c::<T>(2.5) * y + T::one()
}

fn rastrigin<T: Float>(x: &[T]) -> T {
    let n = T::from(x.len()).unwrap();
    c::<T>(10.0) * n + sum(x.iter().map(|&x| x * x - c::<T>(10.0) * (c::<T>(2.0 * PI) * x).cos()))
}

fn styblinski_tang<T: Float>(x: &[T]) -> T {
    sum(x.iter().map(|&x| x.powi(4) - c::<T>(16.0) * x * x + c::<T>(5.0) * x)) / c(2.0)
}

fn griewank<T: Float>(x: &[T]) -> T {
    let product =
        x.iter().enumerate().fold(T::one(), |product, (i, &x)| product * (x / index::<T>(i).sqrt()).cos());
    T::one() + sum_of_squares(x) / c(4000.0) - product
}

fn levy<T: Float>(x: &[T]) -> T {
    let w: Vec<T> = x.iter().map(|&x| T::one() + (x - T::one()) / c(4.0)).collect();
    let (first, last) = (w[0], w[w.len() - 1]);
    let wave = |x: T| x.sin().powi(2);
    let middle = w[..w.len() - 1]
        .iter()
        .map(|&w| (w - T::one()).powi(2) * (T::one() + c::<T>(10.0) * wave(c::<T>(PI) * w + T::one())));
    wave(c::<T>(PI) * first)
        + sum(middle)
        + (last - T::one()).powi(2) * (T::one() + wave(c::<T>(2.0 * PI) * last))
}

fn zakharov<T: Float>(x: &[T]) -> T {
    let weighted = sum(x.iter().enumerate().map(|(i, &x)| index::<T>(i) * x / c(2.0)));
    sum_of_squares(x) + weighted.powi(2) + weighted.powi(4)
}

fn dixon_price<T: Float>(x: &[T]) -> T {
    let terms = (1..x.len()).map(|i| index::<T>(i) * (c::<T>(2.0) * x[i].powi(2) - x[i - 1]).powi(2));
    (x[0] - T::one()).powi(2) + sum(terms)
}

fn easom<T: Float>(x: &[T]) -> T {
    let distance = sum(x.iter().map(|&x| (x - c(PI)).powi(2)));
    -x[0].cos() * x[1].cos() * (-distance).exp()
}

fn michalewicz<T: Float>(x: &[T]) -> T {
    -sum(x.iter().enumerate().map(|(i, &x)| x.sin() * (index::<T>(i) * x * x / c(PI)).sin().powi(20)))
}

fn eggholder<T: Float>(x: &[T]) -> T {
    let (x, y) = (x[0], x[1] + c(47.0));
    -y * (x / c(2.0) + y).abs().sqrt().sin() - x * (x - y).abs().sqrt().sin()
}

fn cross_in_tray<T: Float>(x: &[T]) -> T {
    let radius = sum_of_squares(x).sqrt();
    let peak = (c::<T>(100.0) - radius / c(PI)).abs().exp();
    c::<T>(-1e-4) * ((x[0].sin() * x[1].sin() * peak).abs() + T::one()).powf(c(0.1))
}

fn helmholtz<T: Float>(x: &[T]) -> T {
    let root_2: T = c(2.0.sqrt());
    let bx = sum(x.iter().enumerate().map(|(i, &x)| x * index(i) / c(10.0)));
    let rows = x
        .iter()
        .enumerate()
        .map(|(i, &xi)| xi * sum(x.iter().enumerate().map(|(j, &xj)| xj / (index::<T>(i) + index(j)))));
    let mixing = sum(x.iter().map(|&x| x * (x / (T::one() - bx)).ln()));
    let ratio = (T::one() + (T::one() + root_2) * bx) / (T::one() + (T::one() - root_2) * bx);
    mixing - sum(rows) / (c::<T>(8.0).sqrt() * bx) * ratio.ln()
}

fn neural_step<T: Float>(v: &[T]) -> T {
    let (x, w, w2) = (&v[..3], &v[3..9], &v[9..11]);
    let hidden = w.chunks(3).map(|row| sum(row.iter().zip(x).map(|(&w, &x)| w * x)).exp().ln_1p());
    let output = sum(hidden.zip(w2).map(|(h, &w)| h * w));
    (T::one() + (-output).exp()).recip() + v[11].powi(2)
}

fn trig_poly_loop<T: Float>(x: &[T]) -> T {
    (0..20).fold(x[0], |y, _| (y * x[1]).sin() + x[2] * y * y / c(10.0))
}

fn logdet_spd3<T: Float>(a: &[T]) -> T {
    let m = |i: usize, j: usize| {
        let product = sum((0..3).map(|k| a[3 * k + i] * a[3 * k + j]));
        if i == j { T::one() + product } else { product }
    };
    let minor = |i, j| m(1, i) * m(2, j) - m(1, j) * m(2, i);
    (m(0, 0) * minor(1, 2) - m(0, 1) * minor(0, 2) + m(0, 2) * minor(0, 1)).ln()
}

fn mean_sin_matmul<T: Float>(x: &[T]) -> T {
    let entry = |i: usize, j: usize| sum((0..3).map(|k| x[3 * i + k].sin() * x[3 * k + j]));
    let rows = (0..3).map(|i| sum((0..3).map(|j| entry(i, j))));
    sum(rows) / c(3.0)
}

fn hs_style_rational<T: Float>(x: &[T]) -> T {
    let (x, y, z) = (x[0], x[1], x[2]);
    (x * y + y * z) / (T::one() + x * x * z) + (x / (T::one() + y * y)).atan() - (T::one() + z * z).sqrt()
}

/// The derivatives of a function as functions of a point and a direction, one per driver.
struct Field {
    name: &'static str,
    value_gradient_and_hessian: fn(&[f64]) -> (f64, Vec<f64>, Vec<Vec<f64>>),
    gradient: fn(&[f64]) -> Vec<f64>,
    hessian: fn(&[f64]) -> Vec<Vec<f64>>,
    /// On packed numbers of 12 lanes.
    packed: fn(&[f64]) -> HyperDual<f64, 12>,
    hvp: fn(&[f64], &[f64]) -> Vec<f64>,
    jvp: fn(&[f64], &[f64]) -> f64,
    jvp_of_jvp: fn(&[f64], &[f64]) -> f64,
    third: fn(&[f64], &[f64]) -> f64,
    fourth: fn(&[f64], &[f64]) -> f64,
}

/// `x + t·v`
fn line<T: Real>(x: &[f64], v: &[f64], t: T) -> Vec<T> {
    x.iter().zip(v).map(|(&x, &v)| T::lit(x) + t * T::lit(v)).collect()
}

macro_rules! fields {
    ($($f:ident)*) => {
        &[$(Field {
            name: stringify!($f),
            value_gradient_and_hessian: |x| {
                let at = value_gradient_and_hessian($f, x);
                (at.value, at.gradient, at.hessian)
            },
            gradient: |x| gradient($f, x),
            hessian: |x| hessian($f, x),
            packed: |x| {
                let lifted: Vec<_> = x.iter().enumerate().map(|(i, &x)| HyperDual::variable(x, i)).collect();
                $f(&lifted)
            },
            hvp: |x, v| hvp($f, x, v),
            jvp: |x, v| jvp($f, x, v),
            jvp_of_jvp: |x, v| {
                let lifted: Vec<_> = v.iter().map(|&v| Dual::constant(v)).collect();
                jvp(|x| jvp($f, x, &lifted), x, v)
            },
            third: |x, v| {
                derivative(|t| derivative(|t| derivative(|t| $f(&line(x, v, t)), t), t), 0.0)
            },
            fourth: |x, v| {
                derivative(
                    |t| derivative(|t| derivative(|t| derivative(|t| $f(&line(x, v, t)), t), t), t),
                    0.0,
                )
            },
        }),*]
    };
}

const FIELDS: &[Field] = fields!(
    vec2num_1 vec2num_2 outer_norm neg_cubes relu_sum rosenbrock_1 rosenbrock_2 rosenbrock_4 ackley
    self_weighted_logit sum_plus_prod beale goldstein_price himmelblau mccormick rastrigin styblinski_tang griewank
    levy zakharov dixon_price easom michalewicz eggholder cross_in_tray helmholtz neural_step trig_poly_loop
    logdet_spd3 mean_sin_matmul hs_style_rational
);

/// What a row of derivatives may differ by: 1e-13 of the largest in it.
const ROW: f64 = 1e-13;

/// The deviations beyond [`ROW`], a line each.
#[derive(Default)]
struct Deviations(String);

impl Deviations {
    fn row(&mut self, what: &str, found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len(), "{what}");
        let scale = expected.iter().fold(0.0, |scale: f64, x| scale.max(x.abs()));
        for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
            // Not `>`: a NaN deviates.
            let within = (found - expected).abs() <= ROW * scale;
            if !within {
                let relative = (found - expected).abs() / scale;
                writeln!(self.0, "{what}[{i}]: {found:e}, not {expected:e}: {relative:.1e} of the row")
                    .unwrap();
            }
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "beyond {ROW:e} of the row:\n{}", self.0);
    }
}

/// Hands `compare` each function with each of its points.
fn each_field(compare: impl Fn(&mut Deviations, &Field, &Value, &[f64])) {
    let file = json("zoo/scalar_fields.json");
    let problems = file["problems"].as_array().unwrap();
    assert_eq!(problems.len(), FIELDS.len());
    let mut deviations = Deviations::default();
    for problem in problems {
        let name = name(problem, "name");
        let field =
            FIELDS.iter().find(|field| field.name == name).unwrap_or_else(|| panic!("no function {name}"));
        for point in problem["points"].as_array().unwrap() {
            compare(&mut deviations, field, point, &vector(&point["x"]));
        }
    }
    deviations.none();
}

#[test]
fn gradients_are_those_of_the_references() {
    each_field(|deviations, field, point, x| {
        deviations.row(field.name, &(field.gradient)(x), &vector(&point["grad"]));
    });
}

#[test]
fn hessians_are_those_of_the_references() {
    each_field(|deviations, field, point, x| {
        for (i, (found, expected)) in (field.hessian)(x).iter().zip(matrix(&point["hess"])).enumerate() {
            deviations.row(&format!("{} row {i}", field.name), found, &expected);
        }
    });
}

#[test]
fn value_and_gradient_beside_a_hessian_are_those_of_the_references() {
    each_field(|deviations, field, point, x| {
        let (value, gradient, hessian) = (field.value_gradient_and_hessian)(x);
        deviations.row(field.name, &[value], &[number(&point["f"])]);
        deviations.row(field.name, &gradient, &vector(&point["grad"]));
        assert_eq!(hessian, (field.hessian)(x), "{}", field.name);
    });
}

#[test]
fn packed_numbers_give_the_derivatives_of_the_references() {
    each_field(|deviations, field, point, x| {
        let packed = (field.packed)(x);
        deviations.row(field.name, &[packed.re], &[number(&point["f"])]);
        deviations.row(field.name, &packed.gradient[..x.len()], &vector(&point["grad"]));
        for (i, expected) in matrix(&point["hess"]).iter().enumerate() {
            deviations.row(&format!("{} row {i}", field.name), &packed.row(i)[..x.len()], expected);
        }
    });
}

#[test]
fn hessian_vector_products_are_those_of_the_references() {
    each_field(|deviations, field, point, x| {
        deviations.row(field.name, &(field.hvp)(x, &vector(&point["v"])), &vector(&point["hvp"]));
    });
}

#[test]
fn directional_derivatives_to_the_fourth_are_those_of_the_references() {
    each_field(|deviations, field, point, x| {
        let v = vector(&point["v"]);
        let orders = [field.jvp, field.jvp_of_jvp, field.third, field.fourth];
        let expected = vector(&point["dir_derivs_1_to_4"]);
        let largest = expected.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()));
        for (order, (along, &expected)) in (1..).zip(orders.iter().zip(&expected)) {
            let what = format!("{} order {order}", field.name);
            let found = along(x, &v);
            if expected == 0.0 {
                // Terms cancel to 0; what rounding leaves is measured by the orders that don't vanish.
                deviations.row(&what, &[found, largest], &[expected, largest]);
            } else {
                deviations.row(&what, &[found], &[expected]);
            }
        }
    });
}

// The functions of one variable

fn powf<T: Real>(x: T, y: f64) -> T {
    x.powf(T::lit(y))
}

fn sigmoid<T: Float>(x: T) -> T {
    (T::one() + (-x).exp()).recip()
}

fn softplus<T: Float>(x: T) -> T {
    x.exp().ln_1p()
}

fn logistic_map<T: Real>(x: T) -> T {
    (0..10).fold(x, |x, _| T::lit(4.0) * x * (T::one() - x))
}

/// A function of one variable and its derivatives of order 0 to 3.
type Unary = (&'static str, fn(f64) -> [f64; 4]);

macro_rules! unary {
    ($($name:literal |$x:ident| $body:expr;)*) => {
        &[$((
            $name,
            |$x| {
                [
                    $body,
                    derivative(|$x| $body, $x),
                    derivative(|$x| derivative(|$x| $body, $x), $x),
                    derivative(|$x| derivative(|$x| derivative(|$x| $body, $x), $x), $x),
                ]
            },
        )),*]
    };
}

const ELEMENTARY: &[Unary] = unary! {
    "sin" |x| x.sin();
    "cos" |x| x.cos();
    "tan" |x| x.tan();
    "asin" |x| x.asin();
    "acos" |x| x.acos();
    "atan" |x| x.atan();
    "sinh" |x| x.sinh();
    "cosh" |x| x.cosh();
    "tanh" |x| x.tanh();
    "asinh" |x| x.asinh();
    "acosh" |x| x.acosh();
    "atanh" |x| x.atanh();
    "exp" |x| x.exp();
    "exp2" |x| x.exp2();
    "exp_m1" |x| x.exp_m1();
    "ln" |x| x.ln();
    "log2" |x| x.log2();
    "log10" |x| x.log10();
    "ln_1p" |x| x.ln_1p();
    "sqrt" |x| x.sqrt();
    "cbrt" |x| x.cbrt();
    "recip" |x| x.recip();
    "powi(-3)" |x| x.powi(-3);
    "powi(5)" |x| x.powi(5);
    "powi(2)" |x| x.powi(2);
    "powi(0)" |x| x.powi(0);
    "powi(1)" |x| x.powi(1);
    "powf(2.5)" |x| powf(x, 2.5);
    "powf(-1.3)" |x| powf(x, -1.3);
};

const COMPOSITE: &[Unary] = unary! {
    "sigmoid" |x| sigmoid(x);
    "softplus" |x| softplus(x);
    "num2num_1 sin^2/cos^2" |x| x.sin().powi(2) / x.cos().powi(2);
    "num2num_2 2x+sqrt(x^3)" |x| 2.0 * x + x.powi(3).sqrt();
    "num2num_3 10.31^(2x)-x" |x| powf_of(10.31, 2.0 * x) - x;
    "logistic_map_l10" |x| logistic_map(x);
    "nested exp(sin(ln(1+x^2)))" |x| (x * x).ln_1p().sin().exp();
    "x^x" |x| x.powf(x);
    "sinc sin(x)/x" |x| x.sin() / x;
};

/// `bʸ` with a constant base.
fn powf_of<T: Real>(b: f64, y: T) -> T {
    T::lit(b).powf(y)
}

/// How many units in the last place of `expected` lie between it and `found`; infinitely many between 0 and
/// anything else.
fn ulps(found: f64, expected: f64) -> f64 {
    if found == expected {
        return 0.0;
    }
    let size = expected.abs();
    if size == 0.0 {
        return f64::INFINITY;
    }
    (found - expected).abs() / (f64::from_bits(size.to_bits() + 1) - size)
}

/// What derivatives of order 1, 2 and 3 may differ by, in units in the last place.
const ULPS: [f64; 3] = [4.0, 16.0, 64.0];

/// A derivative that is a difference of larger terms: function, x, order, the terms' size in units of the result, and
/// why no evaluation of the formula in f64 does without them.
type Cancellation = (&'static str, f64, usize, f64, &'static str);

const CANCELLATIONS: &[Cancellation] = &[
    ("asinh", 0.7, 3, 100.0, "asinh‴ has a root at 1/√2; x·f⁗/f‴ is 100"),
    ("softplus", 30.0, 2, 2e13, "ln(1 + eˣ) gives s − s² with s = 1 − 1e-13"),
    ("softplus", 30.0, 3, 2e13, "as of order 2"),
    ("sinc sin(x)/x", 0.001, 1, 3e6, "cos(x)/x − sin(x)/x², terms of 1e3 for a result of −3e-4"),
    ("sinc sin(x)/x", 0.001, 2, 6e6, "terms of 2e6 for a result of −0.3"),
    ("sinc sin(x)/x", 0.001, 3, 3e13, "terms of 6e9 for a result of 2e-4"),
    ("sinc sin(x)/x", 0.5, 3, 500.0, "terms of 46 for a result of 0.1"),
];

/// Compares orders 1 to 3 with the references, `conditioned` by how many times larger than 1 the condition number is.
fn compare_unary(functions: &[Unary], conditioned: impl Fn(f64, &[f64], usize) -> f64) {
    let file = json("zoo/unary.json");
    let entries = file["unary"].as_array().unwrap();
    let mut deviations = String::new();
    for (f, derivatives) in functions {
        let entry =
            entries.iter().find(|entry| entry["fn"] == *f).unwrap_or_else(|| panic!("no reference for {f}"));
        for point in entry["points"].as_array().unwrap() {
            let (x, expected) = (number(&point["x"]), vector(&point["d"]));
            let found = derivatives(x);
            for order in 1..=3 {
                let cancelled = CANCELLATIONS.iter().find(|row| (row.0, row.1, row.2) == (*f, x, order));
                let terms = cancelled.map_or(1.0, |row| row.3);
                let off = ulps(found[order], expected[order]);
                let limit = ULPS[order - 1] * terms * conditioned(x, &expected, order);
                // Not `>`: a NaN deviates.
                let within = off <= limit;
                if !within {
                    writeln!(
                        deviations,
                        "{f}, order {order}, x = {x:e}: {:e}, not {:e}: {off} ulps, limit {limit}",
                        found[order], expected[order]
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(deviations.is_empty(), "\n{deviations}");
}

#[test]
fn derivatives_of_elementary_functions_are_those_of_the_references_to_ulps() {
    compare_unary(ELEMENTARY, |_, _, _| 1.0);
}

/// The relative error of the argument grows by the condition number |x·f⁽ᵏ⁺¹⁾/f⁽ᵏ⁾| on the way to the k-th derivative,
/// and every intermediate result is an argument.
#[test]
fn derivatives_of_compositions_are_those_of_the_references_to_ulps_times_the_condition_number() {
    compare_unary(COMPOSITE, |x, d, order| {
        let condition = (x * d[order + 1] / d[order]).abs();
        if condition.is_finite() { condition.max(1.0) } else { 1.0 }
    });
}

/// What isn't tested is what `Float` lacks.
#[test]
fn every_function_of_the_zoo_that_is_a_float_method_is_tested() {
    let special = ["erf", "erfc", "gamma", "lgamma", "digamma", "bessel_j0", "bessel_j1"];
    let file = json("zoo/unary.json");
    for entry in file["unary"].as_array().unwrap() {
        let name = name(entry, "fn");
        let tested = ELEMENTARY.iter().chain(COMPOSITE).any(|(f, _)| *f == name);
        assert!(tested != special.contains(&name.as_str()), "{name}");
    }
}

// The functions of two variables

/// A function of two variables, its gradient and its Hessian.
type Binary = (&'static str, fn(&[f64; 2]) -> (f64, [f64; 2], [[f64; 2]; 2]));

macro_rules! binary {
    ($($name:literal |$x:ident, $y:ident| $body:expr;)*) => {
        &[$((
            $name,
            |point| {
                let at = value_gradient_and_hessian(
                    |point| {
                        let ($x, $y) = (point[0], point[1]);
                        $body
                    },
                    point,
                );
                (at.value, at.gradient, at.hessian)
            },
        )),*]
    };
}

const BINARY: &[Binary] = binary! {
    "powf(x,y)" |x, y| x.powf(y);
    "atan2(y,x)" |x, y| y.atan2(x);
    "hypot" |x, y| x.hypot(y);
    "x/y" |x, y| x / y;
    "x*y" |x, y| x * y;
    "log_y(x)" |x, y| x.log(y);
    "logaddexp" |x, y| (x.exp() + y.exp()).ln();
    "beta_term x^y*(1-x)^y" |x, y| x.powf(y) * (1.0 - x).powf(y);
};

#[test]
fn gradients_and_hessians_of_functions_of_two_variables_are_those_of_the_references_to_ulps() {
    let file = json("zoo/unary.json");
    let entries = file["binary"].as_array().unwrap();
    assert_eq!(entries.len(), BINARY.len());
    let mut deviations = String::new();
    for (f, derivatives) in BINARY {
        let entry =
            entries.iter().find(|entry| entry["fn"] == *f).unwrap_or_else(|| panic!("no reference for {f}"));
        for point in entry["points"].as_array().unwrap() {
            let (x, y) = (number(&point["x"]), number(&point["y"]));
            let (_, gradient, hessian) = derivatives(&[x, y]);
            let first = gradient.into_iter().zip(vector(&point["grad"]));
            let second = hessian.into_iter().flatten().zip(matrix(&point["hess"]).concat());
            for (order, entries) in [first.collect::<Vec<_>>(), second.collect()].iter().enumerate() {
                for (i, &(found, expected)) in entries.iter().enumerate() {
                    let off = ulps(found, expected);
                    let within = off <= ULPS[order];
                    if !within {
                        writeln!(
                            deviations,
                            "{f} at ({x:e}, {y:e}), order {}, entry {i}: {found:e}, not {expected:e}: {off} ulps",
                            order + 1
                        )
                        .unwrap();
                    }
                }
            }
        }
    }
    assert!(deviations.is_empty(), "\n{deviations}");
}

/// Where a slope is flat its derivative is small, and a slope written as a sum or quotient of larger terms loses it.
#[test]
fn small_second_derivatives_keep_their_digits() {
    let second = |f: &str, x: f64| ELEMENTARY.iter().find(|row| row.0 == f).unwrap().1(x)[2];
    for x in [1e-3, -3e-5, 1e-8, -1e-12, 1e-20, 1e-200] {
        let square = (1.0 - x) * (1.0 + x);
        for (f, expected) in [
            ("asin", x / (square * square.sqrt())),
            ("acos", -x / (square * square.sqrt())),
            ("atanh", 2.0 * x / (square * square)),
        ] {
            let found = second(f, x);
            assert!(ulps(found, expected) <= ULPS[1], "{f}″({x:e}): {found:e}, not {expected:e}");
        }
    }
    for (x, y) in [(1e-3, 2.0), (-1e-8, 1.0), (3e-20, -5.0), (1e-7, 1e7)] {
        for [x, y] in [[x, y], [y, x]] {
            let [[xx, xy], [_, yy]] = hessian(|p| p[0].hypot(p[1]), &[x, y]);
            let h = x.hypot(y);
            let (c, s) = (x / h, y / h);
            for (found, expected) in [(xx, s * s / h), (xy, -c * s / h), (yy, c * c / h)] {
                assert!(
                    ulps(found, expected) <= ULPS[1],
                    "hypot″({x:e}, {y:e}): {found:e}, not {expected:e}"
                );
            }
        }
    }
}
