//! Values of Lambert's W: the solutions w of w·eʷ = x.
//!
//! Corless, Gonnet, Hare, Jeffrey and Knuth 1996, *On the Lambert W function*: the series at the branch point is their
//! (4.22), whose sum is the first estimate a little farther away, and the logarithms begin their series at infinity.
//! The iteration is that of Fritsch, Shafer and Crowley 1973, *Algorithm 443*, whose step multiplies the digits by four.

use core::f64::consts::E;

use num_traits::Float;

/// What e has beyond the nearest `f64`.
const E_LOW: f64 = 1.445_646_891_729_250_2e-16;

/// W = Σ μₖpᵏ with p = ±√(2(e·x + 1)), k from 0.
const AT_THE_BRANCH_POINT: [f64; 26] = [
    -1.0,
    1.0,
    -0.333_333_333_333_333_3,
    0.152_777_777_777_777_8,
    -0.079_629_629_629_629_63,
    0.044_502_314_814_814_814,
    -0.025_984_714_873_603_76,
    0.015_635_632_532_333_92,
    -0.009_616_892_024_299_432,
    0.006_014_543_252_956_118,
    -0.003_811_298_034_891_999_3,
    0.002_440_877_991_143_982_6,
    -0.001_576_930_344_686_784_1,
    0.001_026_263_320_507_607_1,
    -0.000_672_061_631_156_136_2,
    0.000_442_473_061_814_620_9,
    -0.000_292_677_224_729_627_46,
    0.000_194_387_276_054_539_33,
    -0.000_129_574_266_852_748_83,
    8.665_035_805_208_128e-5,
    -5.811_360_750_441_382e-5,
    3.907_668_486_743_905e-5,
    -2.633_806_474_723_11e-5,
    1.779_034_580_507_958_6e-5,
    -1.204_035_273_955_997_7e-5,
    8.163_531_982_496_613e-6,
];

/// Within this |p| the series has all digits.
const RADIUS: f64 = 0.3;

fn series(p: f64) -> f64 {
    AT_THE_BRANCH_POINT.iter().rev().fold(0.0, |sum, mu| sum * p + mu)
}

/// √(2(e·x + 1)), with a product that is exact where it cancels; NaN below −1/e.
fn distance(x: f64) -> f64 {
    let sum = Float::mul_add(E, x, 1.0) + E_LOW * x;
    // The f64 nearest to −1/e lies within a rounding of it and stands for it.
    if Float::abs(sum) < 1e-16 { 0.0 } else { Float::sqrt(2.0 * sum) }
}

/// Steps of Fritsch, Shafer and Crowley from the estimate `w`.
fn refined(x: f64, mut w: f64) -> f64 {
    for _ in 0..3 {
        let ratio = x / w;
        // The quotient of a number near the smallest would be rounded as a subnormal.
        let log = if ratio < 1e-290 {
            Float::ln(Float::abs(x)) - Float::ln(Float::abs(w))
        } else {
            Float::ln(ratio)
        };
        let z = log - w;
        let q = 2.0 * (1.0 + w) * (1.0 + w + z * (2.0 / 3.0));
        w += w * (z / (1.0 + w) * ((q - z) / (q - 2.0 * z)));
    }
    w
}

/// The branch that passes through the origin, W₀ ≥ −1.
pub(super) fn lambert_w0(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() || x == f64::INFINITY {
        return x;
    }
    if Float::abs(x) < 1e-9 {
        return x - x * x;
    }
    let p = distance(x);
    if p <= RADIUS || p.is_nan() {
        return series(p);
    }
    let estimate = if x < -0.2 {
        series(p)
    } else {
        // Winitzki 2003, *Uniform approximations for transcendental functions*: two digits everywhere.
        let l = Float::ln_1p(x);
        l * (1.0 - Float::ln_1p(l) / (2.0 + l))
    };
    refined(x, estimate)
}

/// The branch W₋₁ ≤ −1, on −1/e ≤ x < 0.
pub(super) fn lambert_wm1(x: f64) -> f64 {
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    // NaN for positive numbers and below −1/e.
    let p = if x < 0.0 { distance(x) } else { f64::NAN };
    if p <= RADIUS || p.is_nan() {
        return series(-p);
    }
    let log = Float::ln(-x);
    let estimate = if x < -0.1 { series(-p) } else { log - Float::ln(-log) };
    refined(x, estimate)
}
