//! A function of one variable that is all transcendentals.

use hyperjet::jets::Jet1;
use num_dual::Dual64;
use tangents::{Function, value_and_derivative};

use crate::measured::Who;
use crate::number::{AdTrait, Lanes, Lifted, Number};
use crate::runner::Workload;
use crate::shared;

pub(super) fn workloads() -> Vec<Workload> {
    let points: Vec<_> = (0..64).map(|i| 0.1 + 0.05 * f64::from(i)).collect();
    let workload = Workload::new("exp(sin x)·ln(x² + 1)/√x + tanh x")
        .entry(Who::Plain, "", &points, |&x| function(x))
        .entry(Who::Hand, "", &points, |&x| by_hand(x))
        .entry(Who::Tangents, "value_and_derivative", &points, |&x| value_and_derivative(function, x))
        .entry(Who::FunctionValue, "value_and_derivative", &points, |&x| Value.value_and_derivative(x))
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
        })
        .entry(Who::AdTrait, "", &points, |&x| {
            let y = function(AdTrait::<1>::variable(x, 0));
            (y.value(), y.lanes())
        });
    vec![shared::add(workload, "transcendental", "", &points, 2 * points.len())]
}

#[inline(always)]
fn function<T: Number>(x: T) -> T {
    x.sin().exp() * (x * x + 1.0).ln() / x.sqrt() + x.tanh()
}

/// The same as a function value.
struct Value;

impl Function for Value {
    type From = f64;
    type To = f64;

    #[inline(always)]
    fn call<T: tangents::Number>(&self, x: &T) -> T {
        function(Lifted::new(*x)).get()
    }
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
