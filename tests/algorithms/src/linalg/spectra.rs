//! Eigenvalues and eigenvectors of symmetric matrices, singular values and vectors; and what is where some are equal.

use serde_json::Value;
use tangents::linalg::{
    LinalgError, matmul_into, rows, symmetric_eigen, symmetric_eigenpair, symmetric_eigenvalues,
};
use tangents::{Dual, HyperDual, Number, Real, Taylor, gradient, hessian, jvp};

use super::curves::{Algorithm, assert_order, assert_series, at, on_every_number, tolerance};
use crate::data;

struct Values<'a>(&'a Value);

impl Algorithm for Values<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        rows::symmetric_eigenvalues(&at(&self.0["a"], t)).unwrap()
    }
}

/// The values that are beside vectors.
struct ValuesOfPairs<'a>(&'a Value);

impl Algorithm for ValuesOfPairs<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        rows::symmetric_eigen(&at(&self.0["a"], t)).unwrap().values
    }
}

struct Vectors<'a>(&'a Value);

impl Algorithm for Vectors<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        rows::symmetric_eigen(&at(&self.0["a"], t)).unwrap().vectors
    }
}

#[test]
fn eigenvalues_and_eigenvectors_are_those_of_the_references() {
    for case in data::list(&data::json("linalg/symmetric.json")) {
        let name = data::string(&case["name"]);
        let tolerance = tolerance(case, 64.0, f64::EPSILON);
        assert_series(&format!("values, {name}"), &case["values"], tolerance, &Values(case));
        assert_series(&format!("values of pairs, {name}"), &case["values"], tolerance, &ValuesOfPairs(case));
        assert_series(&format!("vectors, {name}"), &case["vectors"], tolerance, &Vectors(case));
    }
}

struct Singular<'a>(&'a Value, &'static str);

impl Algorithm for Singular<'_> {
    fn at<T: Number>(&self, t: T) -> Vec<T> {
        let (a, n) = (at(&self.0["a"], t), data::count(&self.0["n"]));
        let f = rows::svd(&a, n).unwrap();
        match self.1 {
            "u" => f.u,
            "v" => f.v,
            _ => rows::singular_values(&a, n).unwrap(),
        }
    }
}

#[test]
fn singular_values_and_vectors_are_those_of_the_references() {
    for case in data::list(&data::json("linalg/svd.json")) {
        let tolerance = tolerance(case, 64.0, f64::EPSILON);
        for what in ["values", "u", "v"] {
            let name = format!("{what}, {}", data::string(&case["name"]));
            assert_series(&name, &case[what], tolerance, &Singular(case, what));
        }
    }
}

/// Where they are equal, along one direction: to the second order always.
#[test]
fn equal_eigenvalues_split_along_one_direction() {
    for case in data::list(&data::json("linalg/equal.json")) {
        let (name, expected) = (data::string(&case["name"]), data::matrix(&case["values"]));
        let check = |number: &str, order: usize, found: &[f64]| {
            assert_order(&format!("{name} on {number}"), order, found, &expected[order], 1e-13);
        };
        let eigenvalues = |t| rows::symmetric_eigenvalues(&at(&case["a"], t)).unwrap();
        let taylor = eigenvalues(Taylor::<f64, 2>::variable(0.0));
        for order in 0..3 {
            check("Taylor", order, &taylor.iter().map(|x| x.coefficient(order)).collect::<Vec<_>>());
        }
        let t = Dual::<_, 1>::new(Dual::<f64, 1>::variable(0.0, 0), [Dual::constant(1.0)]);
        let nested = rows::symmetric_eigenvalues(&at(&case["a"], t)).unwrap();
        check("nested", 1, &nested.iter().map(|x| x.eps[0].re).collect::<Vec<_>>());
        check("nested", 2, &nested.iter().map(|x| x.eps[0].eps[0] / 2.0).collect::<Vec<_>>());
        // Lanes that are multiples of each other are one direction; the branches are those of the first.
        let t = HyperDual::<f64, 2>::from_fn(0.0, [1.0, -2.0], |_, _| 0.0);
        let hyper = rows::symmetric_eigenvalues(&at(&case["a"], t)).unwrap();
        check("HyperDual", 1, &hyper.iter().map(|x| x.gradient[0]).collect::<Vec<_>>());
        check("HyperDual", 1, &hyper.iter().map(|x| x.gradient[1] / -2.0).collect::<Vec<_>>());
        check("HyperDual", 2, &hyper.iter().map(|x| x.second(0, 0) / 2.0).collect::<Vec<_>>());
        // The third order isn't known from the parts that have split, and isn't made up.
        let third = rows::symmetric_eigenvalues(&at(&case["a"], Taylor::<f64, 3>::variable(0.0)));
        assert_eq!(third.unwrap_err(), LinalgError::EqualEigenvalues { first: 0, second: 1 });
    }
}

fn constant<T: Number, const N: usize>(a: [[f64; N]; N]) -> [[T; N]; N] {
    a.map(|row| row.map(T::lit))
}

/// A matrix; each entry is a variable with a lane of its own.
fn variables<const N: usize, const L: usize>(a: [[f64; N]; N]) -> [[Dual<f64, L>; N]; N] {
    core::array::from_fn(|i| core::array::from_fn(|j| Dual::variable(a[i][j], N * i + j)))
}

/// <https://github.com/jax-ml/jax/issues/669>: the gradient of the sum of all eigenvectors' components is NaN at the identity, and
/// noise near it.
#[test]
fn jax_669_eigenvectors_of_equal_eigenvalues() {
    let eye = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    let equal = LinalgError::EqualEigenvalues { first: 0, second: 1 };
    assert_eq!(symmetric_eigen(&variables::<3, 9>(eye)).unwrap_err(), equal);
    // Nothing moves: constants.
    let found = symmetric_eigen(&constant::<Dual<f64, 1>, 3>(eye)).unwrap();
    assert!(found.vectors.as_flattened().iter().all(|x| x.eps[0] == 0.0));
    // The eigenvalues one by one have no gradient either; along any one direction the sum has the trace's.
    assert_eq!(symmetric_eigenvalues(&variables::<3, 9>(eye)).unwrap_err(), equal);
    let v: Vec<f64> = (0..9).map(|k| f64::from(k) - 3.5).collect();
    let along = |x: &[Dual<f64, 1>]| {
        let a: [[_; 3]; 3] = core::array::from_fn(|i| core::array::from_fn(|j| x[3 * i + j]));
        Dual::sum(symmetric_eigenvalues(&a).unwrap())
    };
    assert!((jvp(along, eye.as_flattened(), &v) - (v[0] + v[4] + v[8])).abs() < 1e-14);
    // Near it, where they differ by 10⁻⁶ and the derivatives are 10⁶: ∂v₁/∂a₀₁ = ½/(λ₁ − λ₀) along the others.
    let [x, y, z] = [1.0 - 1e-6, 1.0, 1.0 + 3e-6];
    let near = symmetric_eigen(&variables::<3, 9>([[x, 0.0, 0.0], [0.0, y, 0.0], [0.0, 0.0, z]])).unwrap();
    for (i, j, gap) in [(0, 1, y - x), (0, 2, z - x), (1, 2, z - y)] {
        let turned = near.vectors[i][j];
        assert!(
            (turned.eps[3 * i + j] * gap - 0.5).abs() < 1e-9
                && turned.eps[3 * i + j] == turned.eps[3 * j + i]
        );
    }
}

/// <https://github.com/jax-ml/jax/issues/2311>: at a matrix of rank 1 the gradient of what depends on the largest singular value
/// and its vectors alone is NaN, since others are zero, and equal.
#[test]
fn jax_2311_singular_values_of_a_matrix_of_rank_one() {
    let ones = variables::<5, 25>([[1.0; 5]; 5]);
    let zero = LinalgError::ZeroSingularValue { index: 4 };
    assert_eq!(rows::svd(ones.as_flattened(), 5).unwrap_err(), zero);
    assert_eq!(rows::singular_values(ones.as_flattened(), 5).unwrap_err(), zero);
    let (u, s, v) = rows::singular_triplet(ones.as_flattened(), 5, 0).unwrap();
    assert!((s.re - 5.0).abs() < 1e-14 && s.eps.iter().all(|x| (x - 0.2).abs() < 1e-15), "u·vᵀ: {s:?}");
    for (i, component) in u.iter().enumerate() {
        // u̇ = (1 − u·uᵀ)·Ȧ·v/σ, since all others are zero.
        for (k, found) in component.eps.iter().enumerate() {
            let expected = (if k / 5 == i { 1.0 } else { 0.0 } - 0.2) * 0.2_f64.sqrt() / 5.0;
            assert!((found - expected).abs() < 1e-15, "{found} for {expected}");
        }
    }
    // The best approximation of rank 1, σ·u·vᵀ, of a matrix that has it: along a line that keeps the rank, the line.
    let t = Taylor::<f64, 3>::variable(1.0);
    let line: Vec<_> =
        (0..25_u8).map(|k| (t * f64::from(k / 5) + 1.0) * (t * t * f64::from(k % 5) + 2.0)).collect();
    let (u_of_line, s_of_line, v_of_line) = rows::singular_triplet(&line, 5, 0).unwrap();
    for (k, &expected) in line.iter().enumerate() {
        let found = u_of_line[k / 5] * s_of_line * v_of_line[k % 5];
        for order in 0..4 {
            let error = found.coefficient(order) - expected.coefficient(order);
            assert!(error.abs() < 1e-12 * 50.0, "order {order}: {error}");
        }
    }
    assert_eq!(v.len(), 5);
    let equal = LinalgError::EqualSingularValues { first: 1, second: 2 };
    assert_eq!(rows::singular_triplet(ones.as_flattened(), 5, 1).unwrap_err(), equal);
}

/// <https://github.com/jax-ml/jax/issues/4646>: of diag(4, 1, 1) the eigenvector of 4 has derivatives, and comes out as NaN.
#[test]
fn jax_4646_an_eigenvector_that_stands_alone() {
    let a = variables::<3, 9>([[4.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
    let equal = LinalgError::EqualEigenvalues { first: 0, second: 1 };
    assert_eq!(symmetric_eigen(&a).unwrap_err(), equal);
    assert_eq!(symmetric_eigenpair(&a, 0).unwrap_err(), equal);
    assert_eq!(symmetric_eigenpair(&a, 1).unwrap_err(), equal);
    let (value, vector) = symmetric_eigenpair(&a, 2).unwrap();
    assert_eq!((value.re, value.eps), (4.0, [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]));
    for (i, component) in vector.iter().enumerate() {
        for (k, found) in component.eps.iter().enumerate() {
            // (Aᵢ₀ + A₀ᵢ)/2 over the gap of 3.
            let beside = i > 0 && (k == i || k == 3 * i);
            assert!(
                (found - if beside { 1.0 / 6.0 } else { 0.0 }).abs() < 1e-15,
                "component {i}, entry {k}: {found}"
            );
        }
    }
    // The second order: of diag(4, 1, 1) + t·(e₀e₁ᵀ + e₁e₀ᵀ), as of the 2 × 2 part (4, t; t, 1).
    let t = Taylor::<f64, 3>::variable(0.0);
    let line = [[t * 0.0 + 4.0, t, t * 0.0], [t, t * 0.0 + 1.0, t * 0.0], [t * 0.0, t * 0.0, t * 0.0 + 1.0]];
    let (value, vector) = symmetric_eigenpair(&line, 2).unwrap();
    let part = symmetric_eigen(&[[line[0][0], t], [t, line[1][1]]]).unwrap();
    let close = |x: Taylor<f64, 3>, y: Taylor<f64, 3>| (0..4).all(|k| (x - y).coefficient(k).abs() < 1e-15);
    assert!(close(value, part.values[1]) && close(vector[0], part.vectors[0][1]));
    assert!(close(vector[1], part.vectors[1][1]) && close(vector[2], Taylor::constant(0.0)));
}

#[test]
fn nearly_equal_eigenvalues() {
    for gap in [1e-3, 1e-6, 1e-9] {
        // √(gap² + t²) on both sides of 1.
        let t = Taylor::<f64, 2>::variable(0.0);
        let a = [[t * 0.0 + (1.0 + gap), t], [t, t * 0.0 + (1.0 - gap)]];
        let values = symmetric_eigenvalues(&a).unwrap();
        let gap = 0.5 * (values[1].re - values[0].re);
        for (value, sign) in values.iter().zip([-1.0, 1.0]) {
            assert!(value.coefficients[0].abs() < 1e-15);
            assert!((value.coefficients[1] * gap * sign - 0.5).abs() < 1e-6, "{value:?} beside {gap}");
        }
    }
    // Below rounding they are equal.
    let t = Dual::<f64, 1>::variable(0.0, 0);
    let a = [[t * 0.0 + (1.0 + f64::EPSILON), t], [t, t * 0.0 + 1.0]];
    assert_eq!(symmetric_eigen(&a).unwrap_err(), LinalgError::EqualEigenvalues { first: 0, second: 1 });
    let values = symmetric_eigenvalues(&a).unwrap();
    assert!((values[0].eps[0] + 1.0).abs() < 1e-15 && (values[1].eps[0] - 1.0).abs() < 1e-15);
}

#[test]
fn what_moves_together_is_differentiable_in_all_directions() {
    // x₀·1 + (x₁ at an eigenvalue that stands alone).
    let of = |x: &[HyperDual<f64, 2>]| {
        let z = x[0] * 0.0;
        symmetric_eigenvalues(&[[x[0] * x[0], z, z], [z, x[0] * x[0], z], [z, z, x[1].exp() - 5.0]]).unwrap()
    };
    for i in [1, 2] {
        assert_eq!(hessian(|x| of(x)[i], &[3.0, 0.0]), [[2.0, 0.0], [0.0, 0.0]]);
    }
    assert_eq!(hessian(|x| of(x)[0], &[3.0, 0.0]), [[0.0, 0.0], [0.0, 1.0]]);
}

#[test]
fn a_gradient_is_shared_by_the_entries_beside_the_diagonal() {
    let of = |x: &[Dual<f64, 4>]| symmetric_eigenvalues(&[[x[0], x[1]], [x[2], x[3]]]).unwrap()[1];
    let g = gradient(of, &[1.0, 2.0, 2.0, 1.0]);
    assert!(g.iter().all(|g| (g - 0.5).abs() < 1e-15), "{g:?}");
}

#[test]
fn a_singular_value_that_is_zero_or_equal_is_an_error() {
    let t = Dual::<f64, 1>::variable(0.0, 0);
    let c = Dual::<f64, 1>::constant;
    let zero = LinalgError::ZeroSingularValue { index: 1 };
    assert_eq!(rows::singular_values(&[c(1.0), c(0.0), c(0.0), t], 2).unwrap_err(), zero);
    assert_eq!(rows::singular_values(&[c(1.0), c(2.0), c(2.0), c(4.0), t, c(0.0)], 2).unwrap_err(), zero);
    assert_eq!(rows::svd(&[1.0, 2.0, 2.0, 4.0], 2).unwrap_err(), zero);
    let plain = rows::singular_values(&[1.0_f64, 2.0, 2.0, 4.0], 2).unwrap();
    assert!((plain[0] - 5.0).abs() < 1e-14 && plain[1].abs() < 1e-15);
    let equal = [c(1.0), t, c(0.0), c(1.0)];
    assert_eq!(rows::svd(&equal, 2).unwrap_err(), LinalgError::EqualSingularValues { first: 0, second: 1 });
    // √(1 + t²/4) ± t/2
    let values = rows::singular_values(&equal, 2).unwrap();
    assert!((values[0].eps[0] - 0.5).abs() < 1e-15 && (values[1].eps[0] + 0.5).abs() < 1e-15);
    assert!(matches!(rows::svd(&[1.0, 2.0], 2), Err(LinalgError::Length(_))));
}

#[test]
fn it_is_right_in_f32() {
    for case in data::list(&data::json("linalg/symmetric.json")).iter().filter(|case| case["f32"] == true) {
        let tolerance = tolerance(case, 64.0, f64::from(f32::EPSILON));
        let expected = data::matrix(&case["values"]);
        let found = super::curves::in_f32(&Values(case));
        for (order, (found, expected)) in found.iter().zip(&expected).enumerate() {
            assert_order(data::string(&case["name"]), order, found, expected, tolerance);
        }
    }
    assert!(!on_every_number(&Values(&data::json("linalg/symmetric.json")[0])).is_empty());
}

/// The equations hold on numbers: A·V = V·Λ and Vᵀ·V = 1, in each order.
#[test]
fn large_matrices_have_eigenvectors() {
    type T = Taylor<f64, 2>;
    let entry = |i: usize, j: usize, k: usize| {
        let (i, j) = (i.min(j), i.max(j));
        f64::from(u8::try_from((i * 37 + j * 91 + i * j * 13 + k * 7) % 101).unwrap()) / 101.0 - 0.3
    };
    for n in [9, 10, 33, 60] {
        let of = |k: usize| T::new(entry(k / n, k % n, 0), [entry(k / n, k % n, 1), entry(k / n, k % n, 2)]);
        let a: Vec<T> = (0..n * n).map(of).collect();
        let pairs = rows::symmetric_eigen(&a).unwrap();
        assert!(pairs.values.is_sorted_by(|x, y| x.re <= y.re));
        let v = &pairs.vectors;
        let transposed: Vec<T> = (0..n * n).map(|k| v[k % n * n + k / n]).collect();
        let (mut moved, mut one) = (vec![T::constant(0.0); n * n], vec![T::constant(0.0); n * n]);
        matmul_into(&a, v, &mut moved, n).unwrap();
        matmul_into(&transposed, v, &mut one, n).unwrap();
        let sizes: Vec<f64> =
            (0..3).map(|k| v.iter().fold(1.0, |s: f64, x| s.max(x.coefficient(k).abs()))).collect();
        for i in 0..n * n {
            let rest = moved[i] - v[i] * pairs.values[i % n];
            let beside = one[i] - if i % (n + 1) == 0 { 1.0 } else { 0.0 };
            for (k, size) in sizes.iter().enumerate() {
                let tolerance = 1e-12 * size * size;
                assert!(
                    rest.coefficient(k).abs() < tolerance && beside.coefficient(k).abs() < tolerance,
                    "{n}, {k}"
                );
            }
        }
        // The eigenvalues of what is diagonal already, and of one that has come apart.
        let apart: Vec<f64> = (0..n * n)
            .map(|k| if k % (n + 1) == 0 { f64::from(u8::try_from(k % 7).unwrap()) } else { 0.0 })
            .collect();
        let mut expected: Vec<f64> = (0..n).map(|k| apart[k * (n + 1)]).collect();
        expected.sort_by(f64::total_cmp);
        assert_eq!(rows::symmetric_eigenvalues(&apart).unwrap(), expected);
    }
}

/// The eigenvalues of diag(x) in `f32`, along the first entry.
fn along_the_first(x: &[f32]) -> Result<Vec<f32>, LinalgError> {
    let n = x.len();
    let mut a = vec![Dual::<f32, 1>::constant(0.0); n * n];
    for (i, &x) in x.iter().enumerate() {
        a[(n + 1) * i] = Dual::new(x, [if i == 0 { 1.0 } else { 0.0 }]);
    }
    Ok(rows::symmetric_eigenvalues(&a)?.iter().map(|x| x.eps[0]).collect())
}

#[test]
fn eigenvalues_that_may_be_equal_or_not_are_an_error() {
    // 250 ulps apart, and so a chain that spans 2300.
    let near: Vec<_> = (0_u8..10).map(|i| 1.0 + 3e-5 * f32::from(i)).collect();
    assert_eq!(along_the_first(&near), Err(LinalgError::EqualEigenvalues { first: 0, second: 1 }));
    let apart: Vec<_> = (0_u8..10).map(|i| 1.0 + 1e-3 * f32::from(i)).collect();
    let first: Vec<_> = (0..10).map(|i| if i == 0 { 1.0 } else { 0.0 }).collect();
    assert_eq!(along_the_first(&apart), Ok(first));
}

#[test]
fn a_part_of_a_graded_matrix_has_the_accuracy_of_that_part() {
    // (a, b; b, c) beside a much larger number: ∂λ = ∂a/2·(1 ∓ (a − c)/d) ± …, with d = √((a − c)² + 4b²).
    for large in [1e12, 1e15, 1e16] {
        let along = |b: f64| {
            let b = Dual::<f64, 1>::new(b, [1.0]);
            let [zero, one] = [0.0, 1.0].map(Dual::constant);
            let a = [[one, b, zero], [b, Dual::constant(2.0), zero], [zero, zero, Dual::constant(large)]];
            symmetric_eigenvalues(&a).unwrap().map(|x| x.eps[0])
        };
        let slope = 2.0 * 0.1 / f64::sqrt(1.0 + 4.0 * 0.01);
        let found = along(0.1);
        assert!((found[0] + slope).abs() < 1e-14 && (found[1] - slope).abs() < 1e-14, "{large}: {found:?}");
        assert_eq!(found[2], 0.0);
    }
}
