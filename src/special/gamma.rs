//! Values of the gamma family beyond the gamma function itself: ψ and its derivatives.

use core::f64::consts::PI;

use num_traits::Float;

/// The root of ψ between 1 and 2, in two parts.
const ROOT: (f64, f64) = (1.461_632_144_968_362_2, 9.549_995_429_965_697e-17);

/// ψ(x) / (x − root) on 1 ≤ x ≤ 2 in powers of x − 1.5: interpolation in the Chebyshev points, error 3e-18.
const NEAR_THE_ROOT: [f64; 23] = [
    0.951_055_876_031_832_8,
    -0.423_627_421_281_460_6,
    0.240_542_484_240_786_97,
    -0.148_404_923_053_880_92,
    0.094_988_724_452_890_39,
    -0.061_922_133_275_488_31,
    0.040_760_833_940_846_085,
    -0.026_975_796_659_787_055,
    0.017_907_248_317_313_294,
    -0.011_908_220_105_959_716,
    0.007_927_021_796_868_154,
    -0.005_279_937_255_532_708,
    0.003_518_106_563_802_472,
    -0.002_345_494_739_738_083_3,
    0.001_563_369_631_365_350_4,
    -0.001_036_458_481_731_283_9,
    0.000_690_925_576_128_298_6,
    -0.000_485_950_392_200_362_54,
    0.000_323_959_454_013_451_96,
    -0.000_144_806_433_680_616_14,
    9.653_646_261_410_062e-5,
    -0.000_178_218_854_885_592_3,
    0.000_118_812_329_085_103_35,
];

/// B₂ⱼ / (2j) for j from 1, where B are Bernoulli's numbers: ψ(x) ~ ln x − 1/(2x) − Σ B₂ⱼ/(2j)·x⁻²ʲ.
pub(crate) const BERNOULLI_BY_INDEX: [f64; 10] = [
    0.083_333_333_333_333_33,
    -0.008_333_333_333_333_333,
    0.003_968_253_968_253_968,
    -0.004_166_666_666_666_667,
    0.007_575_757_575_757_576,
    -0.021_092_796_092_796_094,
    0.083_333_333_333_333_33,
    -0.443_259_803_921_568_6,
    3.053_954_330_270_12,
    -26.456_212_121_212_122,
];

/// From here on the asymptotic series of ψ and of ln Γ have all digits.
pub(crate) const LARGE: f64 = 10.0;

/// ψ(x) = Γ′(x)/Γ(x)
pub(super) fn digamma(x: f64) -> f64 {
    if x >= LARGE {
        if x.is_infinite() {
            return x;
        }
        let w = 1.0 / (x * x);
        let series = BERNOULLI_BY_INDEX[..8].iter().rev().fold(0.0, |sum, b| (sum + b) * w);
        Float::ln(x) - (0.5 / x + series)
    } else if x > 2.0 {
        // Down to [1, 2] by ψ(x) = ψ(x − 1) + 1/(x − 1), the subtractions being exact.
        let (mut x, mut sum) = (x, 0.0);
        while x > 2.0 {
            x -= 1.0;
            sum += 1.0 / x;
        }
        sum + near_the_root(x)
    } else if x >= 1.0 {
        near_the_root(x)
    } else if x > 0.0 {
        near_the_root(1.0 + x) - 1.0 / x
    } else if x > -1.0 {
        // At ±0 the limit on its side.
        if x == 0.0 { -1.0 / x } else { near_the_root(2.0 + x) - 1.0 / (1.0 + x) - 1.0 / x }
    } else {
        // The reflection, with the tangent of the exact fraction of the turn; NaN at the poles and at −∞.
        let fraction = x - Float::round(x);
        if fraction == 0.0 || fraction.is_nan() {
            return f64::NAN;
        }
        digamma(1.0 - x) - PI / Float::tan(PI * fraction)
    }
}

fn near_the_root(x: f64) -> f64 {
    let t = x - 1.5;
    let quotient = NEAR_THE_ROOT.iter().rev().fold(0.0, |sum, c| sum * t + c);
    (x - ROOT.0 - ROOT.1) * quotient
}

/// B₂ⱼ / (2j)! for j from 1.
const BERNOULLI_BY_FACTORIAL: [f64; 12] = [
    0.083_333_333_333_333_33,
    -0.001_388_888_888_888_889,
    3.306_878_306_878_307e-5,
    -8.267_195_767_195_768e-7,
    2.087_675_698_786_81e-8,
    -5.284_190_138_687_493e-10,
    1.338_253_653_068_467_9e-11,
    -3.389_680_296_322_582_7e-13,
    8.586_062_056_277_845e-15,
    -2.174_868_698_558_062e-16,
    5.509_002_828_360_229_5e-18,
    -1.395_446_468_581_252_3e-19,
];

/// n!·ζ(n + 1, a) with Hurwitz' ζ(s, a) = Σ (a + k)⁻ˢ, n ≥ 1 and a > 0, by the Euler–Maclaurin formula (DLMF 25.11.7).
///
/// It is a sum of positive terms; taken in units of the first, a⁻ˢ, no power over- or underflows by itself.
fn factorial_zeta(n: u32, a: f64) -> f64 {
    const NEGLIGIBLE: f64 = 1e-20;
    let power = i32::try_from(n).unwrap_or(i32::MAX).saturating_add(1);
    let s = f64::from(n) + 1.0;
    let large = 12.0 + 0.5 * s;
    let in_units = |k: f64| Float::powi(a / (a + k), power);
    let mut terms = 0.0;
    while a + terms < large && in_units(terms) > NEGLIGIBLE {
        terms += 1.0;
    }
    let end = a + terms;
    let w = 1.0 / (end * end);
    // s·(s+1)…(s+2j−2)·end¹⁻²ʲ, two factors more with each j.
    let mut factor = s / end;
    let mut summands = [0.0; BERNOULLI_BY_FACTORIAL.len()];
    for ((j, b), summand) in (1..).zip(BERNOULLI_BY_FACTORIAL).zip(&mut summands) {
        *summand = b * factor;
        let next = s + 2.0 * f64::from(j) - 1.0;
        factor *= next * (next + 1.0) * w;
    }
    // The smallest terms first.
    let mut sum = if end < large {
        0.0
    } else {
        let tail = summands.iter().rev().fold(0.0, |sum, summand| sum + summand);
        (end / (s - 1.0) + (0.5 + tail)) * in_units(terms)
    };
    while terms > 0.0 {
        terms -= 1.0;
        sum += in_units(terms);
    }
    // n!/aⁿ⁺¹ factor by factor.
    sum /= a;
    let mut j = 1.0;
    while j < s && sum != 0.0 && sum < f64::INFINITY {
        sum = sum * j / a;
        j += 1.0;
    }
    sum
}

/// ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹·n!·ζ(n + 1, x); for negative x the sum over the negative x + k is a difference of two ζ.
pub(super) fn polygamma(n: u32, x: f64) -> f64 {
    if n == 0 {
        return digamma(x);
    }
    let odd = n % 2 == 1;
    let zeta = if x.is_nan() {
        x
    } else if x == f64::INFINITY {
        0.0
    } else if x > 0.0 {
        factorial_zeta(n, x)
    } else if x == 0.0 {
        // x⁻ⁿ⁻¹
        if odd { f64::INFINITY } else { 1.0 / x }
    } else {
        let m = Float::ceil(-x);
        let above = x + m; // in [0, 1), and exact but for tiny x
        if above == 0.0 || above.is_nan() {
            return f64::NAN;
        }
        let below = if m == 1.0 { -x } else { 1.0 - above };
        let mirrored = factorial_zeta(n, below) - factorial_zeta(n, 1.0 - x);
        factorial_zeta(n, above) + if odd { mirrored } else { -mirrored }
    };
    if odd { zeta } else { -zeta }
}
