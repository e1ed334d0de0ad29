//! Memory for as many numbers as are known at run time only: on the stack while they are few.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

/// A slice of up to `N` numbers on the stack, or with an allocator of more on the heap.
pub(super) struct Memory<T, const N: usize> {
    stack: [T; N],
    #[cfg(feature = "alloc")]
    heap: Vec<T>,
    len: usize,
}

impl<T: Copy, const N: usize> Memory<T, N> {
    /// So many times `with`; without an allocator, up to `N`.
    #[inline]
    pub(super) fn filled(with: T, len: usize) -> Self {
        Self {
            stack: [with; N],
            #[cfg(feature = "alloc")]
            heap: if len > N { alloc::vec![with; len] } else { Vec::new() },
            len,
        }
    }
}

impl<T, const N: usize> Deref for Memory<T, N> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        #[cfg(feature = "alloc")]
        if self.len > N {
            return &self.heap;
        }
        &self.stack[..self.len]
    }
}

impl<T, const N: usize> DerefMut for Memory<T, N> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        #[cfg(feature = "alloc")]
        if self.len > N {
            return &mut self.heap;
        }
        &mut self.stack[..self.len]
    }
}
