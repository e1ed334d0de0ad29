//! Conversions into and out of a dual number.
//!
//! Into: a plain number becomes a constant. Out of: `From`/`Into` exist only where nothing is lost. What
//! num-traits demands beyond that (`ToPrimitive`, a supertrait of `Float`, and `AsPrimitive`, its spelling of
//! `as`) is asked for by name and gives the value.

use num_traits::{AsPrimitive, FromPrimitive, NumCast, ToPrimitive};

use super::Dual;
use super::dual::Nested;
use crate::inspect::{self, Product, Question, masked, same_type};
use crate::real::Real;

/// A value as a constant.
impl<T: Real, const N: usize> From<T> for Dual<T, N> {
    #[inline]
    fn from(re: T) -> Self {
        Self::constant(re)
    }
}

/// Lossless conversions of primitive types that aren't `T` itself: those that `T` has.
macro_rules! from_primitive {
    ($($T:ty: $($P:ty)*;)*) => {$($(
        impl<const N: usize> From<$P> for Dual<$T, N> {
            #[inline]
            fn from(x: $P) -> Self {
                Self::constant(x.into())
            }
        }
    )*)*};
    (nested: $($P:ty)*) => {$(
        impl<T: Real + Nested + From<$P>, const N: usize> From<$P> for Dual<T, N> {
            #[inline]
            fn from(x: $P) -> Self {
                Self::constant(x.into())
            }
        }
    )*};
}

from_primitive! {
    f32: i8 u8 i16 u16;
    f64: i8 u8 i16 u16 i32 u32 f32;
}
from_primitive!(nested: i8 u8 i16 u16 i32 u32 f32 f64);

/// A number that already is this dual number passes with its tangents; any other becomes a constant.
///
/// Generic code writes `T::from(x)` on an `x` that may be a `T`, and there a lost tangent would be a wrong
/// derivative without a sign of it.
///
/// ```
/// use num_traits::NumCast;
/// use tangents::Dual;
///
/// let x = Dual::<f64, 1>::variable(3.0, 0);
/// assert_eq!(<Dual<f64, 1> as NumCast>::from(x).unwrap().eps, [1.0]);
/// assert_eq!(<Dual<f64, 1> as NumCast>::from(7_u8).unwrap().eps, [0.0]);
/// ```
impl<T: Real, const N: usize> NumCast for Dual<T, N> {
    #[inline]
    fn from<U: ToPrimitive>(n: U) -> Option<Self> {
        let n = match same_type::<U, Self>(n) {
            Ok(dual) => return Some(dual),
            Err(n) => n,
        };
        let n = match same_type::<U, Question<Self>>(n) {
            Ok(question) => return Some(question.answer()),
            Err(n) => n,
        };
        match same_type::<U, Product<Self>>(n) {
            Ok(product) => Some(product.multiply()),
            Err(n) => <T as NumCast>::from(n).map(Self::constant),
        }
    }
}

impl<T: Real, const N: usize> Question<Dual<T, N>> {
    /// Yes, as 1, if it is the answer of every component.
    #[inline]
    fn answer(self) -> Dual<T, N> {
        let Self { x, y, ask } = self;
        let yes = inspect::ask(x.re, y.re, ask) && (0..N).all(|k| inspect::ask(x.eps[k], y.eps[k], ask));
        Dual::constant(if yes { T::one() } else { T::zero() })
    }
}

impl<T: Real, const N: usize> Product<Dual<T, N>> {
    /// The product rule, each of its products under the mask.
    fn multiply(self) -> Dual<T, N> {
        let Self { x, y, mask } = self;
        let eps = core::array::from_fn(|k| masked(x.re, y.eps[k], mask) + masked(x.eps[k], y.re, mask));
        Dual::new(masked(x.re, y.re, mask), eps)
    }
}

macro_rules! to_primitive {
    ($($name:ident -> $P:ty;)*) => {
        /// The value, converted as `T` converts it.
        impl<T: Real, const N: usize> ToPrimitive for Dual<T, N> {$(
            #[inline]
            fn $name(&self) -> Option<$P> {
                self.re.$name()
            }
        )*}
    };
}

to_primitive! {
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

macro_rules! from_primitive_methods {
    ($($name:ident($P:ty);)*) => {
        /// A constant, through `T`'s `NumCast`: few floats have `FromPrimitive` of their own.
        impl<T: Real, const N: usize> FromPrimitive for Dual<T, N> {$(
            #[inline]
            fn $name(n: $P) -> Option<Self> {
                <T as NumCast>::from(n).map(Self::constant)
            }
        )*}
    };
}

from_primitive_methods! {
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

macro_rules! as_primitive {
    ($($P:ty)*) => {$(
        /// The value, as `as` converts it.
        impl<T: Real + AsPrimitive<$P>, const N: usize> AsPrimitive<$P> for Dual<T, N> {
            #[inline]
            fn as_(self) -> $P {
                self.re.as_()
            }
        }

        /// A constant.
        impl<T: Real, const N: usize> AsPrimitive<Dual<T, N>> for $P
        where
            $P: AsPrimitive<T>,
        {
            #[inline]
            fn as_(self) -> Dual<T, N> {
                Dual::constant(self.as_())
            }
        }
    )*};
}

as_primitive!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64);

/// Lane by lane, as between the `T`s: nothing is lost but digits.
impl<T, U, const N: usize> AsPrimitive<Dual<U, N>> for Dual<T, N>
where
    T: Real + AsPrimitive<U>,
    U: Real,
{
    #[inline]
    fn as_(self) -> Dual<U, N> {
        Dual::new(self.re.as_(), self.eps.map(T::as_))
    }
}
