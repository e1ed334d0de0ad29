//! Values of the inverse error function.

use core::f64::consts::FRAC_2_SQRT_PI;

use num_traits::Float;

/// The y with erf y = x.
///
/// A first estimate with three digits (Winitzki 2008, *A handy approximation for the error function and its inverse*),
/// and Halley's steps, each of which triples the digits. Beyond ½ the residual is taken of erfc, where 1 − x is exact
/// and nothing cancels.
pub(super) fn erf_inv(x: f64) -> f64 {
    let size = Float::abs(x);
    if size >= 1.0 {
        return if size == 1.0 { f64::INFINITY.copysign(x) } else { f64::NAN };
    }
    if size < 1e-9 {
        // The next term is πx²/12 of it.
        return x / FRAC_2_SQRT_PI;
    }
    let log = Float::ln_1p(-size * size);
    let b = 4.330_746_750_799_873 + log * 0.5; // 2/(π·0.147)
    let mut y = Float::sqrt(Float::sqrt(b * b - log / 0.147) - b);
    for _ in 0..3 {
        let residual = if size < 0.5 { libm::erf(y) - size } else { (1.0 - size) - libm::erfc(y) };
        let step = residual / (FRAC_2_SQRT_PI * Float::exp(-y * y));
        y -= step / (1.0 + y * step);
    }
    y.copysign(x)
}
