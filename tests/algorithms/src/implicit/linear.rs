//! Linear solvers that tests bring along.

use std::convert::Infallible;

use nalgebra::{DMatrix, DVectorViewMut};
use tangents::implicit::Apply;
use tangents::sparse::SparseMatrix;

/// Factors of the matrix with its zeros.
pub(super) fn lu(j: &SparseMatrix<f64>) -> Result<impl FnMut(&mut [f64]) + use<>, &'static str> {
    let factors = DMatrix::from_fn(j.rows(), j.columns(), |i, k| j.get(i, k).copied().unwrap_or(0.0)).lu();
    if !factors.is_invertible() {
        return Err("singular");
    }
    Ok(move |b: &mut [f64]| {
        let n = b.len();
        assert!(factors.solve_mut(&mut DVectorViewMut::from_slice(b, n)));
    })
}

/// Elimination in three diagonals, without pivots.
pub(super) fn thomas(j: &SparseMatrix<f64>) -> Result<impl FnMut(&mut [f64]) + use<>, &'static str> {
    let n = j.rows();
    let entry = |i: usize, k: usize| j.get(i, k).copied().unwrap_or(0.0);
    let upper: Vec<_> = (1..n).map(|i| entry(i - 1, i)).collect();
    let (mut lower, mut pivots) = (vec![0.0; n], vec![entry(0, 0); n]);
    for i in 1..n {
        lower[i] = entry(i, i - 1) / pivots[i - 1];
        pivots[i] = entry(i, i) - lower[i] * upper[i - 1];
    }
    if pivots.contains(&0.0) {
        return Err("a pivot is zero");
    }
    Ok(move |b: &mut [f64]| {
        for i in 1..n {
            b[i] -= lower[i] * b[i - 1];
        }
        b[n - 1] /= pivots[n - 1];
        for i in (1..n).rev() {
            b[i - 1] = (b[i - 1] - upper[i - 1] * b[i]) / pivots[i - 1];
        }
    })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(y: &mut [f64], a: f64, x: &[f64]) {
    y.iter_mut().zip(x).for_each(|(y, x)| *y += a * x);
}

/// GMRES without a restart, until the residual is `tolerance` of the right side (Saad and Schultz 1986).
pub(super) fn gmres(
    tolerance: f64,
) -> impl Fn(&Apply<'_>, &[f64], &mut [f64]) -> Result<(), Infallible> + Copy {
    move |apply, r, d| {
        let n = r.len();
        let size = dot(r, r).sqrt();
        let mut basis = vec![r.iter().map(|r| r / size).collect::<Vec<_>>()];
        let (mut columns, mut rotations, mut right) = (Vec::<Vec<f64>>::new(), Vec::new(), vec![size]);
        while columns.len() < n && right[columns.len()].abs() > tolerance * size {
            let k = columns.len();
            let mut v = vec![0.0; n];
            apply(&basis[k], &mut v);
            // Twice is enough.
            let mut column = vec![0.0; k + 1];
            for _ in 0..2 {
                for (basis, h) in basis.iter().zip(&mut column) {
                    let part = dot(basis, &v);
                    *h += part;
                    add(&mut v, -part, basis);
                }
            }
            let below = dot(&v, &v).sqrt();
            for (i, &(c, s)) in rotations.iter().enumerate() {
                let (a, b): (f64, f64) = (column[i], column[i + 1]);
                (column[i], column[i + 1]) = (c * a + s * b, c * b - s * a);
            }
            let pivot = column[k].hypot(below);
            let (c, s) = (column[k] / pivot, below / pivot);
            column[k] = pivot;
            rotations.push((c, s));
            let last = right[k];
            right[k] = c * last;
            right.push(-s * last);
            columns.push(column);
            basis.push(v.iter().map(|v| v / below).collect());
        }
        for k in (0..columns.len()).rev() {
            let y = right[k] / columns[k][k];
            (0..k).for_each(|i| right[i] -= y * columns[k][i]);
            add(d, y, &basis[k]);
        }
        Ok(())
    }
}

/// Conjugate gradients, until the residual is `tolerance` of the right side, in at most `steps` (Hestenes and Stiefel 1952).
pub(super) fn conjugate_gradients(
    tolerance: f64,
    steps: usize,
) -> impl Fn(&Apply<'_>, &[f64], &mut [f64]) -> Result<(), &'static str> + Copy {
    move |apply, r, d| {
        let (mut residual, mut direction, mut product) = (r.to_vec(), r.to_vec(), vec![0.0; r.len()]);
        let size = dot(r, r);
        let mut left = size;
        for _ in 0..steps {
            if left <= tolerance * tolerance * size {
                return Ok(());
            }
            apply(&direction, &mut product);
            let step = left / dot(&direction, &product);
            add(d, step, &direction);
            add(&mut residual, -step, &product);
            let before = std::mem::replace(&mut left, dot(&residual, &residual));
            direction.iter_mut().zip(&residual).for_each(|(p, r)| *p = r + left / before * *p);
        }
        Ok(())
    }
}
