//! Blends and losses of several pieces, written once for every number.

use super::Special;

#[inline]
pub(super) fn smoothstep<T: Special>(x: T, low: T, high: T) -> T {
    let step = |t: T| t * t * (T::lit(3.0) - (t + t));
    let t = (x - low) / (high - low);
    if t < T::zero() {
        T::zero()
    } else if t > T::one() {
        T::one()
    } else if t == T::zero() {
        step(t).max(T::zero()) // a tie, of equal slopes
    } else if t <= T::lit(0.5) {
        step(t)
    } else {
        // 1 − t by itself: in the slope of t²·(3 − 2t) it would be what cancellation leaves.
        let rising = T::one() - step((high - x) / (high - low));
        if t == T::one() { rising.min(T::one()) } else { rising }
    }
}

#[inline]
pub(super) fn relu<T: Special>(x: T) -> T {
    if x > T::zero() {
        x
    } else if x < T::zero() {
        T::zero()
    } else {
        x.abs() // with slope 0 at 0
    }
}

#[inline]
pub(super) fn huber<T: Special>(x: T, delta: T) -> T {
    let half = T::lit(0.5);
    let (size, within) = (x.abs(), x * x * half);
    if size < delta {
        within
    } else if size == delta {
        // Every power of the distance from the edge above the first: a kink in the orders above the first.
        let distance = size - delta;
        within + (distance * distance * (T::one() + distance)).abs()
    } else {
        delta * (size - delta * half)
    }
}
