//! The drivers at slices, their passes on many threads.

use alloc::vec::Vec;
use core::any::TypeId;
use core::ops::Range;

use ::rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::drive::calls::{RESULTS, fitting};
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{CHUNK, FirstOrder, SecondOrder, ValueGradientHessian};
use crate::error::Error;
use crate::number::Dual;
use crate::real::Real;
use crate::rules::Number;

/// The lanes of a pass, as of the drivers on one thread.
const LANES: usize = CHUNK;

type Lanes<T> = Dual<T, LANES>;
type Nested<T> = Dual<Lanes<T>, LANES>;

/// [`tangents::gradient`](crate::gradient()) at a slice, the chunks of coordinates on many threads: the same bits.
///
/// Cost: ⌈n/8⌉ evaluations of `f` on 8 lanes (at least one), as many at a time as the current `rayon` pool has threads.
/// It pays where one evaluation costs more than handing it out, some microseconds.
///
/// ```
/// use tangents::interop::rayon::gradient;
///
/// let x: Vec<f64> = (0..1000).map(f64::from).collect();
/// let g = gradient(|x| x.iter().map(|xi| xi * xi).sum(), &x);
/// assert_eq!(g[999], 1998.0);
/// ```
#[track_caller]
pub fn gradient<T: Real + Send + Sync>(f: impl Fn(&[Lanes<T>]) -> Lanes<T> + Sync, x: &[T]) -> Vec<T> {
    value_and_gradient(f, x).1
}

/// [`tangents::value_and_gradient`](crate::value_and_gradient()) at a slice, on many threads: the same bits.
///
/// Cost: as [`gradient`]; the value comes with it.
///
/// ```
/// use tangents::interop::rayon::value_and_gradient;
///
/// assert_eq!(value_and_gradient(|x| x[0] * x[1], &[2.0, 3.0]), (6.0, vec![3.0, 2.0]));
/// ```
#[track_caller]
pub fn value_and_gradient<T: Real + Send + Sync>(
    f: impl Fn(&[Lanes<T>]) -> Lanes<T> + Sync,
    x: &[T],
) -> (T, Vec<T>) {
    let _running = Running::on([TypeId::of::<Lanes<T>>()], || FirstOrder::<T>::left_over(&f(&constants(x))));
    let passes = each_chunk(x, |chunk, lifted| (chunk, f(lifted)));
    let mut gradient = Vec::with_capacity(x.len());
    let mut value = T::nan();
    for (chunk, y) in passes {
        gradient.extend_from_slice(&y.eps[..chunk.len()]);
        value = y.re;
    }
    (value, gradient)
}

/// [`tangents::jacobian`](crate::jacobian()) at a slice of a function that returns a `Vec`, on many threads: the same bits.
///
/// Cost: as [`gradient`].
///
/// # Panics
///
/// If `f` returns vectors of different lengths in different passes.
///
/// ```
/// use tangents::interop::rayon::jacobian;
///
/// let j = jacobian(|x| vec![x[0] * x[1], x[1] * 2.0], &[2.0, 3.0]);
/// assert_eq!(j, [[3.0, 2.0], [0.0, 2.0]]);
/// ```
#[track_caller]
pub fn jacobian<T: Number + Send + Sync>(
    f: impl Fn(&[Lanes<T>]) -> Vec<Lanes<T>> + Sync,
    x: &[T],
) -> Vec<Vec<T>> {
    let _running =
        Running::on([TypeId::of::<Lanes<T>>()], || is_left_in(&f(&constants(x)), FirstOrder::<T>::left_over));
    let passes = each_chunk(x, |chunk, lifted| (chunk, f(lifted)));
    let first = passes.first().map_or(0, |(_, y)| y.len());
    let mut jacobian: Vec<Vec<T>> = (0..first).map(|_| Vec::with_capacity(x.len())).collect();
    for (chunk, y) in passes {
        fitting(RESULTS, Error::check_shape(first, y.len()));
        for (row, y) in jacobian.iter_mut().zip(y) {
            row.extend_from_slice(&y.eps[..chunk.len()]);
        }
    }
    jacobian
}

/// [`tangents::hessian`](crate::hessian()) at a slice, the pairs of chunks on many threads: the same bits.
///
/// Cost: c(c + 1)/2 evaluations of `f` with c = ⌈n/8⌉ (at least one) on nested numbers of 81 components, as many at a time as
/// the current `rayon` pool has threads.
///
/// ```
/// use tangents::interop::rayon::hessian;
///
/// let h = hessian(|x| x[0] * x[0] * x[1], &[3.0, 2.0]);
/// assert_eq!(h, [[4.0, 6.0], [6.0, 0.0]]);
/// ```
#[track_caller]
pub fn hessian<T: Real + Send + Sync>(f: impl Fn(&[Nested<T>]) -> Nested<T> + Sync, x: &[T]) -> Vec<Vec<T>> {
    value_gradient_and_hessian(f, x).hessian
}

/// [`tangents::value_gradient_and_hessian`](crate::value_gradient_and_hessian()) at a slice, on many threads: the same bits.
///
/// Cost: as [`hessian`]; value and gradient come with it.
///
/// ```
/// use tangents::interop::rayon::value_gradient_and_hessian;
///
/// let at = value_gradient_and_hessian(|x| x[0] * x[1], &[3.0, 2.0]);
/// assert_eq!((at.value, at.gradient), (6.0, vec![2.0, 3.0]));
/// assert_eq!(at.hessian, [[0.0, 1.0], [1.0, 0.0]]);
/// ```
#[track_caller]
pub fn value_gradient_and_hessian<T: Real + Send + Sync>(
    f: impl Fn(&[Nested<T>]) -> Nested<T> + Sync,
    x: &[T],
) -> ValueGradientHessian<T, Vec<T>, Vec<Vec<T>>> {
    let types = <Nested<T> as SecondOrder<T>>::types();
    let _running = Running::on(types, || {
        let constants: Vec<Nested<T>> = x.iter().map(|&x| SecondOrder::constant(x)).collect();
        SecondOrder::<T>::left_over(&f(&constants))
    });
    let n = x.len();
    let chunks = chunks(n);
    let blocks: Vec<_> = (0..chunks.len()).flat_map(|i| (i..chunks.len()).map(move |j| (i, j))).collect();
    let passes: Vec<_> = blocks
        .into_par_iter()
        .map(|(i, j)| {
            let (rows, columns) = (chunks[i].clone(), chunks[j].clone());
            let lane = |chunk: &Range<usize>, k| chunk.contains(&k).then(|| k - chunk.start);
            let lift = |(k, &x): (usize, &T)| {
                let mut lifted: Nested<T> = SecondOrder::constant(x);
                SecondOrder::seed(&mut lifted, lane(&rows, k), lane(&columns, k), i != j);
                lifted
            };
            let lifted: Vec<_> = x.iter().enumerate().map(lift).collect();
            let _running = Running::unchecked(types);
            let y = f(&lifted);
            (rows, columns, y)
        })
        .collect();

    let (mut value, mut gradient) = (T::nan(), alloc::vec![T::zero(); n]);
    let mut hessian = alloc::vec![alloc::vec![T::zero(); n]; n];
    for (rows, columns, y) in passes {
        value = y.re.re;
        for (row, i) in rows.enumerate() {
            gradient[i] = y.eps[row].re;
            for (column, j) in columns.clone().enumerate().filter(|&(_, j)| j >= i) {
                hessian[i][j] = y.eps[row].eps[column];
                hessian[j][i] = hessian[i][j];
            }
        }
    }
    ValueGradientHessian { value, gradient, hessian }
}

/// The chunks of n coordinates, an empty one if there are none.
fn chunks(n: usize) -> Vec<Range<usize>> {
    (0..n.max(1)).step_by(LANES).map(|start| start..n.min(start + LANES)).collect()
}

/// The coordinates without tangents.
fn constants<T: Real>(x: &[T]) -> Vec<Lanes<T>> {
    x.iter().map(|&x| Dual::constant(x)).collect()
}

/// What `pass` makes of each chunk and the point that is seeded with it, in the order of the chunks.
fn each_chunk<T: Real + Send + Sync, R: Send>(
    x: &[T],
    pass: impl Fn(Range<usize>, &[Lanes<T>]) -> R + Sync,
) -> Vec<R> {
    chunks(x.len())
        .into_par_iter()
        .map_init(
            || constants(x),
            |lifted, chunk| {
                let _running = Running::unchecked([TypeId::of::<Lanes<T>>()]);
                for (lane, i) in chunk.clone().enumerate() {
                    lifted[i] = Dual::variable(x[i], lane);
                }
                let result = pass(chunk.clone(), lifted);
                for i in chunk {
                    lifted[i] = Dual::constant(x[i]);
                }
                result
            },
        )
        .collect()
}
