//! Moments: means, variances and correlations against those that a distribution has.

use statrs::function::erf::erfc;

/// The largest skewness of what is averaged, for samples of 10⁵.
///
/// A mean of n terms with skewness γ exceeds z standard deviations more often than the normal distribution says, by
/// the factor exp(γ·z³/(6√n)) to first order (Cramér 1938). At z = 6.1, where a check fails, and n = 10⁵ that is 5.
pub const SKEWNESS: f64 = 13.5;

/// The mean of a distribution and its second and fourth central moments.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    pub mean: f64,
    pub variance: f64,
    pub fourth: f64,
}

impl Moments {
    /// From the raw moments E x, E x², E x³, E x⁴.
    pub fn from_raw([m1, m2, m3, m4]: [f64; 4]) -> Self {
        let square = m1 * m1;
        Self {
            mean: m1,
            variance: m2 - square,
            fourth: m4 - 4.0 * m1 * m3 + 6.0 * square * m2 - 3.0 * square * square,
        }
    }

    /// Of a symmetric distribution about zero, from E x² and E x⁴.
    pub fn symmetric(variance: f64, fourth: f64) -> Self {
        Self { mean: 0.0, variance, fourth }
    }
}

/// The p-value of a sample's mean.
pub fn mean(sample: &[f64], moments: Moments) -> f64 {
    average(sample.iter().copied(), moments.mean, moments.variance)
}

/// The p-value of a sample's variance about the distribution's mean.
pub fn variance(sample: &[f64], moments: Moments) -> f64 {
    let Moments { mean, variance, fourth } = moments;
    average(sample.iter().map(|x| (x - mean).powi(2)), variance, fourth - variance * variance)
}

/// The p-value of the correlation between two samples of standardised numbers, with mean 0 and variance 1.
pub fn correlation(a: impl IntoIterator<Item = f64>, b: impl IntoIterator<Item = f64>) -> f64 {
    average(a.into_iter().zip(b).map(|(a, b)| a * b), 0.0, 1.0)
}

/// The p-value of the average of independent numbers that have this mean and this variance, by the normal
/// approximation. NaN if they are too skewed for it: see [`SKEWNESS`].
pub fn average(terms: impl IntoIterator<Item = f64>, mean: f64, variance: f64) -> f64 {
    let sigma = variance.sqrt();
    let (mut n, mut sum, mut cubes) = (0.0, 0.0, 0.0);
    for term in terms {
        let x = (term - mean) / sigma;
        n += 1.0;
        sum += x;
        cubes += x.powi(3);
    }
    let skewness = cubes / n;
    if skewness.abs() / f64::sqrt(n) > SKEWNESS / 1e5_f64.sqrt() {
        return f64::NAN;
    }
    normal_tails(sum / f64::sqrt(n))
}

/// The probability that a standard normal number is farther from 0 than z.
pub fn normal_tails(z: f64) -> f64 {
    erfc(z.abs() / f64::sqrt(2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tails_have_the_published_critical_values() {
        for (z, level) in [(1.959_964, 0.05), (2.575_829, 0.01), (3.290_527, 0.001), (6.109_410, 1e-9)] {
            assert!((normal_tails(z) / level - 1.0).abs() < 1e-5, "z = {z}");
        }
    }

    // Of the exponential distribution: k!, and 1, 1, 9.
    #[test]
    fn central_moments_follow_from_raw_ones() {
        let Moments { mean, variance, fourth } = Moments::from_raw([1.0, 2.0, 6.0, 24.0]);
        assert!([mean - 1.0, variance - 1.0, fourth - 9.0].iter().all(|error| error.abs() < 1e-14));
    }

    #[test]
    fn a_skewed_average_has_no_p_value() {
        let rare = (0..1000).map(|i| if i == 0 { 31.6 } else { 0.0 });
        assert!(average(rare, 0.0, 1.0).is_nan());
        assert!(average((0..1000).map(|i| f64::from(i % 2) * 2.0 - 1.0), 0.0, 1.0) > 0.99);
    }
}
