//! What does a gradient cost, beside the function itself and beside a gradient written by hand?
//!
//! Each time is that of value and gradient together. Arrays have as many lanes as coordinates; at n = 100 the
//! lanes come in chunks.

mod functions;

use std::hint::black_box;

use criterion::Criterion;
use functions::{ackley, ackley_gradient, check, point, point_of, rosenbrock, rosenbrock_gradient};
use tangents::{Dual, Workspace, value_and_gradient};

fn of_an_array<const N: usize>(
    criterion: &mut Criterion,
    name: &str,
    plain: impl Fn(&[f64]) -> f64,
    by_hand: impl Fn(&[f64], &mut [f64]) -> f64,
    dual: impl Fn(&[Dual<f64, N>]) -> Dual<f64, N> + Copy,
) {
    let x = point::<N>();
    let mut expected = [0.0; N];
    by_hand(&x, &mut expected);
    check(&value_and_gradient(dual, &x).1, &expected);

    let mut group = criterion.benchmark_group(format!("{name} gradient, n = {N}"));
    group.bench_function("plain function", |b| b.iter(|| plain(black_box(&x))));
    group.bench_function("by hand", |b| {
        b.iter(|| {
            let mut g = [0.0; N];
            (by_hand(black_box(&x), &mut g), g)
        });
    });
    group.bench_function("tangents", |b| {
        b.iter(|| value_and_gradient(dual, black_box(&x)));
    });
    group.finish();
}

fn of_a_slice<const CHUNK: usize>(
    criterion: &mut Criterion,
    name: &str,
    plain: impl Fn(&[f64]) -> f64,
    by_hand: impl Fn(&[f64], &mut [f64]) -> f64,
    dual: impl Fn(&[Dual<f64, CHUNK>]) -> Dual<f64, CHUNK> + Copy,
) {
    let x = point_of(100);
    let (mut expected, mut g) = (vec![0.0; 100], vec![0.0; 100]);
    let mut workspace = Workspace::with_lanes();
    by_hand(&x, &mut expected);
    workspace.value_and_gradient(dual, &x, &mut g).unwrap();
    check(&g, &expected);

    let mut group = criterion.benchmark_group(format!("{name} gradient, n = 100"));
    group.bench_function("plain function", |b| b.iter(|| plain(black_box(&x))));
    group.bench_function("by hand", |b| b.iter(|| by_hand(black_box(&x), &mut g)));
    group.bench_function(format!("tangents, {CHUNK} lanes"), |b| {
        b.iter(|| workspace.value_and_gradient(dual, black_box(&x), &mut g));
    });
    group.finish();
}

fn main() {
    let criterion = &mut Criterion::default().configure_from_args();
    of_an_array::<4>(criterion, "Rosenbrock", rosenbrock, rosenbrock_gradient, rosenbrock);
    of_an_array::<10>(criterion, "Rosenbrock", rosenbrock, rosenbrock_gradient, rosenbrock);
    of_a_slice::<8>(criterion, "Rosenbrock", rosenbrock, rosenbrock_gradient, rosenbrock);
    of_an_array::<4>(criterion, "Ackley", ackley, ackley_gradient, ackley);
    of_an_array::<10>(criterion, "Ackley", ackley, ackley_gradient, ackley);
    of_a_slice::<16>(criterion, "Ackley", ackley, ackley_gradient, ackley);
    criterion.final_summary();
}
