//! The scale of a series' variable, and factorials in two parts.
//!
//! A coefficient f⁽ᵏ⁾/k! underflows long before the derivative does: of eˣ at 0 in `f32` from k = 34 on. So the drivers run
//! a function on `x + 2ˢ·t`, with s so large that 2ˢᵏ makes up for k!. A power of two changes no digit, and every rule of
//! a series adds terms of one order only; so the coefficient of tᵏ is 2ˢᵏ times that of the plain variable, to the bit,
//! where nothing over- or underflows.

use super::Taylor;
use super::series::{EXACT, factorial, number};
use crate::number::inspect;
use crate::real::Real;

/// The s of a series of this order: `2ˢᵏ ≥ k!` for each order k of it.
///
/// A coefficient is then as large as the derivative at least: where the derivative is a normal number, it is one too.
pub(crate) const fn scale(order: usize) -> u32 {
    // order! is mantissa·2^bits, rounded to 63 bits.
    let (mut mantissa, mut bits, mut j) = (1_u128, 0, 2);
    while j <= order {
        mantissa *= j as u128;
        while mantissa >> 63 != 0 {
            (mantissa, bits) = (mantissa >> 1, bits + 1);
        }
        j += 1;
    }
    bits += mantissa.next_power_of_two().ilog2() as usize;
    let mut s = 0;
    while s as usize * order < bits {
        s += 1;
    }
    s
}

impl<T: Real, const K: usize> Taylor<T, K> {
    /// The variable on the scale s, `re + 2ˢ·t`.
    #[inline]
    pub(crate) fn variable_on_scale(re: T, s: u32) -> Self {
        let mut variable = Self::variable(re);
        if let Some(first) = variable.coefficients.first_mut() {
            *first = shifted(T::one(), exponent(1, s));
        }
        variable
    }

    /// The series in the plain variable, where this is the one on the scale s.
    #[inline]
    pub(crate) fn taken_off_scale(self, s: u32) -> Self {
        let coefficients = core::array::from_fn(|k| shifted(self.coefficients[k], -exponent(k + 1, s)));
        Self::new(self.re, coefficients)
    }

    /// The k-th derivative in the plain variable, where this is the series on the scale s.
    ///
    /// It is NaN where a coefficient that has lost digits would become a larger number.
    #[inline]
    #[track_caller]
    pub(crate) fn derivative_off_scale(&self, k: usize, s: u32) -> T {
        let c = self.coefficient(k);
        let derivative = off_scale_times_factorial(c, k, s);
        if inspect::keeps_digits(c, derivative) { derivative } else { c * T::nan() }
    }

    /// Whether the value and all coefficients up to that of tᵏ are finite.
    #[inline]
    pub(crate) fn is_finite_to(&self, k: usize) -> bool {
        super::series::is_finite(self.re, &self.coefficients[..k])
    }
}

/// `c·k!/2ˢᵏ`
#[inline]
fn off_scale_times_factorial<T: Real>(c: T, k: usize, s: u32) -> T {
    if k <= EXACT {
        return inspect::product(c, shifted(factorial::<T>(k), -exponent(k, s)));
    }
    let mut parts = Parts { estimate: 1.0, exponent: 0 };
    let mut product = c * (2..=EXACT).fold(T::one(), |product, j| product * parts.next(j));
    for j in EXACT + 1..=k {
        product = product * parts.next(j);
    }
    shifted(product, parts.exponent - exponent(k, s))
}

/// The coefficient of tᵏ, on the scale s, of a curve whose k-th derivative is `d`.
pub(crate) fn coefficient_on_scale<T: Real>(d: T, k: usize, s: u32) -> T {
    let mut parts = Parts { estimate: 1.0, exponent: 0 };
    let product = (2..=k).fold(T::one(), |product, j| product * parts.next(j));
    shifted(d / product, exponent(k, s) - parts.exponent)
}

/// A factorial as `estimate·2^exponent`, the first below 1: the product of its factors, up to rounding.
struct Parts {
    estimate: f64,
    exponent: i32,
}

impl Parts {
    /// The factor j without the power of two that keeps the product from growing.
    #[inline]
    fn next<T: Real>(&mut self, j: usize) -> T {
        let before = self.exponent;
        self.estimate *= number::<f64>(j);
        while self.estimate >= 1.0 {
            self.estimate *= 0.5;
            self.exponent += 1;
        }
        shifted(number(j), before - self.exponent)
    }
}

/// s·k
#[inline]
fn exponent(k: usize, s: u32) -> i32 {
    i32::try_from(k).unwrap_or(i32::MAX).saturating_mul(s.cast_signed())
}

/// `x·2^e`
#[inline]
pub(super) fn shifted<T: Real>(x: T, e: i32) -> T {
    // What half-precision numbers have too, and the factor of a wide one in fewer steps.
    let step = if size_of::<T>() >= size_of::<f32>() { 120 } else { 12 };
    let power = |e: i32| T::lit(num_traits::Float::powi(2.0_f64, e));
    let (mut x, mut left) = (x, e);
    while left.abs() > step {
        let part = step * left.signum();
        (x, left) = (x * power(part), left - part);
    }
    if left == 0 { x } else { x * power(left) }
}
