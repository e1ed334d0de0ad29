//! Sparse Hessians in compressed form: [`HessianPlan`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use num_traits::Zero;

use super::compressed::Compressed;
use super::dense_rows::DenseRows;
use super::jacobian::ORDERS;
use super::recipe::{Entry, Recipe, Width};
use super::{Coloring, Pattern, Recovery, SparseError, SparseMatrix, SparseWorkspace};
use crate::drive::{Family, Gradient, ValueGradientHessian};
use crate::error::Error;
use crate::function::{At, Function};
use crate::rules::Number;

/// What evaluates the Hessians of functions with one symmetric pattern: pattern, colouring, and where each entry is found.
///
/// The Hessian H is never formed by pairs of coordinates. The function is run for B = H·S, where column c of S is the sum of the unit
/// vectors of colour c, and the entries are found in B: [directly](Recovery::direct) with a star colouring, by
/// [substitution](Recovery::by_substitution) with an acyclic one. Entry and mirror image are the same to the bit.
///
/// A plan is made once and evaluated often; it can be shared between threads and, with the feature `serde`, be written and
/// read. [`Function::sparse_hessian`] does everything in one call.
///
/// ```
/// use tangents::lambda;
/// use tangents::sparse::{HessianPlan, Pattern};
///
/// let chain = lambda!(|x: [f64]| -> f64 { T::sum(x.windows(2).map(|w| w[0] * w[1].powi(2))) });
/// let pattern = Pattern::from_entries((3, 3), [(0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2)])?;
/// let plan = HessianPlan::from_pattern(pattern)?;
/// assert_eq!(plan.coloring().count(), 2);
///
/// let hessian = plan.hessian(&chain, &[1.0, 2.0, 3.0])?;
/// assert_eq!(hessian.to_dense(), [[0.0, 4.0, 0.0], [4.0, 2.0, 6.0], [0.0, 6.0, 4.0]]);
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
///
/// # Cost
///
/// Of a scalar-valued function forward mode gives a product with H by one coordinate after the other. The call takes
/// ⌈n/16⌉·⌈colours/C⌉ evaluations of the function, C being 4 or 8, in numbers that have C lanes, and only where they depend on the 16
/// coordinates of the pass 16·(C + 1) more. So it grows as n times the cost of the function, as the gradient does, and not as n²
/// times, as the dense Hessian does. Two ways cost a few evaluations, and no more for a larger n:
///
/// - a function that is a sum of small terms, written term by term, whose Hessian is summed from those of the terms:
///   [`TermSum`](super::TermSum);
/// - a gradient that is at hand as a function: [`hessian_of_gradient`](Self::hessian_of_gradient) takes ⌈colours/C⌉ evaluations
///   of it on C lanes.
///
/// # Accuracy
///
/// With a star colouring the entries are those of [`Function::hessian`] up to the roundings of the other order in which two coordinates
/// are differentiated. By substitution an entry has the roundings of all entries that are subtracted for it, in absolute terms: one that
/// is small beside them loses as many digits as it is smaller.
///
/// # Patterns that don't hold
///
/// As with [`JacobianPlan`](super::JacobianPlan#patterns-that-dont-hold); [`verify`](Self::verify) finds what is missing.
#[derive(Clone)]
pub struct HessianPlan {
    pattern: Arc<Pattern>,
    coloring: Coloring,
    recovery: Arc<Recovery>,
    compressed: Compressed,
}

/// The widths of passes. Wider inner lanes would make each of the outer ones as wide.
const WIDTHS: [Width; 2] = [Width::Four, Width::Eight];

impl HessianPlan {
    /// The plan for a symmetric pattern with a star colouring, whose entries are read.
    ///
    /// # Errors
    ///
    /// Those of [`Recovery::direct`], and [`SparseError::TooLarge`] from 2³² entries on.
    pub fn new(pattern: impl Into<Arc<Pattern>>, coloring: Coloring) -> Result<Self, SparseError> {
        let pattern = pattern.into();
        let recovery = Recovery::direct(&pattern, &coloring)?;
        Self::build(pattern, coloring, Arc::new(recovery), None)
    }

    /// The plan for a symmetric pattern with an acyclic colouring, whose entries are found by substitution.
    ///
    /// It takes at most as many colours as [`new`](Self::new), often about half of them, at the price of digits.
    ///
    /// # Errors
    ///
    /// Those of [`Recovery::by_substitution`], and [`SparseError::TooLarge`] from 2³² entries on.
    ///
    /// ```
    /// use tangents::lambda;
    /// use tangents::sparse::{Coloring, HessianPlan, Order, Pattern};
    ///
    /// let chain = lambda!(|x: [f64]| -> f64 { T::sum(x.windows(2).map(|w| (w[0] * w[1]).powi(2))) });
    /// let pattern = Pattern::from_entries((6, 6), (0..6_usize).flat_map(|i| (i.max(1) - 1..6.min(i + 2)).map(move |j| (i, j))))?;
    /// let [star, acyclic] = [Coloring::star, Coloring::acyclic].map(|coloring| coloring(&pattern, Order::Natural).unwrap());
    /// assert_eq!((star.count(), acyclic.count()), (3, 2));
    /// let read = HessianPlan::new(pattern.clone(), star)?.hessian(&chain, &[1.0; 6])?;
    /// let substituted = HessianPlan::by_substitution(pattern, acyclic)?.hessian(&chain, &[1.0; 6])?;
    /// assert_eq!(read, substituted);
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    pub fn by_substitution(
        pattern: impl Into<Arc<Pattern>>,
        coloring: Coloring,
    ) -> Result<Self, SparseError> {
        let pattern = pattern.into();
        let recovery = Recovery::by_substitution(&pattern, &coloring)?;
        Self::build(pattern, coloring, Arc::new(recovery), None)
    }

    /// The plan for a symmetric pattern, with a star colouring in the better of the natural order and the smallest last.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] and [`SparseError::Asymmetric`] if the pattern isn't symmetric, [`SparseError::TooLarge`] from 2³² entries
    /// on.
    pub fn from_pattern(pattern: impl Into<Arc<Pattern>>) -> Result<Self, SparseError> {
        let pattern = pattern.into();
        let coloring = Coloring::star(&pattern, ORDERS)?;
        Self::new(pattern, coloring)
    }

    fn build(
        pattern: Arc<Pattern>,
        coloring: Coloring,
        recovery: Arc<Recovery>,
        width: Option<Width>,
    ) -> Result<Self, SparseError> {
        let (n, colors) = (pattern.rows(), coloring.colors());
        let mut entries: Vec<_> = if recovery.substitutes() {
            // All that is not zero in B, column after column.
            let entry =
                |(row, j): (usize, usize)| Entry { row, color: colors[j], place: colors[j] * n + row };
            pattern.entries().map(entry).collect()
        } else {
            recovery.reads().map(|(row, color, place)| Entry { row, color, place }).collect()
        };
        entries.sort_unstable_by_key(|entry| (entry.row, entry.place));
        entries.dedup_by_key(|entry| entry.place);
        let width = width.unwrap_or_else(|| Width::for_colors(coloring.count(), &WIDTHS));
        let recipe = Recipe::new(width, colors, coloring.count(), n, entries.into_iter())?;
        let compressed = Compressed {
            rows: n,
            columns: n,
            recipe: Arc::new(recipe),
            dense_rows: Arc::new(DenseRows::new(&pattern, &[], None)),
        };
        Ok(Self { pattern, coloring, recovery, compressed })
    }

    /// The same plan with passes of 4 or 8 colours. It is for measurements: the lanes don't show in the values.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] for another number of lanes.
    pub fn with_lanes(self, lanes: usize) -> Result<Self, SparseError> {
        let width = Width::of_lanes(lanes).filter(|width| WIDTHS.contains(width));
        let width = width.ok_or(Error::Length { what: "pass", expected: self.lanes(), found: lanes })?;
        Self::build(self.pattern, self.coloring, self.recovery, Some(width))
    }

    /// The number of rows, which is that of the coordinates.
    pub fn rows(&self) -> usize {
        self.pattern.rows()
    }

    /// The number of columns, which is that of the rows.
    pub fn columns(&self) -> usize {
        self.pattern.columns()
    }

    /// Where the entries are.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// The colours of the coordinates.
    pub fn coloring(&self) -> &Coloring {
        &self.coloring
    }

    /// Whether entries are found by substitution, and not read.
    pub fn substitutes(&self) -> bool {
        self.recovery.substitutes()
    }

    /// The number of entries, which is that of the values: of each pair of mirror images both.
    pub fn nnz(&self) -> usize {
        self.pattern.nnz()
    }

    /// Where each row starts among the values, and last their number. The matrix is symmetric: where each column starts, too.
    pub fn indptr(&self) -> &[usize] {
        self.pattern.indptr()
    }

    /// The columns of the entries, row after row, which are the rows, column after column.
    pub fn indices(&self) -> &[usize] {
        self.pattern.indices()
    }

    /// How many colours an evaluation of the function takes: 4 or 8.
    pub fn lanes(&self) -> usize {
        self.compressed.recipe.width().lanes()
    }

    /// How the entries are evaluated.
    #[cfg(feature = "rayon")]
    pub(super) fn compressed(&self) -> &Compressed {
        &self.compressed
    }

    #[cfg(feature = "rayon")]
    pub(super) fn shared_pattern(&self) -> &Arc<Pattern> {
        &self.pattern
    }

    /// Runs `evaluate` on what the entries are read of, and finds them in it.
    pub(super) fn recovered<T: Number, R>(
        &self,
        values: &mut [T],
        product: &mut Vec<T>,
        evaluate: impl FnOnce(&mut [T]) -> Result<R, SparseError>,
    ) -> Result<R, SparseError> {
        if !self.substitutes() {
            return evaluate(values);
        }
        product.clear();
        product.resize(self.pattern.columns() * self.coloring.count(), T::zero());
        let found = evaluate(product)?;
        self.recovery.recover(product, values);
        Ok(found)
    }

    /// The Hessian of a scalar-valued function at a point of any kind, whose coordinates are the rows and columns.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if the point hasn't as many coordinates as the pattern has columns.
    #[track_caller]
    pub fn hessian<F, X>(&self, f: &F, x: &X) -> Result<SparseMatrix<X::Scalar>, SparseError>
    where
        F: Function<To = f64> + ?Sized,
        X: At<F::From> + ?Sized,
    {
        self.value_gradient_and_hessian(f, x).map(|at| at.hessian)
    }

    /// The value and the Hessian, as [`hessian`](Self::hessian).
    ///
    /// # Errors
    ///
    /// Those of [`hessian`](Self::hessian).
    #[allow(clippy::type_complexity)] // the value and the Hessian
    #[track_caller]
    pub fn value_and_hessian<F, X>(
        &self,
        f: &F,
        x: &X,
    ) -> Result<(X::Scalar, SparseMatrix<X::Scalar>), SparseError>
    where
        F: Function<To = f64> + ?Sized,
        X: At<F::From> + ?Sized,
    {
        self.value_gradient_and_hessian(f, x).map(|at| (at.value, at.hessian))
    }

    /// The value, the gradient and the Hessian, as [`hessian`](Self::hessian): the first two come with it.
    ///
    /// # Errors
    ///
    /// Those of [`hessian`](Self::hessian).
    #[allow(clippy::type_complexity)] // the three things that it gives
    #[track_caller]
    pub fn value_gradient_and_hessian<F, X>(
        &self,
        f: &F,
        x: &X,
    ) -> Result<ValueGradientHessian<X::Scalar, Gradient<X>, SparseMatrix<X::Scalar>>, SparseError>
    where
        F: Function<To = f64> + ?Sized,
        X: At<F::From> + ?Sized,
    {
        let mut values = alloc::vec![X::Scalar::zero(); self.nnz()];
        let (value, gradient) = self.recovered(&mut values, &mut Vec::new(), |product| {
            self.compressed.product_at_point(f, x, product)
        })?;
        let hessian = SparseMatrix::from_fitting(Arc::clone(&self.pattern), None, values);
        Ok(ValueGradientHessian { value, gradient, hessian })
    }

    /// The Hessian of a scalar-valued function at a slice, its values written row after row.
    ///
    /// It allocates nothing once the workspace has grown, beyond what the function does.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if `x` isn't as long as the pattern has columns, or `values` as it has entries. Nothing is written then.
    #[track_caller]
    pub fn hessian_into<F, T>(
        &self,
        f: &F,
        x: &[T],
        values: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<(), SparseError>
    where
        F: Function<From = [f64], To = f64> + ?Sized,
        T: Number,
    {
        self.write(f, x, None, values, workspace).map(drop)
    }

    /// The gradient and the Hessian at a slice, written as [`hessian_into`](Self::hessian_into) does, and the value, which is
    /// returned.
    ///
    /// # Errors
    ///
    /// Those of [`hessian_into`](Self::hessian_into), and [`SparseError::Shape`] if `gradient` isn't as long as `x`.
    ///
    /// ```
    /// # use tangents::lambda;
    /// # use tangents::sparse::{HessianPlan, Pattern, SparseWorkspace};
    /// let f = lambda!(|x: [f64]| -> f64 { x[0] * x[1] });
    /// let plan = HessianPlan::from_pattern(Pattern::from_entries((2, 2), [(0, 1), (1, 0)])?)?;
    /// let (mut gradient, mut values) = ([0.0; 2], [0.0; 2]);
    /// let mut workspace = SparseWorkspace::new();
    /// let value = plan.value_gradient_and_hessian_into(&f, &[2.0, 3.0], &mut gradient, &mut values, &mut workspace)?;
    /// assert_eq!((value, gradient, values), (6.0, [3.0, 2.0], [1.0, 1.0]));
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    #[track_caller]
    pub fn value_gradient_and_hessian_into<F, T>(
        &self,
        f: &F,
        x: &[T],
        gradient: &mut [T],
        values: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<T, SparseError>
    where
        F: Function<From = [f64], To = f64> + ?Sized,
        T: Number,
    {
        Error::check_length("gradient", x.len(), gradient.len())?;
        self.write(f, x, Some(gradient), values, workspace)
    }

    #[track_caller]
    fn write<F, T>(
        &self,
        f: &F,
        x: &[T],
        gradient: Option<&mut [T]>,
        values: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<T, SparseError>
    where
        F: Function<From = [f64], To = f64> + ?Sized,
        T: Number,
    {
        Error::check_length("values", self.nnz(), values.len())?;
        let mut product = core::mem::take(&mut workspace.product);
        let value = self.recovered(values, &mut product, |product| {
            self.compressed.product_at_slice(f, x, gradient, product, workspace)
        });
        workspace.product = product;
        value
    }

    /// The Hessian, as the Jacobian of its gradient `g`, a function of its own with as many results as coordinates.
    ///
    /// Cost: ⌈colours/C⌉ evaluations of `g` on C lanes (at least one), C being 4 or 8.
    ///
    /// That `g` is a gradient isn't checked: of the two derivatives ∂gᵢ/∂xⱼ and ∂gⱼ/∂xᵢ one is evaluated and serves for both.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if the point hasn't as many coordinates, or `g` as many results, as the pattern has columns.
    ///
    /// ```
    /// use tangents::lambda;
    /// use tangents::sparse::{HessianPlan, Pattern};
    ///
    /// // The gradient of x₀²x₁.
    /// let g = lambda!(|x: [f64]| -> [f64; 2] { [T::lit(2.0) * x[0] * x[1], x[0] * x[0]] });
    /// let plan = HessianPlan::from_pattern(Pattern::from_entries((2, 2), [(0, 0), (0, 1), (1, 0)])?)?;
    /// let hessian = plan.hessian_of_gradient(&g, &[3.0, 2.0])?;
    /// assert_eq!(hessian.to_dense(), [[4.0, 6.0], [6.0, 0.0]]);
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    #[track_caller]
    pub fn hessian_of_gradient<G, X>(&self, g: &G, x: &X) -> Result<SparseMatrix<X::Scalar>, SparseError>
    where
        G: Function + ?Sized,
        X: At<G::From> + ?Sized,
    {
        self.gradient_and_hessian_of_gradient(g, x).map(|(_, hessian)| hessian)
    }

    /// The gradient, which is the value of `g`, and the Hessian, as [`hessian_of_gradient`](Self::hessian_of_gradient).
    ///
    /// # Errors
    ///
    /// Those of [`hessian_of_gradient`](Self::hessian_of_gradient).
    #[allow(clippy::type_complexity)] // the gradient and the Hessian
    #[track_caller]
    pub fn gradient_and_hessian_of_gradient<G, X>(
        &self,
        g: &G,
        x: &X,
    ) -> Result<(<G::To as Family>::Of<X::Scalar>, SparseMatrix<X::Scalar>), SparseError>
    where
        G: Function + ?Sized,
        X: At<G::From> + ?Sized,
    {
        let mut values = alloc::vec![X::Scalar::zero(); self.nnz()];
        let gradient =
            self.recovered(&mut values, &mut Vec::new(), |product| self.compressed.at_point(g, x, product))?;
        Ok((gradient, SparseMatrix::from_fitting(Arc::clone(&self.pattern), None, values)))
    }

    /// The Hessian at a slice as the Jacobian of its gradient, its values written row after row.
    ///
    /// # Errors
    ///
    /// Those of [`hessian_of_gradient`](Self::hessian_of_gradient), and [`SparseError::Shape`] if `values` isn't as long as the pattern
    /// has entries. Nothing is written then.
    #[track_caller]
    pub fn hessian_of_gradient_into<G, T>(
        &self,
        g: &G,
        x: &[T],
        values: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<(), SparseError>
    where
        G: Function<From = [f64]> + ?Sized,
        T: Number,
    {
        Error::check_length("values", self.nnz(), values.len())?;
        let mut product = core::mem::take(&mut workspace.product);
        let done = self.recovered(values, &mut product, |product| {
            self.compressed.at_slice(g, x, None, product, workspace)
        });
        workspace.product = product;
        done
    }
}

impl fmt::Debug for HessianPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HessianPlan")
            .field("pattern", &self.pattern)
            .field("colors", &self.coloring.count())
            .field("substitutes", &self.substitutes())
            .field("lanes", &self.lanes())
            .finish_non_exhaustive()
    }
}
