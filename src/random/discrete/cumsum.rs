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
pub(in crate::random) fn cumsum<T: Float>(x: &mut [T]) {
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
pub(in crate::random) fn reverse_cumsum<T: Float>(x: &mut [T]) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// 37·i² mod 101 over 7, for 300 numbers: a row of rows, and more.
    #[expect(clippy::cast_precision_loss, reason = "small integers")]
    fn numbers() -> [f32; 300] {
        core::array::from_fn(|i| (37 * i * i % 101) as f32 / 7.0)
    }

    #[test]
    fn sums_equal_jax_to_the_last_digit() {
        let mut x = numbers();
        cumsum(&mut x);
        // From JAX 0.10.2; only those at 15, 16, 255 and 256 are also the sums from the first to the last number.
        let expected = [
            (15, 0x42ee_4925),
            (16, 0x4302_6db7),
            (19, 0x431c_924a),
            (44, 0x43a0_edb7),
            (124, 0x4463_6492),
            (251, 0x44df_edb6),
            (255, 0x44e4_1249),
            (256, 0x44e4_8000),
            (289, 0x4500_edb7),
            (299, 0x4506_4000),
        ];
        assert_eq!(expected.map(|(i, _)| (i, x[i].to_bits())), expected);
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn reverse_sums_equal_jax_to_the_last_digit() {
        let mut x = numbers();
        reverse_cumsum(&mut x);
        // From JAX 0.10.2; none but the last is also the sum from the last to the first number.
        let expected = [
            (0, 0x4506_3fff),
            (15, 0x44fe_5ffe),
            (16, 0x44fd_9b6d),
            (44, 0x44e4_adb6),
            (144, 0x448b_2492),
            (255, 0x43a2_0000),
            (256, 0x43a1_b6db),
            (276, 0x4344_0000),
            (299, 0x4146_db6e),
        ];
        assert_eq!(expected.map(|(i, _)| (i, x[i].to_bits())), expected);
    }
}
