//! Every rule and every edge: what the functions of a dual number do, and why.
//!
//! This module has nothing to call; it is the reference page of [`Dual`](crate::Dual)'s functions.
#![doc = include_str!("edges.md")]

pub(crate) mod branches;
pub(crate) mod slopes;
pub(crate) mod special;
pub(crate) mod table;

macro_rules! emit_documentation {
    ($(($name:ident, $what:literal, $words:literal, $domain:expr, |$x:ident, $y:ident| $slope:expr $(, $($second:tt)*)?))*) => {
        /// The smooth functions of one variable: a row each, from which the method of [`Dual`](crate::Dual), its
        /// higher orders and its tests come.
        ///
        /// | function | is | slope |
        /// |---|---|---|
        $(#[doc = concat!("| `", stringify!($name), "` | ", $what, " | ", $words, " |")])*
        ///
        /// Outside its domain a function's value is NaN, and so are the lanes that aren't zero.
        pub mod smooth {}
    };
}

table::for_each_unary_rule!(emit_documentation);

macro_rules! emit_special_documentation {
    ($(($name:ident, $what:literal, $words:literal, $domain:expr, |$x:ident, $y:ident| $slope:expr))*) => {
        /// The [`Special`](crate::Special) functions of one variable, y = f(x): a row each, from which the method of
        /// [`Dual`](crate::Dual) and its higher orders come.
        ///
        /// | function | is | slope |
        /// |---|---|---|
        $(#[doc = concat!("| `", stringify!($name), "` | ", $what, " | ", $words, " |")])*
        ///
        /// `bessel_jn`, `bessel_yn`, `bessel_in`, `spherical_jn` and `polygamma` have the slopes that their own members
        /// of other orders give.
        pub mod special_functions {}
    };
}

special::for_each_special_rule!(emit_special_documentation);
