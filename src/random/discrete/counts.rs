//! What the distributions of counts have in common, and the geometric one.

use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use num_traits::NumCast;

use super::rounds::CHUNK;
use crate::random::bits::from_word;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements, Sample};
use crate::random::variate::{UnitFloat, flush};

/// What a count may be given as: any integer type, `f32` or `f64`.
pub trait Count: Sample<Element = Self> {
    /// A whole number in this type; the largest of the type, which is finite, if it is larger.
    fn count<F: UnitFloat>(number: F) -> Self;
}

macro_rules! counts {
    ($($number:ty)*) => {$(
        impl Count for $number {
            #[inline]
            fn count<F: UnitFloat>(number: F) -> Self {
                // Of larger numbers there is no integer, and an infinite float.
                <$number as NumCast>::from(number).unwrap_or(<$number>::MAX).min(<$number>::MAX)
            }
        }
    )*};
}

counts! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 }

/// A parameter of a distribution of counts: one float for all elements, or a container of floats of which the elements
/// take one after another, over and over: JAX's broadcasting of an array along the last axis.
///
/// Implemented for `f32`, `f64`, and arrays, slices and vectors of one of them. Dual numbers are none: a count jumps
/// from one integer to the next, so it has no pathwise derivative.
///
/// ```
/// use tangents::random::{Distribution, Key, Poisson};
///
/// let visits = Poisson::new([0.5, 20.0, 3000.0])?;
/// let days: [[i32; 3]; 7] = visits.sample(Key::new(137));
/// assert_eq!(days[0], [0, 28, 2906]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
///
/// ```compile_fail
/// use tangents::Dual;
/// use tangents::random::Poisson;
///
/// let rate = Dual::<f64, 1>::variable(3.0, 0);
/// let none = Poisson::new(rate);
/// ```
pub trait Parameter {
    /// The type of the floats.
    type Float: UnitFloat;

    /// The floats; at least one.
    fn floats(&self) -> &[Self::Float];
}

macro_rules! parameters {
    ($($float:ty)*) => {$(
        impl Parameter for $float {
            type Float = Self;

            #[inline]
            fn floats(&self) -> &[Self] {
                core::slice::from_ref(self)
            }
        }
    )*};
}

parameters! { f32 f64 }

impl<F: UnitFloat, const N: usize> Parameter for [F; N] {
    type Float = F;

    #[inline]
    fn floats(&self) -> &[F] {
        self
    }
}

impl<F: UnitFloat> Parameter for &[F] {
    type Float = F;

    #[inline]
    fn floats(&self) -> &[F] {
        self
    }
}

#[cfg(feature = "alloc")]
impl<F: UnitFloat> Parameter for Vec<F> {
    type Float = F;

    #[inline]
    fn floats(&self) -> &[F] {
        self
    }
}

/// The float of element `i`.
#[inline]
pub(in crate::random) fn float_of<F: Copy>(floats: &[F], i: u64) -> F {
    #[expect(clippy::cast_possible_truncation, reason = "it is below the length of a slice")]
    let place = if floats.len() == 1 { 0 } else { (i % floats.len() as u64) as usize };
    floats[place]
}

/// Whole numbers of a sample, as floats.
pub(in crate::random) trait Draw<F> {
    /// Overwrites `counts`, at most a [`CHUNK`], with the elements `first`, `first + 1`, …
    fn draw(&self, first: u64, counts: &mut [F]);
}

/// The elements that are drawn in chunks as floats `F`.
pub(in crate::random) struct Drawn<F, D> {
    draw: D,
    float: PhantomData<F>,
}

impl<F: UnitFloat, D: Draw<F>> Drawn<F, D> {
    pub(in crate::random) fn new(draw: D) -> Self {
        Self { draw, float: PhantomData }
    }
}

impl<C: Count, F: UnitFloat, D: Draw<F>> Elements<C> for Drawn<F, D> {
    fn at(&self, i: u64) -> C {
        let mut count = [F::zero()];
        self.draw.draw(i, &mut count);
        C::count(count[0])
    }

    #[inline(always)]
    fn write(&self, first: u64, out: &mut [C]) {
        let mut counts = [F::zero(); CHUNK];
        for (chunk, i) in out.chunks_mut(CHUNK).zip((first..).step_by(CHUNK)) {
            let counts = &mut counts[..chunk.len()];
            self.draw.draw(i, counts);
            for (element, &count) in chunk.iter_mut().zip(&*counts) {
                *element = C::count(count);
            }
        }
    }
}

/// The geometric distribution: how many tosses it takes until the first success, 1, 2, 3, …
///
/// ⌊ln u/ln(1 − p)⌋ + 1 with u uniform on (0, 1) in the precision of `P`. A count that is too large for its type is the
/// largest of the type. A count has no pathwise derivative, so p can't be a dual number.
///
/// JAX: `jax.random.geometric(key, p, shape, dtype)`.
///
/// ```
/// use tangents::random::{Distribution, Geometric, Key};
///
/// let tosses: [i32; 5] = Geometric::new(0.5_f32)?.sample(Key::new(137));
/// assert_eq!(tosses, [2, 1, 1, 2, 3]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometric<P> {
    p: P,
}

impl<P: UnitFloat> Geometric<P> {
    /// The geometric distribution with probability p of success.
    ///
    /// # Errors
    ///
    /// [`Error::Probability`] if p is outside [0, 1] or NaN; [`Error::NonPositive`] if it is 0: then there is no
    /// success. JAX checks neither.
    ///
    /// ```
    /// use tangents::random::{Error, Geometric};
    ///
    /// assert!(Geometric::new(1.0).is_ok());
    /// assert_eq!(Geometric::new(-0.5), Err(Error::Probability));
    /// ```
    pub fn new(p: P) -> Result<Self, Error> {
        let p = Error::check_probability(p)?;
        Error::check_positive("probability p", p).map(|p| Self { p })
    }
}

impl<C: Count, P: UnitFloat> Distribution<C> for Geometric<P> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<C> {
        let ln_1p = (-flush(self.p)).xla_ln_1p();
        // XLA multiplies by the reciprocal of a number that is the same for several elements.
        let reciprocal = ln_1p.recip();
        from_word(key, len, move |bits| {
            let u = P::unit(bits);
            if u.is_zero() {
                return C::count(P::one());
            }
            let failures = if len == 1 { u.xla_ln() / ln_1p } else { u.xla_ln() * reciprocal };
            C::count(failures.floor() + P::one())
        })
    }
}
