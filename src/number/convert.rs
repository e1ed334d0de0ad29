//! Conversions into and out of a number.
//!
//! Into: a plain number becomes a constant. Out of: `From`/`Into` exist only where nothing is lost. What
//! num-traits demands beyond that (`ToPrimitive`, a supertrait of `Float`, and `AsPrimitive`, its spelling of
//! `as`) is asked for by name and gives the value.

use num_traits::{AsPrimitive, FromPrimitive, NumCast, ToPrimitive};

use super::components::Components;
use super::plain::{Modulo, Over, Times, Under, modulo, over};
use super::{
    Dual, DualOrConstant, HyperDual, Nested, Taylor, for_each_number, for_every_number, variable_in_docs,
};
use crate::number::inspect::{self, Make, Operation, Question, same_type};
use crate::real::Real;
use crate::rules::branches;

/// Lossless conversions: from the value's type, and from the primitive types that `T` has them from.
macro_rules! from_plain {
    ($Number:ident) => {
        /// A value as a constant.
        impl<T: Real, const N: usize> From<T> for $Number<T, N> {
            #[inline]
            fn from(re: T) -> Self {
                Self::constant(re)
            }
        }

        from_plain!([] $Number<f32>: i8 u8 i16 u16);
        from_plain!([] $Number<f64>: i8 u8 i16 u16 i32 u32 f32);
        from_plain!(@nested $Number: i8 u8 i16 u16 i32 u32 f32 f64);
    };
    ([] $Number:ident<$T:ty>: $($P:ty)*) => {$(
        impl<const N: usize> From<$P> for $Number<$T, N> {
            #[inline]
            fn from(x: $P) -> Self {
                Self::constant(x.into())
            }
        }
    )*};
    (@nested $Number:ident: $($P:ty)*) => {$(
        impl<T: Real + Nested + From<$P>, const N: usize> From<$P> for $Number<T, N> {
            #[inline]
            fn from(x: $P) -> Self {
                Self::constant(x.into())
            }
        }
    )*};
}

for_each_number!(from_plain);

macro_rules! num_cast {
    (DualOrConstant) => {
        num_cast!(@documented DualOrConstant:);
    };
    ($Number:ident) => {
        num_cast! { @documented $Number:
            /// A number of this very type passes with its derivatives; any other becomes a constant.
            ///
            /// Generic code writes `T::from(x)` on an `x` that may be a `T`, and there a lost tangent would be a wrong
            /// derivative without a sign of it.
            ///
            /// ```
            /// use num_traits::NumCast;
            #[doc = concat!("use tangents::", stringify!($Number), ";")]
            ///
            #[doc = concat!("type Number = ", stringify!($Number), "<f64, 1>;")]
            #[doc = concat!("let x = Number::", variable_in_docs!($Number), ";")]
            /// assert!(<Number as NumCast>::from(x).unwrap().identical(&x));
            /// assert!(<Number as NumCast>::from(7_u8).unwrap().is_constant());
            /// ```
        }
    };
    (@documented $Number:ident: $(#[$doc:meta])*) => {
        $(#[$doc])*
        impl<T: Real, const N: usize> NumCast for $Number<T, N> {
            #[inline]
            fn from<U: ToPrimitive>(n: U) -> Option<Self> {
                // A plain number, mostly: a function of its own, since the other has some thirty of these numbers on the
                // stack where it isn't optimised.
                if size_of::<U>() < size_of::<Self>() {
                    <T as NumCast>::from(n).map(Self::constant)
                } else {
                    Self::from_carrier(n)
                }
            }
        }

        impl<T: Real, const N: usize> $Number<T, N> {
            /// The number that `n` is, what it asks of one, or a constant.
            #[inline]
            fn from_carrier<U: ToPrimitive>(n: U) -> Option<Self> {
                let n = match same_type::<U, Self>(n) {
                    Ok(number) => return Some(number),
                    Err(n) => n,
                };
                let n = match same_type::<U, Question<Self>>(n) {
                    Ok(question) => return Some(question.answer()),
                    Err(n) => n,
                };
                let n = match same_type::<U, Times<Self>>(n) {
                    Ok(Times(s, x)) => return Some(s * x),
                    Err(n) => n,
                };
                let n = match same_type::<U, Under<Self>>(n) {
                    Ok(Under(s, x)) => return Some(s / x),
                    Err(n) => n,
                };
                let n = match same_type::<U, Over<Self>>(n) {
                    Ok(Over(s, x)) => return Some(x.map(|c| over(s, c))),
                    Err(n) => n,
                };
                let n = match same_type::<U, Modulo<Self>>(n) {
                    Ok(Modulo(s, x)) => {
                        let r = modulo(s, x.re);
                        return Some(x.linear(r, branches::defined(r, T::one())));
                    }
                    Err(n) => n,
                };
                match same_type::<U, Operation<Self>>(n) {
                    Ok(operation) => Some(operation.result()),
                    Err(n) => <T as NumCast>::from(n).map(Self::constant),
                }
            }
        }

        impl<T: Real, const N: usize> Question<$Number<T, N>> {
            /// Yes, as 1, if it is the answer of every component.
            #[inline]
            fn answer(self) -> $Number<T, N> {
                let yes = self.x.all(self.y, |x, y| inspect::ask(x, y, self.ask));
                $Number::constant(if yes { T::one() } else { T::zero() })
            }
        }

        impl<T: Real, const N: usize> Operation<$Number<T, N>> {
            fn result(self) -> $Number<T, N> {
                let Self { x, y, make } = self;
                match make {
                    Make::Product(mask) => x.times_masked(y, mask),
                    Make::WithValue => x.with_value(inspect::with_value(x.re, y.re)),
                    Make::Undefined => {
                        let nan = inspect::undefined(x.re);
                        x.undefined(nan, nan)
                    }
                    Make::Nans => x.map(inspect::nans),
                    Make::Difference => x.zip(y, inspect::difference),
                    Make::PowerLog(k, n) => x.power_log(y, k, n),
                    Make::FunctionOf { infinite } => x.zip(y, |x, y| inspect::function_of(x, y, infinite)),
                }
            }
        }
    };
}

for_every_number!(num_cast);

/// `$emit` with the methods of `ToPrimitive` and what they give, behind `$with`.
macro_rules! for_each_conversion {
    ($emit:ident $($with:tt)*) => {
        $emit! { $($with)*
            to_i8 -> i8;
            to_i16 -> i16;
            to_i32 -> i32;
            to_i64 -> i64;
            to_i128 -> i128;
            to_isize -> isize;
            to_u8 -> u8;
            to_u16 -> u16;
            to_u32 -> u32;
            to_u64 -> u64;
            to_u128 -> u128;
            to_usize -> usize;
            to_f32 -> f32;
            to_f64 -> f64;
        }
    };
}

pub(crate) use for_each_conversion;

macro_rules! to_primitive {
    ($Number:ident) => {
        for_each_conversion!(to_primitive $Number:);
    };
    ($Number:ident: $($name:ident -> $P:ty;)*) => {
        /// The value, converted as `T` converts it.
        impl<T: Real, const N: usize> ToPrimitive for $Number<T, N> {$(
            #[inline]
            fn $name(&self) -> Option<$P> {
                self.re.$name()
            }
        )*}
    };
}

for_every_number!(to_primitive);

macro_rules! from_primitive_methods {
    ($Number:ident) => {
        from_primitive_methods! { $Number:
            from_i8(i8);
            from_i16(i16);
            from_i32(i32);
            from_i64(i64);
            from_i128(i128);
            from_isize(isize);
            from_u8(u8);
            from_u16(u16);
            from_u32(u32);
            from_u64(u64);
            from_u128(u128);
            from_usize(usize);
            from_f32(f32);
            from_f64(f64);
        }
    };
    ($Number:ident: $($name:ident($P:ty);)*) => {
        /// A constant, through `T`'s `NumCast`: few floats have `FromPrimitive` of their own.
        impl<T: Real, const N: usize> FromPrimitive for $Number<T, N> {$(
            #[inline]
            fn $name(n: $P) -> Option<Self> {
                <T as NumCast>::from(n).map(Self::constant)
            }
        )*}
    };
}

for_each_number!(from_primitive_methods);

macro_rules! as_primitive {
    ($Number:ident) => {
        as_primitive!($Number: i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64);
    };
    ($Number:ident: $($P:ty)*) => {$(
        /// The value, as `as` converts it.
        impl<T: Real + AsPrimitive<$P>, const N: usize> AsPrimitive<$P> for $Number<T, N> {
            #[inline]
            fn as_(self) -> $P {
                self.re.as_()
            }
        }

        /// A constant.
        impl<T: Real, const N: usize> AsPrimitive<$Number<T, N>> for $P
        where
            $P: AsPrimitive<T>,
        {
            #[inline]
            fn as_(self) -> $Number<T, N> {
                $Number::constant(self.as_())
            }
        }
    )*};
}

for_each_number!(as_primitive);

macro_rules! between_precisions {
    ($Number:ident, |$x:ident| $cast:expr) => {
        /// Component by component, as between the `T`s: nothing is lost but digits.
        impl<T, U, const N: usize> AsPrimitive<$Number<U, N>> for $Number<T, N>
        where
            T: Real + AsPrimitive<U>,
            U: Real,
        {
            #[inline]
            fn as_(self) -> $Number<U, N> {
                let $x = self;
                $cast
            }
        }
    };
}

between_precisions!(Dual, |x| Dual::new(x.re.as_(), x.eps.map(T::as_)));
between_precisions!(HyperDual, |x| {
    HyperDual::from_fn(x.re.as_(), x.gradient.map(T::as_), |i, j| x.second(i, j).as_())
});
between_precisions!(Taylor, |x| Taylor::new(x.re.as_(), x.coefficients.map(T::as_)));
