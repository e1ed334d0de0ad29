//! LU, Cholesky, `LDLᵀ` and QR factors, least squares and pseudo-inverses.

use serde_json::Value;
use tangents::linalg::{self, LinalgError, rows};
use tangents::{Dual, Number};

use super::curves::{Algorithm, assert_series, at};
use crate::data;

/// An algorithm at the matrix of a case.
struct Of<'a, F>(&'a Value, F);

trait Function {
    fn call<T: Number>(&self, a: &[T], case: &Value, t: T) -> Vec<T>;
}

impl<F: Function> Algorithm for Of<'_, F> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        self.1.call(&at(&self.0["a"], t), self.0, t)
    }
}

macro_rules! functions {
    ($($Name:ident(|$a:ident, $case:ident, $t:ident| $result:expr);)*) => {$(
        #[derive(Clone, Copy)]
        struct $Name;

        impl Function for $Name {
            #[allow(unused_variables)]
            fn call<T: Number>(&self, $a: &[T], $case: &Value, $t: T) -> Vec<T> {
                $result
            }
        }
    )*};
}

functions! {
    Lower(|a, case, t| {
        let factors = rows::lu(a).unwrap();
        assert_eq!(factors.rows, data::list(&case["rows"]).iter().map(data::count).collect::<Vec<_>>());
        factors.lower
    });
    Upper(|a, case, t| rows::lu(a).unwrap().upper);
    Cholesky(|a, case, t| rows::cholesky(a).unwrap());
    Ldl(|a, case, t| {
        let factors = rows::ldl(a).unwrap();
        [factors.lower, factors.diagonal].concat()
    });
    SolvePositive(|a, case, t| rows::solve_positive(a, &at(&case["b"], t)).unwrap());
    Q(|a, case, t| rows::qr(a, data::count(&case["n"])).unwrap().q);
    R(|a, case, t| rows::qr(a, data::count(&case["n"])).unwrap().r);
    LeastSquares(|a, case, t| rows::least_squares(a, &at(&case["b"], t), data::count(&case["n"])).unwrap());
    PseudoInverse(|a, case, t| rows::pseudo_inverse(a, data::count(&case["n"])).unwrap());
    PseudoInverseOfTransposed(|a, case, t| {
        let (m, n) = (data::count(&case["m"]), data::count(&case["n"]));
        let transposed: Vec<T> = (0..m * n).map(|k| a[k % m * n + k / m]).collect();
        let x = rows::pseudo_inverse(&transposed, m).unwrap();
        (0..m * n).map(|k| x[k % m * n + k / m]).collect()
    });
}

/// Each order of a factor has grown by the condition number, and by once more the value's rounding errors are larger.
fn check(group: &str, what: &str, f: impl Function + Copy, power: i32) {
    for case in data::list(&data::json(&format!("linalg/{group}.json"))) {
        let tolerance = 32.0 * f64::EPSILON * data::number(&case["condition"]).powi(power);
        assert_series(
            &format!("{what}, {}", data::string(&case["name"])),
            &case[what],
            tolerance,
            &Of(case, f),
        );
    }
}

#[test]
fn lu_factors() {
    check("lu", "lower", Lower, 1);
    check("lu", "upper", Upper, 1);
}

#[test]
fn cholesky_factors_and_those_without_roots() {
    check("positive", "cholesky", Cholesky, 1);
    check("positive", "ldl", Ldl, 1);
    check("positive", "solve", SolvePositive, 1);
}

#[test]
fn qr_factors() {
    check("tall", "q", Q, 1);
    check("tall", "r", R, 1);
}

#[test]
fn least_squares_and_pseudo_inverses() {
    check("tall", "least_squares", LeastSquares, 1);
    check("tall", "pseudo_inverse", PseudoInverse, 1);
    check("tall", "pseudo_inverse", PseudoInverseOfTransposed, 1);
}

#[test]
fn arrays_are_the_same() {
    let x = |re: f64, eps: f64| Dual::new(re, [eps]);
    let bits =
        |x: &[Dual<f64, 1>]| x.iter().map(|x| [x.re.to_bits(), x.eps[0].to_bits()]).collect::<Vec<_>>();
    let a = [[x(4.0, 1.0), x(1.0, 2.0)], [x(1.0, 0.5), x(3.0, 0.25)]];
    let (flat, b) = (a.as_flattened(), [x(1.0, 0.0), x(2.0, 1.0)]);
    assert_eq!(bits(linalg::cholesky(&a).unwrap().as_flattened()), bits(&rows::cholesky(flat).unwrap()));
    assert_eq!(
        bits(&linalg::solve_positive(&a, &b).unwrap()),
        bits(&rows::solve_positive(flat, &b).unwrap())
    );
    let (array, slice) = (linalg::lu(&a).unwrap(), rows::lu(flat).unwrap());
    assert_eq!(bits(array.lower.as_flattened()), bits(&slice.lower));
    assert_eq!(bits(array.upper.as_flattened()), bits(&slice.upper));
    let (array, slice) = (linalg::ldl(&a).unwrap(), rows::ldl(flat).unwrap());
    assert_eq!(bits(array.lower.as_flattened()), bits(&slice.lower));
    assert_eq!(bits(&array.diagonal), bits(&slice.diagonal));
    let tall = [a[0], a[1], [x(2.0, -1.0), x(-1.0, 3.0)]];
    let b = [b[0], b[1], x(0.0, 1.0)];
    let (array, slice) = (linalg::qr(&tall).unwrap(), rows::qr(tall.as_flattened(), 2).unwrap());
    assert_eq!(bits(array.q.as_flattened()), bits(&slice.q));
    assert_eq!(bits(array.r.as_flattened()), bits(&slice.r));
    let (array, slice) = (linalg::least_squares(&tall, &b), rows::least_squares(tall.as_flattened(), &b, 2));
    assert_eq!(bits(&array.unwrap()), bits(&slice.unwrap()));
    let (array, slice) = (linalg::pseudo_inverse(&tall), rows::pseudo_inverse(tall.as_flattened(), 2));
    assert_eq!(bits(array.unwrap().as_flattened()), bits(&slice.unwrap()));
}

#[test]
fn what_has_no_factors_is_an_error() {
    let indefinite = [[1.0, 2.0], [2.0, 1.0]];
    assert_eq!(linalg::cholesky(&indefinite), Err(LinalgError::NotPositive { column: 1 }));
    assert_eq!(linalg::solve_positive(&indefinite, &[0.0; 2]), Err(LinalgError::NotPositive { column: 1 }));
    assert_eq!(linalg::cholesky(&[[0.0]]), Err(LinalgError::NotPositive { column: 0 }));
    let asymmetric = LinalgError::Asymmetric { row: 0, column: 1 };
    assert_eq!(linalg::cholesky(&[[2.0, 1.0], [0.5, 2.0]]), Err(asymmetric));
    assert!(linalg::cholesky(&[[2.0, 1.0], [1.0 + 1e-15, 2.0]]).is_ok());
    assert_eq!(linalg::ldl(&[[0.0, 1.0], [1.0, 0.0]]), Err(LinalgError::Singular { column: 0 }));
    assert_eq!(linalg::lu(&[[0.0, 1.0], [0.0, 1.0]]), Err(LinalgError::Singular { column: 0 }));
    let not_finite = LinalgError::NotFinite { row: 1, column: 0 };
    assert_eq!(linalg::lu(&[[1.0, 1.0], [f64::INFINITY, 1.0]]), Err(not_finite));
    assert_eq!(linalg::cholesky(&[[1.0, 1.0], [f64::NAN, 1.0]]), Err(not_finite));

    // In exact arithmetic, and in decimals that are rounded.
    let deficient = Err(LinalgError::Deficient { column: 2 });
    let a = [[1.0, 2.0, 3.0], [4.0, 5.0, 9.0], [7.0, 8.0, 15.0], [1.0, 0.0, 1.0]];
    assert_eq!(linalg::qr(&a).map(|_| ()), deficient);
    assert_eq!(linalg::qr(&a.map(|row| row.map(|x| x / 10.0))).map(|_| ()), deficient);
    assert_eq!(linalg::least_squares(&a, &[1.0; 4]).map(|_| ()), deficient);
    assert_eq!(linalg::pseudo_inverse(&a).map(|_| ()), deficient);
    assert_eq!(linalg::pseudo_inverse(&[[0.0, 0.0]]), Err(LinalgError::Deficient { column: 0 }));
    // Columns of very different sizes aren't dependent.
    assert!(linalg::qr(&[[1.0, 1e-200], [1.0, -1e-200]]).is_ok());
    assert!(matches!(linalg::qr(&[[1.0, 2.0]]), Err(LinalgError::Length(_))));
    assert!(matches!(rows::qr(&[1.0; 5], 2), Err(LinalgError::Length(_))));
    assert!(matches!(rows::least_squares(&[1.0; 4], &[1.0; 3], 1), Err(LinalgError::Length(_))));
}
