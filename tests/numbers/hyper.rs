//! `HyperDual`: the laws of its entries, and its derivatives beside those of nested duals.

use crate::common::{
    BINARY, EDGES, Expr, Number, UNARY, any_exponent, any_expr, any_number, any_tangent, binary, build,
    cases, same, same_bits, unary,
};
use proptest::collection::vec;
use proptest::prelude::*;
use tangents::{Dual, HyperDual, Real};

type Checked = Result<(), TestCaseError>;

/// A value and enough tangents for every type tested here.
fn any_components() -> impl Strategy<Value = Vec<f64>> {
    (any_number(), vec(any_tangent(), 29)).prop_map(|(x, tangents)| [vec![x], tangents].concat())
}

// ---- Value and gradient are those of Dual, bit for bit ----

fn first_order_is_that_of_dual<T: Number, const N: usize>(a: &[f64], b: &[f64], n: i32) -> Checked {
    let (x, y): (HyperDual<T, N>, HyperDual<T, N>) = (build(a), build(b));
    let (u, v) = (x.first_order(), y.first_order());
    let check = |name: &str, h: HyperDual<T, N>, d: Dual<T, N>| {
        prop_assert!(
            same(h.first_order(), d),
            "{name}({x:?}, {y:?}): {:?} instead of {d:?}",
            h.first_order()
        );
        Ok(())
    };
    for (k, name) in UNARY.iter().enumerate() {
        check(name, unary(k, x), unary(k, u))?;
    }
    for (k, name) in BINARY.iter().enumerate() {
        // A hyper-dual exponent is constant if the second derivatives are zero too.
        if *name != "powf" || x.is_constant() == u.is_constant() && y.is_constant() == v.is_constant() {
            check(name, binary(k, x, y), binary(k, u, v))?;
        }
    }
    check("powi", x.powi(n), u.powi(n))?;
    check("mul_add", x.mul_add(y, x), u.mul_add(v, u))?;
    if y <= x {
        check("clamp", x.clamp(y, x), u.clamp(v, u))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn value_and_gradient_are_bitwise_those_of_dual(
        a in any_components(), b in any_components(), n in any_exponent(),
    ) {
        first_order_is_that_of_dual::<f64, 2>(&a, &b, n)?;
        first_order_is_that_of_dual::<f64, 5>(&a, &b, n)?;
        first_order_is_that_of_dual::<f32, 3>(&a, &b, n)?;
        first_order_is_that_of_dual::<Dual<f64, 2>, 2>(&a, &b, n)?;
    }
}

proptest! {
    #![proptest_config(cases(300))]

    // ---- Law 3: an entry depends on its two lanes alone ----

    #[test]
    fn an_entry_is_as_alone(e in any_expr(), a in any_components(), b in any_components()) {
        entries_are_as_alone::<3>(&e, &a, &b)?;
        entries_are_as_alone::<5>(&e, &a, &b)?;
        entries_are_as_alone::<6>(&e, &a, &b)?;
    }
}

/// A zero may have come from an exponent that is constant alone, and among other lanes isn't.
fn same_but_for_signs_of_zero<T: Number>(a: T, b: T) -> bool {
    a.components().into_iter().zip(b.components()).all(|(a, b)| same_bits(a + 0.0, b + 0.0))
}

/// Lanes i and j alone.
fn pair<T: Real, const N: usize>(x: HyperDual<T, N>, i: usize, j: usize) -> HyperDual<T, 2> {
    let at = [i, j];
    HyperDual::from_fn(x.re, at.map(|k| x.gradient[k]), |a, b| x.second(at[a], at[b]))
}

fn entries_are_as_alone<const N: usize>(e: &Expr, a: &[f64], b: &[f64]) -> Checked {
    let (x, y): (HyperDual<f64, N>, HyperDual<f64, N>) = (build(a), build(b));
    let whole = e.run(&[x, y]);
    for i in 0..N {
        for j in i + 1..N {
            // In the order in which one is nearer to the other going up, around the end.
            let (i, j) = if j - i <= N / 2 { (i, j) } else { (j, i) };
            let alone = e.run(&[pair(x, i, j), pair(y, i, j)]);
            prop_assert!(
                same_but_for_signs_of_zero(pair(whole, i, j), alone),
                "{i}, {j}: {:?}, alone {alone:?}",
                pair(whole, i, j)
            );
        }
    }
    Ok(())
}

/// The rows of the Hessian are turned in registers, in ways that depend on their length.
#[allow(clippy::cast_precision_loss)] // small numbers
fn every_operation_gives_the_entries_of_two_lanes<T: Real, const N: usize>() {
    // Tangents without pattern, so that an entry from a wrong place has a wrong value.
    let component = |k: usize| T::lit((k as f64 * 0.754_877_666).fract() + 0.5);
    let number = |k: usize| {
        let gradient = core::array::from_fn(|i| component(k + i));
        HyperDual::<T, N>::from_fn(component(k), gradient, |i, j| component(k + N + i * N + j))
    };
    let (x, y) = (number(1), number(2000));
    let all =
        |x: HyperDual<T, N>, y: HyperDual<T, N>| [x + y, x - y, x * y, x / y, y.recip(), x.exp(), x.atan2(y)];
    let two =
        |x: HyperDual<T, 2>, y: HyperDual<T, 2>| [x + y, x - y, x * y, x / y, y.recip(), x.exp(), x.atan2(y)];
    let whole = all(x, y);
    for i in 0..N {
        for j in i + 1..N {
            let (i, j) = if j - i <= N / 2 { (i, j) } else { (j, i) };
            for (whole, alone) in whole.iter().zip(two(pair(x, i, j), pair(y, i, j))) {
                assert!(pair(*whole, i, j).identical(&alone), "N = {N}, entry ({i}, {j})");
            }
        }
    }
}

#[test]
fn rows_of_every_length_give_the_entries_of_two_lanes() {
    macro_rules! of_length {
        ($($N:literal)*) => {$(
            every_operation_gives_the_entries_of_two_lanes::<f64, $N>();
            every_operation_gives_the_entries_of_two_lanes::<f32, $N>();
        )*};
    }
    of_length!(2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33);
}

/// A gradient that overflows in another lane leaves the bits of an entry alone.
#[test]
fn an_entry_is_the_same_beside_a_lane_that_overflows() {
    let with = |g: f64| {
        let x = HyperDual::<f64, 3>::from_fn(0.1, [0.1, 0.2, g], |_, _| 0.0);
        let y = HyperDual::<f64, 3>::from_fn(0.7, [0.2, -0.1, 0.0], |_, _| 0.0);
        let z = HyperDual::<f64, 3>::from_fn(1e-3, [-0.0, 1.0, g], |_, _| -0.0);
        [x.powf(y), x.atan2(y), x.ln(), z.exp(), z.recip(), 3.0 / x, x.hypot(y)]
    };
    for (k, (small, large)) in with(2.0).iter().zip(with(1.7e308)).enumerate() {
        assert!(pair(*small, 0, 1).identical(&pair(large, 0, 1)), "function {k}: {small:?}, {large:?}");
    }
    for (k, (small, infinite)) in with(2.0).iter().zip(with(f64::INFINITY)).enumerate() {
        assert!(pair(*small, 0, 1).identical(&pair(infinite, 0, 1)), "function {k}: {small:?}, {infinite:?}");
    }
}

// ---- Law 4: what isn't in a number isn't in a function of it ----

/// Products and quotients of two numbers follow IEEE arithmetic, infinity times zero included.
const UNMASKED: &[&str] = &["mul", "div"];

/// Of two lanes the first is in neither x nor y.
fn a_zero_lane_stays_zero_in_every_function(a: &[f64], b: &[f64], n: i32) -> Checked {
    let without_first =
        |c: &[f64]| HyperDual::<f64, 2>::from_fn(c[0], [0.0, c[1]], |i, _| if i == 1 { c[2] } else { 0.0 });
    let (x, y) = (without_first(a), without_first(b));
    let constant = (HyperDual::constant(x.re), HyperDual::constant(y.re));
    let stays = |name: &str, f: &dyn Fn(HyperDual<f64, 2>, HyperDual<f64, 2>) -> HyperDual<f64, 2>| {
        for mixed in [f(x, y), f(x, constant.1), f(constant.0, y)] {
            let zero = mixed.gradient[0] == 0.0 && mixed.row(0) == [0.0; 2];
            prop_assert!(zero, "{name}({x:?}, {y:?}) is {mixed:?}");
        }
        prop_assert!(f(constant.0, constant.1).is_constant(), "{name} of constants {constant:?}");
        Ok(())
    };
    for (k, name) in UNARY.iter().enumerate() {
        stays(name, &|x, _| unary(k, x))?;
    }
    for (k, name) in BINARY.iter().enumerate().filter(|(_, name)| !UNMASKED.contains(name)) {
        stays(name, &|x, y| binary(k, x, y))?;
    }
    stays("powi", &|x, _| x.powi(n))?;
    stays("chain", &|x, y| x.chain(x.re, y.re, x.re))?;
    stays("chain2", &|x, y| x.chain2(y, x.re, [y.re, x.re], [x.re, y.re, x.re]))
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_zero_lane_stays_zero(a in any_components(), b in any_components(), n in any_exponent()) {
        a_zero_lane_stays_zero_in_every_function(&a, &b, n)?;
    }
}

#[test]
fn a_zero_lane_stays_zero_at_every_pair_of_corners() {
    for &x in EDGES {
        for &y in EDGES {
            for n in [0, 1, 2, -1, i32::MIN] {
                if let Err(error) =
                    a_zero_lane_stays_zero_in_every_function(&[x, 1.0, 0.5], &[y, -1.0, 0.0], n)
                {
                    panic!("{error}");
                }
            }
        }
    }
}

/// An infinite derivative meets the zero ones of other variables in every function that follows.
#[test]
fn an_infinite_gradient_leaves_the_entries_of_other_variables_zero() {
    let x = HyperDual::<f64, 2>::variable(0.5, 0);
    let y = HyperDual::<f64, 2>::variable(0.0, 1);
    for (k, name) in UNARY.iter().enumerate() {
        let f = unary(k, y.sqrt() + 0.25);
        assert!(f.second(0, 1) == 0.0 && f.second(0, 0) == 0.0, "{name} of a root at 0: {f:?}");
    }
    let f = (x * 2.0).hypot(y.sqrt() + 1.0);
    assert_eq!(f.second(0, 0), 4.0 / 2.0_f64.sqrt().powi(3));
}
