//! Reading the golden files below `tests/data/`; the README beside each says where its numbers come from.

// Each binary of tests compiles its own copy and uses a part of it.
#![allow(dead_code, unreachable_pub)]

use std::path::Path;

use serde_json::Value;

/// A file below `tests/data/`.
pub fn text(path: &str) -> String {
    // The crate is `tangents` or one in its `tests/`.
    let mut roots = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let data = roots.find_map(|root| Some(root.join("tests/data")).filter(|data| data.is_dir()));
    let path = data.expect("a folder tests/data").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A JSON file below `tests/data/`.
pub fn json(path: &str) -> Value {
    json_of(&text(path))
}

/// A text in JSON.
pub fn json_of(text: &str) -> Value {
    // Without the feature, one number in fourteen isn't read as the nearest f64.
    let number: f64 = serde_json::from_str("0.39049333933125124").unwrap();
    assert_eq!(number.to_string(), "0.39049333933125124", "serde_json lacks its feature `float_roundtrip`");
    serde_json::from_str(text).unwrap()
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

pub fn string(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A number; an infinity or a NaN is spelled out.
pub fn number(value: &Value) -> f64 {
    known(value).unwrap_or_else(|| panic!("a number, not {value}"))
}

/// A number, if it isn't `null`.
pub fn known(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => Some(text.parse().unwrap()),
        number => number.as_f64(),
    }
}

pub fn count(value: &Value) -> usize {
    value.as_u64().unwrap().try_into().unwrap()
}

pub fn vector(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

pub fn matrix(value: &Value) -> Vec<Vec<f64>> {
    list(value).iter().map(vector).collect()
}

/// A vector of fixed length.
pub fn array<const N: usize>(value: &Value) -> [f64; N] {
    vector(value).try_into().unwrap()
}

/// The entry of a list whose `key` is `name`.
pub fn entry<'v>(entries: &'v Value, key: &str, name: &str) -> &'v Value {
    let found = list(entries).iter().find(|entry| entry[key] == name);
    found.unwrap_or_else(|| panic!("no reference for {name}"))
}
