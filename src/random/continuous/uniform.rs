//! Uniform floats on [0, 1) and on any finite range.

use core::ops::Range;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::random::bits::from_word;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements, Sample};
use crate::random::variate::{Slopes, UnitFloat, Variate, flush};
use num_traits::Float;

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

impl<T: Variate> Distribution<T> for StandardUniform {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        from_word(key, len, |bits| T::lift(T::Plain::unit(bits)))
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
/// The bounds may be dual numbers: ∂x/∂low = 1 − f, ∂x/∂high = f.
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
    high: T,
}

impl<T: Variate> Uniform<T> {
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
        Ok(Self { low: range.start, high: range.end })
    }
}

impl<T: Variate> Distribution<T> for Uniform<T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let bounds = [self.low, self.high];
        let range = PlainRange::new(self.low.plain(), self.high.plain());
        from_word(key, len, move |bits| {
            let fraction = T::Plain::unit(bits);
            T::implicit(bounds, range.at(fraction), &Between(fraction))
        })
    }
}

/// A range of plain floats, prepared for JAX's arithmetic.
#[derive(Clone, Copy, Debug)]
pub(in crate::random) struct PlainRange<T> {
    low: T,
    span: T,
}

impl<T: Float> PlainRange<T> {
    #[inline]
    pub(in crate::random) fn new(low: T, high: T) -> Self {
        let (low, high) = (flush(low), flush(high));
        Self { low, span: flush(high - low) }
    }

    /// The number at a fraction of the range.
    #[inline]
    pub(in crate::random) fn at(self, fraction: T) -> T {
        // Not `f * span + low`: rounded twice, 20 to 45 % of the elements are an ulp from JAX's.
        // JAX's maximum with `low` is left out: rounding is monotone, so nothing is below it.
        flush(fraction.mul_add(self.span, self.low))
    }
}

/// The slopes of (1 − f)·low + f·high in the bounds.
struct Between<T>(T);

impl<F: UnitFloat> Slopes<F, 2> for Between<F> {
    #[inline]
    fn slopes<T: Variate<Plain = F>>(&self, _: [T; 2], _: T) -> [T; 2] {
        let fraction = T::lift(self.0);
        [T::one() - fraction, fraction]
    }
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
pub fn uniform<S: Sample<Element: Variate>>(key: Key<impl Generator>) -> S {
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
pub fn uniform_fill<S: Sample<Element: Variate>>(key: Key<impl Generator>, out: &mut [S]) {
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
pub fn uniform_vec<S: Sample<Element: Variate>>(key: Key<impl Generator>, n: usize) -> Vec<S> {
    StandardUniform.sample_vec(key, n)
}
