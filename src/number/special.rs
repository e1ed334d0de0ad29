//! The special functions of dual numbers: inherent methods, and the trait [`Special`] over them.

use super::{Dual, lanes};
use crate::rules::special::{self as slopes, for_each_special_family, for_each_special_rule};
use crate::special::Special;

macro_rules! emit_methods {
    ($(($name:ident, $what:literal, $words:literal, $domain:expr, |$x:ident, $y:ident| $slope:expr))*) => {
        /// Special functions of one variable: a row each of the table in [`rules`](crate::rules).
        impl<T: Special, const N: usize> Dual<T, N> {$(
            #[doc = concat!("The ", $what, "; slope ", $words, ". See [`Special::", stringify!($name), "`].")]
            #[inline]
            pub fn $name(self) -> Self {
                let y = self.re.$name();
                self.chain(y, slopes::$name(self.re, y))
            }
        )*}
    };
}

macro_rules! emit_family_methods {
    ($(($name:ident, $Order:ty, $what:literal, $words:literal, |$n:ident, $x:ident, $y:ident| $slope:expr))*) => {
        /// Special functions of an integer and one variable: a row each of the table in [`rules`](crate::rules).
        impl<T: Special, const N: usize> Dual<T, N> {$(
            #[doc = concat!("The ", $what, "; slope ", $words, ". See [`Special::", stringify!($name), "`].")]
            #[inline]
            pub fn $name(self, n: $Order) -> Self {
                let y = self.re.$name(n);
                self.chain(y, slopes::$name(n, self.re, y))
            }
        )*}
    };
}

macro_rules! emit_forward {
    ($(($name:ident, $($rest:tt)*))*) => {$(
        #[inline]
        fn $name(self) -> Self {
            Self::$name(self)
        }
    )*};
}

macro_rules! emit_family_forward {
    ($(($name:ident, $Order:ty, $($rest:tt)*))*) => {$(
        #[inline]
        fn $name(self, n: $Order) -> Self {
            Self::$name(self, n)
        }
    )*};
}

/// Functions of two variables: the value of `T`, and the slopes of that name.
macro_rules! of_two {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name(self, y: Self) -> Self {
            let value = self.re.$name(y.re);
            let (dx, dy) = slopes::$name(self.re, y.re, value);
            self.chain2(y, value, dx, dy)
        }
    )*};
}

for_each_special_rule!(emit_methods);
for_each_special_family!(emit_family_methods);

impl<T: Special, const N: usize> Special for Dual<T, N> {
    for_each_special_rule!(emit_forward);
    for_each_special_family!(emit_family_forward);

    of_two! { beta ln_beta xlogy xlog1py }

    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
        let norm = T::norm_of(len, |i| x(i).re);
        if norm.is_zero() {
            // The centre of the subdifferential, the unit ball.
            return Self::constant(norm);
        }
        let k = (1..len).fold(0, |k, i| if x(i).re.abs() > x(k).re.abs() { i } else { k });
        let largest = x(k).re;
        let others = (0..len).filter(|&i| i != k);
        let ratio = |i| x(i).re / largest;
        let squares = others.clone().fold(T::zero(), |sum, i| {
            let r = ratio(i);
            sum + r * r
        });
        let slope = slopes::norm(largest, squares);
        let tangents = others.fold(lanes::chain(slope, x(k).eps), |sum, i| {
            lanes::add(sum, lanes::chain(ratio(i) * slope, x(i).eps))
        });
        Self::new(norm, tangents)
    }

    #[inline]
    fn stop_gradient(self) -> Self {
        Self::constant(self.re.stop_gradient())
    }
}
