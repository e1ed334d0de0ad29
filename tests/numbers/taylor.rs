//! Truncated power series: against exact coefficients, mpmath's, nested dual numbers and closed forms, and the laws of the
//! numbers. The data are described in `data/taylor/functions.py` and `data/taylor/taylor.json`.

use std::array::from_fn;

use crate::common::{
    BINARY, Number, UNARY, all_zero, any_number, any_tangent, binary, build, cases, index, same, same_bits,
    unary,
};
use crate::data::{json, vector};
use crate::special_table::for_each_special_rule;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use tangents::{Dual, Real, Special, Taylor, jet, nth_derivative, taylor};

type Checked = Result<(), TestCaseError>;

fn coefficients<const K: usize>(x: &Taylor<f64, K>) -> Vec<f64> {
    (0..=K).map(|k| x.coefficient(k)).collect()
}

/// Checks coefficients against true ones, to `ulps` + k units of the last place at tᵏ.
///
/// Of the last place of the largest among the coefficient and its four neighbours: recurrences add up numbers of that
/// size, and a coefficient among them that vanishes, as every second one of tan x does, is their difference. And k more
/// because coefficients go as ρ⁻ᵏ with the distance ρ of the nearest singularity: a rounding of ρ, one of x is enough, is
/// k roundings there.
fn expect_close(what: &str, got: &[f64], want: &[f64], ulps: f64) {
    for (k, (&g, &w)) in (0_u8..).zip(got.iter().zip(want)) {
        let around = usize::from(k).saturating_sub(2)..want.len().min(usize::from(k) + 3);
        let scale = want[around].iter().fold(0.0_f64, |scale, c| scale.max(c.abs()));
        let error = (g - w).abs() / (scale * f64::EPSILON).max(f64::MIN_POSITIVE);
        let allowed = ulps + f64::from(k);
        assert!(error <= allowed, "{what}, coefficient {k}: {g:e} instead of {w:e}, {error:.1} ulps");
    }
}

// ---- Exact coefficients ----

type S20 = Taylor<f64, 20>;

/// The series of `data/taylor/taylor.json` by name, at its point.
fn reference(name: &str, x: S20) -> S20 {
    let c = S20::lit;
    match name {
        "tan" | "tan@0.7" => x.tan(),
        "tanh" => x.tanh(),
        "sec" => x.cos().recip(),
        "bernoulli" => {
            // (eˣ − 1)/x has lost its last coefficient with the division by t; it isn't needed for those below it.
            let e = Taylor::<f64, 21>::variable(x.re).exp_m1();
            S20::new(e.coefficients[0], from_fn(|k| e.coefficients[k + 1])).recip()
        }
        "lambertw" | "lambertw@1" => x.lambert_w0(),
        "asin" => x.asin(),
        "atan" | "atan@1.5" => x.atan(),
        "sqrt1p" => (x + 1.0).sqrt(),
        "bell" => x.exp_m1().exp(),
        "expsin" | "exp(sin x)@1.3" => x.sin().exp(),
        "involutions" => (x + x * x / 2.0).exp(),
        "fib" => (c(1.0) - x - x * x).recip(),
        "catalan" => (1.0 - (1.0 - 4.0 * x).sqrt()) / 2.0,
        "euler_zigzag" => x.cos().recip() + x.tan(),
        "legendre_1_3" => (1.0 - 2.0 / 3.0 * x + x * x).sqrt().recip(),
        "riccati" => {
            // y′ = x² + y² determines each coefficient from those below it.
            let mut y = c(1.0);
            for k in 0..20_u8 {
                let slope = x * x + y * y;
                y.coefficients[usize::from(k)] = slope.coefficient(k.into()) / f64::from(k + 1);
            }
            y
        }
        "tansin_minus_sintan" => x.sin().tan() - x.tan().sin(),
        "ln x@2.5" => x.ln(),
        "sqrt x@0.3" => x.sqrt(),
        "1/x@-1.5" => x.recip(),
        _ => panic!("no series {name}"),
    }
}

#[test]
fn coefficients_to_order_20_are_the_exact_ones() {
    let data = json("taylor/taylor.json");
    let problems = data["problems"].as_array().expect("problems");
    assert_eq!(problems.len(), 24);
    for problem in problems {
        let name = problem["name"].as_str().expect("a name");
        let x = problem["expansion_point"].as_f64().expect("a point");
        let want = vector(&problem["coeff_f64"]);
        assert_eq!(want.len(), 21, "{name}");
        expect_close(name, &coefficients(&reference(name, S20::variable(x))), &want, 8.0);
    }
}

// ---- Every function against mpmath ----

fn row_of<'a>(data: &'a Value, key: &str) -> impl Iterator<Item = (&'a str, &'a Value, Vec<f64>)> {
    data[key]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["name"].as_str().expect("a name"), row, vector(&row["coefficients"])))
}

/// The polynomials that are a case's arguments.
fn arguments<const K: usize>(row: &Value) -> Vec<Taylor<f64, K>> {
    row["arguments"]
        .as_array()
        .expect("arguments")
        .iter()
        .map(|argument| {
            let c = vector(argument);
            Taylor::new(c[0], from_fn(|k| c.get(k + 1).copied().unwrap_or(0.0)))
        })
        .collect()
}

fn functions_of_mpmath() -> Value {
    json("taylor/functions.json")
}

#[test]
fn every_function_of_one_number_has_the_coefficients_of_mpmath() {
    let data = functions_of_mpmath();
    let mut met = vec![false; UNARY.len()];
    for (name, row, want) in row_of(&data, "unary") {
        let k = index(UNARY, name);
        let x = arguments::<10>(row)[0];
        met[k] = true;
        expect_close(&format!("{name} at {x:?}"), &coefficients(&unary(k, x)), &want, 4.0);
    }
    assert!(met.iter().all(|&met| met), "a function without a reference: {met:?}");
}

#[test]
fn every_function_of_two_numbers_has_the_coefficients_of_mpmath() {
    let data = functions_of_mpmath();
    let mut met = vec![false; BINARY.len()];
    for (name, row, want) in row_of(&data, "binary") {
        let k = index(BINARY, name);
        let x = arguments::<10>(row);
        met[k] = true;
        // Of the power with two curves the data themselves are worth no more: an ulp more in each coefficient of x and y
        // moves the tenth of the power by 19 ulps (by mpmath), and the others by up to 8.
        let ulps = if name == "powf" { 20.0 } else { 6.0 };
        expect_close(&format!("{name} at {x:?}"), &coefficients(&binary(k, x[0], x[1])), &want, ulps);
    }
    assert!(met.iter().all(|&met| met), "a function without a reference: {met:?}");
}

#[test]
fn powers_have_the_coefficients_of_mpmath() {
    for (_, row, want) in row_of(&functions_of_mpmath(), "powi") {
        let n = i32::try_from(row["n"].as_i64().expect("an exponent")).expect("an i32");
        let x = arguments::<10>(row)[0];
        expect_close(&format!("{x:?} to {n}"), &coefficients(&x.powi(n)), &want, 4.0);
        let by_powf = x.powf(Taylor::constant(f64::from(n)));
        expect_close(&format!("{x:?} by powf to {n}"), &coefficients(&by_powf), &want, 4.0);
    }
}

/// The special function of one number of that name, which may have an order.
macro_rules! by_name {
    ([$T:ty] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {
        fn by_name(name: &str, n: Option<i32>, x: $T) -> $T {
            match name {
                $(stringify!($name) => x.$name($(<$Order>::try_from(n.expect(stringify!($n))).unwrap())?),)*
                name => panic!("no function {name}"),
            }
        }
    };
}

for_each_special_rule!(by_name [Taylor<f64, 8>]);

#[test]
fn special_functions_have_the_coefficients_of_mpmath() {
    let data = functions_of_mpmath();
    for (name, row, want) in row_of(&data, "special") {
        let x = arguments::<8>(row)[0];
        expect_close(&format!("{name} at {x:?}"), &coefficients(&by_name(name, None, x)), &want, 4.0);
    }
    for (name, row, want) in row_of(&data, "family") {
        let n = i32::try_from(row["n"].as_i64().expect("an order")).expect("an i32");
        let x = arguments::<8>(row)[0];
        let y = by_name(name, Some(n), x);
        expect_close(&format!("{name} of order {n} at {x:?}"), &coefficients(&y), &want, 4.0);
    }
    for (name, row, want) in row_of(&data, "special_binary") {
        let x = arguments::<8>(row);
        let y = match name {
            "beta" => x[0].beta(x[1]),
            "ln_beta" => x[0].ln_beta(x[1]),
            "logaddexp" => x[0].logaddexp(x[1]),
            "xlogy" => x[0].xlogy(x[1]),
            "xlog1py" => x[0].xlog1py(x[1]),
            name => panic!("no function {name}"),
        };
        expect_close(&format!("{name} at {x:?}"), &coefficients(&y), &want, 4.0);
    }
}

// ---- Orders agree ----

/// What a nested number of depth 1 to 4 knows: the derivatives along t, from the curve's coefficients.
trait Nested: Number {
    /// The curve `Σ c_k·tᵏ` at t = 0 as a number, from the derivatives `k!·c_k` that follow `k`.
    fn on_the_curve(derivatives: &[f64]) -> Self;

    /// The derivative of every order up to the depth.
    fn derivatives(self) -> Vec<f64>;
}

impl Nested for f64 {
    fn on_the_curve(derivatives: &[f64]) -> Self {
        derivatives[0]
    }

    fn derivatives(self) -> Vec<f64> {
        vec![self]
    }
}

impl<T: Nested> Nested for Dual<T, 1> {
    fn on_the_curve(derivatives: &[f64]) -> Self {
        Self::new(T::on_the_curve(derivatives), [T::on_the_curve(&derivatives[1..])])
    }

    fn derivatives(self) -> Vec<f64> {
        let mut derivatives = vec![self.re.derivatives()[0]];
        derivatives.extend(self.eps[0].derivatives());
        derivatives
    }
}

type Depth4 = Dual<Dual<Dual<Dual<f64, 1>, 1>, 1>, 1>;

/// The sums of the absolute terms of the derivatives to the fourth along a curve (Faà di Bruno). Rounding is a few parts of these
/// in both ways; in the derivative itself the terms may cancel.
fn sums_of_absolute_terms(f: [f64; 5], u: [f64; 5]) -> [f64; 5] {
    let ([y, f1, f2, f3, f4], [_, u1, u2, u3, u4]) = (f.map(f64::abs), u.map(f64::abs));
    [
        y,
        f1 * u1,
        f2 * u1 * u1 + f1 * u2,
        f3 * u1.powi(3) + 3.0 * f2 * u1 * u2 + f1 * u3,
        f4 * u1.powi(4) + 6.0 * f3 * u1 * u1 * u2 + f2 * (3.0 * u2 * u2 + 4.0 * u1 * u3) + f1 * u4,
    ]
}

/// The derivatives to the fourth by nesting and as a series, of a curve through x.
fn by_both(
    f: impl Fn(Depth4) -> Depth4,
    g: impl Fn(Taylor<f64, 4>) -> Taylor<f64, 4>,
    c: [f64; 5],
) -> [Vec<f64>; 2] {
    let series = Taylor::new(c[0], [c[1], c[2], c[3], c[4]]);
    let derivatives: Vec<f64> = (0..5).map(|k| series.derivative(k)).collect();
    let series = g(series);
    [f(Depth4::on_the_curve(&derivatives)).derivatives(), (0..5).map(|k| series.derivative(k)).collect()]
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn derivatives_to_the_fourth_are_those_of_nested_numbers(
        k in 0..UNARY.len(), x in 0.05..0.95, shift in 0..4_u8, c in [-1.0..1.0, -1.0..1.0, -1.0..1.0, -1.0..1.0],
    ) {
        let x = match UNARY[k] {
            "acosh" => x + 1.0 + f64::from(shift),
            "asin" | "acos" | "atanh" => 2.0 * x - 1.0,
            _ => x + f64::from(shift),
        };
        let [want, got] = by_both(|x| unary(k, x), |x| unary(k, x), [x, c[0], c[1], c[2], c[3]]);
        let [of_function, _] = by_both(|x| unary(k, x), |x| unary(k, x), [x, 1.0, 0.0, 0.0, 0.0]);
        let terms = sums_of_absolute_terms(
            from_fn(|n| of_function[n]),
            [x, c[0], 2.0 * c[1], 6.0 * c[2], 24.0 * c[3]],
        );
        let scale = terms.into_iter().fold(1e-300_f64, f64::max);
        for (n, (w, g)) in want.iter().zip(&got).enumerate() {
            prop_assert!((w - g).abs() <= 64.0 * f64::EPSILON * scale, "{}, derivative {n}: {g:e}, nested {w:e}", UNARY[k]);
        }
    }
}

// ---- The laws ----

/// A value and coefficients for a number of any type tested here.
fn any_components() -> impl Strategy<Value = Vec<f64>> {
    (any_number(), vec(any_tangent(), 11)).prop_map(|(x, coefficients)| [vec![x], coefficients].concat())
}

/// The first coefficient is the tangent of a dual number to the bit, where that is finite.
fn every_first_coefficient_is_the_tangent(a: &[f64], b: &[f64], n: i32) -> Checked {
    let (x, y): (Taylor<f64, 5>, Taylor<f64, 5>) = (build(a), build(b));
    let dual = |x: Taylor<f64, 5>| Dual::new(x.re, [x.coefficients[0]]);
    let check = |name: &str, got: Taylor<f64, 5>, want: Dual<f64, 1>| {
        let tangent = want.eps[0];
        let (first, finite) = (got.coefficients[0], tangent.is_finite());
        prop_assert!(
            if finite { same_bits(first, tangent) } else { first == tangent || !first.is_finite() },
            "{name} of {x:?} and {y:?} is {got:?}, but {want:?}"
        );
        Ok(())
    };
    for (k, name) in UNARY.iter().enumerate() {
        check(name, unary(k, x), unary(k, dual(x)))?;
    }
    for (k, name) in BINARY.iter().enumerate() {
        check(name, binary(k, x, y), binary(k, dual(x), dual(y)))?;
    }
    check("powi", x.powi(n), dual(x).powi(n))
}

/// Products and quotients of two series follow IEEE arithmetic, infinity times zero included.
const UNMASKED: &[&str] = &["mul", "div"];

fn constants_stay_constant<T: Number>(a: &[f64], b: &[f64], n: i32) -> Checked {
    let (x, y): (Taylor<T, 5>, Taylor<T, 5>) = (build(a), build(b));
    for zero in [T::zero(), T::neg_zero()] {
        // One that is constant, and one whose first coefficient is zero.
        let constant = |x: Taylor<T, 5>| Taylor::new(x.re, [zero; 5]);
        let flat = |mut x: Taylor<T, 5>| {
            x.coefficients[0] = zero;
            x
        };
        let check = |name: &str, f: &dyn Fn(Taylor<T, 5>, Taylor<T, 5>) -> Taylor<T, 5>| {
            let of_constants = f(constant(x), constant(y));
            prop_assert!(of_constants.is_constant(), "{name} of constants {x:?}, {y:?} is {of_constants:?}");
            let of_flat = f(flat(x), flat(y));
            prop_assert!(
                all_zero(of_flat.coefficients[0]),
                "{name} of {:?}, {:?} is {of_flat:?}",
                flat(x),
                flat(y)
            );
            Ok(())
        };
        for (k, name) in UNARY.iter().enumerate() {
            check(name, &|x, _| unary(k, x))?;
        }
        for (k, name) in BINARY.iter().enumerate().filter(|(_, name)| !UNMASKED.contains(name)) {
            check(name, &|x, y| binary(k, x, y))?;
        }
        check("powi", &|x, _| x.powi(n))?;
        check("chain", &|x, y| x.chain(x.re, y))?;
        check("compose", &|x, y| x.compose(x.re, y.coefficients))?;
    }
    Ok(())
}

/// A longer series begins with the shorter one.
fn orders_are_independent(a: &[f64], b: &[f64], n: i32) -> Checked {
    let (x, y): (Taylor<f64, 20>, Taylor<f64, 20>) = (build(a), build(b));
    let short = |x: Taylor<f64, 20>| Taylor::<f64, 4>::new(x.re, from_fn(|k| x.coefficients[k]));
    for (k, name) in UNARY.iter().enumerate() {
        prop_assert!(same(short(unary(k, x)), unary(k, short(x))), "{name} of {x:?}");
    }
    for (k, name) in BINARY.iter().enumerate() {
        // A power goes another way where its exponent is constant to the end of the series.
        if *name != "powf" || y.is_constant() == short(y).is_constant() {
            prop_assert!(
                same(short(binary(k, x, y)), binary(k, short(x), short(y))),
                "{name} of {x:?}, {y:?}"
            );
        }
    }
    prop_assert!(same(short(x.powi(n)), short(x).powi(n)), "{x:?} to {n}");
    Ok(())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn first_coefficient_is_bitwise_the_tangent(
        a in any_components(), b in any_components(), n in crate::common::any_exponent(),
    ) {
        every_first_coefficient_is_the_tangent(&a, &b, n)?;
    }

    #[test]
    fn a_constant_stays_constant(a in any_components(), b in any_components(), n in crate::common::any_exponent()) {
        constants_stay_constant::<f64>(&a, &b, n)?;
        constants_stay_constant::<f32>(&a, &b, n)?;
        constants_stay_constant::<Dual<f64, 2>>(&a, &b, n)?;
    }

    #[test]
    fn a_longer_series_begins_with_the_shorter_one(
        a in any_components(), b in any_components(), n in crate::common::any_exponent(),
    ) {
        orders_are_independent(&a, &b, n)?;
    }
}

// ---- Beyond the data: closed forms ----

#[test]
fn closed_forms_hold_to_order_60() {
    let at = Taylor::<f64, 60>::variable;
    let factorial = |k: u8| (1..=k).map(f64::from).product::<f64>();
    let of_order = |f: &dyn Fn(u8) -> f64| (0..=60).map(f).collect::<Vec<f64>>();

    expect_close("eˣ", &coefficients(&at(0.0).exp()), &of_order(&|k| factorial(k).recip()), 4.0);
    expect_close("1/(1 − x)", &coefficients(&(1.0 - at(0.0)).recip()), &of_order(&|_| 1.0), 4.0);
    expect_close(
        "1/x at 2",
        &coefficients(&at(2.0).recip()),
        &of_order(&|k| -(-0.5_f64).powi((k + 1).into())),
        4.0,
    );
    let logarithm = |k: u8| if k == 0 { 0.0 } else { -(-1.0_f64).powi(k.into()) / f64::from(k) };
    expect_close("ln(1 + x)", &coefficients(&at(0.0).ln_1p()), &of_order(&logarithm), 4.0);
    expect_close("ln x at 1", &coefficients(&at(1.0).ln()), &of_order(&logarithm), 4.0);
    let sine = |k: u8| [0.0, 1.0, 0.0, -1.0][usize::from(k % 4)] / factorial(k);
    expect_close("sin x", &coefficients(&at(0.0).sin()), &of_order(&sine), 4.0);

    // √(1 + x) and ∛(1 + x) by binomials.
    let binomial = |a: f64, k: u8| (1..=k).map(f64::from).fold(1.0, |b, j| b * (a - j + 1.0) / j);
    expect_close("√(1 + x)", &coefficients(&at(1.0).sqrt()), &of_order(&|k| binomial(0.5, k)), 4.0);
    expect_close("∛(1 + x)", &coefficients(&at(1.0).cbrt()), &of_order(&|k| binomial(1.0 / 3.0, k)), 4.0);
    let half = Taylor::constant(2.5);
    expect_close("(1 + x)^2.5", &coefficients(&at(1.0).powf(half)), &of_order(&|k| binomial(2.5, k)), 4.0);
    expect_close("(1 + x)^100", &coefficients(&at(1.0).powi(100)), &of_order(&|k| binomial(100.0, k)), 4.0);
    expect_close("(1 + x)^-3", &coefficients(&at(1.0).powi(-3)), &of_order(&|k| binomial(-3.0, k)), 4.0);

    // tan x by Bernoulli's numbers, which are values of ζ: the coefficient of x²ⁿ⁻¹ is 2(4ⁿ − 1)·ζ(2n)/π²ⁿ.
    let zeta = |s: i32| 1.0 + (2..60).rev().map(|j| f64::from(j).powi(-s)).sum::<f64>();
    let tangent = |k: u8| {
        let n = i32::from(k).midpoint(1);
        let pi = std::f64::consts::PI;
        match k {
            _ if k.is_multiple_of(2) => 0.0,
            1 => 1.0,
            3 => 1.0 / 3.0,
            5 => 2.0 / 15.0,
            7 => 17.0 / 315.0,
            // 59 terms of ζ have all digits.
            _ => 2.0 * (4.0_f64.powi(n) - 1.0) * zeta(2 * n) * pi.powi(-2 * n),
        }
    };
    expect_close("tan x", &coefficients(&at(0.0).tan()), &of_order(&tangent), 8.0);
}

/// x⁹ of a series whose value is tiny: the recurrence for powers would divide by its powers.
#[test]
fn a_power_with_few_factors_is_multiplied_out() {
    let x = Taylor::<f64, 24>::new(1e-3, from_fn(|k| f64::from(u8::from(k < 2))));
    let square = |x: Taylor<f64, 24>| x * x;
    let want = square(square(square(x))) * x;
    for got in [x.powi(9), x.powf(Taylor::constant(9.0))] {
        for k in 0..=24 {
            let (got, want) = (got.coefficient(k), want.coefficient(k));
            assert!((got - want).abs() <= 1e-14 * want.abs(), "coefficient {k}: {got:e} instead of {want:e}");
        }
    }
    assert!(x.powi(9).coefficients[18..].iter().all(|&c| c == 0.0), "beyond the degree of the polynomial");
}

// ---- Compositions ----

type OfDuals = Taylor<Dual<f64, 1>, 6>;
type OfSeries = Dual<Taylor<f64, 6>, 1>;

#[test]
fn coefficients_have_gradients_and_tangents_have_series() {
    // f(x, p) = e^(p·x) at x = 0.5, p = 2: the coefficient of tᵏ is pᵏ/k!·e^(px), its derivative in p is
    // (k·pᵏ⁻¹ + x·pᵏ)/k!·e^(px).
    let (x, p) = (0.5_f64, 2.0_f64);
    let f = |x: f64, p: f64, k: i32| p.powi(k) * (p * x).exp() / (1..=k).map(f64::from).product::<f64>();
    let df = |k: i32| f(x, p, k) * (f64::from(k) / p + x);

    let y = (OfDuals::variable(Dual::constant(x)) * Dual::variable(p, 0)).exp();
    let z = (OfSeries::constant(Taylor::variable(x)) * OfSeries::variable(Taylor::constant(p), 0)).exp();
    for k in 0..=6_u8 {
        let (want, slope) = (f(x, p, k.into()), df(k.into()));
        let k = usize::from(k);
        for (got, tangent) in
            [(y.coefficient(k).re, y.coefficient(k).eps[0]), (z.re.coefficient(k), z.eps[0].coefficient(k))]
        {
            assert!((got - want).abs() <= 1e-14 * want, "coefficient {k}: {got} instead of {want}");
            assert!(
                (tangent - slope).abs() <= 1e-14 * slope,
                "its derivative {k}: {tangent} instead of {slope}"
            );
        }
    }
}

#[test]
fn a_series_of_series_is_one_in_two_variables() {
    // 1/(1 − s − t) = Σ (j + k choose j)·sʲtᵏ
    type Double = Taylor<Taylor<f64, 5>, 5>;
    let s = Taylor::<f64, 5>::variable(0.0);
    let f = (Double::constant(s - 1.0) + Double::variable(Taylor::constant(0.0))).recip();
    let mut binomials = [[1.0; 6]; 6];
    for j in 1..6 {
        for k in 1..6 {
            binomials[j][k] = binomials[j - 1][k] + binomials[j][k - 1];
        }
    }
    for (k, row) in binomials.iter().enumerate() {
        for (j, &want) in row.iter().enumerate() {
            assert_eq!(f.coefficient(k).coefficient(j), -want, "s^{j} t^{k}");
        }
    }
}

#[test]
fn a_series_of_singles_has_their_precision() {
    let y = Taylor::<f32, 8>::variable(0.7).tan();
    let want = Taylor::<f64, 8>::variable(0.7_f32.into()).tan();
    for k in 0..=8 {
        let (got, want) = (f64::from(y.coefficient(k)), want.coefficient(k));
        assert!((got - want).abs() <= 8.0 * f64::from(f32::EPSILON) * want.abs(), "coefficient {k}: {got}");
    }
}

// ---- Drivers ----

#[test]
fn drivers_agree_with_the_series() {
    let series = taylor::<5, _>(|x| x.exp() * x, 1.0_f64);
    assert!(series.identical(&(Taylor::variable(1.0).exp() * Taylor::variable(1.0))));
    // (x·eˣ)⁽⁵⁾ = (x + 5)·eˣ
    let want = 6.0 * std::f64::consts::E;
    assert!((nth_derivative::<5, _>(|x| x.exp() * x, 1.0_f64) - want).abs() <= 1e-14 * want);
    assert_eq!(nth_derivative::<0, _>(|x| x * x, 3.0), 9.0);
}

/// JAX's documentation of `jax.experimental.jet.jet`: the derivatives of sin along h(t) = h₀ + h₁·t + h₂·t²/2, which are
/// f₁ = cos(h₀)·h₁ and f₂ = −sin(h₀)·h₁² + cos(h₀)·h₂.
#[test]
fn jet_is_faa_di_brunos_formula() {
    let (h0, h1, h2) = (0.5_f64.powi(2), 2.0 * 0.5_f64, 2.0_f64);
    let (value, [first, second]) = jet(|x| x.sin(), &h0, [&h1, &h2]);
    assert_eq!(value, h0.sin());
    assert_eq!(first, h0.cos() * h1);
    let want = -h0.sin() * h1 * h1 + h0.cos() * h2;
    assert!((second - want).abs() <= 4.0 * f64::EPSILON * want.abs());
}

/// What `jax.experimental.jet.jet` of JAX 0.10.2 in `f64` gives for
/// `exp(sin(x[0]))*log(x[1]*x[1] + 1)/sqrt(x[0]) + tanh(x[0]*x[1])` along the same curve.
#[test]
fn jet_is_that_of_jax() {
    let f = |x: &[Taylor<f64, 4>]| {
        x[0].sin().exp() * (x[1] * x[1] + 1.0).ln() / x[0].sqrt() + (x[0] * x[1]).tanh()
    };
    let series = [&[1.0, -0.5], &[0.25, 2.0], &[-1.0, 0.75], &[3.0, 0.0]];
    let (value, derivatives) = jet(f, &[1.25, 0.5], series);
    let got = [value, derivatives[0], derivatives[1], derivatives[2], derivatives[3]];
    let want = [
        1.070_146_548_611_259_8,
        -1.054_360_448_354_329_8,
        5.189_305_289_538_685,
        0.373_091_682_286_060_16,
        -1.683_659_956_972_604_7,
    ];
    for (k, (got, want)) in got.into_iter().zip(want).enumerate() {
        // The derivatives are sums of terms up to some tens.
        assert!((got - want).abs() <= 1e-13, "derivative {k}: {got}, JAX {want}");
    }
}

#[test]
fn jet_along_a_line_gives_directional_derivatives() {
    // f = (x·y², x + y) along (1, 2) + t(3, −1): x·y² = (1 + 3t)(2 − t)² = 4 + 8t − 11t² + 3t³.
    let f = |x: &[Taylor<f64, 3>]| [x[0] * x[1] * x[1], x[0] + x[1]];
    let zero = [0.0, 0.0];
    let (value, derivatives) = jet(f, &[1.0, 2.0], [&[3.0, -1.0], &zero, &zero]);
    assert_eq!(value, [4.0, 3.0]);
    assert_eq!(derivatives, [[8.0, 2.0], [-22.0, 0.0], [18.0, 0.0]]);
}

#[cfg(feature = "alloc")]
mod run_time {
    use crate::panics::{assert_panics, wrong_direction};
    use tangents::{Error, Function, Number, Taylor, jet};

    #[test]
    fn jet_at_a_slice_says_both_lengths() {
        let f = |x: &[Taylor<f64, 2>]| vec![x[0] * x[1]];
        let (x, v, w) = ([1.0, 2.0].as_slice(), [3.0, 4.0].as_slice(), [0.0].as_slice());
        assert_panics(&wrong_direction(2, 1), || _ = jet(f, x, [v, w]));
        assert_eq!(jet(f, x, [v, v]), (vec![2.0], [vec![10.0], vec![34.0]]));
    }

    struct Exponential;

    impl Function for Exponential {
        type From = f64;
        type To = f64;

        fn call<D: Number>(&self, x: &D) -> D {
            x.exp()
        }
    }

    #[test]
    fn every_order_has_its_derivatives() {
        for order in (0..=128).filter(|n| n % 7 == 0 || *n > 120 || *n < 5) {
            let derivatives = Exponential.nth_derivatives(0.0_f64, order).expect("an order in reach");
            assert_eq!(derivatives.len(), order + 1);
            for (k, d) in derivatives.iter().enumerate() {
                assert!((d - 1.0).abs() < 1e-13, "derivative {k} of eˣ at 0: {d}");
            }
            let coefficients = Exponential.taylor_coefficients(0.0, order).expect("an order in reach");
            assert_eq!(coefficients.len(), order + 1);
            assert_eq!(coefficients[order.min(2)], [1.0, 1.0, 0.5][order.min(2)]);
        }
        assert_eq!(Exponential.nth_derivatives(0.0, 129), Err(Error::Order { largest: 128, found: 129 }));
    }
}

#[test]
fn a_series_is_evaluated_by_its_coefficients() {
    // 2 + 3h + 5h² + 7h³
    let series = Taylor::new(2.0, [3.0, 5.0, 7.0]);
    assert_eq!([0.5, -1.0, 0.0].map(|h| series.eval(h)), [5.625, -3.0, 2.0]);
}

#[test]
fn a_series_of_order_0_is_its_value() {
    type Value = Taylor<f64, 0>;
    let (x, y) = (Value::variable(0.75), Value::constant(1.5));
    for (k, name) in UNARY.iter().enumerate() {
        assert!(same_bits(unary(k, x).re, unary(k, 0.75)), "{name}");
    }
    for (k, name) in BINARY.iter().enumerate() {
        assert!(same_bits(binary(k, x, y).re, binary(k, 0.75, 1.5)), "{name}");
    }
    for (k, (name, f)) in special_unary::<Value>().into_iter().enumerate() {
        assert!(same_bits(f(x).re, special_unary::<f64>()[k].1(0.75)), "{name}");
    }
    for (k, (name, f)) in special_binary::<Value>().into_iter().enumerate() {
        assert!(same_bits(f(x, y).re, special_binary::<f64>()[k].1(0.75, 1.5)), "{name}");
    }
    assert_eq!(x.eval(0.5), 0.75);
    assert_eq!((x.powi(3).derivative(0), x.is_constant()), (0.75_f64.powi(3), true));
}

#[test]
fn it_prints_as_value_and_coefficients() {
    let x = Taylor::new(2.5, [1.0, -0.25]);
    assert_eq!(format!("{x}"), "2.5 + [1, -0.25]tᵏ");
    assert_eq!(format!("{x:.1}"), "2.5 + [1.0, -0.2]tᵏ");
    assert_eq!(format!("{x:>22}|"), "    2.5 + [1, -0.25]tᵏ|");
    assert_eq!(format!("{x:e}"), "2.5e0 + [1e0, -2.5e-1]tᵏ");
}

// ---- Special functions: laws, and those that take several numbers ----

/// Every row of the table of rules, of the order 2 where it has one, and others.
macro_rules! special_functions {
    ([$($binary:ident)*] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {
        fn special_unary<T: Special>() -> Vec<(&'static str, fn(T) -> T)> {
            vec![
                $((stringify!($name), |x| x.$name($(<$Order>::try_from(2).unwrap())?)),)*
                ("bessel_jn(3)", |x| x.bessel_jn(3)),
                ("bessel_jn(-2)", |x| x.bessel_jn(-2)),
                ("bessel_in(-1)", |x| x.bessel_in(-1)),
                ("spherical_jn(0)", |x| x.spherical_jn(0)),
                ("spherical_jn(4)", |x| x.spherical_jn(4)),
                ("relu", T::relu),
                ("stop_gradient", T::stop_gradient),
            ]
        }

        fn special_binary<T: Special>() -> Vec<(&'static str, fn(T, T) -> T)> {
            vec![
                $((stringify!($binary), T::$binary),)*
                ("norm", |x, y| T::norm(&[x, y, T::lit(-0.25)])),
                ("logsumexp", |x, y| T::logsumexp(&[x, y, T::lit(0.75)])),
                ("softmax", |x, y| T::softmax([x, y, T::lit(0.75)])[0]),
                ("hypot3", |x, y| x.hypot3(y, T::lit(0.5))),
                ("safe_norm", |x, y| T::safe_norm(&[x, y], T::lit(0.125))),
                ("smoothstep", |x, y| x.smoothstep(T::lit(-1.0), y + T::lit(3.0))),
            ]
        }
    };
}

for_each_special_rule!(special_functions [beta ln_beta logaddexp xlogy xlog1py]);

/// Where special functions have their corners, beside the ordinary numbers.
fn any_special_number() -> impl Strategy<Value = f64> + Clone {
    let corners = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        -2.0,
        2.0,
        30.0,
        -0.367_879_441_171_442_33,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        1e-310,
        700.0,
        -800.0,
        1e20,
    ];
    prop_oneof![3 => -4.0..4.0, 1 => 0.0..1.0, 1 => 1.0..40.0, 2 => prop::sample::select(corners.to_vec())]
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn special_functions_obey_the_laws(
        x in any_special_number(), y in any_special_number(), c in [any_tangent(), any_tangent(), any_tangent()],
    ) {
        let series = |x: f64, c: &[f64; 3]| Taylor::new(x, *c);
        let (sx, sy) = (series(x, &c), series(y, &[c[1], c[2], c[0]]));
        let dual = |x: Taylor<f64, 3>| Dual::new(x.re, [x.coefficients[0]]);
        let check = |name: &str, got: Taylor<f64, 3>, plain: f64, tangent: Dual<f64, 1>, constant: Taylor<f64, 3>| {
            prop_assert!(same_bits(got.re, plain), "{name} of {sx:?}, {sy:?} is {got:?}, and not {plain}");
            let (first, want) = (got.coefficients[0], tangent.eps[0]);
            prop_assert!(
                if want.is_finite() { same_bits(first, want) || first == want } else { !first.is_finite() },
                "{name} of {sx:?}, {sy:?} is {got:?}, but {tangent:?}"
            );
            prop_assert!(constant.is_constant(), "{name} of constants {x}, {y} is {constant:?}");
            Ok(())
        };
        let of_series = special_unary::<Taylor<f64, 3>>();
        for (k, &(name, f)) in of_series.iter().enumerate() {
            let plain = special_unary::<f64>()[k].1(x);
            check(name, f(sx), plain, special_unary::<Dual<f64, 1>>()[k].1(dual(sx)), f(Taylor::constant(x)))?;
        }
        for (k, &(name, f)) in special_binary::<Taylor<f64, 3>>().iter().enumerate() {
            let composed = ["logsumexp", "softmax", "safe_norm", "smoothstep"].contains(&name);
            if composed && !(x.is_finite() && y.is_finite()) {
                continue; // made of products and quotients, which follow IEEE arithmetic
            }
            let plain = special_binary::<f64>()[k].1(x, y);
            let tangent = special_binary::<Dual<f64, 1>>()[k].1(dual(sx), dual(sy));
            check(name, f(sx, sy), plain, tangent, f(Taylor::constant(x), Taylor::constant(y)))?;
        }
    }

    #[test]
    fn special_functions_of_two_numbers_are_those_of_nested_numbers(
        x in 0.1..3.0, y in 0.1..3.0, c in [-1.0..1.0, -1.0..1.0, -1.0..1.0, -1.0..1.0],
    ) {
        for (k, &(name, f)) in special_binary::<Taylor<f64, 4>>().iter().enumerate() {
            let nested = special_binary::<Depth4>()[k].1;
            // Of y the curve with the coefficients in another order.
            let y_of = |x: Taylor<f64, 4>| {
                let [a, b, c, d] = x.coefficients;
                Taylor::new(y, [d, c, b, a])
            };
            let series = Taylor::new(x, c);
            let on_the_curve = |x: Taylor<f64, 4>| {
                let derivatives: Vec<f64> = (0..5).map(|k| x.derivative(k)).collect();
                Depth4::on_the_curve(&derivatives)
            };
            let want = nested(on_the_curve(series), on_the_curve(y_of(series))).derivatives();
            let got = f(series, y_of(series));
            let scale = want.iter().fold(1e-300_f64, |scale, d| scale.max(d.abs()));
            for (n, w) in want.iter().enumerate() {
                let g = got.derivative(n);
                prop_assert!((g - w).abs() <= 256.0 * f64::EPSILON * scale, "{name}, derivative {n}: {g:e}, nested {w:e}");
            }
        }
    }
}

// ---- Edges ----

#[test]
fn where_a_function_is_singular_the_orders_are_infinite_or_nan() {
    let at = |x: f64, f: fn(Taylor<f64, 4>) -> Taylor<f64, 4>| f(Taylor::variable(x)).coefficients;
    let infinity = f64::INFINITY;
    assert_eq!(at(0.0, Taylor::sqrt), [infinity, -infinity, infinity, -infinity]);
    assert!(
        [at(0.0, Taylor::ln), at(0.0, Taylor::recip), at(1.0, Taylor::atanh)]
            .as_flattened()
            .iter()
            .all(|c| c.is_nan())
    );
    // √(t²) has the value 0 and no first order; what is beyond is singular.
    let square = Taylor::new(0.0, [0.0, 1.0, 0.0, 0.0]).sqrt();
    assert_eq!(square.coefficients[..2], [0.0, infinity]);
    // x^2.5 has two derivatives at 0.
    assert_eq!(at(0.0, |x| x.powf(Taylor::constant(2.5))), [0.0, 0.0, infinity, -infinity]);
    // Integer powers are polynomials, whichever function computes them.
    assert_eq!(at(0.0, |x| x.powf(Taylor::constant(3.0))), [0.0, 0.0, 1.0, 0.0]);
    assert_eq!(at(0.0, |x| x.powi(2)), [0.0, 1.0, 0.0, 0.0]);
    assert_eq!(at(-2.0, |x| x.powf(Taylor::constant(2.0))), [-4.0, 1.0, 0.0, 0.0]);
    assert_eq!(at(0.0, |x| x.powi(100)), [0.0; 4]);
    // Where the value has underflown the orders above it haven't.
    let tiny = at(1e-200, |x| x.powi(3));
    assert!((tiny[1] / 3e-200 - 1.0).abs() < 1e-15 && tiny[2] == 1.0, "{tiny:?}");
    // xʸ at x = 0 with both changing: two orders of x², and no third.
    let both = Taylor::<f64, 4>::variable(0.0).powf(Taylor::variable(2.0)).coefficients;
    assert!(both[0] == 0.0 && both[1] == 1.0 && both[2].is_nan(), "{both:?}");
    assert_eq!(at(0.0, |x| Taylor::constant(0.0).powf(x + 1.0)), [0.0; 4]);
    assert!(at(-1.0, Taylor::sqrt).iter().all(|c| c.is_nan() || *c == 0.0));
    // At the ends of their domains.
    assert_eq!(at(1.0, Taylor::asin)[0], infinity);
    let kink = at(0.0, |x| x.hypot(Taylor::constant(0.0)));
    assert!(kink[0] == 0.0 && kink[1..].iter().all(|c| c.is_nan()), "{kink:?}");
}

/// A sample of a gamma distribution is a function of its shape, whose slope depends on the sample itself.
#[cfg(feature = "random")]
#[test]
fn a_sample_has_the_series_of_nested_numbers() {
    use tangents::random::{Distribution, Gamma, Key, Variate};

    fn sample<T: Variate>(shape: T) -> T {
        Gamma::new(shape).expect("a positive shape").sample(Key::new(3))
    }
    let got = sample(Taylor::<f64, 3>::variable(2.5));
    let want = sample(Dual::<Dual<Dual<f64, 1>, 1>, 1>::on_the_curve(&[2.5, 1.0, 0.0, 0.0])).derivatives();
    for (k, want) in want.iter().enumerate() {
        let got = got.derivative(k);
        assert!((got - want).abs() <= 1e-13 * want.abs(), "derivative {k}: {got}, nested {want}");
    }
    assert!(want[3] != 0.0);
}

#[test]
fn closed_forms_of_special_functions_hold_to_order_30() {
    let zero = Taylor::<f64, 30>::variable(0.0);
    let factorial = |k: u8| (1..=k).map(f64::from).product::<f64>();
    let even = |f: &dyn Fn(u8) -> f64| {
        (0..=30_u8).map(|k| if k.is_multiple_of(2) { f(k / 2) } else { 0.0 }).collect::<Vec<_>>()
    };
    let sign = |n: u8| (-1.0_f64).powi(n.into());
    let bessel = |n: u8| (0.25_f64).powi(n.into()) / factorial(n).powi(2);
    expect_close("sinc x", &coefficients(&zero.sinc()), &even(&|n| sign(n) / factorial(2 * n + 1)), 4.0);
    expect_close("J₀", &coefficients(&zero.bessel_j0()), &even(&|n| sign(n) * bessel(n)), 4.0);
    expect_close("I₀", &coefficients(&zero.bessel_i0()), &even(&bessel), 4.0);
    // erf′ = 2/√π·e^(−x²)
    let erf = |k: u8| sign(k / 2) * std::f64::consts::FRAC_2_SQRT_PI / factorial(k / 2) / f64::from(k);
    let erf: Vec<f64> = (0..=30_u8).map(|k| if k % 2 == 1 { erf(k) } else { 0.0 }).collect();
    expect_close("erf", &coefficients(&zero.erf()), &erf, 4.0);
    // ψ(1 + x) = −γ + ζ(2)·x − ζ(3)·x² + …
    let zeta = |s: i32| {
        let direct: f64 = (2..80).rev().map(|j| f64::from(j).powi(-s)).sum();
        // What is left from 80 on, by Euler and Maclaurin.
        let (n, s1) = (80.0_f64, f64::from(s));
        let first = n.powi(-s) * (n / (s1 - 1.0) + 0.5 + s1 / (12.0 * n));
        let third = -n.powi(-s - 3) * s1 * (s1 + 1.0) * (s1 + 2.0) / 720.0;
        let fifth = n.powi(-s - 5) * s1 * (s1 + 1.0) * (s1 + 2.0) * (s1 + 3.0) * (s1 + 4.0) / 30240.0;
        1.0 + (direct + (first + (third + fifth)))
    };
    let psi: Vec<f64> = (0..=30_i32)
        .map(|k| if k == 0 { -0.577_215_664_901_532_9 } else { -(-1.0_f64).powi(k) * zeta(k + 1) })
        .collect();
    expect_close("ψ at 1", &coefficients(&Taylor::<f64, 30>::variable(1.0).digamma()), &psi, 4.0);
    // ln Γ(1 + x) = −γ·x + Σ ζ(k)/k·(−x)ᵏ
    let log: Vec<f64> =
        (0..=30_u8).map(|k| if k == 0 { 0.0 } else { psi[usize::from(k) - 1] / f64::from(k) }).collect();
    let one = Taylor::<f64, 30>::variable(1.0);
    expect_close("ln Γ at 1", &coefficients(&one.ln_gamma()), &log, 4.0);
}
