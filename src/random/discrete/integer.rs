//! Uniform integers on any range.

use core::ops::{Bound, RangeBounds};

use num_traits::PrimInt;

use crate::random::bits::Word;
use crate::random::error::Error;
use crate::random::generator::{Generator, Source};
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements, Sample};

/// How many words of a kind are drawn before they are made into elements.
pub(in crate::random) const CHUNK: usize = 512;

/// An integer that is drawn: `i8` … `i64`, `u8` … `u64`, `isize` or `usize`.
pub trait Integer: PrimInt + Sample<Element = Self> {
    /// The random bits that a number is made of: 32 for integers of up to 32 bits, 64 for wider ones, and for `isize`
    /// and `usize` on every platform.
    type Bits: Residues;

    /// How far it is from `low` up to `high`.
    fn distance(low: Self, high: Self) -> Self::Bits;

    /// The integer that is so far up from `self`.
    fn up(self, distance: Self::Bits) -> Self;
}

macro_rules! integers {
    ($($bits:ty: $($integer:ty)*;)*) => {$($(
        #[allow(
            clippy::cast_sign_loss,
            clippy::cast_possible_truncation,
            clippy::cast_possible_wrap,
            clippy::cast_lossless,
            trivial_numeric_casts,
            reason = "in arithmetic modulo a power of two the low bits are right, whatever the types"
        )]
        impl Integer for $integer {
            type Bits = $bits;

            #[inline]
            fn distance(low: Self, high: Self) -> $bits {
                (high as $bits).wrapping_sub(low as $bits)
            }

            #[inline]
            fn up(self, distance: $bits) -> Self {
                self.wrapping_add(distance as Self)
            }
        }
    )*)*};
}

integers! {
    u32: i8 i16 i32 u8 u16 u32;
    u64: i64 isize u64 usize;
}

/// Words that are taken modulo a span.
pub trait Residues: Word + PrimInt {
    /// A span other than 0, prepared.
    type Modulus: Copy;

    /// Prepares a span.
    fn modulus(span: Self) -> Self::Modulus;

    /// The remainder of this word.
    fn residue(self, modulus: Self::Modulus) -> Self;

    /// The sum, modulo a power of two.
    fn plus(self, other: Self) -> Self;

    /// The product, modulo a power of two.
    fn times(self, other: Self) -> Self;
}

impl Residues for u32 {
    /// The span d and ⌈2⁶⁴/d⌉.
    type Modulus = (u32, u64);

    #[inline]
    fn modulus(span: u32) -> (u32, u64) {
        (span, (u64::MAX / u64::from(span)).wrapping_add(1))
    }

    /// Not `%`: the hardware has no division of vectors. D. Lemire, O. Kaser, N. Kurz: *Faster remainder by direct
    /// computation*, Software: Practice and Experience 49 (2019): exact for all words and spans of 32 bits.
    #[inline(always)]
    fn residue(self, (span, reciprocal): (u32, u64)) -> u32 {
        let fraction = reciprocal.wrapping_mul(self.into());
        let span = u64::from(span);
        // The high half of the product of fraction and span, in which nothing overflows.
        let low = ((fraction & u64::from(u32::MAX)) * span) >> 32;
        (((fraction >> 32) * span + low) >> 32) as u32
    }

    #[inline]
    fn plus(self, other: u32) -> u32 {
        self.wrapping_add(other)
    }

    #[inline]
    fn times(self, other: u32) -> u32 {
        self.wrapping_mul(other)
    }
}

impl Residues for u64 {
    type Modulus = u64;

    #[inline]
    fn modulus(span: u64) -> u64 {
        span
    }

    #[inline]
    fn residue(self, span: u64) -> u64 {
        self % span
    }

    #[inline]
    fn plus(self, other: u64) -> u64 {
        self.wrapping_add(other)
    }

    #[inline]
    fn times(self, other: u64) -> u64 {
        self.wrapping_mul(other)
    }
}

/// The uniform distribution on a range of integers.
///
/// With n the number of integers in the range, an element is low + (2ʷ·H + L) mod n, where H and L are words of w
/// bits, drawn with two keys split off. w is 32 for integers of 8, 16 and 32 bits and 64 for wider ones; `isize` and
/// `usize` have 64 on every platform, so that the numbers are the same everywhere.
///
/// If n is a power of two, all integers are equally likely, and up to n = 2^(w/2) their probabilities differ by a
/// fraction of less than 2^(−3w/2). Beyond, JAX's arithmetic loses H, and what is left is L mod n: the probabilities
/// differ by a fraction of up to n/2ʷ, which is 10⁻⁵ for `i32` and n = 10⁵. There a wider type helps.
///
/// JAX: `jax.random.randint(key, shape, minval, maxval, dtype)`; `..` and `low..` are `maxval` one above the maximum
/// of the type.
///
/// ```
/// use tangents::random::{Distribution, Key, UniformInt};
///
/// let die = UniformInt::new(1..=6)?;
/// let throws: [i32; 5] = die.sample(Key::new(137));
/// assert_eq!(throws, [2, 5, 1, 1, 6]);
///
/// let bytes: [u8; 3] = UniformInt::new(..)?.sample(Key::new(137));
/// assert_eq!(bytes, [101, 0, 78]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UniformInt<I> {
    low: I,
    high: I,
}

impl<I: Integer> UniformInt<I> {
    /// The uniform distribution on a range: `0..10`, `0..=9`, `5..`, `..`.
    ///
    /// # Errors
    ///
    /// [`Error::EmptyRange`] if there is no integer in the range; JAX then returns `minval`.
    ///
    /// ```
    /// use tangents::random::{Error, UniformInt};
    ///
    /// assert!(UniformInt::new(i8::MIN..=i8::MAX).is_ok());
    /// assert_eq!(UniformInt::new(5..5), Err(Error::EmptyRange));
    /// ```
    pub fn new(range: impl RangeBounds<I>) -> Result<Self, Error> {
        let low = match range.start_bound() {
            Bound::Included(&low) => Some(low),
            Bound::Excluded(below) => below.checked_add(&I::one()),
            Bound::Unbounded => Some(I::min_value()),
        };
        let high = match range.end_bound() {
            Bound::Included(&high) => Some(high),
            Bound::Excluded(above) => above.checked_sub(&I::one()),
            Bound::Unbounded => Some(I::max_value()),
        };
        match (low, high) {
            (Some(low), Some(high)) if low <= high => Ok(Self { low, high }),
            _ => Err(Error::EmptyRange),
        }
    }
}

impl<I: Integer> Distribution<I> for UniformInt<I> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<I> {
        let [high, low] = key.split().map(|key| key.generator().source(len));
        Integers { first: self.low, high, low, offsets: Offsets::new(I::distance(self.low, self.high)) }
    }
}

/// How the offset of an element in a range of n integers comes from its words.
#[derive(Clone, Copy)]
enum Offsets<W: Residues> {
    /// n is a power of two, 2ʷ included, or 1: the low word under a mask.
    Masked(W),
    /// n is above 2^(w/2): the low word mod n.
    Low(W::Modulus),
    /// The double word mod n, with 2ʷ mod n.
    Double(W::Modulus, W),
}

impl<W: Residues> Offsets<W> {
    /// For the offsets 0 … `largest`.
    #[inline]
    fn new(largest: W) -> Self {
        let span = largest.plus(W::one());
        if span & largest == W::zero() {
            return Self::Masked(largest);
        }
        let modulus = W::modulus(span);
        let half = W::one() << (W::zero().count_zeros() as usize / 2);
        if span > half {
            // JAX squares 2^(w/2) in w bits and gets 0.
            return Self::Low(modulus);
        }
        let root = half.residue(modulus);
        Self::Double(modulus, root.times(root).residue(modulus))
    }
}

/// The remainder of a double word; `power` is the remainder of 2ʷ.
#[inline(always)]
fn double<W: Residues>(high: W, low: W, modulus: W::Modulus, power: W) -> W {
    // n is at most 2^(w/2): nothing overflows.
    high.residue(modulus).times(power).plus(low.residue(modulus)).residue(modulus)
}

struct Integers<I: Integer, S> {
    first: I,
    high: S,
    low: S,
    offsets: Offsets<I::Bits>,
}

impl<I: Integer, S: Source> Elements<I> for Integers<I, S> {
    #[inline]
    fn at(&self, i: u64) -> I {
        let low = I::Bits::draw(&self.low, i);
        self.first.up(match self.offsets {
            Offsets::Masked(mask) => low & mask,
            Offsets::Low(modulus) => low.residue(modulus),
            Offsets::Double(modulus, power) => double(I::Bits::draw(&self.high, i), low, modulus, power),
        })
    }

    #[inline(always)]
    fn write(&self, first: u64, out: &mut [I]) {
        let zero = <I::Bits as num_traits::Zero>::zero();
        let mut words = [[zero; CHUNK]; 2];
        for (chunk, i) in out.chunks_mut(CHUNK).zip((first..).step_by(CHUNK)) {
            let [highs, lows] = words.each_mut().map(|words| &mut words[..chunk.len()]);
            I::Bits::draw_many(&self.low, i, lows);
            match self.offsets {
                Offsets::Masked(mask) => {
                    for (element, &low) in chunk.iter_mut().zip(&*lows) {
                        *element = self.first.up(low & mask);
                    }
                }
                Offsets::Low(modulus) => {
                    for (element, &low) in chunk.iter_mut().zip(&*lows) {
                        *element = self.first.up(low.residue(modulus));
                    }
                }
                Offsets::Double(modulus, power) => {
                    I::Bits::draw_many(&self.high, i, highs);
                    for (element, (&high, &low)) in chunk.iter_mut().zip(highs.iter().zip(&*lows)) {
                        *element = self.first.up(double(high, low, modulus, power));
                    }
                }
            }
        }
    }
}

/// Draws integers uniform on a range, or nested arrays of them.
///
/// [`UniformInt`] says how they come from the key.
///
/// JAX: `jax.random.randint(key, shape, minval, maxval, dtype)`.
///
/// # Errors
///
/// [`Error::EmptyRange`] if there is no integer in the range; JAX then returns `minval`.
///
/// ```
/// use tangents::random::{Key, randint};
///
/// let throws: [[u8; 2]; 3] = randint(Key::new(137), 1..=6)?;
/// assert_eq!(throws, [[2, 5], [1, 1], [6, 5]]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[inline]
pub fn randint<S: Sample<Element: Integer>>(
    key: Key<impl Generator>,
    range: impl RangeBounds<S::Element>,
) -> Result<S, Error> {
    Ok(UniformInt::new(range)?.sample(key))
}
