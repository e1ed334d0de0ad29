//! Numbers over a float as numbers over one that carries it, where they are: no copy, and memory of a caller's `T` serves every set.

#[cfg(feature = "alloc")]
use super::Carries;
#[cfg(feature = "alloc")]
use crate::number::{Dual, DualOrConstant};

/// Numbers over `T` as numbers over a float that carries it, where they are.
macro_rules! in_place {
    ($($(#[$doc:meta])* $name:ident: $Number:ident;)*) => {$(
        $(#[$doc])*
        #[cfg(feature = "alloc")]
        #[inline]
        pub(crate) fn $name<T, V: Carries<T>, const N: usize>(x: &mut [$Number<T, N>]) -> &mut [$Number<V, N>] {
            // SAFETY: `V` has the layout of `T`, as it says, and the number is `repr(C)`.
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
