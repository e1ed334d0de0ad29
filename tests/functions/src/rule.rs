//! Rules of one's own: on every number and nesting they are the function that they say, to every order.

#![allow(clippy::excessive_precision)] // references are written to 19 digits

use tangents::rules::{Opaque, RuleN, VectorRule};
use tangents::{
    Dual, HyperDual, Number, Real, Rule, Special, Taylor, derivative, grad, gradient, hessian, hvp, jacfwd,
    jacobian, nth_derivative, partial, third_derivatives,
};

use crate::common::{Number as Components, all_zero, build, same_bits};

/// Runs `$check::<T>()` for every number over `f64` and `f32`, and for nested ones.
macro_rules! on_every_number {
    ($check:ident) => {
        on_every_number! { $check:
            f64, f32,
            Dual<f64, 2>, HyperDual<f64, 3>, Taylor<f64, 5>, Dual<f32, 2>, HyperDual<f32, 2>, Taylor<f32, 3>,
            Dual<Dual<f64, 2>, 2>, Dual<HyperDual<f64, 2>, 2>, Dual<Taylor<f64, 3>, 2>,
            HyperDual<Dual<f64, 2>, 2>, HyperDual<HyperDual<f64, 2>, 2>, HyperDual<Taylor<f64, 3>, 2>,
            Taylor<Dual<f64, 2>, 3>, Taylor<HyperDual<f64, 2>, 3>, Taylor<Taylor<f64, 2>, 3>,
            Dual<Dual<Dual<f64, 1>, 2>, 1>, Taylor<Dual<HyperDual<f32, 1>, 1>, 2>,
            Dual<f64, 0>, HyperDual<f64, 0>, Taylor<f64, 0>, Taylor<f64, 1>
        }
    };
    ($check:ident: $($T:ty),*) => {
        $($check::<$T>(stringify!($T));)*
    };
}

/// A number whose value is `x` and whose derivatives are of the order of 1.
fn around<T: Components>(x: f64, seed: u32) -> T {
    let (mut first, mut state) = (true, seed);
    T::build(&mut || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let random = f64::from(state >> 8) / f64::from(1 << 24) * 2.0 - 1.0;
        if std::mem::take(&mut first) { x } else { random }
    })
}

#[track_caller]
fn assert_close<T: Components>(found: T, expected: T, what: &str) {
    let accuracy = if T::epsilon() > T::lit(1e-10) { 2e-5 } else { 1e-13 };
    let expected = expected.components();
    let size = expected.iter().fold(1.0_f64, |size, c| size.max(c.abs()));
    for (k, (found, expected)) in found.components().iter().zip(&expected).enumerate() {
        let close = (found - expected).abs() <= accuracy * size;
        assert!(
            close || same_bits(*found, *expected),
            "{what}: component {k} is {found:e}, not {expected:e}"
        );
    }
}

/// The Gudermannian function.
struct Gudermann;

impl Rule for Gudermann {
    fn value<T: Number>(&self, x: T) -> T {
        T::lit(2.0) * (x * T::lit(0.5)).tanh().atan()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        x.cosh().recip()
    }
}

/// Its slope is made of its value.
struct Tanh;

impl Rule for Tanh {
    fn value<T: Number>(&self, x: T) -> T {
        x.tanh()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        let y = x.apply(self);
        T::one() - y * y
    }
}

/// Each is the other's slope.
struct Sin;
struct Cos;

impl Rule for Sin {
    fn value<T: Number>(&self, x: T) -> T {
        x.sin()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        x.apply(Cos)
    }
}

impl Rule for Cos {
    fn value<T: Number>(&self, x: T) -> T {
        x.cos()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        -x.apply(Sin)
    }
}

/// A family, by its index.
struct Bessel(i32);

impl Rule for Bessel {
    fn value<T: Number>(&self, x: T) -> T {
        x.bessel_jn(self.0)
    }

    fn slope<T: Number>(&self, x: T) -> T {
        (x.apply(Self(self.0 - 1)) - x.apply(Self(self.0 + 1))) * T::lit(0.5)
    }
}

/// erf, whose slope is a constant times e^(−x²).
struct Erf;

impl Rule for Erf {
    fn value<T: Number>(&self, x: T) -> T {
        x.erf()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        T::FRAC_2_SQRT_PI() * (-(x * x)).exp()
    }
}

/// √x, with an infinite slope at 0.
struct Sqrt;

impl Rule for Sqrt {
    fn value<T: Number>(&self, x: T) -> T {
        x.sqrt()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        (x.apply(self) * T::lit(2.0)).recip()
    }
}

struct Exp;

impl Rule for Exp {
    fn value<T: Number>(&self, x: T) -> T {
        x.exp()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        x.exp()
    }
}

/// A function of value x whose slope is this constant.
struct Constant(f64);

impl Rule for Constant {
    fn value<T: Number>(&self, x: T) -> T {
        x
    }

    fn slope<T: Number>(&self, _: T) -> T {
        T::lit(self.0)
    }
}

/// ln x with a slope that is a number also where there is no logarithm.
struct Ln;

impl Rule for Ln {
    fn value<T: Number>(&self, x: T) -> T {
        x.ln()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        x.recip()
    }
}

// Derivatives of orders 0 to 6, by mpmath with 50 digits.
const GUDERMANN: [(f64, [f64; 7]); 3] = [
    (
        0.3,
        [
            0.295_598_675_984_604_127_1,
            0.956_627_911_900_248_292_7,
            -0.278_677_776_159_771_669_1,
            -0.794_263_209_889_642_771_1,
            1.251_492_224_260_957_643,
            2.675_378_874_209_572_036,
            -12.983_280_277_218_041_78,
        ],
    ),
    (
        -1.75,
        [
            -1.226_684_736_802_741_914,
            0.337_360_483_042_905_070_1,
            0.317_582_906_392_219_742_2,
            0.260_569_076_002_113_859_2,
            0.100_714_249_927_252_111_1,
            -0.325_676_095_927_081_004_2,
            -1.357_458_133_364_345_24,
        ],
    ),
    (
        2.5,
        [
            1.406_993_568_936_153_753,
            0.163_071_231_929_977_826,
            -0.160_888_409_039_284_181_8,
            0.154_398_377_600_009_365_3,
            -0.135_218_122_776_089_903_4,
            0.079_110_254_730_283_847_51,
            0.082_161_852_166_008_873_47,
        ],
    ),
];

/// Orders 0 to 6 of J₂ at 1.5, by mpmath.
const BESSEL: [f64; 7] = [
    0.232_087_672_144_214_727_2,
    0.248_486_278_384_480_005_7,
    0.014_855_114_966_958_117_4,
    -0.256_331_699_998_042_535_9,
    -0.029_346_343_682_509_437_08,
    0.240_856_768_285_624_170_6,
    0.028_594_687_107_931_642_96,
];

#[track_caller]
fn assert_derivatives(found: &[f64], expected: &[f64], accuracy: f64) {
    let size = expected.iter().fold(1.0_f64, |size, c| size.max(c.abs()));
    for (k, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= accuracy * size, "order {k}: {found:e}, not {expected:e}");
    }
}

type Nested<T> = Dual<T, 1>;

/// The derivatives up to order 4 of x ↦ x.apply(rule), by every kind of number, and up to 6 by series.
fn assert_rule<R: Rule>(rule: &R, x: f64, expected: &[f64; 7]) {
    let series = Taylor::<f64, 6>::variable(x).apply(rule);
    let found: Vec<_> = (0..7).map(|k| series.derivative(k)).collect();
    assert_derivatives(&found, expected, 1e-14);
    assert_eq!(x.apply(rule).to_bits(), series.re.to_bits());

    let y = HyperDual::<f64, 1>::variable(x, 0).apply(rule);
    assert_derivatives(&[y.re, y.gradient[0], y.second(0, 0)], &expected[..3], 4e-15);

    let y = Nested::<Nested<Nested<Nested<f64>>>>::variable(
        Dual::variable(Dual::variable(Dual::variable(x, 0), 0), 0),
        0,
    );
    let y = y.apply(rule);
    let found = [
        y.re.re.re.re,
        y.eps[0].re.re.re,
        y.eps[0].eps[0].re.re,
        y.eps[0].eps[0].eps[0].re,
        y.eps[0].eps[0].eps[0].eps[0],
    ];
    assert_derivatives(&found, &expected[..5], 4e-15);

    let y = HyperDual::<HyperDual<f64, 1>, 1>::variable(HyperDual::variable(x, 0), 0).apply(rule);
    let inner = y.second(0, 0);
    let found = [y.re.re, inner.re, inner.gradient[0], inner.second(0, 0)];
    assert_derivatives(&found, &[expected[0], expected[2], expected[3], expected[4]], 4e-15);

    // Third derivatives with another number in each place.
    let y = Taylor::<Dual<f64, 1>, 2>::variable(Dual::variable(x, 0)).apply(rule);
    assert_derivatives(&[y.derivative(2).eps[0]], &expected[3..4], 4e-15);
    let y = Dual::<Taylor<f64, 2>, 1>::variable(Taylor::variable(x), 0).apply(rule);
    assert_derivatives(&[y.eps[0].derivative(2)], &expected[3..4], 4e-15);
    let y = HyperDual::<Taylor<f64, 2>, 1>::variable(Taylor::variable(x), 0).apply(rule);
    assert_derivatives(&[y.second(0, 0).derivative(2)], &expected[4..5], 4e-15);
}

#[test]
fn derivatives_of_a_rule_are_those_of_the_function_to_every_order() {
    for (x, expected) in &GUDERMANN {
        assert_rule(&Gudermann, *x, expected);
    }
    assert_rule(&Bessel(2), 1.5, &BESSEL);
    assert_eq!(0.3_f64.apply(Gudermann), Gudermann.value(0.3));
    let y = Dual::<f32, 1>::variable(0.3, 0).apply(Gudermann);
    assert!((y.eps[0] - 0.956_627_9).abs() < 1e-7, "{y:?}");
    assert!((nth_derivative::<3, _>(|x| x.apply(Gudermann), 2.5_f32) - 0.154_398_38).abs() < 1e-6);
}

#[test]
fn a_rule_is_the_function_of_the_table_on_every_number() {
    fn check<T: Components + Number>(name: &str) {
        for (x, seed) in [-1.3, -0.2, 0.0, 0.4, 1.7].into_iter().zip(0..) {
            let number: T = around(x, seed);
            let what = |rule| format!("{rule} at {x} on {name}");
            assert_close(number.apply(Sin), number.sin(), &what("sin"));
            assert_close(number.apply(Cos), number.cos(), &what("cos"));
            assert_close(number.apply(Tanh), number.tanh(), &what("tanh"));
            assert_close(number.apply(Erf), Special::erf(number), &what("erf"));
            assert_close(number.apply(Bessel(1)), number.bessel_jn(1), &what("J₁"));
            let positive = around(x.abs() + 1.0, seed);
            assert_close(T::apply(positive, Sqrt), positive.sqrt(), &what("√"));
            assert_close(T::apply(positive, Ln), positive.ln(), &what("ln"));
        }
    }
    on_every_number!(check);
}

fn by_rule<T: Number>(x: &[T]) -> T {
    (x[0] * x[1]).apply(Sin) * x[0]
}

fn by_table<T: Real>(x: &[T]) -> T {
    (x[0] * x[1]).sin() * x[0]
}

#[test]
fn every_driver_takes_a_rule() {
    let (x, v) = ([0.5, 1.25], [1.0, -2.0]);
    assert_eq!(gradient(by_rule, &x), gradient(by_table, &x));
    assert_eq!(gradient(by_rule, &x[..]), gradient(by_table, &x[..]));
    assert_eq!(grad(by_rule)(&x), grad(by_table)(&x));
    assert_eq!(gradient(by_rule, &[0.5_f32, 1.25]), gradient(by_table, &[0.5_f32, 1.25]));
    let close = |a: &[f64], b: &[f64]| assert_derivatives(a, b, 1e-15);
    close(hessian(by_rule, &x).as_flattened(), hessian(by_table, &x).as_flattened());
    close(&hessian(by_rule, &x[..]).concat(), &hessian(by_table, &x[..]).concat());
    close(&jacfwd(grad(by_rule))(&x).concat(), hessian(by_table, &x).as_flattened());
    close(&hvp(by_rule, &x, &v), &hvp(by_table, &x, &v));
    close(&[partial(by_rule, &x, [0, 1, 1])], &[partial(by_table, &x, [0, 1, 1])]);
    close(
        third_derivatives(by_rule, &x).as_flattened().as_flattened(),
        third_derivatives(by_table, &x).as_flattened().as_flattened(),
    );
    // Closures infer, with literals on both sides.
    assert_eq!(derivative(|x| (2.0 * x).apply(Sin) * 3.0, 0.5), 6.0 * 1.0_f64.cos());
    close(&[nth_derivative::<5, _>(|x| (2.0 * x).apply(Sin), 0.5)], &[32.0 * 1.0_f64.cos()]);
}

#[test]
fn a_constant_stays_constant_whatever_the_slope() {
    fn check<T: Components + Number>(name: &str) {
        for slope in [2.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            let y = T::lit(0.5).apply(Constant(slope));
            assert!(all_zero(y - T::lit(0.5)), "slope {slope} on {name}: {y:?}");
        }
        assert!(all_zero(T::zero().apply(Sqrt)), "√0 on {name}");
        // The value is NaN, nothing else is.
        let y = T::lit(-1.0).apply(Ln).components();
        assert!(y[0].is_nan() && y[1..].iter().all(|&c| c == 0.0), "ln −1 on {name}: {y:?}");
    }
    on_every_number!(check);
}

#[test]
fn a_lane_that_is_zero_stays_zero_beside_one_that_moves() {
    let x = Dual::<f64, 2>::new(0.0, [1.0, 0.0]);
    assert_eq!(x.apply(Sqrt).eps, [f64::INFINITY, 0.0]);
    let y = HyperDual::<f64, 2>::variable(0.0, 0).apply(Sqrt);
    assert_eq!((y.gradient, y.second(0, 1), y.second(1, 1)), ([f64::INFINITY, 0.0], 0.0, 0.0));
    // In a nested number too, where the slope's own derivative in that lane would be ∞·0.
    let y = Dual::<Dual<f64, 2>, 1>::new(Dual::new(0.0, [1.0, 0.0]), [Dual::constant(1.0)]).apply(Sqrt);
    assert_eq!((y.eps[0].re, y.eps[0].eps[1]), (f64::INFINITY, 0.0));
    assert_eq!(Taylor::<f64, 3>::new(0.0, [0.0, 1.0, 0.0]).apply(Constant(f64::NAN)).coefficients[0], 0.0);
}

#[test]
fn an_infinite_slope_has_no_finite_derivative() {
    fn no_finite_derivative<T: Components>(y: T, value: f64, what: &str) {
        let components = y.components();
        assert!(components[0] == value && components[1..].iter().all(|c| !c.is_finite()), "{what}: {y:?}");
    }
    fn check<T: Components + Number>(name: &str) {
        if T::build(&mut || 1.0).components().len() == 1 {
            return;
        }
        let x: T = build(&[1.0]);
        for slope in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            no_finite_derivative(x.apply(Constant(slope)), 1.0, &format!("slope {slope} on {name}"));
        }
        let mut first = true;
        let x = T::build(&mut || if std::mem::take(&mut first) { 0.0 } else { 1.0 });
        no_finite_derivative(x.apply(Sqrt), 0.0, &format!("√ on {name}"));
    }
    on_every_number!(check);
    // Of a variable, whose second derivatives are zero, nothing but the constant slope's own derivative, 0, would tell.
    for slope in [f64::INFINITY, f64::NAN] {
        let rule = Constant(slope);
        assert!(HyperDual::<f64, 1>::variable(1.0, 0).apply(&rule).second(0, 0).is_nan());
        assert!(Taylor::<f64, 3>::variable(1.0).apply(&rule).coefficients[1..].iter().all(|c| c.is_nan()));
        let x = Dual::<Dual<Dual<f64, 1>, 1>, 1>::variable(Dual::variable(Dual::variable(1.0, 0), 0), 0);
        let second = x.apply(&rule).eps[0].eps[0];
        assert!(second.re.is_nan() && second.eps[0].is_nan());
        let x = HyperDual::<Dual<f64, 1>, 1>::variable(Dual::variable(1.0, 0), 0);
        assert!(x.apply(&rule).second(0, 0).eps[0].is_nan());
        let slopes = Opaque::of_several(|[x, _]: [f64; 2]| x, |_: [f64; 2]| [slope, 1.0]);
        let y = Number::apply_n([HyperDual::<f64, 2>::variable(1.0, 0), HyperDual::variable(1.0, 1)], slopes);
        assert!(y.second(0, 0).is_nan() && y.second(0, 1).is_nan());
    }
    // What differentiating gives is kept: ∞ where the exponential has overflown.
    let y = HyperDual::<f64, 1>::variable(1000.0, 0).apply(Exp);
    assert_eq!((y.gradient, y.second(0, 0)), ([f64::INFINITY], f64::INFINITY));
}

#[test]
fn outside_the_domain_every_derivative_is_nan() {
    fn check<T: Components + Number>(name: &str) {
        let mut first = true;
        let x = T::build(&mut || if std::mem::take(&mut first) { -1.0 } else { 1.0 });
        let y = x.apply(Ln);
        assert!(y.components().iter().all(|c| c.is_nan()), "ln −1 on {name}: {y:?}");
        let y = T::apply_n([x, T::one()], Power);
        assert!(y.components().iter().all(|c| c.is_nan()), "(−1)^½ on {name}: {y:?}");
    }
    on_every_number!(check);
}

/// x^(y/2) with slopes that are numbers everywhere.
struct Power;

impl RuleN<2> for Power {
    fn value<T: Number>(&self, [x, y]: [T; 2]) -> T {
        x.powf(y * T::lit(0.5))
    }

    fn slopes<T: Number>(&self, _: [T; 2]) -> [T; 2] {
        [T::one(), T::one()]
    }
}

/// (u + v)/(1 + uv), with slopes that are made of the value.
struct SumOfVelocities;

impl RuleN<2> for SumOfVelocities {
    fn value<T: Number>(&self, [u, v]: [T; 2]) -> T {
        (u + v) / (T::one() + u * v)
    }

    fn slopes<T: Number>(&self, x: [T; 2]) -> [T; 2] {
        let w = T::apply_n(x, self);
        let denominator = T::one() + x[0] * x[1];
        [(T::one() - x[1] * w) / denominator, (T::one() - x[0] * w) / denominator]
    }
}

#[test]
fn a_rule_of_several_variables_is_the_function_on_every_number() {
    fn check<T: Components + Number>(name: &str) {
        for seed in 0..4 {
            let (u, v): (T, T) = (around(0.25, seed), around(0.5, seed + 17));
            let expected = (u + v) / (T::one() + u * v);
            assert_close(T::apply_n([u, v], SumOfVelocities), expected, name);
            // In one variable at a time, and of the same one twice.
            let half = T::lit(0.5);
            assert_close(T::apply_n([u, half], SumOfVelocities), (u + half) / (T::one() + u * half), name);
            assert_close(T::apply_n([u, u], SumOfVelocities), (u + u) / (T::one() + u * u), name);
        }
    }
    on_every_number!(check);
}

#[test]
fn mixed_derivatives_of_a_rule_of_several_variables_are_right() {
    let f = |x: &[HyperDual<f64, 2>]| Number::apply_n([x[0], x[1]], SumOfVelocities);
    // By mpmath, at (¼, ½).
    let h = hessian(f, &[0.25, 0.5]);
    let expected = [
        -0.526_748_971_193_415_637_9,
        -1.053_497_942_386_831_276,
        -1.053_497_942_386_831_276,
        -0.329_218_106_995_884_773_7,
    ];
    assert_derivatives(h.as_flattened(), &expected, 4e-16);
    let along = |a: f64, b: f64| {
        let x = [Taylor::<f64, 3>::new(0.25, [a, 0.0, 0.0]), Taylor::new(0.5, [b, 0.0, 0.0])];
        Taylor::apply_n(x, SumOfVelocities).derivative(3)
    };
    let (uuu, uvv, vvv) =
        (0.702_331_961_591_220_850_5, -0.702_331_961_591_220_850_5, 0.219_478_737_997_256_515_8);
    assert_derivatives(
        &[along(1.0, 0.0), along(0.0, 1.0), along(1.0, 1.0)],
        &[uuu, vvv, uuu + 3.0 * uvv + vvv],
        4e-15,
    );
}

/// The eccentric anomaly of a mean anomaly and an eccentricity, by a solver that isn't differentiated.
struct Anomaly;

impl RuleN<2> for Anomaly {
    fn value<T: Number>(&self, [m, e]: [T; 2]) -> T {
        (0..20).fold(m, |a, _| a - (a - e * a.sin() - m) / (T::one() - e * a.cos()))
    }

    fn slopes<T: Number>(&self, [m, e]: [T; 2]) -> [T; 2] {
        let a = T::apply_n([m, e], self);
        let dm = (T::one() - e * a.cos()).recip();
        [dm, a.sin() * dm]
    }
}

#[test]
fn the_solution_of_an_equation_has_the_derivatives_that_the_equation_gives() {
    // By mpmath, at m = ¾, e = ⅜.
    let (m, e) = (0.75, 0.375);
    let value = 1.080_891_642_184_470_253;
    let gradient = [1.214_260_031_523_814_181, 1.071_435_988_986_350_644];
    let [mm, me, ee] = [-0.592_407_977_021_029_079, 0.171_052_118_060_618_128, 0.763_108_333_387_131_542_1];
    let [mmm, mme, mee, eee] = [
        0.483_466_451_579_701_428,
        -2.168_589_398_429_805_423,
        -3.410_656_185_593_157_068,
        -3.630_985_475_818_889_979,
    ];
    let (mmmm, eeee) = (0.629_845_458_319_271_143_4, -16.668_000_129_909_570_73);

    let y = Number::apply_n([HyperDual::<f64, 2>::variable(m, 0), HyperDual::variable(e, 1)], Anomaly);
    assert_derivatives(&[y.re, y.gradient[0], y.gradient[1]], &[value, gradient[0], gradient[1]], 1e-14);
    assert_derivatives(y.hessian().as_flattened(), &[mm, me, me, ee], 1e-14);
    let along = |a: f64, b: f64| {
        let x = [Taylor::<f64, 4>::new(m, [a, 0.0, 0.0, 0.0]), Taylor::new(e, [b, 0.0, 0.0, 0.0])];
        let y = Number::apply_n(x, Anomaly);
        [3, 4].map(|k| y.derivative(k))
    };
    assert_derivatives(&along(1.0, 0.0), &[mmm, mmmm], 1e-13);
    assert_derivatives(&along(0.0, 1.0), &[eee, eeee], 1e-13);
    assert_derivatives(&along(1.0, 1.0)[..1], &[mmm + 3.0 * mme + 3.0 * mee + eee], 1e-13);
    // Third derivatives with the numbers nested.
    let nested = |x, lane| HyperDual::<Dual<f64, 2>, 1>::variable(Dual::variable(x, lane), 0);
    let y = Number::apply_n([nested(m, 0), HyperDual::constant(Dual::variable(e, 1))], Anomaly).second(0, 0);
    assert_derivatives(&y.eps, &[mmm, mme], 1e-14);
    let y = Number::apply_n([HyperDual::constant(Dual::variable(m, 0)), nested(e, 1)], Anomaly).second(0, 0);
    assert_derivatives(&y.eps, &[mee, eee], 1e-14);
}

/// x·y·z², whose slopes are products.
struct Product;

impl RuleN<3> for Product {
    fn value<T: Number>(&self, [x, y, z]: [T; 3]) -> T {
        x * y * z * z
    }

    fn slopes<T: Number>(&self, [x, y, z]: [T; 3]) -> [T; 3] {
        [y * z * z, x * z * z, T::lit(2.0) * x * y * z]
    }
}

/// A function of nothing.
struct Nothing;

impl RuleN<0> for Nothing {
    fn value<T: Number>(&self, []: [T; 0]) -> T {
        T::lit(2.5)
    }

    fn slopes<T: Number>(&self, []: [T; 0]) -> [T; 0] {
        []
    }
}

impl RuleN<1> for Tanh {
    fn value<T: Number>(&self, [x]: [T; 1]) -> T {
        x.tanh()
    }

    fn slopes<T: Number>(&self, [x]: [T; 1]) -> [T; 1] {
        [self.slope(x)]
    }
}

#[test]
fn a_rule_may_have_any_number_of_variables() {
    fn check<T: Components + Number>(name: &str) {
        let (x, y, z): (T, T, T) = (around(0.5, 1), around(-1.5, 2), around(0.75, 3));
        assert_close(T::apply_n([x, y, z], Product), x * y * z * z, name);
        assert_close(T::apply_n([x, T::one(), z], Product), x * z * z, name);
        assert_close(T::apply_n([x], Tanh), x.tanh(), name);
        assert!(all_zero(T::apply_n([], Nothing) - T::lit(2.5)), "{name}");
    }
    on_every_number!(check);
}

#[test]
fn value_and_first_derivatives_have_the_bits_of_a_dual_number() {
    let bits = |y: Dual<f64, 3>| [y.re, y.eps[0], y.eps[1], y.eps[2]].map(f64::to_bits);
    for seed in 0..20 {
        let x: [HyperDual<f64, 3>; 3] =
            [around(0.5, seed), around(-1.25, seed + 100), around(0.75, seed + 200)];
        let first = x.map(|x| x.first_order());
        assert_eq!(bits(x[0].apply(Tanh).first_order()), bits(first[0].apply(Tanh)));
        let (two, first_two) = ([x[0], x[2]], [first[0], first[2]]);
        let packed = HyperDual::apply_n(two, SumOfVelocities);
        assert_eq!(bits(packed.first_order()), bits(Dual::apply_n(first_two, SumOfVelocities)));
        assert_eq!(bits(HyperDual::apply_n(x, Product).first_order()), bits(Dual::apply_n(first, Product)));
        let packed = HyperDual::apply_vector(&two, Roots);
        for (packed, dual) in packed.iter().zip(Dual::apply_vector(&first_two, Roots)) {
            assert_eq!(bits(packed.first_order()), bits(dual));
        }
        // And a lane is independent of the others.
        let lane = Dual::<f64, 1>::apply_n(first.map(|x| Dual::new(x.re, [x.eps[1]])), Product);
        assert_eq!(lane.eps[0].to_bits(), Dual::apply_n(first, Product).eps[1].to_bits());
    }
}

/// Slopes that are infinite, or nothing, in the second variable.
struct Apart;

impl RuleN<2> for Apart {
    fn value<T: Number>(&self, [x, _]: [T; 2]) -> T {
        x
    }

    fn slopes<T: Number>(&self, _: [T; 2]) -> [T; 2] {
        [T::one(), T::nan()]
    }
}

#[test]
fn the_slope_in_a_variable_that_rests_does_not_count() {
    let (x, rests) = (Dual::<f64, 1>::variable(1.0, 0), Dual::lit(2.0));
    assert_eq!(Number::apply_n([x, rests], Apart).eps, [1.0]);
    assert!(Dual::apply_n([rests, x], Apart).eps[0].is_nan());
    let (x, rests) = (HyperDual::<f64, 1>::variable(1.0, 0), HyperDual::lit(2.0));
    assert_eq!(Number::apply_n([x, rests], Apart).gradient, [1.0]);
    let y = Number::apply_n([rests, x], Apart);
    assert!(y.gradient[0].is_nan() && y.second(0, 0).is_nan());
    let (x, rests) = (Taylor::<f64, 2>::variable(1.0), Taylor::lit(2.0));
    assert_eq!(Number::apply_n([x, rests], Apart).coefficients[0], 1.0);
    assert!(Taylor::apply_n([rests, x], Apart).coefficients.iter().all(|c| c.is_nan()));
}

/// The solution of A·x = b for 2 × 2 matrices, from a solver that knows `f64` only; A and b are one vector of six.
struct Solve;

fn solve_in_f64(m: [f64; 6]) -> [f64; 2] {
    let [a, b, c, d, e, f] = m;
    let determinant = a * d - b * c;
    [(e * d - b * f) / determinant, (a * f - e * c) / determinant]
}

impl VectorRule for Solve {
    fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
        let plain = std::array::from_fn(|k| x[k].to_f64().expect("a float"));
        solve_in_f64(plain).map(T::lit).to_vec()
    }

    /// A·ẋ = ḃ − Ȧ·x
    fn jvp<T: Number>(&self, x: &[T], v: &[T]) -> Vec<T> {
        let y = T::apply_vector(x, self);
        let right = [v[4] - v[0] * y[0] - v[1] * y[1], v[5] - v[2] * y[0] - v[3] * y[1]];
        T::apply_vector(&[&x[..4], &right].concat(), self)
    }
}

/// The same by arithmetic on any number.
fn solve<T: Number>(m: &[T]) -> Vec<T> {
    let determinant = m[0] * m[3] - m[1] * m[2];
    vec![(m[4] * m[3] - m[1] * m[5]) / determinant, (m[0] * m[5] - m[4] * m[2]) / determinant]
}

#[test]
fn a_vector_rule_around_a_solver_is_the_solution_on_every_number() {
    fn check<T: Components + Number>(name: &str) {
        if name.contains("f32") {
            return; // the solver's value isn't that of f32
        }
        let m: Vec<T> =
            [3.0, 1.0, -0.5, 2.0, 0.7, -1.2].into_iter().zip(3..).map(|(x, seed)| around(x, seed)).collect();
        for (found, expected) in T::apply_vector(&m, Solve).into_iter().zip(solve(&m)) {
            assert_close(found, expected, name);
        }
    }
    on_every_number!(check);
}

#[test]
fn a_vector_rule_stands_inside_a_jacobian_a_gradient_and_a_hessian() {
    // x = A⁻¹·b with A = [[a, 1], [0, 2]], b = (b, 4): x₂ = 2, x₁ = (b − 2)/a.
    fn x1<T: Number>(v: &[T]) -> T {
        let (zero, one) = (T::zero(), T::one());
        T::apply_vector(&[v[0], one, zero, T::lit(2.0), v[1], T::lit(4.0)], Solve)[0]
    }
    assert_eq!(gradient(x1, &[2.0, 6.0]), [-1.0, 0.5]);
    assert_eq!(gradient(x1, &vec![2.0, 6.0]), [-1.0, 0.5]);
    assert_eq!(hessian(x1, &[2.0, 6.0]), [[1.0, -0.25], [-0.25, 0.0]]);
    assert_eq!(nth_derivative::<3, _>(|a| x1(&[a, Taylor::constant(6.0)]), 2.0), -1.5);
    let j = jacobian(
        |b| {
            Number::apply_vector(
                &[2.0, 1.0, 0.0, 2.0].map(Dual::lit).iter().chain(b).copied().collect::<Vec<_>>(),
                Solve,
            )
        },
        &[6.0, 4.0],
    );
    assert_eq!(j, [[0.5, -0.25], [0.0, 0.5]]);
}

/// The square root of each component, with an infinite slope at 0.
struct Roots;

impl VectorRule for Roots {
    fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
        x.iter().map(|x| x.sqrt()).collect()
    }

    fn jvp<T: Number>(&self, x: &[T], v: &[T]) -> Vec<T> {
        T::apply_vector(x, self).iter().zip(v).map(|(&y, &v)| v / (y + y)).collect()
    }
}

#[test]
fn a_vector_rule_has_the_laws_of_the_others() {
    fn check<T: Components + Number>(name: &str) {
        for y in T::apply_vector(&[T::zero(), T::lit(4.0)], Roots) {
            assert!(y == T::zero() || all_zero(y - T::lit(2.0)), "{name}: {y:?}");
            assert!(all_zero(y - T::lit(y.to_f64().unwrap())), "{name}: {y:?}");
        }
        let mut first = true;
        let x = T::build(&mut || if std::mem::take(&mut first) { -1.0 } else { 1.0 });
        let y = T::apply_vector(&[x], Roots);
        assert!(y[0].components().iter().all(|c| c.is_nan()), "√−1 on {name}: {y:?}");
        assert!(T::apply_vector(&[], Roots).is_empty());
    }
    on_every_number!(check);
}

/// A rule whose `jvp` has lost a component.
struct Short;

impl VectorRule for Short {
    fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
        x.to_vec()
    }

    fn jvp<T: Number>(&self, _: &[T], v: &[T]) -> Vec<T> {
        v[1..].to_vec()
    }
}

#[test]
#[should_panic(expected = "the `jvp` of a vector rule returned 1 numbers, its `value` 2")]
fn a_jvp_of_another_length_panics() {
    Number::apply_vector(&[Dual::<f64, 1>::variable(1.0, 0), Dual::lit(2.0)], Short);
}

/// sin from a table of values and slopes at multiples of 1/64, by cubic Hermite interpolation: its value and its slope.
fn table(x: f64) -> (f64, f64) {
    const H: f64 = 1.0 / 64.0;
    let node = (x / H).floor();
    let (a, t) = (node * H, x / H - node);
    let ([y0, y1], [d0, d1]) = ([a, a + H].map(f64::sin), [a, a + H].map(|a| a.cos() * H));
    let (c3, c2) = (2.0 * (y0 - y1) + d0 + d1, 3.0 * (y1 - y0) - 2.0 * d0 - d1);
    (((c3 * t + c2) * t + d0) * t + y0, ((3.0 * c3 * t + 2.0 * c2) * t + d0) / H)
}

#[test]
fn of_opaque_code_the_first_derivative_is_given_and_the_higher_ones_are_nan() {
    let rule = Opaque::new(|x| table(x).0, |x| table(x).1);
    assert_eq!(0.7_f64.apply(rule), table(0.7).0);
    assert_eq!(derivative(|x| (x * 2.0).apply(rule), 0.35), 2.0 * table(0.7).1);
    assert!((derivative(|x| x.apply(rule), 0.7_f32) - 0.7_f32.cos()).abs() < 1e-6);
    let y = HyperDual::<f64, 2>::variable(0.7, 0).apply(rule);
    assert_eq!(y.gradient, [table(0.7).1, 0.0]);
    assert!(y.second(0, 0).is_nan() && y.second(0, 1) == 0.0 && y.second(1, 1) == 0.0);
    let y = Taylor::<f64, 3>::variable(0.7).apply(rule).coefficients;
    assert!(y[0] == table(0.7).1 && y[1].is_nan() && y[2].is_nan(), "{y:?}");
    let y =
        Dual::<Dual<Dual<f64, 1>, 1>, 1>::variable(Dual::variable(Dual::variable(0.7, 0), 0), 0).apply(rule);
    assert!(y.eps[0].eps[0].re.is_nan() && y.eps[0].eps[0].eps[0].is_nan());
    assert_eq!(y.eps[0].re.re, table(0.7).1);
}

#[test]
fn opaque_code_of_a_constant_is_constant() {
    fn check<T: Components + Number>(name: &str) {
        let y = T::lit(0.5).apply(Opaque::new(f64::sqrt, |_| f64::INFINITY));
        assert!(all_zero(y - T::lit(0.5_f64.sqrt())), "{name}: {y:?}");
    }
    on_every_number!(check);
}

#[test]
fn a_rule_may_be_opaque_in_its_value_and_generic_in_its_slope() {
    struct Tabulated;

    impl Rule for Tabulated {
        fn value<T: Number>(&self, x: T) -> T {
            T::lit(table(x.to_f64().expect("a float")).0)
        }

        fn slope<T: Number>(&self, x: T) -> T {
            x.cos()
        }
    }

    for x in [0.1, 0.7, 3.0] {
        let y = Taylor::<f64, 3>::variable(x).apply(Tabulated);
        assert_eq!(y.re, table(x).0);
        assert_derivatives(
            &[y.derivative(1), y.derivative(2), y.derivative(3)],
            &[x.cos(), -x.sin(), -x.cos()],
            1e-15,
        );
    }
}

#[test]
fn opaque_code_of_several_variables_and_of_vectors_gives_first_derivatives() {
    let area = Opaque::of_several(|[x, y]: [f64; 2]| x * y, |[x, y]: [f64; 2]| [y, x]);
    assert_eq!(gradient(|x| Number::apply_n([x[0], x[1]], area), &[3.0, 4.0]), [4.0, 3.0]);
    let h: [[f64; 2]; 2] = hessian(|x| Number::apply_n([x[0], x[1]], area), &[3.0, 4.0]);
    assert!(h.as_flattened().iter().all(|c| c.is_nan()), "{h:?}");
    let y = HyperDual::apply_n([HyperDual::<f64, 2>::variable(3.0, 0), HyperDual::lit(4.0)], area);
    assert!(y.second(0, 0).is_nan() && y.second(0, 1) == 0.0 && y.second(1, 1) == 0.0);

    let squares = Opaque::of_vectors(
        |x: &[f64]| x.iter().map(|x| x * x).collect(),
        |x: &[f64], v: &[f64]| x.iter().zip(v).map(|(x, v)| 2.0 * x * v).collect(),
    );
    let j = jacobian(|x| Number::apply_vector(x, squares), &[3.0, 4.0]);
    assert_eq!(j, [[6.0, 0.0], [0.0, 8.0]]);
    let h: [[f64; 2]; 2] = hessian(|x| Number::apply_vector(x, squares)[0], &[3.0, 4.0]);
    assert!(h.as_flattened().iter().all(|c| c.is_nan()), "{h:?}");
    let y = Taylor::apply_vector(&[Taylor::<f64, 2>::variable(3.0)], squares);
    assert!(y[0].coefficients[0] == 6.0 && y[0].coefficients[1].is_nan());
}

#[test]
fn what_is_known_of_a_series_is_what_is_known_of_its_function() {
    // Coefficients from some order on are NaN: so are those of the result, and those before are what they are otherwise.
    let x = Taylor::<f64, 4>::new(0.4, [1.0, -0.5, 0.25, 2.0]);
    let whole = [x.apply(Tanh), x.apply(Gudermann), Number::apply_n([x, x], SumOfVelocities)];
    for known in 0..4 {
        let mut cut = x;
        cut.coefficients[known..].fill(f64::NAN);
        let part = [cut.apply(Tanh), cut.apply(Gudermann), Number::apply_n([cut, cut], SumOfVelocities)];
        for (part, whole) in part.iter().zip(&whole) {
            assert_eq!(part.re, whole.re);
            assert_eq!(part.coefficients[..known], whole.coefficients[..known]);
            assert!(part.coefficients[known..].iter().all(|c| c.is_nan()), "{part:?}");
        }
    }
}

#[test]
fn a_longer_series_begins_with_a_shorter_one() {
    let x = [1.0, -0.5, 0.25, 2.0, 0.5, -1.5];
    let short = Taylor::<f64, 3>::new(0.4, [x[0], x[1], x[2]]);
    let long = Taylor::<f64, 6>::new(0.4, x);
    assert_eq!(short.apply(Tanh).coefficients, long.apply(Tanh).coefficients[..3]);
    assert_eq!(short.apply(Gudermann).coefficients, long.apply(Gudermann).coefficients[..3]);
    assert_eq!(short.apply(Sin).coefficients, long.apply(Sin).coefficients[..3]);
    // The first one and the value are those of a dual number.
    let dual = Dual::<f64, 1>::new(0.4, [1.0]);
    for (dual, series) in
        [(dual.apply(Tanh), long.apply(Tanh)), (dual.apply(Gudermann), long.apply(Gudermann))]
    {
        assert_eq!((dual.re, dual.eps[0]), (series.re, series.coefficients[0]));
    }
}

/// `check_rule` and its kin.
mod checks {
    use tangents::check::{CheckError, CheckOptions, Source, check_rule_n, check_vector_rule};
    use tangents::check_rule;

    use super::*;

    #[track_caller]
    fn mismatch_of<R: std::fmt::Debug>(verdict: Result<R, CheckError>) -> (usize, usize, Source) {
        match verdict {
            Err(CheckError::Mismatch(found)) => (found.order, found.component, found.source),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn check_rule_approves_of_right_rules_at_every_order() {
        for (x, _) in GUDERMANN {
            let report = check_rule(Gudermann, x, CheckOptions::order(2).strict()).unwrap();
            // Two by differences, three orders of `Taylor` and of `HyperDual`.
            assert_eq!((report.order, report.comparisons), (2, 8));
            check_rule(&Tanh, x, CheckOptions::high_order(4).strict()).unwrap();
            check_rule(Sin, x, CheckOptions::high_order(3)).unwrap();
            check_rule(Bessel(2), x, CheckOptions::order(2).strict()).unwrap();
        }
        check_rule(Erf, 0.3_f32, CheckOptions::order(2).strict()).unwrap();
        check_rule_n(SumOfVelocities, [0.25, 0.5], CheckOptions::order(2).strict()).unwrap();
        check_rule_n(SumOfVelocities, [0.25, 0.5], CheckOptions::high_order(4)).unwrap();
        let m = [3.0, 1.0, -0.5, 2.0, 0.7, -1.2];
        check_vector_rule(Solve, &m, CheckOptions::order(2).strict()).unwrap();
        check_vector_rule(Solve, &m, CheckOptions::high_order(3)).unwrap();
        let rule = Opaque::new(f64::sin, f64::cos);
        check_rule(rule, 0.7, CheckOptions::first_order().strict()).unwrap();
    }

    #[test]
    fn check_rule_finds_a_slope_that_is_wrong() {
        for error in [-2.0, 1e-2, 1e-5] {
            let rule = Opaque::new(f64::sin, |x| x.cos() * (1.0 + error));
            assert_eq!(mismatch_of(check_rule(rule, 0.7, CheckOptions::first_order().strict())).0, 1);
        }
        // The unknown second derivative isn't that of differences.
        let rule = Opaque::new(f64::sin, f64::cos);
        assert_eq!(mismatch_of(check_rule(rule, 0.7, CheckOptions::order(2))).0, 2);
        assert_eq!(mismatch_of(check_rule_n(Power, [2.0, 3.0], CheckOptions::order(1).strict())).0, 1);
        let lost = Opaque::of_vectors(
            |x: &[f64]| vec![x[0], x[0] * x[1]],
            |x: &[f64], v: &[f64]| vec![v[0], x[1] * v[0]],
        );
        let verdict = check_vector_rule(lost, &[2.0, 3.0], CheckOptions::first_order().strict());
        assert_eq!(mismatch_of(verdict), (1, 1, Source::Duals));
    }

    /// A slope that loses its derivative.
    struct Lost;

    impl Rule for Lost {
        fn value<T: Number>(&self, x: T) -> T {
            x.sin()
        }

        fn slope<T: Number>(&self, x: T) -> T {
            T::lit(x.to_f64().expect("a float").cos())
        }
    }

    /// A slope that is another on series.
    struct Changing(&'static str);

    impl Rule for Changing {
        fn value<T: Number>(&self, x: T) -> T {
            x.sin()
        }

        fn slope<T: Number>(&self, x: T) -> T {
            let changed = std::any::type_name::<T>().contains(self.0);
            if changed { x.cos() * x } else { x.cos() }
        }
    }

    #[test]
    fn check_rule_finds_a_derivative_that_is_lost_and_numbers_that_disagree() {
        check_rule(Lost, 0.7, CheckOptions::order(1).strict()).unwrap();
        assert_eq!(mismatch_of(check_rule(Lost, 0.7, CheckOptions::order(2))), (2, 0, Source::Duals));
        assert_eq!(
            mismatch_of(check_rule(Changing("Taylor"), 0.7, CheckOptions::order(1))),
            (1, 0, Source::Taylor)
        );
    }
}
