//! Goodness of fit: Kolmogorov–Smirnov for continuous distributions, χ² for discrete ones.

use std::f64::consts::PI;

use statrs::function::gamma::gamma_ur;

use crate::real;

/// The p-value of a sample under a continuous distribution: how likely its empirical distribution function were as
/// far or farther from `cdf` somewhere.
///
/// With D that distance, P(√n·D > λ) is the tail of Kolmogorov's distribution. For small samples it is an upper bound
/// where it is small (Massart 1990: P ≤ 2·exp(−2λ²) for every n), so a check at [`ALPHA`](crate::ALPHA) is never
/// more likely to fail than it says.
///
/// Equal numbers, which floats of low precision have, add to D at most the probability of one of them.
pub fn kolmogorov_smirnov(sample: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let n = real(sample.len());
    let mut sorted = sample.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut distance = 0.0;
    for (i, &x) in sorted.iter().enumerate() {
        let probability = cdf(x);
        if !(0.0..=1.0).contains(&probability) {
            return f64::NAN;
        }
        distance = f64::max(distance, probability - real(i) / n);
        distance = f64::max(distance, real(i + 1) / n - probability);
    }
    kolmogorov_tail(n.sqrt() * distance)
}

/// The probability that a number with Kolmogorov's distribution is above λ.
///
/// The two series of the theta function, each where it converges fast: N. Smirnov, *Table for estimating the goodness
/// of fit of empirical distributions*, Ann. Math. Statist. 19 (1948).
fn kolmogorov_tail(lambda: f64) -> f64 {
    if lambda <= 0.0 {
        1.0
    } else if lambda < 1.0 {
        let sum: f64 = [1.0, 3.0, 5.0, 7.0].map(|k| (-(k * PI / lambda).powi(2) / 8.0).exp()).iter().sum();
        1.0 - (2.0 * PI).sqrt() / lambda * sum
    } else {
        let term = |k: f64| (-2.0 * (k * lambda).powi(2)).exp();
        2.0 * (term(1.0) - term(2.0) + term(3.0) - term(4.0))
    }
}

/// The p-value of counts: how likely counts with these expectations were as far or farther from them.
///
/// χ² in its likelihood-ratio form, G = 2·Σ O·ln(O/E), with Williams's correction (Biometrika 63, 1976). Not Pearson's
/// Σ (O − E)²/E: in the tail where a check fails, cells with small expectations make Pearson's p-value too small by
/// orders of magnitude.
///
/// Neighbouring cells are merged until their expectation is at least 10. A count where none can be gives 0.
///
/// # Panics
///
/// If the expectations don't sum to the number of counts, or fewer than two cells remain.
pub fn chi_square(observed: &[usize], expected: &[f64]) -> f64 {
    assert_eq!(observed.len(), expected.len());
    let n: f64 = observed.iter().map(|&o| real(o)).sum();
    let sum: f64 = expected.iter().sum();
    assert!((sum - n).abs() < 1e-6 * n, "{n} counts, but expectations for {sum}");
    if observed.iter().zip(expected).any(|(&o, &e)| o > 0 && e <= 0.0) {
        return 0.0;
    }

    let cells = merge(observed, expected);
    assert!(cells.len() > 1, "one cell always fits");
    let freedom = real(cells.len() - 1);
    let ratio: f64 = cells.iter().map(|&(o, e)| if o > 0.0 { o * (o / e).ln() } else { 0.0 }).sum();
    let correction = 1.0 + (cells.iter().map(|(_, e)| n / e).sum::<f64>() - 1.0) / (6.0 * n * freedom);
    let g = ratio / correction;
    // Below zero by rounding error, if at all.
    if g > 0.0 { gamma_ur(freedom / 2.0, g) } else { 1.0 }
}

/// Cells, each of neighbours whose expectations sum to at least 10.
fn merge(observed: &[usize], expected: &[f64]) -> Vec<(f64, f64)> {
    let mut cells: Vec<(f64, f64)> = Vec::new();
    let mut open = (0.0, 0.0);
    for (&o, &e) in observed.iter().zip(expected) {
        open = (open.0 + real(o), open.1 + e);
        if open.1 >= 10.0 {
            cells.push(open);
            open = (0.0, 0.0);
        }
    }
    if let Some(last) = cells.last_mut() {
        *last = (last.0 + open.0, last.1 + open.1);
    }
    cells
}

/// The p-value of a sample of integers under a discrete distribution on 0, 1, …, by [`chi_square`].
///
/// `pmf` gives the probabilities of 0, 1, …, as many as are worth a cell; what is above them has one cell, with the
/// probability that remains. If none remains it can't be: rounding error up to 10⁻⁹ counts as none.
///
/// # Panics
///
/// As [`chi_square`] does.
pub fn fits_counts(sample: impl IntoIterator<Item = usize>, pmf: impl IntoIterator<Item = f64>) -> f64 {
    let mut expected: Vec<f64> = pmf.into_iter().collect();
    let rest = 1.0 - expected.iter().sum::<f64>();
    expected.push(if rest < 1e-9 { 0.0 } else { rest });

    let mut observed = vec![0; expected.len()];
    for x in sample {
        observed[x.min(expected.len() - 1)] += 1;
    }
    let n = real(observed.iter().sum());
    for e in &mut expected {
        *e *= n;
    }
    chi_square(&observed, &expected)
}

#[cfg(test)]
mod tests {
    use statrs::function::factorial::{ln_binomial, ln_factorial};

    use super::*;
    use crate::ALPHA;

    // Smirnov's table, and its last decimal.
    #[test]
    fn the_tail_of_kolmogorovs_distribution_has_the_published_critical_values() {
        for (lambda, level) in [(1.0727, 0.2), (1.2238, 0.1), (1.3581, 0.05), (1.6276, 0.01), (1.9495, 0.001)]
        {
            let tail = kolmogorov_tail(lambda);
            assert!((tail / level - 1.0).abs() < 3e-4, "λ = {lambda}: {tail}");
        }
        assert!((kolmogorov_tail(0.50) - (1.0 - 0.036_055)).abs() < 1e-6);
        assert!((kolmogorov_tail(1.0) - (1.0 - 0.730_000)).abs() < 1e-6);
        assert!((kolmogorov_tail(1.0 - 1e-12) - kolmogorov_tail(1.0)).abs() < 1e-9);
    }

    #[test]
    fn the_distance_is_the_largest_on_either_side_of_a_step() {
        // F_n jumps from 0 to ½ at 0.6: distance 0.6 below, then to 1 at 0.7.
        let p = kolmogorov_smirnov(&[0.7, 0.6], |x| x);
        assert!((p - kolmogorov_tail(2.0_f64.sqrt() * 0.6)).abs() < 1e-15);
        assert!(kolmogorov_smirnov(&[0.5, f64::NAN], |x| x).is_nan());
    }

    // The 5 % and 1 % points of χ² with 1, 10 and 100 degrees of freedom, by counts with large expectations.
    #[test]
    fn counts_have_the_published_critical_values_of_chi_square() {
        for (cells, statistic, level) in
            [(2, 3.841, 0.05), (2, 6.635, 0.01), (11, 18.307, 0.05), (11, 23.209, 0.01), (101, 124.342, 0.05)]
        {
            // One count high and one low by δ: χ² = 2δ²/E.
            let e = 1e12_f64;
            let delta = (statistic * e / 2.0).sqrt().round();
            let mut observed = vec![1_000_000_000_000; cells];
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a positive whole number"
            )]
            let shift = delta as usize;
            observed[0] += shift;
            observed[1] -= shift;
            let p = chi_square(&observed, &vec![e; cells]);
            assert!((p / level - 1.0).abs() < 2e-3, "{cells} cells: {p}");
        }
    }

    // By summing the probabilities of all counts that are rejected.
    #[test]
    fn a_check_of_few_counts_fails_as_rarely_as_it_says() {
        let ln = f64::ln;
        for (n, probability) in [(1000, 0.01_f64), (1000, 0.1), (100, 0.5), (100_000, 0.000_1)] {
            let expected = [probability, 1.0 - probability].map(|p| p * real(n));
            let false_alarm: f64 = (0..=n.min(1000))
                .filter(|&k| chi_square(&[k, n - k], &expected) <= ALPHA)
                .map(|k| {
                    ln_binomial(n as u64, k as u64)
                        + real(k) * ln(probability)
                        + real(n - k) * ln(1.0 - probability)
                })
                .map(f64::exp)
                .sum();
            assert!(false_alarm < 1.2 * ALPHA, "n = {n}, p = {probability}: {false_alarm:e}");
        }
        let probabilities = [0.01, 0.02, 0.97];
        let n = 1000;
        let mut false_alarm = 0.0;
        for a in 0..=150 {
            for b in 0..=150 {
                let counts = [a, b, n - a - b];
                if chi_square(&counts, &probabilities.map(|p| p * real(n))) <= ALPHA {
                    let ln_probability: f64 = counts
                        .iter()
                        .zip(probabilities)
                        .map(|(&k, p)| real(k) * ln(p) - ln_factorial(k as u64))
                        .sum();
                    false_alarm += (ln_probability + ln_factorial(n as u64)).exp();
                }
            }
        }
        assert!(false_alarm < 1.2 * ALPHA, "{false_alarm:e}");
    }

    #[test]
    fn small_cells_are_merged_with_their_neighbours() {
        assert_eq!(
            merge(&[1, 2, 30, 4, 5], &[4.0, 7.0, 20.0, 6.0, 5.0]),
            [(3.0, 11.0), (30.0, 20.0), (9.0, 11.0)]
        );
        assert_eq!(merge(&[30, 4], &[20.0, 6.0]), [(34.0, 26.0)]);
    }

    #[test]
    fn what_cannot_be_is_rejected() {
        assert!(chi_square(&[50, 49, 1], &[50.0, 50.0, 0.0]) <= 0.0);
        assert!(fits_counts([0, 1, 2], [0.5, 0.5]) <= 0.0);
    }
}
