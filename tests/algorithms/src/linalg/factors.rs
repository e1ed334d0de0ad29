//! LU, Cholesky, `LDLᵀ` and QR factors, least squares and pseudo-inverses.

use serde_json::Value;
use tangents::linalg::{self, LinalgError, rows};
use tangents::{Dual, Number, Taylor};

use super::curves::{Algorithm, assert_order, assert_series, at, in_f32, tolerance};
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
    LeastSquaresOfRank(|a, case, t| {
        rows::least_squares_of_rank(a, &at(&case["b"], t), data::count(&case["n"]), data::count(&case["rank"])).unwrap()
    });
    PseudoInverseOfRank(|a, case, t| {
        rows::pseudo_inverse_of_rank(a, data::count(&case["n"]), data::count(&case["rank"])).unwrap()
    });
    PseudoInverse(|a, case, t| rows::pseudo_inverse(a, data::count(&case["n"])).unwrap());
    PseudoInverseOfTransposed(|a, case, t| {
        let (m, n) = (data::count(&case["m"]), data::count(&case["n"]));
        let transposed: Vec<T> = (0..m * n).map(|k| a[k % m * n + k / m]).collect();
        let x = rows::pseudo_inverse(&transposed, m).unwrap();
        (0..m * n).map(|k| x[k % m * n + k / m]).collect()
    });
}

/// A rank that is stated, and stays: U(t)·V(t).
#[test]
fn pseudo_inverses_of_a_stated_rank() {
    let cases = data::json("linalg/deficient.json");
    for case in data::list(&cases) {
        let name = data::string(&case["name"]);
        let tolerance = |epsilon: f64| tolerance(case, 64.0, epsilon);
        let in_f64 = tolerance(f64::EPSILON);
        assert_series(name, &case["least_squares"], in_f64, &Of(case, LeastSquaresOfRank));
        assert_series(name, &case["pseudo_inverse"], in_f64, &Of(case, PseudoInverseOfRank));
        if case["f32"] == false {
            let a = at::<f32>(&case["a"], 0.0);
            let found = rows::pseudo_inverse_of_rank(&a, data::count(&case["n"]), data::count(&case["rank"]));
            assert!(matches!(found, Err(LinalgError::Deficient { .. })), "{name} in f32: {found:?}");
            continue;
        }
        for (what, found) in [
            ("least_squares", in_f32(&Of(case, LeastSquaresOfRank))),
            ("pseudo_inverse", in_f32(&Of(case, PseudoInverseOfRank))),
        ] {
            for (order, (found, expected)) in found.iter().zip(&data::matrix(&case[what])).enumerate() {
                let tolerance = tolerance(f64::from(f32::EPSILON));
                assert_order(&format!("{what}, {name}, in f32"), order, found, expected, tolerance);
            }
        }
    }
    assert_eq!(data::list(&cases).len(), 9);
}

/// Where the rank doesn't stay there is no derivative, in any order.
#[test]
fn a_rank_that_does_not_stay_is_an_error() {
    type T = Taylor<f64, 3>;
    let line = |coefficients: [f64; 3]| {
        let a = [[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 1.0, 1.0]].map(|row| row.map(T::constant));
        let mut moved = a;
        moved[1][2] = T::new(6.0, coefficients);
        (
            rows::pseudo_inverse_of_rank(a.as_flattened(), 3, 2),
            rows::pseudo_inverse_of_rank(moved.as_flattened(), 3, 2),
        )
    };
    for k in 0..3 {
        let (rests, moves) = line(core::array::from_fn(|i| if i == k { 1e-3 } else { 0.0 }));
        assert!(rests.is_ok_and(|x| x.iter().all(|x| x.coefficients == [0.0; 3])));
        assert!(matches!(moves, Err(LinalgError::HigherRank { .. })), "order {}: {moves:?}", k + 1);
    }
    // One direction that keeps it beside one that doesn't.
    let of = |x: [f64; 2]| Dual::new(1.0, x);
    let a = [of([1.0, 1.0]), of([1.0, 0.0]), of([1.0, 0.0]), of([1.0, 0.0])];
    assert!(matches!(rows::pseudo_inverse_of_rank(&a, 2, 1), Err(LinalgError::HigherRank { .. })));
    let a = a.map(|x| Dual::new(x.re, [x.eps[0]]));
    let found = rows::pseudo_inverse_of_rank(&a, 2, 1).unwrap();
    assert!(found.iter().all(|x| (x.re - 0.25).abs() < 1e-15 && (x.eps[0] + 0.25).abs() < 1e-15));

    let a = [1.0, 2.0, 2.0, 4.0 + 1e-9];
    assert_eq!(rows::pseudo_inverse_of_rank(&a, 2, 1), Err(LinalgError::HigherRank { column: 0 }));
    assert!(rows::pseudo_inverse_of_rank(&a, 2, 2).is_ok());
    assert_eq!(
        rows::pseudo_inverse_of_rank(&[1.0, 2.0, 2.0, 4.0], 2, 2),
        Err(LinalgError::Deficient { column: 0 })
    );
    assert!(matches!(rows::pseudo_inverse_of_rank(&[1.0, 2.0], 2, 2), Err(LinalgError::Length(_))));
    assert_eq!(rows::pseudo_inverse_of_rank(&[0.0; 6], 2, 0), Ok(vec![0.0; 6]));
    assert_eq!(rows::pseudo_inverse_of_rank(&[0.0, 1.0], 2, 0), Err(LinalgError::HigherRank { column: 1 }));
    let moving = [Dual::<f64, 1>::variable(0.0, 0)];
    assert_eq!(rows::pseudo_inverse_of_rank(&moving, 1, 0), Err(LinalgError::HigherRank { column: 0 }));
    let error = rows::least_squares_of_rank(&[1.0, f64::NAN], &[1.0, 1.0], 1, 1);
    assert_eq!(error, Err(LinalgError::NotFinite { row: 1, column: 0 }));
}

/// Of full rank they are those that need no rank, also of a badly conditioned matrix.
#[test]
fn full_rank_may_be_stated_too() {
    for case in data::list(&data::json("linalg/tall.json")) {
        let (m, n) = (data::count(&case["m"]), data::count(&case["n"]));
        let (a, b) = (at(&case["a"], Taylor::<f64, 2>::variable(0.0)), at(&case["b"], Taylor::variable(0.0)));
        let found = rows::least_squares_of_rank(&a, &b, n, n).unwrap();
        let expected = rows::least_squares(&a, &b, n).unwrap();
        let wide: Vec<_> = (0..m * n).map(|k| a[k % m * n + k / m]).collect();
        let x = rows::pseudo_inverse_of_rank(&wide, m, n).unwrap();
        let transposed = rows::pseudo_inverse(&wide, m).unwrap();
        let condition = data::number(&case["condition"]);
        for order in 0..3 {
            let of = |x: &[Taylor<f64, 2>]| x.iter().map(|x| x.coefficient(order)).collect::<Vec<_>>();
            let name = data::string(&case["name"]);
            let tolerance = 64.0 * f64::EPSILON * condition.powi(2);
            assert_order(name, order, &of(&found), &of(&expected), tolerance);
            assert_order(name, order, &of(&x), &of(&transposed), tolerance);
        }
    }
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
