//! The product H·S of a Hessian and the sums of the columns of each colour, for a scalar-valued function.
//!
//! Column c of S is the direction in which all coordinates of colour c move, so column c of H·S is the gradient's derivative along
//! it. A pass has the colours in the lanes of inner numbers and a chunk of coordinates in those of outer ones: ∂/∂xᵢ of
//! the derivative along c is the inner lane c of the outer lane of i. Only the numbers that depend on the chunk have outer lanes.

use alloc::vec::Vec;
use core::any::TypeId;
use core::convert::Infallible;

use super::SparseError;
use super::compressed::Compressed;
use super::recipe::Width;
use super::workspace::{SparseWorkspace, Twice};
use crate::drive::containers::coordinate_of;
use crate::drive::sweeps::chunks::{sweep, zeros};
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::Running;
use crate::drive::{FirstOrder, Gradient, Of, Point};
use crate::error::Error;
use crate::function::{At, Function, fastest};
use crate::number::Dual;
use crate::number::on::{FloatOf, Work, chunked_in_place};
use crate::rules::Number;

impl Compressed {
    /// The value and the gradient at a point of any kind; `product` gets what is read of H·S.
    #[track_caller]
    pub(super) fn product_at_point<F, X>(
        &self,
        f: &F,
        x: &X,
        product: &mut [X::Scalar],
    ) -> Result<(X::Scalar, Gradient<X>), SparseError>
    where
        F: Function<To = f64> + ?Sized,
        X: At<F::From> + ?Sized,
    {
        Error::check_length("point", self.columns, x.dim())?;
        Ok(fastest::<X::Scalar, _>(product.len(), AtPoint { of: self, f, x, product }))
    }

    /// The value at a slice; `gradient`, if it is wanted, gets the gradient, and `product` what is read of H·S.
    #[track_caller]
    pub(super) fn product_at_slice<F, T>(
        &self,
        f: &F,
        x: &[T],
        gradient: Option<&mut [T]>,
        product: &mut [T],
        workspace: &mut SparseWorkspace<T>,
    ) -> Result<T, SparseError>
    where
        F: Function<From = [f64], To = f64> + ?Sized,
        T: Number,
    {
        Error::check_length("point", self.columns, x.len())?;
        let work = AtSlice { of: self, f, x, gradient, product, workspace };
        Ok(fastest::<T, _>(work.product.len(), work))
    }

    /// The passes: over the groups of colours, and in each over the chunks of coordinates.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn each_block<V: Number, L: ?Sized, const C: usize>(
        &self,
        lifted: &mut L,
        coordinate: impl Fn(&mut L, usize) -> &mut Twice<V, C>,
        f: impl Fn(&L) -> Twice<V, C>,
        mut gradient: impl FnMut(usize, V),
        product: &mut [V],
    ) -> V {
        let mut value = V::nan();
        for (number, pass) in self.recipe.passes().iter().enumerate() {
            for i in 0..self.columns {
                let x = coordinate(lifted, i);
                *x = Twice::constant(self.recipe.seeded(x.value().re, i, number));
            }
            let Ok(y) = sweep(lifted, self.columns, &coordinate, |chunk, lifted| {
                let y = f(lifted);
                let rows = y.dual().map(|y| y.eps);
                for (lane, i) in chunk.enumerate() {
                    let row = rows.as_ref().map_or_else(|| Dual::constant(V::zero()), |rows| rows[lane]);
                    pass.scatter_row(i, &row, product);
                    if number == 0 {
                        gradient(i, row.re);
                    }
                }
                Ok::<_, Infallible>(y.value().re)
            });
            value = y;
        }
        value
    }
}

/// The types of the numbers that have derivatives.
pub(super) fn types<V: Number, const C: usize>() -> [TypeId; 2] {
    [TypeId::of::<Dual<V, C>>(), TypeId::of::<Twice<V, C>>()]
}

/// Whether a derivative is left in a number.
pub(super) fn left_over<V: Number, const C: usize>(y: &Twice<V, C>) -> bool {
    FirstOrder::<Dual<V, C>>::left_over(y) || FirstOrder::<V>::left_over(&y.value())
}

pub(super) fn constant<V: Number, const C: usize>(x: V) -> Twice<V, C> {
    Twice::constant(Dual::constant(x))
}

/// The value and the gradient at a point of any kind.
struct AtPoint<'a, F: ?Sized, X: Point + ?Sized> {
    of: &'a Compressed,
    f: &'a F,
    x: &'a X,
    product: &'a mut [X::Scalar],
}

impl<F, X> Work<X::Scalar> for AtPoint<'_, F, X>
where
    F: Function<To = f64> + ?Sized,
    X: At<F::From> + ?Sized,
{
    type Output = (X::Scalar, Gradient<X>);

    // Its one caller is compiled for an instruction set.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<X::Scalar>>(self) -> Self::Output {
        match self.of.recipe.width() {
            Width::Four => at_point::<F, X, V, 4>(self),
            Width::Eight | Width::Sixteen => at_point::<F, X, V, 8>(self),
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
fn at_point<F, X, V, const C: usize>(work: AtPoint<'_, F, X>) -> (X::Scalar, Gradient<X>)
where
    F: Function<To = f64> + ?Sized,
    X: At<F::From> + ?Sized,
    V: FloatOf<X::Scalar>,
{
    let AtPoint { of, f, x, product } = work;
    let lift = |x| constant::<V, C>(V::of(x));
    let call = |lifted: &Of<X, Twice<V, C>>| f.call(X::argument(lifted));
    let _running =
        Running::on(types::<V, C>(), || with_lifted(x, lift, |lifted| left_over::<V, C>(&call(lifted))));
    let mut gradient = zeros(x);
    let value = with_lifted(x, lift, |lifted| {
        let entry = |i, g: V| *coordinate_of::<X, _>(&mut gradient, i) = g.plain();
        of.each_block(lifted, coordinate_of::<X, _>, call, entry, V::in_place(product))
    });
    (value.plain(), gradient)
}

/// The value, and the gradient, if it is wanted, at a slice.
struct AtSlice<'a, F: ?Sized, T> {
    of: &'a Compressed,
    f: &'a F,
    x: &'a [T],
    gradient: Option<&'a mut [T]>,
    product: &'a mut [T],
    workspace: &'a mut SparseWorkspace<T>,
}

impl<F, T> Work<T> for AtSlice<'_, F, T>
where
    F: Function<From = [f64], To = f64> + ?Sized,
    T: Number,
{
    type Output = T;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) -> T {
        let Self { of, f, x, gradient, product, workspace } = self;
        match of.recipe.width() {
            Width::Four => at_slice::<F, T, V, 4>(of, f, x, gradient, product, &mut workspace.twice_four),
            Width::Eight | Width::Sixteen => {
                at_slice::<F, T, V, 8>(of, f, x, gradient, product, &mut workspace.twice_eight)
            }
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
fn at_slice<F, T, V, const C: usize>(
    of: &Compressed,
    f: &F,
    x: &[T],
    mut gradient: Option<&mut [T]>,
    product: &mut [T],
    memory: &mut Vec<Twice<T, C>>,
) -> T
where
    F: Function<From = [f64], To = f64> + ?Sized,
    T: Number,
    V: FloatOf<T>,
{
    memory.resize(x.len(), constant(T::zero()));
    let lifted = chunked_in_place::<T, V, C, _>(memory);
    lifted.iter_mut().zip(x).for_each(|(lifted, &x)| *lifted = constant(V::of(x)));
    let call = |lifted: &[Twice<V, C>]| f.call(lifted);
    let _running = Running::on(types::<V, C>(), || left_over::<V, C>(&call(lifted)));
    let entry = |i: usize, g: V| {
        if let Some(gradient) = &mut gradient {
            gradient[i] = g.plain();
        }
    };
    of.each_block(lifted, |lifted: &mut [_], i| &mut lifted[i], call, entry, V::in_place(product)).plain()
}
