//! A sum of squares: [`LeastSquares`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::lists::ResidualBlocks;
use super::structure::{Structure, check_same_terms, jacobian_structure};
use super::work::{OfGaussNewton, OfJacobian, OfResiduals};
use crate::error::Error;
use crate::function::{At, Function};
use crate::rules::Number;
use crate::sparse::{Pattern, Question, SparseError, SparseMatrix, evaluated};

/// A nonlinear least-squares problem, `f(x) = ½·Σₖ rₖ(x)²` with residuals of few variables each, made ready for many points.
///
/// The residuals come in blocks: function values that return one or several of them, each with the indices of its variables. With
/// the Jacobian J of all residuals r the gradient is `Jᵀ·r`, and `Jᵀ·J` is the Gauss–Newton matrix: the Hessian without the terms in
/// which residuals are multiplied by their own second derivatives, positive semidefinite, and made of first derivatives.
///
/// ```
/// use tangents::lambda;
/// use tangents::sparse::LeastSquares;
///
/// // The positions of three stations on a line, from measured distances; the first is known to be at 0.
/// let distances = [(0, 1, 1.1), (1, 2, 2.0), (0, 2, 2.9)];
/// let measured: Vec<_> = distances
///     .into_iter()
///     .map(|(a, b, d)| (lambda!([d: f64 = d] |x: [f64]| -> f64 { x[1] - x[0] - T::lit(d) }), [a, b]))
///     .collect();
/// let known = vec![(lambda!(|x: [f64]| -> f64 { T::lit(10.0) * x[0] }), [0])];
/// let problem = LeastSquares::new(3, (measured, known))?;
///
/// let x = [0.0, 1.0, 3.0];
/// assert_eq!(problem.residuals(&x)?.len(), 4);
/// let j = problem.jacobian(&x)?;
/// assert_eq!(j.to_dense(), [[-1.0, 1.0, 0.0], [0.0, -1.0, 1.0], [-1.0, 0.0, 1.0], [10.0, 0.0, 0.0]]);
/// let normal = problem.gauss_newton(&x)?;
/// assert_eq!(normal.to_dense(), [[102.0, -1.0, -1.0], [-1.0, 2.0, -1.0], [-1.0, -1.0, 2.0]]);
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
///
/// Lists, tuples of lists, and what is said of repeated variables, are as in [`TermSum`](super::TermSum#terms). The rows of the Jacobian are the
/// residuals in their order, with an entry for each variable of the block.
///
/// # Cost
///
/// A problem is made in time and memory that are linear in `Σ M² + Σ M·R`, for blocks of M variables and R residuals. Then residuals
/// cost one evaluation of each block, everything with derivatives one on [`Dual<T, M>`](crate::Dual); the Gauss–Newton matrix M²·R products for each
/// block more. It can be shared between threads; the methods that end in `_into` allocate nothing.
///
/// # Order
///
/// Squares are added from the first residual to the last. Each block's part of `Jᵀ·r` and `Jᵀ·J` is added up from its first residual to its last,
/// and the parts from the first block to the last.
///
/// # As a function
///
/// A problem is a [`Function`] that returns the residuals as a `Vec`, so [`jvp`](Function::jvp) gives `J·v`; its
/// [`sparse_jacobian`](Function::sparse_jacobian) is the one by blocks.
///
/// A robust loss is the residual's own business: return the root of ρ. A rotation is best data of its block, with a small rotation as
/// variables that is applied to it; [`with_blocks`](Self::with_blocks) takes the turned one in the next step.
///
/// # The Hessian
///
/// Where the residuals at the solution are large, Newton's method with the whole Hessian may be needed: that is a
/// [`TermSum`](super::TermSum) of the blocks' halves of squares.
#[doc(alias("nonlinear least squares", "residual block", "normal equations"))]
#[derive(Clone)]
pub struct LeastSquares<L> {
    variables: usize,
    blocks: L,
    jacobian: Arc<Pattern>,
    gauss_newton: Arc<Pattern>,
    places: Arc<Vec<usize>>,
    ranks: Arc<Vec<usize>>,
}

/// The value, the gradient and the Gauss–Newton matrix, as [`LeastSquares::value_gradient_and_gauss_newton`] gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueGradientGaussNewton<T> {
    /// `½·Σₖ rₖ²`
    pub value: T,
    /// `Jᵀ·r`
    pub gradient: Vec<T>,
    /// `Jᵀ·J`
    pub gauss_newton: SparseMatrix<T>,
}

impl<L: ResidualBlocks> LeastSquares<L> {
    /// The problem of these blocks in so many variables.
    ///
    /// # Errors
    ///
    /// [`SparseError::Variable`] for the first block with an index that isn't below `variables`.
    pub fn new(variables: usize, blocks: L) -> Result<Self, SparseError> {
        let Structure { pattern, places } = Structure::of(&blocks, variables)?;
        let (jacobian, ranks) = jacobian_structure(&blocks, variables);
        let (jacobian, gauss_newton) = (Arc::new(jacobian), Arc::new(pattern));
        let (places, ranks) = (Arc::new(places), Arc::new(ranks));
        Ok(Self { variables, blocks, jacobian, gauss_newton, places, ranks })
    }

    /// The problem of other blocks in the same variables, without looking anew for where the entries are: other measurements or
    /// weights.
    ///
    /// Cost: a comparison of the variables.
    ///
    /// # Errors
    ///
    /// [`SparseError::OtherTerm`] for the first block whose variables, or number of residuals, aren't those of the one whose place it
    /// takes.
    pub fn with_blocks<K: ResidualBlocks>(&self, blocks: K) -> Result<LeastSquares<K>, SparseError> {
        check_same_terms(
            |block| self.blocks.each_block(&mut |variables, residuals| block(variables, residuals)),
            |block| blocks.each_block(&mut |variables, residuals| block(variables, residuals)),
        )?;
        Ok(LeastSquares {
            variables: self.variables,
            blocks,
            jacobian: Arc::clone(&self.jacobian),
            gauss_newton: Arc::clone(&self.gauss_newton),
            places: Arc::clone(&self.places),
            ranks: Arc::clone(&self.ranks),
        })
    }

    /// The number of variables.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// The blocks of residuals.
    pub fn blocks(&self) -> &L {
        &self.blocks
    }

    /// Where the Jacobian has entries: one for each residual and variable of its block. It has as many rows as there are residuals.
    pub fn jacobian_pattern(&self) -> &Pattern {
        &self.jacobian
    }

    /// Where the Gauss–Newton matrix has entries: one for each two variables of a block, symmetric.
    pub fn gauss_newton_pattern(&self) -> &Pattern {
        &self.gauss_newton
    }

    /// The value, `½·Σₖ rₖ²`.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if `x` has another length than there are variables.
    pub fn value<T: Number>(&self, x: &[T]) -> Result<T, SparseError> {
        self.check(x)?;
        let mut to = OfResiduals::new();
        self.blocks.values(x, &mut to);
        Ok(to.value())
    }

    /// The residuals `rₖ`.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn residuals<T: Number>(&self, x: &[T]) -> Result<Vec<T>, SparseError> {
        self.check(x)?;
        let mut residuals = alloc::vec![T::zero(); self.jacobian.rows()];
        self.residuals_into(x, &mut residuals)?;
        Ok(residuals)
    }

    /// The residuals, written into a slice.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value), and the same if `residuals` has another length than there are residuals.
    pub fn residuals_into<T: Number>(&self, x: &[T], residuals: &mut [T]) -> Result<(), SparseError> {
        self.check(x)?;
        self.check_residuals(residuals)?;
        self.blocks.values(x, &mut OfResiduals { residuals: Some(residuals), ..OfResiduals::new() });
        Ok(())
    }

    /// The Jacobian `∂rₖ/∂xᵢ`.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn jacobian<T: Number>(&self, x: &[T]) -> Result<SparseMatrix<T>, SparseError> {
        Ok(self.residuals_and_jacobian(x)?.1)
    }

    /// The residuals and the Jacobian.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn residuals_and_jacobian<T: Number>(
        &self,
        x: &[T],
    ) -> Result<(Vec<T>, SparseMatrix<T>), SparseError> {
        self.check(x)?;
        let mut residuals = alloc::vec![T::zero(); self.jacobian.rows()];
        let mut values = alloc::vec![T::zero(); self.jacobian.nnz()];
        self.residuals_and_jacobian_into(x, &mut residuals, &mut values)?;
        Ok((residuals, SparseMatrix::new(Arc::clone(&self.jacobian), values)?))
    }

    /// The residuals, written into a slice, and the entries of the Jacobian, written into another in the order of the
    /// [`jacobian_pattern`](Self::jacobian_pattern).
    ///
    /// # Errors
    ///
    /// As [`residuals_into`](Self::residuals_into), and the same if there isn't a value for each entry.
    pub fn residuals_and_jacobian_into<T: Number>(
        &self,
        x: &[T],
        residuals: &mut [T],
        jacobian: &mut [T],
    ) -> Result<(), SparseError> {
        self.check(x)?;
        self.check_residuals(residuals)?;
        Error::check_length("values", self.jacobian.nnz(), jacobian.len())?;
        jacobian.fill(T::zero());
        let jacobian =
            Some(OfJacobian { indptr: self.jacobian.indptr(), ranks: &self.ranks, values: jacobian });
        self.derivatives(x, OfResiduals { residuals: Some(residuals), jacobian, ..OfResiduals::new() });
        Ok(())
    }

    /// The gradient, `Jᵀ·r`.
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
        self.check(x)?;
        let mut gradient = alloc::vec![T::zero(); x.len()];
        Ok((self.value_and_gradient_into(x, &mut gradient)?, gradient))
    }

    /// The value, with the gradient written into a slice.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value), and the same if `gradient` has another length than `x`.
    pub fn value_and_gradient_into<T: Number>(&self, x: &[T], gradient: &mut [T]) -> Result<T, SparseError> {
        self.check(x)?;
        Error::check_length("gradient", x.len(), gradient.len())?;
        gradient.fill(T::zero());
        Ok(self.derivatives(x, OfResiduals { gradient: Some(gradient), ..OfResiduals::new() }))
    }

    /// The Gauss–Newton matrix `Jᵀ·J`, both triangles, symmetric to the bit: its compressed rows are its compressed columns too.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn gauss_newton<T: Number>(&self, x: &[T]) -> Result<SparseMatrix<T>, SparseError> {
        Ok(self.value_gradient_and_gauss_newton(x)?.gauss_newton)
    }

    /// The value, the gradient and the Gauss–Newton matrix: all that a step of Gauss and Newton, or of Levenberg and Marquardt,
    /// needs.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn value_gradient_and_gauss_newton<T: Number>(
        &self,
        x: &[T],
    ) -> Result<ValueGradientGaussNewton<T>, SparseError> {
        self.check(x)?;
        let mut gradient = alloc::vec![T::zero(); x.len()];
        let mut values = alloc::vec![T::zero(); self.gauss_newton.nnz()];
        let value = self.value_gradient_and_gauss_newton_into(x, &mut gradient, &mut values)?;
        let gauss_newton = SparseMatrix::new(Arc::clone(&self.gauss_newton), values)?;
        Ok(ValueGradientGaussNewton { value, gradient, gauss_newton })
    }

    /// The value, with the gradient written into a slice, and the entries of the Gauss–Newton matrix into another, in the order of
    /// the [`gauss_newton_pattern`](Self::gauss_newton_pattern).
    ///
    /// # Errors
    ///
    /// As [`value_and_gradient_into`](Self::value_and_gradient_into), and the same if there isn't a value for each entry.
    pub fn value_gradient_and_gauss_newton_into<T: Number>(
        &self,
        x: &[T],
        gradient: &mut [T],
        gauss_newton: &mut [T],
    ) -> Result<T, SparseError> {
        self.check(x)?;
        Error::check_length("gradient", x.len(), gradient.len())?;
        Error::check_length("values", self.gauss_newton.nnz(), gauss_newton.len())?;
        gradient.fill(T::zero());
        gauss_newton.fill(T::zero());
        let gauss_newton = Some(OfGaussNewton { places: &self.places, values: gauss_newton });
        let gradient = Some(gradient);
        Ok(self.derivatives(x, OfResiduals { gradient, gauss_newton, ..OfResiduals::new() }))
    }

    fn check<T>(&self, x: &[T]) -> Result<(), SparseError> {
        Ok(Error::check_length("point", self.variables, x.len())?)
    }

    fn check_residuals<T>(&self, residuals: &[T]) -> Result<(), SparseError> {
        Ok(Error::check_length("residuals", self.jacobian.rows(), residuals.len())?)
    }

    /// Writes or adds up what is asked for; returns the value.
    fn derivatives<T: Number>(&self, x: &[T], mut to: OfResiduals<'_, T>) -> T {
        self.blocks.derivatives(x, &mut to);
        to.value()
    }
}

/// The residuals on any number.
///
/// # Panics
///
/// If the point has another length than there are variables.
impl<L: ResidualBlocks> Function for LeastSquares<L> {
    type From = [f64];
    type To = Vec<f64>;

    #[inline]
    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        assert_eq!(x.len(), self.variables, "the point must have as many coordinates as there are variables");
        let mut residuals = Vec::with_capacity(self.jacobian.rows());
        self.blocks.values_on(x, &mut |r| residuals.push(r));
        residuals
    }

    /// That of the blocks' variables, which needs no run.
    fn jacobian_pattern<X: At<Self::From> + ?Sized>(&self, _: &X) -> Result<Pattern, Question> {
        Ok(Self::jacobian_pattern(self).clone())
    }

    /// By the blocks.
    #[track_caller]
    fn value_and_sparse_jacobian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> (Vec<X::Scalar>, SparseMatrix<X::Scalar>) {
        evaluated(self.residuals_and_jacobian(&x.ravel()))
    }
}

impl<L> fmt::Debug for LeastSquares<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeastSquares")
            .field("jacobian", &self.jacobian)
            .field("gauss_newton", &self.gauss_newton)
            .finish_non_exhaustive()
    }
}
