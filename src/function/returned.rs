//! What a function value returned, as the drivers read results.

use crate::drive::{Chunks, Family, Of, Point};
use crate::error::Error;
use crate::rules::Number;

/// A container of the family `F` with numbers `D`.
///
/// That `F::Of<D>` is a [`Point`] can't be said for every `D`; the family itself has what the drivers ask of a result.
pub(crate) struct Returned<F: Family, D>(pub(crate) F::Of<D>);

impl<F: Family, D: Number> Point for Returned<F, D> {
    type Scalar = D;
    // Nothing is differentiated in it.
    type Lanes = Chunks<1>;
    type Family = F;

    fn dim(&self) -> usize {
        if let Some(numbers) = F::as_slice(&self.0) {
            return numbers.len();
        }
        let mut dim = 0;
        self.lift(&mut |_| dim += 1, &mut |_| ());
        dim
    }

    #[inline]
    fn lift<E>(&self, coordinate: &mut impl FnMut(&D) -> E, fixed: &mut impl FnMut(&D) -> E) -> F::Of<E> {
        F::map(&self.0, coordinate, fixed)
    }

    fn coordinate<E>(_: &mut F::Of<E>, _: usize) -> Result<&mut E, usize> {
        unreachable!("a result isn't seeded")
    }

    fn argument<E>(_: &F::Of<E>) -> &crate::drive::Argument<Self, E> {
        unreachable!("a result isn't handed to a function")
    }

    #[inline]
    fn pair<E>(&self, of: &mut Of<Self, E>, f: &mut impl FnMut(&D, &mut E)) -> Result<(), Error> {
        F::pair(&self.0, of, f)
    }
}
