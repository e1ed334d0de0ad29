//! `rustfft` 6: a Fourier transform is linear, so its tangents are the transform of the tangents.

use compatibility::{First, assert_close};
use num_complex::Complex;
use num_traits::Zero;
use rustfft::FftPlanner;

fn n<T: num_traits::NumCast>(x: usize) -> T {
    num_traits::NumCast::from(x).unwrap()
}

/// The sum that defines the transform.
fn naive(x: &[Complex<f64>]) -> Vec<Complex<f64>> {
    let root = |k: usize| Complex::cis(-std::f64::consts::TAU * n::<f64>(k % x.len()) / n::<f64>(x.len()));
    (0..x.len()).map(|k| x.iter().enumerate().map(|(j, x)| x * root(j * k)).sum()).collect()
}

#[test]
fn tangents_are_transformed() {
    // A power of two, a prime with a butterfly of its own, products, a prime for Rader's and one for Bluestein's algorithm.
    for len in [4, 7, 8, 12, 31, 60, 83, 256] {
        let sample = |seed: f64| -> Vec<_> {
            (0..len)
                .map(|i| Complex::new((seed * n::<f64>(i) + 1.0).sin(), (seed * n::<f64>(i * i) + 2.0).cos()))
                .collect()
        };
        let (re, eps) = (sample(1.3), sample(0.7));
        let mut buffer: Vec<_> = re
            .iter()
            .zip(&eps)
            .map(|(x, dx)| Complex::new(First::new(x.re, [dx.re]), First::new(x.im, [dx.im])))
            .collect();
        FftPlanner::new().plan_fft_forward(len).process(&mut buffer);

        let mut plain = re.clone();
        FftPlanner::new().plan_fft_forward(len).process(&mut plain);
        let (naive_re, naive_eps) = (naive(&re), naive(&eps));
        let tolerance = 1e-15 * n::<f64>(len);
        for (k, y) in buffer.iter().enumerate() {
            // rustfft takes other algorithms for f64 where the processor has vector registers: the bits needn't agree.
            assert_close([y.re.re, y.im.re], [plain[k].re, plain[k].im], tolerance);
            assert_close([y.re.re, y.im.re], [naive_re[k].re, naive_re[k].im], 4.0 * tolerance);
            assert_close([y.re.eps[0], y.im.eps[0]], [naive_eps[k].re, naive_eps[k].im], 4.0 * tolerance);
        }
    }
}

#[test]
fn there_and_back_is_len_times() {
    let mut buffer = vec![Complex::<First>::zero(); 12];
    buffer[5] = Complex::new(First::variable(2.0, 0), First::from(0.0));
    let mut planner = FftPlanner::new();
    planner.plan_fft_forward(12).process(&mut buffer);
    planner.plan_fft_inverse(12).process(&mut buffer);
    assert_close([buffer[5].re.re, buffer[5].re.eps[0]], [24.0, 12.0], 1e-15);
}
