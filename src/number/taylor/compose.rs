//! Composition of two series, for functions without a differential equation of their own.

use super::series::{product, term};
use crate::number::inspect;
use crate::real::Real;

/// The coefficients of `Σ f_k·uᵏ` for a series u without value: the powers of u one after the other, each beginning
/// one order higher than that before it.
///
/// By powers, and not by Horner's scheme, because each `f_k` then meets only the powers that it belongs to, and an
/// infinite one leaves the orders below it alone.
pub(super) fn compose<T: Real, const K: usize>(u: &[T; K], f: &[T; K]) -> [T; K] {
    if f.iter().all(|&f| inspect::is_finite(f)) {
        compose_with::<false, T, K>(u, f)
    } else {
        compose_nonfinite(u, f)
    }
}

/// The composition where some `f_k` isn't finite: where that meets a power that has underflown, which isn't zero, nothing is
/// known of their product.
#[cold]
fn compose_nonfinite<T: Real, const K: usize>(u: &[T; K], f: &[T; K]) -> [T; K] {
    let mut sum = compose_with::<true, T, K>(u, f);
    // The powers' components that aren't zero are NaN in `reached`.
    let steps = u.map(|u| inspect::product(T::nan(), u));
    let (mut power, mut reached) = (*u, steps);
    for (k, &f_k) in f.iter().enumerate().skip(1) {
        power = next_power(k, &power, u, |x, y| x * y);
        reached = next_power(k, &reached, &steps, inspect::product);
        if !inspect::is_finite(f_k) {
            for j in k..K {
                if inspect::is_zero(power[j]) && !inspect::is_zero(reached[j]) {
                    sum[j] = sum[j] + reached[j];
                }
            }
        }
    }
    sum
}

#[inline]
fn compose_with<const MASKED: bool, T: Real, const K: usize>(u: &[T; K], f: &[T; K]) -> [T; K] {
    let mut power = *u;
    let mut sum = f.first().map_or([T::zero(); K], |&f1| u.map(|u| term::<MASKED, T>(f1, u)));
    for (k, &f_k) in f.iter().enumerate().skip(1) {
        power = next_power(k, &power, u, |x, y| x * y);
        for j in k..K {
            sum[j] = sum[j] + term::<MASKED, T>(f_k, power[j]);
        }
    }
    sum
}

/// `uᵏ⁺¹` of `uᵏ`, which begins with tᵏ.
#[inline]
fn next_power<T: Real, const K: usize>(
    k: usize,
    power: &[T; K],
    u: &[T; K],
    times: impl Fn(T, T) -> T,
) -> [T; K] {
    let mut next = [T::zero(); K];
    // Index j is the coefficient of t^(j+1), the sum of those of t^(i+1) and t^(j−i).
    for j in k..K {
        let first = times(power[k - 1], u[j - k]);
        next[j] = (k..j).fold(first, |sum, i| sum + times(power[i], u[j - i - 1]));
    }
    next
}

/// The power xⁿ of a series for n > 0, by repeated squaring.
///
/// Its value is only near that of `powi`; the caller has the right one.
pub(super) fn repeated_product<T: Real, const K: usize>(x0: T, x: &[T; K], n: u32) -> [T; K] {
    let (mut base0, mut base) = (x0, *x);
    let mut n = n;
    while n.is_multiple_of(2) {
        (base0, base) = (base0 * base0, super::series::square(base0, &base));
        n /= 2;
    }
    let (mut power0, mut power) = (base0, base);
    n /= 2;
    while n > 0 {
        (base0, base) = (base0 * base0, super::series::square(base0, &base));
        if !n.is_multiple_of(2) {
            (power0, power) = (power0 * base0, product(power0, &power, base0, &base));
        }
        n /= 2;
    }
    power
}
