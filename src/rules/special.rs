//! The rules of the special functions, one row each, and the forms that are longer than a cell.
//!
//! The rows are those of [`table`](super::table), in which the slope may use special functions too.

use super::branches::defined;
use crate::inspect;
use crate::real::Real;
use crate::special::{BERNOULLI_BY_INDEX, LARGE, Special};

/// Functions of one variable.
macro_rules! for_each_special_rule {
    ($emit:ident) => {
        $emit! {
            // name              what it is                                       slope in words          tested on     slope
            (erf,             "error function",                                "2/√π·e^(−x²)",         -4.0..4.0,    |x, y| T::FRAC_2_SQRT_PI() * gaussian(x))
            (erfc,            "complementary error function `1 − erf x`",      "−2/√π·e^(−x²)",        -4.0..20.0,   |x, y| -T::FRAC_2_SQRT_PI() * gaussian(x))
            (erf_inv,         "inverse error function",                        "√π/2·e^(y²)",          -1.0..1.0,    |x, y| erf_inv_slope(x, y))
            (gamma,           "gamma function",                                "Γ·ψ",                  -5.0..20.0,   |x, y| inspect::product(y, x.digamma()))
            (ln_gamma,        "logarithm of `\\|Γ\\|`",                        "ψ",                    -5.0..50.0,   |x, y| x.digamma())
            (digamma,         "digamma function ψ",                            "ψ′",                   -5.0..50.0,   |x, y| x.polygamma(1))
            (bessel_j0,       "Bessel function J₀",                            "−J₁",                  -20.0..20.0,  |x, y| -x.bessel_j1())
            (bessel_j1,       "Bessel function J₁",                            "(J₀ − J₂)/2",          -20.0..20.0,  |x, y| half(x.bessel_j0() - x.bessel_jn(2)))
            (bessel_y0,       "Bessel function Y₀",                            "−Y₁",                  0.0..20.0,    |x, y| -x.bessel_y1())
            (bessel_y1,       "Bessel function Y₁",                            "(Y₀ − Y₂)/2",          0.0..20.0,    |x, y| bessel_yn_slope(1, x, y))
            (bessel_i0,       "modified Bessel function I₀",                   "I₁",                   -20.0..20.0,  |x, y| x.bessel_i1())
            (bessel_i1,       "modified Bessel function I₁",                   "(I₀ + I₂)/2",          -20.0..20.0,  |x, y| half(x.bessel_i0() + x.bessel_in(2)))
            (sinc,            "`sin(x)/x`",                                    "−j₁",                  -20.0..20.0,  |x, y| -x.spherical_jn(1)) // (cos x − y)/x cancels
            (normalized_sinc, "`sin(πx)/(πx)`",                                "(cos πx − y)/x",       -6.0..6.0,    |x, y| normalized_sinc_slope(x, y))
            (sigmoid,         "logistic function `1/(1 + e⁻ˣ)`",               "1/(2·cosh(x/2))²",     -20.0..20.0,  |x, y| sigmoid_slope(x)) // y·(1 − y) cancels
            (logit,           "inverse logistic function `ln(x/(1 − x))`",     "1/(x·(1 − x))",        0.0..1.0,     |x, y| logit_slope(x))
            (softplus,        "`ln(1 + eˣ)`",                                  "1/(1 + e⁻ˣ)",          -20.0..20.0,  |x, y| x.sigmoid())
            (log1mexp,        "`ln(1 − e⁻ˣ)`",                                 "e⁻ˣ/(1 − e⁻ˣ)",        0.0..20.0,    |x, y| log1mexp_slope(x))
            (lambert_w0,      "principal branch W₀ of Lambert's W",            "1/(e^y·(1 + y))",      -0.36..50.0,  |x, y| lambert_slope(x, y))
            (lambert_wm1,     "branch W₋₁ of Lambert's W",                     "1/(e^y·(1 + y))",      -0.36..0.0,   |x, y| lambert_slope(x, y))
        }
    };
}

/// Functions of an integer and one variable.
macro_rules! for_each_special_family {
    ($emit:ident) => {
        $emit! {
            // name           order  what it is                               slope in words                   slope
            (polygamma,    u32,   "derivative ψ⁽ⁿ⁾ of the digamma function", "ψ⁽ⁿ⁺¹⁾",                        |n, x, y| x.polygamma(n.saturating_add(1)))
            (bessel_jn,    i32,   "Bessel function Jₙ",                      "(Jₙ₋₁ − Jₙ₊₁)/2",               |n, x, y| half(x.bessel_jn(n.saturating_sub(1)) - x.bessel_jn(n.saturating_add(1))))
            (bessel_yn,    i32,   "Bessel function Yₙ",                      "(Yₙ₋₁ − Yₙ₊₁)/2",               |n, x, y| bessel_yn_slope(n, x, y))
            (bessel_in,    i32,   "modified Bessel function Iₙ",             "(Iₙ₋₁ + Iₙ₊₁)/2",               |n, x, y| half(x.bessel_in(n.saturating_sub(1)) + x.bessel_in(n.saturating_add(1))))
            (spherical_jn, u32,   "spherical Bessel function jₙ",            "(n·jₙ₋₁ − (n + 1)·jₙ₊₁)/(2n + 1)", |n, x, y| spherical_jn_slope(n, x))
        }
    };
}

pub(crate) use {for_each_special_family, for_each_special_rule};

macro_rules! emit_slopes {
    ($(($name:ident, $what:literal, $words:literal, $domain:expr, |$x:ident, $y:ident| $slope:expr))*) => {$(
        #[doc = concat!("Slope at `x` of the ", $what, ", of which `y` is the value: ", $words, ".")]
        #[inline]
        #[allow(unused_variables)]
        pub(crate) fn $name<T: Special>($x: T, $y: T) -> T {
            defined($y, $slope)
        }
    )*};
}

macro_rules! emit_family_slopes {
    ($(($name:ident, $Order:ty, $what:literal, $words:literal, |$n:ident, $x:ident, $y:ident| $slope:expr))*) => {$(
        #[doc = concat!("Slope at `x` of the ", $what, ", of which `y` is the value: ", $words, ".")]
        #[inline]
        #[allow(unused_variables)]
        pub(crate) fn $name<T: Special>($n: $Order, $x: T, $y: T) -> T {
            defined($y, $slope)
        }
    )*};
}

for_each_special_rule!(emit_slopes);
for_each_special_family!(emit_family_slopes);

#[inline]
fn half<T: Real>(x: T) -> T {
    x * T::lit(0.5)
}

/// x² and what the product has lost, which an exponential multiplies by x².
#[inline]
fn exact_square<T: Real>(x: T) -> (T, T) {
    let square = x * x;
    (square, x.mul_add(x, -square))
}

/// `e^(−x²)`, to the last digits also at large x.
fn gaussian<T: Real>(x: T) -> T {
    let (square, lost) = exact_square(x);
    let y = (-square).exp();
    if y == T::zero() {
        // A constant: the tangents of x² may be infinite there.
        T::zero()
    } else {
        y - y * lost
    }
}

/// `√π/2·e^(y²)`.
///
/// A rounding of y is 2y² roundings of the exponential; towards the ends it is measured, by the distance of erfc y from
/// the exact 1 − x, and taken back.
fn erf_inv_slope<T: Special>(x: T, y: T) -> T {
    if y.is_infinite() {
        return T::infinity();
    }
    let (square, lost) = exact_square(y);
    let exp = square.exp();
    let slope = (exp + exp * lost) / T::FRAC_2_SQRT_PI();
    let (x, y) = (x.abs(), y.abs());
    if x < T::lit(0.5) {
        return slope;
    }
    let error = (y.erfc() - (T::one() - x)) * slope;
    slope + slope * ((y + y) * error)
}

/// `(Yₙ₋₁ − Yₙ₊₁)/2`; at 0, where both are infinite, the infinity that turns away from that of the value.
fn bessel_yn_slope<T: Special>(n: i32, x: T, y: T) -> T {
    if y.is_infinite() {
        return -y.stop_gradient();
    }
    half(x.bessel_yn(n.saturating_sub(1)) - x.bessel_yn(n.saturating_add(1)))
}

/// `(n·jₙ₋₁ − (n + 1)·jₙ₊₁)/(2n + 1)`
fn spherical_jn_slope<T: Special>(n: u32, x: T) -> T {
    if n == 0 {
        return -x.spherical_jn(1);
    }
    let order = T::lit(f64::from(n));
    let above = x.spherical_jn(n.saturating_add(1));
    (order * x.spherical_jn(n - 1) - (order + T::one()) * above) / (order + order + T::one())
}

/// `(cos πx − y)/x`, near 0, where that cancels, `−π·j₁(πx)`.
fn normalized_sinc_slope<T: Special>(x: T, y: T) -> T {
    if x.abs() < T::one() {
        -T::PI() * (T::PI() * x).spherical_jn(1)
    } else if x.is_infinite() {
        T::zero()
    } else {
        (cos_of_half_turns(x) - y) / x
    }
}

/// `cos πx`: the cosine or sine of at most an eighth of a turn, found exactly.
pub(crate) fn cos_of_half_turns<T: Real>(x: T) -> T {
    // The distance to the nearest even number, at most 1.
    let r = (x - (half(x).round() * T::lit(2.0))).abs();
    if r < T::lit(0.25) {
        (T::PI() * r).cos()
    } else if r > T::lit(0.75) {
        -(T::PI() * (T::one() - r)).cos()
    } else {
        (T::PI() * (T::lit(0.5) - r)).sin()
    }
}

/// `1/(2·cosh(x/2))²`, whose derivative vanishes at 0 without a difference.
fn sigmoid_slope<T: Real>(x: T) -> T {
    let cosh = half(x).cosh();
    if cosh.is_finite() {
        let r = (cosh + cosh).recip();
        r * r
    } else {
        // As the slope of tanh: a constant that has underflown.
        T::zero()
    }
}

/// `1/(x·(1 − x))`; around ½ by the distance from ½, so that its derivative isn't the difference of 1 − x and x.
fn logit_slope<T: Real>(x: T) -> T {
    let h = x - T::lit(0.5);
    let product = if h.abs() < T::lit(0.25) { T::lit(0.25) - h * h } else { x * (T::one() - x) };
    // + 0: at −0 the slope to the right of zero.
    (product + T::zero()).recip()
}

/// `e⁻ˣ/(1 − e⁻ˣ)`, and not `1/(eˣ − 1)`, which overflows first.
fn log1mexp_slope<T: Real>(x: T) -> T {
    if x == T::zero() { T::infinity() } else { (-x).exp() / -(-x).exp_m1() }
}

/// `1/(eʸ·(1 + y))`; for large y as `y/(x·(1 + y))`, since eʸ would multiply the rounding of y.
fn lambert_slope<T: Real>(x: T, y: T) -> T {
    if y == -T::one() {
        T::infinity()
    } else if y.abs() < T::one() {
        (-y).exp() / (T::one() + y)
    } else if y.is_infinite() {
        // At the ends of W₀ and of W₋₁.
        if y.is_sign_positive() { T::zero() } else { T::neg_infinity() }
    } else {
        y / (x * (T::one() + y))
    }
}

/// `ψ(a + b) − ψ(a)` for positive a and b, to every order a sum of terms of one sign.
///
/// Each term of ψ's recurrence and of its asymptotic series is subtracted by itself; where b is the smaller, it is taken
/// out.
fn digamma_step<T: Special>(a: T, b: T) -> T {
    if !(a > T::zero() && b > T::zero()) {
        return (a + b).digamma() - a.digamma();
    }
    let (mut a, mut sum) = (a, T::zero());
    let step = |a: T| {
        let end = a + b;
        if b < a { b / end / a } else { a.recip() - end.recip() }
    };
    while a < T::lit(LARGE) {
        sum = sum + step(a);
        a = a + T::one();
    }
    let (end, step) = (a + b, step(a));
    let (u, v) = ((a * a).recip(), (end * end).recip());
    // u − v is a factor of every uʲ − vʲ; what remains of it is Σ uⁱ·vʲ⁻¹⁻ⁱ.
    let difference = step * (a.recip() + end.recip());
    let (mut rest, mut power, mut series) = (T::one(), T::one(), T::zero());
    for bernoulli in &BERNOULLI_BY_INDEX[..8] {
        series = series + T::lit(*bernoulli) * rest;
        power = power * v;
        rest = rest * u + power;
    }
    sum + ((b / a).ln_1p() + half(step) + difference * series)
}

/// Slopes of ln |B(a, b)|: ψ(a) − ψ(a + b) and ψ(b) − ψ(a + b).
pub(crate) fn ln_beta<T: Special>(a: T, b: T, y: T) -> (T, T) {
    (defined(y, -digamma_step(a, b)), defined(y, -digamma_step(b, a)))
}

/// Slopes of B(a, b): those of its logarithm times B.
pub(crate) fn beta<T: Special>(a: T, b: T, y: T) -> (T, T) {
    let (da, db) = ln_beta(a, b, y);
    (inspect::product(y, da), inspect::product(y, db))
}

/// Slopes of x·ln y: ln y and x/y. For x = 0 the function is constant in y, also at y = 0, where x/y is 0/0.
pub(crate) fn xlogy<T: Real>(x: T, y: T, f: T) -> (T, T) {
    let dy = if x == T::zero() && y == T::zero() { T::zero() } else { x / y };
    (defined(f, y.ln()), defined(f, dy))
}

/// Slopes of x·ln(1 + y): ln(1 + y) and x/(1 + y), at (0, −1) as those of [`xlogy`].
pub(crate) fn xlog1py<T: Real>(x: T, y: T, f: T) -> (T, T) {
    let sum = T::one() + y;
    let dy = if x == T::zero() && sum == T::zero() { T::zero() } else { x / sum };
    (defined(f, y.ln_1p()), defined(f, dy))
}

/// The slopes of the norm of the numbers `x(i)`, i < `len`, each with its index, that of one of largest magnitude
/// first; none where the norm is zero, whose subdifferential is the unit ball: its centre is taken.
///
/// In the form of [`hypot`](super::branches::hypot), and for its reason.
pub(crate) fn norm<T: Real>(len: usize, norm: T, x: impl Fn(usize) -> T) -> impl Iterator<Item = (usize, T)> {
    let k = (1..len).fold(0, |k, i| if x(i).abs() > x(k).abs() { i } else { k });
    let others = (0..len).filter(move |&i| i != k);
    let some = norm != T::zero();
    let largest = if some { x(k) } else { T::one() };
    let squares = others.clone().filter(|_| some).fold(T::zero(), |sum, i| {
        let r = x(i) / largest;
        sum + r * r
    });
    let slope = (T::one() + squares).sqrt().recip().copysign(largest);
    let of_others = others.map(move |i| (i, x(i) / largest * slope));
    core::iter::once((k, slope)).chain(of_others).filter(move |_| some)
}
