//! The slopes of the special functions as functions, and the forms that are longer than a cell.

pub(crate) use super::beta::{beta, ln_beta, passes_zero};
use super::branches::{defined, near_origin, product_in_norm, reciprocal_keeps_digits, undefined2};
use super::slopes::emit_slopes;
use super::special_table::for_each_special_rule;
use crate::number::inspect;
use crate::real::Real;
use crate::special::{Special, hazard, turns};

for_each_special_rule!(emit_slopes [Special, defined]);

/// The exponent of the power of x that ψ⁽ⁿ⁾ is near its pole at 0 and far from it, n > 0, up to a factor and rounding.
#[inline]
pub(crate) fn polygamma_exponent<T: Real>(n: u32, x: T) -> Option<T> {
    let far = x.abs() > T::one();
    let power = n > 0 && !reciprocal_keeps_digits(x) && (x > T::zero() || !far);
    power.then(|| T::lit(-f64::from(n) - if far { 0.0 } else { 1.0 }))
}

/// Half of x; a product with the constant ½ would make NaN of the zero lanes of an infinity.
#[inline]
pub(crate) fn half<T: Real>(x: T) -> T {
    inspect::product(x, T::lit(0.5))
}

/// The slope at a point `d` = 0 beyond which it isn't known: `slope` there, and NaN in every component along which d moves.
#[cold]
pub(super) fn only_here<T: Real>(slope: T, d: T) -> T {
    slope + inspect::unknown_along(d)
}

/// A slope, but NaN where the distance `d` from a pole of the function is 0.
///
/// The value is infinite there, and not because it has overflown.
#[inline]
fn unless_zero<T: Real>(d: T, slope: impl FnOnce() -> T) -> T {
    if d == T::zero() { only_here(T::nan(), d) } else { slope() }
}

/// The distance from the value, which is 0 and moves as x does.
#[inline]
pub(super) fn distance<T: Special>(x: T) -> T {
    x - x.stop_gradient()
}

/// x² and what the product has lost, which an exponential multiplies by x².
#[inline]
fn exact_square<T: Real>(x: T) -> (T, T) {
    let square = x * x;
    (square, x.mul_add(x, -square))
}

/// `e^(−c·x²)` for c = 1 or ½, to the last digits also at large x.
fn gaussian<T: Real>(x: T, c: f64) -> T {
    let (square, lost) = exact_square(x);
    let c = T::lit(c);
    let y = (-(square * c)).exp();
    if y == T::zero() {
        // A constant: the tangents of x² may be infinite there. Of the slope of any order up to the third, c²·x² of it, no
        // normal number is lost.
        T::zero()
    } else {
        y - y * (lost * c)
    }
}

/// `√π/2·e^(y²)`.
///
/// A rounding of y is 2y² roundings of the exponential; towards the ends it is measured, by the distance of erfc y from
/// the exact 1 − x, and taken back.
fn erf_inv_slope<T: Special>(x: T, y: T) -> T {
    if y.is_infinite() {
        return only_here(T::nan(), T::one() - x.abs());
    }
    let (square, lost) = exact_square(y);
    let exp = square.exp();
    let slope = (exp + exp * lost) / T::FRAC_2_SQRT_PI();
    if x.abs() < T::lit(0.5) {
        return slope;
    }
    let (x, y) = (x.abs(), y.abs());
    let error = (y.erfc() - (T::one() - x)) * slope;
    slope + slope * ((y + y) * error)
}

/// The density φ of the normal law.
fn density<T: Real>(x: T) -> T {
    gaussian(x, 0.5) * T::lit(0.398_942_280_401_432_7) // 1/√(2π)
}

/// `φ/Φ`, for negative x as the hazard rate of −x: of the derivatives of the quotient cancellation leaves little.
fn log_ndtr_slope<T: Special>(x: T) -> T {
    if x < T::zero() { hazard(-x) } else { density(x) / x.ndtr() }
}

/// `1/φ(y)`; away from the middle as `1/(q·φ/q)` with the smaller of x and 1 − x as q = Φ(−|y|), since φ(y) would multiply
/// the rounding of y by y².
fn ndtri_slope<T: Special>(x: T, y: T) -> T {
    let (q, tail) = if x > T::lit(0.5) { (T::one() - x, -y) } else { (x, y) };
    if tail > -T::one() {
        let (square, lost) = exact_square(y);
        let exp = half(square).exp();
        (exp + exp * half(lost)) * T::lit(2.506_628_274_631_000_7) // √(2π)
    } else {
        unless_zero(q, || (q * log_ndtr_slope(tail)).recip())
    }
}

/// `Γ·ψ`; where Γ has underflown beside a pole, through Γ(x + 20), of which the derivatives are larger than it.
fn gamma_slope<T: Special>(x: T, y: T) -> T {
    if y.abs() < T::min_positive_value() {
        let shifted = |k: u8| x + T::lit(k.into());
        let slope = inspect::product(shifted(20).gamma(), x.digamma());
        return (0..20).rev().fold(slope, |slope, k| slope / shifted(k));
    }
    inspect::product(y, x.digamma())
}

/// A slope of a Bessel function Y: where the value is infinite at 0 NaN, and where it has overflown the infinity that turns
/// away from it.
fn bessel_y_slope<T: Special>(x: T, y: T, slope: impl FnOnce() -> T) -> T {
    if y.is_infinite() && x > T::zero() {
        return only_here(-y.stop_gradient(), distance(x));
    }
    unless_zero(x, slope)
}

/// `(Yₙ₋₁ − Yₙ₊₁)/2`; for small x through the neighbour that is nearer to 0, since the other overflows before the slope.
fn bessel_yn_slope<T: Special>(n: i32, x: T, y: T) -> T {
    bessel_y_slope(x, y, || {
        let (below, above) = (n.saturating_sub(1), n.saturating_add(1));
        if n == 0 || x >= T::one() {
            return half(x.bessel_yn(below)) - half(x.bessel_yn(above));
        }
        let of_order = T::lit(f64::from(n)) * (y / x);
        if n > 0 { x.bessel_yn(below) - of_order } else { of_order - x.bessel_yn(above) }
    })
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
        (turns::cos(x) - y) / x
    }
}

/// `1/(2·cosh(x/2))²`, whose derivative vanishes at 0 without a difference; farther out `e/(1 + e)²` with `e = e^(−|x|)`, since
/// derivatives of the hyperbolic cosine overflow where those of the slope don't.
fn sigmoid_slope<T: Real>(x: T) -> T {
    let magnitude = x.abs();
    if magnitude <= T::lit(4.0) {
        let cosh = half(x).cosh();
        let r = (cosh + cosh).recip();
        r * r
    } else {
        let e = (-magnitude).exp();
        let sum = T::one() + e;
        e / (sum * sum)
    }
}

/// Of c₂ = ½·s² with s = sin(√x/2)/(√x/2): s·s′, in which s and j₁ are of x/4. No order cancels.
fn stumpff_c2_slope<T: Special>(x: T) -> T {
    let quarter = x * T::lit(0.25);
    inspect::product(quarter.sinc_sqrt(), quarter.spherical_jn_sqrt(1)) * T::lit(-0.125)
}

/// `1/(x·(1 − x))`; around ½ by the distance from ½, so that its derivative isn't the difference of 1 − x and x.
fn logit_slope<T: Real>(x: T) -> T {
    let h = x - T::lit(0.5);
    let product = if h.abs() < T::lit(0.25) { T::lit(0.25) - h * h } else { x * (T::one() - x) };
    unless_zero(product, || product.recip())
}

/// `e⁻ˣ/(1 − e⁻ˣ)`, and not `1/(eˣ − 1)`, which overflows first.
fn log1mexp_slope<T: Real>(x: T) -> T {
    unless_zero(x, || (-x).exp() / -(-x).exp_m1())
}

/// `1/(eʸ·(1 + y))`; for large y as `y/(1 + y)/x`, since eʸ would multiply the rounding of y.
///
/// At the branch point the tangent is vertical, upwards for W₀ and downwards for W₋₁; nothing tells higher orders there.
fn lambert_slope<T: Special>(x: T, y: T, vertical: T) -> T {
    let above = T::one() + y;
    if above == T::zero() {
        only_here(vertical, distance(x))
    } else if y.abs() < T::one() {
        (-y).exp() / above
    } else if y.is_infinite() {
        // W₀ at ∞, where it has died away, or W₋₁ at its pole.
        if x.is_infinite() { T::zero() } else { only_here(T::nan(), x) }
    } else {
        y / above / x
    }
}

/// Slopes of ln(eᵃ + eᵇ): the logistic functions of a − b and of b − a, of equal infinities too.
pub(crate) fn logaddexp<T: Special>(a: T, b: T, y: T) -> (T, T) {
    let difference = if a == b { inspect::with_value(a - b, T::zero()) } else { a - b };
    (defined(y, difference.sigmoid()), defined(y, (-difference).sigmoid()))
}

/// Slopes of x·ln y: ln y and x/y. For x = 0 the function is constant in y, also at y = 0, where x/y is 0/0.
pub(crate) fn xlogy<T: Real>(x: T, y: T, f: T) -> (T, T) {
    (defined(f, y.ln()), defined(f, over_zero(x, y)))
}

/// Slopes of x·ln(1 + y): ln(1 + y) and x/(1 + y), at (0, −1) as those of [`xlogy`].
pub(crate) fn xlog1py<T: Real>(x: T, y: T, f: T) -> (T, T) {
    let sum = T::one() + y;
    (defined(f, y.ln_1p()), defined(f, over_zero(x, sum)))
}

/// `x/y`; at y = 0, the pole of a logarithm, NaN, but 0 for x = 0, as long as that doesn't move.
fn over_zero<T: Real>(x: T, y: T) -> T {
    if y != T::zero() {
        x / y
    } else if x == T::zero() {
        only_here(T::zero(), x)
    } else {
        undefined2(x, y)
    }
}

/// The slopes of the norm of the numbers `x(i)`, i < `len`, each with its index, that of one of largest magnitude
/// first. Not at the origin, where the norm has a kink.
///
/// In the form of [`hypot`](super::branches::hypot), and for its reason.
pub(crate) fn norm<T: Real>(len: usize, norm: T, x: impl Fn(usize) -> T) -> impl Iterator<Item = (usize, T)> {
    let k = (1..len).fold(0, |k, i| if x(i).abs() > x(k).abs() { i } else { k });
    let others = (0..len).filter(move |&i| i != k);
    let (largest, near) = (x(k), near_origin(norm));
    let squares = others.clone().fold(T::zero(), |sum, i| {
        let r = x(i) / largest;
        sum + product_in_norm(near, r, r)
    });
    // Two infinities, or a NaN.
    let undefined =
        squares.is_nan().then(|| (1..len).fold(inspect::undefined(x(0)), |nan, i| undefined2(nan, x(i))));
    let slope = undefined.unwrap_or_else(|| (T::one() + squares).sqrt().recip().copysign(largest));
    let of_other = move |i| undefined.unwrap_or_else(|| product_in_norm(near, x(i) / largest, slope));
    let of_others = others.map(move |i| (i, of_other(i)));
    core::iter::once((k, slope)).chain(of_others)
}
