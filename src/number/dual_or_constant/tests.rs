//! Any program gives the bits that it gives on dual numbers, but for the sign of zero lanes.
//!
//! Under Miri, whose elementary functions err at random unless it's told not to:
//! `MIRIFLAGS="-Zmiri-disable-isolation -Zmiri-deterministic-floats" cargo +nightly miri test --lib dual_or_constant`

use core::fmt::Debug;
use core::ops::{Add, Div, Mul, Rem, Sub};

use num_traits::NumCast;
use proptest::prelude::*;

use super::DualOrConstant;
use crate::drive::FirstOrder;
use crate::number::Dual;
use crate::real::Real;
use crate::rules::special_table::for_each_special_rule;
use crate::rules::table::for_each_unary_rule;
use crate::rules::{Number, Rule, RuleN, VectorRule};

/// Values at which functions have edges, and at which products and quotients are infinite or lose digits.
const POINTS: [f64; 37] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    2.0,
    -2.0,
    3.0,
    -3.0,
    2.5,
    0.9999,
    0.2,
    -0.2,
    7.25,
    -7.25,
    20.0,
    -20.0,
    171.5,
    800.0,
    -800.0,
    core::f64::consts::FRAC_PI_2,
    core::f64::consts::PI,
    -0.367_879_441_171_442_33,
    1e30,
    1e-30,
    1e100,
    -1e-100,
    1e200,
    1e-200,
    f64::MAX,
    f64::MIN_POSITIVE,
    5e-324,
    -1e-310,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

/// Tangents, as [`POINTS`].
const TANGENTS: [f64; 12] =
    [0.0, 1.0, -0.0, -2.5, f64::INFINITY, 0.0, f64::NAN, 1e-320, 1e308, 0.0, f64::NEG_INFINITY, 0.75];

/// 1/x, of which the slope is written down.
struct Inverse;

impl Rule for Inverse {
    fn value<T: Number>(&self, x: T) -> T {
        x.recip()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        let y = x.apply(self);
        -(y * y)
    }
}

/// x·eʸ
struct Growth;

impl RuleN<2> for Growth {
    fn value<T: Number>(&self, [x, y]: [T; 2]) -> T {
        x * y.exp()
    }

    fn slopes<T: Number>(&self, [x, y]: [T; 2]) -> [T; 2] {
        [y.exp(), x * y.exp()]
    }
}

/// The square of each component over the last one.
struct Squares;

impl VectorRule for Squares {
    fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
        x.iter().map(|&a| a * a / x[x.len() - 1]).collect()
    }

    fn jvp<T: Number>(&self, x: &[T], v: &[T]) -> Vec<T> {
        let (y, dy) = (x[x.len() - 1], v[v.len() - 1]);
        x.iter().zip(v).map(|(&a, &da)| (a + a) * da / y - a * a / y * (dy / y)).collect()
    }
}

/// A function of up to three numbers, an integer and a plain number.
type Step<F, T> = (&'static str, fn([T; 3], i32, F) -> T);

macro_rules! steps {
    ($(|$a:tt, $n:tt, $s:tt| $body:expr;)*) => {
        vec![$((stringify!($body), |$a, $n, $s| $body)),*]
    };
}

/// The rows of a table.
macro_rules! emit_steps {
    ([$rows:ident] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {
        #[allow(clippy::cast_sign_loss)] // orders below 0 are none of these functions'
        fn $rows<F, T: Number>() -> Vec<Step<F, T>> {
            vec![$((stringify!($name), |[x, ..], _n, _| {
                $(let $n = (if stringify!($Order) == "u32" { _n.abs() } else { _n }) as $Order;)?
                x.$name($($n)?)
            })),*]
        }
    };
}

for_each_unary_rule!(emit_steps[smooth_steps]);
for_each_special_rule!(emit_steps[special_steps]);

fn unary_steps<F, T: Number>() -> Vec<Step<F, T>> {
    let others: Vec<Step<F, T>> = steps! {
        |[x, ..], _, _| -x;
        |[x, ..], _, _| x.abs();
        |[x, ..], _, _| x.signum();
        |[x, ..], _, _| x.floor();
        |[x, ..], _, _| x.ceil();
        |[x, ..], _, _| x.round();
        |[x, ..], _, _| x.trunc();
        |[x, ..], _, _| x.fract();
        |[x, ..], _, _| x.recip();
        |[x, ..], _, _| x.to_degrees();
        |[x, ..], _, _| x.to_radians();
        |[x, ..], n, _| x.powi(n);
        |[x, ..], n, _| x.powi(40 * n);
        |[x, ..], _, _| x.sin_cos().0;
        |[x, ..], _, _| x.sin_cos().1;
        |[x, ..], _, _| x.relu();
        |[x, ..], _, _| x.stop_gradient();
        |[x, ..], _, _| x.apply(Inverse);
        |[x, ..], _, _| <T as NumCast>::from(x).unwrap();
        |[x, ..], _, _| if x > T::one() { x * T::lit(3.0) } else { T::lit(2.0) - x };
    };
    // Miri doesn't know the instructions that `libm` asks for by name.
    let special = if cfg!(miri) { vec![] } else { special_steps() };
    [smooth_steps(), special, others].concat()
}

fn plain_steps<F, T>() -> Vec<Step<F, T>>
where
    F: Real,
    T: Number
        + Add<F, Output = T>
        + Sub<F, Output = T>
        + Mul<F, Output = T>
        + Div<F, Output = T>
        + Rem<F, Output = T>,
    f64: Add<T, Output = T>
        + Sub<T, Output = T>
        + Mul<T, Output = T>
        + Div<T, Output = T>
        + Rem<T, Output = T>,
{
    steps! {
        |[x, ..], _, s| x + s;
        |[x, ..], _, s| x - s;
        |[x, ..], _, s| x * s;
        |[x, ..], _, s| x / s;
        |[x, ..], _, s| x % s;
        |[x, ..], _, s| s.to_f64().unwrap() + x;
        |[x, ..], _, s| s.to_f64().unwrap() - x;
        |[x, ..], _, s| s.to_f64().unwrap() * x;
        |[x, ..], _, s| s.to_f64().unwrap() / x;
        |[x, ..], _, s| s.to_f64().unwrap() % x;
    }
}

fn binary_steps<F, T: Number>() -> Vec<Step<F, T>> {
    steps! {
        |[x, y, _], _, _| x + y;
        |[x, y, _], _, _| x - y;
        |[x, y, _], _, _| x * y;
        |[x, y, _], _, _| x / y;
        |[x, y, _], _, _| x % y;
        |[x, y, _], _, _| x.max(y);
        |[x, y, _], _, _| x.min(y);
        |[x, y, _], _, _| { #[allow(deprecated)] x.abs_sub(y) };
        |[x, y, _], _, _| x.copysign(y);
        |[x, y, _], _, _| x.powf(y);
        |[x, y, _], _, _| x.log(y);
        |[x, y, _], _, _| x.hypot(y);
        |[x, y, _], _, _| x.atan2(y);
        |[x, y, _], _, _| x.beta(y);
        |[x, y, _], _, _| x.ln_beta(y);
        |[x, y, _], _, _| x.xlogy(y);
        |[x, y, _], _, _| x.xlog1py(y);
        |[x, y, _], _, _| x.logaddexp(y);
        |[x, y, _], _, _| x.huber(y);
        |[x, y, _], _, _| T::select(x < y, x, y);
        |[x, y, _], _, _| T::apply_n([x, y], Growth);
        |[x, y, _], _, _| T::apply_vector(&[x, y], Squares)[0];
        |[x, y, _], _, _| T::apply_vector(&[x, y], Squares)[1];
        |[x, y, _], _, _| T::norm(&[x, y]);
        |[x, y, _], _, _| T::safe_norm(&[x], y);
        |[x, y, _], _, _| T::logsumexp(&[x, y]);
        |[x, y, _], _, _| T::softmax([x, y])[0];
    }
}

fn ternary_steps<F, T: Number>() -> Vec<Step<F, T>> {
    steps! {
        |[x, y, z], _, _| x.mul_add(y, z);
        |[x, y, z], _, _| if y <= z { x.clamp(y, z) } else { x };
        |[x, y, z], _, _| x.lerp(y, z);
        |[x, y, z], _, _| x.smoothstep(y, z);
        |[x, y, z], _, _| x.hypot3(y, z);
        |[x, y, z], _, _| T::logsumexp(&[x, y, z]);
        |[x, y, z], _, _| T::softmax([x, y, z])[1];
        |[x, y, z], _, _| T::norm_squared(&[x, y, z]);
        |[x, y, z], _, _| T::sum([x, y, z]);
        |[x, y, z], _, _| T::product([x, y, z]);
    }
}

/// All of them.
fn all_steps<F, T>() -> Vec<Step<F, T>>
where
    F: Real,
    T: Number
        + Add<F, Output = T>
        + Sub<F, Output = T>
        + Mul<F, Output = T>
        + Div<F, Output = T>
        + Rem<F, Output = T>,
    f64: Add<T, Output = T>
        + Sub<T, Output = T>
        + Mul<T, Output = T>
        + Div<T, Output = T>
        + Rem<T, Output = T>,
{
    [unary_steps(), plain_steps(), binary_steps(), ternary_steps()].concat()
}

/// Whether the values have the same bits; of NaNs they aren't asked.
fn same_value<F: Real>(a: F, b: F) -> bool {
    (a.is_nan() && b.is_nan()) || (a == b && a.is_sign_negative() == b.is_sign_negative())
}

/// Whether lanes are the same, but for the sign of zeros.
fn same_lane<F: Real>(a: F, b: F) -> bool {
    (a.is_nan() && b.is_nan()) || a == b
}

fn same<F: Real, const N: usize>(x: Dual<F, N>, y: DualOrConstant<F, N>) -> bool {
    let lanes = y.with_lanes().eps;
    same_value(x.re, y.re) && (0..N).all(|k| same_lane(x.eps[k], lanes[k]))
}

/// A number, as both: a constant, or with tangents from the `tangents`-th on.
fn number<F: Real, const N: usize>(re: f64, tangents: Option<usize>) -> (Dual<F, N>, DualOrConstant<F, N>) {
    let lane = |first: usize, k: usize| F::lit(TANGENTS[(first + 5 * k) % TANGENTS.len()]);
    match tangents {
        None => (Dual::constant(F::lit(re)), DualOrConstant::constant(F::lit(re))),
        Some(first) => {
            let dual = Dual::new(F::lit(re), core::array::from_fn(|k| lane(first, k)));
            (dual, DualOrConstant::moving(dual))
        }
    }
}

/// Every function of one number, and of two, at all special points, of constants and of what moves.
fn agrees_at_edges<F: Number + Debug, const N: usize>() {
    let moving = |i: usize| Some(i % TANGENTS.len());
    let unary = unary_steps::<F, Dual<F, N>>().into_iter().zip(unary_steps::<F, DualOrConstant<F, N>>());
    for ((name, f), (_, g)) in unary {
        for (i, &x) in POINTS.iter().enumerate() {
            for n in [-3, -1, 0, 1, 2] {
                for tangents in [None, moving(i), moving(i + 1)] {
                    let (a, b) = number::<F, N>(x, tangents);
                    let (y, z) = (f([a; 3], n, a.re), g([b; 3], n, a.re));
                    assert!(same(y, z), "{name} at {b:?}, n = {n}: {y:?}, {z:?}");
                }
            }
        }
    }
    let plain = plain_steps::<F, Dual<F, N>>().into_iter().zip(plain_steps::<F, DualOrConstant<F, N>>());
    let binary = binary_steps::<F, Dual<F, N>>().into_iter().zip(binary_steps::<F, DualOrConstant<F, N>>());
    for ((name, f), (_, g)) in plain.chain(binary) {
        for (i, &x) in POINTS.iter().enumerate() {
            for (j, &y) in POINTS.iter().enumerate() {
                for tangents in
                    [[None; 2], [moving(i + j), None], [None, moving(i + j)], [moving(i), moving(j)]]
                {
                    let (a, b) = number::<F, N>(x, tangents[0]);
                    let (c, d) = number::<F, N>(y, tangents[1]);
                    let (y, z) = (f([a, c, a], 1, c.re), g([b, d, b], 1, c.re));
                    assert!(same(y, z), "{name} at {b:?}, {d:?}: {y:?}, {z:?}");
                }
            }
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn functions_agree_at_their_edges() {
    agrees_at_edges::<f64, 3>();
    agrees_at_edges::<f32, 2>();
}

/// So many programs, or few under Miri.
fn cases(most: u32) -> u32 {
    if cfg!(miri) { 8 } else { most }
}

/// A program: numbers to begin with, and steps, each a function and the places of what it takes.
#[derive(Clone, Debug)]
struct Program {
    numbers: Vec<(f64, Option<usize>)>,
    steps: Vec<(usize, [usize; 3], i32, f64)>,
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0,
        2 => prop::sample::select(POINTS.to_vec()),
        1 => prop::num::f64::ANY,
    ]
}

fn program() -> impl Strategy<Value = Program> {
    let number = (value(), prop::option::of(0..TANGENTS.len()));
    let step = (any::<prop::sample::Index>(), any::<[prop::sample::Index; 3]>(), -4..5, value());
    (prop::collection::vec(number, 2..6), prop::collection::vec(step, 1..10)).prop_map(|(numbers, steps)| {
        let count = numbers.len();
        let steps = steps.into_iter().enumerate().map(|(i, (step, places, n, s))| {
            (step.index(1 << 16), places.map(|place| place.index(count + i)), n, s)
        });
        Program { steps: steps.collect(), numbers }
    })
}

fn agrees<F: Number + Debug, const N: usize>(program: &Program) -> Result<(), TestCaseError> {
    let (mut duals, mut others): (Vec<_>, Vec<_>) =
        program.numbers.iter().map(|&(re, tangents)| number::<F, N>(re, tangents)).unzip();
    let (on_duals, on_others) = (all_steps::<F, Dual<F, N>>(), all_steps::<F, DualOrConstant<F, N>>());
    for &(step, places, n, s) in &program.steps {
        let step = step % on_duals.len();
        let y = on_duals[step].1(places.map(|i| duals[i]), n, F::lit(s));
        let z = on_others[step].1(places.map(|i| others[i]), n, F::lit(s));
        let name = on_duals[step].0;
        prop_assert!(same(y, z), "{name} at {:?}: {y:?}, {z:?}", places.map(|i| others[i]));
        duals.push(y);
        others.push(z);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(3000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn programs_agree(program in program()) {
        agrees::<f64, 1>(&program)?;
        agrees::<f64, 8>(&program)?;
        agrees::<f32, 1>(&program)?;
        agrees::<f32, 8>(&program)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn programs_agree_in_many_lanes(program in program()) {
        agrees::<f64, 32>(&program)?;
        agrees::<f32, 32>(&program)?;
    }
}

/// As the inner number of another one, as in a function that calls a driver.
fn nested(re: DualOrConstant<f64, 2>, eps: f64) -> Dual<DualOrConstant<f64, 2>, 1> {
    Dual::new(re, [DualOrConstant::constant(eps)])
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn functions_of_numbers_over_it_agree() {
    let steps = unary_steps::<f64, Dual<Dual<f64, 2>, 1>>().into_iter();
    let others = unary_steps::<f64, Dual<DualOrConstant<f64, 2>, 1>>();
    for ((name, f), (_, g)) in steps.zip(others) {
        for &x in &POINTS {
            for tangents in [None, Some(0)] {
                let (a, b) = number::<f64, 2>(x, tangents);
                let (a, b) = (Dual::new(a, [Dual::constant(1.0)]), nested(b, 1.0));
                let (y, z) = (f([a; 3], 2, x), g([b; 3], 2, x));
                assert!(same(y.re, z.re) && same(y.eps[0], z.eps[0]), "{name} at {b:?}: {y:?}, {z:?}");
            }
        }
    }
    let steps = binary_steps::<f64, Dual<Dual<f64, 2>, 1>>().into_iter();
    let others = binary_steps::<f64, Dual<DualOrConstant<f64, 2>, 1>>();
    for ((name, f), (_, g)) in steps.zip(others) {
        for (&x, &y) in POINTS.iter().flat_map(|x| POINTS.iter().map(move |y| (x, y))) {
            for tangents in [[None; 2], [Some(0), None], [None, Some(0)], [Some(0), Some(1)]] {
                let ((a, b), (c, d)) = (number::<f64, 2>(x, tangents[0]), number::<f64, 2>(y, tangents[1]));
                let (a, b) = (Dual::new(a, [Dual::constant(1.0)]), nested(b, 1.0));
                let (c, d) = (Dual::new(c, [Dual::constant(-2.0)]), nested(d, -2.0));
                let (y, z) = (f([a, c, a], 2, x), g([b, d, b], 2, x));
                assert!(same(y.re, z.re) && same(y.eps[0], z.eps[0]), "{name} at {b:?}, {d:?}: {y:?}, {z:?}");
            }
        }
    }
}

#[test]
fn a_constant_has_no_lanes_until_it_is_seeded() {
    let mut x: DualOrConstant<f64, 4> = FirstOrder::constant(3.0);
    let mut lanes = [7.0; 4];
    x.write_lanes(0, &mut lanes);
    assert_eq!((x.primal(), lanes), (3.0, [0.0; 4]));
    assert!(x.dual().is_none() && x.lane(2) == 0.0 && !x.left_over());

    FirstOrder::seed(&mut x, 2);
    x.write_lanes(0, &mut lanes);
    assert_eq!((x.primal(), lanes), (3.0, [0.0, 0.0, 1.0, 0.0]));
    x.write_lanes(2, &mut lanes[..2]);
    assert_eq!(lanes[..2], [1.0, 0.0]);
    assert!(x.lane(2) == 1.0 && x.left_over());
}

/// What is worth the type: nothing of these moves, so nothing of them has lanes.
#[test]
fn functions_of_constants_are_constants() {
    let points = [0.0, 0.5, -0.5, 1.0, 3.0];
    for (name, f) in unary_steps::<f64, DualOrConstant<f64, 2>>() {
        for x in points {
            let y = f([DualOrConstant::constant(x); 3], 2, x);
            assert!(y.dual().is_none(), "{name} at {x}");
        }
    }
    // Not a product, which is infinite.
    let steps = [plain_steps(), binary_steps(), ternary_steps()].concat();
    for (name, f) in steps {
        if !name.contains("apply") {
            let y = f([0.5, 2.0, 3.0].map(DualOrConstant::<f64, 2>::constant), 2, 0.25);
            assert!(y.dual().is_none(), "{name}");
        }
    }
}
