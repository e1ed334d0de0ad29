//! Uniform floats on [0, 1) and on any finite range.

use core::ops::Range;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use num_traits::Float;

use super::bits::{Draw, Stream};
use super::error::Error;
use super::key::Key;
use super::sample::{Distribution, Sample};

// Both floats below: random bits as the fraction of a float in [1, 2), whose spacing is even, and 1
// taken away, which is exact.

impl Draw for f32 {
    #[inline]
    fn draw(stream: &Stream, i: u64) -> Self {
        let fraction = u32::draw(stream, i) >> 9;
        Self::from_bits(1.0_f32.to_bits() | fraction) - 1.0
    }
}

impl Draw for f64 {
    #[inline]
    fn draw(stream: &Stream, i: u64) -> Self {
        let fraction = u64::draw(stream, i) >> 12;
        Self::from_bits(1.0_f64.to_bits() | fraction) - 1.0
    }
}

/// A float that is drawn on [0, 1): `f32` or `f64`.
pub trait UnitFloat: Float + Draw + Sample<Element = Self> {}

impl UnitFloat for f32 {}
impl UnitFloat for f64 {}

/// The uniform distribution on [0, 1): that of [`uniform`].
///
/// JAX: `jax.random.uniform(key, shape, dtype)`.
///
/// ```
/// use tangents::random::{Distribution, Key, StandardUniform};
///
/// let x: f32 = StandardUniform.sample(Key::new(137));
/// assert_eq!(x, 0.38019323);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct StandardUniform;

impl<T: UnitFloat> Distribution<T> for StandardUniform {
    #[inline]
    fn elements(&self, key: Key, len: u64) -> impl Fn(u64) -> T {
        let stream = Stream::new(key, len);
        move |i| T::draw(&stream, i)
    }
}

/// The uniform distribution on a range.
///
/// With f uniform on [0, 1), an element is f · (high − low) + low, product and sum rounded once,
/// everything in the precision of `T`. That rounding can reach `high` itself where the range is
/// narrow beside its bounds, as in JAX.
///
/// Subnormal numbers count as zero, in the bounds and in the result, as they do for the compiler
/// behind JAX on a CPU.
///
/// JAX: `jax.random.uniform(key, shape, dtype, minval=low, maxval=high)`.
///
/// ```
/// use tangents::random::{Distribution, Key, Uniform};
///
/// let signed = Uniform::new(-1.0..1.0)?;
/// let x: [f32; 2] = signed.sample(Key::new(137));
/// assert_eq!(x, [-0.23961353, 0.96575546]);
///
/// let mut matrix = [[0.0_f32; 10]; 20];
/// signed.fill(Key::new(137), &mut matrix);
/// assert_eq!(matrix[0][..2], x);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform<T> {
    low: T,
    span: T,
}

impl<T: UnitFloat> Uniform<T> {
    /// The uniform distribution on `low..high`.
    ///
    /// # Errors
    ///
    /// [`Error::NonFiniteRange`] if a bound is infinite or NaN or high − low overflows;
    /// [`Error::EmptyRange`] if not low < high. JAX checks neither.
    ///
    /// ```
    /// use tangents::random::{Error, Uniform};
    ///
    /// assert!(Uniform::new(-5.25..3.1).is_ok());
    /// assert_eq!(Uniform::new(1.0..-1.0), Err(Error::EmptyRange));
    /// assert_eq!(Uniform::new(f32::MIN..f32::MAX), Err(Error::NonFiniteRange));
    /// ```
    pub fn new(range: Range<T>) -> Result<Self, Error> {
        // An infinite or NaN bound makes the span so too.
        if !(range.end - range.start).is_finite() {
            return Err(Error::NonFiniteRange);
        }
        if range.is_empty() {
            return Err(Error::EmptyRange);
        }
        let (low, high) = (flush(range.start), flush(range.end));
        Ok(Self { low, span: flush(high - low) })
    }
}

impl<T: UnitFloat> Distribution<T> for Uniform<T> {
    #[inline]
    fn elements(&self, key: Key, len: u64) -> impl Fn(u64) -> T {
        let stream = Stream::new(key, len);
        // Not `f * span + low`: rounded twice, 20 to 45 % of the elements are an ulp from JAX's.
        // JAX's maximum with `low` is left out: rounding is monotone, so nothing is below it.
        move |i| flush(T::draw(&stream, i).mul_add(self.span, self.low))
    }
}

/// Zero for a subnormal number, of the same sign.
#[inline]
fn flush<T: Float>(x: T) -> T {
    if x.is_subnormal() { T::zero().copysign(x) } else { x }
}

/// Draws `f32` or `f64` uniform on [0, 1), or nested arrays of one of them.
///
/// An element is k · 2⁻²³ with k uniform in 0 … 2²³ − 1, at `f64` k · 2⁻⁵² with k in 0 … 2⁵² − 1:
/// 0 occurs, 1 doesn't. For other ranges see [`Uniform`].
///
/// JAX: `jax.random.uniform(key, shape, dtype)`; `[[f32; 10]; 20]` is `shape=(20, 10)`.
///
/// ```
/// use tangents::random::{Key, uniform};
///
/// let [key1, key2] = Key::new(137).split();
/// let input: [f32; 10] = uniform(key1);
/// let trans_matrix: [[f32; 10]; 20] = uniform(key2);
/// assert_eq!(input[..2], [0.8426746, 0.66144943]);
/// assert_eq!(trans_matrix[0][..2], [0.59226644, 0.69235194]);
/// ```
#[inline]
pub fn uniform<S: Sample<Element: UnitFloat>>(key: Key) -> S {
    StandardUniform.sample(key)
}

/// Overwrites a slice of floats, or of arrays of them, with uniform ones on [0, 1).
///
/// JAX: `jax.random.uniform(key, (out.len(),), dtype)`.
///
/// ```
/// use tangents::random::{Key, uniform, uniform_fill};
///
/// let key = Key::new(137);
/// let mut buffer = [0.0_f64; 4];
/// uniform_fill(key, &mut buffer);
/// assert_eq!(buffer, uniform::<[f64; 4]>(key));
/// ```
#[inline]
pub fn uniform_fill<S: Sample<Element: UnitFloat>>(key: Key, out: &mut [S]) {
    StandardUniform.fill(key, out);
}

/// Draws a vector of `n` floats, or of `n` arrays of them, uniform on [0, 1). Needs the feature
/// `alloc`.
///
/// JAX: `jax.random.uniform(key, (n,), dtype)`.
///
/// ```
/// use tangents::random::{Key, uniform, uniform_vec};
///
/// let key = Key::new(137);
/// let rows: Vec<[f32; 10]> = uniform_vec(key, 20);
/// assert_eq!(rows, uniform::<[[f32; 10]; 20]>(key));
/// ```
#[cfg(feature = "alloc")]
#[inline]
pub fn uniform_vec<S: Sample<Element: UnitFloat>>(key: Key, n: usize) -> Vec<S> {
    StandardUniform.sample_vec(key, n)
}
