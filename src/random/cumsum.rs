//! Cumulative sums in the order of JAX's compiler on a CPU.
//!
//! The order decides about the last digit of a sum. XLA adds in rows of 16: within a row from its first element on, and
//! to that the sum of the rows before it, which comes from the sums of rows in the same way, by rows of 16 of them.

use num_traits::Float;

/// Numbers in a row.
const ROW: usize = 16;

/// Rows of rows of … of numbers: enough for any length.
const LEVELS: usize = (usize::BITS / ROW.ilog2()) as usize;

/// Replaces each number by the sum of the numbers up to it.
///
/// JAX: `jax.lax.cumsum(x)`.
pub(super) fn cumsum<T: Float>(x: &mut [T]) {
    let mut levels = [(T::zero(), T::zero()); LEVELS];
    for (i, x) in x.iter_mut().enumerate() {
        *x = next_sum(&mut levels, i, *x);
    }
}

/// The sum up to number `i` of a level, which is `x`; a level has the sum of its current row so far and of all rows
/// before it.
fn next_sum<T: Float>(levels: &mut [(T, T)], i: usize, x: T) -> T {
    let [(row, before), above @ ..] = levels else { return x };
    if i > 0 && i.is_multiple_of(ROW) {
        *before = next_sum(above, i / ROW - 1, *row);
        *row = T::zero();
    }
    *row = *row + x;
    *row + *before
}

/// Replaces each number by the sum of the numbers from it on.
///
/// JAX: `jax.lax.cumsum(x, reverse=True)`. Within a row the order is the same as forwards, from the number itself to
/// the end of the row.
#[cfg(feature = "alloc")]
pub(super) fn reverse_cumsum<T: Float>(x: &mut [T]) {
    let mut levels = [([T::zero(); ROW], T::zero()); LEVELS];
    let len = x.len();
    for (i, x) in x.iter_mut().enumerate().rev() {
        *x = previous_sum(&mut levels, len, i, *x);
    }
}

/// The sum from number `i` of a level of `len` on, which is `x`; a level has the numbers of its current row so far and
/// the sum of all rows after it.
#[cfg(feature = "alloc")]
fn previous_sum<T: Float>(levels: &mut [([T; ROW], T)], len: usize, i: usize, x: T) -> T {
    let [(row, after), above @ ..] = levels else { return x };
    let sum = |row: &[T]| row.iter().fold(T::zero(), |sum, &x| sum + x);
    let next = i + 1;
    if next < len && next.is_multiple_of(ROW) {
        *after = previous_sum(above, len.div_ceil(ROW), next / ROW, sum(row));
        *row = [T::zero(); ROW];
    }
    row[i % ROW] = x;
    sum(&row[i % ROW..]) + *after
}
