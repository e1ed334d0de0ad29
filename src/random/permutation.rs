//! Random orders: of the numbers below n, of a slice, along an axis of an array.

use alloc::vec::Vec;

use num_traits::Float;

use super::bits::Bits;
use super::error::Error;
use super::generator::Generator;
use super::key::Key;
use super::sample::Distribution;

/// A random order of the numbers 0, 1, … n − 1, each order equally likely.
///
/// The numbers are sorted by random words of 32 bits, in as many rounds as it takes for equal words to do no harm: one up
/// to n = 1625, two up to n = 2.6 million.
///
/// JAX: `jax.random.permutation(key, n)`.
///
/// ```
/// use tangents::random::{Key, permutation};
///
/// let order = permutation(Key::new(137), 10);
/// let mut sorted = order.clone();
/// sorted.sort();
/// assert_eq!(sorted, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
/// ```
pub fn permutation(key: Key<impl Generator>, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    shuffle(key, &mut order);
    order
}

/// Brings a slice into a random order, each order equally likely.
///
/// The order is that of [`permutation`]`(key, x.len())`: what comes to stand at i is what stood at the i-th of these.
///
/// JAX: `jax.random.permutation(key, x)`; of a slice of arrays, with `axis=0`.
///
/// ```
/// use tangents::random::{Key, permutation, shuffle};
///
/// let key = Key::new(137);
/// let mut cards = ["ace", "king", "queen", "jack"];
/// let before = cards;
/// shuffle(key, &mut cards);
/// let order = permutation(key, 4);
/// assert_eq!(cards, [before[order[0]], before[order[1]], before[order[2]], before[order[3]]]);
/// ```
pub fn shuffle<T>(key: Key<impl Generator>, x: &mut [T]) {
    for words in rounds_of_words(key, x.len()) {
        sort(x.len(), |i| words[i], |i, j| x.swap(i, j));
    }
}

/// Brings an array into a random order along an axis.
///
/// `x` is the array in row-major order. Its slices along the axis keep together, the same order for all; if
/// `independent`, each line along the axis gets an order of its own.
///
/// JAX: `jax.random.permutation(key, x, axis, independent)`.
///
/// # Errors
///
/// [`Error::Axis`] if there is no such axis; [`Error::Length`] if the product of the shape isn't the length of `x`.
/// Then `x` is as it was.
///
/// ```
/// use tangents::random::{Key, permutation, shuffle_axis};
///
/// let key = Key::new(137);
/// let mut x = [1, 2, 3, 10, 20, 30];
/// shuffle_axis(key, &mut x, &[2, 3], 1, false)?;
/// let order = permutation(key, 3);
/// assert_eq!(x[..3], [order[0] + 1, order[1] + 1, order[2] + 1]);
/// assert_eq!(x[3..], [10 * x[0], 10 * x[1], 10 * x[2]]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
pub fn shuffle_axis<T>(
    key: Key<impl Generator>,
    x: &mut [T],
    shape: &[usize],
    axis: usize,
    independent: bool,
) -> Result<(), Error> {
    let Some(&n) = shape.get(axis) else {
        return Err(Error::Axis { axis, axes: shape.len() });
    };
    // A zero anywhere makes the product zero, whatever overflows.
    let product =
        if shape.contains(&0) { 0 } else { shape.iter().fold(1, |n, &m| usize::saturating_mul(n, m)) };
    Error::check_length("array", product, x.len())?;
    if product == 0 {
        return Ok(());
    }
    // Element j of a line is `stride` · j behind its first element.
    let stride: usize = shape[axis + 1..].iter().product();
    let lines = (0..product).step_by(n * stride).flat_map(|block| block..block + stride);
    let place = |first: usize, j: usize| first + j * stride;
    if independent {
        for words in rounds_of_words(key, product) {
            for first in lines.clone() {
                let word = |i| words[place(first, i)];
                sort(n, word, |i, j| x.swap(place(first, i), place(first, j)));
            }
        }
    } else {
        for words in rounds_of_words(key, n) {
            let swap_slices = |i, j| lines.clone().for_each(|first| x.swap(place(first, i), place(first, j)));
            sort(n, |i| words[i], swap_slices);
        }
    }
    Ok(())
}

/// The words by which an array of so many elements is sorted, one time after another.
fn rounds_of_words<G: Generator>(mut key: Key<G>, size: usize) -> impl Iterator<Item = Vec<u32>> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 … 6, as in JAX"
    )]
    let rounds = Float::ceil(3.0 * Float::ln(size.max(1) as f64) / Float::ln(f64::from(u32::MAX))) as usize;
    core::iter::repeat_with(move || {
        let subkey;
        [key, subkey] = key.split();
        Bits.sample_vec(subkey, size)
    })
    .take(rounds)
}

/// Swaps n elements until they are in the order of their words; where words are equal, the elements keep their order.
fn sort(n: usize, word: impl Fn(usize) -> u32, mut swap: impl FnMut(usize, usize)) {
    let mut sources: Vec<(u32, usize)> = (0..n).map(|i| (word(i), i)).collect();
    sources.sort_unstable();
    for start in 0..n {
        // Along the cycle of the permutation that begins here; a place that has its element is its own source.
        let mut place = start;
        loop {
            let source = core::mem::replace(&mut sources[place].1, place);
            if source == start {
                break;
            }
            swap(place, source);
            place = source;
        }
    }
}
