//! Values around eˣ and sin x: the logistic family and the sinc functions.

use core::f64::consts::{LN_2, PI};

use num_traits::Float;

/// 1 / (1 + e⁻ˣ), from the exponential that doesn't overflow.
pub(super) fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + Float::exp(-x))
    } else {
        let e = Float::exp(x);
        e / (1.0 + e)
    }
}

/// ln(x / (1 − x)); near ½, where the quotient is near 1, by `ln_1p` of its distance from 1.
pub(super) fn logit(x: f64) -> f64 {
    if x > 0.25 && x < 0.75 {
        // 2x − 1 is exact.
        Float::ln_1p((2.0 * x - 1.0) / (1.0 - x))
    } else {
        Float::ln(x / (1.0 - x))
    }
}

/// ln(1 + eˣ)
pub(super) fn softplus(x: f64) -> f64 {
    let tail = Float::ln_1p(Float::exp(-Float::abs(x)));
    if x > 0.0 { x + tail } else { tail }
}

/// ln(1 − e⁻ˣ) in two forms, as Mächler (2012, *Accurately computing log(1 − exp(−|a|))*) divides them.
pub(super) fn log1mexp(x: f64) -> f64 {
    if x <= LN_2 { Float::ln(-Float::exp_m1(-x)) } else { Float::ln_1p(-Float::exp(-x)) }
}

/// ln(eᵃ + eᵇ)
pub(super) fn logaddexp(a: f64, b: f64) -> f64 {
    if a == b {
        return a + LN_2; // also of equal infinities
    }
    let tail = Float::ln_1p(Float::exp(-Float::abs(a - b)));
    if a > b { a + tail } else { b + tail }
}

/// x·ln y, and 0 at x = 0
pub(super) fn xlogy(x: f64, y: f64) -> f64 {
    if x == 0.0 && !y.is_nan() { 0.0 } else { x * Float::ln(y) }
}

/// x·ln(1 + y), and 0 at x = 0
pub(super) fn xlog1py(x: f64, y: f64) -> f64 {
    if x == 0.0 && !y.is_nan() { 0.0 } else { x * Float::ln_1p(y) }
}

/// sin(x) / x
pub(super) fn sinc(x: f64) -> f64 {
    if x == 0.0 {
        1.0
    } else if x.is_infinite() {
        0.0
    } else {
        Float::sin(x) / x
    }
}

/// cos √x, or cosh √−x
pub(super) fn cos_sqrt(x: f64) -> f64 {
    let root = Float::sqrt(Float::abs(x));
    if x < 0.0 { Float::cosh(root) } else { Float::cos(root) }
}

/// sin(πx) / (πx), the sine of the exact fraction of the turn.
pub(super) fn normalized_sinc(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    if x.is_infinite() {
        return 0.0;
    }
    let k = Float::round(x);
    let sin = Float::sin(PI * (x - k));
    let odd = k % 2.0 != 0.0;
    (if odd { -sin } else { sin }) / (PI * x)
}
