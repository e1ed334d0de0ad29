//! The ends of the range of numbers, solutions with zeros, permutations: where sizes mislead.

use nalgebra::{DMatrix, DVector, Matrix3};
use tangents::interop::nalgebra::linalg::{eigen, eigenvalues, singular_values};
use tangents::linalg::{self, LinalgError, rows};
use tangents::{Dual, Taylor, jvp};

type D = Dual<f64, 1>;

/// The solver of `nalgebra`, which knows no derivatives.
fn factorize(a: &[f64]) -> Result<impl FnMut(&mut [f64]) + use<>, LinalgError> {
    let n = a.len().isqrt();
    let lu = DMatrix::from_row_slice(n, n, a).lu();
    if !lu.is_invertible() {
        return Err(LinalgError::Singular { column: 0 });
    }
    Ok(move |x: &mut [f64]| {
        let mut solution = DVector::from_column_slice(x);
        assert!(lu.solve_mut(&mut solution));
        x.copy_from_slice(solution.as_slice());
    })
}

/// What rounding makes of a zero is not small beside its own terms: a row of one entry has no other.
#[test]
fn a_plain_solver_may_find_a_zero_up_to_rounding() {
    for k in 0..1000 {
        let x = f64::from(k) / 997.0;
        let a = vec![4.0 + 3.0 * x.sin(), 1.0 + 0.5 * (7.0 * x).sin(), 1.0, 0.0];
        // The unknowns are 0 and b/a₀₁.
        let found = linalg::solve_by(&a, &[0.3 - x, 0.0], |a| factorize(a)).unwrap();
        let expected = (0.3 - x) / a[1];
        assert!(found[0].abs() <= 4.0 * f64::EPSILON * expected.abs(), "{k}: {found:?}");
        assert!((found[1] - expected).abs() <= 16.0 * f64::EPSILON * expected.abs(), "{k}: {found:?}");
    }
}

#[test]
fn a_plain_solver_may_meet_numbers_at_the_ends_of_the_range() {
    let c = D::constant;
    for tiny in [1e-300, 1e-308, 1e-310, 1e-315, 1e-320, 5e-324] {
        // The first unknown's derivative is 7/20 of the right side's.
        let found =
            linalg::solve_by(&vec![c(3.0), c(1.0), c(1.0), c(7.0)], &[D::new(1.0, [tiny]), c(2.0)], |a| {
                factorize(a)
            })
            .unwrap();
        assert!((found[0].eps[0] - 0.35 * tiny).abs() <= 1e-15 * tiny + 5e-324, "{tiny}: {found:?}");
    }
    let a = vec![1e308, -1e308, 0.0, 1.0];
    assert_eq!(linalg::solve_by(&a, &[1e308, 0.5], |a| factorize(a)), Ok(vec![1.5, 0.5]));
    let wrong = |_: &Vec<f64>| Ok::<_, LinalgError>(|x: &mut [f64]| x.fill(1.0));
    assert!(matches!(linalg::solve_by(&a, &[1e308, 0.5], wrong), Err(LinalgError::Inaccurate { .. })));
}

#[test]
fn a_plain_solver_that_returns_anything_is_an_error_and_ends() {
    for x in
        [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, f64::MAX, f64::MIN, 1e300, 1.0, 0.0, f64::MIN_POSITIVE]
    {
        let constant = |_: &Vec<f64>| Ok::<_, LinalgError>(move |b: &mut [f64]| b.fill(x));
        let found = linalg::solve_by(&vec![3.0, 1.0, 1.0, 7.0], &[1.0, 2.5], constant);
        assert!(matches!(found, Err(LinalgError::Inaccurate { .. })), "{x}: {found:?}");
        let scaled =
            |_: &Vec<f64>| Ok::<_, LinalgError>(move |b: &mut [f64]| b.iter_mut().for_each(|b| *b *= x));
        let found = linalg::solve_by(&vec![3.0, 1.0, 1.0, 7.0], &[1.0, 2.5], scaled);
        assert!(matches!(found, Err(LinalgError::Inaccurate { .. })), "{x}: {found:?}");
    }
}

/// Powers of 2 change no digit: algorithms of any scale have the same ones.
#[test]
fn digits_do_not_depend_on_the_scale() {
    let tall = [[2.0, 1.0], [1.0, 3.0], [0.5, -0.25]];
    let square = [[2.0, 1.0, 0.5], [1.0, 3.0, -0.25], [0.5, -0.25, 4.0]];
    let at = |x: f64, power: i32, k: usize| {
        let scale = 2.0_f64.powi(power);
        let slope = [0.3, -0.7, 0.9, 0.1, 0.4, -0.2, 0.8, 0.6, -0.5][k];
        Taylor::<f64, 2>::new(x * scale, [slope * scale, 0.25 * slope * scale])
    };
    let scaled = |x: &[f64], power| x.iter().enumerate().map(|(k, &x)| at(x, power, k)).collect::<Vec<_>>();
    let back = |x: Vec<Taylor<f64, 2>>, power: i32| -> Vec<[f64; 3]> {
        let scale = 2.0_f64.powi(-power);
        x.into_iter().map(|x| [x.re, x.coefficients[0], x.coefficients[1]].map(|x| x * scale)).collect()
    };
    let all = |power: i32| {
        let (tall, square) = (scaled(tall.as_flattened(), power), scaled(square.as_flattened(), power));
        let b = scaled(&[1.0, -2.0, 0.5], power);
        // The symmetric ones are of (A + Aᵀ)/2.
        let symmetric: Vec<_> = (0..9).map(|k| (square[k] + square[k % 3 * 3 + k / 3]) * 0.5).collect();
        vec![
            ("lu", back(rows::lu(&square).unwrap().upper, power)),
            ("ldl", back(rows::ldl(&symmetric).unwrap().diagonal, power)),
            ("cholesky", back(rows::cholesky(&symmetric).unwrap(), power / 2)),
            ("qr", back(rows::qr(&tall, 2).unwrap().r, power)),
            ("solve", back(rows::solve(&square, &b).unwrap(), 0)),
            ("solve_positive", back(rows::solve_positive(&symmetric, &b).unwrap(), 0)),
            ("least_squares", back(rows::least_squares(&tall, &b, 2).unwrap(), 0)),
            ("least_squares_of_rank", back(rows::least_squares_of_rank(&tall, &b, 2, 2).unwrap(), 0)),
            ("pseudo_inverse", back(rows::pseudo_inverse(&tall, 2).unwrap(), -power)),
            ("inverse", back(rows::inverse(&square).unwrap(), -power)),
            ("symmetric_eigenvalues", back(rows::symmetric_eigenvalues(&symmetric).unwrap(), power)),
            ("symmetric_eigen", back(rows::symmetric_eigen(&symmetric).unwrap().vectors, 0)),
            ("singular_values", back(rows::singular_values(&tall, 2).unwrap(), power)),
            ("svd", back(rows::svd(&tall, 2).unwrap().u, 0)),
            ("sqrt", back(rows::sqrt(&symmetric).unwrap(), power / 2)),
        ]
    };
    let expected = all(0);
    for power in [-1000, -600, -540, -200, 200, 540, 600, 1000] {
        for ((name, found), (_, expected)) in all(power).into_iter().zip(&expected) {
            for (found, expected) in found.as_flattened().iter().zip(expected.as_flattened()) {
                assert!((found - expected).abs() < 1e-14, "{name} at 2^{power}: {found} for {expected}");
            }
        }
    }
}

/// A column of the size 10⁻²⁰⁰ beside one of 1, and a right side of the size of either.
#[test]
fn least_squares_serve_columns_of_any_units() {
    let (small, slope) = (2.0_f64.powi(-664), [0.3, -0.7, 0.9, 0.1, 0.4, -0.2]);
    let solve = |units: [f64; 2], b: f64| {
        let tall = [2.0, 1.0, 1.0, 3.0, 0.5, -0.25];
        let a: Vec<D> = (0..6).map(|k| Dual::new(tall[k], [slope[k]]) * units[k % 2]).collect();
        let x = rows::least_squares(&a, &[1.0, -2.0, 0.5].map(|x| Dual::new(x, [0.5 - x]) * b), 2).unwrap();
        [x[0] * units[0] / b, x[1] * units[1] / b]
    };
    let expected = solve([1.0, 1.0], 1.0);
    for (units, b) in [([1.0, small], 1.0), ([small, 1.0], 1.0), ([1.0, small], small), ([small, small], 1.0)]
    {
        assert_eq!(solve(units, b), expected);
    }
}

#[test]
fn factors_that_overflow_are_an_error() {
    let overflow = |column| LinalgError::Overflow { column };
    assert_eq!(linalg::lu(&[[1e308, 1e308], [-1e308, 1e308]]).unwrap_err(), overflow(1));
    let three = [[1e308, 1e308, 0.0], [-1e308, 1e308, 1.0], [0.0, 1.0, 1.0]];
    assert_eq!(linalg::lu(&three).unwrap_err(), overflow(1));
    assert_eq!(linalg::ldl(&[[1e-10, 1e150], [1e150, 1.0]]).unwrap_err(), overflow(1));
}

/// Eigenvalues in closed form, of matrices whose shifted ones lose a pivot to rounding, or for which the iteration doesn't end.
#[test]
fn eigenvalues_of_matrices_of_small_integers() {
    let found = eigen(&Matrix3::new(-3.0, 4.0, -5.0, -2.0, 0.0, -2.0, -5.0, 2.0, -1.0)).unwrap();
    for (found, expected) in found.values.iter().zip([-4.0, -(10.0_f64.sqrt()), 10.0_f64.sqrt()]) {
        assert!((found.re - expected).abs() < 1e-14 && found.im == 0.0, "{found}");
    }
    assert!(eigen(&Matrix3::new(-1.0, 1.0, -1.0, -1.0, -1.0, 1.0, -1.0, -1.0, -1.0)).is_ok());
    let zero = eigen(&DMatrix::from_element(1, 1, D::new(0.0, [3.0]))).unwrap();
    assert_eq!((zero.values[0].re, zero.vectors[0].re), (D::new(0.0, [3.0]), D::constant(1.0)));
    // The roots of 1, in order.
    for n in [4, 6, 8_u8] {
        let side = usize::from(n);
        let cycle = DMatrix::from_fn(side, side, |i, j| if (i + 1) % side == j { 1.0_f64 } else { 0.0 });
        let found = eigenvalues(&cycle).unwrap();
        assert!(found.iter().all(|x| (x.re.hypot(x.im) - 1.0).abs() < 1e-14));
        for k in 0..n {
            let angle = core::f64::consts::TAU * f64::from(k) / f64::from(n);
            let near = |x: &&nalgebra::Complex<f64>| (x.re - angle.cos()).hypot(x.im - angle.sin()) < 1e-14;
            assert_eq!(found.iter().filter(near).count(), 1, "root {k} of {n}: {found}");
        }
    }
}

/// (5, 2; 3, 4)·s has the eigenvalues 2s and 7s, with the left and right vectors (1, −1), (2, −3)/5 and (3, 2)/5, (1, 1).
#[test]
fn eigenvalues_do_not_depend_on_the_scale() {
    for scale in [1e-300, 1e-150, 1e-20, 1.0, 2.0_f64.powi(66), 1e150, 1e300] {
        let a = [5.0, 2.0, 3.0, 4.0].map(|x| D::constant(x * scale));
        let mut a = nalgebra::Matrix2::new(a[0], a[1], a[2], a[3]);
        a[(0, 1)].eps[0] = scale;
        let found = eigenvalues(&a).unwrap();
        // λ² − 9s·λ + (14 − 3t)·s², where t is the parameter's change: λ′ = 3s²/(2λ − 9s).
        for (found, [value, slope]) in found.iter().zip([[2.0, -0.6], [7.0, 0.6]]) {
            assert!((found.re.re / scale - value).abs() < 1e-14, "{found} at {scale}");
            assert!((found.re.eps[0] / scale - slope).abs() < 1e-14, "{found} at {scale}");
        }
    }
}

/// What isn't known of an entry outside the rows and columns that are factorized isn't known of the result.
#[test]
fn a_derivative_that_is_not_finite_is_not_left_out_of_a_stated_rank() {
    for unknown in [f64::NAN, f64::INFINITY] {
        for at in 0..4 {
            let mut a = [D::constant(1.0); 4];
            a[at].eps[0] = unknown;
            let found = rows::pseudo_inverse_of_rank(&a, 2, 1).unwrap();
            assert!(found.iter().all(|x| (x.re - 0.25).abs() < 1e-15 && x.eps[0].is_nan()), "{found:?}");
        }
        let found = rows::pseudo_inverse_of_rank(&[D::new(0.0, [unknown])], 1, 0).unwrap();
        assert!(found[0].re == 0.0 && found[0].eps[0].is_nan());
    }
    // Other directions are known.
    let mut a = [Dual::<f64, 2>::constant(1.0); 4];
    a[3].eps = [f64::NAN, 0.0];
    let found = rows::pseudo_inverse_of_rank(&a, 2, 1).unwrap();
    assert!(found.iter().all(|x| x.eps[0].is_nan() && x.eps[1] == 0.0));
}

#[test]
fn a_stated_rank_is_judged_at_any_size() {
    for [x, y] in [[1e308, 0.5e308], [1.5e308, 1e308], [1e-300, 0.5e-300]] {
        let higher = Err(LinalgError::HigherRank { column: 1 });
        assert_eq!(rows::pseudo_inverse_of_rank(&[x, 0.0, 0.0, y], 2, 1), higher, "{x}");
    }
    let c = D::constant;
    let moving = [D::new(1.0, [1e308]), c(0.0), c(0.0), D::new(0.0, [0.5e308])];
    assert_eq!(rows::pseudo_inverse_of_rank(&moving, 2, 1), Err(LinalgError::HigherRank { column: 1 }));
}

/// Two rows have no higher rank than 2, whatever rounding does to three columns; a product of rank 1 has none of two.
#[test]
fn rounding_raises_no_rank() {
    let of = |k: u32| f64::from(k.wrapping_mul(2_654_435_761) >> 16) / 65536.0 * 4.0 - 2.0;
    for k in 0..2000_u32 {
        let number = |i| Taylor::<f64, 2>::new(of(k * 18 + i), [of(k * 18 + 6 + i), of(k * 18 + 12 + i)]);
        let wide: Vec<_> = (0..6).map(number).collect();
        assert!(rows::pseudo_inverse_of_rank(&wide, 3, 2).is_ok(), "{wide:?}");
        let (u, v) = (&wide[..3], &wide[3..]);
        let product: Vec<_> = (0..9).map(|k| u[k / 3] * v[k % 3]).collect();
        assert!(rows::pseudo_inverse_of_rank(&product, 3, 1).is_ok(), "{product:?}");
    }
}

/// The Laplacian on a ring, row by row. It is singular, and elimination leaves a pivot of 10⁻¹⁶ of some, and none of others.
fn ring(n: usize) -> Vec<f64> {
    let entry = |k: usize| match (k % n + n - k / n) % n {
        0 => -2.0,
        1 => 1.0,
        d if d == n - 1 => 1.0,
        _ => 0.0,
    };
    (0..n * n).map(entry).collect()
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn a_singular_matrix_has_no_solution_by_a_plain_solver() {
    for n in [5, 7, 8, 12, 16, 20, 31, 32, 33, 50, 64, 100] {
        let ring: Vec<D> = ring(n).into_iter().map(D::constant).collect();
        // With the first right side there is no solution, with the other there are many.
        let wave = |i: usize| (std::f64::consts::TAU * i as f64 / n as f64).sin();
        for right in [vec![1.0; n], (0..n).map(wave).collect()] {
            let right: Vec<D> = right.into_iter().map(|b| D::new(b, [b])).collect();
            let plain = |a: &Vec<f64>| {
                let lu = DMatrix::from_row_slice(n, n, a).lu();
                Ok::<_, LinalgError>(move |x: &mut [f64]| {
                    let solution = lu.solve(&DVector::from_column_slice(x));
                    x.copy_from_slice(solution.unwrap_or(DVector::repeat(n, f64::NAN)).as_slice());
                })
            };
            let error = linalg::solve_by(&ring, &right, plain).unwrap_err();
            let says_so = matches!(error, LinalgError::Singular { .. } | LinalgError::Inaccurate { .. });
            assert!(says_so, "{n}: {error}");
        }
    }
}

/// Hilbert's matrix of ten rows has the condition number 10¹³, and is not singular.
#[test]
#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn an_ill_conditioned_matrix_is_not_singular() {
    for n in 2..=10 {
        let hilbert: Vec<f64> = (0..n * n).map(|k| 1.0 / ((k / n + k % n + 1) as f64)).collect();
        let right: Vec<f64> = hilbert.chunks(n).map(|row| row.iter().sum()).collect();
        let found = linalg::solve_by(&hilbert, &right, |a| factorize(a)).unwrap();
        assert!(found.iter().all(|x| (x - 1.0).abs() < 1e-3), "{n}: {found:?}");
    }
}

/// What cos(π/2) leaves in a Jacobian: `nalgebra`'s reflections lose the derivatives beside it, as the documentation of its adapter says.
#[test]
fn singular_values_beside_a_zero() {
    let a = Matrix3::new(0.0, 1.7, 2.4, 1e-17, 3.8, 0.0, 5.2, 0.0, 0.0);
    let v = Matrix3::new(0.1, 0.2, -0.3, 0.4, -0.5, 0.3, 0.2, 0.1, -0.4);
    // uᵢᵀ·V·vᵢ, by mpmath in 50 digits.
    let exact = [0.2, -0.269_571_419_288_138_66, -0.528_395_086_524_443_6];
    let found = jvp(|a: &Matrix3<D>| singular_values(a).unwrap(), &a, &v);
    assert!(found.iter().zip(exact).all(|(found, exact)| (found - exact).abs() < 1e-14), "{found}");
    let lossy = jvp(|a: &Matrix3<D>| a.singular_values(), &a, &v);
    assert!((lossy[1] / exact[1] - 1.0).abs() > 10.0, "{lossy}: the documentation can be mended");
}

/// A pivot that is only rounding is none, and one that is small for other reasons is one.
#[test]
fn a_pivot_of_rounding_is_none() {
    for n in 3..80 {
        let (ring, right) = (ring(n), vec![1.0; n]);
        let error = rows::solve(&ring, &right).unwrap_err();
        assert!(matches!(error, LinalgError::Singular { .. }), "{n}: {error}");
        let moving: Vec<D> = ring.iter().map(|&a| D::new(a, [1.0])).collect();
        assert!(matches!(rows::inverse(&moving), Err(LinalgError::Singular { .. })), "{n}");
    }
    let thirds = [[1.0 / 3.0, 2.0 / 3.0, 1.0], [0.1, 0.2, 0.3], [0.7, 0.1, 0.4]]; // the second row is 0.3 of the first
    assert_eq!(linalg::solve(&thirds, &[1.0, 0.0, 0.0]), Err(LinalgError::Singular { column: 2 }));

    // Graded, triangular, and ill-conditioned.
    assert_eq!(linalg::solve(&[[1.0, 1e20], [0.0, 1.0]], &[1e20, 1.0]), Ok([0.0, 1.0]));
    assert_eq!(linalg::solve(&[[1e-30, 0.0], [0.0, 1e30]], &[1e-30, 1e30]), Ok([1.0, 1.0]));
    let near = 1.0 + 256.0 * f64::EPSILON;
    assert_eq!(linalg::solve(&[[1.0, 1.0], [1.0, near]], &[1.0, 1.0]), Ok([1.0, 0.0]));
    assert_eq!(linalg::solve(&[[1.0_f32, 1.0], [1.0, 1.0 + 1e-4]], &[1.0, 1.0]), Ok([1.0, 0.0]));
}

/// Unknowns that grow from one to the next, and units that are far apart, make no matrix singular.
#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "small numbers")]
fn sizes_that_differ_make_no_matrix_singular() {
    for (q, n) in [(1.05, 800), (1.1, 400), (1.7, 100)] {
        let entry = |k: usize| match k / n - (k % n).min(k / n) {
            0 if k / n == k % n => 1.0,
            1 => -q,
            _ => 0.0,
        };
        let growth: Vec<f64> = (0..n * n).map(entry).collect();
        // x₀ = 1, xₖ = q·xₖ₋₁ + 1
        let x = linalg::solve_by(&growth, &vec![1.0; n], |a| factorize(a)).unwrap();
        let exact = (f64::powi(q, n as i32) - 1.0) / (q - 1.0);
        assert!((x[n - 1] / exact - 1.0).abs() < 1e-12, "{q}: {} for {exact}", x[n - 1]);
    }
    // The density of a gas by its pressure, in Boltzmann's units.
    let (kt, p) = (1.380_649e-23 * 300.0, Dual::<f64, 1>::variable(1e5, 0));
    let [o, i] = [0.0, 1.0].map(Dual::constant);
    let a = [[i, Dual::constant(-1.0 / kt), o], [o, i, Dual::constant(2.0)], [o, o, i]];
    let x = linalg::solve_by(&a, &[o, p, Dual::constant(3.0)], |a| factorize(a.as_flattened())).unwrap();
    assert!((x[0].re * kt / (1e5 - 6.0) - 1.0).abs() < 1e-15 && (x[0].eps[0] * kt - 1.0).abs() < 1e-15);
    // Vandermonde's matrix of 1 to 12, condition 10¹⁶ and more in these units: elimination has two digits of the solution and more.
    let vandermonde: Vec<f64> = (0..144_i32).map(|k| f64::from(k / 12 + 1).powi(k % 12)).collect();
    let right: Vec<f64> = vandermonde.chunks(12).map(|row| row.iter().sum()).collect();
    let x = linalg::solve_by(&vandermonde, &right, |a| factorize(a)).unwrap();
    assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-2), "{x:?}");
    let nothing: Vec<f64> = linalg::solve_by(&Vec::<f64>::new(), &[], |_| {
        Ok::<_, LinalgError>(|_: &mut [f64]| panic!("nothing to solve"))
    })
    .unwrap();
    assert!(nothing.is_empty());
}

/// A triangle of conductances that is joined to nothing.
fn triangle([a, b, d]: [f64; 3]) -> [[f64; 3]; 3] {
    [[a + d, -a, -d], [-a, a + b, -b], [-d, -b, b + d]]
}

const CONDUCTANCES: [f64; 16] =
    [0.01, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];

fn triangles() -> impl Iterator<Item = [[f64; 3]; 3]> {
    let of = |k: usize| [k % 16, k / 16 % 16, k / 256].map(|i| CONDUCTANCES[i]);
    (0..4096).map(move |k| triangle(of(k)))
}

#[test]
fn a_network_that_is_joined_to_nothing_has_no_solution() {
    let passed = |solve: &dyn Fn([[f64; 3]; 3]) -> bool| triangles().filter(|&a| solve(a)).count();
    let right = [1.0, 0.0, -1.0];
    // Rounding of the entries makes most of these matrices regular, and a few by so much that they are solved.
    let found = [
        passed(&|a| linalg::solve_by(&a, &right, |a| factorize(a.as_flattened())).is_ok()),
        passed(&|a| linalg::solve(&a, &right).is_ok()),
        passed(&|a| linalg::inverse(&a).is_ok()),
        passed(&|a| linalg::solve_positive(&a, &right).is_ok()),
    ];
    assert!(found.iter().all(|&passed| passed <= 4), "of 4096: {found:?}");
    // Factors with a pivot that is zero, and nothing on the right.
    let zero = [[1.0, 1.0], [1.0, 1.0]];
    let by_pivots = |a: &[[f64; 2]; 2]| {
        let [[a, b], [c, d]] = *a;
        Ok::<_, LinalgError>(move |x: &mut [f64]| {
            x[1] = (x[1] - c / a * x[0]) / (d - c / a * b);
            x[0] = (x[0] - b * x[1]) / a;
        })
    };
    assert!(linalg::solve_by(&zero, &[0.0, 0.0], by_pivots).is_err());
}
