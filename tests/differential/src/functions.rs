//! Every function of `Float`, of `Special` and of the operators, by its name.

use std::iter::{Product, Sum};

use num_traits::Euclid;
use tangents::{Dual, HyperDual, Real, Special, Taylor};

/// A number that trees are evaluated on: plain, or of any depth.
pub trait Number: Special + Euclid + Sum + Product {
    /// `s ∘ x` with a literal on the left.
    fn literal_left(operator: &str, s: f64, x: Self) -> Self;
    /// `x ∘ s` with a literal on the right.
    fn literal_right(operator: &str, x: Self, s: f64) -> Self;
}

macro_rules! operate {
    ($operator:expr, $a:expr, $b:expr) => {
        match $operator {
            "add" => $a + $b,
            "sub" => $a - $b,
            "mul" => $a * $b,
            "div" => $a / $b,
            "rem" => $a % $b,
            other => unreachable!("{other} isn't an operator"),
        }
    };
}

macro_rules! numbers {
    ($([$($generics:tt)*] $T:ty, $Left:ty, $Right:ty;)*) => {$(
        impl<$($generics)*> Number for $T {
            fn literal_left(operator: &str, s: f64, x: Self) -> Self {
                operate!(operator, <$Left>::lit(s), x)
            }

            fn literal_right(operator: &str, x: Self, s: f64) -> Self {
                operate!(operator, x, <$Right>::lit(s))
            }
        }
    )*};
}

numbers! {
    [] f32, f32, f32;
    [] f64, f64, f64;
    [T: Number, const N: usize] Dual<T, N>, f64, T;
    [T: Number, const N: usize] HyperDual<T, N>, f64, T;
    [T: Number, const K: usize] Taylor<T, K>, f64, T;
}

/// Where a function is asked: points that matter to it, and the range between them.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// Kinks, poles, ends of the domain, zeros.
    pub points: &'static [f64],
    pub range: Range,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// All numbers.
    All,
    /// Positive numbers.
    Positive,
    /// From the first number to the second.
    Between(f64, f64),
    /// What an exponential takes without overflow, mostly.
    Exponent,
    /// Numbers of some tens or hundreds, mostly.
    Moderate,
}

/// A function: its name, how many arguments it has, and the places of each.
#[derive(Debug)]
pub struct Function {
    pub name: &'static str,
    pub arity: usize,
    pub places: &'static [Places],
    /// The orders of a family, whose functions are called `name:order`.
    pub orders: &'static [i32],
}

macro_rules! functions {
    ($($name:ident ($($x:ident),* $(; $order:ident in $orders:expr)?) [$($points:expr => $range:expr),*] $body:expr;)*) => {
        /// All functions.
        pub const FUNCTIONS: &[Function] = &[$(Function {
            name: stringify!($name),
            arity: [$(stringify!($x)),*].len(),
            places: &[$(Places { points: &$points, range: $range }),*],
            orders: functions!(@orders $($orders)?),
        }),*];

        /// The function of this index in [`FUNCTIONS`], of numbers.
        #[allow(deprecated)]
        pub fn call<T: Number>(index: usize, order: i32, arguments: &[T]) -> T {
            let functions: &[fn(i32, &[T]) -> T] = &[$(|order, arguments| {
                let _ = order;
                $(let $order = order;)?
                let &[$($x),*] = arguments else { unreachable!("as many arguments as the function has") };
                $body
            }),*];
            functions[index](order, arguments)
        }
    };
    (@orders) => { &[] };
    (@orders $orders:expr) => { &$orders };
}

use Range::{All, Between, Exponent, Moderate, Positive};

const E: f64 = -0.367_879_441_171_442_33; // −1/e, rounded into the domain of W
const NONE: [f64; 0] = [];

functions! {
    // Operators
    add(x, y) [NONE => All] x + y;
    sub(x, y) [NONE => All] x - y;
    mul(x, y) [[0.0] => All] x * y;
    div(x, y) [[1.0] => All, [0.0, -0.0, 1.0] => All] x / y;
    rem(x, y) [[0.0, 3.0, -3.0, 0.5] => Moderate, [1.0, 0.5, -1.5] => Moderate] x % y;
    neg(x) [NONE => All] -x;
    sum3(x, y, z) [NONE => All] <T as Real>::sum([x, y, z]);
    product3(x, y, z) [[0.0] => All] <T as Real>::product([x, y, z]);
    constant(x) [[0.0, 1.0] => All] x;

    // Float
    abs(x) [[0.0, -0.0] => All] x.abs();
    signum(x) [[0.0, -0.0] => All] x.signum();
    floor(x) [[0.0, 1.0, -2.0] => Moderate] x.floor();
    ceil(x) [[0.0, 1.0, -2.0] => Moderate] x.ceil();
    round(x) [[0.5, -1.5] => Moderate] x.round();
    trunc(x) [[0.0, 1.0, -2.0] => Moderate] x.trunc();
    fract(x) [[0.0, 1.0, -2.0] => Moderate] x.fract();
    recip(x) [[0.0, -0.0, 1.0] => All] x.recip();
    to_degrees(x) [NONE => All] x.to_degrees();
    to_radians(x) [NONE => All] x.to_radians();
    sqrt(x) [[0.0, 1.0] => Positive] x.sqrt();
    cbrt(x) [[0.0, 1.0, -8.0] => All] x.cbrt();
    exp(x) [[0.0] => Exponent] x.exp();
    exp2(x) [[0.0, 1.0] => Exponent] x.exp2();
    exp_m1(x) [[0.0] => Exponent] x.exp_m1();
    ln(x) [[0.0, 1.0] => Positive] x.ln();
    log2(x) [[0.0, 1.0] => Positive] x.log2();
    log10(x) [[0.0, 1.0] => Positive] x.log10();
    ln_1p(x) [[-1.0, 0.0] => Positive] x.ln_1p();
    sin(x) [[0.0, std::f64::consts::PI] => Moderate] x.sin();
    cos(x) [[0.0, std::f64::consts::FRAC_PI_2] => Moderate] x.cos();
    tan(x) [[0.0, std::f64::consts::FRAC_PI_2] => Moderate] x.tan();
    asin(x) [[-1.0, 0.0, 1.0] => Between(-1.0, 1.0)] x.asin();
    acos(x) [[-1.0, 0.0, 1.0] => Between(-1.0, 1.0)] x.acos();
    atan(x) [[0.0] => All] x.atan();
    sinh(x) [[0.0] => Exponent] x.sinh();
    cosh(x) [[0.0] => Exponent] x.cosh();
    tanh(x) [[0.0] => Exponent] x.tanh();
    asinh(x) [[0.0] => All] x.asinh();
    acosh(x) [[1.0] => Between(1.0, 1e300)] x.acosh();
    atanh(x) [[-1.0, 0.0, 1.0] => Between(-1.0, 1.0)] x.atanh();
    powi(x; n in [0, 1, 2, 3, 4, 5, -1, -2, -3, 7, 13, -20]) [[0.0, -0.0, 1.0, -1.0] => All] x.powi(n);
    powf(x, y) [[0.0, 1.0, -1.0] => Positive, [0.0, 1.0, 2.0, 3.0, 0.5, -1.0, 4.0, -0.5] => Between(-5.0, 5.0)] x.powf(y);
    log(x, b) [[0.0, 1.0] => Positive, [1.0, 2.0, 10.0] => Positive] x.log(b);
    hypot(x, y) [[0.0] => All] x.hypot(y);
    atan2(y, x) [[0.0, -0.0] => All] y.atan2(x);
    max(x, y) [[0.0, 1.0] => All] x.max(y);
    min(x, y) [[0.0, 1.0] => All] x.min(y);
    abs_sub(x, y) [[0.0, 1.0] => All] x.abs_sub(y);
    clamp(x, low, high) [[0.0, 1.0] => Moderate, [0.0, -1.0] => Between(-2.0, 0.5), [1.0] => Between(0.5, 2.0)]
        if low <= high { x.clamp(low, high) } else { T::nan() };
    copysign(x, s) [[0.0] => All, [1.0, -1.0] => All] x.copysign(s);
    mul_add(x, a, b) [[0.0] => All] x.mul_add(a, b);
    div_euclid(x, y) [[0.0, 3.0, -3.0] => Moderate, [1.0, -1.5] => Moderate] x.div_euclid(&y);
    rem_euclid(x, y) [[0.0, 3.0, -3.0] => Moderate, [1.0, -1.5] => Moderate] x.rem_euclid(&y);

    // Special
    erf(x) [[0.0] => Between(-6.0, 6.0)] x.erf();
    erfc(x) [[0.0] => Between(-6.0, 26.0)] x.erfc();
    erf_inv(x) [[-1.0, 0.0, 1.0] => Between(-1.0, 1.0)] x.erf_inv();
    ndtr(x) [[0.0] => Between(-38.0, 9.0)] x.ndtr();
    log_ndtr(x) [[0.0] => Between(-60.0, 9.0)] x.log_ndtr();
    ndtri(p) [[0.0, 0.5, 1.0] => Between(0.0, 1.0)] p.ndtri();
    gamma(x) [[0.0, -0.0, -1.0, 1.0, 2.0, 1.461_632_144_968_362_3] => Between(-8.0, 30.0)] x.gamma();
    ln_gamma(x) [[0.0, -0.0, -1.0, 1.0, 2.0] => Between(-8.0, 100.0)] x.ln_gamma();
    digamma(x) [[0.0, -0.0, -1.0, 1.461_632_144_968_362_3] => Between(-8.0, 100.0)] x.digamma();
    polygamma(x; n in [0, 1, 2, 3, 5]) [[0.0, -0.0, -1.0, 1.0] => Between(-8.0, 100.0)] x.polygamma(n.unsigned_abs());
    beta(a, b) [[1.0, 2.0, 0.5, -0.5, 0.0] => Between(-3.0, 30.0)] a.beta(b);
    ln_beta(a, b) [[1.0, 2.0, 0.5, -0.5, 0.0] => Between(-3.0, 100.0)] a.ln_beta(b);
    bessel_j0(x) [[0.0, 2.404_825_557_695_773] => Moderate] x.bessel_j0();
    bessel_j1(x) [[0.0, 3.831_705_970_207_512_3] => Moderate] x.bessel_j1();
    bessel_jn(x; n in [2, 3, 7, 0, -1, -4, 20]) [[0.0] => Moderate] x.bessel_jn(n);
    bessel_y0(x) [[0.0, 0.893_576_966_279_167_5] => Between(0.0, 60.0)] x.bessel_y0();
    bessel_y1(x) [[0.0, 2.197_141_326_031_017] => Between(0.0, 60.0)] x.bessel_y1();
    bessel_yn(x; n in [2, 3, 7, 0, -1, -4, 20]) [[0.0] => Between(0.0, 60.0)] x.bessel_yn(n);
    bessel_i0(x) [[0.0] => Exponent] x.bessel_i0();
    bessel_i1(x) [[0.0] => Exponent] x.bessel_i1();
    bessel_in(x; n in [2, 3, 7, 0, -1, -4, 20]) [[0.0] => Exponent] x.bessel_in(n);
    spherical_jn(x; n in [0, 1, 2, 3, 7, 15]) [[0.0, 3.0, 8.0] => Moderate] x.spherical_jn(n.unsigned_abs());
    sinc(x) [[0.0, std::f64::consts::PI] => Moderate] x.sinc();
    normalized_sinc(x) [[0.0, 1.0, -2.0, 0.5] => Moderate] x.normalized_sinc();
    sigmoid(x) [[0.0] => Exponent] x.sigmoid();
    logit(x) [[0.0, 0.5, 1.0] => Between(0.0, 1.0)] x.logit();
    softplus(x) [[0.0] => Exponent] x.softplus();
    log1mexp(x) [[0.0, std::f64::consts::LN_2] => Positive] x.log1mexp();
    lambert_w0(x) [[0.0, E, std::f64::consts::E] => Between(E, 1e300)] x.lambert_w0();
    lambert_wm1(x) [[0.0, E] => Between(E, 0.0)] x.lambert_wm1();
    xlogy(x, y) [[0.0, 1.0] => All, [0.0, 1.0] => Positive] x.xlogy(y);
    xlog1py(x, y) [[0.0, 1.0] => All, [0.0, -1.0] => Positive] x.xlog1py(y);
    logaddexp(x, y) [[0.0, 1.0] => Exponent] x.logaddexp(y);
    log_sigmoid(x) [[0.0] => Exponent] x.log_sigmoid();
    relu(x) [[0.0, -0.0] => All] x.relu();
    huber(x, delta) [[0.0, 1.0, -1.0] => Moderate, [1.0] => Positive] x.huber(delta);
    norm_squared2(x, y) [[0.0] => All] T::norm_squared(&[x, y]);
    sinc_sqrt(x) [[0.0, std::f64::consts::PI * std::f64::consts::PI] => Moderate] x.sinc_sqrt();
    cos_sqrt(x) [[0.0] => Moderate] x.cos_sqrt();
    stumpff_c2(x) [[0.0] => Moderate] x.stumpff_c2();
    spherical_jn_sqrt(x; n in [0, 1, 2, 5]) [[0.0] => Moderate] x.spherical_jn_sqrt(n.unsigned_abs());
    logsumexp2(x, y) [[0.0, 1.0] => Exponent] T::logsumexp(&[x, y]);
    logsumexp3(x, y, z) [[0.0, 1.0] => Exponent] T::logsumexp(&[x, y, z]);
    softmax2(x, y; i in [0, 1]) [[0.0, 1.0] => Exponent] T::softmax([x, y])[usize::from(i == 1)];
    softmax3(x, y, z; i in [0, 2]) [[0.0, 1.0] => Exponent] T::softmax([x, y, z])[usize::from(i == 2) * 2];
    norm2(x, y) [[0.0] => All] T::norm(&[x, y]);
    norm3(x, y, z) [[0.0] => All] T::norm(&[x, y, z]);
    hypot3(x, y, z) [[0.0] => All] x.hypot3(y, z);
    safe_norm2(x, y, least) [[0.0, 1.0] => All, [0.0, 1.0] => All, [0.0, 1.0] => Positive] T::safe_norm(&[x, y], least);
    lerp(a, b, t) [NONE => All, NONE => All, [0.0, 1.0] => Between(-0.5, 1.5)] a.lerp(b, t);
    smoothstep(x, low, high) [[0.0, 0.5, 1.0] => Between(-0.5, 1.5), [0.0] => Between(-1.0, 0.4), [1.0] => Between(0.6, 2.0)]
        x.smoothstep(low, high);
    select(a, b, x, y) [[0.0, 1.0] => Moderate, [0.0, 1.0] => Moderate, NONE => All, NONE => All] T::select(a < b, x, y);
    stop_gradient(x) [NONE => All] x.stop_gradient();
}
