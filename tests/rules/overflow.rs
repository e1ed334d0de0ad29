//! Derivatives that are normal numbers where a product on the way to them over- or underflows, and those beside a component
//! that isn't finite. The references are mpmath's.

use tangents::{Dual, HyperDual, Real, Special, Taylor};

type TaylorOfDual = Taylor<Dual<f64, 1>, 3>;

fn close<T: Real>(what: &str, got: T, want: f64, tolerance: f64) {
    let got = got.to_f64().expect("a number");
    assert!((got - want).abs() <= tolerance * want.abs(), "{what}: got {got:e}, want {want:e}");
}

#[test]
fn an_infinite_derivative_doesnt_vanish_beside_a_power_that_has_underflown() {
    // 2/πx², whose factors are 1e366 and 1e−367.
    let y = (Taylor::<f64, 2>::variable(4617.57) * 2.6e-184).bessel_y0();
    assert!(!y.derivative(2).is_finite(), "{y:?}");
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

/// ∂xxy of xʸ, by a dual number in y over a hyper-dual one in x.
fn mixed<T: Real>(x: T, y: T) -> T {
    let x = Dual::constant(HyperDual::<T, 1>::variable(x, 0));
    let y = Dual::<_, 1>::variable(HyperDual::constant(y), 0);
    x.powf(y).eps[0].hessian()[0][0]
}

#[test]
fn a_power_in_both_arguments_has_derivatives_where_its_value_or_those_of_the_logarithm_are_none() {
    close("underflown", mixed(2.7649e-281_f64, 2.9131), -2.387_518_919_804_635_6e-253, 1e-14);
    close("overflown", mixed(6.948e230_f64, 2.1062), 4.068_123_407_833_775e27, 1e-14);
    close(
        "1/x² underflows",
        mixed(8.813_465_615_736_318e214_f64, 1.352_043_338_851_109_5),
        1.259_275_450_838_449_7e-137,
        1e-13,
    );
    close("the same in f32", mixed(8.5e35_f32, 0.9811), -1.408_641_512_81e-37, 1e-4);
    let series = Taylor::<f64, 3>::variable(2.7649e-281).powf(Taylor::variable(2.9131));
    close("second along (1, 1)", series.derivative(2), 3.700_756_844_932_939e-256, 1e-14);
    close("third along (1, 1)", series.derivative(3), 1.222_163_939_060_460_5e25, 1e-14);
}

#[test]
fn the_quotient_of_nested_numbers_doesnt_go_by_a_reciprocal_whose_tangent_underflows() {
    // The tangent of 1/y is −1e−41.
    let y = Dual::<f32, 1>::new(1000.0, [1e-35]);
    let x = Dual::<_, 1>::new(Dual::constant(1.0), [Dual::constant(1e30)]);
    close("x/y", (x / Dual::constant(y)).eps[0].eps[0], -1.000_000_033_05e-11, 1e-6);
    let x = HyperDual::<_, 1>::from_fn(Dual::constant(1.0_f32), [Dual::constant(1e30)], |_, _| {
        Dual::constant(0.0)
    });
    close("x/y", (x / HyperDual::constant(y)).gradient[0].eps[0], -1.000_000_033_05e-11, 1e-6);
    let x = Taylor::<_, 1>::new(Dual::constant(1.0_f32), [Dual::constant(1e30)]);
    close("x/y", (x / Taylor::constant(y)).coefficients[0].eps[0], -1.000_000_033_05e-11, 1e-6);
}

#[test]
fn roots_in_series_dont_square_a_coefficient() {
    let x = Taylor::<f64, 3>::variable(-3.5616);
    close("∛(cx²)‴", (x * x * 1.05e-147).cbrt().derivative(3), -1.554_595_202_006_382_8e-51, 1e-13);
    let x = Taylor::<f64, 2>::variable(1e-110) * 6.05e218;
    close("√(cx)″", x.sqrt().derivative(2), -0.25 * 6.05e218_f64.sqrt() * 1e165, 1e-14);
}

/// The first and second derivatives of f(10²⁰⁰·x) at 1.5, by every number that has them.
fn far_out(what: &str, f: &impl Functions, first: f64, second: f64) {
    let c = 1e200;
    let single = f.call(Dual::<f64, 1>::variable(1.5, 0) * c);
    let nested = f.call(Dual::<_, 1>::variable(Dual::<f64, 1>::variable(1.5, 0), 0) * c);
    let packed = f.call(HyperDual::<f64, 1>::variable(1.5, 0) * c);
    let series = f.call(Taylor::<f64, 2>::variable(1.5) * c);
    close(what, single.eps[0], first, 1e-15);
    close(what, nested.eps[0].re, first, 1e-15);
    close(what, nested.eps[0].eps[0], second, 1e-15);
    close(what, packed.gradient[0], first, 1e-15);
    close(what, packed.second(0, 0), second, 1e-15);
    close(what, series.derivative(1), first, 1e-15);
    close(what, series.derivative(2), second, 1e-15);
}

trait Functions {
    fn call<T: Special>(&self, x: T) -> T;
}

/// A type for a function, which is called with several numbers.
macro_rules! functions {
    ($($Name:ident: |$x:ident| $body:expr;)*) => {$(
        struct $Name;

        impl Functions for $Name {
            fn call<T: Special>(&self, $x: T) -> T {
                $body
            }
        }
    )*};
}

functions! {
    Logarithm: |x| x.ln();
    Reciprocal: |x| x.powi(-1);
    Power: |x| x.powf(T::lit(-1.0));
    Digamma: |x| x.digamma();
    Trigamma: |x| x.polygamma(1);
}

#[test]
fn a_slope_that_underflows_isnt_zero_beside_a_tangent_as_large() {
    far_out("ln", &Logarithm, 1.0 / 1.5, -1.0 / 2.25);
    far_out("ψ", &Digamma, 1.0 / 1.5, -1.0 / 2.25);
    let (first, second) = (-4.444_444_444_444_445e-201, 5.925_925_925_925_926e-201);
    far_out("x⁻¹ as powi", &Reciprocal, first, second);
    far_out("x⁻¹ as powf", &Power, first, second);
    far_out("ψ′", &Trigamma, first, second);
}

#[test]
fn a_slope_that_overflows_isnt_infinite_beside_a_tangent_as_small() {
    let y = (Taylor::<f64, 3>::variable(-3.5) / 8.09e181).ln_gamma();
    close("(ln Γ)‴, as that of −ln x", y.derivative(3), 0.046_647_230_320_699_71, 1e-14);
}

/// A constant has a slope that overflows too, and its tangents are zeros.
#[test]
fn a_slope_that_is_lost_leaves_what_doesnt_move_alone() {
    let x = -2.376_221_f32;
    assert_eq!(Taylor::<f32, 4>::constant(x).powi(100).coefficients, [0.0; 4]);
    assert_eq!(Dual::<f32, 1>::constant(x).powi(100).eps, [0.0]);
    assert!(HyperDual::<f32, 1>::constant(x).powi(100).is_constant());
    let late = Taylor::<f32, 4>::new(x, [0.0, 1.0, 0.0, 0.0]).powi(100).coefficients;
    assert_eq!(late, [0.0, f32::NEG_INFINITY, 0.0, f32::INFINITY]);
}

/// The entries in which the exponent doesn't move are those of a constant exponent.
#[test]
fn an_entry_of_a_power_is_the_same_whether_its_exponent_moves_in_another_lane() {
    for (x, exponent) in [(1e-160_f64, -0.9), (1e160, -1.0), (1e-105, 0.5), (1e200, 0.3), (1.1, 7400.0)] {
        let from = |g: [f64; 2]| HyperDual::<f64, 2>::from_fn(x, g.map(|g| g * x), |_, _| x);
        let y = HyperDual::<f64, 2>::from_fn(exponent, [0.0, 1.0], |_, _| 0.0);
        let (whole, alone) = (from([0.7, 0.3]).powf(y), from([0.7, 0.3]).powf(HyperDual::constant(exponent)));
        assert_eq!(whole.second(0, 0).to_bits(), alone.second(0, 0).to_bits(), "{x:e}^{exponent}: {whole:?}");
        assert_eq!(whole.gradient[0].to_bits(), alone.gradient[0].to_bits(), "{x:e}^{exponent}: {whole:?}");
        let first = from([0.7, 0.3]).first_order().powf(y.first_order());
        assert!(whole.first_order().identical(&first), "{whole:?} instead of {first:?}");
    }
}
