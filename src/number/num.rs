//! num-traits' small traits, each demanding of `T` no more than [`Real`] unless it must.

use core::cmp::Ordering;

use num_traits::float::TotalOrder;
use num_traits::{
    Bounded, ConstOne, ConstZero, Euclid, Float, FloatConst, Inv, MulAdd, MulAddAssign, Num, One, Pow,
    Signed, Zero,
};

use super::ops::forms;
use super::{
    Dual, DualOrConstant, HyperDual, Nested, Taylor, for_each_nesting, for_each_number, for_every_number,
};
use crate::number::inspect;
use crate::real::Real;

macro_rules! num {
    ($Number:ident) => {
        impl<T: Real, const N: usize> Zero for $Number<T, N> {
            #[inline]
            fn zero() -> Self {
                Self::constant(T::zero())
            }

            /// Whether the value is zero, as every question (law 2); [`is_constant`](Self::is_constant) asks the derivatives.
            #[inline]
            fn is_zero(&self) -> bool {
                self.re.is_zero()
            }
        }

        impl<T: Real, const N: usize> One for $Number<T, N> {
            #[inline]
            fn one() -> Self {
                Self::constant(T::one())
            }

            /// Whether the value is one, as every question (law 2); [`is_constant`](Self::is_constant) asks the derivatives.
            #[inline]
            fn is_one(&self) -> bool {
                self.re.is_one()
            }
        }

        /// A numeral is a constant.
        impl<T: Real, const N: usize> Num for $Number<T, N> {
            type FromStrRadixErr = T::FromStrRadixErr;

            #[inline]
            fn from_str_radix(numeral: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
                T::from_str_radix(numeral, radix).map(Self::constant)
            }
        }
    };
}

for_every_number!(num);

macro_rules! small_traits {
    ($Number:ident) => {
        impl<T: Real + ConstZero, const N: usize> ConstZero for $Number<T, N> {
            const ZERO: Self = Self::filled(T::ZERO, T::ZERO);
        }

        impl<T: Real + ConstZero + ConstOne, const N: usize> ConstOne for $Number<T, N> {
            const ONE: Self = Self::filled(T::ONE, T::ZERO);
        }

        impl<T: Real, const N: usize> Signed for $Number<T, N> {
            #[inline]
            fn abs(&self) -> Self {
                (*self).abs()
            }

            #[inline]
            fn abs_sub(&self, other: &Self) -> Self {
                (*self).abs_sub(*other)
            }

            #[inline]
            fn signum(&self) -> Self {
                (*self).signum()
            }

            #[inline]
            fn is_positive(&self) -> bool {
                self.re.is_sign_positive()
            }

            #[inline]
            fn is_negative(&self) -> bool {
                self.re.is_sign_negative()
            }
        }

        impl<T: Real, const N: usize> Bounded for $Number<T, N> {
            #[inline]
            fn min_value() -> Self {
                Float::min_value()
            }

            #[inline]
            fn max_value() -> Self {
                Float::max_value()
            }
        }

        impl<T: Real, const N: usize> Inv for $Number<T, N> {
            type Output = Self;
            #[inline]
            fn inv(self) -> Self {
                self.recip()
            }
        }

        impl<T: Real, const N: usize> Inv for &$Number<T, N> {
            type Output = $Number<T, N>;
            #[inline]
            fn inv(self) -> $Number<T, N> {
                self.recip()
            }
        }

        impl<T: Real, const N: usize> MulAdd for $Number<T, N> {
            type Output = Self;
            #[inline]
            fn mul_add(self, a: Self, b: Self) -> Self {
                Self::mul_add(self, a, b)
            }
        }

        impl<T: Real, const N: usize> MulAddAssign for $Number<T, N> {
            #[inline]
            fn mul_add_assign(&mut self, a: Self, b: Self) {
                *self = Self::mul_add(*self, a, b);
            }
        }

        impl<T: Real, const N: usize> Euclid for $Number<T, N> {
            #[inline]
            fn div_euclid(&self, y: &Self) -> Self {
                Self::div_euclid(*self, *y)
            }

            #[inline]
            fn rem_euclid(&self, y: &Self) -> Self {
                Self::rem_euclid(*self, *y)
            }
        }

        /// IEEE 754's total order of the values: −NaN < −∞ < … < −0 < 0 < … < ∞ < NaN.
        ///
        /// Derived from [`Float`], since few floats beside `f32` and `f64` have `TotalOrder`; two NaNs of one sign
        /// compare by their payload.
        impl<T: Real, const N: usize> TotalOrder for $Number<T, N> {
            fn total_cmp(&self, other: &Self) -> Ordering {
                let (x, y) = (self.re, other.re);
                let negative = x.is_sign_negative();
                if negative != y.is_sign_negative() {
                    return y.is_sign_negative().cmp(&negative);
                }
                let magnitude = match (x.is_nan(), y.is_nan()) {
                    (false, false) => return x.partial_cmp(&y).unwrap_or(Ordering::Equal),
                    (true, true) => inspect::nan_bits(x).cmp(&inspect::nan_bits(y)),
                    (x_is_nan, y_is_nan) => x_is_nan.cmp(&y_is_nan),
                };
                if negative { magnitude.reverse() } else { magnitude }
            }
        }
    };
}

for_each_number!(small_traits);

/// `x.pow(n)` for an exponent type that `powi` or `powf` takes.
macro_rules! pow {
    ($Number:ident) => {
        pow!([T: Real, const N: usize] $Number<T>, $Number<T, N>, |x, y| x.powf(y));
        pow!([T: Real, const N: usize] $Number<T>, i8, |x, n| x.powi(n.into()));
        pow!([T: Real, const N: usize] $Number<T>, u8, |x, n| x.powi(n.into()));
        pow!([T: Real, const N: usize] $Number<T>, i16, |x, n| x.powi(n.into()));
        pow!([T: Real, const N: usize] $Number<T>, u16, |x, n| x.powi(n.into()));
        pow!([T: Real, const N: usize] $Number<T>, i32, |x, n| x.powi(n));
        pow!(@plain [T: Real + Nested + From<f32>, const N: usize] $Number<T>, f32);
        pow!(@plain [T: Real + Nested + From<f64>, const N: usize] $Number<T>, f64);
        // A plain exponent of type `T`, per type: `Pow<T>` beside `Pow<i32>` would overlap if `i32` became a `Real`.
        pow!(@plain [const N: usize] $Number<f32>, f32);
        pow!(@plain [const N: usize] $Number<f64>, f64);
    };
    ($Inner:ident in $Outer:ident) => {
        pow!(@plain [T: Real, const M: usize, const N: usize] $Outer<$Inner<T, M>>, $Inner<T, M>);
    };
    (@plain [$($generics:tt)*] $Number:ident<$T:ty>, $Exponent:ty) => {
        pow!([$($generics)*] $Number<$T>, $Exponent, |x, y| x.powf($Number::constant(y.into())));
    };
    ([$($generics:tt)*] $Number:ident<$T:ty>, $Exponent:ty, |$x:ident, $n:ident| $body:expr) => {
        forms!(Pow pow [$($generics)*] ($Number<$T, N>, $Exponent) -> $Number<$T, N>, |$x, $n| $body);
    };
}

for_each_number!(pow);
for_each_nesting!(pow);

macro_rules! float_consts {
    ($Number:ident) => {
        float_consts! { $Number:
            E PI TAU FRAC_1_PI FRAC_2_PI FRAC_2_SQRT_PI FRAC_1_SQRT_2 SQRT_2
            FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8
            LN_2 LN_10 LOG2_E LOG10_E LOG2_10 LOG10_2
        }
    };
    ($Number:ident: $($name:ident)*) => {
        /// The constants of `T`, to all its digits.
        impl<T: Real, const N: usize> FloatConst for $Number<T, N> {$(
            #[inline]
            fn $name() -> Self {
                Self::constant(T::$name())
            }
        )*}
    };
}

for_every_number!(float_consts);
