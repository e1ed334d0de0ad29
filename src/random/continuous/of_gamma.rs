//! Distributions made of gamma samples: chi-square, Student's t, F, beta, generalised normal.
//!
//! Their derivatives in dual parameters are those of the gamma samples.

use super::composed::{plain_normal, signs};
use super::gamma::{gammas, log_gammas};
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::Variate;

/// The chi-square distribution: twice a gamma sample with shape df/2.
///
/// The number of degrees of freedom need not be whole, and may be a dual number.
///
/// JAX: `jax.random.chisquare(key, df)`.
///
/// ```
/// use tangents::random::{ChiSquare, Distribution, Key};
///
/// let x: [f64; 3] = ChiSquare::new(5.0)?.sample(Key::new(0));
/// assert!(x.iter().all(|&x| x > 0.0));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquare<T> {
    df: T,
}

impl<T: Variate> ChiSquare<T> {
    /// The chi-square distribution with `df` degrees of freedom.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if they aren't positive and finite.
    pub fn new(df: T) -> Result<Self, Error> {
        Error::check_positive("number of degrees of freedom", df).map(|df| Self { df })
    }
}

impl<T: Variate> Distribution<T> for ChiSquare<T> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        chi_squares(self.df, key, len)
    }
}

fn chi_squares<T: Variate, G: Generator>(df: T, key: Key<G>, len: u64) -> impl Elements<T> {
    let log_gamma = log_gammas(half(df), key, len);
    move |i| log_gamma.at(i).exp() * T::lit(2.0)
}

#[inline]
fn half<T: Variate>(df: T) -> T {
    df / T::lit(2.0)
}

/// Student's t distribution: z·√(h/g) with z standard normal, h = df/2 and g a gamma sample with shape h.
///
/// The number of degrees of freedom need not be whole, and may be a dual number.
///
/// JAX: `jax.random.t(key, df)`.
///
/// ```
/// use tangents::random::{Distribution, Key, StudentT};
///
/// let x: [f64; 3] = StudentT::new(5.0)?.sample(Key::new(0));
/// assert!(x.iter().all(|x| x.is_finite()));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentT<T> {
    df: T,
}

impl<T: Variate> StudentT<T> {
    /// Student's t distribution with `df` degrees of freedom.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if they aren't positive and finite.
    pub fn new(df: T) -> Result<Self, Error> {
        Error::check_positive("number of degrees of freedom", df).map(|df| Self { df })
    }
}

impl<T: Variate> Distribution<T> for StudentT<T> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let half = half(self.df);
        let [normal_key, gamma_key] = key.split();
        let normal = plain_normal::<T::Plain, G>(normal_key, len);
        let gamma = gammas(half, gamma_key, len);
        move |i| T::lift(normal.at(i)) * (half / gamma.at(i)).sqrt()
    }
}

/// Fisher's F distribution: the quotient of two chi-square samples, each over its degrees of freedom.
///
/// Both numbers of degrees of freedom may be dual numbers.
///
/// JAX: `jax.random.f(key, dfnum, dfden)`.
///
/// ```
/// use tangents::random::{Distribution, FisherF, Key};
///
/// let x: [f64; 3] = FisherF::new(5.0, 7.0)?.sample(Key::new(0));
/// assert!(x.iter().all(|&x| x > 0.0));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherF<T> {
    numerator: T,
    denominator: T,
}

impl<T: Variate> FisherF<T> {
    /// The F distribution with these degrees of freedom in numerator and denominator.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if they aren't positive and finite.
    pub fn new(numerator: T, denominator: T) -> Result<Self, Error> {
        let numerator = Error::check_positive("number of degrees of freedom in the numerator", numerator)?;
        let denominator =
            Error::check_positive("number of degrees of freedom in the denominator", denominator)?;
        Ok(Self { numerator, denominator })
    }
}

impl<T: Variate> Distribution<T> for FisherF<T> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let Self { numerator, denominator } = *self;
        let [denominator_key, numerator_key] = key.split();
        let above = chi_squares(numerator, numerator_key, len);
        let below = chi_squares(denominator, denominator_key, len);
        move |i| (above.at(i) / numerator) / (below.at(i) / denominator)
    }
}

/// The beta distribution on [0, 1] with shapes `a` and `b`: g/(g + h) with g and h gamma samples.
///
/// Both shapes may be dual numbers; the derivative is that of the gamma samples.
///
/// JAX: `jax.random.beta(key, a, b)`.
///
/// ```
/// use tangents::random::{Beta, Distribution, Key};
///
/// let x: [f64; 3] = Beta::new(0.5, 2.5)?.sample(Key::new(0));
/// assert!(x.iter().all(|x| (0.0..=1.0).contains(x)));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta<T> {
    a: T,
    b: T,
}

impl<T: Variate> Beta<T> {
    /// The beta distribution with shapes `a` and `b`.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if one of them isn't positive and finite.
    pub fn new(a: T, b: T) -> Result<Self, Error> {
        Ok(Self { a: Error::check_positive("shape a", a)?, b: Error::check_positive("shape b", b)? })
    }
}

impl<T: Variate> Distribution<T> for Beta<T> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let [a_key, b_key] = key.split();
        let a = log_gammas(self.a, a_key, len);
        let b = log_gammas(self.b, b_key, len);
        move |i| {
            let (a, b) = (a.at(i), b.at(i));
            let max = a.max(b);
            let (a, b) = ((a - max).exp(), (b - max).exp());
            a / (a + b)
        }
    }
}

/// The generalised normal distribution with density proportional to exp(−|x|ᵖ): ±g^(1/p) with g a gamma sample with
/// shape 1/p.
///
/// p = 1 is the Laplace distribution, p = 2 the normal one with variance ½. p may be a dual number.
///
/// JAX: `jax.random.generalized_normal(key, p)`.
///
/// ```
/// use tangents::random::{Distribution, GeneralizedNormal, Key};
///
/// let x: [f64; 3] = GeneralizedNormal::new(1.5)?.sample(Key::new(0));
/// assert!(x.iter().all(|x| x.is_finite()));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeneralizedNormal<T> {
    p: T,
}

impl<T: Variate> GeneralizedNormal<T> {
    /// The generalised normal distribution with exponent p.
    ///
    /// # Errors
    ///
    /// [`Error::NonPositive`] if p isn't positive and finite.
    pub fn new(p: T) -> Result<Self, Error> {
        Error::check_positive("exponent p", p).map(|p| Self { p })
    }
}

impl<T: Variate> Distribution<T> for GeneralizedNormal<T> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        generalized_normals(self.p, key, len)
    }
}

/// Generalised normal samples of exponent p.
pub(in crate::random) fn generalized_normals<T: Variate, G: Generator>(
    p: T,
    key: Key<G>,
    len: u64,
) -> impl Elements<T> {
    let exponent = T::one() / p;
    let [gamma_key, sign_key] = key.split();
    let gamma = gammas(exponent, gamma_key, len);
    let sign = signs::<T::Plain, G>(sign_key, len);
    move |i| T::lift(sign.at(i)) * gamma.at(i).powf(exponent)
}
