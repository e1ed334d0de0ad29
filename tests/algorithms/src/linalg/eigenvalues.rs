//! Eigenvalues and eigenvectors of general matrices, against references with 50 digits; and functions of `nalgebra`'s matrices.

use ::nalgebra::{Complex, DMatrix, DVector, Matrix2, Matrix3, Matrix4};
use serde_json::Value;
use tangents::interop::nalgebra::linalg::{self, eigen, eigenvalues};
use tangents::linalg::{LinalgError, rows};
use tangents::{Dual, Number, Real, Taylor, gradient};

use super::curves::{Algorithm, assert_order, assert_series, at, in_f32, tolerance};
use crate::data;

struct Eigenvalues<'a>(&'a Value);

impl Algorithm for Eigenvalues<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        let n = data::count(&self.0["n"]);
        let found = eigenvalues(&DMatrix::from_row_slice(n, n, &at(&self.0["a"], t))).unwrap();
        found.iter().map(|x| x.re).chain(found.iter().map(|x| x.im)).collect()
    }
}

struct Eigenvectors<'a>(&'a Value);

impl Algorithm for Eigenvectors<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        let n = data::count(&self.0["n"]);
        let a = DMatrix::from_row_slice(n, n, &at(&self.0["a"], t));
        let pairs = eigen(&a).unwrap();
        let bits = |x: &DVector<Complex<T>>| format!("{x:?}");
        assert_eq!(bits(&pairs.values), bits(&eigenvalues(&a).unwrap()), "the values beside vectors");
        let v = pairs.vectors.transpose();
        v.iter().map(|x| x.re).chain(v.iter().map(|x| x.im)).collect()
    }
}

#[test]
fn eigenvalues_and_eigenvectors_are_those_of_the_references() {
    let cases = data::json("linalg/eigenvalues.json");
    for case in data::list(&cases) {
        let name = data::string(&case["name"]);
        let in_f64_of = tolerance(case, 64.0, f64::EPSILON);
        let in_f32_of = tolerance(case, 64.0, f64::from(f32::EPSILON));
        assert_series(name, &case["values"], in_f64_of, &Eigenvalues(case));
        assert_series(&format!("vectors, {name}"), &case["vectors"], in_f64_of, &Eigenvectors(case));
        if case["f32"] == false {
            let n = data::count(&case["n"]);
            let a = DMatrix::from_row_slice(n, n, &at(&case["a"], Dual::<f32, 1>::variable(0.0, 0)));
            assert!(matches!(eigen(&a), Err(LinalgError::EqualEigenvalues { .. })), "{name} in f32");
            continue;
        }
        for (what, found) in
            [("values", in_f32(&Eigenvalues(case))), ("vectors", in_f32(&Eigenvectors(case)))]
        {
            for (order, (found, expected)) in found.iter().zip(&data::matrix(&case[what])).enumerate() {
                assert_order(&format!("{what}, {name}, in f32"), order, found, expected, in_f32_of);
            }
        }
    }
    assert_eq!(data::list(&cases).len(), 7);
}

/// The equations hold on numbers: A·V = V·Λ, |v| = 1, and the largest component is real and positive, in each order.
#[test]
fn large_general_matrices_have_eigenvectors() {
    type T = Taylor<f64, 2>;
    let entry = |i: usize, j: usize, k: usize| {
        f64::from(u8::try_from((i * 37 + j * 91 + i * j * 13 + k * 7) % 101).unwrap()) / 101.0 - 0.3
    };
    for n in [9, 20] {
        let a = DMatrix::from_fn(n, n, |i, j| T::new(entry(i, j, 0), [entry(i, j, 1), entry(i, j, 2)]));
        let pairs = eigen(&a).unwrap();
        assert!(pairs.values.iter().any(|x| x.im.re != 0.0), "complex ones too");
        let coefficients = |x: T| (0..3).map(move |k| x.coefficient(k));
        let size = |k: usize| {
            let parts = pairs.vectors.iter().flat_map(|x| [x.re, x.im]);
            parts.fold(1.0, |s: f64, x| s.max(x.coefficient(k).abs()))
        };
        for (v, lambda) in pairs.vectors.column_iter().zip(&pairs.values) {
            let moved = a.map(|a| Complex::new(a, T::constant(0.0))) * v;
            for (moved, v) in moved.iter().zip(v.iter()) {
                let rest = moved - v * lambda;
                for x in [rest.re, rest.im] {
                    for (k, x) in coefficients(x).enumerate() {
                        assert!(x.abs() < 1e-11 * size(k) * size(k), "{n}, order {k}: {x}");
                    }
                }
            }
            let length = T::sum(v.iter().map(|x| x.re * x.re + x.im * x.im)) - 1.0;
            let largest =
                v.iter().max_by(|x, y| x.re.hypot(x.im).re.total_cmp(&y.re.hypot(y.im).re)).unwrap();
            for (k, x) in coefficients(length).enumerate() {
                assert!(x.abs() < 1e-12 * size(k) * size(k), "{n}, order {k}: {x}");
            }
            assert!(largest.re.re > 0.0 && coefficients(largest.im).all(|x| x == 0.0));
        }
    }
}

/// A matrix doesn't determine the eigenvectors of equal eigenvalues; the eigenvalues it does.
#[test]
fn eigenvectors_of_equal_eigenvalues_are_refused() {
    let equal = LinalgError::EqualEigenvalues { first: 0, second: 1 };
    assert_eq!(eigen(&Matrix2::new(1.0, 0.0, 0.0, 1.0)).unwrap_err(), equal);
    assert_eq!(eigen(&Matrix2::new(1.0, 1.0, 0.0, 1.0)).unwrap_err(), equal);
    assert_eq!(eigen(&Matrix2::new(1.0_f32, 0.0, 0.0, 1.0)).unwrap_err(), equal);
    assert!(eigenvalues(&Matrix2::new(1.0, 0.0, 0.0, 1.0)).is_ok());
    let x = Dual::<f64, 1>::variable(0.0, 0);
    let c = Dual::<f64, 1>::constant;
    // The pair ±i twice.
    let a = Matrix4::from_fn(|i, j| match (i, j) {
        (0, 1) | (2, 3) => c(1.0),
        (1, 0) | (3, 2) => c(-1.0),
        (0, 3) => x,
        _ => c(0.0),
    });
    assert_eq!(eigen(&a).unwrap_err(), equal);
    let empty = eigen(&DMatrix::<f64>::zeros(0, 0)).unwrap();
    assert_eq!((empty.values.len(), empty.vectors.len()), (0, 0));
    let one = eigen(&DMatrix::from_element(1, 1, Dual::<f64, 1>::new(-2.0, [3.0]))).unwrap();
    assert_eq!((one.values[0].re.eps, one.vectors[0].re.re, one.vectors[0].re.eps), ([3.0], 1.0, [0.0]));
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
