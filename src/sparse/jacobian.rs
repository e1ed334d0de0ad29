//! Sparse Jacobians in compressed form: [`JacobianPlan`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use num_traits::Zero;

use super::compressed::Compressed;
use super::dense_rows::DenseRows;
use super::recipe::{Entry, Recipe, Width};
use super::{Coloring, Layout, Order, Pattern, SparseError, SparseMatrix, SparseWorkspace};
use crate::drive::Family;
use crate::error::Error;
use crate::function::{At, Function};
use crate::rules::Number;

/// The orders in which columns are coloured unless colours are given.
///
/// The natural one costs next to nothing and is the best for bands, smallest last the best for most other patterns.
pub(super) const ORDERS: [Order; 2] = [Order::Natural, Order::SmallestLast];

/// What evaluates the Jacobians of functions with one pattern: pattern, colouring, and where each derivative goes.
///
/// Columns of one colour share no row, so their coordinates share a lane: lane c of the result's number i is the one entry
/// that row i has in the columns of colour c (Curtis, Powell and Reid 1974). The columns of as many colours as there are lanes
/// take one evaluation of the function, however many columns they are.
///
/// A plan is made once and evaluated often; it can be shared between threads and, with the feature `serde`, be written and
/// read. [`Function::sparse_jacobian`] does everything in one call.
///
/// ```
/// use tangents::lambda;
/// use tangents::sparse::{JacobianPlan, Pattern};
///
/// let differences = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[1] * w[1] - w[0]).collect() });
/// let pattern = Pattern::from_entries((3, 4), (0..3).flat_map(|i| [(i, i), (i, i + 1)]))?;
/// let plan = JacobianPlan::from_pattern(pattern)?;
/// assert_eq!(plan.coloring().count(), 2);
///
/// let jacobian = plan.jacobian(&differences, &[1.0, 2.0, 3.0, 4.0])?;
/// assert_eq!(jacobian.values(), [-1.0, 4.0, -1.0, 6.0, -1.0, 8.0]);
/// assert_eq!(jacobian.to_string(), "-1 4 · ·\n· -1 6 ·\n· · -1 8\n");
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
///
/// # Cost
///
/// ⌈colours/W⌉ evaluations of the function on W lanes (at least one), where W is the one of 4, 8 and 16 that costs least for the number
/// of colours; and ⌈k/32⌉ more if there are rows with so many entries, in k columns, that they are [apart](Self::dense_rows).
/// The entries are those of [`Function::jacobian`] bit for bit, for every W and instruction set; only zeros may differ in sign.
///
/// # What it can't compress
///
/// A row with entries in k columns needs k colours: forward mode evaluates along columns. A few such rows are set apart and cost
/// k/32 evaluations, in which all but 32 coordinates are constants. A Jacobian with many long rows and few long columns, as a
/// scalar function's gradient, has nothing to gain here; there it takes reverse mode.
///
/// # Patterns that don't hold
///
/// The pattern must hold at every point at which the plan is evaluated. A derivative outside it goes unnoticed into the entries that share its
/// row and colour: a function that branches has a pattern for each branch, and one that is found at a point
/// needn't hold at the next. Use a pattern that holds everywhere, or find it anew, and ask [`verify`](Self::verify) in tests.
#[derive(Clone)]
pub struct JacobianPlan {
    pattern: Arc<Pattern>,
    /// The pattern of the transpose, in [`Layout::Columns`].
    transpose: Option<Arc<Pattern>>,
    coloring: Coloring,
    dense: Vec<usize>,
    compressed: Compressed,
}

impl JacobianPlan {
    /// The plan for a pattern whose columns have these colours.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if there are more or fewer colours than columns, [`SparseError::Collision`] with two columns of one
    /// colour that share a row, [`SparseError::TooLarge`] from 2³² entries on.
    pub fn new(pattern: impl Into<Arc<Pattern>>, coloring: Coloring) -> Result<Self, SparseError> {
        Self::with_dense_rows(pattern, &[], coloring)
    }

    /// The plan for a pattern of which some rows are evaluated apart, and whose columns have colours for the other rows.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new), and [`SparseError::NoSuchRow`] if one of the dense rows isn't one of the pattern's.
    ///
    /// ```
    /// use tangents::lambda;
    /// use tangents::sparse::{Coloring, JacobianPlan, Order, Pattern};
    ///
    /// let f = lambda!(|x: [f64]| -> [f64; 3] { [x[0] * x[1] * x[2], x[1].powi(2), x[2].powi(3)] });
    /// let pattern = Pattern::from_entries((3, 3), [(0, 0), (0, 1), (0, 2), (1, 1), (2, 2)])?;
    /// let coloring = Coloring::of_columns(&pattern.without_rows(&[0]), Order::Natural);
    /// assert_eq!(coloring.count(), 1);
    /// let plan = JacobianPlan::with_dense_rows(pattern, &[0], coloring)?;
    /// assert_eq!(plan.jacobian(&f, &[1.0, 2.0, 3.0])?.values(), [6.0, 3.0, 2.0, 4.0, 27.0]);
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    pub fn with_dense_rows(
        pattern: impl Into<Arc<Pattern>>,
        dense: &[usize],
        coloring: Coloring,
    ) -> Result<Self, SparseError> {
        let mut dense = dense.to_vec();
        dense.sort_unstable();
        dense.dedup();
        Self::build(pattern.into(), coloring, dense, Layout::Rows, None)
    }

    /// The plan for a pattern: which rows are [evaluated apart](Pattern::dense_rows) and the colours of the columns, in the better
    /// of the natural order and the smallest last.
    ///
    /// # Errors
    ///
    /// [`SparseError::TooLarge`] from 2³² entries on.
    pub fn from_pattern(pattern: impl Into<Arc<Pattern>>) -> Result<Self, SparseError> {
        let pattern = pattern.into();
        let dense = pattern.dense_rows();
        let coloring = if dense.is_empty() {
            Coloring::of_columns(&pattern, ORDERS)
        } else {
            Coloring::of_columns(&pattern.without_rows(&dense), ORDERS)
        };
        Self::build(pattern, coloring, dense, Layout::Rows, None)
    }

    /// The plan of these parts, which are checked.
    pub(crate) fn from_parts(
        pattern: Arc<Pattern>,
        coloring: Coloring,
        mut dense: Vec<usize>,
        layout: Layout,
        lanes: usize,
    ) -> Result<Self, SparseError> {
        dense.sort_unstable();
        dense.dedup();
        let expected = Width::for_colors(coloring.count(), &Width::ALL).lanes();
        let width = Width::of_lanes(lanes).ok_or(Error::Length { what: "pass", expected, found: lanes })?;
        Self::build(pattern, coloring, dense, layout, Some(width))
    }

    fn build(
        pattern: Arc<Pattern>,
        coloring: Coloring,
        dense: Vec<usize>,
        layout: Layout,
        width: Option<Width>,
    ) -> Result<Self, SparseError> {
        if let Some(&row) = dense.last().filter(|&&row| row >= pattern.rows()) {
            return Err(SparseError::NoSuchRow { row });
        }
        if dense.is_empty() {
            coloring.check_columns(&pattern)?;
        } else {
            coloring.check_columns(&pattern.without_rows(&dense))?;
        }
        let width = width.unwrap_or_else(|| Width::for_colors(coloring.count(), &Width::ALL));
        let (transpose, places) = match layout {
            Layout::Rows => (None, None),
            Layout::Columns => (Some(Arc::new(pattern.transpose())), Some(pattern.transposed_places())),
        };
        let colors = coloring.colors();
        let place = |k: usize| places.as_ref().map_or(k, |places| places[k]);
        let entries = pattern
            .entries()
            .enumerate()
            .map(|(k, (row, j))| Entry { row, color: colors[j], place: place(k) })
            .filter(|entry| dense.binary_search(&entry.row).is_err());
        let recipe = Recipe::new(width, colors, coloring.count(), pattern.rows(), entries)?;
        let dense_rows = DenseRows::new(&pattern, &dense, places.as_deref());
        let compressed = Compressed {
            rows: pattern.rows(),
            columns: pattern.columns(),
            recipe: Arc::new(recipe),
            dense_rows: Arc::new(dense_rows),
        };
        Ok(Self { pattern, transpose, coloring, dense, compressed })
    }

    /// The same plan with the values in this order: row after row, as at first, or column after column.
    ///
    /// Solvers that take columns read those of a plan by rows as the transpose, and a square one without an error.
    #[must_use]
    pub fn with_layout(self, layout: Layout) -> Self {
        let width = Some(self.compressed.recipe.width());
        Self::build(self.pattern, self.coloring, self.dense, layout, width)
            .unwrap_or_else(|_| unreachable!("what fits in one layout fits in the other"))
    }

    /// The same plan with passes of 4, 8 or 16 lanes. It is for measurements: the lanes don't show in the values.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] for another number of lanes.
    pub fn with_lanes(self, lanes: usize) -> Result<Self, SparseError> {
        let layout = self.layout();
        Self::from_parts(self.pattern, self.coloring, self.dense, layout, lanes)
    }

    /// The number of rows, which is that of the function's results.
    pub fn rows(&self) -> usize {
        self.pattern.rows()
    }

    /// The number of columns, which is that of the coordinates.
    pub fn columns(&self) -> usize {
        self.pattern.columns()
    }

    /// Where the entries are.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// The colours of the columns.
    pub fn coloring(&self) -> &Coloring {
        &self.coloring
    }

    /// The rows that are evaluated as gradients, in increasing order, since they would need too many colours.
    pub fn dense_rows(&self) -> &[usize] {
        &self.dense
    }

    /// Whether the values stand row after row or column after column.
    pub fn layout(&self) -> Layout {
        if self.transpose.is_some() { Layout::Columns } else { Layout::Rows }
    }

    /// The number of entries, which is that of the values.
    pub fn nnz(&self) -> usize {
        self.pattern.nnz()
    }

    /// How many colours an evaluation of the function takes: 4, 8 or 16.
    pub fn lanes(&self) -> usize {
        self.compressed.recipe.width().lanes()
    }

    /// The pattern as the values are compressed: that of the matrix, or in [`Layout::Columns`] that of the transpose.
    fn along_layout(&self) -> &Pattern {
        self.transpose.as_ref().unwrap_or(&self.pattern)
    }

    /// Where each row, or each column, starts among the values, and last their number.
    pub fn indptr(&self) -> &[usize] {
        self.along_layout().indptr()
    }

    /// The columns of the entries, row after row, or their rows, column after column.
    pub fn indices(&self) -> &[usize] {
        self.along_layout().indices()
    }

    /// How the entries are evaluated.
    #[cfg(feature = "rayon")]
    pub(super) fn compressed(&self) -> &Compressed {
        &self.compressed
    }

    /// A matrix with these values in the order of the layout, of which there are as many as entries.
    pub(super) fn matrix<T>(&self, values: Vec<T>) -> SparseMatrix<T> {
        SparseMatrix::from_fitting(Arc::clone(&self.pattern), self.transpose.clone(), values)
    }

    /// The Jacobian at a point of any kind, whose coordinates are the columns; the numbers of the result, in order, are the rows.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if the point hasn't as many coordinates as the pattern has columns, or the function's result
    /// another number of numbers than there are rows.
    #[track_caller]
    pub fn jacobian<F, X>(&self, f: &F, x: &X) -> Result<SparseMatrix<X::Scalar>, SparseError>
    where
        F: Function + ?Sized,
        X: At<F::From> + ?Sized,
    {
        self.value_and_jacobian(f, x).map(|(_, jacobian)| jacobian)
    }

    /// The value and the Jacobian, as [`jacobian`](Self::jacobian).
    ///
    /// # Errors
    ///
    /// Those of [`jacobian`](Self::jacobian).
    #[allow(clippy::type_complexity)] // the value and the Jacobian
    #[track_caller]
    pub fn value_and_jacobian<F, X>(
        &self,
        f: &F,
        x: &X,
    ) -> Result<(<F::To as Family>::Of<X::Scalar>, SparseMatrix<X::Scalar>), SparseError>
    where
        F: Function + ?Sized,
        X: At<F::From> + ?Sized,
    {
        let mut values = alloc::vec![X::Scalar::zero(); self.nnz()];
        let value = self.compressed.at_point(f, x, &mut values)?;
        Ok((value, self.matrix(values)))
    }

    /// The Jacobian at a slice, its values written in the order of the layout.
    ///
    /// It allocates nothing once the workspace has grown, beyond what the function does.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if `x` isn't as long as the pattern has columns or `values` as it has entries, or if the function
    /// returns another number of results than the pattern has rows. Nothing is written then.
    ///
    /// ```
    /// # use tangents::lambda;
    /// # use tangents::sparse::{JacobianPlan, Pattern, SparseWorkspace};
    /// let squares = lambda!(|x: [f64]| -> Vec<f64> { x.iter().map(|&x| x * x).collect() });
    /// let plan = JacobianPlan::from_pattern(Pattern::from_entries((2, 2), [(0, 0), (1, 1)])?)?;
    /// let mut values = [0.0; 2];
    /// plan.jacobian_into(&squares, &[1.0, 2.0], &mut values, &mut SparseWorkspace::new())?;
    /// assert_eq!(values, [2.0, 4.0]);
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    #[track_caller]
    pub fn jacobian_into<F, T>(
        &self,
        f: &F,
        x: &[T],
        values: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<(), SparseError>
    where
        F: Function<From = [f64]> + ?Sized,
        T: Number,
    {
        Error::check_length("values", self.nnz(), values.len())?;
        self.compressed.at_slice(f, x, None, values, workspace)
    }

    /// The value and the Jacobian at a slice, written as [`jacobian_into`](Self::jacobian_into) does.
    ///
    /// # Errors
    ///
    /// Those of [`jacobian_into`](Self::jacobian_into), and [`SparseError::Shape`] if `value` isn't as long as the pattern has rows.
    #[track_caller]
    pub fn value_and_jacobian_into<F, T>(
        &self,
        f: &F,
        x: &[T],
        value: &mut [T],
        values: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<(), SparseError>
    where
        F: Function<From = [f64]> + ?Sized,
        T: Number,
    {
        Error::check_length("value", self.pattern.rows(), value.len())?;
        Error::check_length("values", self.nnz(), values.len())?;
        self.compressed.at_slice(f, x, Some(value), values, workspace)
    }
}

impl fmt::Debug for JacobianPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JacobianPlan")
            .field("pattern", &self.pattern)
            .field("colors", &self.coloring.count())
            .field("dense_rows", &self.dense)
            .field("layout", &self.layout())
            .field("lanes", &self.lanes())
            .finish_non_exhaustive()
    }
}
