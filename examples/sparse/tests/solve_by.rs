//! faer's factorizations as plain solvers of `linalg::solve_by`: dense LU, sparse LU, sparse Cholesky.

use std::error::Error;

use faer::col::ColMut;
use faer::linalg::solvers::Solve;
use faer::mat::MatRef;
use tangents::linalg::{LinalgError, rows, solve_by};
use tangents::sparse::{Layout, Pattern, SparseMatrix};
use tangents::{Dual, HyperDual, Number, Taylor};
use tangents_examples_sparse::{cholesky, lu};

/// Numbers in −1 … 1 that know no rule.
fn noise(k: usize) -> f64 {
    f64::from(u8::try_from(k * k * 37 % 251).unwrap()) / 125.0 - 1.0
}

/// faer's dense LU of a matrix row by row.
#[allow(clippy::ptr_arg, clippy::unnecessary_wraps)] // the form that solve_by takes
fn dense(a: &Vec<f64>) -> Result<impl FnMut(&mut [f64]) + use<>, LinalgError> {
    let n = a.len().isqrt();
    let lu = MatRef::from_row_major_slice(a, n, n).partial_piv_lu();
    Ok(move |b: &mut [f64]| lu.solve_in_place(ColMut::from_slice_mut(b)))
}

/// An n×n matrix with five entries in a row, symmetric if asked for, and a right side, on any number.
fn system<T: Number>(n: usize, symmetric: bool, t: T) -> (Pattern, Vec<T>, Vec<T>) {
    let places = (0..n).flat_map(|i| [0, 1, 7, n - 7, n - 1].map(|d| (i, (i + d) % n)));
    let pattern = Pattern::from_entries((n, n), places).unwrap();
    let entry = |(i, j): (usize, usize)| {
        let k = if symmetric { i.min(j) * n + i.max(j) } else { i * n + j };
        let x = T::lit(noise(k)) + t * T::lit(noise(k + 1)) + t * t * T::lit(noise(k + 2));
        if i == j { x + T::lit(6.0) } else { x }
    };
    let values = pattern.entries().map(entry).collect();
    (pattern, values, (0..n).map(|i| T::lit(noise(i)) + t * T::lit(noise(2 * i))).collect())
}

/// The solution by this crate's own elimination, and by faer, dense and sparse.
fn solutions<T: Number>(symmetric: bool, t: T) -> Vec<Vec<T>> {
    let (pattern, values, b) = system(60, symmetric, t);
    let by_rows = SparseMatrix::new(pattern, values).unwrap();
    let flat = by_rows.to_dense().concat();
    let by_columns = by_rows.into_layout(Layout::Columns);
    let mut found = vec![
        rows::solve(&flat, &b).unwrap(),
        solve_by(&flat, &b, dense).unwrap(),
        solve_by(&by_columns, &b, lu).unwrap(),
    ];
    if symmetric {
        found.push(solve_by(&by_columns, &b, cholesky).unwrap());
    }
    found
}

#[test]
fn all_ways_agree_in_every_order() {
    for symmetric in [false, true] {
        let taylor = solutions(symmetric, Taylor::<f64, 3>::variable(0.0));
        let nested =
            solutions(symmetric, Dual::new(Dual::<f64, 1>::variable(0.0, 0), [Dual::constant(1.0); 2]));
        let hyper = solutions(symmetric, HyperDual::<f64, 2>::from_fn(0.0, [1.0, -1.0], |_, _| 0.0));
        for way in 1..taylor.len() {
            for i in 0..60 {
                let (x, y) = (taylor[0][i], taylor[way][i]);
                assert!((0..4).all(|k| (x - y).coefficient(k).abs() < 1e-13), "{way}: {x} {y}");
                let y = nested[way][i];
                assert!((y.eps[1].re - x.coefficient(1)).abs() < 1e-13);
                assert!((y.eps[0].eps[0] - 2.0 * x.coefficient(2)).abs() < 1e-13);
                let y = hyper[way][i];
                assert!((y.gradient[1] + x.coefficient(1)).abs() < 1e-13);
                assert!((y.second(0, 1) + 2.0 * x.coefficient(2)).abs() < 1e-13);
            }
        }
        // The value is the solver's, to the bit, with any tangents.
        let plain = solutions(symmetric, 0.0_f64);
        for (plain, taylor) in plain.iter().zip(&taylor) {
            assert!(plain.iter().zip(taylor).all(|(x, y)| x.to_bits() == y.re.to_bits()));
        }
        // Of f32: solved in f64, and rounded.
        let single = solutions(symmetric, Dual::<f32, 1>::variable(0.0, 0));
        for (x, y) in single[1].iter().zip(&taylor[0]) {
            assert!(
                (f64::from(x.re) - y.re).abs() < 1e-6
                    && (f64::from(x.eps[0]) - y.coefficient(1)).abs() < 1e-5
            );
        }
    }
}

#[test]
fn wrong_factors_are_an_error_and_those_nearby_are_refined() {
    let t = Dual::<f64, 1>::variable(0.0, 0);
    let (pattern, values, b) = system(60, false, t);
    let matrix = SparseMatrix::new(pattern, values).unwrap();
    let inaccurate = |x: Result<_, Box<dyn Error>>| {
        let error = x.map(|_: Vec<Dual<f64, 1>>| ()).unwrap_err();
        matches!(error.downcast_ref(), Some(LinalgError::Inaccurate { .. }))
    };
    // In rows it is, in faer's columns, the transpose.
    assert!(inaccurate(solve_by(&matrix, &b, lu)));
    let columns = matrix.into_layout(Layout::Columns);
    let exact = solve_by(&columns, &b, lu).unwrap();
    // A solver that doesn't solve, one that gives NaN, and one that ends before its right side does.
    assert!(inaccurate(solve_by(&columns, &b, |_| Ok(|_: &mut [f64]| ()))));
    assert!(inaccurate(solve_by(&columns, &b, |_| Ok(|b: &mut [f64]| b.fill(f64::NAN)))));
    let mut calls = 0;
    let only_the_first = |a: &_| {
        let mut solve = lu(a)?;
        Ok(move |b: &mut [f64]| {
            calls += 1;
            // Four are for the proof that the matrix is regular, one is for the values.
            if calls <= 5 { solve(b) } else { b.fill(1.0) }
        })
    };
    assert!(inaccurate(solve_by(&columns, &b, only_the_first)), "tangents are checked too");
    // Factors that are a little off, as those of the step before.
    let nearby = solve_by(&columns, &b, |a| {
        let mut other = a.clone();
        other.values_mut().iter_mut().for_each(|a| *a *= 1.0 + 1e-3);
        lu(&other)
    })
    .unwrap();
    for (x, y) in nearby.iter().zip(&exact) {
        assert!((x.re - y.re).abs() < 1e-9 && (x.eps[0] - y.eps[0]).abs() < 1e-8);
    }
    // A factorization that fails.
    let failed: Result<Vec<_>, Box<dyn Error>> =
        solve_by(&columns, &b, |_| Err::<fn(&mut [f64]), _>("no factors".into()));
    assert_eq!(failed.unwrap_err().to_string(), "no factors");
}
