//! What does a Jacobian cost, beside the function itself and beside a Jacobian written by hand?
//!
//! Each time is that of value and Jacobian together: of a linear map, whose Jacobian is its matrix, and of a
//! function whose Jacobian is almost all zeros.

mod functions;

use std::hint::black_box;

use criterion::Criterion;
use functions::{affine, affine_jacobian, broyden, broyden_jacobian, check, matrix, point, point_of};
use tangents::{Workspace, value_and_jacobian};

fn of_a_linear_map(criterion: &mut Criterion) {
    let (matrix, x) = (matrix(), point::<10>());
    let (_, expected) = affine_jacobian(&matrix, &x);
    let (_, found) = value_and_jacobian(|x| affine(&matrix, x), &x);
    check(found.as_flattened(), expected.as_flattened());

    let mut group = criterion.benchmark_group("affine Jacobian, 20 × 10");
    group.bench_function("plain function", |b| {
        b.iter(|| affine(black_box(&matrix), black_box(&x)));
    });
    group.bench_function("by hand", |b| {
        b.iter(|| affine_jacobian(black_box(&matrix), black_box(&x)));
    });
    group.bench_function("tangents", |b| {
        b.iter(|| value_and_jacobian(|x| affine(black_box(&matrix), x), black_box(&x)));
    });
    group.finish();
}

fn of_a_sparse_function(criterion: &mut Criterion) {
    let x = point_of(100);
    let (mut y, mut j) = (vec![0.0; 100], vec![0.0; 100 * 100]);
    let mut expected = j.clone();
    let mut workspace = Workspace::new();
    broyden_jacobian(&x, &mut y, &mut expected);
    workspace.value_and_jacobian(broyden, &x, &mut y, &mut j).unwrap();
    check(&j, &expected);

    let mut group = criterion.benchmark_group("Broyden tridiagonal Jacobian, n = 100");
    group.bench_function("plain function", |b| {
        b.iter(|| broyden(black_box(&x), &mut y));
    });
    group.bench_function("by hand", |b| {
        b.iter(|| broyden_jacobian(black_box(&x), &mut y, &mut j));
    });
    group.bench_function("tangents, 8 lanes", |b| {
        b.iter(|| workspace.value_and_jacobian(broyden, black_box(&x), &mut y, &mut j));
    });
    group.finish();
}

fn main() {
    let criterion = &mut Criterion::default().configure_from_args();
    of_a_linear_map(criterion);
    of_a_sparse_function(criterion);
    criterion.final_summary();
}
