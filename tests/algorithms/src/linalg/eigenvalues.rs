//! Eigenvalues of general matrices, against references with 50 digits; and functions of `nalgebra`'s matrices.

use ::nalgebra::{DMatrix, Matrix2, Matrix3};
use serde_json::Value;
use tangents::interop::nalgebra::linalg::{self, eigenvalues};
use tangents::linalg::{LinalgError, rows};
use tangents::{Dual, Number, Taylor, gradient};

use super::curves::{Algorithm, assert_order, assert_series, at, in_f32};
use crate::data;

struct Eigenvalues<'a>(&'a Value);

impl Algorithm for Eigenvalues<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        let n = data::count(&self.0["n"]);
        let found = eigenvalues(&DMatrix::from_row_slice(n, n, &at(&self.0["a"], t))).unwrap();
        found.iter().map(|x| x.re).chain(found.iter().map(|x| x.im)).collect()
    }
}

#[test]
fn eigenvalues_are_those_of_the_references() {
    let cases = data::json("linalg/eigenvalues.json");
    for case in data::list(&cases) {
        let tolerance = 64.0 * f64::EPSILON * data::number(&case["condition"]);
        assert_series(data::string(&case["name"]), &case["values"], tolerance, &Eigenvalues(case));
        let expected = data::matrix(&case["values"]);
        for (order, (found, expected)) in in_f32(&Eigenvalues(case)).iter().zip(&expected).enumerate() {
            let tolerance = 64.0 * f64::from(f32::EPSILON) * data::number(&case["condition"]);
            assert_order(data::string(&case["name"]), order, found, expected, tolerance);
        }
    }
    assert_eq!(data::list(&cases).len(), 4);
}

/// `nalgebra`'s own leave out the derivatives below the diagonal of a triangular matrix.
#[test]
fn a_triangular_matrix_has_derivatives_below_its_diagonal() {
    let x = Dual::<f64, 1>::variable(0.0, 0);
    let c = Dual::<f64, 1>::constant;
    let a = Matrix3::new(c(1.0), c(2.0), c(3.0), x, c(5.0), c(5.0), c(0.0), c(0.0), c(-2.0));
    // (λ − 1)·(λ − 5) = 2x
    let found = eigenvalues(&a).unwrap();
    assert!((found[1].re.eps[0] + 0.5).abs() < 1e-15 && (found[2].re.eps[0] - 0.5).abs() < 1e-15);
    assert!(a.eigenvalues().unwrap().iter().all(|x| x.eps[0] == 0.0));
}

#[test]
fn equal_eigenvalues_are_refused() {
    let x = Dual::<f64, 1>::variable(0.0, 0);
    let c = Dual::<f64, 1>::constant;
    let jordan = Matrix2::new(c(1.0), c(1.0), x, c(1.0));
    let equal = LinalgError::EqualEigenvalues { first: 0, second: 1 };
    assert_eq!(eigenvalues(&jordan).unwrap_err(), equal);
    let found = eigenvalues(&jordan.map(|x| c(x.re))).unwrap();
    assert!(found.iter().all(|x| (x.re.re - 1.0).abs() < 1e-7 && x.re.eps[0] == 0.0));
    // One that is equal to none has its own, if nobody asks for the others: here they are asked for.
    let a = Matrix3::new(c(2.0), c(0.0), c(0.0), c(0.0), c(2.0), x, c(0.0), c(0.0), c(1.0));
    assert_eq!(eigenvalues(&a).unwrap_err(), LinalgError::EqualEigenvalues { first: 1, second: 2 });
    assert!(matches!(eigenvalues(&DMatrix::<f64>::zeros(2, 3)), Err(LinalgError::Length(_))));
    let error = eigenvalues(&Matrix2::new(1.0, f64::NAN, 0.0, 1.0)).unwrap_err();
    assert_eq!(error, LinalgError::NotFinite { row: 0, column: 1 });
    assert_eq!(eigenvalues(&DMatrix::<f64>::zeros(0, 0)).unwrap().len(), 0);
}

#[test]
fn functions_have_the_bits_of_slices() {
    type T = Taylor<f64, 2>;
    let a = Matrix2::new(3.0, 1.0, -1.0, 2.0).map(|x| T::new(x, [x * x, 0.5]));
    let slice = a.transpose().as_slice().to_vec();
    let bits = |x: &[T]| {
        x.iter().map(|x| [x.re, x.coefficients[0], x.coefficients[1]].map(f64::to_bits)).collect::<Vec<_>>()
    };
    let by_row = |x: Matrix2<T>| bits(x.transpose().as_slice());
    assert_eq!(by_row(linalg::exp(&a).unwrap()), bits(&rows::exp(&slice).unwrap()));
    assert_eq!(by_row(linalg::sqrt(&a).unwrap()), bits(&rows::sqrt(&slice).unwrap()));
    assert_eq!(by_row(linalg::ln(&a).unwrap()), bits(&rows::ln(&slice).unwrap()));
    let norm = |x: &Matrix2<_>| linalg::norm(x);
    assert_eq!(gradient(norm, &Matrix2::new(0.0, 0.0, 0.0, 0.0)), Matrix2::zeros());
    assert_eq!(gradient(norm, &Matrix2::new(0.0, -2.0, 0.0, 0.0)), Matrix2::new(0.0, -1.0, 0.0, 0.0));
}

/// The companion matrix of (x − 1)ᵏ, of which every entry of the first row moves.
#[test]
fn a_root_of_any_multiplicity_is_refused() {
    let companion = |first: &[f64]| {
        let n = first.len();
        DMatrix::from_fn(n, n, |i, j| match i {
            0 => Dual::<f64, 1>::new(first[j], [1.0]),
            _ => Dual::constant(if i == j + 1 { 1.0 } else { 0.0 }),
        })
    };
    for first in
        [&[2.0, -1.0][..], &[3.0, -3.0, 1.0], &[4.0, -6.0, 4.0, -1.0], &[5.0, -10.0, 10.0, -5.0, 1.0]]
    {
        let found = eigenvalues(&companion(first));
        assert!(matches!(found, Err(LinalgError::EqualEigenvalues { .. })), "{found:?}");
    }
    // (x − 1)(x − 1.1)(x − 1.2): the derivative of a root r in the first row is (r² + r + 1)/p′(r).
    let found = eigenvalues(&companion(&[3.3, -3.62, 1.32])).unwrap();
    for (root, slope) in found.iter().zip([0.02, -0.01, 0.02]) {
        let r = root.re.re;
        let expected = (r * r + r + 1.0) / slope;
        assert!((root.re.eps[0] - expected).abs() < 1e-8 * expected.abs(), "{root:?} {expected}");
    }
}
