//! The loop of the drivers of second order: over the blocks of the Hessian, those on one side of the diagonal.

use core::ops::Range;

use crate::drive::containers::SecondOrder;
use crate::real::Real;

/// A block of the Hessian: its rows and its columns, which are the rows or come after them.
pub(crate) struct Block {
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Block {
    /// Whether the rows are other coordinates than the columns.
    fn is_apart(&self) -> bool {
        self.rows.start != self.columns.start
    }

    /// Hands on `∂y/∂xᵢ` for each row.
    #[inline]
    pub(crate) fn first<T, D: SecondOrder<T>>(&self, y: &D, mut entry: impl FnMut(usize, T)) {
        for (row, i) in self.rows.clone().enumerate() {
            entry(i, y.first(row));
        }
    }

    /// Hands on `∂²y/∂xᵢ∂xⱼ` for each row and column, and the same as `∂²y/∂xⱼ∂xᵢ`.
    #[inline]
    pub(crate) fn second<T: Copy, D: SecondOrder<T>>(&self, y: &D, mut entry: impl FnMut(usize, usize, T)) {
        let apart = self.is_apart();
        for (row, i) in self.rows.clone().enumerate() {
            for (column, j) in self.columns.clone().enumerate().filter(|&(_, j)| j >= i) {
                // In a block on the diagonal both entries of a pair are at hand; one serves both.
                let second = y.second(row, column, apart);
                entry(i, j, second);
                entry(j, i, second);
            }
        }
    }
}

/// Makes a pass for each block of the Hessian in the `n` coordinates of `lifted`, the second chunk not before the first,
/// seeding it before and clearing it after; one without seeds if there are no coordinates, for the value. Returns what
/// the last pass gave.
///
/// `lifted` holds constants, `coordinate` finds its i-th; `pass` evaluates and reads off the block.
///
/// # Panics
///
/// If the numbers have one lane for more than one coordinate.
#[inline]
pub(crate) fn sweep_blocks<T: Real, D: SecondOrder<T>, L: ?Sized, R, E>(
    lifted: &mut L,
    n: usize,
    coordinate: impl Fn(&mut L, usize) -> &mut D,
    mut pass: impl FnMut(&Block, &L) -> Result<R, E>,
) -> Result<R, E> {
    let lanes = D::chunk(n);
    assert!(lanes > 0 || n == 0, "a `HyperDual` of one lane has no mixed derivatives of the {n} coordinates");
    let chunk = |start: usize| start..n.min(start + lanes);
    let lane_in = |chunk: &Range<usize>, i| chunk.contains(&i).then(|| i - chunk.start);

    let mut block = Block { rows: chunk(0), columns: chunk(0) };
    loop {
        let apart = block.is_apart();
        let seeded = block.rows.clone().chain(if apart { block.columns.clone() } else { n..n });
        for i in seeded.clone() {
            coordinate(lifted, i).seed(lane_in(&block.rows, i), lane_in(&block.columns, i), apart);
        }
        let result = pass(&block, lifted)?;
        let Block { rows, columns } = block;
        block = if columns.end < n {
            Block { columns: chunk(columns.end), rows }
        } else if rows.end < n {
            Block { rows: chunk(rows.end), columns: chunk(rows.end) }
        } else {
            return Ok(result);
        };
        for i in seeded {
            let x = coordinate(lifted, i);
            *x = D::constant(x.primal());
        }
    }
}
