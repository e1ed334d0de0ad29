//! The special functions of a hyper-dual number: its value's function, the slope of the rules, and its
//! derivative.

use super::super::Dual;
use super::super::kinks::cone;
use super::super::rows::{emit_forwards, emit_methods, see, special_forwards};
use super::HyperDual;
use super::smooth::by_slopes;
use crate::rules::special_slopes as slopes;
use crate::rules::special_table::for_each_special_rule;
use crate::special::Special;

/// Functions of two variables: the value of `T`, and the slopes of that name.
macro_rules! of_two {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name(self, y: Self) -> Self {
            self.chained(y, self.re.$name(y.re), slopes::$name, slopes::$name)
        }
    )*};
}

for_each_special_rule!(emit_methods [HyperDual, Special, by_slopes]);

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
