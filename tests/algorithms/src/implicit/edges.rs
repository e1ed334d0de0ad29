//! Right sides and units of very different sizes, and derivatives that aren't known.

use tangents::implicit::{ImplicitError, minimum, root};
use tangents::sparse::{JacobianPlan, Pattern, SparseMatrix};
use tangents::{Dual, lambda};

use super::linear::{conjugate_gradients, gmres, lu};

type D = Dual<f64, 1>;

/// x₀ = p and x₁ = s·x₀ with a tiny s: an equation in which everything is tiny beside the other.
#[test]
fn a_plan_that_lacks_an_entry_is_found_out_however_small_it_is() {
    for size in [1.0, 1e-6, 1e-10, 1e-13, -1e-13, 3e-14, 1e-20, 1e-100, 1e-300] {
        let f = lambda!([size: f64 = size] |z: (Vec<f64>, f64)| -> Vec<f64> {
            let (x, p) = z;
            vec![x[0] - *p, x[1] - T::lit(size) * x[0]]
        });
        let p = D::variable(2.0, 0);
        let solve = |&p: &f64| vec![p, size * p];
        let pattern = Pattern::from_entries((2, 2), [(0, 0), (1, 1)]).unwrap();
        let lacking = JacobianPlan::from_pattern(pattern).unwrap();
        let error = root(f).sparse_by(&lacking, lu).at(&p, solve).unwrap_err();
        assert!(matches!(error, ImplicitError::Inaccurate { .. }), "{size}: {error}");
        let plan = root(f).sparse_plan(&vec![0.0; 2], &0.0).unwrap();
        let x = root(f).sparse_by(&plan, lu).at(&p, solve).unwrap();
        assert_eq!([x[0].eps[0], x[1].eps[0]], [1.0, size]);
        // Factors without it are mended by refinement, others that are as wrong are found out.
        let without = |j: &SparseMatrix<f64>| {
            let mut j = j.clone();
            *j.get_mut(1, 0).unwrap() = 0.0;
            lu(&j)
        };
        let x = root(f).sparse(without).at(&p, solve).unwrap();
        assert_eq!([x[0].eps[0], x[1].eps[0]], [1.0, size]);
        // Others are found out if what they leave isn't far below an ulp of the other unknown.
        if size.abs() < 1e-21 {
            continue;
        }
        let g = lambda!([size: f64 = size] |z: (Vec<f64>, f64)| -> Vec<f64> {
            let (x, p) = z;
            vec![x[0] - *p, x[1] - T::lit(size) * *p]
        });
        let wrong = |j: &SparseMatrix<f64>| {
            let mut j = j.clone();
            *j.get_mut(1, 1).unwrap() *= -1.0;
            lu(&j)
        };
        let error = root(g).sparse(wrong).at(&p, solve).unwrap_err();
        assert!(matches!(error, ImplicitError::Inaccurate { .. }), "{size}: {error}");
    }
}

/// Rounding isn't taken for an entry that is missing: here the equations' terms cancel to 10⁻⁵ of themselves.
#[test]
fn a_plan_that_fits_is_not_refused_for_rounding() {
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let ([x, y], p) = ([z.0[0], z.0[1]], z.1);
        let large = T::lit(100_000.0 / 3.0);
        vec![
            (x * large + y) - x * large - p,
            (x * large + y * large) * T::lit(0.1) - y * large * T::lit(0.1) + y,
        ]
    });
    let plan = root(f).sparse_plan(&vec![0.0; 2], &0.0).unwrap();
    let x = root(f).sparse_by(&plan, lu).at(&D::variable(0.0, 0), |_| vec![0.0; 2]).unwrap();
    assert!((x[1].eps[0] - 1.0).abs() < 1e-9 && (x[0].eps[0] + 3e-4).abs() < 1e-12, "{x:?}");
}

/// H·x = p·H·1 with Hilbert's matrix H, whose condition number is 1.5·10⁷, and factors of a matrix that differs by 10⁻¹¹ of each entry.
#[test]
fn factors_nearby_give_digits_of_the_matrix_itself() {
    let n = 6;
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let (x, p) = z;
        let row = |i: usize| T::sum((0..x.len()).map(|k| (x[k] - *p) * T::lit(((i + k + 1) as f64).recip())));
        (0..x.len()).map(row).collect()
    });
    let nearby = |j: &SparseMatrix<f64>| {
        let mut j = j.clone();
        for i in 0..n {
            for k in 0..n {
                let sign = if (i * 5 + k * 3) % 4 < 2 { 1.0 } else { -1.0 };
                *j.get_mut(i, k).unwrap() *= 1.0 + sign * 1e-11;
            }
        }
        lu(&j)
    };
    let x = root(f).sparse(nearby).at(&D::variable(1.0, 0), |&p| vec![p; n]).unwrap();
    for x in x {
        assert!((x.eps[0] - 1.0).abs() < 1.5e7 * 16.0 * f64::EPSILON, "{x}");
    }
}

#[test]
fn an_objective_may_have_any_size() {
    for size in [1e-290, 1e-200, 1e-160, 1e-100, 1.0, 1e100, 1e160, 1e200, 1e290] {
        let f = lambda!([size: f64 = size] |z: (Vec<f64>, f64)| -> f64 {
            T::sum(z.0.iter().map(|&x| (x - z.1) * (x - z.1))) * T::lit(size)
        });
        let p = D::variable(3.0, 0);
        let solve = |&p: &f64| vec![p; 3];
        let saddle = lambda!([size: f64 = size] |z: (Vec<f64>, f64)| -> f64 {
            ((z.0[0] - z.1) * (z.0[0] - z.1) - (z.0[1] - z.1) * (z.0[1] - z.1)) * T::lit(size)
        });
        let mut found = vec![minimum(f).sparse(lu).at(&p, solve).unwrap(), minimum(f).at(&p, solve).unwrap()];
        // The solver's own sums of squares overflow or vanish beyond.
        if (size.log10() as i32).abs() < 150 {
            found.push(minimum(f).matrix_free(gmres(1e-13)).at(&p, solve).unwrap());
        }
        for x in found {
            assert!(x.iter().all(|x| (x.eps[0] - 1.0).abs() < 1e-12), "{size}: {x:?}");
        }
        // Along (1, 1) it doesn't curve.
        let error = minimum(saddle).sparse(lu).at(&p, |&p| vec![p; 2]).unwrap_err();
        assert!(matches!(error, ImplicitError::NoMinimum { .. }), "{size}: {error}");
    }
}

/// A·U·x = p·(1, 1, 1), with a diagonal U of units, has the solution (4, 1, 2)·p/9 in them.
#[test]
fn unknowns_may_have_any_units() {
    let exponents = [-200, -60, -20, -10, 0, 10, 20, 60, 200];
    let of_a = [[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]];
    let expected = [4.0 / 9.0, 1.0 / 9.0, 2.0 / 9.0];
    for row in of_a {
        let sum: f64 = row.iter().zip(expected).map(|(a, x)| a * x).sum();
        assert!((sum - 1.0).abs() < 1e-15);
    }
    for first in exponents {
        for second in exponents {
            for third in exponents {
                let units = [first, second, third].map(|e| 10.0_f64.powi(e));
                let f = lambda!([of_a: [[f64; 3]; 3] = of_a, units: [f64; 3] = units] |z: ([f64; 3], f64)| -> [f64; 3] {
                    let (x, p) = z;
                    let scaled: [T; 3] = core::array::from_fn(|k| x[k] * T::lit(units[k]));
                    core::array::from_fn(|i| T::sum((0..3).map(|k| scaled[k] * T::lit(of_a[i][k]))) - *p)
                });
                let solve = |&p: &f64| core::array::from_fn(|k| p * expected[k] / units[k]);
                let x = root(f).absolute_tolerance(f64::MAX).at(&D::variable(1.0, 0), solve).unwrap();
                for k in 0..3 {
                    let found = x[k].eps[0] * units[k];
                    assert!((found - expected[k]).abs() < 1e-14, "{units:?}: unknown {k} is {found}");
                }
            }
        }
    }
}

/// Elimination meets a small column beside large ones in rows in which these are alone.
#[test]
fn triangular_equations_in_any_units_are_not_singular() {
    for unit in [1e-30, 1e-16, 1e-12, 1e12, 1e16, 1e30] {
        let f = lambda!([unit: f64 = unit] |z: (Vec<f64>, f64)| -> Vec<f64> {
            let (x, p) = (&z.0, z.1);
            let small = x[1] * T::lit(unit);
            vec![
                x[0] + small + x[2] - p,
                x[0] + small * T::lit(2.0) + x[2] - p,
                small + x[2] * T::lit(2.0) - p,
            ]
        });
        // The difference of the first two is x₁ = 0, so x₂ = p/2 and x₀ = p/2.
        let x = root(f).at(&D::variable(2.0, 0), |&p| vec![p / 2.0, 0.0, p / 2.0]).unwrap();
        assert_eq!([x[0].eps[0], x[1].eps[0], x[2].eps[0]], [0.5, 0.0, 0.5], "{unit}");
        let x = root(f).sparse(lu).at(&D::variable(2.0, 0), |&p| vec![p / 2.0, 0.0, p / 2.0]).unwrap();
        assert_eq!([x[0].eps[0], x[1].eps[0], x[2].eps[0]], [0.5, 0.0, 0.5], "{unit}");
    }
}

/// One direction isn't known, the other is; however the linear systems are solved.
#[test]
fn what_is_not_known_of_a_parameter_is_not_known_of_any_unknown() {
    let f = lambda!(|z: (Vec<f64>, [f64; 2])| -> Vec<f64> {
        let (x, [p, q]) = z;
        vec![T::lit(2.0) * x[0] - x[1] - p.sqrt(), T::lit(2.0) * x[1] - x[0] - *q]
    });
    let solve = |p: &[f64]| vec![(2.0 * p[0].sqrt() + p[1]) / 3.0, (p[0].sqrt() + 2.0 * p[1]) / 3.0];
    for unknown in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let p = [Dual::<f64, 2>::new(4.0, [unknown, 0.0]), Dual::new(1.0, [0.0, 1.0])];
        for x in [
            root(f).at(&p, solve).unwrap(),
            root(f).sparse(lu).at(&p, solve).unwrap(),
            root(f).matrix_free(conjugate_gradients(1e-14, 100)).at(&p, solve).unwrap(),
        ] {
            for (x, slope) in x.iter().zip([1.0 / 3.0, 2.0 / 3.0]) {
                assert!(!x.eps[0].is_finite() && (x.eps[1] - slope).abs() < 1e-14, "{x}");
            }
        }
    }
}

/// Diffusion on a ring: with a source it has no steady state, without one it has many.
#[test]
fn a_singular_jacobian_is_refused_with_factors_that_are_brought_along() {
    let ring = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let (u, p) = z;
        let n = u.len();
        (0..n).map(|i| u[(i + n - 1) % n] - T::lit(2.0) * u[i] + u[(i + 1) % n] - *p).collect()
    });
    for n in [7, 8, 12, 16, 20, 32, 33, 50, 64, 100, 101] {
        let error = root(ring).sparse(lu).at(&D::variable(0.0, 0), |_| vec![1.0; n]).unwrap_err();
        let says_so = matches!(
            error,
            ImplicitError::Singular { .. } | ImplicitError::Inaccurate { .. } | ImplicitError::Linear(_)
        );
        assert!(says_so, "{n}: {error}");
    }
}
