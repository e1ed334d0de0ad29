//! `faer`'s traits of numbers, so that its decompositions run on dual numbers.
//!
//! A number is a scalar of `faer` that has no vector registers: products and decompositions take the paths that `faer`
//! has for such numbers. On `f64` it takes others, that add in another order and fuse products with sums, so here the
//! values of results aren't those of `f64` bit for bit, but as accurate; and numbers below 10⁻²⁷⁶ over `f64`, 10⁻²⁴ over
//! `f32`, may count as zero, below 10⁻¹²² and 10⁻¹⁵ in a `HyperDual`. `Complex<Dual<T, N>>` is one of its complex scalars
//! too.
//!
//! ```
//! use faer_traits::{RealField, ext::ComplexFieldExt};
//! use tangents::derivative;
//!
//! fn inverse_root<T: RealField>(x: T) -> T {
//!     x.sqrt().recip()
//! }
//!
//! assert_eq!(derivative(inverse_root, 4.0), -0.0625);
//! ```
//!
//! # Where derivatives end
//!
//! Decompositions that iterate, `self_adjoint_eigen` and `svd`, stop when what is left to be made zero is small, and set
//! it to zero with its tangents. What they give of derivatives is as accurate as the iteration has made it, so hold it
//! against a closed form where it counts. Derivatives of vectors that belong to equal eigenvalues or singular values
//! don't exist, and come out infinite, NaN or large.

use core::fmt::Debug;

use faer_traits::pulp::{self, Simd};
use faer_traits::{ComplexField, RealField, SimdCapabilities};
use num_traits::{Float, One, Zero};

use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;

/// What `faer` calls on numbers that it keeps in vector registers, and on others never.
#[cold]
fn vectors() -> ! {
    unreachable!("a number without vector registers: SIMD_CAPABILITIES says so")
}

/// Operations on vector registers of numbers that have none.
macro_rules! no_vectors {
    ($($name:ident($($Arg:ty),*) -> $Out:ty;)*) => {$(
        fn $name<S: Simd>(_: &Self::SimdCtx<S> $(, _: $Arg)*) -> $Out {
            vectors()
        }
    )*};
}

/// The traits of one number, with the root of the smallest number that isn't small.
macro_rules! faer_traits {
    ($Number:ident, $root:expr) => {
        impl<T: Real + Send + Sync + Debug, const N: usize> ComplexField for $Number<T, N> {
            const IS_REAL: bool = true;
            const SIMD_CAPABILITIES: SimdCapabilities = SimdCapabilities::Copy;

            type Arch = pulp::Scalar;
            type Unit = Self;
            type Index = usize;
            type Real = Self;
            type SimdCtx<S: Simd> = S;
            type SimdMask<S: Simd> = ();
            type SimdMemMask<S: Simd> = ();
            type SimdVec<S: Simd> = ();
            type SimdIndex<S: Simd> = ();

            #[inline]
            fn zero_impl() -> Self {
                Zero::zero()
            }

            #[inline]
            fn one_impl() -> Self {
                One::one()
            }

            #[inline]
            fn nan_impl() -> Self {
                Float::nan()
            }

            #[inline]
            fn infinity_impl() -> Self {
                Float::infinity()
            }

            #[inline]
            fn from_real_impl(real: &Self) -> Self {
                *real
            }

            #[inline]
            fn from_f64_impl(real: f64) -> Self {
                Real::lit(real)
            }

            #[inline]
            fn real_part_impl(number: &Self) -> Self {
                *number
            }

            #[inline]
            fn imag_part_impl(_: &Self) -> Self {
                Zero::zero()
            }

            #[inline]
            fn copy_impl(number: &Self) -> Self {
                *number
            }

            #[inline]
            fn conj_impl(number: &Self) -> Self {
                *number
            }

            #[inline]
            fn recip_impl(number: &Self) -> Self {
                number.recip()
            }

            #[inline]
            fn sqrt_impl(number: &Self) -> Self {
                number.sqrt()
            }

            #[inline]
            fn abs_impl(number: &Self) -> Self {
                number.abs()
            }

            #[inline]
            fn abs1_impl(number: &Self) -> Self {
                number.abs()
            }

            #[inline]
            fn abs2_impl(number: &Self) -> Self {
                *number * *number
            }

            #[inline]
            fn mul_real_impl(number: &Self, factor: &Self) -> Self {
                *number * *factor
            }

            #[inline]
            fn mul_pow2_impl(number: &Self, factor: &Self) -> Self {
                *number * *factor
            }

            #[inline]
            fn is_finite_impl(number: &Self) -> bool {
                number.is_finite()
            }

            #[inline]
            fn is_nan_impl(number: &Self) -> bool {
                number.is_nan()
            }

            #[inline]
            fn simd_ctx<S: Simd>(simd: S) -> S {
                simd
            }

            #[inline]
            fn ctx_from_simd<S: Simd>(simd: &S) -> S {
                *simd
            }

            unsafe fn simd_mask_load_raw<S: Simd>(_: &S, (): (), _: *const ()) {
                vectors()
            }

            unsafe fn simd_mask_store_raw<S: Simd>(_: &S, (): (), _: *mut (), (): ()) {
                vectors()
            }

            no_vectors! {
                simd_mask_between(usize, usize) -> ();
                simd_mem_mask_between(usize, usize) -> ();
                simd_splat(&Self) -> ();
                simd_splat_real(&Self) -> ();
                simd_add((), ()) -> ();
                simd_sub((), ()) -> ();
                simd_neg(()) -> ();
                simd_conj(()) -> ();
                simd_abs1(()) -> ();
                simd_abs_max(()) -> ();
                simd_mul_real((), ()) -> ();
                simd_mul_pow2((), ()) -> ();
                simd_mul((), ()) -> ();
                simd_conj_mul((), ()) -> ();
                simd_mul_add((), (), ()) -> ();
                simd_conj_mul_add((), (), ()) -> ();
                simd_abs2(()) -> ();
                simd_abs2_add((), ()) -> ();
                simd_reduce_sum(()) -> Self;
                simd_reduce_max(()) -> Self;
                simd_equal((), ()) -> ();
                simd_less_than((), ()) -> ();
                simd_less_than_or_equal((), ()) -> ();
                simd_greater_than((), ()) -> ();
                simd_greater_than_or_equal((), ()) -> ();
                simd_select((), (), ()) -> ();
                simd_index_select((), (), ()) -> ();
                simd_index_splat(usize) -> ();
                simd_index_add((), ()) -> ();
                simd_index_less_than((), ()) -> ();
                simd_and_mask((), ()) -> ();
                simd_or_mask((), ()) -> ();
                simd_not_mask(()) -> ();
                simd_first_true_mask(()) -> usize;
            }
        }

        impl<T: Real + Send + Sync + Debug, const N: usize> RealField for $Number<T, N> {
            #[inline]
            fn epsilon_impl() -> Self {
                Float::epsilon()
            }

            // The digits of the value, as `faer` has it of f32 and f64: 24 and 53.
            #[inline]
            fn nbits_impl() -> usize {
                (T::one() - T::epsilon().log2()).to_usize().unwrap_or(0)
            }

            #[inline]
            fn min_positive_impl() -> Self {
                let root = <Self as RealField>::sqrt_min_positive_impl();
                root * root
            }

            #[inline]
            fn max_positive_impl() -> Self {
                <Self as RealField>::min_positive_impl().recip()
            }

            #[inline]
            fn sqrt_min_positive_impl() -> Self {
                Self::constant($root)
            }

            #[inline]
            fn sqrt_max_positive_impl() -> Self {
                <Self as RealField>::sqrt_min_positive_impl().recip()
            }
        }
    };
}

// `hypot` and norms scale by these roots so that squares don't overflow: for floats, to the end of the range. There would be
// no room for the tangents of squares, which are greater than squares as tangents are than values, by 1/ε² at most here. The
// packed second order squares the tangents of squares in its turn, so it needs another such range.
faer_traits!(Dual, T::min_positive_value().sqrt() / T::epsilon());
faer_traits!(Taylor, T::min_positive_value().sqrt() / T::epsilon());
faer_traits!(HyperDual, {
    let exponent = T::min_positive_value().log2() / T::lit(5.0);
    T::lit(2.0).powi(exponent.round().to_i32().unwrap_or(0))
});
