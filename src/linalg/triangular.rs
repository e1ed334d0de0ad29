//! Solutions for numbers, from the factors of the plain matrix of their values, and what is left of a right side.
//!
//! Right sides have `m` columns and are slices, row by row. Every component of every column is summed by itself, in an order
//! that depends on the rows alone. So a component of a number has the same bits, with other components beside it or without.

use crate::number::over::Over;
use crate::rules::Number;

/// How many rows of one column are summed side by side, each waiting for its own additions: numbers with lanes have enough to do.
const SIDE_BY_SIDE: usize = 4;

/// How many bytes of a row are worked on at once: the rows' parts then stay in the second cache.
const TILE: usize = 1024;

/// The widest parts of `m` columns of `T`s that are worked on at once, each with its first column.
fn tiles<T>(m: usize) -> impl Iterator<Item = (usize, usize)> {
    let width = (TILE / size_of::<T>().max(1)).max(1);
    (0..m).step_by(width).map(move |left| (left, m.min(left + width)))
}

/// `x := A⁻¹·x`, from what [`factorize`](super::lu::factorize) has made of A.
///
/// Cost: n²·m products of a plain number with one of x.
pub(super) fn solve<P: Number, D, T: Over<P, D>>(factors: &[P], swaps: &[usize], x: &mut [T], m: usize) {
    let n = swaps.len();
    debug_assert_eq!(x.len(), n * m, "the length of the right side and the rows of the matrix");
    for (k, &swap) in swaps.iter().enumerate() {
        swap_rows(x, m, k, swap);
    }
    solve_lower(factors, x, n, m, |_, x| x);
    solve_upper(factors, x, n, m);
}

/// Swaps two rows of length `m`, the second of which isn't before the first.
pub(super) fn swap_rows<T>(x: &mut [T], m: usize, first: usize, second: usize) {
    if first < second {
        let (above, below) = x.split_at_mut(second * m);
        above[first * m..][..m].swap_with_slice(&mut below[..m]);
    }
}

/// `x := L⁻¹·x` for the part of `l` below its diagonal; `last` makes of what is left of a row, whose index it gets, the solution.
pub(super) fn solve_lower<P: Number, D, T: Over<P, D>>(
    l: &[P],
    x: &mut [T],
    n: usize,
    m: usize,
    last: impl Fn(usize, T) -> T,
) {
    if m == 1 && is_narrow::<T>() {
        for first in (0..n).step_by(SIDE_BY_SIDE) {
            let (known, x) = x.split_at_mut(first);
            let rows = SIDE_BY_SIDE.min(n - first);
            if rows == SIDE_BY_SIDE {
                let l: [&[P]; SIDE_BY_SIDE] = core::array::from_fn(|r| &l[(first + r) * n..][..first]);
                let mut sums: [T; SIDE_BY_SIDE] = core::array::from_fn(|r| x[r]);
                for (k, &known) in known.iter().enumerate() {
                    for (sum, l) in sums.iter_mut().zip(l) {
                        *sum -= known.times_plain(l[k]);
                    }
                }
                x[..SIDE_BY_SIDE].copy_from_slice(&sums);
            } else {
                for r in 0..rows {
                    let l = &l[(first + r) * n..][..first];
                    x[r] = known.iter().zip(l).fold(x[r], |sum, (known, &l)| sum - known.times_plain(l));
                }
            }
            for r in 0..rows {
                for k in 0..r {
                    x[r] -= x[k].times_plain(l[(first + r) * n + first + k]);
                }
                x[r] = last(first + r, x[r]);
            }
        }
        return;
    }
    for (left, right) in tiles::<T>(m) {
        for i in 0..n {
            let (known, x) = x.split_at_mut(i * m);
            let x = &mut x[left..right];
            for (k, &l) in l[i * n..][..i].iter().enumerate() {
                subtract(x, l, &known[k * m + left..][..right - left]);
            }
            for x in x {
                *x = last(i, *x);
            }
        }
    }
}

/// `x := U⁻¹·x` for the part of `u` on and above its diagonal.
pub(super) fn solve_upper<P: Number, D, T: Over<P, D>>(u: &[P], x: &mut [T], n: usize, m: usize) {
    if m == 1 && is_narrow::<T>() {
        let mut end = n;
        while end > 0 {
            let first = end.saturating_sub(SIDE_BY_SIDE);
            let (x, known) = x[first..].split_at_mut(end - first);
            if let Ok(x) = <&mut [T; SIDE_BY_SIDE]>::try_from(&mut *x) {
                let u: [&[P]; SIDE_BY_SIDE] =
                    core::array::from_fn(|r| &u[(first + r) * n + end..][..n - end]);
                for (k, &known) in known[..n - end].iter().enumerate().rev() {
                    for (x, u) in x.iter_mut().zip(u) {
                        *x -= known.times_plain(u[k]);
                    }
                }
            } else {
                for (r, x) in x.iter_mut().enumerate() {
                    let u = &u[(first + r) * n + end..][..n - end];
                    *x = known.iter().zip(u).rev().fold(*x, |sum, (known, &u)| sum - known.times_plain(u));
                }
            }
            for r in (0..end - first).rev() {
                for k in (r + 1..end - first).rev() {
                    x[r] -= x[k].times_plain(u[(first + r) * n + first + k]);
                }
                x[r] = x[r].by_plain(u[(first + r) * (n + 1)]);
            }
            end = first;
        }
        return;
    }
    for (left, right) in tiles::<T>(m) {
        for i in (0..n).rev() {
            let (x, known) = x[i * m..].split_at_mut(m);
            let x = &mut x[left..right];
            for (k, &u) in u[i * n..][i + 1..n].iter().enumerate().rev() {
                subtract(x, u, &known[k * m + left..][..right - left]);
            }
            let pivot = u[i * (n + 1)];
            for x in x {
                *x = x.by_plain(pivot);
            }
        }
    }
}

/// Whether a number has so few components that its sums wait for each other.
fn is_narrow<T>() -> bool {
    size_of::<T>() <= 4 * size_of::<f64>()
}

/// `x −= factor·y`
#[inline]
fn subtract<P: Number, D, T: Over<P, D>>(x: &mut [T], factor: P, y: &[T]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x -= y.times_plain(factor);
    }
}

/// `r −= A·x` for a matrix of numbers and a plain x.
pub(super) fn subtract_plain_product<P: Number, D, T: Over<P, D>>(r: &mut [T], a: &[T], x: &[P], m: usize) {
    subtract_product_by(r, a, x, m, |a, &x| a.times_plain(x));
}

/// `r −= A·x`
pub(super) fn subtract_product<T: Number>(r: &mut [T], a: &[T], x: &[T], m: usize) {
    subtract_product_by(r, a, x, m, |a, &x| *a * x);
}

/// `r −= A·x` for an A with a row for each of r, of which each has a term for each row of x.
#[inline]
fn subtract_product_by<T: Number, X>(r: &mut [T], a: &[T], x: &[X], m: usize, times: impl Fn(&T, &X) -> T) {
    if r.is_empty() || x.is_empty() {
        return;
    }
    let n = x.len() / m;
    if m == 1 && is_narrow::<T>() {
        let mut rows = r.chunks_exact_mut(SIDE_BY_SIDE);
        let mut a = a.chunks(SIDE_BY_SIDE * n);
        for (r, a) in rows.by_ref().zip(a.by_ref()) {
            let a: [&[T]; SIDE_BY_SIDE] = core::array::from_fn(|i| &a[i * n..][..n]);
            let mut sums: [T; SIDE_BY_SIDE] = core::array::from_fn(|i| r[i]);
            for (k, x) in x.iter().enumerate() {
                for (sum, a) in sums.iter_mut().zip(a) {
                    *sum -= times(&a[k], x);
                }
            }
            r.copy_from_slice(&sums);
        }
        for (r, a) in rows.into_remainder().iter_mut().zip(a.flat_map(|a| a.chunks_exact(n))) {
            *r = a.iter().zip(x).fold(*r, |sum, (a, x)| sum - times(a, x));
        }
        return;
    }
    for (left, right) in tiles::<T>(m) {
        for (r, a) in r.chunks_exact_mut(m).zip(a.chunks_exact(n)) {
            for (a, x) in a.iter().zip(x.chunks_exact(m)) {
                for (r, x) in r[left..right].iter_mut().zip(&x[left..right]) {
                    *r -= times(a, x);
                }
            }
        }
    }
}
