//! Which rows are so long that they are evaluated apart.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::sparse::Pattern;

/// The number of lanes that an evaluation is taken to have. A chunk of columns costs one evaluation of the plain function.
const LANES: u128 = 32;

impl Pattern {
    /// The rows of a Jacobian that are so long that they had better be evaluated apart, in increasing order; often none.
    ///
    /// Columns that share a row need colours of their own, so the longest row says how many passes all of the function takes. If
    /// some rows are evaluated apart, the longest of the others says so, and to it comes the evaluation of the long rows: a pass for
    /// each column in which they have an entry, in numbers whose derivatives are absent where that column has no influence. It costs
    /// 1/32 of an evaluation without derivatives (32 columns share one), and a lane in the rows in which the column has an entry.
    ///
    /// So the passes that are compared are, for rows sorted by their numbers of entries ρ₁ ≥ ρ₂ ≥ …, if k of them are evaluated apart,
    ///
    /// ```text
    /// k = 0:  ρ₁
    /// k > 0:  ρₖ₊₁ + d/32 + Σρᵢ²/Σρᵢ
    /// ```
    ///
    /// where d is the number of columns in which the first k rows have an entry. The last summand is the work of the lanes that
    /// aren't absent, at most, in passes of all of the function, if a row's work is proportional to its entries. The k of
    /// the fewest passes is taken, of several the smallest, among those for which each row apart has more entries than the last two
    /// summands say: by itself it would cost more passes in the colouring than all do that are evaluated apart.
    ///
    /// Cost: sorts the rows, and goes through the entries once.
    ///
    /// ```
    /// use tangents::sparse::{Coloring, Order, Pattern};
    ///
    /// // A diagonal below a full row.
    /// let entries = (0..100).flat_map(|j| [(0, j), (j + 1, j)]);
    /// let pattern = Pattern::from_entries((101, 100), entries)?;
    /// let dense = pattern.dense_rows();
    /// assert_eq!(dense, [0]);
    /// assert_eq!(Coloring::of_columns(&pattern, Order::Natural).count(), 100);
    /// assert_eq!(Coloring::of_columns(&pattern.without_rows(&dense), Order::Natural).count(), 1);
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    pub fn dense_rows(&self) -> Vec<usize> {
        let length = |row: usize| self.range(row).len() as u128;
        let mut rows: Vec<_> = (0..self.rows()).collect();
        rows.sort_by_key(|&row| Reverse(length(row)));
        let longest = |k: usize| rows.get(k).map_or(0, |&row| length(row));

        // All passes times 32·Σρᵢ.
        let total: u128 = self.nnz() as u128;
        let squares: u128 = rows.iter().map(|&row| length(row) * length(row)).sum();
        let (mut fewest, mut apart) = (LANES * total * longest(0), 0);
        let mut seen = vec![false; self.columns()];
        let mut columns = 0;
        for (k, &row) in (1..).zip(&rows) {
            for &j in self.row(row) {
                columns += u128::from(!core::mem::replace(&mut seen[j], true));
            }
            let evaluation = LANES * squares + total * columns;
            if LANES * total * length(row) <= evaluation {
                break;
            }
            let passes = LANES * total * longest(k) + evaluation;
            if passes < fewest {
                (fewest, apart) = (passes, k);
            }
        }
        rows.truncate(apart);
        rows.sort_unstable();
        rows
    }
}
