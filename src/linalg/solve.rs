//! Solutions of `A·x = b` and inverses: one factorization of the values, then each order of the derivatives from the orders below.
//!
//! Let A₀ be the values of A and x₀ the solution for the values. The part of the order k of the equation,
//! `A₀·xₖ = (b − A·(x₀ + … + xₖ₋₁))ₖ`, is a system with the matrix A₀ again, for each component of the number by itself. So what a
//! number is doesn't matter: only that its parts have orders (Giles, *Collected matrix derivative results for forward and reverse
//! mode algorithmic differentiation*, 2008, has the first of them).

#[cfg(feature = "alloc")]
use alloc::{vec, vec::Vec};

use super::error::LinalgError;
use super::regular::{Dense, Entries, Irregular, Trial, check_regular};
use super::{lu, triangular};
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// The solution x of `A·x = b`.
///
/// The value is that of the plain system; a derivative is the solution of the differentiated system,
/// `A·ẋ = ḃ − Ȧ·x`, with the same factors, and so on for every order. So nothing is lost where an entry or a pivot is zero by value
/// and not by its derivatives, as in elimination by numbers with derivatives.
///
/// Cost: one factorization of the values, N³/3 products of plain numbers; for each order that the number carries, N² products of
/// numbers, and as many of a number with a plain one; where the matrix is doubtful, 11·N² of plain ones. To N = 4, where that is
/// faster, elimination in numbers, with the same derivatives up to rounding. No allocation.
///
/// The error of x is that of Gaussian elimination with partial pivoting: some ulps times the condition number of A, and once more
/// that number for each order.
///
/// # Errors
///
/// [`LinalgError::Singular`] with the first column in which no pivot is left; or with the worst, if the matrix is singular up to rounding:
/// where pivots may have lost half of the digits to cancellation, a solution of `A·x = b` with some b must come back from `A·x`, three times
/// to a 16th. [`LinalgError::NotFinite`] if a value in A is infinite or NaN, [`LinalgError::Overflow`] if elimination overflows.
///
/// ```
/// use tangents::linalg::{LinalgError, solve};
/// use tangents::{Number, jacobian};
///
/// /// The currents in two meshes of resistors.
/// fn currents<T: Number>(r: &[T]) -> [T; 2] {
///     let a = [[r[0] + r[1], -r[1]], [-r[1], r[1] + r[2]]];
///     solve(&a, &[T::lit(16.0), T::zero()]).unwrap()
/// }
///
/// assert_eq!(currents(&[4.0, 4.0, 2.0]), [3.0, 2.0]);
/// assert_eq!(jacobian(currents, &[4.0, 4.0, 2.0]), [[-0.5625, -0.0625, -0.25], [-0.375, 0.125, -0.5]]);
///
/// assert_eq!(solve(&[[1.0, 2.0], [2.0, 4.0]], &[1.0, 0.0]), Err(LinalgError::Singular { column: 1 }));
/// ```
#[inline]
pub fn solve<T: Number, const N: usize>(a: &[[T; N]; N], b: &[T; N]) -> Result<[T; N], LinalgError> {
    let mut x = *b;
    on_arrays::<T, N, 1>(a, |i| b[i], &mut x)?;
    Ok(x)
}

/// The solution X of `A·X = B`: [`solve`] for M right sides, the columns of B, with one factorization.
///
/// Cost: as [`solve`]; products M times as many.
///
/// # Errors
///
/// Those of [`solve`].
///
/// ```
/// use tangents::linalg::solve_columns;
///
/// let x = solve_columns(&[[2.0, 0.0], [1.0, 1.0]], &[[2.0, 4.0, 0.0], [0.0, 0.0, 1.0]])?;
/// assert_eq!(x, [[1.0, 2.0, 0.0], [-1.0, -2.0, 1.0]]);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
#[inline]
pub fn solve_columns<T: Number, const N: usize, const M: usize>(
    a: &[[T; N]; N],
    b: &[[T; M]; N],
) -> Result<[[T; M]; N], LinalgError> {
    let mut x = *b;
    on_arrays::<T, N, M>(a, |i| b.as_flattened()[i], x.as_flattened_mut())?;
    Ok(x)
}

/// The inverse of a matrix.
///
/// It is [`solve_columns`] for the columns of the identity: `(A⁻¹)˙ = −A⁻¹·Ȧ·A⁻¹`. To apply an inverse to a vector take [`solve`], which is
/// cheaper and nearer.
///
/// Cost: one factorization of the values; for each order that the number carries N³ products of numbers.
///
/// # Errors
///
/// Those of [`solve`].
///
/// ```
/// use tangents::linalg::inverse;
/// use tangents::{Dual, derivative};
///
/// assert_eq!(inverse(&[[4.0, 2.0], [0.0, 0.5]])?, [[0.25, -1.0], [0.0, 2.0]]);
///
/// // Of (1 + x) for 0 in the corner, −A⁻¹₀₁·A⁻¹₁₀.
/// let corner = |x: Dual<f64, 1>| inverse(&[[x, 1.0.into()], [1.0.into(), 2.0.into()]]).unwrap()[1][1];
/// assert_eq!(derivative(corner, 0.0), -1.0);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
#[inline]
pub fn inverse<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<[[T; N]; N], LinalgError> {
    let mut x = [[T::zero(); N]; N];
    on_arrays::<T, N, N>(a, identity(N), x.as_flattened_mut())?;
    Ok(x)
}

/// The entries of the identity, row by row.
pub(crate) fn identity<T: Number>(n: usize) -> impl Fn(usize) -> T {
    move |i| if i % (n + 1) == 0 { T::one() } else { T::zero() }
}

/// The identity, row by row.
#[cfg(feature = "alloc")]
pub(super) fn identity_of<T: Number>(n: usize) -> Vec<T> {
    (0..n * n).map(identity(n)).collect()
}

/// Up to which side of a matrix elimination in numbers is taken.
///
/// With one lane it takes 0.5 to 0.9 of the time to the side 4, and 1.4 times as long at 10; with 8 lanes it's even at 4. On series of
/// the order 4 it would be faster to the side 10 and beyond, but the side alone decides: so a derivative has the same bits whatever
/// orders and right sides are beside it.
const SMALL: usize = 4;

/// Overwrites x by `A⁻¹·x`, by elimination in numbers, which overwrites A.
///
/// The pivots are those of the values, no entry is left out for being zero, and each value comes of the same operations in the same
/// order: so it's right wherever the other way is, and has its values to the bit. Factors are left below the diagonal.
#[inline(always)]
///
/// Whether it's [doubtful](Cancelled) that the matrix is regular.
fn eliminate<T: Number>(a: &mut [T], x: &mut [T], n: usize, m: usize) -> Result<bool, LinalgError> {
    check_finite(a, n)?;
    let mut cancelled = Cancelled::NOTHING;
    for k in 0..n {
        let mut largest = k;
        for i in k + 1..n {
            if a[i * n + k].abs() > a[largest * n + k].abs() {
                largest = i;
            }
        }
        triangular::swap_rows(a, n, k, largest);
        triangular::swap_rows(x, m, k, largest);
        let pivot = a[k * (n + 1)];
        if pivot == T::zero() {
            return Err(LinalgError::Singular { column: k });
        }
        if !pivot.is_finite() {
            return Err(LinalgError::Overflow { column: k });
        }
        cancelled.at_pivot(n, k, |place| a[place]);
        for i in k + 1..n {
            let factor = a[i * n + k] / pivot;
            a[i * n + k] = factor;
            for j in k + 1..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
            for j in 0..m {
                x[i * m + j] -= factor * x[k * m + j];
            }
        }
    }
    for i in (0..n).rev() {
        for j in 0..m {
            let known = (i + 1..n).rev().fold(x[i * m + j], |sum, k| sum - a[i * n + k] * x[k * m + j]);
            x[i * m + j] = known / a[i * (n + 1)];
        }
    }
    Ok(cancelled.is_doubtful::<T>())
}

/// How many times over digits have been cancelled in the pivots, `uₖₖ = aₖₖ − Σ lₖⱼ·uⱼₖ`: what rounding may have grown to.
///
/// A pivot may be small beside others, as in a graded or a triangular matrix. Only what cancelling terms have left is less known than they
/// are, and what is eliminated with it after that.
pub(super) struct Cancelled(f64);

impl Cancelled {
    pub(super) const NOTHING: Self = Self(1.0);

    /// Takes in the pivot of the column k; the factors stand in their places.
    #[inline]
    fn at_pivot<T: Number>(&mut self, n: usize, k: usize, entry: impl Fn(usize) -> T) {
        let plain = |place| entry(place).to_f64().unwrap_or(f64::NAN);
        let terms = (0..k).fold(0.0, |sum, j| sum + (plain(k * n + j) * plain(j * n + k)).abs());
        self.take(terms / plain(k * (n + 1)).abs());
    }

    /// Takes in how much larger the terms were than a pivot.
    #[inline]
    pub(super) fn take(&mut self, ratio: f64) {
        if ratio > 1.0 {
            self.0 *= ratio;
        }
    }

    /// Whether more than half of the digits may be gone, so that the matrix must be proved [regular](super::regular).
    #[inline]
    pub(super) fn is_doubtful<T: Number>(&self) -> bool {
        // √(1/ε). Of a singular matrix it's 1/ε or not much less: what is cancelled beside the pivots isn't counted.
        self.0 > if T::epsilon() > T::lit(1e-10) { 2896.0 } else { 67_108_864.0 }
    }
}

/// How a solution must come back by factors of this crate's: seldom asked for, and so a third time in place of digits that an
/// ill-conditioned matrix hasn't.
pub(super) const TRIAL: Trial = Trial { tolerance: 1.0 / 16.0, times: 3 };

/// That a matrix with these factors is [regular](super::regular).
fn check_factors<P: Number>(
    a: &impl Entries<P>,
    factors: &[P],
    swaps: &[usize],
    vectors: &mut [P],
) -> Result<(), LinalgError> {
    let solve = |x: &mut [P]| {
        triangular::solve(factors, swaps, x, 1);
        true
    };
    check_regular(a, solve, TRIAL, vectors).map_err(|irregular| match irregular {
        Irregular::Singular(column) | Irregular::NotFinite(column) => LinalgError::Singular { column },
    })
}

/// A small matrix that may be singular.
struct Doubted<'a, T> {
    a: &'a [T],
    n: usize,
}

impl<T: Number> Work<T> for Doubted<'_, T> {
    type Output = Result<(), LinalgError>;

    #[cold]
    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        let Self { a, n } = self;
        let (factors, swaps) = (&mut [P::zero(); SMALL * SMALL][..n * n], &mut [0; SMALL][..n]);
        factorize_values(a, factors, swaps)?;
        check_factors(
            &Dense(n, |place: usize| a[place].value()),
            factors,
            swaps,
            &mut [P::zero(); 4 * SMALL][..4 * n],
        )
    }
}

/// What a solution needs beside the numbers it is of.
struct Memory<'m, P, T> {
    /// The values of A, then their factors.
    factors: &'m mut [P],
    swaps: &'m mut [usize],
    /// The values of x.
    values: &'m mut [P],
    /// Four vectors, where the matrix must be proved regular.
    vectors: &'m mut [P],
    /// What is left of the right side, of numbers of an order above the first.
    rest: &'m mut [T],
}

/// Fills x, whose `m` columns are the solutions for the right sides that `right` gives, entry by entry.
#[inline]
fn solve_into<P: Number, D, T: Over<P, D>>(
    a: &[T],
    right: impl Fn(usize) -> T,
    x: &mut [T],
    memory: Memory<'_, P, T>,
    m: usize,
) -> Result<(), LinalgError> {
    let Memory { factors, swaps, values, vectors, rest } = memory;
    factorize_values(a, factors, swaps)?;
    let (n, mut cancelled) = (swaps.len(), Cancelled::NOTHING);
    (1..n).for_each(|k| cancelled.at_pivot(n, k, |place| factors[place]));
    if cancelled.is_doubtful::<P>() {
        check_factors(&Dense(n, |place: usize| a[place].value()), factors, swaps, vectors)?;
    }
    for (i, value) in values.iter_mut().enumerate() {
        *value = right(i).value();
    }
    triangular::solve(factors, swaps, values, m);
    if T::ORDER > 0 {
        for (i, x) in x.iter_mut().enumerate() {
            *x = right(i);
        }
        triangular::subtract_plain_product(x, a, values, m);
        for x in &mut *x {
            *x = x.of_order(1);
        }
        triangular::solve(factors, swaps, x, m);
    }
    for order in 2..=T::ORDER {
        set_values(x, values);
        for (i, rest) in rest.iter_mut().enumerate() {
            *rest = right(i);
        }
        triangular::subtract_product(rest, a, x, m);
        for rest in &mut *rest {
            *rest = rest.of_order(order);
        }
        triangular::solve(factors, swaps, rest, m);
        for (x, &rest) in x.iter_mut().zip(&*rest) {
            *x += rest;
        }
    }
    set_values(x, values);
    Ok(())
}

fn set_values<P: Number, D, T: Over<P, D>>(x: &mut [T], values: &[P]) {
    for (x, &value) in x.iter_mut().zip(values) {
        *x = x.with_plain(value);
    }
}

/// Fills `factors` and `swaps` from the values of A.
#[inline]
pub(super) fn factorize_values<P: Number, D, T: Over<P, D>>(
    a: &[T],
    factors: &mut [P],
    swaps: &mut [usize],
) -> Result<(), LinalgError> {
    let mut finite = true;
    for (factor, a) in factors.iter_mut().zip(a) {
        *factor = a.value();
        finite &= factor.is_finite();
    }
    if !finite {
        check_finite(factors, swaps.len())?;
    }
    lu::factorize(factors, swaps).map_err(|column| {
        let n = swaps.len();
        let is_zero = (column..n).all(|row| factors[row * n + column] == P::zero());
        if is_zero { LinalgError::Singular { column } } else { LinalgError::Overflow { column } }
    })
}

/// A count as a number.
pub(super) fn count<P: Number>(n: usize) -> P {
    P::from(n).unwrap_or_else(P::infinity)
}

/// Makes what was found depend on all `inputs`, also on those that were zero and left out.
#[inline]
pub(super) fn depend<T: Number>(found: &mut [T], inputs: &[T]) {
    #[cfg(feature = "std")]
    T::depend(found, inputs);
    #[cfg(not(feature = "std"))]
    let _ = (found, inputs);
}

/// That the values of a matrix with `n` columns are finite.
pub(crate) fn check_finite<T: Number>(a: &[T], n: usize) -> Result<(), LinalgError> {
    match a.iter().position(|a| !a.is_finite()) {
        Some(place) => Err(LinalgError::NotFinite { row: place / n, column: place % n }),
        None => Ok(()),
    }
}

/// Fills x, by the way that suits the size.
#[inline]
fn on_arrays<T: Number, const N: usize, const M: usize>(
    a: &[[T; N]; N],
    right: impl Fn(usize) -> T,
    x: &mut [T],
) -> Result<(), LinalgError> {
    if N <= SMALL {
        for (i, x) in x.iter_mut().enumerate() {
            *x = right(i);
        }
        let is_doubtful = eliminate({ *a }.as_flattened_mut(), x, N, M)?;
        return if is_doubtful { T::on_plain(Doubted { a: a.as_flattened(), n: N }) } else { Ok(()) };
    }
    T::on_plain(OnArrays::<_, _, N, M> { a, right, x })
}

/// A solution on arrays.
struct OnArrays<'a, T, B, const N: usize, const M: usize> {
    a: &'a [[T; N]; N],
    right: B,
    x: &'a mut [T],
}

impl<T: Number, B: Fn(usize) -> T, const N: usize, const M: usize> Work<T> for OnArrays<'_, T, B, N, M> {
    type Output = Result<(), LinalgError>;

    #[inline]
    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        let (mut factors, mut values, mut rest) =
            ([[P::zero(); N]; N], [[P::zero(); M]; N], [[T::zero(); M]; N]);
        let mut vectors = [[P::zero(); N]; 4];
        let memory = Memory {
            factors: factors.as_flattened_mut(),
            swaps: &mut [0; N],
            values: values.as_flattened_mut(),
            vectors: vectors.as_flattened_mut(),
            rest: rest.as_flattened_mut(),
        };
        solve_into(self.a.as_flattened(), self.right, self.x, memory, M)
    }
}

/// A solution on slices.
#[cfg(feature = "alloc")]
struct OnSlices<'a, T, B> {
    a: &'a [T],
    n: usize,
    right: B,
    m: usize,
}

#[cfg(feature = "alloc")]
impl<T: Number, B: Fn(usize) -> T> Work<T> for OnSlices<'_, T, B> {
    type Output = Result<Vec<T>, LinalgError>;

    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        let Self { a, n, right, m } = self;
        let mut x = vec![T::zero(); n * m];
        let mut plain = vec![P::zero(); n * n + 4 * n];
        let (factors, vectors) = plain.split_at_mut(n * n);
        let memory = Memory {
            factors,
            swaps: &mut vec![0; n],
            vectors,
            values: &mut vec![P::zero(); n * m],
            rest: &mut vec![T::zero(); if T::ORDER > 1 { n * m } else { 0 }],
        };
        solve_into(a, right, &mut x, memory, m)?;
        Ok(x)
    }
}

/// The solution for `m` right sides that `right` gives, row by row, of an n×n matrix.
#[cfg(feature = "alloc")]
pub(crate) fn solve_on_slices<T: Number>(
    a: &[T],
    n: usize,
    right: impl Fn(usize) -> T,
    m: usize,
) -> Result<Vec<T>, LinalgError> {
    if n <= SMALL {
        let mut x: Vec<T> = (0..n * m).map(right).collect();
        if eliminate(&mut a.to_vec(), &mut x, n, m)? {
            T::on_plain(Doubted { a, n })?;
        }
        return Ok(x);
    }
    T::on_plain(OnSlices { a, n, right, m })
}
