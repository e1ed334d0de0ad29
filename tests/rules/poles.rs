//! A pole isn't an overflow: behind a value that is infinite because of a pole no derivative is a number, and behind one that
//! has overflown it is what it tends to.

use tangents::{Dual, HyperDual, Real, Special, Taylor, gradient, value_gradient_and_hessian};

/// A number in which one variable moves and another one may stand still.
trait Number: Special + Copy + std::fmt::Debug {
    fn variable_at(x: f64) -> Self;
    /// The derivatives in the variable, of every order.
    fn moving(self) -> Vec<f64>;
    /// The components that don't belong to it.
    fn still(self) -> Vec<f64>;
}

impl Number for Dual<f64, 2> {
    fn variable_at(x: f64) -> Self {
        Self::variable(x, 0)
    }
    fn moving(self) -> Vec<f64> {
        vec![self.eps[0]]
    }
    fn still(self) -> Vec<f64> {
        vec![self.eps[1]]
    }
}

impl Number for Dual<f32, 1> {
    fn variable_at(x: f64) -> Self {
        Self::variable(f32::lit(x), 0)
    }
    fn moving(self) -> Vec<f64> {
        vec![self.eps[0].into()]
    }
    fn still(self) -> Vec<f64> {
        Vec::new()
    }
}

impl Number for Dual<Dual<Dual<f64, 1>, 1>, 2> {
    fn variable_at(x: f64) -> Self {
        Self::variable(Dual::variable(Dual::variable(x, 0), 0), 0)
    }
    fn moving(self) -> Vec<f64> {
        let [d, _] = self.eps;
        vec![
            self.re.re.eps[0],
            self.re.eps[0].re,
            self.re.eps[0].eps[0],
            d.re.re,
            d.re.eps[0],
            d.eps[0].re,
            d.eps[0].eps[0],
        ]
    }
    fn still(self) -> Vec<f64> {
        let [_, d] = self.eps;
        vec![d.re.re, d.re.eps[0], d.eps[0].re, d.eps[0].eps[0]]
    }
}

impl Number for HyperDual<f64, 2> {
    fn variable_at(x: f64) -> Self {
        Self::variable(x, 0)
    }
    fn moving(self) -> Vec<f64> {
        vec![self.gradient[0], self.second(0, 0)]
    }
    fn still(self) -> Vec<f64> {
        vec![self.gradient[1], self.second(0, 1), self.second(1, 1)]
    }
}

impl Number for Taylor<f64, 3> {
    fn variable_at(x: f64) -> Self {
        Self::variable(x)
    }
    fn moving(self) -> Vec<f64> {
        self.coefficients.to_vec()
    }
    fn still(self) -> Vec<f64> {
        Vec::new()
    }
}

impl Number for Taylor<Dual<f64, 2>, 2> {
    fn variable_at(x: f64) -> Self {
        Self::variable(Dual::variable(x, 0))
    }
    fn moving(self) -> Vec<f64> {
        let of = |c: Dual<f64, 2>| [c.re, c.eps[0]];
        [&[self.re.eps[0]][..], self.coefficients.map(of).as_flattened()].concat()
    }
    fn still(self) -> Vec<f64> {
        vec![self.re.eps[1]] // in products inside the coefficients, 0·NaN is NaN
    }
}

/// The formulas `name: |x| f, at a;` on every number, each held against `right`.
macro_rules! on_every_number {
    ($right:expr; $($name:literal: |$x:ident| $f:expr, at $at:expr;)*) => {{
        fn check<T: Number>(number: &str) {
            // A formula as a function, so that it is generic.
            $({
                let $x = T::variable_at($at);
                let y = $f;
                let (moving, still) = (y.moving(), y.still());
                assert!(moving.iter().all(|&d| $right(d)), "{} at {}, {number}: {y:?}", $name, $at);
                assert!(still.iter().all(|&d| d == 0.0), "{} at {}, {number}: {y:?}", $name, $at);
            })*
        }
        check::<Dual<f64, 2>>("Dual");
        check::<Dual<f32, 1>>("Dual of f32");
        check::<Dual<Dual<Dual<f64, 1>, 1>, 2>>("Dual, three times nested");
        check::<HyperDual<f64, 2>>("HyperDual");
        check::<Taylor<f64, 3>>("Taylor");
        check::<Taylor<Dual<f64, 2>, 2>>("Taylor over Dual");
    }};
}

#[test]
fn no_derivative_behind_a_pole_is_a_number() {
    on_every_number! { f64::is_nan;
        "1/x": |x| T::one() / x, at 0.0;
        "1/(1/x)": |x| T::one() / (T::one() / x), at 0.0;
        "1/(1/x)": |x| x.recip().recip(), at -0.0;
        "v/(1 + k/s)": |s| T::lit(3.0) / (T::one() + T::lit(2.0) / s), at 0.0;
        "x/(x + 1/x)": |x| x / (x + x.recip()), at 0.0;
        "x/x": |x| x / x, at 0.0;
        "1/(1/x + e¹⁰⁰⁰)": |x| (x.recip() + T::lit(1000.0).exp()).recip(), at 0.0;
        "e^(−1/x)": |x| (-x.recip()).exp(), at 0.0;
        "tanh 1/x": |x| x.recip().tanh(), at 0.0;
        "atan 1/x": |x| x.recip().atan(), at 0.0;
        "atan2(1/x, 1)": |x| x.recip().atan2(T::one()), at 0.0;
        "1/hypot(1/x, x)": |x| x.recip().hypot(x).recip(), at 0.0;
        "1/√(1/x)": |x| x.recip().sqrt().recip(), at 0.0;
        "(1/√x)⁻²": |x| x.sqrt().recip().powi(-2), at 0.0;
        "1/x⁻¹": |x| x.powi(-1).recip(), at 0.0;
        "1/x⁻²": |x| x.powi(-2).recip(), at -0.0;
        "1/x^i32::MIN": |x| x.powi(i32::MIN).recip(), at 0.0;
        "1/x^−1": |x| x.powf(T::lit(-1.0)).recip(), at 0.0;
        "1/x^−0.5": |x| x.powf(T::lit(-0.5)).recip(), at 0.0;
        "1/x^(x − 1)": |x| x.powf(x - T::one()).recip(), at 0.0;
        "1/0ʸ": |y| T::zero().powf(y).recip(), at -1.0;
        "1/ln x": |x| x.ln().recip(), at 0.0;
        "1/log₂ x": |x| x.log2().recip(), at 0.0;
        "1/log₁₀ x": |x| x.log10().recip(), at -0.0;
        "1/log₃ x": |x| x.log(T::lit(3.0)).recip(), at 0.0;
        "1/log 3 to base x": |x| T::lit(3.0).log(x).recip(), at 1.0;
        "1/ln(1 + x)": |x| x.ln_1p().recip(), at -1.0;
        "1/atanh x": |x| x.atanh().recip(), at 1.0;
        "1/atanh x": |x| x.atanh().recip(), at -1.0;
    }
}

#[test]
fn behind_an_overflow_a_derivative_is_what_it_tends_to() {
    on_every_number! { |d| d == 0.0;
        "1/(1 + eˣ)": |x| (T::one() + x.exp()).recip(), at 800.0;
        "1/(1 + e⁻ˣ)": |x| T::one() / (T::one() + (-x).exp()), at -800.0;
        "1/(1 + 2ˣ)": |x| T::one() / (T::one() + x.exp2()), at 2000.0;
        "x/(eˣ − 1)": |x| x / x.exp_m1(), at 800.0;
        "1/cosh x": |x| x.cosh().recip(), at -800.0;
        "1/x": |x| x.recip(), at f64::INFINITY;
        "ln x": |x| x.ln(), at f64::INFINITY;
    }
}

#[test]
fn a_vertical_tangent_at_a_finite_value_is_infinite() {
    let of_first_order = |y: Dual<f64, 1>| y.eps[0];
    let x = |at| Dual::<f64, 1>::variable(at, 0);
    assert_eq!(of_first_order(x(0.0).sqrt()), f64::INFINITY);
    assert_eq!(of_first_order(x(0.0).cbrt()), f64::INFINITY);
    assert_eq!(of_first_order(x(1.0).asin()), f64::INFINITY);
    assert_eq!(of_first_order(x(1.0).acosh()), f64::INFINITY);
    // log 2 to base b is ln 2/ln b.
    assert_eq!(of_first_order(Dual::constant(2.0).log(x(0.0))), f64::NEG_INFINITY);
    assert_eq!(of_first_order(Dual::constant(0.5).log(x(0.0))), f64::INFINITY);
}

#[test]
fn plain_numbers_on_the_left_have_the_same_poles() {
    let x = Dual::<Dual<f64, 1>, 2>::variable(Dual::variable(0.0, 0), 0);
    for y in [1.0 / (1.0 / x), 2.0 / (3.0 + 4.0 / x), 1.0 / Dual::constant(1.0) / x] {
        assert!(y.eps[0].re.is_nan() && y.eps[0].eps[0].is_nan() && y.re.eps[0].is_nan(), "{y:?}");
        assert_eq!((y.eps[1].re, y.eps[1].eps[0]), (0.0, 0.0));
    }
    let x = Dual::<f64, 1>::variable(0.0, 0);
    assert!((1.0 % x).eps[0].is_nan() && x.rem_euclid(x).eps[0].is_nan());
}

/// An entry of a packed number whose own lanes are finite has the bits that it has beside no others (law 3).
#[test]
fn an_infinite_lane_leaves_the_other_entries_of_a_packed_number_alone() {
    type H = HyperDual<f64, 2>;
    let functions: [(&str, fn(H, H) -> H); 9] = [
        ("sin", |x, _| x.sin()),
        ("exp", |x, _| x.exp()),
        ("under", |x, _| 0.7 / x),
        ("recip", |x, _| x.recip()),
        ("product", |x, y| x * y),
        ("quotient", |x, y| y / x),
        ("powf", |x, y| x.powf(y)),
        ("atan2", |x, y| x.atan2(y)),
        ("hypot", |x, y| x.hypot(y)),
    ];
    let x = H::variable(1.3, 0);
    let (x, y) = (x * x, x.sin() + 0.2);
    // √ rises vertically from 0 along the second coordinate.
    let vertical = H::variable(0.0, 1).sqrt();
    assert!(vertical.gradient[1].is_infinite());
    for (name, f) in functions {
        let (alone, beside) = (f(x, y), f(x + vertical, y));
        assert!(!beside.gradient[1].is_finite(), "{name}");
        let bits = |y: H| [y.re, y.gradient[0], y.second(0, 0)].map(f64::to_bits);
        assert_eq!(bits(beside), bits(alone), "{name}: {beside:?}, alone {alone:?}");
    }
}

/// `y·(y − 1)…` of negative bases and huge exponents, from closed forms.
#[test]
fn powers_with_huge_exponents_have_their_slopes() {
    let slope = |x: f64, y: f64| Dual::<f64, 1>::variable(x, 0).powf(Dual::constant(y)).eps[0];
    assert_eq!(slope(-1.0, 1e16), -1e16);
    assert_eq!(slope(-1.0, 9_007_199_254_740_993.0), -9_007_199_254_740_992.0);
    assert_eq!(slope(-1.0, 9_007_199_254_740_991.0), 9_007_199_254_740_991.0);
    assert_eq!(slope(-1.0, -1e300), 1e300);
    assert_eq!(slope(1.0, 1e300), 1e300);
    let slope = |x: f32, y: f32| Dual::<f32, 1>::variable(x, 0).powf(Dual::constant(y)).eps[0];
    assert_eq!(slope(-1.0, 1e8), -1e8);
    let second = Dual::<Dual<f64, 1>, 1>::variable(Dual::variable(-1.0, 0), 0)
        .powf(Dual::constant(Dual::constant(1e16)));
    assert!((second.eps[0].eps[0] / 1e32 - 1.0).abs() < 1e-15);
}

/// Slopes of powers that have under- or overflown, from closed forms and mpmath.
#[test]
fn powers_that_are_no_numbers_have_slopes_that_are() {
    let slope = |x: f64, y: f64| Dual::<f64, 1>::variable(x, 0).powf(Dual::constant(y)).eps[0];
    for (y, expected) in [(1025.0, 1025.0 / 4.0), (1026.0, -1026.0 / 8.0)] {
        let ratio = slope(-0.5, y) / f64::MIN_POSITIVE;
        assert!((ratio / expected - 1.0).abs() < 1e-15, "{y}: {ratio}");
    }
    assert!((slope(0.999_279_7, 1e6) / 1.162_199_095_914_242_6e-307 - 1.0).abs() < 1e-14);
    // 2ˣ·ln 2 where 2ˣ has overflown.
    let doubled = Dual::<f64, 1>::variable(1024.25, 0).exp2().eps[0];
    assert!((doubled / 1.481_830_467_270_837_2e308 - 1.0).abs() < 1e-15, "{doubled:e}");
    // p·ln x of an infinite p, and of one that is 0.
    let of_exponent = |x: f64, y: f64| Dual::<f64, 1>::constant(x).powf(Dual::variable(y, 0)).eps[0];
    let found = of_exponent(1.0001, 7.1e6);
    assert!((found / 2.155_976_442_123_124e304 - 1.0).abs() < 1e-9, "{found:e}");
    assert_eq!(of_exponent(0.5, 2000.0), 0.0);
    assert!(of_exponent(-0.5, 1100.0).is_nan() && of_exponent(-0.5, 2.0).is_nan());
}

/// ∂²/∂x∂y xʸ = xʸ⁻¹·(1 + y·ln x): at x = 0 it is −∞ for y ≤ 1 and 0 beyond.
#[test]
fn mixed_derivatives_of_powers_of_zero_are_not_lost() {
    let mixed = |y: f64| {
        let x = Dual::<Dual<f64, 1>, 1>::constant(Dual::variable(0.0, 0));
        x.powf(Dual::variable(Dual::constant(y), 0)).eps[0].eps[0]
    };
    assert_eq!(
        [mixed(0.5), mixed(1.0), mixed(1.5), mixed(2.0)],
        [f64::NEG_INFINITY, f64::NEG_INFINITY, 0.0, 0.0]
    );
    let packed = HyperDual::<f64, 2>::variable(0.0, 0).powf(HyperDual::variable(1.0, 1));
    assert_eq!(packed.second(0, 1), f64::NEG_INFINITY);
}

/// c/(1/x₀)/(1/x₁) = c·x₀·x₁, beside poles in x₁ only.
#[test]
fn first_derivatives_beside_a_pole_are_the_same_in_numbers_of_any_order() {
    fn f<T: Real>(x: &[T]) -> T {
        T::lit(-3.0) / x[0].recip() / x[1].recip()
    }
    fn overflown<T: Real>(x: &[T]) -> T {
        T::one() / (T::one() + x[1] * (T::lit(800.0) * x[0]).exp())
    }
    for (f, g, x) in [
        (f as fn(&[Dual<f64, 2>]) -> _, value_gradient_and_hessian(f, &[-0.5, 0.0]).gradient, [-0.5, 0.0]),
        (overflown, value_gradient_and_hessian(overflown, &[1.0, 2.0]).gradient, [1.0, 2.0]),
    ] {
        let first = gradient(f, &x);
        assert!(first.iter().zip(g).all(|(&a, b)| a == b || a.is_nan() && b.is_nan()), "{first:?} and {g:?}");
    }
    #[cfg(feature = "alloc")]
    for x in [vec![-0.5_f64, 0.0], vec![0.25, 0.0, 3.0]] {
        let (first, beside) = (gradient(f, &x), value_gradient_and_hessian(f, &x).gradient);
        assert!(first[0] == 0.0 && first[1].is_nan(), "{first:?}");
        assert!(beside[0] == 0.0 && beside[1].is_nan(), "{beside:?}");
    }
}

/// A lane of a nested number has the same derivatives alone.
#[test]
fn inner_lanes_beside_poles_are_independent() {
    let f = |seed: &dyn Fn(usize) -> Vec<f64>| {
        let n = seed(0).len();
        let number = |re: f64, i: usize| {
            let lanes: [f64; 3] = std::array::from_fn(|k| if k < n { seed(i)[k] } else { 0.0 });
            Dual::<Dual<f64, 3>, 3>::new(Dual::new(re, lanes), lanes.map(Dual::constant))
        };
        let point = [number(2.0, 0), number(0.0, 1), number(0.0, 2)];
        point.iter().fold(Dual::constant(Dual::constant(0.0625)), |sum, x| sum / x.recip())
    };
    let together = f(&|i| (0..3).map(|k| f64::from(u8::from(i == k))).collect());
    for k in 0..3 {
        let alone = f(&|i| vec![f64::from(u8::from(i == k))]);
        let (a, b) = (together.eps[k].eps[k], alone.eps[0].eps[0]);
        assert!(a == b || a.is_nan() && b.is_nan(), "{k}: {a} and {b}");
    }
}
