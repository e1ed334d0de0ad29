//! Coin tosses: truth values with a given probability, and random signs.

use crate::random::bits::{from_two_words, from_word};
use crate::random::continuous::{Either, Mode};
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements, Sample};
use crate::random::variate::{UnitFloat, flush};
use crate::real::Real;

/// The Bernoulli distribution: `true` with probability p.
///
/// An element is u < p, with u uniform on [0, 1) in the precision of `P`. So p counts to the spacing of u only, 2⁻²³
/// for `f32` and 2⁻⁵² for `f64`; for smaller probabilities there is [`Mode::High`], with a second uniform number for
/// the bits below those of u.
///
/// A truth value has no pathwise derivative, so p can't be a dual number.
///
/// JAX: `jax.random.bernoulli(key, p, shape, mode)`.
///
/// ```
/// use tangents::random::{Bernoulli, Distribution, Key, Mode};
///
/// let coin = Bernoulli::new(0.5_f32)?;
/// let tosses: [bool; 4] = coin.sample(Key::new(137));
/// assert_eq!(tosses, [true, false, false, true]);
///
/// let rare = Bernoulli::new(1e-9_f32)?.with_mode(Mode::High);
/// assert!(!rare.sample::<bool>(Key::new(137)));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bernoulli<P> {
    p: P,
    mode: Mode,
}

impl<P: UnitFloat> Bernoulli<P> {
    /// The distribution with probability p of `true`.
    ///
    /// # Errors
    ///
    /// [`Error::Probability`] if p is outside [0, 1] or NaN. JAX doesn't check it.
    ///
    /// ```
    /// use tangents::random::{Bernoulli, Error};
    ///
    /// assert_eq!(Bernoulli::new(1.5), Err(Error::Probability));
    /// ```
    pub fn new(p: P) -> Result<Self, Error> {
        Error::check_probability(p).map(|p| Self { p, mode: Mode::Low })
    }

    /// The same distribution, by uniform numbers spaced in another way.
    #[must_use]
    pub fn with_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }
}

impl<P: UnitFloat> Distribution<bool> for Bernoulli<P> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<bool> {
        let p = flush(self.p);
        let low = from_word(key, len, move |bits| P::unit(bits) < p);
        // The spacing of the uniform numbers is ε.
        let high =
            from_two_words(key, len, move |bits, finer| P::unit(finer) * P::epsilon() < p - P::unit(bits));
        match self.mode {
            Mode::Low => Either::Left(low),
            Mode::High => Either::Right(high),
        }
    }
}

/// The Rademacher distribution: +1 or −1 with probability ½ each.
///
/// An element is +1 where a uniform number is below ½. JAX draws that number in `f32`, or in `f64` with
/// `jax_enable_x64`. Here the type of the element decides: 64-bit numbers, `isize` included, come from an `f64`,
/// narrower ones from an `f32`.
///
/// JAX: `jax.random.rademacher(key, shape, dtype)`.
///
/// ```
/// use tangents::random::{Distribution, Key, Rademacher};
///
/// let signs: [i32; 4] = Rademacher.sample(Key::new(137));
/// assert_eq!(signs, [1, -1, -1, 1]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rademacher;

/// A number that can be +1 or −1: `i8` … `i64`, `isize`, `f32` or `f64`.
pub trait Sign: Sample<Element = Self> {
    /// The float behind the sign.
    type Float: UnitFloat;

    /// +1 or −1.
    fn sign(positive: bool) -> Self;
}

macro_rules! signs {
    ($($float:ty: $($number:ty)*;)*) => {$($(
        impl Sign for $number {
            type Float = $float;

            #[inline]
            fn sign(positive: bool) -> Self {
                let one = num_traits::one::<Self>();
                if positive { one } else { -one }
            }
        }
    )*)*};
}

signs! {
    f32: i8 i16 i32 f32;
    f64: i64 isize f64;
}

impl<S: Sign> Distribution<S> for Rademacher {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<S> {
        let half = S::Float::lit(0.5);
        from_word(key, len, move |bits| S::sign(S::Float::unit(bits) < half))
    }
}

/// Draws [`Rademacher`]: `i8` … `i64`, `isize`, `f32` or `f64`, or nested arrays.
///
/// JAX: `jax.random.rademacher(key, shape, dtype)`.
#[inline]
pub fn rademacher<S: Sample<Element: Sign>>(key: Key<impl Generator>) -> S {
    Rademacher.sample(key)
}
