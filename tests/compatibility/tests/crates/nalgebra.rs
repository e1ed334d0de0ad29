//! `nalgebra` 0.35, feature `nalgebra`: decompositions of M(x) = [[x, 1, 0], [1, 3, 1], [0, 1, x²]] at x = 2.
//!
//! det M = 3x³ − x² − x, so its derivatives there are 31 and 34. The characteristic polynomial at 2 is
//! (λ − 3)(λ² − 6λ + 6); perturbation theory gives λ′ᵢ = vᵢᵀM′vᵢ and λ″ᵢ = vᵢᵀM″vᵢ + 2 Σⱼ (vⱼᵀM′vᵢ)²/(λᵢ − λⱼ).

use compatibility::{First, Second, assert_close, first, second, to_first, to_second};
use nalgebra::{DMatrix, Matrix2, Matrix3, RealField, Rotation2, UnitQuaternion, Vector3};

fn m<T: RealField + Copy>(x: T) -> Matrix3<T> {
    let (o, l) = (T::zero(), T::one());
    Matrix3::new(x, l, o, l, l + l + l, l, o, l, x * x)
}

/// Value, first and second derivative of each eigenvalue, in ascending order.
pub fn eigenvalues() -> [[f64; 3]; 3] {
    let root = 3_f64.sqrt();
    let outer =
        |sign: f64| [3.0 + sign * root, 5.0 / 3.0 + sign * root / 2.0, 7.0 / 3.0 + sign * 55.0 * root / 36.0];
    [outer(-1.0), [3.0, 5.0 / 3.0, -8.0 / 3.0], outer(1.0)]
}

fn sorted(mut numbers: Vec<Second>) -> Vec<Second> {
    numbers.sort_by(|a, b| a.partial_cmp(b).unwrap());
    numbers
}

#[test]
fn determinant() {
    assert_eq!(to_second(m(second(2.0)).determinant()), [18.0, 31.0, 34.0]);
    assert_close(to_second(m(second(2.0)).lu().determinant()), [18.0, 31.0, 34.0], 1e-14);
}

#[test]
fn eigenvalues_of_a_symmetric_matrix() {
    let fixed = m(second(2.0)).symmetric_eigenvalues();
    let dynamic = DMatrix::from_iterator(3, 3, m(second(2.0)).iter().copied()).symmetric_eigenvalues();
    for found in [fixed.as_slice(), dynamic.as_slice()] {
        for (found, expected) in sorted(found.to_vec()).into_iter().zip(eigenvalues()) {
            assert_close(to_second(found), expected, 1e-12);
        }
    }
}

#[test]
fn singular_values() {
    // M is positive definite: they are its eigenvalues.
    let found = m(second(2.0)).singular_values();
    for (found, expected) in sorted(found.as_slice().to_vec()).into_iter().zip(eigenvalues()) {
        assert_close(to_second(found), expected, 1e-12);
    }
}

/// Mz = (1, 0, 0) has the solution (3x² − 1, −x², 1)/det M by Cramer's rule.
#[test]
fn solutions_of_linear_systems() {
    let right = Vector3::new(1.0, 0.0, 0.0).map(Second::from);
    let expected = Vector3::new(11.0, -4.0, 1.0) / 18.0;
    // (p/q)′ = (p′ − z q′)/q and (p/q)″ = (p″ − 2z′q′ − z q″)/q, with q = 18, 31, 34.
    let first = (Vector3::new(12.0, -4.0, 0.0) - expected * 31.0) / 18.0;
    let second_order = (Vector3::new(6.0, -2.0, 0.0) - first * 62.0 - expected * 34.0) / 18.0;
    let m = m(second(2.0));
    for z in [
        m.lu().solve(&right).unwrap(),
        m.full_piv_lu().solve(&right).unwrap(),
        m.qr().solve(&right).unwrap(),
        m.cholesky().unwrap().solve(&right),
        m.svd(true, true).solve(&right, Second::from(1e-12)).unwrap(),
    ] {
        for i in 0..3 {
            assert_close(to_second(z[i]), [expected[i], first[i], second_order[i]], 1e-12);
        }
    }
}

/// exp of t·[[0, −1], [1, 0]] is the rotation by t.
#[test]
fn exponential_of_a_matrix() {
    for t in [0.3, 2.0] {
        let x = second(t);
        let e = Matrix2::new(x * 0.0, -x, x, x * 0.0).exp();
        assert_close(to_second(e[(1, 0)]), [t.sin(), t.cos(), -t.sin()], 1e-14);
        assert_eq!(to_second(Rotation2::new(x)[(1, 0)]), [t.sin(), t.cos(), -t.sin()]);
    }
}

/// Where derivatives end: nalgebra asks whether a number is zero, and then leaves out what has only tangents.
#[test]
fn a_rotation_by_exactly_zero_has_no_derivative() {
    let turn = |t| UnitQuaternion::from_scaled_axis(Vector3::new(t, t * 0.0, t * 0.0)).i;
    assert_close(to_first(turn(first(1e-9))), [0.5e-9, 0.5], 1e-15);
    // sin(t/2)′ = ½, but the constructor returns the identity, a constant.
    assert_eq!(to_first(turn(first(0.0))), [0.0, 0.0]);
    // Given by an axis, the rotation has its derivative.
    let turn = UnitQuaternion::from_axis_angle(&Vector3::x_axis(), first(0.0)).i;
    assert_eq!(to_first(turn), [0.0, 0.5]);
}

/// The same: a matrix that is diagonal already keeps its diagonal, whatever the tangents beside it.
///
/// [[1 + x, x], [x, 2]] at 0 has λ₁ = 1 + x − x² + …
#[test]
fn the_second_derivative_of_a_diagonal_matrix_is_lost() {
    let smallest = |x: Second| {
        let eigenvalues = Matrix2::new(x + 1.0, x, x, x * 0.0 + 2.0).symmetric_eigenvalues();
        to_second(eigenvalues[usize::from(eigenvalues[1] < eigenvalues[0])])
    };
    assert_close(smallest(second(1e-9)), [1.0, 1.0, -2.0], 1e-7);
    // The second derivative is −2 at 0 too.
    assert_eq!(smallest(second(0.0)), [1.0, 1.0, 0.0]);
}

/// Its iterations wait for zeros, and a matrix that is zero in its values has some that move.
#[test]
fn decompositions_of_a_zero_matrix_end() {
    let m = m(second(2.0)) * second(0.0);
    assert_eq!(m.singular_values().map(|value| value.re.re), Vector3::zeros());
    assert_eq!(m.symmetric_eigenvalues().map(|value| value.re.re), Vector3::zeros());
    assert_eq!(m.rank(Second::from(1e-9)), 0);
    assert!(m.try_inverse().is_none() && !m.lu().is_invertible());
}

/// Nor has the eigenvector (1, −x) + … of [[1, x], [x, 2]] its derivative there.
#[test]
fn nor_has_its_eigenvector_a_derivative() {
    let second_component = |x: First| {
        let eigen = Matrix2::new(x * 0.0 + 1.0, x, x, x * 0.0 + 2.0).symmetric_eigen();
        let smallest = usize::from(eigen.eigenvalues[1] < eigen.eigenvalues[0]);
        let v = eigen.eigenvectors.column(smallest).into_owned();
        to_first(v[1] / v[0])
    };
    assert_close(second_component(first(1e-9)), [-1e-9, -1.0], 1e-7);
    assert_eq!(second_component(first(0.0)), [0.0, 0.0]);
}
