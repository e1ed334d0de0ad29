//! Mills's ratio of the normal distribution, M(t) = Φ(−t)/φ(t), and integrals of the density beside a point of it: what
//! is left of normal distribution functions where densities cancel, in the tails as well as in between.

use crate::real::Real;

/// t·M(t) and 1 − t·M(t), each to its own last digits, given τ = 1/t² with t > 0.
///
/// A function of τ and not of t, because t has no derivative where τ is 0. The cost is a division for each of 9 to 64
/// terms.
pub(super) fn scaled_mills<T: Real>(tau: T) -> [T; 2] {
    let one = T::one();
    if tau >= T::lit(0.25) {
        let t = tau.sqrt().recip();
        let scaled = t * mills_to_two(t);
        return [scaled, one - scaled];
    }
    // t·M(t) = 1/g₀ with gₖ = 1 + (4k + 1 − (2k + 1)·(2k + 2)·τ/gₖ₊₁)·τ, the even part of Laplace's continued fraction
    // (DLMF 7.9.3). For t = 2 it takes 59.
    let terms = (T::lit(9.0) + T::lit(220.0) * tau).to_u32().unwrap_or(0);
    let mut above_one = T::lit(f64::from(4 * terms + 1)) * tau;
    for k in (0..terms).rev() {
        let numerator = T::lit(f64::from((2 * k + 1) * (2 * k + 2)));
        above_one = (T::lit(f64::from(4 * k + 1)) - numerator * tau / (one + above_one)) * tau;
    }
    let scaled = (one + above_one).recip();
    // Not 1 − 1/g₀: cancels.
    [scaled, above_one * scaled]
}

/// M(t) for 0 ≤ t ≤ 2: √(π/2)·exp(t²/2) − Σ t²ᵏ⁺¹/(2k + 1)!! (DLMF 7.6.2).
///
/// At t = 2 the two cancel to 1/22 of their size.
fn mills_to_two<T: Real>(t: T) -> T {
    let square = t * t;
    let series = (1..28_u32)
        .rev()
        .fold(T::one(), |sum, k| T::one() + square * sum * T::lit(1.0 / f64::from(2 * k + 1)));
    T::FRAC_PI_2().sqrt() * (T::lit(0.5) * square).exp() - t * series
}

/// M(t) for t ≥ 0.
fn mills<T: Real>(t: T) -> T {
    if t <= T::lit(2.0) {
        mills_to_two(t)
    } else {
        let reciprocal = t.recip();
        scaled_mills(reciprocal * reciprocal)[0] * reciprocal
    }
}

/// The integral of the normal density from `a` ≥ 0 over a `width`, which may be infinite, in units of the density at `a`:
/// ∫₀ʷ exp(−a·s − s²/2) ds.
pub(super) fn mass_from<T: Real>(a: T, width: T) -> T {
    // The power series, where it converges fast; there the difference below would cancel.
    const TERMS: u32 = 44;
    let fall = width * (a + T::lit(0.5) * width);
    if fall > T::one() {
        return mills(a) - (-fall).exp() * mills(a + width);
    }
    let (linear, square) = (a * width, width * width);
    let [mut before, mut coefficient, mut sum] = [T::zero(), T::one(), T::one()];
    for k in 1..TERMS {
        let next = -(linear * coefficient + square * before) / T::lit(f64::from(k));
        (before, coefficient) = (coefficient, next);
        sum = sum + coefficient / T::lit(f64::from(k + 1));
    }
    width * sum
}
