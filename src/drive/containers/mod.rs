//! Containers of numbers: the points that functions are differentiated at, and what functions return.

mod aliases;
mod compound;
#[cfg(feature = "derive")]
pub mod derived;
pub(crate) mod family;
mod number;
pub(crate) mod numbers;
mod path;
pub(crate) mod sizes;

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, vec::Vec};
use core::cell::RefCell;
use core::fmt;

use num_traits::Zero;

pub use aliases::{
    Argument, DualAlong, DualAt, Gradient, Hessian, Hessians, HyperDualAlong, HyperDualAt, Jacobian,
    ThirdDerivatives, Values,
};
#[cfg(any(feature = "nalgebra", feature = "ndarray"))]
pub(crate) use compound::coordinate_in;
#[cfg(any(feature = "nalgebra", feature = "ndarray", feature = "random"))]
pub(crate) use compound::locate;
#[cfg(feature = "nalgebra")]
pub(crate) use compound::pair_parts;
pub use family::{Family, Of, View};
pub use numbers::{Chunks, Exactly, FirstOrder, Lanes, SecondOrder, Single};
pub use path::Name;

use crate::error::Error;
use crate::rules::Number;

/// A container of numbers: a point that a function can be differentiated at, or what a function returns.
///
/// | point | the function takes | lanes | passes | gradient |
/// |---|---|---|---|---|
/// | `f32`, `f64`, `Dual` … | `&D` | 1 | 1 | the number |
/// | `[T; N]` | `&[D]` | N | 1 | `[T; N]`, no allocation up to 128 KiB of numbers `D` |
/// | `[T]`, `Vec<T>` | `&[D]` | 8 | ⌈n/8⌉, at least 1 | `Vec<T>` |
/// | `[[T; N]; M]` and deeper | `&[[D; N]]` | 8 | ⌈n/8⌉ | `[[T; N]; M]` |
/// | arrays and vectors of any points, `Option`s, `Result`s, tuples of up to 6, `BTreeMap`s | the same with `D` | 8 | ⌈n/8⌉ | the same |
/// | a structure with `#[derive(Point)]` | the structure with `D` | as many as coordinates if its type says how many and they are up to 16, else 8 | ⌈n/lanes⌉ | the structure |
///
/// n is the number of all coordinates. For second derivatives the function runs on [`HyperDual<T, N>`](crate::HyperDual)
/// where there are as many lanes as coordinates, else on `Dual<Dual<T, 8>, 8>` in a pass for each pair of chunks.
///
/// An array by itself is handed over as a slice, within a tuple or a structure it stays an array. For a function of `&[T; 2]` write
/// `|x| f(x.try_into().unwrap())`.
///
/// Results are containers too: with `R = [Dual<T, N>; M]`, `Of<R, T>` is `[T; M]`.
///
/// A function that may fail returns a `Result` or an `Option` of a container, and its derivative is the same of a container. Its
/// error is one that can be cloned. [`jacobian`](crate::jacobian()) gives the gradient of one that returns a number:
///
/// ```
/// use tangents::{Number, jacobian};
///
/// fn log<T: Number>(x: &[T]) -> Result<T, &'static str> {
///     if x[0] > T::zero() { Ok(x[0].ln() * x[1]) } else { Err("the logarithm of what isn't positive") }
/// }
///
/// assert_eq!(jacobian(log, &[2.0, 4.0]), Ok([2.0, 2.0_f64.ln()]));
/// assert_eq!(jacobian(log, &[0.0, 4.0]), Err("the logarithm of what isn't positive"));
/// ```
///
/// # Arithmetic
///
/// A gradient is of the type of its point. [`map_coordinates`](Self::map_coordinates), [`zip_coordinates`](Self::zip_coordinates) and
/// [`fold_coordinates`](Self::fold_coordinates) compute with all
/// numbers of one or two of them; [`ravel`](Self::ravel) and [`unravel`](Self::unravel) go to a flat vector and back, and
/// [`map_numbers`](Self::map_numbers) makes the same container of other numbers.
///
/// ```
/// use tangents::{Point, gradient};
///
/// let mut x: ([f64; 2], f64) = ([3.0, 1.0], 2.0);
/// for _ in 0..50 {
///     let g = gradient(|(w, b)| (w[0] - 1.0).powi(2) + (w[1] * *b - 2.0).powi(2), &x);
///     x = x.zip_coordinates(&g, |x, g| x - 0.1 * g);
/// }
/// assert!((x.0[0] - 1.0).abs() < 1e-4 && (x.0[1] * x.1 - 2.0).abs() < 1e-4);
/// ```
///
/// In code that is generic over the container, a step of that gives the container only if the compiler is told so:
///
/// ```
/// use tangents::Point;
/// use tangents::point::Family;
///
/// fn descend<P: Point>(x: &P, g: &P, rate: P::Scalar) -> P
/// where
///     P::Family: Family<Of<P::Scalar> = P>, // not so of a slice, which becomes a `Vec`
/// {
///     x.zip_coordinates(g, |x, g| x - rate * g)
/// }
/// assert_eq!(descend(&[1.0, 2.0], &[1.0, 1.0], 0.5), [0.5, 1.5]);
/// ```
///
/// # A structure of your own
///
/// With the feature `derive`, `#[derive(Point)]` on a structure that is generic over its numbers writes the implementation.
/// By hand it is one choice of lanes and the functions that say how many coordinates there are, and where, and the
/// [`Family`] of the structure:
///
/// ```
/// use tangents::point::{Exactly, Family};
/// use tangents::{Error, Number, Point, gradient};
///
/// #[derive(Debug, PartialEq)]
/// struct Spring<T> {
///     stiffness: T,
///     length: T,
/// }
///
/// impl<T: Number> Point for Spring<T> {
///     type Scalar = T;
///     type Lanes = Exactly<2>;
///     type Family = Spring<f64>;
///
///     fn dim(&self) -> usize {
///         2
///     }
///     fn lift<D>(&self, coordinate: &mut impl FnMut(&T) -> D, _: &mut impl FnMut(&T) -> D) -> Spring<D> {
///         Spring { stiffness: coordinate(&self.stiffness), length: coordinate(&self.length) }
///     }
///     fn coordinate<D>(of: &mut Spring<D>, i: usize) -> Result<&mut D, usize> {
///         match i {
///             0 => Ok(&mut of.stiffness),
///             1 => Ok(&mut of.length),
///             beyond => Err(beyond - 2),
///         }
///     }
///     fn argument<D>(of: &Spring<D>) -> &Spring<D> {
///         of
///     }
/// }
///
/// impl Family for Spring<f64> {
///     type Of<D> = Spring<D>;
///     type View = Self;
///
///     fn map<A: Number, D>(
///         of: &Spring<A>,
///         coordinate: &mut impl FnMut(&A) -> D,
///         fixed: &mut impl FnMut(&A) -> D,
///     ) -> Spring<D> {
///         of.lift(coordinate, fixed)
///     }
///     fn pair<A: Number, D>(of: &Spring<A>, with: &mut Spring<D>, f: &mut impl FnMut(&A, &mut D)) -> Result<(), Error> {
///         of.pair(with, f)
///     }
/// }
///
/// let spring = Spring { stiffness: 3.0, length: 2.0 };
/// let g = gradient(|s| s.stiffness * (s.length - 1.0).powi(2) * 0.5, &spring);
/// assert_eq!(g, Spring { stiffness: 0.5, length: 3.0 });
/// ```
#[doc(alias("pytree", "Output"))]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a point to differentiate at nor something that the differentiated function can return",
    label = "not a container of numbers",
    note = "points and results are numbers, arrays, slices, `Vec`s, `Option`s, `Result`s, `BTreeMap`s and tuples of them, \
            and structures with `#[derive(Point)]`; a generic function that differentiates at `[T; N]` or `Vec<T>` needs `T: tangents::Number`",
    note = "integers have no derivatives: write `2.0` where an integer literal stands, and capture indices and labels in the \
            closure"
)]
pub trait Point {
    /// The type of the numbers.
    type Scalar: Number;

    /// The numbers that the function runs on: [`Exactly<N>`](Exactly) for N coordinates, or [`Chunks<8>`](Chunks).
    type Lanes: Lanes;

    /// The kind of container, whatever its numbers are: `[f64; N]` of an array of any numbers. It says what the container with
    /// other numbers is, [`Of<Self, D>`](Of), and how a function takes it, [`Argument<Self, D>`](Argument).
    type Family: Family;

    /// The number of coordinates.
    fn dim(&self) -> usize;

    /// The same container with `coordinate` of each coordinate, taken in order, and `fixed` of each number that isn't
    /// differentiated.
    fn lift<D>(
        &self,
        coordinate: &mut impl FnMut(&Self::Scalar) -> D,
        fixed: &mut impl FnMut(&Self::Scalar) -> D,
    ) -> Of<Self, D>;

    /// The coordinate `i`, in the order of [`lift`](Self::lift).
    ///
    /// # Errors
    ///
    /// `i − n` if there are only n ≤ i coordinates: the index after this part of a container.
    fn coordinate<D>(of: &mut Of<Self, D>, i: usize) -> Result<&mut D, usize>;

    /// The container as the function takes it.
    fn argument<D>(of: &Of<Self, D>) -> &Argument<Self, D>;

    /// Hands `f` each coordinate with its counterpart in `of`.
    ///
    /// Override it for containers whose shape is known at run time only: this one compares the number of coordinates.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] if `of` has another shape than `self`; some pairs may have been handed out.
    fn pair<D>(&self, of: &mut Of<Self, D>, f: &mut impl FnMut(&Self::Scalar, &mut D)) -> Result<(), Error> {
        let mut i = 0;
        self.lift(
            &mut |x| {
                if let Ok(counterpart) = Self::coordinate(of, i) {
                    f(x, counterpart);
                }
                i += 1;
            },
            &mut |_| (),
        );
        let beyond = Self::coordinate(of, usize::MAX).err().unwrap_or(0);
        Error::check_shape(usize::MAX - beyond, i)
    }

    /// The coordinates from `i` on, as far as they lie side by side in memory, at least one.
    ///
    /// Override it to return a longer slice where coordinates are contiguous and many: a few in an array are best in
    /// registers.
    ///
    /// # Panics
    ///
    /// If there are not so many coordinates.
    #[inline]
    fn neighbours<D>(of: &mut Of<Self, D>, i: usize) -> &mut [D] {
        core::slice::from_mut(coordinate_of::<Self, D>(of, i))
    }

    /// Whether the coordinates of several such containers in a slice are a slice, which is [`flat`](Self::flat).
    const CONTIGUOUS: bool = false;

    /// The coordinates of several such containers as one slice. It is called where [`CONTIGUOUS`](Self::CONTIGUOUS) says
    /// that they are one.
    #[inline]
    fn flat<D>(of: &mut [Of<Self, D>]) -> &mut [D]
    where
        Self: Sized,
    {
        unreachable!("the coordinates of {} containers aren't contiguous", of.len())
    }

    /// [`lift`](Self::lift), made on the heap. It goes by the stack unless it's overridden.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    fn lift_on_heap<D>(
        &self,
        coordinate: &mut impl FnMut(&Self::Scalar) -> D,
        fixed: &mut impl FnMut(&Self::Scalar) -> D,
    ) -> Box<Of<Self, D>> {
        sizes::check_point::<Of<Self, D>>();
        Box::new(self.lift(coordinate, fixed))
    }

    /// The container with `fixed` of each of its numbers, also of its coordinates: what a derived implementation makes of a
    /// fixed field.
    ///
    /// `fixed` is a `dyn`, since a structure in its own fixed fields would otherwise take closures within closures without end.
    #[doc(hidden)]
    fn lift_fixed<D>(&self, fixed: &mut dyn FnMut(&Self::Scalar) -> D) -> Of<Self, D> {
        let fixed = RefCell::new(fixed);
        self.lift(&mut |x| fixed.borrow_mut()(x), &mut |x| fixed.borrow_mut()(x))
    }

    /// Writes the way from the container to its coordinate `i`: `.weights[1][2]`. By default it is `[i]`.
    ///
    /// # Errors
    ///
    /// Those of `path`.
    fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
        write!(path, "[{i}]")
    }

    /// The name of the coordinate `i`, for messages: `weights[1][2]`.
    ///
    /// ```
    /// use tangents::Point;
    ///
    /// assert_eq!(([1.0, 2.0], 3.0).name(1).to_string(), "0[1]");
    /// ```
    fn name(&self, i: usize) -> Name {
        Name::of(|path| self.write_name(i, path))
    }

    /// The container with `f` of each of its numbers, also of those that aren't differentiated, of any type: a structure of constants
    /// within a function, the values of what a function returned beside its result, another precision.
    ///
    /// ```
    /// use tangents::{Dual, Point, derivative, gradient};
    ///
    /// let weights = [0.5, 1.0];
    /// // The slope of a loss after a step of descent, in the length of the step: the weights are constants in the outer call.
    /// let loss = |rate: Dual<f64, 1>| {
    ///     let w = weights.map_numbers(Dual::constant);
    ///     let g = gradient(|w| w[0] * w[0] * w[1], &w);
    ///     let w = w.zip_coordinates(&g, |w, g| w - rate * g);
    ///     w[0] * w[0] * w[1]
    /// };
    /// assert_eq!(derivative(loss, 0.0), -1.0625); // −|∇|²
    /// assert_eq!(weights.map_numbers(|x| x as f32), [0.5_f32, 1.0]);
    /// ```
    #[doc(alias("tree_map", "cast", "constants"))]
    #[inline]
    fn map_numbers<D>(&self, f: impl Fn(Self::Scalar) -> D) -> Of<Self, D> {
        map_all(self, |&x| f(x))
    }

    /// The container with `f` of each coordinate, in the order of [`ravel`](Self::ravel); numbers that aren't differentiated are copied.
    ///
    /// ```
    /// use tangents::Point;
    ///
    /// assert_eq!(([1.0, 2.0], 3.0).map_coordinates(|x| 2.0 * x), ([2.0, 4.0], 6.0));
    /// ```
    #[doc(alias = "tree_map")]
    fn map_coordinates(&self, mut f: impl FnMut(Self::Scalar) -> Self::Scalar) -> Of<Self, Self::Scalar> {
        self.lift(&mut |&x| f(x), &mut |&x| x)
    }

    /// The container with `f` of each coordinate and its counterpart in `other`; numbers that aren't differentiated are
    /// those of `self`.
    ///
    /// # Panics
    ///
    /// If `other` has another shape.
    ///
    /// ```
    /// use tangents::Point;
    ///
    /// let (x, g) = (([1.0, 2.0], 3.0), ([10.0, 20.0], 30.0));
    /// assert_eq!(x.zip_coordinates(&g, |x, g| x - 0.1 * g), ([0.0, 0.0], 0.0));
    /// ```
    #[track_caller]
    fn zip_coordinates(
        &self,
        other: &Self,
        mut f: impl FnMut(Self::Scalar, Self::Scalar) -> Self::Scalar,
    ) -> Of<Self, Self::Scalar> {
        let mut zipped = self.lift(&mut |&x| x, &mut |&x| x);
        match other.pair(&mut zipped, &mut |&y, x| *x = f(*x, y)) {
            Ok(()) => zipped,
            Err(error) => panic!("the other container must have the shape of the first: {error}"),
        }
    }

    /// `f` of what has been folded so far, `init` at first, and each coordinate in turn.
    ///
    /// ```
    /// use tangents::Point;
    ///
    /// assert_eq!(([1.0, 2.0], 3.0).fold_coordinates(0.0, |sum, x| sum + x * x), 14.0);
    /// ```
    fn fold_coordinates<A>(&self, init: A, mut f: impl FnMut(A, Self::Scalar) -> A) -> A {
        let mut folded = Some(init);
        each(self, |&x| folded = folded.take().map(|so_far| f(so_far, x)));
        let Some(folded) = folded else { unreachable!("it is put back after each coordinate") };
        folded
    }

    /// The sum of the products of each coordinate and its counterpart in `other`.
    ///
    /// # Panics
    ///
    /// If `other` has another shape.
    ///
    /// ```
    /// use tangents::Point;
    ///
    /// assert_eq!(([1.0, 2.0], 3.0).dot_coordinates(&([4.0, 5.0], 6.0)), 32.0);
    /// ```
    #[doc(alias("vdot", "tree_reduce"))]
    #[track_caller]
    fn dot_coordinates(&self, other: &Self) -> Self::Scalar {
        let mut copy = self.lift(&mut |&x| x, &mut |&x| x);
        let mut sum = Self::Scalar::zero();
        match other.pair(&mut copy, &mut |&y, x| sum += *x * y) {
            Ok(()) => sum,
            Err(error) => panic!("the other container must have the shape of the first: {error}"),
        }
    }

    /// The coordinates in a vector, in order: JAX's `ravel_pytree`.
    ///
    /// ```
    /// use tangents::Point;
    ///
    /// let x = ([1.0, 2.0], 3.0);
    /// assert_eq!(x.ravel(), [1.0, 2.0, 3.0]);
    /// assert_eq!(x.unravel(&[4.0, 5.0, 6.0]), ([4.0, 5.0], 6.0));
    /// ```
    #[cfg(feature = "alloc")]
    #[doc(alias("ravel_pytree", "flatten"))]
    fn ravel(&self) -> Vec<Self::Scalar> {
        let mut coordinates = Vec::with_capacity(self.dim());
        each(self, |&x| coordinates.push(x));
        coordinates
    }

    /// The container with the coordinates `from`, in the order of [`ravel`](Self::ravel). They may be of another type, as within a
    /// function of the vector that is differentiated; numbers that aren't are constants then.
    ///
    /// # Panics
    ///
    /// If `from` isn't as long as there are coordinates.
    ///
    /// ```
    /// use tangents::{Point, hessian};
    ///
    /// // The Hessian at a container, as a matrix.
    /// let x = ([1.0, 2.0], 3.0);
    /// let f = |([a, b], c): &([_; 2], _)| *a * *b * *c;
    /// assert_eq!(hessian(|v| f(&x.unravel(v)), &[1.0, 2.0, 3.0]), [[0.0, 3.0, 2.0], [3.0, 0.0, 1.0], [2.0, 1.0, 0.0]]);
    /// ```
    #[doc(alias = "unflatten")]
    #[track_caller]
    fn unravel<D: Number>(&self, from: &[D]) -> Of<Self, D> {
        assert!(
            from.len() == self.dim(),
            "{} numbers for a container of {} coordinates",
            from.len(),
            self.dim()
        );
        let mut from = from.iter();
        let constant = |&x: &Self::Scalar| D::from(x).unwrap_or_else(D::nan);
        self.lift(&mut |x| from.next().copied().unwrap_or_else(|| constant(x)), &mut |x| constant(x))
    }
}

/// The coordinate `i` of a container that has it.
#[inline]
#[track_caller]
pub(crate) fn coordinate_of<X: Point + ?Sized, D>(of: &mut Of<X, D>, i: usize) -> &mut D {
    match X::coordinate(of, i) {
        Ok(coordinate) => coordinate,
        Err(beyond) => {
            panic!("`Point::dim` counts the coordinate {i}, but `Point::coordinate` ends {beyond} before it")
        }
    }
}

/// Shows `f` each coordinate.
#[inline]
pub(crate) fn each<X: Point + ?Sized>(x: &X, mut f: impl FnMut(&X::Scalar)) {
    x.lift(&mut |x| f(x), &mut |_| ());
}

/// The container with `f` of each of its numbers, coordinates and fixed ones.
#[inline]
pub(crate) fn map_all<X: Point + ?Sized, D>(x: &X, f: impl Fn(&X::Scalar) -> D) -> Of<X, D> {
    x.lift(&mut |x| f(x), &mut |x| f(x))
}
