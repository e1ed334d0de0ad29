//! What a sample is, and how a distribution fills one: the machinery that all samplers share.

use core::array;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::key::Key;

/// A container of random elements whose shape is known from its type: a scalar, an array, an array
/// of arrays.
///
/// Elements are counted in row-major order, so `[[f32; 10]; 20]` is JAX's `shape=(20, 10)`, and a
/// scalar is `shape=()`. The trait is open: implement it for a structure of parameters to draw one
/// whole.
///
/// ```
/// use tangents::random::{Key, Sample, uniform};
///
/// #[derive(Debug, PartialEq)]
/// struct Layer {
///     weights: [[f64; 3]; 2],
///     bias: [f64; 2],
/// }
///
/// impl Sample for Layer {
///     type Element = f64;
///     const LEN: u64 = 8;
///
///     fn from_elements(first: u64, element: &impl Fn(u64) -> f64) -> Self {
///         Layer {
///             weights: Sample::from_elements(first, element),
///             bias: Sample::from_elements(first + 6, element),
///         }
///     }
/// }
///
/// let key = Key::new(0);
/// let layer: Layer = uniform(key);
/// let flat: [f64; 8] = uniform(key);
/// assert_eq!(layer.weights, [[flat[0], flat[1], flat[2]], [flat[3], flat[4], flat[5]]]);
/// assert_eq!(layer.bias, [flat[6], flat[7]]);
/// ```
pub trait Sample: Sized {
    /// The type of one element.
    type Element;

    /// The number of elements.
    const LEN: u64;

    /// Builds the container from the elements `first`, …, `first + LEN − 1` of a larger whole.
    ///
    /// `element` is a pure function of the index: the order of the calls is free.
    fn from_elements(first: u64, element: &impl Fn(u64) -> Self::Element) -> Self;
}

macro_rules! scalars {
    ($($scalar:ty)*) => {$(
        impl Sample for $scalar {
            type Element = $scalar;
            const LEN: u64 = 1;

            #[inline]
            fn from_elements(first: u64, element: &impl Fn(u64) -> $scalar) -> $scalar {
                element(first)
            }
        }
    )*};
}

scalars! { u8 u16 u32 u64 f32 f64 }

impl<S: Sample, const N: usize> Sample for [S; N] {
    type Element = S::Element;
    const LEN: u64 = N as u64 * S::LEN;

    #[inline]
    fn from_elements(first: u64, element: &impl Fn(u64) -> S::Element) -> Self {
        array::from_fn(|i| S::from_elements(first + i as u64 * S::LEN, element))
    }
}

/// A distribution of random elements of type `T`: a pure function of key, number of elements and
/// index.
///
/// What a distribution defines is [`elements`](Distribution::elements). The three ways to draw
/// follow from it, by where the sample goes: a value whose type gives the shape
/// ([`sample`](Distribution::sample)), a slice ([`fill`](Distribution::fill)), a vector
/// ([`sample_vec`](Distribution::sample_vec)). All three give the same elements.
///
/// ```
/// use tangents::random::{Distribution, Key, StandardUniform};
///
/// let key = Key::new(137);
/// let whole: [[f32; 3]; 2] = StandardUniform.sample(key);
///
/// let mut rows = [[0.0_f32; 3]; 2];
/// StandardUniform.fill(key, &mut rows);
/// assert_eq!(rows, whole);
///
/// let element = StandardUniform.elements(key, 6);
/// assert_eq!(whole[1][2], element(5));
/// ```
pub trait Distribution<T> {
    /// The elements of a sample of `len` elements, as a function of their row-major index.
    ///
    /// Any element can be had without the others, in any order and on any thread. In
    /// [`Layout::Partitionable`](super::Layout::Partitionable) it doesn't depend on `len`.
    ///
    /// An index that isn't below `len` has no meaning: the function may panic or return anything.
    fn elements(&self, key: Key, len: u64) -> impl Fn(u64) -> T;

    /// Draws a value whose type gives the shape.
    ///
    /// JAX: `shape=` the lengths of the nested arrays, outermost first.
    #[inline]
    fn sample<S: Sample<Element = T>>(&self, key: Key) -> S {
        S::from_elements(0, &self.elements(key, S::LEN))
    }

    /// Overwrites a slice, of elements or of arrays of them.
    ///
    /// JAX: `shape=(out.len(),)`, followed by the shape of `S`.
    #[inline]
    fn fill<S: Sample<Element = T>>(&self, key: Key, out: &mut [S]) {
        let element = self.elements(key, out.len() as u64 * S::LEN);
        for (i, sample) in out.iter_mut().enumerate() {
            *sample = S::from_elements(i as u64 * S::LEN, &element);
        }
    }

    /// Draws a vector of `n` elements, or of `n` arrays of them. Needs the feature `alloc`.
    ///
    /// JAX: `shape=(n,)`, followed by the shape of `S`.
    #[cfg(feature = "alloc")]
    #[inline]
    fn sample_vec<S: Sample<Element = T>>(&self, key: Key, n: usize) -> Vec<S> {
        let n = n as u64;
        let element = self.elements(key, n * S::LEN);
        (0..n).map(|i| S::from_elements(i * S::LEN, &element)).collect()
    }
}
