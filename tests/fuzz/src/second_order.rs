//! The drivers of higher order at slices and `Vec`s of any length.

use std::cell::Cell;

use tangents::{
    Dual, ValueJacobianHessians, ValueJvpVhv, Workspace, divergence, gradient, hessian, hessians, jacobian,
    jet, jvp, laplacian, partial, value_and_laplacian, value_jacobian_and_hessians, value_jvp_and_vhv, vhv,
};

use crate::common::same;
use crate::drivers::{Case, expect_equal, expect_same, of_two_shapes};
use crate::panics::returns_or_panics;

/// The same derivatives from all of them, and from those of first order; lengths that don't fit are errors of a
/// `Workspace`, and panics elsewhere.
pub fn second_order(case: &Case<f64>) {
    of_every_component(case);
    along(case);
    traces(case);
    partials(case);
    ragged(case);
}

fn of_every_component(case: &Case<f64>) {
    let (Case { f, x, m, len, .. }, n) = (case, case.n());
    let ValueJacobianHessians { value, jacobian: rows, hessians: all } =
        value_jacobian_and_hessians(|x| f.run_many(x, *m), x);
    expect_same("value", &value, &f.run_many(x, *m));
    let jacobian = jacobian(|x| f.run_many(x, *m), x);
    expect_equal("Jacobian beside the Hessians", &rows.concat(), &jacobian.concat());
    let alone = hessians(|x| f.run_many(x, *m), x.as_slice());
    expect_same("hessians at a slice", &alone.concat().concat(), &all.concat().concat());
    for (k, found) in all.iter().enumerate() {
        let expected = hessian(|x| f.run(&x[k.min(x.len())..]), x);
        expect_same("Hessian of a component", &found.concat(), &expected.concat());
    }

    let mut workspace = Workspace::new();
    let into = |x: &[Dual<Dual<f64, 8>, 8>], y: &mut [Dual<Dual<f64, 8>, 8>]| {
        y.copy_from_slice(&f.run_many(x, y.len()));
    };
    let mut buffer = case.buffer(*len);
    let result = workspace.hessians(into, x, &mut buffer);
    case.expect(if n == 0 { *len == 0 } else { len % (n * n) == 0 }, &result, &[&buffer]);
    let mut buffer = case.buffer(m * n * n);
    workspace.hessians(into, x, &mut buffer).expect("it fits");
    expect_same("Workspace::hessians", &buffer, &all.concat().concat());
}

fn along(case: &Case<f64>) {
    let (Case { f, x, v, len, .. }, n) = (case, case.n());
    let ValueJvpVhv { value, jvp: slope, vhv: bend } = value_jvp_and_vhv(|x| f.run(x), x, v);
    assert!(same(value, f.run(x)), "the value is {value:?}");
    let expected = jvp(|x| f.run(x), x, v);
    expect_equal("slope along a direction", &[slope], &[expected]);
    expect_same("vhv", &[vhv(|x| f.run(x), x.as_slice(), v.as_slice())], &[bend]);

    let mut workspace = Workspace::<f64>::new();
    let again = workspace.value_jvp_and_vhv(|x| f.run(x), x, v).expect("it fits");
    let again = [again.value, again.jvp, again.vhv];
    expect_same("Workspace::value_jvp_and_vhv", &again, &[value, slope, bend]);
    let wrong = vec![1.0; *len];
    case.expect_or_panic(*len == n, "direction", *len, || vhv(|x| f.run(x), x, &wrong));
    case.expect(*len == n, &workspace.value_jvp_and_vhv(|x| f.run(x), x, &wrong), &[]);

    let (of_jet, [first, _]) = jet(|x| f.run(x), x, [v, v]);
    assert!(same(of_jet, value));
    // An infinite tangent may be a NaN in a series. A series of order 2 is computed in 2t for t, or in t where that overflows: what
    // underflows in it is what underflows along 2v.
    if slope.is_finite() && x.len() == 1 {
        let doubled: Vec<_> = v.iter().map(|v| 2.0 * v).collect();
        let slopes = [slope, jvp(|x| f.run(x), x, &doubled) / 2.0];
        assert!(slopes.contains(&first) || !first.is_finite(), "jet {first:e}, slopes {slopes:?}");
    }
    case.expect_or_panic(*len == n, "direction", *len, || jet(|x| f.run(x), x, [&wrong, &wrong]));
}

fn traces(case: &Case<f64>) {
    let (Case { f, x, m, .. }, n) = (case, case.n());
    let (value, trace) = value_and_laplacian(|x| f.run(x), x);
    assert!(same(value, f.run(x)), "the value is {value:?}");
    expect_same("laplacian at a slice", &[laplacian(|x| f.run(x), x.as_slice())], &[trace]);
    let (again, into) = Workspace::<f64>::new().value_and_laplacian(|x| f.run(x), x);
    expect_same("Workspace::value_and_laplacian", &[again, into], &[value, trace]);

    let found = divergence(|x| f.run_many(x, x.len()), x);
    let rows = jacobian(|x| f.run_many(x, x.len()), x);
    let diagonal = rows.iter().enumerate().fold(0.0, |sum, (i, row)| sum + row[i]);
    expect_same("divergence", &[found], &[diagonal]);
    case.expect_or_panic(*m == n, "vector of the field", *m, || divergence(|x| f.run_many(x, *m), x));
}

fn partials(case: &Case<f64>) {
    let (Case { f, x, m, len, .. }, n) = (case, case.n());
    if n > 0 {
        let (i, j) = (m % n, len % n);
        expect_equal("partial", &[partial(|x| f.run(x), x, [i])], &[gradient(|x| f.run(x), x)[i]]);
        let h = hessian(|x| f.run(x), x);
        // The Hessian's entries on one side of the diagonal serve both.
        let (row, column) = (i.min(j), i.max(j));
        expect_equal("partial", &[partial(|x| f.run(x), x, [row, column])], &[h[row][column]]);
    }
}

fn ragged(case: &Case<f64>) {
    let (Case { f, x, m, .. }, calls) = (case, Cell::new(0));
    let of_two_lengths = || {
        calls.set(calls.get() + 1);
        if calls.get() % 2 == 1 { *m } else { m + 1 }
    };
    let panic = of_two_shapes(case.n(), *m, m + 1);
    let of_each = returns_or_panics(|| hessians(|x| f.run_many(x, of_two_lengths()), x), panic);
    assert!(of_each.is_none_or(|of_each| of_each.len() == *m));
}
