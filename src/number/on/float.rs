//! The numeric traits of a float on a set: each method is that of the plain float.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::marker::PhantomData;
use core::num::FpCategory;
use core::ops::{Add, Div, Mul, Neg, Rem, Sub};

use num_traits::{Float, FloatConst, Num, NumCast, One, ToPrimitive, Zero};

use super::{Carries, MarkedError, On, Set};
use crate::number::{assigning, for_each_conversion};
#[cfg(feature = "alloc")]
use crate::rules::VectorRule;
use crate::rules::special_table::for_each_special_rule;
use crate::rules::{Number, Rule, RuleN};
use crate::special::Special;

impl<T: Copy, S> Copy for On<T, S> {}
#[allow(clippy::expl_impl_clone_on_copy)] // a derive would ask for `S: Clone`
impl<T: Copy, S> Clone for On<T, S> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: fmt::Debug, S> fmt::Debug for On<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: PartialEq, S> PartialEq for On<T, S> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: PartialOrd, S> PartialOrd for On<T, S> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }

    #[inline]
    fn lt(&self, other: &Self) -> bool {
        self.0 < other.0
    }

    #[inline]
    fn le(&self, other: &Self) -> bool {
        self.0 <= other.0
    }

    #[inline]
    fn gt(&self, other: &Self) -> bool {
        self.0 > other.0
    }

    #[inline]
    fn ge(&self, other: &Self) -> bool {
        self.0 >= other.0
    }
}

macro_rules! operators {
    ($($Op:ident::$op:ident)*) => {$(
        impl<T: $Op<Output = T>, S> $Op for On<T, S> {
            type Output = Self;
            #[inline]
            fn $op(self, other: Self) -> Self {
                Self::new(self.0.$op(other.0))
            }
        }
    )*};
}

operators!(Add::add Sub::sub Mul::mul Div::div Rem::rem);

assigning!([T: Num + Copy, S] On<T, S>);

impl<T: Neg<Output = T>, S> Neg for On<T, S> {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self::new(-self.0)
    }
}

impl<T: Zero, S> Zero for On<T, S> {
    #[inline]
    fn zero() -> Self {
        Self::new(T::zero())
    }

    #[inline]
    fn is_zero(&self) -> bool {
        self.0.is_zero()
    }
}

impl<T: One + PartialEq, S> One for On<T, S> {
    #[inline]
    fn one() -> Self {
        Self::new(T::one())
    }

    #[inline]
    fn is_one(&self) -> bool {
        self.0.is_one()
    }
}

impl<T: Num, S> Num for On<T, S> {
    type FromStrRadixErr = MarkedError<S>;

    fn from_str_radix(numeral: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        T::from_str_radix(numeral, radix).map(Self::new).map_err(|_| MarkedError(PhantomData))
    }
}

impl<T: NumCast, S> NumCast for On<T, S> {
    #[inline]
    fn from<U: ToPrimitive>(n: U) -> Option<Self> {
        T::from(n).map(Self::new)
    }
}

macro_rules! to_primitive {
    ($($name:ident -> $P:ty;)*) => {
        impl<T: ToPrimitive, S> ToPrimitive for On<T, S> {$(
            #[inline]
            fn $name(&self) -> Option<$P> {
                self.0.$name()
            }
        )*}
    };
}

for_each_conversion!(to_primitive);

macro_rules! constants {
    ($T:ident: $($name:ident)*) => {$(
        #[inline]
        fn $name() -> Self {
            Self::new($T::$name())
        }
    )*};
}

impl<T: FloatConst + Add<Output = T> + Div<Output = T>, S> FloatConst for On<T, S> {
    constants! { T:
        E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8 LN_10 LN_2
        LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2 LOG2_10
    }
}

/// Methods of the plain float: of one number, of two, of three, and those that give something else.
macro_rules! of_floats {
    (
        $T:ident, $x:ident;
        of one: $($name:ident)*;
        of two: $($name2:ident)*;
        of three: $($name3:ident)*;
        other: $($other:ident($($arg:ident: $Arg:ty),*) -> $Out:ty = $body:expr;)*
    ) => {
        $(
            #[inline]
            fn $name(self) -> Self {
                Self::new($T::$name(self.0))
            }
        )*
        $(
            #[inline]
            fn $name2(self, other: Self) -> Self {
                Self::new($T::$name2(self.0, other.0))
            }
        )*
        $(
            #[inline]
            fn $name3(self, a: Self, b: Self) -> Self {
                Self::new($T::$name3(self.0, a.0, b.0))
            }
        )*
        $(
            #[inline]
            fn $other(self $(, $arg: $Arg)*) -> $Out {
                let $x = self.0;
                $body
            }
        )*
    };
}

impl<T: Float, S: Set> Float for On<T, S> {
    constants! { T:
        nan infinity neg_infinity neg_zero min_value min_positive_value epsilon max_value
    }

    of_floats! { T, x;
        of one:
            floor ceil round trunc fract abs signum recip sqrt exp exp2 ln log2 log10 to_degrees to_radians cbrt sin cos tan
            asin acos atan exp_m1 ln_1p sinh cosh tanh asinh acosh atanh;
        of two:
            powf log max min abs_sub hypot atan2 copysign;
        of three:
            mul_add clamp;
        other:
            is_nan() -> bool = x.is_nan();
            is_infinite() -> bool = x.is_infinite();
            is_finite() -> bool = x.is_finite();
            is_normal() -> bool = x.is_normal();
            is_subnormal() -> bool = x.is_subnormal();
            classify() -> FpCategory = x.classify();
            is_sign_positive() -> bool = x.is_sign_positive();
            is_sign_negative() -> bool = x.is_sign_negative();
            powi(n: i32) -> Self = Self::new(x.powi(n));
            sin_cos() -> (Self, Self) = {
                let (sin, cos) = x.sin_cos();
                (Self::new(sin), Self::new(cos))
            };
            integer_decode() -> (u64, i16, i8) = x.integer_decode();
    }
}

/// Methods of the plain float for the rows of a table.
macro_rules! emit_plain {
    ([] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {$(
        #[inline]
        fn $name(self $(, $n: $Order)?) -> Self {
            Self::new(self.0.$name($($n)?))
        }
    )*};
}

impl<T: Special, S: Set> Special for On<T, S> {
    for_each_special_rule!(emit_plain []);

    of_floats! { T, x;
        of one: ;
        of two: beta ln_beta xlogy xlog1py logaddexp;
        of three: ;
        other: stop_gradient() -> Self = Self::new(x.stop_gradient());
    }

    #[inline]
    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
        Self::new(T::norm_of(len, |i| x(i).0))
    }
}

/// A rule's value is run on the plain float: it may go through anything that only that one has.
impl<T: Number, S: Set> Number for On<T, S> {
    #[inline]
    fn apply<R: Rule>(self, rule: R) -> Self {
        Self::new(self.0.apply(rule))
    }

    #[inline]
    fn apply_n<R: RuleN<N>, const N: usize>(x: [Self; N], rule: R) -> Self {
        Self::new(T::apply_n(*Self::plain_array(&x), rule))
    }

    #[cfg(feature = "alloc")]
    #[inline]
    #[track_caller]
    fn apply_vector<R: VectorRule>(x: &[Self], rule: R) -> Vec<Self> {
        T::apply_vector(Self::plain_slice(x), rule).into_iter().map(Self::new).collect()
    }
}
