//! Eigenvalues and eigenvectors of plain symmetric matrices; of small ones by Jacobi's method (Golub and Van Loan, *Matrix Computations*,
//! section 8.5): it is exact for a diagonal matrix, and finds small eigenvalues of matrices with entries of many sizes.

use alloc::{vec, vec::Vec};

use super::tridiagonal;
use crate::rules::Number;

/// Up to which side Jacobi's method is taken, which is nearer. It takes 4 times as long as the way of `nalgebra`, which is that by
/// tridiagonal matrices, at the side 10, and 15 times at 100.
const SMALL: usize = 8;

/// How often all entries are visited at most; some 6 to 10 times are enough.
const SWEEPS: usize = 60;

/// The eigenvalues of a symmetric matrix, ascending, and the eigenvectors, in the columns of a matrix, each with a positive
/// component of the largest size.
pub(super) fn eigen<P: Number>(mut a: Vec<P>, n: usize) -> (Vec<P>, Vec<P>) {
    if n > SMALL
        && let Some((values, vectors)) = tridiagonal::eigen(a.clone(), n)
    {
        return sorted(&values, &vectors, n);
    }
    // The rows are the vectors, so that a rotation goes along rows.
    let mut vectors: Vec<P> = super::solve::identity_of(n);
    let size = a.iter().fold(P::zero(), |size, x| size.max(x.abs()));
    let epsilon = P::epsilon() * P::lit(0.0625);
    for _ in 0..SWEEPS {
        let mut rests = true;
        for p in 0..n {
            for q in p + 1..n {
                let (x, y, off) = (a[p * (n + 1)], a[q * (n + 1)], a[p * n + q]);
                let beside = (x.abs().sqrt() * y.abs().sqrt()).max(size * epsilon);
                if off.abs() <= epsilon * beside {
                    continue;
                }
                rests = false;
                rotate(&mut a, &mut vectors, n, p, q, tangent(x, y, off));
            }
        }
        if rests {
            break;
        }
    }
    let values: Vec<P> = (0..n).map(|i| a[i * (n + 1)]).collect();
    sorted(&values, &vectors, n)
}

/// The tangent of the angle, of at most 45°, by which the rotation makes a zero of the entry beside these two of the diagonal.
fn tangent<P: Number>(x: P, y: P, off: P) -> P {
    let ratio = (y - x) / (off + off);
    let t = (ratio.abs() + P::one().hypot(ratio)).recip();
    if ratio < P::zero() { -t } else { t }
}

fn rotate<P: Number>(a: &mut [P], vectors: &mut [P], n: usize, p: usize, q: usize, t: P) {
    let (x, y, off) = (a[p * (n + 1)], a[q * (n + 1)], a[p * n + q]);
    let c = P::one().hypot(t).recip();
    let s = t * c;
    rotate_rows(a, n, p, q, c, s);
    for row in a.chunks_exact_mut(n) {
        (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
    }
    // As they are by the angle's definition.
    a[p * (n + 1)] = x - t * off;
    a[q * (n + 1)] = y + t * off;
    (a[p * n + q], a[q * n + p]) = (P::zero(), P::zero());
    rotate_rows(vectors, n, p, q, c, s);
}

fn rotate_rows<P: Number>(a: &mut [P], n: usize, p: usize, q: usize, c: P, s: P) {
    let (above, below) = a.split_at_mut(q * n);
    for (x, y) in above[p * n..][..n].iter_mut().zip(&mut below[..n]) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

fn sorted<P: Number>(values: &[P], vectors: &[P], n: usize) -> (Vec<P>, Vec<P>) {
    let value = |i: usize| values[i];
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| value(i).partial_cmp(&value(j)).unwrap_or(core::cmp::Ordering::Equal));
    let mut columns = vec![P::zero(); n * n];
    for (j, &from) in order.iter().enumerate() {
        let vector = &vectors[from * n..][..n];
        let largest = vector.iter().fold(P::zero(), |l, &x| if x.abs() > l.abs() { x } else { l });
        for (i, &x) in vector.iter().enumerate() {
            columns[i * n + j] = if largest < P::zero() { -x } else { x };
        }
    }
    (order.into_iter().map(value).collect(), columns)
}
