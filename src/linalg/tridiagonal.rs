//! Eigenvalues and eigenvectors of plain symmetric matrices, for large ones: reflections make them tridiagonal, and steps of the
//! QR algorithm with Wilkinson's shift make them diagonal (Golub and Van Loan, *Matrix Computations*, sections 8.3.1 to 8.3.5).

use alloc::{vec, vec::Vec};

use super::solve::identity_of;
use crate::rules::Number;

/// How many steps are taken at most for each row; some 2 are enough.
const STEPS: usize = 30;

/// The eigenvalues of a symmetric matrix, and the eigenvectors in rows; nothing if the steps haven't converged.
pub(super) fn eigen<P: Number>(a: Vec<P>, n: usize) -> Option<(Vec<P>, Vec<P>)> {
    let Tridiagonal { mut diagonal, mut beside, mut vectors } = Tridiagonal::new(a, n);
    let mut steps = 0;
    let mut end = n.saturating_sub(1);
    while end > 0 {
        let is_zero = |k: usize, diagonal: &[P], beside: &[P]| {
            beside[k].abs() <= P::epsilon() * (diagonal[k].abs() + diagonal[k + 1].abs())
        };
        if is_zero(end - 1, &diagonal, &beside) {
            end -= 1;
            continue;
        }
        steps += 1;
        if steps > STEPS * n {
            return None;
        }
        let start = (0..end).rev().find(|&k| is_zero(k, &diagonal, &beside)).map_or(0, |k| k + 1);
        step(&mut diagonal, &mut beside, &mut vectors, start, end);
    }
    Some((diagonal, vectors))
}

/// A step on the rows from `start` to `end`, of which none beside the diagonal is zero.
fn step<P: Number>(diagonal: &mut [P], beside: &mut [P], vectors: &mut [P], start: usize, end: usize) {
    let n = diagonal.len();
    let half = (diagonal[end - 1] - diagonal[end]) * P::lit(0.5);
    let (last, root) = (beside[end - 1], half.hypot(beside[end - 1]));
    let shift = diagonal[end] - last / (half + if half < P::zero() { -root } else { root }) * last;
    let (mut x, mut z) = (diagonal[start] - shift, beside[start]);
    for k in start..end {
        let r = x.hypot(z);
        let (c, s) = if r == P::zero() { (P::one(), P::zero()) } else { (x / r, z / r) };
        if k > start {
            beside[k - 1] = r;
        }
        let (above, below, off) = (diagonal[k], diagonal[k + 1], beside[k]);
        let twice = c * s * (off + off);
        diagonal[k] = c * c * above + twice + s * s * below;
        diagonal[k + 1] = s * s * above - twice + c * c * below;
        beside[k] = c * s * (below - above) + (c * c - s * s) * off;
        if k + 1 < end {
            (x, z) = (beside[k], s * beside[k + 1]);
            beside[k + 1] *= c;
        }
        let (upper, lower) = vectors.split_at_mut((k + 1) * n);
        for (x, y) in upper[k * n..].iter_mut().zip(&mut lower[..n]) {
            (*x, *y) = (c * *x + s * *y, c * *y - s * *x);
        }
    }
}

/// The matrix in the basis of `vectors`, its rows.
struct Tridiagonal<P> {
    diagonal: Vec<P>,
    /// What is beside the diagonal, and one number more.
    beside: Vec<P>,
    vectors: Vec<P>,
}

impl<P: Number> Tridiagonal<P> {
    fn new(mut a: Vec<P>, n: usize) -> Self {
        let mut beside = vec![P::zero(); n];
        // The vectors of the reflections, 1 − v·vᵀ, in rows, of which the first k + 1 entries are zero.
        let mut reflections = vec![P::zero(); n * n];
        for k in 0..n.saturating_sub(1) {
            let row = &a[k * n..][..n];
            let (size, first) = (P::norm(&row[k + 1..]), row[k + 1]);
            let sign = if first < P::zero() { -P::one() } else { P::one() };
            beside[k] = -sign * size;
            if size == P::zero() || k + 2 == n {
                // Nothing is to be reflected.
                beside[k] = first;
                continue;
            }
            let v = &mut reflections[k * n..][..n];
            let (scale, rest) = (size.recip(), (P::one() + first.abs() / size).sqrt());
            for (v, &x) in v[k + 1..].iter_mut().zip(&row[k + 1..]) {
                *v = x * scale;
            }
            v[k + 1] += sign;
            for v in &mut v[k + 1..] {
                *v /= rest;
            }
            reflect_both(&mut a, &reflections[k * n..][..n], n, k + 1);
        }
        let mut vectors: Vec<P> = identity_of(n);
        for k in (0..n.saturating_sub(2)).rev() {
            reflect_rows(&mut vectors, &reflections[k * n..][..n], n, k + 1);
        }
        // The reflections' product has the vectors in its columns.
        let vectors = (0..n * n).map(|k| vectors[k % n * n + k / n]).collect();
        Self { diagonal: (0..n).map(|k| a[k * (n + 1)]).collect(), beside, vectors }
    }
}

/// `A := (1 − v·vᵀ)·A·(1 − v·vᵀ)` in the rows and columns from `first` on.
fn reflect_both<P: Number>(a: &mut [P], v: &[P], n: usize, first: usize) {
    let mut w = vec![P::zero(); n];
    for (row, &v) in a.chunks_exact(n).zip(v).skip(first) {
        for (w, &a) in w[first..].iter_mut().zip(&row[first..]) {
            *w += v * a;
        }
    }
    let along = w.iter().zip(v).fold(P::zero(), |sum, (&w, &v)| sum + w * v) * P::lit(0.5);
    for (w, &v) in w[first..].iter_mut().zip(&v[first..]) {
        *w -= along * v;
    }
    for (i, row) in a.chunks_exact_mut(n).enumerate().skip(first) {
        for ((a, &v_j), &w_j) in row[first..].iter_mut().zip(&v[first..]).zip(&w[first..]) {
            *a = *a - v[i] * w_j - w[i] * v_j;
        }
    }
}

/// `X := (1 − v·vᵀ)·X` in the rows and columns from `first` on.
fn reflect_rows<P: Number>(x: &mut [P], v: &[P], n: usize, first: usize) {
    let mut products = vec![P::zero(); n];
    for (row, &v) in x.chunks_exact(n).zip(v).skip(first) {
        for (product, &x) in products[first..].iter_mut().zip(&row[first..]) {
            *product += v * x;
        }
    }
    for (row, &v) in x.chunks_exact_mut(n).zip(v).skip(first) {
        for (x, &product) in row[first..].iter_mut().zip(&products[first..]) {
            *x -= v * product;
        }
    }
}
