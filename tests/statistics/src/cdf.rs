//! Distribution functions: closed forms and the special functions of `statrs`.
//!
//! Where not said otherwise they are in N. Johnson, S. Kotz, N. Balakrishnan, *Continuous Univariate Distributions*
//! (1994/95).

use std::f64::consts::{FRAC_1_PI, SQRT_2};

use statrs::function::beta::beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma;

/// The uniform distribution on `low` … `high`.
pub fn uniform(low: f64, high: f64) -> impl Fn(f64) -> f64 {
    move |x| ((x - low) / (high - low)).clamp(0.0, 1.0)
}

/// The standard normal distribution.
pub fn normal(x: f64) -> f64 {
    erfc(-x / SQRT_2) / 2.0
}

/// The standard normal distribution between two bounds.
pub fn truncated_normal(lower: f64, upper: f64) -> impl Fn(f64) -> f64 {
    // From the nearer tail: differences of numbers near 1 would have no digits.
    move |x| {
        if lower > 0.0 {
            (normal(-lower) - normal(-x)) / (normal(-lower) - normal(-upper))
        } else {
            (normal(x) - normal(lower)) / (normal(upper) - normal(lower))
        }
    }
}

/// The exponential distribution with mean 1.
pub fn exponential(x: f64) -> f64 {
    -(-x).exp_m1()
}

/// The standard Gumbel distribution.
pub fn gumbel(x: f64) -> f64 {
    (-(-x).exp()).exp()
}

/// The standard Laplace distribution.
pub fn laplace(x: f64) -> f64 {
    if x < 0.0 { x.exp() / 2.0 } else { 1.0 - (-x).exp() / 2.0 }
}

/// The standard logistic distribution.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The standard Cauchy distribution.
pub fn cauchy(x: f64) -> f64 {
    0.5 + x.atan() * FRAC_1_PI
}

/// The Rayleigh distribution.
pub fn rayleigh(scale: f64) -> impl Fn(f64) -> f64 {
    move |x| exponential((x / scale).powi(2) / 2.0)
}

/// The Weibull distribution.
pub fn weibull(scale: f64, concentration: f64) -> impl Fn(f64) -> f64 {
    move |x| exponential((x / scale).powf(concentration))
}

/// The Pareto distribution on [1, ∞).
pub fn pareto(b: f64) -> impl Fn(f64) -> f64 {
    move |x| 1.0 - x.powf(-b)
}

/// The distribution of exp(σ·z), z standard normal.
pub fn lognormal(sigma: f64) -> impl Fn(f64) -> f64 {
    move |x| normal(x.ln() / sigma)
}

/// The triangular distribution.
pub fn triangular(left: f64, mode: f64, right: f64) -> impl Fn(f64) -> f64 {
    move |x| {
        if x < mode {
            (x - left).powi(2) / ((right - left) * (mode - left))
        } else {
            1.0 - (right - x).powi(2) / ((right - left) * (right - mode))
        }
    }
}

/// The distribution of a symmetric number whose magnitude has this distribution.
pub fn symmetric(magnitude: impl Fn(f64) -> f64) -> impl Fn(f64) -> f64 {
    move |x: f64| 0.5 + magnitude(x.abs()).copysign(x) / 2.0
}

/// The Maxwell distribution: x² is χ² with three degrees of freedom.
pub fn maxwell(x: f64) -> f64 {
    chi_square(3.0)(x * x)
}

/// The Wald distribution with λ = 1.
pub fn wald(mean: f64) -> impl Fn(f64) -> f64 {
    move |x| {
        let root = x.sqrt();
        normal((x / mean - 1.0) / root) + (2.0 / mean).exp() * normal(-(x / mean + 1.0) / root)
    }
}

/// The regularised lower incomplete gamma function, P(a, x), also where `statrs` has none.
fn gamma_lr(a: f64, x: f64) -> f64 {
    match x {
        0.0 => 0.0,
        f64::INFINITY => 1.0,
        _ => gamma::gamma_lr(a, x),
    }
}

/// The gamma distribution with shape `a`.
pub fn gamma(a: f64) -> impl Fn(f64) -> f64 {
    move |x| gamma_lr(a, x)
}

/// The χ² distribution.
pub fn chi_square(df: f64) -> impl Fn(f64) -> f64 {
    move |x| gamma_lr(df / 2.0, x / 2.0)
}

/// The beta distribution.
pub fn beta(a: f64, b: f64) -> impl Fn(f64) -> f64 {
    // A sum of components can be above 1 by rounding error.
    move |x| beta_reg(a, b, x.min(1.0))
}

/// Student's t distribution: t²/(df + t²) has a beta distribution.
pub fn student_t(df: f64) -> impl Fn(f64) -> f64 {
    symmetric(move |t| 1.0 - beta_reg(df / 2.0, 0.5, df / (df + t * t)))
}

/// Fisher's F distribution: m·x/(m·x + n) has a beta distribution.
pub fn fisher_f(m: f64, n: f64) -> impl Fn(f64) -> f64 {
    move |x| beta_reg(m / 2.0, n / 2.0, m * x / (m * x + n))
}

/// The distribution with density proportional to exp(−|x|ᵖ): |x|ᵖ has a gamma distribution with shape 1/p.
pub fn generalized_normal(p: f64) -> impl Fn(f64) -> f64 {
    symmetric(move |x| gamma_lr(1.0 / p, x.powf(p)))
}
