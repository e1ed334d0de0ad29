//! A function of one variable that is all transcendentals.

use std::hint::black_box;

use hyperjet::jets::Jet1;
use num_dual::Dual64;
use tangents::value_and_derivative;

use crate::measured::{Goal, WITH_DIVISIONS, Who};
use crate::number::Number;
use crate::runner::Workload;
use crate::shared;

pub(super) fn workloads() -> Vec<Workload> {
    let points: Vec<_> = (0..64).map(|i| 0.1 + 0.05 * f64::from(i)).collect();
    let workload = Workload::new("exp(sin x)·ln(x² + 1)/√x + tanh x")
        .entry(Who::Plain, "", &points, |&x| function(x))
        .goal(Goal::WithinPlain(1.15))
        .entry(Who::Plain, WITH_DIVISIONS, &points, |&x| with_divisions(x, black_box(1.0)))
        .entry(Who::Hand, "", &points, |&x| by_hand(x))
        .entry(Who::Tangents, "value_and_derivative", &points, |&x| value_and_derivative(function, x))
        .entry(Who::NumDual, "", &points, |&x| num_dual::first_derivative(function::<Dual64>, x))
        .entry(Who::Hyperjet, "", &points, |&x| {
            let y = function(Jet1::<1>::variable(x, 0));
            (y.value, y.grad)
        })
        .entry(Who::Hyperdual, "", &points, |&x| {
            let y = function(hyperdual::Dual::new(x, 1.0));
            (y.real(), y.dual())
        })
        .entry(Who::Autodiff, "", &points, |&x| {
            let y = function(autodiff::F1::var(x));
            (y.value(), y.deriv())
        });
    vec![shared::add(workload, "transcendental", "", &points, 2 * points.len())]
}

#[inline(always)]
fn function<T: Number>(x: T) -> T {
    x.sin().exp() * (x * x + 1.0).ln() / x.sqrt() + x.tanh()
}

/// The same, each elementary function's result divided by a number that the compiler doesn't know to be 1.
#[inline(always)]
fn with_divisions(x: f64, one: f64) -> f64 {
    (x.sin() / one).exp() / one * ((x * x + 1.0).ln() / one) / (x.sqrt() / one) + x.tanh() / one
}

#[inline(always)]
fn by_hand(x: f64) -> (f64, f64) {
    let (sin, cos) = x.sin_cos();
    let (exp, square, root, tanh) = (sin.exp(), x * x + 1.0, x.sqrt(), x.tanh());
    let log = square.ln();
    let quotient = exp * log / root;
    let slope = quotient * (cos - 0.5 / x) + 2.0 * x * exp / (square * root) + (1.0 - tanh * tanh);
    (quotient + tanh, slope)
}
