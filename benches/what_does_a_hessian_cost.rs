//! What does a Hessian cost, beside the function itself and beside a Hessian written by hand?
//!
//! And what does a Hessian-vector product cost, where the whole matrix isn't needed?

mod functions;

use std::hint::black_box;

use criterion::Criterion;
use functions::{ackley, ackley_hessian, check, point, rosenbrock, rosenbrock_hessian};
use tangents::{Dual, hessian, hvp};

type Dual2<const N: usize> = Dual<Dual<f64, N>, N>;
type Along<const N: usize> = Dual<Dual<f64, 1>, N>;

fn of_an_array<const N: usize>(
    criterion: &mut Criterion,
    name: &str,
    plain: impl Fn(&[f64]) -> f64,
    by_hand: impl Fn(&[f64; N]) -> [[f64; N]; N],
    nested: impl Fn(&[Dual2<N>]) -> Dual2<N> + Copy,
    along: impl Fn(&[Along<N>]) -> Along<N> + Copy,
) {
    let (x, mut v) = (point::<N>(), point::<N>());
    v.reverse();
    let expected = by_hand(&x);
    let product = expected.map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
    check(hessian(nested, &x).as_flattened(), expected.as_flattened());
    check(&hvp(along, &x, &v), &product);

    let mut group = criterion.benchmark_group(format!("{name} Hessian, n = {N}"));
    group.bench_function("plain function", |b| b.iter(|| plain(black_box(&x))));
    group.bench_function("by hand", |b| b.iter(|| by_hand(black_box(&x))));
    group.bench_function("tangents", |b| b.iter(|| hessian(nested, black_box(&x))));
    group.bench_function("tangents, times a vector", |b| {
        b.iter(|| hvp(along, black_box(&x), black_box(&v)));
    });
    group.finish();
}

fn main() {
    let criterion = &mut Criterion::default().configure_from_args();
    of_an_array::<4>(criterion, "Rosenbrock", rosenbrock, rosenbrock_hessian, rosenbrock, rosenbrock);
    of_an_array::<10>(criterion, "Rosenbrock", rosenbrock, rosenbrock_hessian, rosenbrock, rosenbrock);
    of_an_array::<10>(criterion, "Ackley", ackley, ackley_hessian, ackley, ackley);
    criterion.final_summary();
}
