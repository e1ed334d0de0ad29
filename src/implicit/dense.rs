//! Dense factors of the Jacobian in the unknowns, made here.

use core::any::TypeId;
use core::convert::Infallible;

use super::bounds::Bounds;
use super::equations::{Equations, Of, Place, chunks, container, is_confused, lift, on_lanes, variable};
use super::error::ImplicitError;
use super::factors::Factors;
use super::found::{Found, found};
use super::linear::{Linear, sealed};
use super::memory::Memory;
use super::orders::{by_orders, check_step, default_tolerance, largest_step};
use super::solution::{Implicit, Outcome};
use crate::drive::sweeps::nesting::Running;
use crate::drive::{Argument, Point};
use crate::function::fastest;
use crate::number::Dual;
use crate::number::on::{self, FloatOf};
use crate::number::over::Over;
use crate::rules::Number;

/// By factors of a dense Jacobian: the default.
#[derive(Clone, Copy, Debug)]
pub struct Dense;

impl sealed::Sealed for Dense {}

impl<E: Equations> Linear<E> for Dense {
    type Error = Infallible;

    #[track_caller]
    fn solved<X, S, Y, P, D>(
        of: &Implicit<E, Self>,
        p: &X,
        solve: S,
    ) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error>>
    where
        X: Point<Family = E::Parameters, Scalar: Over<P, D>> + ?Sized,
        S: FnOnce(&Argument<X, f64>) -> Y,
        Y: Outcome<Of<E::Unknowns, f64>>,
        P: Number,
    {
        solved_within(of, p, solve, None)
    }
}

/// The solution within bounds, if there are any.
#[track_caller]
pub(super) fn solved_within<E, X, S, Y, P, D>(
    of: &Implicit<E>,
    p: &X,
    solve: S,
    bounds: Option<[&Of<E::Unknowns, X::Scalar>; 2]>,
) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error>>
where
    E: Equations,
    X: Point<Family = E::Parameters, Scalar: Over<P, D>> + ?Sized,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<E::Unknowns, f64>>,
    P: Number,
{
    on_lanes!(E::Unknowns, solved::<W, E, X, S, Y, P, D>(of, p, solve, bounds))
}

/// The work on plain numbers `P`, with memory for `W` unknowns on the stack, and numbers of as many lanes.
#[track_caller]
fn solved<const W: usize, E, X, S, Y, P, D>(
    of: &Implicit<E>,
    p: &X,
    solve: S,
    bounds: Option<[&Of<E::Unknowns, X::Scalar>; 2]>,
) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error>>
where
    E: Equations,
    X: Point<Family = E::Parameters, Scalar: Over<P, D>> + ?Sized,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<E::Unknowns, f64>>,
    P: Number,
{
    let Found { solution, x, .. } = found::<W, E::Unknowns, X, P, D, S, Y, _>(p, solve)?;
    if X::Scalar::ORDER == 0 || x.is_empty() {
        return Ok(container::<E::Unknowns, _>(&solution, |i| Over::of_value(x[i])));
    }

    let n = x.len();
    let (mut factors, mut left) = (Factors::<P, W>::new(n), Memory::<P, W>::filled(P::zero(), n));
    let parameters = p.lift(&mut |p| p.value(), &mut |p| p.value());
    let linearizing = Linearizing {
        equations: &of.equations,
        at: &Place { solution: &solution, unknowns: n, parameters },
        x: &x,
        factors: &mut factors,
        left: &mut left,
        factorize: bounds.is_none(),
    };
    {
        let is_confused = || is_confused::<W, E, P>(&of.equations, linearizing.at, &x);
        let _running = Running::on([TypeId::of::<Dual<P, W>>()], is_confused);
        fastest::<P, _>(n, linearizing).map_err(ImplicitError::of_any_solver)?;
    }
    let largest = largest_step(of, default_tolerance::<P>(), &x);
    let mut y = Memory::<X::Scalar, W>::filled(Over::of_value(P::zero()), n);
    for (y, &x) in y.iter_mut().zip(&*x) {
        *y = Over::of_value(x);
    }
    let mut held = Memory::<bool, W>::filled(false, n);
    if let Some(bounds) = bounds {
        let bounds = Bounds::<_, W>::new::<E::Unknowns, _>(bounds, n)?;
        bounds.hold(&x, largest, &mut factors, &mut left, |i, bound| {
            held[i] = true;
            y[i] = bound.with_plain(x[i]);
        })?;
        factorized::<E, P, W>(&mut factors).map_err(ImplicitError::of_any_solver)?;
    }
    let parameters = p.lift(&mut |&p| p, &mut |&p| p);
    let place = Place { solution: &solution, unknowns: n, parameters };
    let mut rest = Memory::<X::Scalar, W>::filled(Over::of_value(P::zero()), n);
    let (held, left) = (&*held, &*left);
    by_orders(&of.equations, &place, &x, &mut y, &mut rest, |order, rest| {
        for (i, rest) in rest.iter_mut().enumerate() {
            if held[i] {
                *rest = Over::of_value(P::zero());
            }
            if order == 1 {
                // What is left of the plain equations goes with it: a step of Newton's method.
                *rest = rest.with_plain(left[i]);
            }
        }
        factors.solve(rest);
        if order == 1 { check_step(rest.iter().map(|step| step.value().abs()), largest) } else { Ok(()) }
    })?;
    Ok(container::<E::Unknowns, _>(&solution, |i| y[i]))
}

/// The plain part of the work: the Jacobian of the equations in the unknowns, and their left sides.
struct Linearizing<'a, E: Equations, P, const W: usize> {
    equations: &'a E,
    at: &'a Place<'a, E, P>,
    x: &'a [P],
    factors: &'a mut Factors<P, W>,
    left: &'a mut [P],
    /// Whether the Jacobian is to be factorized too.
    factorize: bool,
}

impl<E: Equations, P: Number, const W: usize> on::Work<P> for Linearizing<'_, E, P, W> {
    type Output = Result<(), ImplicitError<Infallible>>;

    // Its one caller is compiled for an instruction set.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<P>>(self) -> Self::Output {
        let Self { equations, at, x, factors, left, factorize } = self;
        let n = x.len();
        let parameters = lift::<E::Parameters, _, _>(&at.parameters, |p| Dual::<V, W>::constant(V::of(p)));
        let place = Place { solution: at.solution, unknowns: n, parameters };
        for chunk in chunks(n, W) {
            let mut count = 0;
            let write = |i, y: Dual<V, W>| {
                count += 1;
                if i < n {
                    left[i] = y.re.plain();
                    factors.write(i, &chunk, V::plain_array(&y.eps));
                }
            };
            equations.each(&place, |i| variable(V::of(x[i]), i, &chunk), write);
            if count != n {
                return Err(ImplicitError::Shape { unknowns: n, equations: count });
            }
        }
        let not_finite = left.iter().position(|left| !left.is_finite()).or_else(|| factors.not_finite());
        if let Some(equation) = not_finite {
            return Err(ImplicitError::NotFinite { equation });
        }
        if factorize { factorized::<E, P, W>(factors) } else { Ok(()) }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn factorized<E: Equations, P: Number, const W: usize>(
    factors: &mut Factors<P, W>,
) -> Result<(), ImplicitError<Infallible>> {
    if E::OF_A_MINIMUM {
        factors.positive_definite().map_err(|unknown| ImplicitError::NoMinimum { unknown })
    } else {
        factors.pivoted().map_err(|unknown| ImplicitError::Singular { unknown })
    }
}
