//! Derivatives of high order, where coefficients f⁽ᵏ⁾/k! underflow and derivatives don't: against mpmath's, which
//! `data/taylor/orders.py` writes, at every order at which the true one is a normal number.

use crate::data::json;
use serde_json::Value;
use tangents::{Dual, Function, Number, Real, Special, Taylor, jet, nth_derivative, taylor};

/// The functions of `orders.py`.
fn call<T: Special>(name: &str, x: T) -> T {
    let c = |c: f64| T::lit(c);
    match name {
        "exp" => x.exp(),
        "sin" => x.sin(),
        "recip" => x.recip(),
        "ln" => x.ln(),
        "powf" => x.powf(c(2.5)),
        "sqrt" => x.sqrt(),
        "tiny exp" => c(2.0_f64.powi(-66)) * x.exp(),
        "huge exp" => c(2.0_f64.powi(100)) * (x - c(60.0)).exp(),
        "steep exp" => (c(100.0) * x).exp(),
        "flat sin" => (x / c(64.0)).sin(),
        "composed" => x.sin().exp() / (T::one() + x * x),
        "bell" => (-(x * x)).exp(),
        "tanh" => x.tanh(),
        "atan" => x.atan(),
        "erf" => x.erf(),
        "bessel_j0" => x.bessel_j0(),
        "digamma" => x.digamma(),
        "polynomial" => x * x * x - c(2.0) * x,
        _ => panic!("no function {name}"),
    }
}

struct Case {
    name: String,
    x: f64,
    order: usize,
    derivative: f64,
}

/// The cases whose derivative is 0 or a normal number from `smallest` to `largest`.
fn cases(smallest: f64, largest: f64) -> Vec<Case> {
    let cases = json("taylor/orders.json");
    let case = |case: &Value| Case {
        name: case[0].as_str().unwrap().into(),
        x: case[1].as_f64().unwrap(),
        order: usize::try_from(case[2].as_u64().unwrap()).unwrap(),
        // Beyond the numbers it is infinite or 0, and 0 where it is 0.
        derivative: match case[3].as_str().unwrap() {
            text if text.starts_with("0.0") && text.len() == 3 => 0.0,
            text => match text.parse().unwrap() {
                0.0 => f64::MIN_POSITIVE / 2.0,
                derivative => derivative,
            },
        },
    };
    let cases = cases.as_array().unwrap().iter().map(case);
    cases
        .filter(|case| case.derivative == 0.0 || (smallest..=largest).contains(&case.derivative.abs()))
        .collect()
}

/// `nth_derivative` at an order that is known at run time.
macro_rules! at_order {
    ($order:expr, $f:expr, $x:expr; $($K:literal)*) => {
        match $order {
            $($K => nth_derivative::<$K, _>($f, $x),)*
            order => panic!("no order {order}"),
        }
    };
}

fn by_order<T: Special>(name: &str, x: T, order: usize) -> T {
    at_order!(order, |x| call(name, x), x; 2 5 11 19 26 33 34 40 64 100 128 171 175 200)
}

/// Sums of as many rounded products as the order is high, some of which cancel: to 512 units of the last place.
fn expect_right<T: Special>(case: &Case, got: T, epsilon: f64) {
    let Case { name, x, order, derivative } = case;
    let got = got.to_f64().unwrap();
    let right = got == *derivative || (got / derivative - 1.0).abs() <= 512.0 * epsilon;
    assert!(right, "derivative {order} of {name} at {x:e}: {got:e} instead of {derivative:e}");
}

/// The points are numbers of both precisions.
fn single(x: f64) -> f32 {
    f32::lit(x)
}

/// The derivatives that are numbers of the precision.
const F64_CASES: usize = 554;
const F32_CASES: usize = 399;

#[test]
fn derivatives_of_every_order_are_right_in_f64() {
    let cases = cases(f64::MIN_POSITIVE, f64::MAX);
    assert_eq!(cases.len(), F64_CASES);
    for case in &cases {
        expect_right(case, by_order(&case.name, case.x, case.order), f64::EPSILON);
    }
}

#[test]
fn derivatives_of_every_order_are_right_in_f32() {
    let cases = cases(f32::MIN_POSITIVE.into(), f32::MAX.into());
    assert_eq!(cases.len(), F32_CASES);
    for case in &cases {
        expect_right(case, by_order(&case.name, single(case.x), case.order), f32::EPSILON.into());
    }
}

struct Named<'a>(&'a str);

impl Function for Named<'_> {
    type From = f64;
    type To = f64;

    fn call<D: Number>(&self, x: &D) -> D {
        let x = *x;
        match self.0 {
            "exp" => x.exp(),
            "recip" => x.recip(),
            "sqrt" => x.sqrt(),
            "tiny exp" => D::lit(2.0_f64.powi(-66)) * x.exp(),
            "steep exp" => (D::lit(100.0) * x).exp(),
            name => panic!("no function {name}"),
        }
    }
}

#[test]
fn orders_known_at_run_time_are_right() {
    let cases = cases(f32::MIN_POSITIVE.into(), f32::MAX.into());
    let named = ["exp", "recip", "sqrt", "tiny exp", "steep exp"];
    for case in cases.iter().filter(|case| named.contains(&case.name.as_str()) && case.order <= 128) {
        let f = Named(&case.name);
        expect_right(case, f.nth_derivatives(case.x, case.order).unwrap()[case.order], f64::EPSILON);
        let all = f.nth_derivatives(single(case.x), case.order).unwrap();
        expect_right(case, all[case.order], f32::EPSILON.into());
        // A series of a higher order has the same derivatives, where it has any.
        for order in [case.order + 1, case.order + 7] {
            if let Ok(more) = f.nth_derivatives(case.x, order) {
                expect_right(case, more[case.order], f64::EPSILON);
            }
        }
    }
}

#[test]
fn derivatives_along_a_curve_are_right() {
    // Along x + t the derivatives are those of the function, along x + t²/2 at 0 every second of exp is (2j)!/(2ʲ·j!).
    fn along<T: Special + Number, const K: usize>(name: &str, x: T, second: bool) -> [T; K] {
        let (zero, one) = ([T::zero()], [T::one()]);
        let series = std::array::from_fn(|k| if k == usize::from(second) { &one } else { &zero });
        jet(|x: &[Taylor<T, K>]| call(name, x[0]), &[x], series).1
    }
    for case in cases(f32::MIN_POSITIVE.into(), f32::MAX.into()) {
        let at = case.order - 1;
        if case.order <= 40 {
            expect_right(&case, along::<f64, 40>(&case.name, case.x, false)[at], f64::EPSILON);
            expect_right(&case, along::<f32, 40>(&case.name, single(case.x), false)[at], f32::EPSILON.into());
        }
    }
    let wanted = (1..=20_u32).map(|j| (1..=j).map(|i| f64::from(2 * i - 1)).product::<f64>());
    for (j, wanted) in (1..).zip(wanted) {
        let got = along::<f32, 40>("exp", 0.0, true);
        assert!((f64::from(got[2 * j - 1]) / wanted - 1.0).abs() < 1e-5, "order {}: {wanted:e}", 2 * j);
        assert_eq!(got[2 * j - 2], 0.0);
    }
}

#[test]
fn derivatives_of_the_curve_may_be_of_an_order_whose_factorial_is_no_number() {
    // x(t) with 40th derivative 3, through the identity.
    let (zero, three) = ([0.0_f32], [3.0_f32]);
    let series: [&[f32; 1]; 40] = std::array::from_fn(|k| if k == 39 { &three } else { &zero });
    let (_, derivatives) = jet(|x: &[Taylor<f32, 40>]| x[0] * 2.0, &[1.0], series);
    assert!((derivatives[39] / 6.0 - 1.0).abs() < 1e-5, "{derivatives:?}");
}

#[test]
fn coefficients_are_right_where_those_on_the_way_have_underflown() {
    // 2³⁰⁰·eˣ: 1/175! is no normal number, 2³⁰⁰/175! is one.
    let f = |x: Taylor<f64, 175>| x.exp() * 2.0_f64.powi(300);
    // mpmath: 2**300/factorial(175)
    let wanted = 1.811_585_128_975_052_8e-228;
    let got = taylor(f, 0.0).coefficient(175);
    assert!((got / wanted - 1.0).abs() < 1e-13, "{got:e}");
}

#[test]
fn nested_numbers_have_their_orders_too() {
    // ∂/∂a of d⁴⁰/dx⁴⁰ e^(ax) = a⁴⁰·e^(ax): (40·a³⁹ + x·a⁴⁰)·e^(ax), at a = 1 and x = 1/2 40.5·√e.
    let a = Dual::<f32, 1>::variable(1.0, 0);
    let at = Dual::<f32, 1>::constant(0.5);
    let got = nth_derivative::<40, _>(|x| (x * a).exp(), at);
    let root = 0.5_f32.exp();
    assert!((got.re / root - 1.0).abs() < 1e-5 && (got.eps[0] / (40.5 * root) - 1.0).abs() < 1e-5, "{got:?}");
    // A series of series: ∂²/∂y² of the same.
    let at = Taylor::<f32, 2>::variable(0.5);
    let got = nth_derivative::<40, _>(Taylor::exp, at);
    assert!((got.derivative(2) / root - 1.0).abs() < 1e-5, "{got:?}");
}

#[test]
fn the_scale_changes_no_bit() {
    fn check<T: Special + Number, const K: usize>(bits: impl Fn(T) -> u64) {
        let (zero, one) = ([T::zero()], [T::one()]);
        for name in [
            "exp",
            "sin",
            "recip",
            "ln",
            "powf",
            "sqrt",
            "composed",
            "tanh",
            "atan",
            "erf",
            "bessel_j0",
            "digamma",
        ] {
            for x in [0.75, 1.5, 3.0] {
                let x = T::lit(x);
                let plain = call(name, Taylor::<T, K>::variable(x));
                let got = taylor::<K, _>(|x| call(name, x), x);
                let derivatives = jet(
                    |x: &[Taylor<T, K>]| call(name, x[0]),
                    &[x],
                    std::array::from_fn(|k| if k == 0 { &one } else { &zero }),
                )
                .1;
                for k in 0..=K {
                    assert_eq!(
                        bits(got.coefficient(k)),
                        bits(plain.coefficient(k)),
                        "{name}, coefficient {k}"
                    );
                }
                for k in 1..=K {
                    assert_eq!(bits(derivatives[k - 1]), bits(plain.derivative(k)), "{name}, derivative {k}");
                }
                assert_eq!(
                    bits(nth_derivative::<K, _>(|x| call(name, x), x)),
                    bits(plain.derivative(K)),
                    "{name}"
                );
            }
        }
    }
    check::<f64, 1>(f64::to_bits);
    check::<f64, 5>(f64::to_bits);
    check::<f64, 30>(f64::to_bits);
    check::<f64, 90>(f64::to_bits);
    check::<f32, 4>(|x| x.to_bits().into());
    check::<f32, 13>(|x| x.to_bits().into());
    check::<f32, 20>(|x| x.to_bits().into());
}

#[test]
fn a_derivative_of_lost_digits_is_nan() {
    let e = Taylor::<f32, 40>::variable(0.0).exp();
    assert!((1..=33).all(|k| (e.derivative(k) - 1.0).abs() < 1e-5));
    // 1/34! has lost two bits.
    assert!((e.derivative(34) - 1.0).abs() < 1e-5);
    assert!((35..=40).all(|k| e.derivative(k).is_nan()));
    let e = Taylor::<f64, 200>::variable(0.0).exp();
    assert!((1..=170).all(|k| (e.derivative(k) - 1.0).abs() < 1e-13));
    assert!((171..=200).all(|k| e.derivative(k).is_nan()));
    // Lost in a tangent alone; and not shown, since twice a subnormal number is one.
    let lost = Dual::new(1.0, [1e-40]);
    let x = Taylor::new(Dual::new(1.0_f32, [0.0]), [lost, lost, lost, lost, lost, lost]);
    assert!(x.derivative(6).eps[0].is_nan());
    assert_eq!(x.derivative(2).eps, [lost.eps[0] + lost.eps[0]]);
    // What is zero is zero, as is what no factorial meets.
    let x = Taylor::<f64, 200>::variable(3.0);
    assert_eq!((x * x).derivative(200), 0.0);
    assert_eq!(Taylor::new(1.0, [1e-310, 0.0]).derivative(1), 1e-310);
}

#[test]
fn a_pole_is_still_one() {
    assert_eq!(nth_derivative::<1, _>(Taylor::sqrt, 0.0), f64::INFINITY);
    assert!(!nth_derivative::<40, _>(Taylor::recip, 0.0_f64).is_finite());
    let series = taylor::<64, _>(|x: Taylor<f64, 64>| x.recip(), 1e-10);
    // 10¹⁰⁽ᵏ⁺¹⁾ overflows from k = 30 on.
    assert!((0..30).all(|k| series.coefficient(k).is_finite()) && !series.coefficient(31).is_finite());
    let coefficients = Named("recip").taylor_coefficients(1e-10, 64).unwrap();
    assert_eq!(coefficients[..30], (0..30).map(|k| series.coefficient(k)).collect::<Vec<_>>());
}
