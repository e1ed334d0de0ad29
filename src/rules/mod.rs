//! Every rule and every edge: what the functions of a dual number do, and why.
//!
//! This module has nothing to call; it is the reference page of [`Dual`](crate::Dual)'s functions, and of those of
//! [`HyperDual`](crate::HyperDual) and [`Taylor`](crate::Taylor), which come from the same rules.
//!
//! # A rule of your own
//!
//! A function that isn't made of these, or whose slope is known in a better form, gets its rule from `chain`. Each number
//! asks for something else: [`Dual`](crate::Dual::chain) for value and slope, [`HyperDual`](crate::HyperDual::chain) for the
//! second derivative too, [`Taylor`](crate::Taylor::chain) for the slope as a series. A trait makes of it one function that
//! every driver takes, at any order and nesting:
//!
//! ```
//! use tangents::{Dual, HyperDual, Real, Taylor, gradient, hessian, nth_derivative};
//!
//! /// The Gudermannian, gd x = 2·atan(tanh(x/2)), whose slope is 1/cosh x.
//! trait Gudermann: Real {
//!     fn gd(self) -> Self;
//! }
//!
//! impl Gudermann for f64 {
//!     fn gd(self) -> f64 {
//!         2.0 * (0.5 * self).tanh().atan()
//!     }
//! }
//!
//! impl<T: Gudermann, const N: usize> Gudermann for Dual<T, N> {
//!     fn gd(self) -> Self {
//!         self.chain(self.re.gd(), self.re.cosh().recip())
//!     }
//! }
//!
//! impl<T: Gudermann, const N: usize> Gudermann for HyperDual<T, N> {
//!     fn gd(self) -> Self {
//!         let slope = self.re.cosh().recip();
//!         self.chain(self.re.gd(), slope, -slope * self.re.tanh())
//!     }
//! }
//!
//! impl<T: Gudermann, const K: usize> Gudermann for Taylor<T, K> {
//!     fn gd(self) -> Self {
//!         self.chain(self.re.gd(), self.cosh().recip())
//!     }
//! }
//!
//! fn f<T: Gudermann>(x: &[T]) -> T {
//!     (x[0] * x[1]).gd()
//! }
//!
//! assert_eq!(gradient(f, &[0.0, 2.0]), [2.0, 0.0]);
//! assert_eq!(hessian(f, &[0.0, 2.0]), [[0.0, 1.0], [1.0, 0.0]]);
//! assert_eq!(nth_derivative::<3, _>(Gudermann::gd, 0.0), -1.0);
//! ```
//!
//! A driver runs a function on one kind of number, the one that its bounds name; whoever calls only that driver needs only
//! that `impl`. [`check_rule`](crate::check_rule) and [`check_grads`](crate::check_grads()) tell whether a rule is right.
//!
#![doc = include_str!("edges.md")]

mod beta;
pub(crate) mod branches;
pub(crate) mod rule;
pub(crate) mod slopes;
pub(crate) mod special_slopes;
pub(crate) mod special_table;
pub(crate) mod table;

#[cfg(feature = "alloc")]
pub use rule::VectorRule;
pub use rule::{Number, Opaque, Rule, RuleN};

/// A module that has nothing but its page, on which every row has a line.
macro_rules! emit_documentation {
    (
        [$page:ident, $heading:literal, $footer:literal]
        $(($name:ident $(($n:ident: $Order:ty))?, $what:literal, $words:literal, $($slope:tt)*))*
    ) => {
        #[doc = $heading]
        ///
        /// | function | is | slope |
        /// |---|---|---|
        $(#[doc = concat!("| `", stringify!($name), "` | ", $what, " | ", $words, " |")])*
        ///
        #[doc = $footer]
        pub mod $page {}
    };
}

table::for_each_unary_rule!(emit_documentation [
    smooth,
    "The smooth functions of one variable: a row each, from which the method of [`Dual`](crate::Dual), its higher orders and \
     its tests come.",
    "Outside its domain a function's value is NaN, and so are the lanes that aren't zero."
]);

special_table::for_each_special_rule!(emit_documentation [
    special_functions,
    "The [`Special`](crate::Special) functions of one variable, y = f(x): a row each, from which the method of \
     [`Dual`](crate::Dual) and its higher orders come.",
    "Those with an index n are functions of an integer and one variable."
]);
