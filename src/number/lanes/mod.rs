//! Arithmetic on the tangents `[T; N]`, lane by lane: the one home of what is to be vectorised.
//!
//! Every function treats each lane by the same operations in the same order, whatever `N` is, so that lane k
//! of N equals the one lane of a number seeded the same (law 3).

mod vector;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86;

use core::array::from_fn;
use core::mem::MaybeUninit;

use self::vector::{FEW, Kernel, Turned, Vector, Width, each, row};
use crate::number::inspect;
use crate::number::on::may_be_on_a_set;
#[cfg(all(feature = "std", target_arch = "x86_64", target_feature = "sse2"))]
use crate::number::on::{Avx2, Avx512, is_on};
use crate::real::Real;
pub(crate) use crate::rules::branches::reciprocal_keeps_digits;

/// Whether operations on `N` lanes of `T` may be functions of a set; see [`whole!`](whole).
pub(crate) const fn may_be_whole<T: Real, const N: usize>() -> bool {
    N > FEW && may_be_on_a_set::<T>()
}

/// An operation on numbers with N lanes of T; where T is on a set, as a function of the set. What it does with lanes is
/// [`inside`](crate::number::lanes::inside).
///
/// The compiler inlines a function of the set into functions that are compiled for it too, and calls it from all others, where
/// the lanes then are in memory. So it should be all that is done with a number: each call costs some nanoseconds. Operands
/// are better references to whole numbers, which the compiler then sees needn't be copied.
macro_rules! whole {
    (
        [$T:ident, $N:ident]($($argument:ident: $Argument:ty = $value:expr),*) -> $Result:ty
        $operation:block
    ) => {{
        // Of a float that is on no set not even the functions are made.
        if const { $crate::number::lanes::may_be_whole::<$T, $N>() } {
            /// Always inlined, so that the vectors in it are in a function of the set.
            #[cfg_attr(not(debug_assertions), inline(always))]
            #[allow(clippy::too_many_arguments)] // as many as the formula has
            fn operation<$T: Real, const $N: usize>($($argument: $Argument),*) -> $Result $operation

            #[cfg(all(feature = "std", target_arch = "x86_64", target_feature = "sse2"))]
            {
                #[inline]
                #[target_feature(enable = "avx2")]
                #[allow(clippy::too_many_arguments)] // as above
                fn avx2<$T: Real, const $N: usize>($($argument: $Argument),*) -> $Result {
                    operation::<$T, $N>($($argument),*)
                }

                #[inline]
                #[target_feature(enable = "avx512f,avx512dq,avx512vl")]
                #[allow(clippy::too_many_arguments)] // as above
                fn avx512<$T: Real, const $N: usize>($($argument: $Argument),*) -> $Result {
                    operation::<$T, $N>($($argument),*)
                }

                // SAFETY: where there is a float on a set, the CPU has it.
                unsafe {
                    if $crate::number::on::is_on::<$T, $crate::number::on::Avx2>() {
                        avx2::<$T, $N>($($value),*)
                    } else if $crate::number::on::is_on::<$T, $crate::number::on::Avx512>() {
                        avx512::<$T, $N>($($value),*)
                    } else {
                        operation::<$T, $N>($($value),*)
                    }
                }
            }
            #[cfg(not(all(feature = "std", target_arch = "x86_64", target_feature = "sse2")))]
            operation::<$T, $N>($($value),*)
        } else {
            $(
                #[allow(clippy::redundant_locals)] // where an operand has the name already
                let $argument = $value;
            )*
            $operation
        }
    }};
}

pub(crate) use whole;

/// Calls `run` in the width of the set that `T` is on, or in the one that the crate is compiled for.
///
/// What is called isn't a function of the set: for a float on one it belongs into a [`whole!`](whole).
macro_rules! in_width {
    ($run:ident[$T:ident, $N:ident]($($argument:expr),* $(,)?)) => {
        // SAFETY: where there is a float on a set, the CPU has it, as it has what the crate is compiled for; for the rest the
        // macro's caller answers.
        unsafe {
            #[cfg(all(feature = "std", target_arch = "x86_64", target_feature = "sse2"))]
            if const { may_be_whole::<$T, $N>() } {
                if is_on::<$T, Avx2>() {
                    $run::<x86::Avx, $T, $N>($($argument),*);
                } else if is_on::<$T, Avx512>() {
                    $run::<x86::Avx512, $T, $N>($($argument),*);
                } else {
                    $run::<vector::Compiled, $T, $N>($($argument),*);
                }
            } else {
                $run::<vector::Compiled, $T, $N>($($argument),*);
            }
            #[cfg(not(all(feature = "std", target_arch = "x86_64", target_feature = "sse2")))]
            $run::<vector::Compiled, $T, $N>($($argument),*);
        }
    };
}

/// Functions of plain numbers and of lanes, lane by lane: `name[numbers](lanes; lanes around) = formula`.
///
/// The formula is written once and compiled for each width. In the row d of circulant diagonals the lane k meets the lane
/// (k + d) mod N of the `lanes around`: so the row is done in two parts, up to where that begins anew and from there, or
/// with the `lanes around` turned in registers. Every function takes d, 0 for anything but such a row, to store it in the
/// same parts in which the next one will load it.
macro_rules! lanewise {
    ($(
        $(#[$doc:meta])*
        $name:ident[$($x:ident),*]($($a:ident),* $(; $($u:ident),*)?) = $formula:expr;
    )*) => {
        $(
            $(#[$doc])*
            #[cfg_attr(not(debug_assertions), inline(always))]
            #[allow(clippy::too_many_arguments)] // as many as the formula has
            #[allow(dead_code)] // rows are done inside
            pub(crate) fn $name<T: Real, const N: usize>(
                d: usize, $($x: T,)* $($a: &[T; N],)* $($($u: &[T; N],)*)?
            ) -> [T; N] {
                // Where it is called, a function of the set knows of d what is written in it.
                if d == 0 {
                    whole!([T, N]($($x: T = $x,)* $($a: &[T; N] = $a),* $(, $($u: &[T; N] = $u),*)?) -> [T; N] {
                        inside::$name(0, $($x,)* $($a,)* $($($u,)*)?)
                    })
                } else {
                    whole!([T, N](d: usize = d, $($x: T = $x,)* $($a: &[T; N] = $a),* $(, $($u: &[T; N] = $u),*)?) -> [T; N] {
                        inside::$name(d, $($x,)* $($a,)* $($($u,)*)?)
                    })
                }
            }
        )*

        /// The same inside of a function [of the set](whole).
        pub(crate) mod inside {
            #[allow(clippy::wildcard_imports)] // all that the other functions see
            use super::*;

            $(
                $(#[$doc])*
                #[cfg_attr(not(debug_assertions), inline(always))]
                #[allow(clippy::too_many_arguments)] // as many as the formula has
                pub(crate) fn $name<T: Real, const N: usize>(
                    d: usize, $($x: T,)* $($a: &[T; N],)* $($($u: &[T; N],)*)?
                ) -> [T; N] {
                    struct Formula<T> {
                        $($x: T,)*
                        $($a: *const T,)*
                        $($($u: *const T,)*)?
                        out: *mut T,
                    }

                    impl<T: Real> Kernel<T> for Formula<T> {
                        #[cfg_attr(not(debug_assertions), inline(always))]
                        unsafe fn block<V: Vector<T>>(&mut self, i: usize) {
                            // SAFETY: as the caller promises, the lanes are there, `V` is of `T`, and the CPU has it.
                            unsafe {
                                $(let $x = V::splat(self.$x);)*
                                $(let $a = V::load(self.$a.add(i));)*
                                $($(let $u = V::load(self.$u.wrapping_add(i));)*)?
                                V::store($formula, self.out.add(i));
                            }
                        }

                        #[cfg_attr(not(debug_assertions), inline(always))]
                        #[allow(unused_variables)] // n and d, where nothing is turned
                        unsafe fn turned_block<V: Turned<T>, const PERMUTES: bool>(&mut self, i: usize, n: usize, d: usize) {
                            // SAFETY: as the caller promises, the lanes are there, `V` is of `T`, and the CPU has it.
                            unsafe {
                                $(let $x = V::splat(self.$x);)*
                                $(let $a = V::load(self.$a.add(i));)*
                                $($(let $u = V::turned::<PERMUTES>(self.$u, n, i + d);)*)?
                                V::store($formula, self.out.add(i));
                            }
                        }

                        #[cfg_attr(not(debug_assertions), inline(always))]
                        #[allow(unused_variables)] // where nothing is around
                        fn offset(&mut self, by: isize) {
                            $($(self.$u = self.$u.wrapping_offset(by);)*)?
                        }
                    }

                    assert!(d <= N);
                    let mut out = MaybeUninit::<[T; N]>::uninit();
                    let mut formula = Formula {
                        $($x,)*
                        $($a: $a.as_ptr(),)*
                        $($($u: $u.as_ptr(),)*)?
                        out: out.as_mut_ptr().cast(),
                    };
                    // All arrays have N lanes, and d is one of them or N.
                    in_width!(row[T, N](d, &mut formula));
                    // SAFETY: every lane is written.
                    unsafe { out.assume_init() }
                }
            )*
        }
    };
}

lanewise! {
    /// `aₖ + bₖ`
    add[](a, b) = a + b;

    /// `aₖ − bₖ`
    sub[](a, b) = a - b;

    /// `p·aₖ`
    scale[p](a) = p * a;

    /// `p·aₖ + q·bₖ`
    combine[p, q](a, b) = p * a + q * b;

    /// `(aₖ − q·bₖ)/y`, r being 1/y; see [`divided`].
    quotient_by_reciprocal[q, y, r](a, b) = (a - q * b).divided(y, r);

    /// `p·aₖ + t`
    scale_and_add[p, t](a) = p * a + t;

    /// `(aₖ − t)/y`, r being 1/y
    subtract_and_divide[t, y, r](a) = (a - t).divided(y, r);

    /// `(t − q·bₖ)/y`, r being 1/y
    subtract_from_and_divide[t, q, y, r](b) = (t - q * b).divided(y, r);

    /// `−(q·bₖ)/y`, r being 1/y
    quotient_of_plain_by_reciprocal[q, y, r](b) = (-(q * b)).divided(y, r);

    /// A row of the Hessian of a product: `y·hₖ + x·kₖ + (aₖ·vₖ + bₖ·uₖ)`, u and v being a and b around.
    product_row[x, y](h, k, a, b; u, v) = y * h + (x * k + (a * v + b * u));

    /// A row of the Hessian of a function: `p·hₖ + (q·aₖ)·uₖ`, not q·(aₖ·uₖ), whose product over- and underflows where the
    /// second derivative doesn't.
    chain_row[p, q](h, a; u) = p * h + q * a * u;

    /// A row of the Hessian of a function of two variables, of which p and q are the slopes and pp, pq, qq the second
    /// derivatives: `p·hₖ + q·kₖ + ((pp·aₖ + pq·bₖ)·uₖ + (pq·aₖ + qq·bₖ)·vₖ)`
    chain2_row[p, q, pp, pq, qq](h, k, a, b; u, v) =
        p * h + (q * k + ((pp * a + pq * b) * u + (pq * a + qq * b) * v));

    /// A row of the Hessian of a quotient q by y: `(hₖ − q·kₖ − (gₖ·vₖ + bₖ·uₖ))/y`, r being 1/y
    quotient_row[q, y, r](h, k, g, b; u, v) = (h - q * k - (g * v + b * u)).divided(y, r);

    /// A row of the Hessian of a plain number's quotient q by y: `−(q·hₖ + (gₖ·vₖ + bₖ·uₖ))/y`, r being 1/y
    quotient_of_plain_row[q, y, r](h, g, b; u, v) = (-(q * h + (g * v + b * u))).divided(y, r);
}

/// Makes of zeros the lanes of a variable: one in the lane `lane`, which exists.
///
/// The one is stored with its neighbours, in the vector in which an operation will load it: stored by itself it would have
/// to leave the store buffer first, and Rosenbrock's gradient in 10 variables took 1.2 times as long.
#[inline]
pub(crate) fn seed<T: Real, const N: usize>(zeros: &mut [T; N], lane: usize) {
    struct Unit<T> {
        lane: usize,
        out: *mut T,
    }

    impl<T: Real> Kernel<T> for Unit<T> {
        #[cfg_attr(not(debug_assertions), inline(always))]
        unsafe fn block<V: Vector<T>>(&mut self, i: usize) {
            // SAFETY: the lanes are there, as the caller promises; a lane before these is none of them.
            unsafe { V::unit(self.lane.wrapping_sub(i)).store(self.out.add(i)) }
        }
    }

    /// # Safety
    ///
    /// The CPU has the set.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn run<W: Width, T: Real, const N: usize>(zeros: &mut [T; N], lane: usize) {
        if W::STORES_UNITS {
            // SAFETY: the array has N lanes, and the CPU has the set, as the caller promises.
            unsafe { each::<W, T, N>(0, N, &mut Unit { lane, out: zeros.as_mut_ptr() }) };
        } else {
            // Comparing lanes takes branches here, and a loop over 16 variables isn't unrolled with them.
            zeros[lane] = T::one();
        }
    }

    debug_assert!(lane < N && zeros.iter().all(T::is_zero));
    whole!([T, N](zeros: &mut [T; N] = zeros, lane: usize = lane) -> () {
        in_width!(run[T, N](zeros, lane));
    });
}

/// `(aₖ − q·bₖ) / y`: the tangents of the quotient `q = x/y`.
#[inline]
pub(crate) fn quotient<T: Real, const N: usize>(a: [T; N], q: T, b: [T; N], y: T) -> [T; N] {
    if reciprocal_keeps_digits(y) {
        quotient_by_reciprocal(0, q, y, y.recip(), &a, &b)
    } else {
        aside([a, b], |[a, b]| quotient_rounded(a, q, b, y))[0]
    }
}

/// The tangents of a quotient by a y whose reciprocal would lose digits.
#[cold]
fn quotient_rounded<T: Real, const N: usize>(a: &mut [T; N], q: T, b: &[T; N], y: T) {
    *a = match Divisor::of(q, y) {
        Divisor::Regular => from_fn(|k| over(a[k], [(q, b[k])], y)),
        divisor => from_fn(|k| divisor.over(a[k], b[k])),
    };
}

/// `(a − Σ p·q)/y` for a y by whose reciprocal nothing can be multiplied: `a/y − Σ p·(q/y)` where a product under- or
/// overflows before it is divided.
pub(crate) fn over<T: Real, const M: usize>(a: T, products: [(T, T); M], y: T) -> T {
    let keeps = |&(p, q): &(T, T)| p == T::zero() || q == T::zero() || (p * q).is_normal();
    if products.iter().all(keeps) {
        products.into_iter().fold(a, |sum, (p, q)| sum - p * q) / y
    } else {
        products.into_iter().fold(a / y, |sum, (p, q)| sum - p * (q / y))
    }
}

/// By what is divided where a quotient q = x/y has no derivative by arithmetic.
#[derive(Clone, Copy)]
pub(crate) enum Divisor<T> {
    /// Nothing of the kind.
    Regular,
    /// Zero, a pole: the slope is NaN.
    Zero(T),
    /// A number that has overflown, as in `1 / (1 + eˣ)` at large x: the quotient is constant 0, and the derivatives of y,
    /// which have overflown too, would make NaN of it. One that is NaN comes from a pole and says that nothing is known.
    Overflown(T),
}

impl<T: Real> Divisor<T> {
    #[inline]
    pub(crate) fn of(q: T, y: T) -> Self {
        if y == T::zero() {
            Self::Zero(inspect::undefined(q))
        } else if y.is_infinite() && q == T::zero() {
            Self::Overflown(y)
        } else {
            Self::Regular
        }
    }

    /// The component of q in which x has the component `a`, and y has `b`, or something that is NaN if b is; zero if both
    /// are.
    pub(crate) fn over(self, a: T, b: T) -> T {
        match self {
            Self::Zero(slope) => inspect::product(slope, a) + inspect::product(slope, b),
            Self::Overflown(y) => {
                // Each component by itself, those inside a nested number too: a lane doesn't see the others.
                let unknown = inspect::nans(b) + inspect::product(inspect::nans(y), b);
                inspect::scaled(y.recip(), a) + unknown
            }
            Self::Regular => unreachable!("divided by arithmetic"),
        }
    }
}

/// `a/y`, where r is 1/y: of a plain float by one product.
///
/// Of a nested number by a division, which costs about as much. The tangents of its reciprocal, −ẏ/y², may underflow where
/// those of the quotient don't.
#[inline(always)]
pub(crate) fn divided<T: Real>(a: T, y: T, r: T) -> T {
    // The value is that product in either case, so that orders agree to the bit.
    if inspect::is_primitive::<T>() { a * r } else { inspect::with_value(a / y, a * r) }
}

/// `−q·bₖ / y`: the tangents of the quotient `q = s/y` of a plain number, where a lane that is exactly zero stays
/// zero (law 4).
///
/// Not as `slope·bₖ` with the slope `−s/y²`, whose square over- or underflows where the tangent doesn't.
#[inline]
pub(crate) fn quotient_of_plain<T: Real, const N: usize>(q: T, b: [T; N], y: T) -> [T; N] {
    if divides_by_reciprocal(q, y) {
        let r = y.recip();
        quotient_of_plain_by_reciprocal(0, q, y, r, &b)
    } else {
        quotient_of_plain_aside(q, b, y)
    }
}

/// The tangents of a quotient that doesn't [divide by the reciprocal](divides_by_reciprocal).
#[inline]
pub(crate) fn quotient_of_plain_aside<T: Real, const N: usize>(q: T, b: [T; N], y: T) -> [T; N] {
    aside(b, |b| quotient_of_plain_nonfinite(q, b, y))
}

/// Whether the derivatives of `q = s/y` may be computed with the reciprocal of y: nothing is infinite, no digit lost.
#[inline]
pub(crate) fn divides_by_reciprocal<T: Real>(q: T, y: T) -> bool {
    reciprocal_keeps_digits(y) && inspect::is_finite(y.recip()) && inspect::is_finite(q)
}

#[cold]
fn quotient_of_plain_nonfinite<T: Real, const N: usize>(q: T, b: &mut [T; N], y: T) {
    let divisor = Divisor::of(q, y);
    *b = b.map(|b| match divisor {
        _ if inspect::is_zero(b) => T::zero(),
        Divisor::Regular => over_plain(inspect::scaled(q, b), y, || inspect::scaled(q, b / y)),
        _ => divisor.over(T::zero(), b),
    });
}

/// `−product/y`, or that of its factors, one of them divided before, where the product has under- or overflown.
pub(crate) fn over_plain<T: Real>(product: T, y: T, divided: impl FnOnce() -> T) -> T {
    if product.is_normal() || !y.is_normal() {
        return -inspect::product(y.recip(), product);
    }
    let divided = divided();
    if divided.is_normal() { -divided } else { -inspect::product(y.recip(), product) }
}

/// What `rewrite` makes of a copy of `x`: how a function that isn't inlined is called, for what rarely happens.
///
/// What such a function is handed, or hands back, is in memory, before the branch to it and behind, also where the branch
/// isn't taken. So it is handed a copy that it writes over, which nothing else is made of, and the lanes stay in registers: a
/// block of a bundle adjustment takes 0.77 of the time, 0.84 with native flags.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn aside<X: Copy>(x: X, rewrite: impl FnOnce(&mut X)) -> X {
    let mut copy = x;
    rewrite(&mut copy);
    copy
}

/// `slope·aₖ`, where a lane that is exactly zero stays zero (law 4).
#[inline]
pub(crate) fn chain<T: Real, const N: usize>(slope: T, a: [T; N]) -> [T; N] {
    if inspect::is_finite(slope) { scale(0, slope, &a) } else { aside(a, |a| chain_nonfinite(slope, a)) }
}

/// `p·aₖ + q·bₖ`, where a term whose lane is exactly zero is zero (law 4).
#[inline]
pub(crate) fn chain2<T: Real, const N: usize>(p: T, a: [T; N], q: T, b: [T; N]) -> [T; N] {
    if inspect::is_finite(p) && inspect::is_finite(q) {
        combine(0, p, q, &a, &b)
    } else {
        chain2_aside(p, a, q, b)
    }
}

/// [`chain2`] with a slope that isn't finite.
#[inline]
pub(crate) fn chain2_aside<T: Real, const N: usize>(p: T, a: [T; N], q: T, b: [T; N]) -> [T; N] {
    aside([a, b], |[a, b]| chain2_nonfinite(p, a, q, b))[0]
}

/// `Σ slopesᵢ·aᵢₖ`, where a term whose lane is exactly zero is zero (law 4).
#[inline]
pub(crate) fn chain_n<T: Real, const N: usize, const M: usize>(a: [&[T; N]; M], slopes: [T; M]) -> [T; N] {
    let mut terms = a.iter().zip(slopes).map(|(&a, slope)| chain(slope, *a));
    let first = terms.next().unwrap_or([T::zero(); N]);
    terms.fold(first, |sum, term| add(0, &sum, &term))
}

/// `p·aₖ`, and `+ q·bₖ` in the lanes where bₖ isn't exactly zero: for a slope q that isn't even computed where every
/// bₖ is zero. Adding 0 would turn −0 into 0, and the bits of a lane would depend on the others (law 3).
#[inline]
pub(crate) fn chain_either<T: Real, const N: usize>(p: T, a: [T; N], q: T, b: [T; N]) -> [T; N] {
    from_fn(|k| {
        let term = inspect::scaled(p, a[k]);
        if inspect::is_no_term(q, b[k]) { term } else { term + inspect::scaled(q, b[k]) }
    })
}

/// `aₖ`, and `+ q·bₖ` in the lanes where bₖ isn't exactly zero, as in [`chain_either`].
#[inline]
pub(crate) fn plus_either<T: Real, const N: usize>(a: [T; N], q: T, b: [T; N]) -> [T; N] {
    from_fn(|k| if inspect::is_no_term(q, b[k]) { a[k] } else { a[k] + inspect::scaled(q, b[k]) })
}

/// `slope·aₖ`, where a lane that is exactly zero stays zero, whatever the slope.
#[cold]
pub(crate) fn chain_nonfinite<T: Real, const N: usize>(slope: T, a: &mut [T; N]) {
    *a = a.map(|a| inspect::scaled(slope, a));
}

#[cold]
fn chain2_nonfinite<T: Real, const N: usize>(p: T, a: &mut [T; N], q: T, b: &mut [T; N]) {
    chain_nonfinite(p, a);
    chain_nonfinite(q, b);
    *a = add(0, a, b);
}
