//! The loops over the terms of a list, compiled for each instruction set.
//!
//! A list is one piece of work: the set is chosen once for all its terms. Each version of a loop has an instance of the terms'
//! function of its own, which is inlined into it; so there is one loop for each number, whatever is asked for.

use super::lists::Residual;
use super::projection::{Projection, project};
use crate::drive::ValueGradientHessian;
use crate::drive::calls::gradient::gradient_on;
use crate::drive::calls::hessian::hessian_on;
use crate::drive::calls::jacobian::jacobian_on;
use crate::function::{Function, Returned};
use crate::number::on::{FloatOf, Work};
use crate::number::{Dual, HyperDual};
use crate::rules::Number;

/// Functions with their variables: the terms, or the blocks of residuals, of one kind.
type List<F, const M: usize> = [(F, [usize; M])];

/// What is added up of terms.
#[derive(Debug)]
pub struct OfTerms<'a, T> {
    /// The values.
    pub(super) sum: T,
    pub(super) gradient: &'a mut [T],
    /// The entries of the Hessian, if it is asked for.
    pub(super) hessian: &'a mut [T],
    /// What is done with each term's Hessian before.
    pub(super) projection: Option<Projection>,
}

/// What is written or added up of residuals, as far as it is asked for.
#[derive(Debug)]
pub struct OfResiduals<'a, T> {
    /// The next residual.
    pub(super) row: usize,
    /// The squares.
    pub(super) squares: T,
    pub(super) residuals: Option<&'a mut [T]>,
    /// Where the rows of the Jacobian start, and its entries.
    pub(super) jacobian: Option<(&'a [usize], &'a mut [T])>,
    /// `Jᵀ·r`
    pub(super) gradient: Option<&'a mut [T]>,
    /// The entries of `Jᵀ·J`.
    pub(super) gauss_newton: Option<&'a mut [T]>,
}

/// The variables of a term.
#[inline(always)]
pub(super) fn gathered<T: Number, const M: usize>(x: &[T], variables: &[usize; M]) -> [T; M] {
    let mut gathered = [T::zero(); M];
    for (gathered, &variable) in gathered.iter_mut().zip(variables) {
        *gathered = x[variable];
    }
    gathered
}

/// The variables of a term as floats that carry them.
#[inline(always)]
fn lifted<T: Number, V: FloatOf<T>, const M: usize>(x: &[T], variables: &[usize; M]) -> [V; M] {
    let mut lifted = [V::of(T::zero()); M];
    for (lifted, &variable) in lifted.iter_mut().zip(variables) {
        *lifted = V::of(x[variable]);
    }
    lifted
}

/// Adds numbers to those at these places.
#[inline(always)]
fn add_at<'a, T: Number>(
    to: &mut [T],
    places: impl IntoIterator<Item = &'a usize>,
    numbers: impl IntoIterator<Item = &'a T>,
) {
    for (&place, &number) in places.into_iter().zip(numbers) {
        to[place] = to[place] + number;
    }
}

/// The values of terms.
pub(super) struct Values<'a, F, T, const M: usize> {
    pub(super) terms: &'a List<F, M>,
    pub(super) x: &'a [T],
    pub(super) sum: T,
}

impl<F: Function<From = [f64], To = f64>, T: Number, const M: usize> Work<T> for Values<'_, F, T, M> {
    type Output = T;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) -> T {
        let Self { terms, x, mut sum } = self;
        for (f, variables) in terms {
            sum = sum + f.call(&lifted::<T, V, M>(x, variables)).plain();
        }
        sum
    }
}

/// Their values and gradients.
pub(super) struct Gradients<'a, 'b, F, T, const M: usize> {
    pub(super) terms: &'a List<F, M>,
    pub(super) x: &'a [T],
    pub(super) to: &'a mut OfTerms<'b, T>,
}

impl<F: Function<From = [f64], To = f64>, T: Number, const M: usize> Work<T> for Gradients<'_, '_, F, T, M> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) {
        let Self { terms, x, to: OfTerms { sum, gradient, .. } } = self;
        for (f, variables) in terms {
            let at = gathered(x, variables);
            let (value, g) = gradient_on::<[T; M], V, Dual<V, M>, _>(|x| f.call(x), &at);
            *sum = *sum + value;
            add_at(gradient, variables, &g);
        }
    }
}

/// Their values, gradients and Hessians.
pub(super) struct Hessians<'a, 'b, F, T, const M: usize> {
    pub(super) terms: &'a List<F, M>,
    pub(super) places: &'a [[[usize; M]; M]],
    pub(super) x: &'a [T],
    pub(super) to: &'a mut OfTerms<'b, T>,
}

impl<F: Function<From = [f64], To = f64>, T: Number, const M: usize> Work<T> for Hessians<'_, '_, F, T, M> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) {
        let Self { terms, places, x, to: OfTerms { sum, gradient, hessian: values, projection } } = self;
        for ((f, variables), places) in terms.iter().zip(places) {
            let at = gathered(x, variables);
            let ValueGradientHessian { value, gradient: g, hessian: mut h } =
                hessian_on::<[T; M], V, HyperDual<V, M>>(|x| f.call(x), &at);
            if let Some(projection) = *projection {
                project(&mut h, projection);
            }
            *sum = *sum + value;
            add_at(gradient, variables, &g);
            add_at(values, places.as_flattened(), h.as_flattened());
        }
    }
}

/// The values of residuals.
pub(super) struct Residuals<'a, 'b, F, T, const M: usize> {
    pub(super) blocks: &'a List<F, M>,
    pub(super) x: &'a [T],
    pub(super) to: &'a mut OfResiduals<'b, T>,
}

impl<F: Function<From = [f64], To: Residual>, T: Number, const M: usize> Work<T>
    for Residuals<'_, '_, F, T, M>
{
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) {
        let Self { blocks, x, to } = self;
        for (f, variables) in blocks {
            let r = f.call(&lifted::<T, V, M>(x, variables));
            to.take(V::plain_slice(F::To::as_slice(&r)));
        }
    }
}

/// The values of residuals, and what is made of their derivatives.
pub(super) struct Jacobians<'a, 'b, F, T, const M: usize> {
    pub(super) blocks: &'a List<F, M>,
    pub(super) places: &'a [[[usize; M]; M]],
    pub(super) ranks: &'a [[usize; M]],
    pub(super) x: &'a [T],
    pub(super) to: &'a mut OfResiduals<'b, T>,
}

impl<F: Function<From = [f64], To: Residual>, T: Number, const M: usize> Work<T>
    for Jacobians<'_, '_, F, T, M>
{
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) {
        let Self { blocks, places, ranks, x, to } = self;
        for (((f, variables), places), ranks) in blocks.iter().zip(places).zip(ranks) {
            let at = gathered(x, variables);
            let (r, j) = jacobian_on::<[T; M], V, Dual<V, M>, Returned<F::To, Dual<V, M>>>(
                |x| Returned(f.call(x)),
                &at,
            );
            let (r, j) = (F::To::as_slice(&r), F::To::as_slice(&j));
            if let Some((indptr, values)) = &mut to.jacobian {
                for (&start, row) in indptr[to.row..].iter().zip(j) {
                    add_at(&mut values[start..], ranks, row);
                }
            }
            if let Some(gradient) = &mut to.gradient {
                add_at(gradient, variables, &transposed_times(j, |row| r[row]));
            }
            if let Some(values) = &mut to.gauss_newton {
                let mut normal = [[T::zero(); M]; M];
                for (i, normal) in normal.iter_mut().enumerate() {
                    *normal = transposed_times(j, |row| j[row][i]);
                }
                add_at(values, places.as_flattened(), normal.as_flattened());
            }
            to.take(r);
        }
    }
}

/// `Jᵀ·v`, added up from the first row to the last.
#[inline(always)]
fn transposed_times<T: Number, const M: usize>(j: &[[T; M]], v: impl Fn(usize) -> T) -> [T; M] {
    let mut product = [T::zero(); M];
    for (k, row) in j.iter().enumerate() {
        let v = v(k);
        for (product, &j) in product.iter_mut().zip(row) {
            *product = *product + j * v;
        }
    }
    product
}

impl<T: Number> OfResiduals<'_, T> {
    /// From the first residual on, nothing but the squares.
    pub(super) fn new() -> Self {
        let squares = T::neg_zero();
        Self { row: 0, squares, residuals: None, jacobian: None, gradient: None, gauss_newton: None }
    }

    /// Half of the sum of the squares.
    pub(super) fn value(&self) -> T {
        T::lit(0.5) * self.squares
    }

    /// Takes in the next residuals.
    #[inline(always)]
    fn take(&mut self, r: &[T]) {
        for &r in r {
            self.squares = self.squares + r * r;
        }
        if let Some(residuals) = &mut self.residuals {
            residuals[self.row..][..r.len()].copy_from_slice(r);
        }
        self.row += r.len();
    }
}
