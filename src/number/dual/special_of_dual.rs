//! The special functions of a dual number: its value's function, and the slope of the rules.

use super::super::kinks::cone;
use super::super::rows::{emit_forwards, emit_methods, see, special_forwards};
use super::Dual;
use super::smooth::by_slope;
use crate::rules::special_slopes as slopes;
use crate::rules::special_table::for_each_special_rule;
use crate::special::Special;

/// Functions of two variables: the value of `T`, and the slopes of that name.
macro_rules! of_two {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name(self, y: Self) -> Self {
            let value = self.re.$name(y.re);
            let (dx, dy) = slopes::$name(self.re, y.re, value);
            self.chain2(y, value, [dx, dy])
        }
    )*};
}

for_each_special_rule!(emit_methods [Dual, Special, by_slope]);

impl<T: Special, const N: usize> Special for Dual<T, N> {
    special_forwards!();

    of_two! { beta ln_beta logaddexp xlogy xlog1py }

    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
        let norm = T::norm_of(len, |i| x(i).re);
        if norm == T::zero() {
            return cone(Self::constant(norm), (0..len).map(x));
        }
        let slopes = slopes::norm(len, norm, |i| x(i).re);
        Self::sum_of_chains(norm, slopes.map(|(i, slope)| (slope, x(i).eps)))
    }
}
