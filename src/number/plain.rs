//! Plain numbers as left operands: `2.0 - x`.
//!
//! `f64: Sub<Dual<T, N>>` must hold for every depth of `T`. Written as `where f64: Sub<T>` it would send the
//! compiler into a recursion wherever a type is still unknown to it, in code that has no dual number in it too;
//! so the recursion is over [`Plain`], a trait of the right operand.

use num_traits::NumCast;

use super::components::{Components, scale};
use super::{Dual, HyperDual, Taylor, for_each_nesting, for_each_number};
use crate::real::Real;

/// A number that takes a `P` as plain left operand.
pub trait Plain<P>: Real {
    /// `s + x`
    fn add(s: P, x: Self) -> Self;
    /// `s − x`
    fn sub(s: P, x: Self) -> Self;
    /// `s · x`
    fn mul(s: P, x: Self) -> Self;
    /// `s / x`
    fn div(s: P, x: Self) -> Self;
    /// `s % x`
    fn rem(s: P, x: Self) -> Self;
}

/// Numbers of one type are each other's plain operands.
macro_rules! plain_of_itself {
    ([$($generics:tt)*] $T:ty) => {
        impl<$($generics)*> Plain<Self> for $T {
            #[inline]
            fn add(s: Self, x: Self) -> Self {
                s + x
            }
            #[inline]
            fn sub(s: Self, x: Self) -> Self {
                s - x
            }
            #[inline]
            fn mul(s: Self, x: Self) -> Self {
                s * x
            }
            #[inline]
            fn div(s: Self, x: Self) -> Self {
                s / x
            }
            #[inline]
            fn rem(s: Self, x: Self) -> Self {
                s % x
            }
        }
    };
}

plain_of_itself!([] f32);
plain_of_itself!([] f64);

/// A number takes as left operand what its components take.
macro_rules! plain_of_components {
    ([$($generics:tt)*] $P:ty, $Number:ident<$T:ty> $(where $Bound:ident: Plain)?) => {
        impl<$($generics)*> Plain<$P> for $Number<$T, N> $(where $Bound: Plain<$P>)? {
            #[inline]
            fn add(s: $P, x: Self) -> Self {
                x.with_value(<$T as Plain<$P>>::add(s, x.re))
            }
            #[inline]
            fn sub(s: $P, x: Self) -> Self {
                (-x).with_value(<$T as Plain<$P>>::sub(s, x.re))
            }
            #[inline]
            fn mul(s: $P, x: Self) -> Self {
                scale(x, s, |c, s| <$T as Plain<$P>>::mul(s, c))
            }
            #[inline]
            fn div(s: $P, x: Self) -> Self {
                x.under(<$T as Plain<$P>>::div(s, x.re))
            }
            #[inline]
            fn rem(s: $P, x: Self) -> Self {
                Self::constant(<$T as NumCast>::from(s).unwrap_or_else(num_traits::Float::nan)) % x
            }
        }
    };
}

macro_rules! plain_left_operands {
    ($Number:ident) => {
        plain_of_itself!([T: Real, const N: usize] $Number<T, N>);
        plain_of_components!([T: Real, const N: usize] f32, $Number<T> where T: Plain);
        plain_of_components!([T: Real, const N: usize] f64, $Number<T> where T: Plain);
    };
    ($Inner:ident in $Outer:ident) => {
        plain_of_components!([T: Real, const M: usize, const N: usize] $Inner<T, M>, $Outer<$Inner<T, M>>);
    };
}

for_each_number!(plain_left_operands);
for_each_nesting!(plain_left_operands);
