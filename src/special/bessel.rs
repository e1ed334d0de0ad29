//! Values of the modified Bessel functions Iₙ and of the spherical ones jₙ.

use core::f64::consts::PI;

use num_traits::Float;

/// Iₙ(x), a sum of positive terms for every x.
///
/// For x² ≫ n² it is Hankel's expansion (DLMF 10.40.1), otherwise the power series (10.25.2), as many terms as x.
pub(super) fn bessel_in(n: i32, x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let order = n.unsigned_abs();
    let size = Float::abs(x);
    let value = if size.is_infinite() {
        size
    } else if size >= 20.0 && size >= f64::from(order) * f64::from(order) {
        hankel(order, size)
    } else {
        power_series(order, size)
    };
    if x < 0.0 && order % 2 == 1 { -value } else { value }
}

/// eˣ/√(2πx)·Σ (−1)ᵏ·(4n² − 1)(4n² − 9)…(4n² − (2k−1)²)/(k!·(8x)ᵏ)
fn hankel(n: u32, x: f64) -> f64 {
    let mu = 4.0 * f64::from(n) * f64::from(n);
    let (mut term, mut sum) = (1.0, 1.0);
    let mut k = 1.0;
    while Float::abs(term) > 1e-17 {
        let odd = 2.0 * k - 1.0;
        term *= (odd * odd - mu) / (8.0 * k * x);
        sum += term;
        k += 1.0;
    }
    // In two halves, because eˣ overflows before Iₙ does.
    let half = Float::exp(0.5 * x);
    half * (sum / Float::sqrt(2.0 * PI * x)) * half
}

/// Σ (x/2)ⁿ⁺²ᵏ / (k!·(n + k)!)
fn power_series(n: u32, x: f64) -> f64 {
    let h = 0.5 * x;
    let square = h * h;
    let order = f64::from(n);
    let (mut term, mut sum) = (1.0, 1.0);
    // Roundings add up over hundreds of terms: what the square, its quotients and the products have lost, relative to the
    // term, and what the sum lacks of it all.
    let lost = Float::mul_add(h, h, -square) / square;
    let (mut of_term, mut of_sum) = (0.0, 0.0);
    let mut k = 1.0;
    while square.is_normal() && term > 1e-17 * sum && sum < f64::INFINITY {
        let divisor = k * (k + order);
        let factor = square / divisor;
        let next = term * factor;
        of_term += lost + Float::mul_add(-factor, divisor, square) / square;
        of_term += Float::mul_add(term, factor, -next) / next;
        term = next;
        let before = sum;
        sum += term;
        let added = sum - before;
        of_sum += (before - (sum - added)) + (term - added) + term * of_term;
        k += 1.0;
    }
    if of_sum.is_finite() {
        sum += of_sum;
    }
    // (x/2)ⁿ/n!, the factors taken in an order that neither over- nor underflows on the way; `rest` is what their roundings
    // have lost of it, which would grow with n.
    let (mut powers, mut divisors) = (n, 1.0);
    let (mut product, mut rest) = (sum, 0.0);
    while powers > 0 || divisors <= order {
        let before = product;
        if divisors <= order && (product >= 1.0 || powers == 0) {
            product /= divisors;
            rest += Float::mul_add(-product, divisors, before) / before;
            divisors += 1.0;
        } else {
            product *= h;
            rest += Float::mul_add(before, h, -product) / product;
            powers -= 1;
        }
        if product == 0.0 || product.is_infinite() {
            return product;
        }
    }
    if product.is_normal() { product + product * rest } else { product }
}

/// jₙ(x), the spherical Bessel function.
///
/// From sin x and cos x upwards while n is below x; beyond, where that is unstable, from above downwards (Miller's
/// algorithm, DLMF 3.6(iii)); for small x the power series (10.53.1). Of larger n downwards already beside x = n, where the
/// slope is the difference of two neighbours: these then have one error, of their unit, which doesn't count in it.
pub(super) fn spherical_jn(n: u32, x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let size = Float::abs(x);
    let order = f64::from(n);
    let value = if size.is_infinite() {
        0.0
    } else if size * size <= order + 1.5 {
        spherical_series(n, size)
    } else if size > if n < 6 { order } else { 1.5 * order } {
        spherical_upwards(n, size)
    } else {
        spherical_downwards(n, size)
    };
    if x < 0.0 && n % 2 == 1 { -value } else { value }
}

fn spherical_upwards(n: u32, x: f64) -> f64 {
    let (sin, cos) = Float::sin_cos(x);
    let (mut lower, mut value) = (cos / x, sin / x); // j₋₁ and j₀
    let mut odd = 1.0;
    for _ in 0..n {
        (lower, value) = (value, odd / x * value - lower);
        odd += 2.0;
    }
    value
}

/// The recurrence downwards from far above n and x, in units that j₀ or j₁ tells, whichever is larger; each number in two
/// parts, so that the roundings of the steps don't add up.
fn spherical_downwards(n: u32, x: f64) -> f64 {
    let order = f64::from(n);
    let top = order.max(x);
    let mut k = Float::round(top + 6.0 * Float::sqrt(top) + 30.0);
    let (mut upper, mut value, mut wanted) = ((0.0, 0.0), (1e-300, 0.0), 0.0);
    while k > 0.0 {
        // (2k + 1)/x·value − upper
        let odd = 2.0 * k + 1.0;
        let factor = odd / x;
        let factor_low = Float::mul_add(-factor, x, odd) / x;
        let product = factor * value.0;
        let product_low =
            Float::mul_add(factor, value.0, -product) + (factor * value.1 + factor_low * value.0);
        let difference = product - upper.0;
        let taken = product - difference;
        let low = (product - (difference + taken)) + (taken - upper.0) + (product_low - upper.1);
        let high = difference + low;
        (upper, value) = (value, (high, low - (high - difference)));
        k -= 1.0;
        if k == order {
            wanted = value.0;
        }
        if Float::abs(value.0) > 1e200 {
            let scaled = |x: (f64, f64)| (x.0 * 1e-300, x.1 * 1e-300);
            (upper, value, wanted) = (scaled(upper), scaled(value), wanted * 1e-300);
        }
    }
    let (j0, j1) = (spherical_upwards(0, x), spherical_upwards(1, x));
    if Float::abs(j0) > Float::abs(j1) { wanted / value.0 * j0 } else { wanted / upper.0 * j1 }
}

/// xⁿ/(2n + 1)!!·Σ (−x²/2)ᵏ / (k!·(2n + 3)(2n + 5)…(2n + 2k + 1))
fn spherical_series(n: u32, x: f64) -> f64 {
    let mut sum = ascending_series(n, -0.5 * x * x);
    let mut odd = 1.0;
    for _ in 0..n {
        odd += 2.0;
        sum *= x / odd;
        if sum == 0.0 {
            break;
        }
    }
    sum
}

/// Σ hᵏ / (k!·(2n + 3)(2n + 5)…(2n + 2k + 1))
fn ascending_series(n: u32, h: f64) -> f64 {
    let order = f64::from(n);
    let (mut term, mut sum) = (1.0, 1.0);
    let mut k = 1.0;
    while Float::abs(term) > 1e-18 * sum {
        term *= h / (k * (2.0 * (order + k) + 1.0));
        sum += term;
        k += 1.0;
    }
    sum
}

/// jₙ(√x)/(√x)ⁿ, also of negative x, where it is iₙ(√−x)/(√−x)ⁿ, a sum of positive terms.
pub(super) fn spherical_jn_sqrt(n: u32, x: f64) -> f64 {
    if x.is_infinite() {
        return if x > 0.0 { 0.0 } else { f64::INFINITY };
    }
    let root = Float::sqrt(Float::abs(x));
    if x > f64::from(n) + 1.5 {
        return (0..n).fold(spherical_jn(n, root), |value, _| value / root);
    }
    if n == 0 && x < -1.0 {
        return Float::sinh(root) / root;
    }
    (0..n).fold(ascending_series(n, -0.5 * x), |value, k| value / f64::from(2 * k + 3))
}

/// (1 − cos √x)/x as half a square, which doesn't cancel.
pub(super) fn stumpff_c2(x: f64) -> f64 {
    let s = spherical_jn_sqrt(0, 0.25 * x);
    0.5 * s * s
}
