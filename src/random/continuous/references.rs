//! Derivatives of samples at a fixed quantile, at 100 digits and more, by differences of distribution functions;
//! `implicit.py` beside the file says how.

use serde_json::Value;

use crate::Dual;
use crate::random::{Slopes, Variate};

const REFERENCES: &str = include_str!("../../../tests/data/random/implicit.json");

/// The points of one group, as those of their fields; infinite ones are strings, missing ones NaN.
pub(super) fn reference<const N: usize>(
    group: &str,
    fields: [&'static str; N],
) -> impl Iterator<Item = [f64; N]> {
    let mut all: Value = serde_json::from_str(REFERENCES).unwrap();
    let Value::Array(points) = all[group].take() else { panic!("no array of {group}") };
    let number = |x: &Value| match x {
        Value::String(infinite) => infinite.parse().unwrap(),
        x => x.as_f64().unwrap_or(f64::NAN),
    };
    points.into_iter().map(move |point| fields.map(|field| number(&point[field])))
}

#[track_caller]
pub(super) fn assert_close(actual: f64, expected: f64, tolerance: f64, at: impl core::fmt::Debug) {
    let error = (actual - expected).abs();
    assert!(error <= tolerance, "{actual:e}, not {expected:e} ± {tolerance:e}, at {at:?}");
}

/// First and second derivative of a sample in one of its parameters.
pub(super) fn derivatives<F: Variate<Plain = F>, const P: usize>(
    slopes: &impl Slopes<F, P>,
    params: [F; P],
    variable: usize,
    x: F,
) -> [f64; 2] {
    let mut dual = params.map(|p| Dual::<_, 1>::constant(Dual::<F, 1>::constant(p)));
    dual[variable] = Dual::variable(Dual::variable(params[variable], 0), 0);
    let y = Dual::implicit(dual, x, slopes);
    [y.eps[0].re, y.eps[0].eps[0]].map(|derivative| derivative.to_f64().unwrap())
}
