//! Derivatives of second and higher order where something beside them overflows, underflows, cancels or isn't defined.
//!
//! References are closed forms, worked out by hand.

use tangents::{Dual, HyperDual, Real, Special, Taylor};

fn hyper(x: f64, gradient: f64, second: f64) -> HyperDual<f64, 1> {
    HyperDual::from_fn(x, [gradient], |_, _| second)
}

fn assert_close(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() <= 4.0 * f64::EPSILON * wanted.abs(), "{what}: {found:e} for {wanted:e}");
}

#[test]
fn a_linear_function_never_squares_the_gradient() {
    let x = hyper(-3.0, 1e200, 5.0);
    assert_eq!(x.abs().second(0, 0), -5.0);
    assert_eq!(x.fract().second(0, 0), 5.0);
    assert_eq!((x % 2.0).second(0, 0), 5.0);
    assert_eq!((x % hyper(2.0, 1e200, 1.0)).second(0, 0), 6.0); // x + y
}

#[test]
fn the_quotient_by_a_number_that_has_overflown_is_constant() {
    let y = hyper(800.0, 1.0, 0.0).exp() + 1.0;
    assert_eq!((y.re, y.gradient), (f64::INFINITY, [f64::INFINITY]));
    let q = HyperDual::constant(1.0) / y;
    assert_eq!((q.re, q.gradient, q.second(0, 0)), (0.0, [0.0], 0.0));
}

#[test]
fn a_square_of_the_gradient_that_underflows_is_no_zero_lane() {
    // √t at t = 0, of t = 10⁻²⁰⁰·s
    assert!(!hyper(0.0, 1e-200, 0.0).sqrt().second(0, 0).is_finite());
    assert!(hyper(2.0, 1e-200, 0.0).asin().second(0, 0).is_nan());
    assert!(hyper(-1.0, 1e-200, 0.0).ln().second(0, 0).is_nan());
}

#[test]
fn outside_the_domain_every_order_is_nan() {
    let x = Taylor::<f64, 3>::variable(-2.0);
    for y in [
        x.ln(),
        x.log2(),
        x.log10(),
        x.ln_1p(),
        x.atanh(),
        x.log(Taylor::constant(2.0)),
        x.logit(),
        x.xlogy(x),
        x.ln_beta(x),
    ] {
        assert!(y.re.is_nan() && y.coefficients.iter().all(|c| c.is_nan()), "{y:?}");
    }
    let nan = Taylor::<f64, 2>::variable(f64::NAN);
    assert!(nan.hypot(Taylor::constant(1.0)).coefficients.iter().all(|c| c.is_nan()));
    // What doesn't change stays constant.
    assert_eq!(Taylor::<f64, 2>::constant(-2.0).ln().coefficients, [0.0, 0.0]);
}

#[test]
fn the_series_of_an_arc_tangent_that_has_died_away_is_zero() {
    assert_eq!(Taylor::new(1e300, [1e10, 0.0, 0.0]).atan().coefficients, [0.0; 3]);
}

#[test]
fn the_series_of_a_power_near_an_integer_keeps_its_digits() {
    for (a, k) in [(1.0001, 2), (3.000_000_1, 4), (7.000_000_01, 8)] {
        let power = Taylor::<f64, 8>::variable(1.0).powf(Taylor::constant(a));
        // a·(a − 1)…(a − k + 1)
        let wanted = (0..k).fold(1.0, |product, j| product * (a - f64::from(j)));
        assert_close(power.derivative(usize::try_from(k).unwrap()), wanted, "derivative of x^a at 1");
    }
}

#[test]
fn the_series_of_a_distance_beside_an_axis_keeps_its_digits() {
    let (x, y) = (1e-5_f64, 0.25_f64);
    // ∂²h/∂y² = x²/h³, ∂³h/∂y³ = −3·x²·y/h⁵, rounded from 40 digits
    let wanted = [6.399_999_984_640_001e-9, -7.679_999_969_280_001e-8];
    let (c, v) = (Taylor::<f64, 3>::constant(x), Taylor::variable(y));
    for series in [c.hypot(v), v.hypot(c), Special::norm(&[c, v]), Special::norm(&[v, c])] {
        assert_close(series.derivative(2), wanted[0], "second derivative");
        assert_close(series.derivative(3), wanted[1], "third derivative");
    }
}

#[test]
fn the_series_of_a_distance_has_no_squares_that_underflow() {
    // h″ = 1/h at y = 0
    for h in [1e300, 1e-160] {
        let distance = Taylor::<f64, 2>::constant(h).hypot(Taylor::variable(0.0));
        assert_close(distance.derivative(2), 1.0 / h, "second derivative");
    }
}

/// y·(y − 1)·(y − 2)·…·x^(y − k), in whose factors a form of the slope must not cancel.
#[test]
fn powers_beside_an_integer_keep_their_digits_to_the_fourth_derivative() {
    type Fourth = Dual<Dual<Dual<Dual<f64, 1>, 1>, 1>, 1>;
    for (x, y) in [(1.7, 2.0001), (1.7, 3.000_000_1), (0.4, 1.000_1), (2.5, 0.999), (1.3, -0.001), (1.7, 2.3)]
    {
        let lift = |x| Fourth::variable(Dual::variable(Dual::variable(Dual::variable(x, 0), 0), 0), 0);
        let power = lift(x).powf(Fourth::lit(y));
        let packed = HyperDual::<HyperDual<f64, 1>, 1>::variable(HyperDual::variable(x, 0), 0);
        let packed = packed.powf(HyperDual::lit(y));
        let closed = |k: i32| (0..k).map(|i| y - f64::from(i)).product::<f64>() * x.powf(y - f64::from(k));
        let third = power.eps[0].eps[0].eps[0].re;
        let fourth = power.eps[0].eps[0].eps[0].eps[0];
        for (found, k) in [(third, 3), (fourth, 4), (packed.second(0, 0).second(0, 0), 4)] {
            let expected = closed(k);
            assert!(
                (found - expected).abs() <= 1e-13 * expected.abs(),
                "{x}^{y}, {k}: {found:e}, not {expected:e}"
            );
        }
    }
}

/// The product of two gradients leaves the range of f32 where the second derivative doesn't.
#[test]
fn second_derivatives_of_scaled_variables_are_there_in_f32() {
    for c in [1e-23_f32, 1e-20, 1e20] {
        let root = (HyperDual::<f32, 1>::variable(1.0, 0) * c).sqrt().second(0, 0);
        assert!((root / (-0.25 * c.sqrt()) - 1.0).abs() < 1e-6, "{root:e}");
    }
}
