//! The drivers whose results are matrices.

use super::Rows;
use crate::drive::{
    self, Argument, DualAt, Gradient, Hessian, HyperDualAt, Jacobian, Point, ValueGradientHessian, Values,
};

/// The matrix of a Jacobian, whose rows are gradients.
pub type JacobianMatrix<R, X> = <Jacobian<R, X> as Rows>::Matrix;

/// The matrix of a Hessian.
pub type HessianMatrix<X> = <Hessian<X> as Rows>::Matrix;

/// The Jacobian `J[(i, j)] = ∂fᵢ/∂xⱼ` of a vector-valued function, as a matrix.
///
/// `SMatrix<T, M, N>` for an `SVector<D, M>` or `[D; M]` at an `SVector<T, N>`, `DMatrix<T>` for a `DVector<D>` or
/// `Vec<D>` at a `DVector<T>`; see [`Rows`].
///
/// Cost: that of [`tangents::jacobian`](crate::jacobian()), one evaluation of `f` on N lanes or ⌈n/8⌉ on 8.
///
/// # Panics
///
/// If `f` returns results of different shapes in different passes over a point.
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::jacobian;
///
/// let polar = jacobian(|x| Vector2::new(x[0] * x[1].cos(), x[0] * x[1].sin()), &Vector2::new(2.0, 0.0));
/// assert_eq!(polar, Matrix2::new(1.0, 0.0, 0.0, 2.0));
///
/// # #[cfg(feature = "alloc")] {
/// use nalgebra::{DMatrix, DVector};
///
/// let squares = jacobian(|x| x.component_mul(x), &DVector::from_vec(vec![1.0, 3.0]));
/// assert_eq!(squares, DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 0.0, 6.0]));
/// # }
/// ```
#[inline]
#[track_caller]
pub fn jacobian<X, F, R>(f: F, x: &X) -> JacobianMatrix<R, X>
where
    X: Point,
    F: Fn(&Argument<X, DualAt<X>>) -> R,
    R: Point<Scalar = DualAt<X>>,
    Jacobian<R, X>: Rows,
{
    value_and_jacobian(f, x).1
}

/// The value and the Jacobian of a vector-valued function, the one in the container that `f` returns, the other as a
/// matrix.
///
/// Cost and panics: as [`jacobian`]; the value comes with it.
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::value_and_jacobian;
///
/// let (value, jacobian) = value_and_jacobian(|x| Vector2::new(x[0] * x[1], x[0]), &Vector2::new(2.0, 3.0));
/// assert_eq!(value, Vector2::new(6.0, 2.0));
/// assert_eq!(jacobian, Matrix2::new(3.0, 2.0, 1.0, 0.0));
/// ```
#[inline]
#[track_caller]
pub fn value_and_jacobian<X, F, R>(f: F, x: &X) -> (Values<R, X>, JacobianMatrix<R, X>)
where
    X: Point,
    F: Fn(&Argument<X, DualAt<X>>) -> R,
    R: Point<Scalar = DualAt<X>>,
    Jacobian<R, X>: Rows,
{
    let (value, rows) = drive::value_and_jacobian(f, x);
    (value, rows.stack(x.dim()))
}

/// Transforms a vector-valued function into its Jacobian function, whose results are matrices: JAX's `jacfwd(f)`.
///
/// Cost: each call is one of [`jacobian`].
///
/// # Panics
///
/// The Jacobian function panics where [`jacobian`] does.
///
/// ```
/// use nalgebra::{Matrix2, RealField, SVector, Vector2};
/// use tangents::grad;
/// use tangents::interop::nalgebra::jacfwd;
///
/// fn cubic<T: RealField + Copy>(x: &SVector<T, 2>) -> T {
///     x[0] * x[0] * x[1]
/// }
///
/// let hessian = jacfwd(grad(cubic));
/// assert_eq!(hessian(&Vector2::new(3.0, 2.0)), Matrix2::new(4.0, 6.0, 6.0, 0.0));
/// ```
pub fn jacfwd<X, F, R>(f: F) -> impl Fn(&X) -> JacobianMatrix<R, X> + Clone
where
    X: Point,
    F: Fn(&Argument<X, DualAt<X>>) -> R + Clone,
    R: Point<Scalar = DualAt<X>>,
    Jacobian<R, X>: Rows,
{
    move |x| jacobian(&f, x)
}

/// The Hessian `H[(i, j)] = ∂²f/∂xᵢ∂xⱼ` of a scalar-valued function of a vector, as a matrix: `SMatrix<T, N, N>` at an
/// `SVector<T, N>`, `DMatrix<T>` at a `DVector<T>`. It is symmetric to the bit.
///
/// Cost: that of [`tangents::hessian`](crate::hessian()).
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::hessian;
///
/// let h = hessian(|x| x[0] * x[0] * x[1], &Vector2::new(3.0, 2.0));
/// assert_eq!(h, Matrix2::new(4.0, 6.0, 6.0, 0.0));
/// ```
#[inline]
#[track_caller]
pub fn hessian<X, F>(f: F, x: &X) -> HessianMatrix<X>
where
    X: Point,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> HyperDualAt<X>,
    Hessian<X>: Rows,
{
    value_gradient_and_hessian(f, x).hessian
}

/// The value and the Hessian of a scalar-valued function of a vector.
///
/// Cost: as [`hessian`]; the value comes with it.
///
/// ```
/// use nalgebra::{Matrix2, Vector2};
/// use tangents::interop::nalgebra::value_and_hessian;
///
/// let (value, h) = value_and_hessian(|x| x[0] * x[1], &Vector2::new(3.0, 2.0));
/// assert_eq!((value, h), (6.0, Matrix2::new(0.0, 1.0, 1.0, 0.0)));
/// ```
#[inline]
#[track_caller]
pub fn value_and_hessian<X, F>(f: F, x: &X) -> (X::Scalar, HessianMatrix<X>)
where
    X: Point,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> HyperDualAt<X>,
    Hessian<X>: Rows,
{
    let ValueGradientHessian { value, hessian, .. } = value_gradient_and_hessian(f, x);
    (value, hessian)
}

/// The value, the gradient and the Hessian of a scalar-valued function of a vector: all that a Newton step needs.
///
/// Cost: as [`hessian`]; value and gradient come with it.
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::interop::nalgebra::value_gradient_and_hessian;
///
/// // Newton's method on (x − 1)² + (xy − 2)², whose minimum is 0 at (1, 2).
/// let mut x = Vector2::new(1.2_f64, 1.8);
/// for _ in 0..10 {
///     let at = value_gradient_and_hessian(|x| (x[0] - 1.0).powi(2) + (x[0] * x[1] - 2.0).powi(2), &x);
///     x -= at.hessian.lu().solve(&at.gradient).expect("a regular Hessian");
/// }
/// assert!((x - Vector2::new(1.0, 2.0)).norm() < 1e-12);
/// ```
#[inline]
#[track_caller]
pub fn value_gradient_and_hessian<X, F>(
    f: F,
    x: &X,
) -> ValueGradientHessian<X::Scalar, Gradient<X>, HessianMatrix<X>>
where
    X: Point,
    F: Fn(&Argument<X, HyperDualAt<X>>) -> HyperDualAt<X>,
    Hessian<X>: Rows,
{
    let ValueGradientHessian { value, gradient, hessian } = drive::value_gradient_and_hessian(f, x);
    ValueGradientHessian { value, gradient, hessian: hessian.stack(x.dim()) }
}
