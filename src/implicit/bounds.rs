//! Unknowns at bounds: they stay there, and have the bounds' derivatives.

use super::equations::{Of, count, enumerate};
use super::error::ImplicitError;
use super::factors::Factors;
use super::memory::Memory;
use super::orders::unsolved;
use crate::drive::Family;
use crate::number::over::Over;
use crate::rules::Number;

/// The bounds of each unknown.
pub(super) struct Bounds<T, const W: usize> {
    lower: Memory<T, W>,
    upper: Memory<T, W>,
}

impl<T: Number, const W: usize> Bounds<T, W> {
    /// The bounds of `n` unknowns, from containers of their family.
    pub(super) fn new<U: Family, F>(
        [lower, upper]: [&Of<U, T>; 2],
        n: usize,
    ) -> Result<Self, ImplicitError<F>> {
        let flat = |bounds: &Of<U, T>| {
            let equations = count::<U, T>(bounds);
            if equations != n {
                return Err(ImplicitError::Shape { unknowns: n, equations });
            }
            let mut flat = Memory::filled(T::zero(), n);
            enumerate::<U, T>(bounds, |i, bound| flat[i] = bound);
            Ok(flat)
        };
        Ok(Self { lower: flat(lower)?, upper: flat(upper)? })
    }

    /// Makes the equation of each unknown that is at a bound, in the Hessian and the gradient, that it stays where it is, and
    /// tells `held` of the bound.
    ///
    /// There the gradient must push against the bound by more than what a step of the size `largest` takes away: where it
    /// doesn't, the unknown leaves the bound as the parameters change to the one side, and stays as they change to the other.
    pub(super) fn hold<P: Number, D, F>(
        &self,
        x: &[P],
        largest: P,
        hessian: &mut Factors<P, W>,
        gradient: &mut [P],
        mut held: impl FnMut(usize, T),
    ) -> Result<(), ImplicitError<F>>
    where
        T: Over<P, D>,
    {
        let n = x.len();
        for (i, &x) in x.iter().enumerate() {
            let (lower, upper) = (self.lower[i].value(), self.upper[i].value());
            if !(lower <= upper && x >= lower - largest && x <= upper + largest) {
                return Err(ImplicitError::OutOfBounds { unknown: i });
            }
            let is_lower = x <= lower;
            if !is_lower && x < upper {
                continue;
            }
            if lower < upper {
                let push = if is_lower { gradient[i] } else { -gradient[i] };
                let step = push.abs() / hessian.entry(i, i).abs();
                if push == P::zero() || step <= largest {
                    return Err(ImplicitError::WeaklyActive { unknown: i });
                }
                if push < P::zero() {
                    return Err(unsolved(i, step, largest));
                }
            }
            held(i, if is_lower { self.lower[i] } else { self.upper[i] });
            for k in 0..n {
                *hessian.entry(i, k) = P::zero();
                *hessian.entry(k, i) = P::zero();
            }
            *hessian.entry(i, i) = P::one();
            gradient[i] = P::zero();
        }
        Ok(())
    }
}
