//! What is written is read again, in a format for people and in one for machines, and what doesn't fit is an error.

use std::fmt::Debug;

use ::proptest::prelude::*;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use tangents::random::{Key, Layout, Threefry4x64};
use tangents::{Dual, HyperDual, Taylor};

type Nested = Dual<Dual<f64, 2>, 3>;

fn json<T: Serialize + DeserializeOwned>(x: &T) -> T {
    serde_json::from_str(&serde_json::to_string(x).unwrap()).unwrap()
}

fn postcard<T: Serialize + DeserializeOwned>(x: &T) -> T {
    ::postcard::from_bytes(&::postcard::to_allocvec(x).unwrap()).unwrap()
}

fn hyper(c: &[f64]) -> HyperDual<f64, 4> {
    HyperDual::from_fn(c[0], [c[1], c[2], c[3], c[4]], |i, j| c[5 + 4 * i + j])
}

proptest! {
    #[test]
    fn json_keeps_every_bit_of_finite_numbers(c in prop::array::uniform32(-f64::MAX..f64::MAX), s in any::<[f32; 4]>()) {
        let x = Dual::new(c[0], [c[1], c[2], c[3]]);
        prop_assert!(json(&x).identical(&x));
        let inner = |k: usize| Dual::new(c[k], [c[k + 1], c[k + 2]]);
        let x: Nested = Dual::new(inner(0), [inner(3), inner(6), inner(9)]);
        prop_assert!(json(&x).identical(&x));
        prop_assert!(json(&hyper(&c)).identical(&hyper(&c)));
        let x = Dual::new(s[0], [s[1], s[2], s[3]]);
        prop_assert!(json(&x).identical(&x));
    }

    #[test]
    fn postcard_keeps_every_bit(c in prop::array::uniform32(::proptest::num::f64::ANY), s in prop::array::uniform4(::proptest::num::f32::ANY)) {
        let x = Dual::new(c[0], [c[1], c[2], c[3]]);
        prop_assert!(postcard(&x).identical(&x));
        let inner = |k: usize| Dual::new(c[k], [c[k + 1], c[k + 2]]);
        let x: Nested = Dual::new(inner(0), [inner(3), inner(6), inner(9)]);
        prop_assert!(postcard(&x).identical(&x));
        prop_assert!(postcard(&hyper(&c)).identical(&hyper(&c)));
        let x = Dual::new(s[0], [s[1], s[2], s[3]]);
        prop_assert!(postcard(&x).identical(&x));
    }
}

#[test]
fn infinities_and_nan_pass_where_the_format_has_them() {
    let x = Dual::new(f64::NAN, [f64::INFINITY, f64::NEG_INFINITY, -0.0]);
    assert!(postcard(&x).identical(&x));
    // JSON doesn't have them, and reading says so.
    let text = serde_json::to_string(&x).unwrap();
    assert_eq!(text, r#"{"re":null,"eps":[null,null,-0.0]}"#);
    assert!(serde_json::from_str::<Dual<f64, 3>>(&text).is_err());
}

#[test]
fn more_lanes_than_any_array_of_serde_has() {
    let x = Dual::<f64, 100>::variable(3.0, 99);
    assert!(json(&x).identical(&x));
    assert!(postcard(&x).identical(&x));
    let x = Dual::<f64, 0>::constant(3.0);
    assert_eq!(serde_json::to_string(&x).unwrap(), r#"{"re":3.0,"eps":[]}"#);
    assert!(json(&x).identical(&x));
}

#[test]
fn the_forms_are_these() {
    let x: Dual<Dual<f64, 1>, 2> =
        Dual::new(Dual::new(1.0, [2.0]), [Dual::new(3.0, [4.0]), Dual::new(5.0, [6.0])]);
    assert_eq!(
        serde_json::to_string(&x).unwrap(),
        r#"{"re":{"re":1.0,"eps":[2.0]},"eps":[{"re":3.0,"eps":[4.0]},{"re":5.0,"eps":[6.0]}]}"#
    );
    // Not a byte but the coefficients.
    let bytes: Vec<u8> = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0].map(f64::to_le_bytes).concat();
    assert_eq!(::postcard::to_allocvec(&x).unwrap(), bytes);

    let x = Taylor::new(1.0, [2.0, 3.0, 4.0]);
    assert_eq!(serde_json::to_string(&x).unwrap(), r#"{"re":1.0,"coefficients":[2.0,3.0,4.0]}"#);
    assert!(json(&x).identical(&x) && postcard(&x).identical(&x));

    let x = HyperDual::from_fn(1.0_f32, [2.0, 3.0, 4.0], |i, j| {
        [[5.0, 6.0, 7.0], [0.0, 8.0, 9.0], [0.0, 0.0, 10.0]][i][j]
    });
    assert_eq!(
        serde_json::to_string(&x).unwrap(),
        r#"{"re":1.0,"gradient":[2.0,3.0,4.0],"hessian":[5.0,6.0,7.0,8.0,9.0,10.0]}"#
    );
    let bytes: Vec<u8> = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0].map(f32::to_le_bytes).concat();
    assert_eq!(::postcard::to_allocvec(&x).unwrap(), bytes);
}

#[test]
fn fields_stand_in_any_order_or_without_names() {
    for text in [r#"{"eps": [1, 0], "re": 2}"#, "[2, [1, 0]]"] {
        let x: Dual<f64, 2> = serde_json::from_str(text).unwrap();
        assert!(x.identical(&Dual::new(2.0, [1.0, 0.0])));
    }
}

#[test]
fn what_does_not_fit_is_an_error_that_says_why() {
    fn check<T: DeserializeOwned + Debug>(text: &str, expected: &str) {
        let error = serde_json::from_str::<T>(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{text}: {error}");
    }
    check::<Dual<f64, 2>>(r#"{"re": 1, "eps": [1]}"#, "invalid length 1, expected 2 coefficients in `eps`");
    check::<Dual<f64, 1>>(
        r#"{"re": 1, "eps": [1, 2, 3]}"#,
        "invalid length 3, expected 1 coefficient in `eps`",
    );
    check::<Dual<f64, 1>>(r#"{"eps": [1]}"#, "missing field `re`");
    check::<Dual<f64, 1>>(r#"{"re": 1}"#, "missing field `eps`");
    check::<Dual<f64, 1>>(r#"{"re": 1, "re": 1, "eps": [1]}"#, "duplicate field `re`");
    check::<Dual<f64, 1>>(r#"{"re": 1, "du": [1]}"#, "unknown field `du`, expected `re` or `eps`");
    check::<Dual<f64, 1>>("1.0", "invalid type: floating point `1.0`, expected a `Dual`, a structure of");
    check::<Dual<f64, 1>>("[1.0]", "invalid length 1, expected a `Dual`");
    check::<HyperDual<f64, 2>>(
        r#"{"re": 1, "gradient": [1, 2], "hessian": [1, 2]}"#,
        "invalid length 2, expected 3 coefficients in `hessian`",
    );
    check::<Key>(
        r#"[[0, 1], "Transposed"]"#,
        "unknown field `Transposed`, expected `Partitionable` or `Original`",
    );
    check::<Key>("[[0], \"Original\"]", "invalid length 1");
}

#[test]
fn a_row_of_another_length_is_an_error() {
    // A format that isn't for people and that keeps lengths.
    let x = Dual::new(1.0, [2.0, 3.0]);
    let value = serde_value(&x);
    assert_eq!(value, [1.0, 2.0, 3.0]);
    assert!(from_row::<Dual<f64, 2>>(&value).unwrap().identical(&x));
    assert_eq!(
        from_row::<Dual<f64, 3>>(&value).unwrap_err(),
        "invalid length 3, expected 4 coefficients in `Dual`"
    );
    assert_eq!(
        from_row::<Dual<f64, 1>>(&value).unwrap_err(),
        "invalid length 3, expected 2 coefficients in `Dual`"
    );
}

/// The coefficients as postcard keeps them.
fn serde_value(x: &Dual<f64, 2>) -> Vec<f64> {
    let bytes = ::postcard::to_allocvec(x).unwrap();
    bytes.as_chunks().0.iter().map(|&bytes| f64::from_le_bytes(bytes)).collect()
}

/// Reads a row of floats by a format whose sequences know their length.
fn from_row<T: DeserializeOwned>(row: &[f64]) -> Result<T, String> {
    struct Row<'a>(&'a [f64]);

    impl<'de> serde_core::Deserializer<'de> for Row<'_> {
        type Error = serde_core::de::value::Error;

        fn deserialize_any<V: serde_core::de::Visitor<'de>>(
            self,
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            visitor.visit_seq(serde_core::de::value::SeqDeserializer::new(self.0.iter().copied()))
        }

        fn is_human_readable(&self) -> bool {
            false
        }

        serde_core::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    T::deserialize(Row(row)).map_err(|error| error.to_string())
}

#[test]
fn keys_pass_with_their_layout() {
    for layout in [Layout::Partitionable, Layout::Original] {
        let key = Key::new_x64(-5).with_layout(layout);
        assert_eq!(json(&key), key);
        assert_eq!(postcard(&key), key);
    }
    let key = Key::<Threefry4x64>::from_seed(7);
    assert_eq!(json(&key), key);
    assert_eq!(postcard(&key), key);
    assert_eq!(serde_json::to_value(key).unwrap(), serde_json::to_value(key.generator().data()).unwrap());
}
