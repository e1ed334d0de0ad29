//! Derivatives of what a solver found: roots, fixed points, minima and least squares.
//!
//! A solver that runs on numbers with derivatives is slow, stops when the values have converged and the derivatives haven't, or
//! isn't generic at all. Here anybody's solver runs on plain `f64`, once. The equations that its solution solves, a
//! [`Function`] of the unknowns and the parameters, then give the derivatives: of every order that the
//! parameters' number carries, at any nesting.
//!
//! ```
//! use tangents::{Number, gradient, hessian, implicit, lambda};
//!
//! /// The eccentric anomaly E of a planet: E − e·sin E = M.
//! fn anomaly<T: Number>(mean_anomaly: T, eccentricity: T) -> T {
//!     let kepler = lambda!(|z: (f64, [f64; 2])| -> f64 {
//!         let (x, [m, e]) = *z;
//!         x - e * x.sin() - m
//!     });
//!     // Any solver will do; this one iterates on plain numbers.
//!     let solve = |p: &[f64]| (0..100).fold(p[0], |x, _| p[0] + p[1] * x.sin());
//!     implicit::root(kepler).at(&[mean_anomaly, eccentricity], solve).unwrap()
//! }
//!
//! let x: f64 = anomaly(1.0, 0.5);
//! let [dm, de] = gradient(|p| anomaly(p[0], p[1]), &[1.0, 0.5]);
//! assert!((dm - 1.0 / (1.0 - 0.5 * x.cos())).abs() < 1e-15);
//! assert!((de - x.sin() / (1.0 - 0.5 * x.cos())).abs() < 1e-15);
//! let [[mm, _], _] = hessian(|p| anomaly(p[0], p[1]), &[1.0, 0.5]);
//! assert!((mm + 0.5 * x.sin() / (1.0 - 0.5 * x.cos()).powi(3)).abs() < 1e-15);
//! ```
//!
//! # What to write
//!
//! | the solution x makes | write | `F` returns |
//! |---|---|---|
//! | `F(x, p) = 0` | [`root(F)`](root) | as many numbers as there are unknowns |
//! | `x = F(x, p)` | [`fixed_point(F)`](fixed_point) | as many numbers as there are unknowns |
//! | `F(x, p)` least | [`minimum(F)`](minimum) | a number |
//! | `½·Σ Fₖ(x, p)²` least | [`least_squares(F)`](least_squares) | any number of numbers |
//!
//! `F` is a function value of one pair, the unknowns and the parameters: `From = (U, P)`. `U` and `P` name containers with
//! `f64` for numbers, as `f64`, `[f64; 3]`, `Vec<f64>` or `Model<f64>` with `#[derive(Point)]`. Then [`at`](Implicit::at) takes the
//! parameters, any [`Point`](crate::Point) of the kind `P`, and the solver, and gives the solution. In a pair containers are
//! owned: a slice is a `Vec<f64>`. In `gradient(|p| …, &[a, b])` p is a slice, so write `P = Vec<f64>` and `.at(p, …)`, or `P = [f64; 2]` and
//! `.at(&[p[0], p[1]], …)`. All parameters are numbers of one type: lift a constant among them by `T::lit` in a
//! generic function and by [`Dual::constant`](crate::Dual::constant) in a closure, a container by
//! [`map_numbers`](crate::Point::map_numbers), or keep it in the structure of `F`.
//!
//! The solver is a closure that gets the parameters' values and returns the unknowns, or a `Result` of them, whose error comes back as
//! [`ImplicitError::Solver`]; it may be a `String` or a `Box<dyn Error>`. If the solution is at hand, the closure returns that.
//!
//! # What comes out
//!
//! - At plain parameters the solver's result, and nothing else is evaluated. An `f32` is solved for in `f64` and rounded.
//! - Otherwise the value is the solver's, bit for bit, and the derivatives are those of the solution of `F(x, p) = F(x₀, p₀)`, x₀ being
//!   what the solver found at p₀. So if that is off by δ, the derivatives are those of a neighbouring solution, and are
//!   off by an amount in proportion to δ; they don't depend on how the solver got there, nor on where it stopped. If derivatives must be
//!   exact to rounding, so must be the solution: let the solver make a Newton step more.
//! - Which of several solutions it is, the solver says; derivatives are along the branch through that.
//!
//! # The method
//!
//! Let `J` be `∂F/∂x` at the solution, a plain matrix. A number with derivatives is its value and parts of the orders 1, 2, … K. If y is
//! right up to the order k − 1, then the part of the order k of `y − J⁻¹·F(y, p)` is right too: Newton's method with a fixed
//! matrix gains an order with each step. So J is factorized once, for all lanes and orders (Griewank and Walther, *Evaluating
//! Derivatives*, 2nd edition, 2008, chapter 15; Wagner, Walther and Schaefer, *On the efficient computation of high-order
//! derivatives for implicitly defined functions*, Computer Physics Communications 181, 2010).
//!
//! Cost of each call of `at`, and a gradient in many parameters calls it once for each chunk of them: the solver; `F` on plain numbers with lanes for the Jacobian in the n unknowns, once in an array of up to 16, else ⌈n/8⌉
//! times, in the CPU's vectors as the derivatives of every function value; n³/3 products for the factors; and for each order of the
//! parameters' number, one evaluation of `F` on that number and n² products. A minimum's `F` is differentiated once more in
//! each. At arrays of up to 16 unknowns nothing is allocated; without the feature `alloc` there may be no more.
//!
//! # Sparse and matrix-free
//!
//! Dense factors suit up to a few hundred unknowns. For more, bring a linear solver of any crate along. It works on plain `f64`;
//! everything else is as before, for every number and order.
//!
//! | ∂F/∂x | write | memory | for J | for each direction and order |
//! |---|---|---|---|---|
//! | dense, or n ≤ 300 | `root(F)` | n² | ⌈n/8⌉ evaluations, n³/3 products | n² products |
//! | sparse | `root(F)`[`.sparse(factorize)`](Implicit::sparse) | the factors' | pattern, ⌈colours/8⌉ evaluations, a factorization | a back-substitution |
//! | sparse, at many points | `root(F)`[`.sparse_by(&plan, factorize)`](Implicit::sparse_by) | the factors' | ⌈colours/8⌉ + 1 evaluations, a factorization | the same |
//! | without structure, or factors too large | `root(F)`[`.matrix_free(solve)`](Implicit::matrix_free) | n | nothing | an evaluation for each step of the solver |
//!
//! Evaluations are those of `F`, of as many lanes as stand beneath; those of a minimum are ⌈n/8⌉ times as many, unless its gradient is
//! at hand and is solved for as a root. With `faer` (0.24) sparse factors are
//!
//! ```ignore
//! let factorize = |j: &SparseMatrix<f64>| {
//!     let symbolic = SymbolicSparseColMatRef::new_checked(j.rows(), j.columns(), j.indptr(), None, j.indices());
//!     let lu = SparseColMatRef::new(symbolic, j.values()).sp_lu()?;
//!     Ok::<_, LuError>(move |b: &mut [f64]| lu.solve_in_place(ColMut::from_slice_mut(b)))
//! };
//! let u = implicit::root(bratu).sparse(factorize).at(&lambda, newton)?;
//! ```
//!
//! with `faer::col::ColMut`, `faer::linalg::solvers::Solve`, and `SymbolicSparseColMatRef`, `SparseColMatRef` and `linalg::LuError` of `faer::sparse`, as
//! `examples/sparse` runs them, with `faer`'s `bicgstab` beside. In an integrator make the plan and the symbolic factorization once
//! (`Lu::try_new_with_symbolic`, as its `brusselator` does). Factors of a matrix nearby do as well, and those that Newton's method ended
//! with are at hand: then `factorize` returns these, and nothing is factorized for the derivatives. The feature `nalgebra-sparse` has
//! `interop::nalgebra_sparse::cholesky` for minima.
//!
//! Neither factors nor solvers are trusted, nor plans. Each solution d of `J·d = r` is put into the equations. What is left, in each
//! equation of sparse ones, in Euclid's norm of others, is refined; if more stays than 10⁻¹⁰, or what `linear_tolerance` says, and
//! than rounding, it's an [`ImplicitError::Inaccurate`]. A matrix by a plan is compared with a product that `F` itself gives.
//! Bounds are for dense factors only. On `f32` the systems are solved in `f64`, but the equations' derivatives in the parameters are
//! those of `f32`: equations must have a size that it has, above 10⁻³⁸.
//!
//! # What is refused
//!
//! - A singular Jacobian, up to rounding: [`ImplicitError::Singular`], [`ImplicitError::NoMinimum`]. Of dense factors a pivot decides that
//!   is rounding beside its column: one in forty of the networks that
//!   [`linalg`](crate::linalg#what-cant-be-given-is-an-error) tells of passes as a root, and one in 18 as a minimum, and unknowns that
//!   grow by more than 10¹⁶ from one to another are refused; [`sparse`](Implicit::sparse) is better at both. Factors that are brought
//!   along are tried on solutions that are known; what they say themselves is [`ImplicitError::Linear`]. A matrix-free solver isn't
//!   tried so: if J is singular, it must say so, or leave a residual.
//! - A wrong solution of the linear solver: [`ImplicitError::Inaccurate`].
//! - What isn't a solution: [`ImplicitError::Unsolved`]. The test is the size of a step of Newton's method,
//!   `|J⁻¹·F(x₀, p₀)| ≤ 10⁻⁶·max|x₀|` in each unknown, and in `f32` with 10⁻³;
//!   [`tolerance`](Implicit::tolerance) and [`absolute_tolerance`](Implicit::absolute_tolerance) change it. Where all unknowns
//!   are near 0 a solver must find them that well too, or the absolute tolerance say what is near enough.
//! - Variables that get to the solver or to `F` otherwise than by the parameters. `F` runs on several numbers, so the compiler refuses
//!   variables in its structure in its arithmetic, and the solver must return plain numbers. What is forced
//!   through is as in every function value: `T::from(x)` of a variable passes where x is of the type of the parameters, and is
//!   differentiated; elsewhere it's a constant. If it's of the type of the numbers for the Jacobian, debug builds panic with
//!   "perturbation confusion". A `Dual` that was made by hand, outside of any call, isn't caught.
//! - Derivatives that aren't finite, of a parameter or of `F` in it, are no error: that derivative is NaN or infinite in the unknowns
//!   that depend on it, with a linear solver that is brought along NaN in all, and others are what they are.
//!
//! All of this is asked only where there are derivatives to give. At plain parameters the result is the solver's even if it's wrong.

mod bounds;
#[cfg(feature = "alloc")]
mod brought;
mod dense;
mod equations;
mod error;
mod factors;
mod found;
mod linear;
#[cfg(feature = "alloc")]
mod matrix_free;
mod memory;
mod orders;
mod solution;
#[cfg(feature = "std")]
mod sparse;

pub use dense::Dense;
#[cfg(feature = "diffsol")]
pub(crate) use equations::container;
pub use equations::{Equations, FixedPoint, HalfSquare, Minimum, Root};
pub(crate) use equations::{Of, count, enumerate, lift};
pub use error::ImplicitError;
pub use linear::Linear;
#[cfg(feature = "alloc")]
pub use matrix_free::{Apply, MatrixFree};
pub(crate) use orders::default_tolerance;
pub use solution::{Implicit, Outcome};
#[cfg(feature = "std")]
pub use sparse::Sparse;

use crate::drive::Family;
use crate::function::Function;

/// The root x of `residual`: `F(x, p) = 0`, as many equations as unknowns.
///
/// `∂x/∂p = −(∂F/∂x)⁻¹·∂F/∂p`, and so on for every order; the [module](self) says how, and at what cost.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tangents::{implicit, jacobian, lambda};
///
/// // Where the line x + y = p₀ meets the hyperbola x·y = p₁.
/// let residual = lambda!(|z: ([f64; 2], Vec<f64>)| -> [f64; 2] {
///     let (x, p) = z;
///     [x[0] + x[1] - p[0], x[0] * x[1] - p[1]]
/// });
/// let solve = |p: &[f64]| {
///     let d = (p[0] * p[0] / 4.0 - p[1]).sqrt();
///     [p[0] / 2.0 + d, p[0] / 2.0 - d]
/// };
/// let j = jacobian(|p| implicit::root(residual).at(p, solve).unwrap(), &[5.0, 6.0]);
/// assert_eq!(j, [[3.0, -1.0], [-2.0, 1.0]]);
/// # }
/// ```
///
/// A solver that fails hands its error through:
///
/// ```
/// use tangents::implicit::{self, ImplicitError};
/// use tangents::lambda;
///
/// #[derive(Debug, PartialEq)]
/// struct NoRoot;
///
/// let solve = |&p: &f64| if p < 0.0 { Err(NoRoot) } else { Ok(p.sqrt()) };
/// let root = implicit::root(lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 }));
/// assert_eq!(root.at(&4.0, solve), Ok(2.0));
/// assert_eq!(root.at(&-4.0, solve), Err(ImplicitError::Solver(NoRoot)));
/// ```
#[doc(alias("custom_root", "implicit_derivative", "ImplicitFunction"))]
pub fn root<F, U: Family, P: Family>(residual: F) -> Implicit<Root<F>>
where
    F: Function<From = (U, P)>,
{
    Implicit::new(Root(residual))
}

/// The fixed point x of `function`: `x = G(x, p)`.
///
/// It is the root of `x − G(x, p)`: `∂x/∂p = (1 − ∂G/∂x)⁻¹·∂G/∂p`. G need not be a contraction.
///
/// ```
/// use tangents::{derivative, implicit, lambda};
///
/// // x = cos(p·x)
/// let map = lambda!(|z: (f64, f64)| -> f64 { (z.0 * z.1).cos() });
/// let solve = |&p: &f64| (0..100).fold(1.0, |x: f64, _| (p * x).cos());
/// let dx = derivative(|p| implicit::fixed_point(map).at(&p, solve).unwrap(), 1.0);
/// let (x, s) = (solve(&1.0), solve(&1.0).sin());
/// assert!((dx + s * x / (1.0 + s)).abs() < 1e-15);
/// ```
pub fn fixed_point<F, U: Family, P: Family>(function: F) -> Implicit<FixedPoint<F>>
where
    F: Function<From = (U, P)>,
{
    Implicit::new(FixedPoint(function))
}

/// Where `objective` is least: the x at which `f(x, p)` has a minimum.
///
/// It is the root of the gradient: `∂x/∂p = −H⁻¹·∂²f/∂x∂p`, with the Hessian `H = ∂²f/∂x²`. The Hessian must be positive definite; a saddle
/// or a maximum is [`ImplicitError::NoMinimum`], and so is a minimum that isn't isolated. Derivatives of a stationary point of
/// another kind are those of the [`root`] of a gradient.
///
/// [`at_within`](Implicit::at_within) is the minimum within bounds.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tangents::{implicit, jacobian, lambda};
///
/// // (x₀ − p₀)² + (x₁ − p₁)² + x₀·x₁
/// let f = lambda!(|z: ([f64; 2], Vec<f64>)| -> f64 {
///     let (x, p) = z;
///     (x[0] - p[0]).powi(2) + (x[1] - p[1]).powi(2) + x[0] * x[1]
/// });
/// let solve = |p: &[f64]| [(4.0 * p[0] - 2.0 * p[1]) / 3.0, (4.0 * p[1] - 2.0 * p[0]) / 3.0];
/// let j = jacobian(|p| implicit::minimum(f).at(p, solve).unwrap(), &[1.0, 2.0]);
/// assert_eq!(j, [[4.0 / 3.0, -2.0 / 3.0], [-2.0 / 3.0, 4.0 / 3.0]]);
/// # }
/// ```
#[doc(alias("argmin", "envelope_theorem", "bilevel"))]
pub fn minimum<F, U: Family, P: Family>(objective: F) -> Implicit<Minimum<F>>
where
    F: Function<From = (U, P), To = f64>,
{
    Implicit::new(Minimum(objective))
}

/// The x at which the sum of squares of `residuals` is least: a fit.
///
/// It is the [`minimum`] of `½·Σ rₖ(x, p)²`, with the whole Hessian `Jᵀ·J + Σ rₖ·∂²rₖ/∂x²`. (The Gauss–Newton matrix `Jᵀ·J` alone, good enough to
/// find the minimum, would give wrong derivatives wherever residuals are left.)
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tangents::{gradient, implicit, lambda};
///
/// // The decay rate x of two measurements p at the times 1 and 2: rₖ = e^(−x·tₖ) − pₖ.
/// let r = lambda!(|z: (f64, Vec<f64>)| -> [f64; 2] {
///     let (x, p) = z;
///     [(-*x).exp() - p[0], (-*x - *x).exp() - p[1]]
/// });
/// // The stationary point in y = e^(−x): 2·y³ + (1 − 2·p₁)·y = p₀.
/// let solve = |p: &[f64]| {
///     let step = |y: f64, _| y - (2.0 * y.powi(3) + (1.0 - 2.0 * p[1]) * y - p[0]) / (6.0 * y * y + 1.0 - 2.0 * p[1]);
///     -(0..20).fold(p[0], step).ln()
/// };
/// let p = [0.5, 0.5];
/// let g = gradient(|p| implicit::least_squares(r).at(p, solve).unwrap(), &p);
/// let y = (-solve(&p)).exp();
/// assert!((g[0] + 1.0 / (6.0 * y.powi(3))).abs() < 1e-14);
/// assert!((g[1] + 2.0 * y / (6.0 * y.powi(3))).abs() < 1e-14);
/// # }
/// ```
pub fn least_squares<F, U: Family, P: Family>(residuals: F) -> Implicit<Minimum<HalfSquare<F>>>
where
    F: Function<From = (U, P)>,
{
    Implicit::new(Minimum(HalfSquare(residuals)))
}
