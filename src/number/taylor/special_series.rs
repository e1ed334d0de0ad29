//! The special functions of one variable on a series: for every row of the table a function of that name, which takes the
//! order if there is one, the series and the function's value.

use super::super::components::Components;
use super::Taylor;
use super::families::{members, spherical, spherical_sqrt};
use super::recurrences::{exponential, power, power_by_ratios};
use super::series::{self, add_scaled_inner, number, reciprocals, scaled_by_index, square_coefficient, term};
use crate::number::{Dual, inspect};
use crate::rules::special_slopes as slopes;
use crate::special::{Special, turns};

/// Rows whose slope is evaluated on the series and integrated.
macro_rules! integrated {
    ($($name:ident)*) => {$(
        pub(super) fn $name<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
            x.chain(y, slopes::$name(x, Taylor::value(y)))
        }
    )*};
}

integrated! { erf erfc ndtr log_ndtr ln_gamma sigmoid logit softplus log_sigmoid log1mexp stumpff_c2 }

/// Rows whose derivatives are members of a family.
macro_rules! of_a_family {
    ($($name:ident $(($order:ident: $Order:ty))?: $members:ident($n:expr);)*) => {$(
        pub(super) fn $name<T: Special, const K: usize>($($order: $Order,)? x: Taylor<T, K>, y: T) -> Taylor<T, K> {
            let s = x.own_scale();
            x.compose_from(y, slopes::$name($($order,)? x.re, y), members::$members($n, x.re, s), s)
        }
    )*};
}

of_a_family! {
    bessel_j0: bessel_jn(0);
    bessel_j1: bessel_jn(1);
    bessel_y0: bessel_yn(0);
    bessel_y1: bessel_yn(1);
    bessel_i0: bessel_in(0);
    bessel_i1: bessel_in(1);
    sinc: spherical_jn(0);
    sinc_sqrt: spherical_jn_sqrt(0);
    bessel_jn(n: i32): bessel_jn(n);
    bessel_yn(n: i32): bessel_yn(n);
    bessel_in(n: i32): bessel_in(n);
    spherical_jn(n: u32): spherical_jn(n);
    spherical_jn_sqrt(n: u32): spherical_jn_sqrt(n);
}

/// ψ⁽ⁿ⁾, near its pole and far from it a power.
pub(super) fn polygamma<T: Special, const K: usize>(n: u32, x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    let slope = slopes::polygamma(n, x.re, y);
    match slopes::polygamma_exponent(n, x.re) {
        Some(a) if y.is_normal() && slope.is_normal() => Taylor::new(y, power(x, a, slope)),
        Some(a) if y.is_normal() => Taylor::new(y, power_by_ratios(x, y, a)),
        _ => {
            let s = x.own_scale();
            x.compose_from(y, slope, members::polygamma(n, x.re, s), s)
        }
    }
}

/// Near its pole ψ is −1/x and far from it ln x, up to rounding, and so are its derivatives. The first coefficient is the tangent of a
/// dual number.
pub(super) fn digamma<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    if slopes::polygamma_exponent(1, x.re).is_some() {
        let mut digamma = if x.re > T::one() { x.ln() } else { -x.recip() };
        let slope = slopes::digamma(x.re, y);
        if let [first, ..] = &mut digamma.coefficients[..] {
            let c = x.coefficients[0];
            *first =
                if slope.is_normal() { slope * c } else { Dual::<T, 1>::new(x.re, [c]).digamma().eps[0] };
        }
        return digamma.with_value(y);
    }
    let s = x.own_scale();
    x.compose_from(y, slopes::digamma(x.re, y), members::polygamma(0, x.re, s), s)
}

/// (cos √x)′ = −½·sin(√x)/√x
pub(super) fn cos_sqrt<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    let s = x.own_scale();
    x.compose_from(y, slopes::cos_sqrt(x.re, y), spherical_sqrt(-1, x.re, s), s)
}

/// Γ′ = Γ·(ln |Γ|)′
pub(super) fn gamma<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    let slope = slopes::gamma(x.re, y);
    if !inspect::is_finite(slope) {
        return singular(x, y, slope);
    }
    if y.abs() < T::min_positive_value() && !inspect::is_zero(slope) {
        // As the slope: beside a pole the derivatives are larger than the value.
        let shifted = |k: u8| x + T::lit(k.into());
        let mut gamma = (0..20).rev().fold(shifted(20).gamma(), |gamma, k| gamma / shifted(k));
        if let [first, ..] = &mut gamma.coefficients[..] {
            *first = slope * x.coefficients[0];
        }
        return gamma.with_value(y);
    }
    let log = x.ln_gamma().coefficients;
    let mut gamma = exponential(&log, &scaled_by_index(&log), y);
    if let [first, ..] = &mut gamma[..] {
        *first = slope * x.coefficients[0];
    }
    Taylor::new(y, gamma)
}

/// y′ = s·x′ where s is a constant times e^(c·y²), so that s′ = c·s·(y²)′.
fn inverse_of_gaussian<T: Special, const K: usize>(x: Taylor<T, K>, y: T, s0: T, c: f64) -> Taylor<T, K> {
    if !s0.is_finite() {
        return singular(x, y, s0);
    }
    if inspect::is_finite(s0) {
        inverse_of_gaussian_with::<false, T, K>(x, y, s0, c)
    } else {
        inverse_of_gaussian_with::<true, T, K>(x, y, s0, c)
    }
}

fn inverse_of_gaussian_with<const MASKED: bool, T: Special, const K: usize>(
    x: Taylor<T, K>,
    y: T,
    s0: T,
    c: f64,
) -> Taylor<T, K> {
    let x = &x.coefficients;
    let (weighted, inverse, c) = (scaled_by_index(x), reciprocals::<T, K>(), T::lit(c));
    let (mut inv, mut s, mut square) = ([T::zero(); K], [T::zero(); K], [T::zero(); K]);
    for k in 1..=K {
        let first = term::<MASKED, T>(s0, x[k - 1]);
        inv[k - 1] = add_scaled_inner::<MASKED, T, K>(first, k, &weighted, &s, inverse[k - 1]);
        let y2 = square_coefficient::<MASKED, T, K>(k, y, &inv) * c;
        square[k - 1] = y2 * number(k);
        s[k - 1] =
            add_scaled_inner::<MASKED, T, K>(term::<MASKED, T>(s0, y2), k, &square, &s, inverse[k - 1]);
    }
    Taylor::new(y, inv)
}

pub(super) fn erf_inv<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    inverse_of_gaussian(x, y, slopes::erf_inv(x.re, y), 1.0)
}

pub(super) fn ndtri<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    inverse_of_gaussian(x, y, slopes::ndtri(x.re, y), 0.5)
}

/// `sin(πx)/(πx)`: near 0 the spherical j₀ of πx, beyond by `x·y = sin(πx)/π`.
pub(super) fn normalized_sinc<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    let slope = slopes::normalized_sinc(x.re, y);
    if !inspect::is_finite(slope) || x.re.is_infinite() {
        return singular(x, y, slope);
    }
    if x.re.abs() < T::one() {
        let mut power = T::one();
        let s = x.own_scale();
        let f: [T; K] = spherical(0, T::PI() * x.re, s);
        let f = f.map(|f| {
            power = power * T::PI();
            f * power
        });
        return x.compose_from(y, slope, f, s);
    }
    let sine = x.chain(x.re * y, turns::cos(x)).coefficients;
    let mut sinc = Taylor::new(y, series::quotient(&sine, y, x.re, &x.coefficients));
    if let [first, ..] = &mut sinc.coefficients[..] {
        *first = slope * x.coefficients[0];
    }
    sinc
}

/// w·eʷ = x: `w_k = s₀·(x_k − 1/k·Σ j·w_j·p_{k−j})` with p = eʷ·(1 + w) = eʷ + x.
fn lambert<T: Special, const K: usize>(x: Taylor<T, K>, y: T, s0: T) -> Taylor<T, K> {
    if !s0.is_finite() || y.is_infinite() {
        return singular(x, y, s0);
    }
    if inspect::is_finite(s0) {
        lambert_with::<false, T, K>(x, y, s0)
    } else {
        lambert_with::<true, T, K>(x, y, s0)
    }
}

fn lambert_with<const MASKED: bool, T: Special, const K: usize>(
    x: Taylor<T, K>,
    y: T,
    s0: T,
) -> Taylor<T, K> {
    let (x, e0) = (&x.coefficients, y.exp());
    let inverse = reciprocals::<T, K>();
    let (mut w, mut weighted, mut e) = ([T::zero(); K], [T::zero(); K], [T::zero(); K]);
    let mut p = *x;
    for k in 1..=K {
        let inner = add_scaled_inner::<MASKED, T, K>(x[k - 1], k, &p, &weighted, -inverse[k - 1]);
        w[k - 1] = term::<MASKED, T>(s0, inner);
        weighted[k - 1] = w[k - 1] * number(k);
        let first = term::<MASKED, T>(e0, w[k - 1]);
        e[k - 1] = add_scaled_inner::<MASKED, T, K>(first, k, &weighted, &e, inverse[k - 1]);
        p[k - 1] = e[k - 1] + x[k - 1];
    }
    Taylor::new(y, w)
}

pub(super) fn lambert_w0<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    lambert(x, y, slopes::lambert_w0(x.re, y))
}

pub(super) fn lambert_wm1<T: Special, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    lambert(x, y, slopes::lambert_wm1(x.re, y))
}

/// A function with a vertical tangent, or one that has died away: beyond the first order there is nothing to tell
/// where that is infinite, and nothing where it is zero.
#[cold]
fn singular<T: Special, const K: usize>(x: Taylor<T, K>, y: T, slope: T) -> Taylor<T, K> {
    let beyond = if inspect::is_zero(slope) { T::zero() } else { inspect::undefined(x.re) };
    let mut f = [beyond; K];
    if let Some(first) = f.first_mut() {
        *first = slope;
    }
    x.compose(y, f)
}
