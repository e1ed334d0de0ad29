//! A sparse matrix as the drivers return it: [`SparseMatrix`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::{Pattern, SparseError};
use crate::error::Error;
use crate::rules::Number;

/// In which order the values of a sparse matrix stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Row after row: compressed sparse rows, CSR.
    #[default]
    Rows,
    /// Column after column: compressed sparse columns, CSC.
    Columns,
}

/// A matrix of which only the entries of its [`Pattern`] are stored, in compressed sparse rows or columns.
///
/// ```
/// use tangents::sparse::{Layout, Pattern, SparseMatrix};
///
/// let pattern = Pattern::new((2, 3), vec![0, 2, 3], vec![0, 2, 1])?;
/// let a = SparseMatrix::new(pattern, vec![5.0, 6.0, 7.0])?;
/// assert_eq!((a.get(0, 2), a.get(1, 2)), (Some(&6.0), None));
/// assert_eq!(a.to_dense(), [[5.0, 0.0, 6.0], [0.0, 7.0, 0.0]]);
/// assert_eq!(a.matvec(&[1.0, 1.0, 1.0]), [11.0, 7.0]);
///
/// let (indptr, indices, values) = a.into_layout(Layout::Columns).into_parts();
/// assert_eq!((indptr, indices, values), (vec![0, 1, 2, 3], vec![0, 1, 0], vec![5.0, 7.0, 6.0]));
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct SparseMatrix<T> {
    pattern: Arc<Pattern>,
    /// The pattern of the transpose, if the values stand column after column.
    transpose: Option<Arc<Pattern>>,
    values: Vec<T>,
}

impl<T> SparseMatrix<T> {
    /// The matrix with these values at the entries of the pattern, row after row.
    ///
    /// Values in columns, as a plan in [`Layout::Columns`] writes them, go to [`in_layout`](Self::in_layout).
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if there are more or fewer values than entries.
    pub fn new(pattern: impl Into<Arc<Pattern>>, values: Vec<T>) -> Result<Self, SparseError> {
        let pattern = pattern.into();
        Error::check_length("values", pattern.nnz(), values.len())?;
        Ok(Self::from_fitting(pattern, None, values))
    }

    /// The matrix with these values in the order of the layout.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn in_layout(
        pattern: impl Into<Arc<Pattern>>,
        layout: Layout,
        values: Vec<T>,
    ) -> Result<Self, SparseError> {
        let rows = Self::new(pattern, values)?;
        Ok(match layout {
            Layout::Rows => rows,
            Layout::Columns => Self { transpose: Some(Arc::new(rows.pattern.transpose())), ..rows },
        })
    }

    /// The matrix with as many values as entries, in columns if there is the pattern of the transpose.
    pub(super) fn from_fitting(
        pattern: Arc<Pattern>,
        transpose: Option<Arc<Pattern>>,
        values: Vec<T>,
    ) -> Self {
        debug_assert_eq!(pattern.nnz(), values.len());
        Self { pattern, transpose, values }
    }

    /// A matrix with the same pattern and layout, and these values.
    pub(crate) fn with_values<U>(&self, values: Vec<U>) -> SparseMatrix<U> {
        SparseMatrix::from_fitting(self.pattern.clone(), self.transpose.clone(), values)
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.pattern.rows()
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.pattern.columns()
    }

    /// The number of stored entries.
    pub fn nnz(&self) -> usize {
        self.pattern.nnz()
    }

    /// Where the entries are.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Whether the values stand row after row or column after column.
    pub fn layout(&self) -> Layout {
        if self.transpose.is_some() { Layout::Columns } else { Layout::Rows }
    }

    /// The pattern as it is compressed: that of the matrix, or in [`Layout::Columns`] that of the transpose.
    fn compressed(&self) -> &Pattern {
        self.transpose.as_ref().unwrap_or(&self.pattern)
    }

    /// Where each row, or each column, starts among the values, and last their number.
    pub fn indptr(&self) -> &[usize] {
        self.compressed().indptr()
    }

    /// The columns of the entries, row after row, or their rows, column after column.
    pub fn indices(&self) -> &[usize] {
        self.compressed().indices()
    }

    /// The values of the entries, in the order of the layout.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The values of the entries, to be changed.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// `(indptr, indices, values)` of the layout, as other crates take them.
    ///
    /// `faer` takes columns: `SymbolicSparseColMat::new_checked(rows, columns, indptr, None, indices)`, and that with `values` is
    /// `SparseColMat::new`. A plan in [`Layout::Columns`] writes new values into its `val_mut()`.
    pub fn into_parts(self) -> (Vec<usize>, Vec<usize>, Vec<T>) {
        let Self { pattern, transpose, values } = self;
        let compressed = transpose.unwrap_or(pattern);
        let (indptr, indices) = Arc::unwrap_or_clone(compressed).into_parts();
        (indptr, indices, values)
    }

    /// The entry in row `i` and column `j`, if it is stored.
    pub fn get(&self, i: usize, j: usize) -> Option<&T> {
        self.place(i, j).map(|place| &self.values[place])
    }

    /// The entry in row `i` and column `j`, to be changed, if it is stored.
    pub fn get_mut(&mut self, i: usize, j: usize) -> Option<&mut T> {
        self.place(i, j).map(|place| &mut self.values[place])
    }

    /// Where the entry in row `i` and column `j` is among the values, if it is stored.
    fn place(&self, i: usize, j: usize) -> Option<usize> {
        let (major, minor) = match self.layout() {
            Layout::Rows => (i, j),
            Layout::Columns => (j, i),
        };
        let compressed = self.compressed();
        if major >= compressed.rows() {
            return None;
        }
        let place = compressed.row(major).binary_search(&minor).ok()?;
        Some(compressed.range(major).start + place)
    }

    /// The stored entries, `(row, column, value)`, in the order of the layout.
    pub fn triplets(&self) -> impl Iterator<Item = (usize, usize, &T)> {
        let layout = self.layout();
        self.compressed().entries().zip(&self.values).map(move |((major, minor), value)| match layout {
            Layout::Rows => (major, minor, value),
            Layout::Columns => (minor, major, value),
        })
    }

    /// The transpose. Nothing is moved: what stood row after row stands column after column.
    #[must_use]
    pub fn transpose(self) -> Self {
        let Self { pattern, transpose, values } = self;
        if let Some(transpose) = transpose {
            return Self::from_fitting(transpose, None, values);
        }
        let rows = Arc::new(pattern.transpose());
        Self::from_fitting(rows, Some(pattern), values)
    }
}

impl<T: Clone> SparseMatrix<T> {
    /// The same matrix with its values in this order, in O(rows + columns + entries).
    #[must_use]
    pub fn into_layout(self, layout: Layout) -> Self {
        if self.layout() == layout {
            return self;
        }
        let Self { pattern, transpose, values } = self;
        match transpose {
            None => {
                let order = pattern.transposed_order();
                let values = order.iter().map(|&k| values[k].clone()).collect();
                let columns = Arc::new(pattern.transpose());
                Self::from_fitting(pattern, Some(columns), values)
            }
            Some(transpose) => {
                let order = transpose.transposed_order();
                let values = order.iter().map(|&k| values[k].clone()).collect();
                Self::from_fitting(pattern, None, values)
            }
        }
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
    /// Each number is the sum of its row's products from the left to the right, in either layout.
    ///
    /// # Panics
    ///
    /// If `v` hasn't as many numbers as the matrix has columns.
    #[track_caller]
    pub fn matvec(&self, v: &[T]) -> Vec<T> {
        assert_eq!(v.len(), self.columns(), "the vector must be as long as the matrix has columns");
        let mut product = alloc::vec![T::zero(); self.rows()];
        for (i, j, &a) in self.triplets() {
            product[i] += a * v[j];
        }
        product
    }
}

/// The shape, and the entries as a map from `(row, column)`: the first hundred, with `{:#?}` all.
impl<T: fmt::Debug> fmt::Debug for SparseMatrix<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if f.alternate() { usize::MAX } else { 100 };
        write!(f, "SparseMatrix {} × {} ", self.rows(), self.columns())?;
        f.debug_map().entries(self.triplets().map(|(i, j, value)| ((i, j), value)).take(shown)).finish()?;
        match self.nnz().saturating_sub(shown) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// A line for each row, with `·` where no entry is stored; width and precision are those of each entry.
///
/// ```
/// use tangents::sparse::{Pattern, SparseMatrix};
///
/// let pattern = Pattern::from_entries((2, 3), [(0, 0), (0, 2), (1, 1)])?;
/// let a = SparseMatrix::new(pattern, vec![5.0, -0.25, 7.0])?;
/// assert_eq!(format!("{a:6.2}"), "  5.00      ·  -0.25\n     ·   7.00      ·\n");
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
impl<T: fmt::Display> fmt::Display for SparseMatrix<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(1);
        for i in 0..self.rows() {
            for j in 0..self.columns() {
                if j > 0 {
                    f.write_str(" ")?;
                }
                match self.get(i, j) {
                    Some(value) => value.fmt(f)?,
                    None => write!(f, "{:>width$}", '·')?,
                }
            }
            f.write_str("\n")?;
        }
        Ok(())
    }
}
