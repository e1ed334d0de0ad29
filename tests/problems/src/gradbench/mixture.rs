//! The log posterior of a mixture of Gaussians with Wishart prior, from `ADBench`, with `GradBench`'s sign of the prior.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use tangents::{Real, value_and_gradient};

use crate::reference::{Deviations, array, c, json, n, number, sum_of_squares, text, vector};

struct Mixture {
    dimension: usize,
    components: usize,
    observations: Vec<Vec<f64>>,
    /// γ and m of the prior.
    scale: f64,
    shape: usize,
}

/// The problem and its parameters: log weights, means, logarithms of the diagonals and what stands below them.
fn read(path: &str) -> (Mixture, Vec<f64>) {
    let file = text(path);
    let mut words = file.split_whitespace();
    let mut index = || words.next().unwrap().parse::<usize>().unwrap();
    let (dimension, components, count) = (index(), index(), index());
    let mut numbers =
        |n: usize| -> Vec<f64> { (0..n).map(|_| words.next().unwrap().parse().unwrap()).collect() };
    let alphas = numbers(components);
    let means = numbers(components * dimension);
    let factors: Vec<_> = (0..components).map(|_| numbers(dimension * (dimension + 1) / 2)).collect();
    let part = |range: std::ops::Range<usize>| {
        factors.iter().map(|f| &f[range.clone()]).collect::<Vec<_>>().concat()
    };
    let (diagonals, below) = (part(0..dimension), part(dimension..dimension * (dimension + 1) / 2));
    let observations = (0..count).map(|_| numbers(dimension)).collect();
    let (scale, shape) = (numbers(1)[0], words.next().unwrap().parse().unwrap());
    (
        Mixture { dimension, components, observations, scale, shape },
        [alphas, means, diagonals, below].concat(),
    )
}

fn log_sum_exp<T: Real>(x: &[T]) -> T {
    let largest = x.iter().copied().fold(T::neg_infinity(), T::max);
    largest + T::sum(x.iter().map(|&x| (x - largest).exp())).ln()
}

/// ln Γ(n/2)
fn ln_gamma_of_half(n: usize) -> f64 {
    match n {
        1 => PI.ln() / 2.0,
        2 => 0.0,
        _ => (c::<f64>(0.5) * self::n::<f64>(n - 2)).ln() + ln_gamma_of_half(n - 2),
    }
}

impl Mixture {
    fn log_posterior<T: Real>(&self, x: &[T]) -> T {
        let (d, k) = (self.dimension, self.components);
        let (alphas, x) = x.split_at(k);
        let (means, x) = x.split_at(k * d);
        let (diagonals, below) = x.split_at(k * d);
        let below: Vec<&[T]> = (0..k).map(|k| &below[k * d * (d - 1) / 2..][..d * (d - 1) / 2]).collect();

        let log_density = |k: usize, observation: &[f64]| {
            let (mean, diagonal) = (&means[k * d..][..d], &diagonals[k * d..][..d]);
            let centred: Vec<T> = mean.iter().zip(observation).map(|(&mean, &x)| c::<T>(x) - mean).collect();
            let mut whitened: Vec<T> = centred.iter().zip(diagonal).map(|(&x, q)| q.exp() * x).collect();
            // What stands below the diagonal, column by column.
            let mut below = below[k].iter();
            for (column, &x) in centred.iter().enumerate() {
                for (whitened, &q) in whitened[column + 1..].iter_mut().zip(below.by_ref()) {
                    *whitened = *whitened + q * x;
                }
            }
            alphas[k] + T::sum(diagonal) - sum_of_squares(whitened) / c(2.0)
        };
        let fit = T::sum(self.observations.iter().map(|observation| {
            log_sum_exp(&(0..k).map(|k| log_density(k, observation)).collect::<Vec<_>>())
        }));
        let norm: T = n::<T>(self.observations.len())
            * (c::<T>(0.5 * n::<f64>(d) * (2.0 * PI).ln()) + log_sum_exp(alphas));
        fit - norm + self.log_prior(diagonals, &below)
    }

    fn log_prior<T: Real>(&self, diagonals: &[T], below: &[&[T]]) -> T {
        let (d, freedom) = (self.dimension, self.dimension + self.shape + 1);
        let multivariate_gamma = n::<f64>(d * (d - 1)) / 4.0 * PI.ln()
            + (0..d).map(|j| ln_gamma_of_half(freedom - j)).sum::<f64>();
        let constant = n::<f64>(freedom * d) * (self.scale * FRAC_1_SQRT_2).ln() - multivariate_gamma;
        let frobenius = sum_of_squares(diagonals.iter().map(|q| q.exp()))
            + sum_of_squares(below.iter().flat_map(|below| below.iter().copied()));
        n::<T>(self.components) * c(constant) - c::<T>(self.scale * self.scale / 2.0) * frobenius
            + n::<T>(self.shape) * T::sum(diagonals)
    }
}

#[test]
fn log_posteriors_and_gradients_are_those_of_the_references() {
    let mut deviations = Deviations::default();
    for name in ["gmm_test", "gmm_d2_K5"] {
        let (mixture, x) = read(&format!("gradbench/{name}.txt"));
        let reference = json(&format!("gradbench/{name}.json"));
        assert_eq!(x, vector(&reference["x0"]), "{name}");
        let (value, g) = value_and_gradient(|x| mixture.log_posterior(x), &x);
        deviations.row(name, &[value], &[number(&reference["objective"])]);
        deviations.row(name, &g, &vector(&reference["grad"]));
    }
    let (mixture, _) = read("gradbench/gmm_test.txt");
    let reference = json("gradbench/gmm_test.json");
    let (_, g) = value_and_gradient(|x| mixture.log_posterior(x), &array::<18>(&reference["x0"]));
    deviations.row("array", &g, &vector(&reference["grad"]));
    deviations.none();
}
