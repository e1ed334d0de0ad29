//! Operators and comparisons: between numbers of one type, and between such a number and a plain one on either side.
//!
//! A plain number has no lanes, so it costs none: `2.0 * x` multiplies the value and each lane by 2, and
//! nothing is promoted. On the right it may be a `T`, for every `T` (`Dual<T, N> * T`); of a nested number it may be an
//! `f32` or `f64` too, at any depth. On the left, where a foreign type takes an implementation of its own, it is an `f64`,
//! which is every literal, or the inner number of a nested one.

use core::cmp::Ordering;
use core::iter::{Product, Sum};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};

use num_traits::One;

use super::components::Components;
use super::lanes::whole;
use super::plain::{Plain, from, minus, modulo, over, plus, scale, under};
use super::{Dual, DualOrConstant, HyperDual, Nested, Taylor, for_each_number, for_every_number};
use crate::real::Real;
use crate::rules::branches;

/// `a ∘ b`, and the same with either or both by reference.
macro_rules! forms {
    (
        $Op:ident $op:ident [$($generics:tt)*] ($Lhs:ty, $Rhs:ty) -> $Out:ty,
        |$x:ident, $y:ident| $body:expr
    ) => {
        impl<$($generics)*> $Op<$Rhs> for $Lhs {
            type Output = $Out;
            #[inline]
            fn $op(self, rhs: $Rhs) -> $Out {
                let $x = self;
                let $y = rhs;
                $body
            }
        }
        impl<$($generics)*> $Op<&$Rhs> for $Lhs {
            type Output = $Out;
            #[inline]
            fn $op(self, rhs: &$Rhs) -> $Out {
                <$Lhs as $Op<$Rhs>>::$op(self, *rhs)
            }
        }
        impl<$($generics)*> $Op<$Rhs> for &$Lhs {
            type Output = $Out;
            #[inline]
            fn $op(self, rhs: $Rhs) -> $Out {
                <$Lhs as $Op<$Rhs>>::$op(*self, rhs)
            }
        }
        impl<$($generics)*> $Op<&$Rhs> for &$Lhs {
            type Output = $Out;
            #[inline]
            fn $op(self, rhs: &$Rhs) -> $Out {
                <$Lhs as $Op<$Rhs>>::$op(*self, *rhs)
            }
        }
    };
}

pub(super) use forms;

/// `a ∘= b` by the operator itself, for each.
macro_rules! assigning {
    ([$($generics:tt)*] $Number:ty) => {
        assigning!(@ [$($generics)*] $Number: AddAssign::add_assign Add::add);
        assigning!(@ [$($generics)*] $Number: SubAssign::sub_assign Sub::sub);
        assigning!(@ [$($generics)*] $Number: MulAssign::mul_assign Mul::mul);
        assigning!(@ [$($generics)*] $Number: DivAssign::div_assign Div::div);
        assigning!(@ [$($generics)*] $Number: RemAssign::rem_assign Rem::rem);
    };
    (@ [$($generics:tt)*] $Number:ty: $OpAssign:ident::$op_assign:ident $Op:ident::$op:ident) => {
        impl<$($generics)*> core::ops::$OpAssign for $Number {
            #[inline]
            fn $op_assign(&mut self, other: Self) {
                *self = core::ops::$Op::$op(*self, other);
            }
        }
    };
}

pub(crate) use assigning;

/// `a ∘= b`, and the same with `b` by reference.
macro_rules! assign_forms {
    ($OpAssign:ident $op_assign:ident $Op:ident $op:ident [$($generics:tt)*] ($Lhs:ty, $Rhs:ty)) => {
        impl<$($generics)*> $OpAssign<$Rhs> for $Lhs {
            #[inline]
            fn $op_assign(&mut self, rhs: $Rhs) {
                *self = $Op::$op(*self, rhs);
            }
        }
        impl<$($generics)*> $OpAssign<&$Rhs> for $Lhs {
            #[inline]
            fn $op_assign(&mut self, rhs: &$Rhs) {
                *self = $Op::$op(*self, *rhs);
            }
        }
    };
}

/// An operator of a number: with another number; with a plain one of its components' type; with an `f64`.
macro_rules! operator {
    (
        $Number:ident, $Op:ident::$op:ident, $OpAssign:ident::$op_assign:ident;
        |$x:ident, $y:ident| $number:expr;
        |$xt:ident, $st:ident| $right:expr;
        |$ts:ident, $tx:ident| $left:expr;
        |$xf:ident, $sf:ident: f64| $f64_right:expr;
        |$fs:ident: f64, $fx:ident| $f64_left:expr;
    ) => {
        operator!(@right $Op $op $OpAssign $op_assign [T: Real, const N: usize]
            ($Number<T, N>, $Number<T, N>), |$x, $y| $number);
        operator!(@right $Op $op $OpAssign $op_assign [T: Real, const N: usize]
            ($Number<T, N>, T), |$xt, $st| $right);
        forms!($Op $op [T: Real, const N: usize] (f64, $Number<T, N>) -> $Number<T, N>, |$fs, $fx| $f64_left);
        operator!(@over $Number, $Op $op $OpAssign $op_assign |$ts, $tx| $left, |$xf, $sf| $f64_right);
    };
    // What is over a number takes it as a plain one; this one is over floats.
    (@over DualOrConstant, $($rest:tt)*) => {};
    (
        @over $Number:ident, $Op:ident $op:ident $OpAssign:ident $op_assign:ident
        |$ts:ident, $tx:ident| $left:expr, |$xf:ident, $sf:ident| $f64_right:expr
    ) => {
        operator!(@nested Dual, $Number, $Op $op $OpAssign $op_assign |$ts, $tx| $left, |$xf, $sf| $f64_right);
        operator!(@nested HyperDual, $Number, $Op $op $OpAssign $op_assign |$ts, $tx| $left, |$xf, $sf| $f64_right);
        operator!(@nested Taylor, $Number, $Op $op $OpAssign $op_assign |$ts, $tx| $left, |$xf, $sf| $f64_right);
    };
    (
        @right $Op:ident $op:ident $OpAssign:ident $op_assign:ident $generics:tt ($Number:ty, $P:ty),
        |$x:ident, $s:ident| $body:expr
    ) => {
        forms!($Op $op $generics ($Number, $P) -> $Number, |$x, $s| $body);
        assign_forms!($OpAssign $op_assign $Op $op $generics ($Number, $P));
    };
    (
        @nested $Inner:ident, $Outer:ident, $Op:ident $op:ident $OpAssign:ident $op_assign:ident
        |$s:ident, $x:ident| $left:expr, |$xf:ident, $sf:ident| $f64_right:expr
    ) => {
        forms!(
            $Op $op [T: Real, const M: usize, const N: usize]
            ($Inner<T, M>, $Outer<$Inner<T, M>, N>) -> $Outer<$Inner<T, M>, N>, |$s, $x| $left
        );
        impl<T: Real, P: Plain, const M: usize, const N: usize> $Op<P> for $Outer<$Inner<T, M>, N> {
            type Output = Self;
            #[inline]
            fn $op(self, s: P) -> Self {
                let ($xf, $sf) = (self, s.to_f64());
                $f64_right
            }
        }
        impl<T: Real, P: Plain, const M: usize, const N: usize> $Op<P> for &$Outer<$Inner<T, M>, N> {
            type Output = $Outer<$Inner<T, M>, N>;
            #[inline]
            fn $op(self, s: P) -> Self::Output {
                $Op::$op(*self, s)
            }
        }
        impl<T: Real, P: Plain, const M: usize, const N: usize> $OpAssign<P> for $Outer<$Inner<T, M>, N> {
            #[inline]
            fn $op_assign(&mut self, s: P) {
                *self = $Op::$op(*self, s);
            }
        }
    };
}

macro_rules! operators {
    ($Number:ident) => {
        operator! {
            $Number, Add::add, AddAssign::add_assign;
            |x, y| x.plus(y);
            |x, s| x.with_value(x.re + s);
            |s, x| x.with_value(s + x.re);
            |x, s: f64| x.with_value(plus(x.re, s));
            |s: f64, x| x.with_value(plus(x.re, s));
        }

        operator! {
            $Number, Sub::sub, SubAssign::sub_assign;
            |x, y| x.minus(y);
            |x, s| x.with_value(x.re - s);
            |s, x| (-x).with_value(s - x.re);
            |x, s: f64| x.with_value(minus(x.re, s));
            |s: f64, x| (-x).with_value(from(s, x.re));
        }

        operator! {
            $Number, Mul::mul, MulAssign::mul_assign;
            |x, y| x.times(y);
            |x, s| x.scaled(s);
            |s, x| x.scaled(s);
            |x, s: f64| scale(x, s);
            |s: f64, x| scale(x, s);
        }

        // The value is the quotient itself, never a product with the reciprocal, which rounds twice.
        operator! {
            $Number, Div::div, DivAssign::div_assign;
            |x, y| x.over(y);
            |x, s| whole!([T, N](x: &$Number<T, N> = &x, s: T = s) -> $Number<T, N> { x.map(|c| c / s) });
            |s, x| x.under(s / x.re);
            |x, s: f64| x.map(|c| over(s, c));
            |s: f64, x| x.under(under(s, x.re));
        }

        operator! {
            $Number, Rem::rem, RemAssign::rem_assign;
            |x, y| {
                let r = x.re % y.re;
                let (dx, dy) = branches::rem(x.re, y.re, r);
                x.linear2(y, r, dx, dy)
            };
            |x, s| {
                let r = x.re % s;
                x.linear(r, branches::defined(r, One::one()))
            };
            |s, x| $Number::constant(s) % x;
            |x, s: f64| {
                let r = modulo(s, x.re);
                x.linear(r, branches::defined(r, One::one()))
            };
            |s: f64, x| $Number::constant(T::lit(s)) % x;
        }

        impl<T: Real, const N: usize> Neg for $Number<T, N> {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                whole!([T, N](x: &$Number<T, N> = &self) -> $Number<T, N> { x.map(|c| -c) })
            }
        }

        impl<T: Real, const N: usize> Neg for &$Number<T, N> {
            type Output = $Number<T, N>;
            #[inline]
            fn neg(self) -> $Number<T, N> {
                -*self
            }
        }

        /// `Σ xᵢ` from the first to the last; −0 of no numbers, as the standard library's sum of floats.
        impl<T: Real, const N: usize> Sum for $Number<T, N> {
            #[inline]
            fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
                <Self as Real>::sum(numbers)
            }
        }

        impl<'a, T: Real, const N: usize> Sum<&'a Self> for $Number<T, N> {
            #[inline]
            fn sum<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
                <Self as Real>::sum(numbers)
            }
        }

        impl<T: Real, const N: usize> Product for $Number<T, N> {
            #[inline]
            fn product<I: Iterator<Item = Self>>(numbers: I) -> Self {
                <Self as Real>::product(numbers)
            }
        }

        impl<'a, T: Real, const N: usize> Product<&'a Self> for $Number<T, N> {
            #[inline]
            fn product<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
                <Self as Real>::product(numbers)
            }
        }

        /// By value, as every comparison (law 2).
        impl<T: PartialEq, const N: usize> PartialEq for $Number<T, N> {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.re == other.re
            }
        }

        /// By value, as every comparison (law 2).
        impl<T: PartialOrd, const N: usize> PartialOrd for $Number<T, N> {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                self.re.partial_cmp(&other.re)
            }
        }

        // Comparisons with a plain number, on the right only: `f64: PartialEq<Dual<T, N>>` would leave the compiler
        // two candidates in code like `assert_eq!(x, text.parse().unwrap())`, and break it for depending on us.
        impl<T: PartialEq, const N: usize> PartialEq<T> for $Number<T, N> {
            #[inline]
            fn eq(&self, other: &T) -> bool {
                self.re == *other
            }
        }

        impl<T: PartialOrd, const N: usize> PartialOrd<T> for $Number<T, N> {
            #[inline]
            fn partial_cmp(&self, other: &T) -> Option<Ordering> {
                self.re.partial_cmp(other)
            }
        }
    };
}

for_every_number!(operators);

macro_rules! compare_nested_with_primitive {
    ($Number:ident) => {
        compare_nested_with_primitive!($Number: f32 f64);
    };
    ($Number:ident: $($P:ty)*) => {$(
        impl<T: Nested + PartialEq<$P>, const N: usize> PartialEq<$P> for $Number<T, N> {
            #[inline]
            fn eq(&self, other: &$P) -> bool {
                self.re == *other
            }
        }

        impl<T: Nested + PartialOrd<$P>, const N: usize> PartialOrd<$P> for $Number<T, N>
        where
            Self: PartialEq<$P>,
        {
            #[inline]
            fn partial_cmp(&self, other: &$P) -> Option<Ordering> {
                self.re.partial_cmp(other)
            }
        }
    )*};
}

for_each_number!(compare_nested_with_primitive);
