//! The laws of a dual number's lanes (`Dual`'s documentation), each over `f64`, over `f32` and nested, and every rule
//! against derivatives that come from outside: central differences and complex steps.

use std::array::from_fn;
use std::cmp::Ordering;

use crate::common::{
    BINARY, EDGES, Expr, Number, UNARY, all_zero, any_exponent, any_expr, any_number, any_tangent, binary,
    build, cases, index, same, same_bits, unary,
};
use crate::laws::expect_same;
use num_complex::Complex;
use num_traits::float::TotalOrder;
use num_traits::{Float, FloatConst};
use proptest::collection::vec;
use proptest::prelude::*;
use tangents::Dual;

type Nested = Dual<Dual<f64, 2>, 3>;
type Checked = Result<(), TestCaseError>;

/// A value and enough tangents for a number of any type tested here: first the value, then the tangents.
fn any_components() -> impl Strategy<Value = Vec<f64>> {
    (any_number(), vec(any_tangent(), 11)).prop_map(|(x, tangents)| [vec![x], tangents].concat())
}

// ---- Law 1: the value is the primal's, bit for bit ----

#[test]
fn sum_and_product_of_nothing_and_of_minus_zero_are_the_primal() {
    let none: [Dual<f64, 2>; 0] = [];
    let no_f64: [f64; 0] = [];
    let minus_zero = Dual::<f64, 2>::constant(-0.0);
    assert!(same_bits(none.iter().sum::<Dual<f64, 2>>().re, no_f64.iter().sum()));
    assert!(same_bits(none.iter().product::<Dual<f64, 2>>().re, no_f64.iter().product()));
    assert!(same_bits([minus_zero].iter().sum::<Dual<f64, 2>>().re, [-0.0_f64].iter().sum()));
    assert!(same_bits([minus_zero].iter().product::<Dual<f64, 2>>().re, [-0.0_f64].iter().product()));
    assert!(none.iter().sum::<Dual<f64, 2>>().is_constant());
}

// ---- Law 2: questions about tangents ----

fn questions_of_tangents_see_all_components<T: Number>(a: &[f64], b: &[f64]) -> Checked {
    let (x, y): (Dual<T, 3>, Dual<T, 3>) = (build(a), build(b));
    let (c, d) = (x.components(), y.components());
    let lanes_zero = c[c.len() / 4..].iter().all(|&lane| lane == 0.0);
    prop_assert_eq!(x.is_constant(), lanes_zero);
    let bits_equal = c.iter().zip(&d).all(|(c, d)| c.to_bits() == d.to_bits());
    prop_assert_eq!(x.identical(&y), bits_equal);
    prop_assert!(x.identical(&x));
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn is_constant_and_identical_see_tangents(
        a in any_components(), other in any_components(), k in 0..12_usize, zeros in any::<bool>(),
    ) {
        let a = if zeros { [&a[..1], &[0.0; 11]].concat() } else { a };
        // Equal but for one component, so that each decides.
        let mut b = a.clone();
        b[k] = other[k];
        questions_of_tangents_see_all_components::<f64>(&a, &b)?;
        questions_of_tangents_see_all_components::<f32>(&a, &b)?;
        questions_of_tangents_see_all_components::<Dual<f64, 2>>(&a, &b)?;
    }
}

#[test]
fn a_single_nonzero_component_makes_a_nested_number_variable() {
    for k in 0..12 {
        let mut components = [0.0; 12];
        components[k] = -0.0;
        let same_value: Nested = build(&components);
        assert!(same_value.is_constant(), "component {k} is −0");
        assert!(!same_value.identical(&Nested::constant(Dual::constant(0.0))), "component {k} is −0");
        components[k] = 5e-324;
        // The first three components are the value, whose own lane isn't a tangent of the outer number.
        assert_eq!(build::<Nested>(&components).is_constant(), k < 3, "component {k}");
    }
}

// ---- Law 3: a lane is independent ----

fn a_lane_is_as_alone<T: Number, const N: usize>(
    what: &str,
    whole: Dual<T, N>,
    alone: impl Fn(usize) -> Dual<T, 1>,
) -> Checked {
    for k in 0..N {
        let alone = alone(k);
        prop_assert!(
            same(whole.eps[k], alone.eps[0]),
            "{}: lane {} of {} is {:?}, alone {:?}",
            what,
            k,
            N,
            whole.eps[k],
            alone.eps[0]
        );
    }
    Ok(())
}

fn lane<T: Number, const N: usize>(x: Dual<T, N>, k: usize) -> Dual<T, 1> {
    Dual::new(x.re, [x.eps[k]])
}

fn lanes_of_a_program_are_independent<T: Number, const N: usize>(e: &Expr, a: &[f64], b: &[f64]) -> Checked {
    let (x, y): (Dual<T, N>, Dual<T, N>) = (build(a), build(b));
    a_lane_is_as_alone("the program", e.run(&[x, y]), |k| e.run(&[lane(x, k), lane(y, k)]))
}

fn lanes_of_every_function_are_independent<T: Number, const N: usize>(
    a: &[f64],
    b: &[f64],
    n: i32,
) -> Checked {
    let (x, y): (Dual<T, N>, Dual<T, N>) = (build(a), build(b));
    for (f, name) in UNARY.iter().enumerate() {
        a_lane_is_as_alone(name, unary(f, x), |k| unary(f, lane(x, k)))?;
    }
    for (f, name) in BINARY.iter().enumerate() {
        a_lane_is_as_alone(name, binary(f, x, y), |k| binary(f, lane(x, k), lane(y, k)))?;
    }
    a_lane_is_as_alone("powi", x.powi(n), |k| lane(x, k).powi(n))
}

/// The number with lane `k` alone of the lanes of its components.
fn inner_lane<const M: usize>(x: Dual<Dual<f64, 3>, M>, k: usize) -> Dual<Dual<f64, 1>, M> {
    Dual::new(lane(x.re, k), x.eps.map(|e| lane(e, k)))
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_lane_of_a_program_is_independent(e in any_expr(), a in any_components(), b in any_components()) {
        lanes_of_a_program_are_independent::<f64, 1>(&e, &a, &b)?;
        lanes_of_a_program_are_independent::<f64, 2>(&e, &a, &b)?;
        lanes_of_a_program_are_independent::<f64, 3>(&e, &a, &b)?;
        lanes_of_a_program_are_independent::<f64, 4>(&e, &a, &b)?;
        lanes_of_a_program_are_independent::<f64, 5>(&e, &a, &b)?;
        lanes_of_a_program_are_independent::<f32, 3>(&e, &a, &b)?;
        lanes_of_a_program_are_independent::<Dual<f64, 2>, 3>(&e, &a, &b)?;
    }

    #[test]
    fn a_lane_of_every_function_is_independent(a in any_components(), b in any_components(), n in any_exponent()) {
        lanes_of_every_function_are_independent::<f64, 2>(&a, &b, n)?;
        lanes_of_every_function_are_independent::<f64, 5>(&a, &b, n)?;
        lanes_of_every_function_are_independent::<f32, 3>(&a, &b, n)?;
        lanes_of_every_function_are_independent::<Dual<f64, 2>, 3>(&a, &b, n)?;
    }

    #[test]
    fn an_inner_lane_is_independent(e in any_expr(), a in any_components(), b in any_components()) {
        let (x, y): (Dual<Dual<f64, 3>, 2>, _) = (build(&a), build(&b));
        let whole = e.run(&[x, y]);
        for k in 0..3 {
            let alone = e.run(&[inner_lane(x, k), inner_lane(y, k)]);
            prop_assert!(
                same_but_for_signs_of_zero(inner_lane(whole, k), alone),
                "inner lane {k} is {:?}, alone {alone:?}", inner_lane(whole, k)
            );
        }
    }
}

// ---- Law 4: a zero lane stays zero ----

/// Products and quotients of two duals follow IEEE arithmetic, infinity times zero included.
const UNMASKED: &[&str] = &["mul", "div"];

/// Of two lanes the first is zero, in the second is what `a` and `b` have.
fn a_zero_lane_stays_zero_in_every_function<T: Number>(a: &[f64], b: &[f64], n: i32) -> Checked {
    let (x, y): (Dual<T, 2>, Dual<T, 2>) = (build(a), build(b));
    let minus_zero = T::neg_zero();
    for zero in [T::zero(), minus_zero] {
        let (x, y) = (Dual::new(x.re, [zero, x.eps[1]]), Dual::new(y.re, [zero, y.eps[1]]));
        let constant = (Dual::<T, 2>::constant(x.re), Dual::<T, 2>::constant(y.re));
        let stays = |name: &str, f: &dyn Fn(Dual<T, 2>, Dual<T, 2>) -> Dual<T, 2>| {
            let mixed = f(x, y);
            prop_assert!(all_zero(mixed.eps[0]), "{name}({x:?}, {y:?}) is {mixed:?}");
            // One argument constant, the other with its tangent: the same lane is zero in both.
            for mixed in [f(x, constant.1), f(constant.0, y)] {
                prop_assert!(all_zero(mixed.eps[0]), "{name} of a constant and a variable is {mixed:?}");
            }
            let constant = f(constant.0, constant.1);
            prop_assert!(constant.is_constant(), "{name} of constants is {constant:?}");
            Ok(())
        };
        for (k, name) in UNARY.iter().enumerate() {
            stays(name, &|x, _| unary(k, x))?;
        }
        for (k, name) in BINARY.iter().enumerate().filter(|(_, name)| !UNMASKED.contains(name)) {
            stays(name, &|x, y| binary(k, x, y))?;
        }
        stays("powi", &|x, _| x.powi(n))?;
        stays("chain", &|x, y| x.chain(x.re, y.re))?;
        stays("chain2", &|x, y| x.chain2(y, x.re, [y.re, x.re]))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_zero_lane_stays_zero(a in any_components(), b in any_components(), n in any_exponent()) {
        a_zero_lane_stays_zero_in_every_function::<f64>(&a, &b, n)?;
        a_zero_lane_stays_zero_in_every_function::<f32>(&a, &b, n)?;
        a_zero_lane_stays_zero_in_every_function::<Dual<f64, 2>>(&a, &b, n)?;
    }
}

/// Inside a lane of a nested number infinities multiply as IEEE arithmetic has it, but where a slope is infinite, or
/// NaN at a pole, a variable that isn't involved must still have the second derivative 0.
#[test]
fn an_unused_inner_lane_stays_zero_where_a_slope_is_no_number() {
    let singular: &[(&str, f64)] = &[
        ("recip", 0.0),
        ("recip", -0.0),
        ("sqrt", 0.0),
        ("sqrt", -0.0),
        ("cbrt", 0.0),
        ("ln", 0.0),
        ("log2", 0.0),
        ("log10", -0.0),
        ("ln_1p", -1.0),
        ("asin", 1.0),
        ("acos", -1.0),
        ("acosh", 1.0),
        ("atanh", 1.0),
    ];
    let seeded = |x: f64| Dual::<Dual<f64, 2>, 1>::new(Dual::variable(x, 0), [Dual::constant(1.0)]);
    let check = |name: &str, x: f64, f: Dual<Dual<f64, 2>, 1>| {
        assert!(!f.eps[0].re.is_finite(), "{name} has a finite slope at {x}: {f:?}");
        assert!(f.re.eps[1] == 0.0 && f.eps[0].eps[1] == 0.0, "{name} at {x} is {f:?}");
    };
    for &(name, x) in singular {
        let k = UNARY.iter().position(|&unary| unary == name).expect("a function of the list");
        check(name, x, unary(k, seeded(x)));
    }
    check("powi", 0.0, seeded(0.0).powi(-1));
    check("powf", 0.0, seeded(0.0).powf(Dual::constant(Dual::constant(0.5))));
    check("log", 0.0, seeded(0.0).log(Dual::constant(Dual::constant(3.0))));
    check("1/x", 0.0, 1.0 / seeded(0.0));
}

#[test]
fn a_zero_lane_stays_zero_at_every_pair_of_corners() {
    for &x in EDGES {
        for &y in EDGES {
            for n in [0, 1, 2, -1, i32::MIN] {
                let (a, b) = ([x, 0.0, 1.0], [y, 0.0, -1.0]);
                if let Err(error) = a_zero_lane_stays_zero_in_every_function::<f64>(&a, &b, n) {
                    panic!("{error}");
                }
            }
        }
    }
}

#[test]
fn a_plain_left_operand_keeps_zero_lanes_zero() {
    for &s in EDGES {
        for &x in EDGES {
            let x = Dual::new(x, [0.0, 1.0]);
            for (name, f) in
                [("s + x", s + x), ("s - x", s - x), ("s / x", s / x), ("s % x", s % x), ("x % s", x % s)]
            {
                assert!(f.eps[0] == 0.0, "{name} is {f:?} for s = {s:?}, x = {x:?}");
            }
        }
    }
}

#[test]
fn a_nonzero_lane_gets_the_infinity_that_a_zero_lane_is_spared() {
    let f = Dual::new(0.0, [0.0, 1.0, -2.0]).sqrt();
    assert_eq!(f.eps, [0.0, f64::INFINITY, f64::NEG_INFINITY]);
}

// ---- Law 5: orders agree ----

/// As below, in every component. Whether a lane is exactly zero is asked of all its components, so that another
/// inner lane may turn a −0 into 0.
fn same_but_for_signs_of_zero<T: Number>(a: T, b: T) -> bool {
    a.components().iter().zip(b.components()).all(|(&a, b)| same_but_for_the_sign_of_zero(a, b))
}

/// Equal bits, but that 0 and −0 are one: a slope that is infinite in its own tangents only takes the branch of
/// law 4, which gives a zero lane as 0, where the product of a number alone may be −0.
fn same_but_for_the_sign_of_zero(a: f64, b: f64) -> bool {
    same_bits(a, b) || (a == 0.0 && b == 0.0)
}

fn nested_has_the_first_derivative(e: &Expr, x: f64, y: f64, s: &[f64], t: &[f64]) -> Checked {
    let dual = |re, tangent| Dual::new(re, [tangent]);
    let nested = |re, k: usize| Dual::new(dual(re, s[k]), [dual(t[k], s[2 + k])]);
    let f = e.run(&[nested(x, 0), nested(y, 1)]);
    let inner = e.run(&[dual(x, s[0]), dual(y, s[1])]);
    let outer = e.run(&[dual(x, t[0]), dual(y, t[1])]);
    expect_same("the inner derivative", f.re, inner)?;
    prop_assert!(
        same_but_for_the_sign_of_zero(f.eps[0].re, outer.eps[0]),
        "the outer derivative is {:?}, alone {:?}",
        f.eps[0].re,
        outer.eps[0]
    );
    Ok(())
}

/// ∂²f/∂x∂y with x in the outer and y in the inner lane.
fn mixed(
    f: impl Fn(Dual<Dual<f64, 1>, 1>, Dual<Dual<f64, 1>, 1>) -> Dual<Dual<f64, 1>, 1>,
    x: f64,
    y: f64,
) -> f64 {
    let x = Dual::new(Dual::new(x, [0.0]), [Dual::new(1.0, [0.0])]);
    let y = Dual::new(Dual::new(y, [1.0]), [Dual::new(0.0, [0.0])]);
    f(x, y).eps[0].eps[0]
}

/// All second derivatives and the first, with both variables in both lanes.
fn hessian(
    f: impl Fn(Dual<Dual<f64, 2>, 2>, Dual<Dual<f64, 2>, 2>) -> Dual<Dual<f64, 2>, 2>,
    x: f64,
    y: f64,
) -> ([f64; 2], [[f64; 2]; 2]) {
    let variable = |x, k| {
        let mut both = Dual::constant(Dual::variable(x, k));
        both.eps[k] = Dual::constant(1.0);
        both
    };
    let f = f(variable(x, 0), variable(y, 1));
    (f.re.eps, f.eps.map(|lane| lane.eps))
}

fn second_derivatives_are_symmetric(
    name: &str,
    f: impl Fn(Dual<Dual<f64, 1>, 1>, Dual<Dual<f64, 1>, 1>) -> Dual<Dual<f64, 1>, 1>,
    g: impl Fn(Dual<Dual<f64, 2>, 2>, Dual<Dual<f64, 2>, 2>) -> Dual<Dual<f64, 2>, 2>,
    x: f64,
    y: f64,
) -> Checked {
    let ([fx, fy], [[fxx, fxy], [fyx, fyy]]) = hessian(g, x, y);
    let ways = [fxy, fyx, mixed(&f, x, y), mixed(|y, x| f(x, y), y, x)];
    let all = [fx, fy, fxx, fyy, ways[0], ways[1], ways[2], ways[3]];
    if all.iter().any(|d| !d.is_finite()) {
        return Ok(()); // a singular point: its conventions are the table of edges
    }
    // The ways differ in rounding; what cancels is as large as the other derivatives.
    let scale: f64 = all.iter().copied().map(f64::abs).sum();
    for way in ways {
        prop_assert!((way - ways[0]).abs() <= 1e-13 * scale, "∂²{name}/∂x∂y at ({x}, {y}): {ways:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_nested_number_has_the_first_derivative_of_one_alone(
        e in any_expr(), x in any_number(), y in any_number(), s in vec(any_tangent(), 4), t in vec(any_tangent(), 2),
    ) {
        nested_has_the_first_derivative(&e, x, y, &s, &t)?;
    }

    #[test]
    fn mixed_second_derivatives_are_symmetric(
        x in prop_oneof![-3.0..3.0, (-3..4_i8).prop_map(f64::from)],
        y in prop_oneof![-3.0..3.0, (-3..4_i8).prop_map(f64::from)],
    ) {
        for (k, name) in BINARY.iter().enumerate() {
            second_derivatives_are_symmetric(name, |x, y| binary(k, x, y), |x, y| binary(k, x, y), x, y)?;
        }
        for (k, name) in UNARY.iter().enumerate() {
            second_derivatives_are_symmetric(name, |x, y| unary(k, x * y), |x, y| unary(k, x * y), x, y)?;
        }
        second_derivatives_are_symmetric("powi", |x, y| (x / y).powi(3), |x, y| (x / y).powi(3), x, y)?;
    }
}

/// Every component of a quotient of numbers of ordinary size is of ordinary size here, 1/y² alone isn't.
#[test]
fn a_second_derivative_of_a_quotient_keeps_its_digits_where_the_squared_reciprocal_underflows() {
    let (x, y) = (1e300, 1e165);
    let y = Dual::new(Dual::new(y, [1.0]), [Dual::new(1.0, [0.0])]);
    let f = Dual::constant(Dual::constant(x)) / y;
    let want = 2e-195; // 2x/y³
    assert!((f.eps[0].eps[0] - want).abs() <= 1e-14 * want, "{:?}", f.eps[0].eps[0]);
}

/// As above for the squared reciprocal that overflows: ∂²(x/y)/∂y² = 2x/y³ = 2e170.
#[test]
fn a_second_derivative_of_a_quotient_keeps_its_digits_where_the_squared_reciprocal_overflows() {
    let (x, y) = (1e-310_f64.max(1e-307), 1e-159);
    let y = Dual::new(Dual::new(y, [1.0]), [Dual::new(1.0, [0.0])]);
    let f = Dual::constant(Dual::constant(x)) / y;
    let want = 2.0 * 1e170; // 2x/y³
    assert!((f.eps[0].eps[0] - want).abs() <= 1e-13 * want, "{:?}", f.eps[0].eps[0]);
}

// ---- The rules, against derivatives from outside ----

/// df/dt at 0 by central differences with steps `h`, `h/2`, …, extrapolated: an error of the order h⁸ times the
/// ninth derivative, and of rounding, ε·|f|/h.
fn richardson(f: impl Fn(f64) -> f64, h: f64) -> f64 {
    const LEVELS: usize = 4;
    let mut table: [f64; LEVELS] = from_fn(|level| {
        let h = h / f64::from(1_u32 << level);
        (f(h) - f(-h)) / (2.0 * h)
    });
    let mut factor = 4.0;
    for column in 1..LEVELS {
        for level in (column..LEVELS).rev() {
            table[level] += (table[level] - table[level - 1]) / (factor - 1.0);
        }
        factor *= 4.0;
    }
    table[LEVELS - 1]
}

/// A derivative against its central difference, in the direction given. `distance` is how far the function is
/// smooth; a wrong formula is off by far more than the tolerance.
fn agrees_with_differences(name: &str, derivative: f64, f: impl Fn(f64) -> f64, distance: f64) -> Checked {
    let h = 0.1 * distance.min(1.0);
    let want = richardson(&f, h);
    let tolerance = 1e-6 * want.abs() + 1e-11 * f(0.0).abs() / h + 1e-300;
    prop_assert!((derivative - want).abs() <= tolerance, "{name}: {derivative:e}, by differences {want:e}");
    Ok(())
}

/// Where each function of one number is defined, and where it isn't smooth.
const SMOOTH: &[(&str, f64, f64, &[f64])] = &[
    ("recip", -4.0, 4.0, &[0.0]),
    ("sqrt", 0.0, 100.0, &[0.0]),
    ("cbrt", -50.0, 50.0, &[0.0]),
    ("exp", -20.0, 20.0, &[]),
    ("exp2", -20.0, 20.0, &[]),
    ("exp_m1", -20.0, 20.0, &[]),
    ("ln", 0.0, 100.0, &[0.0]),
    ("log2", 0.0, 100.0, &[0.0]),
    ("log10", 0.0, 100.0, &[0.0]),
    ("ln_1p", -1.0, 50.0, &[-1.0]),
    ("sin", -10.0, 10.0, &[]),
    ("cos", -10.0, 10.0, &[]),
    ("tan", -1.5, 1.5, &[-std::f64::consts::FRAC_PI_2, std::f64::consts::FRAC_PI_2]),
    ("asin", -1.0, 1.0, &[-1.0, 1.0]),
    ("acos", -1.0, 1.0, &[-1.0, 1.0]),
    ("atan", -50.0, 50.0, &[]),
    ("sinh", -10.0, 10.0, &[]),
    ("cosh", -10.0, 10.0, &[]),
    ("tanh", -10.0, 10.0, &[]),
    ("asinh", -50.0, 50.0, &[]),
    ("acosh", 1.0, 50.0, &[1.0]),
    ("atanh", -1.0, 1.0, &[-1.0, 1.0]),
    ("abs", -4.0, 4.0, &[0.0]),
    ("signum", -4.0, 4.0, &[0.0]),
    ("floor", 2.0, 3.0, &[2.0, 3.0]),
    ("ceil", -3.0, -2.0, &[-3.0, -2.0]),
    ("round", 1.5, 2.5, &[1.5, 2.5]),
    ("trunc", -3.0, -2.0, &[-3.0, -2.0]),
    ("fract", -3.0, -2.0, &[-3.0, -2.0]),
    ("to_degrees", -4.0, 4.0, &[]),
    ("to_radians", -400.0, 400.0, &[]),
    ("neg", -4.0, 4.0, &[]),
    ("sin_cos.0", -10.0, 10.0, &[]),
    ("sin_cos.1", -10.0, 10.0, &[]),
];

/// Where each function of two numbers is tested, and the distance there to where it isn't smooth.
type Distance = fn(f64, f64) -> f64;
const SMOOTH_BINARY: &[(&str, [f64; 2], [f64; 2], Distance)] = &[
    ("max", [-4.0, 4.0], [-4.0, 4.0], |x, y| (x - y).abs() / 2.0),
    ("min", [-4.0, 4.0], [-4.0, 4.0], |x, y| (x - y).abs() / 2.0),
    ("powf", [0.0, 6.0], [-4.0, 4.0], |x, _| x),
    ("log", [0.0, 50.0], [1.0, 10.0], |x, b| x.min(b - 1.0)),
    ("hypot", [-4.0, 4.0], [-4.0, 4.0], |x, y| x.abs().max(y.abs())),
    ("atan2", [-4.0, 4.0], [0.0, 4.0], |x, y| x.abs().max(y)),
    ("copysign", [-4.0, 4.0], [-4.0, 4.0], |x, y| x.abs().min(y.abs())),
    ("abs_sub", [-4.0, 4.0], [-4.0, 4.0], |x, y| (x - y).abs() / 2.0),
    ("div_euclid", [-9.0, 9.0], [1.0, 4.0], to_the_next_jump),
    ("rem_euclid", [-9.0, 9.0], [1.0, 4.0], to_the_next_jump),
    ("rem", [-9.0, 9.0], [1.0, 4.0], to_the_next_jump),
    ("add", [-4.0, 4.0], [-4.0, 4.0], |_, _| 1.0),
    ("sub", [-4.0, 4.0], [-4.0, 4.0], |_, _| 1.0),
    ("mul", [-4.0, 4.0], [-4.0, 4.0], |_, _| 1.0),
    ("div", [-4.0, 4.0], [-4.0, 4.0], |_, y| y.abs()),
];

/// How far x and y can move together before x/y passes an integer (y ≥ 1, |x| ≤ 9: the quotient moves by at
/// most ten times as much).
fn to_the_next_jump(x: f64, y: f64) -> f64 {
    let quotient = x / y;
    (quotient - quotient.round()).abs() / 11.0
}

#[test]
fn every_function_has_a_domain_to_be_tested_on() {
    let unary: Vec<_> = SMOOTH.iter().map(|row| row.0).collect();
    let binary: Vec<_> = SMOOTH_BINARY.iter().map(|row| row.0).collect();
    assert_eq!((unary.as_slice(), binary.as_slice()), (UNARY, BINARY));
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn every_slope_is_that_of_central_differences(u in 0.0..1.0, v in 0.0..1.0, n in -5..6) {
        for (k, &(name, low, high, corners)) in SMOOTH.iter().enumerate() {
            let x: f64 = low + u * (high - low);
            let distance = corners.iter().map(|c| (x - c).abs()).fold(1.0, f64::min);
            if distance < 1e-3 {
                continue; // so near a corner a difference says little
            }
            let f = unary(k, Dual::new(x, [1.0]));
            agrees_with_differences(name, f.eps[0], |h| unary(k, x + h), distance)?;
            // The second derivative is the slope's: the first on f64 is right by the line above.
            let f = unary(k, Dual::new(Dual::new(x, [1.0]), [Dual::new(1.0, [0.0])]));
            let slope = |h| unary(k, Dual::new(x + h, [1.0])).eps[0];
            agrees_with_differences(name, f.eps[0].eps[0], slope, distance)?;
        }
        for (k, &(name, xs, ys, distance)) in SMOOTH_BINARY.iter().enumerate() {
            let (x, y) = (xs[0] + u * (xs[1] - xs[0]), ys[0] + v * (ys[1] - ys[0]));
            let distance = distance(x, y).min(1.0);
            if distance < 1e-3 {
                continue;
            }
            // In x with y constant, in y with x constant, in both at once.
            for (dx, dy) in [(1.0, 0.0), (0.0, 1.0), (1.0, -0.5)] {
                let f = binary(k, Dual::new(x, [dx]), Dual::new(y, [dy]));
                agrees_with_differences(name, f.eps[0], |h| binary(k, x + h * dx, y + h * dy), distance)?;
                let second = |x, dx| Dual::new(Dual::new(x, [dx]), [Dual::new(dx, [0.0])]);
                let f = binary(k, second(x, dx), second(y, dy));
                let slope = |h| binary(k, Dual::new(x + h * dx, [dx]), Dual::new(y + h * dy, [dy])).eps[0];
                agrees_with_differences(name, f.eps[0].eps[0], slope, distance)?;
            }
        }
        let x = 0.1 + 2.0 * u;
        agrees_with_differences("powi", Dual::new(x, [1.0]).powi(n).eps[0], |h| (x + h).powi(n), x)?;
        let (a, b) = (3.0 * v - 1.0, u - v);
        let f = Dual::new(x, [1.0]).mul_add(Dual::new(a, [-2.0]), Dual::new(b, [0.5]));
        agrees_with_differences("mul_add", f.eps[0], |h| (x + h).mul_add(a - 2.0 * h, b + 0.5 * h), 1.0)?;
    }
}

type Analytic = fn(Complex<f64>) -> Complex<f64>;
type OfDual = fn(Dual<f64, 1>) -> Dual<f64, 1>;

/// Analytic functions as num-complex has them, on the part of the real line where the imaginary part of its
/// formula comes from products and quotients, without cancellation. So it has a relative error of a few ε:
///
/// - `asin`, `acos`, `atan` aren't here: they add x and ih under a logarithm's modulus, where ih is lost.
/// - `asinh` adds z and √(1 + z²), which cancel for x < 0.
/// - `tan` divides by cos 2x + 1, which cancels towards ±π/2: with |x| ≤ 1.2 it loses 1/(2·cos² 1.2) ≈ 4 ε.
/// - `powi` multiplies repeatedly, as `f64::powi` does: an ε for each factor.
const ANALYTIC: &[(&str, f64, f64, Analytic, OfDual)] = &[
    ("recip", 0.1, 20.0, |z| z.inv(), |x| x.recip()),
    ("sqrt", 0.01, 100.0, |z| z.sqrt(), |x| x.sqrt()),
    ("cbrt", 0.01, 100.0, |z| z.cbrt(), |x| x.cbrt()),
    ("exp", -20.0, 20.0, |z| z.exp(), |x| x.exp()),
    ("exp2", -20.0, 20.0, |z| z.exp2(), |x| x.exp2()),
    ("ln", 0.01, 100.0, |z| z.ln(), |x| x.ln()),
    ("log2", 0.01, 100.0, |z| z.log2(), |x| x.log2()),
    ("log10", 0.01, 100.0, |z| z.log10(), |x| x.log10()),
    ("log", 0.01, 100.0, |z| z.log(7.0), |x| x.log(Dual::constant(7.0))),
    ("sin", -10.0, 10.0, |z| z.sin(), |x| x.sin()),
    ("cos", -10.0, 10.0, |z| z.cos(), |x| x.cos()),
    ("tan", -1.2, 1.2, |z| z.tan(), |x| x.tan()),
    ("sinh", -10.0, 10.0, |z| z.sinh(), |x| x.sinh()),
    ("cosh", -10.0, 10.0, |z| z.cosh(), |x| x.cosh()),
    ("tanh", -10.0, 10.0, |z| z.tanh(), |x| x.tanh()),
    ("asinh", 0.0, 50.0, |z| z.asinh(), |x| x.asinh()),
    ("acosh", 1.01, 50.0, |z| z.acosh(), |x| x.acosh()),
    ("atanh", -0.99, 0.99, |z| z.atanh(), |x| x.atanh()),
    ("powf", 0.1, 10.0, |z| z.powf(2.7), |x| x.powf(Dual::constant(2.7))),
    ("powi", -3.0, 3.0, |z| z.powi(5), |x| x.powi(5)),
];

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn every_analytic_slope_is_that_of_a_complex_step(u in 0.0..1.0) {
        for &(name, low, high, analytic, of_dual) in ANALYTIC {
            let x: f64 = low + u * (high - low);
            // h² is below the smallest number, so no truncation error is left.
            let h = 1e-200;
            let want = analytic(Complex::new(x, h)).im / h;
            let got = of_dual(Dual::new(x, [1.0])).eps[0];
            let tolerance = 16.0 * f64::EPSILON * want.abs();
            prop_assert!((got - want).abs() <= tolerance, "{name}′({x}) = {got:e}, by a complex step {want:e}");
        }
    }
}

#[test]
fn total_order_is_not_fooled_by_tangents() {
    let (x, y) = (Dual::new(-0.0, [5.0]), Dual::new(0.0, [-5.0]));
    assert_eq!(x.total_cmp(&y), Ordering::Less);
    assert!(x == y);
}

#[test]
fn constants_have_no_tangents() {
    assert!(Dual::<f64, 2>::PI().is_constant() && Nested::LN_2().is_constant());
    assert_eq!(index(UNARY, "recip"), 0);
}
