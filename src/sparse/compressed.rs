//! First derivatives in compressed form: a function run in passes over groups of colours. [`Compressed`].

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::TypeId;

use super::SparseError;
use super::dense_rows::DenseRows;
use super::recipe::{Recipe, Width, with_lanes};
use super::workspace::{Seeded, SparseWorkspace, WIDE, WIDER, wide_constants, wider_constants};
use crate::drive::containers::{coordinate_of, each, map_all};
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{Family, FirstOrder, Of, Point};
use crate::error::Error;
use crate::function::{At, Function, Returned, fastest};
use crate::number::on::{FloatOf, Work, may_be_on_a_set};
use crate::number::{Dual, DualOrConstant};
use crate::rules::Number;

/// How the entries of a matrix are read from the first derivatives of a function with as many results as there are rows.
#[derive(Clone)]
pub(super) struct Compressed {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) recipe: Arc<Recipe>,
    pub(super) dense_rows: Arc<DenseRows>,
}

impl Compressed {
    /// The value at a point of any kind; `values` gets the entries.
    #[track_caller]
    pub(super) fn at_point<F, X>(
        &self,
        f: &F,
        x: &X,
        values: &mut [X::Scalar],
    ) -> Result<<F::To as Family>::Of<X::Scalar>, SparseError>
    where
        F: Function + ?Sized,
        X: At<F::From> + ?Sized,
    {
        Error::check_length("point", self.columns, x.dim())?;
        fastest::<X::Scalar, _>(values.len(), AtPoint { of: self, f, x, values })
    }

    /// `value`, if it is wanted, gets the value at a slice, and `values` the entries.
    #[track_caller]
    pub(super) fn at_slice<F, T>(
        &self,
        f: &F,
        x: &[T],
        value: Option<&mut [T]>,
        values: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<(), SparseError>
    where
        F: Function<From = [f64]> + ?Sized,
        T: Number,
    {
        Error::check_length("point", self.columns, x.len())?;
        fastest::<T, _>(values.len(), AtSlice { of: self, f, x, value, values, workspace })
    }

    /// The result of a run of the function, if it has as many numbers as there are rows.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn checked<R: Point>(&self, y: R) -> Result<R, SparseError> {
        Error::check_shape(self.rows, y.dim())?;
        Ok(y)
    }
}

/// Whether numbers over `V` have the lanes of wide vectors where they may be constants.
///
/// In vectors of 128 bits more lanes are more vectors than there are registers.
pub(super) const fn is_wider<V: FloatOf<T>, T>() -> bool {
    may_be_on_a_set::<V>() && size_of::<V>() <= size_of::<f64>()
}

/// The value and the entries at a point of any kind.
struct AtPoint<'a, F: ?Sized, X: Point + ?Sized> {
    of: &'a Compressed,
    f: &'a F,
    x: &'a X,
    values: &'a mut [X::Scalar],
}

impl<F, X> Work<X::Scalar> for AtPoint<'_, F, X>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    type Output = Result<<F::To as Family>::Of<X::Scalar>, SparseError>;

    // Its one caller is compiled for an instruction set.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<X::Scalar>>(self) -> Self::Output {
        let Self { of, f, x, values } = self;
        let values = V::in_place(values);
        let value = with_lanes!(of.recipe.width(), W => colored_at::<F, X, V, W>(of, f, x, values))?;
        if !of.dense_rows.is_empty() {
            if const { is_wider::<V, X::Scalar>() } {
                dense_at::<F, X, V, WIDER>(of, f, x, values)?;
            } else {
                dense_at::<F, X, V, WIDE>(of, f, x, values)?;
            }
        }
        Ok(value)
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
fn colored_at<F, X, V, const W: usize>(
    of: &Compressed,
    f: &F,
    x: &X,
    values: &mut [V],
) -> Result<<F::To as Family>::Of<X::Scalar>, SparseError>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
    V: FloatOf<X::Scalar>,
{
    let call = |lifted: &Of<X, Dual<V, W>>| Returned::<F::To, Dual<V, W>>(f.call(X::argument(lifted)));
    let constant = |x| Dual::<V, W>::constant(V::of(x));
    let _running = Running::on([TypeId::of::<Dual<V, W>>()], || {
        with_lifted(x, constant, |lifted| is_left_in(&call(lifted), FirstOrder::<V>::left_over))
    });
    with_lifted(x, constant, |lifted| {
        let (mut value, mut seeded) = (None, None);
        for (number, pass) in of.recipe.passes().iter().enumerate() {
            let mut i = 0;
            while i < of.columns {
                let neighbours = X::neighbours(lifted, i);
                of.recipe.reseed(neighbours, i, seeded, number);
                i += neighbours.len();
            }
            seeded = Some(number);
            let y = of.checked(call(lifted))?;
            pass.scatter(&y, values);
            value = value.or_else(|| Some(map_all(&y, |y| y.re.plain())));
        }
        let Some(value) = value else { unreachable!("a recipe has at least one pass") };
        Ok(value)
    })
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn dense_at<F, X, V, const N: usize>(
    of: &Compressed,
    f: &F,
    x: &X,
    values: &mut [V],
) -> Result<(), SparseError>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
    V: FloatOf<X::Scalar>,
{
    with_lifted(
        x,
        |x| DualOrConstant::<V, N>::constant(V::of(x)),
        |lifted| {
            let call = |lifted: &Of<X, _>| {
                of.checked(Returned::<F::To, DualOrConstant<V, N>>(f.call(X::argument(lifted))))
            };
            of.dense_rows.sweep(lifted, coordinate_of::<X, _>, call, values)
        },
    )
}

/// The value, if it is wanted, and the entries at a slice.
struct AtSlice<'a, F: ?Sized, T> {
    of: &'a Compressed,
    f: &'a F,
    x: &'a [T],
    value: Option<&'a mut [T]>,
    values: &'a mut [T],
    workspace: &'a mut SparseWorkspace<T>,
}

impl<F, T> Work<T> for AtSlice<'_, F, T>
where
    F: Function<From = [f64]> + ?Sized,
    T: Number,
{
    type Output = Result<(), SparseError>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) -> Self::Output {
        let Self { of, f, x, value, values, workspace } = self;
        let values = V::in_place(values);
        let SparseWorkspace { four, eight, sixteen, wide, wider, .. } = workspace;
        match of.recipe.width() {
            Width::Four => colored_slice::<F, T, V, 4>(of, f, x, four, value, values),
            Width::Eight => colored_slice::<F, T, V, 8>(of, f, x, eight, value, values),
            Width::Sixteen => colored_slice::<F, T, V, 16>(of, f, x, sixteen, value, values),
        }?;
        if of.dense_rows.is_empty() {
            Ok(())
        } else if const { is_wider::<V, T>() } {
            dense_slice::<F, V, WIDER>(of, f, wider_constants(wider, x), values)
        } else {
            dense_slice::<F, V, WIDE>(of, f, wide_constants(wide, x), values)
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
fn colored_slice<F, T, V, const W: usize>(
    of: &Compressed,
    f: &F,
    x: &[T],
    memory: &mut Seeded<T, W>,
    mut value: Option<&mut [T]>,
    values: &mut [V],
) -> Result<(), SparseError>
where
    F: Function<From = [f64]> + ?Sized,
    T: Number,
    V: FloatOf<T>,
{
    let call = |lifted: &[Dual<V, W>]| Returned::<F::To, Dual<V, W>>(f.call(lifted));
    let _running = Running::on([TypeId::of::<Dual<V, W>>()], || {
        let constants: Vec<_> = x.iter().map(|&x| Dual::constant(V::of(x))).collect();
        is_left_in(&call(&constants), FirstOrder::<V>::left_over)
    });
    memory.each_pass(&of.recipe, x, |number, lifted| {
        let y = of.checked(call(lifted))?;
        of.recipe.passes()[number].scatter(&y, values);
        if let Some(value) = value.take() {
            let mut numbers = value.iter_mut();
            each(&y, |y| {
                if let Some(number) = numbers.next() {
                    *number = y.re.plain();
                }
            });
        }
        Ok(())
    })
}

#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn dense_slice<F, V, const N: usize>(
    of: &Compressed,
    f: &F,
    lifted: &mut [DualOrConstant<V, N>],
    values: &mut [V],
) -> Result<(), SparseError>
where
    F: Function<From = [f64]> + ?Sized,
    V: Number,
{
    let call = |lifted: &[_]| of.checked(Returned::<F::To, DualOrConstant<V, N>>(f.call(lifted)));
    of.dense_rows.sweep(lifted, |lifted: &mut [_], i| &mut lifted[i], call, values)
}
