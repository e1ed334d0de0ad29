//! Every rule and every edge: what the functions of a number do, and why; and rules of your own.
//!
//! This is the reference page of [`Dual`](crate::Dual)'s functions, and of those of [`HyperDual`](crate::HyperDual) and
//! [`Taylor`](crate::Taylor), which come from the same rules.
//!
//! # A rule of your own
//!
//! A function that isn't made of these, or whose slope is known in a better form, gets its rule from one `impl`, and is then
//! applied to every number, at any order and nesting:
//!
//! | the function is | it gives | implement | apply it by |
//! |---|---|---|---|
//! | of one variable | value and slope | [`Rule`] | [`x.apply(rule)`](Number::apply) |
//! | of several variables | value and slopes | [`RuleN`] | [`T::apply_n([x, y], rule)`](Number::apply_n) |
//! | from vectors to vectors | value, and Jacobian · v | `VectorRule` | [`T::apply_vector(&x, rule)`](Number#method.apply_vector) |
//! | not generic: C, a table, a solver | the same of `f64` | nothing: [`Opaque`] is all three | as above |
//!
//! ```
//! use tangents::{Number, Rule, gradient, hessian, nth_derivative};
//!
//! /// The Gudermannian, gd x = 2·atan(tanh(x/2)), whose slope is 1/cosh x.
//! struct Gudermann;
//!
//! impl Rule for Gudermann {
//!     fn value<T: Number>(&self, x: T) -> T {
//!         T::lit(2.0) * (x * T::lit(0.5)).tanh().atan()
//!     }
//!
//!     fn slope<T: Number>(&self, x: T) -> T {
//!         x.cosh().recip()
//!     }
//! }
//!
//! assert_eq!(gradient(|x| (x[0] * x[1]).apply(Gudermann), &[0.0, 2.0]), [2.0, 0.0]);
//! assert_eq!(hessian(|x| (x[0] * x[1]).apply(Gudermann), &[0.0, 2.0]), [[0.0, 1.0], [1.0, 0.0]]);
//! assert_eq!(nth_derivative::<3, _>(|x| x.apply(Gudermann), 0.0), -1.0);
//! ```
//!
//! [`check_rule`](crate::check_rule) tells whether a rule is right. If the numbers are at hand, value and slope at one point,
//! `chain` makes the derivative of them: [`Dual::chain`](crate::Dual::chain) takes the slope,
//! [`HyperDual::chain`](crate::HyperDual::chain) the second derivative too, [`Taylor::chain`](crate::Taylor::chain) the slope as
//! a series; `chain2` is the same of two variables.
//!
#![doc = include_str!("edges.md")]

mod beta;
mod black_box;
pub(crate) mod branches;
pub(crate) mod rule;
pub(crate) mod slopes;
pub(crate) mod special_slopes;
pub(crate) mod special_table;
pub(crate) mod table;

#[cfg(feature = "alloc")]
pub(crate) use black_box::of_values;
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
