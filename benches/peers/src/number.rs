//! What the workloads are written over: each crate's numbers behind one trait, forwarded to the crate's own operations.
//!
//! A function that is called in one place is inlined there; here each is called in several places, and whether it is
//! inlined would differ among what is compared. Hence `#[inline(always)]`, here and on the workloads.

use std::ops::{Add, Div, Mul, Neg, Sub};

use ad_trait::AD;
use ad_trait::forward_ad::adfn::adfn;
use ad_trait::nalgebra::{ComplexField, RealField};
use echidna::{BReverse, DualVec, Reverse, Scalar};
use hyperjet::jets::{Jet1, Jet2};
use hyperjet::traits::{Differentiable, DifferentiableMath};
use nalgebra::{Const, SVector};
use num_dual::{Derivative, DualNum};
use num_traits::Float;
use tangents::Real;

/// A plain number or one that carries derivatives.
///
/// Numbers of a formula stand on the right: the crates have `x * 2.0`, few have `2.0 * x` in generic code.
pub trait Number:
    Copy
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    fn lit(x: f64) -> Self;
    fn value(self) -> f64;
    fn recip(self) -> Self;
    fn sqrt(self) -> Self;
    fn exp(self) -> Self;
    fn ln(self) -> Self;
    fn sin(self) -> Self;
    fn cos(self) -> Self;
    fn sin_cos(self) -> (Self, Self);
    fn tanh(self) -> Self;
    fn atan2(self, x: Self) -> Self;
    fn powi(self, n: i32) -> Self;
    /// A power whose exponent carries derivatives too.
    fn pow(self, y: Self) -> Self;
}

/// A number with C lanes, as a user seeds and reads it who writes the loop over chunks.
pub trait Lanes<const C: usize>: Number {
    fn from_parts(value: f64, lanes: [f64; C]) -> Self;
    fn lanes(self) -> [f64; C];

    #[inline(always)]
    fn variable(value: f64, lane: usize) -> Self {
        let mut lanes = [0.0; C];
        lanes[lane] = 1.0;
        Self::from_parts(value, lanes)
    }
}

/// The functions that a trait of the crate has by the same name; `$this => $receiver` is how it takes the number.
macro_rules! forward {
    ($Trait:ident, $this:ident => $receiver:expr, $($unary:ident)*) => {
        $(#[inline(always)]
        fn $unary(self) -> Self {
            let $this = self;
            $Trait::$unary($receiver)
        })*

        #[inline(always)]
        fn sin_cos(self) -> (Self, Self) {
            let $this = self;
            $Trait::sin_cos($receiver)
        }

        #[inline(always)]
        fn powi(self, n: i32) -> Self {
            let $this = self;
            $Trait::powi($receiver, n)
        }
    };
}

/// The rest of a number that implements `num_traits::Float`.
macro_rules! of_float {
    () => {
        forward!(Float, x => x, recip sqrt exp ln sin cos tanh);

        #[inline(always)]
        fn atan2(self, x: Self) -> Self {
            Float::atan2(self, x)
        }

        #[inline(always)]
        fn pow(self, y: Self) -> Self {
            Float::powf(self, y)
        }
    };
}

impl Number for f64 {
    of_float!();

    #[inline(always)]
    fn lit(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self
    }
}

// ---- tangents ----------------------------------------------------------------------------------------------------

macro_rules! of_tangents {
    ($($Number:ident)*) => {$(
        impl<T: Real + Number, const N: usize> Number for tangents::$Number<T, N>
        where
            Self: Add<f64, Output = Self>
                + Sub<f64, Output = Self>
                + Mul<f64, Output = Self>
                + Div<f64, Output = Self>
                + Real,
        {
            of_float!();

            #[inline(always)]
            fn lit(x: f64) -> Self {
                Real::lit(x)
            }

            #[inline(always)]
            fn value(self) -> f64 {
                self.re.value()
            }
        }
    )*};
}

of_tangents!(Dual HyperDual);

impl<const C: usize> Lanes<C> for tangents::Dual<f64, C> {
    #[inline(always)]
    fn from_parts(value: f64, lanes: [f64; C]) -> Self {
        Self::new(value, lanes)
    }

    #[inline(always)]
    fn lanes(self) -> [f64; C] {
        self.eps
    }
}

/// The number that a function value is called with, whichever it is: one of the crate's, over a float that may be bound to an
/// instruction set.
///
/// A type of its own, since the crates of the other numbers may implement the crate's trait one day, and so no implementation
/// here can be for all that do. `T: tangents::Number` has no operations with an `f64`; numbers of a formula become a `T`, as
/// users of the trait write it.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Lifted<T>(T);

impl<T: tangents::Number> Lifted<T> {
    /// The arguments of a function value as those of a workload.
    #[inline(always)]
    pub fn slice(x: &[T]) -> &[Self] {
        // SAFETY: `repr(transparent)`.
        unsafe { std::slice::from_raw_parts(x.as_ptr().cast(), x.len()) }
    }

    /// The buffer of a function value as a workload's.
    #[inline(always)]
    pub fn slice_mut(x: &mut [T]) -> &mut [Self] {
        // SAFETY: `repr(transparent)`.
        unsafe { std::slice::from_raw_parts_mut(x.as_mut_ptr().cast(), x.len()) }
    }

    /// The other way. All at once: a copy number by number would be part of what is timed.
    #[inline(always)]
    pub fn into_inner<const M: usize>(y: [Self; M]) -> [T; M] {
        // SAFETY: `repr(transparent)`.
        unsafe { std::mem::transmute_copy(&y) }
    }

    #[inline(always)]
    pub fn new(x: T) -> Self {
        Self(x)
    }

    #[inline(always)]
    pub fn get(self) -> T {
        self.0
    }
}

macro_rules! operators_of_lifted {
    ($($Trait:ident $operator:ident)*) => {$(
        impl<T: tangents::Number> $Trait for Lifted<T> {
            type Output = Self;

            #[inline(always)]
            fn $operator(self, other: Self) -> Self {
                Self(self.0.$operator(other.0))
            }
        }

        impl<T: tangents::Number> $Trait<f64> for Lifted<T> {
            type Output = Self;

            #[inline(always)]
            fn $operator(self, other: f64) -> Self {
                Self(self.0.$operator(T::lit(other)))
            }
        }
    )*};
}

operators_of_lifted!(Add add Sub sub Mul mul Div div);

impl<T: tangents::Number> Neg for Lifted<T> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

macro_rules! functions_of_lifted {
    ($($unary:ident)*) => {$(
        #[inline(always)]
        fn $unary(self) -> Self {
            Self(Float::$unary(self.0))
        }
    )*};
}

impl<T: tangents::Number> Number for Lifted<T> {
    functions_of_lifted!(recip sqrt exp ln sin cos tanh);

    #[inline(always)]
    fn lit(x: f64) -> Self {
        Self(T::lit(x))
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    #[inline(always)]
    fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = Float::sin_cos(self.0);
        (Self(sin), Self(cos))
    }

    #[inline(always)]
    fn atan2(self, x: Self) -> Self {
        Self(Float::atan2(self.0, x.0))
    }

    #[inline(always)]
    fn powi(self, n: i32) -> Self {
        Self(Float::powi(self.0, n))
    }

    #[inline(always)]
    fn pow(self, y: Self) -> Self {
        Self(Float::powf(self.0, y.0))
    }
}

// ---- num-dual ----------------------------------------------------------------------------------------------------

macro_rules! of_num_dual {
    ($([$($generics:tt)*] $Number:ty;)*) => {$(
        impl<$($generics)*> Number for $Number {
            forward!(DualNum, x => &x, recip sqrt exp ln sin cos tanh);

            #[inline(always)]
            fn atan2(self, x: Self) -> Self {
                DualNum::atan2(&self, x)
            }

            #[inline(always)]
            fn pow(self, y: Self) -> Self {
                DualNum::powd(&self, y)
            }

            #[inline(always)]
            fn lit(x: f64) -> Self {
                Self::from(x)
            }

            #[inline(always)]
            fn value(self) -> f64 {
                self.re
            }
        }
    )*};
}

of_num_dual! {
    [] num_dual::Dual64;
    [const N: usize] num_dual::DualSVec64<N>;
    [const N: usize] num_dual::Dual2SVec64<N>;
    [const M: usize, const N: usize] num_dual::HyperDualSVec64<M, N>;
}

impl<const C: usize> Lanes<C> for num_dual::DualSVec64<C> {
    #[inline(always)]
    fn from_parts(value: f64, lanes: [f64; C]) -> Self {
        Self::new(value, Derivative::some(SVector::from(lanes)))
    }

    #[inline(always)]
    fn variable(value: f64, lane: usize) -> Self {
        Self::from_re(value).derivative(lane)
    }

    #[inline(always)]
    fn lanes(self) -> [f64; C] {
        self.eps.unwrap_generic(Const::<C>, Const::<1>).into()
    }
}

// ---- hyperjet ----------------------------------------------------------------------------------------------------

macro_rules! of_hyperjet {
    ($([$($generics:tt)*] $Number:ty;)*) => {$(
        impl<$($generics)*> Number for $Number {
            forward!(DifferentiableMath, x => x, sqrt exp ln sin cos tanh);

            #[inline(always)]
            fn recip(self) -> Self {
                1.0 / self
            }

            #[inline(always)]
            fn atan2(self, x: Self) -> Self {
                DifferentiableMath::atan2(self, x)
            }

            /// It has no power of two jets.
            #[inline(always)]
            fn pow(self, y: Self) -> Self {
                Number::exp(Number::ln(self) * y)
            }

            #[inline(always)]
            fn lit(x: f64) -> Self {
                Differentiable::constant(x)
            }

            #[inline(always)]
            fn value(self) -> f64 {
                self.value
            }
        }
    )*};
}

of_hyperjet! {
    [const N: usize] Jet1<N>;
    [const N: usize, const H: usize] Jet2<N, H>;
}

impl<const C: usize> Lanes<C> for Jet1<C> {
    #[inline(always)]
    fn from_parts(value: f64, lanes: [f64; C]) -> Self {
        Self { value, grad: lanes }
    }

    #[inline(always)]
    fn lanes(self) -> [f64; C] {
        self.grad
    }
}

// ---- hyperdual ---------------------------------------------------------------------------------------------------

impl<const N: usize> Number for hyperdual::Hyperdual<f64, N> {
    of_float!();

    #[inline(always)]
    fn lit(x: f64) -> Self {
        Self::from_real(x)
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self.real()
    }
}

/// Its length counts the value, and a sum of lengths isn't written on stable Rust.
macro_rules! lanes_of_hyperdual {
    ($($lanes:literal $length:literal,)*) => {$(
        impl Lanes<$lanes> for hyperdual::Hyperdual<f64, $length> {
            #[inline(always)]
            fn from_parts(value: f64, lanes: [f64; $lanes]) -> Self {
                Self::from_fn(|i| if i == 0 { value } else { lanes[i - 1] })
            }

            #[inline(always)]
            fn lanes(self) -> [f64; $lanes] {
                std::array::from_fn(|i| self[i + 1])
            }
        }
    )*};
}

lanes_of_hyperdual!(3 4, 4 5, 5 6, 8 9, 10 11, 12 13, 14 15, 15 16, 16 17, 18 19, 24 25, 25 26, 28 29,);

// ---- autodiff ----------------------------------------------------------------------------------------------------

impl Number for autodiff::F1 {
    of_float!();

    #[inline(always)]
    fn lit(x: f64) -> Self {
        Self::cst(x)
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self.x
    }
}

impl Lanes<1> for autodiff::F1 {
    #[inline(always)]
    fn from_parts(value: f64, [lane]: [f64; 1]) -> Self {
        Self::new(value, lane)
    }

    #[inline(always)]
    fn lanes(self) -> [f64; 1] {
        [self.dx]
    }
}

// ---- echidna -----------------------------------------------------------------------------------------------------

macro_rules! of_echidna {
    ($([$($generics:tt)*] $Number:ty;)*) => {$(
        impl<$($generics)*> Number for $Number {
            of_float!();

            #[inline(always)]
            fn lit(x: f64) -> Self {
                Self::constant(x)
            }

            #[inline(always)]
            fn value(self) -> f64 {
                Scalar::value(&self)
            }
        }
    )*};
}

of_echidna! {
    [] echidna::Dual<f64>;
    [const N: usize] DualVec<f64, N>;
    [] Reverse<f64>;
    [] BReverse<f64>;
}

impl<const C: usize> Lanes<C> for DualVec<f64, C> {
    #[inline(always)]
    fn from_parts(value: f64, lanes: [f64; C]) -> Self {
        Self::new(value, lanes)
    }

    #[inline(always)]
    fn lanes(self) -> [f64; C] {
        self.eps
    }
}

// ---- ad_trait ----------------------------------------------------------------------------------------------------

/// `adfn` has operations with a wrapper of `f64` alone, and the orphan rule forbids those with `f64` itself.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct AdTrait<const N: usize>(adfn<N>);

macro_rules! operators_of_ad_trait {
    ($($Trait:ident $operator:ident)*) => {$(
        impl<const N: usize> $Trait for AdTrait<N> {
            type Output = Self;

            #[inline(always)]
            fn $operator(self, other: Self) -> Self {
                Self(self.0.$operator(other.0))
            }
        }

        impl<const N: usize> $Trait<f64> for AdTrait<N> {
            type Output = Self;

            #[inline(always)]
            fn $operator(self, other: f64) -> Self {
                Self(self.0.$operator(ad_trait::F64(other)))
            }
        }
    )*};
}

operators_of_ad_trait!(Add add Sub sub Mul mul Div div);

impl<const N: usize> Neg for AdTrait<N> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

macro_rules! functions_of_ad_trait {
    ($($unary:ident)*) => {$(
        #[inline(always)]
        fn $unary(self) -> Self {
            Self(ComplexField::$unary(self.0))
        }
    )*};
}

impl<const N: usize> Number for AdTrait<N> {
    functions_of_ad_trait!(recip sqrt exp ln sin cos tanh);

    #[inline(always)]
    fn lit(x: f64) -> Self {
        Self(adfn::constant(x))
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self.0.value()
    }

    #[inline(always)]
    fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = ComplexField::sin_cos(self.0);
        (Self(sin), Self(cos))
    }

    #[inline(always)]
    fn atan2(self, x: Self) -> Self {
        Self(RealField::atan2(self.0, x.0))
    }

    #[inline(always)]
    fn powi(self, n: i32) -> Self {
        Self(ComplexField::powi(self.0, n))
    }

    #[inline(always)]
    fn pow(self, y: Self) -> Self {
        Self(ComplexField::powf(self.0, y.0))
    }
}

impl<const C: usize> Lanes<C> for AdTrait<C> {
    #[inline(always)]
    fn from_parts(value: f64, lanes: [f64; C]) -> Self {
        Self(adfn::new(value, lanes))
    }

    #[inline(always)]
    fn lanes(self) -> [f64; C] {
        self.0.tangent()
    }
}
