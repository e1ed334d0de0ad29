//! Vectors and matrices of `nalgebra` as points and as results.

use core::fmt;

use ::nalgebra::{ArrayStorage, SMatrix};
#[cfg(feature = "alloc")]
use ::nalgebra::{Const, Dim, Dyn, Matrix, VecStorage};

#[cfg(feature = "alloc")]
use crate::drive::containers::coordinate_of;
use crate::drive::containers::{coordinate_in, family::pair_each, locate, pair_parts};
use crate::drive::{Family, Lanes, Of, Point};
use crate::error::Error;
#[cfg(feature = "alloc")]
use crate::point::Chunks;
use crate::rules::Number;

/// `[(row, column)]` of the entry that coordinate `i` is in, and its name there.
fn write_name_in<P: Point>(entries: &[P], rows: usize, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
    let (entry, i) = locate(entries.iter().map(P::dim), i);
    write!(path, "[({}, {})]", entry % rows.max(1), entry / rows.max(1))?;
    entries.get(entry).map_or(Ok(()), |part| part.write_name(i, path))
}

/// The function takes the vector or matrix itself, `&SMatrix<D, R, C>`; what it wants as a slice is `x.as_slice()`.
///
/// The coordinates are counted as `nalgebra` keeps them, column by column, and there are R lanes: a vector takes one
/// pass, a matrix one for each of its columns. A Hessian at a matrix of one row and several columns has no two lanes for
/// a mixed derivative: its drivers panic, and its transpose is the point to take.
impl<P: Point, const R: usize, const C: usize> Point for SMatrix<P, R, C> {
    type Scalar = P::Scalar;
    type Lanes = <P::Lanes as Lanes>::Repeat<R>;
    type Family = SMatrix<P::Family, R, C>;

    #[inline]
    fn dim(&self) -> usize {
        self.as_slice().iter().map(P::dim).sum()
    }

    #[inline]
    fn lift<D>(
        &self,
        coordinate: &mut impl FnMut(&P::Scalar) -> D,
        fixed: &mut impl FnMut(&P::Scalar) -> D,
    ) -> SMatrix<Of<P, D>, R, C> {
        let columns = self.data.0.each_ref();
        SMatrix::from_array_storage(ArrayStorage(columns.map(|column| column.lift(coordinate, fixed))))
    }

    #[inline]
    fn coordinate<D>(of: &mut SMatrix<Of<P, D>, R, C>, i: usize) -> Result<&mut D, usize> {
        coordinate_in::<P, D>(of.as_mut_slice(), i)
    }

    #[inline]
    fn argument<D>(of: &SMatrix<Of<P, D>, R, C>) -> &SMatrix<Of<P, D>, R, C> {
        of
    }

    #[inline]
    fn pair<D>(
        &self,
        of: &mut SMatrix<Of<P, D>, R, C>,
        f: &mut impl FnMut(&P::Scalar, &mut D),
    ) -> Result<(), Error> {
        pair_parts(self.as_slice(), of.as_mut_slice(), f)
    }

    fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
        write_name_in(self.as_slice(), R, i, path)
    }
}

impl<F: Family, const R: usize, const C: usize> Family for SMatrix<F, R, C> {
    type Of<D> = SMatrix<F::Of<D>, R, C>;
    type View = Self;

    #[inline]
    fn map<A: Number, B>(
        of: &Self::Of<A>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Self::Of<B> {
        let columns = of.data.0.each_ref();
        SMatrix::from_array_storage(ArrayStorage(
            columns.map(|column| <[F; R] as Family>::map(column, coordinate, fixed)),
        ))
    }

    #[inline]
    fn pair<A: Number, B>(
        of: &Self::Of<A>,
        with: &mut Self::Of<B>,
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error> {
        pair_each::<F, A, B>(of.as_slice(), with.as_mut_slice(), f)
    }
}

/// Vectors and matrices with a number of rows or columns that is known at run time.
#[cfg(feature = "alloc")]
macro_rules! run_time_point {
    ([$($generics:tt)*] $R:ty, $C:ty) => {
        impl<F: Family, $($generics)*> Family for Matrix<F, $R, $C, VecStorage<F, $R, $C>> {
            type Of<D> = Matrix<F::Of<D>, $R, $C, VecStorage<F::Of<D>, $R, $C>>;
            type View = Self;

            fn map<A: Number, B>(
        of: &Self::Of<A>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Self::Of<B> {
                let (rows, columns) = of.shape_generic();
                let entries = of.as_slice().iter().map(|part| F::map(part, coordinate, fixed)).collect();
                Matrix::from_data(VecStorage::new(rows, columns, entries))
            }

            fn pair<A: Number, B>(
                of: &Self::Of<A>,
                with: &mut Self::Of<B>,
                f: &mut impl FnMut(&A, &mut B),
            ) -> Result<(), Error> {
                Error::check_shape(with.nrows(), of.nrows())?;
                pair_each::<F, A, B>(of.as_slice(), with.as_mut_slice(), f)
            }
        }

        /// The function takes the vector or matrix itself. The coordinates are counted column by column, in chunks of 8.
        impl<P: Point, $($generics)*> Point for Matrix<P, $R, $C, VecStorage<P, $R, $C>> {
            type Scalar = P::Scalar;
            type Lanes = Chunks<8>;
            type Family = Matrix<P::Family, $R, $C, VecStorage<P::Family, $R, $C>>;

            #[inline]
            fn dim(&self) -> usize {
                self.as_slice().dim()
            }

            #[inline]
            fn lift<D>(
                &self,
                coordinate: &mut impl FnMut(&P::Scalar) -> D,
                fixed: &mut impl FnMut(&P::Scalar) -> D,
            ) -> Of<Self, D> {
                let (rows, columns) = self.shape_generic();
                Matrix::from_data(VecStorage::new(rows, columns, self.as_slice().lift(coordinate, fixed)))
            }

            #[inline]
            fn coordinate<D>(of: &mut Of<Self, D>, i: usize) -> Result<&mut D, usize> {
                coordinate_in::<P, D>(of.as_mut_slice(), i)
            }

            #[inline]
            fn neighbours<D>(of: &mut Of<Self, D>, i: usize) -> &mut [D] {
                if P::CONTIGUOUS {
                    return &mut P::flat(of.as_mut_slice())[i..];
                }
                core::slice::from_mut(coordinate_of::<Self, D>(of, i))
            }

            #[inline]
            fn argument<D>(of: &Of<Self, D>) -> &Of<Self, D> {
                of
            }

            #[inline]
            fn pair<D>(
                &self,
                of: &mut Of<Self, D>,
                f: &mut impl FnMut(&P::Scalar, &mut D),
            ) -> Result<(), Error> {
                Error::check_shape(of.nrows(), self.nrows())?;
                pair_parts(self.as_slice(), of.as_mut_slice(), f)
            }

            fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
                write_name_in(self.as_slice(), self.nrows(), i, path)
            }
        }
    };
}

#[cfg(feature = "alloc")]
run_time_point!([C: Dim] Dyn, C);
#[cfg(feature = "alloc")]
run_time_point!([const R: usize] Const<R>, Dyn);
