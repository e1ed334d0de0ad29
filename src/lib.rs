//! Exact derivatives of ordinary Rust functions.
//!
//! Write a function generic over [`num_traits::Float`]; get its derivative, gradient, Jacobian and Hessian to
//! machine precision. The function is run on [`Dual`] numbers, a value with tangents that obey the chain rule
//! (forward-mode automatic differentiation), for second derivatives on [`HyperDual`] numbers and for high orders on
//! [`Taylor`] series: no step size, no truncation error, no change to the function.
//!
//! ```
//! use num_traits::Float;
//! use tangents::{grad, gradient, jacfwd};
//!
//! fn paraboloid<T: Float>(x: &[T]) -> T {
//!     x.iter().fold(T::zero(), |sum, &xi| sum + xi * xi)
//! }
//!
//! let g = grad(paraboloid);                         // a function in, its gradient function out
//! assert_eq!(g(&[2.4, 3.6]), [4.8, 7.2]);           // array in, array out
//! assert_eq!(gradient(|x| x[0] * x[1].sin(), &[1.0, 0.0]), [0.0, 1.0]); // or in one call
//! # #[cfg(feature = "alloc")] {
//! let h = jacfwd(grad(paraboloid));                 // transforms compose: a Hessian
//! assert_eq!(h(&[2.4, 3.6]), [[2.0, 0.0], [0.0, 2.0]]);
//! # }
//! ```
//!
//! # Which call do I want?
//!
//! | I have | I want | call | evaluations of `f` |
//! |---|---|---|---|
//! | `f(x) → y` | `f′(x)` | [`derivative`] | 1 on 1 lane |
//! | `f(x₁ … xₙ) → y` | the gradient | [`gradient()`], [`grad`] | 1 on n lanes for an array, ⌈n/8⌉ on 8 for a slice or `Vec` |
//! | `f(x₁ … xₙ) → y₁ … yₘ` | the Jacobian | [`jacobian()`], [`jacfwd`] | as the gradient |
//! | | Jacobian · v, a directional derivative | [`jvp`] | 1 on 1 lane |
//! | `f(x₁ … xₙ) → y` | the Hessian | [`hessian()`] | 1 on some (n + 1)(n + 2)/2 components for an array, c(c + 1)/2 on 81 for a slice, c = ⌈n/8⌉ |
//! | `f(x₁ … xₙ) → y₁ … yₘ` | the Hessian of each component | [`hessians`] | as the Hessian of one |
//! | `f(x₁ … xₙ) → y` | Hessian · v | [`hvp`] | as the gradient, components doubled |
//! | | vᵀ · Hessian · v, the second derivative along a direction | [`vhv`] | 1 on 3 components |
//! | | the Laplacian | [`laplacian`] | n on 3 components |
//! | `f(x₁ … xₙ) → y₁ … yₙ` | the divergence | [`divergence`] | as the gradient |
//! | `f(x₁ … xₙ) → y` | one derivative of order m ≤ 4 | [`partial`] | 1 on 2ᵐ components |
//! | | all third derivatives | [`third_derivatives`] | n times the Hessian, components doubled |
//! | `f(x) → y` | its n-th derivative, its Taylor series | [`nth_derivative`], [`taylor()`]; [`nth_derivatives`] where n is known at run time | 1 on n + 1 coefficients |
//! | `f(x₁ … xₙ) → y₁ … yₘ` | derivatives of any order along a curve | [`jet`] | 1 on as many coefficients |
//! | `f(a, b) → y` | the gradient in b, or in both | [`grad2`]`(f, `[`ARG1`]`)`, `(f, (ARG0, ARG1))` | as the gradient of each |
//! | most of these | the value too | `value_and_…`, [`value_gradient_hessian`], [`value_jacobian_hessians`], [`value_jvp_vhv`] | the same |
//! | most of these, on slices | no allocation | `…_into` with a [`Workspace`] | the same |
//! | matrices, plain or of numbers with derivatives | their product | [`matvec`], [`matmul`], [`matvec_into`], [`matmul_into`] | |
//! | erf, Γ, Bessel, sigmoid, logsumexp, … | to use them | [`Special`] | |
//! | a rule of my own | to use it | [`Rule`], applied by [`x.apply(rule)`](Number::apply); [several variables, vectors, C](rules#a-rule-of-your-own) | [1 of value and slope](Rule#what-they-are-run-on) |
//! | a derivative | to know that it's right | [`check_grads`], in a test [`assert_grads`] | 3 at order 1, 5 at order 2; per coordinate with [`strict`](CheckOptions::strict) |
//! | a derivative by hand | to know that it's right | [`check_derivative`], [`check_gradient`] | 3 |
//! | a rule, another way to compute | to know that it's right | [`check_rule`]; [`check_against`] | as [`check_grads`]; 1 each of both |
//!
//! Direct calls take a function and a point and infer closures: `gradient(|x| x[0] * 2.0, &x)`. Transforms take
//! a function and return one, as in JAX; give them a generic `fn`, since the type of a closure's argument isn't
//! known yet when it is handed over.
//!
//! # Points
//!
//! A point is an array `[T; N]` (exactly N lanes, on the stack, no allocation), a slice or a `Vec` (any length,
//! in chunks of 8 lanes), a number among several arguments, or a structure of your own that implements
//! [`Point`]. Results come in the same kind of container.
//!
//! What an array is lifted to takes of the order of N² numbers, N³ for a Hessian. Above 128 KiB it is on the heap, with
//! `alloc`: a gradient from 128 coordinates on, a Hessian from 25. An array whose single numbers would exhaust the stack,
//! above 4351 coordinates of `f64` for a gradient and 65 for a Hessian, doesn't compile; take a slice.
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
//! | argument of a method, `x.max(c.into())` | a constant of the kind of `x`, by `into` |
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
//! In a generic function a constant is `T::from(1.5).unwrap()` with [`num_traits::Float`], and
//! [`T::lit(1.5)`](Real::lit) with [`Real`].
//!
//! # Nesting
//!
//! Calls nest: a function that is differentiated may itself call a driver. Inside, at a point that depends on the outer
//! variable, numbers are duals over duals, and a variable from outside is a constant there; it mixes with them by the
//! operators (`x * y`), or is lifted by [`Dual::constant`]. Perturbations aren't confused, since each level is a type of
//! its own.
//!
//! ```
//! use tangents::derivative;
//!
//! // d/dx [x · d/dy (x + y)] = 1
//! assert_eq!(derivative(|x| x * derivative(|y| x + y, x), 3.0), 1.0);
//! ```
//!
//! That takes an inner point of the outer number's type. At a plain number, `derivative(|y| x + y, 1.0)`, the inner
//! variable has the type of the outer one and shares its lanes, and the derivative would be that in both at once. So lift
//! a point that is a number, wherever the closure takes in a variable from outside:
//!
//! ```
//! use tangents::{Dual, derivative};
//!
//! let one = Dual::<f64, 1>::constant(1.0);
//! assert_eq!(derivative(|x| x * derivative(|y| x + y, one), 3.0), 1.0);
//! ```
//!
//! Debug builds (with `std`) panic where that was forgotten. A call that runs on numbers of the type which a call around it,
//! on this thread, runs on has its function run once more, on constants; a derivative that is left in the result came from
//! outside. Release builds don't check, as they don't check integers for overflow.
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
//! | `libm` | always on | its name, for those who ask for it |
//! | `approx`, `approx_0_4` | no | its comparisons, of values; the same of `approx` 0.4, for `cgmath` |
//! | `argmin` | no | problems for its solvers, with derivatives: `interop::argmin` |
//! | `bytemuck` | no | numbers as plain old data: `interop::bytemuck` |
//! | `euclid` | no | its rotations, transformations and angles: `interop::euclid` |
//! | `faer` | no | its products and decompositions: `interop::faer` |
//! | `nalgebra` | no | numbers in `nalgebra` 0.35; its vectors and matrices as points, results and samples: `interop::nalgebra` |
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
mod check;
#[cfg(feature = "random")]
mod dispatch;
mod drive;
mod error;
pub mod interop;
mod linalg;
mod number;
#[cfg(feature = "random")]
pub mod random;
mod real;
pub mod rules;
mod special;

#[cfg(feature = "random")]
pub use check::*;
pub use drive::*;
pub use error::Error;
pub use linalg::{matmul, matmul_into, matvec, matvec_into};
pub use number::{Dual, HyperDual, ParseDualError, Taylor};
pub use real::Real;
#[doc(inline)]
pub use rules::{Number, Rule};
pub use special::Special;

/// The snippets of the README, run with the documentation's.
#[cfg(all(doctest, feature = "alloc", feature = "random"))]
#[doc = include_str!("../README.md")]
struct Readme;
