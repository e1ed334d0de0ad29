//! A dual number that knows when it is a constant, for functions of many variables.
//!
//! The gradient of a function of n variables takes n/N passes, and in each pass only N variables move: most numbers are
//! constants, whose lanes a [`Dual`] computes and adds as zeros. Here a constant has no lanes, and its operations compute
//! values only. Drivers of function values run on it where n is large; users never name it.
//!
//! # Bits
//!
//! The value and every lane are those of a `Dual` that runs the same program, but for the sign of a zero lane: a lane that
//! is left out of a sum isn't added, and 0 + −0 is 0. No rule is written a second time: where a number moves, the methods of
//! `Dual` compute it, and where none does, those of `T`.
//!
//! An infinite or NaN value times a zero lane is NaN in a `Dual`'s product, and in its quotient. So the term that a constant's
//! lanes would add is added, once computed for all lanes. Of two constants the result is a constant if its value is finite,
//! since then the term is zero; if it isn't, a `Dual` of one lane says what is in the lanes, and if that is NaN, they are
//! there.
//!
//! # Layout
//!
//! `{ moves, re, eps }` in this order: what is read of a constant is in one line of the cache. The lanes of a constant are not
//! initialised, so that nothing is written for them; `docs/design.md` says what it saves.

mod smooth;
mod special_of_dual_or_constant;
#[cfg(all(test, feature = "std"))]
mod tests;

use core::fmt;
use core::mem::MaybeUninit;

use super::Dual;
use super::components::Components;
use super::lanes::{self, inside, reciprocal_keeps_digits, whole};
use crate::number::inspect::{self, Mask};
use crate::real::Real;

/// A value, and `N` lanes if it moves; see the [module](self).
#[repr(C)]
pub(crate) struct DualOrConstant<T, const N: usize> {
    /// Whether the lanes are there.
    moves: bool,
    /// The value.
    pub(super) re: T,
    /// The tangents, initialised if `moves`.
    eps: MaybeUninit<[T; N]>,
}

impl<T: Real, const N: usize> DualOrConstant<T, N> {
    /// `re`, without lanes.
    #[inline]
    pub(crate) fn constant(re: T) -> Self {
        Self { moves: false, re, eps: MaybeUninit::uninit() }
    }

    /// A dual number, all of its lanes.
    #[inline]
    pub(super) fn moving(x: Dual<T, N>) -> Self {
        Self { moves: true, re: x.re, eps: MaybeUninit::new(x.eps) }
    }

    /// `re`, and `rest` in every lane.
    #[inline]
    fn filled(re: T, rest: T) -> Self {
        if inspect::is_zero(rest) { Self::constant(re) } else { Self::moving(Dual::filled(re, rest)) }
    }

    /// Whether it has lanes.
    #[inline]
    pub(super) fn moves(&self) -> bool {
        self.moves
    }

    /// What is made of constants: `re`, if that is finite a constant, otherwise with `rest` in every lane.
    #[inline]
    fn finite_or(re: T, rest: impl FnOnce() -> T) -> Self {
        if inspect::is_finite(re) { Self::constant(re) } else { Self::filled(re, rest()) }
    }

    /// The dual number, if it moves.
    #[inline]
    pub(crate) fn dual(&self) -> Option<Dual<T, N>> {
        // SAFETY: a number that moves has its lanes.
        self.moves.then(|| Dual::new(self.re, unsafe { self.eps.assume_init() }))
    }

    /// The dual number, with lanes of zeros if it is a constant.
    #[inline]
    pub(super) fn with_lanes(self) -> Dual<T, N> {
        self.dual().unwrap_or_else(|| Dual::constant(self.re))
    }

    /// What `constant` makes of a constant's value, and `moving` of a dual number.
    #[inline]
    fn of_either(self, constant: impl FnOnce(T) -> T, moving: impl FnOnce(Dual<T, N>) -> Dual<T, N>) -> Self {
        match self.dual() {
            Some(x) => Self::moving(moving(x)),
            None => Self::constant(constant(self.re)),
        }
    }

    /// What `constant` makes of two constants' values, and `moving` of dual numbers, if one of them moves.
    #[inline]
    fn of_both(
        self,
        other: Self,
        constant: impl FnOnce(T, T) -> T,
        moving: impl FnOnce(Dual<T, N>, Dual<T, N>) -> Dual<T, N>,
    ) -> Self {
        if self.moves | other.moves {
            Self::moving(moving(self.with_lanes(), other.with_lanes()))
        } else {
            Self::constant(constant(self.re, other.re))
        }
    }

    /// What is made of two constants, of a number that moves and a constant, of a constant and a number that moves, and of
    /// two that move.
    #[inline]
    fn of_pair(
        self,
        other: Self,
        none: impl FnOnce() -> Self,
        left: impl FnOnce(Dual<T, N>) -> Dual<T, N>,
        right: impl FnOnce(Dual<T, N>) -> Dual<T, N>,
        both: impl FnOnce(Dual<T, N>, Dual<T, N>) -> Dual<T, N>,
    ) -> Self {
        // The right operand first: it is often the result of an operation, and then the compiler knows which by the branch
        // that it comes from.
        match other.dual() {
            None => match self.dual() {
                None => none(),
                Some(x) => Self::moving(left(x)),
            },
            Some(y) => match self.dual() {
                None => Self::moving(right(y)),
                Some(x) => Self::moving(both(x, y)),
            },
        }
    }

    /// The chain rule of a function of `self` with value `f` and slope `df`, as [`Dual::chain`].
    #[inline]
    fn chain(self, f: T, df: T) -> Self {
        self.of_either(|_| f, |x| x.chain(f, df))
    }
}

// By hand: lanes that may not be initialised are `Clone` where T is `Copy`.
impl<T: Copy, const N: usize> Copy for DualOrConstant<T, N> {}
#[allow(clippy::expl_impl_clone_on_copy)] // a derive would ask for `T: Clone`, which isn't enough
impl<T: Copy, const N: usize> Clone for DualOrConstant<T, N> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: fmt::Debug + Copy, const N: usize> fmt::Debug for DualOrConstant<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut number = f.debug_struct("DualOrConstant");
        number.field("re", &self.re);
        if self.moves {
            // SAFETY: a number that moves has its lanes.
            number.field("eps", &unsafe { self.eps.assume_init() });
        }
        number.finish()
    }
}

impl<T: Real, const N: usize> Components<T> for DualOrConstant<T, N> {
    #[inline]
    fn re(&self) -> T {
        self.re
    }

    #[inline]
    fn with_value(self, re: T) -> Self {
        self.of_either(|_| re, |x| x.with_value(re))
    }

    #[inline]
    fn map(self, f: impl Fn(T) -> T) -> Self {
        match self.dual() {
            Some(x) => Self::moving(x.map(f)),
            None => Self::filled(f(self.re), f(T::zero())),
        }
    }

    #[inline]
    fn zip(self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        if self.moves | other.moves {
            Self::moving(self.with_lanes().zip(other.with_lanes(), f))
        } else {
            Self::filled(f(self.re, other.re), f(T::zero(), T::zero()))
        }
    }

    #[inline]
    fn all(self, other: Self, f: impl Fn(T, T) -> bool) -> bool {
        self.with_lanes().all(other.with_lanes(), f)
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        let re = self.re + other.re;
        self.of_pair(other, || Self::constant(re), |x| x.with_value(re), |y| y.with_value(re), Dual::plus)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        let re = self.re - other.re;
        self.of_pair(other, || Self::constant(re), |x| x.with_value(re), |y| (-y).with_value(re), Dual::minus)
    }

    #[inline]
    fn scaled(self, s: T) -> Self {
        match self.dual() {
            Some(x) => Self::moving(x.scaled(s)),
            None => Self::finite_or(self.re * s, || T::zero() * s),
        }
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        #[cold]
        fn lane<T: Real>(x: T, y: T) -> T {
            Dual::<T, 1>::constant(x).times(Dual::constant(y)).eps[0]
        }
        let re = self.re * other.re;
        self.of_pair(
            other,
            // If it is finite, both factors are.
            || Self::finite_or(re, || lane(self.re, other.re)),
            |x| times_constant(&x, other.re, re),
            |y| times_constant(&y, self.re, re),
            Dual::times,
        )
    }

    fn times_masked(self, other: Self, mask: Mask) -> Self {
        Self::moving(self.with_lanes().times_masked(other.with_lanes(), mask))
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        #[cold]
        fn lane<T: Real>(x: T, y: T) -> T {
            Dual::<T, 1>::constant(x).over(Dual::constant(y)).eps[0]
        }
        let q = self.re / other.re;
        self.of_pair(
            other,
            || Self::finite_or(q, || lane(self.re, other.re)),
            |x| by_constant(&x, other.re, q),
            |y| constant_by(q, &y),
            Dual::over,
        )
    }

    #[inline]
    fn under(self, q: T) -> Self {
        self.of_either(|_| q, |x| x.under(q))
    }

    #[inline]
    fn linear(self, y: T, slope: T) -> Self {
        self.chain(y, slope)
    }

    #[inline]
    fn linear2(self, other: Self, y: T, dx: T, dy: T) -> Self {
        match (self.dual(), other.dual()) {
            (Some(x), Some(z)) => Self::moving(x.linear2(z, y, dx, dy)),
            // The other's term is zero, whatever its slope.
            (Some(x), None) => Self::moving(x.chain(y, dx)),
            (None, _) => other.chain(y, dy),
        }
    }

    fn undefined(self, y: T, nan: T) -> Self {
        self.of_either(|_| y, |x| x.undefined(y, nan))
    }

    #[inline]
    fn map_first(self, f: impl Fn(T) -> T) -> Self {
        match self.dual() {
            Some(x) => Self::moving(x.map_first(f)),
            None => Self::filled(self.re, f(T::zero())),
        }
    }
}

/// `x·p`, of value `re`, for a constant p with zeros for its lanes: an x that isn't finite makes NaN of them.
#[inline]
fn times_constant<T: Real, const N: usize>(x: &Dual<T, N>, p: T, re: T) -> Dual<T, N> {
    whole!([T, N](x: &Dual<T, N> = x, p: T = p, re: T = re) -> Dual<T, N> {
        Dual::new(re, inside::scale_and_add(0, p, x.re * T::zero(), &x.eps))
    })
}

/// The quotient q = x/y by a constant y, with zeros for its lanes.
#[inline]
fn by_constant<T: Real, const N: usize>(x: &Dual<T, N>, y: T, q: T) -> Dual<T, N> {
    if !reciprocal_keeps_digits(y) {
        return Dual::new(q, lanes::quotient(x.eps, q, [T::zero(); N], y));
    }
    whole!([T, N](x: &Dual<T, N> = x, y: T = y, q: T = q) -> Dual<T, N> {
        Dual::new(q, inside::subtract_and_divide(0, q * T::zero(), y, y.recip(), &x.eps))
    })
}

/// The quotient q = x/y of a constant x, with zeros for its lanes.
#[inline]
fn constant_by<T: Real, const N: usize>(q: T, y: &Dual<T, N>) -> Dual<T, N> {
    if !reciprocal_keeps_digits(y.re) {
        return Dual::new(q, lanes::quotient([T::zero(); N], q, y.eps, y.re));
    }
    whole!([T, N](y: &Dual<T, N> = y, q: T = q) -> Dual<T, N> {
        Dual::new(q, inside::subtract_from_and_divide(0, T::zero(), q, y.re, y.re.recip(), &y.eps))
    })
}

/// As the drivers see it.
impl<T: Real, const N: usize> DualOrConstant<T, N> {
    /// The value.
    #[inline]
    pub(crate) fn value(&self) -> T {
        self.re
    }

    /// Makes a constant the variable of the lane `lane`.
    #[inline]
    pub(crate) fn seed(&mut self, lane: usize) {
        let mut variable = Dual::constant(self.re);
        variable.seed(lane);
        *self = Self::moving(variable);
    }
}
