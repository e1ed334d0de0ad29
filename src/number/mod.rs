//! The numbers: [`Dual`], its operators and its numeric traits.

mod lanes;

mod dual;

mod convert;
mod float;
mod fmt;
mod num;
mod ops;
mod plain;
mod special;
mod variate;

pub use dual::Dual;
pub use fmt::ParseDualError;
