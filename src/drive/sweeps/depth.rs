//! Numbers nested to a given depth, one lane at each level.

use core::any::TypeId;
use core::fmt;

use crate::drive::containers::FirstOrder;
use crate::number::Dual;
use crate::rules::Number;

/// The deepest nesting there is.
pub(crate) const HIGHEST: usize = 4;

/// One number for each order.
pub(crate) type PerOrder<T> = [T; HIGHEST];

/// The numbers that [`partial`](crate::partial()) and [`check_grads`](crate::check_grads) run a function on: dual numbers
/// nested `K` deep, with one lane at each level, which carry derivatives up to order `K`.
///
/// `K` is 1 to 4, for a check 1, 2 or 4. The number of indices of `partial`, or the functions of
/// [`CheckOptions`](crate::check::CheckOptions), choose it; it is written out only where a type is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UpTo<const K: usize>;

impl<const K: usize> fmt::Debug for UpTo<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UpTo<{K}>")
    }
}

/// What [`UpTo`] is: a choice of nested numbers. It can't be implemented elsewhere.
#[diagnostic::on_unimplemented(
    message = "there are no numbers for `{Self}`: the orders end at 4",
    label = "an order above 4",
    note = "`partial` takes up to 4 indices; `nth_derivative` and `jet` go further along a line or a curve"
)]
pub trait Orders: Copy + sealed::Sealed {
    /// The highest order that the numbers carry.
    const HIGHEST: usize;

    /// The number over `T`.
    type Number<T: Number>: Number;

    /// The number with this value and with `tangents[k]` in the lane of level k, counted from outside.
    #[doc(hidden)]
    fn lift<T: Number>(value: T, tangents: [T; HIGHEST]) -> Self::Number<T>;

    /// The derivative along the lanes of the `k` outermost levels.
    #[doc(hidden)]
    fn partial<T: Number>(number: &Self::Number<T>, k: usize) -> T;

    /// The types of the numbers of all levels.
    #[doc(hidden)]
    fn types<T: Number>() -> [TypeId; HIGHEST];

    /// Whether a derivative is left on one of the levels.
    #[doc(hidden)]
    fn left_over<T: Number>(number: &Self::Number<T>) -> bool;
}

mod sealed {
    pub trait Sealed {}
    impl<const K: usize> Sealed for super::UpTo<K> {}
}

/// Plain numbers: what the nesting ends with.
impl Orders for UpTo<0> {
    const HIGHEST: usize = 0;
    type Number<T: Number> = T;

    #[inline]
    fn lift<T: Number>(value: T, _: PerOrder<T>) -> T {
        value
    }

    #[inline]
    fn partial<T: Number>(number: &T, _: usize) -> T {
        *number
    }

    fn types<T: Number>() -> [TypeId; HIGHEST] {
        [TypeId::of::<T>(); HIGHEST]
    }

    fn left_over<T: Number>(_: &T) -> bool {
        false
    }
}

macro_rules! one_deeper {
    ($($K:literal over $Inner:literal)*) => {$(
        impl Orders for UpTo<$K> {
            const HIGHEST: usize = $K;
            type Number<T: Number> = Dual<<UpTo<$Inner> as Orders>::Number<T>, 1>;

            fn lift<T: Number>(value: T, [first, second, third, fourth]: PerOrder<T>) -> Self::Number<T> {
                let inner = UpTo::<$Inner>::lift(value, [second, third, fourth, T::zero()]);
                Dual::new(inner, [UpTo::<$Inner>::lift(first, [T::zero(); HIGHEST])])
            }

            fn partial<T: Number>(number: &Self::Number<T>, k: usize) -> T {
                match k.checked_sub(1) {
                    None => UpTo::<$Inner>::partial(&number.re, 0),
                    Some(inner) => UpTo::<$Inner>::partial(&number.eps[0], inner),
                }
            }

            fn types<T: Number>() -> [TypeId; HIGHEST] {
                let mut types = [TypeId::of::<Self::Number<T>>(); HIGHEST];
                types[..$Inner].copy_from_slice(&UpTo::<$Inner>::types::<T>()[..$Inner]);
                types
            }

            fn left_over<T: Number>(number: &Self::Number<T>) -> bool {
                FirstOrder::<<UpTo<$Inner> as Orders>::Number<T>>::left_over(number) || UpTo::<$Inner>::left_over(&number.re)
            }
        }
    )*};
}

one_deeper! { 1 over 0  2 over 1  3 over 2  4 over 3 }
