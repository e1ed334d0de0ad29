//! Exponential sums over slices, written once for every number.
//!
//! Both subtract the largest number m before they take exponentials. Which tangents m has doesn't matter on paper; it
//! matters for the digits. As a variable, m makes e⁰ a constant, and the derivatives are sums over the other numbers
//! alone: right where those are small and 1 − pₘ cancels. As a constant, pᵢ isn't found as a difference: right where
//! the others weigh as much as m. The value is the same in both cases.

use super::Special;

/// The index of the largest number; the first of several, and 0 if the first is NaN.
fn largest<T: Special>(x: &[T]) -> usize {
    (1..x.len()).fold(0, |k, i| if x[i] > x[k] { i } else { k })
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
    // e^(xₖ − m) − 1 has the value 0.
    m + (rest + ((x[k] - m).exp() - T::one())).ln_1p()
}

pub(super) fn softmax<T: Special>(x: &mut [T]) {
    if x.is_empty() {
        return;
    }
    let k = largest(x);
    let (m, rest) = others(x, k);
    let sum = (x[k] - m).exp() + rest;
    for x in x {
        *x = (*x - m).exp() / sum;
    }
}
