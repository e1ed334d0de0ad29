//! Vectors of run-time length as arrays of the length that they have.

use core::array::from_fn;

/// The matrix with these entries, row by row.
pub(super) fn array<T: Copy, const M: usize, const N: usize>(rows: &[T]) -> [[T; N]; M] {
    from_fn(|i| from_fn(|j| rows[i * N + j]))
}

/// The vector with these entries.
pub(super) fn flat<T: Copy, const N: usize>(entries: &[T]) -> [T; N] {
    from_fn(|i| entries[i])
}
