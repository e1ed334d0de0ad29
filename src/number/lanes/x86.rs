//! The vectors of x86-64 CPUs, 128 bits that every one of them has, and the wider ones of AVX and AVX-512.
//!
//! All are there whatever the crate is compiled for: which of them are taken is a [`Width`]. Where that isn't what the crate is
//! compiled for, a function with the set's features must be around, or each of the instructions below becomes a call.

use core::arch::x86_64::{
    __m128, __m128d, __m256, __m256d, __m512, __m512d, _mm_add_pd, _mm_add_ps, _mm_load_sd, _mm_loadu_pd,
    _mm_loadu_ps, _mm_mul_pd, _mm_mul_ps, _mm_set1_pd, _mm_set1_ps, _mm_shuffle_pd, _mm_storeu_pd,
    _mm_storeu_ps, _mm_sub_pd, _mm_sub_ps, _mm_unpacklo_pd, _mm256_add_pd, _mm256_add_ps, _mm256_loadu_pd,
    _mm256_loadu_ps, _mm256_mul_pd, _mm256_mul_ps, _mm256_permute2f128_pd, _mm256_set_m128d, _mm256_set1_pd,
    _mm256_set1_ps, _mm256_shuffle_pd, _mm256_storeu_pd, _mm256_storeu_ps, _mm256_sub_pd, _mm256_sub_ps,
    _mm512_add_pd, _mm512_add_ps, _mm512_castpd512_pd128, _mm512_castpd512_pd256, _mm512_loadu_pd,
    _mm512_loadu_ps, _mm512_mul_pd, _mm512_mul_ps, _mm512_set1_pd, _mm512_set1_ps, _mm512_storeu_pd,
    _mm512_storeu_ps, _mm512_sub_pd, _mm512_sub_ps,
};
use core::mem::transmute_copy;
use core::ops::{Add, Mul, Neg, Sub};

use super::vector::{Kernel, Lane, Turned, Vector, Width, blocks};
use crate::real::Real;

/// The width that the crate is compiled for.
#[cfg(target_feature = "avx512f")]
pub(super) type Compiled = Avx512;
#[cfg(all(target_feature = "avx", not(target_feature = "avx512f")))]
pub(super) type Compiled = Avx;
#[cfg(not(target_feature = "avx"))]
pub(super) type Compiled = Sse2;

macro_rules! width {
    (
        $(#[$doc:meta])* $Width:ident: $($Double:ty)*; $($Single:ty)*;
        turned up to 32 if $turns:expr; permutes: $permutes:literal; stores units: $units:literal
    ) => {
        $(#[$doc])*
        pub(super) struct $Width;

        impl Width for $Width {
            const STORES_UNITS: bool = $units;

            blocks!(each_f64: $(Wide<$Double>)* Lane<T>);
            blocks!(each_f32: $(Wide<$Single>)* Lane<T>);

            #[inline(always)]
            fn turns(n: usize) -> bool {
                let whole: fn(usize) -> bool = $turns;
                n <= 16 || n <= 32 && whole(n)
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn turned_f64<T: Real>(n: usize, d: usize, kernel: &mut impl Kernel<T>) {
                let mut i = 0;
                // SAFETY: the lanes exist, and the CPU has the set, as the caller promises; with vectors of 8, `turns` lets
                // only such n through as they take.
                unsafe {
                    $(while i + <Wide<$Double> as Vector<T>>::LEN <= n {
                        kernel.turned_block::<Wide<$Double>, $permutes>(i, n, d);
                        i += <Wide<$Double> as Vector<T>>::LEN;
                    })*
                    if i < n {
                        kernel.turned_block::<Lane<T>, $permutes>(i, n, d);
                    }
                }
            }
        }
    };
}

width!(
    /// Vectors of 128 bits.
    #[cfg_attr(target_feature = "avx", allow(dead_code))] // not the compiled width
    Sse2: __m128d; __m128;
    turned up to 32 if |_| true; permutes: false; stores units: false
);
width!(
    /// Vectors of 256 bits and less.
    #[cfg_attr(not(feature = "std"), allow(dead_code))] // no set to be on
    Avx: __m256d __m128d; __m256 __m128;
    turned up to 32 if |_| true; permutes: false; stores units: true
);
width!(
    /// Vectors of 512 bits and less; if there are many, rows are turned in whole registers only.
    #[cfg_attr(not(feature = "std"), allow(dead_code))] // as above
    Avx512: __m512d __m256d __m128d; __m512 __m256 __m128;
    turned up to 32 if |n| n.is_multiple_of(8); permutes: true; stores units: true
);

/// A vector register, of a CPU that has such.
#[derive(Clone, Copy)]
pub(super) struct Wide<V>(V);

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
                // SAFETY: the CPU has the instructions, since it has made the vector.
                Self(unsafe { $mul($splat(-1.0), self.0) })
            }
        }

        impl<T> Vector<T> for Wide<$V> {
            const LEN: usize = $LEN;
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn load(from: *const T) -> Self {
                // SAFETY: the CPU has the instruction, and the pointer is valid, as the caller promises.
                Self(unsafe { $load(from.cast::<$E>()) })
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn store(self, to: *mut T) {
                // SAFETY: the CPU has the instruction, and the pointer is valid, as the caller promises.
                unsafe { $store(to.cast::<$E>(), self.0) }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn splat(x: T) -> Self {
                // SAFETY: the CPU has the instruction, and `T` is laid out as `$E`, as the caller promises.
                Self(unsafe { $splat(transmute_copy::<T, $E>(&x)) })
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn unit(lane: usize) -> Self {
                // Zeros, a one and zeros, of which a part is loaded: no branch, and no store that the load waits for.
                static ONE: [$E; 2 * $LEN] = {
                    let mut one = [0.0; 2 * $LEN];
                    one[$LEN] = 1.0;
                    one
                };
                // SAFETY: the CPU has the instruction, as the caller promises; as many numbers follow.
                Self(unsafe { $load(ONE.as_ptr().add($LEN - lane.min($LEN))) })
            }
        }
    };
    (@operators $V:ident: $($Op:ident $op:ident $instruction:ident),*) => {$(
        impl $Op for Wide<$V> {
            type Output = Self;
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn $op(self, b: Self) -> Self {
                // SAFETY: the CPU has the instructions, since it has made the vectors.
                Self(unsafe { $instruction(self.0, b.0) })
            }
        }
    )*};
}

vector!(__m128d of 2 f64: _mm_loadu_pd _mm_storeu_pd _mm_set1_pd _mm_add_pd _mm_sub_pd _mm_mul_pd);
vector!(__m128 of 4 f32: _mm_loadu_ps _mm_storeu_ps _mm_set1_ps _mm_add_ps _mm_sub_ps _mm_mul_ps);
vector!(
    __m256d of 4 f64:
    _mm256_loadu_pd _mm256_storeu_pd _mm256_set1_pd _mm256_add_pd _mm256_sub_pd _mm256_mul_pd
);
vector!(
    __m256 of 8 f32:
    _mm256_loadu_ps _mm256_storeu_ps _mm256_set1_ps _mm256_add_ps _mm256_sub_ps _mm256_mul_ps
);
vector!(
    __m512d of 8 f64:
    _mm512_loadu_pd _mm512_storeu_pd _mm512_set1_pd _mm512_add_pd _mm512_sub_pd _mm512_mul_pd
);
vector!(
    __m512 of 16 f32:
    _mm512_loadu_ps _mm512_storeu_ps _mm512_set1_ps _mm512_add_ps _mm512_sub_ps _mm512_mul_ps
);

impl<T: Real> Turned<T> for Lane<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn turned<const PERMUTES: bool>(from: *const T, n: usize, start: usize) -> Self {
        // SAFETY: as the caller promises.
        unsafe { Self::load(from.add(start % n)) }
    }
}

/// The pair `from[start], from[start + 1]` of `n`, put together of what [a turned row](Width::turned_f64) stores.
///
/// # Safety
///
/// `from` is valid for reads of `n` numbers, 2 at least.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn pair(from: *const f64, n: usize, start: usize) -> __m128d {
    let start = start % n;
    // SAFETY: the CPU has the instructions, as the caller promises; the numbers that are read are among the n.
    unsafe {
        // An even place and the next one, which the last of an odd number hasn't.
        let even = |i: usize| if i + 1 < n { _mm_loadu_pd(from.add(i)) } else { _mm_load_sd(from.add(i)) };
        if start % 2 == 1 {
            _mm_shuffle_pd::<0b01>(even(start - 1), even((start + 1) % n))
        } else if start + 1 == n {
            _mm_unpacklo_pd(even(start), even(0))
        } else {
            even(start)
        }
    }
}

/// The 4 lanes `from[(start + i) mod n]`, put together of what [a turned row](Width::turned_f64) stores.
///
/// # Safety
///
/// `from` is valid for reads of `n` numbers, 4 at least, and the CPU has AVX.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn four(from: *const f64, n: usize, start: usize) -> __m256d {
    // SAFETY: the CPU has the instructions, as the caller promises; the numbers that are read are among the n.
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
    unsafe fn turned<const PERMUTES: bool>(from: *const T, n: usize, start: usize) -> Self {
        // SAFETY: as the caller promises.
        unsafe {
            if PERMUTES && n > 8 && n < 16 {
                return Self(_mm512_castpd512_pd128(permuted::eight(from.cast(), n, start)));
            }
            Self(pair(from.cast(), n, start))
        }
    }
}

impl<T> Turned<T> for Wide<__m256d> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn turned<const PERMUTES: bool>(from: *const T, n: usize, start: usize) -> Self {
        // SAFETY: as the caller promises.
        unsafe {
            if PERMUTES && n > 8 && n < 16 {
                return Self(_mm512_castpd512_pd256(permuted::eight(from.cast(), n, start)));
            }
            Self(four(from.cast(), n, start))
        }
    }
}

impl<T> Turned<T> for Wide<__m512d> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn turned<const PERMUTES: bool>(from: *const T, n: usize, start: usize) -> Self {
        // SAFETY: as the caller promises.
        Self(unsafe { permuted::eight(from.cast(), n, start) })
    }
}

/// One instruction takes any 8 of the lanes of two registers.
mod permuted {
    use core::arch::x86_64::{
        __m512d, _mm_load_sd, _mm_loadu_pd, _mm256_castpd128_pd256, _mm256_loadu_pd, _mm256_set_m128d,
        _mm512_castpd256_pd512, _mm512_insertf64x4, _mm512_loadu_pd, _mm512_loadu_si512,
        _mm512_permutex2var_pd,
    };
    use core::array::from_fn;

    /// `count` numbers, 1 to 8, in the vectors in which they are stored.
    ///
    /// # Safety
    ///
    /// `from` is valid for reads of `count` numbers, and the CPU has AVX-512.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn register(from: *const f64, count: usize) -> __m512d {
        // SAFETY: the CPU has the instructions, as the caller promises; the numbers exist, as the caller promises.
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

    /// The 8 lanes `from[(start + i) mod n]`, put together of what [a turned row](super::Width::turned_f64) stores.
    ///
    /// # Safety
    ///
    /// `from` is valid for reads of `n` numbers, 8 or more: 16 at most, or a multiple of 8. The CPU has AVX-512.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn eight(from: *const f64, n: usize, start: usize) -> __m512d {
        // SAFETY: the CPU has the instructions, as the caller promises; the numbers that are read are among the n.
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
