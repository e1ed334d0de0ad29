//! Exact derivatives of ordinary Rust functions.
//!
//! Write a function generic over [`num_traits::Float`]; get its derivative, gradient, Jacobian and Hessian to
//! machine precision. The function is run on [`Dual`] numbers, a value with tangents that obey the chain rule
//! (forward-mode automatic differentiation): no step size, no truncation error, no change to the function.
//!
//! ```
//! use num_traits::Float;
//! use tangents::{derivative, grad, gradient, hessian, jacobian};
//!
//! fn paraboloid<T: Float>(x: &[T]) -> T {
//!     x.iter().fold(T::zero(), |sum, &xi| sum + xi * xi)
//! }
//!
//! assert_eq!(derivative(|x| x.powi(3), 2.0), 12.0);
//! assert_eq!(gradient(paraboloid, &[2.4, 3.6]), [4.8, 7.2]); // array in, array out
//! assert_eq!(jacobian(|x| [x[0] * x[1], x[1].sin()], &[2.0, 0.0]), [[0.0, 2.0], [0.0, 1.0]]);
//! assert_eq!(hessian(paraboloid, &[2.4, 3.6]), [[2.0, 0.0], [0.0, 2.0]]);
//!
//! let g = grad(paraboloid); // a function in, its gradient function out
//! assert_eq!(g(&[2.4, 3.6]), [4.8, 7.2]);
//! ```
//!
//! [The guide](guide) begins with [what the numbers are](guide::numbers) and [which call to take](guide::calls), and ends with
//! [speed](guide::speed) and the words of [JAX](guide::from_jax), [ForwardDiff.jl](guide::from_forwarddiff),
//! [num-dual](guide::from_num_dual) and [Ceres](guide::from_ceres).
//!
//! # Names
//!
//! A call is named for what it gives: `gradient`, `jacobian`, `hessian`, `jvp`, `hvp` … Every such `x` has a
//! `value_and_x`, which returns the pair; the value costs nothing. (`taylor`, `jet` and `nth_derivatives` have it among their
//! coefficients.) Three things come from one call with both names,
//! `value_gradient_and_hessian`, as a structure with named fields. [`Workspace`] has methods of the same names that write
//! into slices and allocate nothing. [`jax`] has the transforms, [`check`] the options and reports of [`check_grads`],
//! [`point`] the types that stand in signatures, [`sparse`] patterns, colourings and sparse matrices, [`linalg`],
//! [`implicit`] and [`ode`] whole algorithms, what solvers find and times of events, [`rules`] rules of your own and
//! every edge, [`random`] the generators, [`interop`] what is done with other crates.
//!
//! # Points
//!
//! A point is an array `[T; N]` (as many lanes as coordinates, no allocation), a slice or a `Vec` (any length, in chunks of 8
//! lanes), a number, a tuple, a nested array, or a structure of your own with `#[derive(Point)]`: see [`Point`]. What a
//! function returns may be any of these too. Results keep their container: the gradient of a `Model<f64>` is a `Model<f64>`,
//! a Jacobian of `[D; M]` at `[T; N]` is `[[T; N]; M]`.
//!
//! A call panics if a shape doesn't fit, as a direction of another length than the point. The panic names the caller's line
//! and both numbers. The methods of [`Workspace`] return errors instead.
//!
//! # Plain numbers
//!
//! An operator takes a literal on either side, `2.0 * x + 1.0`, and a method may follow, `(2.0 * x).sin()`. What stands
//! where, for an `x` over numbers of type `T`:
//!
//! | | plain number |
//! |---|---|
//! | left of an operator, `c * x` | a literal or a variable of type `f64`, for every `T`: it becomes [`T::lit(c)`](Real::lit) |
//! | right of an operator, `x * c`, `x *= c` | a literal or a variable of type `T`; where `T` itself has derivatives, of type `f32` or `f64` too |
//! | right of a comparison, `x > c` | the same |
//! | argument of a method, `x.max(c.into())`; alone, as the start of a sum or the result of a branch | a constant of the kind of `x`, by `into` |
//!
//! So a variable of type `f32` stands on the right, or on the left as `f64::from(c)`, which changes no value. A comparison
//! takes no plain number on its left.
//!
//! ```
//! use tangents::derivative;
//!
//! assert_eq!(derivative(|x| (2.0 * x).ln() + 1.0 / x, 4.0), 0.1875);
//! assert_eq!(derivative(|x| 2.0 * x.powf(1.5.into()) + x.max(0.0.into()), 4.0), 7.0);
//!
//! let c = 0.5_f32;
//! assert_eq!(derivative(|x| (x * c).exp() + f64::from(c) * x, 0.0), 1.0_f32);
//! ```
//!
//! In a generic function the compiler doesn't know what `2.0 * x` is. There a constant is [`T::lit(2.0)`](Real::lit) and a sum
//! [`T::sum(terms)`](Real::sum). Which bound to take:
//!
//! | `T:` | has | for |
//! |---|---|---|
//! | [`num_traits::Float`] | `sin`, `powi` …; a constant is `T::from(2.0).unwrap()` | code that exists |
//! | [`Real`] | `lit`, `sum`, `product` too | code of your own |
//! | [`Special`] | erf, Γ, sigmoid, logsumexp … too | |
//! | [`Number`] | `+=` and its kin, [`apply`](Number::apply) of rules of your own, and drivers at arrays of `T` | code that differentiates |
//!
//! # Nesting
//!
//! Calls [nest](guide::nesting): a function that is differentiated may itself call a driver, at a point that depends on the
//! outer variable. Lift a point that is a plain number by [`Dual::constant`] if the closure takes in an outer variable; debug
//! builds panic where that was forgotten.
//!
//! # What it is not for
//!
//! Forward mode costs a run of `f` per handful of variables. For the gradient of a scalar function of many
//! thousand variables, reverse mode (a tape, or Enzyme) does in a few runs what this crate does in n/8.
//!
//! # Features
//!
//! | feature | default | |
//! |---|---|---|
//! | `std` | yes | elementary functions of the standard library; without it, `no_std` with those of the `libm` crate |
//! | `alloc` | with `std` | slices and `Vec`s as points and results, [`Workspace`] |
//! | `random` | yes | the module [`random`], and the checks of derivatives ([`check_grads`] and its kin), which draw directions from it |
//! | `derive` | no | `#[derive(Point)]`: structures of your own as points and results; `#[function]`: a generic `fn` as a [`Function`] |
//! | `libm` | always on | its name, for those who ask for it |
//! | `approx`, `approx_0_4` | no | its comparisons, of values; the same of `approx` 0.4, for `cgmath` |
//! | `argmin` | no | problems for its solvers, with derivatives: `interop::argmin` |
//! | `bytemuck` | no | numbers as plain old data: `interop::bytemuck` |
//! | `diffsol` | no | equations of its problems, with derivatives and sparsity: `interop::diffsol` |
//! | `euclid` | no | its rotations, transformations and angles: `interop::euclid` |
//! | `faer` | no | its products and decompositions: `interop::faer` |
//! | `nalgebra` | no | numbers in `nalgebra` 0.35; its vectors and matrices as points, results and samples: `interop::nalgebra` |
//! | `nalgebra-sparse` | no | sparse matrices as those of `nalgebra-sparse`: `interop::nalgebra_sparse` |
//! | `ndarray` | no | its arrays as points and results: `interop::ndarray` |
//! | `num-complex` | no | derivatives of functions of complex numbers: `interop::num_complex` |
//! | `proptest` | no | strategies for numbers, points and keys: `interop::proptest` |
//! | `rand` | no | uniform samples of `rand` 0.10 with bounds that are differentiated: `interop::rand` |
//! | `rand_chacha` | no | `ChaCha` with 8, 12 and 20 rounds as generators of keys and samples: `interop::rand_chacha` |
//! | `rand_core` | no | [`random::CounterRng`] as a generator of `rand` 0.10: `interop::rand_core` |
//! | `rand_core_0_9` | no | the same for `rand` 0.9 |
//! | `rand_distr` | no | its distributions with parameters that are differentiated: `interop::rand_distr` |
//! | `rayon` | no | derivatives at slices, and samples of `random`, computed on many threads, bit for bit the same: `interop::rayon` |
//! | `serde` | no | numbers, and keys of `random`, written and read: `interop::serde` |
//! | `simba`, `simba_0_9`, `simba_0_8` | no | numbers in `nalgebra` 0.35, 0.33 and 0.34, 0.32: `interop::simba` |
//! | `sprs` | no | sparse matrices as those of `sprs`: `interop::sprs` |
//!
//! From `approx` on they are other crates' names; [`interop`] says what is done with each.
#![cfg_attr(not(feature = "std"), no_std)]
// On docs.rs, which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
// Without an allocator or `random`, what needs them is missing, and links to it lead nowhere.
#![cfg_attr(not(all(feature = "alloc", feature = "random")), allow(rustdoc::broken_intra_doc_links))]

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "random")]
pub mod check;
mod dispatch;
mod drive;
mod error;
pub mod function;
pub mod guide;
pub mod implicit;
pub mod interop;
pub mod jax;
pub mod linalg;
mod number;
pub mod ode;
pub mod point;
#[cfg(feature = "random")]
pub mod random;
mod real;
pub mod rules;
#[cfg(feature = "std")]
pub mod sparse;
mod special;

#[cfg(feature = "random")]
#[doc(inline)]
pub use check::{assert_grads, check_derivative, check_gradient, check_grads, check_rule};
#[cfg(feature = "alloc")]
pub use drive::Workspace;
#[cfg(feature = "derive")]
#[doc(hidden)]
pub use drive::derived;
pub use drive::{
    Point, ValueGradientHessian, ValueGradientHvp, ValueJacobianHessians, ValueJvpVhv, derivative,
    divergence, gradient, hessian, hessians, hvp, jacobian, jet, jvp, laplacian, nth_derivative, partial,
    taylor, third_derivatives, value_and_derivative, value_and_divergence, value_and_gradient,
    value_and_hessian, value_and_hessians, value_and_hvp, value_and_jacobian, value_and_jvp,
    value_and_laplacian, value_and_partial, value_and_third_derivatives, value_and_vhv,
    value_gradient_and_hessian, value_gradient_and_hvp, value_jacobian_and_hessians, value_jvp_and_vhv, vhv,
};
pub use error::Error;
#[doc(inline)]
pub use function::Function;
#[doc(inline)]
pub use jax::{grad, jacfwd, value_and_grad};
pub use linalg::{matmul, matmul_into, matvec, matvec_into};
pub use number::{Dual, HyperDual, ParseDualError, Taylor};
pub use real::Real;
#[doc(inline)]
pub use rules::{Number, Rule};
pub use special::Special;
#[cfg(feature = "derive")]
pub use tangents_derive::{Point, function};

/// The snippets of the README, run with the documentation's.
#[cfg(all(doctest, feature = "alloc", feature = "random"))]
#[doc = include_str!("../README.md")]
struct Readme;
