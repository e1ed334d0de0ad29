//! Dual numbers are `simba`'s real numbers, in each of its generations.

use std::f64::consts::PI;

use tangents::{Dual, Taylor};
use twofloat::TwoFloat;

use crate::common::{self, EDGES};

/// Derivatives of orders 0 to 4 at x, by mpmath with 400 digits.
struct Reference {
    x: f64,
    sinc: [f64; 5],
    sinhc: [f64; 5],
}

const CARDINAL: &[Reference] = &[
    Reference {
        x: 0.0,
        sinc: [1.0, 0.0, -0.333_333_333_333_333_3, 0.0, 0.2],
        sinhc: [1.0, 0.0, 0.333_333_333_333_333_3, 0.0, 0.2],
    },
    Reference {
        x: 1e-300,
        sinc: [1.0, -3.333_333_333_333_333_4e-301, -0.333_333_333_333_333_3, 2e-301, 0.2],
        sinhc: [1.0, 3.333_333_333_333_333_4e-301, 0.333_333_333_333_333_3, 2e-301, 0.2],
    },
    Reference {
        x: 1e-9,
        sinc: [1.0, -3.333_333_333_333_333_5e-10, -0.333_333_333_333_333_3, 2e-10, 0.2],
        sinhc: [1.0, 3.333_333_333_333_333_5e-10, 0.333_333_333_333_333_3, 2e-10, 0.2],
    },
    Reference {
        x: -0.25,
        sinc: [
            0.989_615_837_018_091_7,
            0.082_813_661_229_787_74,
            -0.327_106_547_179_789_8,
            -0.049_628_879_314_898_73,
            0.195_553_767_979_711_96,
        ],
        sinhc: [
            1.010_449_267_232_673_2,
            -0.083_855_330_587_599_78,
            0.339_606_622_531_875,
            -0.050_372_929_135_792_62,
            0.204_482_401_059_991_4,
        ],
    },
    Reference {
        x: 1.0,
        sinc: [
            0.841_470_984_807_896_5,
            -0.301_168_678_939_756_8,
            -0.239_133_626_928_382_93,
            0.177_098_574_917_009_07,
            0.133_076_685_139_860_24,
        ],
        sinhc: [
            1.175_201_193_643_801_5,
            0.367_879_441_171_442_3,
            0.439_442_311_300_916_8,
            0.224_753_700_912_493_34,
            0.276_186_389_993_828_1,
        ],
    },
    Reference {
        x: -2.5,
        sinc: [
            0.239_388_857_641_582_6,
            0.416_212_989_275_406_5,
            0.093_581_533_778_742_62,
            -0.208_159_605_684_282_34,
            -0.093_666_511_453_269_15,
        ],
        sinhc: [
            2.420_081_792_415_915,
            -1.484_883_074_899_108_5,
            1.232_175_332_496_628,
            -0.974_305_392_869_520_7,
            0.861_193_163_824_681_9,
        ],
    },
];

type Fourth = Dual<Dual<Dual<Dual<f64, 1>, 1>, 1>, 1>;

/// The derivatives of orders 0 to 4, by nesting.
/// Orders above those of `CARDINAL`, with their derivatives of sinc and sinhc at 1 and at 3, by mpmath with 80 digits.
const HIGH_ORDERS: [usize; 5] = [10, 11, 20, 29, 30];

const OF_HIGH_ORDER: [(f64, [f64; 5], [f64; 5]); 2] = [
    (
        1.0,
        [
            -0.055_144_923_193_403_56,
            0.066_291_849_259_299_44,
            0.027_495_989_922_340_54,
            -0.027_440_362_250_840_29,
            -0.018_260_117_282_687_807,
        ],
        [
            0.132_231_425_055_274_55,
            0.088_534_959_207_223_86,
            0.071_077_149_229_913_08,
            0.037_552_098_584_663_456,
            0.048_638_236_103_897_746,
        ],
    ),
    (
        3.0,
        [
            0.081_967_953_826_637,
            0.029_448_334_835_812_797,
            -0.045_414_787_530_254_19,
            -0.007_828_173_860_848_525,
            0.031_241_735_921_862_843,
        ],
        [
            0.731_011_523_750_420_4,
            0.675_511_744_841_047,
            0.421_942_525_687_571_6,
            0.304_228_016_327_708_8,
            0.297_011_479_192_879_24,
        ],
    ),
];

fn derivatives(f: impl Fn(Fourth) -> Fourth, x: f64) -> [f64; 5] {
    let one = Dual::new(x, [1.0]);
    let two = Dual::new(one, [Dual::constant(1.0)]);
    let three = Dual::new(two, [Dual::constant(Dual::constant(1.0))]);
    let four = Dual::new(three, [Dual::constant(Dual::constant(Dual::constant(1.0)))]);
    let y = f(four);
    [
        y.re.re.re.re,
        y.re.re.re.eps[0],
        y.re.re.eps[0].eps[0],
        y.re.eps[0].eps[0].eps[0],
        y.eps[0].eps[0].eps[0].eps[0],
    ]
}

fn close(a: f64, b: f64, ulps: f64) -> bool {
    (a - b).abs() <= ulps * f64::EPSILON * b.abs()
}

/// The functions of one number, and their names.
macro_rules! unary {
    ($x:expr, $simba:ident; $($name:ident)*) => {
        [$((stringify!($name), ::$simba::scalar::ComplexField::$name($x))),*]
    };
}

macro_rules! generation {
    ($module:ident, $feature:literal, $simba:ident, $lanes:expr) => {
        #[cfg(feature = $feature)]
        mod $module {
            use ::$simba::scalar::{ComplexField, RealField, SubsetOf, SupersetOf};
            use ::$simba::simd::{SimdComplexField, SimdValue};

            use super::*;

            type D = Dual<f64, 2>;
            type DD = Dual<D, 1>;

            fn functions<T: RealField + Copy>(x: T) -> Vec<(&'static str, T)> {
                let mut all = unary![
                    x, $simba;
                    real imaginary modulus modulus_squared argument norm1 signum floor ceil round trunc fract abs recip
                    conjugate sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sinc sinhc cosc coshc log2
                    log10 ln ln_1p sqrt exp exp2 exp_m1 cbrt
                ]
                .to_vec();
                all.extend([
                    ("sin_cos.0", x.sin_cos().0),
                    ("sin_cos.1", x.sin_cos().1),
                    ("sinh_cosh.0", x.sinh_cosh().0),
                    ("sinh_cosh.1", x.sinh_cosh().1),
                    ("to_exp.0", x.to_exp().0),
                    ("to_exp.1", x.to_exp().1),
                    ("to_polar.0", x.to_polar().0),
                    ("to_polar.1", x.to_polar().1),
                    ("powi", x.powi(3)),
                    ("try_sqrt", x.try_sqrt().unwrap_or(-T::one())),
                ]);
                all
            }

            fn functions_of_two<T: RealField + Copy>(x: T, y: T) -> Vec<(&'static str, T)> {
                vec![
                    ("scale", x.scale(y)),
                    ("unscale", x.unscale(y)),
                    ("mul_add", x.mul_add(y, y)),
                    ("hypot", x.hypot(y)),
                    ("log", x.log(y)),
                    ("powf", x.powf(y)),
                    ("powc", x.powc(y)),
                    ("copysign", x.copysign(y)),
                    ("max", x.max(y)),
                    ("min", x.min(y)),
                    ("atan2", x.atan2(y)),
                    ("clamp", x.clamp(y, T::one())),
                ]
            }

            fn constants<T: RealField + Copy>() -> Vec<T> {
                let mut all = vec![
                    T::pi(),
                    T::two_pi(),
                    T::frac_pi_2(),
                    T::frac_pi_3(),
                    T::frac_pi_4(),
                    T::frac_pi_6(),
                    T::frac_pi_8(),
                    T::frac_1_pi(),
                    T::frac_2_pi(),
                    T::frac_2_sqrt_pi(),
                    T::e(),
                    T::log2_e(),
                    T::log10_e(),
                    T::ln_2(),
                    T::ln_10(),
                ];
                all.extend(T::min_value());
                all.extend(T::max_value());
                all
            }

            #[test]
            fn value_is_bitwise_the_primal() {
                for &x in EDGES {
                    let (dual, nested) = (D::new(x, [1.0, 0.0]), DD::new(D::new(x, [1.0, 0.0]), [D::constant(1.0)]));
                    for ((name, y), (d, dd)) in
                        functions(x).into_iter().zip(functions(dual).into_iter().zip(functions(nested)))
                    {
                        assert!(common::same(y, d.1.re), "{name}({x}): {y}, {}", d.1.re);
                        assert!(common::same(y, dd.1.re.re), "{name}({x}) nested: {y}, {}", dd.1.re.re);
                    }
                    for &y in EDGES {
                        let second = D::new(y, [0.0, 1.0]);
                        for ((name, z), (_, d)) in
                            functions_of_two(x, y).into_iter().zip(functions_of_two(dual, second))
                        {
                            assert!(common::same(z, d.re), "{name}({x}, {y}): {z}, {}", d.re);
                        }
                    }
                    assert_eq!(ComplexField::is_finite(&x), ComplexField::is_finite(&dual));
                    assert_eq!(RealField::is_sign_positive(&x), RealField::is_sign_positive(&dual));
                    assert_eq!(RealField::is_sign_negative(&x), RealField::is_sign_negative(&dual));
                    assert_eq!(x.try_sqrt().is_some(), dual.try_sqrt().is_some());
                }
                for (c, d) in constants::<f64>().into_iter().zip(constants::<DD>()) {
                    assert!(common::same(c, d.re.re) && d.is_constant() && d.re.is_constant());
                }
            }

            #[test]
            fn value_is_bitwise_that_of_f32() {
                for &x in EDGES {
                    #[allow(clippy::cast_possible_truncation)]
                    let x = x as f32;
                    for ((name, y), (_, d)) in
                        functions(x).into_iter().zip(functions(Dual::<f32, 1>::new(x, [1.0])))
                    {
                        assert!(common::same(y, d.re), "{name}({x}): {y}, {}", d.re);
                    }
                }
            }

            #[test]
            fn zero_lanes_stay_zero() {
                for &x in EDGES {
                    for (name, y) in functions(D::new(x, [1.0, 0.0])) {
                        // A product has the lanes of IEEE arithmetic.
                        assert!(y.eps[1] == 0.0 || (name == "modulus_squared" && x.is_infinite() || x.is_nan()), "{name}({x}): {y:?}");
                    }
                }
            }

            #[test]
            fn cardinal_functions_have_their_derivatives_to_every_order() {
                for reference in CARDINAL {
                    let found = derivatives(ComplexField::sinc, reference.x);
                    for (order, (y, expected)) in found.into_iter().zip(reference.sinc).enumerate() {
                        assert!(close(y, expected, 8.0), "sinc, order {order} at {}: {y:e}", reference.x);
                    }
                    let found = derivatives(ComplexField::sinhc, reference.x);
                    for (order, (y, expected)) in found.into_iter().zip(reference.sinhc).enumerate() {
                        assert!(close(y, expected, 8.0), "sinhc, order {order} at {}: {y:e}", reference.x);
                    }
                }
            }

            #[test]
            fn cardinal_functions_have_their_derivatives_to_the_thirtieth_order() {
                let zero = Taylor::<f64, 30>::variable(0.0);
                let (sinc, sinhc) = (ComplexField::sinc(zero), ComplexField::sinhc(zero));
                // The coefficients of the series are ±1/(k + 1)!, so the derivatives are ±1/(k + 1).
                for k in 0_u8..=30 {
                    let derivative = if k % 2 == 0 { 1.0 / f64::from(k + 1) } else { 0.0 };
                    let sign = if k % 4 == 0 { 1.0 } else { -1.0 };
                    assert!(close(sinc.derivative(k.into()), sign * derivative, 8.0), "sinc, order {k} at 0");
                    assert!(close(sinhc.derivative(k.into()), derivative, 8.0), "sinhc, order {k} at 0");
                }
                // The series ends with tangents that aren't finite too.
                for tangent in [f64::INFINITY, f64::NAN, f64::MAX] {
                    let x = Taylor::<f64, 30>::new(0.5, [tangent; 30]);
                    assert_eq!(ComplexField::sinc(x).re, ComplexField::sinc(0.5));
                }
                for (x, of_sinc, of_sinhc) in OF_HIGH_ORDER {
                    let x = Taylor::<f64, 30>::variable(x);
                    for (i, order) in HIGH_ORDERS.into_iter().enumerate() {
                        for (y, expected) in [(ComplexField::sinc(x), of_sinc[i]), (ComplexField::sinhc(x), of_sinhc[i])] {
                            let y = y.derivative(order);
                            assert!(close(y, expected, 300.0), "order {order} at {}: {y}, {expected}", x.re);
                        }
                    }
                }
            }

            #[test]
            fn other_functions_have_their_derivatives() {
                let slope = |f: fn(Dual<f64, 1>) -> Dual<f64, 1>, x| f(Dual::new(x, [1.0])).eps[0];
                for x in [0.7_f64, -0.7] {
                    let sign = x.signum();
                    assert_eq!(slope(ComplexField::modulus, x), sign);
                    assert_eq!(slope(ComplexField::norm1, x), sign);
                    assert_eq!(slope(ComplexField::abs, x), sign);
                    assert_eq!(slope(|x| x.to_exp().0, x), sign);
                    assert_eq!(slope(|x| x.to_exp().1, x), 0.0);
                    assert_eq!(slope(ComplexField::signum, x), 0.0);
                    assert_eq!(slope(ComplexField::modulus_squared, x), 2.0 * x);
                    assert_eq!(slope(ComplexField::argument, x), 0.0);
                    assert_eq!(slope(ComplexField::real, x), 1.0);
                    assert_eq!(slope(ComplexField::imaginary, x), 0.0);
                    assert_eq!(slope(|x| x.scale(x), x), 2.0 * x);
                    assert_eq!(slope(|x| x.unscale(x * x), x), -x.powi(-2));
                    assert!(close(slope(ComplexField::cosc, x), -x.sin() / x - x.cos() / (x * x), 4.0));
                    assert!(close(slope(ComplexField::coshc, x), x.sinh() / x - x.cosh() / (x * x), 4.0));
                }
                // Where both parts of `hypot` vanish the centre of the subdifferential is taken.
                let zero = D::new(0.0, [1.0, 0.0]);
                assert_eq!(ComplexField::hypot(zero, D::new(0.0, [0.0, 1.0])).eps, [0.0, 0.0]);
                // 1 by convention, between slopes that are −∞.
                for cosc in [ComplexField::cosc(zero), ComplexField::coshc(zero)] {
                    assert_eq!((cosc.re, cosc.eps), (1.0, [f64::NEG_INFINITY, 0.0]));
                }
                // Of the two slopes of a magnitude the middle.
                assert_eq!((ComplexField::signum(zero).re, ComplexField::abs(zero).eps[0]), (1.0, 0.0));
                for zero in [zero, -zero] {
                    let (modulus, sign) = ComplexField::to_exp(zero);
                    assert_eq!(modulus.re.to_bits(), zero.re.to_bits());
                    assert_eq!((modulus.eps, sign.re), ([0.0, 0.0], 1.0));
                }
                // On a bound the average, which a clamp to both sides adds up to the number.
                let (one, inf) = (D::constant(1.0), D::constant(f64::INFINITY));
                let clamped = RealField::clamp(D::new(1.0, [1.0, 0.0]), one, inf);
                assert_eq!((clamped.re, clamped.eps), (1.0, [0.5, 0.0]));
                let nested = Dual::<_, 1>::new(Dual::<f64, 1>::new(1.0, [1.0]), [Dual::constant(1.0)]);
                let clamped = RealField::clamp(nested, Dual::constant(1.0.into()), Dual::constant(2.0.into()));
                assert_eq!((clamped.re.eps, clamped.eps[0].re), ([0.5], 0.5));
                assert!(clamped.eps[0].eps[0].is_nan());
            }

            #[test]
            fn conversions_are_of_constants_and_of_values() {
                let x = D::new(-2.5, [1.0, 2.0]);
                assert_eq!(SupersetOf::<f64>::to_subset(&x), Some(-2.5));
                assert_eq!(SupersetOf::<f32>::to_subset(&x), Some(-2.5));
                assert_eq!(SupersetOf::<i32>::to_subset(&x), Some(-2));
                assert_eq!(SupersetOf::<u8>::to_subset(&x), Some(0)); // as `-2.5 as u8`
                assert_eq!(SupersetOf::<u64>::to_subset(&D::constant(1e30)), Some(u64::MAX));
                assert_eq!(SupersetOf::<usize>::to_subset(&D::constant(f64::NAN)), Some(0));
                assert!(SubsetOf::<D>::to_superset(&7_i64).identical(&D::constant(7.0)));
                assert!(SubsetOf::<D>::to_superset(&0.1_f32).identical(&D::constant(f64::from(0.1_f32))));
                assert!(SubsetOf::<DD>::to_superset(&0.1).identical(&DD::constant(D::constant(0.1))));
                // Of one number to another of its kind, the tangents too.
                assert!(SubsetOf::<D>::to_superset(&x).identical(&x));
                assert_eq!(SupersetOf::<D>::to_subset(&x).map(|x| x.eps), Some([1.0, 2.0]));
                let single: Dual<f32, 2> = x.to_superset();
                assert_eq!((single.re, single.eps), (-2.5, [1.0, 2.0]));
            }

            #[test]
            fn it_is_one_number_in_the_sense_of_simd() {
                let (mut x, y) = (D::new(-2.0, [1.0, 2.0]), D::new(3.0, [4.0, 5.0]));
                assert_eq!(($lanes)(x), 1);
                assert!(D::splat(y).identical(&y) && x.extract(0).identical(&x));
                assert!(x.select(true, y).identical(&x) && x.select(false, y).identical(&y));
                assert_eq!(x.simd_modulus().eps, [-1.0, -2.0]);
                x.replace(0, y);
                assert!(x.identical(&y));
            }

            /// x³/2, over what has `simba`'s traits.
            fn half_cube<T: RealField + Copy>(x: T) -> T {
                x * x * x * ::$simba::scalar::SupersetOf::from_subset(&0.5)
            }

            #[test]
            fn floats_without_the_traits_have_them_in_a_dual() {
                // At 1 + δ the derivative is 3/2 + 3δ, to more digits than `f64` has.
                let x = Dual::new(TwoFloat::new_add(1.0, 1e-20), [TwoFloat::from(1.0)]);
                let beyond = half_cube(x).eps[0] - TwoFloat::from(1.5);
                assert!((f64::from(beyond) - 3e-20).abs() < 1e-31);
                let angle = ComplexField::argument(Dual::new(TwoFloat::from(-1.0), [TwoFloat::from(1.0)]));
                assert_eq!(f64::from(angle.re), PI);
            }
        }
    };
}

generation!(of_simba_0_10, "simba", simba, |_| <D as SimdValue>::LANES);
generation!(of_simba_0_9, "simba_0_9", simba_0_9, |_| <D as SimdValue>::LANES);
generation!(of_simba_0_8, "simba_0_8", simba_0_8, |_| <D as SimdValue>::lanes());
