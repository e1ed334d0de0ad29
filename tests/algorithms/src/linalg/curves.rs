//! Matrices that are curves in t, on every kind of number, and what comes of them beside the references.

use serde_json::Value;
use tangents::{Dual, HyperDual, Number, Taylor};

use crate::data;

/// The coefficients of 1, t, t² and t³ of some numbers.
pub(crate) type Series = Vec<Vec<f64>>;

/// The curve at t.
pub(crate) fn at<T: Number>(series: &Value, t: T) -> Vec<T> {
    let parts = data::matrix(series);
    let coefficient = |k: usize, i: usize| T::lit(parts[k][i]);
    let last = parts.len() - 1;
    let horner = |i| (0..last).rev().fold(coefficient(last, i), |x: T, k| x * t + coefficient(k, i));
    (0..parts[0].len()).map(horner).collect()
}

/// What runs on any number.
pub(crate) trait Algorithm {
    fn at<T: Number>(&self, t: T) -> Vec<T>;
}

/// The coefficients on every kind of number, each with its name; those that it hasn't are missing at the end. The values are the
/// same to the bit.
pub(crate) fn on_every_number(f: &impl Algorithm) -> Vec<(&'static str, Series)> {
    let values = f.at(0.0_f64);
    let of = |x: &[f64]| x.to_vec();
    let mut found = vec![("f64", vec![of(&values)])];

    let dual = f.at(Dual::new(0.0, [1.0]));
    found.push(("Dual", vec![dual.iter().map(|x| x.re).collect(), dual.iter().map(|x| x.eps[0]).collect()]));

    let lanes = f.at(Dual::new(0.0, [0.0, 1.0, -2.0]));
    assert!(lanes.iter().all(|x| x.eps[0] == 0.0), "a lane of zeros stays zero");
    assert!(lanes.iter().all(|x| x.eps[2] == -2.0 * x.eps[1]), "lanes are independent");
    let first = |x: &[Dual<f64, 3>]| x.iter().map(|x| x.eps[1]).collect();
    found.push(("Dual of lanes", vec![lanes.iter().map(|x| x.re).collect(), first(&lanes)]));
    assert!(lanes.iter().zip(&dual).all(|(x, y)| x.eps[1].to_bits() == y.eps[0].to_bits()), "to the bit");

    let hyper = f.at(HyperDual::<f64, 2>::from_fn(0.0, [1.0, 2.0], |_, _| 0.0));
    let second = |x: &HyperDual<f64, 2>| {
        assert!((x.second(0, 1) - x.second(0, 0) * 2.0).abs() <= 1e-12 * x.second(0, 1).abs());
        x.second(0, 0) / 2.0
    };
    found.push((
        "HyperDual",
        vec![
            hyper.iter().map(|x| x.re).collect(),
            hyper.iter().map(|x| x.gradient[0]).collect(),
            hyper.iter().map(second).collect(),
        ],
    ));

    let taylor = f.at(Taylor::<f64, 3>::variable(0.0));
    found.push(("Taylor", (0..4).map(|k| taylor.iter().map(|x| x.coefficient(k)).collect()).collect()));

    let once = Dual::<f64, 1>::variable(0.0, 0);
    let twice = Dual::new(once, [Dual::constant(1.0)]);
    let nested = f.at(Dual::new(twice, [Dual::constant(Dual::constant(1.0))]));
    found.push((
        "nested Dual",
        vec![
            nested.iter().map(|x| x.re.re.re).collect(),
            nested.iter().map(|x| x.eps[0].re.re).collect(),
            nested.iter().map(|x| x.eps[0].eps[0].re / 2.0).collect(),
            nested.iter().map(|x| x.eps[0].eps[0].eps[0] / 6.0).collect(),
        ],
    ));

    let series =
        f.at(Taylor::new(Dual::<f64, 1>::variable(0.0, 0), [Dual::constant(1.0), Dual::constant(0.0)]));
    found.push((
        "Taylor over Dual",
        vec![
            series.iter().map(|x| x.re.re).collect(),
            series.iter().map(|x| x.coefficients[0].re).collect(),
            series.iter().map(|x| x.coefficients[1].re).collect(),
            series.iter().map(|x| x.coefficients[1].eps[0] / 3.0).collect(),
        ],
    ));

    for (number, found) in &found {
        assert_eq!(found[0], values, "the values on {number}");
    }
    found
}

/// What rounding does to each order, relatively: so many ulps, times the condition number once, since each order's coefficients have
/// grown by it too.
pub(crate) fn tolerance(case: &Value, ulps: f64, epsilon: f64) -> f64 {
    ulps * epsilon * data::number(&case["condition"])
}

/// That each number's coefficients are those of the reference, of which each order is right to `tolerance` times its largest.
#[track_caller]
pub(crate) fn assert_series(case: &str, reference: &Value, tolerance: f64, f: &impl Algorithm) {
    let expected = data::matrix(reference);
    for (number, found) in on_every_number(f) {
        for (order, (found, expected)) in found.iter().zip(&expected).enumerate() {
            assert_order(&format!("{case} on {number}"), order, found, expected, tolerance);
        }
    }
}

#[track_caller]
pub(crate) fn assert_order(case: &str, order: usize, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{case}");
    // A logarithm near 0 comes of numbers near 1.
    let least: f64 = if case.starts_with("ln") && order == 0 { 1.0 } else { 0.0 };
    let size = expected.iter().fold(least, |size: f64, x: &f64| size.max(x.abs()));
    // What doesn't move at all comes of numbers near 1.
    let size = if size == 0.0 { 1.0 } else { size };
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        let error = (found - expected).abs();
        assert!(
            error <= tolerance * size,
            "{case}, order {order}, number {i}: {found} for {expected}, off by {:e} of {tolerance:e}",
            error / size
        );
    }
}

/// The coefficients in `f32`, to the third.
pub(crate) fn in_f32(f: &impl Algorithm) -> Series {
    let found = f.at(Taylor::<f32, 3>::variable(0.0));
    (0..4).map(|k| found.iter().map(|x| f64::from(x.coefficient(k))).collect()).collect()
}
