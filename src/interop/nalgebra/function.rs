//! Functions over `RealField` as values.

use super::{FieldNumber, HessianMatrix, Rows};
use crate::drive::{
    self, DualAlong, DualAt, Family, Gradient, Hessian, HyperDualAt, ValueGradientHessian, View,
};
use crate::function::{At, Returned};
use crate::number::{Dual, HyperDual};

/// A function over [`RealField`](::nalgebra::RealField) as a value: what [`Function`](crate::Function) is for functions over [`Number`](crate::Number).
///
/// Both traits have methods of the same names, so a bound that asks for both would make `x.sin()` ambiguous; hence a trait of its own.
/// It runs on the numbers of the direct calls, in the vectors that the program is compiled for.
///
/// ```
/// use nalgebra::{Matrix2, RealField, SVector, Vector2};
/// use tangents::interop::nalgebra::FieldFunction;
///
/// struct Rosenbrock {
///     steepness: f64,
/// }
///
/// impl FieldFunction for Rosenbrock {
///     type From = SVector<f64, 2>;
///     type To = f64;
///
///     fn call<T: RealField + Copy>(&self, x: &SVector<T, 2>) -> T {
///         let steepness: T = nalgebra::convert(self.steepness);
///         (T::one() - x[0]).powi(2) + steepness * (x[1] - x[0] * x[0]).powi(2)
///     }
/// }
///
/// let (f, x) = (Rosenbrock { steepness: 100.0 }, Vector2::new(1.0, 2.0));
/// assert_eq!(f.gradient(&x), Vector2::new(-400.0, 200.0));
/// assert_eq!(f.hessian(&x), Matrix2::new(402.0, -400.0, -400.0, 200.0));
/// assert_eq!(f.hvp(&x, &Vector2::new(1.0, 0.0)), Vector2::new(402.0, -400.0));
/// ```
pub trait FieldFunction {
    /// What the function takes by reference, with `f64` for its numbers: `SVector<f64, 3>`, `DVector<f64>`, `[f64]` …
    type From: View + ?Sized;

    /// What the function returns, with `f64` for its numbers: `f64`, `SVector<f64, 3>`, `DMatrix<f64>` …
    type To: Family;

    /// The function at `x`.
    ///
    /// For its bound `T: RealField + Copy` suffices, as long as it calls no other `FieldFunction` and nothing of
    /// [`lie`](super::lie).
    fn call<T: FieldNumber>(&self, x: &<Self::From as View>::Of<T>) -> <Self::To as Family>::Of<T>;

    /// The gradient of a scalar-valued function: [`gradient`](crate::gradient()).
    #[inline]
    #[track_caller]
    fn gradient<X: At<Self::From> + ?Sized>(&self, x: &X) -> Gradient<X>
    where
        Self: FieldFunction<To = f64>,
        DualAt<X>: FieldNumber,
    {
        self.value_and_gradient(x).1
    }

    /// The value and the gradient of a scalar-valued function: [`value_and_gradient`](crate::value_and_gradient()).
    #[inline]
    #[track_caller]
    fn value_and_gradient<X: At<Self::From> + ?Sized>(&self, x: &X) -> (X::Scalar, Gradient<X>)
    where
        Self: FieldFunction<To = f64>,
        DualAt<X>: FieldNumber,
    {
        drive::value_and_gradient(|x| self.call(x), x)
    }

    /// The Jacobian of a function from vectors to vectors, as a matrix: [`jacobian`](super::jacobian).
    #[inline]
    #[track_caller]
    fn jacobian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> <<Self::To as Family>::Of<Gradient<X>> as Rows>::Matrix
    where
        DualAt<X>: FieldNumber,
        <Self::To as Family>::Of<Gradient<X>>: Rows,
    {
        self.value_and_jacobian(x).1
    }

    /// The value and the Jacobian of a function from vectors to vectors:
    /// [`value_and_jacobian`](super::value_and_jacobian).
    #[allow(clippy::type_complexity)] // the two that it gives
    #[inline]
    #[track_caller]
    fn value_and_jacobian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> (<Self::To as Family>::Of<X::Scalar>, <<Self::To as Family>::Of<Gradient<X>> as Rows>::Matrix)
    where
        DualAt<X>: FieldNumber,
        <Self::To as Family>::Of<Gradient<X>>: Rows,
    {
        let (value, rows) = drive::value_and_jacobian(|x| Returned::<Self::To, _>(self.call(x)), x);
        (value, rows.stack(x.dim()))
    }

    /// The Hessian of a scalar-valued function of a vector, as a matrix: [`hessian`](super::hessian).
    #[inline]
    #[track_caller]
    fn hessian<X: At<Self::From> + ?Sized>(&self, x: &X) -> HessianMatrix<X>
    where
        Self: FieldFunction<To = f64>,
        HyperDualAt<X>: FieldNumber,
        Hessian<X>: Rows,
    {
        self.value_gradient_and_hessian(x).hessian
    }

    /// The value, the gradient and the Hessian of a scalar-valued function of a vector:
    /// [`value_gradient_and_hessian`](super::value_gradient_and_hessian).
    #[inline]
    #[track_caller]
    fn value_gradient_and_hessian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> ValueGradientHessian<X::Scalar, Gradient<X>, HessianMatrix<X>>
    where
        Self: FieldFunction<To = f64>,
        HyperDualAt<X>: FieldNumber,
        Hessian<X>: Rows,
    {
        let ValueGradientHessian { value, gradient, hessian } =
            drive::value_gradient_and_hessian(|x| self.call(x), x);
        ValueGradientHessian { value, gradient, hessian: hessian.stack(x.dim()) }
    }

    /// The Jacobian-vector product: [`jvp`](crate::jvp()).
    #[inline]
    #[track_caller]
    fn jvp<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> <Self::To as Family>::Of<X::Scalar>
    where
        Dual<X::Scalar, 1>: FieldNumber,
    {
        self.value_and_jvp(x, v).1
    }

    /// The value and the Jacobian-vector product: [`value_and_jvp`](crate::value_and_jvp()).
    #[inline]
    #[track_caller]
    fn value_and_jvp<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
        v: &X,
    ) -> (<Self::To as Family>::Of<X::Scalar>, <Self::To as Family>::Of<X::Scalar>)
    where
        Dual<X::Scalar, 1>: FieldNumber,
    {
        drive::value_and_jvp(|x| Returned::<Self::To, _>(self.call(x)), x, v)
    }

    /// The Hessian-vector product of a scalar-valued function: [`hvp`](crate::hvp()).
    #[inline]
    #[track_caller]
    fn hvp<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> Gradient<X>
    where
        Self: FieldFunction<To = f64>,
        DualAlong<X>: FieldNumber,
    {
        drive::hvp(|x| self.call(x), x, v)
    }

    /// The second derivative along a direction of a scalar-valued function: [`vhv`](crate::vhv()).
    #[inline]
    #[track_caller]
    fn vhv<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> X::Scalar
    where
        Self: FieldFunction<To = f64>,
        HyperDual<X::Scalar, 1>: FieldNumber,
    {
        drive::vhv(|x| self.call(x), x, v)
    }

    /// The Laplacian of a scalar-valued function: [`laplacian`](crate::laplacian()).
    #[inline]
    #[track_caller]
    fn laplacian<X: At<Self::From> + ?Sized>(&self, x: &X) -> X::Scalar
    where
        Self: FieldFunction<To = f64>,
        HyperDual<X::Scalar, 1>: FieldNumber,
    {
        drive::laplacian(|x| self.call(x), x)
    }
}
