//! Derivatives order by order, and the step of Newton's method that may be left.

use super::equations::{Equations, Place};
use super::error::ImplicitError;
use super::factors::larger;
use super::solution::Implicit;
use crate::number::over::Over;
use crate::rules::Number;

/// Makes the unknowns `y`, whose values are `x`, right in each order.
///
/// `solve` gets the order and what is left of the equations in it, in `rest`, and makes `J⁻¹` times that of it.
#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
pub(super) fn by_orders<E, T, P, D, F>(
    equations: &E,
    place: &Place<'_, E, T>,
    x: &[P],
    y: &mut [T],
    rest: &mut [T],
    mut solve: impl FnMut(usize, &mut [T]) -> Result<(), F>,
) -> Result<(), F>
where
    E: Equations,
    T: Over<P, D>,
    P: Number,
{
    for order in 1..=T::ORDER {
        equations.each(place, |i| y[i], |i, left| rest[i] = left.of_order(order));
        solve(order, rest)?;
        for (y, (&rest, &x)) in y.iter_mut().zip(rest.iter().zip(x)) {
            *y = (*y - rest).with_plain(x);
        }
    }
    Ok(())
}

/// The largest step of an unknown that is tolerated at the unknowns `x`, relative to the largest of them by `default` if nothing
/// is said.
pub(super) fn largest_step<P: Number, E, L>(of: &Implicit<E, L>, default: f64, x: &[P]) -> P {
    let tolerance = P::lit(of.tolerance.unwrap_or(default));
    tolerance * x.iter().fold(P::zero(), |size, &x| larger(size, x.abs())) + P::lit(of.absolute)
}

/// That the unknowns' steps are small.
pub(super) fn check_step<P: Number, F, L>(
    steps: impl Iterator<Item = P>,
    largest: P,
) -> Result<(), ImplicitError<F, L>> {
    // Not small if one is NaN.
    let is_small = |&(_, step): &(usize, P)| step <= largest;
    match steps.enumerate().find(|step| !is_small(step)) {
        Some((unknown, step)) => Err(unsolved(unknown, step, largest)),
        None => Ok(()),
    }
}

/// The tolerance on numbers `P` if none is given.
pub(crate) fn default_tolerance<P: Number>() -> f64 {
    if P::epsilon() < P::lit(1e-12) { 1e-6 } else { 1e-3 }
}

pub(super) fn unsolved<P: Number, F, L>(unknown: usize, step: P, largest: P) -> ImplicitError<F, L> {
    let plain = |x: P| x.to_f64().unwrap_or(f64::NAN);
    ImplicitError::Unsolved { unknown, step: plain(step), largest: plain(largest) }
}
