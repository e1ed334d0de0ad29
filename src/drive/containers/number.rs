//! A number as a container: one coordinate.

use core::fmt;

use super::{Point, Single};
use crate::error::Error;
use crate::rules::Number;

/// A number is a point of one coordinate, and what a scalar function returns.
impl<T: Number> Point for T {
    type Scalar = T;
    type Lanes = Single;
    type Family = f64;

    const CONTIGUOUS: bool = true;

    #[inline]
    fn dim(&self) -> usize {
        1
    }

    #[inline]
    fn lift<D>(&self, coordinate: &mut impl FnMut(&T) -> D, _: &mut impl FnMut(&T) -> D) -> D {
        coordinate(self)
    }

    #[inline]
    fn coordinate<D>(of: &mut D, i: usize) -> Result<&mut D, usize> {
        if i == 0 { Ok(of) } else { Err(i - 1) }
    }

    #[inline]
    fn argument<D>(of: &D) -> &D {
        of
    }

    #[inline]
    fn pair<D>(&self, of: &mut D, f: &mut impl FnMut(&T, &mut D)) -> Result<(), Error> {
        f(self, of);
        Ok(())
    }

    #[inline]
    fn flat<D>(of: &mut [D]) -> &mut [D] {
        of
    }

    fn write_name(&self, _: usize, _: &mut dyn fmt::Write) -> fmt::Result {
        Ok(())
    }
}
