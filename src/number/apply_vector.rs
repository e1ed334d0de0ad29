//! Rules from vectors to vectors on each number: the Jacobian's products with what is in its lanes.

use alloc::vec;
use alloc::vec::Vec;
use core::array::from_fn;

use super::apply::{cut, known, resting_from};
use super::inspect;
use super::taylor::number;
use super::{Dual, HyperDual, Taylor};
use crate::real::Real;
use crate::rules::rule::{Number, VectorRule, moves, settled};

/// The rule's Jacobian at x times v, a number for each of the function's values; `needed` is what is needed of such a number.
#[track_caller]
fn jvp<D: Number>(
    rule: &impl VectorRule,
    x: &[D],
    v: &[D],
    values: &[impl Real],
    needed: impl Fn(D) -> D,
) -> Vec<D> {
    let mut dy = rule.jvp(x, v);
    let (found, expected) = (dy.len(), values.len());
    assert!(found == expected, "the `jvp` of a vector rule returned {found} numbers, its `value` {expected}");
    for (dy, y) in dy.iter_mut().zip(values) {
        *dy = settled(needed(*dy), !y.is_nan(), || moves(x.iter().chain(v)));
    }
    dy
}

fn are_zero<T: Real>(x: &[T]) -> bool {
    x.iter().all(|&x| inspect::is_zero(x))
}

/// The tangents of the function's values along each lane, whose tangents `lane` gives.
#[track_caller]
fn tangents<T: Number, const N: usize>(
    rule: &impl VectorRule,
    x: &[T],
    lane: impl Fn(usize) -> Vec<T>,
    values: &[T],
) -> [Vec<T>; N] {
    // Not by a closure, of which the caller of a panic would be here.
    let mut tangents = [const { Vec::new() }; N];
    for (k, tangents) in tangents.iter_mut().enumerate() {
        let v = lane(k);
        // A lane that is zero stays zero, whatever the slope.
        *tangents =
            if are_zero(&v) { vec![T::zero(); values.len()] } else { jvp(rule, x, &v, values, |dy| dy) };
    }
    tangents
}

#[track_caller]
pub(super) fn dual<T: Number, const N: usize>(x: &[Dual<T, N>], rule: &impl VectorRule) -> Vec<Dual<T, N>> {
    let at: Vec<T> = x.iter().map(|x| x.re).collect();
    let values = T::apply_vector(&at, rule);
    let tangents: [_; N] = tangents(rule, &at, |k| x.iter().map(|x| x.eps[k]).collect(), &values);
    let lanes = |i: usize| from_fn(|k| tangents[k][i]);
    values.into_iter().enumerate().map(|(i, y)| Dual::new(y, lanes(i))).collect()
}

/// The entry (i, j) of a Hessian is the derivative along εⱼ of the product with what is in εᵢ.
#[track_caller]
pub(super) fn hyper<T: Number, const N: usize>(
    x: &[HyperDual<T, N>],
    rule: &impl VectorRule,
) -> Vec<HyperDual<T, N>> {
    let at: Vec<T> = x.iter().map(|x| x.re).collect();
    let values = T::apply_vector(&at, rule);
    let first: [_; N] = tangents(rule, &at, |k| x.iter().map(|x| x.gradient[k]).collect(), &values);
    let mut second = vec![Vec::new(); N * N];
    for i in 0..N {
        for j in i..N {
            let moved: Vec<_> = x.iter().map(|x| Dual::new(x.re, [x.gradient[j]])).collect();
            let v: Vec<_> = x.iter().map(|x| Dual::new(x.gradient[i], [x.second(i, j)])).collect();
            let rests = v.iter().all(|v| inspect::is_zero(v.eps[0]))
                && (v.iter().all(|v| inspect::is_zero(v.re)) || moved.iter().all(Dual::is_constant));
            second[i * N + j] = if rests {
                vec![T::zero(); values.len()]
            } else {
                jvp(rule, &moved, &v, &values, |dy| dy).into_iter().map(|dy| dy.eps[0]).collect()
            };
        }
    }
    let gradient = |c: usize| from_fn(|k| first[k][c]);
    let entry = |c: usize| {
        let second = &second;
        move |i: usize, j: usize| second[i * N + j][c]
    };
    values.into_iter().enumerate().map(|(c, y)| HyperDual::from_fn(y, gradient(c), entry(c))).collect()
}

/// The series y with `y′ = J(x)·x′`.
#[track_caller]
pub(super) fn taylor<T: Number, const K: usize>(
    x: &[Taylor<T, K>],
    rule: &impl VectorRule,
) -> Vec<Taylor<T, K>> {
    let at: Vec<T> = x.iter().map(|x| x.re).collect();
    let values = T::apply_vector(&at, rule);
    let known = known(x);
    let resting = (0..known).take_while(|&k| x.iter().all(|x| inspect::is_zero(x.coefficients[k]))).count();
    if resting == known {
        // Constant, as far as is known.
        return values.into_iter().map(|y| cut(Taylor::constant(y), known)).collect();
    }
    let less = known - 1;
    let at: Vec<_> = x.iter().map(|&x| cut(x, less)).collect();
    let slope = |x: &Taylor<T, K>| {
        let next = |k: usize| if k < less { x.coefficients[k + 1] * number(k + 2) } else { T::nan() };
        Taylor::new(x.coefficients[0], from_fn(next))
    };
    let v: Vec<_> = x.iter().map(slope).collect();
    let mut dy = jvp(rule, &at, &v, &values, |dy| resting_from(dy, less));
    for (dy, &y) in dy.iter_mut().zip(&values) {
        let integral = |k: usize| match k {
            _ if k < resting => T::zero(),
            _ if k >= known => T::nan(),
            0 => dy.re,
            _ => dy.coefficients[k - 1] / number(k + 1),
        };
        *dy = Taylor::new(y, from_fn(integral));
    }
    dy
}
