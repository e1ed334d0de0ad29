//! The rows of a Jacobian that have so many entries that colours don't pay: they are evaluated as gradients.

use alloc::vec::Vec;

use super::{Pattern, SparseError};
use crate::drive::containers::each;
use crate::drive::{FirstOrder, Point};
use crate::real::Real;

/// Where the entries of some rows go, in passes over the columns that have any.
pub(super) struct DenseRows {
    /// The columns that have entries in one of the rows, in increasing order.
    columns: Vec<usize>,
    rows: Vec<DenseRow>,
}

struct DenseRow {
    row: usize,
    /// The place of each entry's column among the columns, and where the entry goes.
    entries: Vec<(usize, usize)>,
}

impl DenseRows {
    /// The rows `rows` of a pattern, in increasing order; an entry goes to its place in `places`, or to its own if there are none.
    pub(super) fn new(pattern: &Pattern, rows: &[usize], places: Option<&[usize]>) -> Self {
        let mut columns: Vec<_> = rows.iter().flat_map(|&row| pattern.row(row)).copied().collect();
        columns.sort_unstable();
        columns.dedup();
        let entries = |row| {
            let mut at = 0;
            let entry = |k: usize| {
                let column = pattern.indices()[k];
                at += columns[at..].partition_point(|&other| other < column);
                (at, places.map_or(k, |places| places[k]))
            };
            pattern.range(row).map(entry).collect()
        };
        let rows = rows.iter().map(|&row| DenseRow { row, entries: entries(row) }).collect();
        Self { columns, rows }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Seeds the columns of each chunk in turn, evaluates, and writes the entries of the rows.
    ///
    /// `lifted` holds constants, `coordinate` finds its i-th.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn sweep<V: Real, D: FirstOrder<V>, L: ?Sized, R: Point<Scalar = D>>(
        &self,
        lifted: &mut L,
        coordinate: impl Fn(&mut L, usize) -> &mut D,
        f: impl Fn(&L) -> Result<R, SparseError>,
        values: &mut [V],
    ) -> Result<(), SparseError> {
        for (number, chunk) in self.columns.chunks(D::LANES).enumerate() {
            for (lane, &j) in chunk.iter().enumerate() {
                coordinate(lifted, j).seed(lane);
            }
            let y = f(lifted)?;
            let (mut row, mut rows) = (0, self.rows.iter().peekable());
            let first = number * D::LANES;
            each(&y, |y| {
                if let Some(dense) = rows.next_if(|dense| dense.row == row) {
                    let from = dense.entries.partition_point(|&(at, _)| at < first);
                    let entries = dense.entries[from..].iter();
                    for &(at, place) in entries.take_while(|&&(at, _)| at < first + D::LANES) {
                        values[place] = y.lane(at - first);
                    }
                }
                row += 1;
            });
            for &j in chunk {
                let x = coordinate(lifted, j);
                *x = D::constant(x.primal());
            }
        }
        Ok(())
    }
}
