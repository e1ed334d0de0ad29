//! Distributions made of gamma samples: chi-square, Student's t, F, beta, generalised normal.
//!
//! Their derivatives in dual parameters are those of the gamma samples.

use num_traits::{Float, One, Zero};

use super::composed::{plain_normal, signs};
use super::gamma::{GammaSlope, Gammas, LogGammaSlope, LogOverShapeSlope};
use super::implicit::{digamma, log_gamma_slope, vanishing_exp, with_log};
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::{Slopes, UnitFloat, Variate, flush};

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
        let half = half(self.df);
        let gammas = Gammas::new(half, key, len);
        let two = T::lit(2.0);
        move |i| T::implicit([half], chi_square(gammas, i) / two.plain(), &GammaSlope) * two
    }
}

/// The value of a chi-square sample: twice the gamma sample with this number.
fn chi_square<F: UnitFloat, G: Generator>(gammas: Gammas<F, G>, i: u64) -> F {
    let chi_square = gammas.log(i).exp() * F::lit(2.0);
    // Near the end of the range of the floats the rounding of the logarithm leaves it.
    if chi_square.is_finite() { flush(chi_square) } else { gammas.sample(i) * F::lit(2.0) }
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
        let gammas = Gammas::new(half, gamma_key, len);
        let ln_half = self.df.ln() - T::LN_2();
        move |i| {
            let ratio = half.plain() / gammas.sample(i);
            let root = if ratio.is_finite() {
                {
                    let mu = T::implicit([half], -ratio.ln(), &LogOverShapeSlope);
                    with_log(ratio.sqrt(), mu * T::lit(-0.5))
                }
            } else {
                // The gamma sample has underflown, and the root need not have overflown.
                ((ln_half - T::implicit([half], gammas.log(i), &LogGammaSlope)) / T::lit(2.0)).exp()
            };
            T::lift(normal.at(i)) * root
        }
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
        let halves = [half(numerator), half(denominator)];
        let above = Gammas::new(halves[0], numerator_key, len);
        let below = Gammas::new(halves[1], denominator_key, len);
        move |i| {
            let squares = [chi_square(above, i), chi_square(below, i)];
            let ratios = [squares[0] / numerator.plain(), squares[1] / denominator.plain()];
            if squares.iter().chain(&ratios).all(|x| x.is_normal()) {
                let [above, below] =
                    [0, 1].map(|k| T::implicit([halves[k]], ratios[k].ln(), &LogOverShapeSlope));
                return with_log(ratios[0] / ratios[1], above - below);
            }
            // Something has left the range of the floats, in which the quotient may be.
            let logs = [above.log(i), below.log(i)];
            if logs == [T::Plain::neg_infinity(); 2] {
                // Even the logarithms have left it. Then so does the quotient.
                let overflows = above.scaled_log(i) > below.scaled_log(i);
                return if overflows { numerator / denominator * T::infinity() } else { T::zero() };
            }
            let [above, below] = [0, 1].map(|k| T::implicit([halves[k]], logs[k], &LogGammaSlope));
            vanishing_exp((above - below) + (denominator.ln() - numerator.ln()))
        }
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
        let shapes = [self.a, self.b];
        let gammas = [Gammas::new(self.a, a_key, len), Gammas::new(self.b, b_key, len)];
        move |i| {
            let mut x = [0, 1].map(|k| T::implicit([shapes[k]], gammas[k].log(i), &LogGammaSlope));
            softmax(&mut x, |k| gammas[k].scaled_log(i));
            x[0]
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
    let exponent = T::Plain::one() / p.plain();
    let [gamma_key, sign_key] = key.split();
    let gammas = Gammas::new(exponent, gamma_key, len);
    let sign = signs::<T::Plain, G>(sign_key, len);
    move |i| {
        let gamma = gammas.sample(i);
        // A sample that has underflown is of size 1 after the root all the same.
        let root = if gamma.is_zero() { gammas.power_of_shape(i) } else { gamma.powf(exponent) };
        T::implicit([p], sign.at(i) * root, &RootSlope)
    }
}

/// The slope of ±g^(1/p) in p, g a gamma sample of shape a = 1/p.
struct RootSlope;

impl<F: UnitFloat> Slopes<F, 1> for RootSlope {
    fn slopes<T: Variate<Plain = F>>(&self, [p]: [T; 1], x: T) -> [T; 1] {
        if x.plain().is_zero() || x.plain().is_infinite() {
            return [-x];
        }
        // With W as in `log_gamma_slope`, d(a·ln g)/da = ln g + a·W(a) = g·W(a + 1) + ψ(a + 1), in which the logarithms,
        // large for large p, have cancelled.
        let (a, ln_gamma) = (p.recip(), p * x.abs().ln());
        let above = a + T::one();
        let gamma = vanishing_exp(ln_gamma);
        let rest = if gamma == T::zero() { gamma } else { gamma * log_gamma_slope(above, ln_gamma) };
        let slope = rest + digamma(above);
        [-(x * a * (a * slope))]
    }
}

/// Replaces logarithms by what they are the logarithms of, over their sum: exp(xₖ)/Σ exp(xⱼ).
///
/// `scaled` gives the logarithms in another unit where all of them are −∞.
pub(in crate::random) fn softmax<T: Variate>(x: &mut [T], scaled: impl Fn(usize) -> T::Plain) {
    let mut top = 0;
    for k in 1..x.len() {
        if x[k] > x[top] {
            top = k;
        }
    }
    let largest = x[top];
    if largest == T::neg_infinity() {
        for k in 1..x.len() {
            if scaled(k) > scaled(top) {
                top = k;
            }
        }
        // So large differences leave the others nothing.
        x.fill(T::zero());
    } else {
        // Differences of numbers: constants where they have underflown, so that no derivative that has overflown is left.
        for x in &mut *x {
            *x = vanishing_exp(*x - largest);
        }
    }
    x[top] = T::one();
    let sum = T::sum(&*x);
    for x in x {
        *x = flush(*x / sum);
    }
}

#[cfg(test)]
mod tests {
    use super::super::references::{assert_close, derivatives, reference};
    use super::*;

    #[test]
    fn slopes_of_generalised_normal_samples_are_those_of_the_quantile() {
        for [p, x, expected, expected_second] in
            reference("generalised normal", ["p", "x", "first", "second"])
        {
            for sign in [-1.0, 1.0] {
                let [first, second] = derivatives(&RootSlope, [p], 0, sign * x);
                assert_close(first, sign * expected, 5e-13 * expected.abs(), [p, x]);
                let scale = expected_second.abs() + expected.abs() / p;
                assert_close(second, sign * expected_second, 5e-13 * scale, [p, x]);
            }
        }
    }
}
