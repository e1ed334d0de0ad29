//! The distributions of floats are those of `jax.random`: bit for bit where its own functions say so, otherwise to
//! rounding.

use std::fmt::Debug;

use crate::golden::{Pattern, assert_is, cases, len, seeded};
use serde_json::Value;
use tangents::random::{
    Ball, Beta, Cauchy, ChiSquare, Dirichlet, Distribution, DoubleSidedMaxwell, Error, Exponential, FisherF,
    Gamma, GeneralizedNormal, Gumbel, Laplace, LocationScale, LogGamma, LogNormal, Logistic, Maxwell, Mode,
    MultivariateNormal, Normal, Orthogonal, Pareto, Rayleigh, StandardNormal, StudentT, Triangular,
    TruncatedNormal, Uniform, UnitFloat, Wald, Weibull,
};

#[test]
fn normal_equals_jax_at_each_precision_shape_and_layout() {
    assert_eq!(check_file("jax/normal.json"), 108);
}

#[test]
fn continuous_distributions_equal_jax_at_each_precision_shape_and_layout() {
    assert_eq!(check_file("jax/continuous.json"), 928);
}

#[test]
fn continuous_distributions_equal_jax_at_other_seeds_shapes_and_parameters() {
    assert!(check_file("jax/more.json") > 500);
}

#[test]
fn samples_at_extreme_parameters_equal_jax_where_its_samples_are_right() {
    let cases = cases("jax/extremes.json");
    let (mut compared, mut different) = (0, 0);
    for case in &cases {
        let counts = if case["x64"] == true { compare::<f64>(case) } else { compare::<f32>(case) };
        compared += counts[0];
        different += counts[1];
    }
    assert!(compared > 2500 && different > 700, "{compared} compared, {different} different");
}

/// Compares the samples of a case where JAX's are right, and counts those, and the others.
fn compare<F: UnitFloat + Pattern + Debug>(case: &Value) -> [usize; 2] {
    let tolerance = if case["x64"] == true { 1e-12 } else { 1e-5 };
    let mut counts = [0, 0];
    for (i, (x, jax)) in draw::<F>(case).unwrap().into_iter().zip(case["hex"].as_array().unwrap()).enumerate()
    {
        let [x, jax] = [x, F::from_hex(jax)].map(|x| x.to_f64().unwrap());
        let parameter = |name: &str| F::lit(number(&case["params"][name])).to_f64().unwrap();
        let wrong = is_wrong(case, parameter, x, jax, F::epsilon().to_f64().unwrap() / tolerance);
        assert!(wrong || x == jax || (x - jax).abs() <= tolerance * jax.abs(), "{i}: {x}, not {jax}; {case}");
        counts[usize::from(wrong)] += 1;
    }
    counts
}

/// Whether JAX's sample isn't right, in one of the ways that `docs/random.md` lists.
///
/// `rounding` is ε in units of the tolerance.
fn is_wrong(case: &Value, p: impl Fn(&str) -> f64, x: f64, jax: f64, rounding: f64) -> bool {
    match case["fn"].as_str().unwrap() {
        // The root x = m·(1 + w − √(w² + 2w)), w = m·y/2, is m/ρ with ρ + 1/ρ = 2·(1 + w). Its terms, of size m·(1 + w), have
        // rounding errors of ε/2 each; beside x these are about ε·ρ·(1 + w) = ε·(ρ² + 1)/2, of four operations.
        "wald" => {
            let rho = (x / p("mean")).max(p("mean") / x);
            // And mean² underflows.
            jax == 0.0 || 2.0 * rounding * (rho * rho + 1.0) > 1.0
        }
        "t" => !jax.is_finite(),
        "f" => jax.is_nan() || jax.is_infinite() || jax == 0.0,
        "beta" | "dirichlet" => jax.is_nan(),
        "ball" => jax.is_nan() || jax == 0.0,
        "chisquare" => jax.is_infinite(),
        "weibull_min" => jax.is_infinite() || jax == 0.0,
        "triangular" => jax.is_infinite() || jax == p("left") || jax == p("right"),
        "generalized_normal" | "truncated_normal" => jax == 0.0,
        _ => false,
    }
}

/// Checks the cases of a file that are of continuous distributions, and counts them.
fn check_file(file: &str) -> usize {
    let cases = cases(file);
    cases
        .iter()
        .filter(|case| match case["dtype"].as_str().unwrap() {
            "float32" => check::<f32>(case),
            "float64" => check::<f64>(case),
            _ => false,
        })
        .count()
}

/// Checks a case, unless it is of a distribution that isn't continuous.
fn check<F: UnitFloat + Pattern + Debug>(case: &Value) -> bool {
    let Some(sample) = draw::<F>(case) else { return false };
    if let "bit" | "bit-poly" | "libm" = case["exact"].as_str().unwrap() {
        assert_is(case, &sample);
    } else {
        assert_close(case, &sample);
    }
    true
}

/// The sample that a case describes.
fn draw<F: UnitFloat>(case: &Value) -> Option<Vec<F>> {
    let key = seeded(case);
    let n = len(case);
    let float = |x: &Value| F::lit(number(x));
    let p = |name: &str| float(&case["params"][name]);
    let list = |x: &Value| x.as_array().unwrap().iter().map(float).collect::<Vec<F>>();
    let mode = if case["params"]["mode"] == "high" { Mode::High } else { Mode::Low };
    if case["params"]["mode"] == "highest" {
        return None; // JAX's third mode for Gumbel, which isn't offered.
    }
    Some(match case["fn"].as_str().unwrap() {
        "uniform" if case["params"].is_null() => return None, // in keys.rs
        "uniform" => Uniform::new(p("minval")..p("maxval")).unwrap().sample_vec(key, n),
        "normal" => StandardNormal.sample_vec(key, n),
        "exponential" => Exponential.sample_vec(key, n),
        "gumbel" => Gumbel::default().with_mode(mode).sample_vec(key, n),
        "laplace" => Laplace.sample_vec(key, n),
        "logistic" => Logistic.sample_vec(key, n),
        "cauchy" => Cauchy.sample_vec(key, n),
        "truncated_normal" => TruncatedNormal::new(p("lower"), p("upper")).unwrap().sample_vec(key, n),
        "rayleigh" => Rayleigh::new(p("scale")).unwrap().sample_vec(key, n),
        "weibull_min" => Weibull::new(p("scale"), p("concentration")).unwrap().sample_vec(key, n),
        "pareto" => Pareto::new(p("b")).unwrap().sample_vec(key, n),
        "lognormal" => LogNormal::new(p("sigma")).unwrap().sample_vec(key, n),
        "triangular" => Triangular::new(p("left"), p("mode"), p("right")).unwrap().sample_vec(key, n),
        "maxwell" => Maxwell.sample_vec(key, n),
        "double_sided_maxwell" => {
            LocationScale::with(DoubleSidedMaxwell, p("loc"), p("scale")).unwrap().sample_vec(key, n)
        }
        "wald" => Wald::new(p("mean")).unwrap().sample_vec(key, n),
        "gamma" => Gamma::new(p("a")).unwrap().sample_vec(key, n),
        "loggamma" => LogGamma::new(p("a")).unwrap().sample_vec(key, n),
        "beta" => Beta::new(p("a"), p("b")).unwrap().sample_vec(key, n),
        "t" => StudentT::new(p("df")).unwrap().sample_vec(key, n),
        "chisquare" => ChiSquare::new(p("df")).unwrap().sample_vec(key, n),
        "f" => FisherF::new(p("dfnum"), p("dfden")).unwrap().sample_vec(key, n),
        "generalized_normal" => GeneralizedNormal::new(p("p")).unwrap().sample_vec(key, n),
        "ball" => {
            let dimensions = vec![F::zero(); usize::try_from(case["params"]["d"].as_u64().unwrap()).unwrap()];
            Ball::new(dimensions, p("p")).unwrap().sample_vec(key, n)
        }
        "dirichlet" => Dirichlet::new(list(&case["params"]["alpha"])).unwrap().sample_vec(key, n),
        "orthogonal" => {
            let side = |name: &str| case["params"][name].as_u64().map(|n| usize::try_from(n).unwrap());
            let rows = side("n").unwrap();
            Orthogonal::rectangular(rows, side("m").unwrap_or(rows)).unwrap().sample_vec(key, n)
        }
        "multivariate_normal" => {
            let covariance: Vec<Vec<F>> =
                case["params"]["cov"].as_array().unwrap().iter().map(list).collect();
            let normal = MultivariateNormal::new(list(&case["params"]["mean"]), covariance);
            normal.unwrap().sample_vec(key, n)
        }
        _ => return None,
    })
}

fn number(x: &Value) -> f64 {
    x.as_f64().unwrap_or_else(|| x.as_str().unwrap_or_else(|| panic!("{x} is no number")).parse().unwrap())
}

/// Asserts that a sample is that of the case but for rounding in other functions of the library.
fn assert_close<F: UnitFloat + Pattern + Debug>(case: &Value, sample: &[F]) {
    let single = case["dtype"] == "float32";
    let given = &case["params"][if single { "rtol_f32" } else { "rtol_f64" }];
    let tolerance = given.as_f64().unwrap_or(if single { 1e-5 } else { 1e-12 });
    let near = |x: F, expected: F| {
        let (x, expected) = (x.to_f64().unwrap(), expected.to_f64().unwrap());
        // The matrix of an orthogonal sample is compared as a whole, and has length one.
        let size = if given.is_null() { expected.abs() } else { 1.0 };
        x == expected || (x - expected).abs() <= tolerance * size
    };
    let compare = |field: &str, sample: &[F]| {
        let expected = case[field].as_array().unwrap();
        assert!(expected.len() <= sample.len());
        for (i, (&x, expected)) in sample.iter().zip(expected).enumerate() {
            let expected = F::from_hex(expected);
            assert!(near(x, expected), "element {i} of {field}: {x:?}, not {expected:?}; {case}");
        }
    };
    if case["hex"].is_null() {
        compare("first_hex", sample);
        compare("last_hex", &sample[sample.len() - 4..]);
        let (sum, size) = sample.iter().fold((0.0, 0.0), |(sum, size), x| {
            let x = x.to_f64().unwrap();
            (sum + x, size + x.abs())
        });
        let expected = number(&case["fsum"]);
        assert!((sum - expected).abs() <= tolerance * size, "the sum is {sum}, not {expected}; {case}");
    } else {
        compare("hex", sample);
    }
}

#[test]
fn bad_parameters_are_refused_before_anything_is_drawn() {
    let nan = f64::NAN;
    let infinity = f64::INFINITY;
    for bad in [nan, infinity, 0.0, -1.0] {
        assert!(matches!(Gamma::new(bad), Err(Error::NonPositive { .. })));
        assert!(matches!(LogGamma::new(bad), Err(Error::NonPositive { .. })));
        assert!(matches!(Beta::new(bad, 1.0), Err(Error::NonPositive { .. })));
        assert!(matches!(Beta::new(1.0, bad), Err(Error::NonPositive { .. })));
        assert!(matches!(ChiSquare::new(bad), Err(Error::NonPositive { .. })));
        assert!(matches!(StudentT::new(bad), Err(Error::NonPositive { .. })));
        assert!(matches!(FisherF::new(bad, 1.0), Err(Error::NonPositive { .. })));
        assert!(matches!(FisherF::new(1.0, bad), Err(Error::NonPositive { .. })));
        assert!(matches!(GeneralizedNormal::new(bad), Err(Error::NonPositive { .. })));
        assert!(matches!(Ball::new([0.0; 3], bad), Err(Error::NonPositive { .. })));
        assert!(matches!(Dirichlet::new([1.0, bad]), Err(Error::NonPositive { .. })));
        assert!(matches!(Rayleigh::new(bad), Err(Error::NonPositive { .. })));
        assert!(matches!(Weibull::new(bad, 1.0), Err(Error::NonPositive { .. })));
        assert!(matches!(Weibull::new(1.0, bad), Err(Error::NonPositive { .. })));
        assert!(matches!(Pareto::new(bad), Err(Error::NonPositive { .. })));
        assert!(matches!(Wald::new(bad), Err(Error::NonPositive { .. })));
    }
    assert!(matches!(LogNormal::new(-0.5), Err(Error::Negative { .. })));
    assert!(matches!(LogNormal::new(nan), Err(Error::Negative { .. })));
    assert!(matches!(Normal::new(nan, 1.0), Err(Error::NonFinite { parameter: "location" })));
    assert!(matches!(Normal::new(0.0, infinity), Err(Error::NonFinite { parameter: "scale" })));
    assert_eq!(TruncatedNormal::new(1.0, 1.0), Err(Error::EmptyRange));
    assert_eq!(TruncatedNormal::new(nan, 1.0), Err(Error::EmptyRange));
    assert_eq!(Triangular::new(0.0, 2.0, 1.0), Err(Error::EmptyRange));
    assert_eq!(Triangular::new(0.0, 0.0, 0.0), Err(Error::EmptyRange));
    assert_eq!(Triangular::new(0.0, nan, 1.0), Err(Error::NonFiniteRange));
    assert_eq!(Dirichlet::new::<f64>([]), Err(Error::Empty));
    assert_eq!(Ball::<[f64; 0], _>::new([], 2.0), Err(Error::Empty));
    assert_eq!(Orthogonal::rectangular(0, 3), Err(Error::Empty));
}

#[test]
fn a_covariance_that_is_none_is_refused() {
    let refused = |mean: [f64; 2], covariance| MultivariateNormal::new(mean, covariance).unwrap_err();
    assert_eq!(refused([0.0; 2], [[1.0, 2.0], [2.0, 1.0]]), Error::NotPositiveDefinite);
    assert_eq!(refused([0.0; 2], [[0.0, 0.0], [0.0, 1.0]]), Error::NotPositiveDefinite);
    assert_eq!(refused([0.0; 2], [[1.0, 0.0], [f64::NAN, 1.0]]), Error::NotPositiveDefinite);
    assert_eq!(refused([0.0, f64::NAN], [[1.0, 0.0], [0.0, 1.0]]), Error::NonFinite { parameter: "mean" });
    let ragged = MultivariateNormal::new(vec![0.0; 2], vec![vec![1.0, 0.0], vec![0.0]]);
    assert!(matches!(ragged, Err(Error::Length { expected: 2, found: 1, .. })));
    let short = MultivariateNormal::new(vec![0.0; 2], vec![vec![1.0, 0.0]]);
    assert!(matches!(short, Err(Error::Length { expected: 2, found: 1, .. })));
}
