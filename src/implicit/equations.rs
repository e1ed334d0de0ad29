//! The equations that a solution solves: a residual itself, or what a fixed point or a minimum makes zero.

#[cfg(feature = "std")]
use alloc::vec::Vec;
use core::any::TypeId;
use core::mem::needs_drop;
use core::ops::Range;

#[cfg(feature = "std")]
use super::sparse::{InUnknowns, Objective, hessian_plan, jacobian_plan};
use crate::drive::sweeps::nesting::Running;
use crate::drive::{Family, View};
use crate::function::Function;
use crate::number::Dual;
use crate::number::inspect::is_left;
use crate::rules::Number;
#[cfg(feature = "std")]
use crate::sparse::{HessianPlan, JacobianPlan, SparseError, SparseMatrix};

/// The equations `F(x, p) = 0` of one of the kinds [`Root`], [`FixedPoint`] and [`Minimum`].
///
/// It can't be implemented elsewhere.
pub trait Equations: sealed::Sealed {
    /// The container of the unknowns.
    type Unknowns: Family;

    /// The container of the parameters.
    type Parameters: Family;

    /// What evaluates the derivatives in the unknowns as a sparse matrix: a [`JacobianPlan`], of a minimum a [`HessianPlan`].
    #[cfg(feature = "std")]
    type Plan: 'static;

    /// Whether the equations are those of a minimum, whose derivatives in the unknowns are a Hessian.
    #[doc(hidden)]
    const OF_A_MINIMUM: bool;

    /// Hands `left` the left side of each equation, with its index, at the unknowns `x` and the parameters.
    #[doc(hidden)]
    #[track_caller]
    fn each<D: Number>(&self, at: &Place<'_, Self, D>, x: impl Fn(usize) -> D, left: impl FnMut(usize, D));

    /// The plan for the derivatives in the unknowns: one that holds everywhere, or at the unknowns `x`.
    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[track_caller]
    fn plan(&self, at: &Place<'_, Self, f64>, x: &[f64], everywhere: bool)
    -> Result<Self::Plan, SparseError>;

    /// The left sides at the unknowns `x`, and their derivatives.
    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[track_caller]
    fn left_and_derivatives(
        &self,
        plan: &Self::Plan,
        at: &Place<'_, Self, f64>,
        x: &[f64],
    ) -> Result<(Vec<f64>, SparseMatrix<f64>), SparseError>;
}

/// Of [`root`](super::root).
#[derive(Clone, Copy, Debug)]
pub struct Root<F>(pub(super) F);

/// Of [`fixed_point`](super::fixed_point).
#[derive(Clone, Copy, Debug)]
pub struct FixedPoint<F>(pub(super) F);

/// Of [`minimum`](super::minimum) and [`least_squares`](super::least_squares).
#[derive(Clone, Copy, Debug)]
pub struct Minimum<F>(pub(super) F);

mod sealed {
    pub trait Sealed {}
    impl<F> Sealed for super::Root<F> {}
    impl<F> Sealed for super::FixedPoint<F> {}
    impl<F> Sealed for super::Minimum<F> {}
}

/// A container of the family `F`.
pub(crate) type Of<F, D> = <F as Family>::Of<D>;

/// Where equations are evaluated.
#[doc(hidden)]
#[allow(missing_debug_implementations)] // nobody gets one
pub struct Place<'a, E: Equations + ?Sized, D> {
    /// The solution: a container of the unknowns' shape, and the numbers in it that aren't unknowns.
    pub(super) solution: &'a Of<E::Unknowns, f64>,
    /// The number of unknowns.
    pub(super) unknowns: usize,
    pub(super) parameters: Of<E::Parameters, D>,
}

/// A container of the shape of the solution with the unknowns `x`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn container<U: Family, D: Number>(solution: &Of<U, f64>, x: impl Fn(usize) -> D) -> Of<U, D> {
    let mut i = 0;
    let unknown = &mut |_: &f64| {
        i += 1;
        x(i - 1)
    };
    U::map(solution, unknown, &mut |&fixed| D::lit(fixed))
}

/// The same container with `f` of each number.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn lift<P: Family, A: Number, D>(of: &Of<P, A>, f: impl Fn(A) -> D) -> Of<P, D> {
    P::map(of, &mut |&x| f(x), &mut |&x| f(x))
}

/// Hands `f` each coordinate with its index.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn enumerate<F: Family, D: Number>(of: &Of<F, D>, mut f: impl FnMut(usize, D)) {
    let mut i = 0;
    let coordinate = &mut |&x: &D| {
        f(i, x);
        i += 1;
    };
    F::map(of, coordinate, &mut |_| ());
}

/// The number of coordinates.
pub(crate) fn count<F: Family, D: Number>(of: &Of<F, D>) -> usize {
    let mut n = 0;
    enumerate::<F, D>(of, |_, _| n += 1);
    n
}

/// Equations that are functions of the unknowns: their derivatives are a Jacobian.
macro_rules! derivatives_of_the_left_sides {
    () => {
        #[cfg(feature = "std")]
        type Plan = JacobianPlan;
        const OF_A_MINIMUM: bool = false;

        #[cfg(feature = "std")]
        #[track_caller]
        fn plan(
            &self,
            at: &Place<'_, Self, f64>,
            x: &[f64],
            everywhere: bool,
        ) -> Result<JacobianPlan, SparseError> {
            jacobian_plan(self, at, x, everywhere)
        }

        #[cfg(feature = "std")]
        #[track_caller]
        fn left_and_derivatives(
            &self,
            plan: &JacobianPlan,
            at: &Place<'_, Self, f64>,
            x: &[f64],
        ) -> Result<(Vec<f64>, SparseMatrix<f64>), SparseError> {
            plan.value_and_jacobian(&InUnknowns(self, at), x)
        }
    };
}

impl<F, U, P> Equations for Root<F>
where
    F: Function<From = (U, P)>,
    U: Family,
    P: Family,
{
    type Unknowns = U;
    type Parameters = P;
    derivatives_of_the_left_sides!();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn each<D: Number>(&self, at: &Place<'_, Self, D>, x: impl Fn(usize) -> D, left: impl FnMut(usize, D)) {
        let arguments = (container::<U, D>(at.solution, x), lift::<P, D, D>(&at.parameters, |p| p));
        enumerate::<F::To, D>(&self.0.call(&arguments), left);
    }
}

/// `x − G(x, p)`
impl<F, U, P> Equations for FixedPoint<F>
where
    F: Function<From = (U, P)>,
    U: Family,
    P: Family,
{
    type Unknowns = U;
    type Parameters = P;
    derivatives_of_the_left_sides!();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn each<D: Number>(
        &self,
        at: &Place<'_, Self, D>,
        x: impl Fn(usize) -> D,
        mut left: impl FnMut(usize, D),
    ) {
        let arguments = (container::<U, D>(at.solution, &x), lift::<P, D, D>(&at.parameters, |p| p));
        enumerate::<F::To, D>(&self.0.call(&arguments), |i, g| {
            // What there is beyond the unknowns is counted.
            left(i, if i < at.unknowns { x(i) - g } else { g });
        });
    }
}

/// `∂f/∂xᵢ`
impl<F, U, P> Equations for Minimum<F>
where
    F: Function<From = (U, P), To = f64>,
    U: Family,
    P: Family,
{
    type Unknowns = U;
    type Parameters = P;
    #[cfg(feature = "std")]
    type Plan = HessianPlan;
    const OF_A_MINIMUM: bool = true;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn each<D: Number>(&self, at: &Place<'_, Self, D>, x: impl Fn(usize) -> D, left: impl FnMut(usize, D)) {
        on_lanes!(U, gradient::<W, _, _, _, _, _>(&self.0, at, x, left));
    }

    #[cfg(feature = "std")]
    #[track_caller]
    fn plan(
        &self,
        at: &Place<'_, Self, f64>,
        x: &[f64],
        everywhere: bool,
    ) -> Result<HessianPlan, SparseError> {
        hessian_plan(&self.0, at, x, everywhere)
    }

    #[cfg(feature = "std")]
    #[track_caller]
    fn left_and_derivatives(
        &self,
        plan: &HessianPlan,
        at: &Place<'_, Self, f64>,
        x: &[f64],
    ) -> Result<(Vec<f64>, SparseMatrix<f64>), SparseError> {
        let found = plan.value_gradient_and_hessian(&Objective(&self.0, at), x)?;
        Ok((found.gradient, found.hessian))
    }
}

/// Whether the equations take in a variable of the type that has `W` lanes over `P`: at constants a derivative is left.
pub(super) fn is_confused<const W: usize, E: Equations, P: Number>(
    equations: &E,
    at: &Place<'_, E, P>,
    x: &[P],
) -> bool {
    let parameters = lift::<E::Parameters, _, _>(&at.parameters, Dual::<P, W>::constant);
    let place = Place { solution: at.solution, unknowns: at.unknowns, parameters };
    let mut is_confused = false;
    equations.each(&place, |i| Dual::constant(x[i]), |_, y| is_confused |= is_left(y.re, y.eps));
    is_confused
}

/// Hands `left` the gradient of `f` in the unknowns, `W` at a time.
#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
fn gradient<const W: usize, E, F, D, X, L>(f: &F, at: &Place<'_, E, D>, x: X, mut left: L)
where
    F: Function<From = (E::Unknowns, E::Parameters), To = f64>,
    E: Equations,
    D: Number,
    X: Fn(usize) -> D,
    L: FnMut(usize, D),
{
    let mut arguments = (
        container::<E::Unknowns, _>(at.solution, |i| Dual::constant(x(i))),
        lift::<E::Parameters, _, _>(&at.parameters, Dual::<D, W>::constant),
    );
    let _running = Running::on([TypeId::of::<Dual<D, W>>()], || {
        let y = f.call(&arguments);
        is_left(y.re, y.eps)
    });
    for chunk in chunks(at.unknowns, W) {
        arguments.0 = container::<E::Unknowns, _>(at.solution, |i| variable(x(i), i, &chunk));
        let y = f.call(&arguments);
        for i in chunk.clone() {
            left(i, y.eps[i - chunk.start]);
        }
    }
}

/// The indices of the unknowns, `lanes` at a time.
pub(super) fn chunks(unknowns: usize, lanes: usize) -> impl Iterator<Item = Range<usize>> {
    (0..unknowns).step_by(lanes).map(move |start| start..unknowns.min(start + lanes))
}

/// The unknown `i` with the value `x`: a variable if it's in the chunk.
#[inline]
pub(super) fn variable<D: Number, const W: usize>(x: D, i: usize, chunk: &Range<usize>) -> Dual<D, W> {
    if chunk.contains(&i) { Dual::variable(x, i - chunk.start) } else { Dual::constant(x) }
}

/// `½·Σ rₖ²` of a function that returns several numbers, as a function value.
#[derive(Clone, Copy, Debug)]
pub struct HalfSquare<F>(pub(super) F);

impl<F: Function> Function for HalfSquare<F> {
    type From = F::From;
    type To = f64;

    #[inline]
    fn call<T: Number>(&self, x: &<F::From as View>::Of<T>) -> T {
        let mut sum = T::zero();
        enumerate::<F::To, T>(&self.0.call(x), |_, r| sum += r * r);
        sum * T::lit(0.5)
    }
}

/// How many lanes suit the unknowns: as many as there are if the container says how many, and they are few.
pub(super) const fn lanes<U: Family>() -> usize {
    match size_of::<U::Of<f64>>() / size_of::<f64>() {
        // What is on the heap may have any length.
        _ if needs_drop::<U::Of<f64>>() => 8,
        0 | 1 => 1,
        2 => 2,
        3 | 4 => 4,
        9..=12 => 12,
        13..=16 => 16,
        _ => 8,
    }
}

/// Calls the function with W as many lanes as suit the unknowns; what isn't chosen isn't compiled.
macro_rules! on_lanes {
    (@[$lanes:literal] $U:ty, $function:ident::<W, $($types:ty),*> $arguments:tt) => {
        $function::<$lanes, $($types),*> $arguments
    };
    (@[$lanes:literal $($more:literal)+] $U:ty, $($call:tt)*) => {
        if const { $crate::implicit::equations::lanes::<$U>() == $lanes } {
            on_lanes!(@[$lanes] $U, $($call)*)
        } else {
            on_lanes!(@[$($more)+] $U, $($call)*)
        }
    };
    ($U:ty, $($call:tt)*) => {
        on_lanes!(@[1 2 4 8 12 16] $U, $($call)*)
    };
}

pub(super) use on_lanes;
