//! Derivatives of a sample at a fixed quantile, for distributions that are drawn by rejection or by choice.
//!
//! With F(x; a) the distribution function, x(a) at fixed F has the slope dx/da = −(∂F/∂a)/(∂F/∂x), however x
//! was drawn (implicit reparameterisation; Figurnov, Mohamed and Mnih 2018). The functions here are that
//! quotient, in forms from which F itself has cancelled: they are as accurate in the tails as in between.
//!
//! They are differentiated themselves, for higher orders. So branches and numbers of terms depend on values
//! only, and a number of terms is fixed beforehand, with some to spare: where a value has converged, its
//! derivatives may not have. The numbers are such that derivatives of the sample up to the fourth are right
//! to the rounding of an `f64`.

use num_traits::{Float, Zero};

use crate::random::variate::Variate;
use crate::real::Real;

/// d(ln x)/da at a fixed quantile of x ~ Gamma(a), as a function of a and of ln x, which doesn't underflow.
///
/// The relative error is below 3e-14 at `f64` and 1e-5 at `f32`, far into the tails. The cost is a division
/// for each of 17 to 124 terms, from a = 20 on usually that of a polynomial.
pub(in crate::random) fn log_gamma_slope<T: Real>(a: T, ln_x: T) -> T {
    // With P(a, x) the distribution function and x·p = x^a·e^−x/Γ(a) its derivative in ln x, the slope is
    // W(a, ln x) = −∂P/∂a / (x·p), for which
    //
    //     ∂W/∂ln x = (x − a)·W + ψ(a) − ln x            from ∂(x·p·W)/∂x = −∂p/∂a
    //     a·W(a) = x·W(a + 1) + ψ(a + 1) − ln x         from P(a, x) = P(a + 1, x) + x·p/a
    if a >= T::lit(LARGE) {
        let mu = ln_x - a.ln();
        if mu.abs() <= T::lit(NEAR) {
            return by_expansion(a, mu);
        }
    }
    let x = ln_x.exp();
    if x == T::zero() {
        // What is left of the recurrence. Times x, derivatives of ln x that overflow would be 0·∞.
        (digamma(a + T::one()) - ln_x) / a
    } else if x <= a || x <= T::lit(1.5) {
        by_recurrence(a, ln_x, x)
    } else if x > a && x.is_infinite() {
        // A constant: the slope has underflown, its derivatives would be 0·∞.
        T::zero()
    } else {
        by_fraction(a, ln_x, x)
    }
}

/// a·d(ln x)/da − 1 at a fixed quantile of x ~ Gamma(a), as a function of a and of μ = ln(x/a): how much faster x grows
/// than a.
///
/// For large a it is about −μ/2, and accurate as such: of size 1/√a, it would cancel in the difference.
pub(in crate::random) fn gamma_excess_slope<T: Real>(a: T, mu: T) -> T {
    if a >= T::lit(LARGE) && mu.abs() <= T::lit(NEAR) {
        excess_by_expansion(a, mu)
    } else {
        a * log_gamma_slope(a, mu + a.ln()) - T::one()
    }
}

/// The number with this value whose logarithm has the derivatives of `log`.
pub(in crate::random) fn with_log<T: Variate>(value: T::Plain, log: T) -> T {
    T::lift(value) * (log - T::lift(log.plain())).exp()
}

/// exp(x), and the constant zero where it underflows: derivatives have then underflown too, though those of x may have
/// overflown.
pub(in crate::random) fn vanishing_exp<T: Variate>(x: T) -> T {
    let value = x.plain().exp();
    if value.is_zero() {
        T::zero()
    } else if value.is_infinite() {
        x.exp()
    } else {
        with_log(value, x)
    }
}

/// The slope for x ≤ a, and for x ≤ 1.5: by the recurrence in a, from an a beyond which nothing matters.
///
/// This is the power series of P(a, x), differentiated and summed from its end. The terms are positive for
/// x ≤ exp ψ(a + 1), about a + ½; up to 1.5 they cancel at most to a tenth. The pole of ψ at 0 doesn't come
/// in, where terms in ψ(a) and in 1/a² would cancel.
fn by_recurrence<T: Real>(a: T, ln_x: T, x: T) -> T {
    // For a = x = 20 it takes 55, for large a and ln(x/a) = −0.75 59.
    let terms = (T::lit(17.0) + T::lit(10.0) * x.sqrt()).min(T::lit(64.0)).to_u32().unwrap_or(0);
    let top = digamma_from_16(a + T::lit(f64::from(terms))) - ln_x;
    let mut slope = T::zero();
    let mut rest = T::zero();
    for n in (0..terms).rev() {
        let reciprocal = (a + T::lit(f64::from(n))).recip();
        // ψ(a + n + 1) − ln x. Not subtracted from the one before: all would keep the first one's rounding.
        let excess = top - rest;
        slope = (x * slope + excess) * reciprocal;
        rest = rest + reciprocal;
    }
    slope
}

/// The slope for x > a with x > 1.5: by the continued fraction of Q = 1 − P (DLMF 8.9.2, its even part).
///
/// Q(a, x) = x·p/f₁ with
///
/// ```text
/// fₖ = x − a + 2k − 1 − k·(k − a)/fₖ₊₁
/// ```
///
/// and the slope ∂Q/∂a / (x·p) is (ln x − ψ(a) − f₁′/f₁)/f₁, where f′ = ∂f/∂a < 0.
fn by_fraction<T: Real>(a: T, ln_x: T, x: T) -> T {
    // For a → 0 it takes 90 for x = 1.5 and 18 for x = 10, for a = x = 20 it takes 20.
    let terms = T::lit(8.0) + T::lit(150.0) / x + T::lit(0.5) * a.min(T::lit(20.0));
    let terms = terms.to_u32().unwrap_or(0);
    let excess = x - a;
    let mut f = excess + T::lit(f64::from(2 * terms + 1));
    let mut df = -T::one();
    for k in (1..=terms).rev() {
        let reciprocal = f.recip();
        let number = T::lit(f64::from(k));
        let quotient = number * (number - a) * reciprocal;
        df = (number + quotient * df) * reciprocal - T::one();
        f = excess + T::lit(f64::from(2 * k - 1)) - quotient;
    }
    (ln_x - digamma(a) - df / f) / f
}

/// The least a for the expansion in 1/a.
pub(in crate::random) const LARGE: f64 = 20.0;
/// The largest |μ| for it.
const NEAR: f64 = 0.75;
/// Powers of 1/a in it, and of μ beside the first of them: what 1e-17 at those bounds takes.
const ORDERS: usize = 13;
const DEGREES: usize = 20;
/// Row k: the coefficients of Hₖ.
const EXPANSION: [[f64; DEGREES]; ORDERS] = expansion();

/// The slope for large a and μ = ln(x/a) not large: Σ Hₖ(μ)/aᵏ⁺¹.
fn by_expansion<T: Real>(a: T, mu: T) -> T {
    (T::one() + excess_by_expansion(a, mu)) / a
}

/// What a times the slope is more than 1, for large a and μ = ln(x/a) not large: Σ Hₖ(μ)/aᵏ − 1.
///
/// The slope is W in its differential equation, ∂W/∂μ = a·(e^μ − 1)·W + ψ(a) − ln a − μ. With dₖ the
/// coefficients of ψ(a) − ln a in powers of 1/a, d₀ = 0,
///
/// ```text
/// H₀ = μ/(e^μ − 1),   Hₖ = (Hₖ₋₁′ − dₖ)/(e^μ − 1) = H₀·(Hₖ₋₁′ − dₖ)/μ
/// ```
///
/// and since W is smooth at μ = 0, where e^μ − 1 vanishes, dₖ can't be but Hₖ₋₁′(0). The expansion is that of
/// Temme for P (DLMF 8.12), without the normal distribution in it, which cancels. The nearest poles are at
/// μ = ±2πi.
fn excess_by_expansion<T: Real>(a: T, mu: T) -> T {
    let reciprocal = a.recip();
    let negligible = reciprocal * T::epsilon() * T::lit(0.01);
    // H₀ begins with 1.
    let mut excess = mu * polynomial(&EXPANSION[0][1..], mu);
    let mut power = reciprocal;
    for (k, row) in EXPANSION.iter().enumerate().skip(1) {
        // An order more takes a degree less.
        excess = excess + power * polynomial(&row[..DEGREES - k], mu);
        power = power * reciprocal;
        if power < negligible {
            break;
        }
    }
    excess
}

/// The polynomial with these coefficients, the constant first.
fn polynomial<T: Real>(coefficients: &[f64], x: T) -> T {
    coefficients.iter().rev().fold(T::zero(), |sum, &c| sum * x + T::lit(c))
}

const fn expansion() -> [[f64; DEGREES]; ORDERS] {
    /// An order takes two coefficients of the one before.
    const ALL: usize = DEGREES + 2 * ORDERS;

    // H₀, of which Bernoulli's numbers are the derivatives: H₀·Σ μⁱ/(i + 1)! = 1.
    let mut bernoulli = [0.0; ALL];
    bernoulli[0] = 1.0;
    let mut n = 1;
    while n < ALL {
        let mut factorial = 1.0;
        let mut factor = 1.0;
        let mut i = 1;
        while i <= n {
            factor += 1.0;
            factorial *= factor;
            bernoulli[n] -= bernoulli[n - i] / factorial;
            i += 1;
        }
        n += 1;
    }

    let mut rows = [[0.0; DEGREES]; ORDERS];
    let mut row = bernoulli;
    let mut k = 0;
    while k < ORDERS {
        let mut j = 0;
        while j < DEGREES {
            rows[k][j] = row[j];
            j += 1;
        }
        // (H′ − H′(0))/μ
        let mut derivative = [0.0; ALL];
        let mut factor = 2.0;
        let mut j = 0;
        while j + 2 < ALL {
            derivative[j] = factor * row[j + 2];
            factor += 1.0;
            j += 1;
        }
        row = [0.0; ALL];
        let mut j = 0;
        while j < ALL {
            let mut i = 0;
            while i <= j {
                row[j] += derivative[i] * bernoulli[j - i];
                i += 1;
            }
            j += 1;
        }
        k += 1;
    }
    rows
}

/// ψ(a) = Γ′(a)/Γ(a), for a > 0.
pub(in crate::random) fn digamma<T: Real>(a: T) -> T {
    let mut x = a;
    let mut rest = T::zero();
    for _ in 0..16 {
        if x >= T::lit(16.0) {
            break;
        }
        rest = rest + x.recip();
        x = x + T::one();
    }
    digamma_from_16(x) - rest
}

/// ψ(x) for x ≥ 16 by Stirling's series: ln x − 1/(2x) − Σ B₂ₖ/(2k·x²ᵏ) (DLMF 5.11.2).
fn digamma_from_16<T: Real>(x: T) -> T {
    const TERMS: [f64; 7] =
        [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0];
    let reciprocal = x.recip();
    let square = reciprocal * reciprocal;
    let series = TERMS.iter().rev().fold(T::zero(), |sum, &term| (sum + T::lit(term)) * square);
    x.ln() - T::lit(0.5) * reciprocal - series
}

#[cfg(test)]
mod tests {
    use super::super::references::{assert_close, reference};
    use super::*;
    use crate::Dual;

    type D1 = Dual<f64, 1>;
    type D2 = Dual<D1, 1>;
    type D3 = Dual<D2, 1>;

    /// d²x/da² at a fixed quantile, given the slope at `a`.
    fn second(slope: impl Fn(D1, D1) -> D1, a: f64, x: f64, first: f64) -> f64 {
        slope(Dual::new(a, [1.0]), Dual::new(x, [first])).eps[0]
    }

    #[test]
    #[allow(clippy::cast_possible_truncation)]
    fn log_gamma_slopes_are_those_of_the_quantile() {
        for [a, ln_x, expected, expected_second] in reference("gamma", ["a", "ln_x", "first", "second"]) {
            let at = [a, ln_x];
            let first = log_gamma_slope(a, ln_x);
            assert_close(first, expected, 5e-14 * expected, at);
            let second = second(log_gamma_slope, a, ln_x, first);
            assert_close(second, expected_second, 5e-14 * expected_second.abs(), at);
            // The rounding of the arguments included.
            let single = f64::from(log_gamma_slope(a as f32, ln_x as f32));
            assert_close(single, expected, 1e-5 * expected, at);
        }
    }

    #[test]
    fn methods_agree_where_they_meet() {
        for a in [1e-4, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 19.0] {
            let (shape, ln_x) = near_quantile(a, f64::ln(a.max(1.5)));
            let (one, other) = (by_recurrence, by_fraction);
            assert_orders_close(
                one(shape, ln_x, ln_x.exp()),
                other(shape, ln_x, ln_x.exp()),
                [a, ln_x.re.re.re],
            );
        }
        for (a, mu) in [20.0, 25.0, 1e3, 1e6].into_iter().flat_map(|a| [(a, -0.75), (a, 0.75)]) {
            let (shape, ln_x) = near_quantile(a, f64::ln(a) + mu);
            let method = if mu < 0.0 { by_recurrence } else { by_fraction };
            let other = method(shape, ln_x, ln_x.exp());
            assert_orders_close(by_expansion(shape, ln_x - shape.ln()), other, [a, ln_x.re.re.re]);
        }
    }

    /// The straight line through a point in the direction in which its quantile moves.
    fn near_quantile(a: f64, ln_x: f64) -> (D3, D3) {
        let line = |x, slope| {
            let x = D2::new(D1::new(x, [slope]), [D1::constant(slope)]);
            D3::new(x, [D2::constant(D1::constant(slope))])
        };
        (line(a, 1.0), line(ln_x, log_gamma_slope(a, ln_x)))
    }

    #[track_caller]
    fn assert_orders_close(actual: D3, expected: D3, at: [f64; 2]) {
        let orders = |x: D3| [x.re.re.re, x.re.re.eps[0], x.re.eps[0].eps[0], x.eps[0].eps[0].eps[0]];
        for (actual, expected) in orders(actual).into_iter().zip(orders(expected)) {
            assert_close(actual, expected, 1e-12 * expected.abs(), at);
        }
    }

    #[test]
    fn far_in_the_tails_slopes_are_finite() {
        let with_tangent = |x| Dual::<f64, 1>::new(x, [1.0]);
        for a in [1e-30, 1e-4, 0.5, 1.0, 19.0, 20.0, 1e8, 1e100] {
            for ln_x in [-1e30, -1e3, -1.0, 0.0, 1.0, 5.0, 100.0, 709.7, 800.0, 1e30, f64::INFINITY] {
                let slope = log_gamma_slope(with_tangent(a), with_tangent(ln_x));
                assert!(
                    slope.re >= 0.0 && slope.re.is_finite() && slope.eps[0].is_finite(),
                    "{slope:?}, {a}, {ln_x}"
                );
            }
        }
    }

    #[test]
    fn nan_stays_nan() {
        for x in [1e-3, 1.0, 30.0, 1e3, f64::NAN] {
            assert!(log_gamma_slope(x, f64::NAN).is_nan() && log_gamma_slope(f64::NAN, x).is_nan(), "{x}");
        }
    }
}
