//! Vectors of the CPU, for the lanes of `f64` and `f32`.
//!
//! Loops over `[f64; N]` the compiler unrolls first, and then it looks for vectors in what is left: it finds them across
//! the borders of rows, across those of value and tangents, and with gathers. An array product took 14.4 ns at N = 16
//! that takes 2.0 ns in the vectors below.
//!
//! The width is that of the target features that the crate is compiled for. Every lane, in a vector or in the tail, goes
//! through the same operations, each rounded by itself, so that the bits are the same for every target. A fused product
//! and sum was tried where the target has it: over 32 workloads it gained 5 % at most in a few, lost 5 to 28 % in as many,
//! and left no two orders of differentiation with the same first derivative.
//!
//! Everything here must be inlined in optimised code, and must not in a debug build. There a kernel that isn't inlined is one
//! function for every number of lanes; inlined, it was copied to each operation of each, and a debug build of
//! `HyperDual<f64, 16>` had nine times the code.

use core::any::TypeId;
use core::ops::{Add, Mul, Neg, Sub};

use crate::real::Real;

/// Some neighbouring lanes of numbers of type `T`.
pub(super) trait Vector<T>:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Neg<Output = Self>
{
    /// The number of lanes.
    const LEN: usize;

    /// The lanes from `from` on.
    ///
    /// # Safety
    ///
    /// `from` is valid for reads of `LEN` numbers, and `T` is the type that the vector is made of.
    unsafe fn load(from: *const T) -> Self;

    /// Writes the lanes from `to` on.
    ///
    /// # Safety
    ///
    /// `to` is valid for writes of `LEN` numbers, and `T` is the type that the vector is made of.
    unsafe fn store(self, to: *mut T);

    /// `x` in every lane.
    ///
    /// # Safety
    ///
    /// `T` is the type that the vector is made of.
    unsafe fn splat(x: T) -> Self;

    /// The lanes divided by y, of which r is the reciprocal.
    #[inline(always)]
    fn divided(self, y: Self, r: Self) -> Self {
        let _ = y;
        self * r
    }
}

/// Vectors that are turned in registers: a row needn't be read at an offset from what has just been written, which waits
/// for the store.
#[cfg_attr(not(all(target_arch = "x86_64", target_feature = "sse2")), allow(dead_code))] // nothing is turned there
pub(super) trait Turned<T>: Vector<T> {
    /// The lanes `from[(start + i) mod n]`.
    ///
    /// # Safety
    ///
    /// `from` is valid for reads of `n` numbers, at least as many as the vector has lanes, and for a vector of 8 no more than
    /// 16 or a multiple of 8; `T` is the type that the vector is made of.
    unsafe fn turned(from: *const T, n: usize, start: usize) -> Self;
}

/// No vector has more lanes.
pub(super) const WIDEST: usize = 16;

/// What is done with each block of lanes.
pub(super) trait Kernel<T> {
    /// Does it with the lanes from `i` on.
    ///
    /// # Safety
    ///
    /// The lanes `i .. i + V::LEN` exist, and `T` is the type that the vector is made of.
    unsafe fn block<V: Vector<T>>(&mut self, i: usize);

    /// Does it with the lanes from `i` on of `n`, those around being turned by `d` and not offset.
    ///
    /// # Safety
    ///
    /// The lanes `i .. i + V::LEN` exist among the `n`, of which [`Turned::turned`] says how many there may be, and `T` is the
    /// type that the vector is made of.
    #[cfg_attr(not(all(target_arch = "x86_64", target_feature = "sse2")), allow(dead_code))] // as above
    unsafe fn turned_block<V: Turned<T>>(&mut self, i: usize, n: usize, d: usize) {
        let _ = (n, d);
        // SAFETY: as the caller promises.
        unsafe { self.block::<V>(i) }
    }
}

pub(super) use width::turned;

/// So few lanes are done one by one: the compiler keeps them in registers and sees which of them are zero.
const FEW: usize = 3;

/// Runs a kernel over single lanes, the first eight in straight-line code if they are small.
///
/// A loop over lanes that are numbers themselves the compiler unrolls if the formula is short, and else doesn't: then it
/// copies each result from an array to the places that straight-line code has for it, and Rosenbrock's Hessian in 100
/// variables took 2.2 times as long. Unrolled at every level of deeper nesting, a product of 4 lanes at 4 levels is 6561
/// products in one piece of code, and takes the compiler minutes.
macro_rules! one_by_one {
    ($start:ident, $end:ident, $kernel:ident; $($n:literal)*) => {
        let mut i = $start;
        // Not in a debug build, which keeps each copy and is no faster for it.
        if !cfg!(debug_assertions) && size_of::<[T; N]>() <= SMALL {
            $(if $start + $n < $end {
                $kernel.block::<Lane<T>>($start + $n);
                i += 1;
            })*
        }
        while i < $end {
            $kernel.block::<Lane<T>>(i);
            i += 1;
        }
    };
}

/// The bytes of lanes that are unrolled at most: those of 8 numbers of 8 lanes.
const SMALL: usize = 8 * 9 * 8;

/// Runs `kernel` over the lanes `start .. end` of N: in vectors if there are enough and the CPU has them of `T`, else one
/// by one.
///
/// # Safety
///
/// The lanes `start .. end` exist.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn each<T: Real, const N: usize>(start: usize, end: usize, kernel: &mut impl Kernel<T>) {
    // SAFETY: the lanes exist, as the caller promises, and the type is asked for.
    unsafe {
        if N > FEW && TypeId::of::<T>() == TypeId::of::<f64>() {
            width::each_f64(start, end, kernel);
        } else if N > FEW && TypeId::of::<T>() == TypeId::of::<f32>() {
            width::each_f32(start, end, kernel);
        } else {
            one_by_one!(start, end, kernel; 0 1 2 3 4 5 6 7);
        }
    }
}

/// One lane, of any type.
#[derive(Clone, Copy)]
pub(super) struct Lane<T>(T);

macro_rules! operator_of_a_lane {
    ($($Op:ident $op:ident)*) => {$(
        impl<T: Real> $Op for Lane<T> {
            type Output = Self;
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn $op(self, b: Self) -> Self {
                Self(self.0.$op(b.0))
            }
        }
    )*};
}

operator_of_a_lane!(Add add Sub sub Mul mul);

impl<T: Real> Neg for Lane<T> {
    type Output = Self;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl<T: Real> Vector<T> for Lane<T> {
    const LEN: usize = 1;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn load(from: *const T) -> Self {
        // SAFETY: valid for reads, as the caller promises.
        Self(unsafe { *from })
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn store(self, to: *mut T) {
        // SAFETY: valid for writes, as the caller promises.
        unsafe { *to = self.0 }
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn splat(x: T) -> Self {
        Self(x)
    }
    #[inline(always)]
    fn divided(self, y: Self, r: Self) -> Self {
        Self(super::divided(self.0, y.0, r.0))
    }
}

/// A loop over the lanes in vectors of these types, from the widest to one lane.
macro_rules! each {
    ($each:ident: $($V:ty)*) => {
        #[cfg_attr(not(debug_assertions), inline(always))]
        pub(in crate::number::lanes) unsafe fn $each<T: Real>(
            start: usize,
            end: usize,
            kernel: &mut impl Kernel<T>,
        ) {
            let mut i = start;
            // SAFETY: the lanes exist, and `T` is the vectors' type, as the caller promises.
            unsafe {
                $(while i + <$V as Vector<T>>::LEN <= end {
                    kernel.block::<$V>(i);
                    i += <$V as Vector<T>>::LEN;
                })*
            }
        }
    };
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
mod width {
    use super::{Kernel, Lane, Real, Vector};

    each!(each_f64: Lane<T>);
    each!(each_f32: Lane<T>);

    /// Runs nothing, since nothing is turned here, and says so.
    ///
    /// # Safety
    ///
    /// None is needed; it has the signature of the other one.
    pub(in crate::number::lanes) unsafe fn turned<T: Real, const N: usize>(
        _: usize,
        _: &mut impl Kernel<T>,
    ) -> bool {
        false
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod width {
    use core::any::TypeId;
    #[allow(clippy::wildcard_imports)] // which of them are used depends on the target
    use core::arch::x86_64::*;
    use core::mem::transmute_copy;

    use super::{Add, FEW, Kernel, Lane, Mul, Neg, Real, Sub, Turned, Vector};

    #[cfg(target_feature = "avx512f")]
    each!(each_f64: Wide<__m512d> Wide<__m256d> Wide<__m128d> Lane<T>);
    #[cfg(target_feature = "avx512f")]
    each!(each_f32: Wide<__m512> Wide<__m256> Wide<__m128> Lane<T>);

    #[cfg(all(target_feature = "avx", not(target_feature = "avx512f")))]
    each!(each_f64: Wide<__m256d> Wide<__m128d> Lane<T>);
    #[cfg(all(target_feature = "avx", not(target_feature = "avx512f")))]
    each!(each_f32: Wide<__m256> Wide<__m128> Lane<T>);

    #[cfg(not(target_feature = "avx"))]
    each!(each_f64: Wide<__m128d> Lane<T>);
    #[cfg(not(target_feature = "avx"))]
    each!(each_f32: Wide<__m128> Lane<T>);

    /// A vector register.
    #[derive(Clone, Copy)]
    pub(in crate::number::lanes) struct Wide<V>(V);

    macro_rules! vector {
        (
            $V:ident of $LEN:literal $E:ty:
            $load:ident $store:ident $splat:ident $add:ident $sub:ident $mul:ident
        ) => {
            vector!(@operators $V: Add add $add, Sub sub $sub, Mul mul $mul);

            impl Neg for Wide<$V> {
                type Output = Self;
                #[cfg_attr(not(debug_assertions), inline(always))]
                fn neg(self) -> Self {
                    // SAFETY: the target has the instructions.
                    Self(unsafe { $mul($splat(-1.0), self.0) })
                }
            }

            impl<T> Vector<T> for Wide<$V> {
                const LEN: usize = $LEN;
                #[cfg_attr(not(debug_assertions), inline(always))]
                unsafe fn load(from: *const T) -> Self {
                    // SAFETY: the target has the instruction; the pointer is valid, as the caller promises.
                    Self(unsafe { $load(from.cast::<$E>()) })
                }
                #[cfg_attr(not(debug_assertions), inline(always))]
                unsafe fn store(self, to: *mut T) {
                    // SAFETY: the target has the instruction; the pointer is valid, as the caller promises.
                    unsafe { $store(to.cast::<$E>(), self.0) }
                }
                #[cfg_attr(not(debug_assertions), inline(always))]
                unsafe fn splat(x: T) -> Self {
                    // SAFETY: the target has the instruction, and `T` is `$E`, as the caller promises.
                    Self(unsafe { $splat(transmute_copy::<T, $E>(&x)) })
                }
            }
        };
        (@operators $V:ident: $($Op:ident $op:ident $instruction:ident),*) => {$(
            impl $Op for Wide<$V> {
                type Output = Self;
                #[cfg_attr(not(debug_assertions), inline(always))]
                fn $op(self, b: Self) -> Self {
                    // SAFETY: the target has the instructions.
                    Self(unsafe { $instruction(self.0, b.0) })
                }
            }
        )*};
    }

    vector!(__m128d of 2 f64: _mm_loadu_pd _mm_storeu_pd _mm_set1_pd _mm_add_pd _mm_sub_pd _mm_mul_pd);
    vector!(__m128 of 4 f32: _mm_loadu_ps _mm_storeu_ps _mm_set1_ps _mm_add_ps _mm_sub_ps _mm_mul_ps);

    #[cfg(target_feature = "avx")]
    vector!(
        __m256d of 4 f64:
        _mm256_loadu_pd _mm256_storeu_pd _mm256_set1_pd _mm256_add_pd _mm256_sub_pd _mm256_mul_pd
    );
    #[cfg(target_feature = "avx")]
    vector!(
        __m256 of 8 f32:
        _mm256_loadu_ps _mm256_storeu_ps _mm256_set1_ps _mm256_add_ps _mm256_sub_ps _mm256_mul_ps
    );
    #[cfg(target_feature = "avx512f")]
    vector!(
        __m512d of 8 f64:
        _mm512_loadu_pd _mm512_storeu_pd _mm512_set1_pd _mm512_add_pd _mm512_sub_pd _mm512_mul_pd
    );
    #[cfg(target_feature = "avx512f")]
    vector!(
        __m512 of 16 f32:
        _mm512_loadu_ps _mm512_storeu_ps _mm512_set1_ps _mm512_add_ps _mm512_sub_ps _mm512_mul_ps
    );

    /// Runs `kernel` over N lanes with those around turned in registers, if that [is faster](turns); says whether.
    ///
    /// # Safety
    ///
    /// The N lanes exist.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::number::lanes) unsafe fn turned<T: Real, const N: usize>(
        d: usize,
        kernel: &mut impl Kernel<T>,
    ) -> bool {
        if N <= FEW || !turns(N) || TypeId::of::<T>() != TypeId::of::<f64>() {
            return false;
        }
        let mut i = 0;
        // SAFETY: the lanes exist, as the caller promises; with vectors of 8, `turns` lets only such N through as they take.
        unsafe {
            #[cfg(target_feature = "avx512f")]
            while i + 8 <= N {
                kernel.turned_block::<Wide<__m512d>>(i, N, d);
                i += 8;
            }
            #[cfg(target_feature = "avx")]
            while i + 4 <= N {
                kernel.turned_block::<Wide<__m256d>>(i, N, d);
                i += 4;
            }
            while i + 2 <= N {
                kernel.turned_block::<Wide<__m128d>>(i, N, d);
                i += 2;
            }
            if i < N {
                kernel.turned_block::<Lane<T>>(i, N, d);
            }
        }
        true
    }

    /// Whether n lanes are turned in registers: not too many, and with AVX-512, if many, in whole registers.
    const fn turns(n: usize) -> bool {
        n <= 16 || n <= 32 && (n.is_multiple_of(8) || !cfg!(target_feature = "avx512f"))
    }

    impl<T: Real> Turned<T> for Lane<T> {
        #[cfg_attr(not(debug_assertions), inline(always))]
        unsafe fn turned(from: *const T, n: usize, start: usize) -> Self {
            // SAFETY: as the caller promises.
            unsafe { Self::load(from.add(start % n)) }
        }
    }

    /// The pair `from[start], from[start + 1]` of `n`, put together of what [`turned`] stores.
    ///
    /// # Safety
    ///
    /// `from` is valid for reads of `n` numbers, 2 at least.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn pair(from: *const f64, n: usize, start: usize) -> __m128d {
        let start = start % n;
        // SAFETY: the target has the instructions; the numbers that are read are among the n.
        unsafe {
            // An even place and the next one, which the last of an odd number hasn't.
            let even =
                |i: usize| if i + 1 < n { _mm_loadu_pd(from.add(i)) } else { _mm_load_sd(from.add(i)) };
            if start % 2 == 1 {
                _mm_shuffle_pd::<0b01>(even(start - 1), even((start + 1) % n))
            } else if start + 1 == n {
                _mm_unpacklo_pd(even(start), even(0))
            } else {
                even(start)
            }
        }
    }

    /// The 4 lanes `from[(start + i) mod n]`, put together of what [`turned`] stores.
    ///
    /// # Safety
    ///
    /// `from` is valid for reads of `n` numbers, 4 at least.
    #[cfg(target_feature = "avx")]
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn four(from: *const f64, n: usize, start: usize) -> __m256d {
        // SAFETY: the target has the instructions; the numbers that are read are among the n.
        unsafe {
            if !n.is_multiple_of(4) {
                return _mm256_set_m128d(pair(from, n, start + 2), pair(from, n, start));
            }
            // Of two registers and what is between them.
            let first = start - start % 4;
            let low = _mm256_loadu_pd(from.add(first % n));
            let high = _mm256_loadu_pd(from.add((first + 4) % n));
            let between = _mm256_permute2f128_pd::<0x21>(low, high);
            match start % 4 {
                0 => low,
                1 => _mm256_shuffle_pd::<0b0101>(low, between),
                2 => between,
                _ => _mm256_shuffle_pd::<0b0101>(between, high),
            }
        }
    }

    impl<T> Turned<T> for Wide<__m128d> {
        #[cfg_attr(not(debug_assertions), inline(always))]
        unsafe fn turned(from: *const T, n: usize, start: usize) -> Self {
            // SAFETY: as the caller promises.
            unsafe {
                #[cfg(target_feature = "avx512f")]
                if n > 8 && n < 16 {
                    return Self(_mm512_castpd512_pd128(permuted::eight(from.cast(), n, start)));
                }
                Self(pair(from.cast(), n, start))
            }
        }
    }

    #[cfg(target_feature = "avx")]
    impl<T> Turned<T> for Wide<__m256d> {
        #[cfg_attr(not(debug_assertions), inline(always))]
        unsafe fn turned(from: *const T, n: usize, start: usize) -> Self {
            // SAFETY: as the caller promises.
            unsafe {
                #[cfg(target_feature = "avx512f")]
                if n > 8 && n < 16 {
                    return Self(_mm512_castpd512_pd256(permuted::eight(from.cast(), n, start)));
                }
                Self(four(from.cast(), n, start))
            }
        }
    }

    #[cfg(target_feature = "avx512f")]
    impl<T> Turned<T> for Wide<__m512d> {
        #[cfg_attr(not(debug_assertions), inline(always))]
        unsafe fn turned(from: *const T, n: usize, start: usize) -> Self {
            // SAFETY: as the caller promises.
            Self(unsafe { permuted::eight(from.cast(), n, start) })
        }
    }

    /// One instruction takes any 8 of the lanes of two registers.
    #[cfg(target_feature = "avx512f")]
    mod permuted {
        #[allow(clippy::wildcard_imports)] // as above
        use core::arch::x86_64::*;
        use core::array::from_fn;

        /// `count` numbers, 1 to 8, in the vectors in which they are stored.
        ///
        /// # Safety
        ///
        /// `from` is valid for reads of `count` numbers.
        #[cfg_attr(not(debug_assertions), inline(always))]
        unsafe fn register(from: *const f64, count: usize) -> __m512d {
            // SAFETY: the target has the instructions; the numbers exist, as the caller promises.
            unsafe {
                let quarter = |from: *const f64, count: usize| {
                    if count == 1 { _mm_load_sd(from) } else { _mm_loadu_pd(from) }
                };
                let half = |from: *const f64, count: usize| match count {
                    1 | 2 => _mm256_castpd128_pd256(quarter(from, count)),
                    3 => _mm256_set_m128d(quarter(from.add(2), 1), quarter(from, 2)),
                    _ => _mm256_loadu_pd(from),
                };
                match count {
                    1..=4 => _mm512_castpd256_pd512(half(from, count)),
                    5..=7 => _mm512_insertf64x4::<1>(
                        _mm512_castpd256_pd512(half(from, 4)),
                        half(from.add(4), count - 4),
                    ),
                    _ => _mm512_loadu_pd(from),
                }
            }
        }

        /// The 8 lanes `from[(start + i) mod n]`, put together of what [`turned`](super::turned) stores.
        ///
        /// # Safety
        ///
        /// `from` is valid for reads of `n` numbers, 8 or more: 16 at most, or a multiple of 8.
        #[cfg_attr(not(debug_assertions), inline(always))]
        pub(super) unsafe fn eight(from: *const f64, n: usize, start: usize) -> __m512d {
            // SAFETY: the target has the instructions; the numbers that are read are among the n.
            unsafe {
                // Two registers that have all of the lanes, and where in them they are.
                let (low, high, places): (_, _, [usize; 8]) = if n.is_multiple_of(8) {
                    let first = start - start % 8;
                    let low = _mm512_loadu_pd(from.add(first % n));
                    (low, _mm512_loadu_pd(from.add((first + 8) % n)), from_fn(|i| start % 8 + i))
                } else {
                    (_mm512_loadu_pd(from), register(from.add(8), n - 8), from_fn(|i| (start + i) % n))
                };
                let places = places.map(|i| i64::try_from(i).unwrap_or(0));
                _mm512_permutex2var_pd(low, _mm512_loadu_si512(places.as_ptr().cast()), high)
            }
        }
    }
}
