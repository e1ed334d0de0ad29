//! Samples are differentiable functions of their parameters: the value is the plain sample's, the derivative that at
//! fixed random bits, or at a fixed quantile where the bits decide by rejection.

use std::fmt::Debug;

use crate::golden::{Pattern, cases, len, seeded};
use serde_json::Value;

use tangents::random::{
    Ball, Beta, ChiSquare, Dirichlet, Distribution, FisherF, Gamma, GeneralizedNormal, Key, LogGamma,
    LogNormal, MultivariateNormal, Normal, Pareto, Rayleigh, StudentT, Triangular, TruncatedNormal, Uniform,
    Variate, Wald, Weibull, normal, uniform,
};
use tangents::{Dual, Real, derivative};

type Dual1<T> = Dual<T, 1>;

/// Every distribution with parameters, as a function of one parameter that moves all of its own.
struct Families<T>(T);

const NAMES: [&str; 18] = [
    "uniform",
    "normal",
    "truncated normal",
    "lognormal",
    "rayleigh",
    "weibull",
    "pareto",
    "triangular",
    "multivariate normal",
    "wald",
    "gamma",
    "log gamma",
    "beta",
    "chi-square",
    "t",
    "F",
    "generalised normal",
    "dirichlet",
];

/// The families that are functions of the parameters at fixed bits; of the others the bits decide by rejection.
const BY_INVERSION: usize = 9;

impl<T: Variate> Families<T> {
    fn sample(&self, family: usize, key: Key) -> [T; 6] {
        let t = self.0;
        let c = T::lit;
        let vector = [t, c(2.0) * t, c(0.5) + t];
        match NAMES[family] {
            "uniform" => Uniform::new(-t..t * t + c(1.0)).unwrap().sample(key),
            "normal" => Normal::new(t, t * t).unwrap().sample(key),
            "truncated normal" => TruncatedNormal::new(-t, c(2.0) * t).unwrap().sample(key),
            "lognormal" => LogNormal::new(t).unwrap().sample(key),
            "rayleigh" => Rayleigh::new(t).unwrap().sample(key),
            "weibull" => Weibull::new(t, c(1.0) + t).unwrap().sample(key),
            "pareto" => Pareto::new(t).unwrap().sample(key),
            "triangular" => Triangular::new(-t, c(0.25) * t, c(2.0) * t).unwrap().sample(key),
            "multivariate normal" => {
                let covariance = [
                    [c(2.0) + t, c(0.3) * t, c(0.1)],
                    [c(0.3) * t, c(1.0) + t, c(0.2) * t],
                    [c(0.1), c(0.2) * t, c(0.5) + t],
                ];
                MultivariateNormal::new(vector, covariance).unwrap().sample(key)
            }
            "wald" => Wald::new(t).unwrap().sample(key),
            "gamma" => Gamma::new(t).unwrap().sample(key),
            "log gamma" => LogGamma::new(t).unwrap().sample(key),
            "beta" => Beta::new(t, c(2.0) * t).unwrap().sample(key),
            "chi-square" => ChiSquare::new(t).unwrap().sample(key),
            "t" => StudentT::new(t).unwrap().sample(key),
            "F" => FisherF::new(t, c(2.0) + t).unwrap().sample(key),
            "generalised normal" => GeneralizedNormal::new(t).unwrap().sample(key),
            "dirichlet" => Dirichlet::new(vector).unwrap().sample(key),
            name => panic!("no family {name}"),
        }
    }
}

fn the_value_is_the_plain_sample<T: Variate<Plain = T> + Debug>(same: fn(T, T) -> bool) {
    for (family, name) in NAMES.iter().enumerate() {
        for seed in 0..20 {
            for t in [0.3, 1.0, 4.5] {
                let (key, t) = (Key::new(seed), T::lit(t));
                let plain = Families(t).sample(family, key);
                let dual = Families(Dual1::variable(t, 0)).sample(family, key);
                let nested = Families(Dual1::variable(Dual1::variable(t, 0), 0)).sample(family, key);
                for ((plain, dual), nested) in plain.into_iter().zip(dual).zip(nested) {
                    assert!(same(plain, dual.re), "{name}({t:?}), seed {seed}: {plain:?}, dual {dual:?}");
                    assert!(
                        same(plain, nested.re.re),
                        "{name}({t:?}), seed {seed}: {plain:?}, nested {nested:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_value_of_a_sample_with_dual_parameters_is_bitwise_the_plain_sample() {
    the_value_is_the_plain_sample::<f32>(|a, b| a.to_bits() == b.to_bits());
    the_value_is_the_plain_sample::<f64>(|a, b| a.to_bits() == b.to_bits());
}

#[test]
fn the_derivative_at_fixed_bits_is_that_of_the_sample_by_finite_differences() {
    let h = 1e-4;
    for (family, name) in NAMES.iter().enumerate().take(BY_INVERSION) {
        for seed in 0..20 {
            let (key, t) = (Key::new(seed), 1.3);
            let sample = |t: f64| Families(t).sample(family, key);
            let nested = Families(Dual1::variable(Dual1::variable(t, 0), 0)).sample(family, key);
            let (above, below, far_above, far_below) =
                (sample(t + h), sample(t - h), sample(t + 2.0 * h), sample(t - 2.0 * h));
            let here = sample(t);
            for i in 0..6 {
                // Fourth order: errors of h⁴ and of rounding, ε/h and ε/h².
                let near = above[i] - below[i];
                let far = far_above[i] - far_below[i];
                let first = (8.0 * near - far) / (12.0 * h);
                let second = (16.0 * (above[i] + below[i]) - (far_above[i] + far_below[i]) - 30.0 * here[i])
                    / (12.0 * h * h);
                let scale = 1.0 + here[i].abs();
                let (d, dd) = (nested[i].eps[0].re, nested[i].eps[0].eps[0]);
                assert!((d - first).abs() < 1e-9 * scale, "{name}, seed {seed}: {d}, by differences {first}");
                assert!(
                    (dd - second).abs() < 1e-5 * scale,
                    "{name}, seed {seed}: {dd}, by differences {second}"
                );
            }
        }
    }
}

#[test]
fn the_mean_of_derivatives_at_a_fixed_quantile_is_the_derivative_of_the_mean() {
    // E x = a for gamma samples: the mean of first derivatives is 1, that of second ones 0.
    const N: usize = 20_000;
    for a in [0.4, 1.0, 2.5, 30.0] {
        let t = Dual1::variable(Dual1::variable(a, 0), 0);
        let sample = Gamma::new(t).unwrap().sample_vec::<Dual1<Dual1<f64>>>(Key::new(3), N);
        let check = |what: &str, number: fn(&Dual1<Dual1<f64>>) -> f64, mean: f64| {
            let n = f64::from(u32::try_from(N).unwrap());
            let found = sample.iter().map(number).sum::<f64>() / n;
            let variance = sample.iter().map(|x| (number(x) - found).powi(2)).sum::<f64>() / n;
            let deviation = (found - mean) / (variance / n).sqrt();
            // False alarm of a fresh key: 6·10⁻⁷ each.
            assert!(
                deviation.abs() < 5.0,
                "a = {a}, mean of the {what}: {found}, {deviation} deviations off {mean}"
            );
        };
        check("sample", |x| x.re.re, a);
        check("first derivative", |x| x.eps[0].re, 1.0);
        check("second derivative", |x| x.eps[0].eps[0], 0.0);
    }
}

#[test]
fn location_and_scale_by_arithmetic_are_location_and_scale_by_the_distribution() {
    let key = Key::new(11);
    let (mu, sigma) = (Dual::<f64, 2>::variable(0.7, 0), Dual::<f64, 2>::variable(1.9, 1));
    let by_hand = normal::<f64>(key) * sigma + mu;
    let by_distribution: Dual<f64, 2> = Normal::new(mu, sigma).unwrap().sample(key);
    assert!(by_hand.identical(&by_distribution));
    assert_eq!(by_hand.eps, [1.0, normal::<f64>(key)]);
}

#[test]
fn the_slopes_of_a_uniform_sample_are_its_fractions_of_the_bounds() {
    let key = Key::new(2);
    let (low, high) = (Dual::<f64, 2>::variable(-1.0, 0), Dual::<f64, 2>::variable(3.0, 1));
    let x: Dual<f64, 2> = Uniform::new(low..high).unwrap().sample(key);
    let f: f64 = uniform(key);
    assert_eq!(x.eps, [1.0 - f, f]);
}

#[test]
fn an_infinite_bound_of_a_truncated_normal_is_a_constant_to_every_order() {
    let key = Key::new(5);
    let lower = Dual1::variable(Dual1::variable(0.3, 0), 0);
    let infinite = TruncatedNormal::new(lower, Dual::lit(f64::INFINITY)).unwrap();
    let far = TruncatedNormal::new(lower, Dual::lit(30.0)).unwrap();
    let x: [Dual1<Dual1<f64>>; 5] = infinite.sample(key);
    let y: [Dual1<Dual1<f64>>; 5] = far.sample(key);
    assert!(x.iter().zip(&y).all(|(x, y)| x.identical(y)), "{x:?}, {y:?}");
}

#[test]
fn a_sample_in_generic_code_is_a_constant_of_the_number_it_is_drawn_in() {
    fn noise<T: Variate>(_: T) -> T {
        let [a, b]: [T; 2] = normal(Key::new(1));
        a + b
    }
    assert_eq!(derivative(noise, 2.0), 0.0);
    assert_eq!(noise(Dual1::variable(2.0, 0)).re, noise(2.0));
}

#[test]
fn a_point_of_a_ball_moves_with_the_exponent_and_stays_inside() {
    let p = Dual1::variable(1.7, 0);
    let x: [[Dual1<f64>; 3]; 50] = Ball::new([p; 3], p).unwrap().sample(Key::new(4));
    for point in x {
        let norm = point.iter().map(|x| x.re.abs().powf(1.7)).sum::<f64>();
        assert!(norm < 1.0 && point.iter().all(|x| x.eps[0].is_finite() && x.eps[0] != 0.0));
    }
}

/// The derivatives that JAX finds of its own samples.
#[test]
fn the_derivatives_of_samples_are_those_of_jax() {
    let cases = cases("jax/pathwise.json");
    for case in &cases {
        let sample = sample_of(case);
        let values = case["value"].as_array().unwrap();
        // With respect to a vector there is a derivative for each of its components.
        let derivatives = case["derivative"].as_array().unwrap();
        assert_eq!(sample.len(), values.len());
        for (i, (x, value)) in sample.iter().zip(values).enumerate() {
            let near = |found: f64, expected: f64, tolerance: f64| {
                let size = tolerance * expected.abs().max(1e-3);
                assert!((found - expected).abs() <= size, "element {i}: {found}, not {expected}; {case}");
            };
            near(x.re, f64::from_hex(value), 1e-12);
            match &derivatives[i] {
                Value::Array(row) => {
                    row.iter().zip(x.eps).for_each(|(d, eps)| near(eps, d.as_f64().unwrap(), 1e-11));
                }
                d => near(x.eps[0], d.as_f64().unwrap(), 1e-11),
            }
        }
    }
    assert_eq!(cases.len(), 88);
}

/// The sample of a case, whose parameter `wrt` is the variable of lane 0, or its components those of lanes 0 to 2.
fn sample_of(case: &Value) -> Vec<Dual<f64, 3>> {
    type D = Dual<f64, 3>;
    let (key, n, params, wrt) = (seeded(case), len(case), &case["params"], case["wrt"].as_str().unwrap());
    let number = |x: &Value| x.as_f64().unwrap_or_else(|| x.as_str().unwrap().parse().unwrap());
    let p = |name: &str| {
        let value = number(&params[name]);
        if name == wrt { D::variable(value, 0) } else { D::constant(value) }
    };
    match case["fn"].as_str().unwrap() {
        "uniform" => Uniform::new(p("minval")..p("maxval")).unwrap().sample_vec(key, n),
        "truncated_normal" => TruncatedNormal::new(p("lower"), p("upper")).unwrap().sample_vec(key, n),
        "gamma" => Gamma::new(p("a")).unwrap().sample_vec(key, n),
        "loggamma" => LogGamma::new(p("a")).unwrap().sample_vec(key, n),
        "beta" => Beta::new(p("a"), p("b")).unwrap().sample_vec(key, n),
        "chisquare" => ChiSquare::new(p("df")).unwrap().sample_vec(key, n),
        "t" => StudentT::new(p("df")).unwrap().sample_vec(key, n),
        "f" => FisherF::new(p("dfnum"), p("dfden")).unwrap().sample_vec(key, n),
        "pareto" => Pareto::new(p("b")).unwrap().sample_vec(key, n),
        "weibull_min" => Weibull::new(p("scale"), p("concentration")).unwrap().sample_vec(key, n),
        "rayleigh" => Rayleigh::new(p("scale")).unwrap().sample_vec(key, n),
        "lognormal" => LogNormal::new(p("sigma")).unwrap().sample_vec(key, n),
        "triangular" => Triangular::new(p("left"), p("mode"), p("right")).unwrap().sample_vec(key, n),
        "generalized_normal" => GeneralizedNormal::new(p("p")).unwrap().sample_vec(key, n),
        "ball" => Ball::new([D::constant(0.0); 3], p("p")).unwrap().sample_vec(key, n),
        "dirichlet" => {
            let alpha = params["alpha"].as_array().unwrap().iter().enumerate();
            let alpha: Vec<D> = alpha.map(|(lane, a)| D::variable(number(a), lane)).collect();
            Dirichlet::new(alpha).unwrap().sample_vec(key, n)
        }
        "multivariate_normal" => {
            // Along one direction, of the mean or of the covariance.
            let along = |value: &Value, direction: &Value, moves: bool| {
                D::new(number(value), [if moves { number(direction) } else { 0.0 }, 0.0, 0.0])
            };
            let row = |values: &Value, directions: &Value, moves: bool| -> Vec<D> {
                let pairs = values.as_array().unwrap().iter().zip(directions.as_array().unwrap());
                pairs.map(|(value, direction)| along(value, direction, moves)).collect()
            };
            let rows =
                params["cov"].as_array().unwrap().iter().zip(params["cov_direction"].as_array().unwrap());
            let covariance: Vec<Vec<D>> =
                rows.map(|(row_, direction)| row(row_, direction, wrt == "cov")).collect();
            let mean = row(&params["mean"], &params["mean_direction"], wrt == "mean");
            MultivariateNormal::new(mean, covariance).unwrap().sample_vec(key, n)
        }
        name => panic!("no distribution {name}"),
    }
}
