//! What the checks find: samples that are slightly wrong are rejected, by the statistic and at the size that the other
//! tests use.

use statistics::{
    ALPHA, Moments, cdf, chi_square, correlation, fits_counts, kolmogorov_smirnov, mean, real, variance,
};
use tangents::random::{Distribution, Gamma, Key, LocationScale, StandardNormal, StandardUniform, StudentT};

const N: usize = 100_000;

fn normal(mean: f64, standard_deviation: f64) -> Vec<f64> {
    LocationScale::with(StandardNormal, mean, standard_deviation).unwrap().sample_vec(Key::new(0), N)
}

fn uniform() -> Vec<f64> {
    StandardUniform.sample_vec(Key::new(0), N)
}

#[test]
fn kolmogorov_smirnov_rejects_another_width_place_and_shape() {
    assert!(kolmogorov_smirnov(&normal(0.0, 1.0), cdf::normal) > ALPHA);
    assert!(kolmogorov_smirnov(&normal(0.0, 1.08), cdf::normal) <= ALPHA);
    assert!(kolmogorov_smirnov(&normal(0.04, 1.0), cdf::normal) <= ALPHA);
    let t: Vec<f64> = StudentT::new(5.0).unwrap().sample_vec(Key::new(0), N);
    assert!(kolmogorov_smirnov(&t, cdf::normal) <= ALPHA);
    let gamma: Vec<f64> = Gamma::new(2.5).unwrap().sample_vec(Key::new(0), N);
    assert!(kolmogorov_smirnov(&gamma, cdf::gamma(2.55)) <= ALPHA);
    assert!(kolmogorov_smirnov(&uniform(), cdf::uniform(0.0, 0.98)) <= ALPHA);
}

#[test]
fn variance_rejects_a_standard_deviation_of_1_03() {
    let moments = Moments::symmetric(1.0, 3.0);
    assert!(variance(&normal(0.0, 1.0), moments) > ALPHA);
    assert!(variance(&normal(0.0, 1.03), moments) <= ALPHA);
    assert!(variance(&normal(0.0, 0.97), moments) <= ALPHA);
}

#[test]
fn mean_rejects_a_thirtieth_of_a_standard_deviation() {
    let moments = Moments::symmetric(1.0, 3.0);
    assert!(mean(&normal(0.0, 1.0), moments) > ALPHA);
    assert!(mean(&normal(1.0 / 30.0, 1.0), moments) <= ALPHA);
}

#[test]
fn chi_square_rejects_a_die_with_one_face_a_tenth_too_likely() {
    let die = |bias: f64| {
        let faces = [1.0 + bias, 1.0, 1.0, 1.0, 1.0, 1.0 - bias];
        uniform().into_iter().map(move |u| {
            let mut left = u * 6.0;
            faces
                .iter()
                .take(5)
                .take_while(|&&face| {
                    left -= face;
                    left >= 0.0
                })
                .count()
        })
    };
    let fair = [1.0 / 6.0; 6];
    assert!(fits_counts(die(0.0), fair) > ALPHA);
    assert!(fits_counts(die(0.1), fair) <= ALPHA);
}

#[test]
fn chi_square_rejects_bits_of_which_50_2_percent_are_ones() {
    let n = 1 << 22;
    let half = real(n) / 2.0;
    let ones = n / 1000 * 502;
    assert!(chi_square(&[ones, n - ones], &[half, half]) <= ALPHA);
}

#[test]
fn correlation_rejects_a_thirtieth() {
    let x = normal(0.0, 1.0);
    let later = &x[1..];
    assert!(correlation(x.iter().copied(), later.iter().copied()) > ALPHA);
    let mixed = x.iter().zip(later).map(|(x, later)| later + x / 30.0);
    assert!(correlation(x.iter().copied(), mixed) <= ALPHA);
}
