//! `easer` 0.3: easing functions.

use compatibility::{Second, assert_close, second, to_second};
use easer::functions::{Cubic, Easing, Elastic, Expo, Sine};

#[test]
fn slopes() {
    let (zero, one) = (Second::from(0.0), Second::from(1.0));
    let (t, x) = (0.25_f64, second(0.25));
    assert_close(to_second(Cubic::ease_in(x, zero, one, one)), [t.powi(3), 3.0 * t * t, 6.0 * t], 1e-15);
    let (sin, cos) = (t * std::f64::consts::FRAC_PI_2).sin_cos();
    let rate = std::f64::consts::FRAC_PI_2;
    assert_close(to_second(Sine::ease_out(x, zero, one, one)), [sin, rate * cos, -rate * rate * sin], 1e-15);
    // 2^(10(t − 1))
    let (y, rate) = ((10.0 * (t - 1.0)).exp2(), 10.0 * std::f64::consts::LN_2);
    assert_close(to_second(Expo::ease_in(x, zero, one, one)), [y, rate * y, rate * rate * y], 1e-14);
    // It ends where it should, whatever it does on the way.
    assert_close([to_second(Elastic::ease_out(one, zero, one, one))[0]], [1.0], 1e-15);
}
