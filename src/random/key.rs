//! Keys: the whole state of the generator, and how new ones are derived.

use core::array;
use core::fmt;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::threefry::{halves, hash_word, threefry2x32};

/// How counters are laid out over the elements of a sample; JAX has had two ways.
///
/// The same key gives unrelated numbers in the two layouts, so a program that is to repeat the
/// numbers of another must use the layout of the other.
///
/// ```
/// use tangents::random::{Key, Layout, uniform};
///
/// let key = Key::new(137);
/// assert_eq!(key.layout(), Layout::Partitionable);
/// let today: f32 = uniform(key);
/// let before_2025: f32 = uniform(key.with_layout(Layout::Original));
/// assert_ne!(today, before_2025);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Element i has counter i, whatever the size of the sample: `jax_threefry_partitionable=True`,
    /// the default since JAX 0.5.0 (January 2025).
    #[default]
    Partitionable,
    /// The elements share blocks in a way that depends on how many they are:
    /// `jax_threefry_partitionable=False`, the default before JAX 0.5.0.
    Original,
}

/// A key of the counter-based generator: two words and a [`Layout`].
///
/// A key isn't a generator that moves on as it is used: the same key gives the same numbers each
/// time. So use a key once, in one sample or one split, and [`split`](Key::split) it for more. It
/// is `Copy`, so the compiler can't see to that.
///
/// Keys are equal if their words and their layouts are. [`Display`](fmt::Display) writes the words
/// as a notebook shows `jax.random.key_data(key)`.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    words: [u32; 2],
    layout: Layout,
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
        let [_, low] = Self::new_x64(seed).words;
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
        Self::from_data(halves(seed as u64))
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
        Self { words, layout: Layout::Partitionable }
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
        self.words
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
        self.layout
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
        Self { layout, ..self }
    }

    /// Splits the key into K new ones, to be used in its place.
    ///
    /// With T = [`threefry2x32`] and words ← T(key; counter):
    ///
    /// - partitionable: keyᵢ = T(key; i), so the first keys don't depend on K, and
    ///   `key.split::<K>()[i] == key.fold_in(i)`;
    /// - original: keyᵢ = words 2i and 2i + 1 of the [hash](super::threefry2x32_hash) of
    ///   0 … 2K − 1, so every key depends on K.
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
    /// The words are T(key; (0, data)) with T = [`threefry2x32`], in both layouts.
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
        self.with_words(threefry2x32(self.words, [0, data]))
    }

    /// Key `i` of a split into `n`.
    #[inline]
    pub(super) fn child(self, n: u64, i: u64) -> Self {
        self.with_words(match self.layout {
            Layout::Partitionable => threefry2x32(self.words, halves(i)),
            Layout::Original => [2 * i, 2 * i + 1].map(|j| hash_word(self.words, 2 * n, j)),
        })
    }

    #[inline]
    fn with_words(self, words: [u32; 2]) -> Self {
        Self { words, ..self }
    }
}

/// Writes the words as `NumPy` prints an array of two integers, both as wide as the wider.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [high, low] = self.words;
        let digits = high.max(low).checked_ilog10().map_or(1, |log| log + 1) as usize;
        write!(f, "[{high:digits$} {low:digits$}]")
    }
}
