//! The slopes of the beta function and of its logarithm.
//!
//! Signs and reflections are those of the values: s is a + b, and sines of multiples of π are exact.

use super::branches::defined;
use super::special_slopes::{distance, half, only_here};
use crate::number::inspect;
use crate::special::{BERNOULLI_BY_INDEX, LARGE, Special, turns};

/// Slopes of ln |B(a, b)|: ψ(a) − ψ(a + b) and ψ(b) − ψ(a + b).
pub(crate) fn ln_beta<T: Special>(a: T, b: T, y: T) -> (T, T) {
    if y.is_infinite() {
        return at_a_pole(a, b);
    }
    (defined(y, -digamma_step(a, b)), defined(y, -digamma_step(b, a)))
}

/// Slopes of B(a, b): those of its logarithm times B, and where B passes through 0 a form of their own.
pub(crate) fn beta<T: Special>(a: T, b: T, y: T) -> (T, T) {
    if y.is_nan() {
        (y, y)
    } else if a == T::zero() || b == T::zero() {
        at_a_pole(a, b)
    } else if passes_zero(a, b) {
        (slope_through_zero(a, b), slope_through_zero(b, a))
    } else {
        (inspect::product(y, -digamma_step(a, b)), inspect::product(y, -digamma_step(b, a)))
    }
}

/// NaN, in every component along which a or b moves.
#[cold]
fn at_a_pole<T: Special>(a: T, b: T) -> (T, T) {
    let slope = only_here(only_here(T::nan(), distance(a)), distance(b));
    (slope, slope)
}

/// Whether B is beside a zero: it has a factor sin πs, and the slopes of its logarithm are infinite there.
pub(crate) fn passes_zero<T: Special>(a: T, b: T) -> bool {
    let others = || turns::sin(a).abs().min(turns::sin(b).abs());
    (a < T::zero() || b < T::zero())
        && a + b < T::lit(0.5)
        && turns::sin_of_sum(a, b).abs() < T::lit(0.5) * others()
}

/// ∂B/∂a where B passes through zeros: the derivative of `sin πs·M(a, b)`, in which nothing cancels beside a zero of the sine.
fn slope_through_zero<T: Special>(a: T, b: T) -> T {
    let (sin_a, sin_b, sin_sum) = (turns::sin(a), turns::sin(b), turns::sin_of_sum(a, b));
    let above = T::one() - (a + b);
    if a > T::zero() {
        // B = sin πs/sin πb·B(1 − s, a)
        let of_log = a.digamma() - above.digamma();
        return (T::PI() * turns::cos_of_sum(a, b) + sin_sum * of_log) / sin_b * above.beta(a);
    }
    let step = mirrored_step(a, b);
    if b > T::zero() {
        // B = sin πs/sin πa·B(1 − s, b)
        (sin_sum / sin_a * step - T::PI() * (sin_b / sin_a / sin_a)) * above.beta(b)
    } else {
        // B = π·sin πs/(sin πa·sin πb·(1 − s)·B(1 − a, 1 − b))
        let factor = T::PI() / (above * (T::one() - a).beta(T::one() - b));
        (sin_sum / sin_b / sin_a * step - T::PI() / sin_a / sin_a) * factor
    }
}

/// `ψ(a + b) − ψ(a)`, to every order without the cancellation of nearly equal ψ.
fn digamma_step<T: Special>(a: T, b: T) -> T {
    let sum = a + b;
    match (a > T::zero(), sum > T::zero()) {
        (true, true) if b > T::zero() => positive_step(a, b),
        (true, true) => -positive_step(sum, -b),
        (false, false) => {
            let (sin_a, sin_b, sin_sum) = (turns::sin(a), turns::sin(b), turns::sin_of_sum(a, b));
            if sin_a.abs() + sin_sum.abs() < T::lit(4.0) * sin_b.abs() {
                return digamma_of_sum(a, b) - a.digamma();
            }
            // The reflections of both, of which the cotangents cancel and are subtracted as such.
            T::PI() * (sin_b / sin_sum / sin_a) - mirrored_step(a, b)
        }
        _ => digamma_of_sum(a, b) - a.digamma(),
    }
}

/// ψ(a + b), also where the sum would round to a pole.
fn digamma_of_sum<T: Special>(a: T, b: T) -> T {
    let sum = a + b;
    if sum > T::zero() {
        return sum.digamma();
    }
    (T::one() - sum).digamma() - T::PI() * (turns::cos_of_sum(a, b) / turns::sin_of_sum(a, b))
}

/// `ψ(1 − a) − ψ(1 − a − b)` for negative a and a + b.
fn mirrored_step<T: Special>(a: T, b: T) -> T {
    if b > T::zero() { positive_step(T::one() - (a + b), b) } else { -positive_step(T::one() - a, -b) }
}

/// `ψ(a + b) − ψ(a)` for positive a and b, to every order a sum of terms of one sign.
///
/// Each term of ψ's recurrence and of its asymptotic series is subtracted by itself. Where b is the smaller, it is taken
/// out of the difference; where it isn't, the terms of a + b stand alone, so that derivatives in b have nothing of a.
fn positive_step<T: Special>(a: T, b: T) -> T {
    let (mut a, mut sum) = (a, T::zero());
    let step = |a: T| {
        let end = a + b;
        if b < a { b / end / a } else { a.recip() - end.recip() }
    };
    while a < T::lit(LARGE) {
        sum = sum + step(a);
        a = a + T::one();
    }
    let end = a + b;
    let (u, v) = ((a * a).recip(), (end * end).recip());
    let (log, series) = if b < a {
        // u − v is a factor of every uʲ − vʲ; what remains of it is Σ uⁱ·vʲ⁻¹⁻ⁱ.
        let difference = step(a) * (a.recip() + end.recip());
        let (mut rest, mut power, mut series) = (T::one(), T::one(), T::zero());
        for bernoulli in &BERNOULLI_BY_INDEX[..8] {
            series = series + T::lit(*bernoulli) * rest;
            power = power * v;
            rest = rest * u + power;
        }
        ((b / a).ln_1p(), difference * series)
    } else {
        let series =
            |w: T| BERNOULLI_BY_INDEX[..8].iter().rev().fold(T::zero(), |sum, &b| (sum + T::lit(b)) * w);
        let unit = a.stop_gradient();
        ((end / unit).ln() - (a / unit).ln(), series(u) - series(v))
    };
    sum + (log + half(step(a)) + series)
}
