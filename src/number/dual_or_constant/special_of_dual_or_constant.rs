//! The special functions: those of `T` of a constant, and those of a dual number of what moves.

use super::super::Dual;
use super::super::kinks::cone;
use super::super::rows::{emit_forwards, emit_methods, see, special_forwards};
use super::DualOrConstant;
use super::smooth::by_number;
use crate::rules::special_slopes as slopes;
use crate::rules::special_table::for_each_special_rule;
use crate::special::Special;

/// Functions of two variables.
macro_rules! of_two {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name(self, y: Self) -> Self {
            self.of_both(y, T::$name, |x, y| x.$name(y))
        }
    )*};
}

for_each_special_rule!(emit_methods [DualOrConstant, Special, by_number]);

impl<T: Special, const N: usize> Special for DualOrConstant<T, N> {
    special_forwards!();

    of_two! { beta ln_beta logaddexp xlogy xlog1py }

    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
        let norm = T::norm_of(len, |i| x(i).re);
        if !(0..len).any(|i| x(i).moves) {
            return Self::constant(norm);
        }
        if norm == T::zero() {
            return cone(Self::constant(norm), (0..len).map(x));
        }
        let slopes = slopes::norm(len, norm, |i| x(i).re);
        Self::moving(Dual::sum_of_chains(
            norm,
            slopes.filter_map(|(i, slope)| Some((slope, x(i).dual()?.eps))),
        ))
    }
}
