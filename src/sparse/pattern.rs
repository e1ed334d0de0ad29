//! Where a matrix may have entries that aren't zero: [`Pattern`].

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use super::SparseError;
use crate::error::Error;

/// Where a matrix may have entries that aren't zero, in compressed sparse rows.
///
/// `indices[indptr[i]..indptr[i + 1]]` are the columns of row `i`, in increasing order; the names are those of `SciPy` and sprs.
///
/// ```
/// use tangents::sparse::Pattern;
///
/// let pattern = Pattern::new((2, 3), vec![0, 2, 3], vec![0, 2, 1])?;
/// assert_eq!(pattern, Pattern::from_entries((2, 3), [(1, 1), (0, 2), (0, 0)])?);
/// assert_eq!(pattern.row(0), [0, 2]);
/// assert_eq!(pattern.to_string(), "×·×\n·×·\n");
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    columns: usize,
    indptr: Vec<usize>,
    indices: Vec<usize>,
}

impl Pattern {
    /// The pattern of a matrix of `shape = (rows, columns)` from its pointers and indices.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if there aren't `rows + 1` pointers, [`SparseError::Pointers`] if they don't rise from 0 to the number of
    /// indices, [`SparseError::OutOfRange`] and [`SparseError::Unsorted`] for the indices of a row.
    pub fn new(
        (rows, columns): (usize, usize),
        indptr: Vec<usize>,
        indices: Vec<usize>,
    ) -> Result<Self, SparseError> {
        Error::check_length("pointers", rows.saturating_add(1), indptr.len())?;
        if indptr[0] != 0 {
            return Err(SparseError::Pointers { row: 0 });
        }
        for (row, ends) in indptr.windows(2).enumerate() {
            let entries = indices.get(ends[0]..ends[1]).ok_or(SparseError::Pointers { row })?;
            if let Some(&column) = entries.iter().find(|&&column| column >= columns) {
                return Err(SparseError::OutOfRange { row, column });
            }
            if !entries.is_sorted_by(|a, b| a < b) {
                return Err(SparseError::Unsorted { row });
            }
        }
        if indptr[rows] != indices.len() {
            return Err(SparseError::Pointers { row: rows });
        }
        Ok(Self { columns, indptr, indices })
    }

    /// The pattern of a matrix of `shape = (rows, columns)` with these entries, `(row, column)`, in any order; an entry may be
    /// given more than once.
    ///
    /// # Errors
    ///
    /// [`SparseError::OutOfRange`] for an entry outside the matrix.
    pub fn from_entries(
        (rows, columns): (usize, usize),
        entries: impl IntoIterator<Item = (usize, usize)>,
    ) -> Result<Self, SparseError> {
        let mut entries: Vec<_> = entries.into_iter().collect();
        if let Some(&(row, column)) = entries.iter().find(|&&(row, column)| row >= rows || column >= columns)
        {
            return Err(SparseError::OutOfRange { row, column });
        }
        entries.sort_unstable();
        entries.dedup();
        let mut indptr = alloc::vec![0; rows + 1];
        for &(row, _) in &entries {
            indptr[row + 1] += 1;
        }
        add_up(&mut indptr);
        Ok(Self { columns, indptr, indices: entries.into_iter().map(|(_, column)| column).collect() })
    }

    /// The pattern from parts that are known to fit; debug builds check them.
    pub(super) fn from_parts(columns: usize, indptr: Vec<usize>, indices: Vec<usize>) -> Self {
        if cfg!(debug_assertions) {
            return Self::new((indptr.len() - 1, columns), indptr, indices)
                .expect("a pattern whose parts fit");
        }
        Self { columns, indptr, indices }
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.indptr.len() - 1
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The number of entries.
    pub fn nnz(&self) -> usize {
        self.indices.len()
    }

    /// Where each row starts among the [`indices`](Self::indices), and last their number.
    pub fn indptr(&self) -> &[usize] {
        &self.indptr
    }

    /// The columns of the entries, row after row.
    pub fn indices(&self) -> &[usize] {
        &self.indices
    }

    /// Where row `i` is among the [`indices`](Self::indices).
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[track_caller]
    pub fn range(&self, i: usize) -> Range<usize> {
        self.indptr[i]..self.indptr[i + 1]
    }

    /// The columns of the entries of row `i`, in increasing order.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[track_caller]
    pub fn row(&self, i: usize) -> &[usize] {
        &self.indices[self.range(i)]
    }

    /// Whether there is an entry in row `i` and column `j`.
    pub fn contains(&self, i: usize, j: usize) -> bool {
        i < self.rows() && self.row(i).binary_search(&j).is_ok()
    }

    /// The entries, `(row, column)`, row after row.
    pub fn entries(&self) -> impl Iterator<Item = (usize, usize)> + Clone {
        (0..self.rows()).flat_map(|i| self.row(i).iter().map(move |&j| (i, j)))
    }

    /// The pattern of the transpose; read as compressed columns, it is this pattern.
    #[must_use]
    pub fn transpose(&self) -> Self {
        let mut indices = alloc::vec![0; self.nnz()];
        let indptr = self.each_transposed(|place, i, _| indices[place] = i);
        Self { columns: self.rows(), indptr, indices }
    }

    /// Which entry of this pattern is each entry of the transpose.
    pub(super) fn transposed_order(&self) -> Vec<usize> {
        let mut order = alloc::vec![0; self.nnz()];
        self.each_transposed(|place, _, k| order[place] = k);
        order
    }

    /// Where each entry of this pattern is in the transpose.
    pub(super) fn transposed_places(&self) -> Vec<usize> {
        let mut places = alloc::vec![0; self.nnz()];
        self.each_transposed(|place, _, k| places[k] = place);
        places
    }

    /// Hands on the place of each entry in the transpose, its row, and its place here; gives the pointers of the transpose.
    fn each_transposed(&self, mut entry: impl FnMut(usize, usize, usize)) -> Vec<usize> {
        let mut indptr = alloc::vec![0; self.columns + 1];
        for &j in &self.indices {
            indptr[j + 1] += 1;
        }
        add_up(&mut indptr);
        let mut next = indptr.clone();
        for (k, (i, j)) in self.entries().enumerate() {
            entry(next[j], i, k);
            next[j] += 1;
        }
        indptr
    }

    /// The pointers and the indices.
    pub fn into_parts(self) -> (Vec<usize>, Vec<usize>) {
        (self.indptr, self.indices)
    }

    /// The pattern of the same shape without the entries of these rows, which are given in any order.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[must_use]
    #[track_caller]
    pub fn without_rows(&self, rows: &[usize]) -> Self {
        let mut kept = alloc::vec![true; self.rows()];
        for &row in rows {
            kept[row] = false;
        }
        let mut indptr = alloc::vec![0];
        let mut indices = Vec::with_capacity(self.nnz());
        for (row, kept) in kept.into_iter().enumerate() {
            if kept {
                indices.extend_from_slice(self.row(row));
            }
            indptr.push(indices.len());
        }
        Self { columns: self.columns, indptr, indices }
    }

    /// That the pattern is that of a symmetric matrix.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if it isn't square, [`SparseError::Asymmetric`] with the first entry that has no mirror image.
    pub fn check_symmetric(&self) -> Result<(), SparseError> {
        Error::check_shape(self.rows(), self.columns)?;
        match self.entries().find(|&(row, column)| !self.contains(column, row)) {
            Some((row, column)) => Err(SparseError::Asymmetric { row, column }),
            None => Ok(()),
        }
    }
}

/// Makes of numbers their running sums.
pub(super) fn add_up(counts: &mut [usize]) {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
}

/// Shape and number of entries; the matrix itself is what [`Display`](fmt::Display) prints.
impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern {{ {} × {}, {} entries }}", self.rows(), self.columns, self.nnz())
    }
}

/// A line for each row, with × for an entry and · for none.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for i in 0..self.rows() {
            let mut row = self.row(i).iter().peekable();
            for j in 0..self.columns {
                f.write_str(if row.next_if_eq(&&j).is_some() { "×" } else { "·" })?;
            }
            f.write_str("\n")?;
        }
        Ok(())
    }
}
