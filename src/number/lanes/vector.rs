//! Vectors of the CPU, for the lanes of `f64` and `f32`.
//!
//! Loops over `[f64; N]` the compiler unrolls first, and then it looks for vectors in what is left: it finds them across
//! the borders of rows, across those of value and tangents, and with gathers. An array product took 14.4 ns at N = 16
//! that takes 2.0 ns in the vectors below.
//!
//! The [width](Width) is that of the target features that the crate is compiled for, or of the set that a float is
//! [on](crate::number::on). Every lane, in a vector or in the tail, goes through the same operations, each rounded by itself,
//! so that the bits are the same for every target and set. A fused product and sum was tried where the target has it: over 32 workloads it gained 5 % at most in a few, lost 5 to 28 % in as many,
//! and left no two orders of differentiation with the same first derivative.
//!
//! Everything here must be inlined in optimised code, and must not in a debug build. There a kernel that isn't inlined is one
//! function for every number of lanes; inlined, it was copied to each operation of each, and a debug build of
//! `HyperDual<f64, 16>` had nine times the code.

use core::ops::{Add, Mul, Neg, Sub};

use crate::number::on::is_float;
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
    /// `from` is valid for reads of `LEN` numbers, `T` is the type that the vector is made of, and the CPU has such vectors.
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
    /// `T` is the type that the vector is made of, and the CPU has such vectors.
    unsafe fn splat(x: T) -> Self;

    /// One in the lane `lane`, zero in the others; all are zero if there is no such lane.
    ///
    /// # Safety
    ///
    /// `T` is the type that the vector is made of, and the CPU has such vectors.
    unsafe fn unit(lane: usize) -> Self;

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
    /// 16 or a multiple of 8; `T` is the type that the vector is made of. The CPU has such vectors, and AVX-512 if it
    /// `PERMUTES`.
    unsafe fn turned<const PERMUTES: bool>(from: *const T, n: usize, start: usize) -> Self;
}

/// What is done with each block of lanes.
pub(super) trait Kernel<T> {
    /// Does it with the lanes from `i` on.
    ///
    /// # Safety
    ///
    /// The lanes `i .. i + V::LEN` exist, `T` is the type that the vector is made of, and the CPU has such vectors.
    unsafe fn block<V: Vector<T>>(&mut self, i: usize);

    /// Does it with the lanes from `i` on of `n`, those around being turned by `d` and not offset.
    ///
    /// # Safety
    ///
    /// The lanes `i .. i + V::LEN` exist among the `n`, of which [`Turned::turned`] says how many there may be, and `T` is the
    /// type that the vector is made of. The CPU has such vectors, and AVX-512 if it `PERMUTES`.
    #[cfg_attr(not(all(target_arch = "x86_64", target_feature = "sse2")), allow(dead_code))] // as above
    unsafe fn turned_block<V: Turned<T>, const PERMUTES: bool>(&mut self, i: usize, n: usize, d: usize) {
        let _ = (n, d);
        // SAFETY: as the caller promises.
        unsafe { self.block::<V>(i) }
    }

    /// Moves the lanes around, so that what is done with the lane `i` takes the one that is `by` places further.
    fn offset(&mut self, by: isize) {
        let _ = by;
    }
}

/// A loop over the lanes in vectors of these types, from the widest to one lane.
macro_rules! blocks {
    ($each:ident: $($V:ty)*) => {
        #[cfg_attr(not(debug_assertions), inline(always))]
        unsafe fn $each<T: Real>(start: usize, end: usize, kernel: &mut impl Kernel<T>) {
            let mut i = start;
            // SAFETY: the lanes exist, `T` is the vectors' type, and the CPU has them, as the caller promises.
            unsafe {
                $(while i + <$V as Vector<T>>::LEN <= end {
                    kernel.block::<$V>(i);
                    i += <$V as Vector<T>>::LEN;
                })*
            }
        }
    };
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(super) use blocks;

/// The vectors of an instruction set, from the widest on.
pub(super) trait Width {
    /// Whether the lanes of a variable are stored in vectors, each compared with the one, or only the one is stored.
    const STORES_UNITS: bool;

    /// Runs a kernel over the lanes `start .. end`.
    ///
    /// # Safety
    ///
    /// The lanes exist, `T` computes as an `f64`, and the CPU has the set.
    unsafe fn each_f64<T: Real>(start: usize, end: usize, kernel: &mut impl Kernel<T>);

    /// Runs a kernel over the lanes `start .. end`.
    ///
    /// # Safety
    ///
    /// The lanes exist, `T` computes as an `f32`, and the CPU has the set.
    unsafe fn each_f32<T: Real>(start: usize, end: usize, kernel: &mut impl Kernel<T>);

    /// Whether rows of n lanes of `f64` are turned in registers, which then is faster.
    fn turns(n: usize) -> bool;

    /// Runs a kernel over n lanes with those around turned in registers.
    ///
    /// # Safety
    ///
    /// The lanes exist, they are as many as [are turned](Self::turns), `T` computes as an `f64`, and the CPU has the set.
    unsafe fn turned_f64<T: Real>(n: usize, d: usize, kernel: &mut impl Kernel<T>);
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(super) use super::x86::Compiled;

/// No vectors.
#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
pub(super) struct Compiled;

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
impl Width for Compiled {
    const STORES_UNITS: bool = false;

    blocks!(each_f64: Lane<T>);
    blocks!(each_f32: Lane<T>);

    fn turns(_: usize) -> bool {
        false
    }

    unsafe fn turned_f64<T: Real>(_: usize, _: usize, _: &mut impl Kernel<T>) {}
}

/// So few lanes are done one by one: the compiler keeps them in registers and sees which of them are zero.
pub(super) const FEW: usize = 3;

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

/// Runs `kernel` over the lanes `start .. end` of N: in vectors if there are enough and the set has them of `T`, else one
/// by one.
///
/// # Safety
///
/// The lanes `start .. end` exist, and the CPU has the set.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn each<W: Width, T: Real, const N: usize>(
    start: usize,
    end: usize,
    kernel: &mut impl Kernel<T>,
) {
    // SAFETY: the lanes exist, as the caller promises, and the type is asked for.
    unsafe {
        // What is known of `T` by its size isn't even compiled otherwise.
        if const { N > FEW && size_of::<T>() == size_of::<f64>() } && is_float::<T, f64>() {
            W::each_f64(start, end, kernel);
        } else if const { N > FEW && size_of::<T>() == size_of::<f32>() } && is_float::<T, f32>() {
            W::each_f32(start, end, kernel);
        } else {
            one_by_one!(start, end, kernel; 0 1 2 3 4 5 6 7);
        }
    }
}

/// Runs `kernel` over the N lanes of the row d of circulant diagonals: with the lanes around turned in registers where that is
/// faster, or else in two parts, up to where they begin anew and from there.
///
/// # Safety
///
/// The N lanes exist, d is N at most, and the CPU has the set.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn row<W: Width, T: Real, const N: usize>(d: usize, kernel: &mut impl Kernel<T>) {
    // SAFETY: as the caller promises, and the type is asked for.
    unsafe {
        if const { N > FEW && size_of::<T>() == size_of::<f64>() } && is_float::<T, f64>() && W::turns(N) {
            return W::turned_f64(N, d, kernel);
        }
        // In the first part k + d < N; in the second N is taken off. No array has more lanes than an `isize` counts.
        kernel.offset(d.cast_signed());
        each::<W, T, N>(0, N - d, kernel);
        kernel.offset(-N.cast_signed());
        each::<W, T, N>(N - d, N, kernel);
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
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn unit(lane: usize) -> Self {
        Self(if lane == 0 { T::one() } else { T::zero() })
    }
    #[inline(always)]
    fn divided(self, y: Self, r: Self) -> Self {
        Self(super::divided(self.0, y.0, r.0))
    }
}
