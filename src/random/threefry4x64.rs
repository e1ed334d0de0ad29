//! Threefry-4x64 with 20 rounds, alone and as a generator.

use core::array::from_fn;
use core::fmt;

use super::blocks::{BlockFunction, Blocks};
use super::generator::Generator;

/// Threefish's constant: an all-zero key must not give an all-zero key schedule.
const PARITY: u64 = 0x1BD1_1BDA_A9FC_1A22;

/// Rotation distances of the two words that are mixed in each of eight rounds, after which the pattern repeats.
const ROTATIONS: [[u32; 2]; 8] =
    [[14, 16], [52, 57], [23, 40], [5, 37], [25, 33], [46, 12], [58, 22], [32, 32]];

/// Twenty rounds, and an injection of the key after each four.
const ROUNDS: usize = 20;

/// How many counters are encrypted at once.
const LANES: usize = 16;

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
    encrypt(key, counter.map(|word| [word])).map(|[word]| word)
}

/// Encrypts `L` counters of four words each.
#[inline(always)]
fn encrypt<const L: usize>(key: [u64; 4], counters: [[u64; L]; 4]) -> [[u64; L]; 4] {
    let schedule = [key[0], key[1], key[2], key[3], key.iter().fold(PARITY, |parity, word| parity ^ word)];
    let mut x: [_; 4] = from_fn(|i| counters[i].map(|word| word.wrapping_add(schedule[i])));
    for round in 0..ROUNDS {
        // The words that are mixed: (0, 1) and (2, 3), in the next round (0, 3) and (2, 1).
        let partners = if round % 2 == 0 { [(0, 1), (2, 3)] } else { [(0, 3), (2, 1)] };
        for ((a, b), distance) in partners.into_iter().zip(ROTATIONS[round % 8]) {
            x[a] = from_fn(|j| x[a][j].wrapping_add(x[b][j]));
            x[b] = from_fn(|j| x[b][j].rotate_left(distance) ^ x[a][j]);
        }
        if round % 4 == 3 {
            let injection = round / 4 + 1;
            for (i, word) in x.iter_mut().enumerate() {
                let mut key = schedule[(injection + i) % 5];
                if i == 3 {
                    key = key.wrapping_add(injection as u64);
                }
                *word = word.map(|word| word.wrapping_add(key));
            }
        }
    }
    x
}

/// The generator [`threefry4x64`] with 20 rounds: 256 bits of key and block.
///
/// With T = threefry4x64(key; counter): the words of T(0,0,0,0), T(1,0,0,0), … in a row are the bits; derived key i,
/// and `fold_in(i)`, is T(0,0,0,i); and the key of a seed is T(0,0,0,0) under the key (seed,0,0,0).
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
        Self::from_data(threefry4x64([seed, 0, 0, 0], [0; 4]))
    }

    #[inline]
    fn child(self, _: u64, i: u64) -> Self {
        Self::from_data(threefry4x64(self.key, [0, 0, 0, i]))
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
        let (groups, rest) = out.as_chunks_mut::<LANES>();
        let mut counter = first;
        for group in groups {
            let counters = from_fn(|j| counter.wrapping_add(j as u64));
            let words = encrypt(self.key, [counters, [0; LANES], [0; LANES], [0; LANES]]);
            for (j, block) in group.iter_mut().enumerate() {
                *block = from_fn(|i| words[i][j]);
            }
            counter = counter.wrapping_add(LANES as u64);
        }
        for (block, i) in rest.iter_mut().zip(counter..) {
            *block = self.block(i);
        }
    }
}

/// Writes the words as `NumPy` prints an array of integers, all as wide as the widest.
impl fmt::Display for Threefry4x64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.key;
        let widest = a.max(b).max(c).max(d);
        let digits = widest.checked_ilog10().map_or(1, |log| log + 1) as usize;
        write!(f, "[{a:digits$} {b:digits$} {c:digits$} {d:digits$}]")
    }
}
