//! Numbers in arrays of `ndarray`; arrays as points and results of the drivers.
//!
//! An array of any dimension is a [point](crate::Point) and a result, and a view is a point: the gradient
//! at an array is an array of its shape. A Jacobian of vectors and a Hessian are matrices by the drivers of this module.
//!
//! ```
//! use ndarray::{Array1, Array2, array};
//! use tangents::gradient;
//! use tangents::interop::ndarray::{constants, hessian, jacobian};
//!
//! let (a, x) = (array![[2.0, 1.0], [1.0, 3.0]], array![1.0, -1.0]);
//!
//! // xᵀAx, whose gradient is 2Ax and whose Hessian is 2A.
//! assert_eq!(gradient(|x| x.dot(&constants(&a).dot(x)), &x), array![2.0, -4.0]);
//! let h: Array2<f64> = hessian(|x| x.dot(&constants(&a).dot(x)), &x);
//! assert_eq!(h, array![[4.0, 2.0], [2.0, 6.0]]);
//!
//! let j: Array2<f64> = jacobian(|x| x.map(|x| x.powi(2)), &x);
//! assert_eq!(j, array![[2.0, 0.0], [0.0, -2.0]]);
//! ```
//!
//! # What works
//!
//! - Everything that `ndarray` has for elements that are `LinalgScalar`s or `Float`s: sums, means, variances, products
//!   with `dot`, `mapv`, … ([`Dual`] is both.)
//! - Arithmetic of arrays with each other, with a number or an `f64` as right operand (`&a * 2.0`; in `a *= x` a number
//!   only), and with a number as left operand (`x * &a`).
//! - Not an `f64` as left operand, nor a plain array beside an array of numbers: `ndarray` has them for its own numbers
//!   alone. Write `&a * 2.0`, and lift the plain array by [`constants`].

use alloc::vec::Vec;

use core::fmt;
use core::ops::{Add, Div, Mul, Sub};

use ::ndarray::{Array, Array1, Array2, ArrayBase, ArrayRef, Data, Dimension, Ix1, ScalarOperand};

use crate::drive::containers::{coordinate_in, coordinate_of, locate};
use crate::drive::{self, Chunks, DualAt, Family, HyperDualAt, Of, Point, ValueGradientHessian};
use crate::error::Error;
use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;
use crate::rules::Number;

/// The array `a` with `f` of each element, in the order of rows: what `coordinate` can index.
fn mapped<S: Data, D: Dimension, R>(a: &ArrayBase<S, D>, f: impl FnMut(&S::Elem) -> R) -> Array<R, D> {
    let elements: Vec<R> = a.iter().map(f).collect();
    let Ok(array) = Array::from_shape_vec(a.raw_dim(), elements) else {
        unreachable!("as many elements as the array has")
    };
    array
}

/// An array or a view: the coordinates are its elements in the order of rows, on 8 lanes.
///
/// The function takes `&Array<D, _>`, whatever the memory layout of the point; the gradient is an array.
///
/// ```
/// use ndarray::{Array2, array};
/// use tangents::gradient;
///
/// // d/dA (a₀₀·a₁₁ − a₀₁·a₁₀) is the matrix of cofactors.
/// let a = array![[1.0, 2.0], [3.0, 4.0]];
/// let g: Array2<f64> = gradient(|a| a[[0, 0]] * a[[1, 1]] - a[[0, 1]] * a[[1, 0]], &a);
/// assert_eq!(g, array![[4.0, -3.0], [-2.0, 1.0]]);
///
/// // At a row of it.
/// let g = gradient(|x| (x * x).sum(), &a.row(1));
/// assert_eq!(g, array![6.0, 8.0]);
/// ```
///
/// It is a result too: the Jacobian of an array is an array of its shape, of gradients.
///
/// ```
/// use ndarray::{Array2, array};
/// use tangents::{Dual, jacobian};
///
/// // d/dt of a rotation by t: an array of derivatives.
/// let turn: Array2<f64> = jacobian(|t: &Dual<f64, 1>| array![[t.cos(), -t.sin()], [t.sin(), t.cos()]], &0.0);
/// assert_eq!(turn, array![[0.0, -1.0], [1.0, 0.0]]);
/// ```
impl<S, D> Point for ArrayBase<S, D>
where
    S: Data,
    S::Elem: Point,
    D: Dimension,
{
    type Scalar = <S::Elem as Point>::Scalar;
    type Lanes = Chunks<8>;
    type Family = Array<<S::Elem as Point>::Family, D>;

    fn dim(&self) -> usize {
        self.iter().map(Point::dim).sum()
    }

    fn lift<R>(
        &self,
        coordinate: &mut impl FnMut(&Self::Scalar) -> R,
        fixed: &mut impl FnMut(&Self::Scalar) -> R,
    ) -> Of<Self, R> {
        mapped(self, |part| part.lift(coordinate, fixed))
    }

    fn coordinate<R>(of: &mut Of<Self, R>, i: usize) -> Result<&mut R, usize> {
        coordinate_in::<S::Elem, R>(in_order(of), i)
    }

    fn neighbours<R>(of: &mut Of<Self, R>, i: usize) -> &mut [R] {
        if S::Elem::CONTIGUOUS {
            return &mut S::Elem::flat(in_order(of))[i..];
        }
        core::slice::from_mut(coordinate_of::<Self, R>(of, i))
    }

    fn argument<R>(of: &Of<Self, R>) -> &Of<Self, R> {
        of
    }

    fn pair<R>(&self, of: &mut Of<Self, R>, f: &mut impl FnMut(&Self::Scalar, &mut R)) -> Result<(), Error> {
        check_axes(self, of)?;
        self.iter().zip(of.iter_mut()).try_for_each(|(part, of)| part.pair(of, f))
    }

    fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
        let (entry, i) = locate(self.iter().map(Point::dim), i);
        let Some((_, part)) = self.indexed_iter().nth(entry) else { return Ok(()) };
        let mut rest = entry;
        let mut size = self.len();
        path.write_str("[")?;
        for (axis, &length) in self.shape().iter().enumerate() {
            size /= length;
            write!(path, "{}{}", if axis == 0 { "" } else { ", " }, rest / size)?;
            rest %= size;
        }
        path.write_str("]")?;
        part.write_name(i, path)
    }
}

impl<F: Family, D: Dimension> Family for Array<F, D> {
    type Of<R> = Array<F::Of<R>, D>;
    type View = Self;

    fn map<A: Number, B>(
        of: &Self::Of<A>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Self::Of<B> {
        mapped(of, |part| F::map(part, coordinate, fixed))
    }

    fn pair<A: Number, B>(
        of: &Self::Of<A>,
        with: &mut Self::Of<B>,
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error> {
        check_axes(of, with)?;
        of.iter().zip(with.iter_mut()).try_for_each(|(of, with)| F::pair(of, with, f))
    }
}

/// Whether two arrays have the same shape.
fn check_axes<S: Data, Q: Data, D: Dimension>(
    of: &ArrayBase<S, D>,
    with: &ArrayBase<Q, D>,
) -> Result<(), Error> {
    with.shape()
        .iter()
        .zip(of.shape())
        .try_for_each(|(&expected, &found)| Error::check_shape(expected, found))
}

/// The elements of an array that [`Point::lift`] made, in order.
fn in_order<R, D: Dimension>(of: &mut Array<R, D>) -> &mut [R] {
    let Some(elements) = of.as_slice_mut() else { unreachable!("`lift` makes arrays in the order of rows") };
    elements
}

// ---- Drivers whose results are matrices ----

/// The number that carries first derivatives, as at a slice.
type First<T> = DualAt<[T]>;

/// The number that carries second derivatives, as at a slice.
type Second<T> = HyperDualAt<[T]>;

/// The matrix of rows of length `n`.
fn matrix<T: Real>(rows: &Array1<Array1<T>>, n: usize) -> Array2<T> {
    Array2::from_shape_fn((rows.len(), n), |(i, j)| rows[i][j])
}

/// The Jacobian `J[[i, j]] = ∂fᵢ/∂xⱼ` of a vector-valued function of a vector, as a matrix of M rows and N columns.
///
/// For arrays of other dimensions, [`tangents::jacobian`](crate::jacobian()) gives an array of gradients.
///
/// Cost: ⌈N/8⌉ evaluations of `f` on 8 lanes (at least one).
///
/// # Panics
///
/// If `f` returns vectors of different lengths in different passes.
///
/// ```
/// use ndarray::array;
/// use tangents::interop::ndarray::jacobian;
///
/// let j = jacobian(|x| array![x[0] * x[1], x[0], x[1].exp()], &array![2.0, 0.0]);
/// assert_eq!(j, array![[0.0, 2.0], [1.0, 0.0], [0.0, 1.0]]);
/// ```
#[track_caller]
pub fn jacobian<S, F>(f: F, x: &ArrayBase<S, Ix1>) -> Array2<S::Elem>
where
    S: Data,
    S::Elem: Number,
    F: Fn(&Array1<First<S::Elem>>) -> Array1<First<S::Elem>>,
{
    value_and_jacobian(f, x).1
}

/// The value and the Jacobian of a vector-valued function of a vector.
///
/// Cost: as [`jacobian`]; the value comes with it.
///
/// # Panics
///
/// If `f` returns vectors of different lengths in different passes.
///
/// ```
/// use ndarray::array;
/// use tangents::interop::ndarray::value_and_jacobian;
///
/// let (value, j) = value_and_jacobian(|x| x * x, &array![2.0, 3.0]);
/// assert_eq!(value, array![4.0, 9.0]);
/// assert_eq!(j, array![[4.0, 0.0], [0.0, 6.0]]);
/// ```
#[track_caller]
pub fn value_and_jacobian<S, F>(f: F, x: &ArrayBase<S, Ix1>) -> (Array1<S::Elem>, Array2<S::Elem>)
where
    S: Data,
    S::Elem: Number,
    F: Fn(&Array1<First<S::Elem>>) -> Array1<First<S::Elem>>,
{
    let (value, rows) = drive::value_and_jacobian(f, x);
    (value, matrix(&rows, x.len()))
}

/// The Hessian `H[[i, j]] = ∂²f/∂xᵢ∂xⱼ` of a scalar-valued function of a vector, as a matrix, symmetric to the bit.
///
/// Cost: as [`tangents::hessian`](crate::hessian()) at a `Vec`.
///
/// ```
/// use ndarray::array;
/// use tangents::interop::ndarray::hessian;
///
/// let h = hessian(|x| x[0] * x[0] * x[1], &array![3.0, 2.0]);
/// assert_eq!(h, array![[4.0, 6.0], [6.0, 0.0]]);
/// ```
#[track_caller]
pub fn hessian<S, F>(f: F, x: &ArrayBase<S, Ix1>) -> Array2<S::Elem>
where
    S: Data,
    S::Elem: Number,
    F: Fn(&Array1<Second<S::Elem>>) -> Second<S::Elem>,
{
    value_gradient_and_hessian(f, x).hessian
}

/// The value, the gradient and the Hessian of a scalar-valued function of a vector: all that a Newton step needs.
///
/// Cost: as [`hessian`]; value and gradient come with it.
///
/// ```
/// use ndarray::array;
/// use tangents::interop::ndarray::value_gradient_and_hessian;
///
/// let at = value_gradient_and_hessian(|x| x[0] * x[1], &array![3.0, 2.0]);
/// assert_eq!((at.value, at.gradient), (6.0, array![2.0, 3.0]));
/// assert_eq!(at.hessian, array![[0.0, 1.0], [1.0, 0.0]]);
/// ```
#[track_caller]
pub fn value_gradient_and_hessian<S, F>(
    f: F,
    x: &ArrayBase<S, Ix1>,
) -> ValueGradientHessian<S::Elem, Array1<S::Elem>, Array2<S::Elem>>
where
    S: Data,
    S::Elem: Number,
    F: Fn(&Array1<Second<S::Elem>>) -> Second<S::Elem>,
{
    let ValueGradientHessian { value, gradient, hessian } = drive::value_gradient_and_hessian(f, x);
    ValueGradientHessian { value, gradient, hessian: matrix(&hessian, x.len()) }
}

// ---- Values, tangents, constants ----

/// The elements as constants of whatever number is asked for: how a plain array stands beside one of numbers.
///
/// ```
/// use ndarray::{Array1, array};
/// use tangents::Dual;
/// use tangents::interop::ndarray::constants;
///
/// let x: Array1<Dual<f64, 2>> = constants(&array![1.0, 2.0]);
/// assert!(x[1].identical(&Dual::constant(2.0)));
/// ```
pub fn constants<T: Real, X: Real, D: Dimension>(plain: &ArrayRef<T, D>) -> Array<X, D> {
    plain.mapv(|x| X::from(x).unwrap_or_else(X::nan))
}

/// The values.
///
/// ```
/// use ndarray::array;
/// use tangents::Dual;
/// use tangents::interop::ndarray::values;
///
/// let x = array![Dual::new(1.0, [5.0]), Dual::new(2.0, [6.0])];
/// assert_eq!(values(&x), array![1.0, 2.0]);
/// ```
pub fn values<T: Real, const N: usize, D: Dimension>(numbers: &ArrayRef<Dual<T, N>, D>) -> Array<T, D> {
    numbers.mapv(|x| x.re)
}

/// The tangents in the lane `lane`.
///
/// # Panics
///
/// If there is no such lane, `lane >= N`.
///
/// ```
/// use ndarray::array;
/// use tangents::Dual;
/// use tangents::interop::ndarray::tangents;
///
/// let x = array![Dual::new(1.0, [5.0]), Dual::new(2.0, [6.0])];
/// assert_eq!(tangents(&x, 0), array![5.0, 6.0]);
/// ```
pub fn tangents<T: Real, const N: usize, D: Dimension>(
    numbers: &ArrayRef<Dual<T, N>, D>,
    lane: usize,
) -> Array<T, D> {
    numbers.mapv(|x| x.eps[lane])
}

/// The numbers with these values and, of one lane, these tangents: the point `x` moving in the direction `v`.
///
/// # Errors
///
/// [`Error::Length`] if the arrays don't have the same shape.
///
/// ```
/// use ndarray::array;
/// use tangents::interop::ndarray::{join, tangents};
///
/// let x = join(&array![3.0, 4.0], &array![1.0, 0.0])?;
/// assert_eq!(tangents(&(&x * &x), 0), array![6.0, 0.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
pub fn join<T: Real, D: Dimension>(
    values: &ArrayRef<T, D>,
    tangents: &ArrayRef<T, D>,
) -> Result<Array<Dual<T, 1>, D>, Error> {
    if values.raw_dim() != tangents.raw_dim() {
        return Err(Error::Length {
            what: "array of tangents",
            expected: values.len(),
            found: tangents.len(),
        });
    }
    let mut tangents = tangents.iter();
    let numbers = values.iter().map(|&re| Dual::new(re, [tangents.next().copied().unwrap_or_else(T::zero)]));
    let Ok(joined) = Array::from_shape_vec(values.raw_dim(), numbers.collect()) else {
        unreachable!("as many numbers as values")
    };
    Ok(joined)
}

// ---- Operators ----

macro_rules! left_operand {
    ($Number:ident: $($Op:ident $op:ident),*) => {$(
        /// With every element of an array.
        impl<T: Real, const N: usize, D: Dimension> $Op<Array<$Number<T, N>, D>> for $Number<T, N> {
            type Output = Array<$Number<T, N>, D>;

            fn $op(self, mut array: Array<$Number<T, N>, D>) -> Self::Output {
                array.map_inplace(|x| *x = self.$op(*x));
                array
            }
        }

        /// With every element of an array.
        impl<T: Real, const N: usize, D: Dimension> $Op<&Array<$Number<T, N>, D>> for $Number<T, N> {
            type Output = Array<$Number<T, N>, D>;

            fn $op(self, array: &Array<$Number<T, N>, D>) -> Self::Output {
                array.mapv(|x| self.$op(x))
            }
        }
    )*};
}

macro_rules! operand {
    ($Number:ident) => {
        /// A right operand of arrays: `a * x`.
        ///
        /// ```
        /// use ndarray::array;
        /// use tangents::gradient;
        ///
        /// let x = array![1.0, 2.0, 4.0];
        /// let g = gradient(|x| ((x / x[0]) * x[1] - 1.0 + x[2] * x).sum(), &x);
        /// assert_eq!(g, array![-8.0, 13.0, 13.0]);
        /// ```
        impl<T: Real, const N: usize> ScalarOperand for $Number<T, N> {}

        left_operand!($Number: Add add, Sub sub, Mul mul, Div div);
    };
}

operand!(Dual);
operand!(HyperDual);
operand!(Taylor);
