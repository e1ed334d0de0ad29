//! The solution as a solver finds it: on the values of the parameters, also where they are numbers with derivatives.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
#[cfg(feature = "alloc")]
use core::cell::Cell;

use num_traits::ToPrimitive;

use super::equations::{Of, count, enumerate};
use super::error::ImplicitError;
use super::memory::Memory;
use super::solution::Outcome;
use crate::drive::{Argument, Family, Point};
#[cfg(feature = "alloc")]
use crate::number::inspect::is_primitive;
use crate::number::over::Over;
use crate::rules::Number;
#[cfg(feature = "alloc")]
use crate::rules::of_values;

/// What a solver found, and where.
pub(super) struct Found<U: Family, A, P, const W: usize> {
    /// The solution in its container.
    pub(super) solution: Of<U, f64>,
    /// Its unknowns as plain numbers.
    pub(super) x: Memory<P, W>,
    /// The parameters' values, as the solver got them.
    #[cfg_attr(not(feature = "alloc"), allow(dead_code))]
    pub(super) parameters: A,
}

/// Calls the solver.
pub(super) fn found<const W: usize, U, X, P, D, S, Y, L>(
    p: &X,
    solve: S,
) -> Result<Found<U, Of<X::Family, f64>, P, W>, ImplicitError<Y::Error, L>>
where
    U: Family,
    X: Point<Scalar: Over<P, D>> + ?Sized,
    P: Number,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<U, f64>>,
{
    #[cfg(feature = "alloc")]
    if !is_primitive::<P>() {
        return found_by_rule(p, solve).map_err(ImplicitError::Solver);
    }
    let plain = |p: &X::Scalar| p.to_f64().unwrap_or(f64::NAN);
    let parameters = p.lift(&mut |p| plain(p), &mut |p| plain(p));
    let solution = solve(X::argument(&parameters)).into_result().map_err(ImplicitError::Solver)?;
    let unknowns = count::<U, f64>(&solution);
    if cfg!(not(feature = "alloc")) && unknowns > W {
        return Err(ImplicitError::TooMany { unknowns, largest: W });
    }
    let mut x = Memory::filled(P::zero(), unknowns);
    enumerate::<U, f64>(&solution, |i, found| x[i] = P::lit(found));
    Ok(Found { solution, x, parameters })
}

/// The same on a number that isn't the CPU's.
#[cfg(feature = "alloc")]
fn found_by_rule<const W: usize, U, X, P, D, S, Y>(
    p: &X,
    solve: S,
) -> Result<Found<U, Of<X::Family, f64>, P, W>, Y::Error>
where
    U: Family,
    X: Point<Scalar: Over<P, D>> + ?Sized,
    P: Number,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<U, f64>>,
{
    let numbers = core::cell::RefCell::new(Vec::new());
    let push = |p: &X::Scalar| numbers.borrow_mut().push(p.value());
    p.lift(&mut |p| push(p), &mut |p| push(p));
    let mut found = None;
    let unknowns = of_values(&numbers.into_inner(), |values| {
        let next = Cell::new(0);
        let plain = |_: &X::Scalar| values[next.replace(next.get() + 1)];
        let parameters = p.lift(&mut |p| plain(p), &mut |p| plain(p));
        let solution = solve(X::argument(&parameters)).into_result();
        let mut x = Vec::new();
        if let Ok(solution) = &solution {
            enumerate::<U, f64>(solution, |_, found| x.push(found));
        }
        found = Some((solution, parameters));
        x
    });
    let Some((solution, parameters)) = found else { unreachable!("the rule has been run") };
    let solution = solution?;
    let mut x = Memory::filled(P::zero(), unknowns.len());
    x.copy_from_slice(&unknowns);
    Ok(Found { solution, x, parameters })
}
