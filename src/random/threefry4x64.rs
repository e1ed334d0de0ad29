//! Threefry-4x64 with 20 rounds, alone and as a generator.

use core::array::from_fn;
use core::fmt;

use super::blocks::{BlockFunction, Blocks};
use super::generator::{Generator, write_words};

/// Threefish's constant: an all-zero key must not give an all-zero key schedule.
const PARITY: u64 = 0x1BD1_1BDA_A9FC_1A22;

/// Rotation distances of the eight rounds after which the pattern repeats, four per injected key: of the words (a, b)
/// and (c, d) in one round, (a, d) and (c, b) in the next.
const ROTATIONS: [[[[u32; 2]; 2]; 2]; 2] =
    [[[[14, 16], [52, 57]], [[23, 40], [5, 37]]], [[[25, 33], [46, 12]], [[58, 22], [32, 32]]]];

/// Twenty rounds: five injections of the key, four rounds before each.
const INJECTIONS: usize = 5;

/// Encrypts one counter with Threefry-4x64, 20 rounds.
///
/// Salmon and others, *Parallel random numbers: as easy as 1, 2, 3*, SC'11. Random123:
/// `threefry4x64_R(20, counter, key)`.
///
/// ```
/// use tangents::random::threefry4x64;
///
/// // One of the known answers that Random123 publishes.
/// let block = threefry4x64([0; 4], [0; 4]);
/// assert_eq!(block[0], 0x0921_8ebd_e6c8_5537);
/// ```
#[inline]
pub fn threefry4x64(key: [u64; 4], counter: [u64; 4]) -> [u64; 4] {
    encrypt(key, counter)
}

// One counter and not several at once: the loop over the counters is what the compiler turns into vectors, each round
// of this function into operations on them.
#[inline(always)]
fn encrypt(key: [u64; 4], counter: [u64; 4]) -> [u64; 4] {
    let parity = key.into_iter().fold(PARITY, |parity, word| parity ^ word);
    let schedule = [key[0], key[1], key[2], key[3], parity];
    let [mut a, mut b, mut c, mut d] = inject(counter, schedule, 0);
    for group in 0..INJECTIONS {
        for [[ab, cd], [ad, cb]] in ROTATIONS[group % 2] {
            (a, b) = mix(a, b, ab);
            (c, d) = mix(c, d, cd);
            (a, d) = mix(a, d, ad);
            (c, b) = mix(c, b, cb);
        }
        [a, b, c, d] = inject([a, b, c, d], schedule, group + 1);
    }
    [a, b, c, d]
}

/// Mixes two words: half a round.
#[inline(always)]
fn mix(x: u64, y: u64, distance: u32) -> (u64, u64) {
    let x = x.wrapping_add(y);
    (x, y.rotate_left(distance) ^ x)
}

/// Adds the key to a block, each time another part of it, and the number of the injection.
#[inline(always)]
fn inject(block: [u64; 4], schedule: [u64; 5], injection: usize) -> [u64; 4] {
    let mut sum: [u64; 4] = from_fn(|i| block[i].wrapping_add(schedule[(injection + i) % 5]));
    sum[3] = sum[3].wrapping_add(injection as u64);
    sum
}

/// The generator [`threefry4x64`] with 20 rounds: 256 bits of key and block.
///
/// With T = threefry4x64(key; counter):
///
/// - the bits are the words of T(0,0,0,0), T(1,0,0,0), … in a row;
/// - derived key i, and `fold_in(i)`, is T(0,0,1,i);
/// - the key of a seed is derived key 0 of the key (seed,0,0,0).
///
/// ```
/// use tangents::random::{Key, Threefry4x64, normal};
///
/// let key = Key::<Threefry4x64>::from_seed(7);
/// let noise: [f64; 4] = normal(key);
/// assert!(noise.iter().all(|z| z.abs() < 6.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Threefry4x64 {
    key: [u64; 4],
}

impl Threefry4x64 {
    /// The generator with a key.
    #[inline]
    pub const fn from_data(key: [u64; 4]) -> Self {
        Self { key }
    }

    /// The words of the key.
    #[inline]
    pub const fn data(self) -> [u64; 4] {
        self.key
    }
}

impl Generator for Threefry4x64 {
    type Source = Blocks<Self, 4>;

    #[inline]
    fn from_seed(seed: u64) -> Self {
        Self::from_data([seed, 0, 0, 0]).child(1, 0)
    }

    #[inline]
    fn child(self, _: u64, i: u64) -> Self {
        // Not [0, 0, 0, i]: where i is 0, that is the counter of the first block of bits.
        Self::from_data(threefry4x64(self.key, [0, 0, 1, i]))
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

impl BlockFunction<4> for Threefry4x64 {
    #[inline]
    fn block(&self, counter: u64) -> [u64; 4] {
        threefry4x64(self.key, [counter, 0, 0, 0])
    }

    #[inline(always)]
    fn blocks(&self, first: u64, out: &mut [[u64; 4]]) {
        for (block, j) in out.iter_mut().zip(0..) {
            *block = encrypt(self.key, [first.wrapping_add(j), 0, 0, 0]);
        }
    }
}

/// Writes the words of the key, all as wide as the widest.
impl fmt::Display for Threefry4x64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_words(f, self.key)
    }
}
