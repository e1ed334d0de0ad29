//! The special functions of a series.

use super::super::components::Components;
use super::super::kinks::cone;
use super::super::rows::{emit_forwards, emit_methods, see, special_forwards};
use super::Taylor;
use super::recurrences::{exponential, resting, root_of_squares, squares_across};
use super::series::{self, scaled_by_index};
use super::special_series;
use crate::number::inspect;
use crate::rules::special_slopes as slopes;
use crate::rules::special_table::for_each_special_rule;
use crate::special::Special;

/// The function of that name in `special_series`.
macro_rules! by_series {
    ($x:expr, $name:ident($($n:ident)?), $($row:tt)*) => {
        special_series::$name($($n,)? $x, $x.re.$name($($n)?))
    };
}

for_each_special_rule!(emit_methods [Taylor, Special, by_series]);

/// Functions of two variables whose slopes are functions of these alone.
macro_rules! of_two {
    ($($name:ident)*) => {$(
        fn $name(self, y: Self) -> Self {
            let value = self.re.$name(y.re);
            let (dx, dy) = slopes::$name(self, y, Self::value(value));
            self.chain2(y, value, [dx, dy])
        }
    )*};
}

impl<T: Special, const K: usize> Special for Taylor<T, K> {
    special_forwards!();

    of_two! { ln_beta logaddexp xlogy xlog1py }

    fn beta(self, y: Self) -> Self {
        let value = self.re.beta(y.re);
        if slopes::passes_zero(self.re, y.re) {
            let (dx, dy) = slopes::beta(self, y, Self::value(value));
            return self.chain2(y, value, [dx, dy]);
        }
        // B′ = B·(ln |B|)′
        let (dx, dy) = slopes::ln_beta(self, y, Self::value(value));
        let log = self.chain2(y, value, [dx, dy]).coefficients;
        let mut beta = exponential(&log, &scaled_by_index(&log), value);
        if let [first, ..] = &mut beta[..] {
            let (dx, dy) = slopes::beta(self.re, y.re, value);
            *first = inspect::scaled(dx, self.coefficients[0]) + inspect::scaled(dy, y.coefficients[0]);
        }
        Self::new(value, beta)
    }

    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
        let norm = T::norm_of(len, |i| x(i).re);
        if norm == T::zero() {
            return cone(Self::constant(norm), (0..len).map(x));
        }
        let slopes = || slopes::norm(len, norm, |i| x(i).re);
        let along = slopes().fold(Self::constant(norm), |sum, (i, slope)| sum.plus(x(i).linear(norm, slope)));
        if !norm.is_finite() {
            return along.with_value(norm);
        }
        let along = along.coefficients;
        let squares = slopes().fold([T::zero(); K], |sum, (i, slope)| {
            series::add(sum, squares_across(&x(i).coefficients, slope, &along, norm))
        });
        let root = root_of_squares(norm, &along, &squares);
        if inspect::is_finite(norm) {
            return Self::new(norm, root);
        }
        Self::new(norm, resting(root, |k| !(0..len).all(|i| inspect::is_zero(x(i).coefficients[k]))))
    }
}
