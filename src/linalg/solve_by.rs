//! Solutions by somebody else's factors: a plain solver of the caller's, and tangents from it.
//!
//! The parts of a solution are those of [`solve`](super::solve()); only, each system with the plain matrix is handed to the caller's
//! factors, and what comes back is put into the equations.

use alloc::{vec, vec::Vec};

use super::error::LinalgError;
use super::solve::{count, depend};
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

/// How large what is left of an equation may be, beside the sizes of its terms.
const LEFT: f64 = 1e-10;

/// A scale on which terms that overflow are summed: 2⁻¹⁰⁰⁰.
const SMALL: f64 = f64::from_bits((1023 - 1000) << 52);

/// How many ulps rounding is, for each unknown.
const ROUNDING: f64 = 16.0;

/// The smallest number.
const SMALLEST: f64 = f64::MIN_POSITIVE * f64::EPSILON;

/// The solution of `A·X = B` by a plain solver of the caller's, as a crate for large or for sparse matrices has it.
///
/// `factorize` gets the matrix of the values, once, and returns a closure that overwrites a right side b by `A₀⁻¹·b`, or an
/// error. It's the closure that [`implicit`](crate::implicit) takes for sparse Jacobians. The value of the solution is the
/// solver's, to the bit, and derivatives are those of [`solve`](super::solve()).
///
/// Each solution is put into the equations: if of one more than 10⁻¹⁰ times the sizes of its terms is left, the solution is
/// refined, and if that doesn't help, it's an error. So factors of another matrix give no wrong derivatives, and those of a
/// matrix nearby right ones.
///
/// `b` is as in [`rows::solve`](super::rows::solve): a vector, or the rows of several columns. `E` is any error that a
/// [`LinalgError`] can be made into, as itself and `Box<dyn Error>` are. A matrix over `f32` is solved with in `f64`, and the
/// solution rounded. A right side that isn't finite has the solution NaN.
///
/// Cost: the caller's factorization; a solve with it and a product with the matrix of the values, for each column the first time,
/// and then for each lane of each order that isn't all zeros; for each order a product of A with numbers.
///
/// # Errors
///
/// Those of `factorize`; [`LinalgError::Inaccurate`] with the equation that is fulfilled worst, [`LinalgError::NotFinite`];
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
        let mut solver = Checked { solve: factorize(&plain)?, a: &plain, n };
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
            solver.solve_each_coefficient(&mut rest)?;
            for (x, rest) in x.iter_mut().zip(rest) {
                *x = if order == 0 { rest } else { (*x + rest).with_plain(x.value()) };
            }
        }
        Ok(x)
    }
}

/// The caller's solver, and the matrix that it must solve with.
struct Checked<'a, A, S> {
    a: &'a A,
    n: usize,
    solve: S,
}

impl<A: System<f64>, S: FnMut(&mut [f64])> Checked<'_, A, S> {
    /// `x := A⁻¹·x`, each coefficient of each column by itself.
    fn solve_each_coefficient<P: Number, D, T: Over<P, D>>(
        &mut self,
        x: &mut [T],
    ) -> Result<(), LinalgError> {
        let n = self.n;
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
            let solution = self.solved(&column(&parts, k))?;
            (0..n).for_each(|i| parts[i * width + k] = solution[i]);
        }
        let mut next = parts.into_iter();
        for x in x {
            *x = x.map_coefficients(&mut |c: P| next.next().map_or(c, P::lit));
        }
        Ok(())
    }

    /// The solution, which is refined as long as that makes what is left of the equations half as large.
    fn solved(&mut self, right: &[f64]) -> Result<Vec<f64>, LinalgError> {
        let mut solution = right.to_vec();
        (self.solve)(&mut solution);
        let mut last = f64::INFINITY;
        loop {
            let (left, (worst, row)) = self.left(right, &solution);
            if worst <= LEFT {
                return Ok(solution);
            }
            if worst.is_nan() || worst >= last / 2.0 {
                return if self.is_rounding(&left, &solution) {
                    Ok(solution)
                } else {
                    Err(LinalgError::Inaccurate { row })
                };
            }
            last = worst;
            let mut step = left;
            (self.solve)(&mut step);
            solution.iter_mut().zip(step).for_each(|(x, step)| *x += step);
        }
    }

    /// What is left of each equation; and the largest part that is left, in units of the sizes of the equation's terms, with its row.
    fn left(&self, right: &[f64], solution: &[f64]) -> (Vec<f64>, (f64, usize)) {
        // Terms that overflow are summed on a smaller scale.
        let (mut left, mut sizes) = self.left_and_sizes(right, solution, 1.0);
        if sizes.iter().any(|size| size.is_infinite()) {
            (left, sizes) = self.left_and_sizes(right, solution, SMALL);
            for (left, size) in left.iter_mut().zip(&sizes) {
                // Whether it's small is asked on that scale.
                *left = if left.abs() <= LEFT * size { 0.0 } else { *left / SMALL };
            }
        }
        let mut worst = (0.0, 0);
        for (row, (left, size)) in left.iter().zip(sizes).enumerate() {
            let part = if *left == 0.0 { 0.0 } else { left.abs() / size };
            if part.is_nan() {
                worst = (part, row);
                break;
            }
            if part > worst.0 {
                worst = (part, row);
            }
        }
        (left, worst)
    }

    /// What is left of each equation, and the sizes of its terms, all times a scale.
    fn left_and_sizes(&self, right: &[f64], solution: &[f64], scale: f64) -> (Vec<f64>, Vec<f64>) {
        let mut left: Vec<f64> = right.iter().map(|b| b * scale).collect();
        let mut sizes: Vec<f64> = left.iter().map(|b| b.abs()).collect();
        self.a.each(|i, j, a| {
            let term = a * (solution[j] * scale);
            left[i] -= term;
            sizes[i] += term.abs();
        });
        (left, sizes)
    }

    /// Whether what is left is what rounding leaves in the equations of a solver that is stable: some ulps of an entry of the row times the
    /// largest unknown, as where an unknown is zero and was found to be an ulp of the others.
    fn is_rounding(&self, left: &[f64], solution: &[f64]) -> bool {
        let mut rows = vec![0.0_f64; left.len()];
        self.a.each(|i, _, a| rows[i] = rows[i].max(a.abs()));
        let largest = solution.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        let terms = ROUNDING * count::<f64>(left.len());
        left.iter().zip(rows).all(|(left, row)| {
            let rounded = terms * f64::EPSILON * row * largest;
            // Of subnormal numbers an ulp is the smallest number.
            let bound = rounded + terms * SMALLEST * row.max(1.0);
            left.abs() <= bound && bound.is_finite()
        })
    }
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
