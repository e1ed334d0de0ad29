//! The project's data files, which hold inputs and the answers of others.

use std::path::Path;

use serde_json::Value;

/// A file below `tests/data/`.
pub fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn json(name: &str) -> Value {
    serde_json::from_str(&text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

pub fn vector(value: &Value) -> Vec<f64> {
    list(value).iter().map(|x| x.as_f64().expect("a number")).collect()
}

pub fn array<const N: usize>(value: &Value) -> [f64; N] {
    vector(value).try_into().expect("as many numbers")
}

pub fn matrix<const N: usize, const M: usize>(value: &Value) -> [[f64; N]; M] {
    list(value).iter().map(array).collect::<Vec<_>>().try_into().expect("as many rows")
}

/// A value and a Jacobian.
pub type Answer<const N: usize, const M: usize> = ([f64; M], [[f64; N]; M]);

/// A problem of a file by its name.
pub fn problem<'f>(file: &'f Value, name: &str) -> &'f Value {
    let found = list(&file["problems"]).iter().find(|problem| problem["name"] == name);
    found.unwrap_or_else(|| panic!("no problem {name}"))
}

/// The first point of a problem of Ceres's, and the answer there.
pub fn ceres<const N: usize, const M: usize>(name: &str) -> ([f64; N], Answer<N, M>) {
    let file = json("gradbench/ceres.json");
    let point = &problem(&file, name)["points"][0];
    (array(&point["x"]), (array(&point["f"]), matrix(&point["J"])))
}
