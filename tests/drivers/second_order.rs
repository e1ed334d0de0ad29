//! The drivers of second and third order beside [`hessian`], against closed forms, for every kind of point, and what they
//! say to wrong shapes.

// Indices of matrices and tensors, as in the formulas.
#![allow(clippy::needless_range_loop)]

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use num_traits::Float;
use tangents::{
    Dual, Error, HyperDual, Point, Real, Workspace, divergence, gradient, hessian, hessians, hessians_into,
    hvp, laplacian, partial, third_derivatives, value_and_laplacian, value_and_laplacian_into,
    value_jacobian_hessians, value_jvp_vhv, value_jvp_vhv_into, vhv,
};

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
        let found = hessians(field, &x).unwrap();
        check_hessians_of_field(&x, &found);
        let (value, jacobian, again) = value_jacobian_hessians(field, &x).unwrap();
        assert_eq!(value, field(&x));
        assert_eq!(again, found);
        for (i, row) in jacobian.iter().enumerate() {
            let expected = gradient(|x: &[Dual<f64, 8>]| field(x)[i], &x);
            assert_eq!(*row, expected);
        }

        let mut flat = vec![f64::NAN; 3 * n * n];
        hessians_into(|x, y| y.copy_from_slice(&field(x)), &x, &mut flat, &mut Workspace::new()).unwrap();
        assert_eq!(flat, found.concat().concat());
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
        let found = value_jvp_vhv(monomial, &x, &v).unwrap();
        assert_eq!(found.0, expected.0);
        assert_close(found.1, expected.1);
        assert_close(found.2, expected.2);
        assert_eq!(vhv(monomial, &x, &v).unwrap(), found.2);
        assert_eq!(value_jvp_vhv_into(monomial, &x, &v, &mut Workspace::new()), Ok(found));
        let hv = hvp(monomial, &x, &v).unwrap();
        assert_close(hv.iter().zip(&v).map(|(h, v)| h * v).sum(), found.2);
    }
    assert_eq!(vhv(|x| x[0] * x[1], &[1.0, 2.0], &[3.0, 5.0]), 30.0);
    let wrong = Error::Length { what: "tangent", expected: 2, found: 1 };
    assert_eq!(vhv(monomial, &vec![1.0, 2.0], &vec![1.0]), Err(wrong));
    assert_eq!(value_jvp_vhv_into(monomial, &[1.0, 2.0], &[1.0], &mut Workspace::new()), Err(wrong));
}

#[test]
fn the_laplacian_is_the_trace_of_the_hessian() {
    for n in [1, 2, 9] {
        let x = coordinates(n);
        let expected = (0..n).map(|i| derivative_of_monomial(&x, &[i, i])).sum();
        assert_close(laplacian(monomial, &x), expected);
        let (value, found) = value_and_laplacian(monomial, &x);
        assert_eq!((value, found), (monomial(&x), laplacian(monomial, x.as_slice())));
        assert_eq!(value_and_laplacian_into(monomial, &x, &mut Workspace::new()), (value, found));
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
        assert_close(
            found.unwrap(),
            c::<f64>(f64::from(u32::try_from(n + 1).unwrap())) * x.iter().sum::<f64>(),
        );
    }
    assert_eq!(divergence(|x| [x[0] * x[1], x[0] - x[1]], &[2.0, 3.0]), 2.0);
    let empty: [f64; 0] = [];
    assert_eq!(divergence(|_: &[Dual<f64, 0>]| -> [Dual<f64, 0>; 0] { [] }, &empty), 0.0);
    let short = divergence(|x| vec![x[0]], &vec![1.0, 2.0]);
    assert_eq!(short, Err(Error::Length { what: "vector of the field", expected: 2, found: 1 }));
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
    let outside = catch_unwind(|| partial(|x| x[0] * x[1], &[2.0, 3.0], [0, 2]));
    let message = *outside.unwrap_err().downcast::<String>().unwrap();
    assert_eq!(message, "a derivative in coordinate 2, but the point has 2, counted from 0");
}

#[test]
fn third_derivatives_are_the_closed_forms() {
    for n in [1, 2, 9] {
        let x = coordinates(n);
        let found = third_derivatives(monomial, &x);
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
fn wrong_lengths_are_errors() {
    let mut buffer = [f64::NAN; 7];
    let error = hessians_into(|_, _| panic!("evaluated"), &[1.0, 2.0], &mut buffer, &mut Workspace::new());
    assert_eq!(error, Err(Error::Length { what: "Hessians", expected: 4, found: 7 }));
    assert!(buffer.iter().all(|x| x.is_nan()));

    let calls = Cell::new(0);
    let ragged = |x: &[Dual<Dual<f64, 8>, 8>]| {
        calls.set(calls.get() + 1);
        x[..calls.get()].to_vec()
    };
    assert_eq!(hessians(ragged, &coordinates(9)), Err(Error::Ragged { first: 1, later: 2 }));
}

/// One lane for two coordinates.
struct Narrow;

impl Point for Narrow {
    type Scalar = f64;
    type Dual<S: Real> = Dual<S, 1>;
    type Second<S: Real> = HyperDual<S, 1>;
    type Of<D> = [D; 2];
    type Argument<D> = [D; 2];
    type Outcome<R> = R;

    fn dim(&self) -> usize {
        2
    }
    fn map<D>(&self, f: impl FnMut(f64) -> D) -> [D; 2] {
        [1.0, 2.0].map(f)
    }
    fn coordinate<D>(of: &mut [D; 2], i: usize) -> &mut D {
        &mut of[i]
    }
    fn argument<D>(of: &[D; 2]) -> &[D; 2] {
        of
    }
    fn outcome<R>(result: Result<R, Error>) -> R {
        result.unwrap()
    }
}

#[test]
fn one_lane_for_two_coordinates_is_refused_by_name() {
    let refused = catch_unwind(AssertUnwindSafe(|| hessian(|x| x[0] * x[1], &Narrow)));
    let message = *refused.unwrap_err().downcast::<String>().unwrap();
    assert_eq!(message, "a `HyperDual` of one lane has no mixed derivatives of the 2 coordinates");
    assert_eq!(gradient(|x| x[0] * x[1], &Narrow), [2.0, 1.0]);
}
