//! The loops over the terms of a list, compiled for each instruction set.
//!
//! A list is one piece of work: the set is chosen once for all its terms. Each version of a loop has an instance of the terms'
//! function of its own, which is inlined into it; so there is one loop for each number, which serves values, gradients and Hessians.

use core::any::TypeId;

use super::lists::Residual;
use super::projection::{Projection, project};
use crate::drive::containers::sizes::check_sizes;
use crate::drive::sweeps::lifted::with_lifted;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{FirstOrder, SecondOrder};
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
    /// Where the entries of the next terms' Hessians are.
    pub(super) places: &'a [usize],
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
    pub(super) jacobian: Option<OfJacobian<'a, T>>,
    /// `Jᵀ·r`
    pub(super) gradient: Option<&'a mut [T]>,
    pub(super) gauss_newton: Option<OfGaussNewton<'a, T>>,
}

/// The Jacobian of residuals.
#[derive(Debug)]
pub(super) struct OfJacobian<'a, T> {
    /// Where its rows start.
    pub(super) indptr: &'a [usize],
    /// Where the variables of the next blocks are in their rows.
    pub(super) ranks: &'a [usize],
    pub(super) values: &'a mut [T],
}

/// `Jᵀ·J`
#[derive(Debug)]
pub(super) struct OfGaussNewton<'a, T> {
    /// Where the entries of the next blocks' matrices are.
    pub(super) places: &'a [usize],
    pub(super) values: &'a mut [T],
}

/// Takes so many numbers off the front.
#[inline(always)]
fn take<'a>(numbers: &mut &'a [usize], count: usize) -> &'a [usize] {
    let (taken, rest) = numbers.split_at(count);
    *numbers = rest;
    taken
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

/// Adds numbers to those at these places.
#[inline(always)]
fn add_at<'a, T: Number>(to: &mut [T], places: &[usize], numbers: impl IntoIterator<Item = &'a T>) {
    for (&place, &number) in places.iter().zip(numbers) {
        to[place] += number;
    }
}

/// The bytes of a term's numbers above which they may be on the heap.
const SMALL: usize = 64 << 10;

/// What `run` makes of a term's variables as constants, numbers that `constant` makes of floats.
#[cfg_attr(not(debug_assertions), inline(always))]
fn with_constants<T: Number, V: FloatOf<T>, D: Copy, R, const M: usize>(
    x: &[T],
    variables: &[usize; M],
    constant: impl Fn(V) -> D,
    run: impl FnOnce(&mut [D; M]) -> R,
) -> R {
    if const { size_of::<[D; M]>() > SMALL } {
        return with_lifted(&gathered(x, variables), |x| constant(V::of(x)), run);
    }
    check_sizes::<D, R>();
    // Not by `map`, whose closure isn't compiled for the set.
    let mut lifted = [constant(V::zero()); M];
    for (lifted, &variable) in lifted.iter_mut().zip(variables) {
        *lifted = constant(V::of(x[variable]));
    }
    run(&mut lifted)
}

/// What `f` makes of a term's variables, each in a lane of its own of dual numbers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn with_duals<T: Number, V: FloatOf<T>, R, const M: usize>(
    x: &[T],
    variables: &[usize; M],
    f: impl FnOnce(&[Dual<V, M>; M]) -> R,
) -> R {
    with_constants(x, variables, Dual::constant, |lifted| {
        for (lane, lifted) in lifted.iter_mut().enumerate() {
            lifted.seed(lane);
        }
        f(lifted)
    })
}

/// The same with hyper-dual numbers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn with_hyper_duals<T: Number, V: FloatOf<T>, R, const M: usize>(
    x: &[T],
    variables: &[usize; M],
    f: impl FnOnce(&[HyperDual<V, M>; M]) -> R,
) -> R {
    with_constants(x, variables, HyperDual::constant, |lifted| {
        for (lane, lifted) in lifted.iter_mut().enumerate() {
            lifted.seed(lane);
        }
        f(lifted)
    })
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
            sum += with_constants(x, variables, |x: V| x, |x| f.call(x)).plain();
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
        let _running = Running::on([TypeId::of::<Dual<V, M>>()], || {
            let is_left = |(f, variables): &(F, _)| {
                with_constants(x, variables, Dual::<V, M>::constant, |x| {
                    FirstOrder::<V>::left_over(&f.call(x))
                })
            };
            terms.iter().any(is_left)
        });
        for (f, variables) in terms {
            let y: Dual<V, M> = with_duals(x, variables, |x| f.call(x));
            *sum += y.re.plain();
            add_at(gradient, variables, V::plain_array(&y.eps));
        }
    }
}

/// Their values, gradients and Hessians.
pub(super) struct Hessians<'a, 'b, F, T, const M: usize> {
    pub(super) terms: &'a List<F, M>,
    pub(super) x: &'a [T],
    pub(super) to: &'a mut OfTerms<'b, T>,
}

impl<F: Function<From = [f64], To = f64>, T: Number, const M: usize> Work<T> for Hessians<'_, '_, F, T, M> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) {
        let Self { terms, x, to: OfTerms { sum, gradient, places, hessian: values, projection } } = self;
        let _running = Running::on(<HyperDual<V, M> as SecondOrder<V>>::types(), || {
            let is_left = |(f, variables): &(F, _)| {
                let constant = HyperDual::<V, M>::constant;
                with_constants(x, variables, constant, |x| SecondOrder::<V>::left_over(&f.call(x)))
            };
            terms.iter().any(is_left)
        });
        for (f, variables) in terms {
            let y: HyperDual<V, M> = with_hyper_duals(x, variables, |x| f.call(x));
            let mut h = [[T::zero(); M]; M];
            for (i, h) in h.iter_mut().enumerate() {
                for (j, h) in h.iter_mut().enumerate() {
                    *h = y.second(i, j).plain();
                }
            }
            if let Some(projection) = *projection {
                project(&mut h, projection);
            }
            *sum += y.re.plain();
            add_at(gradient, variables, V::plain_array(&y.gradient));
            add_at(values, take(places, M * M), h.as_flattened());
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
            let r = with_constants(x, variables, |x: V| x, |x| f.call(x));
            for r in V::plain_slice(F::To::numbers(&r)) {
                to.take_residual(*r);
            }
        }
    }
}

/// The values of residuals, and what is made of their derivatives.
pub(super) struct Jacobians<'a, 'b, F, T, const M: usize> {
    pub(super) blocks: &'a List<F, M>,
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
        let Self { blocks, x, to } = self;
        let _running = Running::on([TypeId::of::<Dual<V, M>>()], || {
            let is_left = |(f, variables): &(F, _)| {
                with_constants(x, variables, Dual::<V, M>::constant, |x| {
                    is_left_in(&Returned::<F::To, _>(f.call(x)), FirstOrder::<V>::left_over)
                })
            };
            blocks.iter().any(is_left)
        });
        for (f, variables) in blocks {
            let r = with_duals(x, variables, |x| f.call(x));
            let r: &[Dual<V, M>] = F::To::numbers(&r);
            if let Some(OfJacobian { indptr, ranks, values }) = &mut to.jacobian {
                let ranks = take(ranks, M);
                for (&start, r) in indptr[to.row..].iter().zip(r) {
                    add_at(&mut values[start..], ranks, V::plain_array(&r.eps));
                }
            }
            if let Some(gradient) = &mut to.gradient {
                add_at(gradient, variables, &times_rows(r, |r| r.re.plain()));
            }
            if let Some(OfGaussNewton { places, values }) = &mut to.gauss_newton {
                for (i, places) in take(places, M * M).chunks_exact(M.max(1)).enumerate() {
                    add_at(values, places, &times_rows(r, |r| r.eps[i].plain()));
                }
            }
            for r in r {
                to.take_residual(r.re.plain());
            }
        }
    }
}

/// The sum of the gradients of residuals, each times `factor` of its residual.
#[inline(always)]
fn times_rows<T: Number, V: FloatOf<T>, const M: usize>(
    r: &[Dual<V, M>],
    factor: impl Fn(&Dual<V, M>) -> T,
) -> [T; M] {
    let mut sum = [T::zero(); M];
    for r in r {
        let factor = factor(r);
        for (sum, &slope) in sum.iter_mut().zip(V::plain_array(&r.eps)) {
            *sum += slope * factor;
        }
    }
    sum
}

impl<T: Number> OfResiduals<'_, T> {
    /// Adds up squares alone, from the first residual on.
    pub(super) fn new() -> Self {
        let squares = T::neg_zero();
        Self { row: 0, squares, residuals: None, jacobian: None, gradient: None, gauss_newton: None }
    }

    /// Half of the sum of the squares.
    pub(super) fn value(&self) -> T {
        T::lit(0.5) * self.squares
    }

    /// Takes in the next residual.
    #[inline(always)]
    fn take_residual(&mut self, r: T) {
        self.squares += r * r;
        if let Some(residuals) = &mut self.residuals {
            residuals[self.row] = r;
        }
        self.row += 1;
    }
}
