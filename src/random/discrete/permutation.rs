//! Random orders: of the numbers below n, of a slice, along an axis of an array.

use alloc::vec::Vec;

use num_traits::Float;

use crate::random::bits::Bits;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::Distribution;

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
/// assert_eq!(permutation(Key::new(137), 10), [7, 6, 3, 4, 0, 1, 2, 8, 9, 5]);
/// ```
pub fn permutation(key: Key<impl Generator>, n: usize) -> Vec<usize> {
    let rounds: Vec<Vec<u32>> = rounds_of_words(key, n).collect();
    sorted(n, rounds.iter().map(|words| |i: usize| words[i]))
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
/// let mut cards = ["ace", "king", "queen", "jack"];
/// shuffle(Key::new(137), &mut cards);
/// assert_eq!(cards, ["jack", "ace", "king", "queen"]);
/// assert_eq!(permutation(Key::new(137), 4), [3, 0, 1, 2]);
/// ```
pub fn shuffle<T>(key: Key<impl Generator>, x: &mut [T]) {
    arrange(permutation(key, x.len()), |i, j| x.swap(i, j));
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
/// use tangents::random::{Key, shuffle_axis};
///
/// let mut x = [1, 2, 3, 4, 10, 20, 30, 40]; // two rows of four
/// shuffle_axis(Key::new(137), &mut x, &[2, 4], 1, false)?;
/// assert_eq!(x, [4, 1, 2, 3, 40, 10, 20, 30]);
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
        let rounds: Vec<Vec<u32>> = rounds_of_words(key, product).collect();
        for first in lines {
            let order = sorted(n, rounds.iter().map(|words| move |i| words[place(first, i)]));
            arrange(order, |i, j| x.swap(place(first, i), place(first, j)));
        }
    } else {
        arrange(permutation(key, n), |i, j| {
            lines.clone().for_each(|first| x.swap(place(first, i), place(first, j)));
        });
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

/// The numbers below n, sorted by the words at their places, one time after another; equal words keep their order.
fn sorted<W: Fn(usize) -> u32>(n: usize, rounds: impl Iterator<Item = W>) -> Vec<usize> {
    let mut order: Vec<(u32, usize)> = (0..n).map(|i| (0, i)).collect();
    for word in rounds {
        for (i, (at, _)) in order.iter_mut().enumerate() {
            *at = word(i);
        }
        order.sort_by_key(|&(word, _)| word);
    }
    order.into_iter().map(|(_, i)| i).collect()
}

/// Swaps elements until at each place there is the one that was at the place in `order`.
fn arrange(mut order: Vec<usize>, mut swap: impl FnMut(usize, usize)) {
    for start in 0..order.len() {
        // Along the cycle that begins here; a place that has its element is its own in the order.
        let mut place = start;
        loop {
            let source = core::mem::replace(&mut order[place], place);
            if source == start {
                break;
            }
            swap(place, source);
            place = source;
        }
    }
}
