//! Sines and cosines of half turns, sin πx and cos πx, on every number: the multiple of π is found exactly.

use crate::real::Real;

/// The nearest integer, the distance from it, and whether the integer is odd.
fn nearest<T: Real>(x: T) -> (T, bool) {
    let k = x.round();
    let half = k * T::lit(0.5);
    (x - k, half != half.round())
}

/// sin πr for |r| ≤ ½
fn of_at_most_half<T: Real>(r: T) -> T {
    if r.abs() <= T::lit(0.25) {
        return (T::PI() * r).sin();
    }
    let sine = (T::PI() * (T::lit(0.5) - r.abs())).cos();
    if r < T::zero() { -sine } else { sine }
}

fn negated_if<T: Real>(odd: bool, x: T) -> T {
    if odd { -x } else { x }
}

/// sin πx
pub(crate) fn sin<T: Real>(x: T) -> T {
    let (r, odd) = nearest(x);
    negated_if(odd, of_at_most_half(r))
}

/// cos πx
pub(crate) fn cos<T: Real>(x: T) -> T {
    let (r, odd) = nearest(x);
    // Not by |r| at 0, where it has a kink.
    let cosine =
        if r.abs() < T::lit(0.25) { (T::PI() * r).cos() } else { (T::PI() * (T::lit(0.5) - r.abs())).sin() };
    negated_if(odd, cosine)
}

/// sin π(a + b), to the last digits also where the sum would round to an integer, or to one side of it.
pub(crate) fn sin_of_sum<T: Real>(a: T, b: T) -> T {
    let ((ra, odd_a), (rb, odd_b)) = (nearest(a), nearest(b));
    let r = ra + rb;
    let half = T::lit(0.5);
    let sine = if r.abs() <= half {
        of_at_most_half(r)
    } else {
        // Both have the sign of r: sin π|r| = sin π(1 − |r|), of which no digit is lost.
        negated_if(r < T::zero(), of_at_most_half((half - ra.abs()) + (half - rb.abs())))
    };
    negated_if(odd_a != odd_b, sine)
}

/// cos π(a + b), also where the sum would be rounded to another part of the turn.
pub(crate) fn cos_of_sum<T: Real>(a: T, b: T) -> T {
    cos(a) * cos(b) - sin(a) * sin(b)
}
