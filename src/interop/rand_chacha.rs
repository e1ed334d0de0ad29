//! `rand_chacha`'s ciphers as generators of keys and samples.
//!
//! ```
//! use tangents::interop::rand_chacha::ChaCha8;
//! use tangents::random::{Key, bits, normal};
//! use rand_chacha::rand_core::{Rng, SeedableRng};
//!
//! let key = Key::<ChaCha8>::from_seed(137);
//! let [for_inputs, for_noise] = key.split();
//! let noise: [f64; 10] = normal(for_noise);
//! assert!(noise.iter().all(|z| z.abs() < 6.0));
//!
//! // The bits of a key are those of the generator that has it as its seed.
//! let mut rng = rand_chacha::ChaCha8Rng::from_seed([7; 32]);
//! let key = Key::from_generator(ChaCha8::from_data([0x0707_0707; 8]));
//! assert_eq!(bits::<[u64; 3]>(key), [rng.next_u64(), rng.next_u64(), rng.next_u64()]);
//! ```

use core::fmt;

use ::rand_chacha::rand_core::{Rng, SeedableRng};
use ::rand_chacha::{ChaCha8Rng, ChaCha12Rng, ChaCha20Rng};

use super::rand_core::KeyBytes;
use crate::random::{BlockFunction, Blocks, Generator, write_words};

/// Four blocks of sixteen words of 32 bits, which `rand_chacha` computes at once, in words of 64.
const WIDTH: usize = 32;

/// The number of the stream that the bits of a sample are taken from: `rand_chacha`'s own default.
const BITS: u64 = 0;

/// The number of the stream that derived keys are taken from.
const KEYS: u64 = 1;

macro_rules! generators {
    ($($(#[$doc:meta])* $generator:ident: $rng:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// With words of 32 bits, and the stream the last two words of the cipher's input:
        ///
        /// - the bits are the words of blocks 0, 1, … of stream 0 in a row;
        /// - derived key i, and `fold_in(i)`, is the first eight words of block i of stream 1;
        /// - the key of a seed is derived key 0 of the key (seed mod 2³², seed div 2³², 0, 0, 0, 0, 0, 0).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $generator {
            key: [u32; 8],
        }

        impl $generator {
            /// The generator with a key.
            #[inline]
            pub const fn from_data(key: [u32; 8]) -> Self {
                Self { key }
            }

            /// The words of the key.
            #[inline]
            pub const fn data(self) -> [u32; 8] {
                self.key
            }

            /// The cipher with this key at a block of a stream.
            #[inline]
            fn cipher(self, stream: u64, block: u64) -> $rng {
                let mut seed = [0; 32];
                for (bytes, word) in seed.as_chunks_mut().0.iter_mut().zip(self.key) {
                    *bytes = word.to_le_bytes();
                }
                let mut rng = $rng::from_seed(seed);
                rng.set_stream(stream);
                rng.set_word_pos(16 * u128::from(block));
                rng
            }
        }

        impl Generator for $generator {
            type Source = Blocks<Self, WIDTH>;

            #[inline]
            fn from_seed(seed: u64) -> Self {
                #[expect(clippy::cast_possible_truncation, reason = "the halves of the seed")]
                let (low, high) = (seed as u32, (seed >> 32) as u32);
                Self::from_data([low, high, 0, 0, 0, 0, 0, 0]).child(1, 0)
            }

            #[inline]
            fn child(self, _: u64, i: u64) -> Self {
                let mut cipher = self.cipher(KEYS, i);
                Self::from_data([(); 8].map(|()| cipher.next_u32()))
            }

            #[inline]
            fn fold_in(self, data: u32) -> Self {
                self.child(0, data.into())
            }

            #[inline]
            fn source(self, _: u64) -> Self::Source {
                Blocks::new(self)
            }
        }

        impl BlockFunction<WIDTH> for $generator {
            #[inline]
            fn block(&self, counter: u64) -> [u64; WIDTH] {
                let mut block = [[0; WIDTH]];
                self.blocks(counter, &mut block);
                let [block] = block;
                block
            }

            #[inline]
            fn blocks(&self, first: u64, out: &mut [[u64; WIDTH]]) {
                let mut cipher = self.cipher(BITS, first.wrapping_mul(4));
                let mut bytes = [0; 8 * WIDTH];
                for block in out {
                    cipher.fill_bytes(&mut bytes);
                    for (word, bytes) in block.iter_mut().zip(bytes.as_chunks().0) {
                        *word = u64::from_le_bytes(*bytes);
                    }
                }
            }
        }

        impl KeyBytes for $generator {
            type Bytes = [u8; 32];

            #[inline]
            fn from_bytes(bytes: [u8; 32]) -> Self {
                let mut key = [0; 8];
                for (word, bytes) in key.iter_mut().zip(bytes.as_chunks().0) {
                    *word = u32::from_le_bytes(*bytes);
                }
                Self::from_data(key)
            }
        }

        /// Writes the words of the key, all as wide as the widest.
        impl fmt::Display for $generator {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_words(f, self.key.map(u64::from))
            }
        }
    )*};
}

generators! {
    /// The cipher `ChaCha` with 8 rounds: the fastest of them, on which no attack is known that would matter here.
    ChaCha8: ChaCha8Rng;
    /// The cipher `ChaCha` with 12 rounds: that of `rand`'s `StdRng`.
    ChaCha12: ChaCha12Rng;
    /// The cipher `ChaCha` with 20 rounds: that of TLS (RFC 8439).
    ChaCha20: ChaCha20Rng;
}
