//! Samples at extreme parameters lie in their support, are finite where the distribution is, and have derivatives.
//!
//! Each sampler is drawn from at each combination of parameters from the smallest subnormal number to the largest one.

use std::fmt::Debug;

use tangents::Dual;
use tangents::random::{
    Ball, Beta, Binomial, ChiSquare, Count, Dirichlet, Distribution, DoubleSidedMaxwell, FisherF, Gamma,
    GeneralizedNormal, Geometric, Key, LocationScale, LogGamma, LogNormal, Normal, Pareto, Poisson, Rayleigh,
    StudentT, Triangular, TruncatedNormal, Uniform, UnitFloat, Variate, Wald, Weibull,
};

/// How many samples of each combination of parameters: of all together some thousands for a sampler.
fn samples(parameters: usize) -> usize {
    [150, 25, 12][parameters - 1]
}

/// A number that has a second derivative.
type Second<T> = Dual<Dual<T, 1>, 1>;

/// The samplers and how many parameters they have.
const SAMPLERS: [(&str, usize); 20] = [
    ("uniform", 2),
    ("normal", 2),
    ("double-sided maxwell", 2),
    ("truncated normal", 2),
    ("lognormal", 1),
    ("rayleigh", 1),
    ("weibull", 2),
    ("pareto", 1),
    ("triangular", 3),
    ("wald", 1),
    ("gamma", 1),
    ("log gamma", 1),
    ("beta", 2),
    ("chi-square", 1),
    ("t", 1),
    ("F", 2),
    ("generalised normal", 1),
    ("ball in one dimension", 1),
    ("ball", 1),
    ("dirichlet", 2),
];

/// A sample, unless the parameters are refused.
fn draw<T: Variate>(sampler: &str, p: &[T]) -> Option<Vec<T>> {
    let (key, n) = (Key::new(137), samples(p.len()));
    Some(match sampler {
        "uniform" => Uniform::new(p[0]..p[1]).ok()?.sample_vec(key, n),
        "normal" => Normal::new(p[0], p[1]).ok()?.sample_vec(key, n),
        "double-sided maxwell" => {
            LocationScale::with(DoubleSidedMaxwell, p[0], p[1]).ok()?.sample_vec(key, n)
        }
        "truncated normal" => TruncatedNormal::new(p[0], p[1]).ok()?.sample_vec(key, n),
        "lognormal" => LogNormal::new(p[0]).ok()?.sample_vec(key, n),
        "rayleigh" => Rayleigh::new(p[0]).ok()?.sample_vec(key, n),
        "weibull" => Weibull::new(p[0], p[1]).ok()?.sample_vec(key, n),
        "pareto" => Pareto::new(p[0]).ok()?.sample_vec(key, n),
        "triangular" => Triangular::new(p[0], p[1], p[2]).ok()?.sample_vec(key, n),
        "wald" => Wald::new(p[0]).ok()?.sample_vec(key, n),
        "gamma" => Gamma::new(p[0]).ok()?.sample_vec(key, n),
        "log gamma" => LogGamma::new(p[0]).ok()?.sample_vec(key, n),
        "beta" => Beta::new(p[0], p[1]).ok()?.sample_vec(key, n),
        "chi-square" => ChiSquare::new(p[0]).ok()?.sample_vec(key, n),
        "t" => StudentT::new(p[0]).ok()?.sample_vec(key, n),
        "F" => FisherF::new(p[0], p[1]).ok()?.sample_vec(key, n),
        "generalised normal" => GeneralizedNormal::new(p[0]).ok()?.sample_vec(key, n),
        "ball in one dimension" => Ball::new([p[0]; 1], p[0]).ok()?.sample_vec(key, n),
        "ball" => Ball::new([p[0]; 3], p[0]).ok()?.sample_vec(key, n),
        "dirichlet" => Dirichlet::new([p[0], p[1], T::one()]).ok()?.sample_vec(key, n),
        _ => panic!("no sampler {sampler}"),
    })
}

/// Positive numbers over the whole range of the floats.
fn positive<F: UnitFloat>() -> Vec<F> {
    let (tiny, max) = (F::min_positive_value(), F::max_value());
    let mut all = vec![tiny * F::epsilon(), tiny * F::lit(0.3), tiny, tiny * F::lit(20.0)];
    all.extend([0.75, 0.5, 0.25, 0.1].map(|power| tiny.powf(F::lit(power))));
    all.extend([1e-3, 0.01, 0.1, 0.4, 1.0, 2.0, 30.0, 1e3].map(F::lit));
    all.extend([0.1, 0.25, 0.5, 0.75].map(|power| max.powf(F::lit(power))));
    all.extend([max / F::lit(20.0), max]);
    all
}

/// All tuples of parameters of a sampler, bad ones included.
fn tuples<F: UnitFloat>(sampler: &str, parameters: usize) -> Vec<Vec<F>> {
    let mut numbers = positive::<F>();
    match sampler {
        "triangular" => numbers = numbers.into_iter().step_by(4).collect(),
        "beta" | "F" | "dirichlet" | "weibull" | "normal" | "uniform" | "double-sided maxwell" => {
            numbers = numbers.into_iter().step_by(2).chain([F::max_value()]).collect();
        }
        "truncated normal" => {
            numbers.extend([4.0, 5.4, 7.9, 8.2, 8.3, 9.0, 40.0].map(F::lit));
            numbers.push(F::infinity());
        }
        _ => {}
    }
    if ["uniform", "truncated normal", "triangular"].contains(&sampler) {
        numbers.extend(numbers.clone().iter().map(|&x| -x));
        numbers.push(F::zero());
    }
    (0..parameters).fold(vec![vec![]], |tuples, _| {
        tuples.iter().flat_map(|tuple| numbers.iter().map(|&x| [tuple.clone(), vec![x]].concat())).collect()
    })
}

/// Zero for a subnormal number.
fn flush<F: UnitFloat>(x: F) -> F {
    if x.is_subnormal() { F::zero() } else { x }
}

/// Whether a sample is in the support: of the floats, on which ∞ stands for what is beyond the largest one and 0 for what
/// is below the smallest, where the distribution reaches so far.
fn supports<F: UnitFloat>(sampler: &str, p: &[F], x: F) -> bool {
    let ln = |x: F| x.to_f64().unwrap().ln();
    let (zero, one) = (F::zero(), F::one());
    let [max, tiny] = [F::max_value(), F::min_positive_value()].map(ln);
    // Exponential numbers are between these, except 0, which doesn't occur here.
    let (least, most) = (ln(F::epsilon()), ln(-F::epsilon().ln()));
    let p64: Vec<f64> = p.iter().map(|p| p.to_f64().unwrap()).collect();
    // The logarithms of the least and the largest gamma sample.
    let ln_gamma = |a: f64| {
        (if a < 1.0 { 3.0 * least + least / a } else { 3.0 * least }, (a + 20.0 * a.sqrt() + 60.0).ln())
    };
    // Whether a number that exceeds 0 is possible, given the logarithms of the least and the largest.
    let within = |least: f64, most: f64| {
        x >= zero && (x > zero || least <= tiny + 1.0) && (x.is_finite() || most >= max - 1.0)
    };
    match sampler {
        "uniform" => flush(p[0]) <= x && x <= flush(p[1]),
        // Six deviations, and seven.
        "normal" => x.is_finite() || p64[0].abs() + 9.0 * p64[1] > max.exp(),
        "double-sided maxwell" => x.is_finite() || p64[0].abs() + 12.0 * p64[1] > max.exp(),
        "truncated normal" if p[0].above() < p[1] => p[0] < x && x < p[1],
        "truncated normal" => p[0] <= x && x <= p[1],
        "lognormal" => within(-9.0 * p64[0], 9.0 * p64[0]),
        "rayleigh" => within(ln(p[0]) + least, ln(p[0]) + 3.0),
        "weibull" => within(least / p64[1] + ln(p[0]), most / p64[1] + ln(p[0])),
        "pareto" => x >= one && within(0.0, most.exp() / p64[0]),
        "triangular" => p[0] <= x && x <= p[2],
        "wald" => x > zero && x.is_finite(),
        "gamma" => within(ln_gamma(p64[0]).0, 0.0),
        "log gamma" => x < F::infinity() && (x.is_finite() || most.exp() / p64[0] > max.exp()),
        "beta" | "dirichlet" => zero <= x && x <= one,
        "chi-square" => within(ln_gamma(p64[0] / 2.0).0, 0.0),
        "t" => x.is_finite() || (ln(p[0]) - ln_gamma(p64[0] / 2.0).0) / 2.0 + 3.0 > max,
        "F" => {
            let [(least, most), (least_below, most_below)] = [p64[0], p64[1]].map(|df| ln_gamma(df / 2.0));
            let ratio = ln(p[1]) - ln(p[0]);
            within(least - most_below + ratio, most - least_below + ratio)
        }
        "generalised normal" => {
            x.is_finite() && !x.is_zero() || p64[0] < 1.0 && ln_gamma(1.0 / p64[0]).1 / p64[0] > max
        }
        "ball in one dimension" => zero < x.abs() && x.abs() <= one,
        "ball" => x.abs() <= one,
        _ => panic!("no sampler {sampler}"),
    }
}

fn samples_lie_in_their_support<F: UnitFloat + Debug>() {
    for (sampler, parameters) in SAMPLERS {
        let mut drawn = 0;
        for p in tuples::<F>(sampler, parameters) {
            let Some(sample) = draw(sampler, &p) else { continue };
            drawn += sample.len();
            for x in sample {
                assert!(supports(sampler, &p, x), "{sampler} {p:?}: {x:?}");
            }
        }
        assert!(drawn > 3000, "{sampler}: {drawn} samples");
    }
}

#[test]
fn samples_in_single_precision_lie_in_their_support_at_every_parameter() {
    samples_lie_in_their_support::<f32>();
}

#[test]
fn samples_in_double_precision_lie_in_their_support_at_every_parameter() {
    samples_lie_in_their_support::<f64>();
}

/// The first derivative of a finite sample is no NaN, nor the second one where it can be represented.
fn derivatives_are_numbers<F: UnitFloat + Debug>() {
    for (sampler, parameters) in SAMPLERS {
        for p in tuples::<F>(sampler, parameters) {
            for variable in 0..parameters {
                let Some(sample) = draw(sampler, &in_one_variable(&p, variable)) else { continue };
                for x in sample.iter().filter(|x| x.re.re.is_finite()) {
                    let (first, second) = (x.eps[0].re, x.eps[0].eps[0]);
                    let defined = !second.is_nan() || first.is_infinite() || out_of_range(sampler, &p);
                    assert!(!first.is_nan() && defined, "{sampler} {p:?} in {variable}: {x:?}");
                }
            }
        }
    }
}

fn in_one_variable<F: UnitFloat>(p: &[F], variable: usize) -> Vec<Second<F>> {
    let constant = |&x| Dual::constant(Dual::constant(x));
    let mut p: Vec<Second<F>> = p.iter().map(constant).collect();
    p[variable] = Dual::variable(Dual::variable(p[variable].re.re, 0), 0);
    p
}

/// Whether second derivatives overflow on the way: there is a NaN in place of some that wouldn't.
fn out_of_range<F: UnitFloat>(sampler: &str, p: &[F]) -> bool {
    match sampler {
        // 1/(right − left)
        "triangular" => (p[2] - p[0]).recip().is_infinite(),
        // 1/p²
        "ball in one dimension" => p[0].powi(2).is_zero() || p[0].powi(2).recip().is_infinite(),
        _ => false,
    }
}

#[test]
fn derivatives_in_single_precision_are_numbers_at_every_parameter() {
    derivatives_are_numbers::<f32>();
}

#[test]
fn derivatives_in_double_precision_are_numbers_at_every_parameter() {
    derivatives_are_numbers::<f64>();
}

/// Counts of extreme parameters, as floats and as integers.
fn counts_lie_in_their_support<F: UnitFloat + Count>() {
    let key = Key::new(137);
    let whole = |x: F| x.is_finite() && x >= F::zero() && x == x.floor();
    for &x in &positive::<F>() {
        if let Ok(geometric) = Geometric::new(x) {
            let [floats, integers] = [geometric.sample_vec::<F>(key, 150), geometric.sample_vec(key, 150)];
            assert!(floats.into_iter().chain(integers).all(|count| whole(count) && count >= F::one()));
            assert!(geometric.sample_vec::<i32>(key, 150).into_iter().all(|count| count >= 1));
        }
        if let Ok(poisson) = Poisson::new([x]) {
            assert!(poisson.sample_vec::<F>(key, 150).into_iter().all(whole));
        }
        for p in [F::zero(), F::min_positive_value(), x.min(F::one()), F::lit(0.5), F::one()] {
            let counts = Binomial::new([x], [p]).unwrap().sample_vec::<F>(key, 150);
            assert!(counts.into_iter().all(|count| whole(count) && count <= x.floor()));
        }
    }
}

#[test]
fn counts_lie_in_their_support_at_every_parameter() {
    counts_lie_in_their_support::<f32>();
    counts_lie_in_their_support::<f64>();
}
