//! What does a Hessian cost, beside the function itself and beside a Hessian written by hand?
//!
//! And what do a Hessian-vector product and a second derivative along a direction cost, where the whole matrix isn't needed?
//! At an array the driver runs the function on `HyperDual`; beside it stands the same on dual numbers over dual numbers, with
//! all variables as lanes of both, and the driver at a slice, which takes such numbers in blocks of 8.

// As in `functions`: whether a function is inlined would differ among what is compared.
#![allow(clippy::inline_always)]

mod functions;

use std::hint::black_box;
use std::ops::{Add, Mul};

use criterion::Criterion;
use functions::helmholtz::Helmholtz;
use functions::{ackley, ackley_hessian, check, point, rosenbrock, rosenbrock_hessian};
use tangents::{Dual, Real, hessian, hvp, vhv};

/// What the functions ask of a number.
trait Number: Real + Add<f64, Output = Self> + Mul<f64, Output = Self> {}
impl<T: Real + Add<f64, Output = T> + Mul<f64, Output = T>> Number for T {}

/// A function of N variables and its Hessian by hand.
trait Field<const N: usize> {
    fn value<T: Number>(&self, x: &[T]) -> T;
    fn hessian(&self, x: &[f64; N]) -> [[f64; N]; N];
}

struct Rosenbrock;

impl<const N: usize> Field<N> for Rosenbrock {
    #[inline(always)]
    fn value<T: Number>(&self, x: &[T]) -> T {
        rosenbrock(x)
    }

    #[inline(always)]
    fn hessian(&self, x: &[f64; N]) -> [[f64; N]; N] {
        rosenbrock_hessian(x)
    }
}

struct Ackley;

impl<const N: usize> Field<N> for Ackley {
    #[inline(always)]
    fn value<T: Number>(&self, x: &[T]) -> T {
        ackley(x)
    }

    #[inline(always)]
    fn hessian(&self, x: &[f64; N]) -> [[f64; N]; N] {
        ackley_hessian(x)
    }
}

impl<const N: usize> Field<N> for Helmholtz<N> {
    #[inline(always)]
    fn value<T: Number>(&self, x: &[T]) -> T {
        self.energy(x)
    }

    #[inline(always)]
    fn hessian(&self, x: &[f64; N]) -> [[f64; N]; N] {
        Self::hessian(self, x)
    }
}

/// The Hessian by nesting alone.
#[inline(always)]
fn nested<const N: usize>(field: &impl Field<N>, x: &[f64; N]) -> [[f64; N]; N] {
    let lifted: [_; N] = std::array::from_fn(|i| Dual::<_, N>::variable(Dual::<_, N>::variable(x[i], i), i));
    field.value(&lifted).eps.map(|lane| lane.eps)
}

fn of<const N: usize>(criterion: &mut Criterion, name: &str, field: &impl Field<N>, x: [f64; N]) {
    let mut v = x;
    v.reverse();
    let expected = field.hessian(&x);
    let product: [f64; N] = expected.map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
    let bend: f64 = product.iter().zip(&v).map(|(hv, v)| hv * v).sum();
    check(hessian(|x| field.value(x), &x).as_flattened(), expected.as_flattened());
    check(hessian(|x| field.value(x), x.as_slice()).concat().as_slice(), expected.as_flattened());
    check(nested(field, &x).as_flattened(), expected.as_flattened());
    check(&hvp(|x| field.value(x), &x, &v), &product);
    check(&[vhv(|x| field.value(x), &x, &v)], &[bend]);

    let mut group = criterion.benchmark_group(format!("{name} Hessian, n = {N}"));
    group.bench_function("plain function", |b| b.iter(|| field.value(black_box(&x))));
    group.bench_function("by hand", |b| b.iter(|| field.hessian(black_box(&x))));
    group.bench_function("tangents", |b| b.iter(|| hessian(|x| field.value(x), black_box(&x))));
    group.bench_function("tangents, at a slice", |b| {
        b.iter(|| hessian(|x| field.value(x), black_box(x.as_slice())));
    });
    group.bench_function("tangents, nested by hand", |b| b.iter(|| nested(field, black_box(&x))));
    group.bench_function("tangents, times a vector", |b| {
        b.iter(|| hvp(|x| field.value(x), black_box(&x), black_box(&v)));
    });
    group.bench_function("tangents, along a vector twice", |b| {
        b.iter(|| vhv(|x| field.value(x), black_box(&x), black_box(&v)));
    });
    group.finish();
}

fn main() {
    let criterion = &mut Criterion::default().configure_from_args();
    of(criterion, "Rosenbrock", &Rosenbrock, point::<2>());
    of(criterion, "Rosenbrock", &Rosenbrock, point::<4>());
    of(criterion, "Rosenbrock", &Rosenbrock, point::<10>());
    of(criterion, "Rosenbrock", &Rosenbrock, point::<16>());
    of(criterion, "Ackley", &Ackley, point::<10>());
    of(criterion, "Helmholtz energy", &Helmholtz::new(), Helmholtz::<4>::point());
    of(criterion, "Helmholtz energy", &Helmholtz::new(), Helmholtz::<10>::point());
    criterion.final_summary();
}
