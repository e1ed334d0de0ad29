//! `biquad` 0.6: coefficients of a filter, and its output, in the cutoff frequency.

use biquad::{Biquad, Coefficients, DirectForm1, DirectForm2Transposed, Hertz, Type};
use compatibility::{First, Second, assert_close, first, second, to_first, to_second};

/// The low-pass of the audio cookbook: b₀ = (1 − cos ω)/2/(1 + α), α = sin ω/(2Q), ω = 2πf/fs.
#[test]
fn coefficient_of_a_low_pass() {
    let (sampled, f, q) = (48_000.0, 3_000.0, 0.7);
    let hertz = |f| Hertz::<Second>::from_hz(f).unwrap();
    let c = Coefficients::from_params(
        Type::LowPass,
        hertz(Second::from(sampled)),
        hertz(second(f)),
        Second::from(q),
    )
    .unwrap();

    let scale = std::f64::consts::TAU / sampled;
    let (sin, cos) = (scale * f).sin_cos();
    // p/d and its derivatives by ω.
    let (p, d) = (
        [(1.0 - cos) / 2.0, sin / 2.0, cos / 2.0],
        [1.0 + sin / (2.0 * q), cos / (2.0 * q), -sin / (2.0 * q)],
    );
    let y0 = p[0] / d[0];
    let y1 = (p[1] - y0 * d[1]) / d[0];
    let y2 = (p[2] - 2.0 * y1 * d[1] - y0 * d[2]) / d[0];
    let [re, d1, d2] = to_second(c.b0);
    assert_close([re, d1 / scale, d2 / scale / scale], [y0, y1, y2], 1e-13);
}

/// y₀ = b₀x₀ and y₁ = b₀x₁ + b₁x₀ − a₁y₀, so the tangents are those of the coefficients.
#[test]
fn output() {
    let one = First::from(1.0);
    let c = Coefficients { a1: one * 0.5, a2: one * 0.25, b0: first(2.0), b1: one, b2: one };
    let mut filters: [Box<dyn Biquad<First>>; 2] =
        [Box::new(DirectForm1::<First>::new(c)), Box::new(DirectForm2Transposed::<First>::new(c))];
    for filter in &mut filters {
        assert_eq!(to_first(filter.run(one)), [2.0, 1.0]);
        assert_eq!(to_first(filter.run(one)), [2.0 + 1.0 - 1.0, 1.0 - 0.5]);
    }
}
