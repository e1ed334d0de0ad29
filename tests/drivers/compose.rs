//! Drivers inside drivers: nothing confuses the derivatives of one with those of another.
//!
//! The examples after Pearlmutter and Siskind (2008) and `GradBench`; their numbers are those of the reference data's
//! `gradbench/nested/nested_ref.json`, computed by mpmath, the descents' results `GradBench`'s own.

// A function stands beside the assertions about it.
#![allow(clippy::items_after_statements)]

use num_traits::Float;
use tangents::jax::{ARG0, ARG1, grad2, jacfwd2};
use tangents::{
    Dual, Number, Real, derivative, grad, gradient, hessian, hvp, jacfwd, jacobian, jvp, value_and_derivative,
};

#[track_caller]
fn assert_close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found:e}, not {expected:e}");
}

// Perturbation confusion

#[test]
fn an_inner_derivative_does_not_see_the_outer_variable() {
    // d/dx [x · d/dy (x + y)] = d/dx x = 1; one ε for both gives 2.
    assert_eq!(derivative(|x| x * derivative(|y| y + x, Dual::constant(1.0)), 1.0), 1.0);
    // The same with the inner point a function of x, at which nothing depends on it.
    assert_eq!(derivative(|x| x * derivative(|y| y + x, x), 1.0), 1.0);
    // d/dx [x · d/dy (x·y²)] = d/dx 6x² = 12x at y = 3.
    assert_eq!(derivative(|x| x * derivative(|y| y * y * x, Dual::constant(3.0)), 2.0), 24.0);
    // D(D(y ↦ x·y)(2) + x³) = 1 + 3x².
    assert_eq!(derivative(|x| derivative(|y| y * x, Dual::constant(2.0)) + x.powi(3), 1.5), 7.75);
}

#[test]
fn confusion_is_impossible_in_every_driver() {
    assert_eq!(gradient(|x| x[0] * gradient(|y| y[0] + x[0], &[x[0]])[0], &[1.0]), [1.0]);
    assert_eq!(jacobian(|x| [x[0] * jacobian(|y| [y[0] + x[0]], &[x[0]])[0][0]], &[1.0]), [[1.0]]);
    assert_eq!(jvp(|x| x[0] * jvp(|y| y[0] + x[0], &[x[0]], &[Dual::constant(1.0)]), &[1.0], &[1.0]), 1.0);
    assert_eq!(
        grad(|x: &[Dual<f64, 1>]| x[0] * grad(|y: &[Dual<Dual<f64, 1>, 1>]| y[0] + x[0])(&[x[0]])[0])(&[1.0]),
        [1.0]
    );
    assert_eq!(hessian(|x| x[0] * gradient(|y| y[0] * x[0], &[x[0]])[0], &[1.0]), [[2.0]]);
    assert_eq!(hvp(|x| x[0] * gradient(|y| y[0] * x[0], &[x[0]])[0], &[1.0], &[1.0]), [2.0]);
    // Chunks of lanes of two depths.
    let x = vec![1.0; 9];
    let g = gradient(|x| x[8] * gradient(|y| y[8] + x[8], x)[8], &x);
    assert_eq!(g, [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn an_inner_derivative_at_the_outer_variable_sees_it() {
    // d/dx [∂/∂y (x·y·sin y) at y = x] = d/dx (x·sin x + x²·cos x)
    let f = |x: Dual<f64, 1>| derivative(|y| y.sin() * y * x, x);
    assert_close(derivative(f, 0.7), 1.934_719_613_788_648_2, 1e-15);
}

#[test]
fn three_levels_give_the_mixed_derivative() {
    // ∂³ exp(xyz) = exp(p)·(1 + 3p + p²), p = xyz
    let mixed = derivative(
        |x| {
            derivative(
                |y| derivative(|z| (z * y * Dual::constant(x)).exp(), Dual::constant(Dual::constant(2.0))),
                Dual::constant(0.5),
            )
        },
        1.0,
    );
    assert_close(mixed, 13.591_409_142_295_227, 1e-15);
}

#[test]
fn hvp_at_rosenbrocks_start_is_the_reference() {
    assert_eq!(hvp(rosenbrock, &[-1.2, 1.0], &[0.5, -2.0]), [-295.0, -160.0]);
}

// Transforms of transforms

fn rosenbrock<T: Float>(x: &[T]) -> T {
    let c = |x: f64| T::from(x).unwrap();
    (T::one() - x[0]).powi(2) + c(100.0) * (x[1] - x[0] * x[0]).powi(2)
}

/// ∏ sin(i·xᵢ)
fn waves<T: Float>(x: &[T]) -> T {
    let wave = |(i, &x): (usize, &T)| (T::from(i + 1).unwrap() * x).sin();
    x.iter().enumerate().map(wave).fold(T::one(), |product, wave| product * wave)
}

#[test]
fn the_jacobian_of_the_gradient_is_the_hessian() {
    let x = [0.3, -0.8, 1.1];
    let h = hessian(waves, &x);
    assert_eq!(jacfwd(grad(waves))(&x), h);
    assert_eq!(jacobian(|x| gradient(waves, x), &x), h.to_vec());
    let x = x.to_vec();
    assert_eq!(jacfwd(grad(waves))(&x), h);
    assert_eq!(jacobian(|x| gradient(waves, x), &x), h.map(Vec::from).to_vec());
}

#[test]
fn the_jacobian_of_the_jacobian_of_the_gradient_is_the_third_derivative() {
    let x = [0.3, -0.8, 1.1];
    let third = jacfwd(jacfwd(grad(waves)))(&x);
    for [i, j, k] in (0..27).map(|n| [n / 9, n / 3 % 3, n % 3]) {
        // The n-th derivative of sin(a·x) is aⁿ·sin(a·x + n·π/2).
        let factor = |(l, (a, x)): (usize, (f64, f64))| {
            let order = [i, j, k].iter().filter(|&&index| index == l).count();
            let (sin, cos) = (a * x).sin_cos();
            [sin, a * cos, -a * a * sin, -a * a * a * cos][order]
        };
        let expected = [1.0, 2.0, 3.0].into_iter().zip(x).enumerate().map(factor).product();
        assert_close(third[i][j][k], expected, 1e-14);
    }
}

#[test]
fn transforms_of_several_arguments_compose() {
    fn bilinear<T: Float>(a: &[T], b: &[T]) -> T {
        a[0] * a[0] * b[0] + a[1] * b[0] * b[1]
    }
    let (a, b) = ([2.0, 3.0], [5.0, 7.0]);
    let mixed = jacfwd2(grad2(bilinear, ARG0), ARG1)(&a, &b);
    assert_eq!(mixed, [[4.0, 0.0], [7.0, 5.0]]);
    let mixed = jacfwd2(grad2(bilinear, ARG1), ARG0)(&a, &b);
    assert_eq!(mixed, [[4.0, 7.0], [0.0, 5.0]]);
}

// Functions that differentiate

#[test]
fn the_gradient_of_a_squared_gradient_norm_is_twice_the_hessian_times_the_gradient() {
    let x = [-1.2, 1.0];
    let norm = |x: &[Dual<f64, 2>]| gradient(rosenbrock, x).into_iter().map(|g| g * g).sum();
    let (g, h) = (gradient(rosenbrock, &x), hessian(rosenbrock, &x));
    let expected = h.map(|row| 2.0 * (row[0] * g[0] + row[1] * g[1]));
    for (found, expected) in gradient(norm, &x).into_iter().zip(expected) {
        assert_close(found, expected, 1e-15);
    }
}

#[test]
fn the_gradient_of_a_function_of_a_jacobian_is_its_closed_form() {
    // The determinant of the Jacobian of polar coordinates is r.
    let determinant = |x: &[Dual<f64, 2>]| {
        let [[a, b], [c, d]] = jacobian(|x| [x[0] * x[1].cos(), x[0] * x[1].sin()], &[x[0], x[1]]);
        a * d - b * c
    };
    let [wrt_r, wrt_phi] = gradient(determinant, &[2.0, 0.6]);
    assert_close(wrt_r, 1.0, 1e-15);
    assert!(wrt_phi.abs() <= 1e-15, "{wrt_phi:e}");
}

#[test]
fn the_gradient_of_a_curvature_is_the_third_derivative_along_the_vector() {
    // f = x²y³: v·Hv at v = (1, 2) is 2y³ + 24xy² + 24x²y
    let f = |x: &[_]| -> Dual<Dual<Dual<f64, 2>, 1>, 2> { x[0] * x[0] * x[1] * x[1] * x[1] };
    let curvature = |x: &[Dual<f64, 2>]| {
        let [a, b] = hvp(f, &[x[0], x[1]], &[Dual::lit(1.0), Dual::lit(2.0)]);
        a + b * 2.0
    };
    let (x, y) = (3.0, 5.0);
    assert_eq!(
        gradient(curvature, &[x, y]),
        [24.0 * y * y + 48.0 * x * y, 6.0 * y * y + 48.0 * x * y + 24.0 * x * x]
    );
}

#[test]
fn a_driver_inside_a_function_of_any_float_serves_every_order() {
    /// f′(x) of f = x⁵
    fn slope<T: Real>(x: T) -> T {
        derivative(|x| x.powi(5), x)
    }
    assert_eq!(slope(2.0), 80.0);
    assert_eq!(slope(2.0_f32), 80.0);
    assert_eq!(derivative(slope, 2.0), 160.0);
    assert_eq!(derivative(|x| derivative(slope, x), 2.0), 240.0);
    assert_eq!(hessian(|x| slope(x[0]), &[2.0]), [[240.0]]);
}

// Solvers

/// The x where f′(x) = p, by Newton's method.
fn solve_slope<T: Real>(f: impl Fn(Dual<Dual<T, 1>, 1>) -> Dual<Dual<T, 1>, 1>, p: T, start: f64) -> T {
    // Newton's steps double the digits of the value first and then those of each derivative.
    (0..12).fold(T::lit(start), |x, _| {
        let (slope, curvature) = value_and_derivative(|x| derivative(&f, x), x);
        x - (slope - p) / curvature
    })
}

/// f*(p) = p·x − f(x) where f′(x) = p
fn legendre<T: Real>(f: impl Fn(Dual<Dual<T, 1>, 1>) -> Dual<Dual<T, 1>, 1>, p: T, start: f64) -> T {
    let x = solve_slope(&f, p, start);
    p * x - f(Dual::constant(Dual::constant(x))).re.re
}

#[test]
fn the_legendre_transforms_slope_is_the_argument_and_its_curvature_the_inverse() {
    // f = eˣ: f* = p·ln p − p, f*′ = ln p, f*″ = 1/p
    for p in [0.5, 1.7, 3.0] {
        let conjugate = legendre(Dual::exp, p, 0.5);
        assert!((conjugate - (p * p.ln() - p)).abs() <= 1e-15);
        let slope = derivative(|p| legendre(Dual::exp, p, 0.5), p);
        assert_close(slope, p.ln(), 1e-15);
        let curvature = derivative(|p| derivative(|p| legendre(Dual::exp, p, 0.5), p), p);
        assert_close(curvature, 1.0 / p, 1e-15);
    }
}

#[test]
fn the_legendre_transform_is_an_involution() {
    // f = x⁴/4 + x²/2
    fn f<T: Real>(x: T) -> T {
        x.powi(4) / T::lit(4.0) + x * x / T::lit(2.0)
    }
    let twice = legendre(|p| legendre(f, p, 1.0), 1.3, 2.0);
    assert_close(twice, f(1.3), 1e-14);
    // The slope of the transform of the transform is that of the function.
    let slope = derivative(|x| legendre(|p| legendre(f, p, 1.0), x, 2.0), 1.3);
    assert_close(slope, 1.3.powi(3) + 1.3, 1e-14);
}

#[test]
fn the_gradient_of_a_newton_iteration_is_that_of_its_limit() {
    /// √a by Newton's method, the derivative of x² − a taken by a driver.
    fn root<T: Real>(a: T) -> T {
        (0..8).fold(T::lit(1.5), |x, _| {
            let (residual, slope) = value_and_derivative(|x| x * x - a, x);
            x - residual / slope
        })
    }
    for a in [0.5, 2.0, 3.7] {
        assert_close(root(a), a.sqrt(), 4e-16);
        assert_close(derivative(root, a), 0.5 / a.sqrt(), 1e-15);
        assert_close(derivative(|a| derivative(root, a), a), -0.25 / (a * a.sqrt()), 1e-15);
    }

    /// Kepler's equation E − e·sin E = M for E.
    fn anomaly<T: Real>(x: &[T]) -> T {
        let (e, m) = (x[0], x[1]);
        (0..10).fold(m, |anomaly, _| {
            let (residual, slope) = value_and_derivative(|a| a - a.sin() * e - m, anomaly);
            anomaly - residual / slope
        })
    }
    let x = [0.6, 1.2];
    let (sin, cos) = anomaly(&x).sin_cos();
    let [wrt_e, wrt_m] = grad(anomaly)(&x);
    assert_close(wrt_e, sin / (1.0 - 0.6 * cos), 1e-15);
    assert_close(wrt_m, 1.0 / (1.0 - 0.6 * cos), 1e-15);
}

// Pearlmutter and Siskind's examples

/// Gradient descent as in `GradBench`: the step starts at 1e-5, doubles after ten successes and halves on a failure;
/// it ends where gradient or step is at most 1e-5. `f` gives value and gradient.
fn argmin<T: Real, const N: usize>(f: impl Fn([T; N]) -> (T, [T; N]), start: [T; N]) -> [T; N] {
    let norm = |v: [T; N]| v.iter().fold(T::zero(), |sum, &x| sum + x * x).sqrt();
    let (mut x, mut eta, mut successes) = (start, T::lit(1e-5), 0);
    let (mut value, mut gradient) = f(x);
    while norm(gradient) > T::lit(1e-5) {
        if successes == 10 {
            (eta, successes) = (eta + eta, 0);
            continue;
        }
        let next: [T; N] = core::array::from_fn(|i| x[i] - eta * gradient[i]);
        if norm(core::array::from_fn(|i| next[i] - x[i])) <= T::lit(1e-5) {
            break;
        }
        let (next_value, next_gradient) = f(next);
        if next_value < value {
            (x, value, gradient, successes) = (next, next_value, next_gradient, successes + 1);
        } else {
            (eta, successes) = (eta / T::lit(2.0), 0);
        }
    }
    x
}

/// A charged particle that flies past two others, one of which `w` moves, in Euler's steps of 0.1 until it reaches
/// y = 0; the square of its x there. The force is the gradient of the potential, taken by the driver.
fn particle<T: Number>(w: T) -> T {
    let n = |x: f64| T::lit(x);
    let dt = n(0.1);
    let (mut x, mut v) = ([n(0.0), n(8.0)], [n(0.75), n(0.0)]);
    loop {
        let potential = |x: &[Dual<T, 2>]| {
            [n(10.0) - w, n(0.0)].into_iter().fold(Dual::lit(0.0), |sum, y| {
                let (dx, dy) = (x[0] - n(10.0), x[1] - y);
                sum + (dx * dx + dy * dy).sqrt().recip()
            })
        };
        let force = gradient(potential, &x).map(|g| -g);
        x = [x[0] + dt * v[0], x[1] + dt * v[1]];
        if x[1] <= n(0.0) {
            let rest = -x[1] / v[1];
            return (x[0] + rest * v[0]).powi(2);
        }
        v = [v[0] + dt * force[0], v[1] + dt * force[1]];
    }
}

#[test]
fn the_particles_derivatives_are_the_references() {
    for (w, value, first, second) in [
        (0.0, 3.199_079_002_508_262_7, -19.404_636_450_028_153, -71.092_469_250_564_5),
        (0.1, 1.171_779_285_066_890_4, -18.554_209_133_466_273, 84.972_588_444_512_47),
    ] {
        assert_close(particle(w), value, 1e-13);
        assert_close(derivative(particle, w), first, 1e-13);
        assert_close(derivative(|w| derivative(particle, w), w), second, 1e-13);
    }
}

#[test]
fn the_descent_over_the_particle_ends_where_gradbenchs_does() {
    let [w] = argmin(
        |w| {
            let (value, slope) = value_and_derivative(particle, w[0]);
            (value, [slope])
        },
        [0.0],
    );
    assert_close(w, 0.207_191_874_648_611_6, 1e-13);
}

#[test]
fn the_saddle_found_by_descent_through_descent_is_gradbenchs() {
    /// The y where (x₀² + x₁²) − (y₀² + y₁²) is largest.
    fn best<T: Number>(x: [T; 2]) -> [T; 2] {
        let negated = |y: &[Dual<T, 2>]| y[0] * y[0] + y[1] * y[1] - (x[0] * x[0] + x[1] * x[1]);
        argmin(|y| tangents::value_and_gradient(negated, &y), [T::one(); 2])
    }
    fn worst<T: Number>(x: &[T]) -> T {
        let y = best([x[0], x[1]]);
        x[0] * x[0] + x[1] * x[1] - (y[0] * y[0] + y[1] * y[1])
    }
    let x = argmin(|x| tangents::value_and_gradient(worst, &x), [1.0; 2]);
    let y = best(x);
    for found in [x, y].concat() {
        assert_close(found, 8.246_324_826_140_356e-6, 1e-13);
    }
}
