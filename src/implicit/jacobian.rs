//! The plain Jacobian in the unknowns: its factors, and steps of Newton's method by them.

use num_traits::Zero;

use super::memory::Memory;
use crate::linalg::lu;
use crate::number::over::Over;
use crate::rules::Number;

/// How many unknowns there may be on the stack; with an allocator, more on the heap.
pub(super) const FEW: usize = 16;

/// The factors of a matrix, each row of which has been multiplied by a power of 2.
pub(super) struct Factors<P> {
    factors: Memory<P, { FEW * FEW }>,
    scales: Memory<P, FEW>,
    swaps: [usize; FEW],
    #[cfg(feature = "alloc")]
    more_swaps: alloc::vec::Vec<usize>,
}
