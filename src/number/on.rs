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

use core::any::TypeId;
use core::cmp::Ordering;
use core::fmt;
use core::marker::PhantomData;
use core::num::FpCategory;
use core::ops::{Add, Div, Mul, Neg, Rem, Sub};

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use num_traits::{Float, FloatConst, Num, NumCast, One, ToPrimitive, Zero};

use crate::dispatch::{Available, InstructionSet};
use crate::number::assigning;
#[cfg(feature = "alloc")]
use crate::number::{Dual, DualOrConstant};
use crate::real::Real;
#[cfg(feature = "alloc")]
use crate::rules::VectorRule;
use crate::rules::special_table::for_each_special_rule;
use crate::rules::{Number, Rule, RuleN};
use crate::special::Special;

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

/// A number that computes as a `T` does, bit for bit, and has its layout: `T` itself, or a `T` on a set.
///
/// It can't be implemented elsewhere.
pub trait Carries<T>: Real {
    /// `x`, as this number.
    fn of(x: T) -> Self;

    /// This number, as a `T`.
    fn plain(self) -> T;

    /// `T`s as these numbers, where they are.
    fn in_place(x: &mut [T]) -> &mut [Self];

    /// Numbers as `T`s, where they are.
    fn plain_slice(x: &[Self]) -> &[T];

    /// Numbers as `T`s, where they are.
    fn plain_array<const N: usize>(x: &[Self; N]) -> &[T; N];
}

impl<T: Real> Carries<T> for T {
    #[inline]
    fn of(x: T) -> Self {
        x
    }

    #[inline]
    fn plain(self) -> T {
        self
    }

    #[inline]
    fn in_place(x: &mut [T]) -> &mut [Self] {
        x
    }

    #[inline]
    fn plain_slice(x: &[Self]) -> &[T] {
        x
    }

    #[inline]
    fn plain_array<const N: usize>(x: &[Self; N]) -> &[T; N] {
        x
    }
}

impl<T: Real, S: Set> Carries<T> for On<T, S> {
    #[inline]
    fn of(x: T) -> Self {
        Self::new(x)
    }

    #[inline]
    fn plain(self) -> T {
        self.0
    }

    #[inline]
    fn in_place(x: &mut [T]) -> &mut [Self] {
        // SAFETY: `On` is transparent.
        unsafe { &mut *(core::ptr::from_mut(x) as *mut [Self]) }
    }

    #[inline]
    fn plain_slice(x: &[Self]) -> &[T] {
        // SAFETY: `On` is transparent.
        unsafe { &*(core::ptr::from_ref(x) as *const [T]) }
    }

    #[inline]
    fn plain_array<const N: usize>(x: &[Self; N]) -> &[T; N] {
        // SAFETY: `On` is transparent.
        unsafe { &*core::ptr::from_ref(x).cast() }
    }
}

/// Numbers over `T` as numbers over a float that carries it, where they are.
macro_rules! in_place {
    ($($(#[$doc:meta])* $name:ident: $Number:ident;)*) => {$(
        $(#[$doc])*
        #[cfg(feature = "alloc")]
        #[inline]
        pub(crate) fn $name<T, V: Carries<T>, const N: usize>(x: &mut [$Number<T, N>]) -> &mut [$Number<V, N>] {
            // SAFETY: `V` has the layout of `T`, as it says, and the number is `repr(C)`.
            unsafe { &mut *(core::ptr::from_mut(x) as *mut [$Number<V, N>]) }
        }
    )*};
}

in_place! {
    duals_in_place: Dual;
    duals_or_constants_in_place: DualOrConstant;
}

/// Numbers over dual numbers over `T`, as [`duals_in_place`].
#[cfg(feature = "alloc")]
#[inline]
pub(crate) fn nested_in_place<T, V: Carries<T>, const N: usize>(
    x: &mut [Dual<Dual<T, N>, N>],
) -> &mut [Dual<Dual<V, N>, N>] {
    // SAFETY: as there.
    unsafe { &mut *(core::ptr::from_mut(x) as *mut [Dual<Dual<V, N>, N>]) }
}

/// Numbers that may be constants over dual numbers over `T`, as [`duals_in_place`].
#[cfg(feature = "std")]
#[inline]
pub(crate) fn chunked_in_place<T, V: Carries<T>, const C: usize, const N: usize>(
    x: &mut [DualOrConstant<Dual<T, C>, N>],
) -> &mut [DualOrConstant<Dual<V, C>, N>] {
    // SAFETY: as there.
    unsafe { &mut *(core::ptr::from_mut(x) as *mut [DualOrConstant<Dual<V, C>, N>]) }
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

impl<T: Copy, S> Copy for On<T, S> {}
#[allow(clippy::expl_impl_clone_on_copy)] // a derive would ask for `S: Clone`
impl<T: Copy, S> Clone for On<T, S> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: fmt::Debug, S> fmt::Debug for On<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: PartialEq, S> PartialEq for On<T, S> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: PartialOrd, S> PartialOrd for On<T, S> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }

    #[inline]
    fn lt(&self, other: &Self) -> bool {
        self.0 < other.0
    }

    #[inline]
    fn le(&self, other: &Self) -> bool {
        self.0 <= other.0
    }

    #[inline]
    fn gt(&self, other: &Self) -> bool {
        self.0 > other.0
    }

    #[inline]
    fn ge(&self, other: &Self) -> bool {
        self.0 >= other.0
    }
}

macro_rules! operators {
    ($($Op:ident::$op:ident)*) => {$(
        impl<T: $Op<Output = T>, S> $Op for On<T, S> {
            type Output = Self;
            #[inline]
            fn $op(self, other: Self) -> Self {
                Self::new(self.0.$op(other.0))
            }
        }
    )*};
}

operators!(Add::add Sub::sub Mul::mul Div::div Rem::rem);

assigning!([T: Num + Copy, S] On<T, S>);

impl<T: Neg<Output = T>, S> Neg for On<T, S> {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self::new(-self.0)
    }
}

impl<T: Zero, S> Zero for On<T, S> {
    #[inline]
    fn zero() -> Self {
        Self::new(T::zero())
    }

    #[inline]
    fn is_zero(&self) -> bool {
        self.0.is_zero()
    }
}

impl<T: One + PartialEq, S> One for On<T, S> {
    #[inline]
    fn one() -> Self {
        Self::new(T::one())
    }

    #[inline]
    fn is_one(&self) -> bool {
        self.0.is_one()
    }
}

impl<T: Num, S> Num for On<T, S> {
    type FromStrRadixErr = MarkedError<S>;

    fn from_str_radix(numeral: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        T::from_str_radix(numeral, radix).map(Self::new).map_err(|_| MarkedError(PhantomData))
    }
}

impl<T: NumCast, S> NumCast for On<T, S> {
    #[inline]
    fn from<U: ToPrimitive>(n: U) -> Option<Self> {
        T::from(n).map(Self::new)
    }
}

macro_rules! to_primitive {
    ($($name:ident -> $P:ty;)*) => {
        impl<T: ToPrimitive, S> ToPrimitive for On<T, S> {$(
            #[inline]
            fn $name(&self) -> Option<$P> {
                self.0.$name()
            }
        )*}
    };
}

to_primitive! {
    to_i8 -> i8;
    to_i16 -> i16;
    to_i32 -> i32;
    to_i64 -> i64;
    to_i128 -> i128;
    to_isize -> isize;
    to_u8 -> u8;
    to_u16 -> u16;
    to_u32 -> u32;
    to_u64 -> u64;
    to_u128 -> u128;
    to_usize -> usize;
    to_f32 -> f32;
    to_f64 -> f64;
}

macro_rules! constants {
    ($T:ident: $($name:ident)*) => {$(
        #[inline]
        fn $name() -> Self {
            Self::new($T::$name())
        }
    )*};
}

impl<T: FloatConst + Add<Output = T> + Div<Output = T>, S> FloatConst for On<T, S> {
    constants! { T:
        E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8 LN_10 LN_2
        LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2 LOG2_10
    }
}

/// Methods of the plain float: of one number, of two, of three, and those that give something else.
macro_rules! of_floats {
    (
        $T:ident, $x:ident;
        of one: $($name:ident)*;
        of two: $($name2:ident)*;
        of three: $($name3:ident)*;
        other: $($other:ident($($arg:ident: $Arg:ty),*) -> $Out:ty = $body:expr;)*
    ) => {
        $(
            #[inline]
            fn $name(self) -> Self {
                Self::new($T::$name(self.0))
            }
        )*
        $(
            #[inline]
            fn $name2(self, other: Self) -> Self {
                Self::new($T::$name2(self.0, other.0))
            }
        )*
        $(
            #[inline]
            fn $name3(self, a: Self, b: Self) -> Self {
                Self::new($T::$name3(self.0, a.0, b.0))
            }
        )*
        $(
            #[inline]
            fn $other(self $(, $arg: $Arg)*) -> $Out {
                let $x = self.0;
                $body
            }
        )*
    };
}

impl<T: Float, S: Set> Float for On<T, S> {
    constants! { T:
        nan infinity neg_infinity neg_zero min_value min_positive_value epsilon max_value
    }

    of_floats! { T, x;
        of one:
            floor ceil round trunc fract abs signum recip sqrt exp exp2 ln log2 log10 to_degrees to_radians cbrt sin cos tan
            asin acos atan exp_m1 ln_1p sinh cosh tanh asinh acosh atanh;
        of two:
            powf log max min abs_sub hypot atan2 copysign;
        of three:
            mul_add clamp;
        other:
            is_nan() -> bool = x.is_nan();
            is_infinite() -> bool = x.is_infinite();
            is_finite() -> bool = x.is_finite();
            is_normal() -> bool = x.is_normal();
            is_subnormal() -> bool = x.is_subnormal();
            classify() -> FpCategory = x.classify();
            is_sign_positive() -> bool = x.is_sign_positive();
            is_sign_negative() -> bool = x.is_sign_negative();
            powi(n: i32) -> Self = Self::new(x.powi(n));
            sin_cos() -> (Self, Self) = {
                let (sin, cos) = x.sin_cos();
                (Self::new(sin), Self::new(cos))
            };
            integer_decode() -> (u64, i16, i8) = x.integer_decode();
    }
}

/// Methods of the plain float for the rows of a table.
macro_rules! emit_plain {
    ([] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {$(
        #[inline]
        fn $name(self $(, $n: $Order)?) -> Self {
            Self::new(self.0.$name($($n)?))
        }
    )*};
}

impl<T: Special, S: Set> Special for On<T, S> {
    for_each_special_rule!(emit_plain []);

    of_floats! { T, x;
        of one: ;
        of two: beta ln_beta xlogy xlog1py logaddexp;
        of three: ;
        other: stop_gradient() -> Self = Self::new(x.stop_gradient());
    }

    #[inline]
    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
        Self::new(T::norm_of(len, |i| x(i).0))
    }
}

/// A rule's value is run on the plain float: it may go through anything that only that one has.
impl<T: Number, S: Set> Number for On<T, S> {
    #[inline]
    fn apply<R: Rule>(self, rule: R) -> Self {
        Self::new(self.0.apply(rule))
    }

    #[inline]
    fn apply_n<R: RuleN<N>, const N: usize>(x: [Self; N], rule: R) -> Self {
        Self::new(T::apply_n(*Self::plain_array(&x), rule))
    }

    #[cfg(feature = "alloc")]
    #[inline]
    #[track_caller]
    fn apply_vector<R: VectorRule>(x: &[Self], rule: R) -> Vec<Self> {
        T::apply_vector(Self::plain_slice(x), rule).into_iter().map(Self::new).collect()
    }
}

#[cfg(all(test, feature = "std", target_arch = "x86_64"))]
mod tests;
