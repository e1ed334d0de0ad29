//! The special functions of a hyper-dual number: its value's function, the slope of the rules, and its
//! derivative.

use super::super::Dual;
use super::super::kinks::cone;
use super::super::special_forwards::{emit_family_forward, emit_forward, special_forwards};
use super::HyperDual;
use super::smooth::differentiated;
use crate::rules::special_slopes as slopes;
use crate::rules::special_table::{for_each_special_family, for_each_special_rule};
use crate::special::Special;

macro_rules! emit_methods {
    ($(($name:ident, $what:literal, $words:literal, $domain:expr, |$x:ident, $y:ident| $slope:expr))*) => {
        /// Special functions of one variable: a row each of the table in [`rules`](crate::rules).
        impl<T: Special, const N: usize> HyperDual<T, N> {$(
            #[doc = concat!("The ", $what, "; slope ", $words, ". See [`Special::", stringify!($name), "`].")]
            #[inline]
            pub fn $name(self) -> Self {
                let y = self.re.$name();
                let (df, ddf) = differentiated(self.re, y, slopes::$name, slopes::$name);
                self.chain(y, df, ddf)
            }
        )*}
    };
}

macro_rules! emit_family_methods {
    ($(($name:ident, $Order:ty, $what:literal, $words:literal, |$n:ident, $x:ident, $y:ident| $slope:expr))*) => {
        /// Special functions of an integer and one variable: a row each of the table in [`rules`](crate::rules).
        impl<T: Special, const N: usize> HyperDual<T, N> {$(
            #[doc = concat!("The ", $what, "; slope ", $words, ". See [`Special::", stringify!($name), "`].")]
            #[inline]
            pub fn $name(self, n: $Order) -> Self {
                let y = self.re.$name(n);
                let (df, ddf) =
                    differentiated(self.re, y, |x, y| slopes::$name(n, x, y), |x, y| slopes::$name(n, x, y));
                self.chain(y, df, ddf)
            }
        )*}
    };
}

/// Functions of two variables: the value of `T`, and the slopes of that name.
macro_rules! of_two {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name(self, y: Self) -> Self {
            self.chained(y, self.re.$name(y.re), slopes::$name, slopes::$name)
        }
    )*};
}

for_each_special_rule!(emit_methods);
for_each_special_family!(emit_family_methods);

impl<T: Special, const N: usize> Special for HyperDual<T, N> {
    special_forwards!();

    of_two! { beta ln_beta logaddexp xlogy xlog1py }

    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
        let first = |i: usize| x(i).first_order();
        let norm = Dual::norm_of(len, first);
        if norm == T::zero() {
            return cone(Self::constant(norm.re), (0..len).map(x));
        }
        let terms = slopes::norm(len, norm, first);
        Self::from_slopes(norm.re, terms.map(|(i, slope)| (x(i), slope)))
    }
}
