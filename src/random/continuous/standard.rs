//! Standard distributions of floats, each a function of one uniform number: normal, exponential, Gumbel, Laplace,
//! logistic, Cauchy; and any of them moved and scaled.

use super::uniform::PlainRange;
use crate::random::bits::{from_two_words, from_word};
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements, Sample};
use crate::random::variate::{UnitFloat, Variate};

/// Declares a distribution: its type, its function of a fraction f uniform on [0, 1), and the function that draws it.
macro_rules! standard {
    ($(
        $(#[doc = $doc:literal])*
        $Name:ident, $name:ident: fn($f:ident: $F:ident) $body:block
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $Name;

        impl<T: Variate> Distribution<T> for $Name {
            #[inline]
            fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
                from_word(key, len, |bits| T::lift($name::element(T::Plain::unit(bits))))
            }
        }

        #[doc = concat!("Draws [`", stringify!($Name), "`]: `f32`, `f64` or duals over them, or nested arrays.")]
        ///
        #[doc = concat!("JAX: `jax.random.", stringify!($name), "(key, shape, dtype)`.")]
        #[inline]
        pub fn $name<S: Sample<Element: Variate>>(key: Key<impl Generator>) -> S {
            $Name.sample(key)
        }

        mod $name {
            use super::*;

            #[inline(always)]
            pub(in crate::random) fn element<$F: UnitFloat>($f: $F) -> $F $body
        }
    )*};
}

standard! {
    /// The normal distribution with mean 0 and standard deviation 1: √2·erf⁻¹(u) with u uniform on (−1, 1).
    ///
    /// |x| is at most 5.42 in `f32`, 8.21 in `f64`. At `f32` and `f64` it is JAX's, bit for bit.
    ///
    /// ```
    /// use tangents::random::{Key, normal};
    ///
    /// let noise: [f32; 3] = normal(Key::new(137));
    /// assert_eq!(noise, [-0.30497327, 2.117181, 0.66878223]);
    /// ```
    StandardNormal, normal: fn(f: F) {
        // √2 after erf⁻¹, as JAX has it, on (−1, 1) without its ends, where erf⁻¹ is infinite.
        F::SQRT_2() * PlainRange::new(above_minus_one(), F::one()).at(f).xla_erf_inv()
    }

    /// The exponential distribution with mean 1: −ln(1 − f).
    ///
    /// ```
    /// use tangents::random::{Key, exponential};
    ///
    /// let waiting: f32 = exponential(Key::new(137));
    /// assert_eq!(waiting, 0.4783475);
    /// ```
    Exponential, exponential: fn(f: F) {
        -(-f).xla_ln_1p()
    }

    /// The Laplace distribution with location 0 and scale 1: sign(u)·ln(1 − |u|) with u uniform on (−1, 1).
    ///
    /// ```
    /// use tangents::random::{Key, laplace};
    ///
    /// let noise: [f64; 2] = laplace(Key::new(1));
    /// assert!(noise.iter().all(|x| x.is_finite()));
    /// ```
    Laplace, laplace: fn(f: F) {
        let u = PlainRange::new(above_minus_one(), F::one()).at(f);
        u.signum() * (-u.abs()).xla_ln_1p()
    }

    /// The logistic distribution with location 0 and scale 1: ln(u/(1 − u)) with u uniform on (0, 1).
    ///
    /// ```
    /// use tangents::random::{Key, logistic};
    ///
    /// let noise: [f64; 2] = logistic(Key::new(1));
    /// assert!(noise.iter().all(|x| x.is_finite()));
    /// ```
    Logistic, logistic: fn(f: F) {
        let u = PlainRange::new(F::min_positive_value(), F::one()).at(f);
        u.xla_ln() - (-u).xla_ln_1p()
    }

    /// The Cauchy distribution with location 0 and scale 1: tan(π(u − ½)) with u uniform on (0, 1).
    ///
    /// ```
    /// use tangents::random::{Key, cauchy};
    ///
    /// let noise: [f64; 2] = cauchy(Key::new(1));
    /// assert!(noise.iter().all(|x| x.is_finite()));
    /// ```
    Cauchy, cauchy: fn(f: F) {
        let u = PlainRange::new(F::epsilon(), F::one()).at(f);
        (F::PI() * (u - F::lit(0.5))).xla_tan()
    }
}

/// The number after −1.
#[inline]
fn above_minus_one<F: UnitFloat>() -> F {
    F::epsilon() * F::lit(0.5) - F::one()
}

/// How finely the uniform numbers behind a sample are spaced where that decides about rare events.
///
/// ```
/// use tangents::random::{Bernoulli, Distribution, Key, Mode};
///
/// // A probability below the spacing of the uniform `f32`, 2⁻²³, needs the finer mode.
/// let rare = Bernoulli::new(1e-9_f32)?.with_mode(Mode::High);
/// let never: [bool; 100] = rare.sample(Key::new(0));
/// assert_eq!(never, [false; 100]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// One uniform number for each element; JAX's default, `mode="low"`.
    #[default]
    Low,
    /// Two uniform numbers for each element, the second for the bits below those of the first: `mode="high"`.
    High,
}

/// The Gumbel distribution with location 0 and scale 1: −ln(−ln u) with u uniform on (0, 1).
///
/// In [`Mode::Low`], JAX's default, the largest sample in `f32` is 16; in [`Mode::High`] it is 32, by −ln(−ln(1 − u))
/// with u down to 2⁻⁴⁶.
///
/// JAX: `jax.random.gumbel(key, shape, dtype, mode)`.
///
/// ```
/// use tangents::random::{Distribution, Gumbel, Key, Mode, gumbel};
///
/// let key = Key::new(0);
/// let low: [f32; 4] = gumbel(key);
/// let high: [f32; 4] = Gumbel::default().with_mode(Mode::High).sample(key);
/// assert_ne!(low, high);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gumbel {
    mode: Mode,
}

impl Gumbel {
    /// The same distribution, by uniform numbers spaced in another way.
    #[must_use]
    pub const fn with_mode(self, mode: Mode) -> Self {
        Self { mode }
    }
}

impl<T: Variate> Distribution<T> for Gumbel {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let low = from_word(key, len, |bits| T::lift(gumbel_low(T::Plain::unit(bits))));
        let high = from_two_words(key, len, |bits, finer| {
            T::lift(gumbel_high(T::Plain::unit(bits), T::Plain::unit(finer)))
        });
        match self.mode {
            Mode::Low => Either::Left(low),
            Mode::High => Either::Right(high),
        }
    }
}

#[inline(always)]
fn gumbel_low<F: UnitFloat>(f: F) -> F {
    -(-PlainRange::new(F::min_positive_value(), F::one()).at(f).xla_ln()).xla_ln()
}

#[inline(always)]
fn gumbel_high<F: UnitFloat>(f: F, finer: F) -> F {
    // The spacing of the uniform numbers is ε.
    let fine = F::epsilon().mul_add(finer, f) + F::min_positive_value();
    let u = if f >= F::lit(0.5) { f } else { fine };
    -(-(-u).xla_ln_1p()).xla_ln()
}

/// Draws [`Gumbel`] in [`Mode::Low`]: `f32`, `f64` or duals over them, or nested arrays.
///
/// JAX: `jax.random.gumbel(key, shape, dtype)`.
#[inline]
pub fn gumbel<S: Sample<Element: Variate>>(key: Key<impl Generator>) -> S {
    Gumbel::default().sample(key)
}

/// The elements of one distribution or of another.
pub(in crate::random) enum Either<L, R> {
    Left(L),
    Right(R),
}

impl<T, L: Elements<T>, R: Elements<T>> Elements<T> for Either<L, R> {
    #[inline]
    fn at(&self, i: u64) -> T {
        match self {
            Self::Left(left) => left.at(i),
            Self::Right(right) => right.at(i),
        }
    }

    #[inline(always)]
    fn write(&self, first: u64, out: &mut [T]) {
        match self {
            Self::Left(left) => left.write(first, out),
            Self::Right(right) => right.write(first, out),
        }
    }
}

/// A distribution moved and scaled: location + scale · x.
///
/// Location and scale may be dual numbers: the sample is then differentiable in them, ∂/∂location = 1 and
/// ∂/∂scale = x. A scale of zero gives the location, a negative one mirrors the distribution.
///
/// JAX has no parameters for these: `jax.random.laplace(key) * scale + location`.
///
/// ```
/// use tangents::Dual;
/// use tangents::random::{Distribution, Key, Laplace, LocationScale, laplace};
///
/// let (location, scale) = (Dual::variable(3.0, 0), Dual::<f64, 2>::variable(2.0, 1));
/// let x: Dual<f64, 2> = LocationScale::with(Laplace, location, scale)?.sample(Key::new(0));
/// let noise: f64 = laplace(Key::new(0));
/// assert_eq!(x.re, noise * 2.0 + 3.0);
/// assert_eq!(x.eps, [1.0, noise]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocationScale<D, T> {
    standard: D,
    location: T,
    scale: T,
}

impl<D: Distribution<T>, T: Variate> LocationScale<D, T> {
    /// The distribution of location + scale · x, where x has the distribution `standard`.
    ///
    /// # Errors
    ///
    /// [`Error::NonFinite`] if location or scale is infinite or NaN.
    pub fn with(standard: D, location: T, scale: T) -> Result<Self, Error> {
        let location = Error::check_finite("location", location)?;
        let scale = Error::check_finite("scale", scale)?;
        Ok(Self { standard, location, scale })
    }
}

impl<D: Distribution<T>, T: Variate> Distribution<T> for LocationScale<D, T> {
    #[inline]
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let Self { location, scale, .. } = *self;
        Mapped { elements: self.standard.elements(key, len), map: move |x| x * scale + location }
    }
}

/// Elements passed through a function.
pub(in crate::random) struct Mapped<E, F> {
    pub(in crate::random) elements: E,
    pub(in crate::random) map: F,
}

impl<T: Copy, E: Elements<T>, F: Fn(T) -> T> Elements<T> for Mapped<E, F> {
    #[inline]
    fn at(&self, i: u64) -> T {
        (self.map)(self.elements.at(i))
    }

    #[inline(always)]
    fn write(&self, first: u64, out: &mut [T]) {
        self.elements.write(first, out);
        for x in out {
            *x = (self.map)(*x);
        }
    }
}

/// The normal distribution: mean + σ · z, with z [standard normal](StandardNormal).
///
/// ```
/// use tangents::derivative;
/// use tangents::random::{Distribution, Key, Normal, normal};
///
/// // The derivative of a sample in σ is the standard normal number behind it.
/// let key = Key::new(0);
/// let slope = derivative(|sigma| Normal::new(sigma * 0.0, sigma).unwrap().sample(key), 2.0);
/// assert_eq!(slope, normal::<f64>(key));
/// ```
pub type Normal<T> = LocationScale<StandardNormal, T>;

impl<T: Variate> Normal<T> {
    /// The normal distribution with this mean and this standard deviation.
    ///
    /// # Errors
    ///
    /// [`Error::NonFinite`] if one of them is infinite or NaN.
    pub fn new(mean: T, standard_deviation: T) -> Result<Self, Error> {
        Self::with(StandardNormal, mean, standard_deviation)
    }
}
