//! Exponentials, square roots and logarithms of matrices.

use serde_json::Value;
use tangents::linalg::{LinalgError, exp, ln, rows, sqrt};
use tangents::{Dual, Number, Taylor};

use super::curves::{Algorithm, assert_series, at, tolerance};
use crate::data;

struct Of<'a>(&'a Value, &'static str);

impl Algorithm for Of<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        let a = at(&self.0["a"], t);
        match self.1 {
            "exp" => rows::exp(&a),
            "sqrt" => rows::sqrt(&a),
            _ => rows::ln(&a),
        }
        .unwrap()
    }
}

#[test]
fn functions_are_those_of_the_references() {
    let mut roots = 0;
    for case in data::list(&data::json("linalg/functions.json")) {
        let name = data::string(&case["name"]);
        let tolerance = tolerance(case, 16.0, f64::EPSILON);
        assert_series(&format!("exp, {name}"), &case["exp"], tolerance, &Of(case, "exp"));
        if let Some(spread) = data::known(&case["spread"]) {
            roots += 1;
            let tolerance = 64.0 * f64::EPSILON * spread;
            assert_series(&format!("sqrt, {name}"), &case["sqrt"], tolerance, &Of(case, "sqrt"));
            assert_series(&format!("ln, {name}"), &case["ln"], tolerance, &Of(case, "ln"));
        }
    }
    assert_eq!(roots, 5);
}

/// Orders above those that the approximants match: exp(t) and ln(1 + t) of one by one.
#[test]
fn they_are_right_to_every_order() {
    let x = exp(&[[Taylor::<f64, 100>::variable(0.0)]]).unwrap()[0][0];
    let mut factorial = 1.0;
    for k in 1..=100_u32 {
        factorial *= f64::from(k);
        let (k, tolerance) = (k as usize, 16.0 * f64::from(k) * f64::EPSILON);
        assert!(
            (x.coefficient(k) * factorial - 1.0).abs() < tolerance,
            "{k}: {}",
            x.coefficient(k) * factorial
        );
    }
    let x = ln(&[[Taylor::<f64, 24>::variable(1.0)]]).unwrap()[0][0];
    for k in 1..=24 {
        let expected = if k % 2 == 0 { -1.0 } else { 1.0 };
        assert!(
            (x.coefficient(k) * f64::from(u8::try_from(k).unwrap()) - expected).abs() < 1e-11,
            "{k}: {}",
            x.coefficient(k)
        );
    }
    let x = sqrt(&[[Taylor::<f64, 24>::variable(1.0)]]).unwrap()[0][0];
    let expected = Taylor::<f64, 24>::variable(1.0).sqrt();
    for k in 0..=24 {
        assert!((x.coefficient(k) - expected.coefficient(k)).abs() < 1e-15, "{k}");
    }
}

#[test]
fn what_has_no_principal_root_is_an_error() {
    for a in [
        [[-1.0, 0.0], [0.0, 1.0]],
        [[0.0, 1.0], [0.0, 0.0]],
        [[0.0, 0.0], [0.0, 0.0]],
        [[-2.0, 1.0], [0.0, -2.0]],
    ] {
        assert_eq!(sqrt(&a).unwrap_err(), LinalgError::NotPrincipal, "{a:?}");
        assert_eq!(ln(&a).unwrap_err(), LinalgError::NotPrincipal, "{a:?}");
    }
    assert_eq!(
        exp(&[[1.0, f64::NAN], [0.0, 0.0]]).unwrap_err(),
        LinalgError::NotFinite { row: 0, column: 1 }
    );
    assert_eq!(exp(&[[1.0, 0.0], [0.0, 800.0]]).unwrap_err(), LinalgError::Overflow { column: 1 });
    assert_eq!(exp(&[[Dual::<f32, 1>::variable(0.0, 0)]]).unwrap()[0][0].eps, [1.0]);
    assert_eq!(exp::<f64, 0>(&[]), Ok([]));
}
