//! The distributions of floats: Kolmogorov–Smirnov at 10⁵ samples of `f64` and 3·10⁴ of `f32`, and at `f64` mean and
//! variance where they exist.
//!
//! Floats of 32 bits are made of 23 random bits, so equal ones occur and the distribution has steps. The steps are
//! below 10⁻⁴ in all cases here but one; a sample of 3·10⁴ is rejected from a distance of 2·10⁻² on.

use std::f64::consts::{PI, SQRT_2};

use statistics::{Moments, assert_plausible, cdf, chi_square, kolmogorov_smirnov, mean, real, variance};
use statrs::function::gamma::gamma;
use tangents::Real;
use tangents::random::{
    Beta, Cauchy, ChiSquare, Distribution, DoubleSidedMaxwell, Exponential, FisherF, Gamma,
    GeneralizedNormal, Gumbel, Key, Laplace, LocationScale, LogGamma, LogNormal, Logistic, Maxwell, Mode,
    Normal, Pareto, Rayleigh, StandardNormal, StandardUniform, StudentT, Triangular, TruncatedNormal,
    Uniform, UnitFloat, Wald, Weibull,
};

/// Checks samples of a distribution, written in terms of the float type, against a distribution function. Gives the
/// sample at `f64`.
macro_rules! fits {
    ($seed:expr, $F:ident => $distribution:expr, $cdf:expr) => {{
        fits!(@$F = f32, $seed, 30_000, $distribution, $cdf);
        fits!(@$F = f64, $seed, 100_000, $distribution, $cdf)
    }};
    (@$F:ident = $float:ty, $seed:expr, $n:expr, $distribution:expr, $cdf:expr) => {{
        #[allow(dead_code, reason = "a distribution without parameters doesn't say its type")]
        type $F = $float;
        assert_fits::<$float>($seed, $n, &$distribution, &$cdf)
    }};
}

fn assert_fits<F: UnitFloat>(
    seed: i64,
    n: usize,
    distribution: &impl Distribution<F>,
    cdf: &impl Fn(f64) -> f64,
) -> Vec<f64> {
    let sample: Vec<f64> = draw(seed, n, distribution);
    let what = format!("{} seed {seed}", std::any::type_name::<F>());
    assert_plausible(kolmogorov_smirnov(&sample, cdf), &what);
    sample
}

fn draw<F: UnitFloat>(seed: i64, n: usize, distribution: &impl Distribution<F>) -> Vec<f64> {
    let sample: Vec<F> = distribution.sample_vec(Key::new(seed), n);
    sample.into_iter().map(|x| x.to_f64().unwrap()).collect()
}

fn assert_moments(sample: &[f64], moments: Moments) {
    assert_mean(sample, moments);
    assert_plausible(variance(sample, moments), "variance");
}

fn assert_mean(sample: &[f64], moments: Moments) {
    assert_plausible(mean(sample, moments), "mean");
}

#[test]
fn uniform() {
    let x = fits!(1, F => StandardUniform, cdf::uniform(0.0, 1.0));
    let moments = Moments::from_raw([1.0 / 2.0, 1.0 / 3.0, 1.0 / 4.0, 1.0 / 5.0]);
    assert_moments(&x, moments);
    for (seed, [low, high]) in (2..).zip([[-3.25, 7.1], [0.0, 1e-3], [-1e20, 1e20], [1.0, 2.0]]) {
        let x = fits!(seed, F => Uniform::new(F::lit(low)..F::lit(high)).unwrap(), cdf::uniform(low, high));
        let standard: Vec<f64> = x.iter().map(|x| (x - low) / (high - low)).collect();
        assert_moments(&standard, moments);
    }
}

#[test]
fn normal() {
    let x = fits!(10, F => StandardNormal, cdf::normal);
    assert_moments(&x, Moments::symmetric(1.0, 3.0));
    let x =
        fits!(11, F => Normal::new(F::lit(10.0), F::lit(-0.3)).unwrap(), |x| cdf::normal((x - 10.0) / 0.3));
    let standard: Vec<f64> = x.iter().map(|x| (x - 10.0) / 0.3).collect();
    assert_moments(&standard, Moments::symmetric(1.0, 3.0));
}

#[test]
fn exponential() {
    let x = fits!(20, F => Exponential, cdf::exponential);
    assert_moments(&x, Moments::from_raw([1.0, 2.0, 6.0, 24.0]));
}

#[test]
fn gumbel_in_both_modes() {
    const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;
    let variance = PI * PI / 6.0;
    let moments = Moments { mean: EULER_GAMMA, variance, fourth: 5.4 * variance * variance };
    let x = fits!(30, F => Gumbel::default(), cdf::gumbel);
    assert_moments(&x, moments);
    let x = fits!(31, F => Gumbel::default().with_mode(Mode::High), cdf::gumbel);
    assert_moments(&x, moments);
}

#[test]
fn laplace() {
    let x = fits!(40, F => Laplace, cdf::laplace);
    assert_moments(&x, Moments::symmetric(2.0, 24.0));
}

#[test]
fn logistic() {
    let x = fits!(50, F => Logistic, cdf::logistic);
    assert_moments(&x, Moments::symmetric(PI.powi(2) / 3.0, 7.0 * PI.powi(4) / 15.0));
}

#[test]
fn cauchy() {
    fits!(60, F => Cauchy, cdf::cauchy);
    fits!(61, F => LocationScale::with(Cauchy, F::lit(-2.0), F::lit(3.0)).unwrap(), |x| cdf::cauchy((x + 2.0) / 3.0));
}

#[test]
fn truncated_normal() {
    let (inf, none) = (f64::INFINITY, f64::NEG_INFINITY);
    let bounds = [[-1.0, 2.5], [-0.01, 0.01], [0.5, inf], [none, 0.0], [none, -1.5], [2.0, 3.0], [none, inf]];
    for (seed, [lower, upper]) in (70..).zip(bounds) {
        let x = fits!(
            seed,
            F => TruncatedNormal::new(F::lit(lower), F::lit(upper)).unwrap(),
            cdf::truncated_normal(lower, upper)
        );
        // By parts: E xᵏ = (k − 1)·E xᵏ⁻² + (lowerᵏ⁻¹·φ(lower) − upperᵏ⁻¹·φ(upper))/Z.
        let z = cdf::normal(upper) - cdf::normal(lower);
        let edge = |x: f64, k: i32| {
            if x.is_infinite() { 0.0 } else { x.powi(k - 1) * (-x * x / 2.0).exp() / (2.0 * PI).sqrt() / z }
        };
        let mut raw = [1.0, 0.0, 0.0, 0.0, 0.0];
        for k in 1..=4_i32 {
            let i = usize::try_from(k).unwrap();
            let before = if i > 1 { f64::from(k - 1) * raw[i - 2] } else { 0.0 };
            raw[i] = before + edge(lower, k) - edge(upper, k);
        }
        assert_moments(&x, Moments::from_raw([raw[1], raw[2], raw[3], raw[4]]));
    }
    // Far in the tail, where the numbers of 32 bits behind the sample are too few.
    for (seed, [lower, upper]) in (80..).zip([[4.0, 5.0], [-7.0, -5.0]]) {
        let distribution = TruncatedNormal::new(lower, upper).unwrap();
        assert_fits::<f64>(seed, 100_000, &distribution, &cdf::truncated_normal(lower, upper));
    }
}

#[test]
fn rayleigh() {
    let x = fits!(90, F => Rayleigh::new(F::lit(1.7)).unwrap(), cdf::rayleigh(1.7));
    let raw = [1.0, 2.0, 3.0, 4.0].map(|k: f64| (1.7 * SQRT_2).powf(k) * gamma(1.0 + k / 2.0));
    assert_moments(&x, Moments::from_raw(raw));
}

#[test]
fn weibull() {
    for (seed, [scale, concentration]) in (100..).zip([[1.0, 0.5], [2.0, 1.0], [0.3, 1.7], [5.0, 8.0]]) {
        let x = fits!(
            seed,
            F => Weibull::new(F::lit(scale), F::lit(concentration)).unwrap(),
            cdf::weibull(scale, concentration)
        );
        let raw = [1.0, 2.0, 3.0, 4.0].map(|k| f64::powf(scale, k) * gamma(1.0 + k / concentration));
        assert_mean(&x, Moments::from_raw(raw));
        if concentration >= 1.0 {
            assert_moments(&x, Moments::from_raw(raw));
        }
    }
}

#[test]
fn pareto() {
    for (seed, b) in (110..).zip([0.7, 2.5, 10.0, 60.0]) {
        let x = fits!(seed, F => Pareto::new(F::lit(b)).unwrap(), cdf::pareto(b));
        if b > 4.0 {
            assert_mean(&x, Moments::from_raw([1.0, 2.0, 3.0, 4.0].map(|k| b / (b - k))));
        }
    }
}

#[test]
fn lognormal() {
    for (seed, sigma) in (120..).zip([0.1, 0.5, 2.0]) {
        let x = fits!(seed, F => LogNormal::new(F::lit(sigma)).unwrap(), cdf::lognormal(sigma));
        let moments =
            Moments::from_raw([1.0, 2.0, 3.0, 4.0].map(|k: f64| (k * sigma).powi(2) / 2.0).map(f64::exp));
        if sigma < 1.0 {
            assert_mean(&x, moments);
        }
        if sigma < 0.2 {
            assert_moments(&x, moments);
        }
    }
}

#[test]
fn triangular() {
    for (seed, [left, mode, right]) in (130..).zip([[-1.0, 0.25, 2.0], [0.0, 0.0, 1.0], [0.0, 3.0, 3.0]]) {
        let x = fits!(
            seed,
            F => Triangular::new(F::lit(left), F::lit(mode), F::lit(right)).unwrap(),
            cdf::triangular(left, mode, right)
        );
        let squares = left * left + mode * mode + right * right - left * mode - left * right - mode * right;
        let variance = squares / 18.0;
        assert_moments(
            &x,
            Moments { mean: (left + mode + right) / 3.0, variance, fourth: 2.4 * variance * variance },
        );
    }
}

#[test]
fn maxwell_and_double_sided_maxwell() {
    let x = fits!(140, F => Maxwell, cdf::maxwell);
    let first = 2.0 * (2.0 / PI).sqrt();
    assert_moments(&x, Moments::from_raw([first, 3.0, 4.0 * first, 15.0]));

    let x = fits!(141, F => DoubleSidedMaxwell, cdf::symmetric(cdf::maxwell));
    assert_moments(&x, Moments::symmetric(3.0, 15.0));
    let moved = |x: f64| cdf::symmetric(cdf::maxwell)((x - 1.0) / 300.0);
    fits!(142, F => LocationScale::with(DoubleSidedMaxwell, F::lit(1.0), F::lit(300.0)).unwrap(), moved);
}

#[test]
fn wald() {
    for (seed, m) in (150..).zip([0.1, 0.3, 2.0, 30.0]) {
        let x = fits!(seed, F => Wald::new(F::lit(m)).unwrap(), cdf::wald(m));
        if m < 1.0 {
            // Cumulants m, m³, 3m⁵, 15m⁷.
            let moments =
                Moments { mean: m, variance: m.powi(3), fourth: 15.0 * m.powi(7) + 3.0 * m.powi(6) };
            assert_mean(&x, moments);
        }
    }
}

const GAMMA_SHAPES: [f64; 7] = [0.05, 0.5, 0.99, 1.0, 2.5, 30.0, 1000.0];

/// E xᵏ = a·(a + 1)·…·(a + k − 1).
fn gamma_moments(a: f64) -> Moments {
    let raw = [a, a * (a + 1.0), a * (a + 1.0) * (a + 2.0), a * (a + 1.0) * (a + 2.0) * (a + 3.0)];
    // Not by differences of the fourth powers, which are large.
    Moments { variance: a, fourth: 3.0 * a * (a + 2.0), ..Moments::from_raw(raw) }
}

#[test]
fn gamma_of_several_shapes() {
    for (seed, a) in (160..).zip(GAMMA_SHAPES) {
        if a < 0.1 {
            continue;
        }
        let x = fits!(seed, F => Gamma::new(F::lit(a)).unwrap(), cdf::gamma(a));
        assert_mean(&x, gamma_moments(a));
        if a >= 1.0 {
            assert_moments(&x, gamma_moments(a));
        }
    }
}

#[test]
fn gamma_of_a_small_shape() {
    let a = 0.05;
    let x = assert_fits::<f64>(170, 100_000, &Gamma::new(a).unwrap(), &cdf::gamma(a));
    assert_mean(&x, gamma_moments(a));

    // One in 80 is below the least number of 32 bits. Those are 0; the others have the distribution that remains.
    let n = 30_000;
    let underflow = cdf::gamma(a)(f32::MIN_POSITIVE.into());
    let mut x = draw::<f32>(171, n, &Gamma::new(0.05).unwrap());
    x.retain(|&x| x > 0.0);
    let expected = [underflow, 1.0 - underflow].map(|p| p * real(n));
    assert_plausible(chi_square(&[n - x.len(), x.len()], &expected), "underflow");
    let rest = |x: f64| ((cdf::gamma(a)(x) - underflow) / (1.0 - underflow)).max(0.0);
    assert_plausible(kolmogorov_smirnov(&x, rest), "without those that underflow");
}

#[test]
fn loggamma() {
    for (seed, a) in (180..).zip(GAMMA_SHAPES) {
        fits!(seed, F => LogGamma::new(F::lit(a)).unwrap(), |x: f64| cdf::gamma(a)(x.exp()));
    }
}

#[test]
fn beta() {
    let shapes = [[0.1, 3.0], [0.5, 0.5], [1.0, 1.0], [2.0, 5.0], [5.0, 0.8], [300.0, 200.0]];
    for (seed, [a, b]) in (190..).zip(shapes) {
        let x = fits!(seed, F => Beta::new(F::lit(a), F::lit(b)).unwrap(), cdf::beta(a, b));
        let sum = a + b;
        let variance = a * b / (sum * sum * (sum + 1.0));
        let difference = (a - b).powi(2) * (sum + 1.0) - a * b * (sum + 2.0);
        let kurtosis = 3.0 + 6.0 * difference / (a * b * (sum + 2.0) * (sum + 3.0));
        assert_moments(&x, Moments { mean: a / sum, variance, fourth: kurtosis * variance * variance });
    }
}

#[test]
fn chi_square_of_several_degrees_of_freedom() {
    for (seed, df) in (200..).zip([0.3, 1.0, 5.0, 40.0]) {
        let x = fits!(seed, F => ChiSquare::new(F::lit(df)).unwrap(), cdf::chi_square(df));
        let moments = Moments { mean: df, variance: 2.0 * df, fourth: 12.0 * df * (df + 4.0) };
        assert_mean(&x, moments);
        if df >= 2.0 {
            assert_moments(&x, moments);
        }
    }
}

#[test]
fn student_t() {
    for (seed, df) in (210..).zip([0.5, 1.0, 2.5, 7.0, 30.0]) {
        let x = fits!(seed, F => StudentT::new(F::lit(df)).unwrap(), cdf::student_t(df));
        if df > 4.0 {
            let variance = df / (df - 2.0);
            let moments = Moments::symmetric(variance, 3.0 * df * df / ((df - 2.0) * (df - 4.0)));
            assert_mean(&x, moments);
            if df > 20.0 {
                assert_moments(&x, moments);
            }
        }
    }
}

#[test]
fn fisher_f() {
    for (seed, [m, n]) in (220..).zip([[1.0, 1.0], [5.0, 7.0], [30.0, 40.0], [0.8, 12.0]]) {
        let x = fits!(seed, F => FisherF::new(F::lit(m), F::lit(n)).unwrap(), cdf::fisher_f(m, n));
        if n > 20.0 {
            let variance = 2.0 * n * n * (m + n - 2.0) / (m * (n - 2.0).powi(2) * (n - 4.0));
            assert_mean(&x, Moments { mean: n / (n - 2.0), variance, fourth: f64::NAN });
        }
    }
}

#[test]
fn generalized_normal() {
    for (seed, p) in (230..).zip([0.7, 1.0, 2.0, 5.0]) {
        let x = fits!(seed, F => GeneralizedNormal::new(F::lit(p)).unwrap(), cdf::generalized_normal(p));
        let moments = Moments::symmetric(gamma(3.0 / p) / gamma(1.0 / p), gamma(5.0 / p) / gamma(1.0 / p));
        assert_mean(&x, moments);
        if p >= 1.0 {
            assert_moments(&x, moments);
        }
    }
}
