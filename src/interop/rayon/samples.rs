//! Samples.

use alloc::vec::Vec;

use ::rayon::iter::{IndexedParallelIterator, ParallelIterator, repeat_n};
use ::rayon::slice::ParallelSliceMut;

use crate::random::{Distribution, Generator, Key, Sample};

/// How many elements a thread draws at a time: enough that it costs more than to hand them out, few enough that they
/// stay in the cache that a core has for itself.
const PIECE: u64 = 1 << 14;

/// [`Distribution`]s drawn on many threads: the same elements as on one, bit for bit, whatever the number of threads.
///
/// Everything that is a [`Distribution`] and `Sync` has it. The threads are those of the current `rayon` pool.
///
/// ```
/// use tangents::interop::rayon::ParallelDistribution;
/// use tangents::random::{Distribution, Key, StandardNormal};
///
/// let key = Key::new(0);
/// let noise: Vec<f64> = StandardNormal.par_sample_vec(key, 100_000);
/// assert_eq!(noise, StandardNormal.sample_vec::<f64>(key, 100_000));
/// ```
pub trait ParallelDistribution<T>: Distribution<T> + Sync {
    /// Overwrites a slice, of elements or of arrays of them, as [`fill`](Distribution::fill) does.
    ///
    /// The slice is divided into pieces of 2¹⁴ elements or more, and one shorter than that is filled by the calling
    /// thread. Vectors and matrices whose elements belong together (`Dirichlet`, `Orthogonal`, …) are computed once for
    /// each piece that they reach into, so it pays where they are smaller than a piece.
    ///
    /// ```
    /// use tangents::interop::rayon::ParallelDistribution;
    /// use tangents::random::{Distribution, Key, Uniform};
    ///
    /// let signed = Uniform::new(-1.0_f32..1.0)?;
    /// let (key, mut rows) = (Key::new(137), vec![[0.0; 10]; 20_000]);
    /// signed.par_fill(key, &mut rows);
    /// assert_eq!(rows, signed.sample_vec::<[f32; 10]>(key, 20_000));
    /// # Ok::<(), tangents::random::Error>(())
    /// ```
    fn par_fill<S: Sample<Element = T> + Send>(&self, key: Key<impl Generator>, out: &mut [S]) {
        let len = out.len() as u64 * S::LEN;
        #[expect(clippy::cast_possible_truncation, reason = "at most 2¹⁴")]
        let piece = PIECE.div_ceil(S::LEN.max(1)) as usize;
        if out.len() <= piece {
            return self.fill_piece(key, len, 0, out);
        }
        out.par_chunks_mut(piece).enumerate().for_each(|(i, out)| {
            self.fill_piece(key, len, (i * piece) as u64 * S::LEN, out);
        });
    }

    /// Draws a vector of `n` elements, or of `n` arrays of them, as [`sample_vec`](Distribution::sample_vec) does.
    fn par_sample_vec<S: Sample<Element = T> + Send>(&self, key: Key<impl Generator>, n: usize) -> Vec<S> {
        if n == 0 {
            return Vec::new();
        }
        // The first sample everywhere, so that there is something to overwrite; on many threads too, since what takes
        // the time is that the memory is touched for the first time.
        let first = S::from_elements(0, &self.elements(key, n as u64 * S::LEN));
        let mut samples: Vec<S> = repeat_n(first, n).collect();
        self.par_fill(key, &mut samples);
        samples
    }
}

impl<T, D: Distribution<T> + Sync> ParallelDistribution<T> for D {}
