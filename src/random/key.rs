//! Keys: the whole state of the generator, and how new ones are derived.

use core::array;
use core::fmt;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::generator::Generator;
use super::rng::CounterRng;
use super::threefry2x32::{Layout, Threefry2x32};

/// A key of a counter-based generator, by default of JAX's: two words and a [`Layout`].
///
/// A key isn't a generator that moves on as it is used: the same key gives the same numbers each
/// time. So use a key once, in one sample or one split, and [`split`](Key::split) it for more. It
/// is `Copy`, so the compiler can't see to that.
///
/// Keys are equal if their words and their layouts are. [`Display`](fmt::Display) writes the words
/// as a notebook shows `jax.random.key_data(key)`.
///
/// `G` is the [generator](Generator); another one than the default is chosen by
/// [`Key::<G>::from_seed`](Key::from_seed), and everything else follows from the key.
///
/// JAX: a raw key, `jax.random.PRNGKey`.
///
/// ```
/// use tangents::random::{Key, uniform};
///
/// let key = Key::new(137);
/// assert_eq!(key.to_string(), "[  0 137]");
///
/// let [for_inputs, for_weights] = key.split();
/// let inputs: [f32; 10] = uniform(for_inputs);
/// let weights: [[f32; 10]; 20] = uniform(for_weights);
/// assert_ne!(inputs, weights[0]);
/// ```
#[doc(alias("PRNGKey", "key"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key<G = Threefry2x32> {
    generator: G,
}

impl Key {
    /// The key of a seed, in JAX's default mode of 32-bit integers.
    ///
    /// The words are `[0, seed mod 2³²]`: the high half of the seed is dropped, silently, as JAX
    /// drops it. Seeds 5 and 2³² + 5 give the same key, and −1 gives `[0, 2³² − 1]`. Where all 64
    /// bits are to count, use [`new_x64`](Key::new_x64); it gives the same key for seeds in
    /// 0 … 2³² − 1.
    ///
    /// JAX: `jax.random.PRNGKey(seed)`.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// assert_eq!(Key::new(137).data(), [0, 137]);
    /// assert_eq!(Key::new(-1).data(), [0, 0xffff_ffff]);
    /// assert_eq!(Key::new((1 << 32) + 5), Key::new(5));
    /// ```
    #[inline]
    pub fn new(seed: i64) -> Self {
        let [_, low] = Self::new_x64(seed).data();
        Self::from_data([0, low])
    }

    /// The key of a seed, in JAX's mode of 64-bit integers.
    ///
    /// The words are the halves of the seed in two's complement, `[seed >> 32, seed mod 2³²]`.
    ///
    /// JAX: `jax.random.PRNGKey(seed)` under `jax_enable_x64`.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// assert_eq!(Key::new_x64((1 << 32) + 5).data(), [1, 5]);
    /// assert_eq!(Key::new_x64(-1).data(), [0xffff_ffff, 0xffff_ffff]);
    /// ```
    #[expect(clippy::cast_sign_loss, reason = "the two's complement is wanted")]
    #[inline]
    pub fn new_x64(seed: i64) -> Self {
        Self::from_seed(seed as u64)
    }

    /// The key with the given words, in the default layout.
    ///
    /// JAX: `jax.random.wrap_key_data(data)`.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// assert_eq!(Key::from_data([0, 137]), Key::new(137));
    /// ```
    #[inline]
    pub const fn from_data(words: [u32; 2]) -> Self {
        Self { generator: Threefry2x32 { words, layout: Layout::Partitionable } }
    }

    /// The words of the key.
    ///
    /// With the [`layout`](Key::layout) they are all there is to it:
    /// `Key::from_data(key.data()).with_layout(key.layout()) == key`.
    ///
    /// JAX: `jax.random.key_data(key)`.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// assert_eq!(Key::new(42).data(), [0, 42]);
    /// ```
    #[inline]
    pub const fn data(self) -> [u32; 2] {
        self.generator.words
    }

    /// The layout in which this key samples and splits.
    ///
    /// JAX: `jax.config.jax_threefry_partitionable`.
    ///
    /// ```
    /// use tangents::random::{Key, Layout};
    ///
    /// assert_eq!(Key::new(42).layout(), Layout::Partitionable);
    /// ```
    #[inline]
    pub const fn layout(self) -> Layout {
        self.generator.layout
    }

    /// The key with the same words in another layout; keys derived from it inherit the layout.
    ///
    /// JAX: `jax.config.update("jax_threefry_partitionable", …)`, but for one key.
    ///
    /// ```
    /// use tangents::random::{Key, Layout};
    ///
    /// let key = Key::new(137).with_layout(Layout::Original);
    /// let [k1, _] = key.split();
    /// assert_eq!(k1.data(), [0xc83d_c298, 0x6a75_591c]);
    /// assert_eq!(k1.layout(), Layout::Original);
    /// ```
    #[must_use = "the key itself keeps its layout"]
    #[inline]
    pub const fn with_layout(self, layout: Layout) -> Self {
        Self { generator: Threefry2x32 { layout, ..self.generator } }
    }
}

impl<G: Generator> Key<G> {
    /// The key of a seed, for any generator.
    ///
    /// All 64 bits count. For the default generator this is [`new_x64`](Key::new_x64); the wide ones hash the seed
    /// into their key.
    ///
    /// JAX: `jax.random.key(seed, impl=…)` under `jax_enable_x64`.
    ///
    /// ```
    /// use tangents::random::{Key, Threefry4x64, uniform};
    ///
    /// let key = Key::<Threefry4x64>::from_seed(137);
    /// let [k1, k2] = key.split();
    /// assert_ne!(uniform::<[f64; 3]>(k1), uniform::<[f64; 3]>(k2));
    /// assert_eq!(Key::from_seed(137), Key::new(137));
    /// ```
    #[inline]
    pub fn from_seed(seed: u64) -> Self {
        Self { generator: G::from_seed(seed) }
    }

    /// The key that a generator is: its way in from data of its own.
    ///
    /// JAX: `jax.random.wrap_key_data(data, impl=…)`.
    ///
    /// ```
    /// use tangents::random::{Key, Threefry4x64};
    ///
    /// let key = Key::from_generator(Threefry4x64::from_data([1, 2, 3, 4]));
    /// assert_eq!(key.generator().data(), [1, 2, 3, 4]);
    /// ```
    #[inline]
    pub const fn from_generator(generator: G) -> Self {
        Self { generator }
    }

    /// The generator of the key: the block function with all there is to the key.
    ///
    /// JAX: `jax.random.key_data(key)`, `jax.random.key_impl(key)`.
    ///
    /// ```
    /// use tangents::random::{Key, Threefry4x64};
    ///
    /// let key = Key::<Threefry4x64>::from_seed(1);
    /// assert_eq!(Key::from_generator(key.generator()), key);
    /// ```
    #[inline]
    pub const fn generator(self) -> G
    where
        G: Copy,
    {
        self.generator
    }

    /// An endless stream of random bits, for code that wants a generator with a state: the `rand` crates' traits
    /// with the feature `rand_core`.
    ///
    /// Like a sample, it uses up the key.
    ///
    /// ```
    /// use tangents::random::{Key, bits};
    ///
    /// let key = Key::new(137);
    /// let mut rng = key.rng();
    /// let first = [rng.next_u64(), rng.next_u64()];
    /// assert_eq!(first, bits::<[u64; 2]>(key));
    /// ```
    #[inline]
    pub fn rng(self) -> CounterRng<G> {
        CounterRng::new(self.generator)
    }

    /// Splits the key into K new ones, to be used in its place.
    ///
    /// With T = [`threefry2x32`](super::threefry2x32) and words ← T(key; counter):
    ///
    /// - partitionable: keyᵢ = T(key; i), so the first keys don't depend on K, and
    ///   `key.split::<K>()[i] == key.fold_in(i)`;
    /// - original: keyᵢ = words 2i and 2i + 1 of the [hash](super::threefry2x32_hash) of
    ///   0 … 2K − 1, so every key depends on K.
    ///
    /// The wide generators do as the partitionable layout, from counters that no sample uses.
    ///
    /// JAX: `jax.random.split(key, K)`; for a shape, take K as its product, row-major.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// let [k1, k2] = Key::new(137).split();
    /// assert_eq!(k1.data(), [0x44b3_660c, 0x25e7_3fc4]);
    /// assert_eq!(k2.data(), [0x2025_6c30, 0xdbb8_8c35]);
    /// ```
    #[must_use = "the key itself doesn't change"]
    #[inline]
    pub fn split<const K: usize>(self) -> [Self; K] {
        array::from_fn(|i| self.child(K as u64, i as u64))
    }

    /// Splits the key into a number of new ones that is known at run time only.
    ///
    /// The keys are those of [`split`](Key::split). Needs the feature `alloc`.
    ///
    /// JAX: `jax.random.split(key, n)`.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// let key = Key::new(137);
    /// assert_eq!(key.split_vec(3), key.split::<3>());
    /// ```
    #[cfg(feature = "alloc")]
    #[must_use = "the key itself doesn't change"]
    pub fn split_vec(self, n: usize) -> Vec<Self> {
        let n = n as u64;
        (0..n).map(|i| self.child(n, i)).collect()
    }

    /// Derives the key that belongs to a number, such as the index of a step or of a worker.
    ///
    /// The words are T(key; (0, data)) with T = [`threefry2x32`](super::threefry2x32), in both layouts.
    ///
    /// In the partitionable layout `fold_in(i)` is key i of a split of the same key, so do one
    /// or the other with a key, not both.
    ///
    /// JAX: `jax.random.fold_in(key, data)`.
    ///
    /// ```
    /// use tangents::random::Key;
    ///
    /// let key = Key::new(0);
    /// assert_eq!(key.fold_in(7).data(), [0xa1ef_7a4d, 0x116e_b6b3]);
    /// assert_ne!(key.fold_in(7), key.fold_in(8));
    /// ```
    #[must_use = "the key itself doesn't change"]
    #[inline]
    pub fn fold_in(self, data: u32) -> Self {
        Self { generator: self.generator.fold_in(data) }
    }

    /// Key `i` of a split into `n`.
    #[inline]
    pub(super) fn child(self, n: u64, i: u64) -> Self {
        Self { generator: self.generator.child(n, i) }
    }
}

/// Writes the words of the key.
impl<G: fmt::Display> fmt::Display for Key<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.generator.fmt(f)
    }
}
