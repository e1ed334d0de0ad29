//! LU factorization with partial pivoting of plain matrices: `P·A = L·U` (Golub and Van Loan, *Matrix Computations*,
//! algorithm 3.4.1), in memory of the caller's. A matrix is a slice, row by row; [`triangular`](super::triangular) solves with the factors.

use crate::real::Real;

/// Overwrites A by its factors: U on and above the diagonal, and below it L, whose diagonal is of ones. `swaps` gets, for each
/// column, the row that was swapped with the column's own.
///
/// Cost: n³/3 products and sums.
///
/// # Errors
///
/// The first column without a pivot, one in which all that is left is zero or NaN.
pub(crate) fn factorize<T: Real>(a: &mut [T], swaps: &mut [usize]) -> Result<(), usize> {
    let n = swaps.len();
    debug_assert_eq!(a.len(), n * n, "the length of a square matrix");
    for first in (0..n).step_by(PANEL) {
        let end = n.min(first + PANEL);
        factorize_panel(a, swaps, first, end)?;
        eliminate_beside_panel(a, n, first, end);
    }
    Ok(())
}

/// How many columns are eliminated before the columns to their right follow: their rows then stay in the first cache.
const PANEL: usize = 32;

/// How many columns follow at once: as many as stay in the first cache with the panel's rows.
const TILE: usize = 96;

/// Eliminates the columns from `first` to `end`, in these columns alone; rows are swapped as wholes.
fn factorize_panel<T: Real>(a: &mut [T], swaps: &mut [usize], first: usize, end: usize) -> Result<(), usize> {
    let n = swaps.len();
    for k in first..end {
        let (mut largest, mut size) = (k, T::zero());
        for i in k..n {
            // A NaN compares with nothing and is found by the columns after this one.
            if a[i * n + k].abs() > size {
                (largest, size) = (i, a[i * n + k].abs());
            }
        }
        if size == T::zero() || !size.is_finite() {
            return Err(k);
        }
        swaps[k] = largest;
        let (above, below) = a.split_at_mut((k + 1) * n);
        let row = &mut above[k * n..];
        if largest > k {
            row.swap_with_slice(&mut below[(largest - k - 1) * n..][..n]);
        }
        let (pivot, row) = (row[k], &row[k + 1..end]);
        for below in below.chunks_exact_mut(n) {
            let factor = below[k] / pivot;
            below[k] = factor;
            for (below, &row) in below[k + 1..end].iter_mut().zip(row) {
                *below = *below - factor * row;
            }
        }
    }
    Ok(())
}

/// Subtracts, in the columns from `end` on, the panel's rows from those below each, as the panel's factors tell: in the same
/// order for each entry as without panels, and so with the same bits.
fn eliminate_beside_panel<T: Real>(a: &mut [T], n: usize, first: usize, end: usize) {
    let (panel, below) = a[first * n..].split_at_mut((end - first) * n);
    for left in (end..n).step_by(TILE) {
        let right = n.min(left + TILE);
        for i in 1..end - first {
            let (above, row) = panel.split_at_mut(i * n);
            let (factors, row) = row[..n].split_at_mut(left);
            subtract_rows(&mut row[..right - left], &factors[first..first + i], above, n, left);
        }
        for row in below.chunks_exact_mut(n) {
            let (factors, row) = row.split_at_mut(left);
            subtract_rows(&mut row[..right - left], &factors[first..end], panel, n, left);
        }
    }
}

/// `row −= Σₖ factorsₖ·rowsₖ`, from the first k to the last; the rows have length n, and `row` starts at their column `left`.
#[inline]
fn subtract_rows<T: Real>(row: &mut [T], factors: &[T], rows: &[T], n: usize, left: usize) {
    let len = row.len();
    let part = |k: usize| &rows[k * n + left..][..len];
    let mut k = 0;
    // Four at once: each entry is loaded and stored once for the four.
    while k + 4 <= factors.len() {
        let [f0, f1, f2, f3] = [factors[k], factors[k + 1], factors[k + 2], factors[k + 3]];
        let (r0, r1, r2, r3) = (part(k), part(k + 1), part(k + 2), part(k + 3));
        for (j, x) in row.iter_mut().enumerate() {
            *x = *x - f0 * r0[j] - f1 * r1[j] - f2 * r2[j] - f3 * r3[j];
        }
        k += 4;
    }
    for (k, &factor) in factors.iter().enumerate().skip(k) {
        for (x, &r) in row.iter_mut().zip(part(k)) {
            *x = *x - factor * r;
        }
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use super::factorize;
    use crate::linalg::triangular;
    use crate::number::over::{Over, Work};
    use crate::rules::Number;
    use crate::{Dual, HyperDual, Taylor};

    /// Its first and second pivots must be swapped; the solution for the right side (13, 16, 9) is (1, 2, 3).
    const A: [f64; 9] = [0.0, 2.0, 3.0, 4.0, 0.0, 4.0, 1.0, 4.0, 0.0];

    fn solution<D: Number>(a: &[f64], mut b: [D; 3]) -> [D; 3] {
        struct Solve<'a, D>(&'a [f64], &'a mut [D; 3]);

        impl<D: Number> Work<D> for Solve<'_, D> {
            type Output = ();

            fn run<P: Number, O>(self)
            where
                D: Over<P, O>,
            {
                let (mut a, mut swaps): (Vec<P>, _) = (self.0.iter().map(|&a| P::lit(a)).collect(), [0; 3]);
                factorize(&mut a, &mut swaps).unwrap();
                triangular::solve(&a, &swaps, self.1, 1);
            }
        }

        D::on_plain(Solve(a, &mut b));
        b
    }

    fn column_without_a_pivot(mut a: [f64; 4]) -> usize {
        factorize(&mut a, &mut [0; 2]).unwrap_err()
    }

    #[test]
    fn it_solves_a_system_that_must_be_pivoted() {
        assert_eq!(solution(&A, [13.0, 16.0, 9.0]), [1.0, 2.0, 3.0]);
        assert_eq!(solution(&A, [13.0_f32, 16.0, 9.0]), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn each_component_is_the_solution_for_it() {
        let (value, first, second) = ([0.3, -0.7, 1.1], [0.1, 0.9, -0.4], [2.0, 0.2, 0.7]);
        let (x, dx, ddx) = (solution(&A, value), solution(&A, first), solution(&A, second));
        let of = |i: usize| Dual::new(Dual::new(value[i], [first[i]]), [Dual::new(first[i], [second[i]])]);
        for (i, y) in solution(&A, [of(0), of(1), of(2)]).iter().enumerate() {
            assert_eq!([y.re.re, y.re.eps[0], y.eps[0].re, y.eps[0].eps[0]], [x[i], dx[i], dx[i], ddx[i]]);
        }
        let of = |i: usize| Taylor::new(value[i], [first[i], second[i]]);
        for (i, y) in solution(&A, [of(0), of(1), of(2)]).iter().enumerate() {
            assert_eq!((y.re, y.coefficients), (x[i], [dx[i], ddx[i]]));
        }
        let of = |i: usize| HyperDual::<f64, 1>::from_fn(value[i], [first[i]], |_, _| second[i]);
        for (i, y) in solution(&A, [of(0), of(1), of(2)]).iter().enumerate() {
            assert_eq!((y.re, y.gradient[0], y.second(0, 0)), (x[i], dx[i], ddx[i]));
        }
    }

    #[test]
    fn a_singular_matrix_has_a_column_without_a_pivot() {
        assert_eq!(column_without_a_pivot([1.0, 2.0, 2.0, 4.0]), 1);
        assert_eq!(column_without_a_pivot([0.0, 2.0, 0.0, 4.0]), 0);
        assert_eq!(column_without_a_pivot([f64::NAN, 2.0, f64::NAN, 4.0]), 0);
        assert_eq!(column_without_a_pivot([1.0, f64::NAN, 1.0, f64::NAN]), 1);
        assert_eq!(column_without_a_pivot([f64::INFINITY, 1.0, 1.0, 1.0]), 0);
    }
}
