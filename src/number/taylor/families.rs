//! Families of functions whose derivatives are their own members: their Taylor series at a point, from values there.
//!
//! The slope of a Bessel function on a series would ask for its neighbours on that series, those for theirs, and so on
//! without end. So the derivatives are taken at the value alone, and the series composed.

use num_traits::ToPrimitive;

use super::Taylor;
use super::compose::compose;
use super::scale::{scale, shifted};
use super::series::number;
use crate::number::inspect;
use crate::real::Real;
use crate::rules::special_slopes::half;
use crate::special::Special;

/// Members of a family around one of them: those of the K orders below and of the K orders above.
struct Members<T, const K: usize> {
    below: [T; K],
    at: T,
    above: [T; K],
}

impl<T: Real, const K: usize> Members<T, K> {
    /// The members whose order is `shift` away.
    fn new(member: impl Fn(i64) -> T) -> Self {
        let shift = |k: usize| i64::try_from(k).unwrap_or(i64::MAX) + 1;
        Self {
            below: core::array::from_fn(|k| member(-shift(k))),
            at: member(0),
            above: core::array::from_fn(|k| member(shift(k))),
        }
    }

    /// The member that is `i − K` orders away.
    fn get_mut(&mut self, i: usize) -> &mut T {
        match i.checked_sub(K) {
            None => &mut self.below[K - 1 - i],
            Some(0) => &mut self.at,
            Some(above) => &mut self.above[above - 1],
        }
    }

    /// `2ˢᵏ·f⁽ᵏ⁾/k!` of the one in the middle for k from 1, where `slope(i, lower, upper)` is the derivative of the member
    /// that is `i − K` orders away, from its neighbours.
    ///
    /// Each step differentiates all members that still have both neighbours, in place.
    fn coefficients(mut self, s: i32, slope: impl Fn(usize, T, T) -> T) -> [T; K] {
        let mut coefficients = [T::zero(); K];
        for k in 1..=K {
            let mut lower = *self.get_mut(k - 1);
            for i in k..=2 * K - k {
                let upper = *self.get_mut(i + 1);
                let member = self.get_mut(i);
                let derivative = shifted(slope(i, lower, upper), s) / number(k);
                lower = *member;
                *member = derivative;
            }
            coefficients[k - 1] = self.at;
        }
        coefficients
    }
}

/// The order `n` moved by `shift`.
fn moved(n: i32, shift: i64) -> i32 {
    i32::try_from(i64::from(n) + shift).unwrap_or(if shift < 0 { i32::MIN } else { i32::MAX })
}

/// Series of a function whose slope is `(fₙ₋₁ − fₙ₊₁)/2`.
pub(super) fn cylinder<T: Real, const K: usize>(n: i32, s: i32, member: impl Fn(i32) -> T) -> [T; K] {
    Members::new(|shift| member(moved(n, shift))).coefficients(s, |_, lower, upper| half(lower) - half(upper))
}

/// Series of a function whose slope is `(fₙ₋₁ + fₙ₊₁)/2`.
pub(super) fn modified<T: Real, const K: usize>(n: i32, s: i32, member: impl Fn(i32) -> T) -> [T; K] {
    Members::new(|shift| member(moved(n, shift))).coefficients(s, |_, lower, upper| half(lower) + half(upper))
}

/// Series of the spherical Bessel function jₙ, whose slope is `(n·jₙ₋₁ − (n + 1)·jₙ₊₁)/(2n + 1)`.
pub(super) fn spherical<T: Special, const K: usize>(n: u32, x: T, s: i32) -> [T; K] {
    let order = |shift: i64| i64::from(n) + shift;
    let member = |shift| u32::try_from(order(shift)).map_or_else(|_| T::zero(), |n| x.spherical_jn(n));
    // There are none of negative order, and j₀ doesn't need one.
    Members::new(member).coefficients(s, |i, lower, upper| {
        let shift = |i: usize| i64::try_from(i).unwrap_or(i64::MAX);
        match u32::try_from(order(shift(i) - shift(K))) {
            Ok(n) => {
                let n = T::lit(f64::from(n));
                (n * lower - (n + T::one()) * upper) / (n + n + T::one())
            }
            Err(_) => T::zero(),
        }
    })
}

/// Series of jₙ(√x)/(√x)ⁿ, whose slope is −½ of the next one; of order −1 it is cos √x.
pub(super) fn spherical_sqrt<T: Special, const K: usize>(n: i32, x: T, s: i32) -> [T; K] {
    // (−½)ᵏ/k!, on the scale of the factorials
    let (of_factorials, s) = parts::<K>(s);
    let mut factor = T::one();
    core::array::from_fn(|k| {
        factor = factor * shifted(T::lit(-0.5) / number(k + 1), of_factorials);
        let order = i64::from(n) + i64::try_from(k + 1).unwrap_or(i64::MAX);
        scaled(x.spherical_jn_sqrt(u32::try_from(order).unwrap_or(u32::MAX)) * factor, k, s)
    })
}

/// Series of ψ⁽ⁿ⁾, whose derivatives are the polygammas above it.
pub(super) fn polygamma<T: Special, const K: usize>(n: u32, x: T, s: i32) -> [T; K] {
    // k!, on the scale of the factorials
    let (of_factorials, s) = parts::<K>(s);
    let mut factorial = T::one();
    core::array::from_fn(|k| {
        factorial = factorial * shifted(number(k + 1), -of_factorials);
        scaled(x.polygamma(n.saturating_add(u32::try_from(k + 1).unwrap_or(u32::MAX))) / factorial, k, s)
    })
}

/// A scale as that on which factorials stay numbers, as far as it goes, and the rest.
fn parts<const K: usize>(s: i32) -> (i32, i32) {
    let of_factorials = s.clamp(0, const { scale(K).cast_signed() });
    (of_factorials, s - of_factorials)
}

/// `2ˢᵏ·x` for the index k − 1.
fn scaled<T: Real>(x: T, index: usize, s: i32) -> T {
    (0..=index).fold(x, |x, _| shifted(x, s))
}

impl<T: Special, const K: usize> Taylor<T, K> {
    /// The scale that the first coefficient is on, 2ˢ or above.
    ///
    /// On it no power of the coefficients and no f⁽ᵏ⁾/k! over- or underflows sooner than the coefficients of the result do.
    pub(super) fn own_scale(&self) -> i32 {
        let size = self.coefficients.first().and_then(T::to_f64).map_or(0.0, f64::abs);
        let exponent = num_traits::Float::floor(num_traits::Float::log2(size));
        if size.is_normal() { ToPrimitive::to_i32(&exponent).unwrap_or(0) } else { 0 }
    }

    /// A function of value `y` and slope `slope` whose coefficients of higher order are those of `f`, on the scale s; there
    /// are none where there is no slope.
    pub(super) fn compose_from(self, y: T, slope: T, mut f: [T; K], s: i32) -> Self {
        if slope.is_nan() {
            f = [slope; K];
        }
        if let Some(first) = f.first_mut() {
            *first = T::zero();
        }
        // The slope itself needs no scale, on which a coefficient much smaller or larger than the first would be lost.
        let bent = compose(&self.coefficients.map(|c| shifted(c, -s)), &f);
        let coefficients = core::array::from_fn(|k| {
            let along = inspect::scaled(slope, self.coefficients[k]);
            if k == 0 { along } else { along + bent[k] }
        });
        Self::new(y, coefficients)
    }
}

/// The series of the families by their names.
pub(super) mod members {
    use super::{Special, cylinder, modified};

    pub(in super::super) use super::{polygamma, spherical as spherical_jn};

    pub(in super::super) fn spherical_jn_sqrt<T: Special, const K: usize>(n: u32, x: T, s: i32) -> [T; K] {
        super::spherical_sqrt(i32::try_from(n).unwrap_or(i32::MAX), x, s)
    }

    pub(in super::super) fn bessel_jn<T: Special, const K: usize>(n: i32, x: T, s: i32) -> [T; K] {
        cylinder(n, s, |n| x.bessel_jn(n))
    }

    pub(in super::super) fn bessel_yn<T: Special, const K: usize>(n: i32, x: T, s: i32) -> [T; K] {
        cylinder(n, s, |n| x.bessel_yn(n))
    }

    pub(in super::super) fn bessel_in<T: Special, const K: usize>(n: i32, x: T, s: i32) -> [T; K] {
        modified(n, s, |n| x.bessel_in(n))
    }
}
