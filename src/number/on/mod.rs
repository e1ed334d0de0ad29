//! Floats that know their instruction set: [`On<T, S>`](On) computes as `T` does, bit for bit, on CPUs that have the set S.
//!
//! A driver that runs a function of the user in a version for each instruction set has three callers of one function, and
//! the compiler no longer inlines it; what isn't inlined is compiled for the baseline. With the set in the type of the float,
//! each version of the driver has an instance of the function of its own, with one caller, and the lanes of a number know
//! from the type in which vectors they are to be computed. Where a function isn't inlined nevertheless, its operations are
//! still functions of the set, each a call.
//!
//! # Safety
//!
//! Arithmetic on lanes of `On<T, S>` takes the instructions of S without asking. So code may name a set only where the CPU has
//! been asked for it. That is here, in [`Work`]'s versions, and in tests; everywhere else the type is a parameter.

mod carries;
mod float;
#[cfg(all(test, feature = "std", target_arch = "x86_64"))]
mod tests;

use core::any::TypeId;
use core::fmt;
use core::marker::PhantomData;

use num_traits::Num;

pub(crate) use self::carries::Carries;
#[cfg(feature = "std")]
pub(crate) use self::carries::chunked_in_place;
#[cfg(feature = "alloc")]
pub(crate) use self::carries::{duals_in_place, duals_or_constants_in_place, nested_in_place};
use crate::dispatch::{Available, InstructionSet};
use crate::rules::Number;

/// An instruction set, as a type.
pub(crate) trait Set: Copy + 'static {}

macro_rules! sets {
    ($($(#[$doc:meta])* $Set:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $Set;

        impl Set for $Set {}
    )*};
}

sets! {
    /// [`InstructionSet::Avx2`](crate::dispatch::InstructionSet::Avx2)
    Avx2
    /// [`InstructionSet::Avx512`](crate::dispatch::InstructionSet::Avx512)
    Avx512
}

/// The float `T`, on a CPU that has the set `S`.
#[repr(transparent)]
pub(crate) struct On<T, S>(T, PhantomData<S>);

impl<T, S> On<T, S> {
    #[inline]
    pub(crate) const fn new(x: T) -> Self {
        Self(x, PhantomData)
    }
}

/// Whether `T` may be a float on a set, or a number over one: what tells without the type's identity, which isn't known before
/// optimisation.
///
/// Of a `T: Real` the compiler knows before it makes code only its layout, and the types that it has to its traits. The error
/// of a numeral is one of these, that of `On` is [marked](MarkedError), and a number's is that of what it is over. So nothing is
/// compiled for the sets of a `T` that has none.
pub(crate) const fn may_be_on_a_set<T: Num>() -> bool {
    align_of::<T::FromStrRadixErr>() == MARK
}

/// The error of a numeral of a float on the set `S`, in an alignment that no other error is likely to have.
///
/// A type can have it only by way of such a float, which is named only where the CPU has the set.
#[repr(align(1024))]
pub(crate) struct MarkedError<S>(PhantomData<S>);

impl<S> fmt::Debug for MarkedError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a numeral of a float")
    }
}

const MARK: usize = 1024;

/// Is `T` the float `F`, itself or on a set?
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_float<T: Num + 'static, F: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<F>()
        || const { may_be_on_a_set::<T>() }
            && (TypeId::of::<T>() == TypeId::of::<On<F, Avx2>>()
                || TypeId::of::<T>() == TypeId::of::<On<F, Avx512>>())
}

/// Is `T` a float on the set `S`, or a number over one?
#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_on<T: Num, S: Set>() -> bool {
    // Not the alignment alone, which a type of the user's may have too.
    let may_be = const { may_be_on_a_set::<T>() };
    may_be && typeid::of::<T::FromStrRadixErr>() == TypeId::of::<MarkedError<S>>()
}

/// A float that a function of the user may be run on in place of a `T`.
pub trait FloatOf<T>: Number + Carries<T> {}

impl<T, V: Number + Carries<T>> FloatOf<T> for V {}

/// Work on floats of type `T` that is to be compiled for each instruction set.
///
/// A trait and not a closure, because `run` must be inlined into each version, `#[inline(always)]`, and is generic.
pub trait Work<T> {
    /// What the work gives.
    type Output;

    /// Does the work on floats `V` in place of `T`.
    #[track_caller]
    fn run<V: FloatOf<T>>(self) -> Self::Output;
}

/// Does the work on the plain float, or on that of a set.
#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[inline]
#[track_caller]
pub(crate) fn on_set<T: Number, W: Work<T>>(set: Available, work: W) -> W::Output {
    #[target_feature(enable = "avx2,fma")]
    #[track_caller]
    fn avx2<T: Number, W: Work<T>>(work: W) -> W::Output {
        work.run::<On<T, Avx2>>()
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,fma")]
    #[track_caller]
    fn avx512<T: Number, W: Work<T>>(work: W) -> W::Output {
        work.run::<On<T, Avx512>>()
    }

    match set.set() {
        InstructionSet::Baseline => work.run::<T>(),
        // SAFETY: the CPU has the set.
        InstructionSet::Avx2 => unsafe { avx2(work) },
        // SAFETY: as above.
        InstructionSet::Avx512 => unsafe { avx512(work) },
    }
}

#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
#[inline]
#[track_caller]
pub(crate) fn on_set<T: Number, W: Work<T>>(set: Available, work: W) -> W::Output {
    debug_assert!(set.set() == InstructionSet::Baseline);
    work.run::<T>()
}
