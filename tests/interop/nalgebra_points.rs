//! `nalgebra`'s vectors and matrices as points and results, and the helpers for matrices of duals.

// Closures are what is to be inferred.
#![allow(clippy::redundant_closure_for_method_calls)]

use std::cell::Cell;

use ::nalgebra::{
    DMatrix, DVector, Dyn, Matrix2, Matrix2x3, Matrix3, Matrix3x2, MatrixXx3, OMatrix, RealField, RowVector3,
    SMatrix, SVector, U3, Vector2, Vector3, convert,
};
use num_traits::Float;
use tangents::interop::nalgebra as na;
use tangents::interop::nalgebra::{join, lane, mul_plain, plain_mul, seed, split, values};
use tangents::jax::{ARG0, ARG1, grad2};
use tangents::{
    Dual, ValueGradientHessian, derivative, grad, gradient, hvp, jacfwd, jvp, value_and_grad,
    value_and_gradient, value_and_hvp, value_and_jvp,
};

use crate::panics::{assert_panics, two_shapes, wrong_direction};

/// x₀²x₁ + sin x₂
fn of_vector<T: RealField + Copy>(x: &SVector<T, 3>) -> T {
    x[0] * x[0] * x[1] + x[2].sin()
}

fn of_slice<T: Float>(x: &[T]) -> T {
    x[0] * x[0] * x[1] + x[2].sin()
}

/// (x₀x₁, x₂², x₀)
fn vector_of_vector<T: RealField + Copy>(x: &SVector<T, 3>) -> SVector<T, 3> {
    Vector3::new(x[0] * x[1], x[2] * x[2], x[0])
}

const AT: Vector3<f64> = Vector3::new(3.0, 2.0, 0.5);

fn expected_gradient() -> Vector3<f64> {
    Vector3::new(12.0, 9.0, 0.5_f64.cos())
}

fn expected_hessian() -> Matrix3<f64> {
    Matrix3::new(4.0, 6.0, 0.0, 6.0, 0.0, 0.0, 0.0, 0.0, -0.5_f64.sin())
}

const EXPECTED_JACOBIAN: Matrix3<f64> = Matrix3::new(2.0, 3.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0);

#[test]
fn functions_of_vectors_differentiate_as_they_are() {
    let (x, v) = (AT, Vector3::new(1.0, -1.0, 2.0));
    assert_eq!(gradient(of_vector, &x), expected_gradient());
    assert_eq!(value_and_gradient(of_vector, &x), (of_vector(&x), expected_gradient()));
    assert_eq!(grad(of_vector)(&x), expected_gradient());
    assert_eq!(value_and_grad(of_vector)(&x), (of_vector(&x), expected_gradient()));
    assert_eq!(jvp(of_vector, &x, &v), expected_gradient().dot(&v));
    assert_eq!(hvp(of_vector, &x, &v), expected_hessian() * v);
    assert_eq!(value_and_hvp(of_vector, &x, &v), (of_vector(&x), expected_hessian() * v));
    assert_eq!(na::hessian(of_vector, &x), expected_hessian());
    assert_eq!(na::value_and_hessian(of_vector, &x), (of_vector(&x), expected_hessian()));
    assert_eq!(
        na::value_gradient_and_hessian(of_vector, &x),
        ValueGradientHessian {
            value: of_vector(&x),
            gradient: expected_gradient(),
            hessian: expected_hessian()
        }
    );
    assert_eq!(na::jacfwd(grad(of_vector))(&x), expected_hessian());

    assert_eq!(na::jacobian(vector_of_vector, &x), EXPECTED_JACOBIAN);
    assert_eq!(na::value_and_jacobian(vector_of_vector, &x), (vector_of_vector(&x), EXPECTED_JACOBIAN));
    assert_eq!(na::jacfwd(vector_of_vector)(&x), EXPECTED_JACOBIAN);
    assert_eq!(jvp(vector_of_vector, &x, &v), EXPECTED_JACOBIAN * v);
    assert_eq!(value_and_jvp(vector_of_vector, &x, &v), (vector_of_vector(&x), EXPECTED_JACOBIAN * v));
}

#[test]
fn functions_of_slices_take_a_vector_as_one() {
    assert_eq!(gradient(|x| of_slice(x.as_slice()), &AT), expected_gradient());
    assert_eq!(na::hessian(|x| of_slice(x.as_slice()), &AT), expected_hessian());
    let x = DVector::from_row_slice(AT.as_slice());
    assert_eq!(gradient(|x| of_slice(x.as_slice()), &x), expected_gradient());
    assert_eq!(na::hessian(|x| of_slice(x.as_slice()), &x), expected_hessian());
    // Bit for bit what an array gives.
    assert_eq!(gradient(of_slice, &[3.0, 2.0, 0.5]), gradient(of_vector, &AT).as_slice());
}

#[test]
fn types_of_closures_are_inferred() {
    assert_eq!(gradient(|x| x[0] * x[1].sin(), &Vector2::new(1.0, 0.0)), Vector2::new(0.0, 1.0));
    assert_eq!(gradient(|x| (x.x - 1.0).powi(2) * 2.0, &Vector2::new(1.5, 0.0)), Vector2::new(2.0, 0.0));
    assert_eq!(gradient(|x| x.dot(x), &Vector2::new(1.0, 2.0)), Vector2::new(2.0, 4.0));
    assert_eq!(gradient(|x| x.norm(), &Vector2::new(0.0, 4.0)), Vector2::new(0.0, 1.0));
    assert_eq!(
        gradient(|m| (m * m).trace(), &Matrix2::new(1.0, 2.0, 3.0, 4.0)),
        Matrix2::new(2.0, 6.0, 4.0, 8.0)
    );
    let x = Vector2::new(2.0, 3.0);
    let expected = Matrix2::new(3.0, 2.0, 0.0, 6.0);
    assert_eq!(na::jacobian(|x| SVector::from([x[0] * x[1], x[1].powi(2)]), &x), expected);
    assert_eq!(na::jacobian(|x| [x[0] * x[1], x[1].powi(2)], &x), expected);
    assert_eq!(na::jacobian(|x| vec![x[0] * x[1], x[1].powi(2)], &x), expected);
    assert_eq!(na::jacobian(|x| x.component_mul(x), &x), Matrix2::new(4.0, 0.0, 0.0, 6.0));
    assert_eq!(na::jacobian(|x| x * x[0], &Vector2::new(2.0_f32, 3.0)), Matrix2::new(4.0_f32, 0.0, 3.0, 2.0));
}

#[test]
fn jacobians_have_the_static_and_dynamic_shapes_of_result_and_point() {
    let (fixed, dynamic) = (AT, DVector::from_row_slice(AT.as_slice()));
    let j: SMatrix<f64, 2, 3> = na::jacobian(|x| Vector2::new(x[0] * x[2], x[1]), &fixed);
    let expected = Matrix2x3::new(0.5, 0.0, 3.0, 0.0, 1.0, 0.0);
    assert_eq!(j, expected);
    let j: OMatrix<f64, Dyn, U3> = na::jacobian(|x| DVector::from_vec(vec![x[0] * x[2], x[1]]), &fixed);
    assert_eq!(j, expected);
    let j: DMatrix<f64> = na::jacobian(|x| DVector::from_vec(vec![x[0] * x[2], x[1]]), &dynamic);
    assert_eq!(j, expected);
    let j = na::jacobian(|x| Vector2::new(x[0] * x[2], x[1]), &dynamic);
    assert_eq!(j, expected);

    // Without rows or without columns it has its shape still.
    let j = na::jacobian(|_| DVector::<Dual<f64, 8>>::zeros(0), &dynamic);
    assert_eq!(j.shape(), (0, 3));
    let none = DVector::<f64>::zeros(0);
    let (value, j) = na::value_and_jacobian(|_| DVector::repeat(2, Dual::constant(5.0)), &none);
    assert_eq!((value, j.shape()), (DVector::repeat(2, 5.0), (2, 0)));
    assert_eq!(na::hessian(|_| Dual::constant(Dual::constant(1.0)), &none).shape(), (0, 0));
}

#[test]
fn long_vectors_are_swept_in_chunks() {
    let (n, passes) = (19, Cell::new(0));
    let x = DVector::from_iterator(n, (0..19).map(f64::from));
    let (value, j) = na::value_and_jacobian(
        |x| {
            passes.set(passes.get() + 1);
            DVector::from_fn(n - 1, |i, _| x[i] * x[i + 1])
        },
        &x,
    );
    assert_eq!(passes.get(), 3);
    assert_eq!(value, DVector::from_fn(n - 1, |i, _| x[i] * x[i + 1]));
    let expected = DMatrix::from_fn(n - 1, n, |i, k| match k {
        _ if k == i => x[i + 1],
        _ if k == i + 1 => x[i],
        _ => 0.0,
    });
    assert_eq!(j, expected);
    let h = na::hessian(|x| (1..n).fold(x[0] * 0.0, |sum, i| sum + x[i - 1] * x[i]), &x);
    assert_eq!(h, DMatrix::from_fn(n, n, |i, k| f64::from(u8::from(i.abs_diff(k) == 1))));
    let v = DVector::repeat(n, 1.0);
    assert_eq!(hvp(|x| x.dot(x), &x, &v), &v * 2.0);
}

#[test]
fn shapes_that_disagree_are_panics_at_the_callers_line() {
    let (x, passes) = (DVector::repeat(9, 1.0), Cell::new(0));
    let growing = |x: &DVector<Dual<f64, 8>>| {
        passes.set(passes.get() + 1);
        DVector::repeat(passes.get(), x[0])
    };
    assert_panics(&two_shapes(1, 2), || _ = na::jacobian(growing, &x));
    passes.set(0);
    let turning = |x: &DVector<Dual<f64, 8>>| {
        passes.set(passes.get() + 1);
        DMatrix::repeat(passes.get(), 3 - passes.get(), x[0])
    };
    assert_panics(&two_shapes(1, 2), || _ = tangents::jacobian(turning, &x));
    assert_panics(&wrong_direction(9, 8), || _ = jvp(|x| x[0], &x, &DVector::repeat(8, 1.0)));
}

#[test]
fn matrices_are_points_and_results() {
    let passes = Cell::new(0);
    let m = Matrix2x3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    let g = gradient(
        |m| {
            passes.set(passes.get() + 1);
            m[(0, 1)] * m[(1, 2)] + m[(1, 0)]
        },
        &m,
    );
    assert_eq!((g, passes.get()), (Matrix2x3::new(0.0, 6.0, 0.0, 1.0, 0.0, 2.0), 3));

    // Of entry (r, c), the matrix of derivatives: (Aᵀ)ᵣc by Aᵢⱼ is 1 at (i, j) = (c, r).
    let j = tangents::jacobian(|m| m.transpose(), &m);
    assert_eq!(j.shape(), (3, 2));
    for (r, c) in [(0, 0), (2, 1), (1, 0)] {
        assert_eq!(j[(r, c)], Matrix2x3::from_fn(|i, k| f64::from(u8::from((i, k) == (c, r)))));
    }
    let h = tangents::hessian(|m| m.determinant(), &Matrix2::new(1.0, 2.0, 3.0, 4.0));
    assert_eq!(h[(0, 0)], Matrix2::new(0.0, 0.0, 0.0, 1.0));
    assert_eq!(h[(1, 0)], Matrix2::new(0.0, -1.0, 0.0, 0.0));

    let dynamic = DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(gradient(|m| m[(0, 1)] * m[(1, 2)] + m[(1, 0)], &dynamic), g);
    let squares = tangents::jacobian(|m| m * m.transpose(), &dynamic);
    assert_eq!(squares[(0, 1)], DMatrix::from_row_slice(2, 3, &[4.0, 5.0, 6.0, 1.0, 2.0, 3.0]));
    // One number of rows or columns known, the other not; and a row.
    let tall = MatrixXx3::from_row_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(gradient(|m| m[(0, 1)] * m[(1, 2)] + m[(1, 0)], &tall), g);
    let wide = tall.transpose();
    assert_eq!(gradient(|m| m[(1, 0)] * m[(2, 1)] + m[(0, 1)], &wide), g.transpose());
    assert_eq!(gradient(|x| x.dot(x), &RowVector3::new(1.0, 2.0, 3.0)), RowVector3::new(2.0, 4.0, 6.0));
}

#[test]
fn vectors_are_among_several_arguments() {
    fn fit<T: RealField + Copy>(a: &SMatrix<T, 2, 3>, b: &SVector<T, 3>) -> T {
        (a * b).norm_squared() * convert(0.5)
    }
    let (a, b) = (Matrix2x3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), Vector3::new(1.0, 0.0, -1.0));
    assert_eq!(grad2(fit, ARG1)(&a, &b), a.transpose() * a * b);
    let (by_a, by_b) = grad2(fit, (ARG0, ARG1))(&a, &b);
    assert_eq!((by_a, by_b), (a * b * b.transpose(), a.transpose() * a * b));
}

#[test]
fn calls_nest() {
    // d/dt of the gradient of |x|³ at t·u: ∇ = 3|x|x, and its derivative by t is 6t|u|u.
    let u = Vector2::new(3.0, 4.0);
    let along = derivative(|t| gradient(|x| x.norm().powi(3), &u.map(|u| t * u))[0], 2.0);
    assert!((along - 6.0 * 2.0 * 5.0 * 3.0).abs() < 1e-12);
    let j = jacfwd(grad(of_vector))(&AT);
    assert_eq!(Matrix3::from_fn(|r, c| j[r][c]), expected_hessian());
}

#[test]
fn what_is_joined_splits_again() {
    let x = Matrix2x3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    let seeded: SMatrix<Dual<f64, 6>, 2, 3> = seed(&x);
    assert_eq!(values(&seeded), x);
    // Lanes count the entries column by column.
    for k in 0..6 {
        assert_eq!(lane(&seeded, k).as_slice(), [0, 1, 2, 3, 4, 5].map(|i| f64::from(u8::from(i == k))));
    }
    let (value, tangents) = split(&seeded);
    let again = join(&value, tangents.each_ref());
    assert!(again.iter().zip(&seeded).all(|(a, b)| a.identical(b)));

    let dynamic: DMatrix<Dual<f64, 8>> = seed(&DMatrix::from_row_slice(2, 3, x.as_slice()));
    assert_eq!((dynamic.shape(), dynamic[(1, 2)].eps[5]), ((2, 3), 1.0));
    // Views too.
    let top: SMatrix<Dual<f64, 2>, 1, 2> = seed(&x.fixed_view::<1, 2>(1, 1));
    assert_eq!((values(&top).as_slice(), lane(&top, 1).as_slice()), (&[5.0, 6.0][..], &[0.0, 1.0][..]));
}

#[test]
#[should_panic(expected = "3 entries to seed in 2 lanes")]
fn too_few_lanes_to_seed_panic() {
    let _: Vector3<Dual<f64, 2>> = seed(&AT);
}

#[test]
#[should_panic(expected = "a matrix of tangents has the shape of the values")]
fn tangents_of_another_shape_panic() {
    join(&DVector::repeat(3, 1.0), [&DVector::repeat(2, 1.0)]);
}

/// Whole numbers in a disorder, whose sums and products are exact.
fn entry(r: usize, c: usize) -> f64 {
    f64::from(u8::try_from((7 * r + 5 * c + r * c) % 11).unwrap()) - 5.0
}

#[test]
fn mixed_products_are_those_of_lifted_matrices() {
    type D = Dual<f64, 3>;
    for m in [0, 1, 3, 4, 5, 9] {
        for k in [0, 1, 2, 7] {
            for p in [0, 1, 4, 6] {
                let a = DMatrix::from_fn(m, k, entry);
                let x = DMatrix::from_fn(k, p, |r, c| {
                    D::new(entry(r + 1, c), [0, 1, 2].map(|lane| entry(r, c + 3 * lane)))
                });
                let lifted: DMatrix<D> = a.clone().cast();
                let (found, expected) = (plain_mul(&a, &x), lifted * &x);
                assert_eq!(found.shape(), (m, p));
                assert!(found.iter().zip(&expected).all(|(a, b)| a == b && a.eps == b.eps));

                let (a, x) = (a.transpose(), x.transpose());
                let lifted: DMatrix<D> = a.clone().cast();
                let (found, expected) = (mul_plain(&x, &a), &x * lifted);
                assert_eq!(found.shape(), (p, m));
                assert!(found.iter().zip(&expected).all(|(a, b)| a == b && a.eps == b.eps));
            }
        }
    }
    // Nested numbers with plain ones, fixed shapes.
    let a = Matrix3x2::from_fn(entry);
    let h = na::hessian(|x| plain_mul(&a, x).norm_squared(), &Vector2::new(1.0, 2.0));
    assert_eq!(h, a.transpose() * a * 2.0);
}

#[test]
#[should_panic(expected = "the columns of A and the rows of X, in A·X")]
fn products_of_shapes_that_disagree_panic() {
    plain_mul(&DMatrix::repeat(2, 3, 1.0), &DVector::repeat(2, Dual::new(1.0, [1.0])));
}

/// f(x) = A·(x ∘ x), as a value.
#[cfg(feature = "alloc")]
struct Squares {
    a: ::nalgebra::DMatrix<f64>,
}

#[cfg(feature = "alloc")]
impl na::FieldFunction for Squares {
    type From = ::nalgebra::DVector<f64>;
    type To = ::nalgebra::DVector<f64>;

    fn call<T: ::nalgebra::RealField + Copy>(&self, x: &::nalgebra::DVector<T>) -> ::nalgebra::DVector<T> {
        self.a.map(::nalgebra::convert::<f64, T>) * x.component_mul(x)
    }
}

/// Its squared norm.
#[cfg(feature = "alloc")]
struct Norm(Squares);

#[cfg(feature = "alloc")]
impl na::FieldFunction for Norm {
    type From = ::nalgebra::DVector<f64>;
    type To = f64;

    fn call<T: na::FieldNumber>(&self, x: &::nalgebra::DVector<T>) -> T {
        self.0.call(x).norm_squared()
    }
}

#[cfg(feature = "alloc")]
#[test]
fn a_function_over_real_field_is_a_value() {
    use ::nalgebra::{DMatrix, DVector};
    use na::FieldFunction as _;

    let f = Squares { a: DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 0.0, -1.0, 0.5, 4.0]) };
    let (x, v) = (DVector::from_vec(vec![1.0, -2.0, 0.5]), DVector::from_vec(vec![0.5, 1.0, -1.0]));
    // J = A·diag(2x)
    let j = &f.a * DMatrix::from_diagonal(&(2.0 * &x));
    let (value, found) = f.value_and_jacobian(&x);
    assert_eq!(value, f.call(&x));
    assert_eq!(found, j);
    assert_eq!(f.jacobian(&x), j);
    assert_eq!(f.jvp(&x, &v), &j * &v);
    assert_eq!(f.value_and_jvp(&x, &v).0, value);

    // ∇‖f‖² = 2·Jᵀf, and H·v = 2·(JᵀJ·v + 2·v ∘ Aᵀf)
    let norm = Norm(f);
    let gradient = 2.0 * j.transpose() * &value;
    let hv: DVector<f64> =
        2.0 * (j.transpose() * &j * &v + 2.0 * v.component_mul(&(norm.0.a.transpose() * &value)));
    let near = |a: &DVector<f64>, b: &DVector<f64>| (a - b).norm() <= 1e-12 * b.norm();
    assert!(near(&norm.gradient(&x), &gradient));
    assert_eq!(norm.value_and_gradient(&x).0, value.norm_squared());
    assert!(near(&norm.hvp(&x, &v), &hv));
    assert!(near(&(norm.hessian(&x) * &v), &hv));
    assert!((norm.vhv(&x, &v) - v.dot(&hv)).abs() <= 1e-12 * v.dot(&hv).abs());
    let trace = norm.value_gradient_and_hessian(&x).hessian.trace();
    assert!((norm.laplacian(&x) - trace).abs() <= 1e-12 * trace.abs());
    let single = norm.gradient(&x.map(<f32 as tangents::Real>::lit)).map(f64::from);
    assert!((single - &gradient).norm() <= 1e-6 * gradient.norm());
}
