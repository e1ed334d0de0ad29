//! Solutions by somebody else's factors: a plain solver of the caller's, and tangents from it.
//!
//! The parts of a solution are those of [`solve`](super::solve()); only, each system with the plain matrix is handed to the caller's
//! factors, and what comes back is put into the equations.

use alloc::{vec, vec::Vec};

use super::error::LinalgError;
use super::refined::{Refined, TOLERANCE};
use super::regular::Irregular;
use super::solve::depend;
use crate::number::inspect::is_primitive;
use crate::number::over::{Over, Work};
use crate::rules::{Number, of_values};
#[cfg(feature = "std")]
use crate::sparse::SparseMatrix;

/// A square matrix of numbers, as [`solve_by`] takes it: dense or sparse.
///
/// It's there for slices and `Vec`s (row by row), arrays of rows, [`SparseMatrix`](crate::sparse::SparseMatrix), and `nalgebra`'s
/// matrices with that feature. For another crate's matrix, implement it on a type of your own around that.
///
/// ```
/// use tangents::Dual;
/// use tangents::linalg::{LinalgError, System, solve_by};
///
/// struct Diagonal<T>(Vec<T>);
///
/// impl<T: Copy> System<T> for Diagonal<T> {
///     type Plain = Diagonal<f64>;
///
///     fn side(&self) -> Result<usize, LinalgError> {
///         Ok(self.0.len())
///     }
///
///     fn plain(&self, values: &[f64]) -> Diagonal<f64> {
///         Diagonal(values.to_vec())
///     }
///
///     fn each(&self, mut visit: impl FnMut(usize, usize, T)) {
///         self.0.iter().enumerate().for_each(|(i, &x)| visit(i, i, x));
///     }
/// }
///
/// let x = Dual::<f64, 1>::variable(4.0, 0);
/// let y = solve_by(&Diagonal(vec![x]), &[Dual::constant(2.0)], |d| {
///     let pivot = d.0[0];
///     Ok::<_, LinalgError>(move |right: &mut [f64]| right.iter_mut().for_each(|x| *x /= pivot))
/// })?;
/// assert_eq!((y[0].re, y[0].eps), (0.5, [-0.125]));
/// # Ok::<(), LinalgError>(())
/// ```
pub trait System<T> {
    /// The matrix of the values.
    type Plain: System<f64>;

    /// The number of rows, which is that of columns.
    ///
    /// # Errors
    ///
    /// [`LinalgError::Length`] if the matrix isn't square.
    fn side(&self) -> Result<usize, LinalgError>;

    /// A matrix of this shape with these values for its entries, in the order of [`each`](Self::each).
    fn plain(&self, values: &[f64]) -> Self::Plain;

    /// Hands over each entry, `(row, column, entry)`; what is left out is zero.
    fn each(&self, visit: impl FnMut(usize, usize, T));
}

impl<T: Copy> System<T> for [T] {
    type Plain = Vec<f64>;

    fn side(&self) -> Result<usize, LinalgError> {
        let n = self.len().isqrt();
        LinalgError::check_length("square matrix", n * n, self.len())?;
        Ok(n)
    }

    fn plain(&self, values: &[f64]) -> Vec<f64> {
        values.to_vec()
    }

    fn each(&self, mut visit: impl FnMut(usize, usize, T)) {
        for (i, row) in self.chunks_exact(self.len().isqrt().max(1)).enumerate() {
            row.iter().enumerate().for_each(|(j, &a)| visit(i, j, a));
        }
    }
}

impl<T: Copy> System<T> for Vec<T> {
    type Plain = Vec<f64>;

    fn side(&self) -> Result<usize, LinalgError> {
        self.as_slice().side()
    }

    fn plain(&self, values: &[f64]) -> Vec<f64> {
        values.to_vec()
    }

    fn each(&self, visit: impl FnMut(usize, usize, T)) {
        self.as_slice().each(visit);
    }
}

impl<T: Copy, const N: usize> System<T> for [[T; N]; N] {
    type Plain = [[f64; N]; N];

    fn side(&self) -> Result<usize, LinalgError> {
        Ok(N)
    }

    fn plain(&self, values: &[f64]) -> [[f64; N]; N] {
        super::arrays::array(values)
    }

    fn each(&self, visit: impl FnMut(usize, usize, T)) {
        self.as_flattened().each(visit);
    }
}

/// Its [`plain`](System::plain) has the matrix' pattern and layout.
#[cfg(feature = "std")]
impl<T: Copy> System<T> for SparseMatrix<T> {
    type Plain = SparseMatrix<f64>;

    fn side(&self) -> Result<usize, LinalgError> {
        LinalgError::check_length("side of the square matrix", self.rows(), self.columns())?;
        Ok(self.rows())
    }

    fn plain(&self, values: &[f64]) -> SparseMatrix<f64> {
        self.with_values(values.to_vec())
    }

    fn each(&self, mut visit: impl FnMut(usize, usize, T)) {
        self.triplets().for_each(|(i, j, &a)| visit(i, j, a));
    }
}

/// The solution of `A·X = B` by a plain solver of the caller's, as a crate for large or for sparse matrices has it.
///
/// `factorize` gets the matrix of the values, once, and returns a closure that overwrites a right side b by `A₀⁻¹·b`, or an
/// error. It's the closure that [`implicit`](crate::implicit) takes for sparse Jacobians. Derivatives are those of
/// [`solve`](super::solve()).
///
/// Each solution is put into the equations. If of one more is left than rounding, 64 ulps of the sizes of its terms, the solution is
/// refined, as long as that halves what is left. A stable solver's is left as it is, to the bit. If in the end more than 10⁻¹⁰ of the
/// terms is left in an equation, and more than rounding makes of unknowns that are zero, it's an error. So factors of
/// another matrix give no wrong derivatives, and those of a matrix nearby right ones: the error is the condition number of A times
/// what is left, mostly rounding, and at most 10⁻¹⁰.
///
/// `b` is as in [`rows::solve`](super::rows::solve): a vector, or the rows of several columns. `E` is any error that a
/// [`LinalgError`] can be made into, as itself and `Box<dyn Error>` are. A matrix over `f32` is solved with in `f64`, and the
/// solution rounded. A right side that isn't finite has the solution NaN.
///
/// First, a solution x of `A·x = b` with some b is found, twice, and must be that of the right side `A·x` again, to a 64th. Otherwise the
/// matrix is singular, up to rounding. Factors seldom say so themselves, and give a solution of a size of 10¹⁶.
///
/// Cost: the caller's factorization; a solve with it and a product with the matrix of the values, four times for that, for each column the
/// first time, and then for each lane of each order that isn't all zeros; for each order a product of A with numbers.
///
/// # Errors
///
/// Those of `factorize`; [`LinalgError::Singular`] with the unknown that is known worst, [`LinalgError::Inaccurate`] with the equation that
/// is fulfilled worst, [`LinalgError::NotFinite`];
/// [`LinalgError::Length`] if the shapes don't fit.
///
/// ```
/// use tangents::linalg::{LinalgError, solve_by};
/// use tangents::{Dual, derivative};
///
/// // A solver for triangular matrices.
/// let solution = |x: Dual<f64, 1>| {
///     let a = [[x, 0.0.into()], [1.0.into(), x]];
///     solve_by(&a, &[1.0.into(), 0.0.into()], |&[[a, _], [b, c]]| {
///         Ok::<_, LinalgError>(move |x: &mut [f64]| {
///             x[0] /= a;
///             x[1] = (x[1] - b * x[0]) / c;
///         })
///     })
///     .unwrap()[1]
/// };
/// let slope: f64 = derivative(solution, 2.0);
/// assert!((slope - 0.25).abs() < 1e-15); // of −1/x²
/// ```
///
/// With `faer` (0.24), which is faster than this crate on large matrices:
///
/// ```ignore
/// let x = solve_by(&a, &b, |a| {
///     let n = b.len();
///     let lu = MatRef::from_row_major_slice(a, n, n).partial_piv_lu();
///     Ok::<_, LinalgError>(move |x: &mut [f64]| lu.solve_in_place(ColMut::from_slice_mut(x)))
/// })?;
/// ```
///
/// So it is with sparse ones, of a [`SparseMatrix`](crate::sparse::SparseMatrix) in columns: `examples/sparse` has `faer`'s LU and
/// Cholesky, and tests of all three.
pub fn solve_by<T, A, S, E>(
    a: &A,
    b: &[T],
    factorize: impl FnOnce(&A::Plain) -> Result<S, E>,
) -> Result<Vec<T>, E>
where
    T: Number,
    A: System<T> + ?Sized,
    S: FnMut(&mut [f64]),
    E: From<LinalgError>,
{
    let n = a.side()?;
    LinalgError::check_length("right side", b.len().checked_div(n).unwrap_or(0) * n, b.len())?;
    let mut inputs = Vec::new();
    a.each(|_, _, a| inputs.push(a));
    let mut x = T::on_plain(SolveBy { a, entries: &inputs, b, n, factorize })?;
    inputs.extend_from_slice(b);
    depend(&mut x, &inputs);
    Ok(x)
}

struct SolveBy<'a, T, A: ?Sized, F> {
    a: &'a A,
    entries: &'a [T],
    b: &'a [T],
    n: usize,
    factorize: F,
}

impl<T, A, F, S, E> Work<T> for SolveBy<'_, T, A, F>
where
    T: Number,
    A: System<T> + ?Sized,
    F: FnOnce(&A::Plain) -> Result<S, E>,
    S: FnMut(&mut [f64]),
    E: From<LinalgError>,
{
    type Output = Result<Vec<T>, E>;

    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        let Self { a, entries, b, n, factorize } = self;
        let m = b.len().checked_div(n).unwrap_or(0);
        let values = plain_values(&entries.iter().map(Over::value).collect::<Vec<P>>());
        if let Some(place) = values.iter().position(|a| !a.is_finite()) {
            let (mut at, mut next) = ((0, 0), 0);
            a.each(|row, column, _| {
                if next == place {
                    at = (row, column);
                }
                next += 1;
            });
            return Err(LinalgError::NotFinite { row: at.0, column: at.1 }.into());
        }
        let plain = a.plain(&values);
        let mut solver = Refined { solve: factorize(&plain)?, a: &plain, tolerance: TOLERANCE };
        if n > 0 {
            solver.check_regular(n).map_err(|irregular| match irregular {
                Irregular::Singular(column) => LinalgError::Singular { column },
                Irregular::NotFinite(row) => LinalgError::Inaccurate { row },
            })?;
        }
        let mut x = vec![T::zero(); n * m];
        for order in 0..=T::ORDER {
            let mut rest = b.to_vec();
            if order > 0 {
                a.each(|i, j, a| {
                    for (rest, &x) in rest[i * m..][..m].iter_mut().zip(&x[j * m..][..m]) {
                        *rest -= a * x;
                    }
                });
            }
            for rest in &mut rest {
                *rest = rest.of_order(order);
            }
            solve_each_coefficient(&mut solver, n, &mut rest)?;
            for (x, rest) in x.iter_mut().zip(rest) {
                *x = if order == 0 { rest } else { (*x + rest).with_plain(x.value()) };
            }
        }
        Ok(x)
    }
}

/// `x := A⁻¹·x`, each coefficient of each column by itself.
fn solve_each_coefficient<P: Number, D, T: Over<P, D>>(
    solver: &mut Refined<'_, impl System<f64>, impl FnMut(&mut [f64])>,
    n: usize,
    x: &mut [T],
) -> Result<(), LinalgError> {
    let mut parts = Vec::new();
    for x in &*x {
        x.each_coefficient(&mut |c: P| parts.push(c));
    }
    // Row by row: of each row, the coefficients of one column after those of the other.
    let mut parts = plain_values(&parts);
    let width = parts.len().checked_div(n).unwrap_or(0);
    let column = |parts: &[f64], k: usize| (0..n).map(|i| parts[i * width + k]).collect::<Vec<f64>>();
    let mut moving = Vec::new();
    for k in 0..width {
        let right = column(&parts, k);
        if right.iter().any(|x| !x.is_finite()) {
            // What isn't known of one isn't known of any.
            (0..n).for_each(|i| parts[i * width + k] = f64::NAN);
        } else if right.iter().any(|&x| x != 0.0) {
            moving.push(k);
        }
    }
    for k in moving {
        let solution =
            solver.solved(&column(&parts, k)).map_err(|left| LinalgError::Inaccurate { row: left.row })?;
        (0..n).for_each(|i| parts[i * width + k] = solution[i]);
    }
    let mut next = parts.into_iter();
    for x in x {
        *x = x.map_coefficients(&mut |c: P| next.next().map_or(c, P::lit));
    }
    Ok(())
}

/// The numbers in `f64`.
fn plain_values<P: Number>(x: &[P]) -> Vec<f64> {
    if is_primitive::<P>() {
        return x.iter().map(|x| x.to_f64().unwrap_or(f64::NAN)).collect();
    }
    let mut plain = Vec::new();
    of_values(x, |values| {
        plain.extend_from_slice(values);
        Vec::new()
    });
    plain
}
