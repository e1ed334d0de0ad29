//! Problems for the solvers of `argmin`: cost, gradient, Hessian and Jacobian from one function.
//!
//! Write the function once, as a [`Function`]; the wrapper [`Minimize`] or [`LeastSquares`] is then the problem.
//!
//! ```
//! use argmin::core::{CostFunction, Gradient, Hessian};
//! use tangents::interop::argmin::Minimize;
//! use tangents::{Function, Number};
//!
//! struct Rosenbrock;
//!
//! impl Function for Rosenbrock {
//!     type From = [f64];
//!     type To = f64;
//!
//!     fn call<T: Number>(&self, x: &[T]) -> T {
//!         (T::one() - x[0]).powi(2) + T::lit(100.0) * (x[1] - x[0].powi(2)).powi(2)
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
//! use tangents::interop::argmin::{Container, LeastSquares};
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
//! # impl tangents::Function for Model {
//! #     type From = [f64];
//! #     type To = Vec<f64>;
//! #     fn call<T: tangents::Number>(&self, x: &[T]) -> Vec<T> {
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

use crate::drive::{Family, Point};
use crate::function::{Function, Returned};
use crate::real::Real;
use crate::rules::Number;

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
    /// The problem of minimising a scalar-valued [`Function`] of a slice: a `CostFunction` with `Gradient` and `Hessian`.
    ///
    /// Cost, for n parameters: of the value one evaluation on plain numbers; of the gradient ⌈n/8⌉ on 8 lanes; of the
    /// Hessian as [`hessian`](crate::hessian()) at a slice.
    Minimize
}

impl<P: Function<From = [f64], To = f64>, C: Container> CostFunction for Minimize<P, C> {
    type Param = C::Vector;
    type Output = C::Scalar;

    fn cost(&self, x: &C::Vector) -> Result<C::Scalar, Error> {
        Ok(self.function.call(C::slice(x)))
    }
}

impl<P: Function<From = [f64], To = f64>, C: Container> Gradient for Minimize<P, C> {
    type Param = C::Vector;
    type Gradient = C::Vector;

    #[track_caller]
    fn gradient(&self, x: &C::Vector) -> Result<C::Vector, Error> {
        Ok(C::vector(self.function.gradient(C::slice(x))))
    }
}

impl<P: Function<From = [f64], To = f64>, C: Container> Hessian for Minimize<P, C> {
    type Param = C::Vector;
    type Hessian = C::Matrix;

    #[track_caller]
    fn hessian(&self, x: &C::Vector) -> Result<C::Matrix, Error> {
        let x = C::slice(x);
        Ok(C::matrix(x.len(), x.len(), self.function.hessian(x).concat()))
    }
}

problem! {
    /// The problem of the least squares of the residuals r that a [`Function`] of a slice returns, in a container of any kind: an
    /// `Operator`, r, with `Jacobian` J, and a `CostFunction`,
    /// ½·Σ rᵢ², with `Gradient`, Jᵀr, and `Hessian`.
    ///
    /// The Hessian is that of Gauss and Newton, Jᵀ·J, without the second derivatives of r; for the whole one, take the
    /// sum as a function to [`Minimize`].
    ///
    /// Cost, for n parameters: of r and of the cost one evaluation on plain numbers; of the others ⌈n/8⌉ on 8 lanes.
    ///
    /// ```
    /// use argmin::core::{CostFunction, Gradient, Jacobian, Operator};
    /// use tangents::interop::argmin::LeastSquares;
    /// use tangents::{Function, Number};
    ///
    /// struct Line;
    ///
    /// impl Function for Line {
    ///     type From = [f64];
    ///     type To = [f64; 2];
    ///
    ///     fn call<T: Number>(&self, x: &[T]) -> [T; 2] {
    ///         [(1.0, 2.0), (2.0, 5.0)].map(|(t, y)| x[0] + x[1] * T::lit(t) - T::lit(y))
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

impl<P: Function<From = [f64]>, C: Container> LeastSquares<P, C> {
    /// The residuals.
    fn residuals(&self, x: &[C::Scalar]) -> Vec<C::Scalar> {
        Returned::<P::To, C::Scalar>(self.function.call(x)).ravel()
    }

    /// Residuals and Jacobian.
    #[track_caller]
    fn linearised(&self, x: &[C::Scalar]) -> (Vec<C::Scalar>, Vec<Vec<C::Scalar>>) {
        let (value, mut jacobian) = self.function.value_and_jacobian(x);
        let value = Returned::<P::To, C::Scalar>(value);
        let mut rows = Vec::with_capacity(value.dim());
        let Ok(()) = P::To::pair(&value.0, &mut jacobian, &mut |_, row| rows.push(core::mem::take(row)))
        else {
            unreachable!("a Jacobian has the shape of the value")
        };
        (value.ravel(), rows)
    }
}

impl<P: Function<From = [f64]>, C: Container> Operator for LeastSquares<P, C> {
    type Param = C::Vector;
    type Output = C::Vector;

    fn apply(&self, x: &C::Vector) -> Result<C::Vector, Error> {
        Ok(C::vector(self.residuals(C::slice(x))))
    }
}

impl<P: Function<From = [f64]>, C: Container> Jacobian for LeastSquares<P, C> {
    type Param = C::Vector;
    type Jacobian = C::Matrix;

    #[track_caller]
    fn jacobian(&self, x: &C::Vector) -> Result<C::Matrix, Error> {
        let x = C::slice(x);
        let (_, rows) = self.linearised(x);
        Ok(C::matrix(rows.len(), x.len(), rows.concat()))
    }
}

impl<P: Function<From = [f64]>, C: Container> CostFunction for LeastSquares<P, C> {
    type Param = C::Vector;
    type Output = C::Scalar;

    fn cost(&self, x: &C::Vector) -> Result<C::Scalar, Error> {
        let residuals = self.residuals(C::slice(x));
        Ok(C::Scalar::lit(0.5) * C::Scalar::sum(residuals.into_iter().map(|r| r * r)))
    }
}

impl<P: Function<From = [f64]>, C: Container> Gradient for LeastSquares<P, C> {
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

impl<P: Function<From = [f64]>, C: Container> Hessian for LeastSquares<P, C> {
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
