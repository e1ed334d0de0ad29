//! `realfft` 3: transforms of real samples.

use compatibility::{First, assert_close, first};
use realfft::RealFftPlanner;

/// The k-th coefficient of an impulse of height x at sample 1 is x·exp(−2πik/8).
#[test]
fn an_impulse() {
    let plan = RealFftPlanner::<First>::new().plan_fft_forward(8);
    let mut samples = plan.make_input_vec();
    samples[1] = first(3.0);
    let mut spectrum = plan.make_output_vec();
    plan.process(&mut samples, &mut spectrum).unwrap();
    for (k, y) in (0_i32..).zip(spectrum) {
        let (sin, cos) = (std::f64::consts::FRAC_PI_4 * f64::from(k)).sin_cos();
        assert_close([y.re.re, y.re.eps[0]], [3.0 * cos, cos], 1e-15);
        assert_close([y.im.re, y.im.eps[0]], [-3.0 * sin, -sin], 1e-15);
    }
}
