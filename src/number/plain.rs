//! Plain `f32` and `f64` as operands: `2.0 - x` of every number, `x / 2.0` of nested ones too.
//!
//! For each place of the operand there is one implementation, so that the compiler knows the type of `2.0 - x` before it
//! knows `T` and the literal's type, and a method may follow. On the left that is `f64`'s for every `T`: it can't be
//! generic over the operand, which isn't a type of ours, nor demand `f64: Sub<T>` of the components.
//!
//! Sums take the operand as a constant `T`. Products, quotients and remainders must reach each component by itself, or the zeros of
//! that constant would be multiplied too, which costs time and makes NaN beside infinities. They go to the components as
//! [`inspect`](crate::number::inspect) goes: by a cast, which a number recognises and any other float refuses.

use num_traits::ToPrimitive;

use super::components::Components;
use crate::number::inspect::is_primitive;
use crate::real::Real;

/// What a nested number takes as plain operand on its right, by value or by reference.
pub trait Plain: Copy {
    /// The same number: `f32` loses nothing.
    fn to_f64(self) -> f64;
}

macro_rules! plain {
    ($($P:ty)*) => {$(
        impl Plain for $P {
            #[inline]
            fn to_f64(self) -> f64 {
                self.into()
            }
        }

        impl Plain for &$P {
            #[inline]
            fn to_f64(self) -> f64 {
                (*self).into()
            }
        }
    )*};
}

plain!(f32 f64);

/// `s` as a constant whose tangents are −0: where it is added, or subtracted from, the others' stay as they are, and the
/// compiler leaves the operation out.
#[inline]
fn addend<T: Real>(s: f64) -> T {
    -T::lit(-s)
}

/// `c + s`
#[inline]
pub(super) fn plus<T: Real>(c: T, s: f64) -> T {
    c + addend(s)
}

/// `c − s`
#[inline]
pub(super) fn minus<T: Real>(c: T, s: f64) -> T {
    c - T::lit(s)
}

/// `s − c`
#[inline]
pub(super) fn from<T: Real>(s: f64, c: T) -> T {
    addend::<T>(s) - c
}

/// Every component of `x` times `s`.
#[inline]
pub(super) fn scale<T: Real, X: Components<T>>(x: X, s: f64) -> X {
    if is_primitive::<T>() { x.scaled(T::lit(s)) } else { x.map(|c| times(s, c)) }
}

macro_rules! carried {
    ($(#[$doc:meta])* $Carried:ident, $operation:ident, |$s:ident, $c:ident| $plain:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(super) struct $Carried<T>(pub(super) f64, pub(super) T);

        impl<T> ToPrimitive for $Carried<T> {
            #[inline]
            fn to_i64(&self) -> Option<i64> {
                None
            }

            #[inline]
            fn to_u64(&self) -> Option<u64> {
                None
            }
        }

        $(#[$doc])*
        #[inline]
        pub(super) fn $operation<T: Real>($s: f64, $c: T) -> T {
            T::from($Carried($s, $c)).unwrap_or_else(|| {
                let $s = T::lit($s);
                $plain
            })
        }
    };
}

carried!(
    /// `s·c`
    Times, times, |s, c| s * c
);
carried!(
    /// `s / c`
    Under, under, |s, c| s / c
);
carried!(
    /// `c % s`
    Modulo, modulo, |s, c| c % s
);
carried!(
    /// `c / s`
    Over, over, |s, c| c / s
);
