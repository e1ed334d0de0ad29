//! `approx` compares values, exactly as it compares plain numbers.

use ::approx::{RelativeEq, UlpsEq, assert_abs_diff_ne, ulps_eq};
use proptest::prelude::*;
use tangents::Dual;
use twofloat::TwoFloat;

use crate::common::{any_number, any_tangent, cases};

/// The answers of all three comparisons.
fn answers<T: RelativeEq<Epsilon = T> + UlpsEq<Epsilon = T> + Copy>(
    x: T,
    y: T,
    epsilon: T,
    max_ulps: u32,
) -> [bool; 7] {
    [
        x.abs_diff_eq(&y, epsilon),
        x.abs_diff_ne(&y, epsilon),
        x.relative_eq(&y, epsilon, T::default_max_relative()),
        x.relative_ne(&y, T::default_epsilon(), epsilon),
        x.ulps_eq(&y, epsilon, max_ulps),
        x.ulps_ne(&y, T::default_epsilon(), T::default_max_ulps()),
        x.ulps_eq(&y, epsilon, u32::MAX),
    ]
}

/// A number, and another one that is some ulps away from it, or anywhere.
fn pair() -> impl Strategy<Value = (f64, f64)> {
    (any_number(), any_number(), -9..10_i64, any::<bool>()).prop_map(|(x, y, ulps, near)| {
        let bits = x.to_bits().cast_signed().wrapping_add(ulps);
        (x, if near { f64::from_bits(bits.cast_unsigned()) } else { y })
    })
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn answers_are_those_of_the_values(
        (x, y) in pair(),
        epsilon in prop_oneof![Just(0.0), Just(f64::EPSILON), any_number()],
        max_ulps in 0..10_u32,
        tangents in [any_tangent(), any_tangent(), any_tangent()],
    ) {
        let plain = answers(x, y, epsilon, max_ulps);
        let [a, b, c] = tangents;
        let dual = |x, t| Dual::<f64, 1>::new(x, [t]);
        prop_assert_eq!(answers(dual(x, a), dual(y, b), dual(epsilon, c), max_ulps), plain);
        let nested = |x, t| Dual::<_, 1>::new(dual(x, t), [dual(t, x)]);
        prop_assert_eq!(answers(nested(x, a), nested(y, b), nested(epsilon, c), max_ulps), plain);
    }

    #[test]
    fn answers_are_those_of_f32(
        x in any::<f32>(),
        ulps in -9..10_i32,
        max_ulps in 0..10_u32,
        epsilon in prop_oneof![Just(0.0), Just(f32::EPSILON)],
    ) {
        let y = f32::from_bits(x.to_bits().wrapping_add_signed(ulps));
        let dual = |x| Dual::<f32, 2>::new(x, [1.0, -1.0]);
        prop_assert_eq!(answers(dual(x), dual(y), dual(epsilon), max_ulps), answers(x, y, epsilon, max_ulps));
    }
}

#[test]
fn floats_without_bits_are_compared_by_their_epsilon() {
    let dual = |x: TwoFloat| Dual::<TwoFloat, 1>::new(x, [TwoFloat::from(1.0)]);
    let (x, zero) = (TwoFloat::from(3.0), dual(TwoFloat::from(0.0)));
    let away = |ulps: f64| dual(x + x * TwoFloat::EPSILON * ulps);
    assert!(ulps_eq!(dual(x), away(3.0), epsilon = zero) && ulps_eq!(away(-3.0), dual(x), epsilon = zero));
    assert!(!ulps_eq!(dual(x), away(5.0), epsilon = zero));
    assert!(ulps_eq!(dual(x), away(5.0), epsilon = zero, max_ulps = 6));
    assert!(!ulps_eq!(dual(x), dual(-x), epsilon = zero, max_ulps = u32::MAX));
    assert_abs_diff_ne!(dual(x), dual(-x));
}
