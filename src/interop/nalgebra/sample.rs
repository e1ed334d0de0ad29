//! Samples in the vectors and matrices of `nalgebra`.
//!
//! Elements are counted as in JAX, row by row, although `nalgebra` keeps them column by column: element (r, c) of a
//! matrix of C columns is element r·C + c of the sample. So `SMatrix<f32, 20, 10>` and `DMatrix` of shape `(20, 10)`
//! are JAX's `shape=(20, 10)`, and a column vector is a matrix of one column.

#[cfg(feature = "alloc")]
use ::nalgebra::{DMatrix, DVector};
use ::nalgebra::{SMatrix, Scalar};
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use crate::random::SampleShaped;
use crate::random::{Elements, Sample};

/// JAX's `shape=(R, C)`; a column vector is `(R, 1)`, which has the elements of `(R,)`.
///
/// ```
/// use nalgebra::{SMatrix, SVector};
/// use tangents::random::{Key, uniform};
///
/// let [key1, key2] = Key::new(137).split();
/// let input: SVector<f32, 10> = uniform(key1);
/// let trans_matrix: SMatrix<f32, 20, 10> = uniform(key2);
/// assert_eq!(input.as_slice(), uniform::<[f32; 10]>(key1));
/// assert_eq!(trans_matrix[(3, 7)], uniform::<[[f32; 10]; 20]>(key2)[3][7]);
/// ```
impl<S: Sample + Scalar, const R: usize, const C: usize> Sample for SMatrix<S, R, C> {
    type Element = S::Element;
    const LEN: u64 = (R * C) as u64 * S::LEN;

    #[inline]
    fn from_elements(first: u64, elements: &impl Elements<S::Element>) -> Self {
        Self::from_fn(|r, c| S::from_elements(first + (r * C + c) as u64 * S::LEN, elements))
    }
}

/// JAX's `shape=(n,)`.
///
/// ```
/// use nalgebra::DVector;
/// use tangents::random::{Distribution, Key, StandardNormal};
///
/// let noise: DVector<f64> = StandardNormal.sample_shaped(Key::new(0), 5);
/// assert_eq!(noise.as_slice(), StandardNormal.sample::<[f64; 5]>(Key::new(0)));
/// ```
#[cfg(feature = "alloc")]
impl<S: Sample + Scalar> SampleShaped for DVector<S> {
    type Element = S::Element;
    type Shape = usize;

    #[inline]
    fn len(n: usize) -> u64 {
        <Vec<S> as SampleShaped>::len(n)
    }

    #[inline(always)]
    fn from_elements(n: usize, elements: &impl Elements<S::Element>) -> Self {
        Self::from_vec(Vec::from_elements(n, elements))
    }
}

/// JAX's `shape=(rows, columns)`.
///
/// ```
/// use nalgebra::DMatrix;
/// use tangents::random::{Distribution, Key, StandardUniform, uniform};
///
/// let matrix: DMatrix<f32> = StandardUniform.sample_shaped(Key::new(137), (20, 10));
/// assert_eq!(matrix[(3, 7)], uniform::<[[f32; 10]; 20]>(Key::new(137))[3][7]);
/// ```
#[cfg(feature = "alloc")]
impl<S: Sample + Scalar> SampleShaped for DMatrix<S> {
    type Element = S::Element;
    type Shape = (usize, usize);

    #[inline]
    fn len((rows, columns): (usize, usize)) -> u64 {
        rows as u64 * columns as u64 * S::LEN
    }

    #[inline(always)]
    fn from_elements((rows, columns): (usize, usize), elements: &impl Elements<S::Element>) -> Self {
        // In a row first: what is drawn in a row is drawn in vectors.
        Self::from_row_iterator(rows, columns, Vec::from_elements(rows * columns, elements))
    }
}
