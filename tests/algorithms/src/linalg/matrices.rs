//! Linear algebra on `nalgebra`'s matrices: the bits of `tangents::linalg`, shapes that don't fit, and `nalgebra`'s own algorithms
//! on numbers where these are right.

use ::nalgebra::{DMatrix, DVector, Matrix3, Matrix3x2, SMatrix, Vector3};
use tangents::interop::nalgebra::linalg;
use tangents::linalg::{LinalgError, rows};
use tangents::{Dual, Taylor};

type D = Dual<f64, 2>;

fn entry(i: usize, j: usize) -> D {
    let of =
        |a: usize, b: usize| f64::from(u8::try_from((i * a + j * b + 3 * i * j) % 11).unwrap()) / 4.0 - 1.0;
    D::new(of(3, 5), [of(2, 7), of(9, 1)])
}

fn bits(x: &D) -> [u64; 3] {
    [x.re, x.eps[0], x.eps[1]].map(f64::to_bits)
}

fn by_row<const R: usize, const C: usize>(m: &SMatrix<D, R, C>) -> Vec<D> {
    m.transpose().as_slice().to_vec()
}

#[track_caller]
fn assert_identical<'a>(found: impl IntoIterator<Item = &'a D>, expected: &[D]) {
    let found: Vec<_> = found.into_iter().map(bits).collect();
    assert_eq!(found, expected.iter().map(bits).collect::<Vec<_>>());
}

#[test]
fn matrices_have_the_bits_of_slices() {
    let a = Matrix3::from_fn(entry);
    let b = Matrix3x2::from_fn(|i, j| entry(j + 2, i));
    let (rows_of_a, rows_of_b) = (by_row(&a), by_row(&b));
    let x = rows::solve(&rows_of_a, &rows_of_b).unwrap();
    assert_identical(&by_row(&linalg::solve(&a, &b).unwrap()), &x);
    let inverse = rows::inverse(&rows_of_a).unwrap();
    assert_identical(&by_row(&linalg::inverse(&a).unwrap()), &inverse);
    assert_identical([&linalg::determinant(&a).unwrap()], &[rows::determinant(&rows_of_a).unwrap()]);
    let (found, expected) = (linalg::ln_determinant(&a).unwrap(), rows::ln_determinant(&rows_of_a).unwrap());
    assert_identical([&found.sign, &found.ln_abs], &[expected.sign, expected.ln_abs]);

    let positive = a * a.transpose();
    let rows_of_positive = by_row(&positive);
    assert_identical(
        &by_row(&linalg::cholesky(&positive).unwrap()),
        &rows::cholesky(&rows_of_positive).unwrap(),
    );
    let x_of_positive = rows::solve_positive(&rows_of_positive, &rows_of_b).unwrap();
    assert_identical(&by_row(&linalg::solve_positive(&positive, &b).unwrap()), &x_of_positive);
    let (found, expected) = (linalg::ldl(&positive).unwrap(), rows::ldl(&rows_of_positive).unwrap());
    assert_identical(&by_row(&found.lower), &expected.lower);
    assert_identical(&found.diagonal, &expected.diagonal);
    let (found, expected) = (linalg::lu(&a).unwrap(), rows::lu(&rows_of_a).unwrap());
    assert_identical(&by_row(&found.lower), &expected.lower);
    assert_identical(&by_row(&found.upper), &expected.upper);
    assert_eq!(found.rows, expected.rows);
    let (found, expected) = (linalg::qr(&b).unwrap(), rows::qr(&rows_of_b, 2).unwrap());
    assert_identical(&by_row(&found.q), &expected.q);
    assert_identical(&by_row(&found.r), &expected.r);
    let expected = rows::least_squares(&rows_of_b, &rows_of_a, 2).unwrap();
    assert_identical(&by_row(&linalg::least_squares(&b, &a).unwrap()), &expected);
    let expected = rows::pseudo_inverse(&rows_of_b, 2).unwrap();
    assert_identical(&by_row(&linalg::pseudo_inverse(&b).unwrap()), &expected);
    let expected = rows::symmetric_eigen(&rows_of_positive).unwrap();
    let found = linalg::symmetric_eigen(&positive).unwrap();
    assert_identical(&found.values, &expected.values);
    assert_identical(&by_row(&found.vectors), &expected.vectors);
    let expected = rows::symmetric_eigenvalues(&rows_of_positive).unwrap();
    assert_identical(&linalg::symmetric_eigenvalues(&positive).unwrap(), &expected);
    let (found, expected) = (linalg::svd(&b).unwrap(), rows::svd(&rows_of_b, 2).unwrap());
    assert_identical(&by_row(&found.u), &expected.u);
    assert_identical(&found.values, &expected.values);
    assert_identical(&by_row(&found.v), &expected.v);
    assert_identical(&linalg::singular_values(&b).unwrap(), &rows::singular_values(&rows_of_b, 2).unwrap());

    let (a, b) = (DMatrix::from_fn(3, 3, entry), DMatrix::from_fn(3, 2, |i, j| entry(j + 2, i)));
    assert_identical(linalg::solve(&a, &b).unwrap().transpose().iter(), &x);
    assert_identical(linalg::inverse(&a).unwrap().transpose().iter(), &inverse);
    // A view of a part.
    let large =
        DMatrix::from_fn(
            5,
            5,
            |i, j| if i > 1 && j > 0 { entry(i - 2, j.min(3) - 1) } else { D::constant(9.0) },
        );
    assert_identical(linalg::inverse(&large.view((2, 1), (3, 3))).unwrap().transpose().iter(), &inverse);
}

#[test]
fn shapes_that_do_not_fit_are_errors() {
    let (square, wide) = (DMatrix::<f64>::identity(3, 3), DMatrix::<f64>::zeros(2, 3));
    assert!(matches!(linalg::inverse(&wide), Err(LinalgError::Length(_))));
    assert!(matches!(linalg::determinant(&wide), Err(LinalgError::Length(_))));
    assert!(matches!(linalg::solve(&wide, &DVector::zeros(2)), Err(LinalgError::Length(_))));
    assert!(matches!(linalg::solve(&square, &DVector::zeros(2)), Err(LinalgError::Length(_))));
    assert!(matches!(linalg::qr(&wide), Err(LinalgError::Length(_))));
    assert!(matches!(linalg::svd(&wide), Err(LinalgError::Length(_))));
    assert!(matches!(linalg::symmetric_eigen(&wide), Err(LinalgError::Length(_))));
    assert!(matches!(linalg::least_squares(&square, &DVector::zeros(2)), Err(LinalgError::Length(_))));
    assert_eq!(linalg::solve(&square, &DVector::zeros(3)), Ok(DVector::zeros(3)));
}

/// Where nalgebra's elimination meets no zero, both find the same derivatives.
#[test]
fn solutions_are_those_of_nalgebra_on_numbers() {
    type S = Taylor<f64, 3>;
    let of = |i: usize, j: usize| {
        let x = entry(i, j);
        S::new(x.re + if i == j { 4.0 } else { 0.25 }, [x.eps[0], x.eps[1], 0.5])
    };
    let (a, b) = (Matrix3::from_fn(of), Vector3::from_fn(|i, _| of(i, 4)));
    let (found, expected) = (linalg::solve(&a, &b).unwrap(), a.lu().solve(&b).unwrap());
    for (found, expected) in found.iter().zip(&expected) {
        for k in 0..4 {
            assert!((found.coefficient(k) - expected.coefficient(k)).abs() < 1e-14, "{found} for {expected}");
        }
    }
}
