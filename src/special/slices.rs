//! Exponential sums over slices, written once for every number.
//!
//! Both subtract the largest number m before they take exponentials. Which tangents m has doesn't matter on paper; it
//! matters for the digits. As a variable, m makes e⁰ a constant, and the derivatives are sums over the other numbers
//! alone: right where those are small and 1 − pₘ cancels. As a constant, pᵢ isn't found as a difference: right where
//! the others weigh as much as m. The value is the same in both cases.
//!
//! Where two numbers are nearly equal and outweigh the others, the third derivative is small, as that of ln cosh at 0, and
//! either way it is what a difference leaves. There the two are one hyperbolic cosine of their distance, or a logistic
//! function of it.

use super::Special;

/// The index of the largest number; the first of several, and 0 if the first is NaN.
fn largest<T: Special>(x: &[T]) -> usize {
    (1..x.len()).fold(0, |k, i| if x[i] > x[k] { i } else { k })
}

/// The index of the largest number but the k-th.
fn largest_but<T: Special>(x: &[T], k: usize) -> Option<usize> {
    let others = (0..x.len()).filter(|&i| i != k);
    others.reduce(|l, i| if x[i] > x[l] { i } else { l })
}

/// What is subtracted of each number, and Σ e^(xᵢ − m) over all but the k-th.
fn others<T: Special>(x: &[T], k: usize) -> (T, T) {
    let sum = |m: T| {
        let others = x.iter().enumerate().filter(|&(i, _)| i != k);
        others.fold(T::zero(), |sum, (_, &x)| sum + (x - m).exp())
    };
    let constant = x[k].stop_gradient();
    let rest = sum(constant);
    if rest < T::lit(0.5) { (x[k], sum(x[k])) } else { (constant, rest) }
}

pub(super) fn logsumexp<T: Special>(x: &[T]) -> T {
    if x.is_empty() {
        return T::neg_infinity();
    }
    if let Some(nan) = x.iter().find(|x| x.is_nan()) {
        return *nan;
    }
    let k = largest(x);
    if x[k].is_infinite() {
        // −∞ stays −∞ when finite numbers are added to it: a constant.
        return if x[k].is_sign_negative() { T::neg_infinity() } else { x[k] };
    }
    let (m, rest) = others(x, k);
    if rest >= T::lit(0.5)
        && rest < T::lit(1.5)
        && let Some(l) = largest_but(x, k).filter(|&l| x[k] - x[l] < T::lit(0.125))
    {
        return of_a_pair(x, k, l);
    }
    // e^(xₖ − m) − 1 has the value 0.
    m + (rest + ((x[k] - m).exp() - T::one())).ln_1p()
}

/// [`logsumexp`] where the k-th and the l-th number outweigh the others and are nearly equal.
#[cold]
fn of_a_pair<T: Special>(x: &[T], k: usize, l: usize) -> T {
    let half = T::lit(0.5);
    let (m, h) = (half * x[k] + half * x[l], (x[k] - x[l]) * half);
    let others = x.iter().enumerate().filter(|&(i, _)| i != k && i != l);
    let both = T::lit(2.0) * h.cosh();
    m + others.fold(both, |sum, (_, &x)| sum + (x - m).exp()).ln()
}

pub(super) fn softmax<T: Special>(x: &mut [T]) {
    match x {
        [] => return,
        [a, b] if (*a - *b).is_finite() => {
            let difference = *a - *b;
            (*a, *b) = (difference.sigmoid(), (-difference).sigmoid());
            return;
        }
        _ => {}
    }
    let k = largest(x);
    let (m, rest) = others(x, k);
    let sum = (x[k] - m).exp() + rest;
    for x in x {
        *x = (*x - m).exp() / sum;
    }
}
