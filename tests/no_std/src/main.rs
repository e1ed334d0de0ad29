//! A program without `std` and without an allocator that differentiates and, with the feature `random`, draws random numbers.
//!
//! It links only if neither `tangents` nor anything it depends on brings the standard library in:
//!
//! - `std` has a panic handler, and so has this program. A program can't have two, so `std` anywhere in the
//!   dependencies is an error, "duplicate lang item `panic_impl`". To see it: `cargo build --features tangents/std`.
//! - Without the feature `alloc` there is no allocator here, so the crate `alloc` anywhere in the dependencies is
//!   an error, "no global memory allocator found". To see it: `cargo build --features tangents/alloc`.
//!
//! With the feature `alloc` there is an allocator, and the drivers for slices are run as well. With the feature
//! `interop` the same is shown of the crates that `tangents::interop` works with.
//!
//! The exit code is 0 if every result is right, otherwise the number of the first check that isn't.
//! The C library is linked for what calls `main`, and for nothing else.

#![no_std]
#![no_main]

#[cfg(feature = "interop")]
mod foreign;
#[cfg(feature = "alloc")]
mod on_the_heap;
#[cfg(feature = "random")]
mod samples;

use core::ffi::{c_char, c_int};
use core::hint::black_box;
use core::panic::PanicInfo;

use tangents::{
    HyperDual, Point, Taylor, ValueJvpVhv, derivative, divergence, gradient, hessian, hessians, hvp,
    implicit, jacobian, jet, lambda, laplacian, nth_derivative, partial, taylor, third_derivatives,
    value_jvp_and_vhv, vhv,
};

#[link(name = "c")]
unsafe extern "C" {}

/// A panic has nobody to report to: the exit code must do.
#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    unsafe extern "C" {
        safe fn abort() -> !;
    }
    abort()
}

/// What the unwinding tables of the precompiled `core` refer to; with `panic = "abort"` nothing calls it.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

#[unsafe(no_mangle)]
extern "C" fn main(_argc: c_int, _argv: *const *const c_char) -> c_int {
    let checks = on_the_stack().into_iter().chain(of_higher_order()).chain(of_solutions());
    #[cfg(feature = "interop")]
    let checks = checks.chain(foreign::is_right());
    #[cfg(feature = "alloc")]
    let checks = checks.chain(on_the_heap::is_right());
    #[cfg(feature = "random")]
    let checks = checks.chain(samples::are_right());
    let first_wrong = (1..).zip(checks).find(|&(_, right)| !right);
    first_wrong.map_or(0, |(number, _)| number)
}

/// Solutions at arrays and a structure.
fn of_solutions() -> [bool; 2] {
    // Where a spring of the length b − a carries a mass: stiffness·x = mass + b − a, with a fixed mass.
    let balance = lambda!(|z: (f64, Spring<f64>)| -> f64 {
        let (x, spring) = z;
        spring.stiffness * *x - spring.mass - spring.ends[1] + spring.ends[0]
    });
    let solve = |s: &Spring<f64>| (s.mass + s.ends[1] - s.ends[0]) / s.stiffness;
    let spring = black_box(Spring { stiffness: 2.0, ends: [1.0, 4.0], mass: 1.0 });
    let g = gradient(|s| implicit::root(balance).at(s, solve).unwrap_or(s.mass), &spring);

    let crossing = lambda!(|z: ([f64; 2], [f64; 2])| -> [f64; 2] {
        let ([x, y], [p, q]) = *z;
        [x + y - p, x * y - q]
    });
    let at = |p: &[_]| implicit::root(crossing).at(&[p[0], p[1]], |_| [3.0, 2.0]).unwrap_or([p[0]; 2]);
    [
        g == Spring { stiffness: -1.0, ends: [-0.5, 0.5], mass: 0.0 },
        jacobian(at, black_box(&[5.0, 6.0])) == [[3.0, -1.0], [-2.0, 1.0]],
    ]
}

#[derive(PartialEq, Point)]
struct Spring<T> {
    stiffness: T,
    ends: [T; 2],
    #[point(fixed)]
    mass: T,
}

/// The drivers on arrays and a structure. The points are hidden from the optimiser, so that the linked program
/// contains the computation and not its result.
fn on_the_stack() -> [bool; 5] {
    let spring = black_box(Spring { stiffness: 3.0, ends: [1.0, 2.5], mass: 0.5 });
    [
        gradient(|x| x[0] * x[0] + x[1] * x[1], black_box(&[2.4, 3.6])) == [4.8, 7.2],
        // An elementary function: without `std` from the `libm` crate.
        derivative(|x| x.sin() * x.exp(), black_box(0.0)) == 1.0,
        jacobian(|x| [x[0] * x[1], x[0]], black_box(&[2.0, 3.0])) == [[3.0, 2.0], [1.0, 0.0]],
        hessian(|x| x[0] * x[0] * x[1], black_box(&[3.0, 2.0])) == [[4.0, 6.0], [6.0, 0.0]],
        gradient(|s| s.stiffness * (s.ends[1] - s.ends[0]) / s.mass, &spring)
            == Spring { stiffness: 3.0, ends: [-6.0, 6.0], mass: 0.0 },
    ]
}

/// The numbers of higher order and their drivers on arrays.
fn of_higher_order() -> [bool; 14] {
    let (x, v) = (black_box([3.0, 2.0]), black_box([1.0, 0.5]));
    let a = HyperDual::<f64, 2>::variable(x[0], 0);
    let t = Taylor::<f64, 3>::variable(black_box(2.0));
    [
        (a * a * x[1]).hessian() == [[4.0, 0.0], [0.0, 0.0]],
        // An elementary function, which there is only in `libm`.
        HyperDual::<f64, 1>::variable(black_box(0.0), 0).exp().second(0, 0) == 1.0,
        (t * t * t).coefficients == [12.0, 6.0, 1.0],
        hessians(|x| [x[0] * x[1], x[0] * x[0]], &x) == [[[0.0, 1.0], [1.0, 0.0]], [[2.0, 0.0], [0.0, 0.0]]],
        hvp(|x| x[0] * x[0] * x[1], &x, &v) == [7.0, 6.0],
        vhv(|x| x[0] * x[0] * x[1], &x, &v) == 10.0,
        value_jvp_and_vhv(|x| x[0] * x[0] * x[1], &x, &v)
            == ValueJvpVhv { value: 18.0, jvp: 16.5, vhv: 10.0 },
        laplacian(|x| x[0] * x[0] * x[1], &x) == 4.0,
        divergence(|x| [x[0] * x[1], x[1] * x[1]], &x) == 6.0,
        partial(|x| x[0] * x[0] * x[1], &x, [0, 1]) == 6.0,
        third_derivatives(|x| x[0] * x[0] * x[1], &x) == [[[0.0, 2.0], [2.0, 0.0]], [[2.0, 0.0], [0.0, 0.0]]],
        taylor::<3, _>(Taylor::recip, black_box(0.5)).coefficients == [-4.0, 8.0, -16.0],
        nth_derivative::<4, _>(|x| x.powi(5), black_box(2.0)) == 240.0,
        // (1 + t)²·(2 + t²) = 2 + 4t + 3t² + …
        jet(|x| x[0] * x[0] * x[1], &black_box([1.0, 2.0]), [&[1.0, 0.0], &[0.0, 2.0]]) == (2.0, [4.0, 6.0]),
    ]
}
