//! The drivers of higher order at slices and `Vec`s of any length.

use std::cell::Cell;

use tangents::{Dual, Error, Workspace, divergence, gradient, hessian, hessians, jacobian, jet, jvp, laplacian, partial, value_and_laplacian, value_jacobian_and_hessians, value_jvp_and_vhv, vhv};

use crate::common::same;
use crate::drivers::{Case, expect_equal, expect_same};

/// The same derivatives from all of them, and from those of first order; lengths that don't fit are errors.
pub fn second_order(case: &Case<f64>) {
    of_every_component(case);
    along(case);
    traces(case);
    partials(case);
    ragged(case);
}

fn of_every_component(case: &Case<f64>) {
    let (Case { f, x, m, len, .. }, n) = (case, case.n());
    let (value, rows, all) = value_jacobian_and_hessians(|x| f.run_many(x, *m), x).expect("no ragged function");
    expect_same("value", &value, &f.run_many(x, *m));
    let jacobian = jacobian(|x| f.run_many(x, *m), x).expect("no ragged function");
    expect_equal("Jacobian beside the Hessians", &rows.concat(), &jacobian.concat());
    let alone = hessians(|x| f.run_many(x, *m), x.as_slice()).expect("no ragged function");
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
    expect_same("hessians_into", &buffer, &all.concat().concat());
}

fn along(case: &Case<f64>) {
    let (Case { f, x, v, len, .. }, n) = (case, case.n());
    let (value, slope, bend) = value_jvp_and_vhv(|x| f.run(x), x, v).expect("it fits");
    assert!(same(value, f.run(x)), "the value is {value:?}");
    let expected = jvp(|x| f.run(x), x, v).expect("it fits");
    expect_equal("slope along a direction", &[slope], &[expected]);
    expect_same("vhv", &[vhv(|x| f.run(x), x.as_slice(), v.as_slice()).expect("it fits")], &[bend]);

    let mut workspace = Workspace::<f64>::new();
    let (a, b, c) = workspace.value_jvp_and_vhv(|x| f.run(x), x, v).expect("it fits");
    expect_same("value_jvp_vhv_into", &[a, b, c], &[value, slope, bend]);
    let wrong = vec![1.0; *len];
    case.expect(*len == n, &vhv(|x| f.run(x), x, &wrong), &[]);
    case.expect(*len == n, &workspace.value_jvp_and_vhv(|x| f.run(x), x, &wrong), &[]);

    let (of_jet, [first, _]) = jet(|x| f.run(x), x, [v, v]).expect("it fits");
    assert!(same(of_jet, value));
    // An infinite tangent may be a NaN in a series.
    if slope.is_finite() && x.len() == 1 {
        assert!(first == slope || !first.is_finite(), "jet {first:e}, slope {slope:e}");
    }
    case.expect(*len == n, &jet(|x| f.run(x), x, [&wrong, &wrong]), &[]);
}

fn traces(case: &Case<f64>) {
    let (Case { f, x, m, .. }, n) = (case, case.n());
    let (value, trace) = value_and_laplacian(|x| f.run(x), x);
    assert!(same(value, f.run(x)), "the value is {value:?}");
    expect_same("laplacian at a slice", &[laplacian(|x| f.run(x), x.as_slice())], &[trace]);
    let (again, into) = Workspace::<f64>::new().value_and_laplacian(|x| f.run(x), x);
    expect_same("value_and_laplacian_into", &[again, into], &[value, trace]);

    let found = divergence(|x| f.run_many(x, x.len()), x).expect("it fits");
    let rows = jacobian(|x| f.run_many(x, x.len()), x).expect("no ragged function");
    let diagonal = rows.iter().enumerate().fold(0.0, |sum, (i, row)| sum + row[i]);
    expect_same("divergence", &[found], &[diagonal]);
    case.expect(*m == n, &divergence(|x| f.run_many(x, *m), x), &[]);
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
    let result = hessians(
        |x| {
            calls.set(calls.get() + 1);
            f.run_many(x, if calls.get() % 2 == 1 { *m } else { m + 1 })
        },
        x,
    );
    match result {
        Ok(of_each) => assert!(case.n() <= 8 && of_each.len() == *m),
        Err(error) => assert_eq!(error, Error::Ragged { first: *m, later: m + 1 }),
    }
}
