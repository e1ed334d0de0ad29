//! Every rule and every edge: what the functions of a dual number do, and why.
//!
//! # Smooth functions of one variable
//!
//! One row each; the method of [`Dual`](crate::Dual), its higher orders, its tests and this table come from
//! it. Outside its domain a function's value is NaN, and its tangents with it.
//!
//! | function | is | slope |
//! |---|---|---|

pub(crate) mod branches;
pub(crate) mod slopes;
pub(crate) mod table;
