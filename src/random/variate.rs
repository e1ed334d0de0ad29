//! The numbers that a sample may consist of: floats, and what carries derivatives over them.

use num_traits::Float;

use super::bits::Word;
use super::sample::Sample;
use super::xla::Xla;
use crate::real::Real;

/// A float that is drawn itself: `f32` or `f64`.
pub trait UnitFloat: Variate<Plain = Self> + Xla {
    /// The random bits that a number takes: as many as it has itself.
    type Bits: Word;

    /// The number on [0, 1) that is made of random bits: k·2⁻²³ with k the leading 23 bits, k·2⁻⁵² with 52 at `f64`.
    fn unit(bits: Self::Bits) -> Self;

    /// The next number above.
    fn above(self) -> Self;

    /// The next number below.
    fn below(self) -> Self;
}

macro_rules! unit_floats {
    ($($float:ty: $bits:ty, $dropped:literal;)*) => {$(
        impl UnitFloat for $float {
            type Bits = $bits;

            #[inline]
            fn unit(bits: $bits) -> Self {
                // The bits as the fraction of a float in [1, 2), whose spacing is even, and 1 taken away, which is exact.
                let one: $float = 1.0;
                Self::from_bits(one.to_bits() | bits >> $dropped) - one
            }

            #[inline]
            fn above(self) -> Self {
                self.next_up()
            }

            #[inline]
            fn below(self) -> Self {
                self.next_down()
            }
        }
    )*};
}

unit_floats! {
    f32: u32, 9;
    f64: u64, 12;
}

/// A number that is drawn, or that a distribution has as parameter: `f32`, `f64`, or a dual number over one of them.
///
/// What is drawn is always a float; over it, a dual number is the constant with that value. Where a distribution has
/// dual parameters its samples are *reparameterised*: they are differentiable functions of the parameters at fixed
/// random bits, and the sample of a dual is the plain sample with its derivatives (pathwise derivatives; Kingma and
/// Welling 2014, and for shape parameters Figurnov, Mohamed and Mnih 2018).
///
/// ```
/// use tangents::random::{Distribution, Key, Normal, Variate, normal};
/// use tangents::derivative;
///
/// // d/dσ E[(σ·z)²] = 2σ, estimated by the derivative of a sample.
/// fn second_moment<T: Variate>(sigma: T) -> T {
///     let noise: [T; 1000] = Normal::new(T::zero(), sigma).unwrap().sample(Key::new(0));
///     T::sum(noise.map(|x| x * x)) / T::lit(1000.0)
/// }
/// let estimate: f64 = derivative(second_moment, 1.5);
/// assert!((estimate - 3.0).abs() < 0.3);
/// ```
pub trait Variate: Real + Sample<Element = Self> {
    /// The float that is drawn.
    type Plain: UnitFloat;

    /// The constant with this value.
    fn lift(x: Self::Plain) -> Self;

    /// The value.
    fn plain(self) -> Self::Plain;

    /// The number with this value whose derivatives in the parameters are those that `slopes` gives.
    ///
    /// On a plain number there is nothing to do; on a dual one the slopes are evaluated one level below, which gives
    /// every order.
    fn implicit<const P: usize>(
        params: [Self; P],
        value: Self::Plain,
        slopes: &impl Slopes<Self::Plain, P>,
    ) -> Self;
}

/// The partial derivatives of a sample over the floats `F` in `P` parameters, at fixed random bits, as functions of
/// parameters and sample.
///
/// Written on any [`Variate`], they are differentiated themselves where a higher order is asked for; so they must be
/// made of operations on `T` alone.
pub trait Slopes<F, const P: usize> {
    /// `∂y/∂pᵢ` at the parameters `params`, where the sample is `y`.
    fn slopes<T: Variate<Plain = F>>(&self, params: [T; P], y: T) -> [T; P];
}

macro_rules! plain {
    ($($float:ty)*) => {$(
        impl Variate for $float {
            type Plain = Self;

            #[inline]
            fn lift(x: Self) -> Self {
                x
            }

            #[inline]
            fn plain(self) -> Self {
                self
            }

            #[inline]
            fn implicit<const P: usize>(_: [Self; P], value: Self, _: &impl Slopes<Self, P>) -> Self {
                value
            }
        }
    )*};
}

plain! { f32 f64 }

/// Zero for a subnormal number, of the same sign.
#[inline]
pub(super) fn flush<T: Float>(x: T) -> T {
    if x.is_subnormal() { T::zero().copysign(x) } else { x }
}
