//! Reading the golden files of `jax.random`; `data/jax/README.md` says where they come from.

#![allow(unreachable_pub)]

use std::fmt::Debug;

use crate::data::json;
use serde_json::Value;
use tangents::random::{Key, Layout};

/// The cases of a file.
pub fn cases(file: &str) -> Vec<Value> {
    let mut file = json(file);
    let Value::Array(cases) = file["cases"].take() else { panic!("a golden file has cases") };
    assert!(!cases.is_empty());
    cases
}

/// The key that a case begins with: its seed in its integer mode and layout.
pub fn seeded(case: &Value) -> Key {
    let seed = case["seed"].as_i64().unwrap();
    let key = if case["x64"] == true { Key::new_x64(seed) } else { Key::new(seed) };
    if case["partitionable"] == false { key.with_layout(Layout::Original) } else { key }
}

pub fn words(hex: &Value) -> Vec<u32> {
    hex.as_array().unwrap().iter().map(u32::from_hex).collect()
}

pub fn pair(hex: &Value) -> [u32; 2] {
    words(hex).try_into().unwrap()
}

pub fn shape(case: &Value) -> Vec<u64> {
    let lengths = case["shape"].as_array().unwrap();
    lengths.iter().map(|n| n.as_u64().unwrap()).collect()
}

pub fn len(case: &Value) -> usize {
    shape(case).iter().product::<u64>().try_into().unwrap()
}

/// A number as its bit pattern in hexadecimal, high end first, and as its bytes, low end first.
pub trait Pattern: Copy + PartialEq + Debug {
    fn from_hex(hex: &Value) -> Self;
    fn bytes(self) -> Vec<u8>;
}

macro_rules! patterns {
    ($($number:ty: $word:ty, $from_bits:expr;)*) => {$(
        impl Pattern for $number {
            fn from_hex(hex: &Value) -> Self {
                $from_bits(<$word>::from_str_radix(hex.as_str().unwrap(), 16).unwrap())
            }

            fn bytes(self) -> Vec<u8> {
                self.to_le_bytes().to_vec()
            }
        }
    )*};
}

patterns! {
    u8: u8, u8::from;
    u16: u16, u16::from;
    u32: u32, u32::from;
    u64: u64, u64::from;
    i8: u8, u8::cast_signed;
    i16: u16, u16::cast_signed;
    i32: u32, u32::cast_signed;
    i64: u64, u64::cast_signed;
    f32: u32, f32::from_bits;
    f64: u64, f64::from_bits;
}

/// Asserts that a sample is that of the case, bit for bit: `0.0` is not `-0.0`.
pub fn assert_is<T: Pattern>(case: &Value, sample: &[T]) {
    assert_eq!(sample.len(), len(case));
    if case["hex"].is_null() {
        let bytes = sample.iter().flat_map(|x| x.bytes());
        assert_begins(case, "first_hex", sample);
        assert_begins(case, "last_hex", &sample[sample.len() - 4..]);
        assert_eq!(fnv1a64(bytes), u64::from_hex(&case["fnv1a64"]), "{case}");
    } else {
        assert_begins(case, "hex", sample);
    }
}

pub fn assert_begins<T: Pattern>(case: &Value, field: &str, sample: &[T]) {
    let expected = case[field].as_array().unwrap();
    assert!(expected.len() <= sample.len());
    for (i, (x, expected)) in sample.iter().zip(expected).enumerate() {
        let expected = T::from_hex(expected);
        assert_eq!(x.bytes(), expected.bytes(), "element {i} of {field}: {x:?}, not {expected:?}; {case}");
    }
}

/// FNV-1a, 64 bits.
pub fn fnv1a64(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
