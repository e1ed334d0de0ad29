//! What the drivers allocate: nothing at arrays, nothing with a workspace that has grown.

#![cfg(feature = "alloc")]

#[path = "common/counting.rs"]
mod counting;

use std::hint::black_box;

use num_traits::Float;
use tangents::jax::{ARG0, ARG1, grad_aux, grad2, jacfwd2};
use tangents::{
    Dual, Error, Function, Number, Taylor, Workspace, derivative, divergence, grad, gradient, hessian,
    hessians, hvp, implicit, jacfwd, jacobian, jet, jvp, lambda, laplacian, nth_derivative, partial, taylor,
    third_derivatives, value_and_derivative, value_and_grad, value_and_gradient, value_and_hessian,
    value_and_hvp, value_and_jacobian, value_and_jvp, value_and_laplacian, value_gradient_and_hessian,
    value_jacobian_and_hessians, value_jvp_and_vhv, vhv,
};

use counting::allocations;

fn curve<T: Float>(x: &[T]) -> T {
    x.windows(2).fold(T::zero(), |sum, x| sum + (x[0] * x[1]).sin() + x[0].exp())
}

fn weighted<T: Float>(w: &[T], x: &[T]) -> T {
    w.iter().zip(x).fold(T::zero(), |sum, (&w, &x)| sum + w * x * x)
}

fn pair<T: Float>(x: &[T]) -> [T; 2] {
    [curve(x), x[0] * x[1]]
}

fn rotated<T: Float, const N: usize>(x: &[T]) -> [T; N] {
    std::array::from_fn(|i| x[i] * x[(i + 1) % N])
}

fn pair_into<T: Float>(x: &[T], y: &mut [T]) {
    y.copy_from_slice(&pair(x));
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| vec![1.0, 2.0]), 1);
    assert_eq!(allocations(|| vec![0.0; 10]), 1);
    assert_eq!(allocations(|| [1.0, 2.0]), 0);
    // A gradient at a `Vec` is a `Vec`, and so are the lifted numbers.
    assert_eq!(allocations(|| gradient(curve, [1.0; 9].as_slice())), 2);
}

#[test]
fn drivers_at_arrays_allocate_nothing() {
    let (x, v) = ([0.3; 10], [0.5; 10]);
    macro_rules! allocate_nothing {
        ($($call:expr;)*) => {$(
            assert_eq!(allocations(|| $call), 0, "{}", stringify!($call));
        )*};
    }
    allocate_nothing! {
        derivative(Dual::sin, 0.3);
        value_and_derivative(Dual::sin, 0.3);
        gradient(curve, &x);
        value_and_gradient(curve, &x);
        jacobian(pair, &x);
        value_and_jacobian(pair, &x);
        hessian(curve, &x);
        value_and_hessian(curve, &x);
        value_gradient_and_hessian(curve, &x);
        jvp(curve, &x, &v);
        value_and_jvp(pair, &x, &v);
        hvp(curve, &x, &v);
        value_and_hvp(curve, &x, &v);
        grad(curve)(&x);
        value_and_grad(curve)(&x);
        jacfwd(pair)(&x);
        grad_aux(|x: &[Dual<f64, 10>]| (curve(x), x.len()))(&x);
        grad2(weighted, ARG1)(&v, &x);
        grad2(weighted, (ARG0, ARG1))(&v, &x);
        jacfwd2(|v: &[_], x: &[Dual<f64, 10>]| [weighted(v, x)], ARG1)(&v, &x);
        gradient(curve, &[0.3; 100]);
        hessians(pair, &x);
        value_jacobian_and_hessians(pair, &x);
        vhv(curve, &x, &v);
        value_jvp_and_vhv(curve, &x, &v);
        laplacian(curve, &x);
        value_and_laplacian(curve, &x);
        divergence(rotated, &x);
        partial(curve, &x, [0]);
        partial(curve, &x, [0, 1, 1, 9]);
        third_derivatives(curve, &[0.3; 4]);
        taylor::<10, _>(Taylor::sin, 0.3);
        nth_derivative::<10, _>(Taylor::sin, 0.3);
        nth_derivative::<40, _>(Taylor::tanh, 0.3);
        jet(pair, &x, [&v, &x, &v]);
    }
}

/// Runs every `…_into` driver on `n` coordinates; fails if one allocates more often than `at_most`.
fn run_all<const C: usize>(n: usize, workspace: &mut Workspace<f64, C>, at_most: usize) -> Result<(), Error> {
    let (x, v) = (vec![0.3; n], vec![0.5; n]);
    let (mut y, mut ty) = ([0.0; 2], [0.0; 2]);
    let (mut g, mut j, mut h) = (vec![0.0; n], vec![0.0; 2 * n], vec![0.0; n * n]);
    let mut hs = vec![0.0; 2 * n * n];
    macro_rules! run {
        ($($call:expr;)*) => {$(
            let mut result = None;
            let asked = allocations(|| result = Some($call));
            result.expect("the call")?;
            assert!(asked <= at_most, "{}: {asked} allocations for {n} coordinates", stringify!($call));
        )*};
    }
    run! {
        workspace.gradient(curve, &x, &mut g);
        workspace.value_and_gradient(curve, &x, &mut g);
        workspace.jacobian(pair_into, &x, &mut j);
        workspace.value_and_jacobian(pair_into, &x, &mut y, &mut j);
        workspace.hessian(curve, &x, &mut h);
        workspace.value_and_hessian(curve, &x, &mut h);
        workspace.value_gradient_and_hessian(curve, &x, &mut g, &mut h);
        workspace.jvp(pair_into, &x, &v, &mut y);
        workspace.value_and_jvp(pair_into, &x, &v, &mut y, &mut ty);
        workspace.hvp(curve, &x, &v, &mut g);
        workspace.value_and_hvp(curve, &x, &v, &mut g);
        workspace.hessians(pair_into, &x, &mut hs);
        workspace.value_jvp_and_vhv(curve, &x, &v);
        Ok::<_, Error>(workspace.value_and_laplacian(curve, &x));
    }
    Ok(())
}

#[test]
fn into_drivers_allocate_nothing_once_the_workspace_has_grown() {
    fn check<const C: usize>() {
        let mut workspace = Workspace::<f64, C>::with_lanes();
        // The first call of each kind lifts the point and, for vector-valued functions, the results.
        run_all(17, &mut workspace, 2).unwrap();
        // And then none: at the same length, at shorter ones and at the same again.
        for n in [17, 9, 8, 2, 16, 17] {
            run_all(n, &mut workspace, 0).unwrap();
        }
    }
    check::<1>();
    check::<8>();
    check::<16>();
}

#[test]
fn a_new_workspace_allocates_nothing() {
    assert_eq!(allocations(Workspace::<f64>::new), 0);
    assert_eq!(allocations(Workspace::<f64, 16>::with_lanes), 0);
}

#[test]
fn a_wrong_length_allocates_nothing() {
    let mut workspace = Workspace::new();
    assert_eq!(allocations(|| workspace.gradient(curve, &[0.3; 9], &mut [0.0; 8])), 0);
    assert_eq!(allocations(|| workspace.hessian(curve, &[0.3; 9], &mut [0.0; 9])), 0);
}

/// The curve as a value, of which constants are left out at many coordinates.
struct Curve;

impl Function for Curve {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        curve(x)
    }
}

#[test]
fn a_prepared_function_allocates_nothing_once_its_memory_has_grown() {
    for n in [5, 100] {
        let (x, v) = (vec![0.5; n], vec![1.0; n]);
        let (mut g, mut h, mut out) = (vec![0.0; n], vec![0.0; n * n], [0.0]);
        let mut f = Curve.prepare(&x);
        let mut all = || {
            f.gradient(&x, &mut g).unwrap();
            f.value_and_jacobian(&x, &mut out, &mut g).unwrap();
            f.value_gradient_and_hessian(&x, &mut g, &mut h).unwrap();
            f.jvp(&x, &v, &mut out).unwrap();
            f.hvp(&x, &v, &mut g).unwrap();
            f.vhv(&x, &v).unwrap();
            f.laplacian(&x);
        };
        all();
        assert_eq!(allocations(all), 0, "{n} coordinates");
    }
}

#[test]
fn a_function_value_allocates_nothing_at_arrays() {
    let (x, v) = ([0.5, 1.5, -0.5], [1.0, 2.0, 3.0]);
    let all = || {
        (
            Curve.gradient(&x),
            Curve.hessian(&x),
            Curve.jacobian(&x),
            Curve.jvp(&x, &v),
            Curve.hvp(&x, &v),
            Curve.vhv(&x, &v),
        )
    };
    all();
    assert_eq!(allocations(all), 0);
}

/// Rows of three of the variables, written into the memory of the result alone.
#[cfg(feature = "std")]
struct Diffusion;

#[cfg(feature = "std")]
impl Function for Diffusion {
    type From = [f64];
    type To = [f64; 30];

    fn call<T: Number>(&self, x: &[T]) -> [T; 30] {
        std::array::from_fn(|i| x[i] * x[(i + 1) % 30] - x[(i + 29) % 30].exp())
    }
}

#[cfg(feature = "std")]
#[test]
fn plans_of_sparse_derivatives_allocate_nothing_once_the_workspace_has_grown() {
    use tangents::sparse::{Coloring, HessianPlan, JacobianPlan, Layout, Order, SparseWorkspace};

    struct Chain;
    impl Function for Chain {
        type From = [f64];
        type To = f64;
        fn call<T: Number>(&self, x: &[T]) -> T {
            T::sum(x.windows(2).map(|w| (w[0] * w[1]).sin()))
        }
    }

    let (x, mut value, mut gradient) = ([0.3; 30], [0.0; 30], [0.0; 30]);
    let mut workspace = SparseWorkspace::new();
    let pattern = Diffusion.jacobian_pattern(&x).unwrap();
    let plan = JacobianPlan::from_pattern(pattern.clone()).unwrap();
    let all_but_two = Coloring::of_columns(&pattern.without_rows(&[1, 2]), Order::Natural);
    let plans = [
        plan.clone().with_lanes(4).unwrap(),
        plan.with_lanes(16).unwrap().with_layout(Layout::Columns),
        JacobianPlan::with_dense_rows(pattern, &[1, 2], all_but_two).unwrap(),
    ];
    for plan in plans {
        let mut values = vec![0.0; plan.nnz()];
        let mut evaluate =
            || plan.value_and_jacobian_into(&Diffusion, &x, &mut value, &mut values, &mut workspace);
        evaluate().unwrap();
        assert_eq!(allocations(evaluate), 0, "{plan:?}");
    }

    let pattern = Chain.hessian_pattern(&x).unwrap();
    let acyclic = Coloring::acyclic(&pattern, Order::Natural).unwrap();
    let plans = [
        HessianPlan::from_pattern(pattern.clone()).unwrap(),
        HessianPlan::by_substitution(pattern, acyclic).unwrap().with_lanes(8).unwrap(),
    ];
    for plan in plans {
        let mut values = vec![0.0; plan.nnz()];
        let mut evaluate =
            || plan.value_gradient_and_hessian_into(&Chain, &x, &mut gradient, &mut values, &mut workspace);
        evaluate().unwrap();
        assert_eq!(allocations(evaluate), 0, "{plan:?}");
    }
}

#[test]
fn solutions_at_arrays_of_up_to_16_unknowns_allocate_nothing() {
    fn check<const N: usize>() {
        struct Cubes<const N: usize>;

        impl<const N: usize> Function for Cubes<N> {
            type From = ([f64; N], f64);
            type To = [f64; N];

            fn call<T: Number>(&self, (x, p): &([T; N], T)) -> [T; N] {
                x.map(|x| x.powi(3) - *p)
            }
        }

        let p = black_box(8.0);
        let equations = implicit::root(Cubes::<N>);
        assert_eq!(allocations(|| derivative(|p| equations.at(&p, |p| [p.cbrt(); N]).unwrap()[0], p)), 0);
        let fit = implicit::least_squares(Cubes::<N>);
        let second = |p| fit.at(&p, |p: &f64| [p.cbrt(); N]).unwrap()[0];
        assert_eq!(allocations(|| nth_derivative::<2, _>(second, p)), 0);
    }
    check::<1>();
    check::<5>();
    check::<16>();
    // More stand on the heap: the counter sees it.
    let p = black_box(8.0);
    let more = implicit::root(lambda!(|z: ([f64; 17], f64)| -> [f64; 17] { z.0.map(|x| x - z.1) }));
    assert!(allocations(|| derivative(|p| more.at(&p, |&p| [p; 17]).unwrap()[0], p)) > 0);
}
