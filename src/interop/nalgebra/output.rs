//! Vectors and matrices of `nalgebra` as what a function returns.

use ::nalgebra::{ArrayStorage, SMatrix};
#[cfg(feature = "alloc")]
use ::nalgebra::{Const, Dim, Dyn, Matrix, VecStorage};

use crate::drive::Output;
use crate::error::Error;

/// Of any outputs, in the order in which `nalgebra` keeps them, column by column.
impl<R: Output, const M: usize, const P: usize> Output for SMatrix<R, M, P> {
    type Leaf = R::Leaf;
    type Of<S> = SMatrix<R::Of<S>, M, P>;

    #[inline]
    fn map<S>(&self, f: &mut impl FnMut(&R::Leaf) -> S) -> Self::Of<S> {
        let entries = self.data.0.each_ref().map(|column| column.each_ref().map(|output| output.map(f)));
        SMatrix::from_array_storage(ArrayStorage(entries))
    }

    #[inline]
    fn zip<S>(&self, of: &mut Self::Of<S>, f: &mut impl FnMut(&R::Leaf, &mut S)) -> Result<(), Error> {
        self.as_slice().iter().zip(of.as_mut_slice()).try_for_each(|(output, of)| output.zip(of, f))
    }
}

/// Outputs with a number of rows or columns that is known at run time.
#[cfg(feature = "alloc")]
macro_rules! run_time_output {
    ([$($generics:tt)*] $M:ty, $P:ty) => {
        /// Of any outputs, column by column; it must have the same shape in every pass.
        impl<R: Output, $($generics)*> Output for Matrix<R, $M, $P, VecStorage<R, $M, $P>> {
            type Leaf = R::Leaf;
            type Of<S> = Matrix<R::Of<S>, $M, $P, VecStorage<R::Of<S>, $M, $P>>;

            fn map<S>(&self, f: &mut impl FnMut(&R::Leaf) -> S) -> Self::Of<S> {
                let (rows, columns) = self.shape_generic();
                let entries = self.as_slice().iter().map(|output| output.map(f)).collect();
                Matrix::from_data(VecStorage::new(rows, columns, entries))
            }

            fn zip<S>(
                &self,
                of: &mut Self::Of<S>,
                f: &mut impl FnMut(&R::Leaf, &mut S),
            ) -> Result<(), Error> {
                let (first, later) = (of.shape(), self.shape());
                for (first, later) in [(first.0, later.0), (first.1, later.1)] {
                    if first != later {
                        return Err(Error::Ragged { first, later });
                    }
                }
                self.as_slice().iter().zip(of.as_mut_slice()).try_for_each(|(output, of)| output.zip(of, f))
            }
        }
    };
}

#[cfg(feature = "alloc")]
run_time_output!([P: Dim] Dyn, P);
#[cfg(feature = "alloc")]
run_time_output!([const M: usize] Const<M>, Dyn);
