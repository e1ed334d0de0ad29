//! The surface of num-traits and the standard library: which traits a `Dual` has over which floats, and what
//! they do. Among the floats are those of other crates: `half`'s two and `twofloat`'s double-double.

use std::fmt::{Debug, Display, LowerExp, UpperExp};
use std::iter::{Product, Sum};
use std::marker::PhantomData;
use std::num::{FpCategory, ParseFloatError};
use std::ops::Neg;
use std::str::FromStr;

use crate::common::{any_number, build, cases, same, same_bits};
use half::{bf16, f16};
use num_traits::float::{FloatCore, TotalOrder};
use num_traits::{
    AsPrimitive, Bounded, ConstOne, ConstZero, Euclid, Float, FloatConst, FromPrimitive, Inv, MulAdd,
    MulAddAssign, Num, NumAssign, NumAssignOps, NumAssignRef, NumOps, NumRef, One, Pow, RefNum, Signed,
    ToPrimitive, Zero,
};
use proptest::collection::vec;
use proptest::prelude::*;
use tangents::{Dual, HyperDual, ParseDualError, Real, Taylor};
use twofloat::TwoFloat;

type D = Dual<f64, 2>;
type S = Dual<f32, 2>;
type Nested = Dual<Dual<f64, 2>, 3>;
type Thrice = Dual<Dual<Dual<f64, 1>, 2>, 3>;

// ---- Which traits there are: checked by the compiler ----

fn has_the_traits_of_any_float<T>()
where
    T: Float + FloatCore + FloatConst + num_traits::real::Real + Real,
    T: Num + num_traits::NumCast + ToPrimitive + FromPrimitive + Signed + Bounded + Zero + One,
    T: NumOps + NumRef + NumAssign + NumAssignOps + NumAssignRef + for<'a> NumAssignOps<&'a T>,
    T: Inv<Output = T> + MulAdd<Output = T> + MulAddAssign + Euclid + TotalOrder,
    T: Pow<T, Output = T> + Pow<i8, Output = T> + Pow<u8, Output = T> + Pow<i16, Output = T>,
    T: Pow<u16, Output = T>
        + Pow<i32, Output = T>
        + for<'a> Pow<&'a T, Output = T>
        + for<'a> Pow<&'a i32, Output = T>,
    T: Sum + Product + for<'a> Sum<&'a T> + for<'a> Product<&'a T>,
    T: Copy + Clone + Debug + Default + PartialEq + PartialOrd + Send + Sync + 'static,
    for<'a> &'a T: RefNum<T> + Neg<Output = T> + Inv<Output = T>,
{
}

fn is_printed<T: Display + LowerExp + UpperExp>() {}

fn is_parsed<T: FromStr>() {}

fn has_constants<T: ConstZero + ConstOne>() {}

fn is_made_from_small_integers<T: From<i8> + From<u8> + From<i16> + From<u16>>() {}

fn takes_plain<T, P>()
where
    T: NumOps<P, T> + NumAssignOps<P> + for<'a> NumOps<&'a P, T> + for<'a> NumAssignOps<&'a P>,
    T: PartialEq<P> + PartialOrd<P>,
{
}

fn casts_as<T>()
where
    T: AsPrimitive<f32>
        + AsPrimitive<f64>
        + AsPrimitive<i8>
        + AsPrimitive<u64>
        + AsPrimitive<usize>
        + AsPrimitive<i128>,
    f32: AsPrimitive<T>,
    f64: AsPrimitive<T>,
    u8: AsPrimitive<T>,
    i64: AsPrimitive<T>,
    usize: AsPrimitive<T>,
{
}

#[test]
fn every_trait_is_there() {
    has_the_traits_of_any_float::<S>();
    has_the_traits_of_any_float::<D>();
    has_the_traits_of_any_float::<Nested>();
    has_the_traits_of_any_float::<Thrice>();
    has_the_traits_of_any_float::<Dual<f16, 2>>();
    has_the_traits_of_any_float::<Dual<bf16, 2>>();
    has_the_traits_of_any_float::<Dual<TwoFloat, 2>>();
    has_the_traits_of_any_float::<Dual<Dual<TwoFloat, 2>, 2>>();
    is_printed::<S>();
    is_printed::<D>();
    is_printed::<Thrice>();
    is_printed::<Dual<f16, 2>>();
    is_printed::<Dual<bf16, 2>>();
    is_printed::<Dual<TwoFloat, 2>>();
    is_parsed::<S>();
    is_parsed::<D>();
    is_parsed::<Thrice>();
    is_parsed::<Dual<f16, 2>>();
    is_parsed::<Dual<bf16, 2>>();
    has_constants::<S>();
    has_constants::<D>();
    has_constants::<Thrice>();
    is_made_from_small_integers::<S>();
    is_made_from_small_integers::<D>();
    is_made_from_small_integers::<Thrice>();
    takes_plain::<S, f32>();
    takes_plain::<D, f64>();
    takes_plain::<Nested, f64>();
    takes_plain::<Nested, Dual<f64, 2>>();
    takes_plain::<Thrice, f64>();
    takes_plain::<Dual<S, 2>, f32>();
    takes_plain::<Dual<TwoFloat, 2>, TwoFloat>();
    takes_plain::<Dual<f16, 2>, f16>();
    casts_as::<S>();
    casts_as::<D>();
    casts_as::<Thrice>();
}

/// `has!(T: Bound)`: whether `T` has it, as a constant. An inherent constant hides that of a trait.
macro_rules! has {
    ($T:ty: $($Bound:tt)*) => {{
        #[allow(dead_code)] // where the inherent constant is taken
        trait Otherwise {
            const HAS: bool = false;
        }
        struct Probe<T>(PhantomData<T>);
        impl<T> Otherwise for Probe<T> {}
        #[allow(dead_code)]
        impl<T: $($Bound)*> Probe<T> {
            const HAS: bool = true;
        }
        Probe::<$T>::HAS
    }};
}

#[test]
fn nothing_drops_tangents_silently() {
    assert!(has!(f32: Into<f64>), "the probe finds what is there");
    assert!(has!(D: From<f64>) && has!(D: From<f32>) && has!(D: From<u32>) && has!(S: From<f32>));
    assert!(has!(Nested: From<f64>) && has!(Nested: From<Dual<f64, 2>>) && has!(Nested: From<i16>));
    assert!(!has!(D: Into<f64>) && !has!(D: Into<f32>) && !has!(S: Into<f64>) && !has!(S: Into<f32>));
    assert!(!has!(Nested: Into<f64>) && !has!(Nested: Into<Dual<f64, 2>>));
    // Nor do conversions that lose digits exist.
    assert!(!has!(S: From<f64>) && !has!(S: From<i32>) && !has!(D: From<i64>));
    // Comparisons don't tell of tangents, so a number can't be ordered or hashed for good.
    assert!(!has!(D: Eq) && !has!(D: Ord) && !has!(D: std::hash::Hash));
}

// ---- Conversions ----

fn cast<T: num_traits::NumCast, U: ToPrimitive>(x: U) -> T {
    <T as num_traits::NumCast>::from(x).expect("a number that the type has")
}

#[test]
fn a_cast_to_its_own_type_keeps_tangents_at_every_depth() {
    let d = D::new(1.5, [2.0, -3.0]);
    assert!(cast::<D, _>(d).identical(&d));
    assert!(num_traits::cast::<D, D>(d).unwrap().identical(&d));
    let s = S::new(1.5, [2.0, -3.0]);
    assert!(cast::<S, _>(s).identical(&s));
    let nested: Nested = build(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0]);
    assert!(cast::<Nested, _>(nested).identical(&nested));
    let thrice: Thrice = build(&(1..=24).map(f64::from).collect::<Vec<_>>());
    assert!(cast::<Thrice, _>(thrice).identical(&thrice));
    let two = Dual::<TwoFloat, 1>::new(1.5.into(), [TwoFloat::new_add(1.0, 1e-20)]);
    assert!(cast::<Dual<TwoFloat, 1>, _>(two).eps[0] == two.eps[0]);
    let half = Dual::<f16, 1>::new(f16::from_f32(1.5), [f16::from_f32(2.0)]);
    assert!(cast::<Dual<f16, 1>, _>(half).identical(&half));
}

#[test]
fn a_cast_of_the_inner_number_keeps_its_tangents_as_the_value() {
    let inner = Dual::<f64, 2>::new(1.5, [2.0, -3.0]);
    let nested = cast::<Nested, _>(inner);
    assert!(nested.re.identical(&inner) && nested.is_constant());
    let deep = Dual::<f64, 1>::new(1.5, [2.0]);
    let thrice = cast::<Thrice, _>(deep);
    assert!(thrice.re.re.identical(&deep) && thrice.re.is_constant() && thrice.is_constant());
    assert!(num_traits::cast::<D, Nested>(inner).unwrap().re.identical(&inner));
}

#[test]
fn a_cast_of_a_primitive_is_a_constant() {
    for x in [cast::<D, _>(2.5), cast(2.5_f32)] {
        assert!(x.re == 2.5 && x.is_constant());
    }
    for x in [cast::<Nested, _>(7_u8), cast(7_i64), cast(7_usize), cast(7.0_f32), cast(7_i128)] {
        assert!(x == 7.0 && x.is_constant() && x.re.is_constant());
    }
    assert!(D::from_i32(-7).unwrap().identical(&D::constant(-7.0)));
    assert!(Nested::from_u64(7).unwrap().identical(&7.0.into()));
    assert!(D::from(0.1_f32).identical(&D::constant(f64::from(0.1_f32))));
    assert!(D::from(3_u16).identical(&D::constant(3.0)) && D::from(-3_i32).identical(&D::constant(-3.0)));
    assert!(Nested::from(3_u16).identical(&Nested::constant(Dual::constant(3.0))));
    assert!(D::lit(0.1).identical(&D::constant(0.1)) && S::lit(0.1).identical(&S::constant(0.1)));
}

#[test]
fn a_cast_to_a_primitive_is_that_of_the_value() {
    let x = D::new(300.75, [1.0, 2.0]);
    assert_eq!(
        (x.to_i32(), x.to_u8(), x.to_f64(), x.to_f32()),
        (Some(300), None, Some(300.75), Some(300.75))
    );
    assert_eq!(D::constant(f64::NAN).to_i64(), None);
    assert_eq!(cast::<f64, _>(x), 300.75);
    assert_eq!(num_traits::cast::<Nested, i32>(Nested::lit(3.0)), Some(3));
}

#[test]
fn as_primitive_goes_both_ways() {
    let x = D::new(300.75, [1.0, 1e-3]);
    let (byte, wide, single): (u8, i64, f32) = (x.as_(), x.as_(), x.as_());
    assert_eq!((byte, wide, single), (255, 300, 300.75));
    let back: D = 300_i32.as_();
    assert!(back.identical(&D::constant(300.0)));
    let nested: Nested = 0.1_f32.as_();
    assert!(nested.identical(&Nested::from(0.1_f32)));
    // Between duals tangents go along.
    let narrow: S = x.as_();
    assert!(narrow.identical(&S::new(300.75, [1.0, 1e-3])));
    let widened: D = narrow.as_();
    assert_eq!(widened.eps, [1.0, f64::from(1e-3_f32)]);
}

// ---- Text ----

#[test]
fn display_has_precision_sign_width_fill_and_alignment() {
    let x = D::new(2.5, [1.0, -0.25]);
    assert_eq!(x.to_string(), "2.5 + [1, -0.25]ε");
    assert_eq!(format!("{x:.2}"), "2.50 + [1.00, -0.25]ε");
    assert_eq!(format!("{x:+}"), "+2.5 + [+1, -0.25]ε");
    assert_eq!(format!("{x:+.1}"), "+2.5 + [+1.0, -0.2]ε");
    // The text has 17 characters, ε among them, which has two bytes.
    assert_eq!(format!("{x:20}|"), "   2.5 + [1, -0.25]ε|");
    assert_eq!(format!("{x:<20}|"), "2.5 + [1, -0.25]ε   |");
    assert_eq!(format!("{x:^20}|"), " 2.5 + [1, -0.25]ε  |");
    assert_eq!(format!("{x:*>20}|"), "***2.5 + [1, -0.25]ε|");
    assert_eq!(format!("{x:→^21.1}|"), "→2.5 + [1.0, -0.2]ε→→|");
    assert_eq!(format!("{x:5}"), x.to_string());
    assert_eq!(format!("{x:w$.p$}", w = 22, p = 2), " 2.50 + [1.00, -0.25]ε");
    let nested: Dual<Dual<f64, 1>, 1> = build(&[1.0, 2.0, 3.0, 4.0]);
    assert_eq!(nested.to_string(), "1 + [2]ε + [3 + [4]ε]ε");
    assert_eq!(format!("{nested:.1}"), "1.0 + [2.0]ε + [3.0 + [4.0]ε]ε");
    assert_eq!(format!("{:?}", Dual::new(1.0, [2.0])), "Dual { re: 1.0, eps: [2.0] }");
    assert_eq!(Dual::<f64, 0>::new(1.0, []).to_string(), "1 + []ε");
    assert_eq!(Dual::new(f64::NAN, [f64::INFINITY]).to_string(), "NaN + [inf]ε");
}

#[test]
fn exponents_are_printed_in_every_component() {
    let x = D::new(1500.0, [0.25, -1.0]);
    assert_eq!(format!("{x:e}"), "1.5e3 + [2.5e-1, -1e0]ε");
    assert_eq!(format!("{x:E}"), "1.5E3 + [2.5E-1, -1E0]ε");
    assert_eq!(format!("{x:+.2e}"), "+1.50e3 + [+2.50e-1, -1.00e0]ε");
    assert_eq!(format!("{x:>25e}"), "  1.5e3 + [2.5e-1, -1e0]ε");
}

#[test]
fn a_bad_text_is_a_typed_error() {
    let parse = |text: &str| text.parse::<D>().unwrap_err();
    let not_a_number = "x".parse::<f64>().unwrap_err();
    let nothing = "".parse::<f64>().unwrap_err();
    for (text, want) in [
        ("x", ParseDualError::Component(not_a_number.clone())),
        ("", ParseDualError::Component(nothing.clone())),
        ("1 + [x, 0]ε", ParseDualError::Component(not_a_number.clone())),
        ("x + [1, 0]ε", ParseDualError::Component(not_a_number)),
        ("1 + [1, ]ε", ParseDualError::Component(nothing.clone())),
        (" + [1, 0]ε", ParseDualError::Component(nothing)),
        ("1 + [1]ε", ParseDualError::Lanes { expected: 2, found: 1 }),
        ("1 + [1, 2, 3]ε", ParseDualError::Lanes { expected: 2, found: 3 }),
        ("1 + []ε", ParseDualError::Lanes { expected: 2, found: 0 }),
        ("1 + 1, 2]ε", ParseDualError::Brackets),
        ("1 [1, 2]ε", ParseDualError::Brackets),
        ("[1, 2]ε", ParseDualError::Brackets),
        ("]ε", ParseDualError::Brackets),
    ] {
        assert_eq!(parse(text), want, "{text:?}");
    }
    for text in [
        "1 + [1, 2]",
        "1 + [1, 2]εε",
        "1 - [1, 2]ε",
        "1 + [1; 2]ε",
        "1 + 2ε",
        "(1, [2, 3])",
        "1 + [[1, 2]]ε",
        "[",
        "ε",
    ] {
        assert!(text.parse::<D>().is_err(), "{text:?}");
    }
    let error: ParseDualError<ParseFloatError> = parse("y");
    assert!(std::error::Error::source(&error).is_some() && !error.to_string().is_empty());
}

#[test]
fn a_numeral_is_parsed_as_a_constant() {
    assert!("2.5".parse::<D>().unwrap().identical(&D::constant(2.5)));
    assert!(" -1e3 ".parse::<Nested>().unwrap().identical(&Nested::lit(-1e3)));
    assert!(
        "1 + [2, 3]ε"
            .parse::<Dual<Dual<f64, 2>, 1>>()
            .is_err_and(|e| matches!(e, ParseDualError::Lanes { .. }))
    );
    assert!(<D as Num>::from_str_radix("101", 2).unwrap().identical(&D::constant(5.0)));
    assert!(<D as Num>::from_str_radix("+", 10).is_err());
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn what_is_printed_is_parsed(components in vec(any_number(), 24)) {
        fn round_trip<T: crate::common::Number + Display + LowerExp + FromStr>(components: &[f64]) -> Result<(), TestCaseError> {
            let x: T = build(components);
            for text in [format!("{x}"), format!("{x:e}"), format!("{x:+}"), format!("{x:^400}")] {
                let parsed = text.parse::<T>();
                prop_assert!(parsed.as_ref().is_ok_and(|&parsed| same(parsed, x)), "{text} isn't {x:?}");
            }
            Ok(())
        }
        round_trip::<Dual<f64, 3>>(&components)?;
        round_trip::<Dual<f32, 1>>(&components)?;
        round_trip::<Dual<f64, 0>>(&components)?;
        round_trip::<Nested>(&components)?;
        round_trip::<Thrice>(&components)?;
    }

    #[test]
    fn no_text_panics(text in "[-+0-9.e \\[\\],ε]{0,24}") {
        let _ = text.parse::<D>();
        let _ = text.parse::<Nested>();
        let _ = (text + "]ε").parse::<Nested>();
    }
}

// ---- Orders and questions ----

proptest! {
    #![proptest_config(cases(5000))]

    #[test]
    fn total_cmp_is_that_of_the_value(a in any::<u64>(), b in any::<u64>(), x in any_number(), k in 0..64, close in any::<bool>()) {
        // Any bits, and numbers one bit apart.
        let (a, b) = if close { (x.to_bits(), x.to_bits() ^ (1_u64 << k)) } else { (a, b) };
        let (a, b) = (f64::from_bits(a), f64::from_bits(b));
        prop_assert_eq!(D::new(a, [1.0, 0.0]).total_cmp(&D::new(b, [0.0, 2.0])), a.total_cmp(&b), "{:?} {:?}", a, b);
        prop_assert_eq!(Nested::constant(a.into()).total_cmp(&Nested::constant(b.into())), a.total_cmp(&b));
        #[allow(clippy::cast_possible_truncation)]
        let (a, b) = (f32::from_bits(a.to_bits() as u32), f32::from_bits(b.to_bits() as u32));
        // A signalling NaN may become a quiet one on the way through a register, so NaN against NaN is for f64.
        prop_assume!(!(a.is_nan() && b.is_nan()));
        prop_assert_eq!(S::constant(a).total_cmp(&S::constant(b)), a.total_cmp(&b));
    }
}

#[test]
fn a_nan_is_identical_to_itself_whatever_the_float() {
    // `T::nan` alone is ambiguous where `Float` and `FloatCore` are both imported.
    fn nan<T: Real>() -> T {
        T::nan()
    }
    assert!(nan::<D>().identical(&nan::<D>()) && nan::<S>().identical(&nan::<S>()));
    let payload = |bits: u64| D::constant(f64::from_bits(0x7ff8_0000_0000_0000 | bits));
    assert!(payload(1).identical(&payload(1)) && !payload(1).identical(&payload(2)));
    assert!(!nan::<D>().identical(&D::constant(-f64::NAN)) && !nan::<D>().identical(&D::lit(f64::INFINITY)));
    let half = nan::<Dual<f16, 1>>();
    assert!(half.identical(&half));
    let two = nan::<Dual<TwoFloat, 1>>();
    assert!(two.identical(&two));
    assert_eq!(two.total_cmp(&two), std::cmp::Ordering::Equal);
}

#[test]
#[allow(clippy::cast_precision_loss)] // a mantissa has the digits of a float
fn constants_and_questions_are_those_of_the_value() {
    fn check<T: Real + Bounded + FloatCore + Debug>(epsilon: f64, min_positive: f64) {
        let f64_of = |x: T| x.to_f64().unwrap();
        assert_eq!(f64_of(<T as Float>::epsilon()), epsilon);
        assert_eq!(f64_of(<T as Float>::min_positive_value()), min_positive);
        assert_eq!(f64_of(<T as FloatCore>::min_positive_value()), min_positive);
        assert_eq!(<T as Float>::max_value(), <T as Bounded>::max_value());
        assert_eq!(<T as Float>::min_value(), -<T as Bounded>::max_value());
        let tiny = <T as Float>::min_positive_value() / T::lit(2.0);
        assert!(Float::is_subnormal(tiny) && !Float::is_normal(tiny) && !Float::is_subnormal(T::one()));
        assert_eq!(Float::classify(tiny), FpCategory::Subnormal);
        assert_eq!(FloatCore::classify(<T as Float>::infinity()), FpCategory::Infinite);
        assert_eq!(Float::classify(<T as Float>::nan()), FpCategory::Nan);
        assert_eq!(Float::classify(T::zero()), FpCategory::Zero);
        assert_eq!(Float::classify(T::one()), FpCategory::Normal);
        assert!(Float::is_sign_negative(<T as Float>::neg_zero()) && <T as Float>::neg_zero().is_zero());
        let (mantissa, exponent, sign) = Float::integer_decode(T::lit(-0.75));
        assert_eq!(mantissa as f64 * f64::from(exponent).exp2() * f64::from(sign), -0.75);
        assert_eq!(FloatCore::integer_decode(T::lit(-0.75)), (mantissa, exponent, sign));
    }
    check::<D>(f64::EPSILON, f64::MIN_POSITIVE);
    check::<Nested>(f64::EPSILON, f64::MIN_POSITIVE);
    check::<S>(f32::EPSILON.into(), f32::MIN_POSITIVE.into());
    assert!(D::default().identical(&D::zero()) && Nested::default().identical(&Nested::ZERO));
    assert!(D::ONE.identical(&D::one()) && Nested::ONE.identical(&Nested::lit(1.0)));
    assert!(Nested::PI().identical(&Nested::lit(std::f64::consts::PI)));
}

// ---- The traits' methods are the inherent ones ----

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_method_of_any_trait_is_the_inherent_one(a in vec(any_number(), 12), b in vec(any_number(), 12), n in -4..5_i8) {
        let (x, y, z): (Nested, Nested, Nested) = (build(&a), build(&b), build(&[&b[6..], &a[..6]].concat()));
        let pairs = [
            ("FloatCore::abs", FloatCore::abs(x), x.abs()),
            ("FloatCore::recip", FloatCore::recip(x), x.recip()),
            ("FloatCore::floor", FloatCore::floor(x), x.floor()),
            ("FloatCore::ceil", FloatCore::ceil(x), x.ceil()),
            ("FloatCore::round", FloatCore::round(x), x.round()),
            ("FloatCore::trunc", FloatCore::trunc(x), x.trunc()),
            ("FloatCore::fract", FloatCore::fract(x), x.fract()),
            ("FloatCore::signum", FloatCore::signum(x), x.signum()),
            ("FloatCore::max", FloatCore::max(x, y), x.max(y)),
            ("FloatCore::min", FloatCore::min(x, y), x.min(y)),
            ("FloatCore::powi", FloatCore::powi(x, n.into()), x.powi(n.into())),
            ("FloatCore::to_degrees", FloatCore::to_degrees(x), x.to_degrees()),
            ("FloatCore::to_radians", FloatCore::to_radians(x), x.to_radians()),
            ("real::Real::sin", num_traits::real::Real::sin(x), x.sin()),
            ("real::Real::atan2", num_traits::real::Real::atan2(x, y), x.atan2(y)),
            ("Signed::abs", Signed::abs(&x), x.abs()),
            ("Signed::signum", Signed::signum(&x), x.signum()),
            ("Signed::abs_sub", Signed::abs_sub(&x, &y), x.abs_sub(y)),
            ("Euclid::div_euclid", Euclid::div_euclid(&x, &y), x.div_euclid(y)),
            ("Euclid::rem_euclid", Euclid::rem_euclid(&x, &y), x.rem_euclid(y)),
            ("Inv", Inv::inv(x), x.recip()),
            ("Inv of a reference", Inv::inv(&x), x.recip()),
            ("MulAdd", MulAdd::mul_add(x, y, z), x.mul_add(y, z)),
            ("MulAddAssign", { let mut w = x; w.mul_add_assign(y, z); w }, x.mul_add(y, z)),
            ("Pow<i8>", Pow::pow(x, n), x.powi(n.into())),
            ("Pow<i32>", Pow::pow(x, i32::from(n)), x.powi(n.into())),
            ("Pow<&i32>", Pow::pow(&x, &i32::from(n)), x.powi(n.into())),
            ("Pow<u16>", Pow::pow(x, 3_u16), x.powi(3)),
            ("Pow<Self>", Pow::pow(x, y), x.powf(y)),
            ("Pow<&Self>", Pow::pow(&x, &y), x.powf(y)),
            ("Pow<f64>", Pow::pow(x, 1.5), x.powf(Nested::lit(1.5))),
            ("Pow<inner>", Pow::pow(x, y.re), x.powf(Nested::constant(y.re))),
            ("Neg of a reference", -&x, -x),
            ("Sum", [x, y, z].into_iter().sum(), <Nested as Float>::neg_zero() + x + y + z),
            ("Sum by reference", [x, y, z].iter().sum(), <Nested as Float>::neg_zero() + x + y + z),
            ("Product", [x, y, z].into_iter().product(), Nested::one() * x * y * z),
            ("Product by reference", [x, y, z].iter().product(), Nested::one() * x * y * z),
        ];
        for (name, got, want) in pairs {
            prop_assert!(same(got, want), "{name}: {got:?} instead of {want:?}");
        }
    }
}

#[test]
fn degrees_and_radians_have_their_factors_as_slopes() {
    let x = Dual::new(2.0, [1.0, -3.0]);
    assert_eq!(x.to_degrees().eps, [1.0_f64.to_degrees(), -3.0_f64.to_degrees()]);
    assert_eq!(x.to_radians().eps, [1.0_f64.to_radians(), -3.0_f64.to_radians()]);
    assert_eq!(Dual::new(2.0_f32, [1.0]).to_degrees().eps, [1.0_f32.to_degrees()]);
}

// ---- Mixed arithmetic ----

/// All operators of `x` with the plain number `s`, on both sides and in every combination of references,
/// against the same with `s` lifted to a constant. On the left it stands as `$Left`. Numbers are such that neither way rounds.
macro_rules! plain_is_as_the_constant {
    ($x:expr, $s:expr, $Dual:ty, $Left:ty) => {
        plain_is_as_the_constant!(@each $x, $s, $Dual, $Left, + +=, - -=, * *=, / /=, % %=)
    };
    (@each $x:expr, $s:expr, $Dual:ty, $Left:ty, $($op:tt $assign:tt),*) => {$({
        let (x, s): ($Dual, _) = ($x, $s);
        let c = <$Dual>::from(s);
        for got in [x $op s, x $op &s, &x $op s, &x $op &s] {
            assert!(same(got, x $op c), "x {} s: {got:?} instead of {:?}", stringify!($op), x $op c);
        }
        let left = <$Left>::from(s);
        for got in [left $op x, left $op &x, &left $op x, &left $op &x] {
            // 0 and −0 are one here: a missing lane is neither.
            assert!(same(got + <$Dual>::zero(), c $op x + <$Dual>::zero()), "s {} x: {got:?} instead of {:?}", stringify!($op), c $op x);
        }
        let (mut by_value, mut by_reference, mut by_dual, mut by_dual_reference) = (x, x, x, x);
        by_value $assign s;
        by_reference $assign &s;
        by_dual $assign c;
        by_dual_reference $assign &c;
        for got in [by_value, by_reference, by_dual, by_dual_reference] {
            assert!(same(got, x $op c), "x {} s: {got:?}", stringify!($assign));
        }
        for got in [x $op c, x $op &c, &x $op c, &x $op &c] {
            assert!(same(got, x $op c));
        }
    })*};
}

#[test]
fn a_plain_operand_is_as_the_constant() {
    // Powers of two and small integers: no operation here rounds.
    plain_is_as_the_constant!(D::new(2.0, [1.0, -4.0]), 8.0, D, f64);
    plain_is_as_the_constant!(S::new(2.0, [1.0, -4.0]), 8.0_f32, S, f64);
    let from = [2.0, 1.0, 4.0, 1.0, 8.0, -2.0, 2.0];
    plain_is_as_the_constant!(build(&from), 8.0, Nested, f64);
    plain_is_as_the_constant!(build(&from), Dual::<f64, 2>::new(8.0, [1.0, 2.0]), Nested, Dual<f64, 2>);
    plain_is_as_the_constant!(build(&from), 8.0, Thrice, f64);
    plain_is_as_the_constant!(build(&from), 8.0_f32, Dual<S, 2>, f64);
    plain_is_as_the_constant!(build(&from), 8.0, HyperDual<f64, 2>, f64);
    plain_is_as_the_constant!(build(&from), 8.0_f32, HyperDual<Dual<f32, 1>, 2>, f64);
    plain_is_as_the_constant!(build(&from), 8.0_f32, Taylor<f32, 3>, f64);
    plain_is_as_the_constant!(build(&from), 8.0, Taylor<HyperDual<f64, 1>, 2>, f64);
    let x = D::new(3.0, [1.0, 0.0]);
    assert!(x == 3.0 && x < 4.0 && x > 2.0 && x != 2.0);
    assert!(Nested::lit(3.0) == 3.0 && Nested::lit(3.0) < 4.0 && Nested::lit(3.0) == Dual::constant(3.0));
}

/// `0.1 ∘ x` and `0.1 ∘ &x` of numbers over `$T` have the value of `s ∘ x` with s the `$T` nearest to 0.1.
macro_rules! literals_are_of_the_values_type {
    ($T:ty, $s:expr, $($op:tt)*) => {$(
        let (s, three): ($T, $T) = ($s, Real::lit(3.0));
        let (x, h) = (Dual::<$T, 2>::variable(three, 1), HyperDual::<$T, 2>::variable(three, 1));
        let (t, nested) = (Taylor::<$T, 2>::variable(three), Dual::<Dual<$T, 1>, 1>::variable(Dual::variable(three, 0), 0));
        let values = [
            (0.1 $op x).re, (&0.1 $op &x).re, (0.1 $op &h).re, (&0.1 $op h).re, (0.1 $op t).re, (0.1 $op nested).re.re,
        ];
        assert!(values.iter().all(|&value| value == s $op three), "0.1 {} 3: {values:?}", stringify!($op));
    )*};
}

#[test]
fn a_literal_on_the_left_is_a_number_of_the_values_type() {
    literals_are_of_the_values_type!(f32, 0.1, + - * / %);
    literals_are_of_the_values_type!(f64, 0.1, + - * / %);
    literals_are_of_the_values_type!(f16, f16::from_f64(0.1), + - * / %);
    literals_are_of_the_values_type!(bf16, bf16::from_f64(0.1), + - * / %);
    literals_are_of_the_values_type!(TwoFloat, TwoFloat::from(0.1), + - * / %);
}

#[test]
fn a_literal_reaches_each_component_by_itself() {
    // Multiplied by the zeros of a constant, an infinity beside them would be NaN.
    let x = Dual::new(Dual::new(2.0, [f64::INFINITY]), [Dual::new(-0.0, [1.0])]);
    for scaled in [2.0 * x, x * 2.0] {
        assert!(same(scaled, Dual::new(Dual::new(4.0, [f64::INFINITY]), [Dual::new(-0.0, [2.0])])));
    }
    assert!(same(x / 2.0, Dual::new(Dual::new(1.0, [f64::INFINITY]), [Dual::new(-0.0, [0.5])])));
    // Added to the zeros of a constant, −0 would be 0.
    for moved in [x + 1.0, 1.0 + x] {
        assert!(same(moved, Dual::new(Dual::new(3.0, [f64::INFINITY]), [Dual::new(-0.0, [1.0])])));
    }
    assert!(same(x - 1.0, Dual::new(Dual::new(1.0, [f64::INFINITY]), [Dual::new(-0.0, [1.0])])));
    assert!(same(1.0 - x, Dual::new(Dual::new(-1.0, [f64::NEG_INFINITY]), [Dual::new(0.0, [-1.0])])));
    // A lane that is zero stays so beside a pole.
    let pole = Dual::new(Dual::new(0.0, [0.0]), [Dual::new(1.0, [0.0])]);
    let q = 1.0 / pole;
    assert_eq!((q.re.re, q.re.eps[0]), (f64::INFINITY, 0.0));
}

#[test]
fn code_without_duals_still_infers() {
    let f = |a, b| a * b;
    assert_eq!(f(2.0, 3.0), 6.0);
    assert_eq!(2.0 * "3".parse::<f64>().unwrap(), 6.0);
    let squares: f64 = [1.0, 2.0].iter().map(|x| x * x).sum();
    assert_eq!(squares, 5.0);
    let total = [1.0, 2.0].iter().fold(0.0, |sum, x| sum + 2.0 * x);
    assert_eq!(total, 6.0);
    let mut halves = vec![1.0, 3.0];
    for x in &mut halves {
        *x /= 2.0;
    }
    assert_eq!(halves, [0.5, 1.5]);
    assert_eq!(1.0 - "0.5".parse::<f64>().unwrap(), 0.5);
    assert_eq!((1..4).map(f64::from).map(|x| 1.0 / x).fold(0.0, f64::max), 1.0);
}

// ---- Floats of other crates ----

#[test]
fn half_precision_floats_have_derivatives() {
    fn f<T: Float>(x: T) -> T {
        x * x * x + x.sqrt() + x.exp().ln() + x.powi(2) + (x + x).max(x)
    }
    // 3x² + 1/(2√x) + 1 + 2x + 2 at 4, to the type's digits: the derivative has five terms.
    let want = 48.0 + 0.25 + 1.0 + 8.0 + 2.0;
    let half = f(Dual::new(f16::from_f64(4.0), [f16::ONE]));
    assert!((half.eps[0].to_f64() - want).abs() <= 5.0 * f16::EPSILON.to_f64() * want, "{half:?}");
    let brain = f(Dual::new(bf16::from_f64(4.0), [bf16::ONE]));
    assert!((brain.eps[0].to_f64() - want).abs() <= 5.0 * bf16::EPSILON.to_f64() * want, "{brain:?}");
    // The laws hold as for f64.
    assert_eq!(half.re, f(f16::from_f64(4.0)));
    let root = Dual::<f16, 2>::variable(f16::ZERO, 0).sqrt();
    assert!(root.eps[0] == f16::INFINITY && root.eps[1] == f16::ZERO);
    assert!(!Dual::<bf16, 2>::variable(bf16::ONE, 1).is_constant());
}

/// cos 0.7 and e^0.7 of the `f64` 0.7, as the sum of two `f64`, by mpmath with 60 digits.
const COS: (f64, f64) = (0.764_842_187_284_488_5, -4.013_780_434_022_238e-17);
const EXP: (f64, f64) = (2.013_752_707_470_476_6, -2.005_824_354_976_479_3e-16);

/// `hi + lo`.
fn two(hi: f64, lo: f64) -> TwoFloat {
    TwoFloat::new_add(hi, lo)
}

/// How far `a` is from `b`, relatively.
fn distance(a: TwoFloat, b: TwoFloat) -> f64 {
    f64::from((a - b) / b).abs()
}

#[test]
fn a_double_double_keeps_its_digits_in_the_derivatives() {
    let x = Dual::<TwoFloat, 1>::variable(two(0.7, 0.0), 0);
    let at = x.re;
    // A derivative is as good as the function that it is: these are equal, not near.
    assert_eq!(x.sin().eps[0], at.cos());
    assert_eq!(x.exp().eps[0], at.exp());
    assert_eq!(x.sinh().eps[0], at.cosh());
    assert_eq!(x.ln().eps[0], TwoFloat::from(1.0) / at);
    assert_eq!((x * x).eps[0], at + at);
    // f64's digits end at 1e-16; so these go on.
    let cos = two(COS.0, COS.1);
    let exp = two(EXP.0, EXP.1);
    // twofloat's own functions have errors of 4e-23 and 1.3e-21 here.
    assert!(distance(x.sin().eps[0], cos) < 1e-22, "{:e}", distance(x.sin().eps[0], cos));
    assert!(distance(x.exp().eps[0], exp) < 2e-21, "{:e}", distance(x.exp().eps[0], exp));
    // Slopes with a constant have the constant's digits. twofloat 0.8.4 divides with the accuracy of f64 (it
    // takes 1 − b·(1/b) without a fused multiplication), so a quotient is compared with the same quotient.
    let (one, ln_2) = (two(1.0, 0.0), TwoFloat::LN_2());
    assert_eq!(x.log2().eps[0], (at * ln_2).recip());
    assert_eq!(x.log10().eps[0], (at * TwoFloat::LN_10()).recip());
    assert!(distance(TwoFloat::LOG2_E() * ln_2, one) < 1e-30, "LOG2_E has the digits of a double-double");
    let nested = Dual::<Dual<TwoFloat, 1>, 1>::new(x, [Dual::constant(one)]);
    let rows = [
        ("exp2", x.exp2().eps[0], at.exp2() * ln_2),
        ("powi", x.powi(5).eps[0], two(5.0, 0.0) * at * at * at * at),
        ("product", (x * x * x).eps[0], two(3.0, 0.0) * at * at),
        ("tan", x.tan().eps[0], one + at.tan() * at.tan()),
        ("second derivative of sin", nested.sin().eps[0].eps[0], -at.sin()),
        ("second derivative of exp", nested.exp().eps[0].eps[0], at.exp()),
        ("second derivative of exp2", nested.exp2().eps[0].eps[0], at.exp2() * ln_2 * ln_2),
        ("second derivative of powi", nested.powi(3).eps[0].eps[0], two(6.0, 0.0) * at),
    ];
    let wrong: Vec<_> = rows
        .iter()
        .map(|&(name, got, want)| (name, distance(got, want)))
        .filter(|row| row.1 > 1e-30)
        .collect();
    assert!(wrong.is_empty(), "relative errors {wrong:?}");
}

#[test]
fn a_double_double_sees_the_second_word_of_its_tangents() {
    let small = two(0.0, 1e-300);
    assert!(!Dual::<TwoFloat, 1>::new(two(1.0, 0.0), [small]).is_constant());
    let (a, b) = (Dual::<TwoFloat, 1>::constant(two(1.0, 1e-20)), Dual::constant(two(1.0, 2e-20)));
    assert!(!a.identical(&b) && a.identical(&a));
    assert!(same_bits(f64::from(Dual::<TwoFloat, 1>::lit(0.1).re), 0.1));
}
