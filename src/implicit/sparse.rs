//! Factors of a sparse Jacobian, which are brought along: [`Sparse`].

use alloc::vec;
use alloc::vec::Vec;
use core::convert::Infallible;

use super::brought::{Brought, Jacobian, LANES, Systems, solved_by_brought};
use super::equations::{Equations, Of, Place, container, enumerate, lift};
use super::error::ImplicitError;
use super::linear::{Linear, sealed};
use super::solution::{Implicit, Outcome};
use crate::drive::{Argument, Point};
use crate::function::Function;
use crate::linalg::refined::{FINE, Refined, TOLERANCE};
use crate::linalg::regular::Irregular;
use crate::linalg::scale::{GOLDEN, power_of_2};
use crate::number::over::Over;
use crate::rules::Number;
use crate::sparse::{HessianPlan, JacobianPlan, Layout, SparseError, SparseMatrix};

/// By sparse factors that are brought along: what [`Implicit::sparse`] makes.
#[derive(Clone, Copy, Debug)]
pub struct Sparse<'a, P, F> {
    plan: Option<&'a P>,
    factorize: F,
    tolerance: f64,
}

impl<E: Equations> Implicit<E> {
    /// The same with a sparse Jacobian, and for a minimum a sparse Hessian, factorized by `factorize`.
    ///
    /// `factorize` gets the square matrix `J = ∂F/∂x` at the solution, column after column, and returns a closure that makes
    /// `J⁻¹·r` of r, or an error, which comes back as [`ImplicitError::Linear`]. It's called once for a solution. Where the entries are is
    /// found in each call, by running the equations at the solution; a [plan](Self::sparse_plan) that is made once saves that, with
    /// [`sparse_by`](Self::sparse_by).
    ///
    /// Each solution d of `J·d = r` is put into the equations, as [`solve_by`](crate::linalg::solve_by) does: what is left beyond rounding is
    /// refined, as long as that halves it, and if in the end more than 10⁻¹⁰ of the sizes of an equation's terms is left, it's
    /// [`ImplicitError::Inaccurate`]. So factors of another matrix give no wrong derivatives, and those of a matrix nearby give right
    /// ones: their error is the condition number of J times what is left, mostly rounding, and at most 10⁻¹⁰. Equations whose
    /// derivatives cancel more than that by themselves, as of `(10¹²·x + y) − 10¹²·x`, need a larger
    /// [`linear_tolerance`](Self::linear_tolerance).
    ///
    /// If J is singular, up to rounding, factors seldom say so. So a solution of `J·x = b` with some b is found first, and must come back from
    /// `J·x` to a 64th, twice; otherwise it's [`ImplicitError::Singular`], or [`ImplicitError::Inaccurate`] if the factors give no
    /// numbers at all.
    ///
    /// The matrix of a [`minimum`](super::minimum) is symmetric. Bring a Cholesky factorization, which fails at a saddle; others
    /// see a saddle only if the solution moves along it.
    ///
    /// Cost: the pattern, one evaluation of the equations on numbers that find it, and its colouring; J, ⌈colours/8⌉ evaluations; the
    /// factorization; for each order of the parameters' number one evaluation on it, and one solve for each of its parts of that order that
    /// isn't zero, sometimes two or three; and five solves for the tests of J and of the solution. For a minimum of n unknowns each evaluation
    /// takes ⌈n/8⌉ of the objective, whose gradient forward mode makes eight unknowns at a time. If the gradient is at hand as a
    /// function, the [`root`](super::root) of that takes one.
    ///
    /// ```
    /// use tangents::sparse::SparseMatrix;
    /// use tangents::{Number, gradient, implicit, lambda};
    ///
    /// // −u″ = p₀ + p₁·x on (0, 1), by differences on 99 points.
    /// let residual = lambda!(|z: (Vec<f64>, [f64; 2])| -> Vec<f64> {
    ///     let (u, [p, q]) = z;
    ///     let (n, h) = (u.len(), 0.01);
    ///     let at = |i: usize| u.get(i).copied().unwrap_or(T::zero());
    ///     let force = |i: usize| *p + *q * T::lit((i + 1) as f64 * h);
    ///     (0..n).map(|i| T::lit(2.0) * u[i] - at(i.wrapping_sub(1)) - at(i + 1) - T::lit(h * h) * force(i)).collect()
    /// });
    /// // Elimination in three diagonals; mostly this is what a crate has.
    /// let factorize = |j: &SparseMatrix<f64>| {
    ///     let n = j.rows();
    ///     let entry = |i, k| *j.get(i, k).unwrap();
    ///     let (upper, mut lower, mut pivots) = (entry(0, 1), vec![0.0; n], vec![entry(0, 0); n]);
    ///     for i in 1..n {
    ///         lower[i] = entry(i, i - 1) / pivots[i - 1];
    ///         pivots[i] = entry(i, i) - lower[i] * upper;
    ///     }
    ///     Ok::<_, &str>(move |b: &mut [f64]| {
    ///         (1..n).for_each(|i| b[i] -= lower[i] * b[i - 1]);
    ///         b[n - 1] /= pivots[n - 1];
    ///         (0..n - 1).rev().for_each(|i| b[i] = (b[i] - upper * b[i + 1]) / pivots[i]);
    ///     })
    /// };
    /// let middle = |p: &[tangents::Dual<f64, 2>]| {
    ///     let solve = |p: &[f64]| -> Vec<f64> {
    ///         let u = |x: f64| p[0] * x * (1.0 - x) / 2.0 + p[1] * x * (1.0 - x * x) / 6.0;
    ///         (1..100).map(|i| u(f64::from(i) / 100.0)).collect()
    ///     };
    ///     implicit::root(residual).sparse(factorize).at(&[p[0], p[1]], solve).unwrap()[49]
    /// };
    /// let g = gradient(middle, &[1.0, 2.0]);
    /// assert!((g[0] - 1.0 / 8.0).abs() < 1e-12 && (g[1] - 1.0 / 16.0).abs() < 1e-12);
    /// ```
    #[doc(alias("faer", "lu", "cholesky", "csc"))]
    pub fn sparse<F, S, L>(self, factorize: F) -> Implicit<E, Sparse<'static, E::Plan, F>>
    where
        F: Fn(&SparseMatrix<f64>) -> Result<S, L>,
        S: FnMut(&mut [f64]),
    {
        self.with_linear(Sparse { plan: None, factorize, tolerance: TOLERANCE })
    }

    /// The same as [`sparse`](Self::sparse), with a plan for the matrix that is made once.
    ///
    /// The plan is one of [`sparse_plan`](Self::sparse_plan), or any for the pattern of ∂F/∂x, as that of a solver that is at hand. The
    /// matrix has its layout. A plan whose pattern doesn't hold at the solution gives a wrong matrix. One evaluation more, with eight lanes,
    /// compares the matrix with the equations in each row; where an entry is missing, it's [`ImplicitError::Inaccurate`]. (From nine
    /// unknowns on, one isn't noticed that is below 64 ulps of another in its row whose unknown is a multiple of eight apart, in
    /// units in which columns have one size.)
    pub fn sparse_by<F, S, L>(self, plan: &E::Plan, factorize: F) -> Implicit<E, Sparse<'_, E::Plan, F>>
    where
        F: Fn(&SparseMatrix<f64>) -> Result<S, L>,
        S: FnMut(&mut [f64]),
    {
        self.with_linear(Sparse { plan: Some(plan), factorize, tolerance: TOLERANCE })
    }

    /// What evaluates the sparse matrix ∂F/∂x at every point, for [`sparse_by`](Self::sparse_by): a [`JacobianPlan`], for a minimum
    /// a [`HessianPlan`].
    ///
    /// The values of `x` and `p` don't matter, their shapes do.
    ///
    /// # Errors
    ///
    /// [`SparseError::Question`] if the equations ask something whose answer may differ from point to point, so that no pattern holds
    /// everywhere; [`SparseError::TooLarge`] from 2³² entries on.
    ///
    /// ```
    /// use tangents::{implicit, lambda};
    ///
    /// let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { z.0.iter().map(|&x| x * x - z.1).collect() });
    /// let plan = implicit::root(f).sparse_plan(&vec![1.0; 3], &1.0)?;
    /// assert_eq!(plan.pattern().to_string(), "×··\n·×·\n··×\n");
    /// # Ok::<(), tangents::sparse::SparseError>(())
    /// ```
    #[track_caller]
    pub fn sparse_plan<X>(&self, x: &Of<E::Unknowns, f64>, p: &X) -> Result<E::Plan, SparseError>
    where
        X: Point<Scalar = f64, Family = E::Parameters> + ?Sized,
    {
        let mut unknowns = Vec::new();
        enumerate::<E::Unknowns, f64>(x, |_, x| unknowns.push(x));
        let parameters = p.lift(&mut |&p| p, &mut |&p| p);
        let at = Place { solution: x, unknowns: unknowns.len(), parameters };
        self.equations.plan(&at, &unknowns, true)
    }
}

impl<E, P, F> Implicit<E, Sparse<'_, P, F>> {
    /// The same with another part of an equation's terms that may be left of it than 10⁻¹⁰.
    pub fn linear_tolerance(self, relative: f64) -> Self {
        Self { linear: Sparse { tolerance: relative, ..self.linear }, ..self }
    }
}

impl<P, F> sealed::Sealed for Sparse<'_, P, F> {}

impl<E, F, S, L> Linear<E> for Sparse<'_, E::Plan, F>
where
    E: Equations,
    F: Fn(&SparseMatrix<f64>) -> Result<S, L>,
    S: FnMut(&mut [f64]),
{
    type Error = L;

    solved_by_brought!();
}

impl<E, F, S, L> Brought<E> for Sparse<'_, E::Plan, F>
where
    E: Equations,
    F: Fn(&SparseMatrix<f64>) -> Result<S, L>,
    S: FnMut(&mut [f64]),
{
    type Error = L;

    #[track_caller]
    fn prepared<'a>(
        &'a self,
        jacobian: &'a Jacobian<'a, E>,
    ) -> Result<(Vec<f64>, impl Systems<L>), ImplicitError<Infallible, L>> {
        let &Jacobian { equations, at, x } = jacobian;
        let found;
        let plan = if let Some(plan) = self.plan {
            plan
        } else {
            found = equations.plan(at, x, false).map_err(ImplicitError::Sparse)?;
            &found
        };
        let (left, matrix) = equations.left_and_derivatives(plan, at, x).map_err(ImplicitError::Sparse)?;
        if matrix.rows() != x.len() {
            return Err(ImplicitError::Shape { unknowns: x.len(), equations: matrix.rows() });
        }
        if let Some((equation, ..)) = matrix.triplets().find(|(.., entry)| !entry.is_finite()) {
            return Err(ImplicitError::NotFinite { equation });
        }
        if self.plan.is_some() {
            check_matrix(&matrix, jacobian, self.tolerance)?;
        }
        let mut solve = (self.factorize)(&matrix).map_err(ImplicitError::Linear)?;
        Refined { a: &matrix, solve: &mut solve, tolerance: self.tolerance }.check_regular(x.len()).map_err(
            |irregular| match irregular {
                Irregular::Singular(unknown) => ImplicitError::Singular { unknown },
                Irregular::NotFinite(_) => {
                    ImplicitError::Inaccurate { residual: f64::NAN, largest: self.tolerance }
                }
            },
        )?;
        Ok((left, Factors { matrix, solve, tolerance: self.tolerance }))
    }
}

/// That the matrix is J: its products with eight vectors, among which the unknowns are dealt out, are those that the equations give, in
/// each row.
///
/// So a plan made for another pattern is found out whatever the right sides are. What may be a tiny entry that is missing, or may be
/// rounding, is decided by where the equations themselves have entries.
#[track_caller]
fn check_matrix<E: Equations, L>(
    matrix: &SparseMatrix<f64>,
    jacobian: &Jacobian<'_, E>,
    tolerance: f64,
) -> Result<(), ImplicitError<Infallible, L>> {
    let &Jacobian { equations, at, x } = jacobian;
    let n = matrix.rows();
    let mut columns = vec![0.0_f64; n];
    matrix.triplets().for_each(|(_, k, entry)| columns[k] = columns[k].max(entry.abs()));
    // In the units of each unknown, and such that no two terms cancel by chance.
    let mut vectors = [(); LANES].map(|()| vec![0.0; n]);
    let mut part = 0.0_f64;
    for (k, &size) in columns.iter().enumerate() {
        part = (part + GOLDEN).fract();
        vectors[k % LANES][k] = (1.0 + part) * power_of_2(size);
    }
    let (_, products) = jacobian.left_and_products::<LANES>(&vectors.each_ref().map(Vec::as_slice));
    let (mut found, mut sizes) = ([(); LANES].map(|()| vec![0.0; n]), [(); LANES].map(|()| vec![0.0; n]));
    for (i, k, entry) in matrix.triplets() {
        let term = entry * vectors[k % LANES][k];
        found[k % LANES][i] += term;
        sizes[k % LANES][i] += term.abs();
    }
    let mut residual = 0.0_f64;
    for (product, (found, sizes)) in products.iter().zip(found.iter().zip(&sizes)) {
        for (equation, (product, (found, size))) in product.iter().zip(found.iter().zip(sizes)).enumerate() {
            if !product.is_finite() {
                return Err(ImplicitError::NotFinite { equation });
            }
            if product != found {
                residual = residual.max((product - found).abs() / (size + product.abs()));
            }
        }
    }
    let is_small = residual <= tolerance; // not if one is NaN
    if !is_small {
        return Err(ImplicitError::Inaccurate { residual, largest: tolerance });
    }
    if residual > FINE {
        let plan = equations.plan(at, x, false).map_err(ImplicitError::Sparse)?;
        let (_, whole) = equations.left_and_derivatives(&plan, at, x).map_err(ImplicitError::Sparse)?;
        let is_missing = |(i, k, entry): (usize, usize, &f64)| *entry != 0.0 && matrix.get(i, k).is_none();
        if whole.triplets().any(is_missing) {
            return Err(ImplicitError::Inaccurate { residual, largest: FINE });
        }
    }
    Ok(())
}

/// A matrix and its factors.
struct Factors<S> {
    matrix: SparseMatrix<f64>,
    solve: S,
    tolerance: f64,
}

impl<S: FnMut(&mut [f64]), L> Systems<L> for Factors<S> {
    fn solve(&mut self, columns: &mut [Vec<f64>]) -> Result<Vec<Vec<f64>>, ImplicitError<Infallible, L>> {
        let Self { matrix, solve, tolerance } = self;
        let mut refined = Refined { a: &*matrix, solve, tolerance: *tolerance };
        let mut products = Vec::with_capacity(columns.len());
        for column in columns {
            *column = refined
                .solved(column)
                .map_err(|left| ImplicitError::Inaccurate { residual: left.worst, largest: *tolerance })?;
            let mut product = vec![0.0; column.len()];
            matrix.triplets().for_each(|(i, k, entry)| product[i] += entry * column[k]);
            products.push(product);
        }
        Ok(products)
    }
}

/// The equations as a function of the unknowns.
pub(super) struct InUnknowns<'a, E: Equations>(pub(super) &'a E, pub(super) &'a Place<'a, E, f64>);

impl<E: Equations> Function for InUnknowns<'_, E> {
    type From = [f64];
    type To = Vec<f64>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        let &Self(equations, at) = self;
        let parameters = lift::<E::Parameters, f64, T>(&at.parameters, T::lit);
        let mut left = Vec::with_capacity(x.len());
        let at = Place { solution: at.solution, unknowns: at.unknowns, parameters };
        equations.each(&at, |i| x[i], |_, y| left.push(y));
        left
    }
}

/// An objective as a function of the unknowns.
pub(super) struct Objective<'a, F, E: Equations>(pub(super) &'a F, pub(super) &'a Place<'a, E, f64>);

impl<F, E> Function for Objective<'_, F, E>
where
    F: Function<From = (E::Unknowns, E::Parameters), To = f64>,
    E: Equations,
{
    type From = [f64];
    type To = f64;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn call<T: Number>(&self, x: &[T]) -> T {
        let &Self(f, at) = self;
        let parameters = lift::<E::Parameters, f64, T>(&at.parameters, T::lit);
        f.call(&(container::<E::Unknowns, T>(at.solution, |i| x[i]), parameters))
    }
}

#[track_caller]
pub(super) fn jacobian_plan<E: Equations>(
    equations: &E,
    at: &Place<'_, E, f64>,
    x: &[f64],
    everywhere: bool,
) -> Result<JacobianPlan, SparseError> {
    let f = InUnknowns(equations, at);
    let pattern = if everywhere { f.jacobian_pattern(x)? } else { f.jacobian_pattern_at(x) };
    Ok(JacobianPlan::from_pattern(pattern)?.with_layout(Layout::Columns))
}

#[track_caller]
pub(super) fn hessian_plan<F, E>(
    objective: &F,
    at: &Place<'_, E, f64>,
    x: &[f64],
    everywhere: bool,
) -> Result<HessianPlan, SparseError>
where
    F: Function<From = (E::Unknowns, E::Parameters), To = f64>,
    E: Equations,
{
    let f = Objective(objective, at);
    let pattern = if everywhere { f.hessian_pattern(x)? } else { f.hessian_pattern_at(x) };
    HessianPlan::from_pattern(pattern)
}
