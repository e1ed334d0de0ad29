//! A function value made ready for many points of one length: [`Prepared`].

use alloc::vec::Vec;
use core::any::TypeId;
use core::cell::Cell;
use core::convert::Infallible;
use core::fmt;
#[cfg(feature = "std")]
use core::hint::black_box;

use num_traits::Zero;

use super::Returned;
use super::numbers::{CHUNK, Numbers, WIDE, WIDER};
use crate::dispatch::{Available, InstructionSet};
use crate::drive::containers::{FirstOrder, SecondOrder, each};
use crate::drive::sweeps::blocks::sweep_blocks;
use crate::drive::sweeps::chunks::sweep;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{ValueJvpVhv, Workspace};
use crate::error::Error;
use crate::function::Function;
use crate::number::on::{
    Carries, FloatOf, Work, duals_in_place, duals_or_constants_in_place, nested_in_place,
};
use crate::number::{Dual, DualOrConstant};
use crate::rules::Number;

/// A function of a slice made ready for many points: it has chosen the numbers and the instruction set to run on, and owns the
/// memory to compute in.
///
/// [`Function::prepare`] makes one. The methods are those of [`Function`], with the results written into slices of the caller;
/// they allocate nothing once the memory has grown to what the largest call needs, and return an error where a slice has another
/// length than it must have. Nothing is evaluated then. A value prepared at one point may be asked at points of any length; it is
/// fastest at the length that it was prepared for.
///
/// It can be sent to another thread if the function can; each thread prepares one of its own from a shared function.
///
/// ```
/// use tangents::{Function, Number};
///
/// struct Rosenbrock;
///
/// impl Function for Rosenbrock {
///     type From = [f64];
///     type To = f64;
///
///     #[inline(always)]
///     fn call<T: Number>(&self, x: &[T]) -> T {
///         T::sum(x.windows(2).map(|w| (T::one() - w[0]).powi(2) + T::lit(100.0) * (w[1] - w[0] * w[0]).powi(2)))
///     }
/// }
///
/// let mut x = vec![1.5; 20];
/// let mut rosenbrock = Rosenbrock.prepare(&x);
/// let mut g = vec![0.0; 20];
/// for _ in 0..10_000 {
///     rosenbrock.gradient(&x, &mut g)?;
///     for (x, g) in x.iter_mut().zip(&g) {
///         *x -= 1e-3 * g;
///     }
/// }
/// assert!(Rosenbrock.call(&x) < 1e-3);
/// # Ok::<(), tangents::Error>(())
/// ```
pub struct Prepared<F, T> {
    function: F,
    choice: Choice,
    memory: Memory<T>,
    /// For the calls that have one way only.
    workspace: Workspace<T>,
}

/// On what first derivatives are computed.
#[derive(Clone, Copy, Debug)]
struct Choice {
    numbers: Numbers,
    /// None takes the one that is [chosen](InstructionSet::of_work) at each call.
    set: Option<Available>,
}

/// The numbers that a point is lifted to.
struct Memory<T> {
    present: Vec<Dual<T, CHUNK>>,
    wide: Vec<DualOrConstant<T, WIDE>>,
    wider: Vec<DualOrConstant<T, WIDER>>,
    nested: Vec<Dual<Dual<T, CHUNK>, CHUNK>>,
}

/// As many numbers as there are coordinates, over `T`; what they are doesn't matter.
fn grown<D: Copy>(numbers: &mut Vec<D>, n: usize, some: D) -> &mut [D] {
    numbers.resize(n, some);
    numbers
}

/// The numbers as constants at the point, over the float `V`.
#[inline(always)]
fn refilled<'m, T: Number, V: Carries<T>, D: FirstOrder<V>>(lifted: &'m mut [D], x: &[T]) -> &'m mut [D] {
    for (lifted, &x) in lifted.iter_mut().zip(x) {
        *lifted = D::constant(V::of(x));
    }
    lifted
}

/// The coordinate `i` of a slice.
#[inline(always)]
fn slot<D>(lifted: &mut [D], i: usize) -> &mut D {
    &mut lifted[i]
}

/// Runs `$body` with the point lifted to the numbers that are chosen.
macro_rules! lifted_to {
    ($numbers:expr, $memory:expr, $x:expr, $V:ident; $lifted:ident: $D:ident => $body:expr) => {
        match $numbers {
            Numbers::Present => {
                type $D<V> = Dual<V, CHUNK>;
                let memory = grown(&mut $memory.present, $x.len(), Dual::constant(Zero::zero()));
                let $lifted = refilled::<_, $V, $D<$V>>(duals_in_place::<_, $V, CHUNK>(memory), $x);
                $body
            }
            Numbers::Wide => {
                type $D<V> = DualOrConstant<V, WIDE>;
                let memory = grown(&mut $memory.wide, $x.len(), DualOrConstant::constant(Zero::zero()));
                let $lifted =
                    refilled::<_, $V, $D<$V>>(duals_or_constants_in_place::<_, $V, WIDE>(memory), $x);
                $body
            }
            Numbers::Wider => {
                type $D<V> = DualOrConstant<V, WIDER>;
                let memory = grown(&mut $memory.wider, $x.len(), DualOrConstant::constant(Zero::zero()));
                let $lifted =
                    refilled::<_, $V, $D<$V>>(duals_or_constants_in_place::<_, $V, WIDER>(memory), $x);
                $body
            }
        }
    };
}

/// First derivatives, written into slices: of `m` results the values, if they are wanted, and the rows of the Jacobian; nothing
/// is written if there is no `m`.
///
/// There is one such work for gradients, Jacobians and trials, so that the function has one caller to be inlined into.
struct Sweep<'a, F, T> {
    function: &'a F,
    numbers: Numbers,
    memory: &'a mut Memory<T>,
    x: &'a [T],
    m: Option<usize>,
    value: Option<&'a mut [T]>,
    jacobian: &'a mut [T],
}

impl<F: Function<From = [f64]>, T: Number> Work<T> for Sweep<'_, F, T> {
    /// That there are `m` results.
    type Output = Result<(), Error>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) -> Result<(), Error> {
        let Self { function: f, numbers, memory, x, m, mut value, jacobian } = self;
        let n = x.len();
        lifted_to!(numbers, memory, x, V; lifted: D => {
            let _running = Running::on([TypeId::of::<D<V>>()], || {
                is_left_in(&Returned::<F::To, D<V>>(f.call(lifted)), FirstOrder::<V>::left_over)
            });
            sweep(lifted, n, slot, |chunk, lifted| {
                let y = Returned::<F::To, D<V>>(f.call(lifted));
                let mut i = 0;
                each(&y, |y| {
                    if m.is_some_and(|m| i < m) {
                        let row = &mut jacobian[i * n..][chunk.clone()];
                        FirstOrder::<V>::write_lanes(y, 0, V::in_place(row));
                        if let Some(value) = &mut value {
                            value[i] = FirstOrder::<V>::primal(y).plain();
                        }
                    }
                    i += 1;
                });
                m.map_or(Ok(()), |m| Error::check_shape(m, i))
            })
        })
    }
}

/// The value, the gradient and the Hessian, written into slices.
struct HessianInto<'a, F, T> {
    function: &'a F,
    memory: &'a mut Memory<T>,
    x: &'a [T],
    gradient: Option<&'a mut [T]>,
    hessian: &'a mut [T],
}

impl<F: Function<From = [f64], To = f64>, T: Number> Work<T> for HessianInto<'_, F, T> {
    type Output = T;

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<T>>(self) -> T {
        type D<V> = Dual<Dual<V, CHUNK>, CHUNK>;
        let Self { function: f, memory, x, mut gradient, hessian } = self;
        let n = x.len();
        let memory = grown(&mut memory.nested, n, SecondOrder::<T>::constant(T::zero()));
        let lifted = nested_in_place::<_, V, CHUNK>(memory);
        for (lifted, &x) in lifted.iter_mut().zip(x) {
            *lifted = <D<V> as SecondOrder<V>>::constant(V::of(x));
        }
        let _running = Running::on(<D<V> as SecondOrder<V>>::types(), || {
            SecondOrder::<V>::left_over(&f.call::<D<V>>(lifted))
        });
        let Ok(value) = sweep_blocks(lifted, n, slot, |block, lifted| {
            let y: D<V> = f.call(lifted);
            if let Some(gradient) = &mut gradient {
                block.first(&y, |i, g: V| gradient[i] = g.plain());
            }
            block.second(&y, |i, j, h: V| hessian[i * n + j] = h.plain());
            Ok::<_, Infallible>(y.re.re.plain())
        });
        value
    }
}

impl<F: Function<From = [f64]>, T: Number> Prepared<F, T> {
    /// Makes a function ready for points like `x`; [`Function::prepare`] does so with a function that it borrows.
    ///
    /// Where there is a choice, which is with `std` and for `f32` and `f64`, the function is run at `x` in every way that there
    /// is, three times in each or up to 64 times within 0.3 ms, and the fastest way is kept. All of them give the same bits.
    ///
    /// Cost: 0.3 ms, or 27 first derivatives if those take longer: three for each set of instructions and kind of numbers.
    pub fn new(function: F, x: &[T]) -> Self {
        let memory = Memory { present: Vec::new(), wide: Vec::new(), wider: Vec::new(), nested: Vec::new() };
        let choice = Choice { numbers: Numbers::for_length(x.len()), set: None };
        let prepared = Self { function, choice, memory, workspace: Workspace::new() };
        #[cfg(feature = "std")]
        let prepared = prepared.tried_at(x);
        prepared
    }

    /// Keeps the way that is fastest at `x`.
    #[cfg(feature = "std")]
    fn tried_at(mut self, x: &[T]) -> Self {
        use std::time::{Duration, Instant};

        if !crate::number::inspect::is_primitive::<T>() || x.is_empty() {
            return self;
        }
        let (mut fastest, mut total) = (None, Duration::ZERO);
        // In the first turns code and data are fetched, and the CPU wakes its wider units, which takes it some 20 µs.
        for turn in 0..64 {
            if turn >= 3 && total >= Duration::from_micros(300) {
                break;
            }
            for &set in InstructionSet::worth_a_try() {
                for &numbers in Numbers::worth_a_try(x.len()) {
                    let start = Instant::now();
                    let (function, memory) = (&self.function, &mut self.memory);
                    let trial =
                        Sweep { function, numbers, memory, x, m: None, value: None, jacobian: &mut [] };
                    _ = black_box(T::on_set(set, trial));
                    let time = start.elapsed();
                    total += time;
                    if fastest.is_none_or(|(least, _)| time < least) {
                        fastest = Some((time, Choice { numbers, set: Some(set) }));
                    }
                }
            }
        }
        self.choice = fastest.map_or(self.choice, |(_, choice)| choice);
        self
    }

    /// The function.
    pub const fn function(&self) -> &F {
        &self.function
    }

    #[track_caller]
    fn work<W: Work<T>>(set: Option<Available>, work: W) -> W::Output {
        T::on_set(set.unwrap_or_else(InstructionSet::of_work), work)
    }

    /// The Jacobian, written row by row: [`Function::jacobian`], `∂fᵢ/∂xⱼ` at `i·n + j`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `jacobian` isn't a whole number of rows; [`Error::Shape`] if the function returns another number of
    /// results than there are rows.
    #[track_caller]
    pub fn jacobian(&mut self, x: &[T], jacobian: &mut [T]) -> Result<(), Error> {
        let n = x.len();
        let m = jacobian.len().checked_div(n).unwrap_or(0);
        Error::check_length("Jacobian", m * n, jacobian.len())?;
        if n == 0 { Ok(()) } else { self.sweep_rows(x, m, None, jacobian) }
    }

    /// The value and the Jacobian: [`Function::value_and_jacobian`].
    ///
    /// # Errors
    ///
    /// As [`jacobian`](Self::jacobian), and [`Error::Length`] if `jacobian` hasn't as many rows as `value` has numbers.
    #[track_caller]
    pub fn value_and_jacobian(&mut self, x: &[T], value: &mut [T], jacobian: &mut [T]) -> Result<(), Error> {
        Error::check_length("Jacobian", value.len().saturating_mul(x.len()), jacobian.len())?;
        self.sweep_rows(x, value.len(), Some(value), jacobian)
    }

    #[track_caller]
    fn sweep_rows(
        &mut self,
        x: &[T],
        m: usize,
        value: Option<&mut [T]>,
        jacobian: &mut [T],
    ) -> Result<(), Error> {
        let Self { function, choice: Choice { numbers, set }, memory, .. } = self;
        Self::work(*set, Sweep { function, numbers: *numbers, memory, x, m: Some(m), value, jacobian })
    }

    /// The Jacobian-vector product `J·v`: [`Function::jvp`].
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` isn't as long as `x`; [`Error::Shape`] if `tangent` isn't as long as the function's result.
    #[track_caller]
    pub fn jvp(&mut self, x: &[T], v: &[T], tangent: &mut [T]) -> Result<(), Error> {
        let (m, results) = (tangent.len(), Cell::new(0));
        let f = written(&self.function, &results);
        self.workspace.jvp(f, x, v, tangent)?;
        Error::check_shape(m, results.get())
    }

    /// The value and the Jacobian-vector product: [`Function::value_and_jvp`].
    ///
    /// # Errors
    ///
    /// As [`jvp`](Self::jvp), and [`Error::Length`] if `value` isn't as long as `tangent`.
    #[track_caller]
    pub fn value_and_jvp(
        &mut self,
        x: &[T],
        v: &[T],
        value: &mut [T],
        tangent: &mut [T],
    ) -> Result<(), Error> {
        let (m, results) = (tangent.len(), Cell::new(0));
        let f = written(&self.function, &results);
        self.workspace.value_and_jvp(f, x, v, value, tangent)?;
        Error::check_shape(m, results.get())
    }
}

/// Second derivatives of several results, on the numbers of [`Workspace`].
impl<F: Function<From = [f64]>, T: Number> Prepared<F, T> {
    /// The Hessian of each number of the result, one after the other: [`Function::hessians`], `∂²fₖ/∂xᵢ∂xⱼ` at `(k·n + i)·n + j`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `hessians` isn't a whole number of n × n matrices; [`Error::Shape`] if the function returns another number
    /// of results than there are matrices.
    #[track_caller]
    pub fn hessians(&mut self, x: &[T], hessians: &mut [T]) -> Result<(), Error> {
        let square = x.len().saturating_mul(x.len());
        let (m, results) = (hessians.len().checked_div(square).unwrap_or(0), Cell::new(0));
        let f = written(&self.function, &results);
        self.workspace.hessians(f, x, hessians)?;
        if square == 0 { Ok(()) } else { Error::check_shape(m, results.get()) }
    }

    /// The value and the Hessian of each number of the result: [`Function::value_and_hessians`].
    ///
    /// # Errors
    ///
    /// As [`hessians`](Self::hessians), and [`Error::Length`] if there are other numbers of values and matrices.
    #[track_caller]
    pub fn value_and_hessians(&mut self, x: &[T], value: &mut [T], hessians: &mut [T]) -> Result<(), Error> {
        let (m, results) = (value.len(), Cell::new(0));
        let f = written(&self.function, &results);
        self.workspace.value_and_hessians(f, x, value, hessians)?;
        Error::check_shape(m, results.get())
    }

    /// The value, the Jacobian and the Hessian of each number of the result: [`Function::value_jacobian_and_hessians`].
    ///
    /// # Errors
    ///
    /// As [`value_and_hessians`](Self::value_and_hessians) and [`value_and_jacobian`](Self::value_and_jacobian).
    #[track_caller]
    pub fn value_jacobian_and_hessians(
        &mut self,
        x: &[T],
        value: &mut [T],
        jacobian: &mut [T],
        hessians: &mut [T],
    ) -> Result<(), Error> {
        let (m, results) = (value.len(), Cell::new(0));
        let f = written(&self.function, &results);
        self.workspace.value_jacobian_and_hessians(f, x, value, jacobian, hessians)?;
        Error::check_shape(m, results.get())
    }
}

/// The function as one that writes its results into a slice, and says how many there are.
fn written<'a, F: Function<From = [f64]>, D: Number>(
    f: &'a F,
    results: &'a Cell<usize>,
) -> impl Fn(&[D], &mut [D]) + 'a {
    move |x, to| {
        let mut i = 0;
        each(&Returned::<F::To, D>(f.call(x)), |y| {
            if let Some(to) = to.get_mut(i) {
                *to = *y;
            }
            i += 1;
        });
        results.set(i);
    }
}

impl<F: Function<From = [f64], To = f64>, T: Number> Prepared<F, T> {
    /// The gradient: [`Function::gradient`].
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `gradient` isn't as long as `x`.
    #[track_caller]
    pub fn gradient(&mut self, x: &[T], gradient: &mut [T]) -> Result<(), Error> {
        self.value_and_gradient(x, gradient).map(drop)
    }

    /// The gradient, and the value, which is returned: [`Function::value_and_gradient`].
    ///
    /// # Errors
    ///
    /// As [`gradient`](Self::gradient).
    #[track_caller]
    pub fn value_and_gradient(&mut self, x: &[T], gradient: &mut [T]) -> Result<T, Error> {
        Error::check_length("gradient", x.len(), gradient.len())?;
        let mut value = [T::zero()];
        self.sweep_rows(x, 1, Some(&mut value), gradient)?;
        Ok(value[0])
    }

    /// The Hessian, written row by row: [`Function::hessian`], `∂²f/∂xᵢ∂xⱼ` at `i·n + j`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `hessian` doesn't have length n².
    #[track_caller]
    pub fn hessian(&mut self, x: &[T], hessian: &mut [T]) -> Result<(), Error> {
        self.value_and_hessian(x, hessian).map(drop)
    }

    /// The Hessian, and the value, which is returned: [`Function::value_and_hessian`].
    ///
    /// # Errors
    ///
    /// As [`hessian`](Self::hessian).
    #[track_caller]
    pub fn value_and_hessian(&mut self, x: &[T], hessian: &mut [T]) -> Result<T, Error> {
        self.sweep_hessian(x, None, hessian)
    }

    /// The gradient and the Hessian, and the value, which is returned: [`Function::value_gradient_and_hessian`].
    ///
    /// # Errors
    ///
    /// As [`gradient`](Self::gradient) and [`hessian`](Self::hessian).
    #[track_caller]
    pub fn value_gradient_and_hessian(
        &mut self,
        x: &[T],
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> Result<T, Error> {
        Error::check_length("gradient", x.len(), gradient.len())?;
        self.sweep_hessian(x, Some(gradient), hessian)
    }

    #[track_caller]
    fn sweep_hessian(&mut self, x: &[T], gradient: Option<&mut [T]>, hessian: &mut [T]) -> Result<T, Error> {
        Error::check_length("Hessian", x.len().saturating_mul(x.len()), hessian.len())?;
        let Self { function, memory, .. } = self;
        Ok(Self::work(None, HessianInto { function, memory, x, gradient, hessian }))
    }

    /// The Hessian-vector product `H·v`: [`Function::hvp`].
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` or `hv` isn't as long as `x`.
    #[track_caller]
    pub fn hvp(&mut self, x: &[T], v: &[T], hv: &mut [T]) -> Result<(), Error> {
        self.value_and_hvp(x, v, hv).map(drop)
    }

    /// The Hessian-vector product, and the value, which is returned: [`Function::value_and_hvp`].
    ///
    /// # Errors
    ///
    /// As [`hvp`](Self::hvp).
    #[track_caller]
    pub fn value_and_hvp(&mut self, x: &[T], v: &[T], hv: &mut [T]) -> Result<T, Error> {
        self.workspace.value_and_hvp(|x| self.function.call(x), x, v, hv)
    }

    /// The gradient and the Hessian-vector product, and the value, which is returned: [`Function::value_gradient_and_hvp`].
    ///
    /// # Errors
    ///
    /// As [`gradient`](Self::gradient) and [`hvp`](Self::hvp).
    #[track_caller]
    pub fn value_gradient_and_hvp(
        &mut self,
        x: &[T],
        v: &[T],
        gradient: &mut [T],
        hv: &mut [T],
    ) -> Result<T, Error> {
        self.workspace.value_gradient_and_hvp(|x| self.function.call(x), x, v, gradient, hv)
    }

    /// The second derivative along a direction, `vᵀ·H·v`: [`Function::vhv`].
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` isn't as long as `x`.
    #[track_caller]
    pub fn vhv(&mut self, x: &[T], v: &[T]) -> Result<T, Error> {
        self.workspace.vhv(|x| self.function.call(x), x, v)
    }

    /// The value and the second derivative along a direction: [`Function::value_and_vhv`].
    ///
    /// # Errors
    ///
    /// As [`vhv`](Self::vhv).
    #[track_caller]
    pub fn value_and_vhv(&mut self, x: &[T], v: &[T]) -> Result<(T, T), Error> {
        self.workspace.value_and_vhv(|x| self.function.call(x), x, v)
    }

    /// The value and the first and second derivatives along a direction: [`Function::value_jvp_and_vhv`].
    ///
    /// # Errors
    ///
    /// As [`vhv`](Self::vhv).
    #[track_caller]
    pub fn value_jvp_and_vhv(&mut self, x: &[T], v: &[T]) -> Result<ValueJvpVhv<T>, Error> {
        self.workspace.value_jvp_and_vhv(|x| self.function.call(x), x, v)
    }

    /// The Laplacian: [`Function::laplacian`].
    #[track_caller]
    pub fn laplacian(&mut self, x: &[T]) -> T {
        self.value_and_laplacian(x).1
    }

    /// The value and the Laplacian: [`Function::value_and_laplacian`].
    #[track_caller]
    pub fn value_and_laplacian(&mut self, x: &[T]) -> (T, T) {
        self.workspace.value_and_laplacian(|x| self.function.call(x), x)
    }
}

impl<F: fmt::Debug, T> fmt::Debug for Prepared<F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Choice { numbers, set } = self.choice;
        f.debug_struct("Prepared")
            .field("function", &self.function)
            .field("numbers", &numbers)
            .field("set", &set)
            .finish_non_exhaustive()
    }
}
