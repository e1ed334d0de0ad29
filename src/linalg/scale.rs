//! Sizes, and powers of 2 that bring numbers near 1, where neither squares nor products with what is tiny leave the range. A power of 2
//! changes no digit.

use crate::rules::Number;

/// The golden ratio, whose multiples fill (0, 1) evenly.
pub(crate) const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// The largest size; by values, since `max` has a kink. A NaN counts for nothing.
#[cfg(feature = "alloc")]
pub(crate) fn largest<P: Number>(values: impl IntoIterator<Item = P>) -> P {
    values.into_iter().fold(P::zero(), |largest, x| if x.abs() > largest { x.abs() } else { largest })
}

/// The power of 2 that brings a number of this size near 1, or 1 if there is none. Of a subnormal one it's the largest that is sure to
/// be a number.
#[inline]
pub(crate) fn power_of_2<P: Number>(size: P) -> P {
    const EXPONENT: u64 = 0x7FF << 52;
    let smallest = P::min_positive_value();
    let size = if P::zero() < size && size < smallest { smallest } else { size };
    let power = f64::from_bits(size.to_f64().unwrap_or(1.0).to_bits() & EXPONENT);
    let scale = P::lit(power.recip());
    if scale > P::zero() && scale.is_finite() { scale } else { P::one() }
}
