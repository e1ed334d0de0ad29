//! The packed Hessian: each entry of a symmetric matrix once, in rows that are full lane vectors.
//!
//! Row d holds the circulant diagonal `H[i][(i + d) mod N]` for i = 0 … N − 1, and d runs from 0 to ⌊N/2⌋: the
//! main diagonal is row 0, and every pair i ≠ j is in the row of the shorter way around from one to the other. (For
//! even N the last row has its pairs twice; that is the price of full vectors.) A triangle has no such rows: of
//! Rosenbrock's Hessian in 10 variables a prototype took 2563 ns on a triangle, 3529 ns on the full square, 1413 ns
//! on these rows and 607 ns once they were vectors.

use core::array::from_fn;
use core::mem::MaybeUninit;

/// The rows, in the memory of a full square.
///
/// Stable Rust can't write the length ⌊N/2⌋ + 1; so the rows above it exist, are never written and never read. Were
/// they filled, every operation would write them.
#[repr(transparent)]
pub(super) struct Packed<T, const N: usize> {
    rows: [MaybeUninit<[T; N]>; N],
}

// By hand, since `MaybeUninit<T>` is `Clone` where T is `Copy`.
impl<T: Copy, const N: usize> Copy for Packed<T, N> {}
#[allow(clippy::expl_impl_clone_on_copy)] // a derive would ask for `T: Clone`, which isn't enough
impl<T: Copy, const N: usize> Clone for Packed<T, N> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Copy, const N: usize> Packed<T, N> {
    /// The number of rows.
    pub(super) const ROWS: usize = if N == 0 { 0 } else { N / 2 + 1 };

    /// Every entry `x`.
    #[inline]
    pub(super) const fn filled(x: T) -> Self {
        let mut rows = [MaybeUninit::uninit(); N];
        let mut d = 0;
        while d < Self::ROWS {
            rows[d] = MaybeUninit::new([x; N]);
            d += 1;
        }
        Self { rows }
    }

    /// The rows that `row` gives.
    #[inline]
    pub(super) fn from_rows(row: impl Fn(usize) -> [T; N]) -> Self {
        let mut rows = [MaybeUninit::uninit(); N];
        for (d, slot) in rows.iter_mut().enumerate().take(Self::ROWS) {
            slot.write(row(d));
        }
        Self { rows }
    }

    /// Writes the row d.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn write(&mut self, d: usize, row: [T; N]) {
        self.rows[d].write(row);
    }

    /// No row yet.
    ///
    /// # Safety
    ///
    /// Every row below [`ROWS`](Self::ROWS) is written before one is read: [`row`](Self::row) relies on it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn empty() -> Self {
        Self { rows: [MaybeUninit::uninit(); N] }
    }

    /// The circulant diagonal d ≤ ⌊N/2⌋.
    #[inline]
    pub(super) fn row(&self, d: usize) -> &[T; N] {
        assert!(d < Self::ROWS);
        // SAFETY: `filled`, `from_rows` and the caller of `empty` write the rows below `ROWS`.
        unsafe { self.rows[d].assume_init_ref() }
    }

    /// Where the entry (i, j) is kept: row and place in it, the same for (j, i).
    #[inline]
    fn place(i: usize, j: usize) -> (usize, usize) {
        let (i, j) = if i <= j { (i, j) } else { (j, i) };
        let d = j - i;
        if d < Self::ROWS { (d, i) } else { (N - d, j) }
    }

    /// The entry (i, j), which is the entry (j, i).
    #[inline]
    pub(super) fn entry(&self, i: usize, j: usize) -> T {
        let (d, k) = Self::place(i, j);
        self.row(d)[k]
    }

    /// The matrix whose entry (i, j), i ≤ j, is `entry(i, j)`.
    #[inline]
    pub(super) fn from_entries(entry: impl Fn(usize, usize) -> T) -> Self {
        Self::from_pairs(|i, j| if i <= j { entry(i, j) } else { entry(j, i) })
    }

    /// The matrix whose entry (i, j) is `entry(i, j)`, in that order of i and j in which the rows have it.
    #[inline]
    pub(super) fn from_pairs(entry: impl Fn(usize, usize) -> T) -> Self {
        Self::from_rows(|d| from_fn(|i| entry(i, (i + d) % N)))
    }

    /// How many places of the row d are read: for even N the last row has its pairs twice.
    #[inline]
    pub(super) const fn read(d: usize) -> usize {
        if d > 0 && d + d == N { d } else { N }
    }
}

/// The rows that an expression in d gives, in straight-line code: a loop over the rows the compiler would vectorise
/// across them, with gathers.
macro_rules! rows {
    (|$d:ident| $row:expr) => {
        rows!(@each |$d| $row; 0 1 2 3 4 5 6 7 8)
    };
    (@each |$d:ident| $row:expr; $($n:literal)*) => {{
        // SAFETY: all rows are written, the first nine each by itself and the others in the loop.
        let mut rows = unsafe { Packed::empty() };
        // In a debug build all are in the loop: it would keep each copy and be no faster for it.
        #[cfg(not(debug_assertions))]
        {
            $(if $n < Packed::<T, N>::ROWS {
                let $d = $n;
                rows.write($d, $row);
            })*
        }
        for $d in if cfg!(debug_assertions) { 0 } else { 9 }..Packed::<T, N>::ROWS {
            rows.write($d, $row);
        }
        rows
    }};
}

pub(super) use rows;
