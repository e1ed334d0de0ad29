//! Rules of one's own: [`Rule`], [`RuleN`], [`VectorRule`], and [`Opaque`] for code that isn't generic.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::fmt;

use num_traits::NumAssignOps;

use crate::dispatch::Available;
use crate::number::inspect;
use crate::number::on::{self, Work};
use crate::number::over;
use crate::real::Real;
use crate::special::Special;

/// A number that functions are differentiated at and that a [`Rule`] can be applied to: `f32`, `f64`, and
/// [`Dual`](crate::Dual), [`HyperDual`](crate::HyperDual) and [`Taylor`](crate::Taylor) over them, nested to any depth.
///
/// It is a [`Real`] with the [`Special`] functions, [`apply`](Self::apply), `+=` and its kin and `{:?}`, and a [`Point`](crate::Point), alone and in arrays,
/// vectors and tuples. It is the bound of generic functions that apply rules of one's own or call a driver. Import it to write
/// `x.apply(rule)`.
///
/// A float of your own that has the special functions becomes one by `impl Number for MyFloat {}`. `Real` alone holds for every
/// type that has `num_traits::Float`; another crate could give that to arrays, and then nobody could tell an array of numbers
/// from an array of arrays.
///
/// ```
/// use tangents::{Number, Rule, gradient};
///
/// /// 1/x, whose slope is −(1/x)².
/// struct Inverse;
///
/// impl Rule for Inverse {
///     fn value<T: Number>(&self, x: T) -> T {
///         x.recip()
///     }
///
///     fn slope<T: Number>(&self, x: T) -> T {
///         let y = x.apply(self);
///         -(y * y)
///     }
/// }
///
/// fn f<T: Number>(x: &[T]) -> T {
///     (x[0] * x[1]).apply(Inverse)
/// }
///
/// assert_eq!(f(&[0.5, 4.0]), 0.5);
/// assert_eq!(gradient(f, &[0.5, 4.0]), [-1.0, -0.125]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a number to differentiate at, nor one that rules can be applied to",
    label = "not a `Number`",
    note = "`f32`, `f64` and `Dual`, `HyperDual` and `Taylor` over them are; a generic function needs `T: Number`, and a float of \
            your own that implements `Special` becomes one by an empty `impl Number`",
    note = "points and results are arrays, slices, `Vec`s, `Option`s, `BTreeMap`s and tuples of numbers too, and structures \
            with `#[derive(Point)]`"
)]
pub trait Number: Special + NumAssignOps + fmt::Debug {
    /// The function of `rule` at this number.
    ///
    /// The value is the plain function's, bit for bit; a derivative that is exactly zero stays zero; [`Rule`] says where the
    /// others come from, what they cost and what they are at an edge.
    ///
    /// ```
    /// use tangents::{Number, Rule, derivative};
    ///
    /// /// x²
    /// struct Square;
    ///
    /// impl Rule for Square {
    ///     fn value<T: Number>(&self, x: T) -> T {
    ///         x * x
    ///     }
    ///
    ///     fn slope<T: Number>(&self, x: T) -> T {
    ///         x + x
    ///     }
    /// }
    ///
    /// assert_eq!(3.0_f64.apply(Square), 9.0);
    /// assert_eq!(derivative(|x| x.apply(Square), 3.0), 6.0);
    /// ```
    #[inline]
    fn apply<R: Rule>(self, rule: R) -> Self {
        rule.value(self)
    }

    /// The function of `rule`, which is one of several variables, at `x`.
    ///
    /// Values and derivatives are as in [`apply`](Self::apply). [`RuleN`] says what it costs, and has an example.
    #[inline]
    fn apply_n<R: RuleN<N>, const N: usize>(x: [Self; N], rule: R) -> Self {
        rule.value(x)
    }

    /// The function of `rule`, from vectors to vectors, at `x`.
    ///
    /// Values and derivatives are as in [`apply`](Self::apply). [`VectorRule`] says what it costs, and has examples.
    ///
    /// # Panics
    ///
    /// If the rule's `jvp` returns another number of components than its `value`.
    #[cfg(feature = "alloc")]
    #[inline]
    #[track_caller]
    fn apply_vector<R: VectorRule>(x: &[Self], rule: R) -> Vec<Self> {
        rule.value(x)
    }

    /// Does the work on floats that compute as this number does, in an instruction set, if there are any.
    #[doc(hidden)]
    #[inline]
    #[track_caller]
    fn on_set<W: Work<Self>>(_: Available, work: W) -> W::Output {
        work.run::<Self>()
    }

    /// Makes each of `outputs` depend on each of `inputs`, for what finds patterns: an algorithm that decides by values may have
    /// made constants of them.
    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[inline]
    fn depend(outputs: &mut [Self], inputs: &[Self]) {
        let _ = (outputs, inputs);
    }

    /// Does the work on this number as one over the plain number at its bottom.
    #[doc(hidden)]
    #[inline]
    fn on_plain<W: over::Work<Self>>(work: W) -> W::Output {
        work.run::<Self, over::Itself>()
    }
}

macro_rules! plain {
    ($($P:ty)*) => {$(
        impl Number for $P {
            #[inline]
            #[track_caller]
            fn on_set<W: Work<Self>>(set: Available, work: W) -> W::Output {
                on::on_set::<Self, W>(set, work)
            }
        }
    )*};
}

plain!(f32 f64);

/// A function of one variable with a derivative of its own: its value and its slope.
///
/// Write one where a function isn't made of those that the numbers have, where its slope is known in a better form than
/// differentiating its steps would give, or where its code isn't generic. Then `x.apply(rule)`, of [`Number`], is the
/// function on plain floats, on [`Dual`](crate::Dual), [`HyperDual`](crate::HyperDual), [`Taylor`](crate::Taylor) and all
/// nestings of them, and so every driver differentiates it:
///
/// `f(x + ẋε) = value(x) + slope(x)·ẋ·ε`
///
/// Higher derivatives are those of the slope: it is run on a number that carries one order less than x.
///
/// ```
/// use tangents::{Number, Rule, gradient, hessian, nth_derivative};
///
/// /// The Gudermannian, gd x = 2·atan(tanh(x/2)), whose slope is 1/cosh x.
/// struct Gudermann;
///
/// impl Rule for Gudermann {
///     fn value<T: Number>(&self, x: T) -> T {
///         T::lit(2.0) * (x * T::lit(0.5)).tanh().atan()
///     }
///
///     fn slope<T: Number>(&self, x: T) -> T {
///         x.cosh().recip()
///     }
/// }
///
/// fn f<T: Number>(x: &[T]) -> T {
///     (x[0] * x[1]).apply(Gudermann)
/// }
///
/// assert_eq!(f(&[0.0, 2.0]), 0.0);
/// assert_eq!(gradient(f, &[0.0, 2.0]), [2.0, 0.0]);
/// assert_eq!(hessian(f, &[0.0, 2.0]), [[0.0, 1.0], [1.0, 0.0]]);
/// assert_eq!(nth_derivative::<3, _>(|x| x.apply(Gudermann), 0.0), -1.0);
/// ```
///
/// A rule may have data, which are constants; what is differentiated is an argument. The slope may apply other rules, or the
/// rule itself where it is made of the value, as 1 − y² of the hyperbolic tangent: `x.apply(self)`.
/// [`check_rule`](crate::check_rule) tells whether a rule is right.
///
/// JAX: `jax.custom_jvp`; `ChainRules.jl`: `frule`. Not of one variable: [`RuleN`], [`VectorRule`]; not generic: [`Opaque`].
///
/// # What they are run on
///
/// | number | `value` | `slope` |
/// |---|---|---|
/// | plain | once | |
/// | `Dual<T, N>` | where T's is | once on `T` |
/// | `HyperDual<T, N>` | where T's is | once on `Dual<T, 1>` |
/// | `Taylor<T, K>` | where T's is | once on `Taylor<T, K>`, with K²/2 products more |
///
/// A slope that applies rules runs theirs too. On a series of order K, a slope that applies its own rule is run K times, and one
/// that applies two members of its family, as that of a Bessel function, some 2ᴷ times.
///
/// So `value` is run on plain floats only, and may go through `f64`. `slope` must not: `T::lit(table(x.to_f64()))` is a
/// constant, and the second derivative would be 0. [`Opaque`] makes NaN of what such code doesn't know.
///
/// Where `slope` is run on a series, the last coefficients of the series are NaN, because those of the slope aren't needed.
///
/// # Edges
///
/// - A derivative of x that is exactly zero stays zero, whatever the slope.
/// - A NaN as slope says that there is no derivative: where x moves, every order is NaN. Where the value is NaN, the crate
///   takes the slope for NaN.
/// - An infinite slope is a vertical tangent, and stays infinite. Higher derivatives are what differentiating it gives, infinite
///   or NaN, and NaN if it was written as a constant.
/// - At a pole, where the value is infinite and hasn't overflown, return NaN.
/// - At a kink return NaN, or better write the function with `abs`, `max` and `min`, which know what they have there: a slope
///   alone can't say that a second derivative doesn't exist.
///
/// [`rules`](crate::rules#edges) says the same of the crate's own functions.
#[doc(alias = "custom_jvp")]
#[doc(alias = "custom_vjp")]
#[doc(alias = "custom_gradient")]
#[doc(alias = "frule")]
#[doc(alias = "chain_rule")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a rule of one variable",
    label = "not a `Rule`",
    note = "implement `Rule` for a type of your own, with the function's value and slope; of several variables it is `RuleN`, \
            applied by `Number::apply_n`, of vectors `VectorRule`, by `Number::apply_vector`"
)]
pub trait Rule {
    /// The function's value at x, a plain float.
    fn value<T: Number>(&self, x: T) -> T;

    /// The function's derivative at x, by operations on `T`.
    fn slope<T: Number>(&self, x: T) -> T;
}

impl<R: Rule> Rule for &R {
    #[inline]
    fn value<T: Number>(&self, x: T) -> T {
        (**self).value(x)
    }

    #[inline]
    fn slope<T: Number>(&self, x: T) -> T {
        (**self).slope(x)
    }
}

/// A function of `N` variables with derivatives of its own: its value, and its slope in each variable.
///
/// `f(x + ẋε) = value(x) + Σᵢ slopes(x)[i]·ẋᵢ·ε`
///
/// [`Number::apply_n`] applies it. All that is said of [`Rule`] holds of each term of the sum: where a variable doesn't move,
/// its slope doesn't count, even if it is infinite or NaN. The cost is that of a [`Rule`], but a `HyperDual` runs the slopes
/// once on `Dual<T, N>`.
///
/// ```
/// use tangents::rules::RuleN;
/// use tangents::{Number, gradient, hessian};
///
/// /// The eccentric anomaly a of a planet, from its mean anomaly m and its eccentricity e by Kepler's equation,
/// /// a − e·sin a = m.
/// struct Anomaly;
///
/// impl RuleN<2> for Anomaly {
///     /// By Newton's method, whose steps aren't differentiated.
///     fn value<T: Number>(&self, [m, e]: [T; 2]) -> T {
///         (0..20).fold(m, |a, _| a - (a - e * a.sin() - m) / (T::one() - e * a.cos()))
///     }
///
///     /// By differentiating the equation.
///     fn slopes<T: Number>(&self, [m, e]: [T; 2]) -> [T; 2] {
///         let a = T::apply_n([m, e], self);
///         let dm = (T::one() - e * a.cos()).recip();
///         [dm, a.sin() * dm]
///     }
/// }
///
/// fn anomaly<T: Number>(x: &[T]) -> T {
///     T::apply_n([x[0], x[1]], Anomaly)
/// }
///
/// // For small e it is m + e·sin m + e²/2·sin 2m.
/// let m = 0.7_f64;
/// assert_eq!(gradient(anomaly, &[m, 0.0]), [1.0, m.sin()]);
/// let [[mm, me], [_, ee]] = hessian(anomaly, &[m, 0.0]);
/// assert_eq!((mm, me), (0.0, m.cos()));
/// assert!((ee - (2.0 * m).sin()).abs() < 1e-15);
/// ```
#[doc(alias = "custom_jvp")]
#[doc(alias = "defjvps")]
pub trait RuleN<const N: usize> {
    /// The function's value at x, of plain floats.
    fn value<T: Number>(&self, x: [T; N]) -> T;

    /// The function's partial derivatives at x, by operations on `T`.
    fn slopes<T: Number>(&self, x: [T; N]) -> [T; N];
}

impl<R: RuleN<N>, const N: usize> RuleN<N> for &R {
    #[inline]
    fn value<T: Number>(&self, x: [T; N]) -> T {
        (**self).value(x)
    }

    #[inline]
    fn slopes<T: Number>(&self, x: [T; N]) -> [T; N] {
        (**self).slopes(x)
    }
}

/// A function from vectors to vectors with a derivative of its own: its value, and its Jacobian times a vector.
///
/// `f(x + ẋε) = value(x) + jvp(x, ẋ)·ε`
///
/// [`Number::apply_vector`] applies it. All that is said of [`Rule`] holds, with these differences:
///
/// - `jvp` must be linear in v and return as many numbers as `value`.
/// - A `Dual<T, N>` runs `jvp` on `T` once for each lane that moves; a `HyperDual<T, N>` does so too, and then on
///   `Dual<T, 1>` for each entry of its Hessian, N(N + 1)/2; a `Taylor<T, K>` once on `Taylor<T, K>`.
/// - Where nothing moves the derivative is zero. Where some variable does, a zero in v is multiplied as `jvp` multiplies it.
///
/// ```
/// use tangents::rules::VectorRule;
/// use tangents::{Number, jacobian};
///
/// /// x / |x|
/// struct Direction;
///
/// impl VectorRule for Direction {
///     fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
///         let norm = T::norm(x);
///         x.iter().map(|&x| x / norm).collect()
///     }
///
///     /// What of v is across x, divided by |x|.
///     fn jvp<T: Number>(&self, x: &[T], v: &[T]) -> Vec<T> {
///         let (norm, e) = (T::norm(x), T::apply_vector(x, self));
///         let along = T::sum(e.iter().zip(v).map(|(&e, &v)| e * v));
///         e.iter().zip(v).map(|(&e, &v)| (v - e * along) / norm).collect()
///     }
/// }
///
/// let j = jacobian(|x| Number::apply_vector(x, Direction), &[0.0, 2.0]);
/// assert_eq!(j, [[0.5, 0.0], [0.0, 0.0]]);
/// ```
///
/// Code that knows `f64` alone may stand in `value`. With a `jvp` over any number, every order follows:
///
/// ```
/// use tangents::rules::VectorRule;
/// use tangents::{Number, hessian, jacobian};
///
/// /// A solver of A·y = b, A = [[2, 1], [1, 3]].
/// fn solve(b: &[f64]) -> [f64; 2] {
///     [(3.0 * b[0] - b[1]) / 5.0, (2.0 * b[1] - b[0]) / 5.0]
/// }
///
/// struct Solution;
///
/// impl VectorRule for Solution {
///     fn value<T: Number>(&self, b: &[T]) -> Vec<T> {
///         let b: Vec<f64> = b.iter().map(|b| b.to_f64().unwrap()).collect();
///         solve(&b).map(T::lit).to_vec()
///     }
///
///     /// A·ẏ = ḃ
///     fn jvp<T: Number>(&self, _: &[T], v: &[T]) -> Vec<T> {
///         T::apply_vector(v, self)
///     }
/// }
///
/// let j = jacobian(|b| Number::apply_vector(b, Solution), &[1.0, 2.0]);
/// assert_eq!(j, [[0.6, -0.2], [-0.2, 0.4]]);
/// let h = hessian(|b| Number::apply_vector(b, Solution)[0].powi(2), &[1.0, 2.0]);
/// assert_eq!(h, [[0.72, -0.24], [-0.24, 0.08000000000000002]]); // 2·∂y₀·∂y₀
/// ```
#[cfg(feature = "alloc")]
#[doc(alias = "custom_jvp")]
#[doc(alias = "frule")]
pub trait VectorRule {
    /// The function's value at x, of plain floats.
    fn value<T: Number>(&self, x: &[T]) -> Vec<T>;

    /// The function's Jacobian at x times v, which has as many components as x, by operations on `T`.
    fn jvp<T: Number>(&self, x: &[T], v: &[T]) -> Vec<T>;
}

#[cfg(feature = "alloc")]
impl<R: VectorRule> VectorRule for &R {
    #[inline]
    fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
        (**self).value(x)
    }

    #[inline]
    fn jvp<T: Number>(&self, x: &[T], v: &[T]) -> Vec<T> {
        (**self).jvp(x, v)
    }
}

/// Code that isn't generic, as a rule: a function of `f64`, and its derivative, a function of `f64` too.
///
/// Code that calls a library in C, reads a table or runs a solver can't be run on a number that carries derivatives. First
/// derivatives come from the second function. Higher ones would be derivatives of that function, which aren't known: they are
/// NaN where x moves. A [`Rule`] has them if its slope is generic or applies a second `Opaque`.
///
/// An `f32` is computed in `f64` and rounded.
///
/// Code without a derivative has one [by differences](Self::by_differences), if it's asked for; code that gives its value and its
/// Jacobian together is called [once for a point](Self::of_vectors_with_jacobian).
///
/// ```
/// use tangents::rules::Opaque;
/// use tangents::{Number, derivative, nth_derivative};
///
/// /// Cubic Hermite interpolation between two rows of a table: values and slopes.
/// fn table(x: f64) -> (f64, f64) {
///     let ([y0, y1], [d0, d1]) = ([0.0, 1.0], [0.0, 2.0]);
///     let (a, b) = (2.0 * (y0 - y1) + d0 + d1, 3.0 * (y1 - y0) - 2.0 * d0 - d1);
///     (((a * x + b) * x + d0) * x + y0, (3.0 * a * x + 2.0 * b) * x + d0)
/// }
///
/// let square = Opaque::new(|x| table(x).0, |x| table(x).1);
/// assert_eq!(derivative(|x| x.apply(&square), 0.5), 1.0);
/// let second: f64 = nth_derivative::<2, _>(|x| x.apply(&square), 0.5);
/// assert!(second.is_nan());
/// ```
#[derive(Clone, Copy)]
pub struct Opaque<F, D> {
    value: F,
    derivative: D,
}

impl<F, D> fmt::Debug for Opaque<F, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opaque").finish_non_exhaustive()
    }
}

impl<F: Fn(f64) -> f64, D: Fn(f64) -> f64> Opaque<F, D> {
    /// A function of one variable and its slope, as a [`Rule`].
    pub const fn new(value: F, slope: D) -> Self {
        Self { value, derivative: slope }
    }
}

impl<F, D> Opaque<F, D> {
    /// A function of `N` variables and its slopes, as a [`RuleN`].
    ///
    /// ```
    /// use tangents::rules::Opaque;
    /// use tangents::{Number, gradient};
    ///
    /// let product = Opaque::of_several(|[x, y]| x * y, |[x, y]| [y, x]);
    /// assert_eq!(gradient(|x| Number::apply_n([x[0], x[1]], &product), &[3.0, 4.0]), [4.0, 3.0]);
    /// ```
    pub const fn of_several<const N: usize>(value: F, slopes: D) -> Self
    where
        F: Fn([f64; N]) -> f64,
        D: Fn([f64; N]) -> [f64; N],
    {
        Self { value, derivative: slopes }
    }

    /// A function from vectors to vectors and its Jacobian times a vector, as a [`VectorRule`].
    ///
    /// ```
    /// use tangents::rules::Opaque;
    /// use tangents::{Number, gradient};
    ///
    /// // 2 × 2 equations, by code that knows `f64` only; the matrix is constant.
    /// fn solve(b: &[f64]) -> Vec<f64> {
    ///     vec![2.0 * b[0] - b[1], b[1] - b[0]]
    /// }
    ///
    /// let solve = Opaque::of_vectors(solve, |_, v| solve(v));
    /// let g = gradient(|b| Number::apply_vector(b, &solve)[0].powi(2), &[3.0, 4.0]);
    /// assert_eq!(g, [8.0, -4.0]);
    /// ```
    #[cfg(feature = "alloc")]
    pub const fn of_vectors(value: F, jvp: D) -> Self
    where
        F: Fn(&[f64]) -> Vec<f64>,
        D: Fn(&[f64], &[f64]) -> Vec<f64>,
    {
        Self { value, derivative: jvp }
    }
}

impl<F: Fn(f64) -> f64, D: Fn(f64) -> f64> Rule for Opaque<F, D> {
    fn value<T: Number>(&self, x: T) -> T {
        T::lit((self.value)(plain(x)))
    }

    fn slope<T: Number>(&self, x: T) -> T {
        inspect::with_value(inspect::undefined(x), T::lit((self.derivative)(plain(x))))
    }
}

impl<F: Fn([f64; N]) -> f64, D: Fn([f64; N]) -> [f64; N], const N: usize> RuleN<N> for Opaque<F, D> {
    fn value<T: Number>(&self, x: [T; N]) -> T {
        T::lit((self.value)(x.map(plain)))
    }

    fn slopes<T: Number>(&self, x: [T; N]) -> [T; N] {
        let unknown = moves(&x);
        (self.derivative)(x.map(plain)).map(|slope| inspect::with_value(unknown, T::lit(slope)))
    }
}

#[cfg(feature = "alloc")]
impl<F: Fn(&[f64]) -> Vec<f64>, D: Fn(&[f64], &[f64]) -> Vec<f64>> VectorRule for Opaque<F, D> {
    fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
        (self.value)(&plain_all(x)).into_iter().map(T::lit).collect()
    }

    fn jvp<T: Number>(&self, x: &[T], v: &[T]) -> Vec<T> {
        let unknown = moves(x.iter().chain(v));
        let dy = (self.derivative)(&plain_all(x), &plain_all(v));
        dy.into_iter().map(|dy| inspect::with_value(unknown, T::lit(dy))).collect()
    }
}

/// The value, as an `f64`.
fn plain<T: Real>(x: T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}

#[cfg(feature = "alloc")]
fn plain_all<T: Real>(x: &[T]) -> Vec<f64> {
    x.iter().copied().map(plain).collect()
}

/// NaN in every component in which one of the numbers moves, and as value; the others are zero.
pub(crate) fn moves<'a, T: Real>(x: impl IntoIterator<Item = &'a T>) -> T {
    x.into_iter().fold(T::nan(), |moves, &x| inspect::product(moves, inspect::undefined(x)))
}

/// A slope in x, which `moves` as that says, of a function whose value is a number or, if it isn't `defined`, NaN.
///
/// It is made like the slopes of the table: a NaN is a function of x, so that its derivatives are NaN too; a derivative of
/// the slope is zero where x doesn't move; and an infinite slope has no finite derivative, as a constant would have.
#[inline]
pub(crate) fn settled<T: Real>(slope: T, defined: bool, moves: impl FnOnce() -> T) -> T {
    if defined && inspect::is_finite(slope) { slope } else { unsettled(slope, defined, moves()) }
}

#[cold]
fn unsettled<T: Real>(slope: T, defined: bool, moves: T) -> T {
    if !defined || slope.is_nan() { moves } else { inspect::function_of(moves, slope, slope.is_infinite()) }
}
