//! The traits of `rand_core` on [`CounterRng`], so that code which takes a generator takes the counter-based one.
//!
//! The stream is the same by its own methods and by the traits, for every [`Generator`]. With the feature `rand_core`
//! the traits are those of `rand_core` 0.10, with `rand_core_0_9` those of 0.9; a program can have both.
//!
//! ```
//! # #[cfg(feature = "rand_core")] {
//! use rand_core::{Rng, SeedableRng};
//! use tangents::random::{CounterRng, Key, Threefry2x32};
//!
//! fn roll(rng: &mut impl Rng) -> u32 {
//!     rng.next_u32() % 6 + 1
//! }
//! let mut rng = CounterRng::<Threefry2x32>::seed_from_u64(137);
//! assert_eq!(rng, Key::new(137).rng());
//! assert_eq!(roll(&mut rng), Key::new(137).rng().next_u32() % 6 + 1);
//! # }
//! ```
//!
//! # Not for secrets
//!
//! No generator here is a `CryptoRng`, `ChaCha` no more than Threefry. Of Threefry with 20 rounds nobody claims that it
//! resists an attack. `ChaCha` does, under a key that is secret; but a [`Key`] is made to be known. Mostly it comes from
//! a seed of 64 bits, it is copied, compared, printed and split, and left behind in memory. Where secrets are drawn,
//! take `rand_chacha`'s own generators, seeded by the system.

#[cfg(feature = "rand_core")]
use core::convert::Infallible;

use crate::random::{CounterRng, Generator, Key, Threefry2x32, Threefry4x64};

/// A generator whose key is a number of bytes: what makes a `SeedableRng` of its [`CounterRng`].
///
/// The words of the key stand in the order of its data, low byte first, as `rand` reads seeds.
///
/// The seed of the default generator has 8 bytes, so of 2³² generators that are seeded at random, two are likely the
/// same; where that is too few, take a wide one.
///
/// ```
/// use tangents::interop::rand_core::KeyBytes;
/// use tangents::random::{Key, Threefry2x32};
///
/// let generator = Threefry2x32::from_bytes([1, 0, 0, 0, 2, 0, 0, 0]);
/// assert_eq!(Key::from_generator(generator), Key::from_data([1, 2]));
/// ```
pub trait KeyBytes: Generator {
    /// As many bytes as the key has: `[u8; N]`.
    type Bytes: Clone + Default + AsRef<[u8]> + AsMut<[u8]>;

    /// The generator whose key has these bytes.
    fn from_bytes(bytes: Self::Bytes) -> Self;
}

impl KeyBytes for Threefry2x32 {
    type Bytes = [u8; 8];

    #[inline]
    fn from_bytes(bytes: [u8; 8]) -> Self {
        let [a, b, c, d, e, f, g, h] = bytes;
        Key::from_data([[a, b, c, d], [e, f, g, h]].map(u32::from_le_bytes)).generator()
    }
}

impl KeyBytes for Threefry4x64 {
    type Bytes = [u8; 32];

    #[inline]
    fn from_bytes(bytes: [u8; 32]) -> Self {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        Self::from_data(words)
    }
}

/// The stream of the inherent methods, which never fails.
#[cfg(feature = "rand_core")]
impl<G: Generator> ::rand_core::TryRng for CounterRng<G> {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.next_u32())
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_u64())
    }

    #[inline]
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

/// The stream of the inherent methods.
#[cfg(feature = "rand_core_0_9")]
impl<G: Generator> rand_core_0_9::RngCore for CounterRng<G> {
    #[inline]
    fn next_u32(&mut self) -> u32 {
        self.next_u32()
    }

    #[inline]
    fn next_u64(&mut self) -> u64 {
        self.next_u64()
    }

    #[inline]
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.fill_bytes(bytes);
    }
}

macro_rules! seedable {
    ($($feature:literal: $rand_core:path;)*) => {$(
        /// Seeded by the bytes of a key, [`KeyBytes`], or by the number that [`Key::from_seed`] takes.
        #[cfg(feature = $feature)]
        impl<G: KeyBytes> $rand_core for CounterRng<G> {
            type Seed = G::Bytes;

            #[inline]
            fn from_seed(seed: G::Bytes) -> Self {
                Key::from_generator(G::from_bytes(seed)).rng()
            }

            // Not `rand_core`'s way, which makes a number into bytes by another generator: this is the key that the
            // number has everywhere else.
            #[inline]
            fn seed_from_u64(seed: u64) -> Self {
                Key::<G>::from_seed(seed).rng()
            }
        }
    )*};
}

seedable! {
    "rand_core": ::rand_core::SeedableRng;
    "rand_core_0_9": rand_core_0_9::SeedableRng;
}
