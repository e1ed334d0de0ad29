//! Values around the normal distribution Φ: its logarithm, its inverse, and the hazard rate φ/(1 − Φ).

use core::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI, SQRT_2};

use num_traits::Float;

use super::erf;
use crate::real::Real;

/// What 1/√2 has beyond the nearest `f64`.
const FRAC_1_SQRT_2_LOW: f64 = -4.833_646_656_726_457e-17;

/// ln √(2π)
const HALF_LN_2PI: f64 = 0.918_938_533_204_672_7;

/// Below this Φ is near the smallest number.
const TAIL: f64 = -37.0;

/// Φ(x) = erfc(−x/√2)/2
pub(super) fn ndtr(x: f64) -> f64 {
    let t = -x * FRAC_1_SQRT_2;
    let value = 0.5 * libm::erfc(t);
    if !(0.5..=40.0).contains(&t) {
        return value;
    }
    // A rounding of t is 2t² roundings of the tail.
    let lost = Float::mul_add(-x, FRAC_1_SQRT_2, -t) - x * FRAC_1_SQRT_2_LOW;
    value - 0.5 * FRAC_2_SQRT_PI * Float::exp(-t * t) * lost
}

/// ln Φ(x)
pub(super) fn log_ndtr(x: f64) -> f64 {
    if x > 0.0 {
        Float::ln_1p(-ndtr(-x))
    } else if x > TAIL || x.is_nan() {
        Float::ln(ndtr(x))
    } else {
        // φ(x)/h(−x)
        -0.5 * x * x - (HALF_LN_2PI + Float::ln(hazard(-x)))
    }
}

/// The x with Φ(x) = p.
///
/// Near ½ it is √2·erf⁻¹(2p − 1). In the tails Halley's method finds the root of ln Φ, whose slope is the hazard rate: a
/// first estimate has two digits, and each step triples them.
pub(super) fn ndtri(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    // 1 − p is exact from ½ on.
    let (q, sign) = if p > 0.5 { (1.0 - p, 1.0) } else { (p, -1.0) };
    if q == 0.0 {
        return f64::INFINITY.copysign(sign);
    }
    if q > 0.25 {
        return SQRT_2 * erf::erf_inv(2.0 * p - 1.0);
    }
    let log = Float::ln(q);
    // Abramowitz and Stegun 26.2.22
    let t = Float::sqrt(-2.0 * log);
    let mut z = t - (2.30753 + 0.27061 * t) / (1.0 + t * (0.99229 + 0.04481 * t));
    for _ in 0..3 {
        let h = hazard(z);
        let step = (log_ndtr(-z) - log) / h;
        // Of g = ln Φ(−z) the second derivative is −h·(h − z).
        z += step / (1.0 - 0.5 * step * (h - z));
    }
    z * sign
}

/// h(z) on 0 ≤ z ≤ 3 in powers of z − 1.5: interpolation in the Chebyshev points, error 1e-17, of the third derivative
/// 1e-16.
const HAZARD: [f64; 33] = [
    1.938_677_166_622_543,
    0.850_453_406_449_797_3,
    0.041_575_962_211_963_566,
    -0.009_447_205_328_095_875,
    0.001_670_380_160_854_140_7,
    -0.000_184_392_885_979_982_22,
    -8.856_615_848_039_958e-6,
    1.112_106_704_399_448e-5,
    -3.332_802_186_278_431_4e-6,
    6.010_333_420_404_076e-7,
    -4.310_483_121_587_639e-8,
    -1.491_355_551_295_69e-8,
    7.308_345_826_009_978e-9,
    -1.782_757_727_847_560_8e-9,
    2.498_986_035_438_025_3e-10,
    3.406_250_285_383_262e-12,
    -1.386_088_630_374_039_3e-11,
    4.650_211_133_761_86e-12,
    -9.139_015_047_223_13e-13,
    8.155_426_692_691_953e-14,
    1.814_065_345_428_090_5e-14,
    -1.047_770_848_827_552_9e-14,
    2.726_014_816_901_387e-15,
    -4.145_380_553_950_702_5e-16,
    5.502_546_332_068_723_6e-18,
    1.873_229_022_405_313e-17,
    -6.829_331_696_733_478_4e-18,
    1.569_035_617_855_616_7e-18,
    -1.925_807_755_642_041_4e-19,
    -4.135_499_794_583_949_4e-20,
    2.307_249_573_501_043_5e-20,
    -2.561_846_823_256_288e-21,
    -1.459_393_266_723_784_7e-22,
];

/// From here on the continued fraction of the hazard rate is short.
const FRACTION: f64 = 3.0;

/// The hazard rate h(z) = φ(z)/(1 − Φ(z)) of z ≥ 0, on every number, in two forms that are good to every order: its own
/// derivative h′ = h·(h − z) cancels, since h − z is near 1/z.
///
/// For small z it is a polynomial, for larger ones the continued fraction of Laplace (DLMF 7.9.1), of positive terms:
/// `z + 1/(z + 2/(z + 3/(z + …)))`.
pub(crate) fn hazard<T: Real>(z: T) -> T {
    if z < T::lit(FRACTION) {
        let t = z - T::lit(1.5);
        return HAZARD.iter().rev().fold(T::zero(), |sum, &c| sum * t + T::lit(c));
    }
    // As many terms as the third derivative needs.
    let mut terms = 24.0;
    for (bound, more) in [(12.0, 8.0), (6.0, 20.0), (4.0, 24.0)] {
        if z < T::lit(bound) {
            terms += more;
        }
    }
    // What is left out is near z/2 + √(z²/4 + terms).
    let mut fraction = z * T::lit(0.5) + T::lit(terms).sqrt();
    while terms > 0.0 {
        fraction = z + T::lit(terms) / fraction;
        terms -= 1.0;
    }
    fraction
}
