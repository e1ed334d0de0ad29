//! The smooth functions of one variable on a series: for every row of the table a function of that name, which takes the
//! series and the function's value.
//!
//! A row whose slope is a function of x alone is integrated as it stands. The others, and the most frequent, have their
//! own differential equation; value and slope at the value are those of the row.

use super::Taylor;
use super::compose::compose;
use super::series::{
    add_scaled_inner, for_each_order, inner_product, linear, middle_square, number, reciprocals,
    scaled_by_index, square as square_of, square_coefficient, sub_inner, term,
};
use crate::number::inspect;
use crate::real::Real;
use crate::rules::branches::{ratio, reciprocal_keeps_digits, tangent_of_power};
use crate::rules::slopes;

/// Rows whose slope is evaluated on the series and integrated.
macro_rules! integrated {
    ($($name:ident)*) => {$(
        #[inline]
        pub(super) fn $name<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
            x.chain(y, slopes::$name(x, Taylor::value(y)))
        }
    )*};
}

integrated! { asin acos asinh acosh }

/// Exponentials, y′ = c·y·x′, where c is 1 or ln 2: of the slope s₀ at the value and, for the orders above, c·y.
macro_rules! exponentials {
    ($($name:ident: $c:expr;)*) => {$(
        #[inline]
        pub(super) fn $name<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
            let c: Option<T> = $c;
            let slope = slopes::$name(x.re, y);
            let weighted = scaled_by_index(&x.coefficients);
            let weighted = c.map_or(weighted, |c| weighted.map(|w| w * c));
            Taylor::new(y, exponential(&x.coefficients, &weighted, slope))
        }
    )*};
}

exponentials! {
    exp: None;
    exp_m1: None;
    exp2: Some(T::LN_2());
}

/// The coefficients of y with `y_k = s₀·x_k + 1/k·Σ w_j·y_{k−j}`.
#[inline]
pub(super) fn exponential<T: Real, const K: usize>(x: &[T; K], weighted: &[T; K], s0: T) -> [T; K] {
    if inspect::is_finite(s0) {
        exponential_with::<false, T, K>(x, weighted, s0)
    } else {
        exponential_nonfinite(x, weighted, s0)
    }
}

#[cold]
fn exponential_nonfinite<T: Real, const K: usize>(x: &[T; K], weighted: &[T; K], s0: T) -> [T; K] {
    exponential_with::<true, T, K>(x, weighted, s0)
}

#[inline]
fn exponential_with<const MASKED: bool, T: Real, const K: usize>(
    x: &[T; K],
    weighted: &[T; K],
    s0: T,
) -> [T; K] {
    let inverse = reciprocals::<T, K>();
    let mut y = [T::zero(); K];
    for_each_order!(k in K of T, {
        let first = term::<MASKED, T>(s0, x[k - 1]);
        y[k - 1] = add_scaled_inner::<MASKED, T, K>(first, k, weighted, &y, inverse[k - 1]);
    });
    y
}

/// Logarithms, y′·c·x = x′, where c is the logarithm of the base: `y_k = r·(x_k − c/k·Σ j·y_j·x_{k−j})` with the slope r.
macro_rules! logarithms {
    ($($name:ident: $c:expr;)*) => {$(
        #[inline]
        pub(super) fn $name<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
            let slope = slopes::$name(x.re, y);
            if inspect::is_finite(slope) {
                let c: Option<T> = $c;
                let q = c.map_or(x.coefficients, |c| x.coefficients.map(|x| x * c));
                Taylor::new(y, over(&x.coefficients, slope, &q))
            } else {
                x.chain(y, slopes::$name(x, Taylor::value(y)))
            }
        }
    )*};
}

logarithms! {
    ln: None;
    ln_1p: None;
    log2: Some(T::LN_2());
    log10: Some(T::LN_10());
}

/// Inverse tangents, y′·(1 ± x²) = x′: `y_k = r·(x_k − 1/k·Σ j·y_j·(±x²)_{k−j})` with the slope r.
///
/// Not by the slope of the row, which for large x is made of 1/x: that has its pole at 0, nearer than ±i, and its
/// coefficients would outgrow those of the arc tangent.
macro_rules! inverse_tangents {
    ($($name:ident: $square:expr;)*) => {$(
        #[inline]
        pub(super) fn $name<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
            let slope = slopes::$name(x.re, y);
            // A slope that has underflown would meet squares that have overflown.
            if inspect::is_finite(slope) && slope.is_normal() {
                let square: fn(T) -> T = $square;
                let squares = square_of(x.re, &x.coefficients).map(square);
                Taylor::new(y, over(&x.coefficients, slope, &squares))
            } else {
                x.chain(y, slopes::$name(x, Taylor::value(y)))
            }
        }
    )*};
}

inverse_tangents! {
    atan: |square| square;
    atanh: |square| -square;
}

/// The coefficients of y with `y_k = r·(x_k − 1/k·Σ j·y_j·q_{k−j})`, for a slope 1/q.
#[inline]
fn over<T: Real, const K: usize>(x: &[T; K], slope: T, q: &[T; K]) -> [T; K] {
    let inverse = reciprocals::<T, K>();
    // Products with r·q, and not with q: they would over- and underflow where the coefficients don't.
    let q = q.map(|q| slope * q);
    // k·y_k, which is r·k·x_k less Σ r·q_j·(k−j)·y_{k−j}.
    let mut weighted = [T::zero(); K];
    for_each_order!(k in K of T, {
        let first = slope * x[k - 1];
        let first = if k == 1 { first } else { first * number(k) };
        weighted[k - 1] = sub_inner(first, k, &q, &weighted);
    });
    core::array::from_fn(|k| if k == 0 { weighted[0] } else { weighted[k] * inverse[k] })
}

/// Which pair of functions: s′ = c·x′ with c′ = −s·x′, or with c′ = s·x′.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Pair {
    Circular,
    Hyperbolic,
}

/// The coefficients of sine and cosine of x, circular or hyperbolic, from their values.
#[inline]
pub(super) fn sine_and_cosine<T: Real, const K: usize>(
    x: &[T; K],
    s0: T,
    c0: T,
    pair: Pair,
) -> ([T; K], [T; K]) {
    if inspect::is_finite(s0) && inspect::is_finite(c0) {
        sine_and_cosine_with::<false, T, K>(x, s0, c0, pair)
    } else {
        sine_and_cosine_nonfinite(x, s0, c0, pair)
    }
}

#[cold]
fn sine_and_cosine_nonfinite<T: Real, const K: usize>(
    x: &[T; K],
    s0: T,
    c0: T,
    pair: Pair,
) -> ([T; K], [T; K]) {
    sine_and_cosine_with::<true, T, K>(x, s0, c0, pair)
}

#[inline]
fn sine_and_cosine_with<const MASKED: bool, T: Real, const K: usize>(
    x: &[T; K],
    s0: T,
    c0: T,
    pair: Pair,
) -> ([T; K], [T; K]) {
    let (weighted, inverse) = (scaled_by_index(x), reciprocals::<T, K>());
    let (mut s, mut c) = ([T::zero(); K], [T::zero(); K]);
    let slope_of_c = if pair == Pair::Circular { -s0 } else { s0 };
    for_each_order!(k in K of T, {
        let (of_s, of_c) = (term::<MASKED, T>(c0, x[k - 1]), term::<MASKED, T>(slope_of_c, x[k - 1]));
        let inverse = inverse[k - 1];
        let next = add_scaled_inner::<MASKED, T, K>(of_s, k, &weighted, &c, inverse);
        let signed = if pair == Pair::Circular { -inverse } else { inverse };
        c[k - 1] = add_scaled_inner::<MASKED, T, K>(of_c, k, &weighted, &s, signed);
        s[k - 1] = next;
    });
    (s, c)
}

#[inline]
pub(super) fn sin<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    Taylor::new(y, sine_and_cosine(&x.coefficients, y, slopes::sin(x.re, y), Pair::Circular).0)
}

#[inline]
pub(super) fn cos<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    Taylor::new(y, sine_and_cosine(&x.coefficients, -slopes::cos(x.re, y), y, Pair::Circular).1)
}

#[inline]
pub(super) fn sinh<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    Taylor::new(y, sine_and_cosine(&x.coefficients, y, slopes::sinh(x.re, y), Pair::Hyperbolic).0)
}

#[inline]
pub(super) fn cosh<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    Taylor::new(y, sine_and_cosine(&x.coefficients, slopes::cosh(x.re, y), y, Pair::Hyperbolic).1)
}

/// y′ = (1 + y²)·x′
#[inline]
pub(super) fn tan<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    Taylor::new(y, tangent(&x.coefficients, y, slopes::tan(x.re, y), Pair::Circular))
}

/// y′ = (1 − y²)·x′, of which the first coefficient comes from 1/cosh²x.
#[inline]
pub(super) fn tanh<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    Taylor::new(y, tangent(&x.coefficients, y, slopes::tanh(x.re, y), Pair::Hyperbolic))
}

#[inline]
fn tangent<T: Real, const K: usize>(x: &[T; K], y0: T, s0: T, pair: Pair) -> [T; K] {
    if inspect::is_finite(s0) && inspect::is_finite(y0) {
        tangent_with::<false, T, K>(x, y0, s0, pair)
    } else {
        tangent_nonfinite(x, y0, s0, pair)
    }
}

#[cold]
fn tangent_nonfinite<T: Real, const K: usize>(x: &[T; K], y0: T, s0: T, pair: Pair) -> [T; K] {
    tangent_with::<true, T, K>(x, y0, s0, pair)
}

#[inline]
fn tangent_with<const MASKED: bool, T: Real, const K: usize>(x: &[T; K], y0: T, s0: T, pair: Pair) -> [T; K] {
    let (weighted, inverse) = (scaled_by_index(x), reciprocals::<T, K>());
    let (mut y, mut s) = ([T::zero(); K], [T::zero(); K]);
    for_each_order!(k in K of T, {
        let first = term::<MASKED, T>(s0, x[k - 1]);
        y[k - 1] = add_scaled_inner::<MASKED, T, K>(first, k, &weighted, &s, inverse[k - 1]);
        let square = square_coefficient::<MASKED, T, K>(k, y0, &y);
        s[k - 1] = if pair == Pair::Circular { square } else { -square };
    });
    y
}

/// y² = x: `y_k = x_k/(2y₀) − Σ y_j·y_{k−j}/(2y₀)`
#[inline]
pub(super) fn sqrt<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    let slope = slopes::sqrt(x.re, y);
    if !inspect::is_finite(slope) {
        return root_of_zero(x, y, slope, 2);
    }
    let (mut root, mut ratio) = ([T::zero(); K], [T::zero(); K]);
    for_each_order!(k in K of T, {
        let first = x.coefficients[k - 1] * slope;
        root[k - 1] = match k {
            1 => first,
            2 => first - root[0] * ratio[0],
            // The latest coefficient by itself, as in `add_scaled_inner`.
            _ => {
                let earlier = if k == 3 { first } else { first - middle_square(k, &root, &ratio) };
                earlier - (ratio[0] + ratio[0]) * root[k - 2]
            }
        };
        // One factor of each square, which would over- or underflow where the coefficients don't.
        ratio[k - 1] = root[k - 1] * slope;
    });
    Taylor::new(y, root)
}

/// y³ = x, from which 3·x·y′ = y·x′.
#[inline]
pub(super) fn cbrt<T: Real, const K: usize>(x: Taylor<T, K>, y: T) -> Taylor<T, K> {
    let slope = slopes::cbrt(x.re, y);
    if !inspect::is_finite(slope) || x.re.is_infinite() {
        return root_of_zero(x, y, slope, 3);
    }
    let third = T::lit(3.0).recip();
    Taylor::new(y, power(x, third, slope))
}

/// The n-th root where the recurrences divide by zero, from its derivatives there.
#[cold]
fn root_of_zero<T: Real, const K: usize>(x: Taylor<T, K>, y: T, slope: T, n: usize) -> Taylor<T, K> {
    let root = number::<T>(n).recip();
    let mut f = [slope; K];
    for k in 2..=K {
        let ratio = (root - number::<T>(k - 1)) / number(k);
        let product = f[k - 2] * ratio;
        f[k - 1] = if x.re == T::zero() { inspect::product(product, T::infinity()) } else { product / x.re };
    }
    Taylor::new(y, compose(&x.coefficients, &f))
}

/// The coefficients of y = xᵃ, from x·y′ = a·y·x′ and the slope at the value:
/// `y_k = s₀·x_k + 1/k·Σ (a·j − (k − j))·u_j·y_{k−j}` with u = x/x₀.
///
/// Of u and not of x, whose products with y over- and underflow where the coefficients don't.
///
/// One sum with these weights, and not the difference of two: it would cancel. Not (a + 1)·j − k: near an integer a, what
/// a + 1 loses to rounding is much of the weight.
#[inline]
pub(super) fn power<T: Real, const K: usize>(x: Taylor<T, K>, a: T, slope: T) -> [T; K] {
    let r = x.re.recip();
    let by_product = inspect::is_primitive::<T>() && r.is_normal();
    let u = if by_product { x.coefficients.map(|c| c * r) } else { x.coefficients.map(|c| c / x.re) };
    let inverse = reciprocals::<T, K>();
    let multiples: [T; K] = core::array::from_fn(|j| a * number(j + 1));
    // The derivatives of a nested u underflow where x₀ is large, and those of the quotient don't.
    let wide = !inspect::is_primitive::<T>() && !reciprocal_keeps_digits(x.re);
    let times = |c: T, j: usize, y: T| {
        let product = c * x.coefficients[j] * y;
        if wide && product.is_normal() { product / x.re } else { c * u[j] * y }
    };
    let mut y = [T::zero(); K];
    // y₀ doesn't occur: the slope has it.
    for_each_order!(k in K of T, {
        let mut sum = slope * x.coefficients[k - 1];
        if k > 2 {
            let term = |j: usize| times(multiples[j - 1] - number(k - j), j - 1, y[k - j - 1]);
            sum = sum + (2..k - 1).rev().fold(term(k - 1), |sum, j| sum + term(j)) * inverse[k - 1];
        }
        if k > 1 {
            sum = sum + times((multiples[0] - number(k - 1)) * inverse[k - 1], 0, y[k - 2]);
        }
        y[k - 1] = sum;
    });
    y
}

/// The coefficients of y = xᵃ where the slope isn't a normal number, and has lost what it would be beside a coefficient as
/// large or small; a zero coefficient adds nothing even where one of y is infinite.
#[cold]
pub(super) fn power_by_ratios<T: Real, const K: usize>(x: Taylor<T, K>, y0: T, a: T) -> [T; K] {
    let u = x.coefficients.map(|c| ratio(c, x.re));
    let mut y = [T::zero(); K];
    for k in 1..=K {
        let inverse = number::<T>(k).recip();
        let first = tangent_of_power(x.re, y0, a, x.coefficients[k - 1]);
        y[k - 1] = (1..k).fold(first, |sum, j| {
            let weight = (a * number(j) - number(k - j)) * inverse;
            sum + inspect::scaled(y[k - j - 1], weight * u[j - 1])
        });
    }
    y
}

/// The coefficients of h = √(x² + y² + …), from its part `along` the point, `Σ x₀/h₀·x_k` over the numbers, and from
/// [`squares_across`] of all of them, S: h = a + g with `g = h₀·S/(a + h)`.
///
/// Not from Σ x² − h²: beside a point near an axis, nearly all of that is the square along the axis, and cancels.
#[inline]
pub(super) fn root_of_squares<T: Real, const K: usize>(h0: T, along: &[T; K], squares: &[T; K]) -> [T; K] {
    let (mut h, mut g, mut sum) = (*along, [T::zero(); K], [T::zero(); K]);
    let half = T::lit(0.5);
    for k in 1..=K {
        if k > 1 {
            g[k - 1] = sub_inner(squares[k - 1], k, &g, &sum) * half;
            h[k - 1] = along[k - 1] + g[k - 1];
        }
        sum[k - 1] = (along[k - 1] + h[k - 1]) / h0;
    }
    h
}

/// Coefficients of a function at a value of which some component isn't finite, so that products with zeros are NaN: zeros up
/// to where an argument moves.
#[cold]
pub(super) fn resting<T: Real, const K: usize>(mut y: [T; K], moves: impl Fn(usize) -> bool) -> [T; K] {
    for (_, y) in y.iter_mut().enumerate().take_while(|&(k, _)| !moves(k)) {
        *y = T::zero();
    }
    y
}

/// The coefficients of `y²/h₀` for the part y of x that is across the point: y = x − `slope`·`along`, without value.
#[inline]
pub(super) fn squares_across<T: Real, const K: usize>(x: &[T; K], slope: T, along: &[T; K], h0: T) -> [T; K] {
    let part = linear(slope, *along);
    let y: [T; K] = core::array::from_fn(|k| x[k] - part[k]);
    let u = y.map(|y| y / h0); // one factor of each product, so that no square over- or underflows
    core::array::from_fn(|k| if k == 0 { T::zero() } else { inner_product(k + 1, &y, &u) })
}

/// The coefficients of the angle θ of the point (x, y), whose distance from the origin is `h0` and whose slopes are `dy`
/// and `dx`: (x² + y²)·θ′ = x·y′ − y·x′.
#[inline]
pub(super) fn angle<T: Real, const K: usize>(
    y: Taylor<T, K>,
    x: Taylor<T, K>,
    h0: T,
    (dy, dx): (T, T),
) -> [T; K] {
    let inverse = reciprocals::<T, K>();
    // In units of h₀, in which x₀² + y₀² is 1.
    let u = x.coefficients.map(|x| x / h0);
    let v = y.coefficients.map(|y| y / h0);
    let (du, dv) = (scaled_by_index(&u), scaled_by_index(&v));
    let (u2, v2) = (square_of(x.re / h0, &u), square_of(y.re / h0, &v));
    let squares: [T; K] = core::array::from_fn(|k| u2[k] + v2[k]);
    let (mut angle, mut weighted) = ([T::zero(); K], [T::zero(); K]);
    for k in 1..=K {
        let first = dy * y.coefficients[k - 1] + dx * x.coefficients[k - 1];
        let inverse = inverse[k - 1];
        let area = add_scaled_inner::<false, T, K>(first, k, &u, &dv, inverse);
        let area = add_scaled_inner::<false, T, K>(area, k, &v, &du, -inverse);
        angle[k - 1] = add_scaled_inner::<false, T, K>(area, k, &squares, &weighted, -inverse);
        weighted[k - 1] = angle[k - 1] * number(k);
    }
    angle
}
