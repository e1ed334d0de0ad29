//! Arrays of `ndarray` hold numbers, and are points and results.

#![allow(clippy::cast_precision_loss, reason = "small indices become floats")]

use ::ndarray::{Array, Array1, Array2, ArrayD, Axis, IxDyn, ScalarOperand, ShapeBuilder, array, s};
use tangents::interop::ndarray::{
    constants, hessian, jacobian, join, tangents, value_and_jacobian, value_gradient_and_hessian, values,
};
use tangents::{
    Dual, Error, HyperDual, Point, ValueGradientHessian, derivative, gradient, jvp, value_and_gradient,
};

use crate::panics::{assert_panics, two_shapes};

type D = Dual<f64, 2>;

/// `n` different numbers.
fn numbers(n: u32) -> Array1<f64> {
    (1..=n).map(|k| f64::from(k * k % 17) - 7.5).collect()
}

#[test]
fn the_gradient_at_an_array_has_its_shape() {
    // In chunks of 8 lanes and a rest.
    for n in [0, 1, 7, 8, 9, 20] {
        let x = numbers(n);
        let (value, g) = value_and_gradient(|x| (x * x).sum(), &x);
        assert_eq!(value, (&x * &x).sum());
        assert_eq!(g, &x * 2.0);
    }
    let a = Array::from_shape_fn((3, 2, 5), |(i, j, k)| (i * 10 + j * 5 + k) as f64);
    let g = gradient(|a| a.iter().zip(1..).map(|(a, weight)| a * a * f64::from(weight)).sum(), &a);
    let expected = Array::from_shape_fn((3, 2, 5), |(i, j, k)| {
        let n = (i * 10 + j * 5 + k) as f64;
        2.0 * n * (n + 1.0)
    });
    assert_eq!(g, expected);
    let a: ArrayD<f64> = a.into_dyn();
    let g: ArrayD<f64> = gradient(|a| a[IxDyn(&[1, 0, 2])].sin(), &a);
    assert_eq!(g[IxDyn(&[1, 0, 2])], 12.0_f64.cos());
    assert_eq!(g.sum(), 12.0_f64.cos());
}

/// Σ a²·weight, the weight by place.
fn f(a: &Array2<Dual<f64, 8>>) -> Dual<f64, 8> {
    a.indexed_iter().map(|((i, j), a)| a * a * (i * 10 + j) as f64).sum()
}

#[test]
fn the_layout_of_the_point_does_not_matter() {
    let rows = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let mut columns = Array2::zeros((2, 3).f());
    columns.assign(&rows);
    let transposed = rows.t();
    let expected = Array2::from_shape_fn((2, 3), |(i, j)| 2.0 * rows[[i, j]] * (i * 10 + j) as f64);
    assert_eq!(gradient(f, &rows), expected);
    assert_eq!(gradient(f, &columns), expected);
    assert_eq!(
        gradient(f, &transposed),
        Array2::from_shape_fn((3, 2), |(i, j)| 2.0 * rows[[j, i]] * (i * 10 + j) as f64)
    );
    // A view backwards with gaps.
    let x = numbers(20);
    let view = x.slice(s![..;-2]);
    assert_eq!(gradient(|x| (x * x).sum(), &view), &view * 2.0);
}

#[test]
fn jacobians_are_matrices() {
    let n = 11;
    let a = Array2::from_shape_fn((4, n), |(i, j)| (i * n + j) as f64 - 20.0);
    let x = numbers(11);
    let (value, j) = value_and_jacobian(|x| constants(&a).dot(x), &x);
    assert_eq!(value, a.dot(&x));
    assert_eq!(j, a);
    assert_eq!(jacobian(|x| x.mapv(|x| x * x), &x.view()), Array2::from_diag(&(&x * 2.0)));
    // No results, no variables.
    assert_eq!(jacobian(|_| array![], &x).dim(), (0, 11));
    assert_eq!(jacobian(|_| array![Dual::constant(1.0)], &numbers(0)).dim(), (1, 0));
}

#[test]
fn results_whose_shape_changes_are_a_panic_at_the_callers_line() {
    let x = numbers(9);
    let first_pass = std::cell::Cell::new(true);
    let ragged =
        |x: &Array1<Dual<f64, 8>>| x.slice(s![..if first_pass.replace(false) { 3 } else { 2 }]).to_owned();
    assert_panics(&two_shapes(3, 2), || _ = jacobian(ragged, &x));
    // Of the same length, but not of the same shape.
    let first_pass = std::cell::Cell::new(true);
    let shape = || if first_pass.replace(false) { (2, 1) } else { (1, 2) };
    let turning = |x: &Array1<Dual<f64, 8>>| Array2::from_elem(shape(), x[0]);
    assert_panics(&two_shapes(2, 1), || _ = tangents::jacobian(turning, &x));
}

/// Rosenbrock's function in n variables, and by hand its gradient and Hessian.
#[test]
fn hessians_are_matrices() {
    let n = 11;
    let x = numbers(11) / 4.0;
    let ValueGradientHessian { value, gradient: g, hessian: h } = value_gradient_and_hessian(
        |x| {
            let (a, b) = (x.slice(s![..-1]), x.slice(s![1..]));
            let valley = &b - &(&a * &a);
            (&valley * &valley * 100.0 + a.mapv(|a| (a - 1.0).powi(2))).sum()
        },
        &x,
    );
    let mut value_by_hand = 0.0;
    let (mut g_by_hand, mut h_by_hand) = (Array1::<f64>::zeros(n), Array2::<f64>::zeros((n, n)));
    for i in 0..n - 1 {
        let (a, b) = (x[i], x[i + 1]);
        value_by_hand += 100.0 * (b - a * a).powi(2) + (a - 1.0).powi(2);
        g_by_hand[i] += -400.0 * a * (b - a * a) + 2.0 * (a - 1.0);
        g_by_hand[i + 1] += 200.0 * (b - a * a);
        h_by_hand[[i, i]] += -400.0 * (b - 3.0 * a * a) + 2.0;
        h_by_hand[[i + 1, i + 1]] += 200.0;
        h_by_hand[[i, i + 1]] -= 400.0 * a;
        h_by_hand[[i + 1, i]] -= 400.0 * a;
    }
    // Everything is a multiple of 2⁻⁶ or so, and exact.
    assert_eq!(value, value_by_hand);
    assert_eq!(g, g_by_hand);
    assert_eq!(h, h_by_hand);
    assert_eq!(hessian(|x| (x * x).sum(), &x.view()), Array2::from_diag(&Array1::from_elem(n, 2.0)));
}

#[test]
fn arithmetic_with_numbers_and_floats() {
    fn is_operand<T: ScalarOperand>() {}
    is_operand::<Dual<Dual<f32, 1>, 2>>();
    is_operand::<HyperDual<f64, 2>>();

    let (x, y) = (D::variable(3.0, 0), D::variable(2.0, 1));
    let a = array![x, y];
    let same = |a: Array1<D>, b: [D; 2]| assert!(a[0].identical(&b[0]) && a[1].identical(&b[1]), "{a} {b:?}");
    same(&a * 2.0, [x * 2.0, y * 2.0]);
    same(&a - 2.0, [x - 2.0, y - 2.0]);
    same(&a / y, [x / y, y / y]);
    same(&a % y, [x % y, y % y]);
    same(y - &a, [y - x, y - y]);
    same(y / a.clone(), [y / x, y / y]);
    same(x * &a, [x * x, x * y]);
    same(x + a.clone(), [x + x, x + y]);
    same(&a * &a, [x * x, y * y]);
    same(-&a, [-x, -y]);
    let mut b = a.clone();
    b += Dual::constant(1.0);
    b *= x;
    same(b, [(x + 1.0) * x, (y + 1.0) * x]);
    let h = HyperDual::<f64, 1>::variable(3.0, 0);
    assert!((h * &array![h])[0].identical(&(h * h)));
}

#[test]
fn products_sums_and_means() {
    let (x, y) = (D::variable(3.0, 0), D::variable(2.0, 1));
    let a = array![[x, y], [y, x]];
    let v = array![x, y];
    assert!(v.dot(&v).identical(&(x * x + y * y)));
    let w = a.dot(&v);
    assert_eq!(
        (values(&w), tangents(&w, 0), tangents(&w, 1)),
        (array![13.0, 12.0], array![6.0, 4.0], array![4.0, 6.0])
    );
    let square = a.dot(&a);
    assert!(square[[0, 1]].identical(&(x * y + y * x)));
    assert!(v.sum().identical(&(x + y)));
    assert!(v.product().identical(&(x * y)));
    assert_eq!(v.mean().unwrap().eps, [0.5, 0.5]);
    // The variance of two numbers is (x − y)²/2.
    let variance = v.var(Dual::constant(1.0));
    assert_eq!((variance.re, variance.eps), (0.5, [1.0, -1.0]));
    assert_eq!(a.sum_axis(Axis(0))[1].eps, [1.0, 1.0]);
}

#[test]
fn directions_and_paths() {
    let (x, v) = (numbers(9), numbers(9).mapv(|x| x * x));
    let seeded = join(&x, &v).unwrap();
    assert_eq!(values(&seeded), x);
    assert_eq!(tangents(&seeded, 0), v);
    assert_eq!(
        join(&x, &numbers(3)).unwrap_err(),
        Error::Length { what: "array of tangents", expected: 9, found: 3 }
    );
    // 2·x·v; the same by `jvp`.
    let squares = &seeded * &seeded;
    let expected = &x * &v * 2.0;
    assert_eq!(tangents(&squares, 0), expected);
    assert_eq!(jvp(|x| x * x, &x, &v), expected);
}

#[test]
fn drivers_nest() {
    // d/dt |gradient of t·Σx³| at x = (1, 2): t·3·(1, 4) has length t·3·√17.
    let speed = derivative(
        |t| {
            let x = array![Dual::constant(1.0), Dual::constant(2.0)];
            let g = gradient(|x| x.iter().map(|x| x * x * x * t).sum(), &x);
            g.dot(&g).sqrt()
        },
        1.0,
    );
    assert!((speed - 3.0 * 17.0_f64.sqrt()).abs() < 1e-14);
}

#[test]
fn floats_of_32_bits() {
    let x = array![1.0_f32, 2.0];
    let g: Array1<f32> = gradient(|x| x[0] * x[1], &x);
    assert_eq!(g, array![2.0, 1.0]);
    assert_eq!(Point::dim(&x), 2);
}
