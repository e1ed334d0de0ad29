//! Solutions, inverses and determinants of general matrices.

use serde_json::Value;
use tangents::linalg::{self, LinalgError, rows};
use tangents::{Dual, Function, Number, Taylor, gradient};

use super::curves::{Algorithm, assert_order, assert_series, at, in_f32, tolerance};
use crate::data;

struct Solve<'a>(&'a Value);

impl Algorithm for Solve<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        rows::solve(&at(&self.0["a"], t), &at(&self.0["b"], t)).unwrap()
    }
}

struct Inverse<'a>(&'a Value);

impl Algorithm for Inverse<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        rows::inverse(&at(&self.0["a"], t)).unwrap()
    }
}

struct Determinant<'a>(&'a Value);

impl Algorithm for Determinant<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        vec![rows::determinant(&at(&self.0["a"], t)).unwrap()]
    }
}

struct LnDeterminant<'a>(&'a Value);

impl Algorithm for LnDeterminant<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        let det = rows::ln_determinant(&at(&self.0["a"], t)).unwrap();
        assert_eq!(det.sign, T::lit(data::number(&self.0["sign"])));
        vec![det.ln_abs]
    }
}

#[test]
fn solutions_and_determinants_are_those_of_the_references() {
    for case in data::list(&data::json("linalg/general.json")) {
        let (name, tolerance) = (data::string(&case["name"]), tolerance(case, 16.0, f64::EPSILON));
        assert_series(&format!("solve, {name}"), &case["solve"], tolerance, &Solve(case));
        assert_series(&format!("inverse, {name}"), &case["inverse"], tolerance, &Inverse(case));
        assert_series(&format!("determinant, {name}"), &case["determinant"], tolerance, &Determinant(case));
        assert_series(&format!("ln, {name}"), &case["ln_determinant"], tolerance, &LnDeterminant(case));
    }
}

#[test]
fn those_of_f32_too() {
    let mut cases = 0;
    for case in data::list(&data::json("linalg/general.json")) {
        if case["f32"] != true {
            continue;
        }
        cases += 1;
        let tolerance = tolerance(case, 16.0, f64::from(f32::EPSILON));
        let check = |what: &str, found: Vec<Vec<f64>>| {
            let expected = data::matrix(&case[what]);
            for (order, (found, expected)) in found.iter().zip(&expected).enumerate() {
                assert_order(&format!("{what}, {}", case["name"]), order, found, expected, tolerance);
            }
        };
        check("solve", in_f32(&Solve(case)));
        check("inverse", in_f32(&Inverse(case)));
        check("determinant", in_f32(&Determinant(case)));
        check("ln_determinant", in_f32(&LnDeterminant(case)));
    }
    assert_eq!(cases, 10);
}

#[test]
fn a_singular_matrix_has_a_determinant_with_derivatives() {
    for case in data::list(&data::json("linalg/singular.json")) {
        let expected = data::matrix(&case["determinant"]);
        let size = expected.iter().flatten().fold(0.0_f64, |size, x| size.max(x.abs()));
        for (number, found) in super::curves::on_every_number(&Determinant(case)) {
            for (order, (found, expected)) in found.iter().zip(&expected).enumerate() {
                let error = (found[0] - expected[0]).abs();
                // The determinant of a matrix that is singular in exact arithmetic is rounding.
                assert!(
                    error <= 1e-14 * size.max(1.0),
                    "{}, order {order} on {number}: {} for {}",
                    case["name"],
                    found[0],
                    expected[0]
                );
            }
        }
    }
}

#[test]
fn arrays_have_the_bits_of_slices() {
    type D = Dual<Dual<f64, 2>, 1>;
    let case = &data::json("linalg/general.json")[5];
    let t = D::new(Dual::new(0.0, [1.0, 0.5]), [Dual::new(2.0, [0.0, 1.0])]);
    let (a, b) = (at(&case["a"], t), at(&case["b"], t));
    let rows_of_a: [[D; 5]; 5] = core::array::from_fn(|i| core::array::from_fn(|j| a[5 * i + j]));
    let b_of_array: [D; 5] = b.clone().try_into().unwrap();
    let columns: [[D; 2]; 5] = core::array::from_fn(|i| [b[i], a[5 * i + 1]]);
    assert_identical(&linalg::solve(&rows_of_a, &b_of_array).unwrap(), &rows::solve(&a, &b).unwrap());
    let found = linalg::solve_columns(&rows_of_a, &columns).unwrap();
    assert_identical(found.as_flattened(), &rows::solve(&a, columns.as_flattened()).unwrap());
    assert_identical(&found.map(|row| row[0]), &rows::solve(&a, &b).unwrap());
    assert_identical(linalg::inverse(&rows_of_a).unwrap().as_flattened(), &rows::inverse(&a).unwrap());
    assert_identical(&[linalg::determinant(&rows_of_a)], &[rows::determinant(&a).unwrap()]);
    let (array, slice) = (linalg::ln_determinant(&rows_of_a).unwrap(), rows::ln_determinant(&a).unwrap());
    assert_identical(&[array.sign, array.ln_abs], &[slice.sign, slice.ln_abs]);
}

#[track_caller]
fn assert_identical(found: &[Dual<Dual<f64, 2>, 1>], expected: &[Dual<Dual<f64, 2>, 1>]) {
    let bits = |x: &[Dual<Dual<f64, 2>, 1>]| -> Vec<[u64; 6]> {
        let of = |x: &Dual<f64, 2>| [x.re, x.eps[0], x.eps[1]].map(f64::to_bits);
        x.iter().map(|x| [of(&x.re), of(&x.eps[0])].concat().try_into().unwrap()).collect()
    };
    assert_eq!(bits(found), bits(expected));
}

/// Blocks of columns and rows of every length: L·U is A again.
#[test]
fn large_matrices_are_solved() {
    for n in [31, 32, 33, 97, 150] {
        let entry = |i: usize, j: usize| {
            f64::from(u8::try_from((i * 37 + j * 91 + i * j * 13) % 101).unwrap()) / 101.0 - 0.3
        };
        let a: Vec<Dual<f64, 1>> = (0..n * n)
            .map(|k| {
                Dual::new(
                    entry(k / n, k % n) + if k % (n + 1) == 0 { 3.0 } else { 0.0 },
                    [entry(k % n, k / n)],
                )
            })
            .collect();
        let x: Vec<Dual<f64, 1>> = (0..2 * n).map(|k| Dual::new(entry(k, 3), [entry(5, k)])).collect();
        let mut b = vec![Dual::constant(0.0); 2 * n];
        linalg::matmul_into(&a, &x, &mut b, n).unwrap();
        let found = rows::solve(&a, &b).unwrap();
        for (found, x) in found.iter().zip(&x) {
            assert!(
                (found.re - x.re).abs() < 1e-11 && (found.eps[0] - x.eps[0]).abs() < 1e-10,
                "{n}: {found} for {x}"
            );
        }
        let one: Vec<_> = b.iter().step_by(2).copied().collect();
        for (found, x) in rows::solve(&a, &one).unwrap().iter().zip(found.iter().step_by(2)) {
            assert_eq!(
                (found.re.to_bits(), found.eps[0].to_bits()),
                (x.re.to_bits(), x.eps[0].to_bits()),
                "{n}"
            );
        }
    }
}

#[test]
fn a_matrix_that_cannot_be_solved_is_an_error() {
    let singular = [[0.0, 1.0], [0.0, 2.0]];
    assert_eq!(linalg::solve(&singular, &[1.0, 2.0]), Err(LinalgError::Singular { column: 0 }));
    assert_eq!(linalg::inverse(&[[1.0, 1.0], [1.0, 1.0]]), Err(LinalgError::Singular { column: 1 }));
    // Its derivatives don't make it regular.
    let moving =
        [[Dual::new(1.0, [1.0]), Dual::new(2.0, [0.0])], [Dual::new(2.0, [0.0]), Dual::new(4.0, [0.0])]];
    assert_eq!(linalg::inverse(&moving).unwrap_err(), LinalgError::Singular { column: 1 });
    assert_eq!(linalg::ln_determinant(&moving).unwrap_err(), LinalgError::Singular { column: 1 });
    let error = linalg::solve(&[[1.0, f64::NAN], [1.0, 1.0]], &[1.0, 1.0]).unwrap_err();
    assert_eq!(error, LinalgError::NotFinite { row: 0, column: 1 });
    let huge = [[1e300, 1e-300], [-1e300, 1.0]];
    assert!(linalg::solve(&huge, &[1.0, 1.0]).is_ok());
    let error = linalg::inverse(&[[1e-300, 1e300], [1e-300, -1.7e308]]).map(|_| ());
    assert_eq!(error, Ok(()));
    let error = linalg::inverse(&[[1.0, 1.7e308], [-1.0, 1.7e308]]).unwrap_err();
    assert_eq!(error, LinalgError::Overflow { column: 1 });
    assert!(linalg::determinant(&[[1.0, f64::INFINITY], [0.0, 1.0]]).is_nan());
    assert!(matches!(rows::solve(&[1.0; 5], &[1.0; 2]), Err(LinalgError::Length(_))));
    assert!(matches!(rows::solve(&[1.0; 4], &[1.0; 3]), Err(LinalgError::Length(_))));
    assert_eq!(rows::solve::<f64>(&[], &[]), Ok(vec![]));
    assert_eq!(linalg::determinant::<f64, 0>(&[]), 1.0);
    for error in [LinalgError::Singular { column: 7 }, LinalgError::Overflow { column: 7 }] {
        assert!(error.to_string().contains("column 7"));
    }
}

/// Elimination in dual numbers, as in nalgebra's determinant, leaves out a column of zeros, also if it has derivatives.
#[test]
fn a_determinant_sees_the_derivatives_of_a_column_of_zeros() {
    let of = |x: &[Dual<f64, 1>]| {
        let mut a = [[0.0, 1.0, 2.0, 0.5], [0.0, 3.0, 1.0, 0.0], [0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 2.0, 4.0]]
            .map(|row| row.map(Dual::constant));
        a[0][0] = x[0];
        linalg::determinant(&a)
    };
    // The minor: 3·(4 − 2) − 1·(4 − 0) = 2.
    assert_eq!(gradient(of, &[0.0]), [2.0]);
}

/// What a slope doesn't know of a series is NaN, and stays so without spoiling what it knows.
#[test]
fn unknown_coefficients_stay_where_they_are() {
    let known = Taylor::new(2.0, [1.0, f64::NAN]);
    let x = linalg::solve(
        &[[known, Taylor::constant(0.0)], [Taylor::constant(1.0), Taylor::constant(1.0)]],
        &[Taylor::constant(1.0), Taylor::constant(0.0)],
    )
    .unwrap();
    assert_eq!((x[0].re, x[0].coefficients[0]), (0.5, -0.25));
    assert!(x[0].coefficients[1].is_nan());
    assert_eq!((x[1].re, x[1].coefficients[0]), (-0.5, 0.25));
}

/// x₀ + …, in a matrix with three diagonals: the solution by this crate's own factors, or by a plain solver.
struct Chain {
    by_plain_solver: bool,
}

impl Function for Chain {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        let n = x.len();
        let entry = |i: usize, j: usize| match i.abs_diff(j) {
            0 => x[i] + T::lit(4.0),
            1 => x[i.min(j)].sin(),
            _ => T::zero(),
        };
        let a: Vec<T> = (0..n * n).map(|k| entry(k / n, k % n)).collect();
        let b: Vec<T> = x.iter().map(|&x| x * x).collect();
        if !self.by_plain_solver {
            return rows::solve(&a, &b).unwrap();
        }
        linalg::solve_by(&a, &b, |a| {
            let a = a.clone();
            Ok::<_, LinalgError>(move |b: &mut [f64]| b.copy_from_slice(&rows::solve(&a, b).unwrap()))
        })
        .unwrap()
    }
}

/// The drivers of function values run them on numbers whose lanes may be absent, and find where entries are.
#[test]
fn a_plain_solver_serves_the_numbers_that_users_do_not_name() {
    for n in [3, 40] {
        let x: Vec<f64> = (0..n).map(|i| f64::from(i) / 10.0).collect();
        let (by_plain, own) = (Chain { by_plain_solver: true }, Chain { by_plain_solver: false });
        for (row, expected) in by_plain.jacobian(&x).iter().zip(own.jacobian(&x)) {
            for (found, expected) in row.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-13, "{found} for {expected}");
            }
        }
        let pattern = by_plain.jacobian_pattern(&x).unwrap();
        assert_eq!(pattern.nnz(), x.len() * x.len(), "every unknown depends on every entry");
    }
    let none = |_: &Vec<f64>| Ok::<_, LinalgError>(|_: &mut [f64]| ());
    let error = linalg::solve_by(&vec![1.0, 2.0, f64::NAN, 1.0], &[1.0, 1.0], none).unwrap_err();
    assert_eq!(error, LinalgError::NotFinite { row: 1, column: 0 });
    assert!(matches!(linalg::solve_by(&vec![1.0; 5], &[1.0, 1.0], none), Err(LinalgError::Length(_))));
    assert!(matches!(linalg::solve_by(&vec![1.0; 4], &[1.0; 3], none), Err(LinalgError::Length(_))));
    assert_eq!(linalg::solve_by(&vec![], &[], none), Ok(Vec::<f64>::new()));
}
