//! What a driver needs of the stack: on a thread of 2 MiB, unoptimised, large arrays are differentiated.

#![cfg(test)]
#![allow(clippy::large_stack_arrays, reason = "what is tested")]

use std::thread;

use tangents::{
    Dual, Real, divergence, grad, gradient, hessian, hessians, hvp, jacfwd, jacobian, jet, jvp, laplacian,
    nth_derivative, partial, third_derivatives, value_and_gradient, value_and_jacobian, vhv,
};

/// What `f` returns on a thread whose stack is as large as a test's.
fn on_2_mib<R: Send>(f: impl FnOnce() -> R + Send) -> R {
    thread::scope(|scope| {
        thread::Builder::new().stack_size(2 << 20).spawn_scoped(scope, f).unwrap().join().unwrap()
    })
}

/// A function of moderate size: of each pair of neighbours a dozen operations, some of them transcendental.
fn chain<T: Real>(x: &[T]) -> T {
    x.windows(2).fold(T::zero(), |sum, pair| {
        let (a, b) = (pair[0], pair[1]);
        let (curved, bent) = (a * a - b, a.sin() * b.cos());
        sum + curved * curved * T::lit(0.5) + (bent + T::one()).ln() / (a * b + T::lit(2.0)).sqrt()
    })
}

/// A function of fewer temporaries, for numbers of more than 30 KiB.
fn rosenbrock<T: Real>(x: &[T]) -> T {
    let mut sum = T::zero();
    for i in 1..x.len() {
        let (a, b) = (T::one() - x[i - 1], x[i] - x[i - 1] * x[i - 1]);
        sum = sum + a * a + T::lit(100.0) * b * b;
    }
    sum
}

fn point<const N: usize>() -> [f64; N] {
    let mut values = (0..7).map(|i| 0.25 + f64::from(i) / 14.0).cycle();
    std::array::from_fn(|_| values.next().unwrap())
}

/// The direction of all coordinates.
const fn ones<const N: usize>() -> [f64; N] {
    [1.0; N]
}

fn same(a: &[f64], b: &[f64]) {
    assert!(a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits()), "{a:?} {b:?}");
}

#[test]
fn gradients_at_512() {
    let x = point::<512>();
    let slice = gradient(chain, &x[..]);
    same(&on_2_mib(|| gradient(chain, &x)), &slice);
    same(&on_2_mib(|| value_and_gradient(chain, &x).1), &slice);
    same(&on_2_mib(|| grad(chain)(&x)), &slice);
    same(&on_2_mib(|| jacobian(|x| [chain(x), x[0]], &x)[0]), &slice);
    same(&on_2_mib(|| value_and_jacobian(|x| vec![chain(x)], &x).1[0]), &slice);
    same(&on_2_mib(|| jacfwd(|x: &[Dual<f64, 512>]| [chain(x)])(&x)[0]), &slice);
}

#[test]
fn directions_at_512() {
    let (x, v) = (point::<512>(), ones::<512>());
    let slice = hvp(chain, &x[..], &v[..]);
    same(&on_2_mib(|| hvp(chain, &x, &v)), &slice);
    same(&[on_2_mib(|| jvp(chain, &x, &v))], &[jvp(chain, &x[..], &v[..])]);
    same(&[on_2_mib(|| vhv(chain, &x, &v))], &[vhv(chain, &x[..], &v[..])]);
    let x = point::<20_000>();
    on_2_mib(|| jvp(chain, &x, &ones()));
    on_2_mib(|| vhv(chain, &x, &ones()));
    on_2_mib(|| partial(chain, &x, [0, 1, 1, 0]));
    on_2_mib(|| jet(chain, &x, [&ones(), &ones(), &ones()]).1);
    let x = point::<2_000>();
    on_2_mib(|| laplacian(|x| x[0] * x[1_999], &x));
}

#[test]
fn a_check_at_20_000() {
    use tangents::check::CheckOptions;
    use tangents::check_grads;

    let x = point::<20_000>();
    on_2_mib(|| check_grads(chain, &x, CheckOptions::order(1)).unwrap());
}

#[test]
fn hessians_at_64() {
    let x = point::<64>();
    let slice = hessian(rosenbrock, &x[..]);
    let array = on_2_mib(|| Box::new(hessian(rosenbrock, &x)));
    for (row, expected) in array.iter().zip(&slice) {
        for (h, expected) in row.iter().zip(expected) {
            assert!((h - expected).abs() <= 1e-13 * expected.abs(), "{h:e} {expected:e}");
        }
    }
    let one = on_2_mib(|| Box::new(hessians(|x| [rosenbrock(x)], &x)));
    assert_eq!(one[0], *array);
}

#[test]
fn third_derivatives_at_32() {
    let x = point::<32>();
    let third = on_2_mib(|| Box::new(third_derivatives(rosenbrock, &x)));
    // Along the coordinate 3, of the Hessian.
    let along = hessian(
        rosenbrock,
        &std::array::from_fn::<_, 32, _>(|i| {
            if i == 3 { Dual::<_, 1>::variable(x[i], 0) } else { Dual::constant(x[i]) }
        }),
    );
    for (row, expected) in third[3].iter().zip(&along) {
        for (t, expected) in row.iter().zip(expected) {
            assert_eq!(t.to_bits(), expected.eps[0].to_bits());
        }
    }
}

// The largest numbers that compile, a test each: they run at the same time.

#[test]
fn the_largest_gradient_that_compiles_runs() {
    on_2_mib(|| Box::new(gradient(rosenbrock, &point::<4_300>())));
}

#[test]
fn the_largest_divergence_that_compiles_runs() {
    on_2_mib(|| divergence(|x| x.to_vec().try_into().unwrap_or([x[0]; 60]), &point::<60>()));
}

#[test]
fn the_largest_product_with_a_hessian_that_compiles_runs() {
    on_2_mib(|| Box::new(hvp(rosenbrock, &point::<2_150>(), &ones())));
}

#[test]
fn the_largest_hessian_that_compiles_runs() {
    on_2_mib(|| Box::new(hessian(rosenbrock, &point::<65>())));
}

#[test]
fn the_largest_third_derivatives_that_compile_run() {
    on_2_mib(|| Box::new(third_derivatives(rosenbrock, &point::<34>())));
}

#[test]
fn the_largest_nth_derivative_that_compiles_runs() {
    on_2_mib(|| nth_derivative::<2_000, _>(|x: tangents::Taylor<f64, 2_000>| (x * x).sin() / x, 0.5));
}
