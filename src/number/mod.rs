//! The numbers, [`Dual`] and [`HyperDual`], their operators and their numeric traits.

mod apply;
#[cfg(feature = "alloc")]
mod apply_vector;
mod components;
pub(crate) mod inspect;
mod kinks;
mod lanes;

mod dual;
mod dual_or_constant;
mod hyper;
mod taylor;

mod convert;
mod float;
mod fmt;
mod num;
pub(crate) mod on;
mod ops;
pub(crate) mod over;
mod plain;
mod rows;
#[cfg(feature = "random")]
mod variate;

pub(crate) use convert::for_each_conversion;
pub use dual::Dual;
pub(crate) use dual_or_constant::DualOrConstant;
pub use fmt::ParseDualError;
pub use hyper::HyperDual;
pub(crate) use ops::assigning;
pub use taylor::Taylor;
pub(crate) use taylor::{coefficient_on_scale, scale};

/// The numbers as inner type of a nested one.
///
/// Comparisons with plain `f32` and `f64`, conversions and powers of them reach through nesting by this bound, and not by
/// one on `Dual<Dual<T, M>, N>`, which sends the compiler into a recursion wherever the type of a number is still unknown
/// to it.
pub trait Nested {}

/// Writes for each number what `emit!(Number)` writes for one.
macro_rules! for_each_number {
    ($emit:ident) => {
        $emit!(Dual);
        $emit!(HyperDual);
        $emit!(Taylor);
    };
}

/// Writes for each number, and for the one that only drivers name, what `emit!(Number)` writes for one.
macro_rules! for_every_number {
    ($emit:ident) => {
        for_each_number!($emit);
        $emit!(DualOrConstant);
    };
}

/// Writes for each number over a number what `emit!(Inner in Outer)` writes for one.
macro_rules! for_each_nesting {
    ($emit:ident) => {
        for_each_nesting!(@outer $emit: Dual);
        for_each_nesting!(@outer $emit: HyperDual);
        for_each_nesting!(@outer $emit: Taylor);
    };
    (@outer $emit:ident: $Outer:ident) => {
        $emit!(Dual in $Outer);
        $emit!(HyperDual in $Outer);
        $emit!(Taylor in $Outer);
    };
}

/// A variable of a number at 3, as the documentation writes it.
macro_rules! variable_in_docs {
    (Taylor) => {
        "variable(3.0)"
    };
    ($Number:ident) => {
        "variable(3.0, 0)"
    };
}

use {for_each_nesting, for_each_number, for_every_number, variable_in_docs};

macro_rules! nested {
    ($Number:ident) => {
        impl<T, const N: usize> Nested for $Number<T, N> {}
    };
}

for_each_number!(nested);
