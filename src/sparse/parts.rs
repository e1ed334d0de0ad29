//! Evaluations in parts, each on a thread of its own: a pass of first derivatives, a chunk of rows of a Hessian.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::TypeId;

use super::compressed::{Compressed, dense_slice, is_wider};
use super::product::{constant, left_over, types};
use super::recipe::{Width, with_lanes};
use super::workspace::{CHUNK, SparseWorkspace, Twice, WIDE, WIDER, wide_constants, wider_constants};
use super::{HessianPlan, JacobianPlan, SparseError, SparseMatrix};
use crate::dispatch::InstructionSet;
use crate::drive::FirstOrder;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::error::Error;
use crate::function::{Function, Returned};
use crate::number::Dual;
use crate::number::on::{FloatOf, Work};
use crate::rules::Number;

impl JacobianPlan {
    /// The number of passes over groups of colours.
    pub(crate) fn passes(&self) -> usize {
        self.compressed().recipe.passes().len()
    }

    /// That no call around this one runs on the numbers of the passes, of which other threads know nothing.
    #[track_caller]
    pub(crate) fn check_nesting<F, T>(&self, f: &F, x: &[T])
    where
        F: Function<From = [f64]> + ?Sized,
        T: Number,
    {
        T::on_set(InstructionSet::of_work(), Nesting { of: self.compressed(), f, x });
    }

    /// The entries of a pass, in its order.
    pub(crate) fn pass<F, T>(&self, number: usize, f: &F, x: &[T]) -> Result<Vec<T>, SparseError>
    where
        F: Function<From = [f64]> + ?Sized,
        T: Number,
    {
        Error::check_length("point", self.pattern().columns(), x.len())?;
        T::on_set(InstructionSet::of_work(), Pass { of: self.compressed(), number, f, x })
    }

    /// The matrix of the entries of all passes; its dense rows are evaluated here.
    pub(crate) fn gathered<F, T>(
        &self,
        f: &F,
        x: &[T],
        passes: Vec<Vec<T>>,
    ) -> Result<SparseMatrix<T>, SparseError>
    where
        F: Function<From = [f64]> + ?Sized,
        T: Number,
    {
        let mut values = alloc::vec![T::zero(); self.nnz()];
        for (pass, entries) in self.compressed().recipe.passes().iter().zip(passes) {
            pass.places(0..self.pattern().rows())
                .zip(entries)
                .for_each(|(place, value)| values[place] = value);
        }
        if !self.compressed().dense_rows.is_empty() {
            let dense = Dense { of: self.compressed(), f, x, values: &mut values };
            T::on_set(InstructionSet::of_work(), dense)?;
        }
        Ok(self.matrix(values))
    }
}

impl HessianPlan {
    /// The number of pairs of a group of colours and a chunk of rows.
    pub(crate) fn blocks(&self) -> usize {
        self.compressed().recipe.passes().len() * self.chunks()
    }

    fn chunks(&self) -> usize {
        self.pattern().rows().div_ceil(CHUNK).max(1)
    }

    /// That no call around this one runs on the numbers of the blocks, of which other threads know nothing.
    #[track_caller]
    pub(crate) fn check_nesting<F, T>(&self, f: &F, x: &[T])
    where
        F: Function<From = [f64], To = f64> + ?Sized,
        T: Number,
    {
        T::on_set(InstructionSet::of_work(), TwiceNesting { of: self.compressed(), f, x });
    }

    /// What is read in a block, in its order.
    pub(crate) fn block<F, T>(&self, number: usize, f: &F, x: &[T]) -> Result<Vec<T>, SparseError>
    where
        F: Function<From = [f64], To = f64> + ?Sized,
        T: Number,
    {
        Error::check_length("point", self.pattern().columns(), x.len())?;
        let (pass, chunk) = (number / self.chunks(), number % self.chunks());
        Ok(T::on_set(
            InstructionSet::of_work(),
            Block { of: self.compressed(), pass, start: chunk * CHUNK, f, x },
        ))
    }

    /// The matrix of what is read in all blocks.
    pub(crate) fn gathered<T: Number>(&self, blocks: Vec<Vec<T>>) -> Result<SparseMatrix<T>, SparseError> {
        let mut values = alloc::vec![T::zero(); self.nnz()];
        self.recovered(&mut values, &mut Vec::new(), |product| {
            for (number, entries) in blocks.into_iter().enumerate() {
                let (pass, chunk) = (number / self.chunks(), number % self.chunks());
                let rows = chunk * CHUNK..self.pattern().rows().min((chunk + 1) * CHUNK);
                let places = self.compressed().recipe.passes()[pass].places(rows);
                places.zip(entries).for_each(|(place, value)| product[place] = value);
            }
            Ok(())
        })?;
        Ok(SparseMatrix::from_fitting(Arc::clone(self.shared_pattern()), None, values))
    }
}

/// [`JacobianPlan::check_nesting`]
struct Nesting<'a, F: ?Sized, T> {
    of: &'a Compressed,
    f: &'a F,
    x: &'a [T],
}

impl<F, T> Work<T> for Nesting<'_, F, T>
where
    F: Function<From = [f64]> + ?Sized,
    T: Number,
{
    type Output = ();

    #[track_caller]
    fn run<V: FloatOf<T>>(self) {
        let Self { of, f, x } = self;
        with_lanes!(of.recipe.width(), W => {
            let _running = Running::on([TypeId::of::<Dual<V, W>>()], || {
                let constants: Vec<Dual<V, W>> = x.iter().map(|&x| Dual::constant(V::of(x))).collect();
                is_left_in(&Returned::<F::To, _>(f.call(&constants)), FirstOrder::<V>::left_over)
            });
        });
    }
}

/// [`JacobianPlan::pass`]
struct Pass<'a, F: ?Sized, T> {
    of: &'a Compressed,
    number: usize,
    f: &'a F,
    x: &'a [T],
}

impl<F, T> Work<T> for Pass<'_, F, T>
where
    F: Function<From = [f64]> + ?Sized,
    T: Number,
{
    type Output = Result<Vec<T>, SparseError>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<V: FloatOf<T>>(self) -> Self::Output {
        let Self { of, number, f, x } = self;
        let pass = &of.recipe.passes()[number];
        let mut entries = alloc::vec![T::zero(); pass.len()];
        with_lanes!(of.recipe.width(), W => {
            let _running = Running::unchecked([TypeId::of::<Dual<V, W>>()]);
            let lift = |(i, &x)| of.recipe.seeded::<V, W>(V::of(x), i, number);
            let lifted: Vec<_> = x.iter().enumerate().map(lift).collect();
            let y = of.checked(Returned::<F::To, Dual<V, W>>(f.call(&lifted)))?;
            pass.in_order(&y, V::in_place(&mut entries));
        });
        Ok(entries)
    }
}

/// The dense rows.
struct Dense<'a, F: ?Sized, T> {
    of: &'a Compressed,
    f: &'a F,
    x: &'a [T],
    values: &'a mut [T],
}

impl<F, T> Work<T> for Dense<'_, F, T>
where
    F: Function<From = [f64]> + ?Sized,
    T: Number,
{
    type Output = Result<(), SparseError>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<V: FloatOf<T>>(self) -> Self::Output {
        let Self { of, f, x, values } = self;
        let SparseWorkspace { mut wide, mut wider, .. } = SparseWorkspace::new();
        let values = V::in_place(values);
        if const { is_wider::<V, T>() } {
            dense_slice::<F, V, WIDER>(of, f, wider_constants(&mut wider, x), values)
        } else {
            dense_slice::<F, V, WIDE>(of, f, wide_constants(&mut wide, x), values)
        }
    }
}

/// [`HessianPlan::check_nesting`]
struct TwiceNesting<'a, F: ?Sized, T> {
    of: &'a Compressed,
    f: &'a F,
    x: &'a [T],
}

impl<F, T> Work<T> for TwiceNesting<'_, F, T>
where
    F: Function<From = [f64], To = f64> + ?Sized,
    T: Number,
{
    type Output = ();

    #[track_caller]
    fn run<V: FloatOf<T>>(self) {
        #[track_caller]
        fn check<F, T, V, const C: usize>(f: &F, x: &[T])
        where
            F: Function<From = [f64], To = f64> + ?Sized,
            T: Number,
            V: FloatOf<T>,
        {
            let _running = Running::on(types::<V, C>(), || {
                let constants: Vec<Twice<V, C>> = x.iter().map(|&x| constant(V::of(x))).collect();
                left_over::<V, C>(&f.call(&constants))
            });
        }
        match self.of.recipe.width() {
            Width::Four => check::<F, T, V, 4>(self.f, self.x),
            Width::Eight | Width::Sixteen => check::<F, T, V, 8>(self.f, self.x),
        }
    }
}

/// [`HessianPlan::block`]
struct Block<'a, F: ?Sized, T> {
    of: &'a Compressed,
    pass: usize,
    start: usize,
    f: &'a F,
    x: &'a [T],
}

impl<F, T> Work<T> for Block<'_, F, T>
where
    F: Function<From = [f64], To = f64> + ?Sized,
    T: Number,
{
    type Output = Vec<T>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<V: FloatOf<T>>(self) -> Vec<T> {
        match self.of.recipe.width() {
            Width::Four => block::<F, T, V, 4>(&self),
            Width::Eight | Width::Sixteen => block::<F, T, V, 8>(&self),
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn block<F, T, V, const C: usize>(work: &Block<'_, F, T>) -> Vec<T>
where
    F: Function<From = [f64], To = f64> + ?Sized,
    T: Number,
    V: FloatOf<T>,
{
    let &Block { of, pass: number, start, f, x } = work;
    let _running = Running::unchecked(types::<V, C>());
    let lift = |(i, &x)| Twice::constant(of.recipe.seeded::<V, C>(V::of(x), i, number));
    let mut lifted: Vec<Twice<V, C>> = x.iter().enumerate().map(lift).collect();
    for (lane, x) in lifted.iter_mut().skip(start).take(CHUNK).enumerate() {
        x.seed(lane);
    }
    let y = f.call(&lifted);
    let pass = &of.recipe.passes()[number];
    let mut entries = Vec::new();
    for (lane, i) in (start..x.len().min(start + CHUNK)).enumerate() {
        let row = y.dual().map_or_else(|| Dual::constant(V::zero()), |y| y.eps[lane]);
        pass.each_of_row(i, |_, lane| entries.push(row.eps[lane % C].plain()));
    }
    entries
}
