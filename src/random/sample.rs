//! What a sample is, and how a distribution fills one: the machinery that all samplers share.

use core::array;
use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use alloc::{vec, vec::Vec};

use super::generator::Generator;
use super::key::Key;
use crate::dispatch::{Job, widest};

/// A container of random elements whose shape is known from its type: a scalar, an array, an array
/// of arrays.
///
/// Elements are counted in row-major order, so `[[f32; 10]; 20]` is JAX's `shape=(20, 10)`, and a
/// scalar is `shape=()`. The trait is open: implement it for a structure of parameters to draw one
/// whole.
///
/// ```
/// use tangents::random::{Elements, Key, Sample, uniform};
///
/// #[derive(Clone, Debug, PartialEq)]
/// struct Layer {
///     weights: [[f64; 3]; 2],
///     bias: [f64; 2],
/// }
///
/// impl Sample for Layer {
///     type Element = f64;
///     const LEN: u64 = 8;
///
///     fn from_elements(first: u64, elements: &impl Elements<f64>) -> Self {
///         Layer {
///             weights: Sample::from_elements(first, elements),
///             bias: Sample::from_elements(first + 6, elements),
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
pub trait Sample: Clone {
    /// The type of one element.
    type Element;

    /// The number of elements.
    const LEN: u64;

    /// Builds the container from the elements `first`, …, `first + LEN − 1` of a larger whole.
    ///
    /// An element is a pure function of its index: the order in which they are asked for is free.
    fn from_elements(first: u64, elements: &impl Elements<Self::Element>) -> Self;

    /// Overwrites containers with the elements from `first` on.
    ///
    /// There is no need to write it: what is provided builds each container by
    /// [`from_elements`](Self::from_elements).
    #[inline]
    fn fill(out: &mut [Self], first: u64, elements: &impl Elements<Self::Element>) {
        for (sample, i) in out.iter_mut().zip(0..) {
            *sample = Self::from_elements(first + i * Self::LEN, elements);
        }
    }
}

macro_rules! scalars {
    ($($scalar:ty)*) => {$(
        impl Sample for $scalar {
            type Element = $scalar;
            const LEN: u64 = 1;

            #[inline]
            fn from_elements(first: u64, elements: &impl Elements<$scalar>) -> $scalar {
                elements.at(first)
            }

            #[inline(always)]
            fn fill(out: &mut [$scalar], first: u64, elements: &impl Elements<$scalar>) {
                elements.write(first, out);
            }
        }
    )*};
}

scalars! { bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64 }

impl<S: Sample, const N: usize> Sample for [S; N] {
    type Element = S::Element;
    const LEN: u64 = N as u64 * S::LEN;

    #[inline]
    fn from_elements(first: u64, elements: &impl Elements<S::Element>) -> Self {
        array::from_fn(|i| S::from_elements(first + i as u64 * S::LEN, elements))
    }

    #[inline(always)]
    fn fill(out: &mut [Self], first: u64, elements: &impl Elements<S::Element>) {
        S::fill(out.as_flattened_mut(), first, elements);
    }
}

/// A container of random elements whose shape is known at run time only: a vector of samples, and with nalgebra
/// `DVector` and `DMatrix`.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tangents::random::{Distribution, Key, StandardUniform};
///
/// let key = Key::new(137);
/// let rows: Vec<[f32; 10]> = StandardUniform.sample_shaped(key, 20);
/// assert_eq!(rows, StandardUniform.sample::<[[f32; 10]; 20]>(key));
/// # }
/// ```
pub trait SampleShaped: Sized {
    /// The type of one element.
    type Element;

    /// What says how many elements there are and how they are arranged.
    type Shape: Copy;

    /// The number of elements of a shape.
    fn len(shape: Self::Shape) -> u64;

    /// Builds the container of this shape from the elements 0, 1, …, in row-major order.
    fn from_elements(shape: Self::Shape, elements: &impl Elements<Self::Element>) -> Self;
}

#[cfg(feature = "alloc")]
impl<S: Sample> SampleShaped for Vec<S> {
    type Element = S::Element;
    type Shape = usize;

    #[inline]
    fn len(n: usize) -> u64 {
        n as u64 * S::LEN
    }

    #[inline(always)]
    fn from_elements(n: usize, elements: &impl Elements<S::Element>) -> Self {
        if n == 0 {
            return Self::new();
        }
        // The first sample everywhere, only so that there is something to overwrite.
        let mut samples = vec![S::from_elements(0, elements); n];
        S::fill(&mut samples, 0, elements);
        samples
    }
}

/// The elements of a sample, each a pure function of its index.
///
/// Every closure `Fn(u64) -> T` is one, so a distribution of your own need not know this trait.
pub trait Elements<T> {
    /// Element `i`.
    ///
    /// An index that isn't below the length of the sample has no meaning: the call may panic or return anything.
    fn at(&self, i: u64) -> T;

    /// Overwrites `out` with the elements `first`, `first + 1`, …
    #[inline]
    fn write(&self, first: u64, out: &mut [T]) {
        for (element, i) in out.iter_mut().zip(first..) {
            *element = self.at(i);
        }
    }
}

impl<T, F: Fn(u64) -> T> Elements<T> for F {
    #[inline]
    fn at(&self, i: u64) -> T {
        self(i)
    }
}

/// A distribution of random elements of type `T`: a pure function of key, number of elements and
/// index.
///
/// What a distribution defines is [`elements`](Distribution::elements). The ways to draw follow from it, by where
/// the sample goes: a value whose type gives the shape ([`sample`](Distribution::sample)), a slice
/// ([`fill`](Distribution::fill)), a vector ([`sample_vec`](Distribution::sample_vec)), another container of run-time
/// shape ([`sample_shaped`](Distribution::sample_shaped)). All give the same elements.
///
/// ```
/// use tangents::random::{Distribution, Elements, Key, StandardUniform};
///
/// let key = Key::new(137);
/// let whole: [[f32; 3]; 2] = StandardUniform.sample(key);
///
/// let mut rows = [[0.0_f32; 3]; 2];
/// StandardUniform.fill(key, &mut rows);
/// assert_eq!(rows, whole);
///
/// let last: f32 = StandardUniform.elements(key, 6).at(5);
/// assert_eq!(whole[1][2], last);
/// ```
///
/// # Parameters that vary from element to element
///
/// JAX broadcasts arrays of parameters. Here, element i of a distribution is drawn with the i-th parameters:
///
/// ```
/// use tangents::random::{Distribution, Elements, Key, Normal};
///
/// let (key, means) = (Key::new(0), [0.0, 10.0, 20.0]);
/// let mut sample = [0.0_f64; 3];
/// for (i, mean) in (0..).zip(means) {
///     sample[i as usize] = Normal::new(mean, 1.0)?.elements(key, 3).at(i);
/// }
/// let noise: [f64; 3] = Normal::new(0.0, 1.0)?.sample(key);
/// assert_eq!(sample, [noise[0], 10.0 + noise[1], 20.0 + noise[2]]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
pub trait Distribution<T> {
    /// The elements of a sample of `len` elements, as a function of their row-major index.
    ///
    /// Any element can be had without the others, in any order and on any thread. In
    /// [`Layout::Partitionable`](super::Layout::Partitionable) it doesn't depend on `len`, but for [`Mode::High`],
    /// which takes its second words from behind the sample, and for [`Poisson`] and [`Binomial`], whose elements JAX
    /// makes functions of the whole sample; they look through all of it first, once for each piece.
    ///
    /// [`Mode::High`]: super::Mode::High
    /// [`Poisson`]: super::Poisson
    /// [`Binomial`]: super::Binomial
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T>;

    /// Draws a value whose type gives the shape.
    ///
    /// JAX: `shape=` the lengths of the nested arrays, outermost first.
    #[inline]
    fn sample<S: Sample<Element = T>>(&self, key: Key<impl Generator>) -> S {
        S::from_elements(0, &self.elements(key, S::LEN))
    }

    /// Draws an array of elements: [`sample`](Self::sample) where the type of an element is to be inferred, as of a
    /// closure's dual number.
    ///
    /// JAX: `shape=(N,)`.
    ///
    /// ```
    /// use tangents::derivative;
    /// use tangents::random::{Distribution, Key, LogNormal};
    ///
    /// let key = Key::new(0);
    /// let slope = derivative(|sigma| LogNormal::new(sigma).unwrap().sample_array::<2>(key)[1], 0.5);
    /// let z = Distribution::<f64>::sample_array::<2>(&LogNormal::new(1.0)?, key)[1].ln();
    /// assert!((slope - z * (0.5 * z).exp()).abs() < 1e-14);
    /// # Ok::<(), tangents::random::Error>(())
    /// ```
    #[inline]
    fn sample_array<const N: usize>(&self, key: Key<impl Generator>) -> [T; N]
    where
        T: Sample<Element = T>,
    {
        self.sample(key)
    }

    /// Overwrites a slice, of elements or of arrays of them.
    ///
    /// JAX: `shape=(out.len(),)`, followed by the shape of `S`.
    #[inline]
    fn fill<S: Sample<Element = T>>(&self, key: Key<impl Generator>, out: &mut [S]) {
        self.fill_piece(key, out.len() as u64 * S::LEN, 0, out);
    }

    /// Overwrites a slice with a piece of a longer sample: of `len` elements, those from element `first` on.
    ///
    /// So a sample can be drawn in pieces, on several threads or machines, with the bits of the sample drawn whole.
    /// With the feature `rayon`, `par_fill` does it.
    ///
    /// ```
    /// use tangents::random::{Distribution, Key, StandardNormal};
    ///
    /// let key = Key::new(0);
    /// let whole: [f64; 10] = StandardNormal.sample(key);
    /// let mut end = [0.0; 4];
    /// StandardNormal.fill_piece(key, 10, 6, &mut end);
    /// assert_eq!(end, whole[6..]);
    /// ```
    #[inline]
    fn fill_piece<S: Sample<Element = T>>(
        &self,
        key: Key<impl Generator>,
        len: u64,
        first: u64,
        out: &mut [S],
    ) {
        widest(Fill { elements: &self.elements(key, len), first, out });
    }

    /// Draws a vector of `n` elements, or of `n` arrays of them. Needs the feature `alloc`.
    ///
    /// JAX: `shape=(n,)`, followed by the shape of `S`.
    #[cfg(feature = "alloc")]
    #[inline]
    fn sample_vec<S: Sample<Element = T>>(&self, key: Key<impl Generator>, n: usize) -> Vec<S> {
        self.sample_shaped(key, n)
    }

    /// Draws a container of a shape that is known at run time only.
    ///
    /// JAX: `shape=shape`.
    #[inline]
    fn sample_shaped<S: SampleShaped<Element = T>>(&self, key: Key<impl Generator>, shape: S::Shape) -> S {
        widest(Build { elements: &self.elements(key, S::len(shape)), shape, to: PhantomData })
    }
}

/// Containers, to be filled with elements.
struct Fill<'a, E, S> {
    elements: &'a E,
    first: u64,
    out: &'a mut [S],
}

impl<S: Sample, E: Elements<S::Element>> Job for Fill<'_, E, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        S::fill(self.out, self.first, self.elements);
    }
}

/// A container, to be built from elements.
struct Build<'a, E, S: SampleShaped> {
    elements: &'a E,
    shape: S::Shape,
    to: PhantomData<S>,
}

impl<S: SampleShaped, E: Elements<S::Element>> Job for Build<'_, E, S> {
    type Output = S;

    #[inline(always)]
    fn run(self) -> S {
        S::from_elements(self.shape, self.elements)
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use core::fmt::Debug;

    use super::*;
    use crate::dispatch::in_every_version;
    use crate::random::{
        Bits, Cauchy, Exponential, Gumbel, Laplace, Layout, Logistic, Mode, StandardNormal, StandardUniform,
        Threefry4x64, TruncatedNormal, Uniform,
    };

    /// A sample drawn whole, as bits.
    struct Draw<'a, D, G, T> {
        distribution: &'a D,
        key: Key<G>,
        to: PhantomData<T>,
    }

    const N: u16 = 3001;

    impl<D: Distribution<T>, G: Generator, T: Sample<Element = T>> Job for Draw<'_, D, G, T> {
        type Output = Vec<T>;

        #[inline(always)]
        fn run(self) -> Vec<T> {
            Vec::from_elements(N.into(), &self.distribution.elements(self.key, N.into()))
        }
    }

    fn check_key<T, G: Generator>(distribution: &impl Distribution<T>, key: Key<G>)
    where
        T: Sample<Element = T> + PartialEq + Debug,
    {
        let elements = distribution.elements(key, N.into());
        let one_by_one: Vec<T> = (0..N.into()).map(|i| elements.at(i)).collect();
        for sample in in_every_version(|| Draw { distribution, key, to: PhantomData }) {
            assert_eq!(sample, one_by_one);
        }
    }

    fn check<T: Sample<Element = T> + PartialEq + Debug>(distribution: &impl Distribution<T>) {
        check_key(distribution, Key::new(9));
        check_key(distribution, Key::new(9).with_layout(Layout::Original));
        check_key(distribution, Key::<Threefry4x64>::from_seed(9));
    }

    #[test]
    fn a_sample_is_the_same_whatever_the_instruction_set_and_whether_drawn_at_once_or_one_by_one() {
        check::<u8>(&Bits);
        check::<u16>(&Bits);
        check::<u32>(&Bits);
        check::<u64>(&Bits);
        macro_rules! check_floats {
            ($($float:ty)*) => {$(
                check::<$float>(&StandardUniform);
                check::<$float>(&Uniform::new(-3.25..7.1).unwrap());
                check::<$float>(&StandardNormal);
                check::<$float>(&Exponential);
                check::<$float>(&Laplace);
                check::<$float>(&Logistic);
                check::<$float>(&Cauchy);
                check::<$float>(&Gumbel::default());
                check::<$float>(&Gumbel::default().with_mode(Mode::High));
                check::<$float>(&TruncatedNormal::new(-1.0, 2.5).unwrap());
            )*};
        }
        check_floats! { f32 f64 }
    }
}
