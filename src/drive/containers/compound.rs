//! Containers of containers: arrays, slices, vectors, options, results, tuples and maps.

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};
use core::fmt;

#[cfg(feature = "alloc")]
use super::family::check_keys;
use super::numbers::CHUNK;
use super::{Chunks, Lanes, Of, Point, coordinate_of};
use crate::error::Error;

/// The coordinate `i` of parts that follow each other.
#[inline]
pub(crate) fn coordinate_in<P: Point, D>(parts: &mut [Of<P, D>], i: usize) -> Result<&mut D, usize> {
    if P::CONTIGUOUS {
        let flat = P::flat(parts);
        let n = flat.len();
        return if i < n { Ok(&mut flat[i]) } else { Err(i - n) };
    }
    first_with(parts, i, P::coordinate)
}

/// The coordinate `i` of the first part that reaches so far.
fn first_with<'a, Q: 'a, D: 'a>(
    parts: impl IntoIterator<Item = &'a mut Q>,
    i: usize,
    coordinate: impl Fn(&'a mut Q, usize) -> Result<&'a mut D, usize>,
) -> Result<&'a mut D, usize> {
    let mut i = i;
    for part in parts {
        match coordinate(part, i) {
            Ok(found) => return Ok(found),
            Err(beyond) => i = beyond,
        }
    }
    Err(i)
}

/// Hands out the pairs of parts that follow each other; there must be as many on either side.
#[inline]
pub(crate) fn pair_parts<'a, P: Point + 'a, D: 'a>(
    parts: &'a [P],
    of: &'a mut [Of<P, D>],
    f: &mut impl FnMut(&P::Scalar, &mut D),
) -> Result<(), Error>
where
    Of<P, D>: 'a,
{
    Error::check_shape(of.len(), parts.len())?;
    parts.iter().zip(of).try_for_each(|(part, of)| part.pair(of, f))
}

/// Which of the parts the coordinate `i` is in, and which it is there.
pub(crate) fn locate(dims: impl IntoIterator<Item = usize>, i: usize) -> (usize, usize) {
    let (mut part, mut i) = (0, i);
    for dim in dims {
        if i < dim {
            break;
        }
        (part, i) = (part + 1, i - dim);
    }
    (part, i)
}

fn write_name_in<P: Point>(parts: &[P], i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
    let (k, i) = locate(parts.iter().map(P::dim), i);
    write!(path, "[{k}]")?;
    parts.get(k).map_or(Ok(()), |part| part.write_name(i, path))
}

impl<P: Point, const N: usize> Point for [P; N] {
    type Scalar = P::Scalar;
    type Lanes = <P::Lanes as Lanes>::Repeat<N>;
    type Family = [P::Family; N];

    #[inline]
    fn dim(&self) -> usize {
        self.iter().map(P::dim).sum()
    }

    #[inline]
    fn lift<D>(
        &self,
        coordinate: &mut impl FnMut(&P::Scalar) -> D,
        fixed: &mut impl FnMut(&P::Scalar) -> D,
    ) -> [Of<P, D>; N] {
        self.each_ref().map(|part| part.lift(coordinate, fixed))
    }

    #[cfg(feature = "alloc")]
    fn lift_on_heap<D>(
        &self,
        coordinate: &mut impl FnMut(&P::Scalar) -> D,
        fixed: &mut impl FnMut(&P::Scalar) -> D,
    ) -> Box<[Of<P, D>; N]> {
        let lifted: Vec<_> = self.iter().map(|part| part.lift(coordinate, fixed)).collect();
        let Ok(lifted) = lifted.try_into() else { unreachable!("as many as parts") };
        lifted
    }

    #[inline]
    fn coordinate<D>(of: &mut [Of<P, D>; N], i: usize) -> Result<&mut D, usize> {
        coordinate_in::<P, D>(of, i)
    }

    #[inline]
    fn argument<D>(of: &[Of<P, D>; N]) -> &[Of<P, D>] {
        of
    }

    #[inline]
    fn pair<D>(&self, of: &mut [Of<P, D>; N], f: &mut impl FnMut(&P::Scalar, &mut D)) -> Result<(), Error> {
        pair_parts(self, of, f)
    }

    #[inline]
    fn neighbours<D>(of: &mut [Of<P, D>; N], i: usize) -> &mut [D] {
        if N > 8 && P::CONTIGUOUS {
            return &mut P::flat(of)[i..];
        }
        core::slice::from_mut(coordinate_of::<Self, D>(of, i))
    }

    const CONTIGUOUS: bool = P::CONTIGUOUS;

    #[inline]
    fn flat<D>(of: &mut [[Of<P, D>; N]]) -> &mut [D] {
        P::flat(of.as_flattened_mut())
    }

    fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
        write_name_in(self, i, path)
    }
}

/// The points of run-time length share everything; only the type they borrow from differs.
#[cfg(feature = "alloc")]
macro_rules! run_time_point {
    ($Point:ty) => {
        impl<P: Point> Point for $Point {
            type Scalar = P::Scalar;
            type Lanes = Chunks<CHUNK>;
            type Family = Vec<P::Family>;

            #[inline]
            fn dim(&self) -> usize {
                self.iter().map(P::dim).sum()
            }

            #[inline]
            fn lift<D>(
                &self,
                coordinate: &mut impl FnMut(&P::Scalar) -> D,
                fixed: &mut impl FnMut(&P::Scalar) -> D,
            ) -> Vec<Of<P, D>> {
                self.iter().map(|part| part.lift(coordinate, fixed)).collect()
            }

            #[inline]
            fn coordinate<D>(of: &mut Vec<Of<P, D>>, i: usize) -> Result<&mut D, usize> {
                coordinate_in::<P, D>(of, i)
            }

            #[inline]
            fn argument<D>(of: &Vec<Of<P, D>>) -> &[Of<P, D>] {
                of
            }

            #[inline]
            fn pair<D>(
                &self,
                of: &mut Vec<Of<P, D>>,
                f: &mut impl FnMut(&P::Scalar, &mut D),
            ) -> Result<(), Error> {
                pair_parts(self, of, f)
            }

            #[inline]
            fn neighbours<D>(of: &mut Vec<Of<P, D>>, i: usize) -> &mut [D] {
                if P::CONTIGUOUS {
                    return &mut P::flat(of)[i..];
                }
                core::slice::from_mut(coordinate_of::<Self, D>(of, i))
            }

            fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
                write_name_in(self, i, path)
            }
        }
    };
}

#[cfg(feature = "alloc")]
run_time_point!([P]);
#[cfg(feature = "alloc")]
run_time_point!(Vec<P>);

/// A part that may be missing; which it is belongs to the shape.
impl<P: Point> Point for Option<P> {
    type Scalar = P::Scalar;
    type Lanes = P::Lanes;
    type Family = Option<P::Family>;

    fn dim(&self) -> usize {
        self.as_ref().map_or(0, P::dim)
    }

    fn lift<D>(
        &self,
        coordinate: &mut impl FnMut(&P::Scalar) -> D,
        fixed: &mut impl FnMut(&P::Scalar) -> D,
    ) -> Option<Of<P, D>> {
        self.as_ref().map(|part| part.lift(coordinate, fixed))
    }

    fn coordinate<D>(of: &mut Option<Of<P, D>>, i: usize) -> Result<&mut D, usize> {
        first_with(of, i, P::coordinate)
    }

    fn argument<D>(of: &Option<Of<P, D>>) -> &Option<Of<P, D>> {
        of
    }

    fn pair<D>(
        &self,
        of: &mut Option<Of<P, D>>,
        f: &mut impl FnMut(&P::Scalar, &mut D),
    ) -> Result<(), Error> {
        pair_parts(self.as_slice(), of.as_mut_slice(), f)
    }

    fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
        self.as_ref().map_or(Ok(()), |part| part.write_name(i, path))
    }
}

/// What a function that may fail returns: derivatives, or its error.
impl<P: Point, E: Clone> Point for Result<P, E> {
    type Scalar = P::Scalar;
    type Lanes = P::Lanes;
    type Family = Result<P::Family, E>;

    fn dim(&self) -> usize {
        self.as_ref().map_or(0, P::dim)
    }

    #[inline]
    fn lift<D>(
        &self,
        coordinate: &mut impl FnMut(&P::Scalar) -> D,
        fixed: &mut impl FnMut(&P::Scalar) -> D,
    ) -> Result<Of<P, D>, E> {
        self.as_ref().map(|part| part.lift(coordinate, fixed)).map_err(E::clone)
    }

    fn coordinate<D>(of: &mut Result<Of<P, D>, E>, i: usize) -> Result<&mut D, usize> {
        of.as_mut().map_or(Err(i), |part| P::coordinate(part, i))
    }

    fn argument<D>(of: &Result<Of<P, D>, E>) -> &Result<Of<P, D>, E> {
        of
    }

    fn pair<D>(
        &self,
        of: &mut Result<Of<P, D>, E>,
        f: &mut impl FnMut(&P::Scalar, &mut D),
    ) -> Result<(), Error> {
        match (self, of) {
            (Ok(part), Ok(of)) => part.pair(of, f),
            (Err(_), Err(_)) => Ok(()),
            (part, of) => Error::check_shape(of.iter().len(), part.iter().len()),
        }
    }

    fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
        self.as_ref().map_or(Ok(()), |part| part.write_name(i, path))
    }
}

/// A part for each key; the keys belong to the shape.
#[cfg(feature = "alloc")]
impl<K: Clone + Ord + fmt::Debug, P: Point> Point for BTreeMap<K, P> {
    type Scalar = P::Scalar;
    type Lanes = Chunks<CHUNK>;
    type Family = BTreeMap<K, P::Family>;

    fn dim(&self) -> usize {
        self.values().map(P::dim).sum()
    }

    fn lift<D>(
        &self,
        coordinate: &mut impl FnMut(&P::Scalar) -> D,
        fixed: &mut impl FnMut(&P::Scalar) -> D,
    ) -> BTreeMap<K, Of<P, D>> {
        // Not collected: that sorts, and the code of it would be made anew for every kind of number.
        let mut of = BTreeMap::new();
        for (key, part) in self {
            of.insert(key.clone(), part.lift(coordinate, fixed));
        }
        of
    }

    fn coordinate<D>(of: &mut BTreeMap<K, Of<P, D>>, i: usize) -> Result<&mut D, usize> {
        first_with(of.values_mut(), i, P::coordinate)
    }

    fn argument<D>(of: &BTreeMap<K, Of<P, D>>) -> &BTreeMap<K, Of<P, D>> {
        of
    }

    fn pair<D>(
        &self,
        of: &mut BTreeMap<K, Of<P, D>>,
        f: &mut impl FnMut(&P::Scalar, &mut D),
    ) -> Result<(), Error> {
        check_keys(self, of)?;
        self.values().zip(of.values_mut()).try_for_each(|(part, of)| part.pair(of, f))
    }

    fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
        let (k, i) = locate(self.values().map(P::dim), i);
        self.iter().nth(k).map_or(Ok(()), |(key, part)| {
            write!(path, "[{key:?}]")?;
            part.write_name(i, path)
        })
    }
}

macro_rules! tuple_point {
    ($First:ident $first:tt $(, $A:ident $a:tt)*) => {
        impl<$First: Point, $($A: Point<Scalar = $First::Scalar>),*> Point for ($First, $($A,)*) {
            type Scalar = $First::Scalar;
            type Lanes = Chunks<CHUNK>;
            type Family = ($First::Family, $($A::Family,)*);

            #[inline]
            fn dim(&self) -> usize {
                self.$first.dim() $(+ self.$a.dim())*
            }

            #[inline]
            fn lift<D>(
                &self,
                coordinate: &mut impl FnMut(&$First::Scalar) -> D,
                fixed: &mut impl FnMut(&$First::Scalar) -> D,
            ) -> Of<Self, D> {
                (self.$first.lift(coordinate, fixed), $(self.$a.lift(coordinate, fixed),)*)
            }

            #[inline]
            fn coordinate<D>(of: &mut Of<Self, D>, i: usize) -> Result<&mut D, usize> {
                let beyond = match $First::coordinate(&mut of.$first, i) {
                    Err(beyond) => beyond,
                    found => return found,
                };
                $(
                    let beyond = match $A::coordinate(&mut of.$a, beyond) {
                        Err(beyond) => beyond,
                        found => return found,
                    };
                )*
                Err(beyond)
            }

            #[inline]
            fn argument<D>(of: &Of<Self, D>) -> &Of<Self, D> {
                of
            }

            #[inline]
            fn pair<D>(
                &self,
                of: &mut Of<Self, D>,
                f: &mut impl FnMut(&$First::Scalar, &mut D),
            ) -> Result<(), Error> {
                self.$first.pair(&mut of.$first, f)?;
                $(self.$a.pair(&mut of.$a, f)?;)*
                Ok(())
            }

            fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
                let (part, i) = locate([self.$first.dim(), $(self.$a.dim()),*], i);
                match part {
                    $first => {
                        write!(path, ".{part}")?;
                        self.$first.write_name(i, path)
                    }
                    $($a => {
                        write!(path, ".{part}")?;
                        self.$a.write_name(i, path)
                    })*
                    _ => Ok(()),
                }
            }
        }
    };
}

tuple_point!(A 0);
tuple_point!(A 0, B 1);
tuple_point!(A 0, B 1, C 2);
tuple_point!(A 0, B 1, C 2, E 3);
tuple_point!(A 0, B 1, C 2, E 3, F 4);
tuple_point!(A 0, B 1, C 2, E 3, F 4, G 5);
