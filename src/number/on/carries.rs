//! [`Carries`]: a float and its like on a set are one in memory, and so are numbers over them. Memory of a caller's `T` serves every
//! set, and nothing is copied.

use super::{On, Set};
#[cfg(feature = "alloc")]
use crate::number::{Dual, DualOrConstant};
use crate::real::Real;

/// A number that computes as a `T` does, bit for bit, and has its layout: `T` itself, or a `T` on a set.
///
/// It can't be implemented elsewhere.
///
/// # Safety
///
/// The type has the layout of `T`, so that memory of one is memory of the other: what the casts below rely on.
pub unsafe trait Carries<T>: Real {
    /// `x`, as this number.
    fn of(x: T) -> Self;

    /// This number, as a `T`.
    fn plain(self) -> T;

    /// `T`s as these numbers, where they are.
    fn in_place(x: &mut [T]) -> &mut [Self];

    /// Numbers as `T`s, where they are.
    fn plain_slice(x: &[Self]) -> &[T];

    /// Numbers as `T`s, where they are.
    fn plain_array<const N: usize>(x: &[Self; N]) -> &[T; N];
}

// SAFETY: it is `T`.
unsafe impl<T: Real> Carries<T> for T {
    #[inline]
    fn of(x: T) -> Self {
        x
    }

    #[inline]
    fn plain(self) -> T {
        self
    }

    #[inline]
    fn in_place(x: &mut [T]) -> &mut [Self] {
        x
    }

    #[inline]
    fn plain_slice(x: &[Self]) -> &[T] {
        x
    }

    #[inline]
    fn plain_array<const N: usize>(x: &[Self; N]) -> &[T; N] {
        x
    }
}

// SAFETY: `On` is transparent.
unsafe impl<T: Real, S: Set> Carries<T> for On<T, S> {
    #[inline]
    fn of(x: T) -> Self {
        Self::new(x)
    }

    #[inline]
    fn plain(self) -> T {
        self.0
    }

    #[inline]
    fn in_place(x: &mut [T]) -> &mut [Self] {
        // SAFETY: the layouts are the same.
        unsafe { &mut *(core::ptr::from_mut(x) as *mut [Self]) }
    }

    #[inline]
    fn plain_slice(x: &[Self]) -> &[T] {
        // SAFETY: the layouts are the same.
        unsafe { &*(core::ptr::from_ref(x) as *const [T]) }
    }

    #[inline]
    fn plain_array<const N: usize>(x: &[Self; N]) -> &[T; N] {
        // SAFETY: the layouts are the same.
        unsafe { &*core::ptr::from_ref(x).cast() }
    }
}

/// Numbers over `T` as numbers over a float that carries it, where they are.
macro_rules! in_place {
    ($($(#[$doc:meta])* $name:ident: $Number:ident;)*) => {$(
        $(#[$doc])*
        #[cfg(feature = "alloc")]
        #[inline]
        pub(crate) fn $name<T, V: Carries<T>, const N: usize>(x: &mut [$Number<T, N>]) -> &mut [$Number<V, N>] {
            // SAFETY: `V` has the layout of `T`, which `Carries` promises, and the number is `repr(C)`.
            unsafe { &mut *(core::ptr::from_mut(x) as *mut [$Number<V, N>]) }
        }
    )*};
}

in_place! {
    duals_in_place: Dual;
    duals_or_constants_in_place: DualOrConstant;
}

/// Numbers over dual numbers over `T`, as [`duals_in_place`].
#[cfg(feature = "alloc")]
#[inline]
pub(crate) fn nested_in_place<T, V: Carries<T>, const N: usize>(
    x: &mut [Dual<Dual<T, N>, N>],
) -> &mut [Dual<Dual<V, N>, N>] {
    // SAFETY: as there.
    unsafe { &mut *(core::ptr::from_mut(x) as *mut [Dual<Dual<V, N>, N>]) }
}

/// Numbers that may be constants over dual numbers over `T`, as [`duals_in_place`].
#[cfg(feature = "std")]
#[inline]
pub(crate) fn chunked_in_place<T, V: Carries<T>, const C: usize, const N: usize>(
    x: &mut [DualOrConstant<Dual<T, C>, N>],
) -> &mut [DualOrConstant<Dual<V, C>, N>] {
    // SAFETY: as there.
    unsafe { &mut *(core::ptr::from_mut(x) as *mut [DualOrConstant<Dual<V, C>, N>]) }
}
