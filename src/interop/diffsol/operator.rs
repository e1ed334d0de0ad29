//! A function as an operator of `diffsol`: values, products with the Jacobians, and the Jacobians in their patterns.

use alloc::{vec, vec::Vec};
use core::cell::RefCell;

use ::diffsol::matrix::sparsity::MatrixSparsity;
use ::diffsol::op::OpStatistics;
use ::diffsol::{
    Context, DiffsolError, Matrix, MatrixCommon, NonLinearOp, NonLinearOpJacobian, NonLinearOpSens, Op,
    Vector, VectorIndex,
};

use super::error::ProblemError;
use super::part::{Part, Shapes, Variables};
use crate::drive::Family;
use crate::error::Error;
use crate::function::Function;
use crate::implicit::{count, enumerate};
use crate::number::Dual;
use crate::sparse::{JacobianPlan, Pattern, SparseError, SparseWorkspace, evaluated};

type Index<M> = <<M as MatrixCommon>::V as Vector>::Index;

/// How many products with a Jacobian are made in one evaluation.
const LANES: usize = 8;

/// A function of state, parameters and time, and the patterns of its Jacobians.
pub(super) struct Operator<M: Matrix, F, Y: Family, P: Family> {
    function: F,
    shapes: Shapes<Y, P>,
    rows: usize,
    jacobian: Option<Entries<M>>,
    sensitivities: Option<Entries<M>>,
    statistics: RefCell<OpStatistics>,
    context: M::C,
}

/// Where the entries of a Jacobian are, and what evaluates them.
struct Entries<M: Matrix> {
    plan: JacobianPlan,
    sparsity: M::Sparsity,
    /// The places of the plan's values in the matrix's data.
    places: Index<M>,
    /// 0, 1, 2, …
    order: Index<M>,
    memory: RefCell<(SparseWorkspace<f64>, M::V)>,
}

/// The patterns of a function's Jacobians in the state and in the parameters.
pub(super) struct Patterns {
    pub(super) jacobian: Pattern,
    pub(super) sensitivities: Pattern,
}

impl Patterns {
    /// The patterns that hold for every state, every parameter and every time.
    pub(super) fn of<F, Y, P>(function: &F, shapes: &Shapes<Y, P>) -> Result<Self, SparseError>
    where
        F: Function<From = (Y, P, f64)>,
        Y: Family,
        P: Family,
    {
        let all = Part { function, shapes, of: Variables::All };
        let at: Vec<_> = shapes.state().into_iter().chain(shapes.parameters()).chain([0.0]).collect();
        let pattern = all.jacobian_pattern(&at)?;
        let (rows, n, m) = (pattern.rows(), shapes.states, shapes.count);
        let columns = |from: usize, columns: usize| {
            let within = pattern.entries().filter(move |&(_, j)| (from..from + columns).contains(&j));
            Pattern::from_entries((rows, columns), within.map(move |(i, j)| (i, j - from)))
        };
        Ok(Self { jacobian: columns(0, n)?, sensitivities: columns(n, m)? })
    }

    /// Entries everywhere.
    pub(super) fn full<Y: Family, P: Family>(
        rows: usize,
        shapes: &Shapes<Y, P>,
    ) -> Result<Self, SparseError> {
        let full = |columns: usize| {
            Pattern::from_entries((rows, columns), (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j))))
        };
        Ok(Self { jacobian: full(shapes.states)?, sensitivities: full(shapes.count)? })
    }
}

impl<M: Matrix<T = f64>> Entries<M> {
    /// None of a matrix without rows or columns, which `diffsol` doesn't have.
    fn new(pattern: Pattern, context: &M::C) -> Result<Option<Self>, ProblemError> {
        let (rows, columns, entries) = (pattern.rows(), pattern.columns(), pattern.nnz());
        if rows == 0 || columns == 0 {
            return Ok(None);
        }
        let places: Vec<_> = pattern.entries().collect();
        let sparsity =
            M::Sparsity::try_from_indices(rows, columns, places.clone()).map_err(DiffsolError::from)?;
        Ok(Some(Self {
            places: sparsity.get_index(&places, context.clone()),
            order: Index::<M>::from_vec((0..entries).collect(), context.clone()),
            memory: RefCell::new((SparseWorkspace::new(), M::V::zeros(entries, context.clone()))),
            plan: JacobianPlan::from_pattern(pattern)?,
            sparsity,
        }))
    }

    /// Writes the Jacobian of a function into a matrix that has the sparsity.
    fn write(&self, f: &impl Function<From = [f64]>, x: &[f64], into: &mut M) {
        if self.plan.nnz() == 0 {
            return;
        }
        let (workspace, values) = &mut *self.memory.borrow_mut();
        values.for_each_batch_host([], |values, [], _| {
            evaluated(self.plan.jacobian_into(f, x, values, workspace));
        });
        into.set_data_with_indices(&self.places, &self.order, values);
    }
}

impl<M, F, Y, P> Operator<M, F, Y, P>
where
    M: Matrix<T = f64>,
    F: Function<From = (Y, P, f64)>,
    Y: Family,
    P: Family,
{
    /// The operator with these patterns.
    pub(super) fn new(function: F, shapes: Shapes<Y, P>, patterns: Patterns) -> Result<Self, ProblemError> {
        let context = M::C::default();
        let Patterns { jacobian, sensitivities } = patterns;
        let rows = rows(&function, &shapes);
        for (expected, found) in [(rows, jacobian.rows()), (shapes.states, jacobian.columns())] {
            Error::check_shape(expected, found).map_err(SparseError::from)?;
        }
        Ok(Self {
            jacobian: Entries::new(jacobian, &context)?,
            sensitivities: Entries::new(sensitivities, &context)?,
            function,
            shapes,
            rows,
            statistics: RefCell::default(),
            context,
        })
    }

    /// The operator with its patterns, or full ones if it has none that hold everywhere.
    pub(super) fn somewhere(function: F, shapes: Shapes<Y, P>) -> Result<Self, ProblemError> {
        let patterns = match Patterns::of(&function, &shapes) {
            Err(SparseError::Question(_)) => Patterns::full(rows(&function, &shapes), &shapes),
            found => found,
        }?;
        Self::new(function, shapes, patterns)
    }

    /// The same, if it returns as many numbers.
    pub(super) fn returning(self, rows: usize) -> Result<Self, ProblemError> {
        Error::check_shape(rows, self.rows).map_err(SparseError::from)?;
        Ok(self)
    }

    /// The operator at these parameters.
    pub(super) fn at<'a>(&'a self, p: &'a M::V) -> At<'a, M, F, Y, P> {
        At { operator: self, p }
    }

    /// Writes what the function returns.
    #[track_caller]
    fn write<T>(&self, returned: &<F::To as Family>::Of<T>, mut write: impl FnMut(usize, T))
    where
        T: crate::rules::Number,
    {
        let mut found = 0;
        enumerate::<F::To, T>(returned, |i, y| {
            found = i + 1;
            if i < self.rows {
                write(i, y);
            }
        });
        assert!(found == self.rows, "the function returned {found} numbers, and {} at the start", self.rows);
    }

    /// The value.
    fn value(&self, y: &[f64], p: &[f64], t: f64, into: &mut [f64]) {
        let returned = self.function.call(&self.shapes.arguments(|i| y[i], |i| p[i], t));
        self.write::<f64>(&returned, |i, y| into[i] = y);
    }

    /// The derivatives along the directions in which the state and the parameters move, of one a lane.
    fn products(&self, at: [&[f64]; 2], t: f64, directions: [&[f64]; 2], lanes: usize, into: &mut [f64]) {
        let Shapes { states: n, count: m, .. } = self.shapes;
        for first in (0..lanes).step_by(LANES) {
            let moving = |x: &[f64], v: &[f64], i: usize, len: usize| {
                let lane = |k: usize| v.get((first + k) * len + i).copied().unwrap_or(0.0);
                Dual::<f64, LANES>::new(x[i], core::array::from_fn(lane))
            };
            let [y, p] = at;
            let [dy, dp] = directions;
            let (y, p) = (|i| moving(y, dy, i, n), |i| moving(p, dp, i, m));
            let returned = self.function.call(&self.shapes.arguments(y, p, Dual::constant(t)));
            self.write::<Dual<f64, LANES>>(&returned, |i, y| {
                for (k, eps) in (first..lanes).zip(y.eps) {
                    into[k * self.rows + i] = eps;
                }
            });
        }
    }
}

/// How many numbers a function returns.
fn rows<F, Y, P>(function: &F, shapes: &Shapes<Y, P>) -> usize
where
    F: Function<From = (Y, P, f64)>,
    Y: Family,
    P: Family,
{
    let (y, p) = (shapes.state(), shapes.parameters());
    count::<F::To, f64>(&function.call(&shapes.arguments(|i| y[i], |i| p[i], 0.0)))
}

/// An operator at parameters: what `diffsol` computes with.
pub struct At<'a, M: Matrix, F, Y: Family, P: Family> {
    operator: &'a Operator<M, F, Y, P>,
    p: &'a M::V,
}

impl<M, F, Y, P> At<'_, M, F, Y, P>
where
    M: Matrix<T = f64>,
    F: Function<From = (Y, P, f64)>,
    Y: Family,
    P: Family,
{
    /// The derivatives along the directions that are in the batches of vectors.
    fn product(&self, y: &M::V, t: f64, [dy, dp]: [Option<&M::V>; 2], into: &mut M::V) {
        let lanes = into.context().nbatch();
        let flat = |v: Option<&M::V>| {
            v.map_or_else(Vec::new, |v| {
                assert_eq!(v.context().nbatch(), lanes, "the batches of directions and of products");
                v.clone_as_vec()
            })
        };
        assert_eq!(y.context().nbatch(), 1, "the batches of states; there is one set of equations");
        let directions = [flat(dy), flat(dp)];
        let (y, p) = (y.clone_as_vec(), self.p.clone_as_vec());
        let mut products = vec![0.0; lanes * self.operator.rows];
        let [dy, dp] = &directions;
        self.operator.products([&y, &p], t, [dy, dp], lanes, &mut products);
        let rows = self.operator.rows;
        into.for_each_batch_host([], |into, [], lane| into.copy_from_slice(&products[lane * rows..][..rows]));
    }
}

impl<M: Matrix<T = f64>, F, Y: Family, P: Family> Op for At<'_, M, F, Y, P> {
    type T = f64;
    type V = M::V;
    type M = M;
    type C = M::C;

    fn context(&self) -> &M::C {
        &self.operator.context
    }

    fn nstates(&self) -> usize {
        self.operator.shapes.states
    }

    fn nout(&self) -> usize {
        self.operator.rows
    }

    fn nparams(&self) -> usize {
        self.operator.shapes.count
    }

    fn statistics(&self) -> OpStatistics {
        self.operator.statistics.borrow().clone()
    }
}

impl<M, F, Y, P> NonLinearOp for At<'_, M, F, Y, P>
where
    M: Matrix<T = f64>,
    F: Function<From = (Y, P, f64)>,
    Y: Family,
    P: Family,
{
    fn call_inplace(&self, y: &M::V, t: f64, into: &mut M::V) {
        self.operator.statistics.borrow_mut().increment_call();
        into.for_each_batch_host([y, self.p], |into, [y, p], _| self.operator.value(y, p, t, into));
    }
}

impl<M, F, Y, P> NonLinearOpJacobian for At<'_, M, F, Y, P>
where
    M: Matrix<T = f64>,
    F: Function<From = (Y, P, f64)>,
    Y: Family,
    P: Family,
{
    fn jac_mul_inplace(&self, y: &M::V, t: f64, v: &M::V, into: &mut M::V) {
        self.operator.statistics.borrow_mut().increment_jac_mul();
        self.product(y, t, [Some(v), None], into);
    }

    fn jacobian_inplace(&self, y: &M::V, t: f64, into: &mut M) {
        let Operator { function, shapes, jacobian, statistics, .. } = self.operator;
        statistics.borrow_mut().increment_matrix();
        if let Some(entries) = jacobian {
            let p = self.p.clone_as_vec();
            let of = Variables::State { p: &p, t };
            entries.write(&Part { function, shapes, of }, &y.clone_as_vec(), into);
        }
    }

    fn jacobian_sparsity(&self) -> Option<M::Sparsity> {
        self.operator.jacobian.as_ref().map(|entries| entries.sparsity.clone())
    }
}

impl<M, F, Y, P> NonLinearOpSens for At<'_, M, F, Y, P>
where
    M: Matrix<T = f64>,
    F: Function<From = (Y, P, f64)>,
    Y: Family,
    P: Family,
{
    fn sens_mul_inplace(&self, y: &M::V, t: f64, v: &M::V, into: &mut M::V) {
        self.product(y, t, [None, Some(v)], into);
    }

    fn sens_inplace(&self, y: &M::V, t: f64, into: &mut M) {
        let Operator { function, shapes, sensitivities, .. } = self.operator;
        if let Some(entries) = sensitivities {
            let y = y.clone_as_vec();
            let of = Variables::Parameters { y: &y, t };
            entries.write(&Part { function, shapes, of }, &self.p.clone_as_vec(), into);
        }
    }

    fn sens_sparsity(&self) -> Option<M::Sparsity> {
        self.operator.sensitivities.as_ref().map(|entries| entries.sparsity.clone())
    }
}
