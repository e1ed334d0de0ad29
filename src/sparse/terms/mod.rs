//! Sums of terms that depend on few variables each: [`TermSum`] and [`LeastSquares`].
//!
//! `lists` says what such a sum is made of, `structure` where the entries of its Hessian are, `work` loops over the terms in an
//! instruction set, `projection` makes their Hessians positive semidefinite.

mod least_squares;
mod lists;
mod projection;
mod structure;
mod sum;
mod work;

pub use self::least_squares::{LeastSquares, ValueGradientGaussNewton};
pub use self::lists::{Residual, ResidualBlocks, Terms, blocks};
pub use self::projection::Projection;
pub use self::sum::TermSum;
