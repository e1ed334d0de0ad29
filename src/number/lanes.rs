//! Arithmetic on the tangents `[T; N]`, lane by lane: the one home of what is to be vectorised.
//!
//! Every function treats each lane by the same operations in the same order, whatever `N` is, so that lane k
//! of N equals the one lane of a number seeded the same (law 3).

use core::array::from_fn;

use super::inspect;
use crate::real::Real;

/// `aₖ + bₖ`
#[inline]
pub(crate) fn add<T: Real, const N: usize>(a: [T; N], b: [T; N]) -> [T; N] {
    from_fn(|k| a[k] + b[k])
}

/// `aₖ − bₖ`
#[inline]
pub(crate) fn sub<T: Real, const N: usize>(a: [T; N], b: [T; N]) -> [T; N] {
    from_fn(|k| a[k] - b[k])
}

/// `−aₖ`
#[inline]
pub(crate) fn neg<T: Real, const N: usize>(a: [T; N]) -> [T; N] {
    a.map(|a| -a)
}

/// `p·aₖ + q·bₖ`
#[inline]
pub(crate) fn combine<T: Real, const N: usize>(p: T, a: [T; N], q: T, b: [T; N]) -> [T; N] {
    from_fn(|k| p * a[k] + q * b[k])
}

/// `(aₖ − q·bₖ) / y`: the tangents of the quotient `q = x/y`.
#[inline]
pub(crate) fn quotient<T: Real, const N: usize>(a: [T; N], q: T, b: [T; N], y: T) -> [T; N] {
    let r = y.recip();
    // One division for all lanes, unless the reciprocal has lost digits or overflowed.
    if r.is_normal() { from_fn(|k| (a[k] - q * b[k]) * r) } else { from_fn(|k| (a[k] - q * b[k]) / y) }
}

/// `(aₖ + bₖ)/2`
#[inline]
pub(crate) fn average<T: Real, const N: usize>(a: [T; N], b: [T; N]) -> [T; N] {
    let half = T::lit(0.5);
    from_fn(|k| (a[k] + b[k]) * half)
}

/// `slope·aₖ`, where a lane that is exactly zero stays zero (law 4).
#[inline]
pub(crate) fn chain<T: Real, const N: usize>(slope: T, a: [T; N]) -> [T; N] {
    if inspect::is_finite(slope) { a.map(|a| slope * a) } else { chain_nonfinite(slope, a) }
}

/// `p·aₖ + q·bₖ`, where a term whose lane is exactly zero is zero (law 4).
#[inline]
pub(crate) fn chain2<T: Real, const N: usize>(p: T, a: [T; N], q: T, b: [T; N]) -> [T; N] {
    if inspect::is_finite(p) && inspect::is_finite(q) {
        combine(p, a, q, b)
    } else {
        add(chain_nonfinite(p, a), chain_nonfinite(q, b))
    }
}

#[cold]
fn chain_nonfinite<T: Real, const N: usize>(slope: T, a: [T; N]) -> [T; N] {
    a.map(|a| if inspect::is_zero(a) { T::zero() } else { slope * a })
}
