//! Points: the containers of numbers that functions are differentiated at.

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, vec::Vec};
use core::any::TypeId;

use super::nesting::is_left;
use crate::error::Error;
use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;

/// The lanes that the drivers give a point of run-time length, and several arguments at once.
///
/// Polynomial functions are fastest in chunks of 8 to 16 lanes; beyond 24 the registers spill.
pub(crate) const CHUNK: usize = 8;

/// A dual number over `T`, as the drivers see it: something to seed and to read.
///
/// It is implemented for [`Dual<T, N>`](Dual) and can't be implemented elsewhere; it appears in the signature
/// of [`Point`].
pub trait Lanes<T>: Real + sealed::Sealed {
    /// The number of lanes.
    const LANES: usize;

    /// `re` with all lanes zero.
    fn constant(re: T) -> Self;

    /// Makes a constant the variable of the lane `lane`, which is below [`LANES`](Self::LANES).
    fn seed(&mut self, lane: usize);

    /// The value.
    fn primal(&self) -> T;

    /// The tangent in the lane `lane`, which is below [`LANES`](Self::LANES).
    fn lane(&self, lane: usize) -> T;

    /// Writes the tangents from the lane `lane` on; there are as many as `to` takes.
    fn write_lanes(&self, lane: usize, to: &mut [T]);

    /// Whether a tangent is left in it.
    #[doc(hidden)]
    fn left_over(&self) -> bool;
}

mod sealed {
    pub trait Sealed {}
    impl<T, const N: usize> Sealed for crate::number::Dual<T, N> {}
    impl<T, const N: usize> Sealed for crate::number::HyperDual<T, N> {}
}

impl<T: Real, const N: usize> Lanes<T> for Dual<T, N> {
    const LANES: usize = N;

    #[inline]
    fn constant(re: T) -> Self {
        Self::constant(re)
    }

    #[inline]
    fn seed(&mut self, lane: usize) {
        self.seed(lane);
    }

    #[inline]
    fn primal(&self) -> T {
        self.re
    }

    #[inline]
    fn lane(&self, lane: usize) -> T {
        self.eps[lane]
    }

    #[inline]
    fn write_lanes(&self, lane: usize, to: &mut [T]) {
        // All of them are a few vectors, some of them a call of the library.
        if let Ok(to) = <&mut [T; N]>::try_from(&mut *to) {
            *to = self.eps;
        } else {
            to.copy_from_slice(&self.eps[lane..][..to.len()]);
        }
    }

    fn left_over(&self) -> bool {
        is_left(self.re, self.eps)
    }
}

/// A number over `T` with second derivatives, as the drivers see it: something to seed and to read.
///
/// The derivatives are those with respect to a block, some coordinates as rows and some as columns. It is implemented for
/// [`HyperDual<T, N>`](HyperDual), whose lanes the coordinates of both share, and for `Dual<Dual<T, N>, N>`, whose outer
/// lanes are the rows and whose inner lanes are the columns. It can't be implemented elsewhere; it appears in the
/// signature of [`Point`].
pub trait SecondOrder<T>: Real + sealed::Sealed {
    /// The number of coordinates that a block has as rows, and as columns, if there are `n` in all.
    fn chunk(n: usize) -> usize;

    /// `re` with all derivatives zero.
    fn constant(re: T) -> Self;

    /// Makes a constant the coordinate that is this row and this column of the block, or neither. A block off the diagonal,
    /// whose rows are other coordinates than its columns, is `apart`.
    fn seed(&mut self, row: Option<usize>, column: Option<usize>, apart: bool);

    /// The value.
    fn primal(&self) -> T;

    /// The first derivative in a row of the block.
    fn first(&self, row: usize) -> T;

    /// The second derivative in a row and a column of the block.
    fn second(&self, row: usize, column: usize, apart: bool) -> T;

    /// The types of the numbers in it that have derivatives beside a `T`.
    #[doc(hidden)]
    fn types() -> [TypeId; 2];

    /// Whether a derivative is left in it.
    #[doc(hidden)]
    fn left_over(&self) -> bool;
}

impl<T: Real, const N: usize, const M: usize> SecondOrder<T> for Dual<Dual<T, N>, M> {
    #[inline]
    fn chunk(_: usize) -> usize {
        N.min(M)
    }

    #[inline]
    fn constant(re: T) -> Self {
        Self::constant(Dual::constant(re))
    }

    #[inline]
    fn seed(&mut self, row: Option<usize>, column: Option<usize>, _: bool) {
        if let Some(column) = column {
            self.re.seed(column);
        }
        if let Some(row) = row {
            self.eps[row] = Dual::constant(T::one());
        }
    }

    #[inline]
    fn primal(&self) -> T {
        self.re.re
    }

    #[inline]
    fn first(&self, row: usize) -> T {
        self.eps[row].re
    }

    #[inline]
    fn second(&self, row: usize, column: usize, _: bool) -> T {
        self.eps[row].eps[column]
    }

    fn types() -> [TypeId; 2] {
        [TypeId::of::<Dual<T, N>>(), TypeId::of::<Self>()]
    }

    fn left_over(&self) -> bool {
        is_left(self.re, self.eps) || is_left(self.re.re, self.re.eps)
    }
}

/// All coordinates in one block if there are as many lanes; otherwise the rows in the first half of the lanes and the
/// columns in the second.
impl<T: Real, const N: usize> SecondOrder<T> for HyperDual<T, N> {
    #[inline]
    fn chunk(n: usize) -> usize {
        if n <= N { N } else { N / 2 }
    }

    #[inline]
    fn constant(re: T) -> Self {
        Self::constant(re)
    }

    #[inline]
    fn seed(&mut self, row: Option<usize>, column: Option<usize>, apart: bool) {
        let column = column.map(|column| if apart { N / 2 + column } else { column });
        if let Some(lane) = row.or(column) {
            self.seed(lane);
        }
    }

    #[inline]
    fn primal(&self) -> T {
        self.re
    }

    #[inline]
    fn first(&self, row: usize) -> T {
        self.gradient[row]
    }

    #[inline]
    fn second(&self, row: usize, column: usize, apart: bool) -> T {
        self.second(row, if apart { N / 2 + column } else { column })
    }

    fn types() -> [TypeId; 2] {
        [TypeId::of::<Self>(); 2]
    }

    fn left_over(&self) -> bool {
        is_left(self.re, self.gradient) || (0..N).any(|i| is_left(self.re, (i..N).map(|j| self.second(i, j))))
    }
}

/// A container of numbers that a function can be differentiated at.
///
/// | point | the function takes | lanes | passes | gradient |
/// |---|---|---|---|---|
/// | `f32`, `f64`, `Dual` | `&D` | 1 | 1 | the number |
/// | `[T; N]` | `&[D]` | N | 1 | `[T; N]`, no allocation up to 128 KiB of numbers `D` |
/// | `[T]`, `Vec<T>` | `&[D]` | 8 | ⌈n/8⌉, at least 1 | `Vec<T>` |
///
/// A number as a point needs its type written out, `gradient(f, &2.0_f64)`: `2.0` alone could be either.
///
/// For second derivatives the function runs on `HyperDual<T, 1>`, on `HyperDual<T, N>`, and for run-time lengths on
/// `Dual<Dual<T, 8>, 8>`, in a pass for each pair of chunks.
///
/// A structure of parameters of your own becomes a point by implementing this trait: say which numbers to use and how
/// to rebuild the structure with other numbers in it.
///
/// ```
/// use tangents::{Dual, HyperDual, Point, Real, gradient};
///
/// #[derive(Debug, PartialEq)]
/// struct Spring<T> {
///     stiffness: T,
///     length: T,
/// }
///
/// impl<T: Real> Point for Spring<T> {
///     type Scalar = T;
///     type Dual<S: Real> = Dual<S, 2>;
///     type Second<S: Real> = HyperDual<S, 2>;
///     type Of<D> = Spring<D>;
///     type Argument<D> = Spring<D>;
///     type Outcome<R> = R;
///
///     fn dim(&self) -> usize {
///         2
///     }
///     fn map<D>(&self, mut f: impl FnMut(T) -> D) -> Spring<D> {
///         Spring { stiffness: f(self.stiffness), length: f(self.length) }
///     }
///     fn coordinate<D>(of: &mut Spring<D>, i: usize) -> &mut D {
///         [&mut of.stiffness, &mut of.length].into_iter().nth(i).expect("i < 2")
///     }
///     fn argument<D>(of: &Spring<D>) -> &Spring<D> {
///         of
///     }
///     fn outcome<R>(result: Result<R, tangents::Error>) -> R {
///         result.expect("a fixed shape fits")
///     }
/// }
///
/// let spring = Spring { stiffness: 3.0, length: 2.0 };
/// let g = gradient(|s| s.stiffness * (s.length - 1.0).powi(2) * 0.5, &spring);
/// assert_eq!(g, Spring { stiffness: 0.5, length: 3.0 });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a point to differentiate at",
    label = "not a point",
    note = "points are `[T; N]`, `[T]` and `Vec<T>` of floats, and types that implement `Point`; for a function of \
            one number use `derivative`"
)]
pub trait Point {
    /// The type of the coordinates.
    type Scalar: Real;

    /// The dual number over `T` with the lanes of this point: [`Dual<T, N>`](Dual) with a fixed N ≥ 1.
    ///
    /// With fewer lanes than coordinates the drivers make several passes.
    type Dual<T: Real>: Lanes<T>;

    /// The number over `T` that carries second derivatives: [`HyperDual<T, N>`](HyperDual) with N coordinates, which takes
    /// one pass, or with an even number N ≥ 2 of lanes that is below it; or `Dual<Dual<T, N>, N>`.
    type Second<T: Real>: SecondOrder<T>;

    /// The same container with `D` in place of the numbers, owned: what is built for the function, and, with
    /// plain numbers, what a gradient is.
    type Of<D>;

    /// What the function takes by reference: a borrowed [`Of`](Self::Of).
    type Argument<D>: ?Sized;

    /// How a result is returned that depends on shapes: `R` where the type fixes them, `Result<R, Error>` where
    /// they are known at run time and may be wrong.
    type Outcome<R>;

    /// The number of coordinates.
    fn dim(&self) -> usize;

    /// The same container with `f` of each coordinate, taken in order.
    fn map<D>(&self, f: impl FnMut(Self::Scalar) -> D) -> Self::Of<D>;

    /// [`map`](Self::map), made on the heap. It goes by the stack unless it's overridden.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    fn map_on_heap<D>(&self, f: impl FnMut(Self::Scalar) -> D) -> Box<Self::Of<D>> {
        super::lifted::check_point::<Self::Of<D>>();
        Box::new(self.map(f))
    }

    /// The coordinate `i`, which is below [`dim`](Self::dim), in the order of [`map`](Self::map).
    fn coordinate<D>(of: &mut Self::Of<D>, i: usize) -> &mut D;

    /// The coordinates from `i` on, as far as they lie side by side in memory: the coordinate `i` at least, and by default
    /// alone. Whoever gives more has them written faster, if they are many: a few in an array are best in registers.
    fn neighbours<D>(of: &mut Self::Of<D>, i: usize) -> &mut [D] {
        core::slice::from_mut(Self::coordinate(of, i))
    }

    /// The container as the function takes it.
    fn argument<D>(of: &Self::Of<D>) -> &Self::Argument<D>;

    /// A result as this point returns it.
    fn outcome<R>(result: Result<R, Error>) -> Self::Outcome<R>;
}

/// A fixed shape fits: one pass over as many lanes as coordinates leaves nothing to disagree.
#[inline]
fn fixed<R>(result: Result<R, Error>) -> R {
    match result {
        Ok(result) => result,
        Err(error) => unreachable!("{error}"),
    }
}

/// A number is a point of one coordinate: what a scalar among several arguments is.
///
/// Per type, since a number of every type `T: Real` may one day overlap with arrays.
macro_rules! number_point {
    ([$($generics:tt)*] $T:ty) => {
        impl<$($generics)*> Point for $T {
            type Scalar = Self;
            type Dual<S: Real> = Dual<S, 1>;
            type Second<S: Real> = HyperDual<S, 1>;
            type Of<D> = D;
            type Argument<D> = D;
            type Outcome<R> = R;

            #[inline]
            fn dim(&self) -> usize {
                1
            }

            #[inline]
            fn map<D>(&self, mut f: impl FnMut(Self) -> D) -> D {
                f(*self)
            }

            #[inline]
            fn coordinate<D>(of: &mut D, _: usize) -> &mut D {
                of
            }

            #[inline]
            fn argument<D>(of: &D) -> &D {
                of
            }

            #[inline]
            fn outcome<R>(result: Result<R, Error>) -> R {
                fixed(result)
            }
        }
    };
}

number_point!([] f32);
number_point!([] f64);
number_point!([T: Real, const N: usize] Dual<T, N>);
number_point!([T: Real, const N: usize] HyperDual<T, N>);
number_point!([T: Real, const K: usize] Taylor<T, K>);

impl<T: Real, const N: usize> Point for [T; N] {
    type Scalar = T;
    type Dual<S: Real> = Dual<S, N>;
    type Second<S: Real> = HyperDual<S, N>;
    type Of<D> = [D; N];
    type Argument<D> = [D];
    type Outcome<R> = R;

    #[inline]
    fn dim(&self) -> usize {
        N
    }

    #[inline]
    fn map<D>(&self, f: impl FnMut(T) -> D) -> [D; N] {
        (*self).map(f)
    }

    #[cfg(feature = "alloc")]
    fn map_on_heap<D>(&self, f: impl FnMut(T) -> D) -> Box<[D; N]> {
        let Ok(mapped) = self.iter().copied().map(f).collect::<Vec<_>>().try_into() else {
            unreachable!("as many as coordinates")
        };
        mapped
    }

    #[inline]
    fn coordinate<D>(of: &mut [D; N], i: usize) -> &mut D {
        &mut of[i]
    }

    #[inline]
    fn neighbours<D>(of: &mut [D; N], i: usize) -> &mut [D] {
        if N > 8 { &mut of[i..] } else { core::slice::from_mut(&mut of[i]) }
    }

    #[inline]
    fn argument<D>(of: &[D; N]) -> &[D] {
        of
    }

    #[inline]
    fn outcome<R>(result: Result<R, Error>) -> R {
        fixed(result)
    }
}

/// The run-time points share everything; only the type they borrow from differs.
#[cfg(feature = "alloc")]
macro_rules! run_time_point {
    ($Point:ty) => {
        impl<T: Real> Point for $Point {
            type Scalar = T;
            type Dual<S: Real> = Dual<S, CHUNK>;
            type Second<S: Real> = Dual<Dual<S, CHUNK>, CHUNK>;
            type Of<D> = Vec<D>;
            type Argument<D> = [D];
            type Outcome<R> = Result<R, Error>;

            #[inline]
            fn dim(&self) -> usize {
                self.len()
            }

            #[inline]
            fn map<D>(&self, f: impl FnMut(T) -> D) -> Vec<D> {
                self.iter().copied().map(f).collect()
            }

            #[inline]
            fn coordinate<D>(of: &mut Vec<D>, i: usize) -> &mut D {
                &mut of[i]
            }

            #[inline]
            fn neighbours<D>(of: &mut Vec<D>, i: usize) -> &mut [D] {
                &mut of[i..]
            }

            #[inline]
            fn argument<D>(of: &Vec<D>) -> &[D] {
                of
            }

            #[inline]
            fn outcome<R>(result: Result<R, Error>) -> Result<R, Error> {
                result
            }
        }
    };
}

#[cfg(feature = "alloc")]
run_time_point!([T]);
#[cfg(feature = "alloc")]
run_time_point!(Vec<T>);
