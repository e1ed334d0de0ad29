//! Derivatives in series beside what isn't finite: in a lane of a nested number, and among the derivatives that are composed.
//! The references are mpmath's.

use tangents::{Dual, Real, Special, Taylor};

type TaylorOfDual = Taylor<Dual<f64, 1>, 3>;

fn close<T: Real>(what: &str, got: T, want: f64, tolerance: f64) {
    let got = got.to_f64().expect("a number");
    assert!((got - want).abs() <= tolerance * want.abs(), "{what}: got {got:e}, want {want:e}");
}

#[test]
fn an_infinite_derivative_doesnt_vanish_beside_a_power_that_has_underflown() {
    // −2/x³, whose factors are 1e545 and 1e−546.
    let y = (Taylor::<f64, 3>::variable(-3.5) / 8.09e181).ln_gamma();
    assert!(y.derivative(3).is_nan(), "{y:?}");
    let y = (Taylor::<f64, 2>::variable(4617.57) * 2.6e-184).bessel_y0();
    assert!(y.derivative(2).is_nan(), "{y:?}");
    let composed = Taylor::new(0.0, [1e-200, 1.0, 0.0]).compose(0.0, [1.0, f64::INFINITY, 1.0]);
    assert!(composed.coefficients[1].is_nan(), "{composed:?}");
    let moving = Taylor::new(0.0, [0.0, 1e-200, 1.0]).compose(0.0, [1.0, f64::INFINITY, 1.0]);
    assert_eq!(moving.coefficients, [0.0, 1e-200, 1.0]);
}

#[test]
fn an_infinite_lane_leaves_the_others_of_a_norm_alone() {
    let x = TaylorOfDual::variable(Dual::constant(0.3));
    let y = TaylorOfDual::constant(Dual::new(1.0, [1.0]));
    let h = x.hypot(y.asin());
    close("hypot(x, asin y)″", h.derivative(2).re, 0.603_311_331_694_741_6, 1e-14);
    close("hypot(x, asin y)‴", h.derivative(3).re, -0.212_317_183_435_733, 1e-13);
    assert!(!h.derivative(2).eps[0].is_finite(), "{h:?}");
    let point = [x, y.acosh(), TaylorOfDual::constant(Dual::constant(95176.0))];
    let norm = TaylorOfDual::norm_of(3, |i| point[i]);
    close("norm″", norm.derivative(2).re, 1.050_685_046_634_8e-5, 1e-12);
    assert!(!norm.derivative(2).eps[0].is_finite(), "{norm:?}");
}

#[test]
fn an_infinite_lane_leaves_the_others_of_a_quantile_alone() {
    let x = TaylorOfDual::constant(Dual::new(2.675e-261, [1.0]));
    let y = TaylorOfDual::variable(Dual::constant(3.2346));
    let quantile = (x + (y - x) * x).ndtri();
    close("Φ⁻¹(lerp(x, y, x))″", quantile.derivative(2).re, -0.001_615_122_525_035_091, 1e-12);
    assert!(!quantile.derivative(2).eps[0].is_finite(), "{quantile:?}");
}
