//! Values of the beta function and of its logarithm, for arguments of either sign.
//!
//! Off the positive quadrant, reflections (DLMF 5.5.3) lead back into it: with s = a + b and a < 0,
//!
//! ```text
//! B(a, b) = π / (b·sin πa · B(1 − a, s))                          0 < s
//! B(a, b) = sin πs / sin πa · B(1 − s, b)                         s ≤ 0 < b
//! B(a, b) = π·sin πs / (sin πa · sin πb · (1 − s) · B(1 − a, 1 − b))    b < 0
//! ```

use core::f64::consts::PI;

use num_traits::Float;

use super::gamma::{LARGE, digamma};
use super::turns;

/// Γ(a)·Γ(b) / Γ(a + b)
pub(super) fn beta(a: f64, b: f64) -> f64 {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    if a > 0.0 {
        return of_positive(a, b);
    }
    if let Some(pole) = pole(a, b) {
        return pole;
    }
    if keeps_gamma(a, b) {
        return libm::tgamma(a) * ratio(a, b);
    }
    let Reflected { over, under, p, q, inverse } = reflected(a, b);
    if over == 0.0 {
        return 0.0;
    }
    let factor = over / under;
    if inverse { factor / of_positive(p, q) } else { factor * of_positive(p, q) }
}

/// ln |B(a, b)|
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    if a > 0.0 {
        return ln_of_positive(a, b);
    }
    if let Some(pole) = pole(a, b) {
        // A pole of one Γ has a size, if no sign; with another, above or below, there is a limit in every direction.
        let several = (is_pole(a) && is_pole(b)) || is_pole(a + b);
        let outside = b.is_nan() || !a.is_finite();
        return if pole.is_nan() && (several || outside) { pole } else { f64::INFINITY };
    }
    if keeps_gamma(a, b) {
        return libm::lgamma(a) + ln_ratio(a, b);
    }
    let Reflected { over, under, p, q, inverse } = reflected(a, b);
    if p + q <= 170.0 {
        let value = beta(a, b);
        if value == 0.0 || value.is_normal() {
            return Float::ln(Float::abs(value));
        }
    }
    let ln = |x: f64| Float::ln(Float::abs(x));
    let factor = over / under;
    let factor = if factor == 0.0 || factor.is_normal() { ln(factor) } else { ln(over) - ln(under) };
    if inverse { factor - ln_of_positive(p, q) } else { factor + ln_of_positive(p, q) }
}

/// Whether Γ has a pole there.
fn is_pole(x: f64) -> bool {
    x <= 0.0 && x == Float::round(x)
}

/// The value where one argument is a pole of Γ or infinite, a ≤ b: infinite at ±0, where the sides have different signs
/// NaN.
fn pole(a: f64, b: f64) -> Option<f64> {
    if a.is_nan() || b.is_nan() || a == f64::NEG_INFINITY {
        Some(f64::NAN)
    } else if is_pole(a) && is_pole(b) {
        let signs_agree = a == 0.0 && b == 0.0 && a.is_sign_negative() == b.is_sign_negative();
        Some(if signs_agree { 1.0 / a } else { f64::NAN })
    } else if is_pole(a) || is_pole(b) {
        let pole = if is_pole(a) { a } else { b };
        Some(if pole == 0.0 { 1.0 / pole } else { f64::NAN })
    } else if b.is_infinite() {
        Some(f64::INFINITY.copysign(libm::tgamma(a)))
    } else {
        None
    }
}

/// B(a, b) = over/under·B(p, q), or over/under / B(p, q), of positive p and q.
struct Reflected {
    over: f64,
    under: f64,
    p: f64,
    q: f64,
    inverse: bool,
}

/// For negative a ≤ b, neither of which is a pole.
fn reflected(a: f64, b: f64) -> Reflected {
    let sum = a + b;
    let (sin_a, sin_sum) = (turns::sin(a), turns::sin_of_sum(a, b));
    if sum > 0.0 {
        Reflected { over: PI / b, under: sin_a, p: 1.0 - a, q: sum, inverse: true }
    } else if b > 0.0 {
        Reflected { over: sin_sum, under: sin_a, p: 1.0 - sum, q: b, inverse: false }
    } else {
        let over = PI * (sin_sum / sin_a) / (1.0 - sum);
        Reflected { over, under: turns::sin(b), p: 1.0 - a, q: 1.0 - b, inverse: true }
    }
}

/// Whether Γ(a) and Γ(b)/Γ(a + b) are at hand without a reflection.
fn keeps_gamma(a: f64, b: f64) -> bool {
    Float::abs(a) < LARGE && b >= LARGE && a + b >= LARGE
}

/// B(a, b) for 0 < a ≤ b.
fn of_positive(a: f64, b: f64) -> f64 {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    let sum = a + b;
    if b.is_infinite() {
        return 0.0;
    }
    if sum > 170.0 {
        // Of a small a, ln Γ(a) would be the larger part of the logarithm.
        return if a < LARGE { libm::tgamma(a) * ratio(a, b) } else { Float::exp(ln_of_positive(a, b)) };
    }
    // What the sum has lost, which Γ(a + b) would multiply by ψ(a + b).
    let a_of_sum = sum - b;
    let lost = (a - a_of_sum) + (b - (sum - a_of_sum));
    let quotient = libm::tgamma(b) / libm::tgamma(sum) * libm::tgamma(a);
    if lost == 0.0 || quotient.is_infinite() { quotient } else { quotient - quotient * (digamma(sum) * lost) }
}

/// ln B(a, b) for 0 < a and b, for large arguments by Stirling's series with the cancelling terms left out (Didonato and
/// Morris 1992, *Algorithm 708*).
fn ln_of_positive(a: f64, b: f64) -> f64 {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    if b.is_infinite() {
        return f64::NEG_INFINITY;
    }
    if a >= LARGE {
        let half_ln_2pi = 0.918_938_533_204_672_7;
        let sum = a + b;
        let remainders = stirling(a) + (stirling(b) - stirling(sum));
        // By the ratio, since the sum may overflow.
        let ln_a_of_sum = -Float::ln_1p(b / a);
        (a - 0.5) * ln_a_of_sum - b * Float::ln_1p(a / b) - 0.5 * Float::ln(b) + (half_ln_2pi + remainders)
    } else if b >= LARGE {
        libm::lgamma(a) + ln_ratio(a, b)
    } else {
        let value = of_positive(a, b);
        if value.is_finite() {
            Float::ln(value)
        } else {
            libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
        }
    }
}

/// Γ(b)/Γ(a + b) for large b and a + b, as a power and what it lacks: the exponential of the whole logarithm would multiply
/// its rounding.
fn ratio(a: f64, b: f64) -> f64 {
    Float::powf(a + b, -a) * Float::exp(beside_power(a, b))
}

/// The logarithm of [`ratio`].
fn ln_ratio(a: f64, b: f64) -> f64 {
    beside_power(a, b) - a * Float::ln(a + b)
}

fn beside_power(a: f64, b: f64) -> f64 {
    a - (b - 0.5) * Float::ln_1p(a / b) + (stirling(b) - stirling(a + b))
}

/// What Stirling's formula lacks: ln Γ(x) − ((x − ½)·ln x − x + ½·ln 2π).
fn stirling(x: f64) -> f64 {
    let w = 1.0 / (x * x);
    STIRLING.iter().rev().fold(0.0, |sum, term| sum * w + term) / x
}

/// B₂ⱼ / (2j·(2j − 1)) for j from 1, the coefficients of x¹⁻²ʲ.
const STIRLING: [f64; 8] = [
    0.083_333_333_333_333_33,
    -0.002_777_777_777_777_778,
    0.000_793_650_793_650_793_7,
    -0.000_595_238_095_238_095_3,
    0.000_841_750_841_750_841_7,
    -0.001_917_526_917_526_917_5,
    0.006_410_256_410_256_41,
    -0.029_550_653_594_771_242,
];
