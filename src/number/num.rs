//! num-traits' small traits, each demanding of `T` no more than [`Real`] unless it must.

use core::cmp::Ordering;

use num_traits::float::TotalOrder;
use num_traits::{
    Bounded, ConstOne, ConstZero, Euclid, Float, FloatConst, Inv, MulAdd, MulAddAssign, Num, One, Pow,
    Signed, Zero,
};

use super::Dual;
use super::dual::Nested;
use super::ops::forms;
use crate::inspect;
use crate::real::Real;

impl<T: Real, const N: usize> Zero for Dual<T, N> {
    #[inline]
    fn zero() -> Self {
        Self::constant(T::zero())
    }

    #[inline]
    fn is_zero(&self) -> bool {
        self.re.is_zero()
    }
}

impl<T: Real, const N: usize> One for Dual<T, N> {
    #[inline]
    fn one() -> Self {
        Self::constant(T::one())
    }

    #[inline]
    fn is_one(&self) -> bool {
        self.re.is_one()
    }
}

impl<T: Real + ConstZero, const N: usize> ConstZero for Dual<T, N> {
    const ZERO: Self = Self::new(T::ZERO, [T::ZERO; N]);
}

impl<T: Real + ConstZero + ConstOne, const N: usize> ConstOne for Dual<T, N> {
    const ONE: Self = Self::new(T::ONE, [T::ZERO; N]);
}

/// A numeral is a constant.
impl<T: Real, const N: usize> Num for Dual<T, N> {
    type FromStrRadixErr = T::FromStrRadixErr;

    #[inline]
    fn from_str_radix(numeral: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        T::from_str_radix(numeral, radix).map(Self::constant)
    }
}

impl<T: Real, const N: usize> Signed for Dual<T, N> {
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

impl<T: Real, const N: usize> Bounded for Dual<T, N> {
    #[inline]
    fn min_value() -> Self {
        Float::min_value()
    }

    #[inline]
    fn max_value() -> Self {
        Float::max_value()
    }
}

impl<T: Real, const N: usize> Inv for Dual<T, N> {
    type Output = Self;
    #[inline]
    fn inv(self) -> Self {
        self.recip()
    }
}

impl<T: Real, const N: usize> Inv for &Dual<T, N> {
    type Output = Dual<T, N>;
    #[inline]
    fn inv(self) -> Dual<T, N> {
        self.recip()
    }
}

impl<T: Real, const N: usize> MulAdd for Dual<T, N> {
    type Output = Self;
    #[inline]
    fn mul_add(self, a: Self, b: Self) -> Self {
        Self::mul_add(self, a, b)
    }
}

impl<T: Real, const N: usize> MulAddAssign for Dual<T, N> {
    #[inline]
    fn mul_add_assign(&mut self, a: Self, b: Self) {
        *self = Self::mul_add(*self, a, b);
    }
}

impl<T: Real, const N: usize> Euclid for Dual<T, N> {
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
impl<T: Real, const N: usize> TotalOrder for Dual<T, N> {
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

/// `x.pow(n)` for an exponent type that `powi` or `powf` takes.
macro_rules! pow {
    ([$($generics:tt)*] $Exponent:ty, |$x:ident, $n:ident| $body:expr) => {
        forms!(Pow pow [$($generics)*] (Dual<T, N>, $Exponent) -> Dual<T, N>, |$x, $n| $body);
    };
}

pow!([T: Real, const N: usize] Dual<T, N>, |x, y| x.powf(y));
pow!([T: Real, const N: usize] i8, |x, n| x.powi(n.into()));
pow!([T: Real, const N: usize] u8, |x, n| x.powi(n.into()));
pow!([T: Real, const N: usize] i16, |x, n| x.powi(n.into()));
pow!([T: Real, const N: usize] u16, |x, n| x.powi(n.into()));
pow!([T: Real, const N: usize] i32, |x, n| x.powi(n));
pow!([T: Real + Nested + From<f32>, const N: usize] f32, |x, y| x.powf(Dual::constant(y.into())));
pow!([T: Real + Nested + From<f64>, const N: usize] f64, |x, y| x.powf(Dual::constant(y.into())));

// A plain exponent of type `T`, per type: `Pow<T>` beside `Pow<i32>` would overlap if `i32` became a `Real`.
forms!(Pow pow [const N: usize] (Dual<f32, N>, f32) -> Dual<f32, N>, |x, y| x.powf(Dual::constant(y)));
forms!(Pow pow [const N: usize] (Dual<f64, N>, f64) -> Dual<f64, N>, |x, y| x.powf(Dual::constant(y)));
forms!(
    Pow pow [T: Real, const M: usize, const N: usize] (Dual<Dual<T, M>, N>, Dual<T, M>) -> Dual<Dual<T, M>, N>,
    |x, y| x.powf(Dual::constant(y))
);

macro_rules! float_consts {
    ($($name:ident)*) => {
        /// The constants of `T`, to all its digits.
        impl<T: Real, const N: usize> FloatConst for Dual<T, N> {$(
            #[inline]
            fn $name() -> Self {
                Self::constant(T::$name())
            }
        )*}
    };
}

float_consts! {
    E PI TAU FRAC_1_PI FRAC_2_PI FRAC_2_SQRT_PI FRAC_1_SQRT_2 SQRT_2
    FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8
    LN_2 LN_10 LOG2_E LOG10_E LOG2_10 LOG10_2
}
