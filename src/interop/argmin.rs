//! Problems for the solvers of `argmin`: cost, gradient, Hessian and Jacobian from one function.
//!
//! Write the function once, generic over the number, as [`Cost`] or as [`Residuals`]; the wrapper [`Minimize`] or
//! [`LeastSquares`] is then the problem.
//!
//! ```
//! use argmin::core::{CostFunction, Gradient, Hessian};
//! use tangents::Real;
//! use tangents::interop::argmin::{Cost, Minimize};
//!
//! struct Rosenbrock;
//!
//! impl Cost for Rosenbrock {
//!     fn cost<D: Real>(&self, x: &[D]) -> D {
//!         (D::one() - x[0]).powi(2) + D::lit(100.0) * (x[1] - x[0].powi(2)).powi(2)
//!     }
//! }
//!
//! let problem: Minimize<Rosenbrock> = Minimize::new(Rosenbrock);
//! let x = vec![-1.0, 1.0];
//! assert_eq!(problem.cost(&x)?, 4.0);
//! assert_eq!(problem.gradient(&x)?, [-4.0, 0.0]);
//! assert_eq!(problem.hessian(&x)?, [[802.0, 400.0], [400.0, 200.0]]);
//! # Ok::<(), argmin::core::Error>(())
//! ```
//!
//! # Vectors and matrices of other crates
//!
//! Parameters are `Vec<f64>`s unless a [`Container`] is chosen. It's a type of your own that names the vectors and the
//! matrices, so it can be written for whichever version of `nalgebra`, `ndarray` or `faer` the feature of `argmin-math`
//! is for:
//!
//! ```
//! # #[cfg(feature = "nalgebra")] {
//! use nalgebra::{DMatrix, DVector};
//! use tangents::interop::argmin::{Container, LeastSquares, Residuals};
//!
//! struct Nalgebra;
//!
//! impl Container for Nalgebra {
//!     type Scalar = f64;
//!     type Vector = DVector<f64>;
//!     type Matrix = DMatrix<f64>;
//!
//!     fn slice(vector: &DVector<f64>) -> &[f64] {
//!         vector.as_slice()
//!     }
//!     fn vector(elements: Vec<f64>) -> DVector<f64> {
//!         elements.into()
//!     }
//!     fn matrix(rows: usize, columns: usize, row_major: Vec<f64>) -> DMatrix<f64> {
//!         DMatrix::from_row_iterator(rows, columns, row_major)
//!     }
//! }
//!
//! # struct Model;
//! # impl Residuals for Model {
//! #     fn residuals<D: tangents::Real>(&self, x: &[D]) -> Vec<D> {
//! #         vec![x[0] * x[1]]
//! #     }
//! # }
//! # use argmin::core::Jacobian;
//! let problem: LeastSquares<Model, Nalgebra> = LeastSquares::new(Model);
//! # assert_eq!(problem.jacobian(&vec![2.0, 3.0].into())?, DMatrix::from_row_slice(1, 2, &[3.0, 2.0]));
//! # }
//! # Ok::<(), argmin::core::Error>(())
//! ```
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use ::argmin::core::{CostFunction, Error, Gradient, Hessian, Jacobian, Operator};

use crate::drive;
use crate::real::Real;
use crate::rules::Number;

/// A function to be minimised.
pub trait Cost {
    /// The cost at `x`.
    fn cost<D: Real>(&self, x: &[D]) -> D;
}

/// Functions whose sum of squares is to be minimised, or that are to become 0.
pub trait Residuals {
    /// The residuals at `x`, as many at every `x`.
    fn residuals<D: Real>(&self, x: &[D]) -> Vec<D>;
}

/// The vectors and matrices that a solver computes with.
pub trait Container {
    /// The type of their elements.
    type Scalar: Number;

    /// The type of parameters, gradients and residuals.
    type Vector;

    /// The type of Hessians and Jacobians.
    type Matrix;

    /// The elements of a vector.
    fn slice(vector: &Self::Vector) -> &[Self::Scalar];

    /// The vector of these elements.
    fn vector(elements: Vec<Self::Scalar>) -> Self::Vector;

    /// The matrix of these elements, which stand row by row.
    fn matrix(rows: usize, columns: usize, row_major: Vec<Self::Scalar>) -> Self::Matrix;
}

/// `Vec<T>`, and `Vec<Vec<T>>`, a vector of rows: what `argmin` computes with by its feature `vec`.
#[derive(Clone, Copy, Debug)]
pub struct Vecs<T = f64>(PhantomData<T>);

impl<T: Number> Container for Vecs<T> {
    type Scalar = T;
    type Vector = Vec<T>;
    type Matrix = Vec<Vec<T>>;

    fn slice(vector: &Vec<T>) -> &[T] {
        vector
    }

    fn vector(elements: Vec<T>) -> Vec<T> {
        elements
    }

    fn matrix(rows: usize, columns: usize, row_major: Vec<T>) -> Vec<Vec<T>> {
        (0..rows).map(|i| row_major[i * columns..(i + 1) * columns].to_vec()).collect()
    }
}

macro_rules! problem {
    ($(#[$doc:meta])* $Problem:ident) => {
        $(#[$doc])*
        pub struct $Problem<P, C = Vecs> {
            /// The function.
            pub function: P,
            container: PhantomData<fn() -> C>,
        }

        impl<P, C> $Problem<P, C> {
            /// The problem of a function.
            pub const fn new(function: P) -> Self {
                Self { function, container: PhantomData }
            }
        }

        // By hand: the container need not be what the problem is.
        impl<P: Clone, C> Clone for $Problem<P, C> {
            fn clone(&self) -> Self {
                Self::new(self.function.clone())
            }
        }

        impl<P: fmt::Debug, C> fmt::Debug for $Problem<P, C> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($Problem)).field("function", &self.function).finish_non_exhaustive()
            }
        }
    };
}

problem! {
    /// The problem of minimising a [`Cost`]: a `CostFunction` with `Gradient` and `Hessian`.
    ///
    /// Cost, for n parameters: of the value one evaluation on plain numbers; of the gradient ⌈n/8⌉ on 8 lanes; of the
    /// Hessian as [`hessian`](crate::hessian()) at a slice.
    Minimize
}

impl<P: Cost, C: Container> CostFunction for Minimize<P, C> {
    type Param = C::Vector;
    type Output = C::Scalar;

    fn cost(&self, x: &C::Vector) -> Result<C::Scalar, Error> {
        Ok(self.function.cost(C::slice(x)))
    }
}

impl<P: Cost, C: Container> Gradient for Minimize<P, C> {
    type Param = C::Vector;
    type Gradient = C::Vector;

    #[track_caller]
    fn gradient(&self, x: &C::Vector) -> Result<C::Vector, Error> {
        Ok(C::vector(drive::gradient(|x| self.function.cost(x), C::slice(x))))
    }
}

impl<P: Cost, C: Container> Hessian for Minimize<P, C> {
    type Param = C::Vector;
    type Hessian = C::Matrix;

    #[track_caller]
    fn hessian(&self, x: &C::Vector) -> Result<C::Matrix, Error> {
        let x = C::slice(x);
        Ok(C::matrix(x.len(), x.len(), drive::hessian(|x| self.function.cost(x), x).concat()))
    }
}

problem! {
    /// The problem of the least squares of [`Residuals`] r: an `Operator`, r, with `Jacobian` J, and a `CostFunction`,
    /// ½·Σ rᵢ², with `Gradient`, Jᵀr, and `Hessian`.
    ///
    /// The Hessian is that of Gauss and Newton, Jᵀ·J, without the second derivatives of r; for the whole one, take the
    /// sum as a [`Cost`].
    ///
    /// Cost, for n parameters: of r and of the cost one evaluation on plain numbers; of the others ⌈n/8⌉ on 8 lanes.
    ///
    /// ```
    /// use argmin::core::{CostFunction, Gradient, Jacobian, Operator};
    /// use tangents::Real;
    /// use tangents::interop::argmin::{LeastSquares, Residuals};
    ///
    /// struct Line;
    ///
    /// impl Residuals for Line {
    ///     fn residuals<D: Real>(&self, x: &[D]) -> Vec<D> {
    ///         [(1.0, 2.0), (2.0, 5.0)].map(|(t, y)| x[0] + x[1] * D::lit(t) - D::lit(y)).into()
    ///     }
    /// }
    ///
    /// let problem: LeastSquares<Line> = LeastSquares::new(Line);
    /// let x = vec![0.0, 1.0];
    /// assert_eq!(problem.apply(&x)?, [-1.0, -3.0]);
    /// assert_eq!(problem.jacobian(&x)?, [[1.0, 1.0], [1.0, 2.0]]);
    /// assert_eq!(problem.cost(&x)?, 5.0);
    /// assert_eq!(problem.gradient(&x)?, [-4.0, -7.0]);
    /// # Ok::<(), argmin::core::Error>(())
    /// ```
    LeastSquares
}

impl<P: Residuals, C: Container> LeastSquares<P, C> {
    /// Residuals and Jacobian.
    #[track_caller]
    fn linearised(&self, x: &[C::Scalar]) -> (Vec<C::Scalar>, Vec<Vec<C::Scalar>>) {
        drive::value_and_jacobian(|x: &[_]| self.function.residuals(x), x)
    }
}

impl<P: Residuals, C: Container> Operator for LeastSquares<P, C> {
    type Param = C::Vector;
    type Output = C::Vector;

    fn apply(&self, x: &C::Vector) -> Result<C::Vector, Error> {
        Ok(C::vector(self.function.residuals(C::slice(x))))
    }
}

impl<P: Residuals, C: Container> Jacobian for LeastSquares<P, C> {
    type Param = C::Vector;
    type Jacobian = C::Matrix;

    #[track_caller]
    fn jacobian(&self, x: &C::Vector) -> Result<C::Matrix, Error> {
        let x = C::slice(x);
        let (_, rows) = self.linearised(x);
        Ok(C::matrix(rows.len(), x.len(), rows.concat()))
    }
}

impl<P: Residuals, C: Container> CostFunction for LeastSquares<P, C> {
    type Param = C::Vector;
    type Output = C::Scalar;

    fn cost(&self, x: &C::Vector) -> Result<C::Scalar, Error> {
        let residuals = self.function.residuals(C::slice(x));
        Ok(C::Scalar::lit(0.5) * C::Scalar::sum(residuals.into_iter().map(|r| r * r)))
    }
}

impl<P: Residuals, C: Container> Gradient for LeastSquares<P, C> {
    type Param = C::Vector;
    type Gradient = C::Vector;

    #[track_caller]
    fn gradient(&self, x: &C::Vector) -> Result<C::Vector, Error> {
        let x = C::slice(x);
        let (r, rows) = self.linearised(x);
        let component = |j: usize| C::Scalar::sum(rows.iter().zip(&r).map(|(row, &r)| row[j] * r));
        Ok(C::vector((0..x.len()).map(component).collect()))
    }
}

impl<P: Residuals, C: Container> Hessian for LeastSquares<P, C> {
    type Param = C::Vector;
    type Hessian = C::Matrix;

    #[track_caller]
    fn hessian(&self, x: &C::Vector) -> Result<C::Matrix, Error> {
        let x = C::slice(x);
        let n = x.len();
        let (_, rows) = self.linearised(x);
        let entry = |i: usize| {
            let (j, k) = (i / n, i % n);
            C::Scalar::sum(rows.iter().map(|row| row[j] * row[k]))
        };
        Ok(C::matrix(n, n, (0..n * n).map(entry).collect()))
    }
}
