//! Factors of square matrices by elimination in numbers: LU, Cholesky and `LDLᵀ`.
//!
//! None of them asks more of a number than its value's size, nor leaves out an entry for being zero; so run on numbers they are
//! the rules of the whole algorithm: each entry of a factor is a quotient or root at a value where that is smooth. They take
//! as many products as the rules would (Murray, *Differentiation of the Cholesky decomposition*, 2016), or fewer.

use alloc::{vec, vec::Vec};

use super::arrays::{array, flat};
use super::error::LinalgError;
use super::regular::{Dense, Irregular, check_regular};
use super::scale::largest;
use super::solve::{Cancelled, TRIAL, check_finite};
use super::triangular::{self, swap_rows};
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// The factors of [`lu`]: `A` with its rows in the order `rows` is `lower·upper`.
#[derive(Clone, Debug, PartialEq)]
pub struct Lu<M, R> {
    /// Ones on the diagonal, zeros above it, and no entry larger than 1.
    pub lower: M,
    /// Zeros below the diagonal.
    pub upper: M,
    /// Row i of the product is the row `rows[i]` of A.
    pub rows: R,
}

/// The LU factorization with partial pivoting.
///
/// Which rows are swapped the values say; where two candidates have the same size, another choice would have been as good, and
/// the factors jump there.
///
/// Cost: N³/3 products of numbers.
///
/// # Errors
///
/// [`LinalgError::Singular`] with the first column in which no pivot is left, [`LinalgError::NotFinite`], [`LinalgError::Overflow`]
/// if elimination overflows.
///
/// ```
/// use tangents::linalg::lu;
///
/// let f = lu(&[[1.0, 2.0], [4.0, 4.0]])?;
/// assert_eq!((f.lower, f.upper), ([[1.0, 0.0], [0.25, 1.0]], [[4.0, 4.0], [0.0, 1.0]]));
/// assert_eq!(f.rows, [1, 0]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn lu<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<Lu<[[T; N]; N], [usize; N]>, LinalgError> {
    let (mut lower, mut upper, mut rows) = ([[T::zero(); N]; N], *a, core::array::from_fn(|i| i));
    eliminate(lower.as_flattened_mut(), upper.as_flattened_mut(), &mut rows)?;
    Ok(Lu { lower, upper, rows })
}

/// [`lu`] on slices.
pub(crate) fn lu_of<T: Number>(a: &[T], n: usize) -> Result<Lu<Vec<T>, Vec<usize>>, LinalgError> {
    let (mut lower, mut upper, mut rows) = (vec![T::zero(); n * n], a.to_vec(), (0..n).collect::<Vec<_>>());
    eliminate(&mut lower, &mut upper, &mut rows)?;
    Ok(Lu { lower, upper, rows })
}

/// Makes of A, in `upper`, and of zeros, in `lower`, the factors.
#[inline(always)] // where the side is known
fn eliminate<T: Number>(lower: &mut [T], upper: &mut [T], rows: &mut [usize]) -> Result<(), LinalgError> {
    let n = rows.len();
    check_finite(upper, n)?;
    for k in 0..n {
        let size = |i: usize, upper: &[T]| upper[i * n + k].abs();
        let largest = (k..n).fold(k, |at, i| if size(i, upper) > size(at, upper) { i } else { at });
        swap_rows(upper, n, k, largest);
        swap_rows(lower, n, k, largest);
        rows.swap(k, largest);
        let pivot = upper[k * (n + 1)];
        if pivot == T::zero() {
            return Err(LinalgError::Singular { column: k });
        }
        if let Some(column) = (k..n).find(|&j| !upper[k * n + j].is_finite()) {
            return Err(LinalgError::Overflow { column });
        }
        lower[k * (n + 1)] = T::one();
        let (above, below) = upper.split_at_mut((k + 1) * n);
        let row = &above[k * n..];
        for (i, below) in below.chunks_exact_mut(n).enumerate() {
            let factor = below[k] / pivot;
            lower[(k + 1 + i) * n + k] = factor;
            below[k] = T::zero();
            for (below, &row) in below[k + 1..].iter_mut().zip(&row[k + 1..]) {
                *below -= factor * row;
            }
        }
    }
    Ok(())
}

/// The Cholesky factor of a symmetric positive definite matrix: the lower triangular L with `L·Lᵀ = A` and a positive diagonal.
///
/// The factor is that of (A + Aᵀ)/2, so that a derivative is shared by the entries (i, j) and (j, i), as JAX's is.
///
/// Cost: N³/6 products of numbers.
///
/// # Errors
///
/// [`LinalgError::NotPositive`] with the first column whose pivot isn't positive, [`LinalgError::Asymmetric`] with the first pair of
/// entries whose values differ by more than rounding, [`LinalgError::NotFinite`].
///
/// ```
/// use tangents::linalg::{LinalgError, cholesky};
/// use tangents::{Dual, gradient};
///
/// assert_eq!(cholesky(&[[4.0, 2.0], [2.0, 5.0]])?, [[2.0, 0.0], [1.0, 2.0]]);
/// assert_eq!(cholesky(&[[1.0, 2.0], [2.0, 1.0]]), Err(LinalgError::NotPositive { column: 1 }));
///
/// let of = |a: &[Dual<f64, 4>]| cholesky(&[[a[0], a[1]], [a[2], a[3]]]).unwrap()[1][1];
/// assert_eq!(gradient(of, &[4.0, 2.0, 2.0, 5.0]), [0.0625, -0.125, -0.125, 0.25]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn cholesky<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<[[T; N]; N], LinalgError> {
    Ok(array(&cholesky_of(a.as_flattened(), N)?))
}

/// [`cholesky`] on slices.
pub(crate) fn cholesky_of<T: Number>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
    let mut l = symmetrized(a, n)?;
    factorize_symmetric(&mut l, n)?;
    Ok(l)
}

/// Overwrites a symmetric matrix by its Cholesky factor.
fn factorize_symmetric<T: Number>(l: &mut [T], n: usize) -> Result<(), LinalgError> {
    for i in 0..n {
        let (above, row) = l.split_at_mut(i * n);
        for j in 0..i {
            let other = &above[j * n..][..n];
            let rest = row[..j].iter().zip(other).fold(row[j], |rest, (&x, &y)| rest - x * y);
            row[j] = rest / other[j];
        }
        let rest = row[..i].iter().fold(row[i], |rest, &x| rest - x * x);
        if !(rest > T::zero() && rest.is_finite()) {
            return Err(LinalgError::NotPositive { column: i });
        }
        row[i] = rest.sqrt();
        row[i + 1..n].fill(T::zero());
    }
    Ok(())
}

/// The solution of `A·x = b` with a symmetric positive definite A: [`solve`](super::solve()) by half as many products, those of
/// the Cholesky factorization of the values.
///
/// A stands for (A + Aᵀ)/2, as in [`cholesky`].
///
/// # Errors
///
/// Those of [`cholesky`], and [`LinalgError::NotPositive`] of a matrix that is singular up to rounding, which is found as by
/// [`solve`](super::solve()).
///
/// ```
/// use tangents::linalg::solve_positive;
///
/// assert_eq!(solve_positive(&[[4.0, 2.0], [2.0, 5.0]], &[4.0, 10.0])?, [0.0, 2.0]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
#[doc(alias = "cho_solve")]
pub fn solve_positive<T: Number, const N: usize>(a: &[[T; N]; N], b: &[T; N]) -> Result<[T; N], LinalgError> {
    Ok(flat(&solve_positive_of(a.as_flattened(), N, b)?))
}

/// [`solve_positive`] on slices, for b.len()/n right sides.
pub(crate) fn solve_positive_of<T: Number>(a: &[T], n: usize, b: &[T]) -> Result<Vec<T>, LinalgError> {
    struct Positive<'a, T> {
        a: Vec<T>,
        n: usize,
        b: &'a [T],
    }

    impl<T: Number> Work<T> for Positive<'_, T> {
        type Output = Result<Vec<T>, LinalgError>;

        fn run<P: Number, D>(self) -> Self::Output
        where
            T: Over<P, D>,
        {
            let Self { a, n, b } = self;
            let m = b.len().checked_div(n).unwrap_or(0);
            let mut l: Vec<P> = a.iter().map(Over::value).collect();
            factorize_symmetric(&mut l, n)?;
            let transposed: Vec<P> = (0..n * n).map(|k| l[k % n * n + k / n]).collect();
            let diagonal = |i: usize| l[i * (n + 1)];
            let solve = |x: &mut [P], m: usize| {
                triangular::solve_lower(&l, x, n, m, |i, x: P| x / diagonal(i));
                triangular::solve_upper(&transposed, x, n, m);
            };
            let mut cancelled = Cancelled::NOTHING;
            for (i, row) in l.chunks_exact(n.max(1)).enumerate() {
                let parts = row[..i].iter().map(|&x| (x / row[i]).to_f64().unwrap_or(f64::NAN));
                cancelled.take(parts.fold(0.0, |sum, x| sum + x * x));
            }
            if cancelled.is_doubtful::<P>() {
                let solve = |x: &mut [P]| {
                    solve(x, 1);
                    true
                };
                let a = Dense(n, |place: usize| a[place].value());
                check_regular(&a, solve, TRIAL, &mut vec![P::zero(); 4 * n]).map_err(|irregular| {
                    match irregular {
                        Irregular::Singular(column) | Irregular::NotFinite(column) => {
                            LinalgError::NotPositive { column }
                        }
                    }
                })?;
            }
            let mut values: Vec<P> = b.iter().map(Over::value).collect();
            solve(&mut values, m);
            let mut x: Vec<T> = values.iter().map(|&x| T::of_value(x)).collect();
            for order in 1..=T::ORDER {
                let mut rest = b.to_vec();
                triangular::subtract_product(&mut rest, &a, &x, m);
                for rest in &mut rest {
                    *rest = rest.of_order(order);
                }
                triangular::solve_lower(&l, &mut rest, n, m, |i, x: T| x.by_plain(diagonal(i)));
                triangular::solve_upper(&transposed, &mut rest, n, m);
                for ((x, rest), &value) in x.iter_mut().zip(rest).zip(&values) {
                    *x = (*x + rest).with_plain(value);
                }
            }
            Ok(x)
        }
    }

    T::on_plain(Positive { a: symmetrized(a, n)?, n, b })
}

/// The factors of [`ldl`]: `A = lower·diag(diagonal)·lowerᵀ`.
#[derive(Clone, Debug, PartialEq)]
pub struct Ldl<M, V> {
    /// Ones on the diagonal, and zeros above it.
    pub lower: M,
    /// The diagonal matrix.
    pub diagonal: V,
}

/// The factorization `A = L·D·Lᵀ` of a symmetric matrix, with ones on the diagonal of L, without roots.
///
/// The matrix need not be positive definite, but its leading minors mustn't be zero, since nothing is pivoted; and factors are large,
/// and have lost digits, where one is nearly zero. For a positive definite matrix that doesn't happen. A stands for (A + Aᵀ)/2, as in
/// [`cholesky`].
///
/// Cost: N³/6 products of numbers.
///
/// # Errors
///
/// [`LinalgError::Singular`] with the first column whose pivot is zero, [`LinalgError::Asymmetric`], [`LinalgError::NotFinite`],
/// [`LinalgError::Overflow`] if elimination overflows.
///
/// ```
/// use tangents::linalg::ldl;
///
/// let f = ldl(&[[4.0, 2.0], [2.0, -1.0]])?;
/// assert_eq!((f.lower, f.diagonal), ([[1.0, 0.0], [0.5, 1.0]], [4.0, -2.0]));
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn ldl<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<Ldl<[[T; N]; N], [T; N]>, LinalgError> {
    let Ldl { lower, diagonal } = ldl_of(a.as_flattened(), N)?;
    Ok(Ldl { lower: array(&lower), diagonal: flat(&diagonal) })
}

/// [`ldl`] on slices.
pub(crate) fn ldl_of<T: Number>(a: &[T], n: usize) -> Result<Ldl<Vec<T>, Vec<T>>, LinalgError> {
    let (mut l, mut diagonal) = (symmetrized(a, n)?, vec![T::zero(); n]);
    for i in 0..n {
        let (above, row) = l.split_at_mut(i * n);
        // The row of L·D, and then of L.
        for j in 0..i {
            let other = &above[j * n..][..n];
            row[j] = row[..j].iter().zip(other).fold(row[j], |rest, (&x, &y)| rest - x * y);
        }
        let mut rest = row[i];
        for j in 0..i {
            let factor = row[j] / diagonal[j];
            rest -= factor * row[j];
            row[j] = factor;
        }
        if rest == T::zero() {
            return Err(LinalgError::Singular { column: i });
        }
        if !rest.is_finite() {
            return Err(LinalgError::Overflow { column: i });
        }
        diagonal[i] = rest;
        row[i] = T::one();
        row[i + 1..n].fill(T::zero());
    }
    Ok(Ldl { lower: l, diagonal })
}

/// (A + Aᵀ)/2, of a matrix whose values are finite and symmetric up to rounding.
pub(crate) fn symmetrized<T: Number>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
    check_finite(a, n)?;
    let rounding = largest(a.iter().copied()) * T::lit(ROUNDING) * T::epsilon();
    let half = T::lit(0.5);
    let mut mean = a.to_vec();
    for i in 0..n {
        for j in 0..i {
            let (x, y) = (a[i * n + j], a[j * n + i]);
            if (x - y).abs() > rounding {
                return Err(LinalgError::Asymmetric { row: j, column: i });
            }
            mean[i * n + j] = x * half + y * half;
            mean[j * n + i] = mean[i * n + j];
        }
    }
    Ok(mean)
}

/// How many ulps of the largest entry two entries of a symmetric matrix may differ by.
const ROUNDING: f64 = 1000.0;
