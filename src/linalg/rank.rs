//! Least squares and pseudo-inverses of matrices whose rank the caller states.
//!
//! Elimination of the values with pivots from the whole matrix finds as many columns and rows that are independent: let C be
//! those columns, and B their part in those rows, Z. If the rank stays, then `A = L·B·R` with `L = C·B⁻¹` and `R = B⁻¹·Z`,
//! and `A⁺ = R⁺·B⁻¹·L⁺`, where all three have full rank: on numbers of every order. And the rank stays if and only if the
//! equation holds in every order. For the first that is `(1 − A·A⁺)·Ȧ·(1 − A⁺·A) = 0`, without which the pseudo-inverse
//! has no derivative (Golub and Pereyra, *The differentiation of pseudo-inverses and nonlinear least squares problems whose variables
//! separate*, SIAM Journal on Numerical Analysis 10, 1973).

use alloc::{vec, vec::Vec};

use super::arrays::{array, flat};
use super::error::LinalgError;
use super::product::matmul_into;
use super::qr::{least_squares_of, pseudo_inverse_of};
use super::solve::{check_finite, count, depend, identity, solve_on_slices};
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// The x of least length among those that make `|A·x − b|` least, for an M×N matrix A of the rank that is stated.
///
/// A may be higher than wide or wider than high. Of full rank, which is the smaller one of M and N, it's what
/// [`least_squares`](super::least_squares()) gives of a matrix that isn't wider than high, and of another the shortest solution.
///
/// A matrix doesn't tell whether its rank stays when it moves, so the caller says it, and it's checked: if derivatives of any order leave
/// the matrices of that rank, that's an error, since x jumps there. A product of an M×R with an R×N matrix of numbers keeps its rank.
///
/// Cost: of the values, elimination with some M·N·R products; of numbers, for each order that they carry, some 4·(M + N)·R² and, to
/// check, 3·M·N·R products.
///
/// # Errors
///
/// [`LinalgError::HigherRank`] with a column that isn't a combination of R others, by its values or by a derivative;
/// [`LinalgError::Deficient`] with a column that is left where the rank is lower. Both up to rounding, of the largest entry.
/// [`LinalgError::NotFinite`]; [`LinalgError::Length`] if the rank is above M or N.
///
/// ```
/// use tangents::linalg::{LinalgError, least_squares_of_rank};
/// use tangents::{Dual, derivative};
///
/// // x + y = b twice, in a unit that moves: the shortest solution is (b, b)/2u.
/// let shortest = |u: Dual<f64, 1>| least_squares_of_rank(&[[u, u], [u, u]], &[3.0.into(), 5.0.into()], 1).unwrap()[0];
/// assert!((derivative(shortest, 2.0) + 0.5).abs() < 1e-15);
///
/// // With one entry alone that moves, the rank doesn't stay.
/// let [one, u] = [Dual::constant(1.0), Dual::<f64, 1>::variable(1.0, 0)];
/// let error = least_squares_of_rank(&[[one, one], [one, u]], &[one, one], 1).unwrap_err();
/// assert_eq!(error, LinalgError::HigherRank { column: 1 });
/// ```
#[doc(alias = "lstsq")]
pub fn least_squares_of_rank<T: Number, const M: usize, const N: usize>(
    a: &[[T; N]; M],
    b: &[T; M],
    rank: usize,
) -> Result<[T; N], LinalgError> {
    Ok(flat(&least_squares_of_rank_of(a.as_flattened(), M, N, rank, |i| b[i], 1)?))
}

/// The pseudo-inverse of an M×N matrix of the rank that is stated, the matrix X for which `X·b` is
/// [`least_squares_of_rank`].
///
/// Its first derivative is `Ẋ = −X·Ȧ·X + X·Xᵀ·Ȧᵀ·(1 − A·X) + (1 − X·A)·Ȧᵀ·Xᵀ·X` (Golub and Pereyra, 1973).
///
/// Cost: as [`least_squares_of_rank`], and for each order M·N·R products more.
///
/// # Errors
///
/// Those of [`least_squares_of_rank`].
///
/// ```
/// use tangents::linalg::pseudo_inverse_of_rank;
/// use tangents::{Dual, derivative};
///
/// // Of u·vᵀ, with u = (x, 1) and v = (1, 2): v·uᵀ/5(x² + 1).
/// let corner = |x: Dual<f64, 1>| {
///     let [one, two] = [1.0, 2.0].map(Dual::constant);
///     pseudo_inverse_of_rank(&[[x, x * 2.0], [one, two]], 1).unwrap()[0][1]
/// };
/// assert!((derivative(corner, 1.0) + 0.1).abs() < 1e-15); // of 1/5(x² + 1)
/// ```
#[doc(alias = "pinv")]
pub fn pseudo_inverse_of_rank<T: Number, const M: usize, const N: usize>(
    a: &[[T; N]; M],
    rank: usize,
) -> Result<[[T; M]; N], LinalgError> {
    Ok(array(&pseudo_inverse_of_rank_of(a.as_flattened(), M, N, rank)?))
}

/// [`pseudo_inverse_of_rank`] on slices, of an m×n matrix.
pub(crate) fn pseudo_inverse_of_rank_of<T: Number>(
    a: &[T],
    m: usize,
    n: usize,
    rank: usize,
) -> Result<Vec<T>, LinalgError> {
    least_squares_of_rank_of(a, m, n, rank, identity(m), m)
}

/// [`least_squares_of_rank`] on slices, of an m×n matrix, for `columns` right sides that `right` gives, row by row.
pub(crate) fn least_squares_of_rank_of<T: Number>(
    a: &[T],
    m: usize,
    n: usize,
    rank: usize,
    right: impl Fn(usize) -> T,
    columns: usize,
) -> Result<Vec<T>, LinalgError> {
    if rank > m.min(n) {
        LinalgError::check_length("shorter side of a matrix of that rank", rank, m.min(n))?;
    }
    check_finite(a, n)?;
    let factors = T::on_plain(Factorize { a, m, n, rank })?;
    let mut x = if rank == 0 {
        vec![T::zero(); n * columns]
    } else {
        let x = least_squares_of(&factors.left, m, rank, right, columns)?;
        let x = solve_on_slices(&factors.middle, rank, |i| x[i], columns)?;
        product(&pseudo_inverse_of(&factors.right, rank, n)?, &x, rank)
    };
    if let Some(unknown) = factors.unknown {
        for x in &mut x {
            *x += unknown;
        }
    }
    depend(&mut x, a);
    Ok(x)
}

/// `A = left·middle·right`, with as many columns, sides and rows as the rank.
struct Factors<T> {
    left: Vec<T>,
    middle: Vec<T>,
    right: Vec<T>,
    /// Zero, but NaN in each derivative that depends on one in which an entry of A isn't finite: such an entry may be in none of
    /// the factors.
    unknown: Option<T>,
}

struct Factorize<'a, T> {
    a: &'a [T],
    m: usize,
    n: usize,
    rank: usize,
}

/// How many ulps of the largest entry are rounding, for each row or column: of a pivot, and of what a product leaves.
const ROUNDING: f64 = 16.0;

impl<T: Number> Work<T> for Factorize<'_, T> {
    type Output = Result<Factors<T>, LinalgError>;

    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        let Self { a, m, n, rank } = self;
        let ulps = P::lit(ROUNDING) * P::epsilon() * count(m.max(n));
        let (rows, columns) = independent(a.iter().map(Over::value).collect::<Vec<P>>(), n, rank, ulps)?;
        let part = |rows: &[usize], columns: &[usize]| -> Vec<T> {
            rows.iter().flat_map(|&i| columns.iter().map(move |&j| a[i * n + j])).collect()
        };
        let all = |count| (0..count).collect::<Vec<usize>>();
        let middle = part(&rows, &columns);
        let across = part(&rows, &all(n));
        let mut right = refined(&middle, rank, &across, n)?;
        // L = C·B⁻¹ is, transposed, B⁻ᵀ·Cᵀ.
        let down = transposed(&part(&all(m), &columns), rank);
        let mut left = transposed(&refined(&transposed(&middle, rank), rank, &down, m)?, m);
        // What is a row or column of the identity is so in every order.
        for k in 0..rank {
            for l in 0..rank {
                let one = identity::<T>(rank)(k * rank + l);
                left[rows[k] * rank + l] = one;
                right[k * n + columns[l]] = one;
            }
        }
        let unknown = a.iter().fold(T::zero(), |sum, a| sum + a.with_plain(P::zero()).times_plain(P::zero()));
        // Also what it spreads to at higher orders.
        let unknown = a.iter().fold(unknown, |sum, &a| sum + a * unknown);
        let mut known = Vec::new();
        unknown.each_coefficient(&mut |c| known.push(!c.is_nan()));
        // No matrix has a higher rank than its sides are long.
        if rank < m.min(n) {
            stays(a, n, rank, [&left, &middle, &right], &known, ulps)?;
        }
        let unknown = known.contains(&false).then_some(unknown);
        Ok(Factors { left, middle, right, unknown })
    }
}

/// `B⁻¹·X`, with one step of iterative refinement: then B times it is X up to the rounding of the product, in every order (Higham, *Accuracy and
/// Stability of Numerical Algorithms*, 2nd edition, 2002, chapter 12).
fn refined<T: Number>(b: &[T], rank: usize, x: &[T], columns: usize) -> Result<Vec<T>, LinalgError> {
    let mut found = solve_on_slices(b, rank, |i| x[i], columns)?;
    if rank > 0 {
        let product = product(b, &found, rank);
        let rest = solve_on_slices(b, rank, |i| x[i] - product[i], columns)?;
        found.iter_mut().zip(rest).for_each(|(found, rest)| *found += rest);
    }
    Ok(found)
}

/// That `A = L·B·R` in every coefficient that is known, up to rounding.
///
/// Rounding of a coefficient is that of the terms of L·B·R: L·B and B·R are as near to parts of A as that, since L and R are refined. Sizes of
/// numbers are sizes of their coefficients.
fn stays<P: Number, D, T: Over<P, D>>(
    a: &[T],
    n: usize,
    rank: usize,
    [left, middle, right]: [&[T]; 3],
    known: &[bool],
    ulps: P,
) -> Result<(), LinalgError> {
    let sizes = |x: &[T]| x.iter().map(|x| x.map_coefficients(&mut |c: P| c.abs())).collect::<Vec<T>>();
    let (found, terms) = if rank == 0 {
        (vec![T::zero(); a.len()], vec![T::zero(); a.len()])
    } else {
        let whole = |l: &[T], b: &[T], r: &[T]| product(l, &product(b, r, rank), rank);
        (whole(left, middle, right), whole(&sizes(left), &sizes(middle), &sizes(right)))
    };
    let mut largest: Vec<P> = Vec::new();
    let mut note = |x: T| {
        let mut k = 0;
        x.each_coefficient(&mut |c| {
            largest.resize(largest.len().max(k + 1), P::zero());
            largest[k] = if c > largest[k] { c } else { largest[k] };
            k += 1;
        });
    };
    terms.into_iter().for_each(&mut note);
    sizes(a).into_iter().for_each(&mut note);
    for (place, (&a, found)) in a.iter().zip(found).enumerate() {
        let (mut stays, mut k) = (true, 0);
        (a - found).each_coefficient(&mut |left| {
            // What overflows isn't counted in its favour.
            let bound = ulps * largest[k];
            let is_known = known.get(k).is_none_or(|&known| known);
            stays &= !is_known || left == P::zero() || (left.abs() <= bound && bound.is_finite());
            k += 1;
        });
        if !stays {
            return Err(LinalgError::HigherRank { column: place % n });
        }
    }
    Ok(())
}

/// Rows and columns in which a matrix of that rank has an inverse, ascending: those of the pivots of elimination that takes the
/// largest entry of all.
fn independent<P: Number>(
    mut a: Vec<P>,
    n: usize,
    rank: usize,
    ulps: P,
) -> Result<(Vec<usize>, Vec<usize>), LinalgError> {
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    let mut rounding = P::zero();
    for k in 0..rank {
        let is_left = |place: &usize| !rows.contains(&(place / n)) && !columns.contains(&(place % n));
        let larger = |l: usize, place: usize| if a[place].abs() > a[l].abs() { place } else { l };
        let largest = (0..a.len()).filter(is_left).reduce(larger).unwrap_or(0);
        let (row, column, pivot) = (largest / n, largest % n, a[largest]);
        if k == 0 {
            rounding = ulps * pivot.abs();
        }
        if pivot.abs() <= rounding {
            return Err(LinalgError::Deficient { column });
        }
        let pivots = a[row * n..][..n].to_vec();
        rows.push(row);
        columns.push(column);
        for (_, a) in a.chunks_exact_mut(n).enumerate().filter(|(i, _)| !rows.contains(i)) {
            let factor = a[column] / pivot;
            for (a, &pivot) in a.iter_mut().zip(&pivots) {
                *a -= factor * pivot;
            }
        }
    }
    rows.sort_unstable();
    columns.sort_unstable();
    Ok((rows, columns))
}

/// The transpose of a matrix with `n` columns.
fn transposed<T: Copy>(a: &[T], n: usize) -> Vec<T> {
    let m = a.len().checked_div(n).unwrap_or(0);
    (0..n * m).map(|k| a[k % m * n + k / m]).collect()
}

/// `A·B`; A has `inner` columns.
fn product<T: Number>(a: &[T], b: &[T], inner: usize) -> Vec<T> {
    let (rows, columns) = (a.len() / inner, b.len() / inner);
    let mut c = vec![T::zero(); rows * columns];
    matmul_into(a, b, &mut c, inner).expect("matrices that fit");
    c
}
