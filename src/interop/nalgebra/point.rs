//! Vectors and matrices of `nalgebra` as points.

use ::nalgebra::{ArrayStorage, SMatrix};
#[cfg(feature = "alloc")]
use ::nalgebra::{Const, Dim, Dyn, Matrix, VecStorage};

use crate::drive::Point;
use crate::error::Error;
use crate::number::{Dual, HyperDual};
use crate::real::Real;

/// The function takes the vector or matrix itself, `&SMatrix<D, R, C>`; what it wants as a slice is `x.as_slice()`.
///
/// The coordinates are counted as `nalgebra` keeps them, column by column, and there are R lanes: a vector takes one
/// pass, a matrix one for each of its columns. A Hessian at a matrix of one row and several columns has no two lanes for
/// a mixed derivative: its drivers panic, and its transpose is the point to take.
impl<T: Real, const R: usize, const C: usize> Point for SMatrix<T, R, C> {
    type Scalar = T;
    type Dual<S: Real> = Dual<S, R>;
    type Second<S: Real> = HyperDual<S, R>;
    type Of<D> = SMatrix<D, R, C>;
    type Argument<D> = SMatrix<D, R, C>;
    type Outcome<Out> = Out;

    #[inline]
    fn dim(&self) -> usize {
        R * C
    }

    #[inline]
    fn map<D>(&self, mut f: impl FnMut(T) -> D) -> SMatrix<D, R, C> {
        SMatrix::from_array_storage(ArrayStorage(self.data.0.map(|column| column.map(&mut f))))
    }

    #[inline]
    fn coordinate<D>(of: &mut SMatrix<D, R, C>, i: usize) -> &mut D {
        &mut of.as_mut_slice()[i]
    }

    #[inline]
    fn argument<D>(of: &SMatrix<D, R, C>) -> &SMatrix<D, R, C> {
        of
    }

    #[inline]
    fn outcome<Out>(result: Result<Out, Error>) -> Out {
        match result {
            Ok(out) => out,
            Err(error) => panic!("{error}"),
        }
    }
}

/// Vectors and matrices with a number of rows or columns that is known at run time.
#[cfg(feature = "alloc")]
macro_rules! run_time_point {
    ([$($generics:tt)*] $R:ty, $C:ty) => {
        /// The function takes the vector or matrix itself. The coordinates are counted column by column, in chunks of 8.
        impl<T: Real, $($generics)*> Point for Matrix<T, $R, $C, VecStorage<T, $R, $C>> {
            type Scalar = T;
            type Dual<S: Real> = <[S] as Point>::Dual<S>;
            type Second<S: Real> = <[S] as Point>::Second<S>;
            type Of<D> = Matrix<D, $R, $C, VecStorage<D, $R, $C>>;
            type Argument<D> = Matrix<D, $R, $C, VecStorage<D, $R, $C>>;
            type Outcome<Out> = Result<Out, Error>;

            #[inline]
            fn dim(&self) -> usize {
                self.len()
            }

            #[inline]
            fn map<D>(&self, f: impl FnMut(T) -> D) -> Self::Of<D> {
                let (rows, columns) = self.shape_generic();
                let entries = self.as_slice().iter().copied().map(f).collect();
                Matrix::from_data(VecStorage::new(rows, columns, entries))
            }

            #[inline]
            fn coordinate<D>(of: &mut Self::Of<D>, i: usize) -> &mut D {
                &mut of.as_mut_slice()[i]
            }

            #[inline]
            fn neighbours<D>(of: &mut Self::Of<D>, i: usize) -> &mut [D] {
                &mut of.as_mut_slice()[i..]
            }

            #[inline]
            fn argument<D>(of: &Self::Of<D>) -> &Self::Of<D> {
                of
            }

            #[inline]
            fn outcome<Out>(result: Result<Out, Error>) -> Result<Out, Error> {
                result
            }
        }
    };
}

#[cfg(feature = "alloc")]
run_time_point!([C: Dim] Dyn, C);
#[cfg(feature = "alloc")]
run_time_point!([const R: usize] Const<R>, Dyn);
