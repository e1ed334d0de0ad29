//! Calls within calls: a variable of an outer call that an inner one would take for its own is caught in debug builds, and
//! nothing else is.

use std::cell::Cell;
use std::thread;

use num_traits::Float;
use tangents::jax::{ARG0, ARG1, grad2, jacfwd2};
use tangents::{
    Dual, Function, HyperDual, Number, Special, Taylor, Workspace, derivative, divergence, grad, gradient,
    hessian, hessians, hvp, jacfwd, jacobian, jet, jvp, laplacian, nth_derivative, partial, taylor,
    third_derivatives, vhv,
};

/// The numbers of an outer call, one of each kind, with a call that `inner` is made in.
fn in_derivative(inner: impl Fn(Dual<f64, 1>) -> f64) {
    derivative(|x| x + inner(x), 1.5);
}

fn in_gradient_at_slice(inner: impl Fn(Dual<f64, 8>) -> f64) {
    gradient(|x| x[0] + inner(x[0]), &vec![1.5]);
}

fn in_vhv(inner: impl Fn(HyperDual<f64, 1>) -> f64) {
    vhv(|x| x[0] + inner(x[0]), &[1.5], &[1.0]);
}

/// Calls that take in an outer variable, and the same with it lifted or stopped.
#[cfg(debug_assertions)]
mod caught {
    use super::*;
    use crate::panics::{Panicked, panic_of};

    #[track_caller]
    fn expect_caught(what: &str, f: impl Fn()) {
        let Some(Panicked { message, file, .. }) = panic_of(f) else { panic!("{what}: not caught") };
        assert!(
            message.contains("perturbation confusion") && message.contains("Dual::constant"),
            "{what}: {message}"
        );
        // A transform's closure can't know its caller.
        assert!(file == file!() || what.starts_with("transform"), "{what}: not at the caller's line");
    }

    macro_rules! caught_in {
        ($outer:path: $($what:literal |$x:ident| $inner:expr;)*) => {$(
            expect_caught($what, || $outer(|$x| { let _ = $inner; 0.0 }));
        )*};
    }

    #[test]
    fn a_variable_of_one_lane_in_a_call_of_one_lane() {
        let (at, slice) = ([1.0], vec![1.0]);
        caught_in! { in_derivative:
            "derivative" |x| derivative(|y| x + y, 1.0);
            "gradient" |x| gradient(|y| y[0] * x, &at);
            "jacobian" |x| jacobian(|y| [y[0], y[0] * x], &at);
            "jacobian of a Vec" |x| jacobian(|y| vec![y[0], x], &at);
            "jvp" |x| jvp(|y| y[0] * x, &at, &at);
            "jvp at a slice" |x| jvp(|y| y[0] * x, &slice, &slice);
            "hvp" |x| hvp(|y| y[0] * x, &at, &at);
            "hvp at a slice" |x| hvp(|y| y[0] * y[0] * x, &slice, &slice);
            "divergence" |x| divergence(|y| [y[0] * x], &at);
            "partial" |x| partial(|y| y[0] * x, &at, [0]);
            "partial of order 3" |x| partial(|y| y[0] * y[0] * Dual::constant(x), &at, [0, 0, 0]);
            "third derivatives" |x| third_derivatives(|y| y[0] * x, &at);
            "transform grad" |x| grad(|y: &[Dual<f64, 1>]| y[0] * x)(&at);
            "transform jacfwd" |x| jacfwd(|y: &[Dual<f64, 1>]| [y[0] * x])(&at);
            "transform grad2" |x| grad2(|a: &[Dual<f64, 1>], b: &[Dual<f64, 1>]| a[0] * b[0] * x, ARG0)(&at, &at);
            "transform jacfwd2" |x| jacfwd2(|a: &[Dual<f64, 1>], b: &[Dual<f64, 1>]| [a[0] * b[0] * x], ARG1)(&at, &at);
            "jvp_into" |x| Workspace::new().jvp(|y, z| z[0] = y[0] * x, &at, &at, &mut [0.0]);
            "hvp_into" |x| Workspace::new().hvp(|y| y[0] * x, &at, &at, &mut [0.0]);
        }
    }

    #[cfg(feature = "random")]
    #[test]
    fn a_variable_of_one_lane_in_a_check() {
        use tangents::check::{CheckOptions, check_against, check_grads_in_f64};
        use tangents::check_grads;

        let (at, first_order) = ([1.0], CheckOptions::first_order());
        caught_in! { in_derivative:
            "check_grads" |x| check_grads(|y| y[0] * x, &at, first_order);
            "check_grads of order 2" |x| check_grads(|y| x * y[0], &at, CheckOptions::order(2));
            "the function of check_grads_in_f64" |x| check_grads_in_f64(|y| y[0] * x, |y| y[0], &at, first_order);
            "the reference of check_grads_in_f64" |x| check_grads_in_f64(|y| y[0], |y| y[0] * x, &at, first_order);
            "the rule of check_rule" |x| check_against(|y| y[0] * x, |y| y[0], &at, first_order);
            "the reference of check_rule" |x| check_against(|y| y[0], |y| y[0] * x, &at, first_order);
        }
    }

    #[test]
    fn a_variable_of_eight_lanes_in_a_call_of_eight() {
        let at = vec![1.0];
        caught_in! { in_gradient_at_slice:
            "gradient" |x| gradient(|y| y[0] * x, &at);
            "gradient at eight coordinates" |x| gradient(|y| y[0] * x, &[1.0; 8]);
            "jacobian" |x| jacobian(|y| vec![y[0] * x], &at);
            "hessian" |x| hessian(|y| x * y[0] * y[0], &at);
            "hessians" |x| hessians(|y| vec![x * y[0]], &at);
            "gradient_into" |x| Workspace::new().gradient(|y| y[0] * x, &at, &mut [0.0]);
            "jacobian_into" |x| Workspace::new().jacobian(|y, z| z[0] = y[0] * x, &at, &mut [0.0]);
            "hessian_into" |x| Workspace::new().hessian(|y| x * y[0], &at, &mut [0.0]);
            "hessians_into" |x| Workspace::new().hessians(|y, z| z[0] = x * y[0], &at, &mut [0.0]);
            "transform of a choice" |x| grad2(
                |a: &[Dual<f64, 8>], b: &[Dual<f64, 8>]| a[0] * b[0] * x, (ARG0, ARG1))(&[1.0], &[2.0]);
        }
    }

    #[test]
    fn a_variable_with_second_derivatives() {
        let at = [1.0];
        caught_in! { in_vhv:
            "vhv" |x| vhv(|y| y[0] * x, &at, &at);
            "laplacian" |x| laplacian(|y| y[0] * x, &at);
            "hessian" |x| hessian(|y| y[0] * x, &at);
            "hessians" |x| hessians(|y| [y[0] * x], &at);
            "value_and_laplacian_into" |x| Workspace::new().value_and_laplacian(|y| y[0] * x, &at);
            "value_jvp_vhv_into" |x| Workspace::new().value_jvp_and_vhv(|y| y[0] * x, &at, &at);
        }
    }

    #[test]
    fn a_series() {
        struct Times(Taylor<f64, 2>);
        impl Function for Times {
            type From = f64;
            type To = f64;

            fn call<D: Number>(&self, x: &D) -> D {
                // What keeps the derivatives if it is of that type.
                *x * D::from(self.0).unwrap()
            }
        }
        let taken_in = |inner: &dyn Fn(Taylor<f64, 2>) -> f64| {
            taylor::<2, _>(|x| x + inner(x), 1.0);
        };
        expect_caught("taylor", || taken_in(&|x| taylor::<2, _>(|y| y * x, 1.0).re));
        expect_caught("nth_derivative", || taken_in(&|x| nth_derivative::<2, _>(|y| y * x, 1.0)));
        expect_caught("nth_derivatives", || taken_in(&|x| Times(x).nth_derivatives(1.0, 2).unwrap()[1]));
        expect_caught("jet", || taken_in(&|x| jet(|y| y[0] * x, &[1.0], [&[1.0], &[0.0]]).0));
    }

    #[test]
    fn a_solver_that_takes_in_what_it_solves_for() {
        // √a by Newton's method, whose slope is taken at a plain number.
        let root = |a: Dual<f64, 1>| {
            (0..8).fold(1.0, |y, _| {
                let slope = derivative(|y| y * y - a, y);
                y - (y * y - a.re) / slope
            })
        };
        expect_caught("Newton", || in_derivative(root));
    }

    #[test]
    fn a_number_of_a_level_between() {
        // The direction's level of hvp is a dual number of one lane too.
        expect_caught("inside hvp", || {
            hvp(|x| x[0] * derivative(|y| y * x[0].re, 1.0), &[1.0, 2.0], &[1.0, 0.0]);
        });
        // Two calls around, with one of another type between.
        expect_caught("two calls around", || {
            derivative(|x| x + gradient(|y| y[0] * derivative(|z| z * x, 1.0) + y[1], &[1.0, 2.0])[0], 1.0);
        });
        // Of the inner of two nested calls at plain points.
        expect_caught("the innermost", || {
            derivative(|x| x + derivative(|y| y * derivative(|z| z * y, 1.0), 1.0), 1.0);
        });
    }

    #[test]
    fn a_tangent_that_is_no_number() {
        expect_caught("NaN", || {
            derivative(|x| x + derivative(|y| y + x.chain(1.0, f64::NAN), 1.0), 1.0);
        });
    }

    #[test]
    fn a_call_that_is_left_by_a_panic_is_over() {
        assert!(panic_of(|| _ = derivative(|_| panic!("on purpose"), 1.0)).is_some());
        // Nothing is around this one: what it takes in, by hand, is no business of another call.
        let x = Dual::<f64, 1>::variable(2.0, 0);
        assert_eq!(derivative(|y| x + y, 1.0), 2.0);
        expect_caught("after a check that failed", || in_derivative(|x| derivative(|y| x + y, 1.0)));
        expect_caught("and again", || in_derivative(|x| derivative(|y| x + y, 1.0)));
    }

    #[test]
    fn on_another_thread_if_all_of_it_is_there() {
        let found = thread::spawn(|| panic_of(|| in_derivative(|x| derivative(|y| x + y, 1.0)))).join();
        assert!(found.unwrap().is_some());
    }

    /// Functions are run on constants once a call, not once for each of the calls around.
    #[test]
    fn the_check_costs_a_run_for_each_call() {
        fn nested(depth: usize, f: &dyn Fn(Dual<f64, 1>) -> Dual<f64, 1>) -> f64 {
            if depth == 0 { derivative(f, 1.0) } else { derivative(|x| x * nested(depth - 1, f), 1.0) }
        }

        let runs = Cell::new(0);
        let count = |x: Dual<f64, 1>| {
            runs.set(runs.get() + 1);
            x
        };
        for (depth, expected) in [(0, 1), (1, 2), (2, 3), (6, 7)] {
            runs.set(0);
            nested(depth, &count);
            assert_eq!(runs.get(), expected, "{depth} calls around");
        }
    }
}

#[test]
fn plain_numbers_may_be_taken_in() {
    let factor = 3.0;
    assert_eq!(derivative(|x| x * derivative(|y| y * factor, 1.0), 1.0), 3.0);
    assert_eq!(gradient(|x| x[0] * gradient(|y| y[0] * x[1].re, &[1.0, 2.0])[0], &[1.0, 2.0]), [2.0, 0.0]);
    assert_eq!(derivative(|x| x * hessian(|y| y[0] * y[0] * factor, &[1.0])[0][0], 1.0), 6.0);
    assert_eq!(derivative(|x| x * nth_derivative::<2, _>(|y| y * y * factor, 1.0), 1.0), 6.0);
}

#[test]
fn lifted_points_and_stopped_gradients_are_left_alone() {
    let one = Dual::<f64, 1>::constant(1.0);
    assert_eq!(derivative(|x| x * derivative(|y| x + y, one), 3.0), 1.0);
    assert_eq!(derivative(|x| x * derivative(|y| x + y, x), 3.0), 1.0);
    assert_eq!(derivative(|x| x * derivative(|y| x.stop_gradient() * y, 1.0), 3.0), 3.0);
    // ∂/∂x (x·y)′ = 1, at a lifted array, along a lifted direction, of a lifted Hessian.
    assert_eq!(derivative(|x| gradient(|y| y[0] * x, &[one])[0], 3.0), 1.0);
    assert_eq!(derivative(|x| hvp(|y| y[0] * y[0] * Dual::constant(x), &[one], &[one])[0], 3.0), 2.0);
    assert_eq!(derivative(|x| hessian(|y| y[0] * y[0] * x, &[one])[0][0], 3.0), 2.0);
}

#[test]
fn numbers_of_other_types_are_left_alone() {
    // Of two lanes in a call of one.
    let g = gradient(|x| x[0] * x[1] * derivative(|y| y * y, 2.0), &[1.0, 2.0]);
    assert_eq!(g, [8.0, 4.0]);
    let h = jacfwd(|x: &[Dual<f64, 2>]| [x[0] * derivative(Dual::sin, 0.0), x[1]])(&[1.0, 2.0]);
    assert_eq!(h, [[1.0, 0.0], [0.0, 1.0]]);
}

#[test]
fn transforms_of_transforms_are_left_alone() {
    fn f<T: Float>(x: &[T]) -> T {
        x[0] * x[0] * x[1]
    }
    assert_eq!(jacfwd(grad(f))(&[3.0, 2.0]), [[4.0, 6.0], [6.0, 0.0]]);
    let h = jacfwd(|x: &[Dual<f64, 2>]| grad(f)(x))(&[3.0, 2.0]);
    assert_eq!(h, [[4.0, 6.0], [6.0, 0.0]]);
}

#[test]
fn what_overflows_is_no_variable() {
    // ∞·0 of the constants is NaN.
    let d = derivative(|x| x * derivative(|y| y.exp() * y, 1000.0), 1.0);
    assert!(!d.is_finite());
}

#[test]
fn other_threads_are_left_alone() {
    let x = Dual::<f64, 1>::variable(2.0, 0);
    // A number that is handed to another thread, which no call runs on.
    let d =
        derivative(|y| y * thread::scope(|s| s.spawn(|| derivative(|z| z * x, 1.0)).join().unwrap()), 1.0);
    assert_eq!(d, 3.0);
}

#[test]
fn functions_run_once_where_no_call_is_around() {
    let runs = Cell::new(0);
    let f = |x: Dual<f64, 1>| {
        runs.set(runs.get() + 1);
        x
    };
    derivative(f, 1.0);
    assert_eq!(runs.get(), 1);
    // Nor where one on other numbers is.
    gradient(|x| x[0] + x[1] * derivative(f, 1.0), &[1.0, 2.0]);
    assert_eq!(runs.get(), 2);
    in_vhv(|_| derivative(f, 1.0));
    assert_eq!(runs.get(), 3);
    in_gradient_at_slice(|_| derivative(f, 1.0));
    assert_eq!(runs.get(), 4);
    // One on the same numbers has it run on constants too, in debug builds.
    in_derivative(|_| derivative(f, 1.0));
    assert_eq!(runs.get(), if cfg!(debug_assertions) { 6 } else { 5 });
}

/// As the documentation says of builds without the check.
#[cfg(not(debug_assertions))]
#[test]
fn without_debug_assertions_the_tangents_are_added() {
    assert_eq!(derivative(|x| x * derivative(|y| x + y, 1.0), 1.0), 2.0);
}
