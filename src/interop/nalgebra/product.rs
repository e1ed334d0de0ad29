//! Products of a plain matrix and one of dual numbers.
//!
//! `nalgebra` multiplies matrices of one type of entries. Made into duals, a plain matrix costs two products per lane
//! where one is enough, and the memory for zeros.

use core::ops::Mul;

use ::nalgebra::allocator::Allocator;
use ::nalgebra::constraint::{DimEq, ShapeConstraint};
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Scalar};

use crate::real::Real;

/// How many entries of a product are summed side by side: their sums stay in registers, and what they share is read
/// once. Not fewer, as in the crate's `matvec`: here four neighbours of a column are one load.
const BLOCK: usize = 4;

/// The product A·X of a plain matrix and a matrix or vector of dual numbers, of any order.
///
/// Entry (i, j) is Σₖ Aᵢₖ·Xₖⱼ, added from the first k to the last, values and tangents alike.
///
/// Cost: a multiplication per lane and term, and one for the value.
///
/// # Panics
///
/// If A hasn't as many columns as X has rows; with fixed shapes it doesn't compile.
///
/// ```
/// use nalgebra::{Matrix3x2, Vector2};
/// use tangents::interop::nalgebra::{jacobian, plain_mul};
///
/// let a = Matrix3x2::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
/// assert_eq!(jacobian(|x| plain_mul(&a, x), &Vector2::new(0.5, 0.25)), a);
/// ```
#[track_caller]
pub fn plain_mul<T, D, M, K, L, P>(
    a: &Matrix<T, M, K, impl RawStorage<T, M, K>>,
    x: &Matrix<D, L, P, impl RawStorage<D, L, P>>,
) -> OMatrix<D, M, P>
where
    T: Real,
    D: Real + Scalar + Mul<T, Output = D>,
    M: Dim,
    K: Dim,
    L: Dim,
    P: Dim,
    ShapeConstraint: DimEq<K, L>,
    DefaultAllocator: Allocator<M, P>,
{
    assert_eq!(a.ncols(), x.nrows(), "the columns of A and the rows of X, in A·X");
    let (rows, columns, terms) = (a.shape_generic().0, x.shape_generic().1, a.ncols());
    let mut y = OMatrix::from_element_generic(rows, columns, D::zero());
    for j in 0..columns.value() {
        in_blocks(rows.value(), terms, |k| x[(k, j)], |i, k| a[(i, k)], |i, sum| y[(i, j)] = sum);
    }
    y
}

/// The product X·A of a matrix of dual numbers, of any order, and a plain matrix or vector.
///
/// Entry (i, j) is Σₖ Xᵢₖ·Aₖⱼ, added from the first k to the last, values and tangents alike.
///
/// Cost: as [`plain_mul`].
///
/// # Panics
///
/// If X hasn't as many columns as A has rows; with fixed shapes it doesn't compile.
///
/// ```
/// use nalgebra::{Matrix2, SMatrix, Vector2};
/// use tangents::interop::nalgebra::mul_plain;
/// use tangents::jvp;
///
/// let b = Vector2::new(1.0, 2.0);
/// let (m, v) = (Matrix2::new(1.0, 2.0, 3.0, 4.0), Matrix2::new(0.0, 1.0, 1.0, 0.0));
/// assert_eq!(jvp(|m: &SMatrix<_, 2, 2>| mul_plain(&(m * m), &b), &m, &v), (m * v + v * m) * b);
/// ```
#[track_caller]
pub fn mul_plain<T, D, M, K, L, P>(
    x: &Matrix<D, M, K, impl RawStorage<D, M, K>>,
    a: &Matrix<T, L, P, impl RawStorage<T, L, P>>,
) -> OMatrix<D, M, P>
where
    T: Real,
    D: Real + Scalar + Mul<T, Output = D>,
    M: Dim,
    K: Dim,
    L: Dim,
    P: Dim,
    ShapeConstraint: DimEq<K, L>,
    DefaultAllocator: Allocator<M, P>,
{
    assert_eq!(x.ncols(), a.nrows(), "the columns of X and the rows of A, in X·A");
    let (rows, columns, terms) = (x.shape_generic().0, a.shape_generic().1, a.nrows());
    let mut y = OMatrix::from_element_generic(rows, columns, D::zero());
    for i in 0..rows.value() {
        in_blocks(columns.value(), terms, |k| x[(i, k)], |j, k| a[(k, j)], |j, sum| y[(i, j)] = sum);
    }
    y
}

/// Hands `put` the sums Σₖ dual(k)·plain(i, k) for i below `n`.
#[inline]
fn in_blocks<T: Real, D: Real + Mul<T, Output = D>>(
    n: usize,
    terms: usize,
    dual: impl Fn(usize) -> D,
    plain: impl Fn(usize, usize) -> T,
    mut put: impl FnMut(usize, D),
) {
    let whole = n - n % BLOCK;
    for first in (0..whole).step_by(BLOCK) {
        let sums: [D; BLOCK] = block(first, terms, &dual, &plain);
        for (i, sum) in sums.into_iter().enumerate() {
            put(first + i, sum);
        }
    }
    for i in whole..n {
        let [sum] = block(i, terms, &dual, &plain);
        put(i, sum);
    }
}

#[inline]
fn block<T: Real, D: Real + Mul<T, Output = D>, const B: usize>(
    first: usize,
    terms: usize,
    dual: impl Fn(usize) -> D,
    plain: impl Fn(usize, usize) -> T,
) -> [D; B] {
    if terms == 0 {
        return [D::zero(); B];
    }
    // From the first term, and not from zero: the sum of one −0 is −0.
    let x = dual(0);
    let mut sums = core::array::from_fn(|i| x * plain(first + i, 0));
    for k in 1..terms {
        let x = dual(k);
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum = *sum + x * plain(first + i, k);
        }
    }
    sums
}
