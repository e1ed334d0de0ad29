//! `faer` 0.24, feature `faer`: decompositions of M(x) = [[x, 1, 0], [1, 3, 1], [0, 1, x²]] at x = 2, whose closed
//! forms are those of `nalgebra.rs`.

use compatibility::{Second, assert_close, second, to_second};
use faer::linalg::solvers::Solve;
use faer::{Mat, Side, mat};

use crate::nalgebra::eigenvalues;

fn m(x: Second) -> Mat<Second> {
    let (o, l) = (Second::from(0.0), Second::from(1.0));
    mat![[x, l, o], [l, l * 3.0, l], [o, l, x * x]]
}

#[test]
fn determinant() {
    assert_close(to_second(m(second(2.0)).determinant()), [18.0, 31.0, 34.0], 1e-14);
}

#[test]
fn products() {
    // (M²)₀₀ = x² + 1 and (M²)₂₂ = 1 + x⁴
    let square = m(second(2.0)) * m(second(2.0));
    assert_eq!(to_second(square[(0, 0)]), [5.0, 4.0, 2.0]);
    assert_eq!(to_second(square[(2, 2)]), [17.0, 32.0, 48.0]);
    // Beyond the sizes that have code of their own.
    let x = second(2.0);
    let big = Mat::from_fn(70, 70, |i, j| if i == j { x } else { x * 0.0 + 1.0 });
    // The diagonal of its square is x² + 69, beside it stands 2x + 68.
    let square = &big * &big;
    assert_eq!(to_second(square[(69, 69)]), [73.0, 4.0, 2.0]);
    assert_eq!(to_second(square[(3, 69)]), [72.0, 2.0, 0.0]);
}

/// M z = (1, 0, 0) has z₂ = 1/det M by Cramer's rule.
#[test]
fn solutions_of_linear_systems() {
    let m = m(second(2.0));
    let right = Mat::from_fn(3, 1, |i, _| Second::from(if i == 0 { 1.0 } else { 0.0 }));
    let expected = [1.0 / 18.0, -31.0 / 324.0, 2.0 * 961.0 / 5832.0 - 34.0 / 324.0];
    for z in [
        m.partial_piv_lu().solve(&right),
        m.full_piv_lu().solve(&right),
        m.qr().solve(&right),
        m.col_piv_qr().solve(&right),
        m.llt(Side::Lower).unwrap().solve(&right),
        m.ldlt(Side::Lower).unwrap().solve(&right),
        m.svd().unwrap().solve(&right),
        m.self_adjoint_eigen(Side::Lower).unwrap().solve(&right),
    ] {
        assert_close(to_second(z[(2, 0)]), expected, 1e-12);
    }
}

#[test]
fn eigenvalues_and_singular_values() {
    // M is positive definite: its singular values are its eigenvalues.
    let ascending = m(second(2.0)).self_adjoint_eigenvalues(Side::Lower).unwrap();
    let mut singular = m(second(2.0)).singular_values().unwrap();
    singular.reverse();
    for found in [ascending, singular] {
        for (found, expected) in found.into_iter().zip(eigenvalues()) {
            assert_close(to_second(found), expected, 1e-12);
        }
    }
}

/// A 40 × 40 matrix, beyond the sizes that are decomposed unblocked: the discrete Laplacian plus x·1 has the eigenvalues
/// x + 2 − 2 cos(kπ/41).
#[test]
fn a_larger_matrix() {
    let x = second(0.5);
    let laplacian = Mat::from_fn(40, 40, |i, j| match i.abs_diff(j) {
        0 => x + 2.0,
        1 => Second::from(-1.0),
        _ => Second::from(0.0),
    });
    let found = laplacian.self_adjoint_eigenvalues(Side::Lower).unwrap();
    for (k, found) in (1_u32..).zip(found) {
        let expected = 2.5 - 2.0 * (f64::from(k) * std::f64::consts::PI / 41.0).cos();
        assert_close(to_second(found), [expected, 1.0, 0.0], 1e-12);
    }
    // ln det has the derivatives Σ 1/λ and −Σ 1/λ².
    let lambda = |k: u32| 2.5 - 2.0 * (f64::from(k) * std::f64::consts::PI / 41.0).cos();
    let sum = |f: fn(f64) -> f64| (1..=40).map(|k| f(lambda(k))).sum::<f64>();
    let expected = [sum(f64::ln), sum(|l| 1.0 / l), -sum(|l| 1.0 / (l * l))];
    assert_close(to_second(laplacian.determinant().ln()), expected, 1e-12);
}

/// Its general eigenvalues: of [[0, 1], [−x, 0]], ±i√x.
#[test]
fn complex_eigenvalues() {
    let (o, l) = (Second::from(0.0), Second::from(1.0));
    let m = mat![[o, l], [-second(4.0), o]];
    let mut found: Vec<_> = m.eigenvalues().unwrap().iter().map(|e| to_second(e.im)).collect();
    found.sort_by(|a, b| a.partial_cmp(b).unwrap());
    assert_close(found[0], [-2.0, -0.25, 1.0 / 32.0], 1e-12);
    assert_close(found[1], [2.0, 0.25, -1.0 / 32.0], 1e-12);
}
#[test]
fn single_precision() {
    let x = tangents::Dual::<f32, 1>::variable(2.0, 0);
    let (o, l) = (0_f32.into(), tangents::Dual::from(1_f32));
    let m = mat![[x, l, o], [l, l * 3.0, l], [o, l, x * x]];
    for (found, expected) in m.self_adjoint_eigenvalues(Side::Lower).unwrap().into_iter().zip(eigenvalues()) {
        assert_close([found.re.into(), found.eps[0].into()], &expected[..2], 1e-5);
    }
}

/// Values are scaled so that their squares don't overflow; nor do the tangents of the squares.
#[test]
fn large_tangents() {
    let x = second(2.0) + (second(0.0) * 1e6 - second(0.0));
    let found = m(x).self_adjoint_eigenvalues(Side::Lower).unwrap();
    for (found, [value, slope, curvature]) in found.into_iter().zip(eigenvalues()) {
        let [y, dy, d2y] = to_second(found);
        assert_close([y, dy / 1e6, d2y / 1e12], [value, slope, curvature], 1e-12);
    }
}

/// Where derivatives end, as in `nalgebra.rs`: a matrix that is diagonal already keeps its diagonal, whatever the tangents
/// beside it. [[1 + x, x], [x, 2]] at 0 has λ₁ = 1 + x − x² + …
#[test]
fn the_second_derivative_of_a_diagonal_matrix_is_lost() {
    let smallest = |x: Second| {
        let m = mat![[x + 1.0, x], [x, x * 0.0 + 2.0]];
        to_second(m.self_adjoint_eigenvalues(Side::Lower).unwrap()[0])
    };
    assert_close(smallest(second(1e-9)), [1.0, 1.0, -2.0], 1e-7);
    assert_eq!(smallest(second(0.0)), [1.0, 1.0, 0.0]);
}
