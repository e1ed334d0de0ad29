//! A sum of terms: [`TermSum`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use num_traits::float::FloatCore;

use super::lists::Terms;
use super::projection::Projection;
use super::structure::{Structure, check_same_terms};
use super::work::OfTerms;
use crate::drive::{Gradient, ValueGradientHessian};
use crate::error::Error;
use crate::function::{At, Function};
use crate::rules::Number;
use crate::sparse::{Pattern, Question, SparseError, SparseMatrix, evaluated};

/// A sum of terms of few variables each, `f(x) = Σₖ tₖ(x[i₁], … x[i_M])`, made ready for many points.
///
/// Energies of meshes, log-likelihoods and many test problems are such sums, partially separable functions as Griewank and Toint
/// (1982) call them. Each term is a function value, which is differentiated in its own variables alone. So value, gradient and Hessian
/// of the sum cost what the terms cost, however many variables there are; and where the Hessian has entries the indices say.
///
/// ```
/// use tangents::sparse::{TermSum, blocks};
/// use tangents::{Function, Number};
///
/// /// A spring between two points in the plane, `½·(|a − b| − rest)²`.
/// struct Spring {
///     rest: f64,
/// }
///
/// impl Function for Spring {
///     type From = [f64];
///     type To = f64;
///
///     #[inline(always)] // into loops that are compiled for an instruction set
///     fn call<T: Number>(&self, x: &[T]) -> T {
///         let length = (x[0] - x[2]).hypot(x[1] - x[3]);
///         T::lit(0.5) * (length - T::lit(self.rest)).powi(2)
///     }
/// }
///
/// // Three points, each joined to the next; the coordinates of point i are x[2i] and x[2i + 1].
/// let springs: Vec<_> =
///     [(0, 1, 1.0), (1, 2, 2.0)].map(|(a, b, rest)| (Spring { rest }, blocks::<2, _, 4>([a, b]))).into();
/// let energy = TermSum::new(6, springs)?;
///
/// let at = energy.value_gradient_and_hessian(&[0.0, 0.0, 2.0, 0.0, 2.0, 3.0])?;
/// assert_eq!(at.value, 1.0);
/// assert_eq!(at.gradient, [-1.0, 0.0, 1.0, -1.0, 0.0, 1.0]);
/// assert_eq!(at.hessian.get(2, 0), Some(&-1.0)); // the first spring, along itself
/// assert_eq!(at.hessian.get(4, 0), None); // no spring joins the first point and the last
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
///
/// # Terms
///
/// A term is a pair of a [`Function`] with `From = [f64]`, `To = f64` and the indices of its variables, `[usize; M]`. The
/// function sees them as a slice of M numbers in this order. Data of a term stand in its function. The terms of one kind are a list; a
/// tuple of lists adds up several kinds:
///
/// ```
/// use tangents::lambda;
/// use tangents::sparse::TermSum;
///
/// let n = 1000;
/// let pairs: Vec<_> = (1..n)
///     .map(|i| (lambda!(|x: [f64]| -> f64 { T::lit(100.0) * (x[1] - x[0] * x[0]).powi(2) }), [i - 1, i]))
///     .collect();
/// let singles: Vec<_> =
///     (1..n).map(|i| (lambda!(|x: [f64]| -> f64 { (T::one() - x[0]).powi(2) }), [i - 1])).collect();
/// let rosenbrock = TermSum::new(n, (pairs, singles))?;
///
/// let h = rosenbrock.hessian(&vec![1.0; n])?;
/// assert_eq!((h.get(1, 0), h.get(1, 1), h.pattern().nnz()), (Some(&-400.0), Some(&1002.0), 3 * n - 2));
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
///
/// A variable may be in a term more than once, and in no term at all. A term isn't asked at which point it depends on which of its
/// variables, so an entry may be zero.
///
/// # Hessians
///
/// The Hessian is a [`SparseMatrix`] with both triangles and symmetric to the bit, so its compressed rows are its compressed columns
/// too, for solvers that take those. Newton's method wants it positive definite;
/// [`value_gradient_and_projected_hessian`](Self::value_gradient_and_projected_hessian) makes that of each term's so.
///
/// # Cost
///
/// A sum is made in time and memory that are linear in `Σ M²`. Then a value costs one evaluation of each term, a gradient one on
/// [`Dual<T, M>`](crate::Dual), a Hessian one on [`HyperDual<T, M>`](crate::HyperDual), which has some M²/2 components. That is for small M, to
/// some 20. A sum can be shared between threads; what it gives is new memory, and the methods that end in `_into` allocate none.
///
/// # Order
///
/// Terms are added from the first to the last, list after list, and so are their derivatives in each entry. The value is bit for bit
/// [`Real::sum`](crate::Real::sum) of the terms.
///
/// # As a function
///
/// A sum is itself a [`Function`], with [`hvp`](Function::hvp), [`check_grads`](Function::check_grads) and all others. Its
/// [`sparse_hessian`](Function::sparse_hessian) is the one by terms. The methods here have the names of some of a function's, and go before them:
/// in code that is generic over functions `hessian` is the dense one.
#[doc(alias("partially separable", "element", "mesh energy"))]
#[derive(Clone)]
pub struct TermSum<L> {
    variables: usize,
    terms: L,
    pattern: Arc<Pattern>,
    places: Arc<Vec<usize>>,
}

impl<L: Terms> TermSum<L> {
    /// The sum of these terms as a function of so many variables.
    ///
    /// # Errors
    ///
    /// [`SparseError::Variable`] for the first term with an index that isn't below `variables`.
    pub fn new(variables: usize, terms: L) -> Result<Self, SparseError> {
        let Structure { pattern, places } = Structure::of(&terms, variables)?;
        Ok(Self { variables, terms, pattern: Arc::new(pattern), places: Arc::new(places) })
    }

    /// The sum of other terms in the same variables, without looking anew for where the entries are.
    ///
    /// So data of terms change between time steps or iterations: weights, targets, rest lengths. Both sums share the pattern.
    ///
    /// ```
    /// use tangents::lambda;
    /// use tangents::sparse::TermSum;
    ///
    /// let targets = |targets: [f64; 2]| {
    ///     let to = |i| lambda!([target: f64 = targets[i]] |x: [f64]| -> f64 { (x[0] - T::lit(target)).powi(2) });
    ///     vec![(to(0), [0]), (to(1), [1])]
    /// };
    /// let sum = TermSum::new(2, targets([1.0, 2.0]))?;
    /// assert_eq!(sum.value(&[1.0, 3.0])?, 1.0);
    /// let next = sum.with_terms(targets([0.0, 3.0]))?;
    /// assert_eq!(next.gradient(&[1.0, 3.0])?, [2.0, 0.0]);
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    ///
    /// Cost: a comparison of the variables, about that of a gradient of small terms.
    ///
    /// # Errors
    ///
    /// [`SparseError::OtherTerm`] for the first term whose variables aren't those of the one whose place it takes.
    pub fn with_terms<K: Terms>(&self, terms: K) -> Result<TermSum<K>, SparseError> {
        check_same_terms(
            |term| self.terms.each(&mut |variables| term(variables, 1)),
            |term| terms.each(&mut |variables| term(variables, 1)),
        )?;
        let (pattern, places) = (Arc::clone(&self.pattern), Arc::clone(&self.places));
        Ok(TermSum { variables: self.variables, terms, pattern, places })
    }

    /// The number of variables.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// The terms.
    pub fn terms(&self) -> &L {
        &self.terms
    }

    /// Where the Hessian has entries: one for each two variables of a term, symmetric.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    fn check(&self, x: usize) -> Result<(), SparseError> {
        Ok(Error::check_length("point", self.variables, x)?)
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if `x` has another length than there are variables.
    pub fn value<T: Number>(&self, x: &[T]) -> Result<T, SparseError> {
        self.check(x.len())?;
        Ok(self.terms.value(x, T::neg_zero()))
    }

    /// The gradient.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn gradient<T: Number>(&self, x: &[T]) -> Result<Vec<T>, SparseError> {
        Ok(self.value_and_gradient(x)?.1)
    }

    /// The value and the gradient.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn value_and_gradient<T: Number>(&self, x: &[T]) -> Result<(T, Vec<T>), SparseError> {
        self.check(x.len())?;
        let mut gradient = alloc::vec![T::zero(); x.len()];
        Ok((self.value_and_gradient_into(x, &mut gradient)?, gradient))
    }

    /// The value, with the gradient written into a slice.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value), and the same if `gradient` has another length than `x`.
    pub fn value_and_gradient_into<T: Number>(&self, x: &[T], gradient: &mut [T]) -> Result<T, SparseError> {
        self.check(x.len())?;
        Error::check_length("gradient", x.len(), gradient.len())?;
        gradient.fill(T::zero());
        let mut to =
            OfTerms { sum: T::neg_zero(), gradient, places: &[], hessian: &mut [], projection: None };
        self.terms.gradient(x, &mut to);
        Ok(to.sum)
    }

    /// The Hessian.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn hessian<T: Number>(&self, x: &[T]) -> Result<SparseMatrix<T>, SparseError> {
        Ok(self.value_gradient_and_hessian(x)?.hessian)
    }

    /// The value and the Hessian.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn value_and_hessian<T: Number>(&self, x: &[T]) -> Result<(T, SparseMatrix<T>), SparseError> {
        let ValueGradientHessian { value, hessian, .. } = self.value_gradient_and_hessian(x)?;
        Ok((value, hessian))
    }

    /// The value, the gradient and the Hessian.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn value_gradient_and_hessian<T: Number>(
        &self,
        x: &[T],
    ) -> Result<ValueGradientHessian<T, Vec<T>, SparseMatrix<T>>, SparseError> {
        self.second_order(x, None)
    }

    /// The value, with the gradient written into a slice, and the entries of the Hessian into another, in the order of the
    /// [`pattern`](Self::pattern).
    ///
    /// [`SparseMatrix::values_mut`] is such a slice.
    ///
    /// # Errors
    ///
    /// As [`value_and_gradient_into`](Self::value_and_gradient_into), and the same if there isn't a value for each entry.
    pub fn value_gradient_and_hessian_into<T: Number>(
        &self,
        x: &[T],
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> Result<T, SparseError> {
        self.second_order_into(x, None, gradient, hessian)
    }

    /// The value, the gradient, and the sum of the terms' Hessians, each made positive semidefinite.
    ///
    /// Of plain floats only: a projection is the end of a number of rotations, which wouldn't carry derivatives.
    ///
    /// ```
    /// use tangents::lambda;
    /// use tangents::sparse::{Projection, TermSum};
    ///
    /// let saddle = TermSum::new(2, vec![(lambda!(|x: [f64]| -> f64 { x[0] * x[1] }), [0, 1])])?;
    /// assert_eq!(saddle.hessian(&[1.0, 1.0])?.to_dense(), [[0.0, 1.0], [1.0, 0.0]]);
    ///
    /// let at = saddle.value_gradient_and_projected_hessian(&[1.0_f64, 1.0], Projection::Clamp(0.0))?;
    /// for (_, _, entry) in at.hessian.triplets() {
    ///     assert!((entry - 0.5).abs() < 1e-15); // the eigenvalue 1 of (1, 1) is left, −1 of (1, −1) isn't
    /// }
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn value_gradient_and_projected_hessian<T: Number + FloatCore>(
        &self,
        x: &[T],
        projection: Projection,
    ) -> Result<ValueGradientHessian<T, Vec<T>, SparseMatrix<T>>, SparseError> {
        self.second_order(x, Some(projection))
    }

    /// [`value_gradient_and_projected_hessian`](Self::value_gradient_and_projected_hessian), written into slices.
    ///
    /// # Errors
    ///
    /// As [`value_gradient_and_hessian_into`](Self::value_gradient_and_hessian_into).
    pub fn value_gradient_and_projected_hessian_into<T: Number + FloatCore>(
        &self,
        x: &[T],
        projection: Projection,
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> Result<T, SparseError> {
        self.second_order_into(x, Some(projection), gradient, hessian)
    }

    fn second_order<T: Number>(
        &self,
        x: &[T],
        projection: Option<Projection>,
    ) -> Result<ValueGradientHessian<T, Vec<T>, SparseMatrix<T>>, SparseError> {
        self.check(x.len())?;
        let mut gradient = alloc::vec![T::zero(); x.len()];
        let mut hessian = alloc::vec![T::zero(); self.pattern.nnz()];
        let value = self.second_order_into(x, projection, &mut gradient, &mut hessian)?;
        let hessian = SparseMatrix::new(Arc::clone(&self.pattern), hessian)?;
        Ok(ValueGradientHessian { value, gradient, hessian })
    }

    fn second_order_into<T: Number>(
        &self,
        x: &[T],
        projection: Option<Projection>,
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> Result<T, SparseError> {
        self.check(x.len())?;
        Error::check_length("gradient", x.len(), gradient.len())?;
        Error::check_length("values", self.pattern.nnz(), hessian.len())?;
        gradient.fill(T::zero());
        hessian.fill(T::zero());
        let mut to = OfTerms { sum: T::neg_zero(), gradient, places: &self.places, hessian, projection };
        self.terms.hessian(x, &mut to);
        Ok(to.sum)
    }
}

/// The sum on any number.
///
/// # Panics
///
/// If the point has another length than there are variables.
impl<L: Terms> Function for TermSum<L> {
    type From = [f64];
    type To = f64;

    #[inline]
    fn call<T: Number>(&self, x: &[T]) -> T {
        assert_eq!(
            x.len(),
            self.variables,
            "the point must have as many coordinates as the sum has variables"
        );
        self.terms.value_on(x, T::neg_zero())
    }

    /// That of the terms' variables, which needs no run.
    fn hessian_pattern<X: At<Self::From> + ?Sized>(&self, _: &X) -> Result<Pattern, Question> {
        Ok(self.pattern().clone())
    }

    #[track_caller]
    fn by_terms<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> Option<ValueGradientHessian<X::Scalar, Gradient<X>, SparseMatrix<X::Scalar>>> {
        let ValueGradientHessian { value, gradient, hessian } =
            evaluated(Self::value_gradient_and_hessian(self, &x.ravel()));
        Some(ValueGradientHessian { value, gradient: x.unravel(&gradient), hessian })
    }
}

impl<L> fmt::Debug for TermSum<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TermSum").field("pattern", &self.pattern).finish_non_exhaustive()
    }
}
