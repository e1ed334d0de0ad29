//! Samples of `rand` 0.10 that are numbers of this crate: uniform ones, whose bounds may be differentiated.
//!
//! `StandardUniform`, `Open01` and `OpenClosed01` give constants. `Uniform`, and `random_range`, have numbers as bounds;
//! the sample `y = a + u·(b − a)` is then a differentiable function of them at fixed random bits: `∂y/∂a = 1 − u` and
//! `∂y/∂b = u`. Values are, bit for bit, those of `rand` on plain bounds.
//!
//! ```
//! use rand::RngExt;
//! use tangents::random::Key;
//! use tangents::{Dual, derivative};
//!
//! // d/db of a sample from [0, b) is u = y/b.
//! let slope: f64 = derivative(|b| Key::new(1).rng().random_range(Dual::constant(0.0)..b), 2.0);
//! let y: f64 = Key::new(1).rng().random_range(0.0..2.0);
//! assert_eq!(slope, y / 2.0);
//! ```
//!
//! The generators of `rand` and of this crate serve alike: any `Rng` of `rand_core` 0.10.

use ::rand::Rng;
use ::rand::distr::uniform::{Error, SampleBorrow, SampleUniform, UniformSampler};
use ::rand::distr::{Distribution, Open01, OpenClosed01, StandardUniform};
use num_traits::{Float, One};

use crate::number::{Dual, HyperDual, Taylor};
use crate::random::{UnitFloat, Variate};
use crate::real::Real;

/// Implements distributions of plain floats for a number: constants with their samples.
macro_rules! constants {
    ($Number:ident: $($Distribution:ident)*) => {$(
        /// A constant, whose value is a sample of `T`.
        impl<T: Real, const N: usize> Distribution<$Number<T, N>> for $Distribution
        where
            $Distribution: Distribution<T>,
        {
            #[inline]
            fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> $Number<T, N> {
                let value: T = self.sample(rng);
                $Number::constant(value)
            }
        }
    )*};
}

#[cfg(feature = "rand_distr")]
pub(super) use constants;

/// A uniform distribution between numbers: `rand`'s `UniformFloat` with bounds that are differentiated.
///
/// It's what `Uniform<Dual<T, N>>` is made of; there is no need to name it.
///
/// ```
/// use rand::distr::{Distribution, Uniform};
/// use tangents::Dual;
/// use tangents::random::Key;
///
/// let (a, b) = (Dual::<f64, 2>::variable(10.0, 0), Dual::variable(12.0, 1));
/// let y = Uniform::new(a, b)?.sample(&mut Key::new(0).rng());
/// assert!(y.eps[0] + y.eps[1] == 1.0 && (10.0 * y.eps[0] + 12.0 * y.eps[1] - y.re).abs() < 1e-14);
/// # Ok::<(), rand::distr::uniform::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct UniformNumber<D> {
    low: D,
    scale: D,
}

impl<D: Variate> UniformNumber<D>
where
    D::Plain: SampleUniform,
{
    /// As in `rand`: the scale is taken down until no sample is above `high`.
    fn bounded(low: D, high: D, scale: D) -> Self {
        let (one, a, b) = (D::Plain::one(), low.plain(), high.plain());
        let largest = one - D::Plain::epsilon();
        let found = scale.plain();
        let mut s = found;
        while s * largest + a > b {
            s = s.below();
        }
        // A difference of neighbours is exact, and so is the sum; without a difference nothing is added, not even to −0.
        Self { low, scale: if s == found { scale } else { scale + D::lift(s - found) } }
    }

    /// `low + u·scale`, in `rand`'s order of operations.
    #[inline]
    fn at<R: Rng + ?Sized>(self, rng: &mut R) -> D {
        D::lift(unit(rng)) * self.scale + self.low
    }
}

/// A plain sample of [0, 1) made of as many bits as `rand` takes between bounds; with bounds 0 and 1 it does nothing to
/// it. (`StandardUniform` takes one bit more.)
#[inline]
fn unit<P: UnitFloat + SampleUniform, R: Rng + ?Sized>(rng: &mut R) -> P {
    let Ok(u) = P::Sampler::sample_single(P::zero(), P::one(), rng) else { unreachable!("0 < 1") };
    u
}

impl<D: Variate + SampleUniform> UniformSampler for UniformNumber<D>
where
    D::Plain: SampleUniform,
{
    type X = D;

    fn new<A: SampleBorrow<D>, B: SampleBorrow<D>>(low: A, high: B) -> Result<Self, Error> {
        let (low, high) = (*low.borrow(), *high.borrow());
        // For its errors.
        <D::Plain as SampleUniform>::Sampler::new(low.plain(), high.plain())?;
        Ok(Self::bounded(low, high, high - low))
    }

    fn new_inclusive<A: SampleBorrow<D>, B: SampleBorrow<D>>(low: A, high: B) -> Result<Self, Error> {
        let (low, high) = (*low.borrow(), *high.borrow());
        <D::Plain as SampleUniform>::Sampler::new_inclusive(low.plain(), high.plain())?;
        let largest = D::lift(<D::Plain as One>::one() - <D::Plain as Float>::epsilon());
        Ok(Self::bounded(low, high, (high - low) / largest))
    }

    #[inline]
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> D {
        self.at(rng)
    }

    #[inline]
    fn sample_single<R: Rng + ?Sized, A: SampleBorrow<D>, B: SampleBorrow<D>>(
        low: A,
        high: B,
        rng: &mut R,
    ) -> Result<D, Error> {
        Self::sample_single_inclusive(low, high, rng)
    }

    #[inline]
    fn sample_single_inclusive<R: Rng + ?Sized, A: SampleBorrow<D>, B: SampleBorrow<D>>(
        low: A,
        high: B,
        rng: &mut R,
    ) -> Result<D, Error> {
        let (low, high) = (*low.borrow(), *high.borrow());
        <D::Plain as SampleUniform>::Sampler::new_inclusive(low.plain(), high.plain())?;
        // As in `rand`, one sample isn't kept from rounding up to `high`.
        Ok(Self { low, scale: high - low }.at(rng))
    }
}

macro_rules! numbers {
    ($Number:ident) => {
        constants!($Number: StandardUniform Open01 OpenClosed01);

        /// Bounds that are numbers; the samples are differentiated in them.
        impl<T: Variate, const N: usize> SampleUniform for $Number<T, N>
        where
            T::Plain: SampleUniform,
        {
            type Sampler = UniformNumber<Self>;
        }
    };
}

numbers!(Dual);
numbers!(HyperDual);
numbers!(Taylor);
