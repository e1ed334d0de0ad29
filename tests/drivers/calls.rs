//! The drivers: every one against closed forms, for every kind of point, and what they say to wrong shapes.

// A function stands beside the assertions about it.
#![allow(clippy::items_after_statements)]

use std::cell::Cell;
use std::fmt::Debug;

use num_traits::Float;
use proptest::prelude::*;
use tangents::jax::{
    ARG0, ARG1, ARG2, ARG3, grad_aux, grad2, grad2_aux, grad3, grad3_aux, grad4, grad4_aux, jacfwd_aux,
    jacfwd2, jacfwd2_aux, jacfwd3, jacfwd3_aux, jacfwd4, jacfwd4_aux, value_and_grad_aux, value_and_grad2,
    value_and_grad2_aux, value_and_grad3, value_and_grad3_aux, value_and_grad4, value_and_grad4_aux,
};
use tangents::point::{Chunks, Number};
use tangents::{
    Dual, Error, HyperDual, Point, Real, ValueGradientHessian, Workspace, derivative, grad, gradient,
    hessian, hvp, jacfwd, jacobian, jvp, value_and_derivative, value_and_grad, value_and_gradient,
    value_and_hessian, value_and_hvp, value_and_jacobian, value_and_jvp, value_and_vhv,
    value_gradient_and_hessian, value_gradient_and_hvp, value_jvp_and_vhv, vhv,
};

use crate::panics::{assert_panics, panic_of, two_shapes, wrong_direction};

// Functions and their closed forms

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

fn sum<T: Float>(terms: impl IntoIterator<Item = T>) -> T {
    terms.into_iter().fold(T::zero(), |sum, term| sum + term)
}

fn rosenbrock<T: Float>(x: &[T]) -> T {
    sum(x.windows(2).map(|x| (T::one() - x[0]).powi(2) + c::<T>(100.0) * (x[1] - x[0].powi(2)).powi(2)))
}

fn rosenbrock_gradient<T: Float>(x: &[T]) -> Vec<T> {
    let mut g = vec![T::zero(); x.len()];
    for i in 1..x.len() {
        let valley = x[i] - x[i - 1] * x[i - 1];
        g[i - 1] = g[i - 1] - c::<T>(2.0) * (T::one() - x[i - 1]) - c::<T>(400.0) * x[i - 1] * valley;
        g[i] = g[i] + c::<T>(200.0) * valley;
    }
    g
}

fn rosenbrock_hessian<T: Float>(x: &[T]) -> Vec<Vec<T>> {
    let mut h = vec![vec![T::zero(); x.len()]; x.len()];
    for i in 1..x.len() {
        h[i - 1][i - 1] =
            h[i - 1][i - 1] + c(2.0) + c::<T>(1200.0) * x[i - 1] * x[i - 1] - c::<T>(400.0) * x[i];
        h[i][i] = h[i][i] + c(200.0);
        h[i - 1][i] = c::<T>(-400.0) * x[i - 1];
        h[i][i - 1] = h[i - 1][i];
    }
    h
}

const TAU: f64 = std::f64::consts::TAU;

fn ackley<T: Float>(x: &[T]) -> T {
    let n = T::from(x.len()).unwrap();
    let mean_square = sum(x.iter().map(|&x| x * x)) / n;
    let mean_wave = sum(x.iter().map(|&x| (c::<T>(TAU) * x).cos())) / n;
    c::<T>(-20.0) * (c::<T>(-0.2) * mean_square.sqrt()).exp() - mean_wave.exp() + c(20.0) + T::one().exp()
}

/// Gradient and Hessian of Ackley's function: with r = √(Σx²/n), u = 20·exp(−r/5) and w = exp(Σcos 2πx/n),
/// ∂ᵢ = u·xᵢ/(5nr) + w·(2π/n)·sin 2πxᵢ.
fn ackley_derivatives<T: Float>(x: &[T]) -> (Vec<T>, Vec<Vec<T>>) {
    let n = T::from(x.len()).unwrap();
    let r = (sum(x.iter().map(|&x| x * x)) / n).sqrt();
    let u = c::<T>(20.0) * (c::<T>(-0.2) * r).exp();
    let w = (sum(x.iter().map(|&x| (c::<T>(TAU) * x).cos())) / n).exp();
    let wave: Vec<T> = x.iter().map(|&x| c::<T>(TAU) / n * (c::<T>(TAU) * x).sin()).collect();
    let five = c::<T>(5.0);
    let gradient = x.iter().zip(&wave).map(|(&x, &s)| u * x / (five * n * r) + w * s).collect();
    let hessian = (0..x.len())
        .map(|i| {
            (0..x.len())
                .map(|j| {
                    let bowl = u * x[i] * x[j] / (five * n * n * r * r) * (-T::one() / five - T::one() / r);
                    let ripple = -w * wave[i] * wave[j];
                    if i == j {
                        bowl + u / (five * n * r)
                            + ripple
                            + w * c::<T>(TAU * TAU) / n * (c::<T>(TAU) * x[i]).cos()
                    } else {
                        bowl + ripple
                    }
                })
                .collect()
        })
        .collect();
    (gradient, hessian)
}

/// Griewank's Helmholtz energy of a mixture, with RT = 1, bᵢ = i/10 and Aᵢⱼ = 1/(i + j):
/// Σ xᵢ ln(xᵢ/(1 − b·x)) − x·Ax/(√8·b·x) · ln((1 + (1 + √2)·b·x)/(1 + (1 − √2)·b·x)).
fn helmholtz<T: Float>(x: &[T]) -> T {
    let (b, ax) = helmholtz_terms(x);
    let (bx, q) = (dot(&b, x), dot(&ax, x));
    let mixing = sum(x.iter().map(|&x| x * (x / (T::one() - bx)).ln()));
    let [p, m] = [1.0 + 2.0.sqrt(), 1.0 - 2.0.sqrt()].map(c::<T>);
    mixing - q / (c::<T>(8.0.sqrt()) * bx) * ((T::one() + p * bx) / (T::one() + m * bx)).ln()
}

/// `b` and `Ax`.
fn helmholtz_terms<T: Float>(x: &[T]) -> (Vec<T>, Vec<T>) {
    let index = |i: usize| T::from(i + 1).unwrap();
    let b = (0..x.len()).map(|i| index(i) / c(10.0)).collect();
    let row = |i| sum(x.iter().enumerate().map(|(j, &x)| x / (index(i) + index(j))));
    (b, (0..x.len()).map(row).collect())
}

fn dot<T: Float>(a: &[T], b: &[T]) -> T {
    sum(a.iter().zip(b).map(|(&a, &b)| a * b))
}

/// Gradient and Hessian: with B = b·x, Q = x·Ax, X = Σx and G(B) = ln(…)/(√8·B), the energy is
/// Σ xᵢ ln xᵢ − X·ln(1 − B) − Q·G.
fn helmholtz_derivatives<T: Float>(x: &[T]) -> (Vec<T>, Vec<Vec<T>>) {
    let (one, two) = (T::one(), c::<T>(2.0));
    let (b, ax) = helmholtz_terms(x);
    let (bx, q, total) = (dot(&b, x), dot(&ax, x), sum(x.iter().copied()));
    let [p, m] = [1.0 + 2.0.sqrt(), 1.0 - 2.0.sqrt()].map(c::<T>);
    let root_8 = c::<T>(8.0.sqrt());
    let l0 = ((one + p * bx) / (one + m * bx)).ln();
    let l1 = p / (one + p * bx) - m / (one + m * bx);
    let l2 = (m / (one + m * bx)).powi(2) - (p / (one + p * bx)).powi(2);
    let g0 = l0 / (root_8 * bx);
    let g1 = (l1 - l0 / bx) / (root_8 * bx);
    let g2 = (l2 - two * (l1 - l0 / bx) / bx) / (root_8 * bx);
    let free = one - bx;
    let n = x.len();
    let gradient =
        (0..n).map(|i| (x[i] / free).ln() + one + total * b[i] / free - two * ax[i] * g0 - q * b[i] * g1);
    let index = |i: usize| T::from(i + 1).unwrap();
    let entry = |i: usize, j: usize| {
        let ideal = if i == j { one / x[i] } else { T::zero() };
        ideal + (b[i] + b[j]) / free + total * b[i] * b[j] / (free * free)
            - two / (index(i) + index(j)) * g0
            - two * (ax[i] * b[j] + ax[j] * b[i]) * g1
            - q * b[i] * b[j] * g2
    };
    let hessian = (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect());
    (gradient.collect(), hessian.collect())
}

/// A function of any number of coordinates, none included, that couples neighbours and has no zero derivative.
fn chain<T: Float>(x: &[T]) -> T {
    let ends = sum(x.iter().map(|&x| (x * c(0.5)).sin() / (x * x + T::one())));
    ends + sum(x.windows(2).map(|x| (x[0] * x[1]).tanh() + (x[0] - x[1]).exp()))
}

/// As many results as coordinates, each of two of them.
fn neighbours<T: Float>(x: &[T]) -> Vec<T> {
    (0..x.len()).map(|i| (x[i] * x[(i + 1) % x.len()]).sin() + x[i].exp()).collect()
}

fn neighbours_into<T: Float>(x: &[T], y: &mut [T]) {
    y.copy_from_slice(&neighbours(x));
}

fn polar<T: Float>(x: &[T]) -> [T; 2] {
    [x[0] * x[1].cos(), x[0] * x[1].sin()]
}

fn index(i: usize) -> f64 {
    u32::try_from(i).unwrap().into()
}

/// Coordinates without a pattern that chunks of lanes could share.
fn point<T: Float>(n: usize) -> Vec<T> {
    (0..n).map(|i| c((0.37 * index(i) + 0.2).sin() * 1.5)).collect()
}

fn array<T: Float + Debug, const N: usize>() -> [T; N] {
    point(N).try_into().unwrap()
}

// Comparing

/// Whether each entry is within 450 units of rounding (1e-13 in f64, 5e-5 in f32) of the row's largest.
#[track_caller]
fn assert_row<T: Float + Debug>(found: &[T], expected: &[T]) {
    assert_eq!(found.len(), expected.len());
    let scale = expected.iter().fold(T::zero(), |scale, x| scale.max(x.abs()));
    let limit = c::<T>(450.0) * T::epsilon() * scale;
    for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= limit, "entry {i}: {found:?}, not {expected:?}");
    }
}

#[track_caller]
fn assert_rows<T: Float + Debug, R: AsRef<[T]>, S: AsRef<[T]>>(found: &[R], expected: &[S]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert_row(found.as_ref(), expected.as_ref());
    }
}

trait Bits: Copy {
    fn bits(self) -> u64;
}

impl Bits for f32 {
    fn bits(self) -> u64 {
        u64::from(self.to_bits())
    }
}

impl Bits for f64 {
    fn bits(self) -> u64 {
        self.to_bits()
    }
}

/// `==` takes −0 for 0.
fn bits<T: Bits>(x: &[T]) -> Vec<u64> {
    x.iter().map(|x| x.bits()).collect()
}

fn row_bits<T: Bits, R: AsRef<[T]>>(rows: &[R]) -> Vec<Vec<u64>> {
    rows.iter().map(|row| bits(row.as_ref())).collect()
}

#[track_caller]
fn assert_symmetric<T: Bits, R: AsRef<[T]>>(h: &[R]) {
    for (i, row) in h.iter().enumerate() {
        assert_eq!(row.as_ref().len(), h.len());
        for (j, entry) in row.as_ref().iter().enumerate() {
            assert_eq!(entry.bits(), h[j].as_ref()[i].bits(), "entry ({i}, {j})");
        }
    }
}

// Closed forms

/// Two instances of a test body, in f64 and in f32.
macro_rules! in_both_precisions {
    ($($name:ident)*) => {$(
        mod $name {
            #[test]
            fn f64() {
                super::$name::<f64>();
            }
            #[test]
            fn f32() {
                super::$name::<f32>();
            }
        }
    )*};
}

in_both_precisions!(
    derivative_is_the_closed_form
    rosenbrock_has_its_closed_forms
    ackley_has_its_closed_forms
    helmholtz_has_its_closed_forms
    polar_coordinates_have_their_closed_forms
    affine_maps_have_their_matrix_to_the_bit
    quadratic_forms_have_their_matrix
    directional_drivers_are_products_with_the_closed_forms
    into_drivers_have_the_closed_forms
);

fn derivative_is_the_closed_form<T: Number + Debug + Bits>() {
    for x in [-2.0, -0.3, 0.0, 0.7, 3.0].map(T::lit) {
        let (value, slope) = value_and_derivative(|x| x.sin() * x.exp() + x * x, x);
        assert_eq!(value.bits(), (x.sin() * x.exp() + x * x).bits());
        assert_row(&[slope], &[(x.sin() + x.cos()) * x.exp() + x + x]);
        assert_eq!(derivative(|x| x.sin() * x.exp() + x * x, x).bits(), slope.bits());
    }
}

fn check_derivatives<T: Number + Debug, const N: usize>(
    ValueGradientHessian { value, gradient, hessian }: ValueGradientHessian<T, [T; N], [[T; N]; N]>,
    (expected_value, expected_gradient, expected_hessian): (T, Vec<T>, Vec<Vec<T>>),
) {
    assert_eq!(value, expected_value);
    assert_row(&gradient, &expected_gradient);
    assert_rows(&hessian, &expected_hessian);
}

fn rosenbrock_has_its_closed_forms<T: Number + Debug>() {
    fn check<T: Number + Debug, const N: usize>(x: [T; N]) {
        let expected = (rosenbrock(&x), rosenbrock_gradient(&x), rosenbrock_hessian(&x));
        check_derivatives(value_gradient_and_hessian(rosenbrock, &x), expected);
        assert_row(&gradient(rosenbrock, &x), &rosenbrock_gradient(&x));
        assert_row(&grad(rosenbrock)(&x), &rosenbrock_gradient(&x));
        assert_rows(&hessian(rosenbrock, &x), &rosenbrock_hessian(&x));
        assert_rows(&jacfwd(grad(rosenbrock))(&x), &rosenbrock_hessian(&x));
        assert_eq!(value_and_gradient(rosenbrock, &x).0, rosenbrock(&x));
        assert_eq!(value_and_grad(rosenbrock)(&x).0, rosenbrock(&x));
        assert_eq!(value_and_hessian(rosenbrock, &x).0, rosenbrock(&x));
    }
    check::<T, 0>([]);
    check::<T, 1>(array());
    check::<T, 2>([-1.2, 1.0].map(T::lit));
    check::<T, 10>(array());

    // At the minimum everything cancels exactly.
    assert_eq!(gradient(rosenbrock, &[T::one(); 10]), [T::zero(); 10]);

    let x: Vec<T> = point(100);
    assert_row(&gradient(rosenbrock, &x), &rosenbrock_gradient(&x));
    assert_rows(&hessian(rosenbrock, &x), &rosenbrock_hessian(&x));
}

fn ackley_has_its_closed_forms<T: Number + Debug>() {
    fn check<T: Number + Debug, const N: usize>() {
        let x: [T; N] = array();
        let (g, h) = ackley_derivatives(&x);
        check_derivatives(value_gradient_and_hessian(ackley, &x), (ackley(&x), g, h));
    }
    check::<T, 1>();
    check::<T, 2>();
    check::<T, 10>();

    let x: Vec<T> = point(17);
    let (g, h) = ackley_derivatives(&x);
    assert_row(&gradient(ackley, &x), &g);
    assert_rows(&hessian(ackley, x.as_slice()), &h);
}

fn helmholtz_has_its_closed_forms<T: Number + Debug>() {
    let x = [0.5, 0.7, 0.6, 0.4].map(T::lit);
    let (g, h) = helmholtz_derivatives(&x);
    check_derivatives(value_gradient_and_hessian(helmholtz, &x), (helmholtz(&x), g, h));

    let x: Vec<T> = (0..10).map(|i| T::lit(0.1 + 0.01 * f64::from(i))).collect();
    let (g, h) = helmholtz_derivatives(&x);
    assert_row(&gradient(helmholtz, &x), &g);
    assert_rows(&hessian(helmholtz, &x), &h);
}

fn polar_coordinates_have_their_closed_forms<T: Number + Debug>() {
    for [r, phi] in [[2.0, 0.0], [0.5, 2.3], [3.0, -1.1]].map(|x| x.map(T::lit)) {
        let expected = [[phi.cos(), -r * phi.sin()], [phi.sin(), r * phi.cos()]];
        assert_rows(&jacobian(polar, &[r, phi]), &expected);
        assert_rows(&jacfwd(polar)(&[r, phi]), &expected);
        let (value, jacobian) = value_and_jacobian(polar, &[r, phi]);
        assert_eq!(value, polar(&[r, phi]));
        assert_rows(&jacobian, &expected);
    }
}

fn affine_maps_have_their_matrix_to_the_bit<T: Number + Debug + Bits>() {
    fn check<T: Number + Debug + Bits, const N: usize>() {
        let matrix: Vec<T> = point(3 * N);
        let affine = |x: &[Dual<T, N>]| -> [Dual<T, N>; 3] {
            [0, 1, 2].map(|i| {
                let row = &matrix[i * N..][..N];
                x.iter().zip(row).fold(Dual::lit(0.3), |sum, (&x, &m)| sum + x * m)
            })
        };
        let j = jacobian(affine, &array::<T, N>());
        for i in 0..3 {
            assert_eq!(bits(&j[i]), bits(&matrix[i * N..][..N]));
        }
        let row = gradient(|x: &[Dual<T, N>]| affine(x)[1], &array::<T, N>());
        assert_eq!(bits(&row), bits(&matrix[N..2 * N]));
    }
    check::<T, 0>();
    check::<T, 1>();
    check::<T, 10>();

    for n in [1, 7, 8, 9, 16, 17, 100] {
        let matrix: Vec<T> = point(5 * n);
        let affine = |x: &[Dual<T, 8>]| -> Vec<Dual<T, 8>> {
            matrix.chunks(n).map(|row| x.iter().zip(row).map(|(&x, &m)| x * m).sum()).collect()
        };
        let j = jacobian(affine, &point::<T>(n));
        assert_eq!(row_bits(&j), row_bits(&matrix.chunks(n).collect::<Vec<_>>()));
    }
}

/// x·Ax with entries of A that are sums of few powers of two, so that nothing rounds.
fn quadratic_forms_have_their_matrix<T: Number + Debug>() {
    fn check<T: Number + Debug, const N: usize>() {
        let a = |i: usize, j: usize| T::lit(index(i * 5 % 7) - index(j * 3 % 4));
        let x: [T; N] = core::array::from_fn(|i| T::lit(index(i) - 2.5));
        let form = |x: &[HyperDual<T, N>]| {
            let mut form = HyperDual::lit(0.0);
            for (i, &xi) in x.iter().enumerate() {
                for (j, &xj) in x.iter().enumerate() {
                    form += xi * xj * HyperDual::constant(a(i, j));
                }
            }
            form
        };
        let ValueGradientHessian { gradient: g, hessian: h, .. } = value_gradient_and_hessian(form, &x);
        for i in 0..N {
            let row: [T; N] = core::array::from_fn(|j| a(i, j) + a(j, i));
            assert_eq!(h[i], row);
            assert_eq!(g[i], sum(row.iter().zip(&x).map(|(&a, &x)| a * x)));
        }
    }
    check::<T, 0>();
    check::<T, 1>();
    check::<T, 2>();
    check::<T, 10>();
}

fn product<T: Number>(matrix: &[Vec<T>], v: &[T]) -> Vec<T> {
    matrix.iter().map(|row| dot(row, v)).collect()
}

fn directional_drivers_are_products_with_the_closed_forms<T: Number + Debug>() {
    fn check<T: Number + Debug, const N: usize>() {
        let x: [T; N] = array();
        let v: [T; N] = core::array::from_fn(|i| T::lit(1.0 - 0.3 * index(i)));
        let slope = dot(&rosenbrock_gradient(&x), &v);
        assert_row(&[jvp(rosenbrock, &x, &v)], &[slope]);
        let (value, along) = value_and_jvp(rosenbrock, &x, &v);
        assert_eq!(value, rosenbrock(&x));
        assert_row(&[along], &[slope]);

        let curvature = product(&rosenbrock_hessian(&x), &v);
        assert_row(&hvp(rosenbrock, &x, &v), &curvature);
        let (value, along) = value_and_hvp(rosenbrock, &x, &v);
        assert_eq!(value, rosenbrock(&x));
        assert_row(&along, &curvature);

        let (x, v) = (x.to_vec(), v.to_vec());
        assert_row(&[jvp(rosenbrock, &x, &v)], &[slope]);
        assert_row(&[value_and_jvp(rosenbrock, &x[..], &v[..]).1], &[slope]);
        assert_row(&hvp(rosenbrock, &x, &v), &curvature);
        let (value, along) = value_and_hvp(rosenbrock, &x[..], &v[..]);
        assert_eq!(value, rosenbrock(&x));
        assert_row(&along, &curvature);
    }
    check::<T, 0>();
    check::<T, 1>();
    check::<T, 2>();
    check::<T, 10>();
    check::<T, 17>();

    let (r, phi) = (T::lit(2.0), T::lit(0.6));
    let v = [T::lit(0.5), T::lit(-3.0)];
    let expected = [phi.cos() * v[0] - r * phi.sin() * v[1], phi.sin() * v[0] + r * phi.cos() * v[1]];
    assert_row(&jvp(polar, &[r, phi], &v), &expected);
}

fn into_drivers_have_the_closed_forms<T: Number + Debug>() {
    let mut workspace = Workspace::<T>::new();
    for n in [0, 1, 2, 8, 17, 100] {
        let x: Vec<T> = point(n);
        let v: Vec<T> = (0..n).map(|i| T::lit(1.0 - 0.1 * index(i))).collect();
        let (g, h) = (rosenbrock_gradient(&x), rosenbrock_hessian(&x));
        let (mut g_into, mut h_into, mut hv_into) = (v.clone(), vec![T::nan(); n * n], v.clone());

        workspace.gradient(rosenbrock, &x, &mut g_into).unwrap();
        assert_row(&g_into, &g);
        workspace.hvp(rosenbrock, &x, &v, &mut hv_into).unwrap();
        assert_row(&hv_into, &product(&h, &v));
        workspace.hessian(rosenbrock, &x, &mut h_into).unwrap();
        if n > 0 {
            assert_rows(&h_into.chunks(n).collect::<Vec<_>>(), &h);
        }
    }

    let (mut y, mut j, mut jv) = ([T::nan(); 2], [T::nan(); 4], [T::nan(); 2]);
    let x = [T::lit(2.0), T::lit(0.6)];
    let expected = [x[1].cos(), -x[0] * x[1].sin(), x[1].sin(), x[0] * x[1].cos()];
    let v = [T::lit(0.5), T::lit(-3.0)];
    let expected_jv = [dot(&expected[..2], &v), dot(&expected[2..], &v)];
    workspace.jacobian(|x, y| y.copy_from_slice(&polar(x)), &x, &mut j).unwrap();
    assert_rows(&[&j[..2], &j[2..]], &[&expected[..2], &expected[2..]]);
    workspace.value_and_jacobian(|x, y| y.copy_from_slice(&polar(x)), &x, &mut y, &mut j).unwrap();
    assert_eq!(y, polar(&x));
    assert_rows(&[&j[..2], &j[2..]], &[&expected[..2], &expected[2..]]);
    workspace.jvp(|x, y| y.copy_from_slice(&polar(x)), &x, &v, &mut jv).unwrap();
    assert_row(&jv, &expected_jv);
}

// Kinds of points

/// Array, `Vec`, slice and every `…_into` form, bit for bit, and the values those of the primal.
fn agree<T: Number + Debug + Bits, const N: usize>() {
    let x: [T; N] = array();
    let v: [T; N] = core::array::from_fn(|i| T::lit((0.9 * index(i)).cos()));
    let (xs, vs) = (x.as_slice(), v.as_slice());
    let vec = x.to_vec();
    let value = chain(&x).bits();
    let mut workspace = Workspace::new();

    // Gradients
    let (array_value, g) = value_and_gradient(chain, &x);
    assert_eq!(array_value.bits(), value);
    assert_eq!(bits(&gradient(chain, &x)), bits(&g));
    let (vec_value, vec_g) = value_and_gradient(chain, &vec);
    assert_eq!((vec_value.bits(), bits(&vec_g)), (value, bits(&g)));
    let (slice_value, slice_g) = value_and_gradient(chain, xs);
    assert_eq!((slice_value.bits(), bits(&slice_g)), (value, bits(&g)));
    assert_eq!(bits(&gradient(chain, &vec)), bits(&g));
    assert_eq!(bits(&gradient(chain, xs)), bits(&g));
    let mut buffer = [T::nan(); N];
    workspace.gradient(chain, &x, &mut buffer).unwrap();
    assert_eq!(bits(&buffer), bits(&g));
    let into_value = workspace.value_and_gradient(chain, &x, &mut buffer).unwrap();
    assert_eq!((into_value.bits(), bits(&buffer)), (value, bits(&g)));
    let (grad_value, grad_g) = value_and_grad(chain)(&x);
    assert_eq!((grad_value.bits(), bits(&grad_g)), (value, bits(&g)));
    assert_eq!(bits(&grad(chain)(&vec)), bits(&g));

    // Jacobians
    let values = bits(&neighbours(&x));
    let (array_values, j) = value_and_jacobian(neighbours, &x);
    assert_eq!(bits(&array_values), values);
    assert_eq!(row_bits(&jacobian(neighbours, &x)), row_bits(&j));
    let (vec_values, vec_j) = value_and_jacobian(neighbours, &vec);
    assert_eq!((bits(&vec_values), row_bits(&vec_j)), (values.clone(), row_bits(&j)));
    assert_eq!(row_bits(&jacobian(neighbours, &vec)), row_bits(&j));
    assert_eq!(row_bits(&jacobian(neighbours, xs)), row_bits(&j));
    assert_eq!(row_bits(&jacfwd(neighbours)(&vec)), row_bits(&j));
    assert_eq!(row_bits(&jacfwd(neighbours)(&x)), row_bits(&j));
    let flat = row_bits(&j).concat();
    let (mut into_y, mut into_j) = ([T::nan(); N], vec![T::nan(); N * N]);
    workspace.jacobian(neighbours_into, &x, &mut into_j).unwrap();
    assert_eq!(bits(&into_j), flat);
    workspace.value_and_jacobian(neighbours_into, &x, &mut into_y, &mut into_j).unwrap();
    assert_eq!((bits(&into_y), bits(&into_j)), (values.clone(), flat));

    // Jacobian-vector products
    let (array_values, jv) = value_and_jvp(neighbours, &x, &v);
    assert_eq!(bits(&array_values), values);
    assert_eq!(bits(&jvp(neighbours, &x, &v)), bits(&jv));
    let (slice_values, slice_jv) = value_and_jvp(neighbours, xs, vs);
    assert_eq!((bits(&slice_values), bits(&slice_jv)), (values.clone(), bits(&jv)));
    assert_eq!(bits(&jvp(neighbours, &vec, &v.to_vec())), bits(&jv));
    workspace.jvp(neighbours_into, &x, &v, &mut buffer).unwrap();
    assert_eq!(bits(&buffer), bits(&jv));
    workspace.value_and_jvp(neighbours_into, &x, &v, &mut into_y, &mut buffer).unwrap();
    assert_eq!((bits(&into_y), bits(&buffer)), (values, bits(&jv)));

    // Hessian-vector products
    let (array_value, hv) = value_and_hvp(chain, &x, &v);
    assert_eq!(array_value.bits(), value);
    assert_eq!(bits(&hvp(chain, &x, &v)), bits(&hv));
    let (slice_value, slice_hv) = value_and_hvp(chain, xs, vs);
    assert_eq!((slice_value.bits(), bits(&slice_hv)), (value, bits(&hv)));
    assert_eq!(bits(&hvp(chain, &vec, &v.to_vec())), bits(&hv));
    workspace.hvp(chain, &x, &v, &mut buffer).unwrap();
    assert_eq!(bits(&buffer), bits(&hv));
    let into_value = workspace.value_and_hvp(chain, &x, &v, &mut buffer).unwrap();
    assert_eq!((into_value.bits(), bits(&buffer)), (value, bits(&hv)));
    let at = value_gradient_and_hvp(chain, &x, &v);
    assert_eq!((at.value.bits(), bits(&at.gradient), bits(&at.hvp)), (value, bits(&g), bits(&hv)));
    let at = value_gradient_and_hvp(chain, xs, vs);
    assert_eq!((at.value.bits(), bits(&at.gradient), bits(&at.hvp)), (value, bits(&g), bits(&hv)));
    let mut into_g = [T::nan(); N];
    let into_value = workspace.value_gradient_and_hvp(chain, &x, &v, &mut into_g, &mut buffer).unwrap();
    assert_eq!((into_value.bits(), bits(&into_g), bits(&buffer)), (value, bits(&g), bits(&hv)));
}

/// As [`agree`], for Hessians; a number of an array of 100 would take 80 kB.
fn hessians_agree<T: Number + Debug + Bits, const N: usize>() {
    let x: [T; N] = array();
    let vec = x.to_vec();
    let value = chain(&x).bits();
    let mut workspace = Workspace::new();

    let ValueGradientHessian { value: array_value, gradient: g, hessian: h } =
        value_gradient_and_hessian(chain, &x);
    assert_eq!(array_value.bits(), value);
    assert_symmetric(&h);
    assert_eq!(bits(&g), bits(&gradient(chain, &x)));
    assert_eq!(row_bits(&hessian(chain, &x)), row_bits(&h));
    let (array_value, array_h) = value_and_hessian(chain, &x);
    assert_eq!((array_value.bits(), row_bits(&array_h)), (value, row_bits(&h)));

    // An array's second derivatives are those of another number than a slice's, and differ by rounding.
    let ValueGradientHessian { value: vec_value, gradient: vec_g, hessian: vec_h } =
        value_gradient_and_hessian(chain, &vec);
    assert_eq!((vec_value.bits(), bits(&vec_g)), (value, bits(&g)));
    for (packed, nested) in h.iter().zip(&vec_h) {
        assert_row(nested, packed);
    }
    let h = vec_h;
    assert_symmetric(&h);
    assert_eq!(row_bits(&hessian(chain, x.as_slice())), row_bits(&h));
    let (vec_value, vec_h) = value_and_hessian(chain, &vec);
    assert_eq!((vec_value.bits(), row_bits(&vec_h)), (value, row_bits(&h)));

    let flat = row_bits(&h).concat();
    let (mut into_g, mut into_h) = ([T::nan(); N], vec![T::nan(); N * N]);
    workspace.hessian(chain, &x, &mut into_h).unwrap();
    assert_eq!(bits(&into_h), flat);
    into_h.fill(T::nan());
    let into_value = workspace.value_and_hessian(chain, &x, &mut into_h).unwrap();
    assert_eq!((into_value.bits(), bits(&into_h)), (value, flat.clone()));
    into_h.fill(T::nan());
    let into_value = workspace.value_gradient_and_hessian(chain, &x, &mut into_g, &mut into_h).unwrap();
    assert_eq!((into_value.bits(), bits(&into_g), bits(&into_h)), (value, bits(&g), flat));
}

#[test]
fn kinds_of_points_agree_to_the_bit_and_values_are_the_primals() {
    agree::<f64, 0>();
    agree::<f64, 1>();
    agree::<f64, 2>();
    agree::<f64, 7>();
    agree::<f64, 8>();
    agree::<f64, 9>();
    agree::<f64, 10>();
    agree::<f64, 16>();
    agree::<f64, 17>();
    agree::<f32, 1>();
    agree::<f32, 9>();
}

#[test]
fn kinds_of_points_of_a_hundred_coordinates_agree_to_the_bit() {
    agree::<f64, 100>();
}

#[test]
fn hessians_of_kinds_of_points_agree_and_are_symmetric_to_the_bit() {
    hessians_agree::<f64, 0>();
    hessians_agree::<f64, 1>();
    hessians_agree::<f64, 2>();
    hessians_agree::<f64, 7>();
    hessians_agree::<f64, 8>();
    hessians_agree::<f64, 9>();
    hessians_agree::<f64, 16>();
    hessians_agree::<f64, 17>();
    hessians_agree::<f32, 1>();
    hessians_agree::<f32, 9>();
}

#[test]
fn hessian_of_a_hundred_coordinates_is_symmetric_to_the_bit() {
    let ValueGradientHessian { gradient: g, hessian: h, .. } =
        value_gradient_and_hessian(chain, &point::<f64>(100));
    assert_symmetric(&h);
    assert_eq!(bits(&g), bits(&gradient(chain, &point::<f64>(100))));
    // Only neighbours are coupled.
    for (i, row) in h.iter().enumerate() {
        for (j, &entry) in row.iter().enumerate() {
            assert_eq!(entry != 0.0, i.abs_diff(j) <= 1, "entry ({i}, {j})");
        }
    }
}

fn into_with_chunks_of<const C: usize>(n: usize) -> Vec<Vec<u64>> {
    let x: Vec<f64> = point(n);
    let v: Vec<f64> = (0..n).map(|i| (0.9 * index(i)).cos()).collect();
    let mut workspace = Workspace::<f64, C>::with_lanes();
    let (mut g, mut j, mut h) = (vec![f64::NAN; n], vec![f64::NAN; n * n], vec![f64::NAN; n * n]);
    let (mut jv, mut hv) = (g.clone(), g.clone());
    workspace.gradient(chain, &x, &mut g).unwrap();
    workspace.jacobian(neighbours_into, &x, &mut j).unwrap();
    workspace.hessian(chain, &x, &mut h).unwrap();
    workspace.jvp(neighbours_into, &x, &v, &mut jv).unwrap();
    workspace.hvp(chain, &x, &v, &mut hv).unwrap();
    [g, j, h, jv, hv].map(|result| bits(&result)).into()
}

#[test]
fn chunks_of_every_width_give_the_same_bits() {
    for n in [0, 1, 7, 8, 9, 17] {
        let expected = into_with_chunks_of::<8>(n);
        assert_eq!(into_with_chunks_of::<1>(n), expected, "1 lane, {n} coordinates");
        assert_eq!(into_with_chunks_of::<3>(n), expected, "3 lanes, {n} coordinates");
        assert_eq!(into_with_chunks_of::<5>(n), expected, "5 lanes, {n} coordinates");
        assert_eq!(into_with_chunks_of::<13>(n), expected, "13 lanes, {n} coordinates");
        assert_eq!(into_with_chunks_of::<16>(n), expected, "16 lanes, {n} coordinates");
    }
}

#[test]
fn a_workspace_serves_points_of_falling_and_rising_lengths() {
    let mut workspace = Workspace::new();
    for n in [17, 3, 0, 9, 20] {
        let x: Vec<f64> = point(n);
        let mut g = vec![f64::NAN; n];
        workspace.gradient(chain, &x, &mut g).unwrap();
        assert_eq!(g, gradient(chain, &x));
        // A result that isn't written is the constant 0, whatever an earlier call left there.
        let (mut y, mut j) = ([f64::NAN; 2], vec![f64::NAN; 2 * n]);
        let both = |x: &[Dual<f64, 8>], y: &mut [Dual<f64, 8>]| y.fill(chain(x) + 1.0);
        workspace.value_and_jacobian(both, &x, &mut y, &mut j).unwrap();
        assert_eq!(y, [chain(&x) + 1.0; 2]);
        let first = |x: &[Dual<f64, 8>], y: &mut [Dual<f64, 8>]| y[0] = chain(x);
        workspace.value_and_jacobian(first, &x, &mut y, &mut j).unwrap();
        assert_eq!(y, [chain(&x), 0.0]);
        assert_eq!(j[..n], g);
        assert!(j[n..].iter().all(|&entry| entry == 0.0));

        let mut jv = [f64::NAN; 2];
        workspace.jvp(|x, y| y.fill(chain(x)), &x, &x, &mut jv).unwrap();
        workspace.jvp(|x, y| y[0] = chain(x), &x, &x, &mut jv).unwrap();
        assert_eq!(jv, [jvp(chain, &x, &x), 0.0]);
    }
}

#[test]
fn an_empty_point_has_its_value_and_empty_derivatives() {
    let (x, none) = ([0.0; 0], Vec::<f64>::new());
    let constant_64 = |_: &[Dual<f64, 8>]| Dual::lit(4.5);
    assert_eq!(value_and_gradient(|_| Dual::lit(4.5), &x), (4.5, []));
    assert_eq!(value_and_gradient(constant_64, &none), (4.5, vec![]));
    let nothing = ValueGradientHessian { value: 4.5, gradient: vec![], hessian: vec![] };
    assert_eq!(value_gradient_and_hessian(|_| Dual::lit(4.5), &none), nothing);
    assert_eq!(jacobian(|_| [Dual::lit(4.5); 3], &x), [[0.0; 0]; 3]);
    assert_eq!(value_and_jacobian(|_| vec![Dual::lit(4.5); 3], &none), (vec![4.5; 3], vec![vec![]; 3]));
    assert_eq!(value_and_jvp(|_| Dual::lit(4.5), &x, &x), (4.5, 0.0));
    assert_eq!(value_and_hvp(|_| Dual::lit(4.5), &none, &none), (4.5, vec![]));
    let mut workspace = Workspace::new();
    assert_eq!(workspace.value_and_gradient(constant_64, &[], &mut []), Ok(4.5));
    assert_eq!(workspace.value_and_hvp(|_| Dual::lit(4.5), &[], &[], &mut []), Ok(4.5));
    let mut value = [0.0];
    let write = |_: &[Dual<f64, 8>], y: &mut [Dual<f64, 8>]| y[0] = Dual::lit(4.5);
    assert_eq!(workspace.value_and_jacobian(write, &[], &mut value, &mut []), Ok(()));
    assert_eq!(value, [4.5]);
}

#[test]
fn results_keep_their_containers() {
    let nested = |x: &[Dual<f64, 2>]| [vec![x[0] * x[1]], vec![x[0], x[1] * 3.0]];
    let (value, j) = value_and_jacobian(nested, &[2.0, 5.0]);
    assert_eq!(value, [vec![10.0], vec![2.0, 15.0]]);
    assert_eq!(j, [vec![[5.0, 2.0]], vec![[1.0, 0.0], [0.0, 3.0]]]);
    assert_eq!(jvp(|x| [vec![x[0] * x[1]], vec![]], &[2.0, 5.0], &[1.0, 1.0]), [vec![7.0], vec![]]);
    // A scalar's Jacobian is its gradient.
    assert_eq!(jacobian(|x| x[0] * x[1], &[2.0, 5.0]), [5.0, 2.0]);
}

/// A function counts its evaluations where their number is promised.
#[test]
fn drivers_evaluate_as_often_as_documented() {
    let count = Cell::new(0);
    let counted = |passes: usize, what: &str| assert_eq!(count.replace(0), passes, "{what}");
    let once = || count.set(count.get() + 1);
    macro_rules! chain {
        () => {
            |x| {
                once();
                chain(x)
            }
        };
    }
    for (n, chunks) in [(0, 1), (1, 1), (8, 1), (9, 2), (16, 2), (17, 3), (100, 13)] {
        let x: Vec<f64> = point(n);
        gradient(chain!(), &x);
        counted(chunks, "gradient");
        hessian(chain!(), &x);
        counted(chunks * (chunks + 1) / 2, "hessian");
        hvp(chain!(), &x, &x);
        counted(chunks, "hvp");
        jvp(chain!(), &x, &x);
        counted(1, "jvp");
        jacobian(chain!(), &x);
        counted(chunks, "jacobian");
        let mut j = vec![0.0; n];
        let write = |x: &[Dual<f64, 8>], y: &mut [Dual<f64, 8>]| {
            once();
            y[0] = chain(x);
        };
        Workspace::new().jacobian(write, &x, &mut j).unwrap();
        counted(if n == 0 { 0 } else { chunks }, "jacobian of a workspace");
        Workspace::new().value_and_jacobian(write, &x, &mut [0.0], &mut j).unwrap();
        counted(chunks, "value_and_jacobian of a workspace");
    }
    gradient(chain!(), &[0.5; 20]);
    counted(1, "gradient at an array");
    hessian(chain!(), &[0.5; 10]);
    counted(1, "hessian at an array");
    let pair = |a: &[Dual<f64, 8>], b: &[Dual<f64, 8>]| {
        once();
        a[0] * b[0]
    };
    grad2(pair, (ARG0, ARG1))(&[0.5; 3], &[0.5; 9]);
    counted(1 + 2, "grad2 of a tuple");
}

// Wrong shapes

/// The error of a buffer of the wrong length, and its message.
#[track_caller]
fn assert_length(error: Option<Error>, what: &'static str, expected: usize, found: usize) {
    assert_eq!(error, Some(Error::Length { what, expected, found }));
    let message = error.unwrap().to_string();
    assert_eq!(message, format!("the {what} has length {found}, but must have length {expected}"));
}

#[test]
fn wrong_buffer_lengths_are_errors_before_anything_is_evaluated_or_written() {
    fn never<T>(_: &[T]) -> T {
        panic!("evaluated")
    }
    fn never_into<T>(_: &[T], _: &mut [T]) {
        panic!("evaluated")
    }
    const LEFT: f64 = 7.25;
    let x = [1.0, 2.0, 3.0];
    let workspace = &mut Workspace::new();
    let (mut two, mut three, mut four, mut eight, mut nine) =
        ([LEFT; 2], [LEFT; 3], [LEFT; 4], [LEFT; 8], [LEFT; 9]);

    assert_length(workspace.gradient(never, &x, &mut two).err(), "gradient", 3, 2);
    assert_length(workspace.gradient(never, &x, &mut four).err(), "gradient", 3, 4);
    assert_length(workspace.gradient(never, &x, &mut []).err(), "gradient", 3, 0);
    assert_length(workspace.gradient(never, &[], &mut two).err(), "gradient", 0, 2);
    assert_length(workspace.value_and_gradient(never, &x, &mut two).err(), "gradient", 3, 2);

    assert_length(workspace.jacobian(never_into, &x, &mut eight).err(), "Jacobian", 6, 8);
    assert_length(workspace.jacobian(never_into, &x, &mut two).err(), "Jacobian", 0, 2);
    assert_length(workspace.jacobian(never_into, &[], &mut two).err(), "Jacobian", 0, 2);
    let error = workspace.value_and_jacobian(never_into, &x, &mut two, &mut nine).err();
    assert_length(error, "Jacobian", 6, 9);

    assert_length(workspace.hessian(never, &x, &mut eight).err(), "Hessian", 9, 8);
    assert_length(workspace.value_and_hessian(never, &x, &mut three).err(), "Hessian", 9, 3);
    let error = workspace.value_gradient_and_hessian(never, &x, &mut two, &mut nine).err();
    assert_length(error, "gradient", 3, 2);
    let error = workspace.value_gradient_and_hessian(never, &x, &mut three, &mut eight).err();
    assert_length(error, "Hessian", 9, 8);

    assert_length(workspace.jvp(never_into, &x, &[1.0; 2], &mut three).err(), "tangent", 3, 2);
    let error = workspace.value_and_jvp(never_into, &x, &[1.0; 4], &mut two, &mut [LEFT; 2]).err();
    assert_length(error, "tangent", 3, 4);
    let error = workspace.value_and_jvp(never_into, &x, &x, &mut two, &mut three).err();
    assert_length(error, "tangent of the result", 2, 3);

    assert_length(workspace.hvp(never, &x, &[1.0; 2], &mut three).err(), "tangent", 3, 2);
    assert_length(workspace.hvp(never, &x, &x, &mut two).err(), "Hessian-vector product", 3, 2);
    let error = workspace.value_and_hvp(never, &x, &[1.0; 4], &mut three).err();
    assert_length(error, "tangent", 3, 4);
    let error = workspace.value_and_hvp(never, &x, &x, &mut four).err();
    assert_length(error, "Hessian-vector product", 3, 4);
    let error = workspace.value_gradient_and_hvp(never, &x, &x, &mut four, &mut three).err();
    assert_length(error, "gradient", 3, 4);
    let error = workspace.value_gradient_and_hvp(never, &x, &x, &mut three, &mut four).err();
    assert_length(error, "Hessian-vector product", 3, 4);
    let error = workspace.value_gradient_and_hvp(never, &[1.0; 2], &x, &mut two, &mut [LEFT; 2]).err();
    assert_length(error, "tangent", 2, 3);

    assert_length(workspace.vhv(never, &x, &[1.0; 2]).err(), "tangent", 3, 2);
    assert_length(workspace.value_and_vhv(never, &x, &[1.0; 4]).err(), "tangent", 3, 4);
    assert_length(workspace.value_and_hessians(never_into, &x, &mut two, &mut nine).err(), "Hessians", 18, 9);
    let error = workspace.value_jacobian_and_hessians(never_into, &x, &mut [LEFT], &mut two, &mut nine).err();
    assert_length(error, "Jacobian", 3, 2);
    let error =
        workspace.value_jacobian_and_hessians(never_into, &x, &mut [LEFT], &mut three, &mut eight).err();
    assert_length(error, "Hessians", 9, 8);

    let buffers = [&two[..], &three, &four, &eight, &nine].concat();
    assert!(buffers.iter().all(|&entry| entry == LEFT), "{buffers:?}");
}

#[test]
fn a_direction_of_another_length_is_a_panic_at_the_callers_line_that_names_both() {
    fn never<T>(_: &[T]) -> T {
        panic!("evaluated")
    }
    let (x, v) = (vec![1.0, 2.0, 3.0], vec![1.0; 2]);
    let message = wrong_direction(3, 2);
    assert_panics(&message, || _ = jvp(never, &x, &v));
    assert_panics(&message, || _ = value_and_jvp(never, &x, &v));
    assert_panics(&message, || _ = hvp(never, &x, &v));
    assert_panics(&message, || _ = value_and_hvp(never, &x, &v));
    assert_panics(&message, || _ = value_gradient_and_hvp(never, &x, &v));
    assert_panics(&message, || _ = vhv(never, &x, &v));
    assert_panics(&message, || _ = value_and_vhv(never, &x, &v));
    assert_panics(&message, || _ = value_jvp_and_vhv(never, &x, &v));
    assert_panics(&wrong_direction(3, 0), || _ = hvp(never, &x[..], &[][..]));
    assert_panics(&wrong_direction(3, 4), || _ = jvp(never, &x[..], &[1.0; 4][..]));
}

/// A function whose result is one longer with each pass.
fn growing<T: Float>(passes: &Cell<usize>) -> impl Fn(&[T]) -> Vec<T> + Clone {
    |x| {
        passes.set(passes.get() + 1);
        vec![x[0]; passes.get()]
    }
}

#[test]
fn a_ragged_result_is_a_panic_of_jacobian_at_the_callers_line_that_names_both_lengths() {
    let passes = Cell::new(0);
    let x: Vec<f64> = point(9);
    assert_panics(&two_shapes(1, 2), || _ = jacobian(growing(&passes), &x));

    passes.set(4);
    assert_panics(&two_shapes(5, 6), || _ = value_and_jacobian(growing(&passes), &x[..]));

    // Shorter is ragged too, and so is a row in a container that fits.
    let shrinking = |_: &[Dual<f64, 8>]| {
        passes.set(passes.get() - 1);
        [vec![], vec![Dual::lit(0.0); passes.get()]]
    };
    assert_panics(&two_shapes(5, 4), || _ = jacobian(shrinking, &x));

    // One pass can't disagree with itself.
    passes.set(0);
    assert_eq!(jacobian(growing(&passes), &point::<f64>(8)).len(), 1);
    passes.set(0);
    assert_eq!(jacobian(growing(&passes), &[0.5; 9]).len(), 1);
}

#[test]
fn a_ragged_result_is_a_panic_of_jacfwd_that_names_both_lengths() {
    let passes = Cell::new(0);
    let x: Vec<f64> = point(9);
    let message = |f: &dyn Fn()| panic_of(f).map(|panicked| panicked.message);
    assert_eq!(message(&|| _ = jacfwd(growing(&passes))(&x)), Some(two_shapes(1, 2)));

    let with_aux = |x: &[Dual<f64, 8>]| (growing(&passes)(x), ());
    assert_eq!(message(&|| _ = jacfwd_aux(with_aux)(&x)), Some(two_shapes(3, 4)));

    let of_two = |_: &[Dual<f64, 8>], x: &[Dual<f64, 8>]| growing(&passes)(x);
    assert_eq!(message(&|| _ = jacfwd2(of_two, ARG1)(&[0.0; 2], &x)), Some(two_shapes(5, 6)));
}

// A user's own point

/// Parameters of three shapes, more than there are lanes.
#[derive(Clone, Debug, PartialEq)]
struct Network<T> {
    weights: [[T; 2]; 2],
    bias: T,
    gains: [T; 2],
}

impl<T: Number> Point for Network<T> {
    type Scalar = T;
    type Lanes = Chunks<3>;
    type Family = Network<f64>;

    fn dim(&self) -> usize {
        7
    }

    fn lift<D>(&self, coordinate: &mut impl FnMut(&T) -> D, _: &mut impl FnMut(&T) -> D) -> Network<D> {
        Network {
            weights: self.weights.map(|row| row.map(|x| coordinate(&x))),
            bias: coordinate(&self.bias),
            gains: self.gains.map(|x| coordinate(&x)),
        }
    }

    fn coordinate<D>(of: &mut Network<D>, i: usize) -> Result<&mut D, usize> {
        match i {
            0..4 => Ok(&mut of.weights[i / 2][i % 2]),
            4 => Ok(&mut of.bias),
            5 | 6 => Ok(&mut of.gains[i - 5]),
            beyond => Err(beyond - 7),
        }
    }

    fn argument<D>(of: &Network<D>) -> &Network<D> {
        of
    }
}

family!(Network);

const NETWORK: Network<f64> = Network { weights: [[0.3, -0.7], [1.1, 0.4]], bias: 0.2, gains: [0.9, -1.3] };

/// The same function of the parameters in a row and in their structure.
fn respond<T: Float>(w: [T; 4], bias: T, gains: [T; 2]) -> T {
    let hidden = [w[0] * c(0.5) + w[1], w[2] * c(0.5) + w[3]].map(|h| (h + bias).tanh());
    gains[0] * hidden[0] + gains[1] * hidden[1] * hidden[0]
}

fn respond_flat<T: Float>(p: &[T]) -> T {
    respond([p[0], p[1], p[2], p[3]], p[4], [p[5], p[6]])
}

fn respond_network<T: Float>(n: &Network<T>) -> T {
    let [[a, b], [c, d]] = n.weights;
    respond([a, b, c, d], n.bias, n.gains)
}

fn flat<T: Copy>(n: &Network<T>) -> [T; 7] {
    let [[a, b], [c, d]] = n.weights;
    [a, b, c, d, n.bias, n.gains[0], n.gains[1]]
}

#[test]
fn a_structure_of_ones_own_is_a_point_with_fewer_lanes_than_coordinates() {
    let (x, v) = (flat(&NETWORK), [1.0, -0.5, 0.25, 2.0, -1.0, 0.5, 3.0]);
    let direction = Network { weights: [[1.0, -0.5], [0.25, 2.0]], bias: -1.0, gains: [0.5, 3.0] };

    let (value, g) = value_and_gradient(respond_network, &NETWORK);
    assert_eq!(value, respond_network(&NETWORK));
    assert_eq!(flat(&g), gradient(respond_flat, &x));
    assert_eq!(grad(respond_network)(&NETWORK), g);
    assert_eq!(value_and_grad(respond_network)(&NETWORK), (value, g.clone()));

    let ValueGradientHessian { gradient: gradient_beside, hessian: h, .. } =
        value_gradient_and_hessian(respond_network, &NETWORK);
    assert_eq!(gradient_beside, g);
    // Second derivatives where there are fewer lanes than coordinates are those of a slice.
    let h = flat(&h.map_rows(flat));
    assert_eq!(row_bits(&h), row_bits(&hessian(respond_flat, &x[..])));
    assert_symmetric(&h);

    assert_eq!(jvp(respond_network, &NETWORK, &direction), jvp(respond_flat, &x, &v));
    let hv = hvp(respond_network, &NETWORK, &direction);
    assert_eq!(flat(&hv), hvp(respond_flat, &x, &v));

    let j = jacobian(|n| [respond_network(n), n.bias], &NETWORK);
    assert_eq!(flat(&j[0]), flat(&g));
    assert_eq!(flat(&j[1]), [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    assert_eq!(jacfwd(|n: &Network<Dual<f64, 3>>| [n.bias])(&NETWORK)[0].bias, 1.0);
}

impl<T> Network<T> {
    fn map_rows<D>(self, mut f: impl FnMut(&T) -> D) -> Network<D> {
        Network {
            weights: self.weights.map(|row| row.map(|x| f(&x))),
            bias: f(&self.bias),
            gains: self.gains.map(|x| f(&x)),
        }
    }
}

#[test]
fn a_structure_of_ones_own_stands_among_several_arguments() {
    let scaled = |n: &Network<Dual<f64, 3>>, x: &[Dual<f64, 3>]| respond_network(n) * x[0];
    let g = grad2(scaled, ARG0)(&NETWORK, &[2.0]);
    assert_eq!(flat(&g), flat(&gradient(|n| respond_network(n) * 2.0, &NETWORK)));

    let scaled = |n: &Network<Dual<f64, 8>>, x: &[Dual<f64, 8>]| respond_network(n) * x[0];
    let (wrt_n, wrt_x) = grad2(scaled, (ARG0, ARG1))(&NETWORK, &vec![2.0]);
    assert_eq!((wrt_n, wrt_x), (g, vec![respond_network(&NETWORK)]));
}

// Numbers as points

#[test]
fn a_number_is_a_point() {
    assert_eq!(gradient(|x| x.powi(3), &2.0_f64), 12.0);
    assert_eq!(gradient(|x| x.powi(3), &2.0_f32), 12.0);
    assert_eq!(value_and_gradient(|x| x.powi(3), &2.0_f64), (8.0, 12.0));
    assert_eq!(hessian(|x| x.powi(3), &2.0_f64), 12.0);
    assert_eq!(jacobian(|x| [x.powi(2), x.powi(3)], &2.0_f64), [4.0, 12.0]);
    assert_eq!(jvp(|x| x.powi(3), &2.0_f64, &0.5), 6.0);
    assert_eq!(hvp(|x| x.powi(3), &2.0_f64, &0.5), 6.0);
    assert_eq!(grad(|x: &Dual<f64, 1>| x.powi(3))(&2.0_f64), 12.0);
    // A dual number too: its own lanes aren't disturbed.
    let x = Dual::<f64, 2>::variable(2.0, 1);
    assert!(gradient(|x| x.powi(3), &x).identical(&Dual::new(12.0, [0.0, 12.0])));
}

// Several arguments

fn weighted<T: Float>(w: &[T], x: &[T]) -> T {
    w.iter().zip(x).fold(T::zero(), |sum, (&w, &x)| sum + w * x * x)
}

#[test]
fn an_argument_is_chosen_by_its_number() {
    let (w, x) = ([3.0, 2.0, 5.0, 1.0, 4.0], [2.0, 1.0, 3.0, 2.0, 4.0]);
    let wrt_w = [4.0, 1.0, 9.0, 4.0, 16.0];
    let wrt_x = [12.0, 4.0, 30.0, 4.0, 32.0];
    assert_eq!(grad2(weighted, ARG0)(&w, &x), wrt_w);
    assert_eq!(grad2(weighted, ARG1)(&w, &x), wrt_x);
    assert_eq!(grad2(weighted, (ARG0, ARG1))(&w, &x), (wrt_w, wrt_x));
    assert_eq!(grad2(weighted, (ARG1, ARG0))(&w, &x), (wrt_x, wrt_w));
    assert_eq!(grad2(weighted, (ARG1,))(&w, &x), (wrt_x,));
    assert_eq!(grad2(weighted, (ARG1, ARG1))(&w, &x), (wrt_x, wrt_x));
    assert_eq!(value_and_grad2(weighted, ARG1)(&w, &x), (127.0, wrt_x));
    assert_eq!(value_and_grad2(weighted, (ARG1, ARG0))(&w, &x), (127.0, (wrt_x, wrt_w)));
}

#[test]
fn arguments_may_be_of_different_kinds() {
    let (w, x) = (vec![3.0_f32, 2.0], [2.0_f32, 1.0]);
    assert_eq!(grad2(weighted, ARG0)(&w, &x), [4.0, 1.0]);
    assert_eq!(grad2(weighted, ARG1)(&w, &x), [12.0, 4.0]);
    assert_eq!(grad2(weighted, (ARG0, ARG1))(&w[..], &x), (vec![4.0, 1.0], [12.0, 4.0]));

    let loss = |w: &Dual<f64, 8>, b: &[Dual<f64, 8>], x: &[Dual<f64, 8>]| (*w * x[0] + b[0]).powi(2);
    let gradients = grad3(loss, (ARG0, ARG1, ARG2))(&2.0, &[1.0], &vec![3.0, 5.0]);
    assert_eq!(gradients, (42.0, [14.0], vec![28.0, 0.0]));
}

#[test]
fn arguments_that_are_not_chosen_are_constants() {
    let seen = |a: &[Dual<f64, 2>], b: &[Dual<f64, 2>]| {
        assert!(a.iter().all(Dual::is_constant));
        assert!(!b.iter().any(Dual::is_constant));
        a[0] * b[0]
    };
    assert_eq!(grad2(seen, ARG1)(&[3.0, 4.0], &[5.0, 6.0]), [3.0, 0.0]);

    let passes = Cell::new(0);
    let seen = |a: &[Dual<f64, 8>], b: &[Dual<f64, 8>]| {
        let varies = [a, b].map(|x| x.iter().filter(|x| !x.is_constant()).count());
        assert_eq!(varies, [[2, 0], [0, 8], [0, 1]][passes.get()]);
        passes.set(passes.get() + 1);
        a[0] * b[0]
    };
    grad2(seen, (ARG0, ARG1))(&[3.0, 4.0], &[5.0; 9]);
    assert_eq!(passes.get(), 3);
}

fn products<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> T {
    a[0] * a[1] * b[0] + c[0] * c[0] * d[0]
}

#[test]
fn gradients_of_three_and_four_arguments_are_the_closed_forms() {
    let (a, b, c, d) = ([2.0, 3.0], [5.0], [7.0], [11.0]);
    let (wrt_a, wrt_b, wrt_c, wrt_d) = ([15.0, 10.0], [6.0], [154.0], [49.0]);
    assert_eq!(grad4(products, ARG0)(&a, &b, &c, &d), wrt_a);
    assert_eq!(grad4(products, ARG1)(&a, &b, &c, &d), wrt_b);
    assert_eq!(grad4(products, ARG2)(&a, &b, &c, &d), wrt_c);
    assert_eq!(grad4(products, ARG3)(&a, &b, &c, &d), wrt_d);
    assert_eq!(grad4(products, (ARG3, ARG0))(&a, &b, &c, &d), (wrt_d, wrt_a));
    assert_eq!(grad4(products, (ARG3, ARG0, ARG2))(&a, &b, &c, &d), (wrt_d, wrt_a, wrt_c));
    let all = (wrt_a, wrt_b, wrt_c, wrt_d);
    assert_eq!(value_and_grad4(products, (ARG0, ARG1, ARG2, ARG3))(&a, &b, &c, &d), (569.0, all));

    fn three<T: Float>(a: &[T], b: &[T], c: &[T]) -> T {
        products(a, b, c, &[T::one()])
    }
    assert_eq!(grad3(three, ARG0)(&a, &b, &c), wrt_a);
    assert_eq!(grad3(three, ARG1)(&a, &b, &c), wrt_b);
    assert_eq!(grad3(three, ARG2)(&a, &b, &c), [14.0]);
    assert_eq!(value_and_grad3(three, (ARG2, ARG1))(&a, &b, &c), (79.0, ([14.0], wrt_b)));
}

#[test]
fn jacobians_of_several_arguments_are_the_closed_forms() {
    fn two<T: Float>(a: &[T], b: &[T]) -> [T; 2] {
        [a[0] * b[0], a[1] * b[0] * b[0]]
    }
    let (a, b) = ([2.0, 3.0], [5.0]);
    let (wrt_a, wrt_b) = ([[5.0, 0.0], [0.0, 25.0]], [[2.0], [30.0]]);
    assert_eq!(jacfwd2(two, ARG0)(&a, &b), wrt_a);
    assert_eq!(jacfwd2(two, ARG1)(&a, &b), wrt_b);
    assert_eq!(jacfwd2(two, (ARG1, ARG0))(&a, &b), (wrt_b, wrt_a));

    fn three<T: Float>(a: &[T], b: &[T], c: &[T]) -> Vec<T> {
        two(a, b).map(|y| y * c[0]).into()
    }
    assert_eq!(jacfwd3(three, ARG2)(&a, &b, &[7.0]), [[10.0], [75.0]]);
    let (wrt_c, wrt_b) = jacfwd3(three, (ARG2, ARG1))(&a, &b.to_vec(), &[1.0]);
    assert_eq!((wrt_c, wrt_b), (vec![[10.0], [75.0]], vec![vec![2.0], vec![30.0]]));

    fn four<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> [T; 1] {
        [products(a, b, c, d)]
    }
    assert_eq!(jacfwd4(four, ARG3)(&a, &b, &[7.0], &[11.0]), [[49.0]]);
    let all = jacfwd4(four, (ARG0, ARG1, ARG2, ARG3))(&a, &b, &[7.0], &[11.0]);
    assert_eq!(all, ([[15.0, 10.0]], [[6.0]], [[154.0]], [[49.0]]));
}

// Auxiliary output

#[test]
fn auxiliary_output_is_returned_beside_the_derivative() {
    fn one<T: Float>(x: &[T]) -> (T, &'static str) {
        (x[0] * x[1], "aux")
    }
    assert_eq!(grad_aux(one)(&[2.0, 3.0]), ([3.0, 2.0], "aux"));
    assert_eq!(value_and_grad_aux(one)(&[2.0, 3.0]), ((6.0, "aux"), [3.0, 2.0]));
    let rows = |x: &[Dual<f64, 2>]| ([x[0] * x[1]], "aux");
    assert_eq!(jacfwd_aux(rows)(&[2.0, 3.0]), ([[3.0, 2.0]], "aux"));

    fn two<T: Float>(w: &[T], x: &[T]) -> (T, usize) {
        (weighted(w, x), x.len())
    }
    assert_eq!(grad2_aux(two, ARG1)(&[3.0], &[2.0]), ([12.0], 1));
    assert_eq!(grad2_aux(two, (ARG1, ARG0))(&[3.0], &[2.0]), (([12.0], [4.0]), 1));
    assert_eq!(value_and_grad2_aux(two, ARG0)(&[3.0], &[2.0]), ((12.0, 1), [4.0]));
    fn two_rows<T: Float>(w: &[T], x: &[T]) -> ([T; 1], usize) {
        ([weighted(w, x)], x.len())
    }
    assert_eq!(jacfwd2_aux(two_rows, ARG1)(&[3.0], &[2.0]), ([[12.0]], 1));

    fn three<T: Float>(a: &[T], b: &[T], c: &[T]) -> (T, usize) {
        (a[0] * b[0] * c[0], c.len())
    }
    let (a, b, x) = ([2.0], [3.0], [5.0]);
    assert_eq!(grad3_aux(three, ARG2)(&a, &b, &x), ([6.0], 1));
    assert_eq!(value_and_grad3_aux(three, (ARG0, ARG1))(&a, &b, &x), ((30.0, 1), ([15.0], [10.0])));
    fn three_rows<T: Float>(a: &[T], b: &[T], c: &[T]) -> ([T; 1], usize) {
        ([a[0] * b[0] * c[0]], c.len())
    }
    assert_eq!(jacfwd3_aux(three_rows, ARG2)(&a, &b, &x), ([[6.0]], 1));

    fn four<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> (T, usize) {
        (products(a, b, c, d), a.len())
    }
    let (a, b, x, d) = ([2.0, 3.0], [5.0], [7.0], [11.0]);
    assert_eq!(grad4_aux(four, ARG3)(&a, &b, &x, &d), ([49.0], 2));
    assert_eq!(value_and_grad4_aux(four, ARG1)(&a, &b, &x, &d), ((569.0, 2), [6.0]));
    fn four_rows<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> ([T; 1], usize) {
        ([products(a, b, c, d)], a.len())
    }
    assert_eq!(jacfwd4_aux(four_rows, ARG1)(&a, &b, &x, &d), ([[6.0]], 2));
}

#[test]
fn auxiliary_output_is_that_of_the_last_pass() {
    let passes = Cell::new(0);
    let counted = |x: &[Dual<f64, 8>]| {
        passes.set(passes.get() + 1);
        (chain(x), passes.get())
    };
    assert_eq!(grad_aux(counted)(&point::<f64>(17)).1, 3);
    assert_eq!(grad_aux(counted)(&Vec::<f64>::new()).1, 4);
    // What isn't Copy or Clone may come along, and what carries duals too.
    let with_dual = |x: &[Dual<f64, 1>]| (x[0] * x[0], vec![Box::new(x[0] * 3.0)]);
    let (g, aux) = grad_aux(with_dual)(&[2.0]);
    assert_eq!(g, [4.0]);
    assert!(aux[0].identical(&Dual::new(6.0, [3.0])));
}

// Properties

/// Integers so small that no polynomial below rounds.
fn integers<const N: usize>() -> impl Strategy<Value = [f64; N]> {
    proptest::array::uniform::<_, N>((-50_i32..50).prop_map(f64::from))
}

fn numbers<const N: usize>() -> impl Strategy<Value = [f64; N]> {
    proptest::array::uniform::<_, N>(-1.5..1.5)
}

/// A cubic of five variables and more, whose derivatives are integers at integers.
fn cubic<T: Float>(x: &[T]) -> T {
    sum(x.windows(3).map(|x| x[0] * x[1] * x[2] + x[0] * x[0] * x[2] - x[1] * x[1]))
}

fn cubics<T: Float>(x: &[T]) -> [T; 3] {
    [cubic(x), cubic(&x[1..]), x[0] * x[4]]
}

/// Whether `found` is `matrix · v` but for the rounding of terms as large as the matrix' largest entry.
fn is_product(found: &[f64; 9], matrix: &[[f64; 9]; 9], v: &[f64; 9]) -> Result<(), TestCaseError> {
    let largest = matrix.iter().flatten().fold(0.0, |largest: f64, x| largest.max(x.abs()));
    let limit = 1e-14 * largest * v.iter().map(|v| v.abs()).sum::<f64>();
    for (found, row) in found.iter().zip(matrix) {
        let expected = dot(row, v);
        prop_assert!((found - expected).abs() <= limit, "{found:e}, not {expected:e}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_jvp_is_the_jacobian_times_the_vector_exactly_where_nothing_rounds(x in integers::<9>(), v in integers::<9>()) {
        let expected = jacobian(cubics, &x).map(|row| dot(&row, &v));
        prop_assert_eq!(jvp(cubics, &x, &v), expected);
        prop_assert_eq!(jvp(cubics, &x[..], &v[..]), expected);
    }

    #[test]
    fn a_jvp_is_the_jacobian_times_the_vector(x in numbers::<9>(), v in numbers::<9>()) {
        let pairs = |x: &[Dual<f64, 9>]| -> [Dual<f64, 9>; 9] { neighbours(x).try_into().unwrap() };
        let jv: [f64; 9] = jvp(neighbours, &x, &v).try_into().unwrap();
        is_product(&jv, &jacobian(pairs, &x), &v)?;
    }

    #[test]
    fn an_hvp_is_the_hessian_times_the_vector_exactly_where_nothing_rounds(x in integers::<9>(), v in integers::<9>()) {
        let expected = hessian(cubic, &x).map(|row| dot(&row, &v));
        prop_assert_eq!(hvp(cubic, &x, &v), expected);
        prop_assert_eq!(hvp(cubic, &x[..], &v[..]), expected.to_vec());
    }

    #[test]
    fn an_hvp_is_the_hessian_times_the_vector(x in numbers::<9>(), v in numbers::<9>()) {
        is_product(&hvp(chain, &x, &v), &hessian(chain, &x), &v)?;
    }

    #[test]
    fn the_gradient_of_an_affine_map_is_its_coefficients(a in numbers::<11>(), b in -9.0..9.0, x in numbers::<11>()) {
        let coefficients = gradient(|x| a.iter().zip(x).map(|(&a, &x)| a * x).sum::<Dual<f64, 11>>() + b, &x);
        prop_assert_eq!(bits(&coefficients), bits(&a));
        let coefficients = gradient(|x| a.iter().zip(x).map(|(&a, &x)| x * a).sum::<Dual<f64, 8>>() + b, &x[..]);
        prop_assert_eq!(bits(&coefficients), bits(&a));
    }

    #[test]
    fn the_gradient_is_linear_in_the_function(x in integers::<5>(), a in -9_i32..9, b in -9_i32..9) {
        let (a, b) = (f64::from(a), f64::from(b));
        let together = gradient(|x| cubic(x) * a + x[0] * x[1] * b, &x);
        let (first, second) = (gradient(cubic, &x), gradient(|x| x[0] * x[1], &x));
        let apart: [f64; 5] = core::array::from_fn(|i| a * first[i] + b * second[i]);
        prop_assert_eq!(together, apart);
    }

    #[test]
    fn jvp_and_hvp_are_linear_in_the_vector(x in integers::<5>(), u in integers::<5>(), v in integers::<5>(), a in -9_i32..9) {
        let a = f64::from(a);
        let w: [f64; 5] = core::array::from_fn(|i| u[i] + a * v[i]);
        prop_assert_eq!(jvp(cubic, &x, &w), jvp(cubic, &x, &u) + a * jvp(cubic, &x, &v));
        let (hu, hv) = (hvp(cubic, &x, &u), hvp(cubic, &x, &v));
        prop_assert_eq!(hvp(cubic, &x, &w), core::array::from_fn(|i| hu[i] + a * hv[i]));
    }

    #[test]
    fn values_are_the_primals_to_the_bit(x in numbers::<9>(), v in numbers::<9>()) {
        let expected = chain(&x).to_bits();
        prop_assert_eq!(value_and_gradient(chain, &x).0.to_bits(), expected);
        prop_assert_eq!(value_and_gradient(chain, &x[..]).0.to_bits(), expected);
        prop_assert_eq!(value_and_hessian(chain, &x[..]).0.to_bits(), expected);
        prop_assert_eq!(value_and_hvp(chain, &x, &v).0.to_bits(), expected);
        prop_assert_eq!(value_and_jvp(chain, &x, &v).0.to_bits(), expected);
    }
}
