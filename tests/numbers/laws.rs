//! The laws that every number keeps: its value is the primal's, its control flow too, and a constant stays constant.
//!
//! The laws of lanes, entries and coefficients are with each number.

use crate::common::{
    BINARY, Expr, Number, UNARY, any_exponent, any_expr, any_number, any_tangent, binary, build, cases, same,
    unary,
};
use num_traits::float::TotalOrder;
use num_traits::{Float, One, Signed, ToPrimitive, Zero};
use proptest::collection::vec;
use proptest::prelude::*;
use tangents::{Dual, HyperDual, Real, Taylor};

type Checked = Result<(), TestCaseError>;

/// A number over another one, which is its value.
trait Over: Number {
    type Inner: Number;

    fn value(self) -> Self::Inner;
    fn constant(value: Self::Inner) -> Self;
}

macro_rules! over {
    ($($X:ident)*) => {$(
        impl<T: Number, const N: usize> Over for $X<T, N> {
            type Inner = T;

            fn value(self) -> T {
                self.re
            }

            fn constant(value: T) -> Self {
                Self::constant(value)
            }
        }
    )*};
}

over!(Dual HyperDual Taylor);

/// A law, of each number over `f64`, over `f32` and nested.
macro_rules! of_every_number {
    ($law:ident $arguments:tt) => {
        $law::<Dual<f64, 3>> $arguments?;
        $law::<Dual<f32, 3>> $arguments?;
        $law::<Dual<Dual<f64, 2>, 3>> $arguments?;
        $law::<HyperDual<f64, 3>> $arguments?;
        $law::<HyperDual<f32, 2>> $arguments?;
        $law::<HyperDual<Dual<f64, 1>, 2>> $arguments?;
        $law::<Taylor<f64, 5>> $arguments?;
        $law::<Taylor<f32, 4>> $arguments?;
        $law::<Taylor<Dual<f64, 2>, 3>> $arguments?;
    };
}

/// A value and enough tangents for every number: first the value, then the tangents.
fn any_components() -> impl Strategy<Value = Vec<f64>> {
    (any_number(), vec(any_tangent(), 19)).prop_map(|(x, tangents)| [vec![x], tangents].concat())
}

/// As `any_components`, with any number as tangent too.
fn wild_components() -> impl Strategy<Value = Vec<f64>> {
    vec(any_number(), 20)
}

/// What came out differs from what should have.
pub(crate) fn expect_same<T: Number>(what: &str, got: T, want: T) -> Checked {
    prop_assert!(same(got, want), "{what}: {got:?} instead of {want:?}");
    Ok(())
}

// ---- Law 1: the value is the primal's, bit for bit ----

fn every_function_has_the_primal_value<X: Over>(a: &[f64], b: &[f64], c: &[f64], n: i32) -> Checked {
    let (x, y, z): (X, X, X) = (build(a), build(b), build(c));
    let (u, v, w) = (x.value(), y.value(), z.value());
    for (k, name) in UNARY.iter().enumerate() {
        expect_same(name, unary(k, x).value(), unary(k, u))?;
    }
    for (k, name) in BINARY.iter().enumerate() {
        expect_same(name, binary(k, x, y).value(), binary(k, u, v))?;
    }
    expect_same("powi", x.powi(n).value(), u.powi(n))?;
    expect_same("mul_add", x.mul_add(y, z).value(), u.mul_add(v, w))?;
    if y <= z {
        expect_same("clamp", x.clamp(y, z).value(), u.clamp(v, w))?;
    }
    let (numbers, values) = ([x, y, z], [u, v, w]);
    for count in 0..=3 {
        let (numbers, values) = (&numbers[..count], &values[..count]);
        let sum: X = numbers.iter().copied().sum();
        expect_same("sum", sum.value(), values.iter().copied().sum())?;
        let product: X = numbers.iter().copied().product();
        expect_same("product", product.value(), values.iter().copied().product())?;
        expect_same("Real::sum", <X as Real>::sum(numbers).value(), <X::Inner as Real>::sum(values))?;
        expect_same(
            "Real::product",
            <X as Real>::product(numbers).value(),
            <X::Inner as Real>::product(values),
        )?;
    }
    Ok(())
}

/// The operators between a number and a plain one, on both sides, and their assigning forms. `f32`s stand on the left as
/// `f64`s.
macro_rules! every_operator_has_the_primal_value {
    ($name:ident, $Number:ty, $Plain:ty, $Left:ty) => {
        fn $name(a: &[f64], b: &[f64]) -> Checked {
            let (x, y): ($Number, $Number) = (build(a), build(b));
            let s: $Plain = build(b);
            let left = <$Left>::from(s);
            every_operator_has_the_primal_value!(@each x, y, s, left, + += "+", - -= "-", * *= "*", / /= "/", % %= "%");
            Ok(())
        }
    };
    (@each $x:ident, $y:ident, $s:ident, $left:ident, $($op:tt $op_assign:tt $symbol:literal),*) => {$(
        expect_same(concat!("x ", $symbol, " y"), ($x $op $y).re, $x.re $op $y.re)?;
        expect_same(concat!("x ", $symbol, " s"), ($x $op $s).re, $x.re $op $s)?;
        expect_same(concat!("s ", $symbol, " x"), ($left $op $x).re, $s $op $x.re)?;
        let (mut by_number, mut by_plain) = ($x, $x);
        by_number $op_assign $y;
        by_plain $op_assign $s;
        expect_same(concat!("x ", $symbol, "= y"), by_number, $x $op $y)?;
        expect_same(concat!("x ", $symbol, "= s"), by_plain, $x $op $s)?;
    )*};
}

every_operator_has_the_primal_value!(of_dual_over_f64, Dual<f64, 3>, f64, f64);
every_operator_has_the_primal_value!(of_dual_over_f32, Dual<f32, 3>, f32, f64);
every_operator_has_the_primal_value!(of_dual_over_dual_and_f64, Dual<Dual<f64, 2>, 3>, f64, f64);
every_operator_has_the_primal_value!(of_dual_over_dual_and_dual, Dual<Dual<f64, 2>, 3>, Dual<f64, 2>, Dual<f64, 2>);
every_operator_has_the_primal_value!(of_hyper_over_f64, HyperDual<f64, 3>, f64, f64);
every_operator_has_the_primal_value!(of_hyper_over_dual, HyperDual<Dual<f64, 1>, 2>, Dual<f64, 1>, Dual<f64, 1>);
every_operator_has_the_primal_value!(of_taylor_over_f64, Taylor<f64, 5>, f64, f64);
every_operator_has_the_primal_value!(of_taylor_over_dual, Taylor<Dual<f64, 2>, 3>, Dual<f64, 2>, Dual<f64, 2>);

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn value_is_bitwise_the_primal(
        a in wild_components(), b in wild_components(), c in wild_components(), n in any_exponent(),
    ) {
        of_every_number!(every_function_has_the_primal_value(&a, &b, &c, n));
    }

    #[test]
    fn value_of_an_operator_is_bitwise_the_primal(a in wild_components(), b in wild_components()) {
        of_dual_over_f64(&a, &b)?;
        of_dual_over_f32(&a, &b)?;
        of_dual_over_dual_and_f64(&a, &b)?;
        of_dual_over_dual_and_dual(&a, &b)?;
        of_hyper_over_f64(&a, &b)?;
        of_hyper_over_dual(&a, &b)?;
        of_taylor_over_f64(&a, &b)?;
        of_taylor_over_dual(&a, &b)?;
    }
}

fn a_program_has_the_primal_value<X: Over>(e: &Expr, a: &[f64], b: &[f64]) -> Checked {
    let (x, y): (X, X) = (build(a), build(b));
    expect_same("the program", e.run(&[x, y]).value(), e.run(&[x.value(), y.value()]))
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn value_of_a_program_is_bitwise_the_primal(
        e in any_expr(), a in any_components(), b in any_components(),
    ) {
        of_every_number!(a_program_has_the_primal_value(&e, &a, &b));
    }
}

// ---- Law 2: control flow is the primal's ----

fn questions_see_the_value_only<X>(a: &[f64], b: &[f64]) -> Checked
where
    X: Over<Inner: TotalOrder + Signed> + TotalOrder + Signed + PartialOrd<X::Inner>,
{
    let (x, y): (X, X) = (build(a), build(b));
    let (u, v) = (x.value(), y.value());
    prop_assert_eq!(x == y, u == v);
    prop_assert_eq!(x < y, u < v);
    prop_assert_eq!(x <= y, u <= v);
    prop_assert_eq!(x.partial_cmp(&y), u.partial_cmp(&v));
    prop_assert_eq!(x == v, u == v);
    prop_assert_eq!(x.partial_cmp(&v), u.partial_cmp(&v));
    prop_assert_eq!(x.total_cmp(&y), u.total_cmp(&v));
    prop_assert_eq!(x.is_zero(), u.is_zero());
    prop_assert_eq!(x.is_one(), u.is_one());
    prop_assert_eq!(x.is_nan(), u.is_nan());
    prop_assert_eq!(x.is_infinite(), u.is_infinite());
    prop_assert_eq!(x.is_finite(), u.is_finite());
    prop_assert_eq!(x.is_normal(), u.is_normal());
    prop_assert_eq!(x.is_subnormal(), u.is_subnormal());
    prop_assert_eq!(x.classify(), u.classify());
    prop_assert_eq!(x.is_sign_positive(), u.is_sign_positive());
    prop_assert_eq!(x.is_sign_negative(), u.is_sign_negative());
    prop_assert_eq!(Signed::is_positive(&x), Signed::is_positive(&u));
    prop_assert_eq!(Signed::is_negative(&x), Signed::is_negative(&u));
    prop_assert_eq!(x.integer_decode(), u.integer_decode());
    prop_assert_eq!(x.to_i32(), u.to_i32());
    prop_assert_eq!(x.to_u8(), u.to_u8());
    prop_assert_eq!(x.to_i128(), u.to_i128());
    prop_assert_eq!(x.to_f64().map(f64::to_bits), u.to_f64().map(f64::to_bits));

    // What a choice takes, it takes whole.
    let (larger, smaller) = (x.max(y), x.min(y));
    if u > v || (v.is_nan() && !u.is_nan()) {
        expect_same("max", larger, x)?;
    }
    if u < v || (v.is_nan() && !u.is_nan()) {
        expect_same("min", smaller, x)?;
    }
    if u < v || (u.is_nan() && !v.is_nan()) {
        expect_same("max", larger, y)?;
    }
    if u > v || (u.is_nan() && !v.is_nan()) {
        expect_same("min", smaller, y)?;
    }
    // On a bound that is another number there is a tie; on itself there is none.
    if y < x {
        expect_same("clamp", x.clamp(y, x), x)?;
        expect_same("clamp to the upper bound", x.clamp(y, y), y)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn control_flow_is_the_primals(a in wild_components(), b in wild_components()) {
        of_every_number!(questions_see_the_value_only(&a, &b));
    }
}

// ---- Law 4, of all lanes: a constant stays constant ----

fn constants_stay_constant<X: Over>(a: &[f64], b: &[f64], n: i32) -> Checked {
    let (x, y) = (X::constant(build(a)), X::constant(build(b)));
    let expect_constant = |name: &str, f: X| {
        let value = f.value().components().len();
        prop_assert!(f.components()[value..].iter().all(|&c| c == 0.0), "{name} of {x:?}, {y:?} is {f:?}");
        Ok(())
    };
    for (k, name) in UNARY.iter().enumerate() {
        expect_constant(name, unary(k, x))?;
    }
    // Products and quotients of two numbers follow IEEE arithmetic, infinity times zero included.
    for (k, name) in BINARY.iter().enumerate().filter(|(_, name)| !["mul", "div"].contains(name)) {
        expect_constant(name, binary(k, x, y))?;
    }
    expect_constant("powi", x.powi(n))
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_constant_stays_constant(a in any_components(), b in any_components(), n in any_exponent()) {
        of_every_number!(constants_stay_constant(&a, &b, n));
    }
}
