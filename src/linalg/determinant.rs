//! Determinants and their logarithms.
//!
//! A derivative of a determinant is defined at every matrix, singular ones included: that of the first order is the trace of the
//! adjugate times Ȧ. Elimination in numbers finds it, if it never divides by a pivot that is zero or nearly: with both rows and
//! columns chosen the small pivots come last, and where they begin, the determinant of what is left is made of products alone.

#[cfg(feature = "alloc")]
use alloc::vec;

use super::error::LinalgError;
use super::solve::{count, depend, factorize_values};
use super::triangular::{self, swap_rows};
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// The determinant of a matrix.
///
/// The value is that of elimination with partial pivoting. Derivatives are those of the polynomial in the entries that the
/// determinant is, at any matrix: at a singular one of rank N − 1 the first is in general not zero, at one of rank N − 2 the
/// second isn't, and so on.
///
/// An infinite or NaN value in the matrix gives NaN. [`ln_determinant`] doesn't overflow.
///
/// Cost: one factorization of the values, and one elimination by numbers, N³/3 products of numbers; if the matrix has the rank N − r,
/// another r⁴ products. No allocation.
///
/// ```
/// use tangents::linalg::determinant;
/// use tangents::{Dual, gradient};
///
/// let of = |x: &[Dual<f64, 4>]| determinant(&[[x[0], x[1]], [x[2], x[3]]]);
/// assert_eq!(gradient(of, &[1.0, 2.0, 4.0, 4.0]), [4.0, -4.0, -2.0, 1.0]);
/// assert_eq!(gradient(of, &[1.0, 2.0, 2.0, 4.0]), [4.0, -2.0, -2.0, 1.0]); // a singular matrix
/// ```
#[inline]
pub fn determinant<T: Number, const N: usize>(a: &[[T; N]; N]) -> T {
    depending(T::on_plain(OnArrays(a)), a.as_flattened())
}

/// The determinant as a function of each entry, also where it was found without them.
#[inline]
fn depending<T: Number>(mut determinant: T, a: &[T]) -> T {
    depend(core::slice::from_mut(&mut determinant), a);
    determinant
}

/// A determinant by its sign and the logarithm of its size.
#[derive(Clone, Copy, Debug)]
pub struct LnDeterminant<T> {
    /// 1 or −1, a constant.
    pub sign: T,
    /// `ln |det A|`
    pub ln_abs: T,
}

/// The sign of a determinant, and the logarithm of its size, which doesn't overflow as the determinant of a large matrix does.
///
/// The derivative is the trace of A⁻¹·Ȧ.
///
/// Cost: as [`determinant`].
///
/// # Errors
///
/// [`LinalgError::Singular`] with the first column in which no pivot is left, where the logarithm is −∞ and has no derivatives; a pivot that is
/// only rounding is taken for one. [`LinalgError::NotFinite`], [`LinalgError::Overflow`].
///
/// ```
/// use tangents::linalg::ln_determinant;
/// use tangents::{Dual, gradient};
///
/// let det = ln_determinant(&[[0.0, 1e200], [1e200, 0.0]])?;
/// assert_eq!((det.sign, det.ln_abs), (-1.0, 2.0 * 1e200_f64.ln()));
///
/// let of = |x: &[Dual<f64, 4>]| ln_determinant(&[[x[0], x[1]], [x[2], x[3]]]).unwrap().ln_abs;
/// assert_eq!(gradient(of, &[2.0, 0.0, 4.0, 4.0]), [0.5, -0.5, 0.0, 0.25]); // the transposed inverse
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
#[doc(alias = "slogdet")]
#[doc(alias = "logdet")]
#[inline]
pub fn ln_determinant<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<LnDeterminant<T>, LinalgError> {
    T::on_plain(LnOnArrays(a))
}

/// Below which size of a pivot, of the first one, what is left is multiplied out.
///
/// Where a pivot is small, the derivatives of its quotients are large, of each order more, and cancel.
const SMALL: f64 = 1.0 / 8192.0;

/// The largest matrix that is multiplied out for small pivots that aren't zero.
const FEW: usize = 8;

/// How well a matrix must be conditioned for its derivative to be taken from the inverse of its values.
const CONDITION: f64 = 1e6;

/// What a determinant needs beside the matrix.
struct Memory<'m, P, T> {
    /// The values of A, then their factors.
    factors: &'m mut [P],
    swaps: &'m mut [usize],
    /// For the inverse of the values.
    inverse: &'m mut [P],
    /// A, until it's eliminated.
    work: &'m mut [T],
    products: [&'m mut [T]; 2],
}

impl<P: Number, T> Memory<'_, P, T> {
    /// Factorizes the values of the matrix.
    fn factorize<D>(&mut self) -> Result<(), LinalgError>
    where
        T: Over<P, D>,
    {
        factorize_values(self.work, self.factors, self.swaps)
    }

    fn pivots(&self) -> impl Iterator<Item = P> {
        let n = self.swaps.len();
        (0..n).map(move |k| self.factors[k * (n + 1)])
    }

    /// The sign of the permutation that the swaps make.
    fn sign(&self) -> P {
        let swapped = self.swaps.iter().enumerate().filter(|&(k, &swap)| k != swap).count();
        if swapped % 2 == 0 { P::one() } else { -P::one() }
    }

    /// The first order of the trace of `A₀⁻¹·A`, if it's all that is asked for and A₀ isn't nearly singular.
    fn trace<D>(&mut self) -> Option<T>
    where
        T: Over<P, D>,
    {
        let n = self.swaps.len();
        if T::ORDER != 1 {
            return None;
        }
        for (i, x) in self.inverse.iter_mut().enumerate() {
            *x = if i % (n + 1) == 0 { P::one() } else { P::zero() };
        }
        triangular::solve(self.factors, self.swaps, self.inverse, n);
        let largest = |size: P, x: P| if x.abs() > size { x.abs() } else { size };
        let size = self.work.iter().map(Over::value).fold(P::zero(), largest);
        let size_of_inverse = self.inverse.iter().copied().fold(P::zero(), largest);
        let condition = size * size_of_inverse * count::<P>(n);
        if condition.is_nan() || condition >= P::lit(CONDITION) {
            return None;
        }
        let mut trace = T::zero();
        for (i, row) in self.work.chunks_exact(n).enumerate() {
            for (j, a) in row.iter().enumerate() {
                trace += a.of_order(1).times_plain(self.inverse[j * n + i]);
            }
        }
        Some(trace)
    }

    fn determinant<D>(mut self) -> T
    where
        T: Over<P, D>,
    {
        let value = match self.factorize() {
            Ok(()) => P::product(self.pivots()) * self.sign(),
            Err(LinalgError::Singular { .. }) => P::zero(),
            Err(_) => return T::zero().times_plain(P::nan()),
        };
        if T::ORDER == 0 {
            return T::of_value(value);
        }
        let trace = if value == P::zero() { None } else { self.trace() };
        let n = self.swaps.len();
        let det = trace.map(|trace| trace.times_plain(value));
        det.unwrap_or_else(|| polynomial(self.work, self.products, n)).with_plain(value)
    }

    fn ln_determinant<D>(mut self) -> Result<LnDeterminant<T>, LinalgError>
    where
        T: Over<P, D>,
    {
        self.factorize()?;
        let sign =
            self.pivots().fold(self.sign(), |sign, pivot| if pivot < P::zero() { -sign } else { sign });
        let value = self.pivots().fold(P::zero(), |sum, pivot| sum + pivot.abs().ln());
        let ln_abs = if T::ORDER == 0 {
            T::zero()
        } else if let Some(trace) = self.trace() {
            trace
        } else {
            let n = self.swaps.len();
            let mut sum = T::zero();
            for k in 0..n {
                bring_pivot(self.work, n, k);
                sum += self.work[k * (n + 1)].abs().ln();
                eliminate(self.work, n, k);
            }
            sum
        };
        Ok(LnDeterminant { sign: T::of_value(sign), ln_abs: ln_abs.with_plain(value) })
    }
}

/// The determinant as a polynomial in the entries, by elimination in numbers, which overwrites the matrix.
fn polynomial<P: Number, D, T: Over<P, D>>(work: &mut [T], products: [&mut [T]; 2], n: usize) -> T {
    let (mut det, mut first) = (T::one(), P::zero());
    for k in 0..n {
        if bring_pivot(work, n, k) {
            det = -det;
        }
        let (pivot, left) = (work[k * (n + 1)], n - k);
        let size = pivot.value().abs();
        if left == 1 {
            return det * pivot;
        }
        if k == 0 {
            first = size;
        }
        if size == P::zero() && left > T::ORDER {
            // Products of more numbers without a value than they have orders.
            return T::zero();
        }
        if size == P::zero() || (left <= FEW && size < first * P::lit(SMALL)) {
            return det * multiplied_out(&work[k * n..], n, k, products);
        }
        det *= pivot;
        eliminate(work, n, k);
    }
    det
}

/// Brings the largest value of the rows and columns from `k` on to the place (k, k); whether that changes the determinant's sign.
fn bring_pivot<P: Number, D, T: Over<P, D>>(a: &mut [T], n: usize, k: usize) -> bool {
    let (mut row, mut column, mut size) = (k, k, a[k * (n + 1)].value().abs());
    for i in k..n {
        for j in k..n {
            let entry = a[i * n + j].value().abs();
            if entry > size {
                (row, column, size) = (i, j, entry);
            }
        }
    }
    swap_rows(a, n, k, row);
    if column > k {
        for row in a.chunks_exact_mut(n) {
            row.swap(k, column);
        }
    }
    (row > k) != (column > k)
}

/// Subtracts multiples of the row `k` from those below it, so that what is left of the column `k` is zero, and isn't written.
fn eliminate<T: Number>(a: &mut [T], n: usize, k: usize) {
    let (above, below) = a.split_at_mut((k + 1) * n);
    let row = &above[k * n..];
    for below in below.chunks_exact_mut(n) {
        let factor = below[k] / row[k];
        for (below, &row) in below[k + 1..].iter_mut().zip(&row[k + 1..]) {
            *below -= factor * row;
        }
    }
}

/// The determinant of the columns from `k` on of these rows of length n, without a division: by r − 2 products of matrices, r being their
/// number (Bird, *A simple division-free algorithm for computing determinants*, 2011).
fn multiplied_out<T: Number>(rows: &[T], n: usize, k: usize, [x, next]: [&mut [T]; 2]) -> T {
    let r = n - k;
    let a = |i: usize, j: usize| rows[i * n + k + j];
    for i in 0..r {
        for j in 0..r {
            x[i * r + j] = a(i, j);
        }
    }
    for _ in 1..r {
        // x := μ(x)·A, μ(x) being what is above the diagonal, and on it minus the sum of what is below on the diagonal of x.
        let mut below = T::zero();
        for i in (0..r).rev() {
            for j in 0..r {
                let start = below * a(i, j);
                next[i * r + j] = (i + 1..r).fold(start, |sum, k| sum + x[i * r + k] * a(k, j));
            }
            below -= x[i * (r + 1)];
        }
        x[..r * r].copy_from_slice(&next[..r * r]);
    }
    if r.is_multiple_of(2) { -x[0] } else { x[0] }
}

struct OnArrays<'a, T, const N: usize>(&'a [[T; N]; N]);
struct LnOnArrays<'a, T, const N: usize>(&'a [[T; N]; N]);

/// Runs a method with memory for an N×N matrix.
macro_rules! with_memory {
    ($a:expr, $N:ident, $P:ident, $method:ident) => {{
        let (mut factors, mut inverse) = ([[$P::zero(); $N]; $N], [[$P::zero(); $N]; $N]);
        let (mut work, mut first, mut second) = (*$a, [[T::zero(); $N]; $N], [[T::zero(); $N]; $N]);
        let memory = Memory {
            factors: factors.as_flattened_mut(),
            swaps: &mut [0; $N],
            inverse: inverse.as_flattened_mut(),
            work: work.as_flattened_mut(),
            products: [first.as_flattened_mut(), second.as_flattened_mut()],
        };
        memory.$method()
    }};
}

impl<T: Number, const N: usize> Work<T> for OnArrays<'_, T, N> {
    type Output = T;

    #[inline]
    fn run<P: Number, D>(self) -> T
    where
        T: Over<P, D>,
    {
        with_memory!(self.0, N, P, determinant)
    }
}

impl<T: Number, const N: usize> Work<T> for LnOnArrays<'_, T, N> {
    type Output = Result<LnDeterminant<T>, LinalgError>;

    #[inline]
    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        with_memory!(self.0, N, P, ln_determinant)
    }
}

/// A determinant on slices: of the n×n matrix, as `method` takes it.
#[cfg(feature = "alloc")]
struct OnSlices<'a, T> {
    a: &'a [T],
    n: usize,
}

#[cfg(feature = "alloc")]
struct LnOnSlices<'a, T>(OnSlices<'a, T>);

#[cfg(feature = "alloc")]
macro_rules! with_vectors {
    ($on:expr, $P:ident, $method:ident) => {{
        let OnSlices { a, n } = $on;
        let largest = n.min(FEW.max(T::ORDER));
        let memory = Memory {
            factors: &mut vec![$P::zero(); n * n],
            swaps: &mut vec![0; n],
            inverse: &mut vec![$P::zero(); n * n],
            work: &mut a.to_vec(),
            products: [&mut vec![T::zero(); largest * largest], &mut vec![T::zero(); largest * largest]],
        };
        memory.$method()
    }};
}

#[cfg(feature = "alloc")]
impl<T: Number> Work<T> for OnSlices<'_, T> {
    type Output = T;

    fn run<P: Number, D>(self) -> T
    where
        T: Over<P, D>,
    {
        with_vectors!(self, P, determinant)
    }
}

#[cfg(feature = "alloc")]
impl<T: Number> Work<T> for LnOnSlices<'_, T> {
    type Output = Result<LnDeterminant<T>, LinalgError>;

    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        with_vectors!(self.0, P, ln_determinant)
    }
}

/// [`determinant`] of an n×n matrix, row by row.
#[cfg(feature = "alloc")]
pub(crate) fn determinant_on_slices<T: Number>(a: &[T], n: usize) -> T {
    depending(T::on_plain(OnSlices { a, n }), a)
}

/// [`ln_determinant`] of an n×n matrix, row by row.
#[cfg(feature = "alloc")]
pub(crate) fn ln_determinant_on_slices<T: Number>(
    a: &[T],
    n: usize,
) -> Result<LnDeterminant<T>, LinalgError> {
    T::on_plain(LnOnSlices(OnSlices { a, n }))
}
