//! Sparse Jacobians in compressed form: [`JacobianPlan`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::TypeId;
use core::fmt;

use num_traits::Zero;

use super::dense_rows::DenseRows;
use super::recipe::{Entry, Recipe, Width, with_lanes};
use super::workspace::{Seeded, SparseWorkspace, WIDE, WIDER, wide_constants, wider_constants};
use super::{Coloring, Layout, Pattern, SparseError, SparseMatrix};
use crate::drive::containers::{coordinate_of, map_all};
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{Family, FirstOrder, Of, Point};
use crate::error::Error;
use crate::function::{At, Function, Returned, fastest};
use crate::number::on::{FloatOf, Work, may_be_on_a_set};
use crate::number::{Dual, DualOrConstant};
use crate::rules::Number;

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
/// ⌈colours/W⌉ evaluations of the function on W lanes (at least one), W being 4, 8 or 16, whichever costs least for the number
/// of colours; and ⌈k/32⌉ more if there are rows with so many entries, in k columns, that they are [apart](Self::dense_rows).
/// The entries are those of [`Function::jacobian`] bit for bit, but for the sign of a zero, whatever W and the instruction set.
///
/// # What it can't compress
///
/// A row with entries in k columns needs k colours: forward mode evaluates along columns. A few such rows are set apart and cost
/// k/32 evaluations, in which all but 32 coordinates are constants. A Jacobian with many long rows and few long columns, as a
/// scalar function's gradient, has nothing to gain here; there it takes reverse mode.
///
/// # Patterns that don't hold
///
/// The pattern must hold wherever the plan is evaluated. A derivative outside it goes unnoticed into the entries that share its
/// row and colour: a function that branches has a pattern for each branch, and one that is found at a point
/// needn't hold at the next. Use a pattern that holds everywhere, or find it anew, and ask [`verify`](Self::verify) in tests.
#[derive(Clone)]
pub struct JacobianPlan {
    pattern: Arc<Pattern>,
    /// The pattern of the transpose, in [`Layout::Columns`].
    transpose: Option<Arc<Pattern>>,
    coloring: Coloring,
    dense: Vec<usize>,
    recipe: Arc<Recipe>,
    dense_rows: Arc<DenseRows>,
}

impl JacobianPlan {
    /// The plan for a pattern whose columns have these colours.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if there are more or fewer colours than columns, [`SparseError::Collision`] with two columns of one
    /// colour that share a row, [`SparseError::TooLarge`] from 2³² entries on.
    pub fn new(pattern: impl Into<Arc<Pattern>>, coloring: Coloring) -> Result<Self, SparseError> {
        Self::build(pattern.into(), coloring, Vec::new(), Layout::Rows, None)
    }

    /// The plan for a pattern, whose columns it colours.
    ///
    /// # Errors
    ///
    /// [`SparseError::TooLarge`] from 2³² entries on.
    pub fn from_pattern(pattern: impl Into<Arc<Pattern>>) -> Result<Self, SparseError> {
        let pattern = pattern.into();
        let coloring = Coloring::greedy(&pattern);
        Self::new(pattern, coloring)
    }

    fn build(
        pattern: Arc<Pattern>,
        coloring: Coloring,
        dense: Vec<usize>,
        layout: Layout,
        width: Option<Width>,
    ) -> Result<Self, SparseError> {
        check_columns(&pattern, &coloring, &dense)?;
        let width = width.unwrap_or_else(|| Width::for_colors(coloring.count()));
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
        let (recipe, dense_rows) = (Arc::new(recipe), Arc::new(dense_rows));
        Ok(Self { pattern, transpose, coloring, dense, recipe, dense_rows })
    }

    /// The same plan with the values in this order: row after row, as at first, or column after column.
    ///
    /// # Errors
    ///
    /// None; it is made anew, with the errors of [`new`](Self::new).
    pub fn with_layout(self, layout: Layout) -> Result<Self, SparseError> {
        let width = Some(self.recipe.width());
        Self::build(self.pattern, self.coloring, self.dense, layout, width)
    }

    /// The same plan with passes of 4, 8 or 16 lanes. It is for measurements: the lanes don't show in the values.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] for another number of lanes.
    pub fn with_lanes(self, lanes: usize) -> Result<Self, SparseError> {
        let width = Width::of_lanes(lanes).ok_or(Error::Length {
            what: "pass",
            expected: self.lanes(),
            found: lanes,
        })?;
        let layout = self.layout();
        Self::build(self.pattern, self.coloring, self.dense, layout, Some(width))
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
        self.recipe.width().lanes()
    }

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

    /// A matrix with these values in the order of the layout, of which there are as many as entries.
    fn matrix<T>(&self, values: Vec<T>) -> SparseMatrix<T> {
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
        Error::check_length("point", self.pattern.columns(), x.dim())?;
        let mut values = alloc::vec![X::Scalar::zero(); self.nnz()];
        let work = AtPoint { plan: self, f, x, values: &mut values };
        let value = fastest::<X::Scalar, _>(self.nnz(), work)?;
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
        self.write(f, x, None, values, workspace)
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
        self.write(f, x, Some(value), values, workspace)
    }

    #[track_caller]
    fn write<F, T>(
        &self,
        f: &F,
        x: &[T],
        value: Option<&mut [T]>,
        values: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<(), SparseError>
    where
        F: Function<From = [f64]> + ?Sized,
        T: Number,
    {
        Error::check_length("point", self.pattern.columns(), x.len())?;
        Error::check_length("values", self.nnz(), values.len())?;
        fastest::<T, _>(self.nnz(), AtSlice { plan: self, f, x, value, values, workspace })
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
            .finish()
    }
}

/// That no two columns of a colour share a row that isn't dense.
fn check_columns(pattern: &Pattern, coloring: &Coloring, dense: &[usize]) -> Result<(), SparseError> {
    let colors = coloring.colors();
    Error::check_length("colouring", pattern.columns(), colors.len())?;
    // The row in which a colour was last met, counted from 1, and the column.
    let mut met = alloc::vec![(0, 0); coloring.count()];
    for row in (0..pattern.rows()).filter(|row| dense.binary_search(row).is_err()) {
        for &column in pattern.row(row) {
            let (last, first) = core::mem::replace(&mut met[colors[column]], (row + 1, column));
            if last == row + 1 {
                return Err(SparseError::Collision { first, second: column });
            }
        }
    }
    Ok(())
}

/// The result of a run of a function, if it has as many numbers as there are rows.
#[cfg_attr(not(debug_assertions), inline(always))]
fn checked<R: Point>(rows: usize, y: R) -> Result<R, SparseError> {
    Error::check_shape(rows, y.dim())?;
    Ok(y)
}

/// The chunk for dense rows: more lanes are more vectors of 128 bits than there are registers.
macro_rules! on_wide_numbers {
    ($V:ident: $N:ident => $body:expr) => {
        if const { may_be_on_a_set::<$V>() && size_of::<$V>() <= size_of::<f64>() } {
            const $N: usize = WIDER;
            $body
        } else {
            const $N: usize = WIDE;
            $body
        }
    };
}

/// The value and the entries at a point of any kind.
struct AtPoint<'a, F: ?Sized, X: Point + ?Sized> {
    plan: &'a JacobianPlan,
    f: &'a F,
    x: &'a X,
    values: &'a mut [X::Scalar],
}

impl<F, X> Work<X::Scalar> for AtPoint<'_, F, X>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    type Output = Result<<F::To as Family>::Of<X::Scalar>, SparseError>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<X::Scalar>>(self) -> Self::Output {
        let Self { plan, f, x, values } = self;
        let values = V::in_place(values);
        let value = with_lanes!(plan.recipe.width(), W => {
            colored_at::<F, X, V, W>(plan, f, x, values)
        })?;
        if !plan.dense_rows.is_empty() {
            on_wide_numbers!(V: N => dense_at::<F, X, V, N>(plan, f, x, values))?;
        }
        Ok(value)
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
fn colored_at<F, X, V, const W: usize>(
    plan: &JacobianPlan,
    f: &F,
    x: &X,
    values: &mut [V],
) -> Result<<F::To as Family>::Of<X::Scalar>, SparseError>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
    V: FloatOf<X::Scalar>,
{
    let call = |lifted: &Of<X, Dual<V, W>>| Returned::<F::To, Dual<V, W>>(f.call(X::argument(lifted)));
    let constant = |x| Dual::<V, W>::constant(V::of(x));
    let _running = Running::on([TypeId::of::<Dual<V, W>>()], || {
        with_lifted(x, constant, |lifted| is_left_in(&call(lifted), FirstOrder::<V>::left_over))
    });
    with_lifted(x, constant, |lifted| {
        let (mut value, mut seeded) = (None, None);
        for (number, pass) in plan.recipe.passes().iter().enumerate() {
            let mut i = 0;
            while i < x.dim() {
                let neighbours = X::neighbours(lifted, i);
                plan.recipe.reseed(neighbours, i, seeded, number);
                i += neighbours.len();
            }
            seeded = Some(number);
            let y = checked(plan.pattern.rows(), call(lifted))?;
            pass.scatter(&y, values);
            value = value.or_else(|| Some(map_all(&y, |y| y.re.plain())));
        }
        let Some(value) = value else { unreachable!("a recipe has at least one pass") };
        Ok(value)
    })
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn dense_at<F, X, V, const N: usize>(
    plan: &JacobianPlan,
    f: &F,
    x: &X,
    values: &mut [V],
) -> Result<(), SparseError>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
    V: FloatOf<X::Scalar>,
{
    with_lifted(
        x,
        |x| DualOrConstant::<V, N>::constant(V::of(x)),
        |lifted| {
            let call = |lifted: &Of<X, _>| {
                checked(
                    plan.pattern.rows(),
                    Returned::<F::To, DualOrConstant<V, N>>(f.call(X::argument(lifted))),
                )
            };
            plan.dense_rows.sweep(lifted, coordinate_of::<X, _>, call, values)
        },
    )
}

/// The value, if it is wanted, and the entries at a slice.
struct AtSlice<'a, F: ?Sized, T> {
    plan: &'a JacobianPlan,
    f: &'a F,
    x: &'a [T],
    value: Option<&'a mut [T]>,
    values: &'a mut [T],
    workspace: &'a mut SparseWorkspace<T>,
}

impl<F, T> Work<T> for AtSlice<'_, F, T>
where
    F: Function<From = [f64]> + ?Sized,
    T: Number,
{
    type Output = Result<(), SparseError>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) -> Self::Output {
        let Self { plan, f, x, value, values, workspace } = self;
        let values = V::in_place(values);
        let SparseWorkspace { four, eight, sixteen, wide, wider } = workspace;
        match plan.recipe.width() {
            Width::Four => colored_slice::<F, T, V, 4>(plan, f, x, four, value, values),
            Width::Eight => colored_slice::<F, T, V, 8>(plan, f, x, eight, value, values),
            Width::Sixteen => colored_slice::<F, T, V, 16>(plan, f, x, sixteen, value, values),
        }?;
        if plan.dense_rows.is_empty() {
            return Ok(());
        }
        if const { may_be_on_a_set::<V>() && size_of::<V>() <= size_of::<f64>() } {
            dense_slice::<F, V, WIDER>(plan, f, wider_constants(wider, x), values)
        } else {
            dense_slice::<F, V, WIDE>(plan, f, wide_constants(wide, x), values)
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
fn colored_slice<F, T, V, const W: usize>(
    plan: &JacobianPlan,
    f: &F,
    x: &[T],
    memory: &mut Seeded<T, W>,
    mut value: Option<&mut [T]>,
    values: &mut [V],
) -> Result<(), SparseError>
where
    F: Function<From = [f64]> + ?Sized,
    T: Number,
    V: FloatOf<T>,
{
    let call = |lifted: &[Dual<V, W>]| Returned::<F::To, Dual<V, W>>(f.call(lifted));
    let _running = Running::on([TypeId::of::<Dual<V, W>>()], || {
        let constants: Vec<_> = x.iter().map(|&x| Dual::constant(V::of(x))).collect();
        is_left_in(&call(&constants), FirstOrder::<V>::left_over)
    });
    memory.each_pass(&plan.recipe, x, |number, lifted| {
        let y = checked(plan.pattern.rows(), call(lifted))?;
        plan.recipe.passes()[number].scatter(&y, values);
        if let Some(value) = value.take() {
            let mut numbers = value.iter_mut();
            crate::drive::containers::each(&y, |y| {
                if let Some(number) = numbers.next() {
                    *number = y.re.plain();
                }
            });
        }
        Ok(())
    })
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn dense_slice<F, V, const N: usize>(
    plan: &JacobianPlan,
    f: &F,
    lifted: &mut [DualOrConstant<V, N>],
    values: &mut [V],
) -> Result<(), SparseError>
where
    F: Function<From = [f64]> + ?Sized,
    V: Number,
{
    let call =
        |lifted: &[_]| checked(plan.pattern.rows(), Returned::<F::To, DualOrConstant<V, N>>(f.call(lifted)));
    plan.dense_rows.sweep(lifted, |lifted: &mut [_], i| &mut lifted[i], call, values)
}
