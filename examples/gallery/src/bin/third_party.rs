//! A derivative through somebody else's crate: how does the spectrum of a tone depend on its frequency?
//!
//! rustfft knows nothing of derivatives. It is generic over its numbers, and so it runs on these.

use std::error::Error;
use std::f64::consts::{PI, TAU};

use rustfft::num_complex::Complex;
use rustfft::{FftNum, FftPlanner};
use tangents::{Real, value_and_jacobian};
use tangents_examples_gallery::{Plot, save};

const SAMPLES: u32 = 64;
const FREQUENCY: f64 = 20.3;

/// The power in each band of a tone with so many periods in all samples.
fn spectrum<T: Real + FftNum>(frequency: T) -> Vec<T> {
    let sample = |n| Complex::cis(frequency * T::lit(TAU * f64::from(n) / f64::from(SAMPLES)));
    let mut tone: Vec<_> = (0..SAMPLES).map(sample).collect();
    FftPlanner::new().plan_fft_forward(tone.len()).process(&mut tone);
    tone.iter().map(Complex::norm_sqr).collect()
}

/// The power in a band and its derivative: Dirichlet's kernel, sin²(πd)/sin²(πd/N) at the distance d.
fn closed_form(band: u32) -> (f64, f64) {
    let (n, d) = (f64::from(SAMPLES), PI * (FREQUENCY - f64::from(band)));
    let power = (d.sin() / (d / n).sin()).powi(2);
    (power, 2.0 * PI * power * (1.0 / d.tan() - 1.0 / (n * (d / n).tan())))
}

fn main() -> Result<(), Box<dyn Error>> {
    let (power, slopes) = value_and_jacobian(|f| spectrum(f[0]), &[FREQUENCY]);
    let (largest, steepest) = closed_form(20);
    for ((band, power), [slope]) in (0..).zip(&power).zip(&slopes) {
        let (exact, exact_slope) = closed_form(band);
        assert!((power - exact).abs() < 1e-12 * largest, "power {power} in band {band}, {exact}");
        assert!(
            (slope - exact_slope).abs() < 1e-12 * steepest.abs(),
            "slope {slope} in band {band}, {exact_slope}"
        );
    }
    println!("the slopes of {SAMPLES} bands are those of Dirichlet's kernel");

    let bands = |values: Vec<f64>| (0..).map(f64::from).zip(values).skip(12).take(18);
    let kernel = (0..SAMPLES).map(|band| closed_form(band).1).collect();
    let slopes = slopes.into_iter().map(|[slope]| slope).collect();
    let axis = ("band", 12.0..29.0);
    save(
        "third_party",
        &[
            Plot::new("Spectrum of a tone of frequency 20.3", axis.clone(), ("power", 0.0..3500.0))
                .curve("power", bands(power)),
            Plot::new("Its derivative by the frequency", axis, ("derivative of the power", -7000.0..7000.0))
                .curve("Dirichlet's kernel", bands(kernel))
                .scatter("through rustfft", bands(slopes)),
        ],
    )
}
