//! Outputs: what a differentiated function may return.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::error::Error;
use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;

/// What a function returns to [`jacobian`](crate::jacobian) and [`jvp`](crate::jvp): a dual number, or arrays
/// and `Vec`s of outputs, nested to any depth.
///
/// The results keep the container: with `R = [Dual; M]`, `R::Of<T>` is `[T; M]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't something the differentiated function can return",
    label = "the function returns `{Self}`",
    note = "it must return the numbers it computes with: one, an array or a `Vec` of them; a function of \
            plain `f64` has to be made generic over `T: num_traits::Float` first"
)]
pub trait Output {
    /// The dual number in it.
    type Leaf;

    /// The same container with `S` in place of the dual numbers.
    type Of<S>;

    /// The same container with `f` of each dual number, taken in order.
    fn map<S>(&self, f: &mut impl FnMut(&Self::Leaf) -> S) -> Self::Of<S>;

    /// Hands `f` each dual number with its counterpart in `of`.
    ///
    /// # Errors
    ///
    /// [`Error::Ragged`] if a `Vec` has another length than its counterpart.
    fn zip<S>(&self, of: &mut Self::Of<S>, f: &mut impl FnMut(&Self::Leaf, &mut S)) -> Result<(), Error>;
}

macro_rules! number_output {
    ($Number:ident) => {
        impl<T: Real, const N: usize> Output for $Number<T, N> {
            type Leaf = Self;
            type Of<S> = S;

            #[inline]
            fn map<S>(&self, f: &mut impl FnMut(&Self) -> S) -> S {
                f(self)
            }

            #[inline]
            fn zip<S>(&self, of: &mut S, f: &mut impl FnMut(&Self, &mut S)) -> Result<(), Error> {
                f(self, of);
                Ok(())
            }
        }
    };
}

number_output!(Dual);
number_output!(HyperDual);
number_output!(Taylor);

impl<R: Output, const M: usize> Output for [R; M] {
    type Leaf = R::Leaf;
    type Of<S> = [R::Of<S>; M];

    #[inline]
    fn map<S>(&self, f: &mut impl FnMut(&R::Leaf) -> S) -> [R::Of<S>; M] {
        self.each_ref().map(|output| output.map(f))
    }

    #[inline]
    fn zip<S>(&self, of: &mut [R::Of<S>; M], f: &mut impl FnMut(&R::Leaf, &mut S)) -> Result<(), Error> {
        self.iter().zip(of).try_for_each(|(output, of)| output.zip(of, f))
    }
}

#[cfg(feature = "alloc")]
impl<R: Output> Output for Vec<R> {
    type Leaf = R::Leaf;
    type Of<S> = Vec<R::Of<S>>;

    fn map<S>(&self, f: &mut impl FnMut(&R::Leaf) -> S) -> Vec<R::Of<S>> {
        self.iter().map(|output| output.map(f)).collect()
    }

    fn zip<S>(&self, of: &mut Vec<R::Of<S>>, f: &mut impl FnMut(&R::Leaf, &mut S)) -> Result<(), Error> {
        if self.len() != of.len() {
            return Err(Error::Ragged { first: of.len(), later: self.len() });
        }
        self.iter().zip(of).try_for_each(|(output, of)| output.zip(of, f))
    }
}
