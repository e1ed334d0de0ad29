//! The drivers of second and third order beside [`hessian`], against closed forms, for every kind of point, and what they
//! say to wrong shapes.

// Indices of matrices and tensors, as in the formulas.
#![allow(clippy::needless_range_loop)]

use std::cell::Cell;

use num_traits::Float;
use tangents::point::Exactly;
use tangents::{
    Dual, Error, HyperDual, Point, Real, ValueJacobianHessians, Workspace, divergence, gradient, hessian,
    hessians, hvp, laplacian, partial, third_derivatives, value_and_divergence, value_and_hessians,
    value_and_laplacian, value_and_partial, value_and_third_derivatives, value_and_vhv,
    value_gradient_and_hessian, value_jacobian_and_hessians, value_jvp_and_vhv, vhv,
};

use crate::panics::{assert_panics, panic_of, shape, two_shapes, wrong_direction};

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

/// Π xᵢ^pᵢ with p = 1, 2, 3, 1, 2, 3, …, whose every derivative is a product again.
fn monomial<T: Float>(x: &[T]) -> T {
    x.iter().enumerate().fold(T::one(), |product, (i, x)| product * x.powi(power(i)))
}

fn power(i: usize) -> i32 {
    1 + i32::try_from(i % 3).unwrap()
}

/// The derivative of [`monomial`] in the coordinates `wrt`.
fn derivative_of_monomial(x: &[f64], wrt: &[usize]) -> f64 {
    let mut product = 1.0;
    for (i, &x) in x.iter().enumerate() {
        let mut p = power(i);
        for _ in wrt.iter().filter(|&&k| k == i) {
            product *= f64::from(p);
            p -= 1;
        }
        if p >= 0 {
            product *= x.powi(p);
        }
    }
    product
}

fn coordinates(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.7 + 0.1 * f64::from(u8::try_from(i % 8).unwrap())).collect()
}

#[track_caller]
fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-13 * expected.abs().max(1e-3), "{found:e}, not {expected:e}");
}

/// A field of three components, the second of them without a second derivative.
fn field<T: Float>(x: &[T]) -> Vec<T> {
    vec![monomial(x), x[0] * c(3.0), x[0].exp() * x[x.len() - 1]]
}

fn check_hessians_of_field(x: &[f64], found: &[Vec<Vec<f64>>]) {
    let n = x.len();
    assert_eq!(found.len(), 3);
    for i in 0..n {
        for j in 0..n {
            assert_close(found[0][i][j], derivative_of_monomial(x, &[i, j]));
            assert_eq!(found[1][i][j], 0.0);
            let exp = x[0].exp();
            let expected = match (i, j) {
                (0, 0) if n == 1 => exp * (x[0] + 2.0),
                (0, 0) => exp * x[n - 1],
                (0, j) if j == n - 1 => exp,
                (i, 0) if i == n - 1 => exp,
                _ => 0.0,
            };
            assert_close(found[2][i][j], expected);
            assert_eq!(found[2][i][j].to_bits(), found[2][j][i].to_bits());
        }
    }
}

#[test]
fn hessians_of_a_field_are_the_closed_forms() {
    for n in [1, 2, 7, 8, 9, 17] {
        let x = coordinates(n);
        let found = hessians(field, &x);
        check_hessians_of_field(&x, &found);
        let ValueJacobianHessians { value, jacobian, hessians: again } =
            value_jacobian_and_hessians(field, &x);
        assert_eq!(value, field(&x));
        assert_eq!(again, found);
        for (i, row) in jacobian.iter().enumerate() {
            let expected = gradient(|x: &[Dual<f64, 8>]| field(x)[i], &x);
            assert_eq!(*row, expected);
        }

        let mut flat = vec![f64::NAN; 3 * n * n];
        Workspace::new().hessians(|x, y| y.copy_from_slice(&field(x)), &x, &mut flat).unwrap();
        assert_eq!(flat, found.concat().concat());

        let (mut into_value, mut into_jacobian) = (vec![f64::NAN; 3], vec![f64::NAN; 3 * n]);
        let write = |x: &[_], y: &mut [_]| y.copy_from_slice(&field(x));
        flat.fill(f64::NAN);
        Workspace::new().value_and_hessians(write, &x, &mut into_value, &mut flat).unwrap();
        assert_eq!((&into_value, &flat), (&value, &found.concat().concat()));
        assert_eq!(value_and_hessians(field, &x), (value.clone(), found.clone()));
        into_value.fill(f64::NAN);
        flat.fill(f64::NAN);
        let workspace = &mut Workspace::new();
        workspace
            .value_jacobian_and_hessians(write, &x, &mut into_value, &mut into_jacobian, &mut flat)
            .unwrap();
        assert_eq!((into_value, into_jacobian, flat), (value, jacobian.concat(), found.concat().concat()));
    }
    let x = [0.7, 0.8, 0.9];
    let found = hessians(|x| [monomial(x), x[0] * 3.0, x[0].exp() * x[2]], &x);
    check_hessians_of_field(&x, &found.map(|h| h.map(Vec::from).to_vec()));
    let empty: [f64; 0] = [];
    assert_eq!(hessians(|x| [monomial(x)], &empty), [[[0.0; 0]; 0]]);
}

#[test]
fn curvature_along_a_direction_is_the_quadratic_form_of_the_hessian() {
    for n in [1, 2, 9] {
        let (x, v) = (coordinates(n), coordinates(n + 3)[3..].to_vec());
        let mut expected = (monomial(&x), 0.0, 0.0);
        for i in 0..n {
            expected.1 += v[i] * derivative_of_monomial(&x, &[i]);
            for j in 0..n {
                expected.2 += v[i] * derivative_of_monomial(&x, &[i, j]) * v[j];
            }
        }
        let found = value_jvp_and_vhv(monomial, &x, &v);
        assert_eq!(found.value, expected.0);
        assert_close(found.jvp, expected.1);
        assert_close(found.vhv, expected.2);
        assert_eq!(vhv(monomial, &x, &v), found.vhv);
        assert_eq!(value_and_vhv(monomial, &x, &v), (found.value, found.vhv));
        assert_eq!(Workspace::new().value_jvp_and_vhv(monomial, &x, &v), Ok(found));
        assert_eq!(Workspace::new().value_and_vhv(monomial, &x, &v), Ok((found.value, found.vhv)));
        assert_eq!(Workspace::new().vhv(monomial, &x, &v), Ok(found.vhv));
        let hv = hvp(monomial, &x, &v);
        assert_close(hv.iter().zip(&v).map(|(h, v)| h * v).sum(), found.vhv);
    }
    assert_eq!(vhv(|x| x[0] * x[1], &[1.0, 2.0], &[3.0, 5.0]), 30.0);
    let wrong = Error::Length { what: "tangent", expected: 2, found: 1 };
    assert_panics(&wrong_direction(2, 1), || _ = vhv(monomial, &vec![1.0, 2.0], &vec![1.0]));
    assert_eq!(Workspace::new().value_jvp_and_vhv(monomial, &[1.0, 2.0], &[1.0]), Err(wrong));
}

#[test]
fn the_laplacian_is_the_trace_of_the_hessian() {
    for n in [1, 2, 9] {
        let x = coordinates(n);
        let expected = (0..n).map(|i| derivative_of_monomial(&x, &[i, i])).sum();
        assert_close(laplacian(monomial, &x), expected);
        let (value, found) = value_and_laplacian(monomial, &x);
        assert_eq!((value, found), (monomial(&x), laplacian(monomial, x.as_slice())));
        assert_eq!(Workspace::new().value_and_laplacian(monomial, &x), (value, found));
        assert_eq!(Workspace::new().laplacian(monomial, &x), found);
    }
    // Harmonic: the real part of (x + iy)³.
    assert_eq!(laplacian(|x| x[0].powi(3) - x[0] * x[1] * x[1] * 3.0, &[1.5, 0.5]), 0.0);
    let empty: [f64; 0] = [];
    assert_eq!(value_and_laplacian(|_| HyperDual::constant(2.0), &empty), (2.0, 0.0));
}

#[test]
fn the_divergence_is_the_trace_of_the_jacobian() {
    for n in [1, 2, 9, 17] {
        let x = coordinates(n);
        // fᵢ = xᵢ·Σ xₖ, divergence (n + 1)·Σ xₖ
        let found = divergence(
            |x| {
                let sum = Dual::sum(x);
                x.iter().map(|&x| x * sum).collect::<Vec<_>>()
            },
            &x,
        );
        assert_close(found, c::<f64>(f64::from(u32::try_from(n + 1).unwrap())) * x.iter().sum::<f64>());
    }
    assert_eq!(divergence(|x| [x[0] * x[1], x[0] - x[1]], &[2.0, 3.0]), 2.0);
    assert_eq!(value_and_divergence(|x| [x[0] * x[1], x[0] - x[1]], &[2.0, 3.0]), ([6.0, -1.0], 2.0));
    let empty: [f64; 0] = [];
    assert_eq!(divergence(|_: &[Dual<f64, 0>]| -> [Dual<f64, 0>; 0] { [] }, &empty), 0.0);
    let message = format!("the vector of the field must have the shape of the point: {}", shape(2, 1));
    assert_panics(&message, || _ = divergence(|x| vec![x[0]], &vec![1.0, 2.0]));
}

#[test]
fn partial_derivatives_to_the_fourth_are_the_closed_forms() {
    let x = coordinates(5);
    for i in 0..5 {
        assert_close(partial(monomial, &x, [i]), derivative_of_monomial(&x, &[i]));
        for j in 0..5 {
            assert_close(partial(monomial, &x, [i, j]), derivative_of_monomial(&x, &[i, j]));
            for k in 0..5 {
                assert_close(partial(monomial, &x, [i, j, k]), derivative_of_monomial(&x, &[i, j, k]));
                let fourth = partial(monomial, &x, [i, j, k, 2]);
                assert_close(fourth, derivative_of_monomial(&x, &[i, j, k, 2]));
            }
        }
    }
    assert_eq!(partial(|x| x[0] * x[1], &[2.0, 3.0], [1, 0]), 1.0);
    let (value, fourth) = value_and_partial(monomial, &x, [4, 1, 3, 2]);
    assert_eq!((value, fourth), (monomial(&x), partial(monomial, &x, [4, 1, 3, 2])));
    let message = "a derivative in coordinate 2, but the point has 2, counted from 0";
    assert_panics(message, || _ = partial(|x| x[0] * x[1], &[2.0, 3.0], [0, 2]));
}

#[test]
fn third_derivatives_are_the_closed_forms() {
    for n in [1, 2, 9] {
        let x = coordinates(n);
        let found = third_derivatives(monomial, &x);
        assert_eq!(value_and_third_derivatives(monomial, &x), (monomial(&x), found.clone()));
        for i in 0..n {
            for j in 0..n {
                for k in 0..n {
                    assert_close(found[i][j][k], derivative_of_monomial(&x, &[i, j, k]));
                }
            }
        }
    }
    let x = [0.7, 0.8, 0.9];
    let found = third_derivatives(monomial, &x);
    for (i, j, k) in (0..27).map(|m| (m / 9, m / 3 % 3, m % 3)) {
        assert_close(found[i][j][k], derivative_of_monomial(&x, &[i, j, k]));
    }
}

#[test]
fn drivers_evaluate_as_often_as_documented() {
    let evaluations = Cell::new(0);
    let count = || evaluations.set(evaluations.get() + 1);
    let after = |expected: usize| {
        assert_eq!(evaluations.replace(0), expected);
    };
    let x = coordinates(17);
    let array: [f64; 10] = coordinates(10).try_into().unwrap();
    macro_rules! counted {
        ($f:expr) => {
            |x| {
                count();
                $f(x)
            }
        };
    }
    let _ = hessian(counted!(monomial), &array);
    after(1);
    let _ = hessian(counted!(monomial), &x);
    after(6);
    let _ = hessians(counted!(field), &x);
    after(6);
    let _ = vhv(counted!(monomial), &x, &x);
    after(1);
    let _ = laplacian(counted!(monomial), &x);
    after(17);
    let _ = divergence(counted!(|x: &[Dual<f64, 8>]| x.to_vec()), &x);
    after(3);
    let _ = partial(counted!(monomial), &x, [3, 1, 2]);
    after(1);
    let _ = third_derivatives(counted!(monomial), &array);
    after(10);
}

#[test]
fn wrong_lengths_are_errors_of_a_workspace_and_panics_of_a_call() {
    let mut buffer = [f64::NAN; 7];
    let error = Workspace::new().hessians(|_, _| panic!("evaluated"), &[1.0, 2.0], &mut buffer);
    assert_eq!(error, Err(Error::Length { what: "Hessians", expected: 4, found: 7 }));
    assert!(buffer.iter().all(|x| x.is_nan()));

    let calls = Cell::new(0);
    let ragged = |x: &[Dual<Dual<f64, 8>, 8>]| {
        calls.set(calls.get() + 1);
        x[..calls.get()].to_vec()
    };
    assert_panics(&two_shapes(1, 2), || _ = hessians(ragged, &coordinates(9)));
    assert_panics(&two_shapes(3, 4), || _ = value_and_hessians(ragged, &coordinates(9)));
    assert_panics(&two_shapes(5, 6), || _ = value_jacobian_and_hessians(ragged, &coordinates(9)));
}

/// Five coordinates, with `N` lanes all the same.
struct Narrow<const N: usize>;

const OF_NARROW: [f64; 5] = [1.0, 2.0, 0.7, -0.4, 1.3];

impl<const N: usize> Point for Narrow<N> {
    type Scalar = f64;
    type Lanes = Exactly<N>;
    type Family = [f64; 5];

    fn dim(&self) -> usize {
        5
    }
    fn lift<D>(&self, coordinate: &mut impl FnMut(&f64) -> D, _: &mut impl FnMut(&f64) -> D) -> [D; 5] {
        OF_NARROW.map(|x| coordinate(&x))
    }
    fn coordinate<D>(of: &mut [D; 5], i: usize) -> Result<&mut D, usize> {
        of.get_mut(i).ok_or(i.wrapping_sub(5))
    }
    fn argument<D>(of: &[D; 5]) -> &[D] {
        of
    }
}

#[test]
fn one_lane_for_several_coordinates_is_refused_by_name() {
    let refused = panic_of(|| _ = hessian(|x| x[0] * x[1], &Narrow::<1>)).unwrap();
    assert_eq!(refused.message, "a `HyperDual` of one lane has no mixed derivatives of the 5 coordinates");
    assert_eq!(gradient(|x| x[0] * x[1], &Narrow::<1>), [2.0, 1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn fewer_lanes_than_coordinates_give_the_same_bits() {
    fn check<const N: usize>() {
        fn f<T: Real>(x: &[T]) -> T {
            monomial(x) + (x[0] * x[3]).sin() * (x[4] - x[1]).exp()
        }
        let at = value_gradient_and_hessian(f, &Narrow::<N>);
        assert_eq!(at, value_gradient_and_hessian(f, &OF_NARROW));
        assert_eq!(gradient(f, &Narrow::<N>), at.gradient);
    }
    check::<2>();
    check::<3>();
    check::<4>();
    check::<7>();
}
