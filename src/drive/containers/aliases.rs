//! The types of results and of the functions' arguments, read aloud.

use super::{Family, Lanes, Of, Point, View};
use crate::number::Dual;

/// The gradient at a point `X`: a container of its kind, `[T; N]` at `[T; N]`, `Vec<T>` at a slice, a structure at a
/// structure.
pub type Gradient<X> = Of<X, <X as Point>::Scalar>;

/// The Jacobian of a function that returns `R` at a point `X`: `R` with a gradient, a row, in place of each number.
///
/// `[[T; N]; M]` for `[D; M]` at `[T; N]`, `Vec<Vec<T>>` for `Vec<D>` at a slice.
pub type Jacobian<R, X> = Of<R, Gradient<X>>;

/// The Hessian at a point `X`: a gradient of gradients, `[[T; N]; N]` at `[T; N]`, `Vec<Vec<T>>` at a slice.
pub type Hessian<X> = Of<X, Gradient<X>>;

/// The Hessians of the components of a function that returns `R`: `R` with a Hessian in place of each number.
pub type Hessians<R, X> = Of<R, Hessian<X>>;

/// All third derivatives at a point `X`: a gradient of Hessians.
pub type ThirdDerivatives<X> = Of<X, Hessian<X>>;

/// The plain values of a function that returns `R` at a point `X`: `R` with a `T` in place of each number, also what a
/// [`jvp`](crate::jvp) is.
pub type Values<R, X> = Of<R, <X as Point>::Scalar>;

/// What a function takes at a point `X` to run on numbers `D`: `[D]` at arrays, slices and `Vec`s, the structure
/// with `D` at a structure.
pub type Argument<X, D> = <<<X as Point>::Family as Family>::View as View>::Of<D>;

/// The number that a function runs on at a point `X` for first derivatives: [`Dual<T, N>`](Dual) at `[T; N]`,
/// `Dual<T, 8>` at a slice.
pub type DualAt<X> = <<X as Point>::Lanes as Lanes>::First<<X as Point>::Scalar>;

/// The number that a function runs on at a point `X` for second derivatives: [`HyperDual<T, N>`](crate::HyperDual) at
/// `[T; N]`, `Dual<Dual<T, 8>, 8>` at a slice.
pub type HyperDualAt<X> = <<X as Point>::Lanes as Lanes>::Second<<X as Point>::Scalar>;

/// The number that a function runs on at a point `X` for a gradient and its derivative along a direction:
/// `Dual<Dual<T, 1>, N>` at `[T; N]`, `Dual<Dual<T, 1>, 8>` at a slice.
pub type DualAlong<X> = <<X as Point>::Lanes as Lanes>::First<Dual<<X as Point>::Scalar, 1>>;

/// The number that a function runs on at a point `X` for second derivatives and their derivatives along a coordinate.
pub type HyperDualAlong<X> = <<X as Point>::Lanes as Lanes>::Second<Dual<<X as Point>::Scalar, 1>>;
