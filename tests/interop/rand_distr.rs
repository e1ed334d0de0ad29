//! The distributions of `rand_distr` take numbers as parameters. Values are those of plain parameters, derivatives those
//! of the closed forms; where the algorithm loses them, as the documentation says, that is shown too.

use std::fmt::Debug;

use ::rand::RngExt;
use ::rand::distr::StandardUniform;
use ::rand_distr::{
    Beta, Cauchy, ChiSquared, Distribution, Exp, Exp1, FisherF, Frechet, Gamma, Gumbel, InverseGaussian,
    LogNormal, Normal, NormalInverseGaussian, OpenClosed01, Pareto, Pert, Poisson, SkewNormal,
    StandardNormal, StudentT, Triangular, Weibull,
};
use num_traits::{Float, FloatConst};
use tangents::random::{CounterRng, Key, Threefry2x32};
use tangents::{Dual, HyperDual};

/// As many seeds for each claim, so that every branch of a sampler is met.
const SEEDS: i64 = 200;

fn rng(seed: i64) -> CounterRng<Threefry2x32> {
    Key::new(seed).rng()
}

/// Writes a generic function `f(parameters, seed)` for a distribution, and a test of its values.
macro_rules! distributions {
    ($($name:ident: $n:literal, $parameters:expr, |$p:ident| $new:expr;)*) => {
        $(
            fn $name<F: Float + FloatConst + Debug + std::ops::AddAssign>($p: [F; $n], seed: i64) -> F
            where
                StandardUniform: Distribution<F>,
                StandardNormal: Distribution<F>,
                Exp1: Distribution<F>,
                OpenClosed01: Distribution<F>,
                ::rand_distr::Open01: Distribution<F>,
            {
                $new.unwrap().sample(&mut rng(seed))
            }
        )*

        #[test]
        fn values_are_those_of_plain_parameters() {$(
            for seed in 0..SEEDS {
                let parameters: [f64; $n] = $parameters;
                let plain = $name(parameters, seed);
                let mut k = 0;
                let lifted = parameters.map(|p| {
                    k += 1;
                    Dual::<f64, $n>::variable(p, k - 1)
                });
                assert_eq!($name(lifted, seed).re.to_bits(), plain.to_bits(), stringify!($name));
                let nested = parameters.map(|p| HyperDual::<Dual<f64, 1>, 1>::variable(Dual::variable(p, 0), 0));
                assert_eq!($name(nested, seed).re.re.to_bits(), plain.to_bits(), stringify!($name));
                #[allow(clippy::cast_possible_truncation, reason = "floats of 32 bits are wanted")]
                let (single, parameters) = (|x: f64| x as f32, parameters);
                let plain = $name(parameters.map(single), seed);
                let lifted = parameters.map(|p| Dual::<f32, 1>::variable(single(p), 0));
                assert_eq!($name(lifted, seed).re.to_bits(), plain.to_bits(), stringify!($name));
            }
        )*}
    };
}

distributions! {
    normal: 2, [1.0, 2.0], |p| Normal::new(p[0], p[1]);
    log_normal: 2, [0.5, 0.75], |p| LogNormal::new(p[0], p[1]);
    exponential: 1, [1.5], |p| Exp::new(p[0]);
    cauchy: 2, [1.0, 2.0], |p| Cauchy::new(p[0], p[1]);
    gumbel: 2, [1.0, 2.0], |p| Gumbel::new(p[0], p[1]);
    frechet: 3, [1.0, 2.0, 3.0], |p| Frechet::new(p[0], p[1], p[2]);
    weibull: 2, [2.0, 1.5], |p| Weibull::new(p[0], p[1]);
    pareto: 2, [2.0, 3.0], |p| Pareto::new(p[0], p[1]);
    triangular: 3, [1.0, 4.0, 3.0], |p| Triangular::new(p[0], p[1], p[2]);
    skew_normal: 3, [1.0, 2.0, 3.0], |p| SkewNormal::new(p[0], p[1], p[2]);
    gamma: 2, [2.5, 1.5], |p| Gamma::new(p[0], p[1]);
    gamma_below_one: 2, [0.5, 1.5], |p| Gamma::new(p[0], p[1]);
    chi_squared: 1, [3.0], |p| ChiSquared::new(p[0]);
    chi_squared_one: 1, [1.0], |p| ChiSquared::new(p[0]);
    student_t: 1, [3.0], |p| StudentT::new(p[0]);
    fisher_f: 2, [3.0, 5.0], |p| FisherF::new(p[0], p[1]);
    beta: 2, [2.0, 3.0], |p| Beta::new(p[0], p[1]);
    inverse_gaussian: 2, [1.0, 2.0], |p| InverseGaussian::new(p[0], p[1]);
    normal_inverse_gaussian: 2, [2.0, 1.0], |p| NormalInverseGaussian::new(p[0], p[1]);
    pert: 3, [1.0, 4.0, 2.0], |p| Pert::new(p[0], p[1]).with_mode(p[2]);
    poisson: 1, [3.5], |p| Poisson::new(p[0]);
    poisson_large: 1, [35.0], |p| Poisson::new(p[0]);
}

/// The derivatives of a sample, and a closed form of them from the parameters and the sample itself.
fn check<const P: usize>(
    sample: impl Fn([Dual<f64, P>; P], i64) -> Dual<f64, P>,
    parameters: [f64; P],
    closed: impl Fn(f64) -> [f64; P],
) {
    for seed in 0..SEEDS {
        let x = sample(std::array::from_fn(|k| Dual::variable(parameters[k], k)), seed);
        for (found, expected) in x.eps.into_iter().zip(closed(x.re)) {
            let scale = expected.abs().max(x.re.abs()).max(1.0);
            assert!((found - expected).abs() <= 1e-12 * scale, "seed {seed}: {found} for {expected}");
        }
    }
}

#[test]
fn transformations_have_their_derivatives() {
    check(normal, [1.0, 2.0], |x| [1.0, (x - 1.0) / 2.0]);
    check(log_normal, [0.5, 0.75], |x| [x, x * (x.ln() - 0.5) / 0.75]);
    check(exponential, [1.5], |x| [-x / 1.5]);
    check(cauchy, [1.0, 2.0], |x| [1.0, (x - 1.0) / 2.0]);
    check(gumbel, [1.0, 2.0], |x| [1.0, (x - 1.0) / 2.0]);
    // (x − m)/s = t^(−1/α)
    check(frechet, [1.0, 2.0, 3.0], |x| {
        let z = (x - 1.0) / 2.0;
        [1.0, z, -(x - 1.0) * z.ln() / 3.0]
    });
    // x/s = t^(1/k)
    check(weibull, [2.0, 1.5], |x| [x / 2.0, -x * (x / 2.0).ln() / 1.5]);
    // x/s = u^(−1/α)
    check(pareto, [2.0, 3.0], |x| [x / 2.0, -x * (x / 2.0).ln() / 3.0]);
}

/// By implicit differentiation of F(x; a, b, c) = u: (x − a)² = u·(b − a)(c − a) below the mode c, and
/// (b − x)² = (1 − u)(b − a)(b − c) above.
#[test]
fn the_triangular_distribution_has_its_derivatives() {
    let (a, b, c) = (1.0, 4.0, 3.0);
    check(triangular, [a, b, c], |x| {
        if x < c {
            let d = x - a;
            let half = d / 2.0;
            [1.0 - half * (1.0 / (b - a) + 1.0 / (c - a)), half / (b - a), half / (c - a)]
        } else {
            let half = (b - x) / 2.0;
            [half / (b - a), 1.0 - half * (1.0 / (b - a) + 1.0 / (b - c)), half / (b - c)]
        }
    });
}

#[test]
fn the_skew_normal_distribution_has_its_derivatives_but_at_its_shortcuts() {
    for seed in 0..SEEDS {
        let mut generator = rng(seed);
        let z: [f64; 2] = [generator.sample(StandardNormal), generator.sample(StandardNormal)];
        let (u, v) = (z[0].max(z[1]), z[0].min(z[1]));
        let s = 3.0_f64;
        let root = (1.0 + s * s).sqrt() * 2.0.sqrt();
        let n = ((1.0 + s) * u + (1.0 - s) * v) / root;
        let x = skew_normal([1.0, 2.0, s].map(Dual::<f64, 1>::constant).map(|p| p), seed);
        assert!((x.re - (1.0 + 2.0 * n)).abs() < 1e-14 * 10.0);
        let x = skew_normal(std::array::from_fn(|k| Dual::<f64, 3>::variable([1.0, 2.0, s][k], k)), seed);
        let expected = [1.0, n, 2.0 * ((u - v) / root - n * s / (1.0 + s * s))];
        for (found, expected) in x.eps.into_iter().zip(expected) {
            assert!((found - expected).abs() <= 1e-13 * expected.abs().max(1.0), "{found} for {expected}");
        }
    }
    for shortcut in [-1.0, 0.0, 1.0] {
        let x =
            skew_normal([Dual::constant(1.0), Dual::constant(2.0), Dual::<f64, 1>::variable(shortcut, 0)], 1);
        assert_eq!(x.eps, [0.0]);
    }
}

#[test]
fn scales_of_rejection_samplers_have_their_derivatives() {
    check(|p, seed| gamma([Dual::constant(2.5), p[0]], seed), [1.5], |x| [x / 1.5]);
    check(|p, seed| gamma_below_one([Dual::constant(0.5), p[0]], seed), [1.5], |x| [x / 1.5]);
    // Minimum, maximum and mode moved together, and stretched from 0.
    check(|p, seed| pert([p[0], p[0] + 3.0, p[0] + 1.0], seed), [1.0], |_| [1.0]);
    check(|p, seed| pert([p[0], p[0] * 4.0, p[0] * 2.0], seed), [1.0], |x| [x]);
}

/// The mean of the derivatives of many samples, and its standard error.
fn mean_derivative(n: i32, sample: impl Fn(Dual<f64, 1>, i64) -> Dual<f64, 1>, at: f64) -> (f64, f64) {
    let slopes: Vec<f64> = (0..n).map(|seed| sample(Dual::variable(at, 0), seed.into()).eps[0]).collect();
    let mean = slopes.iter().sum::<f64>() / f64::from(n);
    let variance = slopes.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / f64::from(n);
    (mean, (variance / f64::from(n)).sqrt())
}

/// That the derivatives of the samples aren't on average the derivative of the mean.
#[track_caller]
fn is_lost(n: i32, sample: impl Fn(Dual<f64, 1>, i64) -> Dual<f64, 1>, at: f64, derivative_of_the_mean: f64) {
    let (mean, error) = mean_derivative(n, sample, at);
    assert!(
        (mean - derivative_of_the_mean).abs() > 5.0 * error,
        "{mean} ± {error} for {derivative_of_the_mean}"
    );
}

#[test]
fn what_the_documentation_says_is_lost_is_lost() {
    let one = Dual::constant(1.0);
    // Means k·θ, a/(a + b), μ; and for a measure of the method, exp(μ + σ²/2), which isn't lost.
    is_lost(20_000, |k, seed| gamma([k, one], seed), 1.01, 1.0);
    is_lost(2_000, |a, seed| beta([a, one], seed), 2.0, 1.0 / 9.0);
    is_lost(5_000, |m, seed| inverse_gaussian([m, one], seed), 1.0, 1.0);
    let (mean, error) = mean_derivative(2_000, |s, seed| log_normal([one, s], seed), 0.5);
    assert!((mean - 0.5 * (1.0 + 0.125_f64).exp()).abs() < 5.0 * error);

    // Shortcuts and whole numbers.
    assert_eq!(gamma([Dual::<f64, 1>::variable(1.0, 0), one], 1).eps, [0.0]);
    assert_eq!(chi_squared_one([Dual::<f64, 1>::variable(1.0, 0)], 1).eps, [0.0]);
    for seed in 0..SEEDS {
        assert_eq!(poisson([Dual::<f64, 1>::variable(3.5, 0)], seed).eps, [0.0]);
        assert_eq!(poisson_large([Dual::<f64, 1>::variable(35.0, 0)], seed).eps, [0.0]);
    }
}

#[test]
fn constants_are_constants() {
    let z: Dual<f64, 3> = StandardNormal.sample(&mut rng(1));
    assert!(z.identical(&Dual::constant(StandardNormal.sample(&mut rng(1)))));
    let e: HyperDual<f32, 2> = Exp1.sample(&mut rng(1));
    assert!(e.identical(&HyperDual::constant(Exp1.sample(&mut rng(1)))));
}
