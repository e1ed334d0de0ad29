//! The initial state as an operator of `diffsol`: [`Start`].

use ::diffsol::op::OpStatistics;
use ::diffsol::{ConstantOp, ConstantOpSens, Matrix, NonLinearOp, NonLinearOpSens, Op, Vector};

use super::operator::At;
use crate::drive::Family;
use crate::function::Function;
use crate::implicit::{Of, lift};
use crate::rules::Number;

/// A function of the parameters and the time, as one of the state too, on which it doesn't depend.
pub(super) struct Initial<I>(pub(super) I);

impl<I, Y, P> Function for Initial<I>
where
    I: Function<From = (P, f64), To = Y>,
    Y: Family,
    P: Family,
{
    type From = (Y, P, f64);
    type To = Y;

    fn call<T: Number>(&self, (_, p, t): &(Of<Y, T>, Of<P, T>, T)) -> Of<Y, T> {
        self.0.call(&(lift::<P, _, _>(p, |p| p), *t))
    }
}

/// The initial state at parameters.
pub struct Start<'a, M: Matrix, I, Y: Family, P: Family>(pub(super) At<'a, M, Initial<I>, Y, P>);

impl<M: Matrix<T = f64>, I, Y: Family, P: Family> Start<'_, M, I, Y, P> {
    /// A state; which one doesn't matter.
    fn any(&self) -> M::V {
        M::V::zeros(self.nstates(), self.context().clone())
    }
}

impl<M: Matrix<T = f64>, I, Y: Family, P: Family> Op for Start<'_, M, I, Y, P> {
    type T = f64;
    type V = M::V;
    type M = M;
    type C = M::C;

    fn context(&self) -> &M::C {
        self.0.context()
    }

    fn nstates(&self) -> usize {
        self.0.nstates()
    }

    fn nout(&self) -> usize {
        self.0.nout()
    }

    fn nparams(&self) -> usize {
        self.0.nparams()
    }

    fn statistics(&self) -> OpStatistics {
        self.0.statistics()
    }
}

impl<M, I, Y, P> ConstantOp for Start<'_, M, I, Y, P>
where
    M: Matrix<T = f64>,
    I: Function<From = (P, f64), To = Y>,
    Y: Family,
    P: Family,
{
    fn call_inplace(&self, t: f64, into: &mut M::V) {
        self.0.call_inplace(&self.any(), t, into);
    }
}

impl<M, I, Y, P> ConstantOpSens for Start<'_, M, I, Y, P>
where
    M: Matrix<T = f64>,
    I: Function<From = (P, f64), To = Y>,
    Y: Family,
    P: Family,
{
    fn sens_mul_inplace(&self, t: f64, v: &M::V, into: &mut M::V) {
        self.0.sens_mul_inplace(&self.any(), t, v, into);
    }

    fn sens_inplace(&self, t: f64, into: &mut M) {
        self.0.sens_inplace(&self.any(), t, into);
    }

    fn sens_sparsity(&self) -> Option<M::Sparsity> {
        self.0.sens_sparsity()
    }
}
