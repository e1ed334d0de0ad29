//! Arithmetic on the tangents `[T; N]`, lane by lane: the one home of what is to be vectorised.
//!
//! Every function treats each lane by the same operations in the same order, whatever `N` is, so that lane k
//! of N equals the one lane of a number seeded the same (law 3).

use core::array::from_fn;

use crate::inspect;
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
    if keeps_digits(r) {
        from_fn(|k| (a[k] - q * b[k]) * r)
    } else if y.is_infinite() && q.is_zero() {
        // A finite number over one that has overflown, as `1 / (1 + eˣ)` at large x: the quotient is constant 0,
        // and the tangent of y, which has overflown too, would make NaN of it.
        from_fn(|k| a[k] / y)
    } else {
        from_fn(|k| (a[k] - q * b[k]) / y)
    }
}

/// Whether one reciprocal r can stand for the divisions of all lanes: whether neither it nor its powers lose digits.
///
/// The powers to r⁴ are in the tangents of a nested r. The value decides, for every order alike.
#[inline]
fn keeps_digits<T: Real>(r: T) -> bool {
    let square = r * r;
    (square * square).is_normal()
}

/// `−q·bₖ / y`: the tangents of the quotient `q = s/y` of a plain number, where a lane that is exactly zero stays
/// zero (law 4).
///
/// Not as `slope·bₖ` with the slope `−s/y²`, whose square over- or underflows where the tangent doesn't.
#[inline]
pub(crate) fn quotient_of_plain<T: Real, const N: usize>(q: T, b: [T; N], y: T) -> [T; N] {
    let r = y.recip();
    if keeps_digits(r) && inspect::is_finite(r) && inspect::is_finite(q) {
        b.map(|b| -(q * b) * r)
    } else {
        quotient_of_plain_nonfinite(q, b, y)
    }
}

#[cold]
fn quotient_of_plain_nonfinite<T: Real, const N: usize>(q: T, b: [T; N], y: T) -> [T; N] {
    let overflown = y.is_infinite() && q.is_zero();
    b.map(|b| {
        if overflown || inspect::is_zero(b) {
            T::zero()
        } else {
            -inspect::product(y.recip(), inspect::scaled(q, b))
        }
    })
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

/// `p·aₖ`, and `+ q·bₖ` in the lanes where bₖ isn't exactly zero: for a slope q that isn't even computed where every
/// bₖ is zero. Adding 0 would turn −0 into 0, and the bits of a lane would depend on the others (law 3).
#[inline]
pub(crate) fn chain_either<T: Real, const N: usize>(p: T, a: [T; N], q: T, b: [T; N]) -> [T; N] {
    from_fn(|k| {
        let term = inspect::scaled(p, a[k]);
        if inspect::is_zero(b[k]) { term } else { term + inspect::scaled(q, b[k]) }
    })
}

#[cold]
fn chain_nonfinite<T: Real, const N: usize>(slope: T, a: [T; N]) -> [T; N] {
    a.map(|a| inspect::scaled(slope, a))
}
