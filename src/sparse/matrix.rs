//! A sparse matrix as the drivers return it: [`SparseMatrix`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::{Pattern, SparseError};
use crate::error::Error;
use crate::rules::Number;

/// A matrix of which only the entries of its [`Pattern`] are stored, in compressed sparse rows.
///
/// ```
/// use tangents::sparse::{Pattern, SparseMatrix};
///
/// let pattern = Pattern::new((2, 3), vec![0, 2, 3], vec![0, 2, 1])?;
/// let a = SparseMatrix::new(pattern, vec![5.0, 6.0, 7.0])?;
/// assert_eq!((a.get(0, 2), a.get(1, 2)), (Some(&6.0), None));
/// assert_eq!(a.to_dense(), [[5.0, 0.0, 6.0], [0.0, 7.0, 0.0]]);
/// assert_eq!(a.matvec(&[1.0, 1.0, 1.0]), [11.0, 7.0]);
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct SparseMatrix<T> {
    pattern: Arc<Pattern>,
    values: Vec<T>,
}

impl<T> SparseMatrix<T> {
    /// The matrix with these values at the entries of the pattern, row after row.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if there are more or fewer values than entries.
    pub fn new(pattern: impl Into<Arc<Pattern>>, values: Vec<T>) -> Result<Self, SparseError> {
        let pattern = pattern.into();
        Error::check_length("values", pattern.nnz(), values.len())?;
        Ok(Self { pattern, values })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.pattern.rows()
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.pattern.columns()
    }

    /// Where the entries are.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// The values of the entries, row after row.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The values of the entries, to be changed.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// Pattern and values.
    pub fn into_parts(self) -> (Arc<Pattern>, Vec<T>) {
        (self.pattern, self.values)
    }

    /// The entry in row `i` and column `j`, if it is stored.
    pub fn get(&self, i: usize, j: usize) -> Option<&T> {
        let place = self.pattern.row(i).binary_search(&j).ok()?;
        Some(&self.values[self.pattern.range(i)][place])
    }

    /// The stored entries, `(row, column, value)`, row after row.
    pub fn triplets(&self) -> impl Iterator<Item = (usize, usize, &T)> {
        self.pattern.entries().zip(&self.values).map(|((i, j), value)| (i, j, value))
    }
}

impl<T: Number> SparseMatrix<T> {
    /// All entries, row after row, with zeros where none is stored.
    pub fn to_dense(&self) -> Vec<Vec<T>> {
        let mut dense = alloc::vec![alloc::vec![T::zero(); self.columns()]; self.rows()];
        for (i, j, &value) in self.triplets() {
            dense[i][j] = value;
        }
        dense
    }

    /// The product `A·v`.
    ///
    /// # Panics
    ///
    /// If `v` hasn't as many numbers as the matrix has columns.
    #[track_caller]
    pub fn matvec(&self, v: &[T]) -> Vec<T> {
        assert_eq!(v.len(), self.columns(), "the vector must be as long as the matrix has columns");
        let row = |i| {
            let range = self.pattern.range(i);
            T::sum(self.values[range].iter().zip(self.pattern.row(i)).map(|(&a, &j)| a * v[j]))
        };
        (0..self.rows()).map(row).collect()
    }
}

impl<T: fmt::Debug> fmt::Debug for SparseMatrix<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.triplets().map(|(i, j, value)| ((i, j), value))).finish()
    }
}
