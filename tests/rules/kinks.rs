//! Kinks: functions of them that are smooth have their slope, and no derivative of higher order is a plausible number.
//!
//! Each claim is a function of one variable at a point, with its derivatives from order 0, and holds on every number and
//! nesting. Where a derivative doesn't exist, or the numbers can't know it, it is NaN; a component that doesn't move is
//! zero.

#![allow(clippy::redundant_closure_for_method_calls)] // `|x| x.abs()` reads as the claim says

use tangents::{Dual, HyperDual, Special, Taylor};

const NAN: f64 = f64::NAN;
const INF: f64 = f64::INFINITY;

/// A number whose components can be asked for.
trait Probe: Special {
    /// The variable x, which moves in the first lane of each of the numbers, and in no other.
    fn variable(x: f64) -> Self;

    /// The derivatives: the order of each, or none if it is in a direction in which nothing moves.
    fn derivatives(&self) -> Vec<(Option<usize>, f64)>;
}

macro_rules! plain {
    ($($P:ty)*) => {$(
        impl Probe for $P {
            #[allow(clippy::cast_possible_truncation)]
            fn variable(x: f64) -> Self {
                x as $P
            }

            fn derivatives(&self) -> Vec<(Option<usize>, f64)> {
                vec![(Some(0), (*self).into())]
            }
        }
    )*};
}

plain! { f32 f64 }

/// The derivatives of a component that adds `more` orders, or is in a lane that doesn't move.
fn inner<T: Probe>(component: T, more: Option<usize>) -> impl Iterator<Item = (Option<usize>, f64)> {
    let derivatives = component.derivatives().into_iter();
    derivatives.map(move |(order, d)| (order.zip(more).map(|(order, more)| order + more), d))
}

impl<T: Probe> Probe for Dual<T, 2> {
    fn variable(x: f64) -> Self {
        Dual::new(T::variable(x), [T::one(), T::zero()])
    }

    fn derivatives(&self) -> Vec<(Option<usize>, f64)> {
        let (moving, still) = (inner(self.eps[0], Some(1)), inner(self.eps[1], None));
        inner(self.re, Some(0)).chain(moving).chain(still).collect()
    }
}

impl<T: Probe> Probe for HyperDual<T, 2> {
    fn variable(x: f64) -> Self {
        HyperDual::variable(T::variable(x), 0)
    }

    fn derivatives(&self) -> Vec<(Option<usize>, f64)> {
        let gradient = inner(self.gradient[0], Some(1)).chain(inner(self.gradient[1], None));
        let second = inner(self.second(0, 0), Some(2));
        let still = inner(self.second(0, 1), None).chain(inner(self.second(1, 1), None));
        inner(self.re, Some(0)).chain(gradient).chain(second).chain(still).collect()
    }
}

impl<T: Probe, const K: usize> Probe for Taylor<T, K> {
    fn variable(x: f64) -> Self {
        Taylor::variable(T::variable(x))
    }

    fn derivatives(&self) -> Vec<(Option<usize>, f64)> {
        // Not `self.derivative(k)`, whose product with a constant of the inner type would make NaN of a zero beside a NaN.
        let factorial =
            |k: usize| (1..=k).fold(1.0, |product, j| product * f64::from(u8::try_from(j).unwrap()));
        let of_order = |k| {
            inner(self.coefficient(k), Some(k))
                .map(move |(order, c)| (order, c * factorial(k)))
                .collect::<Vec<_>>()
        };
        (0..=K).flat_map(of_order).collect()
    }
}

type D<T> = Dual<T, 2>;
type H<T> = HyperDual<T, 2>;

/// Where derivatives, found on a number whose type is `number`, leave `want`; beyond the last of that there is none.
///
/// A lane that doesn't move is zero, but in a product, which follows IEEE arithmetic inside the lanes.
fn deviations(
    claim: &str,
    x: f64,
    number: &str,
    found: Vec<(Option<usize>, f64)>,
    want: &[f64],
    product: bool,
) -> Vec<String> {
    let wrong = found.into_iter().filter_map(|(order, found)| {
        let want = order.map_or(0.0, |order| want.get(order).copied().unwrap_or(NAN));
        let right = if want.is_nan() { found.is_nan() } else { found == want };
        let right = right || (product && order.is_none() && found.is_nan());
        let number = number.replace("tangents::number::", "");
        let what = order.map_or("a lane that doesn't move".into(), |order| format!("order {order}"));
        (!right).then(|| format!("{claim} at {x:?}, {number}, {what}: {found:?}, not {want:?}"))
    });
    wrong.collect()
}

macro_rules! on_every_number {
    ($claim:expr, $f:ident, $x:expr, $want:expr, $product:expr) => {
        on_every_number!($claim, $f, $x, $want, $product;
            D<f64> D<f32> D<D<f64>> D<D<D<f64>>> D<D<D<D<f64>>>>
            H<f64> H<f32> H<H<f64>> D<H<f64>> H<D<f64>>
            Taylor<f64, 4> Taylor<f32, 3> Taylor<D<f64>, 3> D<Taylor<f64, 3>> Taylor<H<f64>, 2> H<Taylor<f64, 2>>
            Taylor<Taylor<f64, 2>, 2>)
    };
    ($claim:expr, $f:ident, $x:expr, $want:expr, $product:expr; $($X:ty)*) => {
        [$({
            let found = $f(<$X as Probe>::variable($x)).derivatives();
            deviations($claim, $x, std::any::type_name::<$X>(), found, $want, $product)
        }),*].concat()
    };
}

/// The claims `name at points: |x| function => derivatives`, the last of them for every order beyond.
macro_rules! claims {
    (@product $product:literal; $($name:literal at $points:expr, |$x:ident| $body:expr => $want:expr;)*) => {{
        let mut wrong = Vec::new();
        $({
            fn f<T: Special>($x: T) -> T {
                $body
            }
            let (points, want): (&[f64], &[f64]) = (&$points, &$want);
            for &x in points {
                wrong.extend(on_every_number!($name, f, x, want, $product));
            }
        })*
        assert!(wrong.is_empty(), "{} components are wrong:\n{}", wrong.len(), wrong.join("\n"));
    }};
    ($($claims:tt)*) => {
        claims!(@product false; $($claims)*);
    };
}

const ZEROS: [f64; 2] = [0.0, -0.0];

#[test]
fn a_kink_has_the_middle_of_its_slopes_and_no_more() {
    claims! {
        "|x|" at ZEROS, |x| x.abs() => [0.0, 0.0];
        "max(x, 0)" at ZEROS, |x| x.max(T::zero()) => [0.0, 0.5];
        "max(0, x)" at ZEROS, |x| T::zero().max(x) => [0.0, 0.5];
        "min(x, 0)" at ZEROS, |x| x.min(T::zero()) => [0.0, 0.5];
        "max(x, 3x)" at ZEROS, |x| x.max(x * T::lit(3.0)) => [0.0, 2.0];
        "clamp from below" at ZEROS, |x| x.clamp(T::zero(), T::one()) => [0.0, 0.5];
        "clamp from above" at [1.0], |x| x.clamp(T::zero(), T::one()) => [1.0, 0.5];
        "clamp between equal bounds" at [1.0], |x| x.clamp(T::one(), T::one()) => [1.0, 0.25];
        "abs_sub(x, 0)" at ZEROS, |x| x.abs_sub(T::zero()) => [0.0, 0.5];
        "abs_sub(0, x)" at ZEROS, |x| T::zero().abs_sub(x) => [0.0, -0.5];
        "copysign(x, 1)" at ZEROS, |x| x.copysign(T::one()) => [0.0, 0.0];
        "copysign(x, -2)" at ZEROS, |x| x.copysign(T::lit(-2.0)) => [0.0, 0.0];
        "copysign(x, 0)" at ZEROS, |x| x.copysign(T::zero()) => [0.0, 0.0];
        "copysign(x, x)" at ZEROS, |x| x.copysign(x) => [0.0];
        "hypot(x, 0)" at ZEROS, |x| x.hypot(T::zero()) => [0.0, 0.0];
        "hypot(0, x)" at ZEROS, |x| T::zero().hypot(x) => [0.0, 0.0];
        "hypot(3x, 4x)" at ZEROS, |x| (x * T::lit(3.0)).hypot(x * T::lit(4.0)) => [0.0, 0.0];
        "hypot3" at ZEROS, |x| x.hypot3(T::zero(), x) => [0.0, 0.0];
        "norm" at ZEROS, |x| T::norm(&[T::zero(), x, T::zero(), x]) => [0.0, 0.0];
        "norm of one number" at ZEROS, |x| T::norm(&[x]) => [0.0, 0.0];
        "safe_norm at a tie" at [2.0], |x| T::safe_norm(&[x], T::lit(2.0)) => [2.0, 0.5];
        "safe_norm at the origin" at ZEROS, |x| T::safe_norm(&[x], T::zero()) => [0.0, 0.0];
        "relu" at ZEROS, |x| x.relu() => [0.0, 0.0];
        "smoothstep on its lower edge" at ZEROS, |x| x.smoothstep(T::zero(), T::one()) => [0.0, 0.0];
        "smoothstep on its upper edge" at [1.0], |x| x.smoothstep(T::zero(), T::one()) => [1.0, 0.0];
        "a falling smoothstep" at [1.0], |x| x.smoothstep(T::one(), T::zero()) => [0.0, 0.0];
        "huber at its edge" at [2.0], |x| x.huber(T::lit(2.0)) => [2.0, 2.0];
        "huber at its other edge" at [-2.0], |x| x.huber(T::lit(2.0)) => [2.0, -2.0];
    }
}

#[test]
fn functions_whose_kinks_cancel_have_their_slope() {
    claims! {
        "max(x, 0) + min(x, 0) = x" at ZEROS, |x| x.max(T::zero()) + T::zero().min(x) => [0.0, 1.0];
        "max(x, 0) - max(-x, 0) = x" at ZEROS, |x| x.max(T::zero()) - (-x).max(T::zero()) => [0.0, 1.0];
        "|x| = max(x, -x)" at ZEROS, |x| x.abs() - x.max(-x) => [0.0, 0.0];
        "|x| = 2 max(x, 0) - x" at ZEROS, |x| x.max(T::zero()) + x.max(T::zero()) - x - x.abs() => [0.0, 0.0];
        "max(x, y) = (x + y + |x - y|)/2" at [1.0],
            |x| x.max(x * x) + x.max(x * x) - (x + x * x + (x - x * x).abs()) => [0.0, 0.0];
        "clamps of x and -x" at ZEROS,
            |x| x.clamp(T::zero(), T::infinity()) - (-x).clamp(T::zero(), T::infinity()) => [0.0, 1.0];
        "clamps above and below" at [1.0],
            |x| x.clamp(T::neg_infinity(), T::one()) + x.clamp(T::one(), T::infinity()) - T::one() => [1.0, 1.0];
        "abs_sub(x, 0) - abs_sub(0, x) = x" at ZEROS, |x| x.abs_sub(T::zero()) - T::zero().abs_sub(x) => [0.0, 1.0];
        "copysign(x, 1) + copysign(x, -1) = 0" at ZEROS, |x| x.copysign(T::one()) + x.copysign(-T::one()) => [0.0, 0.0];
        "copysign(x, 1) = |x|" at ZEROS, |x| x.copysign(T::one()) - x.abs() => [0.0, 0.0];
        "hypot(x, 0) = |x|" at ZEROS, |x| x.hypot(T::zero()) - x.abs() => [0.0, 0.0];
        "norm of one number = |x|" at ZEROS, |x| T::norm(&[x]) - x.abs() => [0.0, 0.0];
        "leaky relu of both signs" at ZEROS,
            |x| x.max(x * T::lit(0.5)) + x.min(x * T::lit(0.5)) => [0.0, 1.5];
    }
}

#[test]
fn the_second_derivative_of_a_product_of_kinks_is_no_confident_zero() {
    claims! {
        @product true;
        "the textbook's softplus" at ZEROS, |x| x.max(T::zero()) + (-x.abs()).exp().ln_1p() - T::LN_2() => [0.0, 0.5];
        "the textbook's sigmoid cross entropy" at ZEROS,
            |x| x.max(T::zero()) - x * T::lit(0.25) + (-x.abs()).exp().ln_1p() - T::LN_2() => [0.0, 0.25];
        "|x|^2" at ZEROS, |x| x.abs() * x.abs() => [0.0, 0.0];
        "norm^2" at ZEROS, |x| T::norm(&[x, x]).powi(2) => [0.0, 0.0];
        "cos of a norm" at ZEROS, |x| T::norm(&[x]).cos() => [1.0, 0.0];
        "sinc of a norm" at ZEROS, |x| T::norm(&[x]).sinc() => [1.0, 0.0];
    }
}

#[test]
fn a_kink_at_which_the_argument_rests_has_no_second_derivative() {
    claims! {
        "|x^2|" at ZEROS, |x| (x * x).abs() => [0.0, 0.0, NAN, 0.0];
        "max(x^2, 0)" at ZEROS, |x| (x * x).max(T::zero()) => [0.0, 0.0, NAN, 0.0];
        "hypot(x^2, 0)" at ZEROS, |x| (x * x).hypot(T::zero()) => [0.0, 0.0, NAN, 0.0];
        "norm of x^2" at ZEROS, |x| T::norm(&[x * x]) => [0.0, 0.0, NAN, 0.0];
        "relu(x^2)" at ZEROS, |x| (x * x).relu() => [0.0, 0.0, NAN, 0.0];
        "abs_sub(x^2, 0)" at ZEROS, |x| (x * x).abs_sub(T::zero()) => [0.0, 0.0, NAN, 0.0];
        "clamp of x^2" at ZEROS, |x| (x * x).clamp(T::zero(), T::one()) => [0.0, 0.0, NAN, 0.0];
        "max(x, x + x^2)" at ZEROS, |x| x.max(x + x * x) => [0.0, 1.0, NAN, 0.0];
        "|x| of a tiny tangent" at ZEROS, |x| (x * T::min_positive_value()).abs() => [0.0, 0.0];
    }
}

#[test]
fn a_tie_of_the_same_number_is_smooth() {
    claims! {
        "max(x, x)" at [3.0], |x| x.max(x) => [3.0, 1.0, 0.0, 0.0, 0.0];
        "min(x^2, x^2)" at [3.0], |x| (x * x).min(x * x) => [9.0, 6.0, 2.0, 0.0, 0.0];
        "a constant at a kink" at [1.0], |x| x + T::zero().abs() + T::zero().max(T::zero()) + T::zero().hypot(T::zero())
            => [1.0, 1.0, 0.0, 0.0, 0.0];
        "smoothstep of x^2 on its edge" at [0.0], |x| (x * x).smoothstep(T::zero(), T::one()) => [0.0, 0.0, 0.0, 0.0];
        "huber at 0" at ZEROS, |x| x.huber(T::lit(2.0)) => [0.0, 0.0, 1.0, 0.0, 0.0];
        "norm_squared" at ZEROS, |x| T::norm_squared(&[x, x]) => [0.0, 0.0, 4.0, 0.0, 0.0];
    }
}

/// Which bits two NaNs have isn't asked: the compiler chooses them.
#[test]
fn a_tie_of_unknown_tangents_is_unknown() {
    let tangents = [f64::NAN, -f64::NAN, f64::INFINITY];
    for a in [f64::NAN, -f64::NAN] {
        let (x, y) = (Dual::new(3.0, tangents), Dual::new(3.0, [a, a, f64::INFINITY]));
        assert!(x.max(y).eps[0].is_nan() && x.max(y).eps[1].is_nan() && x.max(y).eps[2] == f64::INFINITY);
        let d = x.abs_sub(y);
        assert!(d.eps[0].is_nan() && d.eps[1].is_nan() && d.eps[2] == 0.0, "{d:?}");
    }
}

#[test]
fn where_there_is_no_derivative_there_is_none_of_any_order() {
    claims! {
        "atan2(x, 0)" at [0.0], |x| x.atan2(T::zero()) => [0.0];
        "atan2(0, x)" at [0.0], |x| T::zero().atan2(x) => [0.0];
        "atan2(x, x)" at [0.0], |x| x.atan2(x) => [0.0];
        "hypot of infinities" at [INF], |x| x.hypot(x) => [INF];
        "norm of infinities" at [INF], |x| T::norm(&[x, x]) => [INF];
        "x % 0" at [1.0, 0.0], |x| x % T::zero() => [];
        "1 % x" at [0.0], |x| T::one() % x => [];
        "x % 1" at [INF], |x| x % T::one() => [];
        "x.fract()" at [INF], |x| x.fract() => [];
    }
}

#[test]
fn the_smooth_forms_have_every_order_where_kinks_have_none() {
    // By their series.
    claims! {
        "log_sigmoid" at ZEROS, |x| x.log_sigmoid() + T::LN_2() => [0.0, 0.5, -0.25, 0.0, 0.125];
        "logaddexp(x, 0)" at ZEROS, |x| x.logaddexp(T::zero()) - T::LN_2() => [0.0, 0.5, 0.25, 0.0, -0.125];
        "logaddexp(0, x)" at ZEROS, |x| T::zero().logaddexp(x) - T::LN_2() => [0.0, 0.5, 0.25, 0.0, -0.125];
        "logsumexp" at ZEROS, |x| T::logsumexp(&[x, T::zero()]) - T::LN_2() => [0.0, 0.5, 0.25, 0.0, -0.125];
        "cos_sqrt of a square" at ZEROS, |x| T::norm_squared(&[x]).cos_sqrt() => [1.0, 0.0, -1.0, 0.0, 1.0];
    }
}

/// Gradient and Hessian of a function of x and y at a point, by packed and by nested numbers; a third lane doesn't move.
macro_rules! second_order_of {
    (|$x:ident, $y:ident| $body:expr, $at:expr) => {{
        fn f<T: Special>($x: T, $y: T) -> T {
            $body
        }
        let at: [f64; 2] = $at;
        let packed = f(HyperDual::<f64, 3>::variable(at[0], 0), HyperDual::variable(at[1], 1));
        let lifted = |x: f64, k: usize| {
            let inner = Dual::<f64, 3>::variable(x, k);
            let moving = |i: usize| Dual::constant(f64::from(u8::from(i == k)));
            Dual::<_, 3>::new(inner, std::array::from_fn(moving))
        };
        let nested = f(lifted(at[0], 0), lifted(at[1], 1));
        [(packed.gradient, packed.hessian()), (nested.re.eps, nested.eps.map(|row| row.eps))]
    }};
}

#[test]
fn relu_and_huber_are_their_pieces_away_from_their_kinks() {
    let x = Dual::<f64, 2>::variable;
    assert_eq!(x(3.0, 0).relu(), Dual::new(3.0, [1.0, 0.0]));
    assert_eq!(x(-3.0, 0).relu(), Dual::constant(0.0));
    // ½x² within, δ·(|x| − ½δ) beyond.
    assert_eq!(x(1.0, 0).huber(x(2.0, 1)), Dual::new(0.5, [1.0, 0.0]));
    assert_eq!(x(3.0, 0).huber(x(2.0, 1)), Dual::new(4.0, [2.0, 1.0]));
    assert_eq!(x(-3.5, 0).huber(x(2.0, 1)), Dual::new(5.0, [-2.0, 1.5]));
}

#[test]
fn mixed_derivatives_at_a_kink_do_not_exist_either() {
    let everywhere = [[NAN, NAN], [NAN, NAN]];
    let cases = [
        ("max", second_order_of!(|x, y| x.max(y), [1.0, 1.0]), [0.5, 0.5], everywhere),
        ("min", second_order_of!(|x, y| x.min(y), [1.0, 1.0]), [0.5, 0.5], everywhere),
        ("clamp", second_order_of!(|x, y| x.clamp(y, T::infinity()), [1.0, 1.0]), [0.5, 0.5], everywhere),
        ("abs_sub", second_order_of!(|x, y| x.abs_sub(y), [1.0, 1.0]), [0.5, -0.5], everywhere),
        ("|x - y|", second_order_of!(|x, y| (x - y).abs(), [1.0, 1.0]), [0.0, 0.0], everywhere),
        ("hypot", second_order_of!(|x, y| x.hypot(y), [0.0, 0.0]), [0.0, 0.0], everywhere),
        ("norm", second_order_of!(|x, y| T::norm(&[x, y]), [0.0, 0.0]), [0.0, 0.0], everywhere),
        (
            "norm, one at rest",
            second_order_of!(|x, _y| T::norm(&[x]), [0.0, 0.0]),
            [0.0, 0.0],
            [[NAN, 0.0], [0.0, 0.0]],
        ),
        ("copysign", second_order_of!(|x, y| x.copysign(y), [0.0, 0.0]), [0.0, NAN], everywhere),
        (
            "copysign of a sign",
            second_order_of!(|x, y| x.copysign(y), [0.0, 2.0]),
            [0.0, 0.0],
            [[NAN, 0.0], [0.0, 0.0]],
        ),
        ("atan2", second_order_of!(|x, y| x.atan2(y), [0.0, 0.0]), [NAN, NAN], everywhere),
        ("atan2 of infinities", second_order_of!(|x, y| x.atan2(y), [INF, INF]), [NAN, NAN], everywhere),
        ("%", second_order_of!(|x, y| x % y, [1.0, 0.0]), [NAN, NAN], everywhere),
        ("huber", second_order_of!(|x, y| x.huber(y), [2.0, 2.0]), [2.0, 0.0], everywhere),
        // ∂²h/∂x² = y²/h³ has overflown, and the others are 0.
        (
            "hypot beside the origin",
            second_order_of!(|x, y| x.hypot(y), [0.0, f64::from_bits(1 << 44)]),
            [0.0, 1.0],
            [[INF, 0.0], [0.0, 0.0]],
        ),
        (
            "norm beside the origin",
            second_order_of!(|x, y| T::norm(&[x, y]), [0.0, f64::from_bits(1 << 44)]),
            [0.0, 1.0],
            [[INF, 0.0], [0.0, 0.0]],
        ),
    ];
    let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
    for (name, found, gradient, hessian) in cases {
        for (number, (g, h)) in ["packed", "nested"].into_iter().zip(found) {
            for i in 0..3 {
                let want = gradient.get(i).copied().unwrap_or(0.0);
                assert!(same(g[i], want), "{name}, {number}: gradient {g:?}, not {gradient:?}");
                for j in 0..3 {
                    let want = hessian.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0.0);
                    assert!(same(h[i][j], want), "{name}, {number}: Hessian {h:?}, not {hessian:?}");
                }
            }
        }
    }
}
