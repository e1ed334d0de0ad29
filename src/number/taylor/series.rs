//! Arithmetic on the coefficients `[T; K]`, of which number k − 1 is that of tᵏ: sums over the pairs that reach a power.
//!
//! Sums begin with the two terms that have a value in them, in the order in which a dual number adds them, and so the
//! first coefficient is its tangent to the bit. No sum begins with a zero: it would turn −0 into 0.

use super::super::lanes::{self, Divisor};
use crate::number::inspect::{self, Mask, masked};
use crate::real::Real;

/// `k` as a number.
#[inline]
pub(in crate::number) fn number<T: Real>(k: usize) -> T {
    // Orders are small, and `u32` converts without loss.
    T::lit(f64::from(u32::try_from(k).unwrap_or(u32::MAX)))
}

/// To this number factorials are exact in `f64`.
pub(super) const EXACT: usize = 22;

/// `k!`
#[inline]
pub(super) fn factorial<T: Real>(k: usize) -> T {
    (2..=k).fold(T::one(), |product, j| product * number(j))
}

/// 1, 1/2, … 1/K: what the recurrences multiply by. Of `f64` a constant after optimisation.
#[inline]
pub(super) fn reciprocals<T: Real, const K: usize>() -> [T; K] {
    core::array::from_fn(|k| number::<T>(k + 1).recip())
}

/// `k·x_k`, the coefficients of t·x′.
#[inline]
pub(super) fn scaled_by_index<T: Real, const K: usize>(x: &[T; K]) -> [T; K] {
    core::array::from_fn(|k| if k == 0 { x[0] } else { x[k] * number(k + 1) })
}

/// `$body` for k from 1 to K; of plain floats the first sixteen as straight code, but not in a debug build, which keeps each
/// copy and is no faster for it.
///
/// The sums in it then have as many terms as the compiler knows, and the coefficients stay in registers: an exponential of
/// order 10 takes half the time.
macro_rules! for_each_order {
    ($k:ident in $K:ident of $T:ident, $body:expr) => {
        let straight = !cfg!(debug_assertions) && size_of::<$T>() <= size_of::<f64>();
        for_each_order!(@straight straight $k $K $body, 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16);
        for $k in if straight { 17 } else { 1 }..=$K {
            $body
        }
    };
    (@straight $straight:ident $k:ident $K:ident $body:expr, $($n:literal)*) => {$(
        if $straight && $K >= $n {
            let $k: usize = $n;
            $body
        }
    )*};
}

pub(super) use for_each_order;

/// `slope·x`; if `MASKED`, a zero x wins over an infinite or NaN slope.
#[inline]
pub(super) fn term<const MASKED: bool, T: Real>(slope: T, x: T) -> T {
    if MASKED { inspect::scaled(slope, x) } else { slope * x }
}

/// `first + Σ a_j·b_{k−j}` over j from k − 1 to 1; if `MASKED`, a zero `a_j` wins.
///
/// Where b is the series that is being made, its latest coefficient comes last, and all that is before needn't wait for it.
#[inline]
pub(super) fn add_inner<const MASKED: bool, T: Real, const K: usize>(
    first: T,
    k: usize,
    a: &[T; K],
    b: &[T; K],
) -> T {
    (1..k).rev().fold(first, |sum, j| sum + term::<MASKED, T>(b[k - j - 1], a[j - 1]))
}

/// `Σ a_j·b_{k−j}` over j from k − 1 to 1, k > 1.
#[inline]
pub(super) fn inner_product<T: Real, const K: usize>(k: usize, a: &[T; K], b: &[T; K]) -> T {
    inner::<false, T, K>(k, 1, a, b)
}

/// `first − Σ a_j·b_{k−j}` over j from k − 1 to 1.
#[inline]
pub(super) fn sub_inner<T: Real, const K: usize>(first: T, k: usize, a: &[T; K], b: &[T; K]) -> T {
    (1..k).rev().fold(first, |sum, j| sum - a[j - 1] * b[k - j - 1])
}

/// `Σ a_j·b_{k−j}` over j from k − 1 to `last`, of which there is one at least; if `MASKED`, a zero `a_j` wins.
#[inline]
fn inner<const MASKED: bool, T: Real, const K: usize>(k: usize, last: usize, a: &[T; K], b: &[T; K]) -> T {
    let first = term::<MASKED, T>(b[0], a[k - 2]);
    (last..k - 1).rev().fold(first, |sum, j| sum + term::<MASKED, T>(b[k - j - 1], a[j - 1]))
}

/// `first + c·Σ a_j·b_{k−j}` over j from 1 to k − 1; if `MASKED`, a zero `a_j` wins.
///
/// The latest coefficient of b is multiplied by a₁·c, which doesn't wait for it: a product and a sum stand between it and
/// the next, and not two of each.
#[inline]
pub(super) fn add_scaled_inner<const MASKED: bool, T: Real, const K: usize>(
    first: T,
    k: usize,
    a: &[T; K],
    b: &[T; K],
    c: T,
) -> T {
    if k == 1 {
        return first;
    }
    let earlier = if k == 2 { first } else { first + inner::<MASKED, T, K>(k, 2, a, b) * c };
    earlier + term::<MASKED, T>(b[k - 2], a[0] * c)
}

/// Whether no component of the series is infinite or NaN.
#[inline]
pub(super) fn is_finite<T: Real>(re: T, coefficients: &[T]) -> bool {
    inspect::is_finite(re) && coefficients.iter().all(|&c| inspect::is_finite(c))
}

/// `x_k + y_k`
#[inline]
pub(super) fn add<T: Real, const K: usize>(x: [T; K], y: [T; K]) -> [T; K] {
    core::array::from_fn(|k| x[k] + y[k])
}

/// `slope·x_k` for a constant slope; a zero coefficient stays zero (law 4).
#[inline]
pub(super) fn linear<T: Real, const K: usize>(slope: T, x: [T; K]) -> [T; K] {
    if inspect::is_finite(slope) { x.map(|x| slope * x) } else { x.map(|x| inspect::scaled(slope, x)) }
}

/// `dx·x_k + dy·y_k` for constant slopes; a zero coefficient adds zero (law 4).
#[inline]
pub(super) fn linear2<T: Real, const K: usize>(dx: T, x: [T; K], dy: T, y: [T; K]) -> [T; K] {
    add(linear(dx, x), linear(dy, y))
}

/// The coefficients of `x·y`.
#[inline]
pub(super) fn product<T: Real, const K: usize>(x0: T, x: &[T; K], y0: T, y: &[T; K]) -> [T; K] {
    core::array::from_fn(|k| add_inner::<false, T, K>(y0 * x[k] + x0 * y[k], k + 1, x, y))
}

/// The coefficients of `x·y`, each product under the mask.
pub(super) fn product_masked<T: Real, const K: usize>(
    x0: T,
    x: &[T; K],
    y0: T,
    y: &[T; K],
    mask: Mask,
) -> [T; K] {
    core::array::from_fn(|k| {
        let first = masked(x0, y[k], mask) + masked(x[k], y0, mask);
        (0..k).fold(first, |sum, j| sum + masked(x[j], y[k - j - 1], mask))
    })
}

/// The coefficients of `x²`: each product of two different ones once, doubled.
#[inline]
pub(super) fn square<T: Real, const K: usize>(x0: T, x: &[T; K]) -> [T; K] {
    core::array::from_fn(|k| square_coefficient::<false, T, K>(k + 1, x0, x))
}

/// The coefficient of tᵏ of `x²`, k > 0; if `MASKED`, a zero `x_k` wins over an infinite x₀.
#[inline]
pub(super) fn square_coefficient<const MASKED: bool, T: Real, const K: usize>(
    k: usize,
    x0: T,
    x: &[T; K],
) -> T {
    let outer = term::<MASKED, T>(x0, x[k - 1]);
    let twice = outer + outer;
    if k == 1 { twice } else { twice + inner_square(k, x) }
}

/// `Σ x_j·x_{k−j}` over j from 1 to k − 1, k > 1: each product of two different ones once, doubled.
#[inline]
fn inner_square<T: Real, const K: usize>(k: usize, x: &[T; K]) -> T {
    if k == 2 {
        return x[0] * x[0];
    }
    let outer = x[0] * x[k - 2];
    if k == 3 { outer + outer } else { middle_square(k, x, x) + (outer + outer) }
}

/// `Σ x_j·u_{k−j}` over j from 2 to k − 2, k > 3, where u is a multiple of x: each product of two different ones once, doubled.
#[inline]
pub(super) fn middle_square<T: Real, const K: usize>(k: usize, x: &[T; K], u: &[T; K]) -> T {
    let pair = |j: usize| x[j - 1] * u[k - j - 1];
    let half = k.div_ceil(2);
    if k == 4 {
        return pair(2);
    }
    // From the inside, so that the latest coefficients come last.
    let pairs = (2..half - 1).rev().fold(pair(half - 1), |sum, j| sum + pair(j));
    let twice = pairs + pairs;
    if k.is_multiple_of(2) { pair(k / 2) + twice } else { twice }
}

/// The coefficients of y with `y′ = s·x′`: `y_k = s₀·x_k + 1/k·Σ j·x_j·s_{k−j}`. A zero coefficient of x adds nothing
/// even where one of s is infinite or NaN.
#[inline]
pub(super) fn integrate<T: Real, const K: usize>(x: &[T; K], s0: T, s: &[T; K]) -> [T; K] {
    if is_finite(s0, s) { integrate_with::<false, T, K>(x, s0, s) } else { integrate_nonfinite(x, s0, s) }
}

#[cold]
fn integrate_nonfinite<T: Real, const K: usize>(x: &[T; K], s0: T, s: &[T; K]) -> [T; K] {
    integrate_with::<true, T, K>(x, s0, s)
}

#[inline]
fn integrate_with<const MASKED: bool, T: Real, const K: usize>(x: &[T; K], s0: T, s: &[T; K]) -> [T; K] {
    let (weighted, inverse) = (scaled_by_index(x), reciprocals::<T, K>());
    core::array::from_fn(|k| {
        add_scaled_inner::<MASKED, T, K>(term::<MASKED, T>(s0, x[k]), k + 1, &weighted, s, inverse[k])
    })
}

/// The coefficients of the quotient q of x by y, of which q₀ is given: `q_k = (x_k − q₀·y_k − Σ y_j·q_{k−j})/y₀`.
#[inline]
pub(super) fn quotient<T: Real, const K: usize>(x: &[T; K], q0: T, y0: T, y: &[T; K]) -> [T; K] {
    let r = y0.recip();
    let mut q = [T::zero(); K];
    // As for a dual number, the value decides for every order.
    if inspect::is_primitive::<T>() && lanes::reciprocal_keeps_digits(y0) {
        for_each_order!(k in K of T, {
            let first = (x[k - 1] - q0 * y[k - 1]) * r;
            q[k - 1] = add_scaled_inner::<false, T, K>(first, k, y, &q, -r);
        });
        return q;
    }
    if lanes::reciprocal_keeps_digits(y0) {
        for k in 1..=K {
            q[k - 1] = lanes::divided(sub_inner(x[k - 1] - q0 * y[k - 1], k, y, &q), y0, r);
        }
        return q;
    }
    match Divisor::of(q0, y0) {
        Divisor::Regular => {
            // Not products with y, which under- and overflow where the coefficients don't.
            let u = y.map(|y| y / y0);
            for k in 1..=K {
                q[k - 1] = sub_inner(lanes::over(x[k - 1], [(q0, y[k - 1])], y0), k, &u, &q);
            }
            q
        }
        divisor => quotient_by(divisor, x, y),
    }
}

/// The coefficients of the quotient q of a plain number by x, of which q₀ is given: `q_k = −(q₀·x_k + Σ x_j·q_{k−j})/x₀`,
/// where a zero coefficient of x adds nothing even where one of q is infinite.
#[inline]
pub(super) fn quotient_of_plain<T: Real, const K: usize>(q0: T, x0: T, x: &[T; K]) -> [T; K] {
    let r = x0.recip();
    if lanes::divides_by_reciprocal(q0, x0) {
        let mut q = [T::zero(); K];
        for_each_order!(k in K of T, {
            q[k - 1] = if inspect::is_primitive::<T>() {
                add_scaled_inner::<false, T, K>(-(q0 * x[k - 1]) * r, k, x, &q, -r)
            } else {
                lanes::divided(-add_inner::<false, T, K>(q0 * x[k - 1], k, x, &q), x0, r)
            };
        });
        q
    } else {
        quotient_of_plain_nonfinite(q0, x0, x)
    }
}

#[cold]
fn quotient_of_plain_nonfinite<T: Real, const K: usize>(q0: T, x0: T, x: &[T; K]) -> [T; K] {
    let divisor = Divisor::of(q0, x0);
    if !matches!(divisor, Divisor::Regular) {
        return quotient_by(divisor, &[T::zero(); K], x);
    }
    let u = x.map(|x| x / x0);
    let mut q = [T::zero(); K];
    for k in 1..=K {
        let sum = add_inner::<true, T, K>(inspect::scaled(q0, x[k - 1]), k, x, &q);
        // Nothing of x in it: a zero, and no −0 or 0·∞.
        let nothing = inspect::is_zero(x[k - 1]) && inspect::is_zero(sum);
        let divided = || add_inner::<true, T, K>(inspect::scaled(q0, x[k - 1] / x0), k, &u, &q);
        q[k - 1] = if nothing { T::zero() } else { lanes::over_plain(sum, x0, divided) };
    }
    q
}

/// The coefficients of the quotient of x by a y at which it has no derivative by arithmetic.
#[cold]
fn quotient_by<T: Real, const K: usize>(divisor: Divisor<T>, x: &[T; K], y: &[T; K]) -> [T; K] {
    let mut q = [T::zero(); K];
    for k in 1..=K {
        let crossed = |sum, j: usize| sum + inspect::product(y[j - 1], q[k - j - 1]);
        q[k - 1] = divisor.over(x[k - 1], (1..k).fold(y[k - 1], crossed));
    }
    q
}
