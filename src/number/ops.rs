//! Operators and comparisons: between duals, and between a dual and a plain number on either side.
//!
//! A plain number has no lanes, so it costs none: `2.0 * x` multiplies the value and each lane by 2, and
//! nothing is promoted. It may stand on the right for every `T` (`Dual<T, N> * T`). On the left, where a
//! foreign type takes an implementation of its own, it is `f32`, `f64` or the inner dual of a nested one.
//! Plain `f32` and `f64` also reach through any depth of nesting.

use core::cmp::Ordering;
use core::iter::{Product, Sum};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};

use num_traits::One;

use super::dual::Nested;
use super::plain::Plain;
use super::{Dual, lanes};
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
                let ($x, $y) = (self, rhs);
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

/// An operator from its rules for two duals and for a plain right operand; the rules for a plain left operand
/// are those of [`Plain`].
macro_rules! operator {
    (
        $Op:ident::$op:ident, $OpAssign:ident::$op_assign:ident;
        |$x:ident, $y:ident| $dual:expr;
        |$xp:ident, $sp:ident| $plain:expr;
    ) => {
        forms!($Op $op [T: Real, const N: usize] (Dual<T, N>, Dual<T, N>) -> Dual<T, N>, |$x, $y| $dual);
        forms!($Op $op [T: Real, const N: usize] (Dual<T, N>, T) -> Dual<T, N>, |$xp, $sp| $plain);
        forms!(
            $Op $op [T: Real, const M: usize, const N: usize]
            (Dual<T, M>, Dual<Dual<T, M>, N>) -> Dual<Dual<T, M>, N>, |s, x| Plain::$op(s, x)
        );
        assign_forms!($OpAssign $op_assign $Op $op [T: Real, const N: usize] (Dual<T, N>, Dual<T, N>));
        assign_forms!($OpAssign $op_assign $Op $op [T: Real, const N: usize] (Dual<T, N>, T));

        operator!(@primitive f32, $Op $op, $OpAssign $op_assign, |$xp, $sp| $plain);
        operator!(@primitive f64, $Op $op, $OpAssign $op_assign, |$xp, $sp| $plain);
    };
    (
        @primitive $P:ty, $Op:ident $op:ident, $OpAssign:ident $op_assign:ident,
        |$xp:ident, $sp:ident| $plain:expr
    ) => {
        forms!(
            $Op $op [T: Real + Nested + $Op<$P, Output = T>, const N: usize] (Dual<T, N>, $P) -> Dual<T, N>,
            |$xp, $sp| $plain
        );
        forms!(
            $Op $op [T: Plain<$P>, const N: usize] ($P, Dual<T, N>) -> Dual<T, N>, |s, x| Plain::$op(s, x)
        );
        assign_forms!(
            $OpAssign $op_assign $Op $op [T: Real + Nested + $Op<$P, Output = T>, const N: usize]
            (Dual<T, N>, $P)
        );
    };
}

operator! {
    Add::add, AddAssign::add_assign;
    |x, y| Dual::new(x.re + y.re, lanes::add(x.eps, y.eps));
    |x, s| Dual::new(x.re + s, x.eps);
}

operator! {
    Sub::sub, SubAssign::sub_assign;
    |x, y| Dual::new(x.re - y.re, lanes::sub(x.eps, y.eps));
    |x, s| Dual::new(x.re - s, x.eps);
}

operator! {
    Mul::mul, MulAssign::mul_assign;
    |x, y| Dual::new(x.re * y.re, lanes::combine(y.re, x.eps, x.re, y.eps));
    |x, s| Dual::new(x.re * s, x.eps.map(|e| e * s));
}

// The value is the quotient itself, never a product with the reciprocal, which rounds twice.
operator! {
    Div::div, DivAssign::div_assign;
    |x, y| {
        let q = x.re / y.re;
        Dual::new(q, lanes::quotient(x.eps, q, y.eps, y.re))
    };
    |x, s| Dual::new(x.re / s, x.eps.map(|e| e / s));
}

operator! {
    Rem::rem, RemAssign::rem_assign;
    |x, y| {
        let r = x.re % y.re;
        let (dx, dy) = branches::rem(x.re, y.re, r);
        x.chain2(y, r, dx, dy)
    };
    |x, s| {
        let r = x.re % s;
        x.chain(r, branches::defined(r, One::one()))
    };
}

impl<T: Real, const N: usize> Neg for Dual<T, N> {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self::new(-self.re, lanes::neg(self.eps))
    }
}

impl<T: Real, const N: usize> Neg for &Dual<T, N> {
    type Output = Dual<T, N>;
    #[inline]
    fn neg(self) -> Dual<T, N> {
        -*self
    }
}

/// `Σ xᵢ` from the first to the last; −0 of no numbers, as the standard library's sum of floats.
impl<T: Real, const N: usize> Sum for Dual<T, N> {
    #[inline]
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        <Self as Real>::sum(numbers)
    }
}

impl<'a, T: Real, const N: usize> Sum<&'a Self> for Dual<T, N> {
    #[inline]
    fn sum<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
        <Self as Real>::sum(numbers)
    }
}

impl<T: Real, const N: usize> Product for Dual<T, N> {
    #[inline]
    fn product<I: Iterator<Item = Self>>(numbers: I) -> Self {
        <Self as Real>::product(numbers)
    }
}

impl<'a, T: Real, const N: usize> Product<&'a Self> for Dual<T, N> {
    #[inline]
    fn product<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
        <Self as Real>::product(numbers)
    }
}

/// By value, as every comparison (law 2).
impl<T: PartialEq, const N: usize> PartialEq for Dual<T, N> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.re == other.re
    }
}

/// By value, as every comparison (law 2).
impl<T: PartialOrd, const N: usize> PartialOrd for Dual<T, N> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.re.partial_cmp(&other.re)
    }
}

// Comparisons with a plain number, on the right only: `f64: PartialEq<Dual<T, N>>` would leave the compiler
// two candidates in code like `assert_eq!(x, text.parse().unwrap())`, and break it for depending on us.
impl<T: PartialEq, const N: usize> PartialEq<T> for Dual<T, N> {
    #[inline]
    fn eq(&self, other: &T) -> bool {
        self.re == *other
    }
}

impl<T: PartialOrd, const N: usize> PartialOrd<T> for Dual<T, N> {
    #[inline]
    fn partial_cmp(&self, other: &T) -> Option<Ordering> {
        self.re.partial_cmp(other)
    }
}

macro_rules! compare_nested_with_primitive {
    ($($P:ty)*) => {$(
        impl<T: Nested + PartialEq<$P>, const N: usize> PartialEq<$P> for Dual<T, N> {
            #[inline]
            fn eq(&self, other: &$P) -> bool {
                self.re == *other
            }
        }

        impl<T: Nested + PartialOrd<$P>, const N: usize> PartialOrd<$P> for Dual<T, N>
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

compare_nested_with_primitive!(f32 f64);
