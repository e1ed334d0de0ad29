//! The block function: Threefry-2x32 with 20 rounds, alone and as JAX's hash of an array.
//!
//! J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: *Parallel random numbers: as easy as
//! 1, 2, 3*, SC'11, section 3.3. Threefry is the cipher Threefish with less mixing: additions,
//! rotations and exclusive-ors only, a fresh piece of key every four rounds.

/// Threefish's constant: an all-zero key must not give an all-zero key schedule.
const PARITY: u32 = 0x1BD1_1BDA;

/// Rotation distances of the eight rounds after which the pattern repeats, four per injected key.
const ROTATIONS: [[u32; 4]; 2] = [[13, 15, 26, 6], [17, 29, 16, 24]];

/// Twenty rounds: five injections of the key, four rounds before each.
const INJECTIONS: u32 = 5;

/// Encrypts one counter with Threefry-2x32, 20 rounds: the function behind every random number of
/// this module.
///
/// For a fixed key it is a bijection of the 2⁶⁴ counters, so distinct counters give distinct
/// blocks. Words come high half first, as everywhere in JAX: counter i is `[i >> 32, i]`.
///
/// JAX: `jax.extend.random.threefry2x32_p`. Random123: `threefry2x32_R(20, counter, key)`.
///
/// ```
/// use tangents::random::threefry2x32;
///
/// // One of the known answers that Random123 publishes.
/// let key = [0x1319_8a2e, 0x0370_7344];
/// let counter = [0x243f_6a88, 0x85a3_08d3];
/// assert_eq!(threefry2x32(key, counter), [0xc492_3a9c, 0x483d_f7a0]);
/// ```
#[inline]
pub fn threefry2x32(key: [u32; 2], counter: [u32; 2]) -> [u32; 2] {
    let schedule = [key[0], key[1], key[0] ^ key[1] ^ PARITY];
    let [mut x0, mut x1] = counter;
    x0 = x0.wrapping_add(schedule[0]);
    x1 = x1.wrapping_add(schedule[1]);
    // Half-open: `1..=5` isn't unrolled, and loops over counters then aren't vectorised.
    for group in 0..INJECTIONS {
        for distance in ROTATIONS[group as usize % 2] {
            x0 = x0.wrapping_add(x1);
            x1 = x1.rotate_left(distance) ^ x0;
        }
        x0 = x0.wrapping_add(schedule[(group as usize + 1) % 3]);
        x1 = x1.wrapping_add(schedule[(group as usize + 2) % 3]).wrapping_add(group + 1);
    }
    [x0, x1]
}

/// Replaces an array of counters by their hash, as JAX's `threefry_2x32(key, count)` does.
///
/// With n counters c and h = ⌈n/2⌉, the blocks are (aᵢ, bᵢ) = threefry2x32(key, (cᵢ, cₕ₊ᵢ)) and
/// the hash is a₀ … aₕ₋₁ b₀ … bₕ₋₁. An odd n is completed with a counter 0, whose word is dropped.
/// This is what [`Layout::Original`](super::Layout::Original) draws all its bits from.
///
/// JAX: `jax.extend.random.threefry_2x32`.
///
/// ```
/// use tangents::random::{threefry2x32, threefry2x32_hash};
///
/// let key = [0, 137];
/// let mut counts = [0, 1, 2, 3];
/// threefry2x32_hash(key, &mut counts);
///
/// let ([a0, b0], [a1, b1]) = (threefry2x32(key, [0, 2]), threefry2x32(key, [1, 3]));
/// assert_eq!(counts, [a0, a1, b0, b1]);
/// ```
pub fn threefry2x32_hash(key: [u32; 2], counts: &mut [u32]) {
    let (firsts, seconds) = counts.split_at_mut(counts.len().div_ceil(2));
    let mut seconds = seconds.iter_mut();
    for first in firsts {
        let mut padding = 0;
        let second = seconds.next().unwrap_or(&mut padding);
        [*first, *second] = threefry2x32(key, [*first, *second]);
    }
}

/// Word `i` of the hash of the counters 0, 1, … `len` − 1, without the words before it.
#[inline]
pub(super) fn hash_word(key: [u32; 2], len: u64, i: u64) -> u32 {
    let half = len.div_ceil(2);
    let in_first_half = i < half;
    let first = if in_first_half { i } else { i - half };
    let second = first + half;
    let padded = if second < len { second } else { 0 };
    let [a, b] = threefry2x32(key, [low(first), low(padded)]);
    if in_first_half { a } else { b }
}

/// The halves of a 64-bit counter, high half first.
#[inline]
pub(super) fn halves(x: u64) -> [u32; 2] {
    [low(x >> 32), low(x)]
}

/// The inverse of [`halves`].
#[inline]
pub(super) fn join([high, low]: [u32; 2]) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
#[inline]
fn low(x: u64) -> u32 {
    x as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_hash_is_found_without_the_words_before_it() {
        let key = [0x7922_e4ff, 0x8306_bdf3];
        for len in 0..20_u32 {
            let mut counts = [0; 20];
            let counts = &mut counts[..len as usize];
            counts.iter_mut().zip(0..).for_each(|(count, i)| *count = i);
            threefry2x32_hash(key, counts);
            for (&word, i) in counts.iter().zip(0..) {
                assert_eq!(hash_word(key, len.into(), i), word, "word {i} of {len}");
            }
        }
    }

    #[test]
    fn halves_and_join_are_inverse() {
        for x in [0, 1, 0xffff_ffff, 0x1_0000_0000, u64::MAX] {
            assert_eq!(join(halves(x)), x);
        }
        assert_eq!(halves(0x0123_4567_89ab_cdef), [0x0123_4567, 0x89ab_cdef]);
    }
}
